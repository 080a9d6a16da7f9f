#include "marsad/observation/record_keys.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad::observation {

namespace asterix = wire::asterix;
using asterix::Field;
using asterix::RecordView;

namespace {

constexpr std::size_t kKeys = 6;
constexpr unsigned kNorthMarker = 1;

/// A field of one category that holds a key; of several the first that a record has counts. Longitudes stand beside the
/// latitudes, under `second`.
struct KeyField {
  RecordKey key;
  int category;
  std::string_view name;
  std::string_view second{};
};

constexpr auto kKeyFields = std::to_array<KeyField>({
    {RecordKey::time_of_day, 2, "030"},
    {RecordKey::time_of_day, 4, "020"},
    {RecordKey::time_of_day, 7, "140"},
    {RecordKey::time_of_day, 8, "090"},
    {RecordKey::time_of_day, 9, "070"},
    {RecordKey::time_of_day, 10, "140"},
    {RecordKey::time_of_day, 11, "140"},
    {RecordKey::time_of_day, 15, "145"},
    {RecordKey::time_of_day, 16, "140"},
    {RecordKey::time_of_day, 17, "140"},
    {RecordKey::time_of_day, 18, "002"},
    {RecordKey::time_of_day, 19, "140"},
    {RecordKey::time_of_day, 20, "140"},
    {RecordKey::time_of_day, 21, "077"},
    {RecordKey::time_of_day, 21, "073"},
    {RecordKey::time_of_day, 21, "075"},
    {RecordKey::time_of_day, 21, "071"},
    {RecordKey::time_of_day, 21, "030"},
    {RecordKey::time_of_day, 23, "070"},
    {RecordKey::time_of_day, 25, "070"},
    {RecordKey::time_of_day, 32, "020"},
    {RecordKey::time_of_day, 34, "030"},
    {RecordKey::time_of_day, 48, "140"},
    {RecordKey::time_of_day, 62, "070"},
    {RecordKey::time_of_day, 63, "030"},
    {RecordKey::time_of_day, 65, "030"},
    {RecordKey::time_of_day, 205, "030"},
    {RecordKey::time_of_day, 240, "140"},
    {RecordKey::time_of_day, 247, "140"},
    {RecordKey::address, 7, "220"},
    {RecordKey::address, 10, "220"},
    {RecordKey::address, 11, "380/ADR"},
    {RecordKey::address, 17, "220"},
    {RecordKey::address, 17, "210"},
    {RecordKey::address, 18, "005"},
    {RecordKey::address, 18, "006"},
    {RecordKey::address, 20, "220"},
    {RecordKey::address, 21, "080"},
    {RecordKey::address, 48, "220"},
    {RecordKey::address, 62, "380/ADR"},
    {RecordKey::mode_3a, 1, "070/MODE3A"},
    {RecordKey::mode_3a, 4, "170/M31/MODE3A"},
    {RecordKey::mode_3a, 4, "171/M32/MODE3A"},
    {RecordKey::mode_3a, 7, "070/MODE3A"},
    {RecordKey::mode_3a, 10, "060/MODE3A"},
    {RecordKey::mode_3a, 11, "060/MOD3A"},
    {RecordKey::mode_3a, 17, "070/MODE3A"},
    {RecordKey::mode_3a, 20, "070/MODE3A"},
    {RecordKey::mode_3a, 21, "070/MODE3A"},
    {RecordKey::mode_3a, 32, "060/MODE3A"},
    {RecordKey::mode_3a, 48, "070/MODE3A"},
    {RecordKey::mode_3a, 62, "060/MODE3A"},
    {RecordKey::identification, 4, "170/AI1"},
    {RecordKey::identification, 4, "171/AI2"},
    {RecordKey::identification, 4, "170/MS1"},
    {RecordKey::identification, 4, "171/MS2"},
    {RecordKey::identification, 7, "240"},
    {RecordKey::identification, 10, "245/CHR"},
    {RecordKey::identification, 11, "245/TID"},
    {RecordKey::identification, 20, "245/CHR"},
    {RecordKey::identification, 21, "170"},
    {RecordKey::identification, 32, "400"},
    {RecordKey::identification, 48, "240"},
    {RecordKey::identification, 62, "245/CHR"},
    {RecordKey::identification, 62, "380/ID"},
    {RecordKey::identification, 62, "390/CS"},
    {RecordKey::track_number, 1, "161"},
    {RecordKey::track_number, 7, "161/TN"},
    {RecordKey::track_number, 10, "161/TRK"},
    {RecordKey::track_number, 11, "161/FTN"},
    {RecordKey::track_number, 20, "161/TRN"},
    {RecordKey::track_number, 21, "161/TRNUM"},
    {RecordKey::track_number, 32, "040"},
    {RecordKey::track_number, 48, "161/TRN"},
    {RecordKey::track_number, 62, "040"},
    {RecordKey::position, 4, "170/CPW/LAT", "170/CPW/LON"},
    {RecordKey::position, 10, "041/LAT", "041/LON"},
    {RecordKey::position, 11, "041/LAT", "041/LON"},
    {RecordKey::position, 15, "600/P84/LATITUDE", "600/P84/LONGITUDE"},
    {RecordKey::position, 20, "041/LAT", "041/LON"},
    {RecordKey::position, 21, "131/LAT", "131/LON"},
    {RecordKey::position, 21, "130/LAT", "130/LON"},
    {RecordKey::position, 62, "105/LAT", "105/LON"},
    {RecordKey::position, 205, "050/LAT", "050/LON"},
});

/// The fields of one key in one category.
struct Place {
  Field field;
  std::optional<Field> second;
};

class KeyTable {
 public:
  KeyTable() {
    for (const KeyField& entry : kKeyFields) {
      const auto field = asterix::find_field(entry.category, entry.name);
      MARSAD_CHECK(field.has_value());
      const auto second = entry.second.empty() ? std::nullopt : asterix::find_field(entry.category, entry.second);
      MARSAD_CHECK(entry.second.empty() || second.has_value());
      const auto key = static_cast<std::size_t>(entry.key);
      const auto category = static_cast<std::uint8_t>(entry.category);
      Places& places = places_[key][category];
      if (places.empty()) categories_[key].push_back(category);
      places.push_back({*field, second});
    }
  }

  [[nodiscard]] std::span<const Place> of(int category, RecordKey key) const noexcept {
    if (category < 0 || category > 255) return {};
    const Places& places = places_[static_cast<std::size_t>(key)][static_cast<std::size_t>(category)];
    return {places.begin(), places.end()};
  }
  [[nodiscard]] std::span<const std::uint8_t> categories(RecordKey key) const noexcept {
    return categories_[static_cast<std::size_t>(key)];
  }

 private:
  using Places = std::vector<Place>;
  std::array<std::array<Places, 256>, kKeys> places_;
  std::array<std::vector<std::uint8_t>, kKeys> categories_;
};

const KeyTable& table() {
  static const KeyTable kTable;
  return kTable;
}

std::optional<std::uint64_t> first_raw(const RecordView& record, RecordKey key) noexcept {
  for (const Place& place : table().of(record.category(), key))
    if (const auto raw = record.raw(place.field)) return raw;
  return std::nullopt;
}

}  // namespace

bool has_key(int category, RecordKey key) noexcept { return !table().of(category, key).empty(); }

std::span<const std::uint8_t> categories_with(RecordKey key) noexcept { return table().categories(key); }

std::optional<double> time_of_record(const RecordView& record) noexcept {
  for (const Place& place : table().of(record.category(), RecordKey::time_of_day))
    if (const auto time = record.value(place.field)) return time;
  return std::nullopt;
}

std::optional<double> truncated_time_of_record(const RecordView& record) noexcept {
  static const std::optional<Field> kTruncated = asterix::find_field(1, "141");
  return record.category() == 1 && kTruncated ? record.value(*kTruncated) : std::nullopt;
}

std::optional<std::uint32_t> address_of_record(const RecordView& record) noexcept {
  const auto raw = first_raw(record, RecordKey::address);
  return raw && *raw != 0 ? std::optional(static_cast<std::uint32_t>(*raw)) : std::nullopt;
}

bool names_address(const RecordView& record, std::uint32_t address) noexcept {
  for (const Place& place : table().of(record.category(), RecordKey::address))
    for (std::size_t i = 0; i < record.count(place.field); ++i)
      if (record.raw(place.field, i) == address) return true;
  return false;
}

bool names_mode_3a(const RecordView& record, std::uint16_t code) noexcept {
  return std::ranges::any_of(table().of(record.category(), RecordKey::mode_3a),
                             [&](const Place& place) { return record.raw(place.field) == code; });
}

std::optional<std::uint16_t> mode_3a_of_record(const RecordView& record) noexcept {
  const auto raw = first_raw(record, RecordKey::mode_3a);
  return raw ? std::optional(static_cast<std::uint16_t>(*raw)) : std::nullopt;
}

std::optional<asterix::FixedText> identification_of_record(const RecordView& record) noexcept {
  for (const Place& place : table().of(record.category(), RecordKey::identification))
    if (auto text = record.text(place.field)) {
      text->trim();
      if (!text->empty()) return text;
    }
  return std::nullopt;
}

bool names_identification(const RecordView& record, std::string_view wanted) noexcept {
  const bool any_end = wanted.ends_with('*');
  if (any_end) wanted.remove_suffix(1);
  return std::ranges::any_of(table().of(record.category(), RecordKey::identification), [&](const Place& place) {
    auto text = record.text(place.field);
    if (!text) return false;
    text->trim();
    return any_end ? text->view().starts_with(wanted) : text->view() == wanted;
  });
}

std::optional<std::uint32_t> track_number_of_record(const RecordView& record) noexcept {
  const auto raw = first_raw(record, RecordKey::track_number);
  return raw ? std::optional(static_cast<std::uint32_t>(*raw)) : std::nullopt;
}

std::optional<geo::Geodetic> position_of_record(const RecordView& record) noexcept {
  for (const Place& place : table().of(record.category(), RecordKey::position)) {
    const auto latitude = record.value(place.field);
    const auto longitude = record.value(*place.second);
    if (!latitude || !longitude) continue;
    const geo::Geodetic position{units::Angle::degrees(*latitude), units::Angle::degrees(*longitude), {}};
    if (geo::is_valid(position)) return position;
  }
  return std::nullopt;
}

bool is_north_marker(const RecordView& record) noexcept {
  static const std::array kTypes{*asterix::find_field(2, "000"), *asterix::find_field(34, "000")};
  return (record.category() == 2 && record.raw(kTypes[0]) == kNorthMarker) ||
         (record.category() == 34 && record.raw(kTypes[1]) == kNorthMarker);
}

std::optional<double> stated_rotation_s(const RecordView& record) noexcept {
  static const std::array kPeriods{*asterix::find_field(2, "041"), *asterix::find_field(34, "041")};
  if (record.category() == 2) return record.value(kPeriods[0]);
  return record.category() == 34 ? record.value(kPeriods[1]) : std::nullopt;
}

}  // namespace marsad::observation

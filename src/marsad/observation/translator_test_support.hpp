#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "marsad/observation/time_of_day.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/edition.hpp"

/// What the tests of the translator share: a sensor list, records built by hand, one call to translate them.
namespace marsad::observation::testing {

namespace asterix = wire::asterix;

/// Noon of an arbitrary day: the receipt time of every record unless a test says otherwise.
inline units::UtcTime noon() {
  return units::UtcTime::nanoseconds_since_epoch(std::int64_t{20'000} * 86'400'000'000'000) +
         units::Duration::seconds(43'200.0);
}
inline constexpr double kNoonTimeOfDay = 43'200.0;

inline geo::Geodetic geodetic(double latitude_deg, double longitude_deg, double height_m = 0.0) {
  return {units::Angle::degrees(latitude_deg), units::Angle::degrees(longitude_deg), units::Length::metres(height_m)};
}

inline SensorSetting setting(std::string name, SacSic code, SensorKind kind, std::optional<geo::Geodetic> site) {
  SensorSetting made;
  made.name = std::move(name);
  made.code = code;
  made.kind = kind;
  made.characteristics = typical_characteristics(kind);
  made.characteristics.site = site;
  return made;
}

/// A data block of one record of `category` in `edition`, filled by `fill`.
inline std::vector<std::byte> block(int category, const char* edition,
                                    const std::function<void(asterix::RecordBuilder&)>& fill) {
  const asterix::Edition* const described = asterix::find_edition(category, edition);
  if (described == nullptr) throw std::runtime_error("edition not described");
  asterix::RecordBuilder record(*described);
  fill(record);
  asterix::BlockBuilder made(category);
  EXPECT_TRUE(made.add(record).ok());
  return {made.octets().begin(), made.octets().end()};
}

/// A translator with its batch. Editions are the defaults unless chosen.
class Bench {
 public:
  explicit Bench(std::vector<SensorSetting> settings, std::pair<int, const char*> edition = {48, "1.31"})
      : translator(SensorRegistry(std::move(settings)), editions(edition)) {}

  Bench& hear(std::span<const std::byte> octets, units::UtcTime receipt = noon()) {
    translator.translate(octets, wire::framing::PayloadKind::asterix, receipt, batch);
    return *this;
  }
  Bench& hear_row(std::string_view row, units::UtcTime receipt = noon()) {
    translator.translate(std::as_bytes(std::span(row)), wire::framing::PayloadKind::plot_row, receipt, batch);
    return *this;
  }

  /// The report of the last call; a failed expectation and an empty one if there is none.
  const TargetReport& report() {
    static const TargetReport kNone;
    EXPECT_FALSE(batch.reports.empty());
    return batch.reports.empty() ? kNone : batch.reports.back();
  }
  const SensorMessage& message() {
    static const SensorMessage kNone;
    EXPECT_FALSE(batch.messages.empty());
    return batch.messages.empty() ? kNone : batch.messages.back();
  }
  [[nodiscard]] const SensorCounters& counters(std::size_t sensor = 0) const {
    return translator.registry().counters(SensorId(static_cast<std::uint16_t>(sensor)));
  }

  Translator translator;
  ObservationBatch batch;

 private:
  static asterix::EditionSet editions(std::pair<int, const char*> edition) {
    asterix::EditionSet set = asterix::EditionSet::defaults();
    set.choose(edition.first, *asterix::find_edition(edition.first, edition.second));
    return set;
  }
};

}  // namespace marsad::observation::testing

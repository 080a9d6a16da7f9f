#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "marsad/geo/geodetic.hpp"
#include "marsad/wire/asterix/fixed_text.hpp"
#include "marsad/wire/asterix/record_view.hpp"

/// What a record of any category is known by, wherever the category has it: when, which target, where. These read
/// single items; what follows from several (a plot's position, from the radar's site) is `Translator`'s.
namespace marsad::observation {

enum class RecordKey : std::uint8_t {
  time_of_day,     ///< seconds since midnight UTC that a record was sent or its content was true; the best one it has
  address,         ///< 24-bit aircraft address
  mode_3a,         ///< 12-bit code
  identification,  ///< aircraft identification or call sign
  track_number,    ///< of the sender's own tracker
  position,        ///< WGS-84 latitude and longitude as the record has them
};

/// True if the category has an item for the key.
[[nodiscard]] bool has_key(int category, RecordKey key) noexcept;
/// The categories that have it, ascending.
[[nodiscard]] std::span<const std::uint8_t> categories_with(RecordKey key) noexcept;

/// Seconds as sent, not checked to lie within a day.
[[nodiscard]] std::optional<double> time_of_record(const wire::asterix::RecordView& record) noexcept;
/// I001/141, the only time of category 001: it starts again every 512 s.
[[nodiscard]] std::optional<double> truncated_time_of_record(const wire::asterix::RecordView& record) noexcept;
/// The record's one address; of category 017 and 018 lists, the first. All zeros counts as none.
[[nodiscard]] std::optional<std::uint32_t> address_of_record(const wire::asterix::RecordView& record) noexcept;
/// Does the record name that address, its lists included?
[[nodiscard]] bool names_address(const wire::asterix::RecordView& record, std::uint32_t address) noexcept;
[[nodiscard]] std::optional<std::uint16_t> mode_3a_of_record(const wire::asterix::RecordView& record) noexcept;
/// Does the record name that code, of either aircraft where it is about two (category 004)?
[[nodiscard]] bool names_mode_3a(const wire::asterix::RecordView& record, std::uint16_t code) noexcept;
/// Without trailing blanks; empty ones count as none.
[[nodiscard]] std::optional<wire::asterix::FixedText> identification_of_record(
    const wire::asterix::RecordView& record) noexcept;
/// Does the record have that identification, in any of its items? A `*` at the end of `wanted` stands for any ending.
[[nodiscard]] bool names_identification(const wire::asterix::RecordView& record, std::string_view wanted) noexcept;
[[nodiscard]] std::optional<std::uint32_t> track_number_of_record(const wire::asterix::RecordView& record) noexcept;
/// Absent too where it is not on the earth (latitude beyond a pole, longitude beyond 180°).
[[nodiscard]] std::optional<geo::Geodetic> position_of_record(const wire::asterix::RecordView& record) noexcept;

/// Whether the record marks that the antenna has passed north (I034/000 or I002/000 of value 1).
[[nodiscard]] bool is_north_marker(const wire::asterix::RecordView& record) noexcept;
/// The antenna's rotation period that the radar states, in seconds (I034/041, I002/041).
[[nodiscard]] std::optional<double> stated_rotation_s(const wire::asterix::RecordView& record) noexcept;

}  // namespace marsad::observation

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "marsad/units/time.hpp"

namespace marsad::wire::framing {

/// One row of SBS-1 (BaseStation) text: what one message said of an aircraft, in the units of the form. Fields that the
/// row leaves empty, or that can't be read, are absent.
///
/// Source: Kinetic Avionic BaseStation, "Socket data and BST files"; the columns as at
/// woodair.net/sbs/article/barebones42_socket_data.htm.
struct SbsRow {
  std::uint8_t type = 0;                    ///< 1 to 8, the transmission type; 0 if not told
  std::uint32_t address = 0;                ///< 24 bits
  std::optional<units::UtcTime> generated;  ///< as written, taken as UTC: some writers write local time
  std::string_view identification;          ///< borrowed from the row; empty if absent
  std::optional<double> altitude_ft;        ///< pressure altitude
  std::optional<double> ground_speed_kt;    ///< 0 or more
  std::optional<double> track_deg;          ///< clockwise from true north
  std::optional<double> latitude_deg;       ///< both or neither, within the globe
  std::optional<double> longitude_deg;
  std::optional<double> vertical_rate_ft_min;  ///< climbing positive
  std::string_view mode_a;                     ///< four octal digits, or empty
  std::optional<bool> alert;
  std::optional<bool> emergency;
  std::optional<bool> special_position;
  std::optional<bool> on_ground;
};

/// What a line is.
enum class SbsLine : std::uint8_t {
  message,  ///< a MSG row about an aircraft
  other,    ///< SEL, ID, AIR, STA and CLK rows, which say nothing of where anyone is
  damaged,  ///< more than 22 fields, no kind, or a MSG row without a 24-bit address
};

/// Reads a line, its end removed or not. Fills `row` if it is a message. Empty fields at the end may be missing.
[[nodiscard]] SbsLine parse_sbs_row(std::string_view line, SbsRow& row) noexcept;

}  // namespace marsad::wire::framing

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "marsad/base/result.hpp"
#include "marsad/observation/identity.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/units/time.hpp"

namespace marsad::observation {

/// The `type` column of plots.csv.
enum class PlotType : std::uint8_t { psr, ssr, mode_s, adsb };

/// One row of plots.csv, its fields told apart but not yet related to a sensor. Borrows `sensor` from the row. Numbers
/// are finite; SI units and degrees as the columns have them.
struct PlotRow {
  units::UtcTime applicability;
  units::UtcTime receipt;
  std::string_view sensor;
  PlotType type = PlotType::psr;
  std::optional<double> range_m;
  std::optional<double> azimuth_deg;
  std::optional<ModeACode> mode_a;
  std::optional<ModeSAddress> address;
  std::optional<double> flight_level;
  std::optional<double> latitude_deg;
  std::optional<double> longitude_deg;
  std::optional<double> height_m;
  std::optional<double> velocity_east_ms;
  std::optional<double> velocity_north_ms;
};

/// Reads a row `t,t_rx,sensor_id,type,range_m,azimuth_deg,mode3a,mode_s,fl,lat,lon,alt_m,ve,vn`: exactly 14 fields, no
/// quotes, no spaces, a carriage return at the end tolerated. `t` and `t_rx` count from the epoch and lie within 10^9.5
/// s of it. A row holds range and azimuth, or latitude and longitude, or no position; half of one is a fault.
base::Result<PlotRow, RowFault> parse_plot_row(std::string_view row) noexcept;

}  // namespace marsad::observation

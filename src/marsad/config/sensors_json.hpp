#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/observation/sensor_registry.hpp"

namespace marsad::config {

/// Reads a sensors.json: `{"sensors": [{"id", "type", "lat", "lon", "alt_m", "period_s", "rmin_m", "rmax_m",
/// "sigma_range_m", "sigma_azimuth_deg", "pd", "false_plots_per_scan", "sigma_position_m", "sigma_velocity_ms", "sac",
/// "sic", "categories"}, ...]}`; `id` and `type` (PSR, SSR, MODES, ADSB, SMR, MLAT, or the names of the configuration)
/// must be there, of the others whatever is left out takes the value typical of the kind. Lengths in metres, angles in
/// degrees, latitude and longitude WGS-84, `alt_m` above the ellipsoid. An error is one line that names the place
/// ("sensors[2].lat: must be a number from -90 to 90").
base::Result<std::vector<observation::SensorSetting>, std::string> sensors_from_json(std::string_view text);

}  // namespace marsad::config

#pragma once

#include <string>
#include <vector>

#include "marsad/config/document.hpp"
#include "marsad/config/section_reader.hpp"
#include "marsad/config/settings.hpp"

/// The sections that have a file of their own, read and written.
namespace marsad::config {

/// The `[[sensor]]` tables. What one leaves out is typical of its kind (`observation::typical_characteristics`).
std::vector<observation::SensorSetting> read_sensors(const std::vector<const Node*>& tables, ErrorList& errors);
std::string sensor_toml(const observation::SensorSetting& sensor);

/// The `[[feed]]` tables.
std::vector<FeedSettings> read_feeds(const std::vector<const Node*>& tables, ErrorList& errors);
std::string feed_toml(const FeedSettings& feed);

/// The tables in `[output]`. `settings.system` is known already.
void read_outputs(const Node& section, ErrorList& errors, Settings& settings);
std::string outputs_toml(const Settings& settings);

/// `[tracker]`.
tracking::TrackerSettings read_tracker(SectionReader reader);
std::string tracker_toml(const tracking::TrackerSettings& tracker);

/// A number as TOML, the shortest that reads back as the same double; never in the form of a whole number, which would
/// lose a negative zero.
std::string number_toml(double value);
/// Text as TOML, in double quotes.
std::string quoted_toml(std::string_view text);

}  // namespace marsad::config

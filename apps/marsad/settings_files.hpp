#pragma once

#include <span>
#include <string>
#include <vector>

#include "marsad/config/settings.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "options.hpp"

namespace marsad::app {

/// The whole of a text file. Throws UsageError with the path and the system's reason.
std::string read_text(const std::string& path);

/// Reads and checks a configuration. Throws UsageError with every error found, one a line, as file:line:column: key:
/// ...
config::Settings load_settings(const std::string& path);

/// The settings that --config and --sensors give together; `sensors` may be sensors.json or TOML with [[sensor]]
/// tables.
config::Settings load_settings(const PictureOptions& options);

/// "CATEGORY=EDITION" and "CATEGORY@SAC/SIC=EDITION" as on the command line. Throws UsageError for a category or
/// edition that isn't described, naming those that are.
std::vector<config::EditionChoice> parse_editions(const std::vector<std::string>& choices);

/// The default editions, but the chosen ones for the categories and sources named; those that are not described are
/// left out.
wire::asterix::EditionSet editions_with(const std::vector<config::EditionChoice>& choices);

/// "YYYY-MM-DD" as the first moment of that day, 1970-01-01 for an empty text. Throws UsageError.
units::UtcTime parse_date(const std::string& text);

/// "HOST:PORT", the host numeric; an IPv6 host in brackets. Throws UsageError.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
HostPort parse_host_port(const std::string& text);

}  // namespace marsad::app

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/observation/sensor_registry.hpp"
#include "marsad/tracking/settings.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/data_source.hpp"

/// The typed settings of a whole system, read from TOML and written back as TOML.
///
/// Every key is documented, with its unit and default, in `examples/marsad.toml`. Nothing here opens a file, looks up a
/// name or touches a socket: `parse_settings` is a pure function of its text.
namespace marsad::config {

/// One thing wrong with a configuration, said so that it can be mended without reading our code.
struct ConfigError {
  std::string file;          ///< the name given to `parse_settings`
  std::uint32_t line = 0;    ///< from 1; 0 if the error belongs to the file as a whole
  std::uint32_t column = 0;  ///< from 1, in characters
  std::string key;           ///< dotted path such as "sensor[2].period_s"; empty for a syntax error
  std::string problem;       ///< what is wrong
  std::string remedy;        ///< what to write instead

  friend bool operator==(const ConfigError&, const ConfigError&) = default;
};

/// "marsad.toml:12:3: sensor[2].period_s: must be ... (got -4). Write ...": one line, in the form that editors follow.
std::string to_text(const ConfigError& error);

/// `[system]`: who we are in what we send.
struct SystemSettings {
  std::string name = "marsad";
  std::uint8_t sac = 0;  ///< system area code of our CAT062 and CAT065
  std::uint8_t sic = 0;  ///< system identification code

  friend bool operator==(const SystemSettings&, const SystemSettings&) = default;
};

/// `[picture]`: when the picture is published.
struct PictureSettings {
  units::Duration period = units::Duration::seconds(1.0);  ///< between clock ticks, which are entries of the log

  friend bool operator==(const PictureSettings&, const PictureSettings&) = default;
};

/// `[editions]`: which edition of a category all sensors, or one of them, speak, where that is known better than by the
/// defaults.
struct EditionChoice {
  std::uint8_t category = 0;
  std::string edition;  ///< as in the name of the document, "0.26" or "2.1"
  std::optional<wire::asterix::DataSource> source = std::nullopt;  ///< whose records alone; absent: the category's

  friend bool operator==(const EditionChoice&, const EditionChoice&) = default;
};

enum class FeedKind : std::uint8_t { udp, tcp };

/// One `[[feed]]`: a socket from which ASTERIX arrives.
struct FeedSettings {
  std::string name;
  FeedKind kind = FeedKind::udp;
  std::string address;  ///< udp: the local address to listen on; tcp: the host to connect to (IPv4, numeric)
  std::uint16_t port = 0;
  std::string group;              ///< udp: multicast group to join; empty for unicast
  std::string interface_address;  ///< udp: local address of the interface to join on; empty leaves it to the system

  friend bool operator==(const FeedSettings&, const FeedSettings&) = default;
};

/// `[output.cat062]`: our tracks as CAT062, and our state as CAT065, over UDP.
struct Cat062Settings {
  std::string address;  ///< where to send: a host or a multicast group (IPv4, numeric)
  std::uint16_t port = 0;
  std::string
      interface_address;  ///< local address of the interface for a multicast group; empty leaves it to the system
  std::uint8_t ttl = 1;   ///< hops that multicast may travel
  units::Duration period = units::Duration::seconds(4.0);  ///< between two updates of the same track
  std::uint8_t sac = 0;                                    ///< `[system]`'s unless given
  std::uint8_t sic = 0;

  friend bool operator==(const Cat062Settings&, const Cat062Settings&) = default;
};

/// `[web]`: the page and its interfaces. On loopback unless told otherwise.
struct WebSettings {
  bool enabled = true;
  std::string address = "127.0.0.1";
  std::uint16_t port = 8042;

  friend bool operator==(const WebSettings&, const WebSettings&) = default;
};

/// `[recording]`: the log. Giving the table turns it on.
struct RecordingSettings {
  bool enabled = false;
  std::string directory = "recordings";  ///< relative to the working directory

  friend bool operator==(const RecordingSettings&, const RecordingSettings&) = default;
};

/// `[threads]`. The picture does not depend on it.
struct ThreadSettings {
  std::uint16_t workers = 0;  ///< 0: one for each processor

  friend bool operator==(const ThreadSettings&, const ThreadSettings&) = default;
};

/// Everything. A default-constructed one is a valid, silent system: no feeds, no sensors, the page on loopback.
struct Settings {
  SystemSettings system;
  PictureSettings picture;
  std::vector<EditionChoice> editions;              ///< by category, then source; one for each at most
  std::vector<observation::SensorSetting> sensors;  ///< `[[sensor]]`: what is known of each before it is heard
  std::vector<FeedSettings> feeds;
  tracking::TrackerSettings tracker;  ///< `[tracker]` reaches the few that an operator may have reason to change
  std::optional<Cat062Settings> cat062;
  WebSettings web;
  RecordingSettings recording;
  ThreadSettings threads;

  friend bool operator==(const Settings&, const Settings&) = default;
};

/// Reads and checks a configuration. Collects every error that it can find (up to `kMaxErrors`), in the order of the
/// file: unknown keys with the nearest known one, wrong types, values out of range, missing keys, the same sensor
/// twice, the same port twice. A syntax error hides what follows it, so it is reported alone. Never throws. \param text
/// the whole file \param file_name  only for messages
base::Result<Settings, std::vector<ConfigError>> parse_settings(std::string_view text, std::string_view file_name);

inline constexpr std::size_t kMaxErrors = 100;
inline constexpr std::size_t kMaxSensors = 10'000;
inline constexpr std::size_t kMaxFeeds = 250;

/// The canonical text of `settings`: every key written out, so that a log needs no other file and no remembered
/// default. `parse_settings(to_toml(s))` gives `s` bit for bit for every `s` that `parse_settings` can produce, with
/// sensors of `sensors_from_json` too.
std::string to_toml(const Settings& settings);

}  // namespace marsad::config

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
#include "marsad/wire/framing/message_stream.hpp"
#include "marsad/wire/framing/receiver_writer.hpp"

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
  std::string edition;                                             ///< as in the name of the document, "0.26" or "2.1"
  std::optional<wire::asterix::DataSource> source = std::nullopt;  ///< whose records alone; absent: the category's

  friend bool operator==(const EditionChoice&, const EditionChoice&) = default;
};

enum class FeedKind : std::uint8_t { udp, tcp };

/// One `[[feed]]`: a place from which messages of one format arrive.
struct FeedSettings {
  std::string name;
  FeedKind kind = FeedKind::udp;
  /// udp, and tcp that listens: the numeric local address to listen on; else the host to connect to, numeric or a name.
  std::string address;
  std::uint16_t port = 0;
  std::vector<std::string> groups;      ///< udp: multicast groups to join; empty for unicast
  std::vector<std::string> interfaces;  ///< udp: where to join them, by name or address; empty: as the system chooses
  bool listen = false;                  ///< tcp: wait for senders instead of connecting
  wire::framing::StreamFormat format = wire::framing::StreamFormat::asterix;

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

/// `[output.cat021]`: resolved ADS-B reports of our Mode S feeds as CAT021, over UDP.
struct Cat021Settings {
  std::string address;  ///< where to send: a numeric address of a host or a multicast group
  std::uint16_t port = 0;
  std::string interface_address;  ///< for a group: name or address of the interface to send on; empty: as the system
                                  ///< chooses
  std::uint8_t ttl = 1;           ///< hops that multicast may travel
  std::uint8_t sac = 0;           ///< `[system]`'s unless given
  std::uint8_t sic = 0;
  std::string edition = "2.4";  ///< any 2.x that is described

  friend bool operator==(const Cat021Settings&, const Cat021Settings&) = default;
};

/// Where a stream is sent by connecting there.
struct StreamPeer {
  std::string host;  ///< numeric, or a name
  std::uint16_t port = 0;

  friend bool operator==(const StreamPeer&, const StreamPeer&) = default;
};

/// `[output.beast]`, `[output.avr]`, `[output.sbs]`: messages of our Mode S feeds to whoever connects, and to whom we
/// connect, over TCP.
struct StreamOutputSettings {
  std::string address = "127.0.0.1";  ///< numeric, to listen on
  std::uint16_t port = 0;             ///< to listen on; 0: only push
  std::vector<StreamPeer> push;
  bool duplicates = true;  ///< beast, avr: relay also further receptions of the same transmission
  wire::framing::AvrStyle style = wire::framing::AvrStyle::counter_and_signal;  ///< avr

  friend bool operator==(const StreamOutputSettings&, const StreamOutputSettings&) = default;
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
  std::optional<Cat021Settings> cat021;
  std::optional<StreamOutputSettings> beast;
  std::optional<StreamOutputSettings> avr;
  std::optional<StreamOutputSettings> sbs;
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

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace marsad::app {

/// What every verb that reads recorded input is told on the command line.
struct InputOptions {
  std::vector<std::string> inputs;    ///< file names, or "-" for standard input
  std::string kind;                   ///< a name of wire::framing::FileKind, or empty: told by content
  std::vector<std::string> editions;  ///< "CATEGORY=EDITION", as in 21=0.23
  std::string date;                   ///< YYYY-MM-DD of the first record, for files that keep no receipt times
  /// When files that only tell the time since their beginning began: one for all, or one for each.
  std::vector<std::string> starts;
  bool strict = false;  ///< damage ends the run with exit code 3
  bool json = false;    ///< the summary as one JSON object
};

struct DecodeOptions {
  InputOptions input;
  std::string format = "jsonl";
  std::string output;  ///< file name; empty: standard output
  bool raw = false;
  bool schema = false;
  unsigned threads = 0;  ///< 0: one for each processor
};

struct EncodeOptions {
  std::string input;                  ///< JSON lines: a file name, or "-" for standard input
  std::string output;                 ///< .ast, .pcap or .ff by its ending; empty or "-": standard output
  std::vector<std::string> editions;  ///< "CATEGORY=EDITION" of lines that don't tell theirs
  bool raw = false;                   ///< lines that don't tell hold unscaled integers
  bool strict = false;                ///< a refused line ends the run with exit code 3
  bool json = false;                  ///< the summary as one JSON object
};

struct ConvertOptions {
  InputOptions input;
  std::string output;
  std::string form;  ///< beast, avr, avr-plain, avr-signal, sbs or cat021; empty: told by the ending of `output`
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::string edition;  ///< of CAT021; empty: the service's own choice
};

struct AsterixStatOptions {
  InputOptions input;
  bool items = false;  ///< how many records have each item
};

/// Which records `asterix filter` keeps; every list is of words as on the command line.
struct AsterixFilterOptions {
  InputOptions input;
  std::string output;   ///< file name, or "-" for standard output
  std::string sensors;  ///< sensors.json or TOML; empty: none
  std::vector<int> categories;
  std::vector<std::string> sources;          ///< "SAC/SIC"
  std::vector<std::string> addresses;        ///< six hexadecimal digits
  std::vector<std::string> mode_3a;          ///< four octal digits
  std::vector<std::string> identifications;  ///< a `*` at the end stands for any ending
  std::vector<std::string> within;           ///< "LAT,LON,KM"
  std::vector<std::string> boxes;            ///< "SOUTH,WEST,NORTH,EAST"
  std::string time_of_day;                   ///< "HH:MM:SS-HH:MM:SS"
  std::string from, until;                   ///< receipt, "YYYY-MM-DDTHH:MM:SSZ"
  bool invert = false;
  bool keep_undecoded = false;
};

/// What the verbs that make a picture from recorded input share.
struct PictureOptions {
  InputOptions input;
  std::string configuration;           ///< marsad TOML; empty: none
  std::string sensors;                 ///< sensors.json or TOML; empty: none
  std::optional<double> tick_s;        ///< between pictures; absent: as configured, or as the rows need it
  std::optional<double> rows_every_s;  ///< of the tracks file that is written, if one is
  unsigned threads = 1;
};

struct TrackOptions {
  PictureOptions picture;
  std::string output;        ///< .csv, .geojson or .ast by its ending
  std::string associations;  ///< CSV of which report went to which track; empty: none
  double every_s = 1.0;
};

struct WebOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8042;
  bool disabled = false;
};

struct ReplayOptions {
  PictureOptions picture;
  WebOptions web;
  std::string speed = "1";  ///< a factor, or "max"
  std::string tracks;       ///< tracks.csv to write; empty: none
  std::string digests;      ///< one line per picture: sequence, time, digest; empty: none
  std::string cat062;       ///< HOST:PORT to send CAT062/065 to; empty: none
  double every_s = 1.0;
  bool stay = false;  ///< keep serving the last picture after the end
};

struct RunOptions {
  std::string configuration;
  std::optional<double> duration_s;  ///< stop by itself; absent: until interrupted
  unsigned threads = 0;              ///< 0: as configured
  bool record_only = false;
  std::string output;  ///< recording to write, over the configuration's choice
};

struct DemoOptions {
  WebOptions web;
  std::uint64_t seed = 1;
  std::optional<double> duration_s;
  std::string record;    ///< recording to write; empty: none
  std::string cat062;    ///< HOST:PORT; empty: none
  bool no_open = false;  ///< don't show the page in a browser
  unsigned threads = 1;
};

struct VerifyOptions {
  std::vector<std::string> recordings;
  bool json = false;
};

struct DoctorOptions {
  std::string configuration;
  bool json = false;
};

}  // namespace marsad::app

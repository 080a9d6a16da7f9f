#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <functional>
#include <new>
#include <string_view>

#include "errors.hpp"
#include "recorded_input.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

/// What the chosen verb will do, filled in by CLI11's callbacks so that parsing and doing stay apart.
using Action = std::function<int()>;

/// CLI::Range lets what is not a number pass.
CLI::Validator from_to(double least, double most) {
  return CLI::Validator(
      [least, most](const std::string& text) {
        double value = 0.0;
        const bool good = CLI::detail::lexical_cast(text, value) && value >= least && value <= most;
        return good ? std::string() : fmt::format("{} is not a number from {} to {}", text, least, most);
      },
      fmt::format("{} to {}", least, most));
}

void add_input(CLI::App& verb, InputOptions& input) {
  verb.add_option(
          "INPUT", input.inputs,
          "Recordings: .pcap, .pcapng, .ast, final frames, .rply, plots.csv, Beast, AVR, hex with times, SBS-1, "
          "dump978, aircraft.json, a marsad recording, or -")
      ->type_name("FILE");
  verb.add_option("--kind", input.kind,
                  "Read the input as this kind instead of telling it by its content: " + kind_names());
  verb.add_option(
          "--edition", input.editions,
          "Edition of a category, as in 21=0.23, or of one source of it, as in 21@20/129=0.26 (default: told by "
          "evidence)")
      ->type_name("CAT[@SAC/SIC]=EDITION");
  verb.add_option("--date", input.date,
                  "UTC date of the first record, for files without receipt times (default 1970-01-01)")
      ->type_name("YYYY-MM-DD");
  verb.add_option(
          "--start", input.starts,
          "UTC time of the first message, for files that tell only the time since then (Beast, AVR); given once "
          "for all inputs or once for each")
      ->type_name("YYYY-MM-DDThh:mm:ssZ")
      ->allow_extra_args(false);
  verb.add_flag("--strict", input.strict, "Damaged input ends the run with exit code 3");
  verb.add_flag("--json", input.json, "Print the summary on standard error as one JSON object");
}

void add_picture(CLI::App& verb, PictureOptions& picture) {
  add_input(verb, picture.input);
  verb.add_option("--sensors", picture.sensors,
                  "Sites and characteristics of the sensors: sensors.json, or TOML with [[sensor]] tables")
      ->type_name("FILE");
  verb.add_option("--config", picture.configuration, "Configuration (TOML), as for 'run'")->type_name("FILE");
  verb.add_option(
          "--tick", picture.tick_s,
          "Seconds between pictures (default: as configured, else 1 or what --every needs); a recording by itself "
          "keeps its own")
      ->check(from_to(0.1, 60.0));
  verb.add_option("--threads", picture.threads, "Threads to track with; the picture does not depend on it")
      ->check(CLI::Range(1, 64));
}

void add_web(CLI::App& verb, WebOptions& web) {
  verb.add_option("--port", web.port, "Port of the web map; 0 takes a free one");
  verb.add_option("--address", web.address, "Address that the web map listens on");
  verb.add_flag("--no-web", web.disabled, "No web map");
}

void add_decode(CLI::App& root, DecodeOptions& options, Action& action) {
  CLI::App* verb = root.add_subcommand(
      "decode", "Print every ASTERIX record or receiver's message of a recording as JSON lines or CSV");
  add_input(*verb, options.input);
  verb->add_option("--format", options.format, "jsonl or csv")->check(CLI::IsMember({"jsonl", "csv"}));
  verb->add_option("-o,--output", options.output, "Write here instead of standard output")->type_name("FILE");
  verb->add_flag("--raw", options.raw, "Unscaled integers instead of values in the standard's units");
  verb->add_option("--threads", options.threads,
                   "Threads to decode with (default: one for each processor); the output does not depend on it")
      ->check(CLI::Range(1, 64));
  verb->add_flag("--schema", options.schema,
                 "Print the items, fields and units of every category and edition, and stop");
  verb->footer(
      "Examples:\n  marsad decode radar.pcap > radar.jsonl\n  marsad decode adsb.ast --edition 21=0.23 --format csv -o "
      "adsb.csv\n"
      "Damaged parts are skipped, counted and summed up on standard error.");
  verb->callback([&] { action = [&] { return decode(options); }; });
}

void add_encode(CLI::App& root, EncodeOptions& options, Action& action) {
  CLI::App* verb =
      root.add_subcommand("encode", "Write JSON lines as ASTERIX: the way back from 'decode', octet by octet");
  verb->add_option("FILE", options.input, "JSON lines as 'decode' prints them, or - for standard input")->required();
  verb->add_option(
          "-o,--output", options.output,
          "Write here: .ast (data blocks), .pcap (UDP at the times \"t\") or .ff (final frames), by the ending; "
          "default: data blocks to standard output")
      ->type_name("FILE");
  verb->add_option("--edition", options.editions,
                   "Edition of lines without \"edition\", as in 21=2.4 (default: the newest)")
      ->type_name("CAT=EDITION");
  verb->add_flag("--raw", options.raw, "Lines without \"raw\" hold unscaled integers, as 'decode --raw' prints");
  verb->add_flag("--strict", options.strict, "A line that can't be encoded ends the run with exit code 3");
  verb->add_flag("--json", options.json, "Print the summary on standard error as one JSON object");
  verb->footer(
      "A line that people write needs no more than its category and items, in any order; 'decode --schema' lists "
      "them:\n"
      "  {\"cat\":48,\"items\":{\"I048/010\":{\"SAC\":25,\"SIC\":201},\"I048/140\":28800.5,\n"
      "   \"I048/040\":{\"RHO\":53.2,\"THETA\":101.3}}}   (on one line)\n"
      "Values are in the standard's units and go to its nearest step. Fields that are left out are zero.\n"
      "\"block\" joins a record to the data block of the one before, \"octets\" keeps an unusual form of writing it: "
      "while\n"
      "the items agree with the octets these are written, and what you change in the items wins.\n"
      "Examples:\n  marsad decode radar.ast | marsad encode - -o same.ast && cmp radar.ast same.ast\n"
      "  marsad decode radar.pcap | jq -c 'select(.items.\"I048/220\" == 3412549)' | marsad encode - -o one.pcap\n"
      "Lines that can't be encoded are skipped, counted and explained on standard error.");
  verb->callback([&] { action = [&] { return encode(options); }; });
}

void add_convert(CLI::App& root, ConvertOptions& options, Action& action) {
  CLI::App* verb =
      root.add_subcommand("convert", "Write what a 1090 MHz receiver heard in another form: Beast, AVR, SBS-1, CAT021");
  add_input(*verb, options.input);
  verb->add_option("-o,--output", options.output,
                   "File to write; .beast, .avr, .sbs and .ast (CAT021) tell the form; - is standard output")
      ->type_name("FILE")
      ->required();
  verb->add_option("--to", options.form,
                   "beast, avr, avr-plain, avr-signal, sbs or cat021 (default: by the ending of -o)")
      ->check(CLI::IsMember({"beast", "avr", "avr-plain", "avr-signal", "sbs", "cat021"}));
  verb->add_option("--sac", options.sac, "System area code of the CAT021 reports")->check(from_to(0, 255));
  verb->add_option("--sic", options.sic, "System identification code of the CAT021 reports")->check(from_to(0, 255));
  verb->add_option("--cat021-edition", options.edition, "Edition of the CAT021 reports, as in 2.4");
  verb->footer(
      "Beast and AVR keep every message as it was heard. SBS-1 and CAT021 tell what messages mean: of the accepted "
      "ones,\n"
      "each once. Both need times: for files that keep none give --start.\n"
      "Examples:\n  marsad convert heard.beast -o heard.avr\n"
      "  marsad convert heard.beast --start 2026-01-06T06:13:03Z --sac 25 --sic 7 -o adsb.ast");
  verb->callback([&] { action = [&] { return convert(options); }; });
}

void add_asterix_stat(CLI::App& group, AsterixStatOptions& options, Action& action) {
  CLI::App* verb = group.add_subcommand(
      "stat", "What is in a recording: categories, editions, sources, rates, periods, times, delays, items, damage");
  add_input(*verb, options.input);
  verb->get_option("--json")->description("Print everything as one JSON object instead of tables");
  verb->add_flag("--items", options.items, "Also tell how many records have each data item");
  verb->footer(
      "Every source (SAC/SIC) of every category has a line: the edition that it is read by, why (configured, "
      "evidence,\n"
      "default) and how sure that is; rates; the antenna's rotation by its north marks, or else the time between "
      "reports\n"
      "of one target; how long the data took (receipt minus time of day) where the recording keeps receipt times.\n\n"
      "Examples:\n"
      "  marsad asterix stat site.pcap\n"
      "  marsad asterix stat night.ast --date 2016-05-10 --items   # its times of day run over midnight\n"
      "  tcpdump -r big.pcap -w - udp port 8600 | marsad asterix stat - --json | jq '.streams[].delay_s'");
  verb->callback([&] { action = [&] { return asterix_stat(options); }; });
}

void add_asterix_filter(CLI::App& group, AsterixFilterOptions& options, Action& action) {
  CLI::App* verb = group.add_subcommand("filter", "Copy some of the records of recordings, their octets unchanged");
  add_input(*verb, options.input);
  verb->add_option(
          "-o,--output", options.output,
          "Written as .pcap, .ast or final frames (.ff) by its ending, otherwise framed like the first input; - "
          "is standard output")
      ->type_name("FILE")
      ->required();
  const auto list = [&](const char* name, auto& values, const char* text, const char* type) {
    verb->add_option(name, values, text)->type_name(type)->allow_extra_args(false);
  };
  verb->add_option("--category", options.categories,
                   "Keep this category; decided by the block, so one that can't be "
                   "decoded is kept too if nothing else is asked")
      ->check(CLI::Range(1, 255))
      ->type_name("CAT")
      ->allow_extra_args(false);
  list("--source", options.sources, "Keep records of this source", "SAC/SIC");
  list("--address", options.addresses, "Keep records of this 24-bit address, as in 3c6589", "HEX");
  list("--mode3a", options.mode_3a, "Keep records with this Mode 3/A code, as in 7700", "OCTAL");
  list("--ident", options.identifications, "Keep records with this identification; IAW* for any that begins so",
       "TEXT");
  list("--within", options.within, "Keep records within so many kilometres of a place, as in 33.26,44.23,100",
       "LAT,LON,KM");
  list("--box", options.boxes, "Keep records between two parallels and two meridians", "SOUTH,WEST,NORTH,EAST");
  verb->add_option("--time-of-day", options.time_of_day,
                   "Keep records whose own time of day lies between these, as in 23:50:00-00:10:00")
      ->type_name("FROM-TO");
  verb->add_option("--from", options.from, "Keep what was received from this moment on, as in 2016-05-10T22:00:00Z")
      ->type_name("UTC");
  verb->add_option("--until", options.until, "Keep what was received before this moment")->type_name("UTC");
  verb->add_option(
          "--sensors", options.sensors,
          "Sites of radars, to place polar and Cartesian reports: sensors.json, or TOML with [[sensor]] tables")
      ->type_name("FILE");
  verb->add_flag("--invert", options.invert, "Keep the records that would be dropped, and drop the others");
  verb->add_flag(
      "--keep-undecoded", options.keep_undecoded,
      "Keep what can't be decoded where records were to be asked about, instead of dropping and counting it");
  verb->footer(
      "A record is kept if every kind of criterion holds; an option may be repeated, and then one of its values is "
      "enough.\n"
      "A record without what a criterion asks about (an address, a time, a position) doesn't satisfy it. Categories "
      "004,\n"
      "010, 011, 015, 020, 021, 062 and 205 are placed by their WGS-84 position, 001 and 048 (and 010, 020, 062 "
      "without\n"
      "one) from their sensor's site; others have no place. A block of which all is kept stays as it is, otherwise "
      "only\n"
      "its length changes; a record of category 001 whose SAC/SIC stood in a dropped record is given it. Several "
      "inputs\n"
      "follow one another. Files without receipt times take theirs from the times of day in them, from --date on.\n\n"
      "Examples:\n"
      "  marsad asterix filter site.pcap --category 48 --category 34 --source 20/129 -o radar.ast\n"
      "  marsad asterix filter night.ast --time-of-day 23:50:00-00:10:00 -o midnight.ast\n"
      "  marsad asterix filter plots.ast --sensors radars.toml --within 33.26,44.23,50 --invert -o far.ast\n"
      "  marsad asterix filter all.ast --address 3c6589 -o - | marsad decode -");
  verb->callback([&] { action = [&] { return asterix_filter(options); }; });
}

void add_asterix(CLI::App& root, AsterixStatOptions& stat, AsterixFilterOptions& filter, Action& action) {
  CLI::App* group = root.add_subcommand("asterix", "Tools for ASTERIX recordings: stat, filter");
  group->require_subcommand(1);
  add_asterix_stat(*group, stat, action);
  add_asterix_filter(*group, filter, action);
}

void add_track(CLI::App& root, TrackOptions& options, Action& action) {
  CLI::App* verb =
      root.add_subcommand("track", "Track recorded input as fast as possible and write the tracks to a file");
  add_picture(*verb, options.picture);
  verb->add_option("-o,--output", options.output, "Tracks: .csv, .geojson, or .ast (CAT062), by the ending")
      ->type_name("FILE")
      ->required();
  verb->add_option("--every", options.every_s, "Seconds between rows of one track")->check(from_to(0.1, 3600.0));
  verb->add_option("--associations", options.associations, "CSV: which target report was used by which track")
      ->type_name("FILE");
  verb->footer(
      "Examples:\n  marsad track radar.ast --sensors radar.toml --date 2023-05-02 -o tracks.csv\n"
      "  marsad track plots.csv --sensors sensors.json -o tracks.csv");
  verb->callback([&] { action = [&] { return track(options); }; });
}

void add_replay(CLI::App& root, ReplayOptions& options, Action& action) {
  CLI::App* verb = root.add_subcommand("replay", "Show recorded input on the web map, in its own time or faster");
  add_picture(*verb, options.picture);
  add_web(*verb, options.web);
  verb->add_option("--speed", options.speed, "A factor, or 'max' for as fast as possible");
  verb->add_option("--tracks", options.tracks, "Also write tracks.csv")->type_name("FILE");
  verb->add_option("--every", options.every_s, "Seconds between rows of one track")->check(from_to(0.1, 3600.0));
  verb->add_option("--digests", options.digests, "One line per picture: sequence, time, digest of everything up to it")
      ->type_name("FILE");
  verb->add_option("--cat062", options.cat062, "Send CAT062 and CAT065 to this UDP address")->type_name("HOST:PORT");
  verb->add_flag("--stay", options.stay, "Keep serving the last picture after the end, until interrupted");
  verb->footer(
      "Examples:\n  marsad replay night.marsad --speed 8\n  marsad replay smr.ast mlat.ast adsb.ast --speed max "
      "--no-web --digests d.txt");
  verb->callback([&] { action = [&] { return replay(options); }; });
}

void add_run_and_record(CLI::App& root, RunOptions& options, Action& action) {
  CLI::App* run_verb =
      root.add_subcommand("run", "Live: feeds, picture, recording, outputs and web map, as the configuration says");
  CLI::App* record_verb = root.add_subcommand("record", "Only record the feeds of a configuration");
  for (CLI::App* verb : {run_verb, record_verb}) {
    verb->add_option("CONFIG", options.configuration, "Configuration (TOML); examples/marsad.toml explains every key")
        ->type_name("FILE")
        ->required();
    verb->add_option("--duration", options.duration_s, "Stop after this many seconds (default: until interrupted)")
        ->check(from_to(0.0, 1e9));
    verb->add_option("-o,--output", options.output, "Recording to write, instead of one in the configured directory")
        ->type_name("FILE");
  }
  run_verb->add_option("--threads", options.threads, "Threads to track with")->check(CLI::Range(1, 64));
  run_verb->callback([&] { action = [&] { return run(options); }; });
  record_verb->callback([&] {
    options.record_only = true;
    action = [&] { return run(options); };
  });
}

void add_demo(CLI::App& root, DemoOptions& options, Action& action) {
  CLI::App* verb =
      root.add_subcommand("demo", "A simulated scene over Mesopotamia, through the same door as live data");
  add_web(*verb, options.web);
  verb->add_option("--seed", options.seed, "Seed of the scene");
  verb->add_option("--duration", options.duration_s, "Stop after this many seconds (default: until interrupted)")
      ->check(from_to(0.0, 1e9));
  verb->add_flag("--no-open", options.no_open, "Don't show the page in a browser");
  verb->add_option("--record", options.record, "Write the log of the demo to this file")->type_name("FILE");
  verb->add_option("--cat062", options.cat062, "Send CAT062 and CAT065 to this UDP address")->type_name("HOST:PORT");
  verb->add_option("--threads", options.threads, "Threads to track with")->check(CLI::Range(1, 64));
  verb->callback([&] { action = [&] { return demo(options); }; });
}

void add_verify_and_doctor(CLI::App& root, VerifyOptions& verify_options, DoctorOptions& doctor_options,
                           Action& action) {
  CLI::App* verify_verb = root.add_subcommand("verify", "Check that recordings are whole and unaltered");
  verify_verb->add_option("RECORDING", verify_options.recordings, "marsad recordings")->required()->type_name("FILE");
  verify_verb->add_flag("--json", verify_options.json, "One JSON object per recording on standard output");
  verify_verb->callback([&] { action = [&] { return verify(verify_options); }; });

  CLI::App* doctor_verb =
      root.add_subcommand("doctor", "Check this machine and, if given, a configuration, before going live");
  doctor_verb->add_option("CONFIG", doctor_options.configuration, "Configuration (TOML)")->type_name("FILE");
  doctor_verb->add_flag("--json", doctor_options.json, "The findings as one JSON object");
  doctor_verb->callback([&] { action = [&] { return doctor(doctor_options); }; });
}

/// All verbs' options live here for as long as the program runs.
struct Options {
  DecodeOptions decode;
  EncodeOptions encode;
  ConvertOptions convert;
  AsterixStatOptions asterix_stat;
  AsterixFilterOptions asterix_filter;
  TrackOptions track;
  ReplayOptions replay;
  RunOptions run;
  DemoOptions demo;
  VerifyOptions verify;
  DoctorOptions doctor;
};

int main_of(int argc, char** argv) {
  CLI::App root{
      "marsad: one honest air picture from whatever sensors you have.\n"
      "Surveillance, identification and warning only. Not certified; not for separation."};
  root.require_subcommand(1);
  root.set_version_flag("--version", "marsad " MARSAD_VERSION);
  root.footer("'marsad VERB --help' explains a verb. Try 'marsad demo' first.");
  Options options;
  Action action;
  add_demo(root, options.demo, action);
  add_run_and_record(root, options.run, action);
  add_replay(root, options.replay, action);
  add_decode(root, options.decode, action);
  add_encode(root, options.encode, action);
  add_convert(root, options.convert, action);
  add_asterix(root, options.asterix_stat, options.asterix_filter, action);
  add_track(root, options.track, action);
  add_verify_and_doctor(root, options.verify, options.doctor, action);
  try {
    root.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return root.exit(error) == 0 ? kDone : kUsage;
  }
  const int code = action();
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) throw RunFailure("standard output: writing failed");
  return code;
}

/// Inputs are mapped into memory: one that is cut short, or whose disk fails, while it is read ends here.
void on_lost_input(int /*signal*/) {
  constexpr std::string_view kText = "marsad: an input became shorter, or unreadable, while it was read; read a copy\n";
  [[maybe_unused]] const ssize_t count = ::write(STDERR_FILENO, kText.data(), kText.size());
  ::_exit(kUnreadable);
}

}  // namespace
}  // namespace marsad::app

int main(int argc, char** argv) {
  std::signal(SIGBUS, marsad::app::on_lost_input);
  try {
    return marsad::app::main_of(argc, argv);
  } catch (const marsad::app::UsageError& error) {
    std::fprintf(stderr, "marsad: %s\n", error.what());
    return marsad::app::kUsage;
  } catch (const marsad::app::UnreadableInput& error) {
    std::fprintf(stderr, "marsad: %s\n", error.what());
    return marsad::app::kUnreadable;
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "marsad: out of memory; standard input is held whole, so name a large input as a file\n");
    return marsad::app::kFailed;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "marsad: %s\n", error.what());
    return marsad::app::kFailed;
  }
}

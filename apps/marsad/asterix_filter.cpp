#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "console.hpp"
#include "datagram_source.hpp"
#include "edition_plan.hpp"
#include "errors.hpp"
#include "filter_criteria.hpp"
#include "marsad/observation/record_criteria.hpp"
#include "marsad/wire/asterix/record_filter.hpp"
#include "marsad/wire/framing/file_writer.hpp"
#include "receipt_clock.hpp"
#include "recorded_input.hpp"
#include "settings_files.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;
using wire::framing::FileKind;
using wire::framing::FileWriter;

constexpr std::size_t kWriteAt = 1U << 16U;

/// What the inputs gave beside records.
struct Damage {
  std::uint64_t framing_faults = 0;
  std::uint64_t framing_octets = 0;
  std::uint64_t other_payloads = 0;  ///< datagrams that aren't ASTERIX: not copied
  std::uint64_t refused = 0;         ///< datagrams too large for the framing that is written
};

/// Datagrams to a file, or to standard output, in large pieces.
class DatagramOutput {
 public:
  DatagramOutput(const std::string& path, FileKind kind)
      : path_(path == "-" ? "standard output" : path), writer_(kind) {
    file_.reset(path == "-" ? stdout : std::fopen(path.c_str(), "wb"));
    if (!file_) throw RunFailure(fmt::format("{}: can't be written: {}", path_, std::strerror(errno)));
    writer_.begin(octets_);
  }

  /// False if the datagram doesn't fit the framing; then nothing of it is written.
  bool put(const wire::framing::Datagram& datagram, units::UtcTime time) {
    const bool good = !writer_.append(octets_, datagram, time);
    if (octets_.size() >= kWriteAt) write();
    return good;
  }
  void finish() {
    write();
    if (std::fflush(file_.get()) != 0) fail();
    if (file_.get() != stdout && std::fclose(file_.release()) != 0) fail();
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdout) std::fclose(file);
    }
  };

  void write() {
    if (std::fwrite(octets_.data(), 1, octets_.size(), file_.get()) != octets_.size()) fail();
    octets_.clear();
  }
  [[noreturn]] void fail() const {
    throw RunFailure(fmt::format("{}: writing failed: {}", path_, std::strerror(errno)));
  }

  std::string path_;
  FileWriter writer_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<std::byte> octets_;
};

/// By the ending of the name; else like the first input where that kind can be written, as a capture where it keeps
/// receipt times, as plain blocks otherwise.
FileKind kind_to_write(const AsterixFilterOptions& options, const io::MappedFile& first) {
  if (const auto named = wire::framing::kind_for_writing(options.output)) return *named;
  const auto told = parse_kind(options.input.kind);
  const auto kind = told ? told : wire::framing::detect_kind(first.content());
  if (kind && wire::framing::can_write(*kind)) return *kind;
  return kind == FileKind::pcapng || kind == FileKind::marsad_recording ? FileKind::pcap : FileKind::asterix_raw;
}

observation::SensorRegistry sensors_of(const AsterixFilterOptions& options) {
  PictureOptions picture;
  picture.sensors = options.sensors;
  return observation::SensorRegistry(load_settings(picture).sensors);
}

class Filtering {
 public:
  Filtering(const AsterixFilterOptions& options, const observation::RecordCriteria& criteria,
            const asterix::EditionSet& editions, DatagramOutput& output)
      : options_(options),
        editions_(editions),
        filter_(editions, filter_options(options, criteria)),
        matcher_(criteria, sensors_of(options), editions),
        output_(output) {}

  void filter_file(std::size_t input, const io::MappedFile& file) {
    const std::string& path = options_.input.inputs[input];
    auto source = DatagramSource::open(path, file, parse_kind(options_.input.kind));
    if (!source.ok()) throw UnreadableInput(source.error());
    ReceiptClock clock(options_.input, input, file, editions_);
    ProgressBar progress("filtering");
    while (const auto datagram = source->next()) {
      filter_datagram(*datagram, clock.of(*datagram));
      progress.show(static_cast<double>(source->position()) / static_cast<double>(file.content().size()));
    }
    damage_.framing_faults += source->damage().faults;
    damage_.framing_octets += source->damage().skipped_octets;
  }

  [[nodiscard]] const asterix::FilterCounters& counters() const { return filter_.counters(); }
  [[nodiscard]] const Damage& damage() const { return damage_; }
  [[nodiscard]] std::uint64_t unplaced() const { return matcher_.unplaced(); }

 private:
  void filter_datagram(const wire::framing::Datagram& datagram, units::UtcTime receipt) {
    if (datagram.kind != wire::framing::PayloadKind::asterix) {
      ++damage_.other_payloads;
      return;
    }
    wire::framing::Datagram kept = datagram;
    kept.payload = filter_.filter(datagram.payload, [&](const asterix::RecordView& record) {
      return matcher_.matches(record, receipt) != options_.invert;
    });
    if (!kept.payload.empty() && !output_.put(kept, receipt)) ++damage_.refused;
  }

  const AsterixFilterOptions& options_;
  const asterix::EditionSet& editions_;
  asterix::RecordFilter filter_;
  observation::RecordMatcher matcher_;
  DatagramOutput& output_;
  Damage damage_;
};

void print_summary_json(const Filtering& filtering, const EditionPlan& plan) {
  const asterix::FilterCounters& counters = filtering.counters();
  const nlohmann::ordered_json summary{{"datagrams", counters.datagrams},
                                       {"kept_datagrams", counters.kept_datagrams},
                                       {"blocks", counters.blocks},
                                       {"whole_blocks", counters.whole_blocks},
                                       {"rebuilt_blocks", counters.rebuilt_blocks},
                                       {"records_examined", counters.records},
                                       {"records_kept", counters.kept_records},
                                       {"records_given_source", counters.sourced_records},
                                       {"records_without_place", filtering.unplaced()},
                                       {"undecoded", counters.undecoded},
                                       {"undecoded_bytes", counters.undecoded_octets},
                                       {"framing_faults", filtering.damage().framing_faults},
                                       {"framing_skipped_bytes", filtering.damage().framing_octets},
                                       {"other_payloads", filtering.damage().other_payloads},
                                       {"refused", filtering.damage().refused},
                                       {"editions", nlohmann::ordered_json::parse(editions_json(plan))}};
  fmt::print(stderr, "{}\n", summary.dump());
}

void print_summary(const Filtering& filtering, bool keep_undecoded) {
  const asterix::FilterCounters& counters = filtering.counters();
  const Damage& damage = filtering.damage();
  fmt::print(stderr, "{} of {} datagrams; of {} blocks {} whole and {} rebuilt", counters.kept_datagrams,
             counters.datagrams, counters.blocks, counters.whole_blocks, counters.rebuilt_blocks);
  if (counters.records > 0)
    fmt::print(stderr, "; kept {} of {} records examined", counters.kept_records, counters.records);
  fmt::print(stderr, "\n");
  const auto note = [](std::uint64_t count, const std::string& text) {
    if (count > 0) fmt::print(stderr, "{} {}\n", count, text);
  };
  note(counters.sourced_records, "records were given the SAC/SIC that stood in a dropped one");
  note(counters.undecoded, fmt::format("places ({} octets) can't be decoded and were {}", counters.undecoded_octets,
                                       keep_undecoded ? "kept" : "dropped; --keep-undecoded keeps them"));
  note(filtering.unplaced(), "target reports have no place: give their radars' sites with --sensors");
  note(damage.framing_faults, fmt::format("damaged places in the framing: {} octets skipped", damage.framing_octets));
  note(damage.other_payloads, "datagrams are not ASTERIX and were not copied");
  note(damage.refused, "datagrams are too large for the framing that is written and were dropped; write .ast instead");
}

}  // namespace

int asterix_filter(const AsterixFilterOptions& options) {
  const observation::RecordCriteria criteria = parse_criteria(options);
  PictureOptions read{.input = options.input, .configuration = {}, .sensors = options.sensors};
  if (options.output != "-") spare_inputs(read, {options.output});
  const std::vector<io::MappedFile> files = open_files(options.input);
  const EditionPlan plan = plan_editions(options.input, files);
  if (!criteria.empty()) print_edition_warnings(plan);

  DatagramOutput output(options.output, kind_to_write(options, files.front()));
  Filtering filtering(options, criteria, plan.set, output);
  for (std::size_t i = 0; i < files.size(); ++i) filtering.filter_file(i, files[i]);
  output.finish();
  options.input.json ? print_summary_json(filtering, plan) : print_summary(filtering, options.keep_undecoded);
  const bool damaged =
      filtering.counters().undecoded + filtering.damage().framing_faults + filtering.damage().refused > 0;
  if (filtering.damage().refused > 0) return kFailed;
  return options.input.strict && damaged ? kUnreadable : kDone;
}

}  // namespace marsad::app

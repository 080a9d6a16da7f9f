#include <fmt/format.h>
#include <fmt/os.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "console.hpp"
#include "datagram_source.hpp"
#include "edition_plan.hpp"
#include "errors.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "marsad/wire/modes/register_json.hpp"
#include "receiver_lines.hpp"
#include "recorded_input.hpp"
#include "settings_files.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;

/// So many damaged places are told one by one; all are counted.
constexpr std::size_t kPlacesTold = 20;
constexpr std::size_t kWriteAt = 1U << 16U;

/// Text to a file or standard output, in large pieces.
class Output {
 public:
  explicit Output(const std::string& path) : path_(path.empty() ? "standard output" : path) {
    file_ = path.empty() ? stdout : std::fopen(path.c_str(), "wb");
    if (file_ == nullptr) throw RunFailure(fmt::format("{}: can't be written: {}", path_, std::strerror(errno)));
  }
  ~Output() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  std::string& text() { return text_; }
  void write_if_large() {
    if (text_.size() >= kWriteAt) write();
  }
  void write() {
    if (std::fwrite(text_.data(), 1, text_.size(), file_) != text_.size() || std::fflush(file_) != 0)
      throw RunFailure(fmt::format("{}: writing failed: {}", path_, std::strerror(errno)));
    text_.clear();
  }

 private:
  std::string path_;
  std::FILE* file_ = nullptr;
  std::string text_;
};

/// One damaged place, whether of the framing or of the ASTERIX in it.
struct Damage {
  std::string input;
  std::uint64_t offset = 0;
  std::uint64_t skipped_octets = 0;
  std::string reason;
};

struct Tally {
  std::array<std::uint64_t, 256> records{};
  std::uint64_t octets = 0;
  std::uint64_t skipped_octets = 0;
  std::uint64_t faults = 0;
  std::map<std::string, std::uint64_t> messages;  ///< of receivers, by what they are
  std::uint64_t other_payloads = 0;               ///< rows of plots.csv, and what does not fit the columns of a CSV
  std::vector<Damage> damaged;                    ///< the first of them

  void add(Damage damage) {
    ++faults;
    skipped_octets += damage.skipped_octets;
    if (damaged.size() < kPlacesTold) damaged.push_back(std::move(damage));
  }
};

std::string reason_of(const asterix::DecodeFault& fault) {
  std::string reason = base::name_of(fault.code);
  if (fault.category >= 0) reason += fmt::format(", category {:03}", fault.category);
  if (fault.item) reason += fmt::format(", item {}", asterix::name_of(*fault.item));
  return reason;
}

void append_register(std::string& out, std::uint8_t bds, std::uint64_t bits) {
  wire::modes::append_register_json(out, bds, wire::modes::Register(bits));
}

class Decoder {
 public:
  Decoder(const DecodeOptions& options, const asterix::EditionSet& editions, Output& output, Tally& tally)
      : options_(options), editions_(editions), output_(output), tally_(tally) {}

  void decode_file(const std::string& path, const io::MappedFile& file, std::optional<io::Beginning> beginning) {
    receiver_lines_.emplace(is_csv() ? ReceiverLines::Form::csv : ReceiverLines::Form::jsonl);
    auto source = DatagramSource::open(path, file, parse_kind(options_.input.kind), beginning);
    if (!source.ok()) throw UnreadableInput(source.error());
    ProgressBar progress("decoding");
    while (const auto datagram = source->next()) {
      decode_datagram(path, *datagram);
      progress.show(static_cast<double>(source->position()) / static_cast<double>(file.content().size()));
    }
    tally_.octets += file.content().size();
    const DatagramSource::Damage damage = source->damage();
    for (const auto& place : damage.places)
      tally_.add(
          {path, place.offset, place.skipped_octets, fmt::format("{} in the framing", base::name_of(place.code))});
    tally_.faults += damage.faults - damage.places.size();
    std::uint64_t told_octets = 0;
    for (const auto& place : damage.places) told_octets += place.skipped_octets;
    tally_.skipped_octets += damage.skipped_octets - told_octets;
    for (const auto& [what, lines] : receiver_lines_->lines()) tally_.messages[what] += lines;
  }

  /// Even a CSV without rows says what its columns are.
  void finish() {
    if (family_ == Family::none) fits(Family::asterix);
  }

 private:
  void decode_datagram(const std::string& path, const wire::framing::Datagram& datagram) {
    if (datagram.kind != wire::framing::PayloadKind::asterix) {
      decode_receiver_message(path, datagram);
      return;
    }
    if (!fits(Family::asterix)) {
      ++tally_.other_payloads;
      return;
    }
    asterix::PrintOptions print{.raw = options_.raw, .receipt_time = {}, .base_offset = datagram.offset};
    if (!options_.raw) print.append_register = append_register;
    if (datagram.receipt) print.receipt_time = datagram.receipt->seconds_since_epoch();
    asterix::decode_datagram(
        datagram.payload, editions_,
        [&](const asterix::RecordView& record) {
          ++tally_.records[static_cast<std::size_t>(record.category())];
          append(record, print);
        },
        [&](const asterix::DecodeFault& fault) {
          tally_.add({path, datagram.offset + fault.offset, fault.skipped_octets, reason_of(fault)});
        });
    output_.write_if_large();
  }

  enum class Family : std::uint8_t { none, asterix, receiver };

  [[nodiscard]] bool is_csv() const { return options_.format == "csv"; }

  /// Rows of CSV have the columns of what came first: records and receivers' messages don't go together.
  bool fits(Family family) {
    if (family_ == Family::none) {
      family_ = family;
      if (is_csv()) output_.text() += family == Family::asterix ? asterix::csv_header() : ReceiverLines::csv_header();
    }
    return family_ == family || !is_csv();
  }

  void decode_receiver_message(const std::string& path, const wire::framing::Datagram& datagram) {
    if (datagram.kind == wire::framing::PayloadKind::plot_row || !fits(Family::receiver)) {
      ++tally_.other_payloads;
    } else if (!receiver_lines_->append(output_.text(), datagram)) {
      tally_.add({path, datagram.offset, datagram.payload.size(), "a receiver's message that can't be read"});
    }
    output_.write_if_large();
  }

  void append(const asterix::RecordView& record, const asterix::PrintOptions& print) {
    if (is_csv()) {
      asterix::append_csv(output_.text(), record, print);
      return;
    }
    asterix::append_json(output_.text(), record, print);
    output_.text() += '\n';
  }

  const DecodeOptions& options_;
  const asterix::EditionSet& editions_;
  Output& output_;
  Tally& tally_;
  std::optional<ReceiverLines> receiver_lines_;  ///< of the file that is being read
  Family family_ = Family::none;
};

void print_summary_json(const Tally& tally, const EditionPlan& plan) {
  nlohmann::ordered_json summary;
  summary["records"] = nlohmann::ordered_json::object();
  for (std::size_t category = 0; category < tally.records.size(); ++category)
    if (tally.records[category] > 0) summary["records"][std::to_string(category)] = tally.records[category];
  summary["editions"] = nlohmann::ordered_json::parse(editions_json(plan));
  if (!tally.messages.empty()) summary["messages"] = tally.messages;
  summary["bytes"] = tally.octets;
  summary["skipped_bytes"] = tally.skipped_octets;
  summary["faults"] = tally.faults;
  summary["other_payloads"] = tally.other_payloads;
  summary["damaged"] = nlohmann::ordered_json::array();
  for (const Damage& damage : tally.damaged)
    summary["damaged"].push_back({{"input", damage.input},
                                  {"offset", damage.offset},
                                  {"skipped_bytes", damage.skipped_octets},
                                  {"reason", damage.reason}});
  fmt::print(stderr, "{}\n", summary.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

void print_summary(const Tally& tally, const EditionPlan& plan) {
  std::uint64_t total = 0;
  std::string by_category;
  for (std::size_t category = 0; category < tally.records.size(); ++category) {
    if (tally.records[category] == 0) continue;
    total += tally.records[category];
    by_category += fmt::format("  CAT{:03} {}", category, tally.records[category]);
  }
  for (const auto& [what, messages] : tally.messages) {
    total += messages;
    by_category += fmt::format("  {} {}", what, messages);
  }
  fmt::print(stderr, "{} records in {} octets:{}\n", total, tally.octets, by_category.empty() ? " none" : by_category);
  fmt::print(stderr, "{}", editions_text(plan));
  if (tally.other_payloads > 0)
    fmt::print(stderr, "{} datagrams have no place in this output and were left out\n", tally.other_payloads);
  for (const Damage& damage : tally.damaged)
    fmt::print(stderr, "{}: octet {}: {}; {} octets skipped\n", damage.input, damage.offset, damage.reason,
               damage.skipped_octets);
  if (tally.faults > tally.damaged.size())
    fmt::print(stderr, "... and {} more damaged places\n", tally.faults - tally.damaged.size());
}

int print_schema(Output& output) {
  for (const std::uint8_t category : asterix::described_categories())
    for (const asterix::Edition& edition : asterix::editions_of(category)) {
      asterix::append_schema_json(output.text(), edition);
      output.text() += '\n';
      output.write_if_large();
    }
  output.write();
  return kDone;
}

}  // namespace

int decode(const DecodeOptions& options) {
  if (options.schema) {
    Output output(options.output);
    return print_schema(output);
  }
  spare_inputs({.input = options.input}, {options.output});
  const std::vector<io::MappedFile> files = open_files(options.input);
  const EditionPlan plan = plan_editions(options.input, files);
  print_edition_warnings(plan);

  Output output(options.output);  // not before: what stood there stays if the input can't be read
  Tally tally;
  Decoder decoder(options, plan.set, output, tally);
  for (std::size_t i = 0; i < files.size(); ++i)
    decoder.decode_file(options.input.inputs[i], files[i], told_beginning(options.input, i));
  decoder.finish();
  output.write();
  options.input.json ? print_summary_json(tally, plan) : print_summary(tally, plan);
  return options.input.strict && tally.faults > 0 ? kUnreadable : kDone;
}

}  // namespace marsad::app

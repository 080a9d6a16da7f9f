#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "console.hpp"
#include "datagram_source.hpp"
#include "decode_rounds.hpp"
#include "edition_plan.hpp"
#include "errors.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/print.hpp"
#include "receiver_lines.hpp"
#include "recorded_input.hpp"
#include "text_output.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;
using wire::framing::Datagram;
using wire::framing::PayloadKind;

/// Reads one file as batches: datagrams of ASTERIX as they are, receivers' messages (of which each needs to know those
/// before it) as their lines.
class BatchReader {
 public:
  BatchReader(const DecodeOptions& options, const std::string& path, const io::MappedFile& file, DatagramSource source)
      : path_(path),
        file_(file),
        source_(std::move(source)),
        lines_(options.format == "csv" ? ReceiverLines::Form::csv : ReceiverLines::Form::jsonl) {}

  /// False at the end of the file. `fits` says whether lines of such a payload go with those before.
  template <class Fits>
  bool read(DecodeBatch& batch, Fits&& fits) {
    bool any = false;
    while (!batch.is_full() && batch.text().size() < DecodeBatch::kFullOctets && peek()) {
      const bool is_asterix = ahead_->kind == PayloadKind::asterix;
      if (any && is_asterix != batch.has_datagrams()) return true;  // lines keep their order between batches
      any = true;
      if (ahead_->kind == PayloadKind::plot_row || !fits(is_asterix, batch.text()))
        ++batch.tally().other_payloads;
      else if (is_asterix)
        batch.add(*ahead_, file_.content());
      else if (!lines_.append(batch.text(), *ahead_))
        batch.tally().add({path_, ahead_->offset, ahead_->payload.size(), "a receiver's message that can't be read"});
      ahead_.reset();
    }
    return any;
  }

  [[nodiscard]] double progress() const {
    return static_cast<double>(source_.position()) / static_cast<double>(file_.content().size());
  }

  /// What is known after the last batch.
  void conclude(DecodeTally& tally) const {
    tally.octets += file_.content().size();
    const DatagramSource::Damage damage = source_.damage();
    std::uint64_t told_octets = 0;
    for (const auto& place : damage.places) {
      tally.add(
          {path_, place.offset, place.skipped_octets, fmt::format("{} in the framing", base::name_of(place.code))});
      told_octets += place.skipped_octets;
    }
    tally.faults += damage.faults - damage.places.size();
    tally.skipped_octets += damage.skipped_octets - told_octets;
    for (const auto& [what, lines] : lines_.lines()) tally.messages[what] += lines;
  }

 private:
  bool peek() {
    if (!ahead_) ahead_ = source_.next();
    return ahead_.has_value();
  }

  const std::string& path_;
  const io::MappedFile& file_;
  DatagramSource source_;
  ReceiverLines lines_;
  std::optional<Datagram> ahead_;
};

class Decoder {
 public:
  Decoder(const DecodeOptions& options, const asterix::EditionSet& editions, TextOutput& output)
      : options_(options), editions_(editions), output_(output), rounds_(options.threads) {}

  void decode_file(const std::string& path, const io::MappedFile& file, std::optional<io::Beginning> beginning) {
    auto source = DatagramSource::open(path, file, parse_kind(options_.input.kind), beginning);
    if (!source.ok()) throw UnreadableInput(source.error());
    BatchReader reader(options_, path, file, std::move(source).value());
    ProgressBar progress("decoding");
    const auto fits = [this](bool is_asterix, std::string& text) {
      return this->fits(is_asterix ? Family::asterix : Family::receiver, text);
    };
    rounds_.run({.read =
                     [&](DecodeBatch& batch) {
                       progress.show(reader.progress());
                       return reader.read(batch, fits);
                     },
                 .decode = [&](DecodeBatch& batch) { batch.decode(path, options_, editions_); },
                 .write =
                     [&](DecodeBatch& batch) {
                       output_.write(batch.text());
                       tally_.add(std::move(batch.tally()));
                     }});
    reader.conclude(tally_);
  }

  /// Even a CSV without rows says what its columns are.
  void finish() {
    std::string header;
    if (family_ == Family::none) fits(Family::asterix, header);
    output_.write(header);
  }

  [[nodiscard]] const DecodeTally& tally() const noexcept { return tally_; }

 private:
  enum class Family : std::uint8_t { none, asterix, receiver };

  /// Rows of CSV have the columns of what came first: records and receivers' messages don't go together.
  bool fits(Family family, std::string& text) {
    const bool is_csv = options_.format == "csv";
    if (family_ == Family::none) {
      family_ = family;
      if (is_csv) text += family == Family::asterix ? std::string(asterix::csv_header()) : ReceiverLines::csv_header();
    }
    return family_ == family || !is_csv;
  }

  const DecodeOptions& options_;
  const asterix::EditionSet& editions_;
  TextOutput& output_;
  DecodeRounds rounds_;
  DecodeTally tally_;
  Family family_ = Family::none;
};

int print_schema(TextOutput& output) {
  std::string text;
  for (const std::uint8_t category : asterix::described_categories())
    for (const asterix::Edition& edition : asterix::editions_of(category)) {
      asterix::append_schema_json(text, edition);
      text += '\n';
    }
  output.write(text);
  return kDone;
}

}  // namespace

int decode(const DecodeOptions& options) {
  if (options.schema) {
    TextOutput output(options.output);
    return print_schema(output);
  }
  spare_inputs({.input = options.input}, {options.output});
  const std::vector<io::MappedFile> files = open_files(options.input);
  const EditionPlan plan = plan_editions(options.input, files);
  print_edition_warnings(plan);

  TextOutput output(options.output);  // not before: what stood there stays if the input can't be read
  Decoder decoder(options, plan.set, output);
  for (std::size_t i = 0; i < files.size(); ++i)
    decoder.decode_file(options.input.inputs[i], files[i], told_beginning(options.input, i));
  decoder.finish();
  options.input.json ? print_summary_json(decoder.tally(), plan) : print_summary(decoder.tally(), plan);
  return options.input.strict && decoder.tally().faults > 0 ? kUnreadable : kDone;
}

}  // namespace marsad::app

#include <fmt/format.h>

#include <array>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "console.hpp"
#include "datagram_source.hpp"
#include "errors.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/output/cat021_service.hpp"
#include "marsad/output/sbs_rows.hpp"
#include "marsad/wire/framing/receiver_writer.hpp"
#include "output_file.hpp"
#include "recorded_input.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

using observation::mode_s::Outcome;
using observation::mode_s::Resolver;
using wire::framing::AvrStyle;
using wire::framing::Datagram;
using wire::framing::ReceiverMessage;

/// Writes messages in one form.
class MessageWriter {
 public:
  explicit MessageWriter(std::string path) : path_(std::move(path)) {}
  virtual ~MessageWriter() = default;
  MessageWriter(const MessageWriter&) = delete;
  MessageWriter& operator=(const MessageWriter&) = delete;

  /// `receipt` is there if `needs_times`. True if the message has a place in this form.
  virtual bool write(const ReceiverMessage& message, std::optional<units::UtcTime> receipt) = 0;
  [[nodiscard]] virtual bool needs_times() const { return false; }
  virtual void finish() { file().finish(); }

 protected:
  /// Opened when there is something to write: what stood there stays if the input can't be converted.
  OutputFile& file() {
    if (!file_) file_.emplace(path_);
    return *file_;
  }

 private:
  std::string path_;
  std::optional<OutputFile> file_;
};

class BeastWriter final : public MessageWriter {
 public:
  using MessageWriter::MessageWriter;
  bool write(const ReceiverMessage& message, std::optional<units::UtcTime> /*receipt*/) override {
    octets_.clear();
    append_beast(octets_, message);
    file().append(octets_);
    return true;
  }

 private:
  std::vector<std::byte> octets_;
};

class AvrWriter final : public MessageWriter {
 public:
  AvrWriter(const std::string& path, AvrStyle style) : MessageWriter(path), style_(style) {}
  bool write(const ReceiverMessage& message, std::optional<units::UtcTime> /*receipt*/) override {
    text_.clear();
    append_avr(text_, message, style_);
    file().append(text_);
    return true;
  }

 private:
  AvrStyle style_;
  std::string text_;
};

/// Forms that say what messages mean, not what they were.
class MeaningWriter : public MessageWriter {
 public:
  using MessageWriter::MessageWriter;
  [[nodiscard]] bool needs_times() const final { return true; }
  bool write(const ReceiverMessage& message, std::optional<units::UtcTime> receipt) final {
    return write_outcome(resolver_.take(message, *receipt), *receipt);
  }

 private:
  virtual bool write_outcome(const Outcome& outcome, units::UtcTime receipt) = 0;

  Resolver resolver_;
};

class SbsWriter final : public MeaningWriter {
 public:
  using MeaningWriter::MeaningWriter;

 private:
  bool write_outcome(const Outcome& outcome, units::UtcTime receipt) override {
    text_.clear();
    if (!output::append_sbs_row(text_, outcome, receipt)) return false;
    file().append(text_);
    return true;
  }

  std::string text_;
};

class Cat021Writer final : public MeaningWriter {
 public:
  Cat021Writer(const std::string& path, output::Cat021Service service)
      : MeaningWriter(path), service_(std::move(service)) {}

  void finish() override {
    service_.flush(batch_);
    write_batch();
    MeaningWriter::finish();
  }

 private:
  bool write_outcome(const Outcome& outcome, units::UtcTime receipt) override {
    const bool reported = service_.take(outcome, receipt, batch_);
    write_batch();
    return reported;
  }
  void write_batch() {
    for (std::size_t i = 0; i < batch_.size(); ++i) file().append(batch_[i]);
    batch_.clear();
  }

  output::Cat021Service service_;
  output::DatagramBatch batch_;
};

/// The form that --to names, or that the ending of the output tells.
std::string form_of(const ConvertOptions& options) {
  if (!options.form.empty()) return options.form;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEndings{
      {{".beast", "beast"}, {".bin", "beast"}, {".avr", "avr"}, {".sbs", "sbs"}, {".ast", "cat021"}}};
  for (const auto& [ending, form] : kEndings)
    if (options.output.ends_with(ending)) return std::string(form);
  throw UsageError(fmt::format(
      "{}: the ending tells no form; say --to beast, avr, avr-plain, avr-signal, sbs or cat021", options.output));
}

std::unique_ptr<MessageWriter> make_writer(const ConvertOptions& options) {
  const std::string form = form_of(options);
  if (form == "beast") return std::make_unique<BeastWriter>(options.output);
  if (form == "avr") return std::make_unique<AvrWriter>(options.output, AvrStyle::with_counter);
  if (form == "avr-plain") return std::make_unique<AvrWriter>(options.output, AvrStyle::plain);
  if (form == "avr-signal") return std::make_unique<AvrWriter>(options.output, AvrStyle::counter_and_signal);
  if (form == "sbs") return std::make_unique<SbsWriter>(options.output);
  output::Cat021Settings settings;
  settings.sac = options.sac;
  settings.sic = options.sic;
  if (!options.edition.empty()) settings.edition = options.edition;
  auto service = output::Cat021Service::make(settings);
  if (!service.ok()) throw UsageError(fmt::format("--cat021-edition: {}", service.error()));
  return std::make_unique<Cat021Writer>(options.output, std::move(service).value());
}

struct Tally {
  std::uint64_t messages = 0;
  std::uint64_t written = 0;
  std::uint64_t other = 0;         ///< datagrams that are no Mode S or Mode A/C message
  std::uint64_t without_time = 0;  ///< left out of a form that needs times, as those before the first stamp
  std::uint64_t faults = 0;
  std::uint64_t skipped_octets = 0;
};

class Converter {
 public:
  explicit Converter(MessageWriter& writer) : writer_(writer) {}

  void convert(const ConvertOptions& options, std::size_t input, const io::MappedFile& file) {
    const std::string& path = options.input.inputs[input];
    auto source =
        DatagramSource::open(path, file, parse_kind(options.input.kind), told_beginning(options.input, input));
    if (!source.ok()) throw UnreadableInput(source.error());
    ProgressBar progress("converting");
    without_time_ = 0;
    any_time_ = false;
    while (const auto datagram = source->next()) {
      take(path, *datagram);
      progress.show(static_cast<double>(source->position()) / static_cast<double>(file.content().size()));
    }
    if (without_time_ > 0 && !any_time_)
      throw UsageError(
          fmt::format("{}: has messages without any time, and this form needs times: convert it to Beast or AVR, or "
                      "record with times (Beast, or AVR with @)",
                      path));
    tally_.without_time += without_time_;
    tally_.faults += source->damage().faults;
    tally_.skipped_octets += source->damage().skipped_octets;
  }

  [[nodiscard]] const Tally& tally() const { return tally_; }

 private:
  void take(const std::string& path, const Datagram& datagram) {
    if (datagram.kind != wire::framing::PayloadKind::mode_s) {
      ++tally_.other;
      return;
    }
    const auto message = wire::framing::parse_receiver_message(datagram.payload);
    if (!message) {
      ++tally_.faults;
      tally_.skipped_octets += datagram.payload.size();
      return;
    }
    ++tally_.messages;
    if (writer_.needs_times() && !datagram.receipt) {
      if (datagram.elapsed)
        throw UsageError(fmt::format(
            "{}: keeps no date, and this form needs one: say when it began, as in --start 2026-01-06T06:13:03Z", path));
      ++without_time_;
      return;
    }
    any_time_ = true;
    if (writer_.write(*message, datagram.receipt)) ++tally_.written;
  }

  MessageWriter& writer_;
  Tally tally_;
  std::uint64_t without_time_ = 0;  ///< messages of this file
  bool any_time_ = false;           ///< in this file
};

void print_summary(const Tally& tally, bool as_json) {
  if (as_json) {
    const nlohmann::ordered_json summary{{"messages", tally.messages},    {"written", tally.written},
                                         {"other_payloads", tally.other}, {"without_time", tally.without_time},
                                         {"faults", tally.faults},        {"skipped_bytes", tally.skipped_octets}};
    fmt::print(stderr, "{}\n", summary.dump());
    return;
  }
  fmt::print(stderr, "{} messages read, {} written\n", tally.messages, tally.written);
  if (tally.other > 0) fmt::print(stderr, "{} datagrams are no Mode S messages and were left out\n", tally.other);
  if (tally.without_time > 0) fmt::print(stderr, "{} messages without a time were left out\n", tally.without_time);
  if (tally.faults > 0)
    fmt::print(stderr, "{} damaged places, {} octets skipped\n", tally.faults, tally.skipped_octets);
}

}  // namespace

int convert(const ConvertOptions& options) {
  spare_inputs({.input = options.input}, {options.output});
  const std::vector<io::MappedFile> files = open_files(options.input);
  const std::unique_ptr<MessageWriter> writer = make_writer(options);
  Converter converter(*writer);
  for (std::size_t i = 0; i < files.size(); ++i) converter.convert(options, i, files[i]);
  writer->finish();
  print_summary(converter.tally(), options.input.json);
  return options.input.strict && converter.tally().faults > 0 ? kUnreadable : kDone;
}

}  // namespace marsad::app

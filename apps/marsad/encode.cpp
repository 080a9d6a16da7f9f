#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "console.hpp"
#include "errors.hpp"
#include "marsad/wire/asterix/block_assembler.hpp"
#include "marsad/wire/asterix/line_encoder.hpp"
#include "marsad/wire/framing/final_frame_writer.hpp"
#include "marsad/wire/framing/pcap_writer.hpp"
#include "recorded_input.hpp"
#include "settings_files.hpp"
#include "verbs.hpp"

namespace marsad::app {
namespace {

namespace asterix = wire::asterix;

/// So many refused lines are told one by one; all are counted.
constexpr std::size_t kLinesTold = 20;
constexpr std::size_t kChunk = 1U << 18U;
/// A record has at most 65,532 octets, which is far less than this as text.
constexpr std::size_t kLongestLine = 1U << 26U;

enum class Form : std::uint8_t { blocks, pcap, final_frames };

Form form_of(const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension();
  if (ending == ".pcap") return Form::pcap;
  if (ending == ".ff") return Form::final_frames;
  if (path.empty() || path == "-" || ending.empty() || ending == ".ast" || ending == ".raw" || ending == ".bin")
    return Form::blocks;
  throw UsageError(fmt::format(
      "{}: the ending tells the form: .ast (data blocks one after another), .pcap (UDP) or .ff (final frames)", path));
}

/// The lines of a file or of standard input, without holding more than one and a piece of the next.
class LineReader {
 public:
  explicit LineReader(const std::string& path) : path_(path == "-" ? "standard input" : path) {
    file_.reset(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
    if (!file_ || std::filesystem::is_directory(path))
      throw UnreadableInput(fmt::format("{}: can't be read: {}", path_, std::strerror(file_ ? EISDIR : errno)));
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::uint64_t octets() const { return octets_; }

  /// The next line without its end; valid until the next call. Nothing at the end of the file.
  std::optional<std::string_view> next() {
    std::size_t searched = begin_;
    while (true) {
      const std::size_t end = buffer_.find('\n', searched);
      if (end != std::string::npos || (ended_ && begin_ < buffer_.size())) return take(std::min(end, buffer_.size()));
      if (ended_) return std::nullopt;
      searched = buffer_.size() - begin_;
      fill();
    }
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const {
      if (file != stdin) std::fclose(file);
    }
  };

  std::string_view take(std::size_t end) {
    std::string_view line(buffer_.data() + begin_, end - begin_);
    begin_ = std::min(end + 1, buffer_.size());
    if (line.ends_with('\r')) line.remove_suffix(1);
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (!std::exchange(started_, true) && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    return line;
  }

  /// Drops the lines that were taken, and reads on.
  void fill() {
    buffer_.erase(0, begin_);
    begin_ = 0;
    if (buffer_.size() > kLongestLine) throw UnreadableInput(fmt::format("{}: a line of over 64 MiB", path_));
    const std::size_t held = buffer_.size();
    buffer_.resize(held + kChunk);
    const std::size_t count = std::fread(buffer_.data() + held, 1, kChunk, file_.get());
    buffer_.resize(held + count);
    octets_ += count;
    ended_ = count < kChunk;
    if (std::ferror(file_.get()) != 0)
      throw UnreadableInput(fmt::format("{}: can't be read: {}", path_, std::strerror(errno)));
  }

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t octets_ = 0;
  bool started_ = false;
  bool ended_ = false;
};

struct RefusedLine {
  std::uint64_t line = 0;
  std::size_t column = 0;
  std::string reason;
};

struct Tally {
  std::array<std::uint64_t, 256> records{};
  std::uint64_t record_count = 0;
  std::uint64_t lines = 0;
  std::uint64_t from_octets = 0;
  std::uint64_t edited = 0;
  std::uint64_t blocks = 0;
  std::uint64_t datagrams = 0;
  std::uint64_t without_time = 0;  ///< datagrams, where the form keeps times
  std::uint64_t octets_written = 0;
  std::uint64_t faults = 0;
  std::vector<RefusedLine> refused;  ///< the first of them
};

/// Writes datagrams in one of the forms, to a file or standard output, in large pieces.
class DatagramFile {
 public:
  DatagramFile(const std::string& path, Form form, Tally& tally)
      : path_(path.empty() || path == "-" ? "standard output" : path), form_(form), tally_(tally) {
    file_ = path.empty() || path == "-" ? stdout : std::fopen(path.c_str(), "wb");
    if (file_ == nullptr) throw RunFailure(fmt::format("{}: can't be written: {}", path_, std::strerror(errno)));
    if (form_ == Form::pcap) wire::framing::append_pcap_header(octets_);
  }
  ~DatagramFile() {
    if (file_ != nullptr && file_ != stdout) std::fclose(file_);
  }
  DatagramFile(const DatagramFile&) = delete;
  DatagramFile& operator=(const DatagramFile&) = delete;

  void append(std::span<const std::byte> payload, std::optional<double> receipt_time) {
    ++tally_.datagrams;
    std::optional<units::UtcTime> time;
    if (receipt_time) time = units::UtcTime::seconds_since_epoch(std::clamp(*receipt_time, -9e9, 9e9));
    if (!time && form_ != Form::blocks) ++tally_.without_time;
    std::optional<base::Fault> fault;
    if (form_ == Form::blocks)
      octets_.insert(octets_.end(), payload.begin(), payload.end());
    else if (form_ == Form::pcap)
      fault = wire::framing::append_pcap_packet(octets_, {.payload = payload, .receipt = time});
    else
      fault = wire::framing::append_final_frame(octets_, payload, time.value_or(units::UtcTime()));
    if (fault)
      throw RunFailure(fmt::format("{}: a data block of {} octets does not fit; write .ast", path_, payload.size()));
    if (octets_.size() >= kChunk) write();
  }

  void finish() {
    write();
    if (file_ != stdout) check(std::fclose(std::exchange(file_, nullptr)) == 0);
  }

 private:
  void write() {
    check(std::fwrite(octets_.data(), 1, octets_.size(), file_) == octets_.size() && std::fflush(file_) == 0);
    tally_.octets_written += octets_.size();
    octets_.clear();
  }
  void check(bool good) const {
    if (!good) throw RunFailure(fmt::format("{}: writing failed: {}", path_, std::strerror(errno)));
  }

  std::string path_;
  Form form_;
  Tally& tally_;
  std::FILE* file_ = nullptr;
  std::vector<std::byte> octets_;
};

/// The editions of lines that don't tell theirs. They are chosen before a line's items are read, hence not by source.
asterix::EditionSet editions_of(const EncodeOptions& options) {
  const auto choices = parse_editions(options.editions);
  for (const config::EditionChoice& choice : choices)
    if (choice.source)
      throw UsageError(
          "--edition: here CATEGORY=EDITION only; lines of other sources need an \"edition\" of their own");
  return editions_with(choices);
}

/// Lines in, datagrams out.
class Encoder {
 public:
  Encoder(const EncodeOptions& options, DatagramFile& file, Tally& tally)
      : lines_(editions_of(options), options.raw), file_(file), tally_(tally) {}

  void encode(std::string_view line) {
    ++tally_.lines;
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    const auto record = lines_.encode(line);
    if (!record.ok()) return refuse(record.error());
    ++tally_.record_count;
    ++tally_.records[static_cast<std::size_t>(record->edition->category())];
    if (record->origin == asterix::Origin::octets) ++tally_.from_octets;
    if (record->origin == asterix::Origin::edited) ++tally_.edited;
    if (block_.add(*record)) return;
    close_block();
    static_cast<void>(block_.add(*record));
  }

  void finish() {
    close_block();
    close_datagram();
  }

 private:
  void refuse(const asterix::EncodeFault& fault) {
    ++tally_.faults;
    if (tally_.refused.size() < kLinesTold)
      tally_.refused.push_back({tally_.lines, fault.column + 1, asterix::message_of(fault)});
  }

  void close_block() {
    if (block_.empty()) return;
    ++tally_.blocks;
    if (!datagram_.add(block_)) {
      close_datagram();
      static_cast<void>(datagram_.add(block_));
    }
    block_.clear();
  }

  void close_datagram() {
    if (datagram_.empty()) return;
    file_.append(datagram_.octets(), datagram_.receipt_time());
    datagram_.clear();
  }

  asterix::LineEncoder lines_;
  asterix::BlockAssembler block_;
  asterix::DatagramAssembler datagram_;
  DatagramFile& file_;
  Tally& tally_;
};

void print_summary_json(const Tally& tally, const std::string& path) {
  nlohmann::ordered_json summary;
  summary["records"] = nlohmann::ordered_json::object();
  for (std::size_t category = 0; category < tally.records.size(); ++category)
    if (tally.records[category] > 0) summary["records"][std::to_string(category)] = tally.records[category];
  summary["lines"] = tally.lines;
  summary["bytes"] = tally.octets_written;
  summary["blocks"] = tally.blocks;
  summary["datagrams"] = tally.datagrams;
  summary["datagrams_without_time"] = tally.without_time;
  summary["as_they_were"] = tally.from_octets;
  summary["edited"] = tally.edited;
  summary["faults"] = tally.faults;
  summary["damaged"] = nlohmann::ordered_json::array();
  for (const RefusedLine& refused : tally.refused)
    summary["damaged"].push_back(
        {{"input", path}, {"line", refused.line}, {"column", refused.column}, {"reason", refused.reason}});
  fmt::print(stderr, "{}\n", summary.dump(-1, ' ', true, nlohmann::ordered_json::error_handler_t::replace));
}

void print_summary(const Tally& tally, const std::string& path) {
  std::string by_category;
  for (std::size_t category = 0; category < tally.records.size(); ++category)
    if (tally.records[category] > 0) by_category += fmt::format("  CAT{:03} {}", category, tally.records[category]);
  fmt::print(stderr, "{} records in {} data blocks, {} octets:{}\n", tally.record_count, tally.blocks,
             tally.octets_written, by_category.empty() ? " none" : by_category);
  if (tally.from_octets > 0)
    fmt::print(stderr, "{} of them are not in canonical form and were written as they came\n", tally.from_octets);
  if (tally.edited > 0)
    fmt::print(stderr, "{} had their items changed after decoding; what was changed is in canonical form\n",
               tally.edited);
  if (tally.without_time > 0)
    fmt::print(stderr, "{} datagrams have no receipt time (\"t\") and were dated 1970-01-01T00:00:00Z\n",
               tally.without_time);
  for (const RefusedLine& refused : tally.refused)
    fmt::print(stderr, "{}:{}:{}: {}; line skipped\n", path, refused.line, refused.column, refused.reason);
  if (tally.faults > tally.refused.size())
    fmt::print(stderr, "... and {} more lines skipped\n", tally.faults - tally.refused.size());
}

}  // namespace

int encode(const EncodeOptions& options) {
  const Form form = form_of(options.output);
  if ((options.output.empty() || options.output == "-") && isatty(STDOUT_FILENO) == 1)
    throw UsageError("octets don't belong on a terminal: name a file with -o, or pipe standard output");
  spare_inputs({.input = {.inputs = {options.input}}}, {options.output == "-" ? "" : options.output});
  LineReader reader(options.input);
  auto line = reader.next();  // before the output is opened: what stood there stays if the input can't be read
  Tally tally;
  DatagramFile file(options.output, form, tally);
  Encoder encoder(options, file, tally);
  for (; line; line = reader.next()) encoder.encode(*line);
  encoder.finish();
  file.finish();
  options.json ? print_summary_json(tally, reader.path()) : print_summary(tally, reader.path());
  const bool nothing = tally.faults > 0 && tally.record_count == 0;
  return nothing || (options.strict && tally.faults > 0) ? kUnreadable : kDone;
}

}  // namespace marsad::app

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "marsad/base/result.hpp"
#include "marsad/io/begin_clock.hpp"
#include "marsad/recording/log_entry.hpp"
#include "marsad/recording/reader.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::io {

/// When a datagram was probably received, from its own content. One for each file; asked once, in the order of the
/// file, for each datagram of which the framing doesn't know.
using ReceiptOf =
    std::function<std::optional<units::UtcTime>(std::span<const std::byte> payload, wire::framing::PayloadKind kind)>;

/// One input file.
struct LogInput {
  std::string path;                                  ///< for messages
  std::span<const std::byte> content;                ///< must outlive the source (MappedFile)
  std::optional<wire::framing::FileKind> kind = {};  ///< told by the user; else detected
  ReceiptOf receipt_of = {};                         ///< may be empty
  /// For a file whose messages only tell how long after its beginning they came.
  std::optional<Beginning> beginning = {};
};

struct LogSourceSettings {
  /// Ticks are made at whole multiples of this since 1970: the first at or after the first entry, the last at or after
  /// the last. A tick comes behind everything received at its time. A recording that is the only input has its own;
  /// beside others its ticks are left out and made anew.
  units::Duration tick_period = units::Duration::seconds(1);
  /// Where nothing was received for longer than this, there is only one tick before and one after. A receipt time that
  /// jumps ahead by more, and is contradicted by the next one, is damaged: it is replaced by the one before.
  units::Duration longest_gap = units::Duration::seconds(3600);
  /// The text of the first entry. Left out where the first input is a recording that begins with a configuration.
  std::optional<std::string> configuration = {};
  /// Puts `configuration` in the place of all those in recordings: the same input under other settings.
  bool replace_configurations = false;
};

/// What became of one input; complete after the last entry.
struct LogInputReport {
  std::string path;
  wire::framing::FileKind kind{};
  std::uint64_t entries = 0;
  std::uint64_t without_receipt = 0;  ///< no receipt time of their own: that of the one before, or else of the next
  std::uint64_t lifted_receipts = 0;  ///< receipt times that went back
  std::uint64_t implausible_receipts = 0;  ///< receipt times far ahead of both neighbours
  std::uint64_t size = 0;
  wire::framing::FramingCounters framing;  ///< zero for a recording
  recording::ReaderCounters recording;     ///< zero for other files
};

/// Merges files into the one ordered log that the pipeline consumes: by receipt time, then by the order of the inputs,
/// then by the order within the file. Streams: of each input one datagram is held.
class LogSource {
 public:
  /// Fails with a sentence that names the path if the kind of an input is unknown.
  static base::Result<LogSource, std::string> open(std::vector<LogInput> inputs, LogSourceSettings settings = {});

  LogSource(LogSource&&) noexcept;
  LogSource& operator=(LogSource&&) noexcept;
  ~LogSource();

  /// The next entry, or nothing at the end. Receipt times never go back. The payload is valid until the next call.
  [[nodiscard]] std::optional<recording::LogEntry> next();

  [[nodiscard]] std::vector<LogInputReport> reports() const;
  /// The damaged places of one input, recording or not, at most FileReader::kFaultsKept.
  [[nodiscard]] std::vector<wire::framing::FramingFault> faults(std::size_t input) const;
  /// Share of all octets that has been read, 0 to 1.
  [[nodiscard]] double progress() const;

 private:
  struct State;
  explicit LogSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace marsad::io

#pragma once

#include <deque>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "marsad/io/log_source.hpp"
#include "marsad/recording/receipt_order.hpp"

namespace marsad::io {

/// Turns the steps of a recorder's clock that knows no date into receipt times. The data say what time it is; where
/// they disagree with the clock, the clock is set anew only if they keep disagreeing.
class RecorderClock {
 public:
  /// `clock` as in Datagram::recorder_clock; `estimate` from the data. Nothing until there has been an estimate.
  std::optional<units::UtcTime> receipt(units::Duration clock, std::optional<units::UtcTime> estimate);

 private:
  std::optional<units::UtcTime> midnight_;  ///< when the clock showed 0, by the data
  units::Duration last_clock_;
  int days_ = 0;
  int disagreements_ = 0;
};

/// One input of a LogSource: its entries with receipt times that never go back.
class LogInputStream {
 public:
  static base::Result<LogInputStream, std::string> open(LogInput input, units::Duration longest_gap);

  /// The entry that comes next, or null at the end. Its payload is valid until pop().
  [[nodiscard]] const recording::LogEntry* head() const noexcept { return head_ ? &head_->entry : nullptr; }
  void pop();

  [[nodiscard]] bool is_recording() const noexcept { return std::holds_alternative<recording::Reader>(reader_); }
  [[nodiscard]] LogInputReport report() const;
  [[nodiscard]] std::vector<wire::framing::FramingFault> faults() const;
  [[nodiscard]] std::uint64_t position() const;
  [[nodiscard]] std::uint64_t size() const noexcept { return input_.content.size(); }

 private:
  using AnyReader = std::variant<wire::framing::FileReader, recording::Reader>;

  /// An entry whose receipt time may still be unknown, and its octets if they had to be copied.
  struct Waiting {
    recording::LogEntry entry;
    std::optional<units::UtcTime> receipt;
    bool own = false;
    std::vector<std::byte> octets;

    void keep();  ///< copies the payload, before the reader goes on
  };

  LogInputStream(LogInput input, AnyReader reader, units::Duration longest_gap);

  std::optional<Waiting> fetch();
  std::optional<Waiting> pull();
  void lend_receipt(Waiting& first);
  void check_jump(Waiting& suspect);

  LogInput input_;
  AnyReader reader_;
  units::Duration longest_gap_;
  RecorderClock recorder_clock_;
  std::optional<BeginClock> begin_clock_;
  recording::ReceiptOrder order_;
  std::optional<units::UtcTime> last_;
  std::deque<Waiting> ahead_;  ///< read already, to know what time it is
  std::optional<Waiting> head_;
  std::uint64_t entries_ = 0;
  std::uint64_t without_receipt_ = 0;
  std::uint64_t implausible_ = 0;
};

}  // namespace marsad::io

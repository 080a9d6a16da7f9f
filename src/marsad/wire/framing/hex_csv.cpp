// Lines with a time in the first column and a Mode S message of 14 or 28 hexadecimal digits in another, the columns
// parted by commas, semicolons, tabs or spaces, maybe in double quotes: what decoders' own recordings look like. The
// time is a date and time or seconds since 1970; small numbers are seconds since some beginning. A line may also hold
// the message alone.
#include <algorithm>
#include <array>
#include <charconv>

#include "marsad/base/inline_vector.hpp"
#include "marsad/wire/framing/hex_digits.hpp"
#include "marsad/wire/framing/line_cutter.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/framing/text_time.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::string_view kSeparators = ",;\t ";

struct Row {
  std::string_view time;     ///< empty if there is none
  std::string_view message;  ///< empty if there is none
};

/// The next column, without its quotes; `line` goes on behind it.
std::string_view next_column(std::string_view& line) noexcept {
  const std::size_t end = std::min(line.find_first_of(kSeparators), line.size());
  std::string_view column = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  if (column.size() >= 2 && column.front() == '"' && column.back() == '"') column = column.substr(1, column.size() - 2);
  return column;
}

/// Messages whose first bit is 1 are long.
bool is_message(std::string_view column) noexcept {
  if ((column.size() != 14 && column.size() != 28) || !is_hex(column)) return false;
  return (hex_value(column.front()) >= 8) == (column.size() == 28);
}

Row parse_row(std::string_view line) noexcept {
  const std::string_view first = next_column(line);
  std::string_view second;
  while (!line.empty()) {
    const std::string_view column = next_column(line);
    const bool is_second = second.empty() && !column.empty();
    if (is_second) second = column;
    if (!is_message(column)) continue;
    // A date and its time may be parted by a space.
    const bool two_words = !is_second && second.find(':') != std::string_view::npos;
    const auto size = static_cast<std::size_t>(second.data() + second.size() - first.data());
    return {two_words ? std::string_view(first.data(), size) : first, column};
  }
  return is_message(first) ? Row{{}, first} : Row{};
}

class HexCsvCutter final : public LineCutter {
 private:
  Piece cut_line(const Line& line, Datagram& out) override {
    const Row row = parse_row(line.text);
    if (row.message.empty() || !is_printable(line.text)) return no_message(line);
    payload_[0] = row.message.size() == 14 ? std::byte{'2'} : std::byte{'3'};
    (void)hex_to_octets(row.message, &payload_[ReceiverMessage::kHeader]);  // they are digits
    out = Datagram{};
    out.kind = PayloadKind::mode_s;
    Piece piece = lend(line, row.message, out);
    out.payload = std::span(payload_).first(ReceiverMessage::kHeader + row.message.size() / 2);
    piece.flawed = !row.time.empty() && !keep_time(row.time, out);
    piece.fault = base::FaultCode::bad_value;
    seen_ = true;
    return piece;
  }

  /// The heading may come first; later a line without a message is damaged.
  [[nodiscard]] Piece no_message(const Line& line) const noexcept { return remark(line, seen_); }

  bool keep_time(std::string_view text, Datagram& out) noexcept {
    constexpr std::int64_t kFirstDate = 100'000'000;  // 1973
    const auto epoch = parse_epoch(text);
    if (!epoch) {
      out.receipt = parse_date_and_time(text);
      return out.receipt.has_value();
    }
    if (*epoch >= units::UtcTime::nanoseconds_since_epoch(kFirstDate * 1'000'000'000)) {
      out.receipt = epoch;
      return true;
    }
    if (!first_) first_ = epoch;
    elapsed_ = std::max(elapsed_, *epoch - *first_);
    out.elapsed = elapsed_;
    return true;
  }

  bool seen_ = false;
  std::optional<units::UtcTime> first_;
  units::Duration elapsed_;
  std::array<std::byte, ReceiverMessage::kHeader + 14> payload_{};
};

}  // namespace

bool begins_like_hex_csv(std::span<const std::byte> content) noexcept {
  return begins_with_lines(content, [](std::string_view line) {
    const Row row = parse_row(line);
    return !row.message.empty() && (row.time.empty() || parse_epoch(row.time) || parse_date_and_time(row.time));
  });
}

std::unique_ptr<Cutter> hex_csv_cutter() { return std::make_unique<HexCsvCutter>(); }

WalkerResult walk_hex_csv(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<CutWalker>(content, hex_csv_cutter()));
}

}  // namespace marsad::wire::framing

// dump978: one message of 978 MHz for each line: '-' from an aircraft or '+' from the ground, hexadecimal digits, a
// semicolon, and values such as `rs=2;` (octets mended), `rssi=-12.3;` and `t=1600000000.123;` (time of receipt), each
// with its semicolon. Lines that begin with '!' tell about the program. Also as stratux logs them, with a counter in
// front.
// Source: the README of mutability/dump978 and flightaware/dump978.
#include "marsad/wire/framing/hex_digits.hpp"
#include "marsad/wire/framing/line_cutter.hpp"
#include "marsad/wire/framing/log_counter.hpp"

namespace marsad::wire::framing {
namespace {

bool is_message(std::string_view row) noexcept {
  if (row.empty() || (row.front() != '-' && row.front() != '+')) return false;
  const std::size_t end = row.find(';');
  const std::string_view digits = row.substr(1, end == std::string_view::npos ? end : end - 1);
  return end != std::string_view::npos && digits.size() % 2 == 0 && is_hex(digits);
}

std::optional<units::UtcTime> receipt_of(std::string_view row) noexcept {
  constexpr std::string_view kMark = ";t=";
  const std::size_t mark = row.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  row.remove_prefix(mark + kMark.size());
  return parse_epoch(row.substr(0, row.find(';')));
}

class Dump978Cutter final : public LineCutter {
 private:
  Piece cut_line(const Line& line, Datagram& out) override {
    if (log_.is_start(line.text)) return framing(line.octets);
    out = Datagram{};
    std::string_view row = line.text;
    log_.take_off(row, out);
    if (!is_message(row)) return remark(line, row.empty() || row.front() == '-' || row.front() == '+' || is_torn(row));
    if (const auto receipt = receipt_of(row)) out.receipt = receipt;
    out.kind = PayloadKind::uat;
    return lend(line, row, out);
  }

  /// Digits without their beginning.
  [[nodiscard]] static bool is_torn(std::string_view row) noexcept {
    return row.front() != '!' && is_hex(row.substr(0, row.find(';')));
  }

  LogCounter log_;
};

}  // namespace

bool begins_like_dump978(std::span<const std::byte> content) noexcept {
  LogCounter log;
  return begins_with_lines(content, [&log](std::string_view line) {
    constexpr std::size_t kShortest = 1 + 2 * 18 + 1;  // of a basic message
    Datagram unused;
    log.take_off(line, unused);
    return line.size() >= kShortest && is_message(line);
  });
}

std::unique_ptr<Cutter> dump978_cutter() { return std::make_unique<Dump978Cutter>(); }

WalkerResult walk_dump978(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<CutWalker>(content, dump978_cutter()));
}

}  // namespace marsad::wire::framing

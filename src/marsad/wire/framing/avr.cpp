// AVR: one message as hexadecimal digits of either case, ended by a semicolon.
//   *8D...;              also with ':' in front
//   @TTTTTTTTTTTT8D...;  with the receiver's counter, 12 digits; also with '%'
//   <TTTTTTTTTTTTSS8D...;  and with the signal, 2 digits
// Line ends between the messages may be missing. Lines that hold no message are remarks, as in what dump1090 prints.
// Source: the Mode-S Beast data output formats (wiki.jetvision.de); the behaviour of dump1090 and readsb.
#include <algorithm>
#include <array>

#include "marsad/wire/framing/counter_clock.hpp"
#include "marsad/wire/framing/hex_digits.hpp"
#include "marsad/wire/framing/line_cutter.hpp"
#include "marsad/wire/framing/octets.hpp"
#include "marsad/wire/framing/receiver_message.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::size_t kCounterDigits = 12;
constexpr std::size_t kSignalDigits = 2;
constexpr std::size_t kLongestText = 1 + kCounterDigits + kSignalDigits + 28 + 1;
constexpr std::string_view kMarks = "*@<:%";

/// A message's text taken apart.
struct Avr {
  std::string_view counter;  ///< 12 digits or none
  std::string_view signal;   ///< 2 digits or none
  std::string_view message;  ///< 4, 14 or 28 digits
};

/// \param text  from the mark up to, and without, the semicolon
std::optional<Avr> parse_avr(std::string_view text) noexcept {
  Avr out;
  const char mark = text.empty() ? '\0' : text.front();
  if (mark == '\0' || kMarks.find(mark) == std::string_view::npos) return std::nullopt;
  text.remove_prefix(1);
  const auto split = [&text](std::size_t digits) {
    const std::string_view part = text.substr(0, digits);
    text.remove_prefix(part.size());
    return part;
  };
  if (mark == '@' || mark == '%' || mark == '<') out.counter = split(kCounterDigits);
  if (mark == '<') out.signal = split(kSignalDigits);
  out.message = text;
  const bool known_size = text.size() == 4 || text.size() == 14 || text.size() == 28;
  return known_size ? std::optional(out) : std::nullopt;
}

class AvrCutter final : public Cutter {
 public:
  explicit AvrCutter(CounterKind counters) noexcept : clock_(counters), counters_(counters) {}

  Piece cut(std::span<const std::byte> octets, bool more, Datagram& out) override {
    const std::string_view text = text_of(octets);
    const std::size_t blanks = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (blanks == std::string_view::npos) return framing(text.size());
    if (blanks > 0) return framing(blanks);
    const std::size_t end = text.substr(0, kLongestText).find(';');
    const auto avr = end == std::string_view::npos ? std::nullopt : parse_avr(text.substr(0, end));
    if (avr && keep(*avr)) return deliver(*avr, text, end + 1, out);
    return cut_line(text, more);
  }

 private:
  /// Something else: up to its semicolon or the end of its line.
  [[nodiscard]] static Piece cut_line(std::string_view text, bool more) noexcept {
    const std::size_t end = text.substr(0, LineCutter::kLongest).find_first_of(";\n");
    if (end == std::string_view::npos && more && text.size() < LineCutter::kLongest) return incomplete();
    const std::size_t size = end == std::string_view::npos ? std::min(text.size(), LineCutter::kLongest) : end + 1;
    std::string_view line = text.substr(0, end == std::string_view::npos ? size : end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const bool torn = end == std::string_view::npos ? kMarks.find(text[0]) != std::string_view::npos
                                                    : text[end] == ';' || is_hex(line);
    if (torn || !is_printable(line))
      return damaged(size, end == std::string_view::npos ? base::FaultCode::truncated : base::FaultCode::bad_value);
    return other(size);
  }

  /// Puts the message into payload_; false if a character is no digit.
  [[nodiscard]] bool keep(const Avr& avr) noexcept {
    payload_.fill(std::byte{0});
    payload_[0] = avr.message.size() == 4 ? std::byte{'1'} : avr.message.size() == 14 ? std::byte{'2'} : std::byte{'3'};
    return hex_to_octets(avr.counter, &payload_[1]) && hex_to_octets(avr.signal, &payload_[7]) &&
           hex_to_octets(avr.message, &payload_[ReceiverMessage::kHeader]);
  }

  Piece deliver(const Avr& avr, std::string_view text, std::size_t octets, Datagram& out) {
    const std::uint64_t counter = unsigned_at<6>(payload_, 1, ByteOrder::big);
    if (avr.message == "0000" && counter == 0 && payload_[7] == std::byte{0}) return other(octets);  // a sign of life
    out = Datagram{};
    out.kind = PayloadKind::mode_s;
    out.payload = std::span(payload_).first(ReceiverMessage::kHeader + avr.message.size() / 2);
    out.elapsed = clock_.elapsed(counter);
    if (counters_ == CounterKind::gps) out.recorder_clock = clock_.time_of_day(counter);
    return {.what = Piece::What::message,
            .octets = octets,
            .payload_octets = avr.counter.size() + avr.signal.size() + avr.message.size(),
            .payload_at = static_cast<std::size_t>(avr.message.data() - text.data())};
  }

  CounterClock clock_;
  CounterKind counters_;
  std::array<std::byte, ReceiverMessage::kHeader + 14> payload_{};
};

}  // namespace

bool begins_like_avr(std::span<const std::byte> content) noexcept {
  return begins_with_lines(content, [](std::string_view line) {
    const std::size_t end = line.find(';');
    const auto avr = parse_avr(line.substr(0, end));
    return end != std::string_view::npos && avr && is_hex(avr->message) &&
           (avr->counter.empty() || is_hex(avr->counter)) && (avr->signal.empty() || is_hex(avr->signal));
  });
}

std::unique_ptr<Cutter> avr_cutter(CounterKind counters) { return std::make_unique<AvrCutter>(counters); }

WalkerResult walk_avr(std::span<const std::byte> content) {
  const CounterKind counters = tell_counter_kind(content, *avr_cutter());
  return std::unique_ptr<Walker>(std::make_unique<CutWalker>(content, avr_cutter(counters)));
}

}  // namespace marsad::wire::framing

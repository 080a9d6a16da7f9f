#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

#include "marsad/wire/framing/cutter.hpp"

namespace marsad::wire::framing {

[[nodiscard]] inline std::string_view text_of(std::span<const std::byte> octets) noexcept {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

[[nodiscard]] inline std::span<const std::byte> octets_of(std::string_view text) noexcept {
  return std::as_bytes(std::span(text.data(), text.size()));
}

/// One line of a text.
struct Line {
  std::string_view text;    ///< without its end (LF or CR LF), and without a byte order mark or blanks around it
  std::size_t octets = 0;   ///< with all that
  std::size_t text_at = 0;  ///< how far in the text begins
};

/// The first line; the last one of a text may lack its end.
[[nodiscard]] Line first_line(std::string_view text) noexcept;

/// Whether all of it can be printed: no control characters but tabs. Any octet over 0x7F passes.
[[nodiscard]] bool is_printable(std::string_view text) noexcept;

/// Cuts a text into lines, each of them a message, a remark or damage.
class LineCutter : public Cutter {
 public:
  /// A line that is longer is damage.
  static constexpr std::size_t kLongest = 16'384;

  Piece cut(std::span<const std::byte> octets, bool more, Datagram& out) final;

 protected:
  /// What a line that isn't empty holds: the piece must take up all of `line.octets`.
  virtual Piece cut_line(const Line& line, Datagram& out) = 0;

  /// A message that is a part of the line's text.
  [[nodiscard]] static Piece lend(const Line& line, std::string_view payload, Datagram& out) noexcept;
  /// A line that is no message: a remark if it can be printed and is none of our own in pieces, else damage.
  [[nodiscard]] static Piece remark(const Line& line, bool looks_broken) noexcept {
    return looks_broken || !is_printable(line.text) ? damaged(line.octets, base::FaultCode::bad_value)
                                                    : other(line.octets);
  }
};

/// Whether content begins like a text of some form: `is_message` says so of its first line that isn't empty, or of half
/// of its first lines. A line without its end is not judged, unless it is all there is.
template <class IsMessage>
[[nodiscard]] bool begins_with_lines(std::span<const std::byte> content, IsMessage&& is_message) noexcept {
  constexpr std::size_t kLines = 32;
  std::string_view text = text_of(content.first(std::min(content.size(), kLines * LineCutter::kLongest)));
  std::size_t lines = 0;
  std::size_t messages = 0;
  while (lines < kLines && !text.empty()) {
    const Line line = first_line(text);
    if (line.octets > LineCutter::kLongest || !is_printable(line.text)) return false;
    const bool has_end = text[line.octets - 1] == '\n';
    text.remove_prefix(line.octets);
    if (line.text.empty() || (!has_end && lines > 0)) continue;
    const bool good = is_message(line.text);
    if (good && lines == 0) return true;
    ++lines;
    messages += good ? 1U : 0U;
  }
  return messages > 0 && 2 * messages >= lines;
}

}  // namespace marsad::wire::framing

#include "marsad/wire/framing/line_cutter.hpp"

namespace marsad::wire::framing {

Line first_line(std::string_view text) noexcept {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t end = text.find('\n');
  Line line{text.substr(0, end), end == std::string_view::npos ? text.size() : end + 1, 0};
  if (line.text.starts_with(kByteOrderMark)) line.text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = line.text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {{}, line.octets, 0};
  line.text = line.text.substr(first, line.text.find_last_not_of(kBlanks) - first + 1);
  line.text_at = static_cast<std::size_t>(line.text.data() - text.data());
  return line;
}

bool is_printable(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet >= 0x20U && octet != 0x7FU) || c == '\t';
  });
}

Piece LineCutter::lend(const Line& line, std::string_view payload, Datagram& out) noexcept {
  out.payload = octets_of(payload);
  const auto behind = static_cast<std::size_t>(payload.data() - line.text.data());
  return {.what = Piece::What::message,
          .octets = line.octets,
          .payload_octets = payload.size(),
          .payload_at = line.text_at + behind};
}

Piece LineCutter::cut(std::span<const std::byte> octets, bool more, Datagram& out) {
  const std::string_view text = text_of(octets);
  const std::string_view seen = text.substr(0, kLongest + 1);
  const std::size_t end = seen.find('\n');
  if (end == std::string_view::npos && text.size() > kLongest) {
    const std::size_t far_end = text.find('\n');
    return damaged(far_end == std::string_view::npos ? text.size() : far_end + 1, base::FaultCode::too_large);
  }
  if (end == std::string_view::npos && more) return incomplete();
  const Line line = first_line(text.substr(0, end == std::string_view::npos ? text.size() : end + 1));
  if (line.text.empty()) return framing(line.octets);
  return cut_line(line, out);
}

}  // namespace marsad::wire::framing

// SBS-1 (BaseStation): one row of comma-separated values for each message; columns 7 and 8 tell the date and time at
// which it was generated, 9 and 10 at which it was logged (of a log made later from a recording: that later time). Also
// as stratux logs them, with a counter in front and no dates.
// Source: the BaseStation socket data description (woodair.net/sbs/article/barebones42_socket_data.htm).
#include <algorithm>
#include <array>

#include "marsad/wire/framing/line_cutter.hpp"
#include "marsad/wire/framing/log_counter.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::array<std::string_view, 6> kRowTypes{"MSG,", "SEL,", "ID,", "AIR,", "STA,", "CLK,"};

bool is_row(std::string_view line) noexcept {
  return std::any_of(kRowTypes.begin(), kRowTypes.end(),
                     [line](std::string_view type) { return line.starts_with(type); });
}

/// Date and time in the columns from `first` (counted from 0).
std::optional<units::UtcTime> time_in_columns(std::string_view row, int first) noexcept {
  for (int column = 0; column < first; ++column) {
    const std::size_t comma = row.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    row.remove_prefix(comma + 1);
  }
  const std::size_t between = row.find(',');
  if (between == std::string_view::npos) return std::nullopt;
  return parse_date_and_time(row.substr(0, row.find(',', between + 1)));
}

class SbsCutter final : public LineCutter {
 private:
  Piece cut_line(const Line& line, Datagram& out) override {
    constexpr int kGenerated = 6;
    constexpr int kLogged = 8;
    if (log_.is_start(line.text)) return framing(line.octets);
    out = Datagram{};
    std::string_view row = line.text;
    log_.take_off(row, out);
    if (!is_row(row) || !is_printable(row))
      return remark(line, std::count(line.text.begin(), line.text.end(), ',') > kGenerated);
    out.kind = PayloadKind::sbs_row;
    if (!out.receipt) out.receipt = time_in_columns(row, kGenerated);
    if (!out.receipt) out.receipt = time_in_columns(row, kLogged);
    return lend(line, row, out);
  }

  LogCounter log_;
};

}  // namespace

bool begins_like_sbs(std::span<const std::byte> content) noexcept {
  LogCounter log;
  return begins_with_lines(content, [&log](std::string_view line) {
    Datagram unused;
    log.take_off(line, unused);
    return is_row(line) && std::count(line.begin(), line.end(), ',') >= 9;
  });
}

std::unique_ptr<Cutter> sbs_cutter() { return std::make_unique<SbsCutter>(); }

WalkerResult walk_sbs(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<CutWalker>(content, sbs_cutter()));
}

}  // namespace marsad::wire::framing

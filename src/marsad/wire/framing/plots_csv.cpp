// plots.csv: a header line and then one target report per line (docs/framings.md). Lines end in LF or CR LF; the last
// may lack its end. A byte order mark before the header is tolerated.
#include <algorithm>
#include <charconv>
#include <string_view>

#include "marsad/wire/framing/walker.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kLongestRow = 4096;

std::string_view text_of(std::span<const std::byte> octets) noexcept {
  return {reinterpret_cast<const char*>(octets.data()), octets.size()};
}

struct Line {
  std::string_view text;   ///< without its end
  std::size_t octets = 0;  ///< with its end
};

Line first_line(std::string_view text) noexcept {
  const std::size_t end = text.find('\n');
  Line line{text.substr(0, end), end == std::string_view::npos ? text.size() : end + 1};
  if (line.text.ends_with('\r')) line.text.remove_suffix(1);
  return line;
}

/// Octets up to the first data row; 0 if the header is missing or another.
std::size_t header_octets(std::span<const std::byte> content) noexcept {
  std::string_view text = text_of(content);
  const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  text.remove_prefix(mark);
  if (!text.starts_with(kPlotsCsvHeader)) return 0;
  const Line line = first_line(text);
  const bool more_columns = line.text.size() > kPlotsCsvHeader.size();
  if (more_columns && line.text[kPlotsCsvHeader.size()] != ',') return 0;
  return mark + line.octets;
}

/// The second column, t_rx, in seconds.
std::optional<units::UtcTime> receipt_of(std::string_view row) noexcept {
  const std::size_t comma = row.find(',');
  if (comma == std::string_view::npos) return std::nullopt;
  row.remove_prefix(comma + 1);
  double seconds = 0.0;
  const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), seconds);
  if (error != std::errc{} || (end != row.data() + row.size() && *end != ',')) return std::nullopt;
  constexpr auto kFarthest = static_cast<double>(kFarthestSecond);
  if (!(seconds > -kFarthest && seconds < kFarthest)) return std::nullopt;
  return units::UtcTime::seconds_since_epoch(seconds);
}

class PlotsCsvWalker final : public Walker {
 public:
  PlotsCsvWalker(std::span<const std::byte> content, std::size_t header) noexcept : Walker(content) {
    account_.add_framing(header);
    at_ = header;
  }

  std::optional<Datagram> next() override {
    while (!at_end()) {
      const Line line = first_line(text_of(rest()));
      if (line.text.size() > kLongestRow) {
        skip_to(at_ + line.octets, base::FaultCode::too_large);
      } else if (line.text.empty()) {
        account_.add_framing(line.octets);
        at_ += line.octets;
      } else {
        return deliver(line);
      }
    }
    return std::nullopt;
  }

 private:
  Datagram deliver(const Line& line) {
    Datagram datagram;
    datagram.kind = PayloadKind::plot_row;
    datagram.payload = rest().first(line.text.size());
    datagram.offset = at_;
    datagram.receipt = receipt_of(line.text);
    if (!datagram.receipt) account_.add_fault({base::FaultCode::bad_value, at_, 0});
    account_.add_payload(line.text.size());
    account_.add_framing(line.octets - line.text.size());
    at_ += line.octets;
    return datagram;
  }
};

}  // namespace

bool begins_like_plots_csv(std::span<const std::byte> content) noexcept { return header_octets(content) > 0; }

WalkerResult walk_plots_csv(std::span<const std::byte> content) {
  const std::size_t header = header_octets(content);
  if (header == 0) return base::Fault{base::FaultCode::bad_value, 0};
  return std::unique_ptr<Walker>(std::make_unique<PlotsCsvWalker>(content, header));
}

}  // namespace marsad::wire::framing

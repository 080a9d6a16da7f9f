#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "marsad/wire/framing/datagram.hpp"
#include "marsad/wire/framing/text_time.hpp"

namespace marsad::wire::framing {

/// What stratux puts around the lines of its logs: first a line `START,` with the date, then before each line the
/// nanoseconds since then and a comma.
class LogCounter {
 public:
  /// Whether the line is one that dates the log; what follows counts from it.
  bool is_start(std::string_view line) noexcept {
    constexpr std::string_view kMark = "START,";
    if (!line.starts_with(kMark)) return false;
    start_ = parse_stratux_date(line.substr(kMark.size()));
    first_.reset();
    return true;
  }

  /// Takes the number and its comma off the line, if it begins so, and gives its time to the datagram.
  void take_off(std::string_view& line, Datagram& out) noexcept {
    std::int64_t nanoseconds = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), nanoseconds);
    if (error != std::errc{} || end == line.data() + line.size() || *end != ',') return;
    if (nanoseconds < 0 || nanoseconds > kLongest) return;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()) + 1);
    if (!first_) first_ = nanoseconds;
    elapsed_ = std::max(elapsed_, units::Duration::seconds(static_cast<double>(nanoseconds - *first_) * 1e-9));
    if (start_)
      out.receipt = units::UtcTime::nanoseconds_since_epoch(start_->nanoseconds_since_epoch() + nanoseconds);
    else
      out.elapsed = elapsed_;
  }

 private:
  static constexpr std::int64_t kLongest = 100'000'000'000'000'000;  // three years

  std::optional<units::UtcTime> start_;
  std::optional<std::int64_t> first_;
  units::Duration elapsed_;
};

}  // namespace marsad::wire::framing

#include "marsad/wire/framing/text_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>

#include "marsad/wire/framing/datagram.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

/// Reads a text from its beginning; once something is not as wanted, it stays failed.
class Scanner {
 public:
  explicit Scanner(std::string_view text) noexcept : text_(text) {}

  /// A number of `least` to `most` digits.
  int digits(std::size_t least, std::size_t most) noexcept {
    int value = 0;
    std::size_t count = 0;
    while (count < most && count < text_.size() && is_digit(text_[count])) value = value * 10 + (text_[count++] - '0');
    failed_ = failed_ || count < least;
    text_.remove_prefix(count);
    return value;
  }
  /// Decimals as nanoseconds; what is finer is left out.
  std::int64_t nanoseconds() noexcept {
    std::int64_t value = 0;
    std::int64_t unit = kNanosecondsPerSecond;
    while (!text_.empty() && is_digit(text_.front())) {
      unit /= 10;
      value += unit * (text_.front() - '0');
      text_.remove_prefix(1);
    }
    return value;
  }
  /// The next character if it is one of these, and goes behind it; else nul.
  char take(std::string_view any_of) noexcept {
    if (text_.empty() || any_of.find(text_.front()) == std::string_view::npos) return '\0';
    const char found = text_.front();
    text_.remove_prefix(1);
    return found;
  }
  void want(std::string_view any_of) noexcept { failed_ = take(any_of) == '\0' || failed_; }

  [[nodiscard]] bool failed() const noexcept { return failed_; }
  [[nodiscard]] bool at_end() const noexcept { return text_.empty(); }

 private:
  [[nodiscard]] static bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

  std::string_view text_;
  bool failed_ = false;
};

struct Civil {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
};

/// Nothing if there is no such day or time; second 60 is let pass.
std::optional<std::int64_t> epoch_seconds(const Civil& civil) noexcept {
  const std::chrono::year_month_day date(std::chrono::year(civil.year),
                                         std::chrono::month(static_cast<unsigned>(civil.month)),
                                         std::chrono::day(static_cast<unsigned>(civil.day)));
  if (!date.ok() || civil.hour > 23 || civil.minute > 59 || civil.second > 60) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t seconds = days * 86'400 + civil.hour * 3600 + civil.minute * 60 + civil.second;
  if (seconds < -kFarthestSecond || seconds > kFarthestSecond) return std::nullopt;
  return seconds;
}

units::UtcTime utc(std::int64_t seconds, std::int64_t nanoseconds) noexcept {
  return units::UtcTime::nanoseconds_since_epoch(seconds * kNanosecondsPerSecond + nanoseconds);
}

/// Seconds that an offset behind the time stands for, 0 where there is none.
std::int64_t read_offset(Scanner& scan) noexcept {
  if (scan.take("Zz") != '\0') return 0;
  const char sign = scan.take("+-");
  if (sign == '\0') return 0;
  const int hours = scan.digits(2, 2);
  int minutes = 0;
  if (scan.take(":") != '\0' || !scan.at_end()) minutes = scan.digits(2, 2);
  const std::int64_t seconds = hours * 3600 + minutes * 60;
  return sign == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<units::UtcTime> parse_date_and_time(std::string_view text) noexcept {
  Scanner scan(text);
  Civil civil;
  civil.year = scan.digits(4, 4);
  scan.want("-/");
  civil.month = scan.digits(1, 2);
  scan.want("-/");
  civil.day = scan.digits(1, 2);
  scan.want("Tt ,");
  civil.hour = scan.digits(1, 2);
  scan.want(":");
  civil.minute = scan.digits(2, 2);
  scan.want(":");
  civil.second = scan.digits(2, 2);
  const std::int64_t nanoseconds = scan.take(".,") != '\0' ? scan.nanoseconds() : 0;
  const std::int64_t offset = read_offset(scan);
  const auto seconds = epoch_seconds(civil);
  if (scan.failed() || !scan.at_end() || !seconds) return std::nullopt;
  return utc(*seconds - offset, nanoseconds);
}

std::optional<units::UtcTime> parse_epoch(std::string_view text) noexcept {
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (error != std::errc{} || whole < 0) return std::nullopt;
  Scanner scan(text.substr(static_cast<std::size_t>(end - text.data())));
  const std::int64_t nanoseconds = scan.take(".") != '\0' ? scan.nanoseconds() : 0;
  if (!scan.at_end()) return std::nullopt;
  std::int64_t per_second = 1;
  for (const std::int64_t finer : {1'000LL, 1'000'000LL, 1'000'000'000LL})
    if (whole / finer >= 100'000'000) per_second = finer;
  if (whole / per_second > kFarthestSecond) return std::nullopt;
  return utc(whole / per_second, whole % per_second * (kNanosecondsPerSecond / per_second) + nanoseconds / per_second);
}

std::optional<units::UtcTime> parse_stratux_date(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  if (text.size() < 8 || text[3] != ' ') return std::nullopt;
  const auto month = std::find(kMonths.begin(), kMonths.end(), text.substr(4, 3));
  if (month == kMonths.end()) return std::nullopt;
  Scanner scan(text.substr(7));
  Civil civil;
  civil.month = static_cast<int>(month - kMonths.begin()) + 1;
  while (scan.take(" ") != '\0') continue;
  civil.day = scan.digits(1, 2);
  scan.want(" ");
  civil.hour = scan.digits(2, 2);
  scan.want(":");
  civil.minute = scan.digits(2, 2);
  scan.want(":");
  civil.second = scan.digits(2, 2);
  scan.want(" ");
  const char sign = scan.take("+-");
  const int hours = scan.digits(2, 2);
  const int minutes = scan.digits(2, 2);
  scan.want(" ");
  while (scan.take("ABCDEFGHIJKLMNOPQRSTUVWXYZ+-") != '\0') continue;
  scan.want(" ");
  civil.year = scan.digits(4, 4);
  const auto seconds = epoch_seconds(civil);
  if (scan.failed() || !scan.at_end() || !seconds) return std::nullopt;
  const std::int64_t offset = hours * 3600 + minutes * 60;
  return utc(sign == '-' ? *seconds + offset : *seconds - offset, 0);
}

}  // namespace marsad::wire::framing

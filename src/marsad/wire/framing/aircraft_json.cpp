// aircraft.json: one JSON object with `now`, seconds since 1970, and the list `aircraft`, as readsb, dump1090 and
// tar1090 write it. A file may hold several, one after another. Only as much of JSON is read here as tells where an
// object ends.
// Source: README-json.md of wiedehopf/readsb; README-json.md of flightaware/dump1090.
#include <algorithm>

#include "marsad/wire/framing/line_cutter.hpp"
#include "marsad/wire/framing/text_time.hpp"

namespace marsad::wire::framing {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\xEF\xBB\xBF";
constexpr std::string_view kNow = "now";
constexpr std::string_view kAircraft = "aircraft";
constexpr std::size_t kLongestObject = std::size_t{64} << 20U;

/// Finds the end of an object, however many pieces it comes in: it goes on where it stopped.
class ObjectScan {
 public:
  enum class State : std::uint8_t { open, whole, torn };

  /// \param text  begins with '{'; in later calls the same text with more behind it
  State go_on(std::string_view text) noexcept {
    for (; at_ < text.size(); ++at_) {
      const char c = text[at_];
      if (c == '"' && begins_anew(text)) return State::torn;
      if (in_string_) {
        if (c == '\\') ++at_;
        if (c == '"') end_string(text);
      } else if (c == '"') {
        in_string_ = true;
        string_ = at_ + 1;
      } else if (c == '{' || c == '[') {
        ++depth_;
      } else if (c == '}' || c == ']') {
        if (--depth_ == 0) return State::whole;
      }
    }
    return State::open;
  }

  /// Of the whole object.
  [[nodiscard]] std::size_t octets() const noexcept { return at_ + 1; }
  /// Where another begins in a torn one.
  [[nodiscard]] std::size_t next_object() const noexcept { return next_object_; }
  /// Where the value of the key `now` follows; 0 if there is none.
  [[nodiscard]] std::size_t now() const noexcept { return now_; }
  [[nodiscard]] bool has_aircraft() const noexcept { return has_aircraft_; }

 private:
  void end_string(std::string_view text) noexcept {
    in_string_ = false;
    const std::string_view string = text.substr(string_, at_ - string_);
    if (string == kNow && depth_ == 1) now_ = at_ + 1;
    if (string == kAircraft && depth_ == 1) has_aircraft_ = true;
  }

  /// Whether the quotation mark here ends the first key of another aircraft.json: objects inside one have no key `now`,
  /// and in a string the marks would have backslashes. So this one was never ended.
  [[nodiscard]] bool begins_anew(std::string_view text) noexcept {
    constexpr std::string_view kKey = "\"now\"";
    if (at_ + 1 < kKey.size() || text.substr(at_ + 1 - kKey.size(), kKey.size()) != kKey) return false;
    const std::size_t before = text.substr(0, at_ + 1 - kKey.size()).find_last_not_of(kBlanks);
    if (before == std::string_view::npos || before == 0 || text[before] != '{') return false;
    next_object_ = before;
    return true;
  }

  std::size_t at_ = 0;
  std::size_t string_ = 0;  ///< where the last string began
  std::size_t now_ = 0;
  int depth_ = 0;
  bool in_string_ = false;
  bool has_aircraft_ = false;
  std::size_t next_object_ = 0;
};

/// The number behind a key.
std::optional<units::UtcTime> time_behind(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(" \t\r\n:");
  if (first == std::string_view::npos) return std::nullopt;
  text.remove_prefix(first);
  return parse_epoch(text.substr(0, text.find_first_not_of("0123456789.")));
}

class AircraftJsonCutter final : public Cutter {
 public:
  Piece cut(std::span<const std::byte> octets, bool more, Datagram& out) override {
    const std::string_view text = text_of(octets);
    const std::size_t first = text.find_first_not_of(kBlanks);
    if (first == std::string_view::npos) return framing(text.size());
    if (first > 0) return framing(first);
    if (text.front() != '{') return damaged(std::min(text.find('{'), text.size()), base::FaultCode::bad_value);
    const ObjectScan::State state = scan_.go_on(text);
    if (state == ObjectScan::State::open && more && text.size() <= kLongestObject) return incomplete();
    const ObjectScan scan = std::exchange(scan_, {});
    if (state == ObjectScan::State::open)
      return damaged(text.size(), more ? base::FaultCode::too_large : base::FaultCode::truncated);
    if (state == ObjectScan::State::torn) return damaged(scan.next_object(), base::FaultCode::truncated);
    if (!scan.has_aircraft()) return other(scan.octets());
    out = Datagram{};
    out.kind = PayloadKind::aircraft_json;
    out.payload = octets.first(scan.octets());
    if (scan.now() > 0) out.receipt = time_behind(text.substr(scan.now(), scan.octets() - scan.now()));
    return {.what = Piece::What::message, .octets = scan.octets(), .payload_octets = scan.octets()};
  }

 private:
  ObjectScan scan_;
};

}  // namespace

bool begins_like_aircraft_json(std::span<const std::byte> content) noexcept {
  constexpr std::size_t kProbe = 4096;
  std::string_view text = text_of(content.first(std::min(content.size(), kProbe)));
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.starts_with('{') && text.find("\"aircraft\"") != std::string_view::npos;
}

std::unique_ptr<Cutter> aircraft_json_cutter() { return std::make_unique<AircraftJsonCutter>(); }

WalkerResult walk_aircraft_json(std::span<const std::byte> content) {
  return std::unique_ptr<Walker>(std::make_unique<CutWalker>(content, aircraft_json_cutter()));
}

}  // namespace marsad::wire::framing

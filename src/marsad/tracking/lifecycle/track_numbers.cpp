#include "marsad/tracking/lifecycle/track_numbers.hpp"

#include "marsad/base/check.hpp"

namespace marsad::tracking::lifecycle {
namespace {

constexpr std::size_t kNumbers = 65'536;  // 0 means none

}  // namespace

TrackNumbers::TrackNumbers(units::Duration quarantine) : quarantine_(quarantine), slots_(kNumbers) {}

std::optional<std::uint16_t> TrackNumbers::take(units::UtcTime now) {
  for (std::size_t tried = 1; tried < kNumbers; ++tried) {
    const std::size_t number = next_;
    next_ = next_ + 1 == kNumbers ? 1 : next_ + 1;
    Slot& slot = slots_[number];
    if (slot.used || (slot.ever_used && now - slot.released < quarantine_)) continue;
    slot.used = slot.ever_used = true;
    ++in_use_;
    return static_cast<std::uint16_t>(number);
  }
  return std::nullopt;
}

void TrackNumbers::release(std::uint16_t number, units::UtcTime now) {
  Slot& slot = slots_[number];
  MARSAD_CHECK(slot.used);
  slot.used = false;
  slot.released = now;
  --in_use_;
}

}  // namespace marsad::tracking::lifecycle

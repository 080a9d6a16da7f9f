// links: output observation wire_modes wire_framing wire_asterix geo units base
//
// A sequence of messages with times through the resolver, and every outcome on to JSON, BaseStation rows and CAT021.
// Each message begins with an octet of time since the last one (steps of 50 ms, the highest bit backwards), one that
// chooses receiver and form, and 7 or 14 octets. Where the second octet asks for it, the parity is made right for an
// address out of a few, so that the fuzzer reaches what lies behind it.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/output/cat021_service.hpp"
#include "marsad/output/mode_s_json.hpp"
#include "marsad/output/sbs_rows.hpp"
#include "marsad/wire/modes/parity.hpp"

namespace mode_s = marsad::observation::mode_s;
namespace framing = marsad::wire::framing;
namespace modes = marsad::wire::modes;
namespace output = marsad::output;
using marsad::units::Angle;
using marsad::units::Duration;
using marsad::units::Length;
using marsad::units::UtcTime;

namespace {

void demand(bool condition) {
  if (!condition) std::abort();
}

/// Ends the message with the parity of an undamaged one of an address out of four.
void mend_parity(std::span<std::byte> octets, std::uint8_t choice) {
  const std::uint32_t address = 0x4B1230U + (choice >> 4U & 3U);
  const auto format = std::to_integer<unsigned>(octets[0]) >> 3U;
  if (format == 11 || format == 17 || format == 18)
    for (std::size_t i = 0; i < 3; ++i) octets[1 + i] = static_cast<std::byte>(address >> (16 - 8 * i) & 0xFFU);
  const auto frame = modes::Frame::from(octets);
  if (!frame) return;
  const bool hidden = modes::parity_use(frame->downlink_format()) == modes::ParityUse::address;
  const std::uint32_t parity = modes::parity_remainder(*frame) ^ (hidden ? address : 0U);
  for (std::size_t i = 0; i < 3; ++i)
    octets[octets.size() - 3 + i] = static_cast<std::byte>(parity >> (16 - 8 * i) & 0xFFU);
}

void demand_sound(const mode_s::Outcome& outcome) {
  demand((outcome.aircraft != nullptr) ==
         (outcome.verdict == mode_s::Verdict::accepted || outcome.verdict == mode_s::Verdict::duplicate));
  demand(outcome.first.has_value() == (outcome.verdict == mode_s::Verdict::duplicate));
  demand(outcome.position.has_value() == (outcome.position_verdict == mode_s::PositionVerdict::resolved));
  if (!outcome.position) return;
  demand(marsad::geo::is_valid(outcome.position->place));
  demand(outcome.verdict == mode_s::Verdict::accepted && outcome.position->nic <= 11);
}

class Run {
 public:
  Run() {
    resolver_.set_site(
        1, mode_s::ReceiverSite{{Angle::degrees(50.0), Angle::degrees(8.0), Length()}, Length::nautical_miles(300.0)});
  }
  std::span<const std::uint8_t> step(std::span<const std::uint8_t> data) {
    const double seconds = 0.05 * (data[0] & 0x7F);
    now_ = (data[0] & 0x80U) != 0 ? now_ - Duration::seconds(seconds) : now_ + Duration::seconds(seconds);
    const std::uint8_t choice = data[1];
    data = data.subspan(2);
    const std::size_t wanted = data.empty() || data[0] < 0x80 ? 7 : 14;
    std::array<std::byte, 14> octets{};
    const std::size_t size = std::min(wanted, data.size());
    for (std::size_t i = 0; i < size; ++i) octets[i] = static_cast<std::byte>(data[i]);
    if ((choice & 8U) != 0) mend_parity(std::span(octets).first(wanted), choice);
    framing::ReceiverMessage message;
    message.type =
        wanted == 14 ? framing::ReceiverMessage::Type::long_frame : framing::ReceiverMessage::Type::short_frame;
    if ((choice & 0xC0U) == 0xC0U) message.type = framing::ReceiverMessage::Type::mode_ac;
    if ((choice & 0xC0U) == 0x80U) message.counter = framing::ReceiverMessage::kMlatCounter;
    message.message = std::span(octets).first(message.type == framing::ReceiverMessage::Type::mode_ac ? 2 : wanted);
    use(resolver_.take(message, now_, choice & 1U));
    return data.subspan(size);
  }
  void finish() {
    service_.flush(batch_);
    const auto& counters = resolver_.counters();
    std::uint64_t verdicts = 0;
    for (const std::uint64_t count : counters.verdicts) verdicts += count;
    demand(verdicts == counters.messages);
    demand(resolver_.aircraft() <= 16);
  }

 private:
  void use(const mode_s::Outcome& outcome) {
    demand_sound(outcome);
    text_.clear();
    output::append_mode_s_json(text_, outcome);
    demand(text_.size() > 2 && text_.front() == '{' && text_.back() == '}');
    output::append_sbs_row(text_, outcome, now_);
    service_.take(outcome, now_, batch_);
    batch_.clear();
  }

  static mode_s::ResolverSettings settings() {
    mode_s::ResolverSettings settings;
    settings.capacity = 16;
    settings.correction = modes::Correction::one_bit;
    return settings;
  }

  mode_s::Resolver resolver_{settings()};
  output::Cat021Service service_ = *output::Cat021Service::make({.velocities = true, .identifications = true});
  output::DatagramBatch batch_;
  std::string text_;
  UtcTime now_ = UtcTime::seconds_since_epoch(1.7e9);
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Run run;
  std::span<const std::uint8_t> rest(data, size);
  while (rest.size() >= 3) rest = run.step(rest);
  run.finish();
  return 0;
}

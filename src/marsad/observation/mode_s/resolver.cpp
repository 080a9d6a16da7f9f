#include "marsad/observation/mode_s/resolver.hpp"

#include <algorithm>
#include <string_view>

#include "marsad/observation/mode_s/apply.hpp"
#include "marsad/wire/modes/extended_squitter.hpp"
#include "marsad/wire/modes/message.hpp"

namespace marsad::observation::mode_s {

using units::UtcTime;
using wire::framing::ReceiverMessage;
using wire::modes::AddressKind;
using wire::modes::ExtendedSquitter;
using wire::modes::Frame;
using wire::modes::ParityUse;
using wire::modes::SquitterSource;

namespace {

constexpr std::uint32_t kNoAddress = 0x00'0000;
constexpr std::uint32_t kAllOnes = 0xFF'FFFF;
/// Messages between two looks for aircraft to be forgotten.
constexpr std::uint64_t kAgeingInterval = 16;

/// Whose squitter it is; nothing for one that is about no target.
std::optional<SourceKind> source_of(const ExtendedSquitter& squitter) noexcept {
  const bool own = squitter.address_kind() == AddressKind::aircraft;
  switch (squitter.source()) {
    case SquitterSource::transponder:
      return SourceKind::transponder;
    case SquitterSource::non_transponder:
      return own ? SourceKind::transponder : SourceKind::anonymous;
    case SquitterSource::tisb_fine:
    case SquitterSource::tisb_coarse:
      return own ? SourceKind::tis_b : SourceKind::tis_b_other;
    case SquitterSource::rebroadcast:
      return own ? SourceKind::adsr : SourceKind::adsr_other;
    default:
      return std::nullopt;
  }
}

Transmission transmission_of(const Frame& frame) noexcept {
  if (frame.downlink_format() < 17 || frame.downlink_format() > 19) return Transmission::reply;
  const ExtendedSquitter squitter(frame);
  const bool in_flight = squitter.has_type_code() && wire::modes::squitter_kind(squitter.type_code()) ==
                                                         wire::modes::SquitterKind::airborne_position;
  return in_flight ? Transmission::moving : Transmission::squitter;
}

}  // namespace

ResolverSettings without_times() noexcept {
  constexpr units::Duration kNever = units::Duration::seconds(-1.0);
  ResolverSettings settings;
  settings.duplicates = {.squitter = kNever, .artefact = kNever};
  settings.positions.airborne_pair = kNever;
  settings.positions.surface_pair = kNever;
  settings.positions.fast_surface_pair = kNever;
  settings.positions.reference_life = kNever;
  return settings;
}

std::string_view name_of(Verdict verdict) noexcept {
  constexpr std::array<std::string_view, kVerdicts> kNames{"accepted",        "duplicate",  "mode_ac",
                                                           "malformed",       "bad_parity", "unknown_address",
                                                           "invalid_address", "no_target",  "unsupported"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(PositionVerdict verdict) noexcept {
  constexpr std::array<std::string_view, kPositionVerdicts> kNames{
      "none", "unavailable", "out_of_order", "single", "crossing", "beyond_range", "implausible", "resolved"};
  return kNames[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(SourceKind source) noexcept {
  constexpr std::array<std::string_view, kSourceKinds> kNames{
      "transponder", "anonymous", "tis_b", "tis_b_other", "adsr", "adsr_other", "multilateration"};
  return kNames[static_cast<std::size_t>(source)];
}

Resolver::Resolver(const ResolverSettings& settings) : settings_(settings), table_(settings.capacity) {}

void Resolver::set_site(std::uint16_t receiver, const std::optional<ReceiverSite>& site) {
  if (sites_.size() <= receiver) sites_.resize(std::size_t{receiver} + 1);
  sites_[receiver] = site;
}

const AircraftState* Resolver::find(SourceKind source, ModeSAddress address) noexcept {
  const Aircraft* aircraft = table_.find(source, address);
  return aircraft == nullptr ? nullptr : &aircraft->state;
}

const Outcome& Resolver::take(const ReceiverMessage& message, UtcTime receipt, std::uint16_t receiver) {
  if (counters_.messages % kAgeingInterval == 0) counters_.forgotten += table_.age(receipt, settings_.memory);
  out_ = Outcome{};
  out_.reception = {receipt, message.synthetic() ? 0 : message.counter, counters_.messages++, receiver};
  out_.signal = message.signal;
  found_ = nullptr;
  if (message.type == ReceiverMessage::Type::mode_ac) {
    out_.verdict = message.message.size() == 2 ? Verdict::mode_ac : Verdict::malformed;
    for (const std::byte octet : message.message.first(std::min<std::size_t>(2, message.message.size())))
      out_.mode_ac = static_cast<std::uint16_t>(unsigned{out_.mode_ac} << 8U | std::to_integer<unsigned>(octet));
  } else if ((out_.frame = Frame::from(message.message))) {
    out_.verdict = judge(*out_.frame);
    if (out_.verdict == Verdict::accepted) out_.verdict = admit(message.synthetic());
  }
  ++counters_.verdicts[static_cast<std::size_t>(out_.verdict)];
  return out_;
}

Verdict Resolver::judge(const Frame& frame) {
  const unsigned format = frame.downlink_format();
  const ParityUse use = wire::modes::parity_use(format);
  if (use == ParityUse::unknown) return Verdict::unsupported;
  const std::uint32_t syndrome = wire::modes::parity_syndrome(frame);
  switch (use) {
    case ParityUse::zero:
      return judge_squitter(frame, syndrome);
    case ParityUse::interrogator:
      return judge_all_call(frame, syndrome);
    default:
      return judge_hidden(syndrome);
  }
}

bool Resolver::is_confirmed(std::uint32_t address) noexcept {
  found_ = table_.find(SourceKind::transponder, ModeSAddress(address));
  return found_ != nullptr && found_->state.confirmed.fresh(out_.reception.receipt, settings_.address_life);
}

Verdict Resolver::judge_squitter(const Frame& frame, std::uint32_t syndrome) {
  const ExtendedSquitter squitter(frame);
  out_.address = ModeSAddress(squitter.address());
  if (syndrome != 0) {
    const Verdict mended = mend(frame, squitter.address());
    if (mended != Verdict::accepted) return mended;
  } else {
    out_.parity = ParityState::ok;
  }
  const std::optional<SourceKind> source = source_of(squitter);
  if (!source) return squitter.source() == SquitterSource::tisb_management ? Verdict::no_target : Verdict::unsupported;
  out_.source = *source;
  if (*source != SourceKind::transponder) found_ = nullptr;  // mending looked at the aircraft itself
  const bool of_ground_system =
      squitter.has_type_code() && squitter.type_code() == 24;  // surface system status: many, and about nobody
  if (of_ground_system) return Verdict::no_target;
  const bool possible = squitter.address() != kNoAddress && squitter.address() != kAllOnes;
  return possible || *source != SourceKind::transponder ? Verdict::accepted : Verdict::invalid_address;
}

Verdict Resolver::judge_all_call(const Frame& frame, std::uint32_t syndrome) {
  const std::uint32_t address = wire::modes::AllCall(frame).address();
  out_.address = ModeSAddress(address);
  if (syndrome == 0) {
    out_.parity = ParityState::ok;
    return address != kNoAddress && address != kAllOnes ? Verdict::accepted : Verdict::invalid_address;
  }
  if (!wire::modes::interrogator_of(syndrome)) return mend(frame, address);
  out_.parity = ParityState::address;
  return is_confirmed(address) ? Verdict::accepted : Verdict::unknown_address;
}

Verdict Resolver::judge_hidden(std::uint32_t syndrome) {
  out_.address = ModeSAddress(syndrome);
  out_.parity = ParityState::address;
  return is_confirmed(syndrome) ? Verdict::accepted : Verdict::unknown_address;
}

Verdict Resolver::mend(const Frame& frame, std::uint32_t address) {
  if (settings_.correction == wire::modes::Correction::none || !is_confirmed(address)) return Verdict::bad_parity;
  const auto corrected = wire::modes::correct(frame, settings_.correction, wire::modes::KnownAddress(address));
  if (!corrected) return Verdict::bad_parity;
  out_.frame = corrected->frame;
  out_.parity = ParityState::corrected;
  ++counters_.corrected;
  return Verdict::accepted;
}

Verdict Resolver::admit(bool synthetic) {
  const Frame& frame = *out_.frame;
  const UtcTime now = out_.reception.receipt;
  if (synthetic) {
    out_.source = SourceKind::multilateration;
    found_ = nullptr;
  }
  Aircraft& aircraft = found_ != nullptr ? *found_ : table_.find_or_add(out_.source, *out_.address, now);
  counters_.displaced = table_.displaced();
  AircraftState& state = aircraft.state;
  out_.aircraft = &state;
  state.last_heard = std::max(state.last_heard, now);
  const bool clean = out_.parity == ParityState::ok;
  if (clean && out_.source == SourceKind::transponder) state.confirmed.set(true, now);
  out_.first = aircraft.recent.find_or_remember(frame, transmission_of(frame), out_.reception, settings_.duplicates);
  if (out_.first) return Verdict::duplicate;
  ++state.messages;
  ++counters_.accepted_by_format[frame.downlink_format()];
  const std::size_t receiver = out_.reception.receiver;
  const ReceiverSite* site = receiver < sites_.size() && sites_[receiver] ? &*sites_[receiver] : nullptr;
  apply(frame, aircraft, Application{.settings = settings_, .site = site, .counters = counters_, .out = out_});
  ++counters_.positions[static_cast<std::size_t>(out_.position_verdict)];
  return Verdict::accepted;
}

}  // namespace marsad::observation::mode_s

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "marsad/observation/mode_s/aircraft_state.hpp"
#include "marsad/observation/mode_s/aircraft_table.hpp"
#include "marsad/observation/mode_s/position_track.hpp"
#include "marsad/observation/mode_s/recent_frames.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/framing/receiver_message.hpp"
#include "marsad/wire/modes/frame.hpp"
#include "marsad/wire/modes/parity.hpp"
#include "marsad/wire/modes/quality.hpp"
#include "marsad/wire/modes/register_inference.hpp"

/// From single Mode S messages to knowledge about aircraft. `Resolver` is the door; the rest is its workshop.
namespace marsad::observation::mode_s {

struct ResolverSettings {
  /// How long an address that was proved by clean parity may be taken for that of a reply whose parity hides it.
  units::Duration address_life = units::Duration::seconds(60.0);
  /// How long a silent aircraft is remembered, with its position as reference.
  units::Duration memory = units::Duration::seconds(1800.0);
  /// How long a NIC supplement of the operational status counts; absent, the greatest radius is assumed.
  units::Duration supplement_life = units::Duration::seconds(60.0);
  std::size_t capacity = 16'384;  ///< aircraft at once; see AircraftTable for what happens beyond
  /// Whether to infer which register a Comm-B reply holds; it costs more than all the rest.
  bool registers = true;
  DuplicateWindow duplicates;
  PositionSettings positions;
  /// Mends single damaged bits of squitters of aircraft that are known. It invents little, but not nothing.
  wire::modes::Correction correction = wire::modes::Correction::none;
};

/// For messages that come without any times: then no two of them belong together, so that there are neither positions
/// nor duplicates.
[[nodiscard]] ResolverSettings without_times() noexcept;

/// What became of a message.
enum class Verdict : std::uint8_t {
  accepted,         ///< it is about the aircraft that it says
  duplicate,        ///< another reception of a transmission that was taken before: says nothing new
  mode_ac,          ///< a Mode A/C reply: names no aircraft
  malformed,        ///< not 7 or 14 octets as its format demands
  bad_parity,       ///< damaged
  unknown_address,  ///< the parity hides the address, and no such aircraft was proved to be there lately
  invalid_address,  ///< 000000 or FFFFFF
  no_target,        ///< undamaged, but not about a target: ground stations' own messages
  unsupported,      ///< a format that the standard reserves, or military
};
inline constexpr std::size_t kVerdicts = 9;
[[nodiscard]] std::string_view name_of(Verdict verdict) noexcept;
[[nodiscard]] std::string_view name_of(PositionVerdict verdict) noexcept;
[[nodiscard]] std::string_view name_of(SourceKind source) noexcept;

/// What the parity says.
enum class ParityState : std::uint8_t {
  ok,         ///< clean
  corrected,  ///< clean after one bit was inverted
  address,    ///< overlaid with an address that can't be told from damage but by knowing the aircraft
  failed,
};

/// Values of an accepted message that contradict what was believed: kept out of the state until a second message says
/// the same. And replies that set what their format reserves: nothing of them is taken.
struct Doubts {
  bool altitude : 1 = false;
  bool mode_a : 1 = false;
  bool identification : 1 = false;
  bool reserved : 1 = false;  ///< wire::modes::is_consistent says no: probably damage

  [[nodiscard]] bool any() const noexcept { return altitude || mode_a || identification || reserved; }
};

/// Everything that one message gave. What its fields say is asked of the frame (`wire::modes::decode`).
struct Outcome {
  Verdict verdict = Verdict::malformed;
  ParityState parity = ParityState::failed;
  PositionVerdict position_verdict = PositionVerdict::none;
  Doubts doubts;
  SourceKind source = SourceKind::transponder;
  std::optional<wire::modes::Frame> frame;   ///< as corrected; absent for Mode A/C and malformed messages
  std::uint16_t mode_ac = 0;                 ///< the two octets of a Mode A/C reply
  std::optional<ModeSAddress> address;       ///< as claimed, whatever the verdict; absent where none is told
  Reception reception;                       ///< of this message
  std::optional<Reception> first;            ///< of a duplicate: the reception that was taken
  std::uint8_t signal = 0;                   ///< as in ReceiverMessage
  const AircraftState* aircraft = nullptr;   ///< after this message; of accepted ones and duplicates
  std::optional<ResolvedPosition> position;  ///< that this message gave
  /// Of a position message, resolved or not: what its type code says with the supplements known of its aircraft.
  std::optional<wire::modes::Integrity> integrity;
  /// Of an accepted Comm-B reply: the registers that it may hold. What the first of them says is taken into the state
  /// if it is believed (`wire::modes::believed_register`).
  wire::modes::RegisterGuesses guesses;
};

struct ResolverCounters {
  std::uint64_t messages = 0;
  std::array<std::uint64_t, kVerdicts> verdicts{};
  std::array<std::uint64_t, kPositionVerdicts> positions{};
  std::array<std::uint64_t, 25> accepted_by_format{};  ///< by DF
  std::uint64_t corrected = 0;
  std::uint64_t believed_registers = 0;  ///< Comm-B replies whose register was sure enough to be used
  std::uint64_t jumps = 0;               ///< positions that overruled the one believed before
  std::uint64_t doubtful_altitudes = 0;
  std::uint64_t doubtful_mode_a = 0;
  std::uint64_t doubtful_identifications = 0;
  std::uint64_t inconsistent = 0;  ///< replies that set what their format reserves
  std::uint64_t forgotten = 0;     ///< aircraft not heard for `memory`
  std::uint64_t displaced = 0;     ///< aircraft forgotten early for want of room

  [[nodiscard]] std::uint64_t of(Verdict verdict) const noexcept { return verdicts[static_cast<std::size_t>(verdict)]; }
  [[nodiscard]] std::uint64_t of(PositionVerdict verdict) const noexcept {
    return positions[static_cast<std::size_t>(verdict)];
  }
};

/// Takes the messages of any number of receivers in the order of receipt and tells what each of them means.
///
/// Addresses. Clean parity proves the address of DF11 squitters, DF17 and DF18. Where the parity is overlaid with the
/// address (DF0, 4, 5, 16, 20, 21, 24) or an interrogator's code (DF11 replies), any damaged frame names some aircraft:
/// such a message is accepted only if the aircraft's own squitter proved its address within `address_life`, and what
/// contradicts that aircraft's altitude, Mode A code or identification has to be said twice (`Doubts`).
///
/// Duplicates: see DuplicateWindow. Positions: see PositionTrack; a receiver whose site is known (`set_site`) helps
/// with surface positions and bounds the range. What comes by TIS-B, ADS-R, from anonymous senders and from
/// multilateration is kept apart from the aircraft's own messages (`SourceKind`).
///
/// Time is told by the calls alone: the same calls give the same outcomes. Receipt should not decrease; what is older
/// than the newest of its aircraft gives no position. No allocation for an aircraft that is known. Not for several
/// threads at once.
class Resolver {
 public:
  explicit Resolver(const ResolverSettings& settings = {});

  /// Where `receiver` stands, and the farthest that it can hear; nothing: unknown.
  void set_site(std::uint16_t receiver, const std::optional<ReceiverSite>& site);

  /// Valid until the next call.
  const Outcome& take(const wire::framing::ReceiverMessage& message, units::UtcTime receipt,
                      std::uint16_t receiver = 0);

  [[nodiscard]] const ResolverCounters& counters() const noexcept { return counters_; }
  [[nodiscard]] const ResolverSettings& settings() const noexcept { return settings_; }
  /// An aircraft that is remembered. Valid until the next `take`.
  [[nodiscard]] const AircraftState* find(SourceKind source, ModeSAddress address) noexcept;
  [[nodiscard]] std::size_t aircraft() const noexcept { return table_.size(); }
  template <class Visit>
  void for_each(Visit&& visit) const {
    table_.for_each(static_cast<Visit&&>(visit));
  }

 private:
  Verdict judge(const wire::modes::Frame& frame);
  Verdict judge_squitter(const wire::modes::Frame& frame, std::uint32_t syndrome);
  Verdict judge_all_call(const wire::modes::Frame& frame, std::uint32_t syndrome);
  Verdict judge_hidden(std::uint32_t syndrome);
  Verdict mend(const wire::modes::Frame& frame, std::uint32_t address);
  [[nodiscard]] bool is_confirmed(std::uint32_t address) noexcept;
  Verdict admit(bool synthetic);

  ResolverSettings settings_;
  AircraftTable table_;
  std::vector<std::optional<ReceiverSite>> sites_;  // by receiver
  ResolverCounters counters_;
  Outcome out_;
  Aircraft* found_ = nullptr;  // the aircraft of `out_`, if it was looked up already
};

}  // namespace marsad::observation::mode_s

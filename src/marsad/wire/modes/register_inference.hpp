#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "marsad/base/inline_vector.hpp"
#include "marsad/wire/modes/register.hpp"

/// Which register does a Comm-B reply hold? The reply doesn't say: only the interrogator that asked for it knows. So
/// the registers' contents are weighed against each other and against what is known of the aircraft.
///
/// The answer is Bayes' rule over models of what each register holds: how often each is asked for, how its values are
/// spread and hang together (airspeed with Mach number, turn with bank, ...), how they agree with the aircraft's
/// altitude, speed and track, and, against all of them, a model of a reply that is none of them. A register whose
/// reserved bits are set, or that has a value where its status says that there is none, is never a candidate. The
/// models' figures were taken from a radar, which knows what it asked for; docs/comm-b.md tells how, and how often the
/// answer is right when it says 0.9.
namespace marsad::wire::modes {

/// What is known of the aircraft that replied, as recent as possible; the more, the surer. All of it may be absent.
struct RegisterContext {
  std::optional<double> altitude_ft;           ///< pressure altitude: of the same reply (DF20), or a few seconds old
  std::optional<double> ground_speed_kt;       ///< by ADS-B, or an earlier BDS 5,0
  std::optional<double> true_track_deg;        ///< any multiple of a turn added; clockwise from true north
  std::optional<double> vertical_rate_ft_min;  ///< climbing positive
  /// As in BDS 2,0 and in ADS-B: eight characters, spaces at the end.
  std::optional<std::array<char, 8>> identification;
  std::optional<CommonUsageCapability> announced;  ///< the last BDS 1,7 that was believed
  /// The last contents that were believed, of registers that change seldom.
  std::optional<Register> capability;          ///< BDS 1,0
  std::optional<Register> common_usage;        ///< BDS 1,7
  std::optional<Register> vertical_intention;  ///< BDS 4,0
  /// The same of registers of which only the statuses stay: an aircraft fills the same values each time.
  std::optional<Register> track_and_turn;     ///< BDS 5,0
  std::optional<Register> heading_and_speed;  ///< BDS 6,0
};

/// A register that the reply may hold.
struct RegisterGuess {
  std::uint8_t bds = 0;      ///< 0x40 is BDS 4,0
  double probability = 0.0;  ///< that it holds this one, 0 to 1
};

/// The candidates, most probable first. Their probabilities are together at most 1: what is missing is the probability
/// that the reply holds none of the registers known here.
using RegisterGuesses = base::InlineVector<RegisterGuess, 8>;

/// The candidates of at least one in a thousand. None for a reply that is all zeros, which every register can be.
[[nodiscard]] RegisterGuesses infer_register(Register reg, const RegisterContext& context = {}) noexcept;

/// What to ask of a guess before its contents are used.
inline constexpr double kBelieved = 0.95;

/// The register that the reply holds, if its probability is at least `threshold`, otherwise nothing: it is unknown.
[[nodiscard]] std::optional<std::uint8_t> believed_register(const RegisterGuesses& guesses,
                                                            double threshold = kBelieved) noexcept;

/// Keeps in `context` what a believed register tells for the next reply: registers that change seldom, identification,
/// and from BDS 5,0 speed and track where `fill_motion` asks for it (no ADS-B that tells them better).
void remember_register(RegisterContext& context, std::uint8_t bds, Register reg, bool fill_motion) noexcept;

}  // namespace marsad::wire::modes

#include "marsad/wire/modes/register_inference.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <span>

#include "marsad/wire/modes/register_features.hpp"
#include "marsad/wire/modes/register_gates.hpp"
#include "marsad/wire/modes/register_model.hpp"
#include "marsad/wire/modes/register_rare.hpp"

namespace marsad::wire::modes {
namespace {

using features::Features;

/// How often each register is the answer, as natural logarithms of the shares behind them: what radars in Europe ask
/// for, rounded; for registers that none of our recordings of radars holds, a guess on the low side. They matter only
/// where the contents say little.
constexpr double kShare10 = -2.9957;    // 0.05
constexpr double kShare17 = -3.9120;    // 0.02
constexpr double kShare20 = -2.6593;    // 0.07
constexpr double kShare21 = -7.6009;    // 0.0005
constexpr double kShare30 = -5.2983;    // 0.005
constexpr double kShare40 = -1.0498;    // 0.35
constexpr double kShare44 = -6.2146;    // 0.002
constexpr double kShare45 = -7.6009;    // 0.0005
constexpr double kShare50 = -1.6094;    // 0.20
constexpr double kShare53 = -7.6009;    // 0.0005
constexpr double kShare60 = -1.2379;    // 0.29
constexpr double kShareNone = -4.3428;  // 0.013

/// How much rarer a register is that BDS 1,7 doesn't announce.
constexpr double kNotAnnounced = -3.9120;  // 0.02
/// How probable it is that a register that changes seldom is the same as the last time.
constexpr double kSameIntention = 0.7;
constexpr double kSameCapability = 0.9;
/// How probable it is that a register has the same values filled as the last time.
constexpr double kSameStatuses = 0.9;
/// What that may count for at most (a factor of 20), lest one wrong name of a rare pattern bring about the next.
constexpr double kMostForStatuses = 3.0;

/// One possible answer in the making.
struct Candidate {
  std::uint8_t bds;
  double log_weight;
  double weight = 0.0;  ///< relative to the greatest
};

class Weighing {
 public:
  Weighing(Register reg, const RegisterContext& context) noexcept : reg_(reg), context_(context) {}

  /// `log_density`: of these bits, if the register is `bds`.
  void add(std::uint8_t bds, double log_share, double log_density) noexcept {
    if (context_.announced && !context_.announced->has(bds) && is_announceable(bds)) log_share += kNotAnnounced;
    MARSAD_CHECK(candidates_.try_push_back({.bds = bds, .log_weight = log_share + log_density}));
  }
  /// The same for a register that repeats its last content with the probability `same`.
  void add(std::uint8_t bds, double log_share, double log_density, double same, bool is_same) noexcept {
    if (same == 0.0) return add(bds, log_share, log_density);
    const double otherwise = std::log1p(-same) + log_density;
    add(bds, log_share, is_same ? std::log(same + std::exp(otherwise)) : otherwise);
  }
  [[nodiscard]] RegisterGuesses guesses(double log_none) noexcept;

  [[nodiscard]] Register reg() const noexcept { return reg_; }
  [[nodiscard]] const RegisterContext& context() const noexcept { return context_; }

 private:
  static bool is_announceable(std::uint8_t bds) noexcept {
    return CommonUsageCapability{.consistent = true, .flags = ~0U}.has(bds);
  }

  Register reg_;
  const RegisterContext& context_;
  base::InlineVector<Candidate, 16> candidates_;
};

RegisterGuesses Weighing::guesses(double log_none) noexcept {
  constexpr double kLeast = 0.001;
  double highest = log_none;
  for (const Candidate& candidate : candidates_) highest = std::max(highest, candidate.log_weight);
  double total = std::exp(log_none - highest);
  for (Candidate& candidate : candidates_) {
    candidate.weight = candidate.log_weight == highest ? 1.0 : std::exp(candidate.log_weight - highest);
    total += candidate.weight;
  }
  RegisterGuesses guesses;
  std::ranges::sort(candidates_, std::ranges::greater{}, &Candidate::weight);
  for (const Candidate& candidate : candidates_) {
    const double probability = candidate.weight / total;
    if (probability < kLeast || !guesses.try_push_back({candidate.bds, probability})) break;
  }
  return guesses;
}

double log_density_of(const Features& taken) noexcept {
  double sum = taken.log_density;
  for (const auto& feature : taken.list)
    sum += static_cast<double>(features::kLogDensity[static_cast<std::size_t>(feature.slot)][feature.bin]);
  return sum;
}

template <std::size_t Count>
double log_density_of(const features::BitModel<Count>& model, std::uint64_t bits) noexcept {
  double sum = static_cast<double>(model.log_none);
  for (; bits != 0; bits &= bits - 1)
    sum += static_cast<double>(model.log_odds[Count - 1 - static_cast<std::size_t>(std::countr_zero(bits))]);
  return sum;
}

bool equals(const std::optional<Register>& last, Register reg) noexcept { return last && *last == reg; }

void weigh_capability(Weighing& weighing) noexcept {
  const Register reg = weighing.reg();
  if (reg.bits(1, 8) != 0x10 || reg.bits(10, 14) != 0) return;
  weighing.add(0x10, kShare10, log_density_of(features::kCapabilityBits, reg.bits(9, 56)),
               weighing.context().capability ? kSameCapability : 0.0, equals(weighing.context().capability, reg));
}

/// BDS 1,7 of transponders that announce little, or not as those that were counted do: a guess for each bit. BDS 2,0 is
/// there nearly always, the registers of enhanced surveillance more often than not, the rest seldom.
constexpr features::BitModel<28> kOwnWay{
    {-0.85F, -0.85F, -0.85F, -0.85F, -0.85F, -1.73F, 2.20F,  -1.73F, 0.41F,  -2.20F, -2.20F, -2.20F, -2.20F, -2.20F,
     -2.20F, 0.41F,  -0.41F, -0.41F, -2.20F, -2.20F, -2.20F, -2.20F, -2.20F, 0.41F,  -3.89F, -3.89F, -3.89F, -3.89F},
    -9.42F};

void weigh_common_usage(Weighing& weighing) noexcept {
  constexpr double kOwnWayShare = 0.2;
  const Register reg = weighing.reg();
  if (reg.bits(29, 56) != 0) return;
  const double usual = std::exp(log_density_of(features::kCommonUsageBits, reg.bits(1, 28)));
  const double own = std::exp(log_density_of(kOwnWay, reg.bits(1, 28)));
  weighing.add(0x17, kShare17, std::log((1.0 - kOwnWayShare) * usual + kOwnWayShare * own),
               weighing.context().common_usage ? kSameCapability : 0.0, equals(weighing.context().common_usage, reg));
}

void weigh_identification(Weighing& weighing) noexcept {
  constexpr double kSameIdentification = 0.99;
  const Register reg = weighing.reg();
  if (reg.bits(1, 8) != 0x20) return;
  const auto log_density = rare::log_density_of_letters(reg, 9, 8);
  if (!log_density) return;
  const auto& known = weighing.context().identification;
  weighing.add(0x20, kShare20, *log_density, known ? kSameIdentification : 0.0,
               known && *known == decode_bds_20(reg).characters);
}

void weigh_intention(Weighing& weighing) noexcept {
  const Register reg = weighing.reg();
  if (reg.bits(40, 47) != 0 || reg.bits(52, 53) != 0 || !is_gated(reg, kGates40)) return;
  weighing.add(0x40, kShare40, log_density_of(features::take_apart_40(reg, weighing.context())),
               weighing.context().vertical_intention ? kSameIntention : 0.0,
               equals(weighing.context().vertical_intention, reg));
}

/// The logarithm of the density, given the statuses of the last such register of the same aircraft.
double with_usual_statuses(const Features& taken, Register reg, const std::optional<Register>& last,
                           std::span<const Gate> gates) noexcept {
  const double density = log_density_of(taken);
  if (!last) return density;
  std::uint64_t statuses = 0;
  for (const Gate& gate : gates) statuses |= gate.status;
  const bool is_same = ((reg.value() ^ last->value()) & statuses) == 0;
  const auto& feature = taken.list[0];  // the pattern of the statuses
  const auto pattern = static_cast<double>(features::kLogDensity[static_cast<std::size_t>(feature.slot)][feature.bin]);
  const double known = std::log((is_same ? kSameStatuses : 0.0) + (1.0 - kSameStatuses) * std::exp(pattern));
  return density + std::min(known - pattern, kMostForStatuses);
}

void weigh_motion(Weighing& weighing) noexcept {
  const Register reg = weighing.reg();
  const RegisterContext& context = weighing.context();
  if (is_gated(reg, kGates50))
    weighing.add(0x50, kShare50,
                 with_usual_statuses(features::take_apart_50(reg, context), reg, context.track_and_turn, kGates50));
  if (is_gated(reg, kGates60))
    weighing.add(0x60, kShare60,
                 with_usual_statuses(features::take_apart_60(reg, context), reg, context.heading_and_speed, kGates60));
}

void weigh_rare(Weighing& weighing) noexcept {
  const Register reg = weighing.reg();
  const RegisterContext& context = weighing.context();
  if (const auto density = rare::log_density_21(reg)) weighing.add(0x21, kShare21, *density);
  if (const auto density = rare::log_density_30(reg)) weighing.add(0x30, kShare30, *density);
  if (const auto density = rare::log_density_44(reg, context)) weighing.add(0x44, kShare44, *density);
  if (const auto density = rare::log_density_45(reg, context)) weighing.add(0x45, kShare45, *density);
  if (const auto density = rare::log_density_53(reg, context)) weighing.add(0x53, kShare53, *density);
}

/// None of them: half the time any bits at all (a reply that was garbled), half the time octets that are zero as often
/// as not (a register that isn't known here). By the number of octets k that aren't zero: ln (256^-7 + 2^-7 256^-k)
/// / 2.
double log_density_of_none(Register reg) noexcept {
  constexpr std::array<double, 8> kLog{-5.5452, -11.0904, -16.6355, -22.1807, -27.7259, -33.2691, -38.4108, -39.5016};
  std::size_t set = 0;
  for (unsigned shift = 0; shift < 56; shift += 8) set += (reg.value() >> shift & 0xFFU) != 0 ? 1U : 0U;
  return kLog[set];
}

template <class Context>
auto numbers_of(Context& context) noexcept {
  return std::array{&context.altitude_ft, &context.ground_speed_kt, &context.true_track_deg,
                    &context.vertical_rate_ft_min};
}

bool is_sane(const RegisterContext& context) noexcept {
  return std::ranges::all_of(numbers_of(context),
                             [](const auto* value) { return std::isfinite(value->value_or(0.0)); });
}

/// Numbers that aren't finite say nothing.
RegisterContext sane(RegisterContext context) noexcept {
  for (auto* value : numbers_of(context))
    if (!std::isfinite(value->value_or(0.0))) value->reset();
  return context;
}

}  // namespace

RegisterGuesses infer_register(Register reg, const RegisterContext& context) noexcept {
  if (reg.value() == 0) return {};
  if (!is_sane(context)) return infer_register(reg, sane(context));
  Weighing weighing(reg, context);
  weigh_capability(weighing);
  weigh_common_usage(weighing);
  weigh_identification(weighing);
  weigh_intention(weighing);
  weigh_motion(weighing);
  weigh_rare(weighing);
  return weighing.guesses(kShareNone + log_density_of_none(reg));
}

std::optional<std::uint8_t> believed_register(const RegisterGuesses& guesses, double threshold) noexcept {
  if (guesses.empty() || !(guesses[0].probability >= threshold)) return std::nullopt;
  return guesses[0].bds;
}

void remember_register(RegisterContext& context, std::uint8_t bds, Register reg, bool fill_motion) noexcept {
  switch (bds) {
    case 0x10:
      context.capability = reg;
      break;
    case 0x17:
      context.common_usage = reg;
      context.announced = decode_bds_17(reg);
      break;
    case 0x20:
      context.identification = decode_bds_20(reg).characters;
      break;
    case 0x40:
      context.vertical_intention = reg;
      break;
    case 0x60:
      context.heading_and_speed = reg;
      break;
    case 0x50: {
      context.track_and_turn = reg;
      if (!fill_motion) break;
      const auto track = decode_bds_50(reg);
      if (track.ground_speed_kt) context.ground_speed_kt = track.ground_speed_kt;
      if (track.true_track_deg) context.true_track_deg = track.true_track_deg;
      break;
    }
    default:
      break;
  }
}

}  // namespace marsad::wire::modes

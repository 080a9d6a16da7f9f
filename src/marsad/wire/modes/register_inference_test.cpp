#include "marsad/wire/modes/register_inference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "marsad/base/random.hpp"
#include "marsad/wire/modes/register_features.hpp"

namespace marsad::wire::modes {
namespace {

double sum_of(const RegisterGuesses& guesses) {
  double sum = 0.0;
  for (const auto& guess : guesses) sum += guess.probability;
  return sum;
}

std::optional<std::uint8_t> answer(std::uint64_t bits, const RegisterContext& context = {}) {
  return believed_register(infer_register(Register(bits), context));
}

TEST(InferRegister, NamesPublishedRegistersWithNothingElseKnown) {
  EXPECT_EQ(answer(0x20'2CC3'71C3'1DE0), 0x20);
  EXPECT_EQ(answer(0x10'0300'80F5'0000), 0x10);
  EXPECT_EQ(answer(0xFA'81C1'0000'0000), 0x17);
  EXPECT_EQ(answer(0x85'E42F'3130'0000), 0x40);
  EXPECT_EQ(answer(0x81'9515'36E0'24D4), 0x50);
  EXPECT_EQ(answer(0x8F'39F9'1A7E'27C4), 0x60);
}

TEST(InferRegister, NamesAnAdvisoryWithItsThreat) {
  const std::uint64_t head = 0x30ULL << 48 | 0x3880ULL << 34 | 0x4ULL << 30;
  EXPECT_EQ(answer(head), 0x30);
  EXPECT_EQ(answer(head | 1ULL << 26 | 0x4A08BBULL << 2), 0x30);
  EXPECT_EQ(answer(head | 2ULL << 26 | 0x123ULL << 13 | 31ULL << 6 | 1ULL), 0x30);
}

TEST(InferRegister, NamesTheWeatherWhenTheAltitudeAgrees) {
  // 22 kt from 345°, -48.75 °C: 3° off the standard atmosphere at 31,000 ft, 60° off at the ground.
  const Register weather(0x18'5BD5'CF40'0000);
  const auto high = infer_register(weather, {.altitude_ft = 31'000.0});
  const auto low = infer_register(weather, {.altitude_ft = 500.0});
  ASSERT_FALSE(high.empty());
  EXPECT_EQ(high[0].bds, 0x44);
  EXPECT_GT(high[0].probability, 0.95);
  EXPECT_TRUE(low.empty() || low[0].probability < high[0].probability);
}

TEST(InferRegister, LetsTheAltitudeDecideBetweenIntentionAndCapability) {
  // As BDS 4,0 a selected altitude of 38,000 ft and nothing else; as BDS 1,7 some odd registers.
  const Register reg(0xCA'3800'0000'0000);
  const auto there = infer_register(reg, {.altitude_ft = 38'000.0});
  ASSERT_FALSE(there.empty());
  EXPECT_EQ(there[0].bds, 0x40);
  EXPECT_GT(there[0].probability, 0.95);
  const auto elsewhere = infer_register(reg, {.altitude_ft = 2'000.0});
  EXPECT_TRUE(elsewhere.empty() || elsewhere[0].bds != 0x40 || elsewhere[0].probability < there[0].probability);
}

TEST(InferRegister, TrustsSpeedAndTrackMoreThanLooks) {
  const Register reg(0x81'9515'36E0'24D4);  // BDS 5,0: 438 kt, 114°
  const auto agreeing = infer_register(reg, {.ground_speed_kt = 437.0, .true_track_deg = 114.0});
  const auto contradicting = infer_register(reg, {.ground_speed_kt = 120.0, .true_track_deg = 290.0});
  ASSERT_FALSE(agreeing.empty());
  EXPECT_EQ(agreeing[0].bds, 0x50);
  EXPECT_GT(agreeing[0].probability, 0.999);
  EXPECT_TRUE(contradicting.empty() || contradicting[0].probability < agreeing[0].probability);
}

TEST(InferRegister, TakesTracksOfAnyNumberOfTurns) {
  const Register reg(0x81'9515'36E0'24D4);
  const auto once = infer_register(reg, {.ground_speed_kt = 437.0, .true_track_deg = 114.0});
  const auto twice = infer_register(reg, {.ground_speed_kt = 437.0, .true_track_deg = 114.0 - 720.0});
  EXPECT_EQ(once[0].probability, twice[0].probability);
}

TEST(InferRegister, DoesNotNameARegisterThatContradictsItself) {
  for (const auto& guess : infer_register(Register(0x85'E42F'3131'0000))) EXPECT_NE(guess.bds, 0x40);  // reserved bit
  for (const auto& guess : infer_register(Register(0x01'9515'36E0'24D4)))
    EXPECT_NE(guess.bds, 0x50);  // roll, no status
}

TEST(InferRegister, HasNoAnswerToAllZeros) { EXPECT_TRUE(infer_register(Register(0)).empty()); }

TEST(InferRegister, SeldomNamesNoise) {
  base::Random random(7);
  int named = 0;
  constexpr int kReplies = 100'000;
  for (int i = 0; i < kReplies; ++i)
    if (answer(random.bits() >> 8U)) ++named;
  // Five of 65,536 random contents have no contradiction as 5,0 or 6,0 by chance, and a share of those looks right.
  EXPECT_LT(named, kReplies / 500);
}

TEST(InferRegister, TellsRepeatedContentsBySight) {
  const Register reg(0x9F'1000'0000'0000);  // BDS 4,0 with a selected altitude alone: little to go by
  RegisterContext context{.altitude_ft = 22'800.0};
  const auto first = infer_register(reg, context);
  remember_register(context, 0x40, reg, false);
  const auto again = infer_register(reg, context);
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(again[0].bds, 0x40);
  EXPECT_GT(again[0].probability, 0.99);
  EXPECT_TRUE(first.empty() || first[0].bds != 0x40 || first[0].probability < again[0].probability);
}

TEST(InferRegister, ExpectsTheSameValuesToBeFilledAsTheLastTime) {
  const Register parked(0xD7'F83D'0020'0400);  // as BDS 6,0 a heading, 30 kt, Mach 0, rates of zero
  RegisterContext context{.altitude_ft = 0.0, .ground_speed_kt = 0.0};
  const auto of_6_0 = [&] {
    for (const auto& guess : infer_register(parked, context))
      if (guess.bds == 0x60) return guess.probability;
    return 0.0;
  };
  const double first = of_6_0();
  remember_register(context, 0x60, Register(parked.value() ^ std::uint64_t{5} << 45U), false);  // another heading
  EXPECT_GT(of_6_0(), first);
  remember_register(context, 0x60, Register(0x8F'39F8'003E'27C4), false);  // no Mach number
  EXPECT_LT(of_6_0(), first);
}

TEST(InferRegister, DoubtsWhatTheAircraftDoesNotAnnounce) {
  const Register reg(0x80'2001'0000'0000);
  RegisterContext announcing;
  remember_register(announcing, 0x17, Register(0xFA'81C1'0000'0000), false);
  RegisterContext silent;
  remember_register(silent, 0x17, Register(0x02'0000'0000'0000), false);
  const auto probability = [&](const RegisterContext& context) {
    for (const auto& guess : infer_register(reg, context))
      if (guess.bds == 0x50) return guess.probability;
    return 0.0;
  };
  EXPECT_GT(probability(announcing), probability(silent));
}

TEST(InferRegister, SumsToNoMoreThanOneWhateverTheInput) {
  base::Random random(11);
  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  const std::array<double, 8> odd{kNone, 1e300, -1e300, 0.0, -2000.0, 1e5, std::numeric_limits<double>::infinity(),
                                  1e-300};
  for (int i = 0; i < 100'000; ++i) {
    const auto some = [&]() -> std::optional<double> {
      if (random.chance(0.3)) return std::nullopt;
      return random.chance(0.5) ? random.uniform(-100.0, 45'000.0) : odd[random.below(odd.size())];
    };
    const std::uint64_t sparse = random.bits() & random.bits();
    const RegisterContext context{
        .altitude_ft = some(), .ground_speed_kt = some(), .true_track_deg = some(), .vertical_rate_ft_min = some()};
    const auto guesses = infer_register(Register(random.chance(0.5) ? sparse : sparse & random.bits()), context);
    ASSERT_LE(sum_of(guesses), 1.0 + 1e-9);
    for (std::size_t k = 0; k < guesses.size(); ++k) {
      ASSERT_TRUE(std::isfinite(guesses[k].probability) && guesses[k].probability > 0.0);
      ASSERT_TRUE(k == 0 || guesses[k].probability <= guesses[k - 1].probability);
    }
  }
}

TEST(BelievedRegister, AsksForTheCallersThreshold) {
  RegisterGuesses guesses;
  EXPECT_EQ(believed_register(guesses, 0.0), std::nullopt);
  ASSERT_TRUE(guesses.try_push_back({0x40, 0.9}));
  EXPECT_EQ(believed_register(guesses), std::nullopt);
  EXPECT_EQ(believed_register(guesses, 0.8), 0x40);
}

TEST(RegisterFeatures, AgreeWithTheStandardAtmosphere) {
  EXPECT_NEAR(features::pressure_ratio(0.0), 1.0, 1e-12);
  EXPECT_NEAR(features::pressure_ratio(36'089.24) * 1013.25, 226.32, 0.05);
  EXPECT_NEAR(features::pressure_ratio(50'000.0) * 1013.25, 115.97, 0.1);
  EXPECT_NEAR(features::standard_temperature_c(20'000.0), -24.62, 0.01);
  EXPECT_NEAR(features::mach_of(250.0, features::pressure_ratio(10'000.0)), 0.452, 0.002);
  EXPECT_NEAR(features::mach_of(280.0, features::pressure_ratio(35'000.0)), 0.820, 0.005);
}

TEST(RegisterFeatures, EveryValueFallsIntoABinOfItsSlot) {
  for (std::size_t slot = 0; slot < features::kSlots; ++slot) {
    const auto& bins = features::bins_of(static_cast<features::Slot>(slot));
    ASSERT_LE(bins.count(), features::kMostBins);
    std::vector<int> found(bins.count());
    const int low = bins.magnitude ? 1 - bins.edges.back() : bins.edges.front();
    for (int value = low; value < bins.edges.back(); ++value) ++found[bins.bin_of(value)];
    for (std::size_t bin = 0; bin < bins.count(); ++bin) EXPECT_EQ(found[bin], bins.width(bin)) << bins.name << bin;
    EXPECT_EQ(bins.bin_of(bins.edges.back() + 100'000), bins.count() - 1);
  }
}

}  // namespace
}  // namespace marsad::wire::modes

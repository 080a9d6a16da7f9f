// The registers that radars read are named as the radars name them: those of the aircraft that the models were not made
// from (odd addresses of the Barcelona hour), and those of another radar.

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "register_cases.hpp"
#include "shared_folder.hpp"

namespace marsad::registers {
namespace {

using wire::modes::believed_register;
using wire::modes::infer_register;
using wire::modes::RegisterContext;

std::filesystem::path recordings_folder() { return marsad::shared_folder() / "data/asterix"; }

struct Score {
  std::size_t cases = 0;
  std::size_t named = 0;
  std::size_t wrong = 0;
  double said = 0.0;  ///< sum of the probabilities of the first guesses
  std::size_t first_right = 0;
};

template <class UsesCase>
Score score_of(const std::filesystem::path& path, bool with_context, UsesCase&& uses_case) {
  Score score;
  for (const RegisterCase& known : read_register_cases(path)) {
    if (!uses_case(known)) continue;
    ++score.cases;
    const auto guesses = infer_register(known.reg, with_context ? known.context : RegisterContext{});
    if (!guesses.empty()) {
      score.said += guesses[0].probability;
      if (guesses[0].bds == known.bds) ++score.first_right;
    }
    const auto answer = believed_register(guesses);
    if (answer) ++score.named;
    if (answer && *answer != known.bds) ++score.wrong;
  }
  return score;
}

class RegisterRecordings : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(recordings_folder()))
      GTEST_SKIP() << "no recordings in " << recordings_folder() << " (set MARSAD_SHARED)";
  }
};

TEST_P(RegisterRecordings, AreNamedRightForAircraftThatWereNotCounted) {
  const auto score = score_of(recordings_folder() / "bcn-230502/cat048_230502-est-080001_BCN_60MN_08_09.ast",
                              GetParam(), [](const RegisterCase& known) { return known.address % 2 != 0; });
  EXPECT_GT(score.cases, 70'000U);
  EXPECT_GT(score.named, score.cases * 99 / 100);
  EXPECT_LT(score.wrong, score.cases / 5'000);
  // What the first guesses say of themselves is what they are worth.
  const double cases = static_cast<double>(score.cases);
  EXPECT_NEAR(score.said / cases, static_cast<double>(score.first_right) / cases, 0.002);
}

TEST_P(RegisterRecordings, AreNamedRightForAnotherRadar) {
  const auto score = score_of(recordings_folder() / "jahorina/cat048_034_Jahorina.raw", GetParam(),
                              [](const RegisterCase&) { return true; });
  EXPECT_GT(score.cases, 5'000U);
  EXPECT_GT(score.named, score.cases * 99 / 100);
  EXPECT_EQ(score.wrong, 0U);
}

INSTANTIATE_TEST_SUITE_P(WithAndWithoutContext, RegisterRecordings, testing::Bool());

}  // namespace
}  // namespace marsad::registers

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "marsad/base/digest.hpp"
#include "marsad/base/executor.hpp"
#include "marsad/base/inline_vector.hpp"
#include "marsad/base/random.hpp"
#include "marsad/base/result.hpp"
#include "marsad/base/tagged.hpp"

namespace marsad::base {
namespace {

TEST(Result, HoldsEitherAValueOrAFault) {
  const Result<int> good = 7;
  const Result<int> bad = Fault{FaultCode::truncated, 12};
  EXPECT_TRUE(good.ok());
  EXPECT_EQ(*good, 7);
  EXPECT_FALSE(bad.ok());
  EXPECT_EQ(bad.error(), (Fault{FaultCode::truncated, 12}));
  EXPECT_STREQ(name_of(bad.error().code), "truncated");
}

TEST(ResultDeathTest, AskingAFailureForItsValueIsABug) {
  const Result<int> bad = Fault{FaultCode::checksum, 0};
  EXPECT_DEATH(static_cast<void>(bad.value()), "this is a bug");
}

TEST(InlineVector, TellsWhenItIsFullAndKeepsOrderOnErase) {
  InlineVector<int, 3> numbers;
  EXPECT_TRUE(numbers.try_push_back(1));
  EXPECT_TRUE(numbers.try_push_back(2));
  EXPECT_TRUE(numbers.try_push_back(3));
  EXPECT_FALSE(numbers.try_push_back(4));
  numbers.erase_at(0);
  ASSERT_EQ(numbers.size(), 2U);
  EXPECT_EQ(numbers[0], 2);
  EXPECT_EQ(numbers[1], 3);
}

TEST(Random, RepeatsWithItsSeedAndForksIndependently) {
  Random a(42), b(42);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(a.bits(), b.bits());
  Random first = a.fork(1), second = a.fork(2);
  EXPECT_NE(first.bits(), second.bits());
}

// The first outputs for the state {1, 2, 3, 4} are known from the authors' reference; ours is reached through its seed,
// so the law tested here is the distribution.
TEST(Random, NormalAndPoissonHaveTheirMeanAndVariance) {
  Random random(7);
  constexpr int kDraws = 200'000;
  double sum = 0, squares = 0, counts = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.normal();
    sum += x;
    squares += x * x;
    counts += static_cast<double>(random.poisson(3.0));
  }
  EXPECT_NEAR(sum / kDraws, 0.0, 0.01);
  EXPECT_NEAR(squares / kDraws, 1.0, 0.02);
  EXPECT_NEAR(counts / kDraws, 3.0, 0.02);
}

TEST(Random, BelowReachesEveryInteger) {
  Random random(3);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.below(10));
  EXPECT_EQ(seen.size(), 10U);
}

TEST(Digest, DependsOnOrderAndOnEveryBit) {
  Digest ab, ba, flipped;
  ab.add(1.0), ab.add(2.0);
  ba.add(2.0), ba.add(1.0);
  flipped.add(1.0), flipped.add(std::nextafter(2.0, 3.0));
  EXPECT_NE(ab.value(), ba.value());
  EXPECT_NE(ab.value(), flipped.value());
}

struct ATag;
using AId = Tagged<ATag, int>;

TEST(Tagged, OrdersByValue) {
  EXPECT_LT(AId(1), AId(2));
  EXPECT_EQ(AId(5).value(), 5);
}

TEST(InlineExecutor, VisitsEveryIndexOnce) {
  InlineExecutor executor;
  std::string visited;
  executor.for_each_index(3, [&](std::size_t i) { visited += std::to_string(i); });
  EXPECT_EQ(visited, "012");
}

}  // namespace
}  // namespace marsad::base

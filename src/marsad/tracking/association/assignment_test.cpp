#include "marsad/tracking/association/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "marsad/base/random.hpp"

namespace marsad::tracking::association {
namespace {

constexpr double kForbidden = -std::numeric_limits<double>::infinity();
using Table = std::vector<std::vector<double>>;

/// The best sum by trying everything.
double by_enumeration(const Table& gain, std::size_t row, std::vector<bool>& used) {
  if (row == gain.size()) return 0.0;
  double best = by_enumeration(gain, row + 1, used);
  for (std::size_t c = 0; c < used.size(); ++c) {
    if (used[c] || gain[row][c] == kForbidden) continue;
    used[c] = true;
    best = std::max(best, gain[row][c] + by_enumeration(gain, row + 1, used));
    used[c] = false;
  }
  return best;
}

std::vector<Pairing> pairs_of(const Table& gain) {
  std::vector<Pairing> pairs;
  for (std::uint32_t r = 0; r < gain.size(); ++r)
    for (std::uint32_t c = 0; c < gain[r].size(); ++c)
      if (gain[r][c] != kForbidden) pairs.push_back({r, c, gain[r][c]});
  return pairs;
}

/// Checks that the answer is an assignment and returns its sum.
double value_of(const Table& gain, std::span<const std::uint32_t> chosen, std::size_t columns) {
  std::vector<bool> used(columns);
  double sum = 0.0;
  for (std::size_t r = 0; r < chosen.size(); ++r) {
    if (chosen[r] == kUnassigned) continue;
    EXPECT_FALSE(used[chosen[r]]);
    used[chosen[r]] = true;
    EXPECT_GT(gain[r][chosen[r]], 0.0);
    sum += gain[r][chosen[r]];
  }
  return sum;
}

Table random_table(base::Random& random, std::size_t rows, std::size_t columns, bool coarse) {
  Table gain(rows, std::vector<double>(columns, kForbidden));
  for (auto& row : gain)
    for (double& g : row)
      if (random.chance(0.6)) g = coarse ? static_cast<double>(random.below(5)) - 1.0 : random.uniform(-3.0, 10.0);
  return gain;
}

TEST(Assignment, IsTheBestOfAllThatEnumerationFinds) {
  base::Random random(1);
  AssignmentSolver solver;
  for (int i = 0; i < 1'500; ++i) {
    const std::size_t rows = 1 + random.below(6);
    const std::size_t columns = 1 + random.below(6);
    const Table gain = random_table(random, rows, columns, i % 3 == 0);
    std::vector<bool> used(columns);
    const double best = by_enumeration(gain, 0, used);
    const auto chosen = solver.solve(pairs_of(gain), rows, columns);
    ASSERT_NEAR(value_of(gain, chosen, columns), best, 1e-9) << i;
  }
}

TEST(Assignment, TakesARowFromItsFavouriteWhenTheSumGrows) {
  AssignmentSolver solver;
  const std::vector<Pairing> pairs{{0, 0, 10.0}, {0, 1, 9.0}, {1, 0, 8.0}};
  const auto chosen = solver.solve(pairs, 2, 2);
  EXPECT_EQ(chosen[0], 1U);
  EXPECT_EQ(chosen[1], 0U);
}

TEST(Assignment, LeavesARowAloneWhenNothingIsWorthIt) {
  AssignmentSolver solver;
  const std::vector<Pairing> pairs{{0, 0, -1.0}, {1, 0, 0.0}};
  for (const std::uint32_t column : solver.solve(pairs, 2, 1)) EXPECT_EQ(column, kUnassigned);
  EXPECT_TRUE(solver.solve({}, 0, 0).empty());
}

TEST(Assignment, SolvesALargeDenseClusterInReasonableTime) {
  base::Random random(2);
  constexpr std::uint32_t kSize = 300;
  std::vector<Pairing> pairs;
  for (std::uint32_t r = 0; r < kSize; ++r)
    for (std::uint32_t k = 0; k < 16; ++k) pairs.push_back({r, (r * 7 + k) % kSize, random.uniform(0.1, 5.0)});
  for (auto first = pairs.begin(); first != pairs.end(); first += 16)
    std::sort(first, first + 16, [](const Pairing& a, const Pairing& b) { return a.column < b.column; });
  AssignmentSolver solver;
  const auto chosen = solver.solve(pairs, kSize, kSize);
  EXPECT_GT(std::ranges::count_if(chosen, [](std::uint32_t c) { return c != kUnassigned; }), 280);
}

}  // namespace
}  // namespace marsad::tracking::association

#include "marsad/io/thread_pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <vector>

namespace marsad::io {
namespace {

TEST(ThreadPool, CallsEachPieceOnceWhateverTheNumberOfThreads) {
  for (const std::size_t threads : {1U, 2U, 3U, 8U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.threads(), threads);
    for (const std::size_t count : {0U, 1U, 2U, 7U, 1000U}) {
      std::vector<int> calls(count, 0);
      pool.for_each_index(count, [&calls](std::size_t i) { ++calls[i]; });
      EXPECT_EQ(calls, std::vector<int>(count, 1));
    }
  }
}

TEST(ThreadPool, MaySplitThousandsOfSmallSteps) {
  ThreadPool pool(4);
  std::vector<std::uint64_t> sums(16, 0);
  for (std::uint64_t round = 0; round < 2000; ++round) {
    pool.for_each_index(sums.size(), [&sums, round](std::size_t i) { sums[i] += round; });
  }
  for (const std::uint64_t sum : sums) EXPECT_EQ(sum, 1'999'000U);
}

TEST(ThreadPool, HasAtLeastTheCallersThread) { EXPECT_GE(ThreadPool(0).threads(), 1U); }

TEST(ThreadPoolDeathTest, StepsWithinPiecesAreABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  ThreadPool pool(2);
  const auto nested = [&pool](std::size_t) { pool.for_each_index(2, [](std::size_t) {}); };
  EXPECT_DEATH(pool.for_each_index(2, nested), "running");
}

}  // namespace
}  // namespace marsad::io

#include "marsad/observation/mode_s/aircraft_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <utility>

#include "marsad/base/random.hpp"

namespace marsad::observation::mode_s {
namespace {

using units::Duration;
using units::UtcTime;

UtcTime at(double seconds) { return UtcTime::seconds_since_epoch(1.7e9 + seconds); }

TEST(AircraftTable, DoesWhatAMapDoes) {
  AircraftTable table(512);
  std::map<std::pair<SourceKind, ModeSAddress>, UtcTime> twin;  // with the time at which each was last heard
  base::Random random(11);
  std::size_t most = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double t = i * 0.01;
    const auto source = static_cast<SourceKind>(random.below(kSourceKinds));
    const ModeSAddress address(static_cast<std::uint32_t>(random.below(60)) * 0x1000U);
    if (random.below(4) == 0) {
      Aircraft& aircraft = table.find_or_add(source, address, at(t));
      ASSERT_EQ(aircraft.state.address, address);
      ASSERT_EQ(aircraft.state.source, source);
      aircraft.state.last_heard = at(t);
      twin[{source, address}] = at(t);
    } else {
      const Aircraft* const found = table.find(source, address);
      const auto known = twin.find({source, address});
      if (known != twin.end() && at(t) - known->second <= Duration::seconds(20.0)) {
        ASSERT_NE(found, nullptr);
      }
      if (found != nullptr) {
        ASSERT_TRUE(known != twin.end());
        ASSERT_EQ(found->state.last_heard, known->second);
      }
    }
    table.age(at(t), Duration::seconds(20.0));
    most = std::max(most, table.size());
  }
  EXPECT_GT(most, 100U);
  EXPECT_LE(most, 7U * 60U);
  EXPECT_EQ(table.displaced(), 0U);
}

TEST(AircraftTable, ForgetsEveryoneInTheEnd) {
  AircraftTable table(100);
  for (std::uint32_t i = 1; i <= 100; ++i) table.find_or_add(SourceKind::transponder, ModeSAddress(i), at(0.0));
  EXPECT_EQ(table.size(), 100U);
  for (std::size_t i = 0; i < 100 / AircraftTable::kRowsPerCall; ++i) table.age(at(100.0), Duration::seconds(50.0));
  EXPECT_EQ(table.size(), 0U);
  for (std::uint32_t i = 1; i <= 100; ++i) EXPECT_EQ(table.find(SourceKind::transponder, ModeSAddress(i)), nullptr);
}

TEST(AircraftTable, OfOnePlaceServesTheNewest) {
  AircraftTable table(1);
  for (std::uint32_t i = 1; i <= 10; ++i) {
    table.find_or_add(SourceKind::transponder, ModeSAddress(i), at(i));
    EXPECT_NE(table.find(SourceKind::transponder, ModeSAddress(i)), nullptr);
  }
  EXPECT_EQ(table.size(), 1U);
  EXPECT_EQ(table.displaced(), 9U);
}

}  // namespace
}  // namespace marsad::observation::mode_s

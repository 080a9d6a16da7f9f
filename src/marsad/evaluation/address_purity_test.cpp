#include "marsad/evaluation/address_purity.hpp"

#include <gtest/gtest.h>

namespace marsad::evaluation {
namespace {

using observation::ModeSAddress;
using tracking::TrackId;

constexpr ModeSAddress kOne{0x400001}, kTwo{0x400002};

units::UtcTime at(double seconds) { return units::UtcTime::seconds_since_epoch(seconds); }

TEST(AddressPurity, CountsACleanTrackAsOneForOne) {
  AddressPurity purity;
  purity.saw(kOne);
  for (int t = 0; t < 10; ++t) purity.used(TrackId(1), kOne, at(t));
  purity.confirmed(TrackId(1));
  const auto summary = purity.summarise();
  EXPECT_EQ(summary.confirmed_tracks, 1U);
  EXPECT_EQ(summary.tracked_addresses, 1U);
  EXPECT_EQ(summary.mixed_tracks + summary.divided_addresses + summary.succeeded_addresses, 0U);
}

TEST(AddressPurity, TellsASwapFromASplitFromASuccession) {
  AddressPurity purity;
  for (const int track : {1, 2, 3}) purity.confirmed(TrackId(static_cast<std::uint64_t>(track)));
  purity.used(TrackId(1), kOne, at(0));
  purity.used(TrackId(1), kOne, at(100));
  purity.used(TrackId(1), kTwo, at(50));  // one track, two addresses
  purity.used(TrackId(2), kOne, at(90));  // one address, two tracks at a time
  purity.used(TrackId(2), kOne, at(200));
  purity.used(TrackId(3), kTwo, at(300));  // one address, another track later
  const auto summary = purity.summarise();
  EXPECT_EQ(summary.mixed_tracks, 1U);
  EXPECT_EQ(summary.divided_addresses, 1U);
  EXPECT_EQ(summary.succeeded_addresses, 1U);
}

TEST(AddressPurity, IgnoresTracksThatNobodyWasShown) {
  AddressPurity purity;
  purity.saw(kOne);
  purity.used(TrackId(1), kOne, at(0));
  const auto summary = purity.summarise();
  EXPECT_EQ(summary.confirmed_tracks, 0U);
  EXPECT_EQ(summary.addresses, 1U);
  EXPECT_EQ(summary.tracked_addresses, 0U);
}

}  // namespace
}  // namespace marsad::evaluation

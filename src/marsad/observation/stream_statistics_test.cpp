#include "marsad/observation/stream_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/fields/cat034.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::observation {
namespace {

namespace asterix = wire::asterix;
namespace cat034 = asterix::cat034;
namespace cat048 = asterix::cat048;
using units::UtcTime;
using wire::framing::Datagram;

constexpr double kDay = 86400.0;

std::vector<std::byte> block_of(int category, const asterix::RecordBuilder& record) {
  asterix::BlockBuilder block(static_cast<std::uint8_t>(category));
  EXPECT_TRUE(block.add(record).ok());
  return {block.octets().begin(), block.octets().end()};
}

std::vector<std::byte> plot(double time_of_day, unsigned address, unsigned sic = 10) {
  asterix::RecordBuilder record(*asterix::latest_edition(48));
  record.set_raw(cat048::I010_SAC, 25);
  record.set_raw(cat048::I010_SIC, sic);
  record.set(cat048::I140_VALUE, time_of_day);
  record.set_raw(cat048::I220_VALUE, address);
  return block_of(48, record);
}

std::vector<std::byte> north_marker(double time_of_day) {
  asterix::RecordBuilder record(*asterix::latest_edition(34));
  record.set_raw(cat034::I010_SAC, 25);
  record.set_raw(cat034::I010_SIC, 10);
  record.set_raw(cat034::I000_VALUE, 1);
  record.set(cat034::I030_VALUE, time_of_day);
  return block_of(34, record);
}

class Statistics : public testing::Test {
 protected:
  void take(const std::vector<std::byte>& payload, double receipt_s, bool own = true) {
    Datagram datagram;
    datagram.payload = payload;
    datagram.offset = offset_;
    offset_ += payload.size();
    if (own) datagram.receipt = UtcTime::seconds_since_epoch(receipt_s);
    statistics_.take(datagram, UtcTime::seconds_since_epoch(receipt_s));
  }
  [[nodiscard]] const StreamStatistics& stream(std::size_t number) const { return *statistics_.streams().at(number); }

  StreamStatistician statistics_{asterix::EditionSet::defaults()};
  std::uint64_t offset_ = 0;
};

TEST_F(Statistics, TimesGoOverMidnightAndDelaysAreReceiptLessTimeOfDay) {
  for (int turn = 0; turn < 100; ++turn) {
    const double time = kDay - 200.0 + 4.0 * turn;  // the middle of the day before until after midnight
    take(plot(std::fmod(time, kDay), 0x123456), time + 0.5);
    take(plot(std::fmod(time + 1.0, kDay), 0x123457), time + 1.5);
  }
  const StreamStatistics& radar = stream(0);
  EXPECT_EQ(radar.records, 200U);
  EXPECT_EQ(radar.blocks, 200U);
  EXPECT_EQ(radar.timed_records, 200U);
  EXPECT_EQ(radar.midnights(), 1);
  EXPECT_NEAR(radar.span_s(), 397.0, 1e-6);
  EXPECT_EQ(radar.steps_back, 0U);
  EXPECT_NEAR(*radar.delay.median(), 0.5, 1e-6);
  EXPECT_EQ(radar.addresses, 2U);
  EXPECT_NEAR(*radar.update_interval.median(), 4.0, 1e-6);
  EXPECT_EQ(radar.update_interval.count(), 198U);
  const auto number = asterix::latest_edition(48)->tables().item_numbers[cat048::I220.index];
  EXPECT_EQ(radar.item_records[number], 200U);
}

TEST_F(Statistics, NorthMarkersGiveTheRotationAndAMissedOneDoesNotMoveIt) {
  for (int turn = 0; turn < 50; ++turn)
    if (turn % 10 != 3) take(north_marker(1000.0 + 4.8 * turn), 1000.0 + 4.8 * turn, false);
  EXPECT_NEAR(*stream(0).north_marker_interval.median(), 4.8, 0.01);
  EXPECT_EQ(stream(0).delay.count(), 0U);  // the file kept no receipt times
}

TEST_F(Statistics, ASourceIsAStreamOfEachOfItsCategories) {
  take(plot(10.0, 1, 10), 10.0);
  take(plot(10.0, 1, 11), 10.0);
  take(north_marker(10.0), 10.0);
  ASSERT_EQ(statistics_.streams().size(), 3U);
  EXPECT_EQ(stream(0).category, 34);
  EXPECT_EQ(stream(1).source, (asterix::DataSource{25, 10}));
  EXPECT_EQ(stream(2).source, (asterix::DataSource{25, 11}));
}

TEST_F(Statistics, StepsBackAndImpossibleTimesAreCounted) {
  take(plot(100.0, 1), 100.0);
  take(plot(90.0, 2), 100.0);
  take(plot(99.5, 3), 100.0);
  take(plot(100'000.0, 4), 100.0);
  EXPECT_EQ(stream(0).steps_back, 1U);
  EXPECT_NEAR(stream(0).greatest_step_back_s, 10.0, 1e-6);
  EXPECT_EQ(stream(0).impossible_times, 1U);
}

TEST_F(Statistics, FaultsSayWhereTheyWereFirstMetAndWhoseTheyAre) {
  std::vector<std::byte> torn = plot(10.0, 1);
  torn[2] = static_cast<std::byte>(torn.size() - 1);
  torn.pop_back();
  take(plot(10.0, 1), 10.0);
  take(torn, 10.0);
  take(torn, 10.0);
  take({std::byte{30}, std::byte{0}, std::byte{4}, std::byte{0}}, 10.0);
  take({std::byte{48}, std::byte{0}}, 10.0);
  const auto faults = statistics_.faults();
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0].count, 2U);
  EXPECT_EQ(faults[0].category, 48);
  EXPECT_GE(faults[0].first_offset, plot(10.0, 1).size());
  EXPECT_EQ(faults[1].code, base::FaultCode::unknown_edition);
  const auto streams = statistics_.streams();
  const auto radar = std::ranges::find(streams, 48, &StreamStatistics::category);
  EXPECT_EQ((*radar)->faults, 2U);
  EXPECT_EQ((*radar)->blocks, 3U);
  const auto unknown = std::ranges::find(streams, 30, &StreamStatistics::category);
  EXPECT_EQ((*unknown)->edition, nullptr);
  EXPECT_EQ((*unknown)->octets, 4U);
}

TEST_F(Statistics, MemoryIsBounded) {
  for (unsigned i = 0; i < StreamStatistician::kMostTargets + 1000; ++i) take(plot(10.0, i + 1), 10.0);
  EXPECT_TRUE(statistics_.saturated());
  EXPECT_EQ(stream(0).addresses, StreamStatistician::kMostTargets);
  StreamStatistician many(asterix::EditionSet::defaults());
  for (int source = 0; source < 3000; ++source) {
    std::vector<std::byte> block = plot(10.0, 1);
    block[5] = static_cast<std::byte>(source / 250);
    block[6] = static_cast<std::byte>(source % 250);
    Datagram datagram;
    datagram.payload = block;
    many.take(datagram, UtcTime{});
  }
  EXPECT_LE(many.streams().size(), StreamStatistician::kMostStreams + 1);
  std::uint64_t records = 0;
  for (const StreamStatistics* one : many.streams()) records += one->records;
  EXPECT_EQ(records, 3000U);
}

TEST(Quantiles, AgreeWithSortedValues) {
  base::Random random(5);
  std::vector<double> values;
  Quantiles quantiles;
  EXPECT_FALSE(quantiles.median());
  quantiles.add(std::nan(""));
  EXPECT_EQ(quantiles.count(), 0U);
  for (int i = 0; i < 20'000; ++i) {
    values.push_back(std::exp(random.uniform(-6.0, 8.0)) * (i % 3 == 0 ? -1.0 : 1.0));
    quantiles.add(values.back());
  }
  std::ranges::sort(values);
  for (const double share : {0.001, 0.05, 0.333, 0.334, 0.5, 0.9, 0.95, 0.999, 1.0}) {
    const double right = values[static_cast<std::size_t>(std::ceil(share * 20'000.0)) - 1];
    EXPECT_NEAR(*quantiles.at(share), right, 0.003 * std::abs(right) + 1e-3) << share;
  }
  EXPECT_EQ(quantiles.least(), values.front());
  EXPECT_EQ(quantiles.most(), values.back());
}

}  // namespace
}  // namespace marsad::observation

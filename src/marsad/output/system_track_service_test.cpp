#include "marsad/output/system_track_service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "marsad/base/allocation_count_test.hpp"
#include "marsad/output/cat062_record.hpp"
#include "marsad/output/output_fixture.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat062.hpp"
#include "marsad/wire/asterix/fields/cat065.hpp"

namespace marsad::output {
namespace {

using picture::AirPicture;
using picture::TrackState;
using ::testing::ElementsAre;
using wire::asterix::Field;
using wire::asterix::RecordView;
namespace c62 = wire::asterix::cat062;
namespace c65 = wire::asterix::cat065;

SystemTrackService service_with(const std::function<void(SystemTrackSettings&)>& adjust = [](auto&) {}) {
  SystemTrackSettings settings;
  settings.sac = 25;
  settings.sic = 201;
  settings.service = 4;
  adjust(settings);
  auto made = SystemTrackService::make(settings);
  EXPECT_TRUE(made);
  return std::move(made).value();
}

/// Decodes a batch with the editions it was written in; a fault fails the test.
void read_batch(const DatagramBatch& batch, const std::function<void(const RecordView&)>& on_record,
                std::string_view edition62 = "1.18") {
  wire::asterix::EditionSet editions;
  editions.choose(62, *wire::asterix::find_edition(62, edition62));
  editions.choose(65, *wire::asterix::find_edition(65, "1.4"));
  for (std::size_t i = 0; i < batch.size(); ++i)
    wire::asterix::decode_datagram(batch[i], editions, on_record, [](const wire::asterix::DecodeFault& fault) {
      ADD_FAILURE() << "category " << fault.category << " at " << fault.offset << ": " << base::name_of(fault.code);
    });
}

/// What a test wants to know of one CAT062 record.
struct Seen {
  std::uint64_t track_number = 0;
  bool first = false;
  bool last = false;
  bool tentative = false;
  bool has_position = false;

  friend bool operator==(const Seen&, const Seen&) = default;
};

std::vector<Seen> tracks_in(const DatagramBatch& batch) {
  std::vector<Seen> seen;
  read_batch(batch, [&](const RecordView& r) {
    if (r.category() != 62) return;
    const auto flag = [&](Field field) { return r.raw(field).value_or(0) != 0; };
    seen.push_back({r.raw(c62::I040_VALUE).value_or(0), flag(c62::I080_TSB), flag(c62::I080_TSE), flag(c62::I080_CNF),
                    r.has(c62::I105)});
  });
  return seen;
}

std::vector<Seen> encode(SystemTrackService& service, const AirPicture& picture) {
  DatagramBatch batch;
  service.encode(picture, batch);
  return tracks_in(batch);
}

void expect_value(const RecordView& record, Field field, double expected) {
  const auto value = record.value(field);
  ASSERT_TRUE(value) << name_of(field);
  EXPECT_NEAR(*value, expected, record.edition().step_of(field) * 0.5000001) << name_of(field);
}

void expect_raw(const RecordView& record, Field field, std::uint64_t expected) {
  EXPECT_EQ(record.raw(field), std::optional(expected)) << name_of(field);
}

TEST(SystemTrackService, SendsEveryValueOfATrackWithinHalfAStep) {
  auto service = service_with();
  DatagramBatch batch;
  service.encode(fixture::picture(1), batch);
  std::size_t records = 0;
  read_batch(batch, [&](const RecordView& r) {
    if (r.category() != 62) return;
    ++records;
    expect_raw(r, c62::I010_SAC, 25);
    expect_raw(r, c62::I010_SIC, 201);
    expect_raw(r, c62::I015_VALUE, 4);
    expect_value(r, c62::I070_VALUE, 0.25);
    expect_raw(r, c62::I040_VALUE, 7);
    expect_value(r, c62::I105_LAT, 33.123456);
    expect_value(r, c62::I105_LON, 44.654321);
    expect_value(r, c62::I185_VX, -120.3);
    expect_value(r, c62::I185_VY, 210.6);
    expect_raw(r, c62::I060_MODE3A, 0421);
    expect_raw(r, c62::I060_V, 0);
    expect_raw(r, c62::I380_ADR, 0x0600A2);
    EXPECT_EQ(r.text(c62::I380_ID)->view().substr(0, 6), "IAW123");
    EXPECT_EQ(r.text(c62::I245_CHR)->view().substr(0, 6), "IAW123");
    expect_value(r, c62::I130_VALUE, 10'668.4 / 0.3048);
    expect_value(r, c62::I135_CTB, 350.12);
    expect_raw(r, c62::I135_QNH, 0);
    expect_value(r, c62::I136_VALUE, 350.12);
    expect_value(r, c62::I220_VALUE, -640.0);
    expect_raw(r, c62::I200_TRANS, 0);
    expect_raw(r, c62::I200_VERT, 2);
    expect_value(r, c62::I290_TRK, 30.0);
    expect_value(r, c62::I290_MDS, 2.0);
    expect_value(r, c62::I290_ES, 3.25);
    EXPECT_FALSE(r.has(c62::I290_PSR));
    expect_value(r, c62::I500_APC_X, 30.0);
    expect_value(r, c62::I500_APC_Y, 40.0);
    expect_value(r, c62::I500_COV, std::sqrt(300.0));
    expect_value(r, c62::I500_APW_LAT, 40.0 / 111'319.49);
    expect_value(r, c62::I500_ATV_X, 2.0);
    expect_value(r, c62::I500_ATV_Y, 3.0);
    EXPECT_FALSE(r.has(c62::I100));
  });
  EXPECT_EQ(records, 1U);
}

TEST(SystemTrackService, TellsTheStatusOfATrackBitByBit) {
  auto p = fixture::picture(1);
  auto& track = p.tracks[0];
  track.state = TrackState::coasting;
  track.special_position_identification = true;
  track.simulated = true;
  track.emergency = 5;
  track.on_ground = true;
  track.pressure_altitude.reset();
  track.contributions[0].last = fixture::kTime - units::Duration::seconds(13.5);
  auto service = service_with();
  DatagramBatch batch;
  service.encode(p, batch);
  read_batch(batch, [&](const RecordView& r) {
    if (r.category() != 62) return;
    const std::vector<std::pair<Field, unsigned>> expected = {
        {c62::I080_MON, 1}, {c62::I080_SPI, 1}, {c62::I080_MRH, 1}, {c62::I080_SRC, 1},
        {c62::I080_CNF, 0}, {c62::I080_SIM, 1}, {c62::I080_TSE, 0}, {c62::I080_TSB, 1},
        {c62::I080_CST, 1}, {c62::I080_PSR, 1}, {c62::I080_SSR, 1}, {c62::I080_MDS, 1},
        {c62::I080_ADS, 0}, {c62::I080_SDS, 1}, {c62::I080_EMS, 5}, {c62::I080_SFC, 1}};
    for (const auto& [field, value] : expected) expect_raw(r, field, value);
    EXPECT_FALSE(r.has(c62::I136));
  });
}

TEST(SystemTrackService, LeavesOutWhatIsNotKnown) {
  auto p = fixture::picture(1);
  auto& track = p.tracks[0];
  track.address.reset();
  track.mode_a.reset();
  track.identification = observation::AircraftIdentification();
  track.pressure_altitude.reset();
  track.vertical_rate.reset();
  track.height_is_geometric = false;
  track.primary_only = true;
  track.contributions.clear();
  track.position_covariance.east_east_m2 = std::nan("");
  auto service = service_with();
  DatagramBatch batch;
  service.encode(p, batch);
  read_batch(batch, [&](const RecordView& r) {
    if (r.category() != 62) return;
    for (const auto item : {c62::I060, c62::I245, c62::I380, c62::I130, c62::I135, c62::I136, c62::I220})
      EXPECT_FALSE(r.has(item)) << name_of(item);
    EXPECT_FALSE(r.has(c62::I500_APC_X));
    EXPECT_TRUE(r.has(c62::I500_ATV_X));
    expect_raw(r, c62::I080_SDS, 2);
    expect_raw(r, c62::I080_SRC, 0);
    expect_raw(r, c62::I200_VERT, 3);
    expect_value(r, c62::I290_TRK, 30.0);
  });
}

TEST(SystemTrackService, SaturatesWhatDoesNotFit) {
  auto p = fixture::picture(1);
  auto& track = p.tracks[0];
  track.position.longitude = units::Angle::degrees(180.0);
  track.position.height = units::Length::metres(1e9);
  track.velocity_east = units::Speed::metres_per_second(1e6);
  track.velocity_north = units::Speed::metres_per_second(-1e6);
  track.vertical_rate = units::Speed::feet_per_minute(-1e9);
  track.position_covariance = {1e12, -1e12, 1e12};
  track.initiated = fixture::kTime - units::Duration::seconds(9e6);
  auto service = service_with();
  DatagramBatch batch;
  service.encode(p, batch);
  std::size_t records = 0;
  read_batch(batch, [&](const RecordView& r) {
    if (r.category() != 62) return;
    ++records;
    EXPECT_EQ(r.value(c62::I105_LON), -180.0);
    EXPECT_EQ(r.value(c62::I290_TRK), 63.75);
    EXPECT_EQ(r.value(c62::I500_APC_X), 32'767.5);
    EXPECT_LT(*r.value(c62::I500_COV), -16'000.0);
    EXPECT_GT(*r.value(c62::I130_VALUE), 100'000.0);
    EXPECT_GT(*r.value(c62::I185_VX), 8'000.0);
    EXPECT_LT(*r.value(c62::I185_VY), -8'000.0);
  });
  EXPECT_EQ(records, 1U);
}

TEST(SystemTrackService, AnnouncesATrackOnceAndEndsItOnce) {
  auto service = service_with();
  auto p = fixture::picture(2);
  EXPECT_THAT(encode(service, p), ElementsAre(Seen{7, true, false, false, true}, Seen{14, true, false, false, true}));
  EXPECT_THAT(encode(service, p), ElementsAre(Seen{7, false, false, false, true}, Seen{14, false, false, false, true}));
  p.tracks[0].state = TrackState::terminated;
  EXPECT_THAT(encode(service, p), ElementsAre(Seen{7, false, true, false, true}, Seen{14, false, false, false, true}));
  EXPECT_THAT(encode(service, p), ElementsAre(Seen{14, false, false, false, true}));
}

TEST(SystemTrackService, EndsATrackThatVanishedUnseen) {
  auto service = service_with();
  auto p = fixture::picture(3);
  encode(service, p);
  p.tracks.erase(p.tracks.begin() + 1);
  p.tracks.pop_back();
  EXPECT_THAT(encode(service, p), ElementsAre(Seen{7, false, false, false, true}, Seen{14, false, true, false, false},
                                              Seen{21, false, true, false, false}));
  EXPECT_EQ(encode(service, p).size(), 1U);
}

TEST(SystemTrackService, KeepsTentativeTracksToItselfUnlessAsked) {
  auto p = fixture::picture(1);
  p.tracks[0].state = TrackState::tentative;
  auto quiet = service_with();
  EXPECT_TRUE(encode(quiet, p).empty());
  p.tracks[0].state = TrackState::terminated;
  EXPECT_TRUE(encode(quiet, p).empty());  // never announced, so nothing to end
  auto open = service_with([](auto& s) { s.include_tentative = true; });
  p.tracks[0].state = TrackState::tentative;
  EXPECT_THAT(encode(open, p), ElementsAre(Seen{7, true, false, true, true}));
}

TEST(SystemTrackService, LeavesOutAndCountsWhatIsNotANumber) {
  auto service = service_with();
  auto p = fixture::picture(2);
  p.tracks[0].position.latitude = units::Angle::degrees(std::nan(""));
  p.tracks[1].velocity_north = units::Speed::metres_per_second(std::numeric_limits<double>::infinity());
  EXPECT_TRUE(encode(service, p).empty());
  EXPECT_EQ(service.counters().not_encodable, 2U);
}

TEST(SystemTrackService, KeepsEveryDatagramWithinItsLimit) {
  const std::size_t count = 500;
  for (const std::size_t limit : {256U, 1400U, 9000U}) {
    auto service = service_with([&](auto& s) { s.max_datagram_octets = limit; });
    DatagramBatch batch;
    service.encode(fixture::picture(count), batch);
    std::size_t octets = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      EXPECT_LE(batch[i].size(), limit);
      octets += batch[i].size();
    }
    EXPECT_EQ(tracks_in(batch).size(), count);
    EXPECT_EQ(service.counters().records, count);
    EXPECT_EQ(service.counters().datagrams, batch.size());
    EXPECT_EQ(service.counters().octets, octets);
    EXPECT_EQ(service.counters().not_encodable, 0U);
  }
}

TEST(SystemTrackService, AllocatesNothingOnceItHasSeenAFullPicture) {
  auto service = service_with();
  const auto p = fixture::picture(200);
  DatagramBatch batch;
  for (int warm_up = 0; warm_up < 3; ++warm_up) {
    batch.clear();
    service.encode(p, batch);
  }
  const std::size_t before = base::testing::allocations_so_far();
  batch.clear();
  service.encode(p, batch);
  EXPECT_EQ(base::testing::allocations_so_far() - before, 0U);
  EXPECT_GT(batch.size(), 0U);
}

TEST(SystemTrackService, ClosesEachBatchAndTellsWhenItIsDegraded) {
  auto service = service_with();
  auto p = fixture::picture(1);
  const auto messages = [&] {
    DatagramBatch batch;
    service.encode(p, batch);
    std::vector<std::vector<std::uint64_t>> seen;
    read_batch(batch, [&](const RecordView& r) {
      if (r.category() != 65) return;
      expect_value(r, c65::I030_VALUE, 0.25);
      const auto type = r.raw(c65::I000_VALUE).value_or(0);
      const Field detail = type == 1 ? c65::I040_NOGO : type == 2 ? c65::I020_VALUE : c65::I050_VALUE;
      seen.push_back({type, r.raw(detail).value_or(999)});
    });
    return seen;
  };
  using Messages = std::vector<std::vector<std::uint64_t>>;
  EXPECT_EQ(messages(), (Messages{{2, 0}, {1, 0}}));
  p.sensors[0].last_receipt = fixture::kTime - units::Duration::seconds(60.0);
  EXPECT_EQ(messages(), (Messages{{2, 1}, {1, 1}, {3, 1}}));
  EXPECT_EQ(messages(), (Messages{{2, 2}, {1, 1}}));
  p.sensors[0].last_receipt = fixture::kTime;
  EXPECT_EQ(messages(), (Messages{{2, 3}, {1, 0}, {3, 2}}));
}

TEST(SystemTrackService, KeepsToItsPeriodButTellsOfAnEndAtOnce) {
  auto service = service_with([](auto& s) { s.period = units::Duration::seconds(4.0); });
  auto p = fixture::picture(2);
  const auto after = [&](double seconds) {
    p.time = fixture::kTime + units::Duration::seconds(seconds);
    return encode(service, p).size();
  };
  EXPECT_EQ(after(0.0), 2U);
  EXPECT_EQ(after(1.0), 0U);
  p.tracks[0].state = TrackState::terminated;
  EXPECT_EQ(after(2.0), 1U);
  EXPECT_EQ(after(3.0), 0U);
  EXPECT_EQ(after(3.96), 1U);
  EXPECT_EQ(after(-100.0), 1U);  // wound back
}

TEST(SystemTrackService, MarksAChangedModeACodeOnce) {
  auto service = service_with();
  auto p = fixture::picture(1);
  const auto changed = [&] {
    DatagramBatch batch;
    service.encode(p, batch);
    std::uint64_t ch = 9;
    read_batch(batch, [&](const RecordView& r) {
      if (r.category() == 62) ch = r.raw(c62::I060_CH).value_or(9);
    });
    return ch;
  };
  EXPECT_EQ(changed(), 0U);
  p.tracks[0].mode_a = observation::ModeACode::parse("7700");
  EXPECT_EQ(changed(), 1U);
  EXPECT_EQ(changed(), 0U);
}

TEST(SystemTrackService, WritesEveryEditionItIsAskedFor) {
  for (const char* edition : {"1.18", "1.19", "1.20", "1.21"}) {
    auto service = service_with([&](auto& s) { s.cat062_edition = edition; });
    DatagramBatch batch;
    service.encode(fixture::picture(3), batch);
    std::size_t records = 0;
    read_batch(
        batch, [&](const RecordView& r) { records += r.category() == 62 ? 1U : 0U; }, edition);
    EXPECT_EQ(records, 3U) << edition;
  }
}

TEST(SystemTrackService, RefusesSettingsItCannotServe) {
  SystemTrackSettings settings;
  settings.cat062_edition = "9.9";
  EXPECT_FALSE(SystemTrackService::make(settings));
  settings = {};
  settings.cat065_edition = "";
  EXPECT_FALSE(SystemTrackService::make(settings));
  settings = {};
  settings.max_datagram_octets = 100;
  EXPECT_FALSE(SystemTrackService::make(settings));
}

TEST(TimeOfDay, RoundsAndWrapsAtMidnight) {
  const auto at = [](std::int64_t ns) { return time_of_day_128ths(units::UtcTime::nanoseconds_since_epoch(ns)); };
  constexpr std::int64_t kDay = 86'400'000'000'000;
  EXPECT_EQ(at(0), 0U);
  EXPECT_EQ(at(20'000 * kDay + 1'000'000'000), 128U);
  EXPECT_EQ(at(kDay - 1), 0U);  // rounds up into the next day
  EXPECT_EQ(at(kDay - 8'000'000), 86'400U * 128U - 1U);
  EXPECT_EQ(at(-1'000'000'000), 86'399U * 128U);
}

}  // namespace
}  // namespace marsad::output

// Positions of recordings of Mode S receivers: none is absurd, whether or not the receiver's site is known, and the two
// ways agree; the translator makes one report of each.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/framing/file_reader.hpp"
#include "shared_folder.hpp"

namespace marsad::observation {
namespace {

using mode_s::Outcome;
using mode_s::Resolver;
using units::Angle;
using units::Duration;
using units::Length;
using units::UtcTime;

std::filesystem::path folder() { return marsad::shared_folder() / "data/modes/beast"; }

geo::Geodetic place(double latitude_deg, double longitude_deg) {
  return {Angle::degrees(latitude_deg), Angle::degrees(longitude_deg), Length()};
}

struct Recording {
  const char* name;
  geo::Geodetic site;
  std::size_t least_positions;
};
const std::vector<Recording>& recordings() {
  static const std::vector<Recording> kRecordings{
      {"raw_adsb_20260106_081303.bin", place(60.319555, 24.830816), 18'000},
      {"raw_adsb_20260106_124352.bin", place(60.319555, 24.830816), 15'000},
      {"raw_adsb_20260107_001214.bin", place(60.319555, 24.830816), 5'000},
      {"denzen84_ulss7_20180403T190228Z.beast", place(59.9, 30.3), 600},
  };
  return kRecordings;
}

std::vector<std::byte> content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> octets(characters.size());
  for (std::size_t i = 0; i < octets.size(); ++i) octets[i] = static_cast<std::byte>(characters[i]);
  return octets;
}

template <class OnDatagram>
void each_datagram(const std::vector<std::byte>& content, OnDatagram&& on_datagram) {
  auto reader = wire::framing::FileReader::open(content);
  ASSERT_TRUE(reader.ok());
  UtcTime now = UtcTime::seconds_since_epoch(1.7e9);
  while (const auto datagram = reader->next()) {
    if (datagram->elapsed) now = std::max(now, UtcTime::seconds_since_epoch(1.7e9) + *datagram->elapsed);
    on_datagram(datagram->payload, datagram->kind, now);
  }
}

struct Position {
  geo::Geodetic place;
  UtcTime time;
};
/// By the ordinal of the message that gave it.
using Positions = std::map<std::uint64_t, Position>;

Positions positions_of(const std::vector<std::byte>& content, Resolver& resolver) {
  Positions found;
  each_datagram(content, [&](std::span<const std::byte> payload, wire::framing::PayloadKind, UtcTime now) {
    const auto message = wire::framing::parse_receiver_message(payload);
    if (!message) return;
    const Outcome& outcome = resolver.take(*message, now);
    if (outcome.position) found[outcome.reception.ordinal] = {outcome.position->place, now};
  });
  return found;
}

class Positioning : public ::testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder() / recording().name)) GTEST_SKIP() << "no recordings in " << folder();
    content_ = content_of(folder() / recording().name);
  }
  [[nodiscard]] const Recording& recording() const { return recordings()[GetParam()]; }
  std::vector<std::byte> content_;
};

TEST_P(Positioning, NoneIsAbsurdAndTheSiteOnlyAddsSome) {
  Resolver with_site;
  with_site.set_site(0, mode_s::ReceiverSite{recording().site, Length::nautical_miles(400.0)});
  const Positions sited = positions_of(content_, with_site);
  Resolver without_site;
  const Positions unsited = positions_of(content_, without_site);
  EXPECT_GT(sited.size(), recording().least_positions);
  EXPECT_GE(sited.size(), unsited.size());
  EXPECT_EQ(with_site.counters().of(mode_s::PositionVerdict::beyond_range), 0U);
  EXPECT_EQ(without_site.counters().jumps, 0U);
  for (const auto& [ordinal, position] : unsited) {
    EXPECT_LT(mode_s::rough_distance(position.place, recording().site), Length::nautical_miles(300.0)) << ordinal;
    const auto same = sited.find(ordinal);
    ASSERT_NE(same, sited.end());
    EXPECT_LT(mode_s::rough_distance(position.place, same->second.place), Length::metres(1.0));
  }
}

TEST_P(Positioning, TheTranslatorReportsEachOfThem) {
  Translator translator(SensorRegistry(), wire::asterix::EditionSet::defaults());
  Resolver resolver;
  const std::size_t positions = positions_of(content_, resolver).size();
  std::size_t reports = 0;
  std::size_t with_velocity = 0;
  ObservationBatch batch;
  each_datagram(content_, [&](std::span<const std::byte> payload, wire::framing::PayloadKind kind, UtcTime now) {
    batch.clear();
    translator.translate(payload, kind, now, batch);
    for (const TargetReport& report : batch.reports) {
      ++reports;
      if (report.velocity) ++with_velocity;
      EXPECT_TRUE(is_measurement(report));
      EXPECT_TRUE(report.address.has_value());
    }
  });
  EXPECT_EQ(reports, positions);
  EXPECT_GT(with_velocity, reports / 2);
  const TranslatorCounters& counters = translator.counters();
  EXPECT_EQ(counters.records, counters.target_reports + counters.absorbed + counters.rejected);
}

INSTANTIATE_TEST_SUITE_P(Recordings, Positioning, ::testing::Range(std::size_t{0}, recordings().size()));

}  // namespace
}  // namespace marsad::observation

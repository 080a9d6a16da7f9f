#include "marsad/simulation/demo_scene.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "marsad/base/digest.hpp"
#include "marsad/base/random.hpp"
#include "marsad/geo/geodesic.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/geo/polar.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat021.hpp"
#include "marsad/wire/asterix/fields/cat034.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::simulation {
namespace {

namespace cat021 = wire::asterix::cat021;
namespace cat034 = wire::asterix::cat034;
namespace cat048 = wire::asterix::cat048;
using units::Angle;
using units::Duration;
using units::Length;
using units::UtcTime;
using wire::asterix::DecodeFault;
using wire::asterix::EditionSet;
using wire::asterix::RecordView;

constexpr std::int64_t kDayNs = 86'400'000'000'000;
// 2026-03-01 23:58:20 UTC: the runs pass over midnight.
const UtcTime kStart = UtcTime::nanoseconds_since_epoch(20'513 * kDayNs - 100'000'000'000);

std::uint64_t digest_of(const std::vector<Emission>& emissions) {
  base::Digest digest;
  for (const Emission& emission : emissions) {
    digest.add(emission.time.nanoseconds_since_epoch());
    digest.add(std::uint64_t{emission.feed});
    digest.add(std::span<const std::byte>(emission.octets));
  }
  return digest.value();
}

/// The moment of a time of day next before the receipt.
UtcTime moment_of(double time_of_day_s, UtcTime receipt) {
  const std::int64_t midnight = receipt.nanoseconds_since_epoch() / kDayNs * kDayNs;
  const UtcTime today = UtcTime::nanoseconds_since_epoch(midnight) + Duration::seconds(time_of_day_s);
  return today > receipt + Duration::seconds(3600) ? today - Duration::seconds(86'400) : today;
}

template <class OnRecord>
void decode(const std::vector<Emission>& emissions, OnRecord&& on_record) {
  const EditionSet editions = EditionSet::defaults();
  for (const Emission& emission : emissions) {
    decode_datagram(
        emission.octets, editions, [&](const RecordView& record) { on_record(emission, record); },
        [&](const DecodeFault& fault) {
          ADD_FAILURE() << "fault at octet " << fault.offset << " of feed " << emission.feed;
        });
  }
}

/// Sites by SIC, read from what the radars say of themselves in their north markers.
std::map<int, geo::LocalFrame> sites_of(const std::vector<Emission>& emissions) {
  std::map<int, geo::LocalFrame> sites;
  decode(emissions, [&](const Emission&, const RecordView& record) {
    if (record.category() != 34 || !record.value(cat034::I120_LAT)) return;
    sites.emplace(static_cast<int>(*record.raw(cat034::I010_SIC)),
                  geo::LocalFrame({Angle::degrees(*record.value(cat034::I120_LAT)),
                                   Angle::degrees(*record.value(cat034::I120_LON)),
                                   Length::metres(*record.value(cat034::I120_HGT))}));
  });
  return sites;
}

const TruthState* find_by_address(const std::vector<TruthState>& states, std::uint64_t address) {
  const auto found = std::find_if(states.begin(), states.end(), [address](const TruthState& s) {
    return s.address && s.address->value() == address;
  });
  return found == states.end() ? nullptr : &*found;
}

double distance_m(const geo::Geodetic& a, const geo::Geodetic& b) {
  return (geo::to_ecef(a) - geo::to_ecef(b)).metres().norm();
}

TEST(DemoScene, is_a_function_of_its_seed_and_start) {
  DemoScene one(5, kStart);
  DemoScene same(5, kStart);
  DemoScene other(6, kStart);
  const UtcTime until = kStart + Duration::seconds(60);
  const auto emissions = one.advance(until);
  EXPECT_GT(emissions.size(), 1'000U);
  EXPECT_EQ(digest_of(emissions), digest_of(same.advance(until)));
  EXPECT_NE(digest_of(emissions), digest_of(other.advance(until)));
}

TEST(DemoScene, gives_the_same_in_slices_of_any_size_as_in_one) {
  DemoScene whole(5, kStart);
  DemoScene sliced(5, kStart);
  const auto all = whole.advance(kStart + Duration::seconds(90));
  std::vector<Emission> pieces;
  base::Random random(1);
  for (UtcTime t = kStart; t < kStart + Duration::seconds(90);) {
    t = std::min(t + Duration::seconds(random.uniform(0.001, 2.5)), kStart + Duration::seconds(90));
    for (Emission& emission : sliced.advance(t)) pieces.push_back(std::move(emission));
    EXPECT_TRUE(pieces.empty() || pieces.back().time <= t);
  }
  EXPECT_EQ(digest_of(all), digest_of(pieces));
  EXPECT_TRUE(
      std::is_sorted(all.begin(), all.end(), [](const Emission& a, const Emission& b) { return a.time < b.time; }));
}

TEST(DemoScene, gives_nothing_for_a_time_that_has_passed) {
  DemoScene scene(5, kStart);
  EXPECT_TRUE(scene.advance(kStart).empty());
  EXPECT_TRUE(scene.advance(kStart - Duration::seconds(10)).empty());
  EXPECT_FALSE(scene.advance(kStart + Duration::seconds(10)).empty());
  EXPECT_TRUE(scene.advance(kStart + Duration::seconds(5)).empty());
  EXPECT_TRUE(scene.truth(kStart + Duration::seconds(11)).empty());
  EXPECT_FALSE(scene.truth(kStart + Duration::seconds(10)).empty());
  EXPECT_TRUE(scene.truth(kStart - Duration::seconds(10)).empty());
}

TEST(DemoScene, emits_datagrams_of_every_category_that_decode_without_a_fault_and_fit_a_frame) {
  DemoScene scene(5, kStart);
  const auto emissions = scene.advance(kStart + Duration::seconds(120));
  std::map<int, int> records;
  decode(emissions, [&](const Emission& emission, const RecordView& record) {
    ++records[record.category()];
    EXPECT_LE(emission.octets.size(), 1'400U);
    EXPECT_LT(emission.feed, scene.feeds().size());
    if (record.category() == 48) {
      EXPECT_EQ(record.raw(cat048::I020_SIM), 1U);
    }
    if (record.category() == 21) {
      EXPECT_EQ(record.raw(cat021::I040_SIM), 1U);
    }
  });
  EXPECT_GT(records[34], 6 * 120 / 6 * 32 - 100);
  EXPECT_GT(records[48], 2'000);
  EXPECT_GT(records[21], 2'000);
  EXPECT_EQ(records.size(), 3U);
}

TEST(DemoScene, sends_a_north_marker_each_rotation_and_32_sectors_in_order) {
  DemoScene scene(5, kStart);
  std::map<int, std::vector<UtcTime>> north;
  std::map<int, double> period_s;
  std::map<int, std::uint64_t> last_sector;
  decode(scene.advance(kStart + Duration::seconds(200)), [&](const Emission& emission, const RecordView& record) {
    if (record.category() != 34) return;
    const int sic = static_cast<int>(*record.raw(cat034::I010_SIC));
    if (record.raw(cat034::I000_VALUE) == 1) {
      north[sic].push_back(moment_of(*record.value(cat034::I030_VALUE), emission.time));
      period_s[sic] = *record.value(cat034::I041_VALUE);
    } else {
      const std::uint64_t sector = *record.raw(cat034::I020_VALUE);
      if (last_sector.contains(sic)) {
        EXPECT_EQ(sector, (last_sector[sic] + 8) % 256);
      }
      last_sector[sic] = sector;
    }
  });
  ASSERT_EQ(north.size(), 6U);
  for (const auto& [sic, times] : north) {
    EXPECT_GE(static_cast<double>(times.size()), 200.0 / period_s[sic] - 1.5);
    for (std::size_t i = 1; i < times.size(); ++i)
      EXPECT_NEAR((times[i] - times[i - 1]).seconds(), period_s[sic], 2.0 / 128.0) << sic;
  }
}

/// Nominal noise of the six radars, as the configuration text gives it.
struct Nominal {
  double sigma_range_m;
  double sigma_azimuth_deg;
};
std::map<int, Nominal> nominal_of(const std::string& toml) {
  std::map<int, Nominal> nominal;
  for (std::size_t at = toml.find("[[sensor]]"); at != std::string::npos; at = toml.find("[[sensor]]", at + 1)) {
    const auto number = [&](const std::string& key) {
      const std::size_t found = toml.find(key + " = ", at);
      return found == std::string::npos ? 0.0 : std::stod(toml.substr(found + key.size() + 3));
    };
    nominal[static_cast<int>(number("sic"))] = {number("sigma_range_m"), number("sigma_azimuth_deg")};
  }
  return nominal;
}

TEST(DemoScene, emits_mode_s_plots_that_agree_with_the_truth_within_noise_and_quantisation) {
  DemoScene scene(5, kStart);
  const auto nominal = nominal_of(scene.sensors_toml());
  std::map<int, geo::LocalFrame> sites;
  int compared = 0;
  double range_square = 0.0;
  double azimuth_square = 0.0;
  for (int slice = 1; slice <= 30; ++slice) {
    const auto emissions = scene.advance(kStart + Duration::seconds(10.0 * slice));
    sites.merge(sites_of(emissions));
    decode(emissions, [&](const Emission& emission, const RecordView& record) {
      if (record.category() != 48 || !record.raw(cat048::I220_VALUE)) return;
      const int sic = static_cast<int>(*record.raw(cat048::I010_SIC));
      const UtcTime applicability = moment_of(*record.value(cat048::I140_VALUE), emission.time);
      if (!sites.contains(sic) || applicability < kStart) return;
      EXPECT_GE(emission.time, applicability);
      const auto states = scene.truth(applicability);
      const TruthState* truth = find_by_address(states, *record.raw(cat048::I220_VALUE));
      ASSERT_NE(truth, nullptr);
      EXPECT_EQ(*record.raw(cat048::I070_MODE3A), truth->mode_a->bits());
      EXPECT_EQ(record.text(cat048::I240_VALUE)->view(), truth->identification->text());
      EXPECT_NEAR(*record.value(cat048::I090_FL), truth->pressure_altitude.flight_level(), 0.25 / 2 + 0.1);

      const geo::PolarPosition seen = geo::polar_of(sites.at(sic), truth->position);
      const Length range = Length::nautical_miles(*record.value(cat048::I040_RHO));
      const Angle azimuth = Angle::degrees(*record.value(cat048::I040_THETA));
      const double speed_ms = std::hypot(truth->east.metres_per_second(), truth->north.metres_per_second());
      const double travel_m = speed_ms / 256.0;  // in half a step of the time of day
      const double range_m = (range - seen.slant_range).metres();
      const double across_m = (azimuth - seen.azimuth).wrapped().radians() * seen.slant_range.metres();
      EXPECT_LT(std::abs(range_m), 5.0 * nominal.at(sic).sigma_range_m + 1852.0 / 512.0 + travel_m);
      const double sigma_across_m =
          Angle::degrees(nominal.at(sic).sigma_azimuth_deg).radians() * seen.slant_range.metres();
      EXPECT_LT(std::abs(across_m), 5.0 * sigma_across_m + 0.00005 * seen.slant_range.metres() + travel_m);
      range_square += range_m * range_m / (nominal.at(sic).sigma_range_m * nominal.at(sic).sigma_range_m);
      azimuth_square += across_m * across_m / (sigma_across_m * sigma_across_m);
      ++compared;

      const geo::LocatedMeasurement found =
          geo::locate(sites.at(sic),
                      {range, azimuth, Length::metres(nominal.at(sic).sigma_range_m),
                       Angle::degrees(nominal.at(sic).sigma_azimuth_deg)},
                      geo::HeightKnowledge{truth->position.height, Length::metres(10.0)});
      const double sigma_m = std::sqrt(found.covariance.east_east_m2 + found.covariance.north_north_m2);
      EXPECT_LT(distance_m(found.position, truth->position), 5.0 * sigma_m + 10.0);
    });
  }
  ASSERT_GT(compared, 3'000);
  // The noise is as large as said, no less and no more.
  EXPECT_NEAR(range_square / compared, 1.0, 0.1);
  EXPECT_NEAR(azimuth_square / compared, 1.0, 0.1);
}

TEST(DemoScene, emits_adsb_about_once_a_second_and_as_exactly_as_it_claims) {
  DemoScene scene(5, kStart);
  std::map<std::pair<int, std::uint64_t>, std::vector<UtcTime>> heard;
  double worst_share = 0.0;
  for (int slice = 1; slice <= 12; ++slice) {
    decode(scene.advance(kStart + Duration::seconds(10.0 * slice)),
           [&](const Emission& emission, const RecordView& record) {
             if (record.category() != 21) return;
             const UtcTime reception = moment_of(*record.value(cat021::I073_VALUE), emission.time);
             const std::uint64_t address = *record.raw(cat021::I080_VALUE);
             heard[{static_cast<int>(*record.raw(cat021::I010_SIC)), address}].push_back(reception);
             if (reception < kStart) return;
             const auto states = scene.truth(reception);
             const TruthState* truth = find_by_address(states, address);
             ASSERT_NE(truth, nullptr);
             const geo::Geodetic position{Angle::degrees(*record.value(cat021::I131_LAT)),
                                          Angle::degrees(*record.value(cat021::I131_LON)), truth->position.height};
             const double bound_m = *record.raw(cat021::I090_NACP) == 9 ? 30.0 : 92.6;
             worst_share = std::max(worst_share, distance_m(position, truth->position) / bound_m);
             EXPECT_NEAR(*record.value(cat021::I140_VALUE), truth->position.height.feet(), 170.0);
             EXPECT_NEAR(*record.value(cat021::I145_VALUE), truth->pressure_altitude.flight_level(), 0.2);
             EXPECT_NEAR(*record.value(cat021::I160_GS) * 1852.0,
                         std::hypot(truth->east.metres_per_second(), truth->north.metres_per_second()), 3.0);
             EXPECT_EQ(record.text(cat021::I170_VALUE)->view(), truth->identification->text());
           });
  }
  EXPECT_GT(heard.size(), 30U);
  EXPECT_LT(worst_share, 2.0);
  for (const auto& [key, times] : heard)
    for (std::size_t i = 1; i < times.size(); ++i) {
      const double gap_s = (times[i] - times[i - 1]).seconds();
      EXPECT_NEAR(gap_s, std::round(gap_s), 2.0 / 128.0);
      EXPECT_GT(gap_s, 0.9);
    }
}

TEST(DemoScene, keeps_40_to_80_aircraft_in_bounded_motion) {
  DemoScene scene(11, kStart);
  std::map<std::uint64_t, TruthState> before;
  for (int second = 10; second <= 2400; second += 10) {
    const UtcTime t = kStart + Duration::seconds(second);
    static_cast<void>(scene.advance(t));
    const auto states = scene.truth(t);
    EXPECT_GE(states.size(), 40U);
    EXPECT_LE(states.size(), 80U);
    std::map<std::uint64_t, TruthState> now;
    for (const TruthState& state : states) {
      const double speed_ms = std::hypot(state.east.metres_per_second(), state.north.metres_per_second());
      EXPECT_LT(state.load.metres_per_second2(), 3.0 * 9.81);
      EXPECT_GT(speed_ms, 25.0);
      EXPECT_LT(speed_ms, 280.0);
      EXPECT_LT(std::abs(state.up.metres_per_second()), 20.0);
      EXPECT_GT(state.position.height.metres(), -60.0);
      EXPECT_LT(state.position.height.metres(), 13'000.0);
      EXPECT_TRUE(geo::is_valid(state.position));
      if (const auto old = before.find(state.id.value()); old != before.end()) {
        EXPECT_LT(distance_m(old->second.position, state.position), 2'800.0);
      }
      now[state.id.value()] = state;
    }
    before = std::move(now);
  }
}

struct Heard {
  int with_codes = 0;
  int primary_alone = 0;
};

TEST(DemoScene, goes_on_seeing_by_primary_radar_the_aircraft_that_lost_its_codes) {
  DemoScene scene(5, kStart);
  std::optional<UtcTime> silent_from;
  std::optional<observation::ModeSAddress> address;
  std::map<int, geo::LocalFrame> sites;
  Heard before;
  Heard after;
  for (int slice = 1; slice <= 60; ++slice) {
    const UtcTime t = kStart + Duration::seconds(10.0 * slice);
    const auto emissions = scene.advance(t);
    sites.merge(sites_of(emissions));
    decode(emissions, [&](const Emission& emission, const RecordView& record) {
      if (record.category() != 48) return;
      const UtcTime applicability = moment_of(*record.value(cat048::I140_VALUE), emission.time);
      const int sic = static_cast<int>(*record.raw(cat048::I010_SIC));
      if (applicability < kStart || !sites.contains(sic)) return;
      for (const TruthState& state : scene.truth(applicability)) {
        if (state.role != TargetRole::loses_transponder) continue;
        if (state.address) address = state.address;
        if (!state.address && !silent_from) silent_from = applicability;
        Heard& heard = state.address ? before : after;
        const bool has_codes =
            record.raw(cat048::I220_VALUE) || record.raw(cat048::I070_MODE3A) || record.raw(cat048::I090_FL);
        const geo::LocatedMeasurement found =
            geo::locate(sites.at(sic),
                        {Length::nautical_miles(*record.value(cat048::I040_RHO)),
                         Angle::degrees(*record.value(cat048::I040_THETA)), Length::metres(50), Angle::degrees(0.1)},
                        geo::HeightKnowledge{state.position.height, Length::metres(1.0)});
        if (distance_m(found.position, state.position) < 1'500.0)
          ++(has_codes ? heard.with_codes : heard.primary_alone);
        if (address && !state.address) {
          EXPECT_NE(record.raw(cat048::I220_VALUE), std::optional<std::uint64_t>(address->value()));
        }
      }
    });
  }
  ASSERT_TRUE(address);
  ASSERT_TRUE(silent_from);
  EXPECT_GT((*silent_from - kStart).seconds(), 120.0);
  EXPECT_GT(before.with_codes, 100);
  EXPECT_GT(after.primary_alone, 40);
}

/// Whether a point lies east of the line at its own latitude.
bool is_east_of(std::span<const geo::Geodetic> line, const geo::Geodetic& point) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    const geo::Geodetic& north = line[i - 1];
    const geo::Geodetic& south = line[i];
    if (point.latitude > north.latitude || point.latitude < south.latitude) continue;
    const double share = (north.latitude - point.latitude) / (north.latitude - south.latitude);
    return point.longitude > north.longitude + (south.longitude - north.longitude) * share;
  }
  ADD_FAILURE() << "north or south of the line";
  return false;
}

TEST(DemoScene, lets_the_unknown_cross_the_border_low_slow_and_seen_by_primary_radar_only) {
  DemoScene scene(5, kStart);
  std::optional<int> crossed_after_s;
  std::map<int, geo::LocalFrame> sites;
  int seen = 0;
  for (int second = 10; second <= 900; second += 10) {
    const UtcTime t = kStart + Duration::seconds(second);
    const auto emissions = scene.advance(t);
    sites.merge(sites_of(emissions));
    for (const TruthState& state : scene.truth(t)) {
      if (state.role != TargetRole::unknown_intruder) continue;
      EXPECT_FALSE(state.address || state.mode_a || state.identification || state.emits_adsb);
      EXPECT_LT(state.position.height.metres(), 2'000.0);
      EXPECT_LT(std::hypot(state.east.metres_per_second(), state.north.metres_per_second()), 60.0);
      const bool east = is_east_of(DemoScene::border(), state.position);
      if (!east && !crossed_after_s) crossed_after_s = second;
      EXPECT_EQ(east, !crossed_after_s) << "to and fro over the border after " << second << " s";
    }
    decode(emissions, [&](const Emission& emission, const RecordView& record) {
      if (record.category() != 48 || record.raw(cat048::I020_TYP) != 1) return;
      const UtcTime applicability = moment_of(*record.value(cat048::I140_VALUE), emission.time);
      const int sic = static_cast<int>(*record.raw(cat048::I010_SIC));
      if (!sites.contains(sic) || applicability < kStart) return;
      for (const TruthState& state : scene.truth(applicability)) {
        if (state.role != TargetRole::unknown_intruder) continue;
        const geo::PolarPosition there = geo::polar_of(sites.at(sic), state.position);
        if (std::abs(there.slant_range.nautical_miles() - *record.value(cat048::I040_RHO)) < 0.2 &&
            std::abs((there.azimuth - Angle::degrees(*record.value(cat048::I040_THETA))).wrapped().degrees()) < 0.6)
          ++seen;
      }
    });
  }
  ASSERT_TRUE(crossed_after_s);
  EXPECT_GT(*crossed_after_s, 60);
  EXPECT_LT(*crossed_after_s, 600);
  EXPECT_GT(seen, 60);
}

TEST(DemoScene, gives_false_plots_now_and_then_and_garbles_rarely) {
  DemoScene scene(5, kStart);
  std::map<int, geo::LocalFrame> sites;
  int plots = 0;
  int garbled = 0;
  int primary_alone = 0;
  decode(scene.advance(kStart + Duration::seconds(1'200)), [&](const Emission&, const RecordView& record) {
    if (record.category() != 48) return;
    ++plots;
    garbled += record.raw(cat048::I070_G) == 1 ? 1 : 0;
    primary_alone += record.raw(cat048::I020_TYP) == 1 ? 1 : 0;
  });
  EXPECT_GT(garbled, 0);
  EXPECT_LT(garbled, plots / 100);
  // Two primary radars, 4 and 7 false plots a scan, 300 and 240 scans.
  EXPECT_GT(primary_alone, 2'500);
}

TEST(DemoScene, describes_all_its_sensors_for_the_configuration) {
  DemoScene scene(5, kStart);
  const std::string toml = scene.sensors_toml();
  EXPECT_EQ(scene.feeds().size(), 9U);
  EXPECT_EQ(nominal_of(toml).size(), 9U);
  for (const Feed& feed : scene.feeds()) EXPECT_NE(toml.find('"' + feed.name + '"'), std::string::npos);
  for (const char* kind : {"\"psr\"", "\"ssr\"", "\"mode_s\"", "\"adsb\""})
    EXPECT_NE(toml.find(kind), std::string::npos);
  std::set<std::uint16_t> ports;
  for (const Feed& feed : scene.feeds()) ports.insert(feed.udp_port);
  EXPECT_EQ(ports.size(), 9U);
}

}  // namespace
}  // namespace marsad::simulation

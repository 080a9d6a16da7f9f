// links: config observation simulation
// What the demo says is understood by the rooms that read it, whatever its seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "marsad/config/settings.hpp"
#include "marsad/geo/local_frame.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/simulation/demo_scene.hpp"
#include "marsad/wire/asterix/edition.hpp"

namespace marsad {
namespace {

using observation::ObservationBatch;
using observation::SensorRegistry;
using observation::TargetReport;
using simulation::DemoScene;
using simulation::TruthState;
using units::Duration;
using units::UtcTime;

/// Squared distance from the truth in units of the stated covariance.
double normalised_square(const TargetReport& report, const TruthState& truth) {
  geo::Geodetic below = *report.position;
  below.height = truth.position.height;
  const Eigen::Vector3d off = geo::LocalFrame(below).to_enu(truth.position).metres();
  const geo::HorizontalCovariance& c = report.position_covariance;
  const double determinant = c.east_east_m2 * c.north_north_m2 - c.east_north_m2 * c.east_north_m2;
  return (c.north_north_m2 * off.x() * off.x() - 2.0 * c.east_north_m2 * off.x() * off.y() +
          c.east_east_m2 * off.y() * off.y()) /
         determinant;
}

class Seeds : public testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(DemoScene, Seeds, testing::Values(0, 77, ~0ULL));

TEST_P(Seeds, are_configured_translated_and_placed_as_exactly_as_their_covariances_say) {
  const UtcTime start = UtcTime::seconds_since_epoch(1.78e9);
  DemoScene scene(GetParam(), start);
  const auto settings = config::parse_settings(scene.sensors_toml(), "demo");
  ASSERT_TRUE(settings.ok()) << to_text(settings.error().front());
  ASSERT_EQ(settings->sensors.size(), scene.feeds().size());
  const auto editions = wire::asterix::EditionSet::defaults();
  observation::Translator translator(SensorRegistry({settings->sensors.begin(), settings->sensors.end()}), editions);

  double square = 0.0;
  int compared = 0;
  for (int second = 1; second <= 120; ++second) {
    const UtcTime now = start + Duration::seconds(second);
    ObservationBatch batch;
    for (const simulation::Emission& emission : scene.advance(now))
      translator.translate(emission.octets, wire::framing::PayloadKind::asterix, emission.time, batch);
    for (const TargetReport& report : batch.reports) {
      EXPECT_TRUE(translator.registry().get(report.sensor).configured);
      EXPECT_TRUE(report.simulated && report.position && !report.quality.position_implausible);
      const auto truth = scene.truth(report.applicability);
      const auto same = std::find_if(truth.begin(), truth.end(), [&](const TruthState& state) {
        return report.address && state.address == report.address;
      });
      if (same == truth.end() || report.detection == observation::Detection::adsb) continue;
      const double off = normalised_square(report, *same);
      EXPECT_LT(off, 50.0);
      square += off;
      ++compared;
    }
  }
  EXPECT_EQ(translator.counters().faults, 0U);
  EXPECT_EQ(translator.counters().untranslated, 0U);
  ASSERT_GT(compared, 500);
  // Two degrees of freedom; a little less, because the height is better than the translator can know.
  EXPECT_GT(square / compared, 1.2);
  EXPECT_LT(square / compared, 2.6);
}

}  // namespace
}  // namespace marsad

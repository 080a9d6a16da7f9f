#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "marsad/geo/geodetic.hpp"
#include "marsad/observation/translator.hpp"
#include "marsad/units/angle.hpp"
#include "marsad/units/length.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/data_source.hpp"
#include "marsad/wire/asterix/edition.hpp"
#include "marsad/wire/asterix/record_view.hpp"

namespace marsad::observation {

/// Times of day from `from` to `to`, both included, in seconds; across midnight where `to` is the smaller.
struct DayInterval {
  double from_s = 0.0;
  double to_s = 0.0;
};

/// Between two parallels and two meridians, borders included; across 180° where `east` is the smaller.
struct Box {
  units::Angle south, west, north, east;
};

/// Within `radius` of `centre`, along the geodesic on WGS-84.
struct Circle {
  geo::Geodetic centre;
  units::Length radius;
};

/// What records are looked for. A record must satisfy every criterion that is given; of the values of one, any. A
/// record that lacks what a criterion asks about does not satisfy it.
struct RecordCriteria {
  std::vector<wire::asterix::DataSource> sources;
  std::optional<DayInterval> times_of_day;    ///< by the record's own time of day
  std::optional<units::UtcTime> from, until;  ///< by receipt: `from` included, `until` not
  std::vector<std::uint32_t> addresses;       ///< 24 bits
  std::vector<std::uint16_t> mode_3a;         ///< 12 bits
  std::vector<std::string> identifications;   ///< a `*` at the end stands for any ending
  std::vector<std::variant<Box, Circle>> areas;

  /// True if there is no criterion, so that every record satisfies them all.
  [[nodiscard]] bool empty() const noexcept;
};

/// Asks of one record after another whether it satisfies the criteria.
///
/// Position. Of categories 004, 010, 011, 015, 020, 021, 062 and 205 as the record has it in WGS-84. Where it has only
/// a polar or Cartesian one (001, 048; 010, 020 and 062 without the other), as `Translator` places it, which takes the
/// sensor's site from the registry: a source without a site is nowhere. Other categories are nowhere.
class RecordMatcher {
 public:
  RecordMatcher(RecordCriteria criteria, SensorRegistry registry, const wire::asterix::EditionSet& editions);

  /// `receipt` of the record's datagram.
  [[nodiscard]] bool matches(const wire::asterix::RecordView& record, units::UtcTime receipt);

  /// Records of target reports that could not be placed, so that no area could hold them.
  [[nodiscard]] std::uint64_t unplaced() const noexcept { return unplaced_; }

 private:
  [[nodiscard]] bool is_in_time(const wire::asterix::RecordView& record, units::UtcTime receipt) const;
  [[nodiscard]] bool is_in_area(const wire::asterix::RecordView& record, units::UtcTime receipt);

  RecordCriteria criteria_;
  Translator translator_;
  ObservationBatch batch_;
  units::UtcTime latest_receipt_;
  std::uint64_t unplaced_ = 0;
};

/// Whether a position lies in the area. Its height plays no part.
[[nodiscard]] bool holds(const Box& box, const geo::Geodetic& position) noexcept;
[[nodiscard]] bool holds(const Circle& circle, const geo::Geodetic& position) noexcept;
[[nodiscard]] bool holds(const DayInterval& interval, double seconds_of_day) noexcept;

}  // namespace marsad::observation

#pragma once

#include <cstdint>
#include <optional>

#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/builder.hpp"

namespace marsad::output {

/// Who speaks, in every record.
struct GroundStation {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::optional<std::uint8_t> service;  ///< I021/015
};

/// Fills `record` (cleared first; of an edition 2.x) with what `outcome` and the state of its aircraft say, sent `now`.
/// EUROCONTROL-SPEC-0149-12, category 021.
///
/// Of the message itself: position (I021/131), its reception (073, 074), velocity if the message gave it (160, 155,
/// 157) with its reception (075, 076). Of the aircraft, if it was heard recently enough, with its age in I021/295:
/// flight level (145) and geometric height (140), ground vector, rates, airspeed (150, 151) and magnetic heading (152),
/// 10 s; selected altitude (146), target status (200), operational status (008, 271), resolution advisory (260), 25 s;
/// Mode A code (070), identification (170), 120 s. Quality (090) with version (210) as last told, or of the position
/// for version 0; the PIC is the greatest that holds the radius of containment. Ages past the field saturate.
///
/// I021/040: ATP is anonymous for addresses that are none of ICAO's, surface vehicle for emitter categories C1 and C2;
/// CL is never "suspect", since doubtful positions have no record. I021/132 is not sent: receivers tell no absolute
/// power.
void fill_cat021(wire::asterix::RecordBuilder& record, const GroundStation& station,
                 const observation::mode_s::Outcome& outcome, units::UtcTime now);

}  // namespace marsad::output

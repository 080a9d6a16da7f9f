#pragma once

#include <cstdint>

#include "marsad/picture/air_picture.hpp"
#include "marsad/units/time.hpp"
#include "marsad/wire/asterix/builder.hpp"

namespace marsad::output {

/// Who speaks, in every record of the service.
struct ServiceIdentity {
  std::uint8_t sac = 0;
  std::uint8_t sic = 0;
  std::uint8_t service = 1;
};

/// What a record says beyond the track itself.
struct RecordFlags {
  bool first = false;           ///< TSB: the track is announced for the first time
  bool last = false;            ///< TSE: nothing more will come for it
  bool mode_a_changed = false;  ///< I062/060 CH
};

/// Time of day for I062/070 and I065/030: units of 1/128 s since midnight UTC, rounded, 0 to 11,059,199.
[[nodiscard]] std::uint32_t time_of_day_128ths(units::UtcTime time) noexcept;

/// Fills `record` (cleared first) with `track` as it stands in `picture`.
///
/// Items sent: 010 015 070 040 080 always; 105 185 200 290 500 for every track with a usable state; 060 245 380 130 135
/// 136 220 for what is known. Where the standard leaves a choice:
/// - I062/080 MON: at most one sensor's contribution is younger than three of its periods (and a second). PSR, SSR,
/// MDS,
///   ADS (and MLAT from edition 1.20): no such sensor of that kind. SRC, MRH: only a geometric height has a source
///   (GNSS if an ADS-B station contributes, else multilateration, else 3D radar).
/// - I062/290: the youngest contribution by kind of sensor; a Mode S radar counts under MDS whatever it saw; TRK is the
///   time since initiation. Ages past the field's range saturate, as everything does.
/// - I062/136 carries the filtered pressure altitude, as I062/135 does, with no QNH correction.
/// - I062/185 is along local east and north at the track, not along the axes of a system plane: no such plane is
/// served,
///   which is also why I062/100 is never sent. I062/500 APC and ATV are along the same axes.
/// - I062/200 TRANS: constant course while the first motion model is the likelier, else undetermined; LONG:
/// undetermined.
void fill_cat062(wire::asterix::RecordBuilder& record, const ServiceIdentity& identity,
                 const picture::AirPicture& picture, const picture::SystemTrack& track, const RecordFlags& flags);

/// Fills `record` with the end of a track of which nothing else is known any more: 010 015 070 040, and 080 with TSE.
void fill_cat062_end(wire::asterix::RecordBuilder& record, const ServiceIdentity& identity, units::UtcTime time,
                     std::uint16_t track_number);

}  // namespace marsad::output

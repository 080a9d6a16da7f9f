#include "marsad/tracking/fusion/identity.hpp"

#include <algorithm>

#include "marsad/tracking/association/evidence.hpp"
#include "marsad/tracking/lifecycle/existence.hpp"

namespace marsad::tracking::fusion {
namespace {

using observation::Detection;
using observation::ModeACode;
using observation::TargetReport;

constexpr int kHearingsToChange = 3;
constexpr int kHearingsOfEmergency = 2;

void learn_code(TrackIdentity& identity, const TargetReport& report) {
  if (!report.mode_a || report.quality.mode_a_garbled) return;
  const ModeACode heard = *report.mode_a;
  if (!identity.mode_a) identity.mode_a = heard;
  if (identity.mode_a == heard) {
    identity.mode_a_candidate.reset();
    identity.mode_a_candidate_count = 0;
    return;
  }
  if (report.quality.mode_a_unvalidated) return;
  if (identity.mode_a_candidate != heard) identity.mode_a_candidate_count = 0;
  identity.mode_a_candidate = heard;
  ++identity.mode_a_candidate_count;
  const int needed = association::is_emergency(heard) ? kHearingsOfEmergency : kHearingsToChange;
  if (identity.mode_a_candidate_count < needed) return;
  identity.mode_a = heard;
  identity.mode_a_candidate.reset();
  identity.mode_a_candidate_count = 0;
}

}  // namespace

void learn_identity(Track& track, const association::PlacedReport& placed) {
  const TargetReport& report = *placed.report;
  if (!track.identity.address) track.identity.address = placed.address;
  if (placed.address) track.identity.address_heard = std::max(track.identity.address_heard, report.applicability);
  learn_code(track.identity, report);
  if (report.identification && !report.identification->empty()) track.identity.identification = report.identification;
  track.simulated = report.simulated;
  const bool primary_alone = report.detection == Detection::psr || report.detection == Detection::smr;
  if (primary_alone) return;
  track.identity.transponder = true;
  track.transponder_works = lifecycle::kTransponderWorks;
  track.special_position_identification = report.special_position_identification;
  if (report.emergency != 0 || report.detection == Detection::adsb) track.emergency = report.emergency;
}

}  // namespace marsad::tracking::fusion

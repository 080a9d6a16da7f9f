#include "marsad/tracking/association/evidence.hpp"

#include <algorithm>
#include <cmath>

#include "marsad/tracking/filter/vertical_filter.hpp"

namespace marsad::tracking::association {

using observation::ModeACode;
using observation::SensorKind;
using observation::TargetReport;

namespace {

constexpr double kAddressEvidence = 13.8;   // ln 1e6: an address is one of 16 million, but some are shared or wrong
constexpr double kCodeEvidence = 7.6;       // ln 2,000: half of the 4,096 codes are in common use
constexpr double kGarbleLength = 0.0;       // pulses added by an overlapping reply: says nothing either way
constexpr double kUnlikelySilence = -4.6;   // ln 0.01: a Mode S target that answers a Mode S radar without address
constexpr double kAltitudeSpan = 12'000.0;  // m
constexpr double kHeightReferenceSigma = 200.0;  // m, between a geometric height and a pressure altitude

std::optional<double> address_evidence(const PlacedReport& placed, const Track& track) {
  if (placed.address && track.identity.address) {
    if (*placed.address != *track.identity.address) return std::nullopt;
    return kAddressEvidence;
  }
  const TargetReport& report = *placed.report;
  const bool answers_mode_s = placed.sensor->sensor.kind == SensorKind::mode_s && report.mode_a.has_value();
  if (!report.address && track.identity.address && answers_mode_s) return kUnlikelySilence;
  return 0.0;
}

double code_evidence(const TargetReport& report, const Track& track, const AssociationSettings& settings) {
  if (!report.mode_a || !track.identity.mode_a) return 0.0;
  const ModeACode heard = *report.mode_a;
  const ModeACode own = *track.identity.mode_a;
  if (heard == own) return is_conspicuity(own) ? 0.0 : kCodeEvidence;
  if (track.identity.mode_a_candidate == heard) return 0.0;
  if (report.quality.mode_a_garbled || is_emergency(heard) || is_emergency(own)) return 0.0;
  const bool pulses_added = (heard.bits() & own.bits()) == own.bits();
  return pulses_added ? kGarbleLength : std::log(settings.mode_a_error);
}

double height_evidence(const filter::VerticalState& state, const MotionSettings& motion,
                       const filter::HeightMeasurement& measured, double error) {
  const filter::HeightFit fit = filter::fit_of(state, motion, measured);
  return std::log(error + (1.0 - error) * kAltitudeSpan * std::exp(fit.log_likelihood));
}

}  // namespace

bool is_conspicuity(ModeACode code) {
  switch (code.bits()) {
    case 00000:
    case 01000:  // Mode S conspicuity
    case 01200:  // VFR, North America
    case 02000:  // no code assigned
    case 07000:  // VFR, Europe
    case 07777:
      return true;
    default:
      return false;
  }
}

bool is_emergency(ModeACode code) { return code.bits() == 07500 || code.bits() == 07600 || code.bits() == 07700; }

std::optional<double> identity_evidence(const PlacedReport& placed, const Track& track,
                                        const AssociationSettings& settings) {
  const TargetReport& report = *placed.report;
  const std::optional<double> by_address = address_evidence(placed, track);
  if (!by_address) return std::nullopt;
  if (placed.address && track.identity.address) return *by_address;  // the code adds nothing
  return *by_address + code_evidence(report, track, settings);
}

double altitude_evidence(const PlacedReport& placed, const Track& track, const AssociationSettings& settings) {
  const TargetReport& report = *placed.report;
  const bool doubted = report.quality.altitude_garbled || report.quality.altitude_unvalidated;
  const double error = doubted ? 0.5 : settings.altitude_error;
  if (const auto pressure = pressure_altitude_of(placed)) {
    if (track.pressure_altitude.known) {
      return height_evidence(track.pressure_altitude, track.motion,
                             {report.applicability, pressure->above_standard_surface, pressure->sigma}, error);
    }
  }
  const auto height = geometric_height_of(placed);
  if (!height) return 0.0;
  if (track.geometric_height.known) {
    return height_evidence(track.geometric_height, track.motion, {report.applicability, height->height, height->sigma},
                           error);
  }
  if (!track.pressure_altitude.known) return 0.0;
  const double sigma = std::hypot(height->sigma.metres(), kHeightReferenceSigma);
  return height_evidence(track.pressure_altitude, track.motion,
                         {report.applicability, height->height, units::Length::metres(sigma)}, error);
}

}  // namespace marsad::tracking::association

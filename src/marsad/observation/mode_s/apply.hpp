#pragma once

#include "marsad/observation/mode_s/aircraft_table.hpp"
#include "marsad/observation/mode_s/resolver.hpp"
#include "marsad/wire/modes/frame.hpp"

/// What a message does to the state of its aircraft. For the room only.
namespace marsad::observation::mode_s {

/// What there is beside the message and the aircraft.
struct Application {
  const ResolverSettings& settings;
  const ReceiverSite* site;  ///< of the receiver, if known
  ResolverCounters& counters;
  Outcome& out;
};

/// Updates `aircraft` with what `frame`, accepted as its own, says; tells doubts and the position in `work.out`.
void apply(const wire::modes::Frame& frame, Aircraft& aircraft, const Application& work);

// Parts of it.
void apply_squitter(const wire::modes::Frame& frame, Aircraft& aircraft, const Application& work);
void apply_register(const wire::modes::Frame& frame, Aircraft& aircraft, const Application& work);

/// A pressure altitude: one that the aircraft can't have reached since the last has to be said twice.
void note_altitude(Aircraft& aircraft, std::uint16_t code13, const Application& work);
/// A Mode A code; one whose parity proves nothing has to be said twice.
void note_mode_a(Aircraft& aircraft, std::uint16_t bits, bool proved, const Application& work);
/// An identification; one whose parity proves nothing has to be said twice.
void note_identification(Aircraft& aircraft, std::string_view text, bool proved, const Application& work);

}  // namespace marsad::observation::mode_s

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/simulation/flight.hpp"
#include "marsad/simulation/geography.hpp"

namespace marsad::simulation {

/// All flights of the scene: lets them appear, move and end. A function of the seed alone.
class Traffic {
 public:
  /// Fills the air by flying for a while before tick 0, so that the scene starts in full swing.
  explicit Traffic(std::uint64_t seed);

  /// The tick whose rates are set: the motion of every flight is known until one tick after it.
  [[nodiscard]] Tick tick() const noexcept { return tick_; }

  /// Goes on to the next tick.
  void step();

  /// In order of id: those in flight, and those that ended within the memory of a flight.
  [[nodiscard]] std::span<const Flight> flights() const noexcept { return flights_; }

 private:
  void spawn_due();
  void spawn_overflight();
  void spawn_airport_traffic();
  void spawn_light();
  bool spawn_losing_transponder();
  bool spawn_intruder();
  bool add(Flight::Settings settings);
  [[nodiscard]] bool is_free(const Motion& start) const noexcept;
  [[nodiscard]] std::size_t count_of(TargetRole role) const noexcept;
  observation::ModeACode free_mode_a();
  Equipment next_equipment(bool is_airliner);

  base::Random random_;
  Tick tick_;
  std::uint64_t next_id_ = 1;
  bool owes_losing_transponder_ = false;  // due, and waiting for free air at its start
  bool owes_intruder_ = false;
  std::vector<Flight> flights_;
};

}  // namespace marsad::simulation

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "marsad/output/link_status.hpp"
#include "marsad/units/time.hpp"

namespace marsad::output {

/// What the picture is made from. Every screen must show it.
enum class PublicationMode : std::uint8_t { live = 0, replay = 1, simulation = 2 };

/// "live", "replay" or "simulation".
[[nodiscard]] constexpr const char* name_of(PublicationMode mode) noexcept {
  switch (mode) {
    case PublicationMode::live:
      return "live";
    case PublicationMode::replay:
      return "replay";
    case PublicationMode::simulation:
      return "simulation";
  }
  return "live";
}

/// What goes out beside a picture and isn't part of it: the picture depends on the log alone, these on the run.
struct PublicationStatus {
  PublicationMode mode = PublicationMode::live;
  units::Duration latency;            ///< from the picture's time to its publication, by the real clock
  bool recording = false;             ///< a recording is being written
  double speed = 1.0;                 ///< of a replay, as a multiple of real time; 0 for as fast as possible
  std::string title;                  ///< of the site or recording; any text
  std::vector<FeedStatus> feeds;      ///< of a live system, in the order of its configuration
  std::vector<OutputStatus> outputs;  ///< of a live system: what receivers' messages are passed on to

  friend bool operator==(const PublicationStatus&, const PublicationStatus&) = default;
};

}  // namespace marsad::output

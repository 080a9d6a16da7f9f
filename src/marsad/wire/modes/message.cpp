#include "marsad/wire/modes/message.hpp"

#include <limits>

namespace marsad::wire::modes::detail {

std::optional<double> AirAir::maximum_airspeed_kt() const noexcept {
  switch (reply_information()) {
    case 9:
      return 75.0;
    case 10:
      return 150.0;
    case 11:
      return 300.0;
    case 12:
      return 600.0;
    case 13:
      return 1200.0;
    case 14:
      return std::numeric_limits<double>::infinity();
    default:
      return std::nullopt;
  }
}

}  // namespace marsad::wire::modes::detail

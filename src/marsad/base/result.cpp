#include "marsad/base/result.hpp"

namespace marsad::base {

const char* name_of(FaultCode code) noexcept {
  switch (code) {
    case FaultCode::truncated:
      return "truncated";
    case FaultCode::bad_length:
      return "bad length";
    case FaultCode::bad_value:
      return "bad value";
    case FaultCode::unknown_format:
      return "unknown format";
    case FaultCode::unknown_edition:
      return "unknown edition";
    case FaultCode::too_large:
      return "too large";
    case FaultCode::checksum:
      return "checksum";
  }
  return "unknown fault";
}

}  // namespace marsad::base

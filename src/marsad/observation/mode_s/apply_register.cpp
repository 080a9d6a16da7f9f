#include "marsad/observation/mode_s/apply.hpp"
#include "marsad/wire/modes/register.hpp"

namespace marsad::observation::mode_s {

void apply_register(const wire::modes::Frame& frame, Aircraft& aircraft, const Application& work) {
  const wire::modes::Register message(frame.payload());
  const auto identification = wire::modes::decode_bds_20(message);
  if (identification.consistent) note_identification(aircraft, identification.view(), false, work);
}

}  // namespace marsad::observation::mode_s

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "marsad/wire/framing/receiver_message.hpp"

namespace marsad::wire::framing {

/// How much an AVR line tells.
enum class AvrStyle : std::uint8_t {
  plain,               ///< *8D...;
  with_counter,        ///< @TTTTTTTTTTTT8D...;
  counter_and_signal,  ///< <TTTTTTTTTTTTSS8D...;
};

/// Appends the message as a Beast frame: 1A, type, and everything behind with each octet 1A sent twice. Reading it back
/// as beast gives the message again, in every bit. A message whose size isn't that of its type is not written.
void append_beast(std::vector<std::byte>& out, const ReceiverMessage& message);

/// Appends the message as one AVR line in upper case, ended by a line feed. Reading it back as avr gives what the style
/// tells again; the rest is 0. A message whose size isn't that of its type is not written.
void append_avr(std::string& out, const ReceiverMessage& message, AvrStyle style);

}  // namespace marsad::wire::framing

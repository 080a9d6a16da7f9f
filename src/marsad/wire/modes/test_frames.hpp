#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "marsad/base/check.hpp"
#include "marsad/base/random.hpp"
#include "marsad/wire/modes/frame.hpp"
#include "marsad/wire/modes/register.hpp"

/// Frames for the tests of this room.
namespace marsad::wire::modes {

/// From hexadecimal text, which must be a frame.
inline Frame frame_of(std::string_view hex) {
  const auto digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10); };
  std::array<std::byte, Frame::kLong> octets{};
  const std::size_t size = hex.size() / 2;
  MARSAD_CHECK(size <= octets.size());
  for (std::size_t i = 0; i < size; ++i)
    octets[i] = static_cast<std::byte>(digit(hex[2 * i]) << 4U | digit(hex[2 * i + 1]));
  const auto frame = Frame::from(std::span(octets).first(size));
  MARSAD_CHECK(frame.has_value());
  return *frame;
}

/// The octets that a frame was made of.
inline std::vector<std::byte> octets_of(const Frame& frame) {
  std::vector<std::byte> octets;
  for (unsigned i = 0; i < frame.size(); ++i)
    octets.push_back(static_cast<std::byte>(frame.bits(8 * i + 1, 8 * i + 8)));
  return octets;
}

/// A value at bits `first` to `last` of a payload.
struct Part {
  unsigned first;
  unsigned last;
  std::uint64_t value;
};
/// A payload (ME, MB) of such values, all else 0.
inline Register me_of(std::initializer_list<Part> parts) {
  std::uint64_t bits = 0;
  for (const Part& part : parts) bits |= part.value << (56U - part.last);
  return Register(bits);
}
inline Register me_of(const char* hex) { return Register(frame_of(hex).payload()); }

/// Any frame at all.
inline Frame random_frame(base::Random& random) {
  std::array<std::byte, Frame::kLong> octets{};
  for (std::byte& octet : octets) octet = static_cast<std::byte>(random.below(256));
  const bool is_long = (octets[0] & std::byte{0x80}) != std::byte{0};
  return *Frame::from(std::span(octets).first(is_long ? Frame::kLong : Frame::kShort));
}

}  // namespace marsad::wire::modes

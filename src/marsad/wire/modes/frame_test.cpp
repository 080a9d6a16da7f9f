#include "marsad/wire/modes/frame.hpp"

#include <gtest/gtest.h>

#include <array>

namespace marsad::wire::modes {
namespace {

constexpr std::array<std::byte, 14> octets_of_first_squitter() {
  constexpr std::array<unsigned char, 14> octets{0x8D, 0x40, 0x6B, 0x90, 0x20, 0x15, 0xA6,
                                                 0x78, 0xD4, 0xD2, 0x20, 0xAA, 0x4B, 0xDA};
  std::array<std::byte, 14> out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::byte{octets[i]};
  return out;
}

TEST(Frame, GivesAnyStretchOfBitsAsANumber) {
  const auto frame = Frame::from(octets_of_first_squitter());
  ASSERT_TRUE(frame.has_value());
  EXPECT_EQ(frame->downlink_format(), 17U);
  EXPECT_EQ(frame->bits(9, 32), 0x406B90U);
  EXPECT_EQ(frame->payload(), 0x2015A678D4D220U);
  EXPECT_EQ(frame->parity_field(), 0xAA4BDAU);
  EXPECT_EQ(frame->bits(57, 72), 0x78D4U);  // across the two words
}

TEST(Frame, RefusesASizeThatContradictsItsFormat) {
  auto octets = octets_of_first_squitter();
  EXPECT_FALSE(Frame::from(std::span(octets).first(7)).has_value());
  octets[0] = std::byte{0x20};  // DF 4 is short
  EXPECT_FALSE(Frame::from(octets).has_value());
  EXPECT_TRUE(Frame::from(std::span(octets).first(7)).has_value());
  EXPECT_FALSE(Frame::from(std::span(octets).first(8)).has_value());
}

}  // namespace
}  // namespace marsad::wire::modes

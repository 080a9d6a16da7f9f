#include "marsad/wire/modes/parity.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/modes/test_frames.hpp"

namespace marsad::wire::modes {
namespace {

/// Long division bit by bit, as the standard writes it.
std::uint32_t slow_remainder(const Frame& frame) {
  std::uint32_t remainder = 0;
  const auto size = static_cast<unsigned>(8 * frame.size());
  for (unsigned bit = 1; bit <= size; ++bit) {
    const auto next = static_cast<std::uint32_t>(bit <= size - 24 ? frame.bits(bit, bit) : 0);
    remainder = remainder << 1U | next;
    if ((remainder & 0x100'0000U) != 0) remainder ^= 0x1FF'F409U;
  }
  return remainder;
}

TEST(Parity, IsTheRemainderOfLongDivision) {
  base::Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    const Frame frame = random_frame(random);
    ASSERT_EQ(parity_remainder(frame), slow_remainder(frame));
    ASSERT_EQ(parity_syndrome(frame), slow_remainder(frame) ^ frame.parity_field());
  }
}

TEST(Parity, OfASquitterIsClean) {
  EXPECT_EQ(parity_syndrome(frame_of("8D406B902015A678D4D220AA4BDA")), 0U);
  EXPECT_EQ(parity_syndrome(frame_of("8D406B902015A678D4D220AA4BDB")), 1U);
}

TEST(Parity, OfAReplyHoldsTheAddress) {
  EXPECT_EQ(parity_use(4), ParityUse::address);
  EXPECT_EQ(parity_syndrome(frame_of("20000211C7E1DE")), 0xA48850U);
  EXPECT_EQ(parity_syndrome(frame_of("A00015B7C26E1370AA00005DD34A")), 0x4D010DU);
}

TEST(Parity, OfAnAllCallReplyHoldsTheInterrogator) {
  const Frame squitter = frame_of("5F4001594B0FBB");
  EXPECT_EQ(interrogator_of(parity_syndrome(squitter)), (Interrogator{false, 0}));
  EXPECT_FALSE(interrogator_of(parity_syndrome(squitter.with_bit_inverted(7))).has_value());
  const Frame asked = frame_of("5D4840D6F87407");
  EXPECT_EQ(interrogator_of(parity_syndrome(asked)), (Interrogator{false, 8}));
}

TEST(Interrogator, HasAnIdentifierOrASurveillanceCode) {
  EXPECT_EQ(interrogator_of(0x0F), (Interrogator{false, 15}));
  EXPECT_EQ(interrogator_of(0x11), (Interrogator{true, 1}));
  EXPECT_EQ(interrogator_of(0x20), (Interrogator{true, 16}));
  EXPECT_EQ(interrogator_of(0x4F), (Interrogator{true, 63}));
  EXPECT_EQ(interrogator_of(0x10), std::nullopt) << "there is no SI code 0";
  EXPECT_EQ(interrogator_of(0x50), std::nullopt);
  EXPECT_EQ(interrogator_of(0x80), std::nullopt);
  EXPECT_EQ(interrogator_of(0x400001), std::nullopt);
}

TEST(DataParity, TellsTheRegister) {
  EXPECT_EQ(overlaid_register(0xABCDEF ^ 0x400000, 0xABCDEF), 0x40);
  EXPECT_EQ(overlaid_register(0xABCDEF, 0xABCDEF), std::nullopt);
  EXPECT_EQ(overlaid_register(0xABCDEE, 0xABCDEF), std::nullopt);
}

TEST(Correction, IsOffUnlessAskedFor) {
  const Frame damaged = frame_of("8D406B902015A678D4D220AA4BDA").with_bit_inverted(60);
  EXPECT_FALSE(correct(damaged, Correction::none, KnownAddress(0x406B90)).has_value());
}

TEST(Correction, MendsAnyOneBitThatIsNeitherFormatNorAddress) {
  for (const char* text : {"8D406B902015A678D4D220AA4BDA", "5D71BE3409274B", "904676E83075A0D1C011A8E1489A"}) {
    const Frame sound = frame_of(text);
    const KnownAddress known(static_cast<std::uint32_t>(sound.bits(9, 32)));
    EXPECT_FALSE(correct(sound, Correction::one_bit, known).has_value()) << "nothing to mend";
    for (unsigned bit = 1; bit <= 8 * sound.size(); ++bit) {
      const Frame damaged = sound.with_bit_inverted(bit);
      if (Frame::from(octets_of(damaged)) == std::nullopt) continue;  // the first bit: another size
      const auto mended = correct(damaged, Correction::one_bit, known);
      const bool is_code = sound.downlink_format() == 11 && interrogator_of(parity_syndrome(damaged)).has_value();
      const bool may_be_mended = bit > 5 && (bit < 9 || bit > 32) && !is_code;
      ASSERT_EQ(mended.has_value(), may_be_mended) << text << " bit " << bit;
      if (!mended) continue;
      EXPECT_EQ(mended->frame, sound);
      EXPECT_EQ(mended->bit, bit);
    }
  }
}

TEST(Correction, NeedsTheAddressToBeKnown) {
  const Frame damaged = frame_of("8D406B902015A678D4D220AA4BDA").with_bit_inverted(60);
  EXPECT_TRUE(correct(damaged, Correction::one_bit, KnownAddress(0x406B90)).has_value());
  EXPECT_FALSE(correct(damaged, Correction::one_bit, KnownAddress(0x406B91)).has_value());
  const Frame other_aircraft = frame_of("8D406B902015A678D4D220AA4BDA").with_bit_inverted(32);
  EXPECT_FALSE(correct(other_aircraft, Correction::one_bit, KnownAddress(0x406B90)).has_value());
  EXPECT_FALSE(correct(other_aircraft, Correction::one_bit, KnownAddress(0x406B91)).has_value());
}

TEST(Correction, LeavesRepliesAndTwoBitErrorsAlone) {
  const Frame reply = frame_of("20000211C7E1DE").with_bit_inverted(20);
  EXPECT_FALSE(correct(reply, Correction::one_bit, KnownAddress(0xA48850)).has_value());
  const Frame sound = frame_of("8D406B902015A678D4D220AA4BDA");
  for (unsigned first = 33; first <= 112; ++first)
    for (unsigned second = first + 1; second <= 112; ++second)
      ASSERT_FALSE(
          correct(sound.with_bit_inverted(first).with_bit_inverted(second), Correction::one_bit, KnownAddress(0x406B90))
              .has_value());
}

}  // namespace
}  // namespace marsad::wire::modes

#include "marsad/wire/modes/message.hpp"

#include <gtest/gtest.h>

#include "marsad/base/random.hpp"
#include "marsad/wire/modes/parity.hpp"
#include "marsad/wire/modes/test_frames.hpp"

namespace marsad::wire::modes {
namespace {

template <class Type>
Type message_of(const char* hex) {
  const Message message = decode(frame_of(hex));
  EXPECT_TRUE(std::holds_alternative<Type>(message)) << hex;
  return std::get<Type>(message);
}

TEST(Message, OfEveryFormatHasItsType) {
  base::Random random(1);
  constexpr std::size_t kTypes[25] = {0,  10, 10, 10, 1, 2, 10, 10, 10, 10, 10, 3, 10,
                                      10, 10, 10, 4,  5, 5, 5,  6,  7,  10, 10, 8};
  for (int i = 0; i < 20'000; ++i) {
    const Frame frame = random_frame(random);
    const std::size_t expected = kTypes[frame.downlink_format()];
    const bool military = frame.downlink_format() == 19 && frame.bits(6, 8) != 0;
    ASSERT_EQ(decode(frame).index(), military ? 9 : expected);
  }
}

TEST(ShortAirAirReply, TellsAltitudeAndAcas) {
  const auto message = message_of<ShortAirAir>("02E193BFCBE8DD");
  EXPECT_FALSE(message.on_ground());
  EXPECT_TRUE(message.cross_link());
  EXPECT_EQ(message.sensitivity_level(), 7U);
  EXPECT_EQ(message.reply_information(), 3U);
  EXPECT_EQ(message.maximum_airspeed_kt(), std::nullopt);
  EXPECT_EQ(message.altitude_ft(), 30'975);
}

TEST(LongAirAirReply, CarriesAMessage) {
  const auto message = message_of<LongAirAir>("80A18510582903B5C72BAE2A7A32");
  EXPECT_EQ(message.message().value(), 0x582903B5C72BAEU);
  EXPECT_EQ(message.reply_information(), 3U);
}

TEST(AltitudeReply, TellsFlightStatusAndAltitude) {
  const auto message = message_of<SurveillanceAltitude>("20000211C7E1DE");
  EXPECT_EQ(message.flight_status().on_ground(), std::optional(false));
  EXPECT_FALSE(message.flight_status().alert());
  EXPECT_EQ(message.downlink_request(), 0U);
  EXPECT_EQ(message.utility_message(), 0U);
  EXPECT_EQ(message.altitude_ft(), 2'225);
}

TEST(IdentityReply, TellsTheModeACode) {
  EXPECT_EQ(message_of<SurveillanceIdentity>("280018150FE170").mode_a(), 01017);
  EXPECT_EQ(message_of<CommBIdentity>("A8000D9FA55A032DBFFC000D8123").mode_a(), 05667);
}

TEST(CommB, CarriesARegister) {
  const auto message = message_of<CommBAltitude>("A00015B7C26E1370AA00005DD34A");
  EXPECT_EQ(message.altitude_ft(), 33'975);
  EXPECT_EQ(message.message(), Register(0xC26E1370AA0000));
}

TEST(FlightStatus, LeavesSomeThingsOpen) {
  EXPECT_EQ(FlightStatus(1).on_ground(), std::optional(true));
  EXPECT_TRUE(FlightStatus(3).alert());
  EXPECT_EQ(FlightStatus(3).on_ground(), std::optional(true));
  EXPECT_TRUE(FlightStatus(4).alert() && FlightStatus(4).special_position());
  EXPECT_EQ(FlightStatus(4).on_ground(), std::nullopt);
  EXPECT_TRUE(FlightStatus(5).special_position() && !FlightStatus(5).alert());
  EXPECT_FALSE(FlightStatus(7).alert() || FlightStatus(7).special_position());
}

TEST(Consistency, IsMissingWhereReservedBitsOrCodesAreSet) {
  for (const char* sound :
       {"02E193BFCBE8DD", "20000211C7E1DE", "280018150FE170", "5D4840D6F87407", "80A18510582903B5C72BAE2A7A32",
        "A00015B7C26E1370AA00005DD34A", "A8000D9FA55A032DBFFC000D8123", "8D406B902015A678D4D220AA4BDA"})
    EXPECT_TRUE(is_consistent(frame_of(sound))) << sound;
  const Frame short_air = frame_of("02E193BFCBE8DD");
  for (const unsigned bit : {8U, 12U, 13U, 18U, 19U, 26U})
    EXPECT_FALSE(is_consistent(short_air.with_bit_inverted(bit)));
  EXPECT_FALSE(is_consistent(short_air.with_bit_inverted(16))) << "RI 1";
  EXPECT_FALSE(is_consistent(frame_of("80A18510582903B5C72BAE2A7A32").with_bit_inverted(7)));
  const Frame altitude = frame_of("20000211C7E1DE");
  EXPECT_TRUE(is_consistent(altitude.with_bit_inverted(8))) << "FS 1";
  EXPECT_FALSE(is_consistent(altitude.with_bit_inverted(6).with_bit_inverted(7))) << "FS 6";
  EXPECT_FALSE(is_consistent(altitude.with_bit_inverted(10))) << "DR 8";
  EXPECT_TRUE(is_consistent(altitude.with_bit_inverted(9))) << "DR 16";
  EXPECT_FALSE(is_consistent(altitude.with_bit_inverted(26))) << "metres";
  EXPECT_TRUE(is_consistent(altitude.with_bit_inverted(12))) << "DR 2: an ACAS message waits";
}

TEST(AllCallReply, TellsAddressAndCapability) {
  const auto message = message_of<AllCall>("5D4840D6F87407");
  EXPECT_EQ(message.address(), 0x4840D6U);
  EXPECT_EQ(message.capability(), 5U);
  EXPECT_EQ(message.on_ground(), std::optional(false));
  EXPECT_EQ(message_of<AllCall>("5F4001594B0FBB").on_ground(), std::nullopt);
}

TEST(CommDSegment, HasItsNumber) {
  const auto message = message_of<CommD>("D5112233445566778899AABBCCDD");
  EXPECT_TRUE(message.acknowledgement());
  EXPECT_EQ(message.segment(), 5U);
  EXPECT_EQ(message.message_head(), 0x1122U);
  EXPECT_EQ(message.message_tail(), 0x33445566778899AAU);
}

/// A squitter of DF18 with this control field, type code and one more bit of the message set.
ExtendedSquitter df18(unsigned control_field, unsigned type_code, unsigned bit) {
  Frame frame = frame_of("9000000000000000000000000000");
  const auto set = [&frame](unsigned first, unsigned last, unsigned value) {
    for (unsigned i = last; i >= first; --i, value >>= 1U)
      if ((value & 1U) != 0) frame = frame.with_bit_inverted(i);
  };
  set(6, 8, control_field);
  set(33, 37, type_code);
  if (bit != 0) frame = frame.with_bit_inverted(32 + bit);
  return std::get<ExtendedSquitter>(decode(frame));
}

TEST(ExtendedSquitter, OfATransponderHasAnAircraftsAddress) {
  const auto message = message_of<ExtendedSquitter>("8D406B902015A678D4D220AA4BDA");
  EXPECT_EQ(message.address(), 0x406B90U);
  EXPECT_EQ(message.address_kind(), AddressKind::aircraft);
  EXPECT_EQ(message.source(), SquitterSource::transponder);
  EXPECT_EQ(message.subfield(), 5U);
  EXPECT_EQ(message.type_code(), 4U);
  EXPECT_FALSE(message.imf());
}

TEST(ExtendedSquitter, OfOtherDevicesIsToldApartByItsControlField) {
  EXPECT_EQ(df18(0, 11, 8).address_kind(), AddressKind::aircraft) << "bit 8 is no IMF in ADS-B";
  EXPECT_EQ(df18(1, 11, 0).address_kind(), AddressKind::anonymous);
  EXPECT_EQ(df18(1, 11, 0).source(), SquitterSource::non_transponder);
  EXPECT_EQ(df18(2, 11, 0).address_kind(), AddressKind::aircraft);
  EXPECT_EQ(df18(2, 11, 8).address_kind(), AddressKind::track_file);
  EXPECT_EQ(df18(2, 7, 21).address_kind(), AddressKind::track_file);
  EXPECT_EQ(df18(2, 19, 9).address_kind(), AddressKind::track_file);
  EXPECT_EQ(df18(2, 4, 8).address_kind(), AddressKind::aircraft) << "an identification has no IMF";
  EXPECT_EQ(df18(3, 0, 1).address_kind(), AddressKind::track_file);
  EXPECT_EQ(df18(3, 0, 0).address_kind(), AddressKind::aircraft);
  EXPECT_FALSE(df18(3, 11, 0).has_type_code());
  EXPECT_FALSE(df18(4, 11, 0).has_type_code());
  EXPECT_EQ(df18(4, 11, 0).address_kind(), AddressKind::none);
  EXPECT_EQ(df18(5, 11, 0).address_kind(), AddressKind::anonymous);
  EXPECT_EQ(df18(5, 11, 8).address_kind(), AddressKind::none);
  EXPECT_EQ(df18(6, 11, 0).address_kind(), AddressKind::aircraft);
  EXPECT_EQ(df18(6, 31, 56).address_kind(), AddressKind::anonymous);
  EXPECT_EQ(df18(6, 29, 51).address_kind(), AddressKind::anonymous);
  EXPECT_EQ(df18(6, 28, 56).source(), SquitterSource::rebroadcast);
  EXPECT_EQ(df18(7, 11, 0).address_kind(), AddressKind::none);
  EXPECT_FALSE(df18(7, 11, 0).has_type_code());
}

}  // namespace
}  // namespace marsad::wire::modes

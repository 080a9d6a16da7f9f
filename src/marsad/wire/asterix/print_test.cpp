#include "marsad/wire/asterix/print.hpp"

#include <gtest/gtest.h>

#include <string>

#include "marsad/wire/asterix/builder.hpp"
#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/asterix/fields/cat048.hpp"

namespace marsad::wire::asterix {
namespace {

/// The register's number and the lowest octet of its bits; nothing of register 0,0.
void append_number_of_register(std::string& out, std::uint8_t bds, std::uint64_t bits) {
  if (bds != 0) out += "{\"bds\":" + std::to_string(bds) + ",\"low\":" + std::to_string(bits & 0xFFU) + "}";
}

/// The only record of a block of `builder`, printed.
template <class Print>
void print(const RecordBuilder& builder, Print&& print) {
  EditionSet set;
  set.choose(builder.edition().category(), builder.edition());
  BlockBuilder block(builder.edition().category());
  ASSERT_TRUE(block.add(builder).ok());
  DatagramReader reader(block.octets(), set);
  ASSERT_EQ(reader.next(), DatagramReader::Step::record);
  print(reader.record());
}

TEST(Print, PutsWhatARegisterSaysBesideItsOctets) {
  RecordBuilder builder(*latest_edition(48));
  builder.set_raw(cat048::I250_MBDATA, 0x0102, 0);
  builder.set_raw(cat048::I250_BDS1, 4, 0);
  builder.set_raw(cat048::I250_BDS2, 0xF, 0);
  builder.set_raw(cat048::I250_MBDATA, 0x03, 1);
  print(builder, [](const RecordView& record) {
    const std::string text = record_to_json(record, {.append_register = append_number_of_register});
    EXPECT_NE(text.find(R"([{"MBDATA":"00000000000102","BDS1":4,"BDS2":15,"register":{"bds":79,"low":2}},)"
                        R"({"MBDATA":"00000000000003","BDS1":0,"BDS2":0}])"),
              std::string::npos)
        << text;
    std::string row;
    append_csv(row, record, {.append_register = append_number_of_register});
    EXPECT_NE(row.find(R"(""register"":{""bds"":79,""low"":2}})"), std::string::npos) << row;
  });
}

}  // namespace
}  // namespace marsad::wire::asterix

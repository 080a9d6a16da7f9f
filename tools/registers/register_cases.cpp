#include "register_cases.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "marsad/wire/asterix/decode.hpp"
#include "marsad/wire/framing/file_reader.hpp"

namespace marsad::registers {
namespace {

using wire::asterix::EditionSet;
using wire::asterix::Field;
using wire::asterix::Item;
using wire::asterix::RecordView;
using wire::modes::Register;
using wire::modes::RegisterContext;

std::vector<std::byte> content_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> characters{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::byte> octets(characters.size());
  std::ranges::transform(characters, octets.begin(), [](char character) { return static_cast<std::byte>(character); });
  return octets;
}

std::uint64_t number_of(std::span<const std::byte> octets) {
  std::uint64_t value = 0;
  for (const std::byte octet : octets) value = value << 8U | std::to_integer<std::uint64_t>(octet);
  return value;
}

/// Takes records apart; the fields are looked up once.
class CaseReader {
 public:
  void take(const RecordView& record, std::vector<RegisterCase>& out) const {
    if (record.category() != 48) return;
    const auto address = record.raw(address_);
    if (!address) return;
    const RegisterContext context = context_of(record);
    const auto add = [&](std::uint8_t bds, std::uint64_t bits) {
      if (bds != 0 && bits != 0) out.push_back({static_cast<std::uint32_t>(*address), bds, Register(bits), context});
    };
    if (const auto identification = record.raw(identification_))
      add(0x20, std::uint64_t{0x20} << 48U | *identification);
    const auto item = record.octets(registers_);
    for (std::size_t at = 1; at + 8 <= item.size(); at += 8)
      add(std::to_integer<std::uint8_t>(item[at + 7]), number_of(item.subspan(at, 7)));
  }

 private:
  static Field field(const char* name) { return *wire::asterix::find_field(48, name); }

  RegisterContext context_of(const RecordView& record) const {
    RegisterContext context;
    if (const auto level = record.value(level_)) context.altitude_ft = *level * 100.0;
    if (const auto speed = record.value(speed_)) context.ground_speed_kt = *speed * 3600.0;
    context.true_track_deg = record.value(track_);
    return context;
  }

  Field address_ = field("220");
  Field identification_ = field("240");
  Field level_ = field("090/FL");
  Field speed_ = field("200/GSP");
  Field track_ = field("200/HDG");
  Item registers_ = *wire::asterix::find_item(48, "250");
};

}  // namespace

std::vector<RegisterCase> read_register_cases(const std::filesystem::path& path) {
  std::vector<RegisterCase> cases;
  const auto content = content_of(path);
  auto reader = wire::framing::FileReader::open(content);
  if (!reader) return cases;
  const EditionSet editions = EditionSet::defaults();
  const CaseReader records;
  while (const auto datagram = reader->next())
    wire::asterix::decode_datagram(
        datagram->payload, editions, [&](const RecordView& record) { records.take(record, cases); },
        [](const wire::asterix::DecodeFault&) {});
  return cases;
}

}  // namespace marsad::registers

#include "marsad/wire/asterix/record_printer.hpp"

#include <bit>

#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"
#include "marsad/wire/asterix/typed/value.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::Content;
using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Printing;
using schema::Shape;

Printing printing_of(Meaning meaning) noexcept {
  switch (meaning) {
    case Meaning::unsigned_number:
      return Printing::unsigned_number;
    case Meaning::signed_number:
      return Printing::signed_number;
    case Meaning::octal:
      return Printing::octal;
    case Meaning::ascii:
      return Printing::ascii;
    case Meaning::icao:
      return Printing::icao;
    case Meaning::bds:
      return Printing::octets;
    case Meaning::code:
      break;
  }
  return Printing::integer;
}

bool holds_register(std::span<const FieldSpec> fields) noexcept {
  return fields.size() == 3 && schema::contents[fields[0].content].meaning == Meaning::bds &&
         fields[1].name == "BDS1" && fields[2].name == "BDS2";
}

}  // namespace

template <Quoting kQuoting>
RecordPrinter<kQuoting>::RecordPrinter(TextWriter<kQuoting>& writer, const RecordView& record,
                                       const PrintOptions& options) noexcept
    : writer_(writer),
      record_(record),
      tables_(record.edition().tables()),
      options_(options),
      keys_(schema::keys.data()),
      contents_(schema::contents.data()),
      end_(record.octets().data() + record.octets().size()) {}

template <Quoting kQuoting>
inline std::uint64_t RecordPrinter<kQuoting>::Bits::of(std::size_t bit, std::size_t width) const noexcept {
  if (bit + width > 64) [[unlikely]]
    return read_bits(octets, bit, width);
  return word << bit >> (64 - width);
}

template <Quoting kQuoting>
inline typename RecordPrinter<kQuoting>::Bits RecordPrinter<kQuoting>::bits_of(Octets octets) const noexcept {
  if (end_ - octets.data() >= 8) [[likely]]
    return {octets, typed::load<8>(octets.data())};
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) word |= std::uint64_t{octet_at(octets, i)} << (56 - 8 * i);
  return {octets, word};
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_value(const FieldSpec& spec, Printing printing, const Content& content,
                                          const Bits& bits) {
  switch (printing) {
    case Printing::integer:
      return writer_.integer(bits.of(spec.bit, spec.width));
    case Printing::unsigned_number:
      if (options_.raw) return writer_.integer(bits.of(spec.bit, spec.width));
      return writer_.scaled(bits.of(spec.bit, spec.width), false, content);
    case Printing::signed_number:
      return print_signed(bits.of(spec.bit, spec.width), spec.width, content);
    case Printing::octal:
      if (options_.raw) return writer_.integer(bits.of(spec.bit, spec.width));
      return print_octal(bits.of(spec.bit, spec.width), spec.width);
    case Printing::ascii:
      return print_text(spec, 8, bits);
    case Printing::icao:
      return print_text(spec, 6, bits);
    case Printing::octets:
      return writer_.hex(bits.octets.subspan(spec.bit / 8U, spec.width / 8U));
    case Printing::by_case:
      return print_by_case(spec, bits);
  }
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_items() {
  writer_.make_room();
  writer_.put('{');
  for (std::uint64_t left = record_.presence(); left != 0; left &= left - 1) {
    const auto number = static_cast<std::size_t>(std::countr_zero(left));
    const Node& node = tables_.nodes[tables_.roots[number]];
    writer_.make_room();
    writer_.key(keys_[node.key]);
    print_node(node, record_.octets_of_item(number));
    writer_.put(',');
  }
  writer_.close('}');
}

template <Quoting kQuoting>
inline void RecordPrinter<kQuoting>::print_node(const Node& node, Octets octets) {
  switch (node.shape) {
    case Shape::fixed:
    case Shape::extended:
      return print_repetition(node, octets);
    case Shape::compound:
      return print_children(node, octets);
    case Shape::explicit_length:
      if (node.fspec_octets == 0 || record_.is_opaque(node.position)) return writer_.hex(octets.subspan(1));
      return print_children(node, octets);
    case Shape::repeat_count:
      return print_repetitions(node, octets.subspan(1));
    case Shape::repeat_fx:
      return print_repetitions(node, octets);
  }
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_repetitions(const Node& node, Octets octets) {
  writer_.put('[');
  for (; octets.size() >= node.size; octets = octets.subspan(node.size)) {
    print_repetition(node, octets.first(node.size));
    writer_.put(',');
  }
  writer_.close(']');
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_children(const Node& node, Octets octets) {
  writer_.put('{');
  ChildWalk walk(tables_, node, octets);
  while (walk.next()) {
    const Node& child = tables_.nodes[walk.child()];
    writer_.make_room();
    writer_.key(keys_[child.key]);
    print_node(child, walk.octets());
    writer_.put(',');
  }
  writer_.close('}');
}

/// One repetition of a node, with room left for what closes those around it.
template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_repetition(const Node& node, Octets octets) {
  const auto fields = tables_.fields.subspan(node.first_field, node.field_count);
  const Bits bits = bits_of(octets);
  writer_.make_room();
  if (fields.size() == 1 && fields[0].key == schema::kNone) {
    print_value(fields[0], fields[0].printing, contents_[fields[0].content], bits);
  } else {
    writer_.put('{');
    print_fields(fields, bits);
    if (options_.append_register != nullptr && holds_register(fields)) print_register(fields, octets);
    writer_.make_room();
    writer_.close('}');
  }
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::change_group(std::uint16_t from, std::uint16_t to) noexcept {
  if (from != schema::kNone) {
    writer_.close('}');
    writer_.put(',');
  }
  if (to == schema::kNone) return;
  writer_.key(keys_[to]);
  writer_.put('{');
}

/// A field whose bits are one number, written from `at` on; nothing for the other kinds.
[[nodiscard]] inline char* write_number(char* at, const FieldSpec& spec, const Content& content, std::uint64_t bits,
                                        bool raw) noexcept {
  if (spec.printing == Printing::integer) return decimal::write_integer(at, bits);
  if (spec.printing == Printing::unsigned_number)
    return raw ? decimal::write_integer(at, bits) : decimal::write_scaled(at, bits, false, content);
  if (spec.printing != Printing::signed_number) return nullptr;
  const std::int64_t number = sign_extend(bits, spec.width);
  if (raw) return decimal::write_integer(at, number);
  const std::uint64_t magnitude = number < 0 ? -static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  return decimal::write_scaled(at, magnitude, number < 0, content);
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_fields(std::span<const FieldSpec> fields, const Bits& all) {
  const Bits bits = all;
  const std::size_t end = bits.octets.size() * 8;
  const bool raw = options_.raw;
  const schema::Key* const keys = keys_;
  std::uint16_t group = schema::kNone;
  char* at = writer_.cursor();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const FieldSpec& spec = fields[i];
    if (std::size_t{spec.bit} + spec.width > end) break;
    if (spec.printing == Printing::by_case && is_absent(fields, i)) continue;
    if (!writer_.has_room(at) || spec.group_key != group) [[unlikely]] {
      writer_.set_cursor(at);
      writer_.make_room();
      if (spec.group_key != group) change_group(group, spec.group_key);
      group = spec.group_key;
      at = writer_.cursor();
    }
    at = TextWriter<kQuoting>::write_key(at, keys[spec.key]);
    const std::uint64_t number = spec.width <= 64 ? bits.of(spec.bit, spec.width) : 0;
    if (char* const after = write_number(at, spec, contents_[spec.content], number, raw)) {
      at = after;
    } else {
      writer_.set_cursor(at);
      print_value(spec, spec.printing, contents_[spec.content], bits);
      at = writer_.cursor();
    }
    *at++ = ',';
  }
  writer_.set_cursor(at);
  if (group != schema::kNone) writer_.close('}');
}

/// Is this field not there, or printed as a group of finer ones, because the values of other fields say so?
template <Quoting kQuoting>
bool RecordPrinter<kQuoting>::is_absent(std::span<const FieldSpec> fields, std::size_t field) const noexcept {
  if (record_.meaning_of(fields[field]) == nullptr) return true;
  for (std::size_t i = field + 1; i < fields.size(); ++i) {
    if (!fields[i].only_in_case || fields[i].group_key != fields[field].key) return false;
    if (record_.meaning_of(fields[i]) != nullptr) return true;
  }
  return false;
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_by_case(const FieldSpec& spec, const Bits& bits) {
  const Content* const meaning = record_.meaning_of(spec);
  const Content& content = meaning != nullptr ? *meaning : contents_[spec.content];
  const bool as_octets = spec.width > 53 && spec.bit % 8 == 0 && spec.width % 8 == 0;
  const Printing printing = printing_of(content.meaning);
  print_value(spec, printing == Printing::integer && as_octets ? Printing::octets : printing, content, bits);
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_signed(std::uint64_t bits, std::size_t width, const Content& content) noexcept {
  const std::int64_t number = sign_extend(bits, width);
  if (options_.raw) return writer_.integer(number);
  const std::uint64_t magnitude = number < 0 ? -static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
  writer_.scaled(magnitude, number < 0, content);
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_octal(std::uint64_t bits, std::size_t width) noexcept {
  writer_.quote();
  for (std::size_t digits = (width + 2) / 3; digits-- > 0;)
    writer_.put(static_cast<char>('0' + (bits >> (3 * digits) & 7U)));
  writer_.quote();
}

template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_text(const FieldSpec& spec, std::size_t bits_each, const Bits& bits) noexcept {
  const auto character = [&](std::size_t i) {
    const auto code = static_cast<unsigned>(bits.of(spec.bit + i * bits_each, bits_each));
    return static_cast<char>(bits_each == 6 && code < 32 ? code + 64 : code);
  };
  std::size_t size = spec.width / bits_each;
  while (size > 0 && character(size - 1) == ' ') --size;
  writer_.quote();
  for (std::size_t i = 0; i < size; ++i) writer_.escaped(character(i));
  writer_.quote();
}

/// What the register that these fields hold and name says.
template <Quoting kQuoting>
void RecordPrinter<kQuoting>::print_register(std::span<const FieldSpec> fields, Octets octets) {
  const auto number = static_cast<std::uint8_t>(read_bits(octets, fields[1].bit, 8));
  writer_.take_back_comma();
  std::string& out = writer_.flushed();
  const std::size_t before = out.size();
  out += kQuoting == Quoting::csv ? ",\"\"register\"\":" : ",\"register\":";
  const std::size_t begin = out.size();
  options_.append_register(out, number, read_bits(octets, fields[0].bit, fields[0].width));
  if (out.size() == begin) return out.resize(before);
  if constexpr (kQuoting == Quoting::csv)
    for (std::size_t i = begin; i < out.size(); ++i)
      if (out[i] == '"') out.insert(i++, 1, '"');
}

template class RecordPrinter<Quoting::json>;
template class RecordPrinter<Quoting::csv>;

}  // namespace marsad::wire::asterix

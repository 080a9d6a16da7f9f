#include "marsad/wire/asterix/columns.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <utility>

#include "marsad/base/check.hpp"
#include "marsad/wire/asterix/bits.hpp"
#include "marsad/wire/asterix/measure.hpp"

namespace marsad::wire::asterix {
namespace {

using schema::Content;
using schema::FieldSpec;
using schema::Meaning;
using schema::Node;
using schema::Shape;
using Octets = std::span<const std::byte>;

constexpr std::size_t kCharacterOctets = sizeof(char32_t);

const schema::CategoryTables* tables_of(int category) {
  const auto editions = editions_of(category);
  return editions.empty() ? nullptr : editions.front().tables().category;
}

bool repeats(const Node& node) { return node.shape == Shape::repeat_count || node.shape == Shape::repeat_fx; }

ColumnKind kind_of(const Content& content, std::size_t width, bool raw) {
  switch (content.meaning) {
    case Meaning::ascii:
    case Meaning::icao:
      return ColumnKind::text;
    case Meaning::octal:
      return raw ? ColumnKind::unsigned_integer : ColumnKind::text;
    case Meaning::unsigned_number:
      return raw ? ColumnKind::unsigned_integer : ColumnKind::number;
    case Meaning::signed_number:
      return raw ? ColumnKind::signed_integer : ColumnKind::number;
    default:
      return width > 64 ? ColumnKind::octets : ColumnKind::unsigned_integer;
  }
}

std::size_t characters_of(const Content& content, std::size_t width) {
  switch (content.meaning) {
    case Meaning::ascii:
      return width / 8;
    case Meaning::icao:
      return width / 6;
    default:
      return (width + 2) / 3;
  }
}

bool is_integer(ColumnKind kind) { return kind == ColumnKind::unsigned_integer || kind == ColumnKind::signed_integer; }

std::size_t element_octets_of(ColumnKind kind, const Content& content, std::size_t width) {
  switch (kind) {
    case ColumnKind::number:
      return sizeof(double);
    case ColumnKind::text:
      return kCharacterOctets * characters_of(content, width);
    case ColumnKind::octets:
      return 1;
    default:
      return std::bit_ceil((width + 7) / 8);
  }
}

void write_integer(std::byte* place, std::size_t octets, std::uint64_t bits) {
  constexpr bool kBig = std::endian::native == std::endian::big;
  std::memcpy(place, reinterpret_cast<const std::byte*>(&bits) + (kBig ? sizeof bits - octets : 0), octets);
}

void write_number(std::byte* place, const Content& content, std::uint64_t bits, std::size_t width) {
  const double steps = content.meaning == Meaning::signed_number ? static_cast<double>(sign_extend(bits, width))
                                                                 : static_cast<double>(bits);
  const double value = steps * content.numerator / content.denominator;
  std::memcpy(place, &value, sizeof value);
}

/// The characters of a text of at most 64 bits, whose `count` groups of `each` bits end at the lowest of `bits`.
void write_characters(std::byte* place, std::uint64_t bits, std::size_t count, Meaning meaning) {
  const unsigned each = meaning == Meaning::octal ? 3 : meaning == Meaning::ascii ? 8 : 6;
  std::size_t used = 0;  // up to the last that is no space
  for (std::size_t i = 0; i < count; ++i) {
    auto character = static_cast<char32_t>(bits >> ((count - 1 - i) * each) & low_mask(each));
    if (meaning == Meaning::octal) character += U'0';
    if (meaning == Meaning::icao && character < 32) character += 64;
    if (character != U' ') used = i + 1;
    std::memcpy(place + i * kCharacterOctets, &character, kCharacterOctets);
  }
  std::memset(place + used * kCharacterOctets, 0, (count - used) * kCharacterOctets);
}

/// A longer text, octet by octet.
void write_long_text(std::byte* place, Octets octets, std::size_t bit, std::size_t count) {
  std::size_t used = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto character = static_cast<char32_t>(read_bits(octets, bit + i * 8, 8));
    if (character != U' ') used = i + 1;
    std::memcpy(place + i * kCharacterOctets, &character, kCharacterOctets);
  }
  std::memset(place + used * kCharacterOctets, 0, (count - used) * kCharacterOctets);
}

void write_element(const Column& column, std::byte* place, const Content& content, const FieldSpec& spec,
                   Octets octets) {
  const bool is_text = column.kind() == ColumnKind::text;
  if (spec.width > 64) return write_long_text(place, octets, spec.bit, characters_of(content, spec.width));
  const std::uint64_t bits = read_bits(octets, spec.bit, spec.width);
  if (is_text) return write_characters(place, bits, characters_of(content, spec.width), content.meaning);
  if (column.kind() == ColumnKind::number) return write_number(place, content, bits, spec.width);
  const bool is_signed = content.meaning == Meaning::signed_number;
  write_integer(place, column.element_octets(),
                is_signed ? static_cast<std::uint64_t>(sign_extend(bits, spec.width)) : bits);
}

/// The octets of each repetition of a node, one after another; of a node that does not repeat, all of them once.
template <class Take>
void each_repetition(const Node& node, Octets octets, Take&& take) {
  if (!repeats(node)) return take(octets);
  if (node.shape == Shape::repeat_count) octets = octets.subspan(1);
  for (; octets.size() >= node.size; octets = octets.subspan(node.size)) take(octets.first(node.size));
}

/// Is `name` ("040/RHO") the selected name, or inside it?
bool selects(std::string_view selected, std::string_view name) {
  return name.starts_with(selected) && (name.size() == selected.size() || name[selected.size()] == '/');
}

}  // namespace

Column::Column(std::string name, std::string_view unit, ColumnKind kind, std::size_t element_octets, bool ragged)
    : name_(std::move(name)), unit_(unit), kind_(kind), ragged_(ragged), element_octets_(element_octets) {}

/// Room for at least `rows`, filled with what stands for "absent"; memory is taken at once for as many as are expected.
void Column::grow(std::size_t rows, std::size_t expected) {
  const std::size_t before = presence_.size();
  const std::size_t room = std::max({rows, before * 2, std::size_t{64}});
  presence_.reserve(expected);
  presence_.resize(room);
  if (ragged_) {
    offsets_.reserve(expected + 1);
    offsets_.resize(room + 1);
    return;
  }
  elements_.reserve(expected * element_octets_);
  elements_.resize(room * element_octets_);
  if (kind_ != ColumnKind::number) return;
  constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = before; i < room; ++i)
    std::memcpy(elements_.data() + i * sizeof kAbsent, &kAbsent, sizeof kAbsent);
}

/// Notes that `row`, the last or a new one, has the field.
inline void Column::mark(std::size_t row, std::size_t expected) {
  if (row >= presence_.size()) grow(row + 1, expected);
  if (presence_[row] == 0) ++present_rows_;
  presence_[row] = 1;
}

/// Where the next element of `row` goes.
inline std::byte* Column::place(std::size_t row) {
  if (!ragged_) {
    used_ = (row + 1) * element_octets_;
    return elements_.data() + row * element_octets_;
  }
  if (used_ + element_octets_ > elements_.size()) elements_.resize(std::max<std::size_t>(512, elements_.size() * 2));
  std::byte* const here = elements_.data() + used_;
  used_ += element_octets_;
  ++offsets_[row + 1];  // counts until `finish` adds them up
  return here;
}

void Column::finish(std::size_t rows) {
  if (rows > presence_.size()) grow(rows, rows);
  presence_.resize(rows);
  if (ragged_) {
    offsets_.resize(rows + 1);
    for (std::size_t i = 0; i < rows; ++i) offsets_[i + 1] += offsets_[i];
  } else {
    used_ = rows * element_octets_;
  }
  elements_.resize(used_);
  if (elements_.capacity() > elements_.size() + elements_.size() / 4) elements_.shrink_to_fit();
}

Column::Storage Column::release() noexcept {
  used_ = present_rows_ = 0;
  return {std::exchange(elements_, {}), std::exchange(presence_, {}), std::exchange(offsets_, {})};
}

ColumnTable::ColumnTable(int category, ColumnOptions options) : category_(category), options_(options) {
  const schema::CategoryTables* tables = tables_of(category);
  MARSAD_CHECK(tables != nullptr);
  slots_.resize(tables->fields.size() + tables->items.size());
  describe_slots();
}

/// What each field is over all editions, so that its column is the same whichever comes first.
void ColumnTable::describe_slots() {
  const std::size_t fields = tables_of(category_)->fields.size();
  for (Slot& item : std::span(slots_).subspan(fields)) {
    item.kind = ColumnKind::octets;
    item.ragged = true;
  }
  for (const Edition& edition : editions_of(category_)) {
    const schema::EditionTables& tables = edition.tables();
    for (const FieldSpec& spec : tables.fields) {
      describe(slots_[spec.index], tables, spec, !slots_[spec.index].possible);
      slots_[spec.index].possible = true;
    }
    for (std::size_t number = 0; number < tables.roots.size(); ++number)
      if (tables.nodes[tables.roots[number]].shape == Shape::explicit_length)
        slots_[fields + tables.root_items[number]].possible = true;
  }
  for (Slot& slot : slots_) slot.wanted = true;
}

void ColumnTable::describe(Slot& slot, const schema::EditionTables& tables, const FieldSpec& spec, bool first) const {
  const auto widen = [&](const Content& content) {
    const ColumnKind kind = kind_of(content, spec.width, options_.raw);
    const std::size_t octets = element_octets_of(kind, content, spec.width);
    const bool integers = is_integer(kind) && is_integer(slot.kind);
    if (first || (kind == ColumnKind::number && slot.kind == ColumnKind::unsigned_integer)) {
      slot.kind = kind;  // a number holds what an integer does
      slot.element_octets = octets;
    } else if (kind == slot.kind) {
      slot.element_octets = std::max(slot.element_octets, octets);
    } else if (integers) {  // one more bit for the sign
      slot.kind = ColumnKind::signed_integer;
      slot.element_octets = std::max({slot.element_octets, octets, std::bit_ceil(spec.width / 8U + std::size_t{1})});
    }
    const bool scaled = slot.kind == ColumnKind::number;
    if (first) slot.unit = scaled ? content.unit : std::string_view{};
    if (slot.unit != content.unit) slot.unit = {};
    first = false;
  };
  slot.ragged = slot.ragged || repeats(tables.nodes[spec.node]) ||
                kind_of(schema::contents[spec.content], spec.width, options_.raw) == ColumnKind::octets;
  if (spec.case_count == 0 || !spec.only_in_case) widen(schema::contents[spec.content]);
  for (const schema::Case& one : tables.cases.subspan(spec.first_case, spec.case_count))
    widen(schema::contents[one.content]);
}

void ColumnTable::expect(std::size_t rows) noexcept { expected_ = rows; }

bool ColumnTable::select(std::string_view name) {
  MARSAD_CHECK(rows() == 0);
  const schema::CategoryTables* tables = tables_of(category_);
  if (const std::size_t slash = name.find('/'); slash == 4 && name[0] == 'I') {
    const int digits[3] = {name[1] - '0', name[2] - '0', name[3] - '0'};
    if (digits[0] * 100 + digits[1] * 10 + digits[2] != category_) return false;
    name.remove_prefix(5);
  }
  bool found = false;
  const auto want = [&](std::size_t slot) {
    if (std::exchange(all_, false))
      for (Slot& one : slots_) one.wanted = false;
    slots_[slot].wanted = true;
    found = true;
  };
  for (std::size_t i = 0; i < tables->fields.size(); ++i)
    if (selects(name, tables->fields[i].path)) want(i);
  for (std::size_t i = 0; i < tables->items.size(); ++i)
    if (tables->items[i] == name) want(tables->fields.size() + i);
  return found;
}

ColumnTable::EditionPlan ColumnTable::make_plan(const Edition& edition) const {
  const schema::EditionTables& tables = edition.tables();
  const std::size_t fields = tables.category->fields.size();
  EditionPlan plan;
  plan.edition = &edition;
  plan.number = static_cast<std::uint8_t>(&edition - editions_of(category_).data());
  plan.nodes.resize(tables.nodes.size());
  // Children stand behind their parents, so that going backwards a parent learns of them in time.
  for (std::size_t i = tables.nodes.size(); i-- > 0;) {
    const Node& node = tables.nodes[i];
    EditionPlan::Fields& wanted = plan.nodes[i];
    wanted.first = static_cast<std::uint16_t>(plan.fields.size());
    for (std::size_t f = node.first_field; f < std::size_t{node.first_field} + node.field_count; ++f) {
      const FieldSpec& spec = tables.fields[f];
      if (!slots_[spec.index].wanted) continue;
      const Content* content = spec.case_count == 0 ? &schema::contents[spec.content] : nullptr;
      plan.fields.push_back({static_cast<std::uint16_t>(f), spec.index, content});
    }
    wanted.count = static_cast<std::uint16_t>(plan.fields.size() - wanted.first);
    wanted.wanted = wanted.wanted || wanted.count > 0;
    if (node.parent == schema::kNone) {
      const bool as_octets =
          node.shape == Shape::explicit_length && slots_[fields + tables.root_items[node.position]].wanted;
      wanted.wanted = wanted.wanted || as_octets;
      if (wanted.wanted) plan.roots |= std::uint64_t{1} << node.position;
    } else if (wanted.wanted) {
      plan.nodes[node.parent].wanted = true;
    }
  }
  return plan;
}

const ColumnTable::EditionPlan& ColumnTable::plan_of(const Edition& edition) {
  if (!plans_.empty() && plans_.front().edition == &edition) return plans_.front();
  auto found = std::ranges::find(plans_, &edition, &EditionPlan::edition);
  if (found == plans_.end()) found = plans_.insert(plans_.end(), make_plan(edition));
  std::iter_swap(plans_.begin(), found);  // the next record is most likely of the same
  return plans_.front();
}

std::string ColumnTable::column_name(std::size_t slot) const {
  const schema::CategoryTables* tables = tables_of(category_);
  const std::size_t fields = tables->fields.size();
  std::string name = "I000/";
  name[1] = static_cast<char>('0' + category_ / 100);
  name[2] = static_cast<char>('0' + category_ / 10 % 10);
  name[3] = static_cast<char>('0' + category_ % 10);
  name += slot < fields ? tables->fields[slot].path : tables->items[slot - fields];
  return name;
}

Column ColumnTable::empty_column(std::size_t slot) const {
  const Slot& one = slots_[slot];
  return {column_name(slot), one.unit, one.kind, one.element_octets, one.ragged};
}

Column& ColumnTable::column_of(std::size_t slot) {
  Slot& one = slots_[slot];
  if (one.column == schema::kNone) {
    one.column = static_cast<std::uint16_t>(columns_.size());
    columns_.push_back(empty_column(slot));
    slot_of_column_.push_back(static_cast<std::uint16_t>(slot));
  }
  return columns_[one.column];
}

void ColumnTable::take(const RecordView& record, std::uint64_t base_offset, std::optional<units::UtcTime> receipt) {
  MARSAD_CHECK(record.category() == category_);
  const EditionPlan& plan = plan_of(record.edition());
  row_ = offsets_.size();
  offsets_.push_back(base_offset + record.offset());
  receipts_.push_back(receipt ? receipt->nanoseconds_since_epoch() : kNoReceipt);
  const auto source = record.source();
  sources_.push_back(source ? static_cast<std::uint32_t>(source->sac) << 8U | source->sic : kNoSource);
  edition_numbers_.push_back(plan.number);
  const auto roots = record.edition().tables().roots;
  for (std::uint64_t waiting = record.presence() & plan.roots; waiting != 0; waiting &= waiting - 1) {
    const std::uint16_t root = roots[static_cast<std::size_t>(std::countr_zero(waiting))];
    take_node(plan, record, root, record.octets_of_node(root));
  }
}

void ColumnTable::take_node(const EditionPlan& plan, const RecordView& record, std::size_t node, Octets octets) {
  const schema::EditionTables& tables = record.edition().tables();
  const Node& what = tables.nodes[node];
  const bool is_explicit = what.shape == Shape::explicit_length;
  if (is_explicit && (what.fspec_octets == 0 || record.is_opaque(what.position)))
    return take_octets(record, node, octets);
  if (!is_explicit && what.shape != Shape::compound) return take_fields(plan, record, node, octets);
  ChildWalk walk(tables, what, octets);
  while (walk.next())
    if (plan.nodes[walk.child()].wanted) take_node(plan, record, walk.child(), walk.octets());
}

void ColumnTable::take_fields(const EditionPlan& plan, const RecordView& record, std::size_t node, Octets octets) {
  const schema::EditionTables& tables = record.edition().tables();
  const Node& what = tables.nodes[node];
  const EditionPlan::Fields wanted = plan.nodes[node];
  for (const FieldPlan& field : std::span(plan.fields).subspan(wanted.first, wanted.count)) {
    const FieldSpec& spec = tables.fields[field.spec];
    if (!repeats(what) && std::size_t{spec.bit} + spec.width > octets.size() * 8) continue;
    const Content* content = field.content != nullptr ? field.content : record.meaning_of(spec);
    if (content == nullptr) continue;
    Column& column = column_of(field.slot);
    column.mark(row_, expected_);
    each_repetition(what, octets, [&](Octets one) {
      if (column.kind() != ColumnKind::octets) return write_element(column, column.place(row_), *content, spec, one);
      for (const std::byte octet : one.subspan(spec.bit / 8U, spec.width / 8U)) *column.place(row_) = octet;
    });
  }
}

void ColumnTable::take_octets(const RecordView& record, std::size_t node, Octets octets) {
  const schema::EditionTables& tables = record.edition().tables();
  const std::size_t slot = tables.category->fields.size() + tables.root_items[tables.nodes[node].position];
  if (!slots_[slot].wanted) return;
  Column& column = column_of(slot);
  column.mark(row_, expected_);
  for (const std::byte octet : octets.subspan(1)) *column.place(row_) = octet;
}

void ColumnTable::finish() {
  for (Column& column : columns_) column.finish(rows());
  const schema::CategoryTables& tables = *tables_of(category_);
  const auto place_of = [&](std::size_t slot) {
    const bool is_field = slot < tables.fields.size();
    return std::pair(tables.items[is_field ? tables.fields[slot].item : slot - tables.fields.size()], slot);
  };
  std::vector<std::size_t> order(columns_.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::size_t i) { return place_of(slot_of_column_[i]); });
  std::vector<Column> sorted;
  sorted.reserve(columns_.size());
  for (const std::size_t i : order) sorted.push_back(std::move(columns_[i]));
  columns_ = std::move(sorted);
}

std::vector<std::string> column_names(int category) {
  std::vector<std::string> names;
  if (tables_of(category) == nullptr) return names;
  const ColumnTable table(category);
  for (std::size_t slot = 0; slot < table.slots_.size(); ++slot)
    if (table.slots_[slot].possible) names.push_back(table.column_name(slot));
  return names;
}

std::optional<Column> absent_column(int category, std::string_view name, ColumnOptions options) {
  if (tables_of(category) == nullptr) return std::nullopt;
  const ColumnTable table(category, options);
  for (std::size_t slot = 0; slot < table.slots_.size(); ++slot) {
    const std::string own = table.column_name(slot);
    if (!table.slots_[slot].possible) continue;
    if (own == name || std::string_view(own).substr(5) == name) return table.empty_column(slot);
  }
  return std::nullopt;
}

}  // namespace marsad::wire::asterix

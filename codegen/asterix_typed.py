"""C++ text of the typed records: for each edition that specs/asterix/editions.json lists under "typed", a header
marsad/wire/asterix/typed/catNNN_E_EE.hpp and the parser in typed_catNNN_E_EE.cpp.

Every item becomes a plain struct with one member for each field, and an accessor of the record that reads it. What the
generated text is made of is written by hand in src/marsad/wire/asterix/typed/.
"""
import re

KEYWORDS = {"or", "and", "not", "xor", "int", "long", "short", "char", "do", "if", "for", "new", "this", "auto", "case",
            "else", "enum", "goto", "try", "using", "void", "true", "false", "bool", "class", "const", "union", "float",
            "double", "signed", "unsigned", "static", "switch", "default", "delete", "register", "parts", "octets",
            "read", "visit", "any", "has", "value"}


def member(name):
    """A field's or sub-item's name as a C++ member."""
    text = re.sub(r"[^a-z0-9]", "_", name.lower())
    if text in KEYWORDS:
        return text + "_"
    return "_" + text if text[0].isdigit() else text


def item_name(name):
    return name if name in ("RE", "SP") else "I" + name


class TypedEdition:
    """Header and source of one edition."""

    def __init__(self, edition, constants, source_item):
        self.edition, self.constants = edition, constants
        self.tag = f"cat{edition.category:03}_{re.sub('[^0-9]', '_', edition.name)}"
        self.places = {id(node): place for place, node in enumerate(edition.nodes)}
        parents = [node for node in edition.nodes if node.children]
        self.maps = {id(node): index + 1 for index, node in enumerate(parents)}
        self.source_item = source_item
        self.profiled = len(edition.profiles) > 1 or any("RFS" in profile for profile in edition.profiles)
        self._check()

    def _check(self):
        for profile in self.edition.profiles:
            names = [name for name in profile if name not in ("-", "RFS")]
            if len(set(names)) != len(names) or len(profile) > 56:
                raise ValueError(f"{self.tag}: a profile that typed records can't have")
        for node in self.edition.nodes:
            for field in node.fields:
                apart = any(path.rsplit("/", 1)[0] != "/".join(node.path()) for case in field.cases
                            for path in case.selectors)
                if field.only_in_case or field.width > 64 or apart:
                    raise ValueError(f"{self.tag}: {field.path} is of a kind that typed records don't have")

    # Names and types -------------------------------------------------------------------------------------------------

    def type_name(self, node):
        return "_".join([item_name(node.path()[0]), *(re.sub(r"[^A-Za-z0-9]", "_", part) for part in node.path()[1:])])

    def is_single(self, node):
        return len(node.fields) == 1 and not node.fields[0].name and not node.extents

    @staticmethod
    def integer(width, signed=False):
        bits = next(size for size in (8, 16, 32, 64) if width <= size)
        return f"std::{'' if signed else 'u'}int{bits}_t"

    def value_type(self, field):
        content, signed = field.content, field.content.meaning == "signed_number"
        if field.cases:
            if any(case.content.meaning == "signed_number" for case in field.cases):
                raise ValueError(f"{self.tag}: {field.path} changes its sign")
            return f"ChosenNumber<{self.integer(field.width)}>"
        if content.meaning == "octal":
            return f"Octal<{self.integer(field.width)}, {field.width}>"
        if content.meaning in ("ascii", "icao"):
            return f"Text<{field.width}, {8 if content.meaning == 'ascii' else 6}>"
        if content.meaning == "bds":
            return "Register"
        integer = self.integer(field.width, signed)
        if content.meaning == "code" or content.scale == 1 and not content.unit:
            return integer
        return f"Number<{integer}, {content.scale.numerator}, {content.scale.denominator}>"

    def field_member(self, node, field):
        return member("_".join(part for part in (field.group, field.name) if part))

    def reader(self, node):
        if not self.is_single(node):
            return self.type_name(node)
        field = node.fields[0]
        return f"Single<{self.value_type(field)}, {field.bit}, {field.width}>"

    # Structs ---------------------------------------------------------------------------------------------------------

    def structs(self):
        """Children before their parents."""
        lines = []
        for node in reversed(self.edition.nodes):
            if node.children:
                lines += self.parts_class(node)
            elif node.fields and not self.is_single(node):
                lines += self.value_struct(node)
        return lines

    def value_struct(self, node):
        name = self.type_name(node)
        title = self.edition.titles[node.name] if node.parent is None else f"Sub-item {'/'.join(node.path())}"
        lines = [f"/// {title}.", f"struct {name} {{", f"  using Value = {name};"]
        if node.extents:
            lines.append("  std::uint8_t parts{};  ///< so many were sent; fields of the others are 0")
        for field in node.fields:
            lines.append(f"  {self.value_type(field)} {self.field_member(node, field)}{{}};{self.comment(node, field)}")
        return lines + self.reading(node) + self.visiting(node) + ["};", ""]

    def comment(self, node, field):
        part = f"part {self.part_of(node, field)}" if len(node.extents) > 1 else ""
        units = [case.content.unit for case in field.cases] or [field.content.unit]
        note = ", ".join(text for text in (" or ".join(filter(None, units)), part) if text)
        return f"  ///< {note}" if note else ""

    @staticmethod
    def part_of(node, field):
        end = 0
        for number, octets in enumerate(node.extents, 1):
            end += octets
            if field.bit < 8 * end:
                return number
        return 1

    def reading(self, node):
        lines = [f"  [[nodiscard]] static {self.type_name(node)} read(const std::byte* octets) noexcept {{",
                 f"    {self.type_name(node)} item;"]
        ends = [sum(node.extents[:count + 1]) for count in range(len(node.extents))] or [node.size]
        begin = 0
        for number, end in enumerate(ends, 1):
            if number > 1:
                lines.append(f"    if ((octets[{begin - 1}] & std::byte{{1}}) == std::byte{{0}}) return item;")
            if node.extents:
                lines.append(f"    item.parts = {number};")
            fields = [field for field in node.fields if self.part_of(node, field) == number]
            lines += self.reading_part(node, fields, begin, end, number)
            begin = end
        return lines + ["    return item;", "  }"]

    def reading_part(self, node, fields, begin, end, number):
        """Short parts are loaded as one word."""
        lines, word = [], f"word_{number}"
        as_word = end - begin <= 8 and fields
        if as_word:
            lines.append(f"    const std::uint64_t {word} = load<{end - begin}>(octets + {begin});")
        for field in fields:
            shift = 8 * end - field.bit - field.width
            source = (f"{word} >> {shift}" if shift else word) if as_word else f"bits<{field.bit}, {field.width}>(octets)"
            name = self.field_member(node, field)
            lines.append(f"    item.{name} = to<{self.value_type(field)}, {field.width}>({source});")
            lines += self.choosing(node, field, name)
        return lines

    def choosing(self, node, field, name):
        lines = []
        for case in reversed(field.cases):
            tests = []
            for path, key in zip(case.selectors, case.keys):
                selector = next(other for other in node.fields if "/".join(other.path) == path)
                tests.append(f"item.{self.field_member(node, selector)} == {key}")
            numerator, denominator = case.content.factors()
            lines.append(f"    if ({' && '.join(tests)}) {{")
            lines.append(f"      item.{name}.numerator = {numerator};")
            lines.append(f"      item.{name}.denominator = {denominator};")
            lines.append("    }")
        return lines

    def constant(self, field):
        return self.constants["/".join(field.path)]

    def visiting(self, node):
        lines = ["  template <class Visitor>", "  void visit(Visitor& visitor, std::size_t i) const {"]
        part = 1
        for field in node.fields:
            if self.part_of(node, field) != part:
                part = self.part_of(node, field)
                lines.append(f"    if (parts < {part}) return;")
            lines.append(f"    visitor({self.constant(field)}, {self.field_member(node, field)}, i);")
        return lines + ["  }"]

    def parts_class(self, node):
        name, expansion = self.type_name(node), node.shape == "explicit_length"
        title = self.edition.titles[node.name] if node.parent is None else f"Sub-item {'/'.join(node.path())}"
        children = [(slot, child) for slot, child in enumerate(node.children) if child is not None]
        lines = [f"/// {title}.", f"class {name} : public Parts {{", " public:",
                 f"  explicit {name}(const Parts& parts) noexcept : Parts(parts) {{}}"]
        if expansion:
            lines += ["  /// All that follows the length octet; no sub-item is there if it contradicts the description.",
                      f"  [[nodiscard]] Octets octets() const noexcept {{ return Parts::content<{self.places[id(node)]}>(); }}"]
        for slot, child in children:
            lines.append(self.accessor(child, self.bit(slot, 8 if expansion else 7), member(child.name), "Parts::", ""))
        lines += ["  template <class Visitor>", "  void visit(Visitor& visitor) const {"]
        for slot, child in children:
            lines += self.visit_lines(child, member(child.name))
        return lines + ["  }", "};", ""]

    @staticmethod
    def bit(slot, slots_per_octet=7):
        return 1 << (63 - (slot // slots_per_octet * 8 + slot % slots_per_octet))

    def accessor(self, node, bit, name, parts, comment):
        place, bit_text = self.places[id(node)], f"{hex(bit)}U"
        optional = True
        if node.children:
            kind, call = self.type_name(node), f"parts<{self.type_name(node)}, {bit_text}, {self.maps[id(node)]}>()"
        elif node.shape == "explicit_length":
            kind, call = "Octets", f"octets<{bit_text}, {place}>()"
        elif node.shape in ("repeat_count", "repeat_fx"):
            how = "counted" if node.shape == "repeat_count" else "chained"
            kind, optional = f"Repeated<{self.reader(node)}, {node.size}>", False
            call = f"{how}<{self.reader(node)}, {node.size}, {bit_text}, {place}>()"
        else:
            kind = self.value_type(node.fields[0]) if self.is_single(node) else self.type_name(node)
            call = f"value<{self.reader(node)}, {bit_text}, {place}>()"
        kind = f"std::optional<{kind}>" if optional else kind
        return f"  [[nodiscard]] {kind} {name}() const noexcept {{ return {parts}{call}; }}{comment}"

    def visit_lines(self, node, name):
        if node.shape == "explicit_length" and not node.children:
            return []
        if node.children:
            return [f"    if (const auto item = {name}()) item->visit(visitor);"]
        if node.shape in ("repeat_count", "repeat_fx"):
            one = (f"visitor({self.constant(node.fields[0])}, one, i++);" if self.is_single(node)
                   else "one.visit(visitor, i++);")
            return ["    {", "      std::size_t i = 0;", f"      for (const auto one : {name}()) {one}", "    }"]
        if self.is_single(node):
            return [f"    if (const auto item = {name}()) visitor({self.constant(node.fields[0])}, *item, 0);"]
        return [f"    if (const auto item = {name}()) item->visit(visitor, 0);"]

    # The record ------------------------------------------------------------------------------------------------------

    def root_bits(self):
        """The bit of each item in the record's first map: its slot or, where slots depend on the record, its number."""
        if self.profiled:
            return {name: 1 << (63 - number) for number, name in enumerate(self.edition.roots)}
        return {name: self.bit(slot) for slot, name in enumerate(self.edition.profiles[0]) if name != "-"}

    def header(self):
        edition, bits = self.edition, self.root_bits()
        base = f"RecordStorage<{len(edition.nodes)}, {len(self.maps) + 1}>"
        lines = ["#pragma once", "", "#include <cstddef>", "#include <cstdint>", "#include <optional>", "",
                 f'#include "marsad/wire/asterix/fields/cat{edition.category:03}.hpp"',
                 '#include "marsad/wire/asterix/typed/record_storage.hpp"', "",
                 f"namespace marsad::wire::asterix::typed::{self.tag} {{", ""]
        lines += self.structs()
        lines += [f"/// A record of category {edition.category:03} in edition {edition.name}: {edition.title}.",
                  f"class Record : public {base} {{", " public:",
                  f"  static constexpr int kCategory = {edition.category};",
                  "  [[nodiscard]] static const Edition& edition() noexcept;",
                  "  /// Reads the record at the beginning of `rest`; false if it is damaged, and then nothing may be asked of it.",
                  "  [[nodiscard]] bool parse(Octets rest) noexcept;", ""]
        for name, node in edition.roots.items():
            if name in bits:
                lines.append(self.accessor(node, bits[name], item_name(name).lower(), "all().",
                                           f"  ///< {edition.titles[name]}"))
        lines += ["", "  /// Calls `visitor(Field, value, repetition)` for every field that is there.",
                  "  template <class Visitor>", "  void visit(Visitor&& visitor) const {"]
        for name, node in edition.roots.items():
            if name in bits:
                lines += self.visit_lines(node, item_name(name).lower())
        return "\n".join(lines + ["  }", "};", "", f"}}  // namespace marsad::wire::asterix::typed::{self.tag}", ""])

    # The parser ------------------------------------------------------------------------------------------------------

    def step(self, node, at="at"):
        """The call that passes one node."""
        place = f"places[{self.places[id(node)]}]"
        if node.children:
            return f"read_{self.type_name(node)}({at}, places, maps, unexplained)"
        if node.shape == "fixed":
            return f"{at}.fixed<{node.size}>({place})"
        if node.shape == "extended":
            sizes = ", ".join(map(str, node.extents))
            return f"{at}.extended<{str(node.last_extent_open).lower()}, {sizes}>({place})"
        if node.shape == "explicit_length":
            return f"{at}.measured({place})"
        return f"{at}.{'counted' if node.shape == 'repeat_count' else 'chained'}<{node.size}>({place})"

    def child_reader(self, node):
        expansion = node.shape == "explicit_length"
        children = [(slot, child) for slot, child in enumerate(node.children) if child is not None]
        bits = {id(child): self.bit(slot, 8 if expansion else 7) for slot, child in children}
        known = hex(sum(bits.values())) + "U"
        head = (f"bool read_{self.type_name(node)}{'_inside' if expansion else ''}(Cursor& at, std::uint16_t* places, "
                "std::uint64_t* maps, [[maybe_unused]] std::size_t& unexplained) noexcept {")
        map_text = f"maps[{self.maps[id(node)]}]"
        read_map = f"at.stated_map<{node.fspec_octets}>({map_text})" if expansion else f"at.map({map_text})"
        lines = [head]
        if expansion:
            lines += ["  unsigned length = 0;", "  if (!at.octet(length)) return false;"]
        lines += [f"  if (!{read_map}) return false;", f"  const std::uint64_t present = {map_text};",
                  f"  if ((present & ~std::uint64_t{{{known}}}) != 0) return false;"]
        for _, child in children:
            lines.append(f"  if ((present & {hex(bits[id(child)])}U) != 0 && !{self.step(child)}) return false;")
        lines += ["  return at.at_end();" if expansion else "  return true;", "}", ""]
        return lines + (self.expansion_reader(node) if expansion else [])

    def expansion_reader(self, node):
        place, map_text = f"places[{self.places[id(node)]}]", f"maps[{self.maps[id(node)]}]"
        return [f"bool read_{self.type_name(node)}(Cursor& at, std::uint16_t* places, std::uint64_t* maps,"
                " std::size_t& unexplained) noexcept {",
                "  const std::size_t begin = at.position();", f"  {map_text} = 0;",
                f"  if (!at.measured({place})) return false;",
                "  const std::size_t size = at.position() - begin;",
                "  Cursor inside = at.inside(begin, size);",
                f"  if (size == 1 || read_{self.type_name(node)}_inside(inside, places, maps, unexplained)) return true;",
                f"  {map_text} = 0;", "  ++unexplained;", "  return true;", "}", ""]

    def source(self):
        edition = self.edition
        lines = ['#include "marsad/wire/asterix/edition.hpp"', '#include "marsad/wire/asterix/typed/cursor.hpp"',
                 f'#include "marsad/wire/asterix/typed/{self.tag}.hpp"', "",
                 f"namespace marsad::wire::asterix::typed::{self.tag} {{", "namespace {", ""]
        for node in reversed(edition.nodes):
            if node.children:
                lines += self.child_reader(node)
        if self.profiled:
            lines += self.item_reader() + self.profile_tables()
        lines += ["}  // namespace", "", "const Edition& Record::edition() noexcept {",
                  f'  static const Edition& edition = *find_edition({edition.category}, "{edition.name}");',
                  "  return edition;", "}", "", "bool Record::parse(Octets rest) noexcept {", "  Cursor at(rest);",
                  "  std::uint16_t* const places = places_.data();", "  std::uint64_t* const maps = maps_.data();",
                  "  std::size_t unexplained = 0;", "  std::uint64_t slots = 0;", "  if (!at.map(slots)) return false;"]
        lines += self.profiled_steps() if self.profiled else self.plain_steps()
        return "\n".join(lines + self.finish() + ["}", "", f"}}  // namespace marsad::wire::asterix::typed::{self.tag}", ""])

    def plain_steps(self):
        bits = self.root_bits()
        known = hex(sum(bits.values())) + "U"
        lines = ["  maps[0] = slots;", f"  if ((slots & ~std::uint64_t{{{known}}}) != 0) return false;"]
        for name, bit in bits.items():
            lines.append(f"  if ((slots & {hex(bit)}U) != 0 && !{self.step(self.edition.roots[name])}) return false;")
        return lines

    def finish(self):
        bits = self.root_bits()
        if self.source_item is None:
            return ["  finish(rest.first(at.position()), unexplained);", "  return true;"]
        place = self.places[id(self.edition.roots[self.source_item])]
        return [f"  if ((maps[0] & {hex(bits[self.source_item])}U) != 0)",
                f"    finish(rest.first(at.position()), unexplained, places[{place}]);", "  else",
                "    finish(rest.first(at.position()), unexplained);", "  return true;"]

    def item_reader(self):
        """Where profiles and sequences choose the order, items are read by their number."""
        lines = ["bool read_item(unsigned number, Cursor& at, std::uint16_t* places, std::uint64_t* maps,",
                 "               [[maybe_unused]] std::size_t& unexplained) noexcept {",
                 f"  if (number >= {len(self.edition.roots)}) return false;  // a slot without an item",
                 "  const std::uint64_t bit = std::uint64_t{1} << (63 - number);",
                 "  if ((maps[0] & bit) != 0) return false;", "  maps[0] |= bit;", "  switch (number) {"]
        for number, node in enumerate(self.edition.roots.values()):
            lines += [f"    case {number}:", f"      return {self.step(node)};"]
        return lines + ["    default:", "      return false;", "  }", "}", ""]

    def profile_tables(self):
        numbers = {name: number for number, name in enumerate(self.edition.roots)}
        size = max(map(len, self.edition.profiles))
        rows = []
        for profile in self.edition.profiles:
            slots = [{"-": 255, "RFS": 254}.get(name, numbers.get(name)) for name in profile]
            rows.append("{" + ", ".join(map(str, slots + [255] * (size - len(slots)))) + "}")
        lines = [f"constexpr std::uint8_t kProfiles[{len(rows)}][{size}] = {{{', '.join(rows)}}};", "",
                 "bool read_sequence(const std::uint8_t* profile, Cursor& at, std::uint16_t* places, std::uint64_t* maps,",
                 "                   std::size_t& unexplained) noexcept {", "  unsigned entries = 0;",
                 "  if (!at.octet(entries)) return false;", "  for (unsigned slot = 0; entries-- > 0;) {",
                 f"    if (!at.octet(slot) || slot == 0 || slot > {size}) return false;",
                 "    if (!read_item(profile[slot - 1], at, places, maps, unexplained)) return false;", "  }",
                 "  return true;", "}", ""]
        return lines if any("RFS" in profile for profile in self.edition.profiles) else lines[:2]

    def profiled_steps(self):
        size = max(map(len, self.edition.profiles))
        lines = ["  maps[0] = 0;", "  const std::uint8_t* profile = kProfiles[0];",
                 "  while (slots != 0) {", "    const auto bit = static_cast<unsigned>(std::countl_zero(slots));",
                 "    slots &= ~(std::uint64_t{1} << (63 - bit));", "    const unsigned slot = bit / 8 * 7 + bit % 8;",
                 f"    if (slot >= {size}) return false;"]
        if any("RFS" in profile for profile in self.edition.profiles):
            lines += ["    if (profile[slot] == 254) {",
                      "      if (!read_sequence(profile, at, places, maps, unexplained)) return false;",
                      "      continue;", "    }"]
        lines.append("    if (!read_item(profile[slot], at, places, maps, unexplained)) return false;")
        if self.edition.selector:
            lines += self.profile_choice()
        return lines + ["  }"]

    def profile_choice(self):
        path, choice = self.edition.selector
        field = next(field for field in self.edition.fields() if "/".join(field.path) == path)
        slot = self.edition.profiles[0].index(path.split("/")[0])
        lines = [f"    if (slot == {slot}) {{",
                 f"      const auto value = to<std::uint64_t, {field.width}>(bits<{field.bit}, {field.width}>(rest.data() + "
                 f"places[{self.places[id(field.node)]}]));"]
        lines += [f"      if (value == {value}) profile = kProfiles[{number}];" for value, number in choice.items()]
        return lines + ["    }"]


def typed_files(editions, chosen, constants_of, source_item_of, notice):
    """Names and texts of all typed editions, and of a header that lists them."""
    files, tags = {}, []
    for edition in editions:
        if edition.name not in chosen.get(f"{edition.category:03}", []):
            continue
        typed = TypedEdition(edition, constants_of(edition.category), source_item_of(edition))
        tags.append(typed.tag)
        files[f"marsad/wire/asterix/typed/{typed.tag}.hpp"] = notice + typed.header()
        files[f"typed_{typed.tag}.cpp"] = notice + typed.source()
    if len(tags) != sum(map(len, chosen.values())):
        raise ValueError("editions.json names typed editions that are not described")
    files["marsad/wire/asterix/typed/all.hpp"] = notice + list_header(tags)
    return files


def list_header(tags):
    includes = [f'#include "marsad/wire/asterix/typed/{tag}.hpp"' for tag in tags]
    records = ", ".join(f"{tag}::Record" for tag in tags)
    return "\n".join(["#pragma once", "", *includes, "", "namespace marsad::wire::asterix::typed {", "",
                      "/// List<every typed record>, for what is to be done with all of them.",
                      "template <template <class...> class List>", f"using Every = List<{records}>;", "",
                      "}  // namespace marsad::wire::asterix::typed", ""])

"""The facts of specs/asterix as objects: nodes (stretches of octets) and fields (stretches of bits inside a node).

Read by asterix.py. The form of the JSON files is described in specs/asterix/README.md.
"""
import fractions
import itertools
import json
import re

MAX_NAME = 28  # of a field, quoted and with a colon in the printers' keys
MAX_DIGITS = 16  # after the point, of a number that is printed by integers
MAX_TEXT_BITS = 32 * 6  # FixedText
MAX_ITEMS = 64  # of one edition: presence is one 64-bit word
NONE = 0xFFFF


class Content:
    """What the bits of a field mean."""

    NUMBER = re.compile(r"(signed )?(-?[0-9^/]+)(?: (.+))?$")

    def __init__(self, meaning, scale=fractions.Fraction(1), unit=""):
        self.meaning, self.scale, self.unit = meaning, scale, unit

    @staticmethod
    def parse(text):
        if text is None:
            return Content("code")
        if text in ("octal", "ascii", "icao", "bds"):
            return Content(text)
        if text in ("int", "signed int"):
            return Content("signed_number" if text.startswith("signed") else "unsigned_number")
        match = Content.NUMBER.match(text)
        if not match:
            raise ValueError(f"unknown content {text!r}")
        scale = fractions.Fraction(1)
        for position, factor in enumerate(match[2].split("/")):
            base, _, exponent = factor.partition("^")
            value = fractions.Fraction(int(base) ** int(exponent or 1))
            scale = scale * value if position == 0 else scale / value
        return Content("signed_number" if match[1] else "unsigned_number", scale, match[3] or "")

    def factors(self):
        """(numerator, denominator), denominator 1 where the scale is a binary fraction and hence exact as a double."""
        denominator = self.scale.denominator
        if denominator & (denominator - 1) == 0:
            return repr(float(self.scale)), "1.0"
        return repr(float(self.scale.numerator)), repr(float(denominator))

    def key(self):
        return (self.meaning, self.scale, self.unit)

    def decimal(self):
        """(width, multiplier, digits, is_binary): how the printers write raw numbers of up to `width` bits exactly, by
        integers: raw * multiplier / 2^digits, or / 10^digits. Width 0: they can't.

        The decimal form is exact. It is also the shortest that reads back as the same double if no shorter decimal lies
        within half the distance to the next double: decimals of at most `digits` places lie 10^-digits apart."""
        scale, fives, twos = self.scale, 0, 0
        rest = scale.denominator
        while rest % 2 == 0:
            rest, twos = rest // 2, twos + 1
        while rest % 5 == 0:
            rest, fives = rest // 5, fives + 1
        digits = max(twos, fives)
        if scale == 1:
            return 64, 1, 0, True
        if rest != 1 or digits > MAX_DIGITS or scale <= 0 or self.meaning not in ("signed_number", "unsigned_number"):
            return 0, 0, 0, False
        is_binary = fives == 0
        multiplier = scale.numerator if is_binary else scale.numerator * 10**digits // scale.denominator
        width = 0
        while width < 53 and self._is_shortest(width + 1, digits, multiplier):
            width += 1
        return width, multiplier, digits, is_binary

    def _is_shortest(self, width, digits, multiplier):
        largest = 2**width * self.scale
        exponent = largest.numerator.bit_length() - largest.denominator.bit_length() + 1  # largest < 2^exponent
        distance = fractions.Fraction(2)**(exponent - 53)
        return 2**width * multiplier < 2**53 and largest < 10**15 and distance < fractions.Fraction(1, 10**digits)


class Case:
    """A content, or a presence, that depends on the values of other fields."""

    def __init__(self, selectors, keys, content):
        self.selectors, self.keys, self.content = selectors, keys, content


class Field:
    def __init__(self, node, path, group, name, bit, width, content):
        self.node, self.path, self.group, self.name = node, path, group, name
        self.bit, self.width, self.content = bit, width, content
        self.cases, self.only_in_case = [], False


    def printing(self):
        """Which of the printers' ways writes it (schema.hpp)."""
        meaning = self.content.meaning
        replaced = any(other.only_in_case and other.group == self.name for other in self.node.fields)
        if self.cases or self.only_in_case or replaced:
            return "by_case"
        if meaning in ("ascii", "icao"):
            return meaning
        if self.width > 64 or meaning == "bds":
            return "octets"
        if meaning == "code":
            whole = self.bit % 8 == 0 and self.width % 8 == 0
            return "octets" if self.width > 53 and whole else "integer"
        return meaning  # octal, unsigned_number, signed_number


class Node:
    """A stretch of octets: a data item or a sub-item of a compound one."""

    def __init__(self, name, parent=None, position=0):
        self.name, self.parent, self.position = name, parent, position
        self.shape, self.size, self.fspec_octets = "fixed", 0, 0
        self.children, self.extents, self.fields = [], [], []
        self.last_extent_open = True

    def path(self):
        return (self.parent.path() if self.parent else []) + [self.name]

    def spare_mask(self):
        """The bits, in `size` octets, that no field and no extension bit holds. The last extension bit of an item in
        extents counts as spare where it would announce an extent that the edition doesn't have."""
        spare = (1 << 8 * self.size) - 1
        for field in self.fields:
            spare &= ~(((1 << field.width) - 1) << (8 * self.size - field.bit - field.width))
        if self.shape == "repeat_fx":
            spare &= ~1
        for end in itertools.accumulate(self.extents[:-1]):
            spare &= ~(1 << 8 * (self.size - end))
        return spare.to_bytes(self.size, "big")


class Edition:
    """One category in one edition, its errata applied, its reserved expansion field attached."""

    def __init__(self, facts, expansion):
        self.category, self.name, self.date = facts["category"], facts["edition"], facts["date"]
        self.title, self.roots, self.nodes = facts["title"], {}, []
        self.titles = {name: item["title"] for name, item in facts["items"].items()}
        for text in [self.title, *self.titles.values()]:
            if not text.isascii() or not text.isprintable() or '"' in text or "\\" in text:
                raise ValueError(f"{self.category} {self.name}: the printers can't write the title {text!r}")
        for name, item in facts["items"].items():
            self.roots[name] = self._node(item, name, None, 0, expansion if name == "RE" else None)
        self.profiles, self.selector = self._profiles(facts["uap"])
        self.also_decodes = []
        for node in self.nodes:
            self._validate(node)
        if len(self.roots) > MAX_ITEMS:
            raise ValueError(f"category {self.category} edition {self.name} has more than {MAX_ITEMS} items")

    def _validate(self, node):
        """What the decoder and the printers rely on."""
        groups = [group for group, _ in itertools.groupby(field.group for field in node.fields if not field.only_in_case)]
        names = [group for group in groups if group] + [field.name for field in node.fields if not field.group]
        inner = [(field.group, field.name) for field in node.fields] + [c.name for c in node.children if c is not None]
        if len(set(names)) != len(names) or len(set(inner)) != len(inner):
            raise ValueError(f"{self.category} {self.name} {node.path()}: two fields of one name")
        ends = list(itertools.accumulate(node.extents))
        for end, octets in zip(ends, node.extents):
            if not any(8 * (end - octets) <= field.bit < 8 * end for field in node.fields):
                raise ValueError(f"{self.category} {self.name} {node.path()}: an extent without fields")
        for field in node.fields:
            unit = {"ascii": 8, "icao": 6, "bds": 56}.get(field.content.meaning, 1)
            by_octets = field.width > 64 or field.content.meaning == "bds"
            longest = max(len(field.name), len(field.group), len(node.name))
            if field.width % unit or field.width > MAX_TEXT_BITS and unit in (6, 8) or longest > MAX_NAME:
                raise ValueError(f"{self.category} {self.name} {field.path}: impossible width or name")
            if by_octets and (field.bit % 8 or field.width % 8):
                raise ValueError(f"{self.category} {self.name} {field.path}: not on octet boundaries")

    def _profiles(self, uap):
        if isinstance(uap, list):
            return [uap], None
        names = list(uap["profiles"])
        choice = {int(value): names.index(name) for value, name in uap["choose"].items()}
        profiles = list(uap["profiles"].values())
        selector_item = uap["by"].split("/")[0]
        reach = profiles[0].index(selector_item) + 1
        if any(profile[:reach] != profiles[0][:reach] for profile in profiles):
            raise ValueError("profiles differ before the item that chooses between them")
        return profiles, (uap["by"], choice)

    def _node(self, item, name, parent, position, expansion=None):
        node = Node(name, parent, position)
        self.nodes.append(node)
        if "compound" in item:
            node.shape = "compound"
            self._children(node, item["compound"])
        elif "explicit" in item:
            node.shape = "explicit_length"
            if expansion:
                node.fspec_octets = expansion["fspec_octets"]
                self._children(node, [None if sub == "-" else {"name": sub, **expansion["items"][sub]}
                                      for sub in expansion["order"]])
        elif "extended" in item:
            node.shape = "extended"
            self._extended(node, item["extended"])
        else:
            node.shape = {None: "fixed", "count": "repeat_count", "fx": "repeat_fx"}[item.get("repeat")]
            members = [["", *item["value"]]] if "value" in item else item["fields"]
            bits = self._members(node, members, 0) + (node.shape == "repeat_fx")
            node.size = self._octets(node, bits)
        return node

    def _children(self, node, subs):
        for position, sub in enumerate(subs):
            node.children.append(None if sub is None else self._node(sub, sub["name"], node, position))

    def _octets(self, node, bits):
        if bits % 8:
            raise ValueError(f"{self.category} {self.name} {node.path()}: {bits} bits are not whole octets")
        return bits // 8

    def _extended(self, node, members):
        bit, extent_start, group = 0, 0, []
        for member in members:
            if member != "FX":
                group.append(member)
                continue
            bit = self._members(node, group, bit) + 1
            node.extents.append(self._octets(node, bit - extent_start))
            extent_start, group = bit, []
        if group:
            bit = self._members(node, group, bit)
            node.extents.append(self._octets(node, bit - extent_start))
            node.last_extent_open = False
        node.size = sum(node.extents)

    def _members(self, node, members, bit, group=""):
        for member in members:
            if isinstance(member, int):
                bit += member
            elif isinstance(member, list):
                bit = self._field(node, group, member, bit)
            else:
                bit = self._nested(node, member, bit)
        return bit

    def _field(self, node, group, member, bit):
        name, width, meaning = member[0], member[1], member[2] if len(member) > 2 else None
        path = node.path() + [part for part in (group, name) if part]
        dependent = isinstance(meaning, dict)
        field = Field(node, path, group, name, bit, width, Content.parse(None if dependent else meaning))
        if dependent:
            field.cases = [Case(meaning["by"], values, Content.parse(text)) for values, text in meaning["cases"]]
        node.fields.append(field)
        return bit + width

    def _nested(self, node, member, bit):
        group = next(key for key in member if key not in ("by", "cases"))
        if "by" not in member:
            return self._members(node, member[group], bit, group)
        end = self._field(node, "", [group, *member[group]], bit)
        known = {}
        for values, members in member["cases"]:
            first = len(node.fields)
            if self._members(node, members, bit, group) != end:
                raise ValueError(f"{node.path()}: cases of {group} differ in width")
            self._merge_cases(node, first, known, Case(member["by"], values, None))
        return end

    @staticmethod
    def _merge_cases(node, first, known, case):
        """Fields that several cases share become one field that is present in all of those cases."""
        new, node.fields[first:] = node.fields[first:], []
        for field in new:
            key = (field.name, field.bit, field.width)
            if key not in known:
                known[key] = field
                field.only_in_case = True
                node.fields.append(field)
            known[key].cases.append(Case(case.selectors, case.keys, field.content))

    def fields(self):
        return [field for node in self.nodes for field in node.fields]


def apply_errata(facts, errata):
    """Corrects the facts of one edition in place; an erratum that finds nothing to correct is an error."""
    for erratum in errata:
        if erratum["category"] != facts["category"] or facts["edition"] not in erratum["editions"]:
            continue
        found = _correct(facts["items"][erratum["item"]], erratum["field"].split("/"), erratum)
        if not found:
            raise ValueError(f"erratum matches nothing: {erratum}")


def _correct(item, path, erratum):
    if "compound" in item:
        sub = next((sub for sub in item["compound"] if sub and sub["name"] == path[0]), None)
        return sub is not None and _correct(sub, path[1:], erratum)
    if not path or path == [""]:
        return _replace(item["value"], 1, erratum)
    for member in item.get("fields", item.get("extended", [])):
        if isinstance(member, list) and member[0] == path[0]:
            return _replace(member, 2, erratum)
    return False


def _replace(member, position, erratum):
    if (member[position] if len(member) > position else None) != erratum["stated"]:
        return False
    member[position:] = [erratum["correct"]]
    return True


def load(folder):
    """All editions of all categories, in order, from a folder of facts."""
    choices = json.loads((folder / "editions.json").read_text(encoding="utf-8"))
    errata = json.loads((folder / "errata.json").read_text(encoding="utf-8"))["errata"]
    editions = []
    for path in sorted(folder.glob("cat[0-9][0-9][0-9]_[0-9]*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        apply_errata(facts, errata)
        category = f"{facts['category']:03}"
        attached = choices["expansion"].get(category, {}).get(facts["edition"])
        expansion = None
        if attached:
            text = (folder / f"cat{category}_re_{attached}.json").read_text(encoding="utf-8")
            expansion = json.loads(text)
        edition = Edition(facts, expansion)
        edition.also_decodes = sorted(
            old for old, ours in choices["also_decodes"].get(category, {}).items() if ours["as"] == edition.name)
        editions.append(edition)
    editions.sort(key=lambda e: (e.category, [int(part) for part in e.name.split(".")]))
    return editions, {int(category): name for category, name in choices["default"].items()}


def typed_editions(folder):
    """By category, the editions for which typed records are written."""
    return json.loads((folder / "editions.json").read_text(encoding="utf-8"))["typed"]

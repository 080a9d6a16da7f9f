#!/usr/bin/env python3
"""Read a directory of asterix-specs definitions (JSON) and write marsad's compact facts, one file per category and edition.

Usage: import_asterix_specs.py DEFINITIONS OUTPUT [--check]

Only facts are carried over: item numbers, sub-field names, widths, signs, scales, units, the order of the user
application profile, extension and repetition. No explanatory text is. The result is described in
specs/asterix/README.md; corrections of wrong facts are not made here but in specs/asterix/errata.json.
With --check nothing is written, and the exit code tells whether OUTPUT is what would be written (0), is not (1), or
whether there are no definitions to compare with (77).
"""
import argparse
import json
import pathlib
import sys


SKIPPED = 77


def number(node):
    """A number expression as text: 180/2^23, 25, 1/100."""
    contents = node["contents"]
    if node["tag"] == "NumInt":
        return str(contents)
    if node["tag"] == "NumPow":
        return f"{contents['base']}^{contents['exponent']}"
    if node["tag"] == "NumDiv":
        return f"{number(contents['numerator'])}/{number(contents['denominator'])}"
    raise ValueError(f"unknown number {node['tag']}")


def content(node):
    """What the bits of an element mean: None (a code), 'octal', 'int', 'signed 1/4 FL', ..."""
    tag, contents = node["tag"], node["contents"]
    if tag in ("ContentRaw", "ContentTable"):
        return None
    if tag == "ContentString":
        return {"StringOctal": "octal", "StringAscii": "ascii", "StringICAO": "icao"}[contents["tag"]]
    if tag == "ContentBds":
        return "bds"
    sign = "signed " if contents["signedness"]["tag"] == "Signed" else ""
    if tag == "ContentInteger":
        return sign + "int"
    if tag == "ContentQuantity":
        return f"{sign}{number(contents['lsb'])} {contents['unit']}".rstrip()
    raise ValueError(f"unknown content {tag}")


def selectors(paths):
    return ["/".join(path) for path in paths]


def element(node):
    """[bits] or [bits, content] or [bits, {"by": [...], "cases": [[values, content], ...]}]."""
    contents = node["contents"]
    bits, rule = contents["bitSize"], contents["rule"]
    if rule["tag"] == "ContextFree":
        meaning = content(rule["contents"])
        return [bits] if meaning is None else [bits, meaning]
    cases = [[values, content(case)] for values, case in rule["contents"]["cases"]]
    cases = [case for case in cases if case[1] is not None]
    if not cases:
        return [bits]
    return [bits, {"by": selectors(rule["contents"]["path"]), "cases": cases}]


def is_register(node):
    """A Comm-B register with its address: 56 bits of message, then BDS1 and BDS2 of 4 bits each."""
    if node["tag"] != "Element" or node["contents"]["rule"]["tag"] != "ContextFree":
        return False
    meaning = node["contents"]["rule"]["contents"]
    return meaning["tag"] == "ContentBds" and meaning["contents"]["tag"] == "BdsWithAddress"


REGISTER = [["MBDATA", 56, "bds"], ["BDS1", 4], ["BDS2", 4]]
# Editions renamed the Comm-B registers without changing them; one name serves for all.
REGISTER_NAMES = {"MBDATA", "BDSREGISTER", "BDSDATA"}
SUB_ITEM_NAMES = {"BDSDATA": "MB"}


def member(node):
    """One entry of a list of fields: a spare width, "FX", or a named field."""
    if node is None:
        return "FX"
    if node["tag"] == "Spare":
        return node["contents"]
    item = node["contents"]
    name, rule = item["name"], item["rule"]
    if rule["tag"] == "Dependent":
        default = element(rule["contents"]["default"])
        cases = [[values, [member(m) for m in case["contents"]]]
                 for values, case in rule["contents"]["cases"] if case["tag"] == "Group"]
        return {name: default, "by": selectors(rule["contents"]["path"]), "cases": cases}
    variation = rule["contents"]
    if variation["tag"] == "Element":
        entry = [name] + element(variation)
        return REGISTER[0] if name in REGISTER_NAMES and entry[1] == 56 else entry
    if variation["tag"] == "Group":
        return {name: [member(m) for m in variation["contents"]]}
    raise ValueError(f"{name}: {variation['tag']} inside a group")


def fields(variation):
    """The fields of one fixed stretch of bits; an unnamed single element is written {"value": ...}."""
    if is_register(variation):
        return {"fields": REGISTER}
    if variation["tag"] == "Element":
        return {"value": element(variation)}
    if variation["tag"] == "Group":
        return {"fields": [member(m) for m in variation["contents"]]}
    raise ValueError(f"unexpected {variation['tag']}")


def structure(variation):
    tag, contents = variation["tag"], variation["contents"]
    if tag in ("Element", "Group"):
        return fields(variation)
    if tag == "Extended":
        return {"extended": [member(m) for m in contents]}
    if tag == "Repetitive":
        kind = contents["type"]
        if kind["tag"] == "RepetitiveFx":
            return {"repeat": "fx", **fields(contents["variation"])}
        if kind["contents"]["byteSize"] != 1:
            raise ValueError("repetition counter is not one octet")
        return {"repeat": "count", **fields(contents["variation"])}
    if tag == "Explicit":
        kinds = {"ReservedExpansion": "RE", "SpecialPurpose": "SP"}
        return {"explicit": kinds[contents["tag"]] if contents else "data"}
    if tag == "Compound":
        return {"compound": [None if sub is None else sub_item(sub) for sub in contents]}
    raise ValueError(f"unknown variation {tag}")


def sub_item(sub):
    return {"name": SUB_ITEM_NAMES.get(sub["name"], sub["name"]), **item_structure(sub)}


def item_structure(item):
    if item["rule"]["tag"] != "ContextFree":
        raise ValueError(f"item {item['name']} depends on another")
    return structure(item["rule"]["contents"])


def catalogue(items):
    return {item["name"]: {"title": item["title"], **item_structure(item)} for item in items if item is not None}


def slot(entry):
    return {"UapItem": entry["contents"], "UapItemSpare": "-", "UapItemRFS": "RFS"}[entry["tag"]]


def profile(uap):
    if uap["tag"] == "Uap":
        return [slot(entry) for entry in uap["contents"]]
    contents = uap["contents"]
    return {"by": "/".join(contents["selector"]["item"]),
            "choose": {str(value): name for value, name in contents["selector"]["cases"]},
            "profiles": {name: [slot(entry) for entry in entries] for name, entries in contents["cases"]}}


def convert(definition):
    """The compact form of one definition, and the name of its file."""
    contents = definition["contents"]
    edition = f"{contents['edition']['major']}.{contents['edition']['minor']}"
    date = "{year:04}-{month:02}-{day:02}".format(**contents["date"])
    head = {"category": contents["category"], "edition": edition, "date": date, "title": contents["title"]}
    if definition["tag"] == "AsterixBasic":
        return f"cat{contents['category']:03}_{edition}.json", {
            **head, "items": catalogue(contents["catalogue"]), "uap": profile(contents["uap"])}
    order = ["-" if item is None else item["name"] for item in contents["items"]]
    return f"cat{contents['category']:03}_re_{edition}.json", {
        **head, "fspec_octets": contents["fspecByteSize"], "items": catalogue(contents["items"]), "order": order}


def render(facts):
    """One item per line: small, and a change of one fact is a change of one line."""
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    lines = []
    for key, value in facts.items():
        if key == "items":
            rows = [f'  {json.dumps(name)}:{json.dumps(item, **compact)}' for name, item in value.items()]
            lines.append('"items":{\n' + ",\n".join(rows) + "\n}")
        else:
            lines.append(f"{json.dumps(key)}:{json.dumps(value, **compact)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("definitions", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    stale, paths = [], sorted(arguments.definitions.glob("cat*/*/*/definition.json"))
    if not paths:
        print(f"no definitions in {arguments.definitions}", file=sys.stderr)
        return SKIPPED if arguments.check else 2
    for path in paths:
        name, facts = convert(json.loads(path.read_text(encoding="utf-8")))
        target, text = arguments.output / name, render(facts)
        if arguments.check:
            if not target.exists() or target.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            target.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name} is not what the definitions give", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())

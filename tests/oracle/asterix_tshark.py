#!/usr/bin/env python3
"""Compare what `marsad decode` says of recordings with what tshark says, field by field.

Usage: asterix_tshark.py --marsad PROGRAM [--shared FOLDER] [--records N] [--verbose]

FOLDER is MARSAD_SHARED if it is not given.

Data blocks are taken evenly from every recording below FOLDER/data/asterix until N records are reached, written once
as an .ast file for marsad and once as UDP frames in a .pcap for tshark, and every field that both give is compared.
A disagreement must be one of the known errors of tshark 4.0.17 in KNOWN, otherwise the exit code is 1. Without tshark or
the recordings the exit code is 77 (skipped).
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict

SKIPPED = 77
PORT = 8600
SUFFIXES = (".ast", ".raw", ".bin", ".ff", ".rply", ".pcap")

# What tshark 4.0.17 is known to get wrong: field name, test of (ours, tshark's), reason.
KNOWN = [
    (r"010_202_V[XY]|010_210_A[XY]", lambda a, b: abs(a - 4 * b) < 1e-9,
     "step of category 010 velocity and acceleration: tshark has 1/16, recorded speeds show 1/4 (specs/asterix/errata.json)"),
    (r"048_090_FL", lambda a, b: a < 0 and abs(b - a - 4096) < 1e-9,
     "I048/090 is signed; the definitions up to 1.31, hence tshark, call it unsigned"),
    (r"019_553_REFTR\d", lambda a, b: True,
     "tshark reads a third extent of I019/553, which edition 1.3 does not have, into the fields of the second"),
]
BLANKED = "tshark shows six-bit characters that no identification may have as spaces; marsad shows what was sent"
# Values that only a different number of repetitions separates.
KNOWN_COUNTS = {
    r"048_030_VALUE": "tshark shows only the first of the codes of I048/030",
    r"062_510_(IDENT|TRACK)": "tshark reads two track numbers at most",
}
# Blocks that tshark does not read to their end, by an item that they hold.
KNOWN_BLOCKS = [
    ("062_510_TRACK", lambda values: len(values) > 2, "I062/510 with more than two track numbers: tshark loses its place"),
    ("062_500_ARC_VALUE", lambda values: True, "I062/500 with two octets of presence map: tshark loses its place"),
    ("062_340_SID_SAC", lambda values: True, "I062/340 with a longer presence map than it needs: tshark loses its place"),
    ("001_020_TYP", lambda values: 1 in values, "tshark reads the tracks of category 001 with the profile of plots"),
    ("019_553_REFTR1", lambda values: True, "I019/553 with a third extent: tshark goes on inside it"),
]


# Blocks in editions that one of the two does not know.
UNDESCRIBED = {
    ("asterix.pcap", 62): "category 062 of 2008, before edition 1.0, which nobody describes: most blocks are refused",
    ("sample.ast", 32): "category 032 in an older edition, which nobody describes",
    ("cat010ed0.24_sensis.bin", 10): "category 010 in an edition of a maker, which nobody describes",
    ("cat021ed0.26.bin", 21): "tshark has no edition 0.26 of category 021 and reads one report over Lisbon as two impossible ones",
}


class Block:
    def __init__(self, octets, source):
        self.octets, self.source, self.ours, self.theirs = octets, source, [], []

    @property
    def category(self):
        return self.octets[0]


def payloads_of(path):
    """The payloads of a recording: raw blocks, final frames, a replay file, or UDP in a plain .pcap."""
    data = path.read_bytes()
    if path.suffix.lower() == ".ff":  # length, error and board, recording day, time; the payload; A5 A5 A5 A5
        position = 0
        while position + 8 <= len(data):
            length = struct.unpack_from(">H", data, position)[0]
            yield data[position + 8:position + length - 4]
            position += max(length, 12)
    elif path.suffix == ".rply":  # length and milliseconds, little-endian
        position = 0
        while position + 8 <= len(data):
            length = struct.unpack_from("<i", data, position)[0]
            yield data[position + 8:position + 8 + max(length, 0)]
            position += 8 + max(length, 0)
    elif path.suffix == ".pcap":
        position = 24
        while position + 16 <= len(data):
            length = struct.unpack_from("<I", data, position + 8)[0]
            frame = data[position + 16:position + 16 + length]
            if frame[12:14] == b"\x08\x00" and frame[23] == 17:
                yield frame[14 + 4 * (frame[14] & 15) + 8:]
            position += 16 + length
    else:
        yield data


def blocks_of(path):
    for payload in payloads_of(path):
        yield from blocks_in(payload, path)


def blocks_in(data, path):
    position = 0
    while position + 3 <= len(data):
        length = struct.unpack_from(">H", data, position + 1)[0]
        if length < 4 or position + length > len(data):
            return
        yield Block(data[position:position + length], path.name)
        position += length


def sample(folder, wanted):
    """Blocks of all files, the same number from each of them as far as they go."""
    files = [path for path in sorted(folder.glob("*/*")) if path.suffix.lower() in SUFFIXES]
    share = max(1, wanted // max(1, sum(path.stat().st_size > 50_000 for path in files)))
    for path in files:
        blocks = list(blocks_of(path))
        by_category = defaultdict(list)
        for block in blocks:
            by_category[block.category].append(block)
        chosen = []
        for same in by_category.values():
            chosen += same[:: max(1, len(same) // share)][:share]
        yield path.name, chosen


def write_pcap(path, blocks):
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 0x40000, 101))  # raw IP
        for number, block in enumerate(blocks):
            udp = struct.pack(">HHHH", PORT, PORT, 8 + len(block.octets), 0) + block.octets
            header = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, b"\x7f\0\0\1", b"\x7f\0\0\1")
            file.write(struct.pack("<IIII", number, 0, 20 + len(udp), 20 + len(udp)) + header + udp)


def flatten(value, name, fields):
    """Leaves of our JSON by tshark's names: 048_040_RHO, 062_380_ADR_VALUE."""
    if isinstance(value, dict):
        for key, inner in value.items():
            flatten(inner, f"{name}_{key}", fields)
    elif isinstance(value, list):
        for inner in value:
            flatten(inner, name, fields)
    else:
        fields[name].append(value)


def our_records(marsad, path, blocks):
    command = [str(marsad.resolve()), "decode", str(path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    begins, position = [], 0
    for block in blocks:
        begins.append(position)
        position += len(block.octets)
    number = 0
    for line in lines:
        record = json.loads(line)
        while number + 1 < len(begins) and record["offset"] >= begins[number + 1]:
            number += 1
        fields = defaultdict(list)
        for item, value in record["items"].items():
            flatten(value, item[1:].replace("/", "_"), fields)
        blocks[number].ours.append(({"edition": record["edition"]}, fields))


def their_records(path, blocks, editions):
    preferences = []
    for category, edition in editions.items():
        preferences += ["-o", f"asterix.i{category:03}_version:Version {edition}"]
    command = ["tshark", "-n", "-r", str(path), "-d", f"udp.port=={PORT},asterix", *preferences, "-T", "pdml"]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    for packet, block in zip(ElementTree.fromstring(output).iter("packet"), blocks):
        for message in packet.iter("field"):
            if message.get("name") == "asterix.message":
                fields = defaultdict(list)
                for field in message.iter("field"):
                    name = re.sub(r"_V\d+_\d+(?=_)", "", field.get("name").removeprefix("asterix."))
                    if len(field) == 0 and re.match(r"\d{3}_", name) and field.get("show"):
                        fields[name].append(field.get("show"))
                block.theirs.append(fields)


def same(ours, theirs):
    """Do the two say the same? Their codes are decimal or hexadecimal, ours octal where the standard says octal."""
    if isinstance(ours, str):
        if ours.rstrip() == theirs.rstrip():
            return True
        try:
            number = int(theirs, 0)
        except ValueError:
            return False
        return any(re.fullmatch(digits, ours) and int(ours, base) == number
                   for digits, base in (("[0-7]+", 8), ("[0-9a-f]+", 16)))
    try:
        number = float(int(theirs, 0)) if re.fullmatch(r"-?(0x[0-9a-fA-F]+|\d+)", theirs) else float(theirs)
    except ValueError:
        return False
    return abs(number - ours) <= 1e-9 + 1e-9 * abs(ours)


def known_value(name, ours, theirs):
    if isinstance(ours, str):
        blanked = re.sub(r"[^A-Z0-9 ]", " ", ours).rstrip()
        return BLANKED if blanked == theirs.rstrip() else None
    for pattern, holds, reason in KNOWN:
        if re.fullmatch(pattern, name):
            try:
                if holds(ours, float(int(theirs, 0)) if theirs.startswith("0x") else float(theirs)):
                    return reason
            except ValueError:
                continue
    return None


class Comparison:
    def __init__(self):
        self.fields = self.records = 0
        self.explained, self.unexplained, self.categories = Counter(), [], Counter()
        self.only_ours, self.only_theirs = Counter(), Counter()

    def block(self, block):
        if (block.source, block.category) in UNDESCRIBED:
            self.explained[UNDESCRIBED[block.source, block.category]] += 1
            return None
        if len(block.ours) != len(block.theirs):
            return self.mismatched_block(block)
        for (head, ours), theirs in zip(block.ours, block.theirs):
            self.records += 1
            self.categories[block.category] += 1
            self.record(block, head, ours, theirs)
        return None

    def mismatched_block(self, block):
        for name, holds, reason in KNOWN_BLOCKS:
            if any(name in fields and holds(fields[name]) for _, fields in block.ours):
                self.explained[reason] += 1
                return
        self.unexplained.append(f"{block.source}: {len(block.ours)} records against {len(block.theirs)} of tshark: "
                                f"{block.octets[:40].hex()}")

    def record(self, block, head, ours, theirs):
        for name, values in ours.items():
            their_name = name if name in theirs else name + "_VALUE"
            if their_name not in theirs:
                self.only_ours[name] += 1
                continue
            self.values(block, head, their_name, values, theirs[their_name])
        known = set(ours) | {name + "_VALUE" for name in ours}
        for name in theirs:
            if name not in known:
                self.only_theirs[name] += 1

    def values(self, block, head, name, ours, theirs):
        if len(ours) != len(theirs):
            reason = next((text for pattern, text in KNOWN_COUNTS.items() if re.fullmatch(pattern, name)), None)
            if reason:
                self.explained[reason] += 1
            else:
                self.unexplained.append(f"{block.source} {name}: {ours} against {theirs}")
        for mine, their in zip(ours, theirs):
            self.fields += 1
            if same(mine, their):
                continue
            reason = known_value(name, mine, their)
            if reason:
                self.explained[reason] += 1
            else:
                self.unexplained.append(f"{block.source} {name} (edition {head['edition']}): {mine} against {their}")

    def report(self, verbose):
        print(f"{self.records} records, {self.fields} fields compared; records by category: "
              + ", ".join(f"{category:03}: {count}" for category, count in sorted(self.categories.items())))
        for reason, count in self.explained.most_common():
            print(f"explained, {count} times: {reason}")
        for text in self.unexplained if verbose else self.unexplained[:20]:
            print(f"UNEXPLAINED: {text}")
        if verbose:
            print("given by marsad only:", dict(self.only_ours))
            print("given by tshark only:", dict(self.only_theirs))
        print(f"{sum(self.explained.values())} explained and {len(self.unexplained)} unexplained disagreements")


# Old editions in the recordings, for tshark, which does not detect them.
EDITIONS = {"cat021_v023_adsb_160510-lebl-220001.ast": {21: "0.23"}, 
            "cat021ed2.1.bin": {21: "2.1"}, "cat021_v24_record_Alicante-ADSB.ast": {21: "2.4"}}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--marsad", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=os.environ.get("MARSAD_SHARED") or None)
    parser.add_argument("--default-shared", type=pathlib.Path, default="../shared")
    parser.add_argument("--records", type=int, default=2500)
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    folder = (arguments.shared or arguments.default_shared) / "data" / "asterix"
    if shutil.which("tshark") is None or not folder.is_dir():
        print(f"skipped: needs tshark and recordings in {folder}")
        return SKIPPED
    comparison = Comparison()
    with tempfile.TemporaryDirectory() as temporary:
        for name, blocks in sample(folder, arguments.records):
            ast, pcap = pathlib.Path(temporary) / "blocks.ast", pathlib.Path(temporary) / "blocks.pcap"
            ast.write_bytes(b"".join(block.octets for block in blocks))
            write_pcap(pcap, blocks)
            our_records(arguments.marsad, ast, blocks)
            their_records(pcap, blocks, EDITIONS.get(name, {}))
            for block in blocks:
                comparison.block(block)
    comparison.report(arguments.verbose)
    return 1 if comparison.unexplained or comparison.records == 0 else 0


if __name__ == "__main__":
    sys.exit(main())

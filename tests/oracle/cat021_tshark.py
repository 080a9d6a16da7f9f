#!/usr/bin/env python3
"""Lets Wireshark's dissector read the CAT021 that we send, and compares every value with what was meant.

Usage: cat021_tshark.py CAT021_SAMPLE_PROGRAM [--default-shared FOLDER]
Exit code 0: everything agrees; 1: it doesn't; 77: tshark isn't installed.

First for messages made up at random, then, if there are recordings (MARSAD_SHARED, else FOLDER), for those of Helsinki.
"""

import csv
import gzip
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from cat062_tshark import number  # noqa: E402
import xml.etree.ElementTree as ElementTree  # noqa: E402

# Key of the expectation: (tshark's field, half a step of the field, greatest value of the field).
QUANTITIES = {
    "address": ("021_080_VALUE", 0, None),
    "lat": ("021_131_LAT", 90 / 2**30, None),
    "lon": ("021_131_LON", 90 / 2**30, None),
    "on_ground": ("021_040_GBS", 0, None),
    "version": ("021_210_VN", 0, None),
    "tod_s": ("021_073_VALUE", 1 / 128, None),
    "flight_level": ("021_145_VALUE", 0.125, None),
    "height_ft": ("021_140_VALUE", 3.125, None),
    "baro_rate": ("021_155_BVR", 3.125, None),
    "geom_rate": ("021_157_GVR", 3.125, None),
    "speed_nm_s": ("021_160_GS", 0.5 / 2**14, 2 - 1 / 2**14),
    "track_deg": ("021_160_TA", 180 / 2**16, None),
    "mode_a": ("021_070_MODE3A", 0, None),
    "nic": ("021_090_NUCPNIC", 0, None),
    "nacp": ("021_090_NACP", 0, None),
    "sil": ("021_090_SIL", 0, None),
    "nic_baro": ("021_090_NICBARO", 0, None),
    "sda": ("021_090_SDA", 0, None),
    "gva": ("021_090_GVA", 0, None),
    "nacv": ("021_090_NUCRNACV", 0, None),
    "emergency": ("021_200_PS", 0, None),
}
# What is sent also when the expectation doesn't name it.
ALWAYS_MAY_BE = {"nic", "emergency", "nacp", "sil", "nic_baro", "sda", "gva"}


def dissect(pcap):
    """Yields ({field: text}, trouble) for each record that tshark finds."""
    command = ["tshark", "-n", "-r", str(pcap), "-d", "udp.port==8600,asterix",
               "-o", "asterix.i021_version:Version 2.4", "-T", "pdml"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for _, packet in ElementTree.iterparse(process.stdout):
        if packet.tag != "packet":
            continue
        trouble = [f.get("showname") for f in packet.iter("field") if f.get("name", "").startswith("_ws.")]
        trouble += [p.get("name") for p in packet.iter("proto") if p.get("name", "").startswith("_ws.")]
        for message in packet.iter("field"):
            if message.get("name") == "asterix.message":
                # Fields of editions other than the newest have the edition in their name: 021_V2_4_080_VALUE.
                yield {re.sub(r"_V\d+_\d+(?=_)", "", f.get("name").removeprefix("asterix.")): f.get("show")
                       for f in message.iter("field")}, trouble
        packet.clear()
    if process.wait() != 0:
        raise RuntimeError("tshark failed")


def compare_record(expected, fields):
    """What disagrees, as lines of text."""
    wrong = []
    for key, (field, tolerance, most) in QUANTITIES.items():
        if key not in expected:
            if field in fields and key not in ALWAYS_MAY_BE:
                wrong.append(f"{key}: nothing expected, tshark has {fields[field]}")
            continue
        if field not in fields:
            wrong.append(f"{key}: expected {expected[key]}, tshark has nothing")
            continue
        value = float(expected[key]) if most is None else min(float(expected[key]), most)
        difference = abs(number(fields[field]) - value)
        if key == "track_deg":
            difference = min(difference, 360 - difference)
        if difference > tolerance * 1.0001 + 1e-9:
            wrong.append(f"{key}: expected {value}, tshark reads {fields[field]}")
    if expected.get("identification") != (fields["021_170_VALUE"].rstrip() if "021_170_VALUE" in fields else None):
        wrong.append(f"identification: expected {expected.get('identification')}, tshark has {fields.get('021_170_VALUE')}")
    return wrong


def compare(program, arguments):
    with tempfile.TemporaryDirectory() as folder:
        pcap, listing = pathlib.Path(folder, "sample.pcap"), pathlib.Path(folder, "expected.jsonl")
        subprocess.run([program, pcap, listing, *arguments], check=True)
        expectations = [json.loads(line) for line in listing.read_text().splitlines()]
        wrong, found = [], 0
        for fields, trouble in dissect(pcap):
            wrong += [f"tshark complains: {line}" for line in trouble]
            if found < len(expectations):
                wrong += [f"record {found}: {line}" for line in compare_record(expectations[found], fields)]
            found += 1
    if found != len(expectations):
        wrong.append(f"{len(expectations)} records sent, tshark finds {found}")
    for line in wrong[:30]:
        print(line)
    print(f"{found} CAT021 records read by tshark, {len(wrong)} disagreements")
    return not wrong and found > 0


def helsinki_lines(shared, path):
    """Writes the messages of the reference decode of Helsinki; False if there is none."""
    found = sorted((shared / "data" / "modes" / "reference").glob("readsb*_helsinki_*_permessage.csv.gz"))
    if not found:
        return False
    with gzip.open(found[0], "rt") as rows, open(path, "w") as lines:
        for row in csv.DictReader(rows):
            lines.write(f"{row['t']} {row['hex']}\n")
    return True


def main():
    if len(sys.argv) not in (2, 4):
        print(__doc__, file=sys.stderr)
        return 1
    if shutil.which("tshark") is None:
        print("skipped: tshark is not installed (Debian package tshark)")
        return 77
    good = compare(sys.argv[1], [])
    shared = pathlib.Path(os.environ.get("MARSAD_SHARED") or sys.argv[-1])
    with tempfile.TemporaryDirectory() as folder:
        lines = pathlib.Path(folder, "lines.txt")
        if helsinki_lines(shared, lines):
            good = compare(sys.argv[1], [lines]) and good
        else:
            print(f"no recordings in {shared}: only made-up messages were compared")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

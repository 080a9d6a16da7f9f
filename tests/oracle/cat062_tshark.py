#!/usr/bin/env python3
"""Lets Wireshark's dissector read the CAT062 and CAT065 that we send, and compares every value with what was meant.

Usage: cat062_tshark.py CAT062_SAMPLE_PROGRAM
Exit code 0: everything agrees; 1: it doesn't; 77: tshark isn't installed.

Known faults of tshark 4.0 that the sample avoids (it would lose sync on correct data): I062/500 with a presence map of
two octets, and I062/510 with more than two tracks. We send neither.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

# Key of the expectation: (tshark's field, half a step of the field).
QUANTITIES = {
    "tod_s": ("062_070_VALUE", 0.5 / 128),
    "lat": ("062_105_LAT", 90 / 2**25),
    "lon": ("062_105_LON", 90 / 2**25),
    "vx": ("062_185_VX", 0.125),
    "vy": ("062_185_VY", 0.125),
    "geometric_ft": ("062_130_VALUE", 3.125),
    "flight_level": ("062_136_VALUE", 0.125),
    "rate_ft_per_min": ("062_220_VALUE", 3.125),
    "sigma_x": ("062_500_APC_X", 0.25),
    "sigma_y": ("062_500_APC_Y", 0.25),
    "track_number": ("062_040_VALUE", 0),
    "first": ("062_080_TSB", 0),
    "last": ("062_080_TSE", 0),
    "coasting": ("062_080_CST", 0),
    "emergency": ("062_080_EMS", 0),
    "mode_a": ("062_060_MODE3A", 0),
    "address": ("062_380_ADR_VALUE", 0),
}
TEXTS = {"identification": ("062_245_CHR", "062_380_ID_VALUE")}


def dissect(pcap):
    """Yields (category, {field: text}, trouble) for each record that tshark finds."""
    command = ["tshark", "-n", "-r", str(pcap), "-d", "udp.port==8600,asterix", "-T", "pdml"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    for packet in ElementTree.fromstring(done.stdout).iter("packet"):
        trouble = [f.get("showname") for f in packet.iter("field") if f.get("name", "").startswith("_ws.")]
        trouble += [p.get("name") for p in packet.iter("proto") if p.get("name", "").startswith("_ws.")]
        for block in packet.iter("proto"):
            if block.get("name") != "asterix":
                continue
            category = int(block.find("field[@name='asterix.category']").get("show"))
            for message in block.findall("field[@name='asterix.message']"):
                fields = {f.get("name").removeprefix("asterix."): f.get("show") for f in message.iter("field")}
                yield category, fields, trouble


def number(text):
    return float(int(text, 16)) if text.startswith("0x") else float(text)


def compare_record(expected, fields):
    """What disagrees, as lines of text."""
    wrong = []
    for key, (field, tolerance) in QUANTITIES.items():
        if expected.get("vanished") and key in ("tod_s", "first", "coasting", "emergency"):
            continue
        if (key in expected) != (field in fields):
            wrong.append(f"{key}: expected {expected.get(key)}, tshark has {fields.get(field)}")
        elif key in expected and abs(number(fields[field]) - float(expected[key])) > tolerance * 1.0001:
            wrong.append(f"{key}: expected {expected[key]}, tshark reads {fields[field]}")
    for key, names in TEXTS.items():
        for field in names:
            if expected.get(key) != (fields[field].rstrip() if field in fields else None):
                wrong.append(f"{key}: expected {expected.get(key)}, tshark has {fields.get(field)} in {field}")
    return wrong


def compare(expectations, pcap):
    records = list(dissect(pcap))
    wrong = [f"tshark complains: {t}" for _, _, trouble in records for t in trouble]
    tracks = [fields for category, fields, _ in records if category == 62]
    if len(tracks) != len(expectations):
        wrong.append(f"{len(expectations)} CAT062 records sent, tshark finds {len(tracks)}")
    for index, (expected, fields) in enumerate(zip(expectations, tracks)):
        wrong += [f"record {index}: {line}" for line in compare_record(expected, fields)]
    messages = [int(fields["065_000_VALUE"], 0) for category, fields, _ in records if category == 65]
    # End of batch and status for each of six pictures; degraded from the third on, recovered with the fourth.
    if messages != [2, 1, 2, 1, 2, 1, 3, 2, 1, 3, 2, 1, 2, 1]:
        wrong.append(f"CAT065 messages {messages}")
    return wrong, len(tracks), len(messages)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 1
    if shutil.which("tshark") is None:
        print("skipped: tshark is not installed (Debian package tshark)")
        return 77
    with tempfile.TemporaryDirectory() as folder:
        pcap = pathlib.Path(folder, "sample.pcap")
        listing = pathlib.Path(folder, "expected.jsonl")
        subprocess.run([sys.argv[1], pcap, listing], check=True)
        expectations = [json.loads(line) for line in listing.read_text().splitlines()]
        wrong, tracks, messages = compare(expectations, pcap)
    for line in wrong[:40]:
        print(line)
    print(f"{tracks} CAT062 and {messages} CAT065 records read by tshark, {len(wrong)} disagreements")
    return 1 if wrong or not tracks else 0


if __name__ == "__main__":
    sys.exit(main())

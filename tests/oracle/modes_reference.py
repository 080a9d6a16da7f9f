#!/usr/bin/env python3
"""Compare what marsad makes of Mode S messages with what readsb, dump1090-fa and pyModeS made of them, message by message.

Usage: modes_reference.py --lines PROGRAM [--shared FOLDER] [--verbose]

PROGRAM (mode_s_lines) gets the very messages of each reference decode below FOLDER/data/modes/reference, with the same
times, in the same order. FOLDER is MARSAD_SHARED if it is not given.

- No position may differ by more than 20 m. Positions that only one side has are counted by our reason for having none.
- Every other value must be the same, unless a reason in EXPLAINED holds; what is left over is unexplained.
Exit code 0: everything agrees or is explained; 1: it doesn't; 77: there are no reference decodes (skipped).
"""
import argparse
import csv
import gzip
import json
import math
import os
import pathlib
import subprocess
import sys
from collections import Counter, defaultdict

SKIPPED = 77
HELSINKI = ("60.319555", "24.830816", "300")
LIMIT_M = 20.0

# A value by our name: (theirs in the .csv of readsb and dump1090-fa, tolerance).
CSV_VALUES = {
    "alt_ft": ("alt_baro", 0), "squawk": ("squawk", None), "callsign": ("ident", None), "category": ("category", None),
    "gs_kt": ("gs", 0.1001), "nic": ("nic", 0), "nacp": ("nac_p", 0), "nacv": ("nac_v", 0), "sil": ("sil", 0),
    "version": ("version", 0), "geom_minus_baro_ft": ("geom_delta", 0), "track_deg": ("heading", 0.0601),
    "selected_heading_deg": ("sel_heading", 0.0601), "qnh_mb": ("qnh", 0.0501),
}
# The same for pyModeS; some only of certain type codes.
PYMODES_VALUES = {
    "alt_ft": ("altitude", 0), "squawk": ("squawk", None), "callsign": ("callsign", None), "nacp": ("nac_p", 0),
    "nacv": ("nac_v", 0), "sil": ("sil", 0), "version": ("version", 0), "vrate_fpm": ("vertical_rate", 0),
    "geom_minus_baro_ft": ("geo_minus_baro", 0), "selected_altitude_ft": ("selected_altitude", 0),
    "nic_baro": ("nic_baro", 0), "emergency": ("emergency_state", 0), "gs_kt": ("groundspeed", 1.0),
    "track_deg": ("track", 0.0601), "heading_deg": ("heading", 0.0601), "acas": ("tcas_operational", 0),
    "selected_heading_deg": ("selected_heading", 0.0601), "qnh_mb": ("baro_pressure_setting", 0.0501),
}
COMM_B = (20, 21)


# Reasons for a disagreement: (our name, test of (our object, our value, theirs), the reason).
EXPLAINED = [
    ("nacp", lambda o, mine, their: mine is None and o.get("tc") in range(0, 23),
     "readsb and dump1090-fa derive NACp from the type code of a position while the version is 0; no such field was sent"),
    ("sil", lambda o, mine, their: mine is None and o.get("tc") in range(0, 23),
     "readsb and dump1090-fa derive SIL from the type code of a position while the version is 0; no such field was sent"),
    ("nic", lambda o, mine, their: their is None,
     "the NIC of a message whose position they did not resolve, or of TC 0: they print none"),
    ("nic", lambda o, mine, their: mine is None and o.get("verdict") == "duplicate", "a duplicate: not judged again"),
    ("nic", lambda o, mine, their: their == mine - 1 and o.get("tc") in (11, 12),
     "TC 11 and 12 with supplements A and B unlike: DO-260B table 2-14 leaves it undefined; the radius of the type code "
     "itself holds"),
    ("nic", lambda o, mine, their: o.get("tc") in range(5, 9) or o.get("tc") in (13, 16),
     "a supplement that one side holds for too old, or has not heard yet"),
    ("track_deg", lambda o, mine, their: their is None and o.get("tc") in range(5, 9),
     "the direction of a surface position: they list it under another kind of heading"),
    ("gs_kt", lambda o, mine, their: o.get("tc") in range(5, 9),
     "movement is a step of speeds: pyModeS gives its lower edge, we its middle"),
    ("alt_ft", lambda o, mine, their: their is None and o.get("tc") == 0, "pyModeS reads no altitude in TC 0"),
    ("squawk", lambda o, mine, their: their is None and o.get("verdict") == "unknown_address",
     "readsb prints nothing of replies whose address it can't believe in"),
    ("acas", lambda o, mine, their: their is None, "ACAS of the operational status: pyModeS does not tell"),
    ("nacv", lambda o, mine, their: their is None, "NACv of the surface status: pyModeS does not tell"),
]


def distance_m(a_lat, a_lon, b_lat, b_lon):
    east = (a_lon - b_lon + 180) % 360 - 180
    return math.hypot((a_lat - b_lat) * 111_195, east * 111_195 * math.cos(math.radians(a_lat)))


class Comparison:
    def __init__(self, label):
        self.label, self.messages, self.values = label, 0, 0
        self.positions, self.greatest_m = Counter(), 0.0
        self.explained, self.unexplained = Counter(), defaultdict(list)

    def position(self, ours, lat, lon):
        mine = "lat" in ours
        if mine and lat is not None:
            self.positions["both"] += 1
            apart = distance_m(ours["lat"], ours["lon"], lat, lon)
            self.greatest_m = max(self.greatest_m, apart)
            if apart > LIMIT_M:
                self.unexplained["position"].append((ours, lat, lon))
        elif mine:
            self.positions["only marsad"] += 1
        elif lat is not None:
            self.positions[f"only they ({ours.get('verdict') or ours.get('position')})"] += 1

    def value(self, name, ours, theirs, tolerance):
        mine = ours.get(name)
        if mine is None and theirs is None:
            return
        self.values += 1
        if mine is not None and theirs is not None:
            if tolerance is None:
                same = str(mine).strip() == str(theirs).strip()
            else:
                difference = abs(float(mine) - float(theirs))
                same = min(difference, abs(360 - difference) if name.endswith("_deg") else difference) <= tolerance
            if same:
                return
        for known, holds, reason in EXPLAINED:
            if known == name and holds(ours, mine, theirs):
                self.explained[f"{name}: {reason}"] += 1
                return
        self.unexplained[name].append((ours, mine, theirs))

    def report(self, verbose):
        print(f"{self.label}: {self.messages} messages, {self.values} values, positions {dict(self.positions)}, "
              f"greatest difference {self.greatest_m:.2f} m")
        for reason, count in self.explained.most_common():
            print(f"  explained, {count} times: {reason}")
        for name, cases in self.unexplained.items():
            print(f"  UNEXPLAINED, {len(cases)} times: {name}")
            for case in cases[: 20 if verbose else 3]:
                print(f"    {case}")
        return sum(len(cases) for cases in self.unexplained.values())


def marsad_lines(program, messages, site):
    text = "".join(f"{t} {hexadecimal}\n" for t, hexadecimal in messages)
    done = subprocess.run([program, *site], input=text, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def csv_value(row, column, tolerance):
    text = row.get(column) or None
    return text if text is None or tolerance is None else float(text)


def compare_csv(path, program, verbose):
    rows = list(csv.DictReader(gzip.open(path, "rt")))
    site = HELSINKI if "helsinki" in path.name else ()
    comparison = Comparison(path.name)
    for ours, row in zip(marsad_lines(program, [(row["t"], row["hex"]) for row in rows], site), rows, strict=True):
        comparison.messages += 1
        assert ours["hex"] == row["hex"]
        lat, lon = (float(row[key]) if row[key] else None for key in ("lat", "lon"))
        comparison.position(ours, lat, lon)
        for name, (column, tolerance) in CSV_VALUES.items():
            if ours["df"] in COMM_B and name not in ("alt_ft", "squawk"):
                continue  # what a register says hangs on which it is taken for: compared below by its kind
            if name == "track_deg" and row.get("heading_type") not in ("track", ""):
                continue
            comparison.value(name, ours, csv_value(row, column, tolerance), tolerance)
        compare_rates(comparison, ours, row)
    return comparison.report(verbose) + registers(path.name, program, rows, site)


def compare_rates(comparison, ours, row):
    if ours["df"] in COMM_B:
        return
    for source, column in (("baro", "baro_rate"), ("geom", "geom_rate")):
        view = {**ours, "rate": ours.get("vrate_fpm") if ours.get("vrate_source") == source else None}
        comparison.value("rate", view, csv_value(row, column, 0), 0)


def registers(label, program, rows, site):
    """Counts how readsb and we name the registers of Comm-B replies: no truth here, so nothing can be wrong."""
    if not rows or "commb" not in rows[0]:
        return 0
    table = Counter()
    for ours, row in zip(marsad_lines(program, [(row["t"], row["hex"]) for row in rows], site), rows, strict=True):
        theirs = row["commb"]
        if theirs.startswith("BDS"):
            table[theirs[3] + "," + theirs[5], ours.get("bds")] += 1
        elif theirs:
            table["-", ours.get("bds")] += 1
    same = sum(count for (a, b), count in table.items() if a == b)
    differ = Counter({pair: count for pair, count in table.items() if None not in pair and "-" not in pair and pair[0] != pair[1]})
    only_we = sum(count for (a, b), count in table.items() if a == "-" and b)
    only_they = sum(count for (a, b), count in table.items() if a != "-" and b is None)
    if table:
        print(f"  registers: {same} the same, {only_we} named by us alone, {only_they} by them alone, "
              f"{sum(differ.values())} otherwise: {dict(differ.most_common(6))}")
    return 0


def compare_pymodes(path, program, verbose):
    rows = [json.loads(line) for line in gzip.open(path, "rt")]
    site = HELSINKI if "helsinki" in path.name else ()
    comparison = Comparison(path.name)
    for ours, row in zip(marsad_lines(program, [(row["t"], row["hex"]) for row in rows], site), rows, strict=True):
        comparison.messages += 1
        for name, (key, tolerance) in PYMODES_VALUES.items():
            if ours["df"] in COMM_B and name not in ("alt_ft", "squawk"):
                continue
            value = row.get(key)
            comparison.value(name, ours, float(value) if isinstance(value, bool) else value, tolerance)
    return comparison.report(verbose)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=pathlib.Path, required=True)
    parser.add_argument("--shared", type=pathlib.Path, default=os.environ.get("MARSAD_SHARED") or None)
    parser.add_argument("--default-shared", type=pathlib.Path, default="../shared")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    folder = (arguments.shared or arguments.default_shared) / "data" / "modes" / "reference"
    tables, lists = sorted(folder.glob("*.csv.gz")), sorted(folder.glob("pyModeS*.jsonl.gz"))
    if not tables:
        print(f"skipped: needs reference decodes in {folder}")
        return SKIPPED
    unexplained = sum(compare_csv(path, arguments.lines, arguments.verbose) for path in tables)
    unexplained += sum(compare_pymodes(path, arguments.lines, arguments.verbose) for path in lists)
    print(f"{unexplained} unexplained disagreements in {len(tables) + len(lists)} reference decodes")
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())

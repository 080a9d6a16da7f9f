#!/usr/bin/env python3
"""How fast marsad and tshark decode the same ASTERIX, measured in turns in one run.

Usage: against_tshark.py MARSAD [--rounds N] [--copies N]

Writes a capture of the Barcelona hour (CAT048, from MARSAD_SHARED or ../shared) several times over, then runs each
program on it N times, one after the other in each round, and prints the median of the user CPU times, the records a
second that follow from it, and the ratios. Ends at once, with a message, where the recording or tshark is missing.
Figures of other programs were measured before on a machine of this kind; they are printed for comparison, not measured.
"""
import argparse
import os
import pathlib
import resource
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile

RECORDING = "data/asterix/bcn-230502/cat048_230502-est-080001_BCN_60MN_08_09.ast"
RECORDS = 44_085
PORT = 8600  # tshark's own for ASTERIX

# Records a second of CAT048, user CPU time, one thread, two shared cores; medians of three.
MEASURED_BEFORE = [("jASTERIX, columns", 126_642), ("jASTERIX, decoded", 90_468), ("jASTERIX, JSON", 43_590),
                   ("CroatiaControl's decoder, JSON", 21_350)]


def capture(blocks: bytes, copies: int) -> bytes:
    """One UDP datagram over IPv4 and Ethernet for each data block."""
    packets = bytearray()
    at, seconds = 0, 1_683_014_400
    while at < len(blocks):
        size = int.from_bytes(blocks[at + 1:at + 3], "big")
        payload = blocks[at:at + size]
        udp = struct.pack(">HHHH", PORT, PORT, 8 + size, 0) + payload
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, bytes([10, 0, 0, 1]), bytes([239, 0, 0, 1]))
        frame = bytes(12) + b"\x08\x00" + ip + udp
        packets += struct.pack("<IIII", seconds + at // 1000, 0, len(frame), len(frame)) + frame
        at += size
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, 1)
    return head + bytes(packets) * copies


def user_seconds(command) -> float:
    """User CPU time of the command and its children; what it prints is thrown away."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def commands(marsad: str, small: str, large: str):
    """Name, command, copies in its input: tshark, which is slow, gets the small one."""
    return [
        ("marsad, JSON lines", [marsad, "decode", large, "--edition", "48=1.32", "--threads", "1"], "large"),
        ("marsad, CSV", [marsad, "decode", large, "--edition", "48=1.32", "--threads", "1", "--format", "csv"], "large"),
        ("tshark, one field", ["tshark", "-n", "-r", small, "-T", "fields", "-e", "asterix.048_140_VALUE"], "small"),
        ("tshark, JSON", ["tshark", "-n", "-r", small, "-T", "json", "-J", "asterix"], "small"),
    ]


def report(times, copies):
    rates = {name: RECORDS * copies[name] / statistics.median(seconds) for name, seconds in times.items()}
    ours = rates["marsad, JSON lines"]
    print(f"{'':34}{'user s':>9}{'min-max':>16}{'records/s':>12}{'marsad JSON is':>18}")
    for name, seconds in times.items():
        spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
        print(f"{name:34}{statistics.median(seconds):9.2f}{spread:>16}{rates[name]:12,.0f}{ours / rates[name]:15.1f} x")
    print("measured before on a machine of this kind, not in this run:")
    for name, rate in MEASURED_BEFORE:
        print(f"{name:34}{'':9}{'':16}{rate:12,}{ours / rate:15.1f} x")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("marsad")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=20, help="of the hour in marsad's input; tshark gets one")
    arguments = parser.parse_args()
    shared = os.environ.get("MARSAD_SHARED") or pathlib.Path(__file__).resolve().parent.parent.parent / "shared"
    recording = pathlib.Path(shared) / RECORDING
    if not recording.is_file() or not shutil.which("tshark"):
        print("against tshark: left out, there is no tshark or no recording of Barcelona", file=sys.stderr)
        return
    blocks = recording.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        small, large = (os.path.join(folder, name) for name in ("small.pcap", "large.pcap"))
        pathlib.Path(small).write_bytes(capture(blocks, 1))
        pathlib.Path(large).write_bytes(capture(blocks, arguments.copies))
        runs = commands(arguments.marsad, small, large)
        copies = {name: 1 if size == "small" else arguments.copies for name, _, size in runs}
        times = {name: [] for name, _, _ in runs}
        for _ in range(arguments.rounds):
            for name, command, _ in runs:
                times[name].append(user_seconds(command))
        report(times, copies)


if __name__ == "__main__":
    main()

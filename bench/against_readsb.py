#!/usr/bin/env python3
"""Times marsad and readsb on the same Mode S messages in the same run, turn by turn, in seconds of user CPU.

Both decode, drop duplicates, resolve positions and keep the state of every aircraft in the messages' own time, with no
output: marsad's side is the program bench/resolve_messages. readsb gets the times in frames of its own
(0x1A 0xE8, milliseconds), for which it must be started with --devel=accept_synthetic. It also does its housekeeping of
every simulated second, which marsad does not have.

    bench/against_readsb.py --readsb /path/to/readsb RECORDING.beast [--times 10] [--runs 5]
"""

import argparse
import os
import pathlib
import resource
import socket
import statistics
import subprocess
import tempfile
import time

SIZES = {0x31: 2, 0x32: 7, 0x33: 14}
ESCAPE = 0x1A
START_MS = 1_767_679_983_000
TICKS_PER_MS = 12_000


def frames(octets):
    """Each Beast frame as (type, the octets behind it with escapes removed)."""
    at = octets.find(b"\x1a")
    while 0 <= at < len(octets) - 1:
        size = SIZES.get(octets[at + 1])
        if size is None:
            at = octets.find(b"\x1a", at + 1)
            continue
        body, end = bytearray(), at + 2
        while len(body) < 7 + size and end < len(octets):
            if octets[end] == ESCAPE:
                end += 1
            body.append(octets[end] if end < len(octets) else 0)
            end += 1
        if len(body) == 7 + size:
            yield octets[at + 1], bytes(body)
        at = octets.find(b"\x1a", end)


def streams(recording, times):
    """The recording `times` over, as Beast, and with readsb's times; the number of messages."""
    plain, timed, last_ms, begin_ms, count = bytearray(), bytearray(), 0, START_MS, 0
    messages = [(kind, body, int.from_bytes(body[:6], "big")) for kind, body in frames(recording) if kind != 0x31]
    for _ in range(times):
        first = messages[0][2]
        for kind, body, counter in messages:
            now_ms = max(begin_ms + max(counter - first, 0) // TICKS_PER_MS, last_ms)
            if now_ms > last_ms:
                timed += bytes((ESCAPE, 0xE8)) + now_ms.to_bytes(8, "little")
                last_ms = now_ms
            frame = bytes((ESCAPE, kind)) + body.replace(b"\x1a", b"\x1a\x1a")
            plain += frame
            timed += frame
            count += 1
        begin_ms = last_ms + 1
    return bytes(plain), bytes(timed), count


def user_seconds(run):
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def run_marsad(program, path):
    subprocess.run([program, path], check=True, stdout=subprocess.DEVNULL)


def run_readsb(program, stream, folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "--net-only", f"--net-bi-port={port}", "--net-ri-port=0", "--net-ro-port=0", "--net-bo-port=0",
               "--net-sbs-port=0", "--lat=60.319555", "--lon=24.830816", "--max-range=400", "--devel=accept_synthetic",
               "--quiet"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    connection = connect(port)
    connection.sendall(stream)
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(65536):  # it hangs up when it has read everything
        pass
    process.terminate()
    process.wait()


def connect(port):
    for _ in range(100):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=120)
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit("readsb does not listen")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", type=pathlib.Path, help="a Beast recording with a 12 MHz counter")
    parser.add_argument("--marsad", default="build/bench/bench/resolve_messages")
    parser.add_argument("--readsb", default=os.environ.get("READSB", "readsb"))
    parser.add_argument("--times", type=int, default=10, help="how often the recording is repeated")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    plain, timed, count = streams(options.recording.read_bytes(), options.times)
    marsad_s, readsb_s = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "messages.beast"
        path.write_bytes(plain)
        for _ in range(options.runs):
            marsad_s.append(user_seconds(lambda: run_marsad(options.marsad, path)))
            readsb_s.append(user_seconds(lambda: run_readsb(options.readsb, timed, folder)))
    for name, seconds in (("marsad", marsad_s), ("readsb", readsb_s)):
        print(f"{name}  {count / statistics.median(seconds) / 1e6:6.2f} M messages/s  user CPU: median "
              f"{statistics.median(seconds):.3f} s, {min(seconds):.3f} to {max(seconds):.3f} s over {options.runs} runs")
    print(f"ratio of medians {statistics.median(readsb_s) / statistics.median(marsad_s):.2f} ({count} messages)")


if __name__ == "__main__":
    main()

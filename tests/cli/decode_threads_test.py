"""What decode prints does not depend on the number of threads, nor does what it says of damage."""

import json
import pathlib
import random
import struct
import tempfile
import unittest

from marsad_cli import run

BLOCKS = 12_000  # enough octets for several rounds of batches on eight threads


def plot(number: int) -> bytes:
    """A CAT048 record with I048/010, I048/140, I048/040 and, now and then, I048/220."""
    extra = number % 3 == 0  # FSPEC: slots 1, 2 and 4, and in the second octet slot 8
    fspec = b"\xd1\x80" if extra else b"\xd0"
    time_of_day = struct.pack(">I", number * 7 % (86_400 * 128))[1:]
    position = struct.pack(">HH", number % 65_536, number * 31 % 65_536)
    return fspec + bytes([25, number % 250]) + time_of_day + position + (struct.pack(">I", number)[1:] if extra else b"")


def recording(seed: int) -> bytes:
    """Data blocks of one to four records; of every 97 one is damaged inside, never in its length."""
    chance, octets = random.Random(seed), bytearray()
    for number in range(BLOCKS):
        block = b"".join(plot(4 * number + i) for i in range(chance.randint(1, 4)))
        if number % 97 == 50:
            block += b"\xff\xff"
        octets += struct.pack(">BH", 48, len(block) + 3) + block
    return bytes(octets)


class DecodeThreads(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.files = []
        for seed in (1, 2):
            path = pathlib.Path(self.folder.name) / f"{seed}.ast"
            path.write_bytes(recording(seed))
            self.files.append(path)

    def decode(self, threads, *options):
        result = run("decode", *self.files, "--edition", "48=1.32", "--json", "--threads", threads, *options)
        return result.stdout, json.loads(result.stderr.strip().splitlines()[-1])

    def test_any_number_of_threads_prints_the_same(self):
        for options in ((), ("--format", "csv"), ("--raw",)):
            with self.subTest(options=options):
                text, summary = self.decode(1, *options)
                self.assertGreater(text.count("\n"), 2 * BLOCKS)
                self.assertGreater(summary["faults"], 200)
                for threads in (2, 3, 8):
                    self.assertEqual(self.decode(threads, *options), (text, summary))

    def test_lines_are_in_the_order_of_the_file(self):
        text, _ = self.decode(8)
        offsets = [json.loads(line)["offset"] for line in text.splitlines()]
        falls = sum(later <= earlier for earlier, later in zip(offsets, offsets[1:]))
        self.assertEqual(falls, 1)  # where the second file begins

    def test_a_full_device_ends_the_run(self):
        result = run("decode", *self.files, "--edition", "48=1.32", "--threads", 4, "-o", "/dev/full", check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("writing failed", result.stderr)


if __name__ == "__main__":
    unittest.main()

"""Mode S in Python: what a made-up receiver heard, as columns."""

import datetime
import json
import os
import pathlib
import random
import subprocess
import tempfile
import unittest

import marsad
import numpy
import samples

ADDRESS = 0x4CA2D6


def heard(*, latitude_deg=33.3, longitude_deg=44.2):
    """An identification, then sixteen positions going north, every half second."""
    messages = [(1.0, samples.identification_squitter(ADDRESS, "EIN52K"))]
    for i in range(16):
        messages.append((2.0 + 0.5 * i, samples.position_squitter(ADDRESS, latitude_deg + i * 1e-3, longitude_deg, odd=i % 2)))
    return messages


NUMBERS = {"alt_ft": 1, "alt_geom_ft": 1, "geom_minus_baro_ft": 1, "lat": 1e-6, "lon": 1e-6, "rc_m": 0.1, "gs_kt": 0.1,
           "track_deg": 0.01, "heading_deg": 0.01, "ias_kt": 1, "tas_kt": 1, "vrate_fpm": 1, "selected_altitude_ft": 1,
           "selected_heading_deg": 0.01, "qnh_mb": 0.1}  # and the last digit that the program prints
TEXTS = ("callsign", "squawk", "category", "crc", "source")
CODES = ("df", "tc", "surface", "emergency", "nic", "nacp", "nacv", "sil", "sda", "gva", "version")


def anything(count, dice):
    """Messages of every format about three aircraft, with any content that formats can have."""
    messages, time = [], 1.0
    for i in range(count):
        time += dice.uniform(0.01, 0.2)
        address = 0x4CA2D6 + dice.randrange(3)
        if i < 3 or dice.random() < 0.7:
            type_code = dice.choice([*range(32), 4, 11, 11, 19, 19, 28, 29, 31])
            first = 17 << 3 | 5 if i < 3 or dice.random() < 0.8 else 18 << 3 | dice.randrange(8)
            octets = samples.squitter(address, type_code << 51 | dice.getrandbits(51), first)
        else:
            downlink_format = dice.choice([0, 4, 5, 16, 20, 21])
            octets = samples.reply(address, bytes([downlink_format << 3 | dice.randrange(8)])
                                   + dice.randbytes(3 if downlink_format < 16 else 10))
        messages.append((time, octets))
    return messages


class Oracle(unittest.TestCase):
    def test_the_columns_hold_what_the_program_prints(self):
        octets = samples.beast(anything(6000, random.Random(6)))
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "any.beast")
            path.write_bytes(octets)
            printed = subprocess.run([os.environ["MARSAD_BIN"], "decode", path], capture_output=True, check=True).stdout
        believed = [one for one in map(json.loads, printed.splitlines()) if "verdict" not in one]
        table = marsad.read_mode_s(octets)
        self.assertGreater(len(believed), 5000)
        self.assertEqual(table.rows, len(believed))
        self.assertEqual(table["address"].tolist(), [int(one["icao"], 16) for one in believed])
        for name, digit in NUMBERS.items():
            expected = numpy.array([one.get(name, numpy.nan) for one in believed], float)
            self.assertTrue(numpy.isfinite(expected).any() or name in ("lat", "lon"), name)
            numpy.testing.assert_allclose(table[name], expected, rtol=0, atol=digit * 0.501, err_msg=name)
        for name in (*TEXTS, *CODES):
            absent = {"source": "transponder"}.get(name, "" if name in TEXTS else None)
            for found, one in zip(table[name].tolist(), believed):
                expected = one.get(name, absent)
                self.assertEqual(found, int(expected) if isinstance(expected, bool) else expected, f"{name} of {one}")


class Messages(unittest.TestCase):
    def test_give_their_values_and_positions(self):
        table = marsad.read_mode_s(samples.beast(heard()))
        self.assertEqual(table.rows, 17)
        self.assertEqual(table["df"].tolist(), [17] * 17)
        self.assertEqual(set(table["address"].tolist()), {ADDRESS})
        self.assertEqual(table["callsign"].tolist(), ["EIN52K"] + [""] * 16)
        self.assertEqual(table["category"][0], "A3")
        self.assertEqual(table["crc"][0], "ok")
        self.assertEqual(table["source"][0], "transponder")
        self.assertEqual(table["squawk"][0], "")
        self.assertEqual(table["alt_ft"][1:].tolist(), [35_000.0] * 16)
        self.assertTrue(numpy.isnan(table["alt_ft"][0]))
        resolved = ~numpy.isnan(table["lat"])
        self.assertGreaterEqual(resolved.sum(), 12)
        self.assertAlmostEqual(table["lat"][-1], 33.315, places=4)
        self.assertAlmostEqual(table["lon"][-1], 44.2, places=4)
        self.assertIs(table["gs_kt"].dtype, numpy.dtype(float))
        self.assertTrue(table["version"].mask.all())
        self.assertEqual(table["elapsed"][1] - table["elapsed"][0], 1.0)
        self.assertFalse(table.damage)

    def test_have_a_time_if_one_is_told(self):
        octets = samples.beast(heard())
        self.assertTrue(numpy.isnat(marsad.read_mode_s(octets).receipt).all())
        noon = datetime.datetime(2026, 1, 6, 12, tzinfo=datetime.timezone.utc)
        for start in (noon, "2026-01-06T12:00", numpy.datetime64("2026-01-06T12:00"),
                      noon.astimezone(datetime.timezone(datetime.timedelta(hours=2)))):
            table = marsad.read_mode_s(octets, start=start)
            self.assertEqual(table.receipt[1] - table.receipt[0], numpy.timedelta64(1, "s"))
            self.assertEqual(str(table.receipt[0] - numpy.timedelta64(int(table["elapsed"][0] * 1e9), "ns"))[:16],
                             "2026-01-06T12:00")

    def test_that_are_damaged_or_heard_twice_are_counted_and_left_out(self):
        messages = heard()
        time, octets = messages[3]
        damaged = bytes([octets[0], octets[1] ^ 0x10]) + octets[2:]
        table = marsad.read_mode_s(samples.beast([*messages[:4], (time + 0.01, octets), (time + 0.1, damaged), *messages[4:]]))
        self.assertEqual(table.rows, 17)
        self.assertEqual(table.verdicts["accepted"], 17)
        self.assertEqual(sum(table.verdicts.values()), 19)
        self.assertEqual(len(table.verdicts), 3, table.verdicts)

    def test_without_any_times_are_never_taken_together(self):
        lines = "".join(f"*{octets.hex()};\n" for _, octets in heard() * 2)
        table = marsad.read_mode_s(lines.encode())
        self.assertEqual(table.rows, 34)
        self.assertTrue(numpy.isnan(table["lat"]).all())
        self.assertTrue(numpy.isnan(table["elapsed"]).all())
        self.assertTrue(numpy.isnat(table.receipt).all())

    def test_beyond_the_range_of_the_receiver_give_no_position(self):
        octets = samples.beast(heard())
        near = marsad.read_mode_s(octets, site=(33.0, 44.0))
        far = marsad.read_mode_s(octets, site=(-33.0, 44.0), range_km=300)
        self.assertTrue((~numpy.isnan(near["lat"])).any())
        self.assertTrue(numpy.isnan(far["lat"]).all())

    def test_at_random_never_crash(self):
        dice = numpy.random.default_rng(4)
        octets = samples.beast(heard())
        for _ in range(200):
            damaged = numpy.frombuffer(octets, numpy.uint8).copy()
            damaged[dice.integers(0, len(damaged), 5)] = dice.integers(0, 256, 5)
            try:
                table = marsad.read_mode_s(damaged[: dice.integers(40, len(damaged))])
            except ValueError as error:
                self.assertRegex(str(error), "no kind")
                continue
            self.assertLessEqual(table.rows, 17)
            self.assertEqual({len(column) for column in table.values()}, {table.rows})

    def test_of_wrong_arguments_say_what_is_wanted(self):
        octets = samples.beast(heard())
        for expected, call in [("latitude", lambda: marsad.read_mode_s(octets, site=(100, 0))),
                               ("no kind", lambda: marsad.read_mode_s(b"nothing of the sort")),
                               ("no column", lambda: marsad.read_mode_s(octets)["altitude"]),
                               ("", lambda: marsad.read_mode_s(octets, start="yesterday"))]:
            with self.subTest(expected), self.assertRaisesRegex((ValueError, KeyError), expected):
                call()


if __name__ == "__main__":
    unittest.main()

"""Receivers' messages from one form to another, from input made here."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from marsad_cli import program, run, summary

# An even and an odd airborne position of one aircraft (J. Sun, The 1090 Megahertz Riddle, 5.3), half a second apart by
# the counter, each with its signal, and a Mode A/C reply.
AVR = ("<0000005B8D80408D40621D58C382D690C8AC2863A7;\n"
       "<000000B71B00418D40621D58C386435CC412692AD6;\n<000000B71C00421234;\n")


class Convert(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.heard = self.folder / "heard.avr"
        self.heard.write_text(AVR, encoding="ascii")

    def convert(self, source, name, *options):
        done = run("convert", source, "-o", self.folder / name, "--json", *options)
        return (self.folder / name).read_bytes(), summary(done)

    def test_beast_and_avr_keep_every_message(self):
        beast, told = self.convert(self.heard, "heard.beast")
        self.assertEqual((told["messages"], told["written"]), (3, 3))
        self.assertEqual(beast[:9], bytes.fromhex("1a330000005b8d8040"))
        back, _ = self.convert(self.folder / "heard.beast", "back.avr", "--to", "avr-signal")
        self.assertEqual(back, self.heard.read_bytes())

    def test_meaning_needs_times_and_is_told_once(self):
        refused = run("convert", self.heard, "-o", self.folder / "x.sbs", check=False)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--start", refused.stderr)
        self.assertFalse((self.folder / "x.sbs").exists(), "nothing is wiped out before the input is known to be good")
        rows, told = self.convert(self.heard, "heard.sbs", "--start", "2026-01-06T06:13:03Z")
        self.assertEqual((told["messages"], told["written"]), (3, 2))
        self.assertIn(b"52.26578,3.93891", rows)

    def test_without_any_time_no_beginning_helps(self):
        self.heard.write_text("*8D40621D58C382D690C8AC2863A7;\n", encoding="ascii")
        refused = run("convert", self.heard, "-o", self.folder / "x.sbs", "--start", "2026-01-06T06:13:03Z", check=False)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("without any time", refused.stderr)
        self.assertNotIn("--start", refused.stderr)

    def test_messages_before_the_first_stamp_are_left_out_and_counted(self):
        synthetic = "@FF004D4C41548D40621D58C382D690C8AC2863A7;\n"  # the stamp of what multilateration computed
        self.heard.write_text(synthetic + AVR, encoding="ascii")
        rows, told = self.convert(self.heard, "heard.sbs", "--start", "2026-01-06T06:13:03Z")
        self.assertEqual((told["messages"], told["written"], told["without_time"]), (4, 2, 1))
        self.assertIn(b"52.26578,3.93891", rows)

    def test_a_dash_is_standard_output(self):
        done = run("convert", self.heard, "--to", "avr-signal", "-o", "-")
        self.assertEqual(done.stdout, AVR)
        self.assertIn("3 written", done.stderr)
        self.assertFalse(pathlib.Path("-").exists())
        with open("/dev/full", "wb") as full:
            self.assertEqual(subprocess.run([program(), "convert", self.heard, "--to", "avr", "-o", "-"], stdout=full,
                                            stderr=subprocess.PIPE, check=False).returncode, 1)

    def test_a_source_beyond_its_octet_is_told_with_its_limits(self):
        refused = run("convert", self.heard, "-o", self.folder / "x.ast", "--sac", 300, check=False)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("0 to 255", refused.stderr)

    def test_cat021_reads_back(self):
        self.convert(self.heard, "adsb.ast", "--start", "2026-01-06T06:13:03Z", "--sac", "25", "--sic", "7")
        records = [json.loads(line) for line in run("decode", self.folder / "adsb.ast").stdout.splitlines()]
        self.assertEqual([(r["cat"], r["items"]["I021/010"]) for r in records], [(21, {"SAC": 25, "SIC": 7})])
        place = records[0]["items"]["I021/131"]
        self.assertAlmostEqual(place["LAT"], 52.26578, places=5)
        self.assertAlmostEqual(place["LON"], 3.93891, places=5)

    def test_an_unknown_ending_names_the_forms(self):
        refused = run("convert", self.heard, "-o", self.folder / "x.xyz", check=False)
        self.assertEqual(refused.returncode, 2)
        self.assertIn("--to beast", refused.stderr)


if __name__ == "__main__":
    unittest.main()

"""What `decode` prints of receivers' messages, from input made here."""

import json
import pathlib
import tempfile
import unittest

from marsad_cli import run, summary

# An even and an odd airborne position of one aircraft (J. Sun, The 1090 Megahertz Riddle, 5.3), half a second apart by
# the counter.
AVR = "@0000005B8D808D40621D58C382D690C8AC2863A7;\n@000000B71B008D40621D58C386435CC412692AD6;\n"
SBS = "MSG,3,1,1,4CA2D6,1,2026/01/06,06:13:03.250,2026/01/06,06:13:03.300,,35000,,,60.25,24.5,,,0,,0,0\r\n"
DOCUMENT = '{"now":1767679983.5,"messages":2,"aircraft":[{"hex":"4ca2d6","lat":60.25,"lon":24.5},{"hex":"461fa8"}]}'


class DecodeReceivers(unittest.TestCase):
    def decode(self, name, text, *options):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / name
            path.write_text(text, encoding="ascii")
            done = run("decode", str(path), "--json", *options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done

    def test_a_position_comes_with_the_message_that_completes_it(self):
        lines = [json.loads(line) for line in self.decode("pair.avr", AVR).stdout.splitlines()]
        self.assertEqual([line["icao"] for line in lines], ["40621d", "40621d"])
        self.assertEqual([line["alt_ft"] for line in lines], [38000, 38000])
        self.assertNotIn("lat", lines[0])
        self.assertAlmostEqual(lines[1]["lat"], 52.2658, places=3)
        self.assertAlmostEqual(lines[1]["lon"], 3.9389, places=3)

    def test_messages_without_times_are_never_paired(self):
        text = "".join("*" + line[13:] + "\n" for line in AVR.splitlines())
        lines = [json.loads(line) for line in self.decode("pair.avr", text).stdout.splitlines()]
        self.assertEqual([("lat" in line, line["t"]) for line in lines], [(False, None), (False, None)])

    def test_rows_and_documents_are_told_in_the_same_words(self):
        row = json.loads(self.decode("x.sbs", SBS).stdout)
        self.assertEqual((row["icao"], row["alt_ft"], row["lat"], row["surface"]), ("4ca2d6", 35000, 60.25, False))
        done = self.decode("aircraft.json", DOCUMENT)
        self.assertEqual([json.loads(line)["hex"] for line in done.stdout.splitlines()], ["4ca2d6", "461fa8"])
        self.assertEqual(summary(done)["messages"], {"aircraft.json": 2})

    def test_csv_has_columns_and_plain_cells(self):
        header, first = self.decode("pair.avr", AVR, "--format", "csv").stdout.splitlines()[:2]
        cells = dict(zip(header.split(","), first.split(","), strict=True))
        self.assertEqual((cells["t"], cells["icao"], cells["surface"], cells["alt_ft"]), ("", "40621d", "false", "38000"))


if __name__ == "__main__":
    unittest.main()

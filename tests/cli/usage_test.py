"""The program's manners: exit codes, messages that tell the remedy, data alone on standard output."""

import json
import os
import pathlib
import signal
import subprocess
import tempfile
import unittest

from marsad_cli import program, run, summary

# One CAT048 record of 2016 form made by hand: FSPEC E0 (010, 140, 020), SAC/SIC 25/10, time of day 1 s, one octet of 020.
BLOCK = bytes([48, 0, 10, 0xE0, 25, 10, 0, 0, 128, 0x20])


class Usage(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = pathlib.Path(self.folder.name) / "one.ast"
        self.file.write_bytes(BLOCK)

    def test_help_and_version(self):
        self.assertIn("decode", run("--help").stdout)
        self.assertIn("Examples", run("decode", "--help").stdout)
        self.assertRegex(run("--version").stdout, r"marsad \d+\.\d+")

    def test_wrong_usage_ends_with_2(self):
        for arguments in (["nonsense"], ["decode", "--format", "xml", "x"], ["decode"], ["decode", self.file, "--edition", "48=9.9"],
                          ["replay", self.file, "--speed", "-1"], ["track", self.file, "-o", "tracks.xyz"],
                          ["decode", self.file, "--date", "2016-02-30", "--kind", "nonsense"]):
            with self.subTest(arguments):
                self.assertEqual(run(*arguments, check=False).returncode, 2)

    def test_unreadable_input_ends_with_3_and_says_which(self):
        missing = run("decode", "/nonexistent/file.ast", check=False)
        self.assertEqual(missing.returncode, 3)
        self.assertIn("/nonexistent/file.ast", missing.stderr)
        rubbish = pathlib.Path(self.folder.name) / "rubbish"
        rubbish.write_bytes(b"\x00\x01rubbish" * 9)
        self.assertEqual(run("decode", rubbish, check=False).returncode, 3)
        rubbish.write_bytes(b"")
        nothing = run("decode", rubbish, check=False)
        self.assertEqual(nothing.returncode, 3)
        self.assertIn("is empty", nothing.stderr)

    def test_an_unknown_kind_is_told_the_known_ones(self):
        refused = run("decode", self.file, "--kind", "foo", check=False)
        self.assertEqual(refused.returncode, 2)
        for text in (refused.stderr, " ".join(run("decode", "--help").stdout.split())):
            self.assertIn("final-frame", text)
            self.assertIn("beast, avr, hex-csv", text)

    def test_decode_prints_one_object_per_record(self):
        result = run("decode", self.file)
        record = json.loads(result.stdout)
        self.assertEqual(record["cat"], 48)
        self.assertEqual(record["items"]["I048/010"], {"SAC": 25, "SIC": 10})
        self.assertEqual(record["items"]["I048/140"], 1.0)
        self.assertEqual(run("decode", self.file, "-o", "-").stdout, result.stdout)

    def test_damage_is_counted_and_fails_only_under_strict(self):
        self.file.write_bytes(BLOCK + BLOCK + BLOCK + bytes([48, 0, 9, 0xE0, 25, 10, 0, 0, 128]))
        lenient = run("decode", self.file)
        self.assertEqual(len(lenient.stdout.splitlines()), 3)
        self.assertIn("octets skipped", lenient.stderr)
        self.assertEqual(run("decode", self.file, "--strict", check=False).returncode, 3)

    def test_the_configured_period_holds_unless_told_otherwise(self):
        later = bytes([48, 0, 10, 0xE0, 25, 10, 0, 10, 128, 0x20])  # time of day 21 s
        self.file.write_bytes(BLOCK + later)
        config = pathlib.Path(self.folder.name) / "slow.toml"
        config.write_text("[picture]\nperiod_s = 10.0\n", encoding="utf-8")
        replay = ["replay", self.file, "--speed", "max", "--no-web", "--json"]
        self.assertEqual(summary(run(*replay))["pictures"], 21)
        self.assertEqual(summary(run(*replay, "--config", config))["pictures"], 3)
        self.assertEqual(summary(run(*replay, "--config", config, "--tick", 5))["pictures"], 5)

    def test_wrong_configuration_names_file_line_and_key(self):
        config = pathlib.Path(self.folder.name) / "bad.toml"
        config.write_text('[web]\nport = "eighty"\n\n[[sensr]]\nname = "A"\n', encoding="utf-8")
        result = run("run", config, check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn(f"{config}:2:", result.stderr)
        self.assertIn("sensr", result.stderr)

    def test_a_folder_or_an_empty_text_is_no_configuration_of_sensors(self):
        empty = pathlib.Path(self.folder.name) / "empty.toml"
        empty.write_text("", encoding="utf-8")
        tracks = pathlib.Path(self.folder.name) / "tracks.csv"
        for arguments in (["--sensors", self.folder.name], ["--config", self.folder.name], ["--sensors", empty]):
            with self.subTest(arguments):
                self.assertEqual(run("track", self.file, *arguments, "-o", tracks, check=False).returncode, 2)

    def test_sensors_in_json_are_told_as_json(self):
        sensors = pathlib.Path(self.folder.name) / "sensors.json"
        sensors.write_text("[]", encoding="utf-8")
        result = run("track", self.file, "--sensors", sensors, "-o", pathlib.Path(self.folder.name) / "t.csv", check=False)
        self.assertEqual(result.returncode, 2)
        self.assertNotIn("TOML", result.stderr)

    def test_an_input_is_never_overwritten(self):
        before = self.file.read_bytes()
        link = pathlib.Path(self.folder.name) / "link.ast"
        link.symlink_to(self.file)
        for arguments in (["decode", self.file, "-o", self.file], ["track", self.file, "-o", link],
                          ["replay", self.file, "--no-web", "--speed", "max", "--digests", self.file]):
            with self.subTest(arguments):
                self.assertEqual(run(*arguments, check=False).returncode, 2)
                self.assertEqual(self.file.read_bytes(), before)

    def test_an_input_cut_short_while_it_is_read_ends_with_3(self):
        self.file.write_bytes(BLOCK * 200_000)
        with subprocess.Popen([program(), "decode", self.file], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.read(1)  # the rest waits for room in the pipe
            os.truncate(self.file, 1000)
            self.assertIn(b"shorter", process.communicate(timeout=60)[1])
        self.assertEqual(process.returncode, 3)

    def test_what_was_written_before_stays_if_the_input_is_unreadable(self):
        self.assertEqual(run("decode", "/nonexistent/file.ast", "-o", self.file, check=False).returncode, 3)
        self.assertEqual(self.file.read_bytes(), BLOCK)

    def test_what_is_not_a_number_is_refused(self):
        for arguments in (["track", self.file, "-o", "t.csv", "--every", "nan"], ["track", self.file, "-o", "t.csv", "--tick", "nan"],
                          ["demo", "--no-web", "--duration", "nan"], ["demo", "--no-web", "--duration", "-1"]):
            with self.subTest(arguments):
                self.assertEqual(run(*arguments, check=False, timeout=20).returncode, 2)

    def test_output_that_cannot_be_written_fails(self):
        with open("/dev/full", "wb") as full:
            for arguments in (["doctor"], ["decode", self.file], ["decode", "--schema"]):
                with self.subTest(arguments):
                    result = subprocess.run([program(), *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, timeout=60)
                    self.assertEqual(result.returncode, 1)
        result = run("replay", self.file, "--no-web", "--speed", "max", "--digests", "/dev/full", check=False)
        self.assertEqual(result.returncode, 1)


PLOTS = "t,t_rx,sensor_id,type,range_m,azimuth_deg,mode3a,mode_s,fl,lat,lon,alt_m,ve,vn\n"


class Tracks(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.plots = pathlib.Path(self.folder.name) / "plots.csv"
        self.plots.write_text(
            PLOTS + "".join(f"{t},{t}.1,A,ADSB,,,,4CA123,300,33.{t:04},44,9000,0,11\n" for t in range(100, 140)), encoding="utf-8")

    def times(self, *arguments):
        tracks = pathlib.Path(self.folder.name) / "tracks.csv"
        run("track", self.plots, *arguments, "-o", tracks)
        return sorted({float(line.split(",")[0]) for line in tracks.read_text(encoding="utf-8").splitlines()[1:]})

    def test_there_is_a_row_at_every_multiple_that_was_asked_for(self):
        for every in (0.5, 1.0, 2.5, 0.3, 4.0):
            with self.subTest(every):
                times = self.times("--every", every)
                self.assertGreater(len(times), 5)
                for earlier, later in zip(times, times[1:]):
                    self.assertAlmostEqual(later - earlier, every, places=3)

    def test_rows_that_would_miss_the_pictures_are_refused(self):
        result = run("track", self.plots, "--tick", 1, "--every", 0.5, "-o", self.folder.name + "/t.csv", check=False)
        self.assertEqual(result.returncode, 2)
        self.assertIn("--tick", result.stderr)

    def test_no_tracks_are_still_geojson(self):
        self.plots.write_text(PLOTS, encoding="utf-8")
        tracks = pathlib.Path(self.folder.name) / "tracks.geojson"
        run("track", self.plots, "-o", tracks)
        self.assertEqual(json.loads(tracks.read_text(encoding="utf-8"))["features"], [])

    def test_every_report_is_accounted_for_when_the_table_of_tracks_is_full(self):
        config = pathlib.Path(self.folder.name) / "small.toml"
        config.write_text("[tracker]\nmax_tracks = 1\n", encoding="utf-8")
        self.plots.write_text(
            PLOTS + "".join(f"100,100.1,A,ADSB,,,,4CA{n:03},300,{n},44,9000,0,0\n" for n in range(10, 30)), encoding="utf-8")
        told = summary(run("track", self.plots, "--config", config, "--json", "-o", self.folder.name + "/t.csv"))
        self.assertGreater(told["no_room"], 0)
        fates = ("associated", "initiated", "unplaced", "refused", "late", "repeated", "no_room")
        self.assertEqual(sum(told[fate] for fate in fates), told["target_reports"])

    def test_an_interrupted_run_does_not_pass_for_a_whole_one(self):
        text = self.plots.read_bytes() + b"139,139.1,A,ADSB,,,,4CA123,300,33.1,44,9000,0,11\n" * 4000
        self.assertGreater(len(text), 2 * 65536)  # more than a pipe holds: once it is written, the program is reading
        command = [program(), "track", "-", "-o", self.folder.name + "/t.csv"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdin.write(text)
            process.send_signal(signal.SIGINT)
            self.assertIn(b"interrupted", process.communicate(timeout=60)[1])
        self.assertEqual(process.returncode, 1)

    def test_receipt_times_that_go_back_are_told(self):
        lines = self.plots.read_text(encoding="utf-8").splitlines(keepends=True)
        self.plots.write_text(lines[0] + "".join(reversed(lines[1:])), encoding="utf-8")
        result = run("track", self.plots, "--json", "-o", self.folder.name + "/t.csv")
        self.assertEqual(summary(result)["inputs"][0]["lifted_receipts"], 39)


class Editions(unittest.TestCase):
    def test_a_category_that_begins_late_is_told_by_evidence_too(self):
        # What no edition explains is told at once; without the search it would only show as damage.
        with tempfile.TemporaryDirectory() as folder:
            late = pathlib.Path(folder) / "late.ast"
            unexplained = bytes([10, 0, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0x01])
            late.write_bytes(BLOCK * 5000 + unexplained * 3)
            result = run("decode", late, "-o", pathlib.Path(folder) / "out")
            self.assertIn("category 010", result.stderr.splitlines()[0])


if __name__ == "__main__":
    unittest.main()

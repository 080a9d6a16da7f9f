"""The program's manners: exit codes, messages that tell the remedy, data alone on standard output."""

import json
import pathlib
import tempfile
import unittest

from marsad_cli import run, summary

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

    def test_decode_prints_one_object_per_record(self):
        result = run("decode", self.file)
        record = json.loads(result.stdout)
        self.assertEqual(record["cat"], 48)
        self.assertEqual(record["items"]["I048/010"], {"SAC": 25, "SIC": 10})
        self.assertEqual(record["items"]["I048/140"], 1.0)

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


if __name__ == "__main__":
    unittest.main()

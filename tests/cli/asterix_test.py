"""asterix stat and asterix filter, and the editions that decode, stat and run choose."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest

from marsad_cli import program, run, summary


def block(category: int, *records: bytes) -> bytes:
    content = b"".join(records)
    return bytes([category]) + (3 + len(content)).to_bytes(2, "big") + content


def plot(sic: int, seconds: float, address: int = 0x3C6589, mode_3a: int = 0o7700) -> bytes:
    """A CAT048 record: 010, 140, 020, 040 (54 NM, 90 degrees), 070, then 220."""
    time_of_day = round(seconds * 128).to_bytes(3, "big")
    return (bytes([0xF9, 0x80, 25, sic]) + time_of_day + bytes([0x20, 54, 0, 0x40, 0])
            + mode_3a.to_bytes(2, "big") + address.to_bytes(3, "big"))


def old_adsb(sic: int, seconds: int) -> bytes:
    """A CAT021 record of edition 0.23: 010, 040, 030, 130, 080, which no 2.x edition ends with."""
    return (bytes([0xF8, 20, sic, 0, 0]) + (seconds * 128).to_bytes(3, "big")
            + round(33.3 * 2**23 / 180).to_bytes(3, "big") + round(44.4 * 2**23 / 180).to_bytes(3, "big") + bytes([0x71, 0, sic]))


def new_adsb(sic: int, seconds: int) -> bytes:
    """A CAT021 record of edition 2.x: 010, 040, 130, 080, 073."""
    return (bytes([0xC5, 0x18, 20, sic, 0])
            + round(33.3 * 2**23 / 180).to_bytes(3, "big") + round(44.4 * 2**23 / 180).to_bytes(3, "big")
            + bytes([0x71, 1, sic]) + (seconds * 128).to_bytes(3, "big"))


class Asterix(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name: str, content: bytes) -> pathlib.Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def filtered(self, source, *arguments) -> bytes:
        out = self.folder / "out.ast"
        run("asterix", "filter", source, *arguments, "-o", out)
        return out.read_bytes()


class Stat(Asterix):
    def test_help_teaches(self):
        self.assertIn("Examples", run("asterix", "stat", "--help").stdout)
        self.assertIn("Examples", run("asterix", "filter", "--help").stdout)
        self.assertEqual(run("asterix", check=False).returncode, 2)

    def test_streams_over_midnight_as_json_and_as_tables(self):
        content = b"".join(block(48, plot(1, (86400 - 40 + 4 * turn) % 86400), plot(2, (86400 - 38 + 4 * turn) % 86400))
                           for turn in range(20))
        path = self.write("night.ast", content)
        stat = json.loads(run("asterix", "stat", path, "--json", "--date", "2016-05-10").stdout)
        self.assertEqual([(s["cat"], s["sac"], s["sic"], s["records"]) for s in stat["streams"]], [(48, 25, 1, 20), (48, 25, 2, 20)])
        first = stat["streams"][0]
        self.assertEqual(first["time_of_day"]["midnights"], 1)
        self.assertEqual(first["time_of_day"]["first"], "2016-05-10T23:59:20.000Z")
        self.assertEqual(first["time_of_day"]["last"], "2016-05-11T00:00:36.000Z")
        self.assertEqual(first["period_s"], 4.0)
        self.assertEqual(first["items"]["I048/220"], 20)
        self.assertEqual(first["addresses"], 1)
        self.assertEqual(first["blocks"], 20)
        text = run("asterix", "stat", path, "--items").stdout
        self.assertIn("over 1 midnight", text)
        self.assertIn("I048/220", text)

    def test_standard_input_is_read(self):
        path = self.write("one.ast", block(48, plot(1, 10)) * 3)
        with open(path, "rb") as file:
            stat = json.loads(run("asterix", "stat", "-", "--json", stdin=file).stdout)
        self.assertEqual(stat["streams"][0]["records"], 3)

    def test_damage_is_told_with_its_place_and_fails_only_under_strict(self):
        path = self.write("torn.ast", block(48, plot(1, 10)) * 4 + block(48, plot(1, 11)[:-1]) + block(30, b"\x80\x01\x02"))
        stat = json.loads(run("asterix", "stat", path, "--json").stdout)
        self.assertEqual(len(stat["faults"]), 2)
        self.assertEqual(stat["faults"][0]["count"], 1)
        self.assertGreater(stat["faults"][0]["first_offset"], 80)
        self.assertIn("category 030", stat["faults"][1]["reason"])
        self.assertEqual(run("asterix", "stat", path, "--strict", check=False).returncode, 3)


class Editions(Asterix):
    def mixed(self) -> pathlib.Path:
        return self.write("mixed.ast", b"".join(block(21, old_adsb(1, 1000 + i)) + block(21, new_adsb(2, 1000 + i)) for i in range(30)))

    def test_sources_of_one_category_may_differ_by_evidence(self):
        result = run("decode", self.mixed(), "--json")
        editions = {e["sic"]: e for e in summary(result)["editions"]}
        self.assertEqual((editions[1]["edition"], editions[1]["why"]), ("0.23", "evidence"))
        self.assertEqual(editions[2]["edition"][0], "2")
        self.assertGreater(min(e["sureness"] for e in editions.values()), 0.99)
        self.assertIn("2.4", editions[2]["alike"])
        records = [json.loads(line) for line in result.stdout.splitlines()]
        self.assertEqual(len(records), 60)
        for record in records:
            self.assertAlmostEqual(record["items"]["I021/130"]["LAT"], 33.3, 3)

    def test_the_command_line_chooses_for_a_category_or_a_source(self):
        result = run("decode", self.mixed(), "--json", "--edition", "21=0.23", "--edition", "021@20/2=2.4")
        self.assertEqual({(e["sic"], e["edition"], e["why"]) for e in summary(result)["editions"]},
                         {(1, "0.23", "configured"), (2, "2.4", "configured")})
        self.assertEqual(summary(result)["faults"], 0)
        for wrong in ("21@20=2.4", "21@20/300=2.4", "21@20/2=9.9", "@20/2=2.4"):
            self.assertEqual(run("decode", self.mixed(), "--edition", wrong, check=False).returncode, 2, wrong)

    def test_a_wrong_choice_is_told_with_the_edition_that_explains_the_source(self):
        result = run("decode", self.mixed(), "--json", "--edition", "21=2.4")
        self.assertRegex(result.stderr, r"source 20/1: edition 2.4 explains \d+ of 30 blocks, but edition 0.23 explains 30 of 30")
        wrong = [e for e in summary(result)["editions"] if e["sic"] == 1][0]
        self.assertEqual((wrong["better"], wrong["why"]), ("0.23", "configured"))
        self.assertLess(wrong["sureness"], 0.01)

    def test_what_no_edition_explains_is_told_with_figures(self):
        path = self.write("odd.ast", block(48, plot(1, 5)[:-2]) * 20)
        result = run("decode", path, "--json")
        self.assertRegex(result.stderr, r"no described edition explains it \(0 of 20 blocks")
        self.assertFalse(summary(result)["editions"][0]["explained"])

    def test_a_live_run_uses_the_configured_editions_and_warns_where_they_are_wrong(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = self.write("c.toml", f'[editions]\n"21@20/1" = "0.23"\n[web]\nenabled = false\n[recording]\nenabled = false\n'
                            f'[[feed]]\nname = "f"\nport = {port}\naddress = "127.0.0.1"\n'.encode())
        process = subprocess.Popen([program(), "run", str(config), "--duration", "5"], stderr=subprocess.PIPE, text=True)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for i in range(45):
                time.sleep(0.1)
                sender.sendto(block(21, old_adsb(1, 1000 + i)), ("127.0.0.1", port))
                sender.sendto(block(21, old_adsb(9, 1000 + i)), ("127.0.0.1", port))
        errors = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 0, errors)
        self.assertEqual(errors.count("but edition 0.23 explains"), 1, errors)
        self.assertIn("source 20/9", errors)
        self.assertNotIn("source 20/1:", errors)

    def test_a_recording_is_read_by_the_editions_that_it_was_configured_with(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = self.write("c.toml", f'[editions]\n"21@20/1" = "0.26"\n[[feed]]\nname = "f"\nport = {port}\naddress = "127.0.0.1"\n'.encode())
        log = self.folder / "log.marsad"
        process = subprocess.Popen([program(), "record", str(config), "--duration", "2", "-o", str(log)], stderr=subprocess.PIPE, text=True)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            for i in range(15):
                time.sleep(0.1)
                sender.sendto(block(21, old_adsb(1, 1000 + i)), ("127.0.0.1", port))
        self.assertEqual((process.communicate(timeout=60)[1] and process.returncode), 0)
        editions = summary(run("decode", log, "--json"))["editions"]
        self.assertEqual([(e["edition"], e["why"]) for e in editions], [("0.26", "configured")])


class Filter(Asterix):
    def test_whole_blocks_are_untouched_and_others_hold_the_wanted_records_alone(self):
        one, two, three = plot(1, 10), plot(2, 11), plot(1, 12)
        path = self.write("in.ast", block(48, one, two) + block(48, two) + block(48, three))
        self.assertEqual(self.filtered(path, "--source", "25/1"), block(48, one) + block(48, three))
        self.assertEqual(self.filtered(path, "--source", "25/1", "--invert"), block(48, two) + block(48, two))
        self.assertEqual(self.filtered(path), path.read_bytes())
        self.assertEqual(self.filtered(path, "--source", "25/1", "--source", "25/2"), path.read_bytes())

    def test_by_address_code_and_time_over_midnight(self):
        a, b = plot(1, 86395, 0x3C6589, 0o7700), plot(1, 5, 0x000001, 0o1234)
        path = self.write("in.ast", block(48, a) + block(48, b) + block(48, plot(1, 25, 2, 0)))
        self.assertEqual(self.filtered(path, "--address", "3C6589"), block(48, a))
        self.assertEqual(self.filtered(path, "--mode3a", "1234"), block(48, b))
        self.assertEqual(self.filtered(path, "--time-of-day", "23:59:50-00:00:10"), block(48, a) + block(48, b))
        self.assertEqual(self.filtered(path, "--from", "2016-05-11T00:00:00Z", "--until", "2016-05-11T00:00:20Z",
                                       "--date", "2016-05-10"), block(48, b))

    def test_by_area_of_polar_plots_with_the_radars_site(self):
        path = self.write("in.ast", block(48, plot(1, 10)))
        sensors = self.write("s.json", b'{"sensors": [{"id": "R", "type": "MODES", "lat": 33, "lon": 44, "alt_m": 0, "sac": 25, "sic": 1}]}')
        self.assertEqual(self.filtered(path, "--within", "33,45.07,5", "--sensors", sensors), path.read_bytes())
        self.assertEqual(self.filtered(path, "--within", "33,44,5", "--sensors", sensors), b"")
        self.assertEqual(self.filtered(path, "--box", "32,45,34,46", "--sensors", sensors), path.read_bytes())
        without = run("asterix", "filter", path, "--within", "33,45.07,5", "-o", self.folder / "none.ast")
        self.assertIn("--sensors", without.stderr)

    def test_what_can_not_be_decoded_is_counted_dropped_or_kept(self):
        odd = block(30, b"\x80\x01\x02")
        path = self.write("in.ast", block(48, plot(1, 10)) * 3 + odd)
        dropped = run("asterix", "filter", path, "--source", "25/1", "-o", self.folder / "o.ast", "--json")
        self.assertEqual((summary(dropped)["undecoded"], summary(dropped)["undecoded_bytes"]), (1, 3))
        self.assertEqual((self.folder / "o.ast").read_bytes(), block(48, plot(1, 10)) * 3)
        self.assertEqual(self.filtered(path, "--source", "25/1", "--keep-undecoded"), path.read_bytes())
        self.assertEqual(self.filtered(path, "--category", "30"), odd)
        self.assertEqual(self.filtered(path, "--category", "30", "--invert"), block(48, plot(1, 10)) * 3)

    def test_framings_by_the_ending_or_like_the_input(self):
        path = self.write("in.ast", block(48, plot(1, 10)) * 3)
        for name, kind in (("o.pcap", "pcap"), ("o.ff", "final-frame"), ("o.ast", "asterix"), ("o", "asterix")):
            run("asterix", "filter", path, "-o", self.folder / name)
            stat = json.loads(run("asterix", "stat", self.folder / name, "--json").stdout)
            self.assertEqual((stat["inputs"][0]["kind"], stat["streams"][0]["records"]), (kind, 3))
        run("asterix", "filter", self.folder / "o.pcap", "-o", self.folder / "again")
        self.assertEqual((self.folder / "again").read_bytes(), (self.folder / "o.pcap").read_bytes())

    def test_wrong_usage_and_outputs_that_can_not_be_written(self):
        path = self.write("in.ast", block(48, plot(1, 10)) * 3)
        for wrong in (["--source", "25"], ["--address", "3c658"], ["--mode3a", "7800"], ["--within", "1,2"], ["--within", "91,0,1"],
                      ["--box", "5,0,1,1"], ["--time-of-day", "1:00-2:00"], ["--from", "yesterday"], ["--category", "0"],
                      ["--time-of-day", "25:00:00-26:00:00"], ["--ident", ""],
                      ["--from", "2016-05-11T00:00:00Z", "--until", "2016-05-10T00:00:00Z"]):
            with self.subTest(wrong):
                self.assertEqual(run("asterix", "filter", path, *wrong, "-o", self.folder / "x.ast", check=False).returncode, 2)
        self.assertEqual(run("asterix", "filter", path, "-o", path, check=False).returncode, 2)
        self.assertEqual(path.read_bytes(), block(48, plot(1, 10)) * 3)
        self.assertEqual(run("asterix", "filter", path, "-o", self.folder / "no" / "x.ast", check=False).returncode, 1)
        if os.path.exists("/dev/full"):
            self.assertEqual(run("asterix", "filter", path, "-o", "/dev/full", check=False).returncode, 1)


if __name__ == "__main__":
    unittest.main()

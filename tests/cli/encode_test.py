"""The way back: what decode prints, encode writes as the same octets; and what people write, with answers to mistakes."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from marsad_cli import program, run, summary

# Two CAT048 blocks, the first of two records: FSPEC, SAC/SIC 25/10, I048/070 in the second record of the first block with
# its spare bit set. Then a CAT062 block of one record whose presence map is an octet longer than needed.
BLOCKS = bytes([48, 0, 14, 0xC0, 25, 10, 0, 0, 128, 0x88, 25, 10, 0x1E, 0x00,
                48, 0, 9, 0xC0, 25, 10, 0, 1, 0,
                62, 0, 7, 0x81, 0x00, 25, 11])


def hand_written(**items):
    return json.dumps({"cat": 48, "items": {f"I048/{name[1:]}": value for name, value in items.items()}})


class Encode(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)

    def write(self, name, content):
        path = self.path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def encode(self, text, *arguments, output="out.ast", check=True):
        """Encodes a text; the result of the run and the octets written."""
        result = run("encode", self.write("lines.jsonl", text), "-o", self.path / output, *arguments, check=check)
        written = self.path / output
        return result, written.read_bytes() if written.exists() else None

    def test_a_file_comes_back_octet_by_octet(self):
        source = self.write("source.ast", BLOCKS)
        for arguments in ([], ["--raw"]):
            with self.subTest(arguments):
                result, octets = self.encode(run("decode", source, *arguments).stdout, "--json")
                self.assertEqual(octets, BLOCKS)
                told = summary(result)
                self.assertEqual(told["records"], {"48": 3, "62": 1})
                self.assertEqual((told["blocks"], told["as_they_were"], told["edited"], told["faults"]), (3, 2, 0, 0))

    def test_it_works_through_pipes(self):
        source = self.write("source.ast", BLOCKS)
        decoder = subprocess.Popen([program(), "decode", source], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        encoder = subprocess.run([program(), "encode", "-"], stdin=decoder.stdout, capture_output=True, timeout=60)
        decoder.stdout.close()
        self.assertEqual((decoder.wait(timeout=60), encoder.returncode), (0, 0))
        self.assertEqual(encoder.stdout, BLOCKS)

    def test_other_programs_may_write_the_lines_anew(self):
        source = self.write("source.ast", BLOCKS)
        lines = [json.loads(line) for line in run("decode", source).stdout.splitlines()]
        sorted_and_spaced = "\n\n".join(json.dumps(line, sort_keys=True, separators=(" , ", " : ")) for line in lines)
        self.assertEqual(self.encode(sorted_and_spaced.replace("\n", "\r\n"))[1], BLOCKS)

    def test_a_mark_of_byte_order_is_no_mistake(self):
        self.assertEqual(self.encode("\ufeff" + hand_written(_010={"SAC": 1, "SIC": 2}))[1], bytes([48, 0, 6, 0x80, 1, 2]))

    def test_objects_over_several_lines_are_answered_with_the_remedy(self):
        result, _ = self.encode(json.dumps({"cat": 48, "items": {"I048/010": {"SAC": 1}}}, indent=1), check=False)
        self.assertEqual(result.returncode, 3)
        self.assertIn("jq -c", result.stderr)

    def test_captures_and_final_frames_hold_the_same_datagrams(self):
        source = self.write("source.ast", BLOCKS)
        lines = [json.loads(line) for line in run("decode", source).stdout.splitlines()]
        for line, time in zip(lines, (1000.5, 1000.5, 1001.0, 1002.25)):
            line["t"] = time
        text = "\n".join(map(json.dumps, lines))
        for form in ("out.pcap", "out.ff"):
            with self.subTest(form):
                self.encode(text, output=form)
                decoded = [json.loads(line) for line in run("decode", self.path / form).stdout.splitlines()]
                self.assertEqual([line["items"] for line in decoded], [line["items"] for line in lines])
                if form == "out.pcap":
                    self.assertEqual([round(line["t"], 6) for line in decoded], [line["t"] for line in lines])
                again, octets = self.encode("\n".join(map(json.dumps, decoded)))
                self.assertEqual(octets, BLOCKS)

    def test_datagrams_without_a_time_are_told(self):
        result, _ = self.encode(hand_written(_010={"SAC": 1, "SIC": 2}), output="out.pcap")
        self.assertIn("1970-01-01", result.stderr)

    def test_what_people_write_needs_category_and_items_alone(self):
        text = hand_written(_140=1.0, _010={"SAC": 25, "SIC": 10}) + "\n" + hand_written(_010={"SAC": 25, "SIC": 10}, _070={"MODE3A": "7000"})
        _, octets = self.encode(text)
        self.assertEqual(octets, bytes([48, 0, 9, 0xC0, 25, 10, 0, 0, 128, 48, 0, 8, 0x88, 25, 10, 0x0E, 0x00]))

    def test_changed_items_win_and_are_counted(self):
        source = self.write("source.ast", BLOCKS)
        text = run("decode", source).stdout.replace('"MODE3A":"7000"', '"MODE3A":"7001"')
        result, octets = self.encode(text, "--json")
        self.assertEqual(summary(result)["edited"], 1)
        expected = bytearray(BLOCKS)
        expected[12:14] = 0x0E, 0x01
        self.assertEqual(octets, bytes(expected))

    def test_editions_of_lines_that_do_not_tell_theirs(self):
        line = '{"cat":21,"items":{"I021/010":{"SAC":1,"SIC":2},"I021/030":1.0}}'
        self.assertEqual(self.encode(line, check=False)[0].returncode, 3)
        self.assertEqual(self.encode(line, "--edition", "21=0.23")[1][:3], bytes([21, 0, 9]))
        for wrong in ("21=9.9", "21@1/2=0.23"):
            self.assertEqual(self.encode(line, "--edition", wrong, check=False)[0].returncode, 2)

    def test_mistakes_are_answered_with_line_column_and_remedy(self):
        good = hand_written(_010={"SAC": 1, "SIC": 2})
        for wrong, answer in (
                (hand_written(_041=1), 'the nearest that it has is "I048/040"'),
                (hand_written(_040={"RH0": 1}), 'I048/040 has no "RH0"'),
                (hand_written(_040={"RHO": 256}), "I048/040/RHO: a number from 0 to 255.99609375 NM"),
                ('{"cat":48,', "not JSON"),
                ('{"df":17}', '"cat" is missing')):
            with self.subTest(wrong):
                result, octets = self.encode(f"{good}\n{wrong}\n{good}\n")
                self.assertIn("lines.jsonl:2:", result.stderr)
                self.assertIn(answer, result.stderr)
                self.assertEqual(octets, bytes([48, 0, 6, 0x80, 1, 2] * 2))
                self.assertEqual(self.encode(f"{good}\n{wrong}\n", "--strict", check=False)[0].returncode, 3)
                told = summary(self.encode(f"{good}\n{wrong}\n", "--json")[0])
                self.assertEqual((told["faults"], told["damaged"][0]["line"]), (1, 2))

    def test_an_input_without_any_record_fails(self):
        self.assertEqual(self.encode("no JSON at all\n", check=False)[0].returncode, 3)
        self.assertEqual(self.encode("")[0].returncode, 0)

    def test_wrong_usage_ends_with_2_and_leaves_files_alone(self):
        lines = self.write("lines.jsonl", hand_written(_010={"SAC": 1, "SIC": 2}))
        before = lines.read_bytes()
        for arguments in (["encode"], ["encode", lines, "-o", "x.jsonl"], ["encode", lines, "-o", lines.with_suffix(".jsonl")]):
            with self.subTest(arguments):
                self.assertEqual(run(*arguments, check=False).returncode, 2)
        self.assertEqual(lines.read_bytes(), before)
        self.assertEqual(run("encode", self.folder.name, "-o", self.path / "x.ast", check=False).returncode, 3)
        missing = run("encode", "/nonexistent.jsonl", "-o", self.path / "x.ast", check=False)
        self.assertEqual(missing.returncode, 3)
        self.assertIn("/nonexistent.jsonl", missing.stderr)
        self.assertFalse((self.path / "x.ast").exists())

    def test_an_output_is_never_one_of_the_inputs(self):
        lines = self.write("lines.ast", hand_written(_010={"SAC": 1, "SIC": 2}))
        self.assertEqual(run("encode", lines, "-o", lines, check=False).returncode, 2)
        self.assertGreater(lines.stat().st_size, 20)

    def test_output_that_cannot_be_written_fails(self):
        lines = self.write("lines.jsonl", hand_written(_010={"SAC": 1, "SIC": 2}))
        with open("/dev/full", "wb") as full:
            result = subprocess.run([program(), "encode", str(lines)], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(result.returncode, 1)

    def test_help_teaches_by_example(self):
        text = run("encode", "--help").stdout
        self.assertIn("marsad decode", text)
        self.assertIn('"I048/010"', text)


if __name__ == "__main__":
    unittest.main()

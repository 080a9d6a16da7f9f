"""The log is the truth: a recording of the demo replays to the picture that was live, on any number of threads, and in
the debug build as in the release build."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from marsad_cli import program, run, summary

SECONDS = 20


class ReplayDigest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.log = pathlib.Path(cls.folder.name) / "demo.marsad"
        result = run("demo", "--duration", SECONDS, "--record", cls.log, "--no-web")
        cls.live_digest = re.search(r"picture digest ([0-9a-f]{16})", result.stderr).group(1)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def replay(self, binary, threads):
        """Digest after the last picture, and the file of all of them."""
        digests = pathlib.Path(self.folder.name) / f"digests-{threads}"
        result = subprocess.run([binary, "replay", str(self.log), "--speed", "max", "--no-web", "--json", "--threads", str(threads),
                                 "--digests", str(digests)], capture_output=True, text=True, check=True)
        return summary(result)["digest"], digests.read_text()

    def test_the_recording_is_intact(self):
        self.assertIn("intact", run("verify", self.log).stdout)

    def test_replay_is_the_live_picture_whatever_the_threads(self):
        one, every_picture = self.replay(program(), 1)
        two, every_picture_of_two = self.replay(program(), 2)
        self.assertEqual(one, self.live_digest)
        self.assertEqual(one, two)
        self.assertEqual(every_picture, every_picture_of_two)
        self.assertGreaterEqual(len(every_picture.splitlines()), SECONDS - 2)

    def test_options_without_effect_on_a_recording_are_told(self):
        result = run("replay", self.log, "--speed", "max", "--no-web", "--json", "--tick", 5, "--edition", "48=1.31")
        self.assertEqual(summary(result)["digest"], self.live_digest)
        self.assertIn("--tick has no effect", result.stderr)
        self.assertIn("--edition has no effect", result.stderr)

    def test_the_other_build_agrees(self):
        other = os.environ.get("MARSAD_OTHER_BIN", "")
        if not other or not os.path.exists(other):
            self.skipTest("no second build to compare with (MARSAD_OTHER_BIN)")
        self.assertEqual(self.replay(other, 2)[0], self.live_digest)

    def test_an_altered_recording_is_told(self):
        altered = pathlib.Path(self.folder.name) / "altered.marsad"
        octets = bytearray(self.log.read_bytes())
        octets[len(octets) // 2] ^= 1
        altered.write_bytes(octets)
        result = run("verify", altered, check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("at octet", result.stdout)


if __name__ == "__main__":
    unittest.main()

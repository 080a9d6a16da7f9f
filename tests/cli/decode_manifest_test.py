"""Every recording that its manifest calls decodable gives the manifest's number of records of each category."""

import csv
import re
import unittest

from marsad_cli import recordings, run, summary

FOLDER = recordings()


def rows():
    with open(FOLDER / "MANIFEST.tsv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def expected_counts(row) -> dict:
    return {str(int(cat)): int(n) for cat, n in re.findall(r"CAT(\d+):(\d+)", row["records_by_category"])}


class DecodeManifest(unittest.TestCase):
    def test_counts_of_every_decodable_recording(self):
        seen = 0
        for row in rows():
            if int(row["undecoded_or_bad"]) > 0 or not row["records_by_category"]:
                continue
            with self.subTest(row["file"]):
                result = run("decode", FOLDER / row["file"], "--json", "-o", "/dev/null")
                counts = summary(result)
                self.assertEqual(counts["records"], expected_counts(row))
                self.assertEqual(counts["skipped_bytes"], 0, counts["damaged"])
                seen += 1
        self.assertGreater(seen, 30)

    def test_what_can_not_be_decoded_is_told_and_never_silent(self):
        for row in rows():
            if int(row["undecoded_or_bad"]) == 0:
                continue
            with self.subTest(row["file"]):
                result = run("decode", FOLDER / row["file"], "--json", "-o", "/dev/null", check=False)
                self.assertIn(result.returncode, (0, 3))
                if result.returncode == 0:
                    counts = summary(result)
                    self.assertTrue(counts["faults"] > 0 or sum(counts["records"].values()) > 0, counts)


if __name__ == "__main__":
    unittest.main()

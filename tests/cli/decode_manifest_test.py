"""Every recording that its manifest calls decodable gives the manifest's number of records of each category."""

import csv
import re
import unittest

from marsad_cli import recordings, run, summary

FOLDER = recordings()

# Where the manifest's own decoder was wrong; each is argued by its evidence.
CORRECTED = {
    # 121 records carry a third octet of I019/553 (six transponders), which that decoder took for another record each.
    "lebl-160510/cat020_019_mlat_160510-lebl-220001.ast": {"19": 7381, "20": 69933},
    # Read as edition 0.26 it is one report over Lisbon that ends with its block; as 2.x two, one of them at 216 N.
    "jasterix/cat021ed0.26.bin": {"21": 1},
}


def rows():
    with open(FOLDER / "MANIFEST.tsv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def expected_counts(row) -> dict:
    return CORRECTED.get(row["file"]) or {str(int(cat)): int(n) for cat, n in re.findall(r"CAT(\d+):(\d+)", row["records_by_category"])}


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

"""The model must notice facts that contradict themselves: python3 -m unittest, from this folder."""
import copy
import fractions
import pathlib
import tempfile
import unittest

from asterix_model import Content, Edition, apply_errata, load

FACTS = {
    "category": 48, "edition": "1.0", "date": "2026-01-01", "title": "Test",
    "items": {
        "010": {"title": "Source", "fields": [["SAC", 8], ["SIC", 8]]},
        "020": {"title": "Extents", "extended": [["A", 7], "FX", ["B", 3], 4, "FX"]},
        "030": {"title": "Compound", "compound": [{"name": "X", "value": [16, "1/2^2 FL"]}, None,
                                                  {"name": "Y", "repeat": "count", "value": [8]}]},
    },
    "uap": ["010", "-", "020", "030"],
}


def facts(**changes):
    return {**copy.deepcopy(FACTS), **changes}


class ContentTest(unittest.TestCase):
    def test_a_step_is_an_exact_fraction_with_its_unit(self):
        content = Content.parse("signed 180/2^25 °")
        self.assertEqual((content.meaning, content.scale, content.unit),
                         ("signed_number", fractions.Fraction(180, 2**25), "°"))
        self.assertEqual(Content.parse("1/10 s").factors(), ("1.0", "10.0"))
        self.assertEqual(Content.parse("1/2^7 s").factors(), ("0.0078125", "1.0"))

    def test_an_unknown_content_is_refused(self):
        with self.assertRaises(ValueError):
            Content.parse("hexadecimal")


class EditionTest(unittest.TestCase):
    def test_sizes_and_places_follow_from_the_widths(self):
        edition = Edition(facts(), None)
        self.assertEqual(edition.roots["020"].extents, [1, 1])
        places = {"/".join(field.path): (field.bit, field.width) for field in edition.fields()}
        self.assertEqual(places["020/B"], (8, 3))
        self.assertEqual(places["030/X"], (0, 16))

    def test_bits_that_nothing_holds_are_spare_and_extension_bits_are_not_but_for_the_last(self):
        edition = Edition(facts(), None)
        self.assertEqual(edition.roots["020"].spare_mask(), bytes([0b00000000, 0b00011111]))
        self.assertEqual(edition.roots["010"].spare_mask(), bytes(2))

    def test_an_extent_without_fields_is_refused(self):
        broken = facts()
        broken["items"]["020"]["extended"] = [["A", 7], "FX", 7, "FX"]
        with self.assertRaises(ValueError):
            Edition(broken, None)

    def test_bits_that_are_no_whole_octets_are_refused(self):
        broken = facts()
        broken["items"]["010"]["fields"] = [["SAC", 8], ["SIC", 7]]
        with self.assertRaises(ValueError):
            Edition(broken, None)

    def test_two_fields_of_one_name_and_texts_of_odd_width_are_refused(self):
        for fields in ([["SAC", 8], ["SAC", 8]], [["A", 5], ["T", 11, "ascii"]], [{"G": [["A", 8]]}, ["G", 8]]):
            broken = facts()
            broken["items"]["010"]["fields"] = fields
            with self.assertRaises(ValueError):
                Edition(broken, None)

    def test_profiles_that_differ_before_their_selector_are_refused(self):
        broken = facts(uap={"by": "020/A", "choose": {"0": "one", "1": "two"},
                            "profiles": {"one": ["010", "020"], "two": ["030", "020"]}})
        with self.assertRaises(ValueError):
            Edition(broken, None)


class ErrataTest(unittest.TestCase):
    ERRATUM = {"category": 48, "editions": ["1.0"], "item": "030", "field": "X", "stated": "1/2^2 FL",
               "correct": "signed 1/4 FL"}

    def test_a_fact_is_corrected(self):
        corrected = facts()
        apply_errata(corrected, [self.ERRATUM])
        self.assertEqual(corrected["items"]["030"]["compound"][0]["value"], [16, "signed 1/4 FL"])

    def test_a_correction_that_matches_nothing_is_refused(self):
        for change in ({"stated": "1/2^3 FL"}, {"field": "Z"}):
            with self.assertRaises(ValueError):
                apply_errata(facts(), [{**self.ERRATUM, **change}])

    def test_other_editions_stay_as_they_are(self):
        untouched = facts(edition="2.0")
        apply_errata(untouched, [self.ERRATUM])
        self.assertEqual(untouched["items"], FACTS["items"])


class LoadTest(unittest.TestCase):
    def test_the_project_s_own_facts_load(self):
        editions, _ = load(pathlib.Path(__file__).parent.parent / "specs" / "asterix")
        self.assertEqual(len(editions), 68)

    def test_an_empty_folder_is_refused(self):
        with tempfile.TemporaryDirectory() as empty, self.assertRaises(FileNotFoundError):
            load(pathlib.Path(empty))


if __name__ == "__main__":
    unittest.main()

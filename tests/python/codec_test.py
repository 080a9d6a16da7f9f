"""Columns and records of ASTERIX in Python, against octets that are explained in samples.py."""

import gc
import io
import json
import os
import pathlib
import random
import subprocess
import tempfile
import threading
import unittest

import marsad
import numpy
import samples


class Columns(unittest.TestCase):
    def test_hold_the_values_in_the_units_of_the_standard(self):
        table = marsad.read(samples.block(48, samples.plot(), samples.plot(rho_nm=1.5, theta_steps=0)), 48)
        self.assertEqual(table.rows, 2)
        self.assertEqual(table["I048/040/RHO"].tolist(), [50.25, 1.5])
        self.assertEqual(table["I048/040/THETA"].tolist(), [90.0, 0.0])
        self.assertEqual(table.unit("I048/040/RHO"), "NM")
        self.assertEqual(table["I048/140"].tolist(), [3600.5, 3600.5])
        self.assertEqual(table["I048/070/MODE3A"].tolist(), ["7421", "7421"])
        self.assertEqual(table["I048/020/TYP"].tolist(), [5, 5])
        self.assertEqual(table.sac.tolist(), [25, 25])
        self.assertEqual(table.sic.tolist(), [201, 201])
        self.assertEqual(table.offset.tolist(), [3, 16])
        self.assertTrue(numpy.isnat(table.receipt).all())
        self.assertFalse(table.damage)

    def test_say_what_is_absent(self):
        table = marsad.read(samples.block(48, samples.plot(), samples.bare()), 48)
        self.assertTrue(numpy.isnan(table["I048/040/RHO"][1]))
        self.assertIs(table["I048/020/TYP"][1], numpy.ma.masked)
        self.assertEqual(table["I048/070/MODE3A"][1], "")
        self.assertEqual(table.present("I048/040/RHO").tolist(), [True, False])
        self.assertEqual(table.info("I048/040/RHO"), marsad.ColumnInfo("I048/040/RHO", "number", "NM", False, 1))

    def test_of_repeating_items_are_ragged(self):
        table = marsad.read(samples.block(48, samples.plot(registers=[0x1122334455667740, 0x50]), samples.bare(),
                                          samples.plot(registers=[0x60])), 48)
        registers = table["I048/250/MBDATA"]
        self.assertEqual(registers.offsets.tolist(), [0, 2, 2, 3])
        self.assertEqual(registers.row(0).tolist(), [0x11223344556677, 0])
        self.assertEqual(registers.row(1).tolist(), [])
        self.assertEqual(registers.row(-1).tolist(), [0])
        self.assertEqual(registers.counts().tolist(), [2, 0, 1])
        self.assertEqual(registers.rows().tolist(), [0, 0, 2])
        self.assertEqual(table["I048/250/BDS1"].values.tolist(), [4, 5, 6])
        with self.assertRaises(IndexError):
            registers.row(3)

    def test_raw_are_the_integers_that_were_sent(self):
        table = marsad.read(samples.block(48, samples.plot()), raw=True)
        self.assertEqual(table["I048/040/THETA"].tolist(), [0x4000])
        self.assertEqual(table["I048/040/THETA"].dtype, numpy.uint16)
        self.assertEqual(table["I048/070/MODE3A"].tolist(), [0o7421])

    def test_are_only_those_asked_for(self):
        octets = samples.block(48, samples.plot())
        table = marsad.read(octets, items=["I048/040", "I048/070/MODE3A"])
        self.assertEqual(list(table), ["I048/040/RHO", "I048/040/THETA", "I048/070/MODE3A"])
        with self.assertRaisesRegex(KeyError, "not among the items"):
            table["I048/140"]
        self.assertEqual(list(marsad.read(octets, 48, ["140"])), ["I048/140"])

    def test_of_fields_that_no_record_has_are_empty_but_there(self):
        table = marsad.read(samples.block(48, samples.plot()), 48)
        self.assertNotIn("I048/240", table)
        self.assertEqual(table["I048/240"].tolist(), [""])
        self.assertTrue(numpy.isnan(table["I048/110/3DH"]).all())
        self.assertEqual(table["I048/030"].counts().tolist(), [0])

    def test_say_what_there_is_where_a_name_is_wrong(self):
        table = marsad.read(samples.block(48, samples.plot()), 48)
        with self.assertRaisesRegex(KeyError, "there is .*I048/040/RHO"):
            table["I048/040/RHOO"]
        with self.assertRaisesRegex(KeyError, "I048/040/RHO, I048/040/THETA"):
            table["I048/040"]
        with self.assertRaisesRegex(KeyError, "there is"):
            marsad.read(samples.block(48, samples.plot()), 48, ["I048/04"])

    def test_of_several_categories_are_read_at_once(self):
        octets = samples.block(48, samples.plot()) + samples.block(34, bytes([0b11000000, 25, 201, 1]))
        tables = marsad.read_all(octets)
        self.assertEqual(sorted(tables), [34, 48])
        self.assertEqual(tables[34]["I034/000"].tolist(), [1])
        with self.assertRaisesRegex(ValueError, "34, 48"):
            marsad.read(octets)
        self.assertEqual(marsad.read(octets, 48).other_records, {34: 1})
        self.assertIn("I034/000", marsad.columns(octets))
        self.assertNotIn("I034/000", marsad.columns(octets, 48))

    def test_outlive_the_table_and_the_octets(self):
        values = marsad.read(samples.block(48, *[samples.plot(rho_nm=i % 200) for i in range(3000)]), 48)["I048/040/RHO"]
        gc.collect()
        self.assertEqual(values.sum(), sum(i % 200 for i in range(3000)))
        values[0] = 5.0
        self.assertEqual(values[0], 5.0)

    def test_come_from_paths_files_and_every_kind_of_buffer(self):
        octets = samples.block(48, samples.plot())
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "one.ast"
            path.write_bytes(octets)
            with open(path, "rb") as file:
                sources = [path, str(path), file, io.BytesIO(octets), octets, bytearray(octets), memoryview(octets),
                           numpy.frombuffer(octets, numpy.uint8)]
                for source in sources:
                    self.assertEqual(marsad.read(source, 48).rows, 1, source)

    def test_are_read_without_the_lock_of_the_interpreter(self):
        octets = samples.block(48, *[samples.plot()] * 4000) * 20
        found = []
        threads = [threading.Thread(target=lambda: found.append(marsad.read(octets, 48).rows)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(found, [80_000] * 4)


class Records(unittest.TestCase):
    def test_have_the_form_of_marsad_decode(self):
        record, = marsad.decode(samples.block(48, samples.plot()))
        self.assertEqual(record["cat"], 48)
        self.assertEqual(record["items"]["I048/040"], {"RHO": 50.25, "THETA": 90})
        self.assertEqual(marsad.decode(samples.block(48, samples.plot()), raw=True)[0]["items"]["I048/040"]["THETA"], 0x4000)

    def test_are_the_same_as_the_program_prints(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "some.ast"
            path.write_bytes(samples.block(48, *[samples.plot(rho_nm=i) for i in range(200)]) * 5)
            printed = subprocess.run([os.environ["MARSAD_BIN"], "decode", path], capture_output=True, check=True).stdout
            self.assertEqual(list(marsad.records(path)), [json.loads(line) for line in printed.splitlines()])

    def test_of_a_long_recording_come_in_order(self):
        octets = samples.block(48, *[samples.plot(time_s=i) for i in range(4000)])
        times = [record["items"]["I048/140"] for record in marsad.records(octets)]
        self.assertEqual(times, list(range(4000)))


class Encoding(unittest.TestCase):
    def test_gives_back_the_octets_that_were_decoded(self):
        one = samples.block(48, samples.plot(registers=[0x1122334455667740]), samples.bare())
        octets = one + samples.block(34, bytes([0b11000000, 25, 201, 1])) + one + one
        self.assertEqual(marsad.encode(marsad.decode(octets)), octets)
        self.assertEqual(marsad.encode(marsad.records(octets, raw=True)), octets)

    def test_keeps_what_is_legal_but_not_the_shortest(self):
        longer = bytes([0b10000001, 0, 25, 201])  # a presence map with an octet that says nothing
        octets = samples.block(48, longer, samples.bare())
        self.assertEqual(marsad.encode(marsad.decode(octets)), octets)

    def test_takes_what_was_changed_and_what_was_written_by_hand(self):
        record, = marsad.decode(samples.block(48, samples.plot()))
        record["items"]["I048/040"]["RHO"] = 12.5
        self.assertEqual(marsad.encode([record]), samples.block(48, samples.plot(rho_nm=12.5)))
        by_hand = {"cat": 48, "items": {"I048/010": {"SAC": 25, "SIC": 201}}}
        self.assertEqual(marsad.encode([by_hand, by_hand]), samples.block(48, samples.bare()) * 2)
        together = {**by_hand, "block": 1}
        self.assertEqual(marsad.encode([together, together]), samples.block(48, samples.bare(), samples.bare()))
        self.assertEqual(marsad.encode([]), b"")

    def test_opens_another_block_when_one_is_full(self):
        together = {"cat": 48, "block": 1, "items": {"I048/010": {"SAC": 25, "SIC": 201}}}
        octets = marsad.encode([together] * 40_000)
        self.assertEqual(len(marsad.decode(octets)), 40_000)

    def test_says_what_is_wrong(self):
        for items, message in [({"I048/041": 1}, "I048/040"), ({"I048/010": {"SAC": 256, "SIC": 1}}, "255"),
                               ({"I048/010": {"SAC": "x", "SIC": 1}}, "number"), ({}, "no item|empty")]:
            with self.subTest(items), self.assertRaisesRegex(ValueError, f"record 1: .*({message})"):
                marsad.encode([{"cat": 48, "items": {"I048/140": 1}}, {"cat": 48, "items": items}])
        with self.assertRaisesRegex(ValueError, "record 0"):
            marsad.encode([{"cat": 48, "items": {"I048/140": float("nan")}}])
        with self.assertRaises(TypeError):
            marsad.encode({"cat": 48})


class Damage(unittest.TestCase):
    def setUp(self):
        self.good = samples.block(48, samples.plot(), samples.plot())
        self.damaged = samples.block(48, samples.plot(), samples.plot()[:-1])

    def test_is_counted_and_told_but_not_hidden(self):
        table = marsad.read(self.good + self.damaged + self.good, 48)
        self.assertEqual(table.rows, 5)
        self.assertEqual(table.damage.faults, 1)
        self.assertEqual(table.damage.skipped_octets, len(samples.plot()) - 1)
        self.assertIn("truncated", table.damage.places[0].reason)

    def test_is_told_even_if_nothing_was_good(self):
        unknown = samples.block(99, b"abcd") * 20
        tables = marsad.read_all(unknown, kind="asterix")
        self.assertEqual((len(tables), tables.damage.faults, tables.damage.skipped_octets), (0, 20, 140))
        with self.assertRaisesRegex(ValueError, "20 damaged places"):
            marsad.read(unknown, kind="asterix")

    def test_is_refused_where_that_was_asked_for(self):
        with self.assertRaisesRegex(marsad.DamagedInput, "strict=False") as caught:
            marsad.read(self.good + self.damaged, 48, strict=True)
        self.assertEqual(caught.exception.damage.faults, 1)
        with self.assertRaises(marsad.DamagedInput):
            marsad.decode(self.damaged)
        self.assertEqual(len(marsad.decode(self.damaged, strict=False)), 1)
        with self.assertRaises(marsad.DamagedInput):
            list(marsad.records(self.good + self.damaged, strict=True))

    def test_at_random_never_crashes_and_never_loses_count(self):
        dice = random.Random(5)
        whole = samples.block(48, *[samples.plot(registers=[0x40] * (i % 3)) for i in range(40)]) * 3
        for _ in range(300):
            octets = bytearray(whole[: dice.randrange(1, len(whole))])
            for _ in range(dice.randrange(1, 8)):
                octets[dice.randrange(len(octets))] = dice.randrange(256)
            table = marsad.read(octets, 48, kind="asterix")
            for name in table:
                column = table[name]
                length = len(column.offsets) - 1 if isinstance(column, marsad.Ragged) else len(column)
                self.assertEqual(length, table.rows)
            decoded = marsad.decode(octets, strict=False)
            self.assertLessEqual(len([r for r in decoded if r["cat"] == 48]), 120 + table.rows)

    def test_of_other_sorts_is_told_with_a_remedy(self):
        good = self.good
        for expected, message, call in [
            (FileNotFoundError, "nowhere", lambda: marsad.read("nowhere.ast", 48)),
            (ValueError, "nothing in it", lambda: marsad.read(b"", 48)),
            (ValueError, "no kind", lambda: marsad.read(b"once upon a time", 48)),
            (ValueError, "no kind of recording", lambda: marsad.read(good, 48, kind="tape")),
            (ValueError, "not of the kind|nothing|no kind", lambda: marsad.read(b"hello", 48, kind="plots-csv")),
            (ValueError, "not described", lambda: marsad.read(good, 99)),
            (ValueError, "whole number", lambda: marsad.read(good, "48")),
            (ValueError, "whole number", lambda: marsad.read(good, 48000)),
            (ValueError, "described are", lambda: marsad.read(good, 48, editions={48: "9.9"})),
            (ValueError, "not described at all", lambda: marsad.read(good, 48, editions={99: "1.0"})),
            (ValueError, "the category", lambda: marsad.read(good, items=["I048/010", "I034/010"])),
            (TypeError, "list of names", lambda: marsad.read(good, 48, "I048/040")),
            (TypeError, "octets are wanted", lambda: marsad.decode("48")),
            (TypeError, "in binary", lambda: marsad.read(io.StringIO("x"), 48)),
            (ValueError, "category", lambda: marsad.schema(99)),
        ]:
            with self.subTest(message), self.assertRaisesRegex(expected, message):
                call()


class Editions(unittest.TestCase):
    def test_are_listed_with_their_defaults(self):
        editions = marsad.editions()
        self.assertIn("1.32", [edition.name for edition in editions[48]])
        for category, described in editions.items():
            self.assertEqual(len([edition for edition in described if edition.default]), 1, category)

    def test_are_chosen_by_the_caller_or_told_by_the_octets(self):
        octets = samples.block(48, samples.plot()) * 50
        self.assertEqual(set(marsad.read(octets, 48, editions={48: "1.28"}).edition), {"1.28"})
        found = marsad.detect(octets)
        self.assertEqual(found.kind, "asterix")
        self.assertEqual(found.editions[48].score, 1.0)

    def test_have_a_schema(self):
        schema = marsad.schema(48)
        self.assertEqual(schema["items"]["I048/040"]["fields"][0]["unit"], "NM")
        self.assertEqual(marsad.schema(48, "1.28")["edition"], "1.28")


if __name__ == "__main__":
    unittest.main()

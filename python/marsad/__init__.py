"""The codec of marsad: ASTERIX in and out of Python, column by column or record by record.

>>> import marsad
>>> radar = marsad.read("radar.pcap", 48, ["I048/040", "I048/070/MODE3A", "I048/240"])
>>> radar["I048/040/RHO"]        # one NumPy array for each field, one element for each record; NaN where absent
>>> radar.unit("I048/040/RHO")   # 'NM'

Fields are named as the standard names them, values are in its units. Damaged parts of an input are skipped, counted and
told (`Table.damage`), or with strict=True refused. A source is a path, `bytes` (or anything with a buffer), or a file
opened for reading in binary; captures, recorders' files and bare data blocks are told apart by their content.
"""

import collections.abc
import datetime
import difflib
import json
import os
import typing

import numpy

from . import _marsad

__version__ = _marsad.__version__
__all__ = ["ColumnInfo", "DamageReport", "DamagedInput", "DamagedPlace", "Detection", "Edition", "EditionFinding",
           "MessageTable", "Ragged", "Table", "Tables", "columns", "decode", "detect", "editions", "encode", "read", "read_all",
           "read_mode_s", "records", "schema"]

_NO_SOURCE = 0x10000
_PARITY = ("ok", "corrected", "address", "failed")
_MODE_A = numpy.array([f"{code:04o}" for code in range(4096)] + [""])  # the last stands for -1, absent


class DamagedPlace(typing.NamedTuple):
    """Octets of an input that could not be read: where in the file, how many, and why."""

    offset: int
    skipped_octets: int
    reason: str


class DamageReport(typing.NamedTuple):
    """What of an input could not be read. `places` are the first 1000; all are counted."""

    faults: int
    skipped_octets: int
    places: list

    def __bool__(self):
        return self.faults > 0


class DamagedInput(ValueError):
    """Raised for damaged input where that was not to be skipped. `damage` tells what and where."""

    def __init__(self, damage):
        first = damage.places[0] if damage.places else None
        where = f", first at octet {first.offset}: {first.reason}" if first else ""
        super().__init__(f"{damage.faults} damaged places, {damage.skipped_octets} octets skipped{where}; "
                         "strict=False reads what is good")
        self.damage = damage


class Ragged(typing.NamedTuple):
    """A field that may occur several times in one record: those of row i are values[offsets[i]:offsets[i + 1]]."""

    values: numpy.ndarray
    offsets: numpy.ndarray

    def row(self, i):
        """The values of one record."""
        if not -len(self.offsets) < i < len(self.offsets) - 1:
            raise IndexError(f"row {i} of {len(self.offsets) - 1}")
        begin = i if i >= 0 else i + len(self.offsets) - 1
        return self.values[self.offsets[begin]:self.offsets[begin + 1]]

    def counts(self):
        """How often the field occurs in each record."""
        return numpy.diff(self.offsets)

    def rows(self):
        """For each value, the number of its record."""
        return numpy.repeat(numpy.arange(len(self.offsets) - 1), self.counts())


class ColumnInfo(typing.NamedTuple):
    """What a column holds. `kind`: "number" (float64 in `unit`, NaN where absent), "code" (integers, masked where
    absent), "text" (strings, "" where absent) or "octets" (ragged uint8). `present`: in how many records."""

    name: str
    kind: str
    unit: str
    ragged: bool
    present: int


class Edition(typing.NamedTuple):
    """An edition of a category that marsad describes. `default`: read by, where the octets prove no other."""

    category: int
    name: str
    date: str
    title: str
    also_decodes: tuple
    default: bool


class EditionFinding(typing.NamedTuple):
    """Which edition explains the records of a category best: its name, by how much it leads the best of those that read
    them otherwise (0 to 1), and the share of octets that it explains (0 to 1)."""

    edition: str
    sureness: float
    score: float


class Detection(typing.NamedTuple):
    """The kind of a recording, and the edition of each category in it."""

    kind: str
    editions: dict


class Table(collections.abc.Mapping):
    """The records of one category as columns: table["I048/040/RHO"] is an array with one element for each record.

    What an element is depends on the field (`kind`): a float64 in the standard's unit, NaN where the record does not
    have the field; a masked integer for a code; a string for texts and for octal codes ("7421"), empty where absent.
    A field that can repeat is a `Ragged` pair. `present(name)` says which records have a field. Iterating gives the
    names of the fields that some record has; asking for another field of the category gives a column without values.
    """

    def __init__(self, category, parts, damage, other_records, raw, selected):
        self.category = category
        #: Of each record's first octet in the file.
        self.offset = parts["offset"]
        #: When each record was received, UTC; NaT where the file keeps no times.
        self.receipt = parts["receipt"]
        #: What could not be read, of all categories.
        self.damage = damage
        #: Records of categories that were not asked for: {category: number}.
        self.other_records = other_records
        self._source = parts["source"]
        self._edition_number = parts["edition_number"]
        self._edition_names = parts["edition_names"]
        self._raw = raw
        self._selected = selected
        self._columns = {column[0]: column for column in parts["columns"]}

    @property
    def rows(self):
        """The number of records."""
        return len(self.offset)

    @property
    def sac(self):
        """System area code of who sent each record; masked where it does not say."""
        return numpy.ma.MaskedArray((self._source >> 8).astype(numpy.uint8), self._source == _NO_SOURCE)

    @property
    def sic(self):
        """System identification code of who sent each record; masked where it does not say."""
        return numpy.ma.MaskedArray((self._source & 255).astype(numpy.uint8), self._source == _NO_SOURCE)

    @property
    def edition(self):
        """The edition in which each record was read."""
        return numpy.array(self._edition_names)[self._edition_number]

    def __iter__(self):
        return iter(self._columns)

    def __len__(self):
        return len(self._columns)

    def __contains__(self, name):
        return name in self._columns

    def __getitem__(self, name):
        _, _, kind, values, presence, offsets = self._column(name)
        if offsets is not None:
            return Ragged(values, offsets)
        if kind == "code":
            return numpy.ma.MaskedArray(values, numpy.ma.nomask if presence.all() else ~presence)
        return values

    def present(self, name):
        """A boolean array: which records have the field."""
        return self._column(name)[4]

    def unit(self, name):
        """The standard's unit of a field ("NM", "FL"); empty for codes and texts."""
        return self._column(name)[1]

    def info(self, name):
        """What the column holds, as `ColumnInfo`."""
        _, unit, kind, _, presence, offsets = self._column(name)
        return ColumnInfo(name, kind, unit, offsets is not None, int(presence.sum()))

    def __repr__(self):
        return f"<marsad.Table of category {self.category}: {self.rows} records, {len(self)} columns>"

    def _column(self, name):
        if name in self._columns:
            return self._columns[name]
        described = _marsad.describe_column(self.category, name, self._raw) if isinstance(name, str) else None
        if described is None:
            inside = [one for one in _marsad.column_names(self.category) if one.startswith(f"{name}/")]
            if inside:
                raise KeyError(f"{name} has the fields {', '.join(inside)}")
            raise KeyError(f"category {self.category} has no field {name!r}{_similar(self.category, name)}")
        if described[0] in self._columns:
            return self._columns[described[0]]
        if self._selected and not any(_selects(item, described[0]) for item in self._selected):
            raise KeyError(f"{name!r} is not among the items that were read: {', '.join(self._selected)}")
        full_name, unit, kind, dtype, ragged = described
        presence = numpy.zeros(self.rows, bool)
        if ragged:
            return (full_name, unit, kind, numpy.zeros(0, dtype), presence, numpy.zeros(self.rows + 1, numpy.int64))
        values = numpy.full(self.rows, numpy.nan) if kind == "number" else numpy.zeros(self.rows, dtype)
        return (full_name, unit, kind, values, presence, None)


class Tables(dict):
    """The tables of a source by category, {48: Table}, and what was not read of it."""

    def __init__(self, tables, damage, other_payloads):
        super().__init__(tables)
        #: What could not be read.
        self.damage = damage
        #: Messages that are not ASTERIX; `read_mode_s` reads those of 1090 MHz receivers.
        self.other_payloads = other_payloads


class MessageTable(collections.abc.Mapping):
    """Mode S messages as columns: table["alt_ft"] is an array with one element for each message that was believed, of
    what that very message gives. Numbers are float64, NaN where it gives none; codes are masked integers; texts are
    strings, empty where it gives none. A position stands with the message that completed it.

    elapsed               s since the receiver's first message, by its own counter
    df, tc, address       downlink format, type code, 24-bit address
    crc, source           "ok", "corrected" or "address"; "transponder", "tis_b", ...: by which way it came
    signal                0 to 255: the root of the power relative to full scale
    callsign, squawk, category ("A3"), emergency (0 to 7)
    alt_ft, alt_geom_ft, geom_minus_baro_ft, lat, lon (degrees), surface (1 on the ground)
    gs_kt, track_deg, heading_deg, ias_kt, tas_kt, vrate_fpm
    nic, rc_m, nacp, nacv, sil, sda, gva, version
    selected_altitude_ft, selected_heading_deg, qnh_mb
    """

    def __init__(self, parts):
        columns = dict(parts["columns"])
        #: Of each message in the file.
        self.offset = columns.pop("offset")
        #: When each message was received, UTC; NaT where neither the file nor `start` tells.
        self.receipt = columns.pop("receipt")
        #: What became of all messages: {"accepted": number, "duplicate": ..., "bad_parity": ..., ...}.
        self.verdicts = parts["verdicts"]
        #: Of other sorts, such as rows of SBS-1, which are not read.
        self.other_payloads = parts["other_payloads"]
        #: What could not be read.
        self.damage = _damage_of(parts["damage"])
        for name, values in columns.items():
            columns[name] = _of_messages(name, values)
        self._columns = columns

    @property
    def rows(self):
        """The number of messages."""
        return len(self.offset)

    def __iter__(self):
        return iter(self._columns)

    def __len__(self):
        return len(self._columns)

    def __getitem__(self, name):
        if name not in self._columns:
            raise KeyError(f"there is no column {name!r}; there is {', '.join(self._columns)}")
        return self._columns[name]

    def __repr__(self):
        return f"<marsad.MessageTable: {self.rows} messages>"


def read(source, category=None, items=None, *, editions=None, raw=False, kind=None, strict=False):
    """Reads the records of one category into columns.

    source: a path, octets, or an open binary file.
    category: such as 48. Need not be told where `items` names it or the source holds no other.
    items: which items ("I048/040"), groups or fields ("I048/040/RHO") to read; all, if not told. Fewer are faster.
    editions: {category: name} of those to read by, as in {21: "0.23"}; else the octets tell.
    raw: the integers as they were sent, in place of values in the standard's units.
    kind: reads the source as this kind ("pcap", "asterix", ...) in place of telling it by its content.
    strict: raises DamagedInput for damage, in place of reporting it in `Table.damage`.
    """
    items = _checked_items(items)
    if category is None and items:
        named = {_category_of(item) for item in items}
        if None in named or len(named) > 1:
            raise ValueError("items of one category, please, each with its category (\"I048/040\"), or tell the category")
        category = named.pop()
    wanted = None if category is None else [_checked_category(category)]
    tables = _read(source, wanted, items, editions, raw, kind, strict)
    if category is None and len(tables) != 1:
        if tables:
            raise ValueError(f"tell the category to read: the source holds {', '.join(map(str, tables))}")
        raise ValueError(f"the source holds no ASTERIX record that could be read, but {tables.other_payloads} messages of "
                         f"other sorts (see read_mode_s) and {tables.damage.faults} damaged places")
    return next(iter(tables.values()))


def read_all(source, *, editions=None, raw=False, kind=None, strict=False):
    """Reads the records of every category into columns: `Tables`, {category: Table}. Arguments as of `read`."""
    return _read(source, None, [], editions, raw, kind, strict)


def columns(source, category=None, *, editions=None, kind=None):
    """What fields the records of a source have: {name: ColumnInfo}, of one category or of all."""
    tables = _read(source, None if category is None else [_checked_category(category)], [], editions, False, kind, False)
    return {name: table.info(name) for table in tables.values() for name in table}


def records(source, *, editions=None, raw=False, kind=None, strict=False):
    """Every record of a source, one after another, as dictionaries of the form that `marsad decode` prints:
    {"cat": 48, "edition": "1.31", "t": None, "offset": 3, "items": {"I048/010": {"SAC": 25, "SIC": 201}, ...}}."""
    reader = _marsad.RecordReader(_octets(source), _checked_editions(editions), raw, True, kind)
    return _batches(reader, strict)


def decode(data, *, editions=None, raw=False, strict=True):
    """The records of one or more data blocks, such as the octets of a datagram, as a list of dictionaries (`records`).
    Each category is read by its default edition, unless `editions` says otherwise. Damage raises DamagedInput; with
    strict=False it is skipped."""
    reader = _marsad.RecordReader(_octets_of_buffer(data), _checked_editions(editions), raw, False, None)
    return list(_batches(reader, strict))


def read_mode_s(source, *, start=None, site=None, range_km=500.0, kind=None, strict=False):
    """Reads what a 1090 MHz receiver recorded (Beast, AVR, ...): parity is checked, duplicates are left out, positions
    are resolved from pairs of messages and only believed if they are plausible.

    start: when the recording begins, UTC (numpy.datetime64, datetime or ISO 8601), for files that keep no dates.
    site: (latitude, longitude) of the receiver in degrees, which helps with positions on the surface; range_km: the
    farthest that it can hear, beyond which no position is believed.
    """
    place = None if site is None else [float(site[0]), float(site[1]), float(range_km) * 1e3]
    if place and not (abs(place[0]) <= 90 and abs(place[1]) <= 180 and 0 < place[2] < 2e7):
        raise ValueError(f"site is (latitude, longitude) in degrees and range_km positive, not {site}, {range_km}")
    found = _marsad.read_mode_s(_octets(source), kind, place, _nanoseconds(start))
    table = MessageTable(found)
    if strict and table.damage:
        raise DamagedInput(table.damage)
    return table


def encode(records, *, editions=None, raw=False):
    """Data blocks from dictionaries of the form that `records` and `decode` give: the same octets as they were decoded
    from, or by hand with no more than {"cat": 48, "items": {"I048/010": {"SAC": 25, "SIC": 201}}}. Each record
    by hand gets a data block of its own, unless it has the same "block", a number, as the one before. Of records without
    "edition", `editions` says which; raw: those without "raw" hold unscaled integers. What can't be written raises
    ValueError, which says why."""
    if isinstance(records, (dict, str, bytes)):
        raise TypeError("a list of records is wanted")
    return _marsad.encode("\n".join(json.dumps(record) for record in records), _checked_editions(editions), raw)


def detect(source, kind=None):
    """The kind of a recording, and the edition of each category in it with how sure that is."""
    found = _marsad.detect(_octets(source), kind)
    return Detection(found["kind"], {number: EditionFinding(*one) for number, one in found["categories"].items()})


def editions():
    """The described editions of each category, oldest first: {48: [Edition(...), ...], ...}."""
    found = {}
    for one in _marsad.editions():
        found.setdefault(one[0], []).append(Edition(*one))
    return found


def schema(category, edition=None):
    """The items and fields of a category, with titles, bits, units and steps; of the default edition if not told."""
    return json.loads(_marsad.schema_json(_checked_category(category), edition))


def _read(source, categories, items, editions_, raw, kind, strict):
    octets = _octets(source)
    try:
        found = _marsad.read_columns(octets, categories, items, _checked_editions(editions_), raw, kind)
    except KeyError as error:
        raise KeyError(f"category {categories[0]} has no item {error.args[0]!r}{_similar(categories[0], error.args[0])}") from None
    damage = _damage_of(found["damage"])
    if strict and damage:
        raise DamagedInput(damage)
    others = found["other_records"]
    tables = {number: Table(number, parts, damage, others, raw, items) for number, parts in found["tables"].items()}
    return Tables(tables, damage, found["other_payloads"])


def _batches(reader, strict):
    while (batch := reader.next_batch()) is not None:
        yield from json.loads(batch)
    damage = _damage_of(reader.damage())
    if strict and damage:
        raise DamagedInput(damage)


def _damage_of(parts):
    return DamageReport(parts["faults"], parts["skipped_octets"], [DamagedPlace(*place) for place in parts["places"]])


def _of_messages(name, values):
    if name == "callsign":
        return values.astype("U8")
    if values.dtype == numpy.float64:
        return values
    if name == "squawk":
        return _MODE_A[values]
    if name == "category":
        return numpy.where(values < 0, "", numpy.char.mod("%X", values))
    if name in ("crc", "source"):
        return numpy.array(_PARITY if name == "crc" else _marsad.source_names())[values]
    return numpy.ma.MaskedArray(values, values < 0)


def _nanoseconds(moment):
    if moment is None:
        return None
    if getattr(moment, "tzinfo", None) is not None:
        moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    nanoseconds = numpy.datetime64(moment, "ns").astype(numpy.int64)
    if numpy.isnat(numpy.datetime64(moment, "ns")):
        raise ValueError(f"start is a moment in UTC, not {moment!r}")
    return int(nanoseconds)


def _octets(source):
    if isinstance(source, (str, os.PathLike)):
        with open(source, "rb") as file:
            return file.read()
    if hasattr(source, "read"):
        source = source.read()
        if isinstance(source, str):
            raise TypeError("open the file for reading in binary: open(path, \"rb\")")
    return _octets_of_buffer(source)


def _octets_of_buffer(data):
    if isinstance(data, bytes):
        return data
    try:
        return bytes(memoryview(data))  # a copy that nobody can change while it is read
    except TypeError:
        raise TypeError(f"octets are wanted (bytes, bytearray, memoryview, a NumPy array), not {type(data).__name__}") from None


def _checked_category(category):
    if isinstance(category, bool) or not isinstance(category, (int, numpy.integer)) or not 0 <= category <= 255:
        raise ValueError(f"a category is a whole number such as 48, not {category!r}")
    return int(category)


def _checked_items(items):
    if items is None:
        return []
    if isinstance(items, str):
        raise TypeError(f"items is a list of names: [{items!r}]")
    items = list(items)
    for item in items:
        if not isinstance(item, str):
            raise TypeError(f"items are names such as \"I048/040\", not {item!r}")
    return items


def _checked_editions(chosen):
    return {_checked_category(category): str(name) for category, name in (chosen or {}).items()}


def _category_of(item):
    return int(item[1:4]) if item[:1] == "I" and item[1:4].isdigit() and item[4:5] == "/" else None


def _selects(selected, name):
    if _category_of(selected) is None:
        name = name[5:]
    return name == selected or name.startswith(selected + "/")


def _similar(category, name):
    names = _marsad.column_names(category)
    items = {"/".join(one.split("/")[:2]) for one in names}
    close = difflib.get_close_matches(str(name), [*items, *names], 3, 0.7)
    return f"; there is {', '.join(close)}" if close else f"; marsad.schema({category}) lists them"

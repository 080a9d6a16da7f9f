import datetime
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any, NamedTuple, Union

import numpy
import numpy.typing

__version__: str
__all__: list[str]

_Buffer = Union[bytes, bytearray, memoryview, numpy.typing.NDArray[Any]]
_Source = Union[str, os.PathLike[str], IO[bytes], _Buffer]
_Editions = Mapping[int, str]

class DamagedPlace(NamedTuple):
    offset: int
    skipped_octets: int
    reason: str

class DamageReport(NamedTuple):
    faults: int
    skipped_octets: int
    places: list[DamagedPlace]
    def __bool__(self) -> bool: ...

class DamagedInput(ValueError):
    damage: DamageReport
    def __init__(self, damage: DamageReport) -> None: ...

class Ragged(NamedTuple):
    values: numpy.typing.NDArray[Any]
    offsets: numpy.typing.NDArray[numpy.int64]
    def row(self, i: int) -> numpy.typing.NDArray[Any]: ...
    def counts(self) -> numpy.typing.NDArray[numpy.int64]: ...
    def rows(self) -> numpy.typing.NDArray[numpy.int64]: ...

class ColumnInfo(NamedTuple):
    name: str
    kind: str
    unit: str
    ragged: bool
    present: int

class Edition(NamedTuple):
    category: int
    name: str
    date: str
    title: str
    also_decodes: tuple[str, ...]
    default: bool

class EditionFinding(NamedTuple):
    edition: str
    sureness: float
    score: float

class Detection(NamedTuple):
    kind: str
    editions: dict[int, EditionFinding]

class Table(Mapping[str, Any]):
    category: int
    offset: numpy.typing.NDArray[numpy.uint64]
    receipt: numpy.typing.NDArray[numpy.datetime64]
    damage: DamageReport
    other_records: dict[int, int]
    @property
    def rows(self) -> int: ...
    @property
    def sac(self) -> numpy.ma.MaskedArray[Any, numpy.dtype[numpy.uint8]]: ...
    @property
    def sic(self) -> numpy.ma.MaskedArray[Any, numpy.dtype[numpy.uint8]]: ...
    @property
    def edition(self) -> numpy.typing.NDArray[numpy.str_]: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __contains__(self, name: object) -> bool: ...
    def __getitem__(self, name: str) -> Any: ...
    def present(self, name: str) -> numpy.typing.NDArray[numpy.bool_]: ...
    def unit(self, name: str) -> str: ...
    def info(self, name: str) -> ColumnInfo: ...
    def __repr__(self) -> str: ...

class Tables(dict[int, Table]):
    damage: DamageReport
    other_payloads: int

class MessageTable(Mapping[str, Any]):
    offset: numpy.typing.NDArray[numpy.uint64]
    receipt: numpy.typing.NDArray[numpy.datetime64]
    verdicts: dict[str, int]
    other_payloads: int
    damage: DamageReport
    @property
    def rows(self) -> int: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, name: str) -> Any: ...
    def __repr__(self) -> str: ...

def read(
    source: _Source,
    category: int | None = None,
    items: Iterable[str] | None = None,
    *,
    editions: _Editions | None = None,
    raw: bool = False,
    kind: str | None = None,
    strict: bool = False,
) -> Table: ...
def read_all(
    source: _Source,
    *,
    editions: _Editions | None = None,
    raw: bool = False,
    kind: str | None = None,
    strict: bool = False,
) -> Tables: ...
def columns(
    source: _Source,
    category: int | None = None,
    *,
    editions: _Editions | None = None,
    kind: str | None = None,
) -> dict[str, ColumnInfo]: ...
def records(
    source: _Source,
    *,
    editions: _Editions | None = None,
    raw: bool = False,
    kind: str | None = None,
    strict: bool = False,
) -> Iterator[dict[str, Any]]: ...
def decode(
    data: _Buffer,
    *,
    editions: _Editions | None = None,
    raw: bool = False,
    strict: bool = True,
) -> list[dict[str, Any]]: ...
def read_mode_s(
    source: _Source,
    *,
    start: numpy.datetime64 | datetime.datetime | str | None = None,
    site: tuple[float, float] | None = None,
    range_km: float = 500.0,
    kind: str | None = None,
    strict: bool = False,
) -> MessageTable: ...
def encode(
    records: Iterable[Mapping[str, Any]],
    *,
    editions: _Editions | None = None,
    raw: bool = False,
) -> bytes: ...
def detect(source: _Source, kind: str | None = None) -> Detection: ...
def editions() -> dict[int, list[Edition]]: ...
def schema(category: int, edition: str | None = None) -> dict[str, Any]: ...

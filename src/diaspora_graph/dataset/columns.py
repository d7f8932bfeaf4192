"""Columns of text: the cells as they were entered, each distinct text stored once.

A table is one kind of row of one or several folders. Its columns are `Cells`: Arrow holds the
distinct texts, numpy a code for each row. A rule looks at the distinct texts only, however many
rows there are, and a mask over the texts becomes a mask over the rows by indexing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.dataset.records import RECORDS, Kind, Record, column_names

POOL = (
    pa.jemalloc_memory_pool()
    if "jemalloc" in pa.supported_memory_backends()
    else pa.default_memory_pool()
)
"""The memory pool for files: mimalloc, the usual pool, takes huge pages and leaves half unused."""

_FEW = 16
"""Up to so many texts, one by one is faster than all at once."""

Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


class Cells:
    """One column: ``texts`` are its distinct texts, ``codes`` the text of each row."""

    __slots__ = ("_listed", "codes", "texts")

    def __init__(self, codes: Codes, texts: pa.StringArray) -> None:
        self.codes = codes
        self.texts = texts
        self._listed: list[str] | None = None

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, row: int) -> str:
        text: str = self.listed()[self.codes[row]]
        return text

    def listed(self) -> list[str]:
        """Return the distinct texts as Python strings, made once."""
        if self._listed is None:
            self._listed = self.texts.to_pylist()
        return self._listed

    def all(self) -> list[str]:
        """Return the text of every row."""
        texts = self.listed()
        return [texts[code] for code in self.codes.tolist()]

    def arrow(self) -> pa.StringArray:
        """Return the text of every row as an Arrow array."""
        if len(self.codes) == len(self.texts) and np.all(self.codes == np.arange(len(self.codes))):
            return self.texts
        return self.texts.take(int_array(self.codes))

    def where(self, judge: Callable[[str], bool]) -> Mask:
        """Return which distinct texts a Python function accepts."""
        return np.fromiter((judge(text) for text in self.listed()), np.bool_, len(self.texts))

    def matching(self, pattern: str) -> Mask:
        """Return which distinct texts match a regular expression (RE2) somewhere."""
        return bool_array(pc.match_substring_regex(self.texts, pattern))

    def among(self, known: pa.StringArray) -> Codes:
        """Return the position of each distinct text in ``known``, -1 where it is not there."""
        return positions(self.texts, known)

    def code(self, text: str) -> int:
        """Return the code of a text, -1 if no row has it."""
        found = np.flatnonzero(equal_to(self.texts, text))
        return int(found[0]) if len(found) else -1

    def at(self, rows: npt.NDArray[Any]) -> list[str]:
        """Return the texts of some rows, without Python strings for all rows."""
        codes = self.codes[rows]
        if len(codes) <= _FEW:
            return [self.texts[code].as_py() for code in codes.tolist()]
        texts: list[str] = self.texts.take(int_array(codes)).to_pylist()
        return texts

    def rows(self, texts: Mask) -> Rows:
        """Return the rows whose text is marked, in order."""
        return np.flatnonzero(texts[self.codes])

    def filled(self) -> Mask:
        """Return which rows are not empty."""
        empty = self.code("")
        return np.ones(len(self), np.bool_) if empty < 0 else self.codes != empty

    def used(self) -> Cells:
        """Return the same column with only the texts that occur in a row."""
        texts, codes = np.unique(self.codes, return_inverse=True)
        return Cells(codes.astype(np.int32), self.texts.take(int_array(texts)))

    def take(self, rows: npt.NDArray[Any]) -> Cells:
        """Return the same column with other rows; the texts stay shared."""
        return Cells(self.codes[rows], self.texts)


def string_array(texts: Sequence[str]) -> pa.StringArray:
    """Return an Arrow array of texts; ``pa.array`` of a list would import pandas.

    >>> string_array(["қ", ""]).to_pylist()
    ['қ', '']
    """
    encoded = [text.encode() for text in texts]
    offsets = np.zeros(len(encoded) + 1, np.int32)
    np.cumsum([len(text) for text in encoded], out=offsets[1:]) if encoded else None
    return pa.StringArray.from_buffers(
        len(encoded), pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))
    )


def equal_to(texts: pa.StringArray, text: str) -> Mask:
    """Return which texts equal this one. (Arrow imports pandas to compare with a Python string.).

    >>> equal_to(string_array(["a", "b"]), "b").tolist()
    [False, True]
    """
    return bool_array(pc.equal(texts, string_array([text])[0]))


def positions(texts: pa.StringArray, known: pa.StringArray) -> Codes:
    """Return the first position of each text in ``known``, -1 where it is not there.

    Of many known texts only those that are asked for are put into a hash table.

    >>> positions(string_array(["b", "x"]), string_array(["a", "b", "b"])).tolist()
    [1, -1]
    """
    if len(known) < 4 * len(texts):
        return codes_of(pc.index_in(texts, value_set=known))
    asked = np.flatnonzero(bool_array(pc.is_in(known, value_set=texts)))
    if not len(asked):
        return np.full(len(texts), -1, np.int32)
    found = codes_of(pc.index_in(texts, value_set=known.take(int_array(asked))))
    return np.where(found < 0, -1, asked[found]).astype(np.int32)


def utf8(texts: pa.StringArray) -> tuple[npt.NDArray[np.uint8], Codes]:
    """Return the bytes of all texts, one after the other, and where each begins and the last ends.

    >>> code, ends = utf8(string_array(["a", "bc"]))
    >>> bytes(code), ends.tolist()
    (b'abc', [0, 1, 3])
    """
    if not len(texts):
        return np.zeros(0, np.uint8), np.zeros(1, np.int32)
    ends = np.frombuffer(texts.buffers()[1], np.int32)[texts.offset : texts.offset + len(texts) + 1]
    code = np.frombuffer(texts.buffers()[2] or b"", np.uint8)
    return code[ends[0] : ends[-1]], ends - ends[0]


def int_array(codes: npt.NDArray[Any]) -> pa.Int32Array:
    """Return an Arrow view of codes, without a copy where they are int32 already."""
    data = np.ascontiguousarray(codes, np.int32)
    return pa.Int32Array.from_buffers(pa.int32(), len(data), [None, pa.py_buffer(data)])


def codes_of(positions: pa.Int32Array) -> Codes:
    """Return Arrow positions as int32, with -1 for null."""
    filled = positions
    if positions.null_count:
        filled = pc.if_else(pc.is_null(positions), int_array(np.array([-1]))[0], positions)
    return np.frombuffer(filled.buffers()[1], np.int32, len(filled), filled.offset * 4)


def bool_array(mask: pa.BooleanArray) -> Mask:
    """Return an Arrow mask (one bit a value) as a numpy mask."""
    bits = np.frombuffer(mask.buffers()[1], np.uint8)
    whole = np.unpackbits(bits, bitorder="little")[mask.offset : mask.offset + len(mask)]
    return whole.astype(np.bool_)


def cells(texts: Sequence[str]) -> Cells:
    """Return a column from the text of every row.

    >>> column = cells(["b", "a", "b"])
    >>> column.codes.tolist(), column.listed()
    ([0, 1, 0], ['b', 'a'])
    """
    known: dict[str, int] = {}
    codes = np.fromiter(
        (known.setdefault(text, len(known)) for text in texts), np.int32, len(texts)
    )
    return Cells(codes, string_array(list(known)))


def constant(text: str, rows: int) -> Cells:
    """Return a column with the same text in every row."""
    return Cells(np.zeros(rows, np.int32), string_array([text]))


def from_arrow(column: pa.ChunkedArray) -> Cells:
    """Return a column from Arrow's dictionary encoding."""
    whole = column.combine_chunks(memory_pool=POOL)
    if isinstance(whole, pa.ChunkedArray):
        whole = (
            whole.chunk(0)
            if whole.num_chunks
            else pa.DictionaryArray.from_arrays(int_array(np.zeros(0, np.int32)), string_array([]))
        )
    return Cells(codes_of(whole.indices), whole.dictionary)


def coded(columns: dict[str, pa.ChunkedArray]) -> dict[str, Cells]:
    """Return columns from Arrow's texts, as many at a time as there are processors.

    The columns are taken out of ``columns`` one by one, so that memory never holds two copies of
    all.
    """

    def one(name: str) -> Cells:
        return from_arrow(pc.dictionary_encode(columns.pop(name), memory_pool=POOL))

    names = list(columns)
    with ThreadPoolExecutor(pa.cpu_count()) as pool:
        return dict(zip(names, pool.map(one, names), strict=True))


def joined(columns: Sequence[Cells]) -> Cells:
    """Return one column from several, one after the other."""
    if len(columns) == 1:
        return columns[0]
    chunks = [pa.DictionaryArray.from_arrays(int_array(each.codes), each.texts) for each in columns]
    return from_arrow(pa.chunked_array(chunks))


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one kind: a column for every field of the format, and the place of each row.

    ``folder`` is the position of the row's dataset folder, ``row`` its row there as a spreadsheet
    counts; ``extra`` holds the user's own columns (``_…``), kept and ignored.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().tables["entity"]["id"].code("kazakhstan") >= 0
    True
    """

    kind: Kind
    columns: Mapping[str, Cells]
    folder: npt.NDArray[np.int16]
    row: Codes
    extra: Mapping[str, Cells] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    def __getitem__(self, column: str) -> Cells:
        return self.columns[column]

    def take(self, rows: npt.NDArray[Any]) -> Table:
        """Return a table of the rows at these positions."""
        return Table(
            self.kind,
            {name: column.take(rows) for name, column in self.columns.items()},
            self.folder[rows],
            self.row[rows],
            {name: column.take(rows) for name, column in self.extra.items()},
        )

    def part(self, rows: npt.NDArray[Any]) -> Table:
        """Return a table of the rows at these positions with only their own texts."""
        taken = self.take(rows)
        columns = {name: column.used() for name, column in taken.columns.items()}
        extra = {name: column.used() for name, column in taken.extra.items()}
        return Table(self.kind, columns, taken.folder, taken.row, extra)

    def record(self, row: int) -> Record:
        """Return one row as a value.

        >>> table_of("alias", [{"entity": "anca", "alias": "АНКА"}]).record(0).alias
        'АНКА'
        """
        return RECORDS[self.kind](**{name: column[row] for name, column in self.columns.items()})

    def records(self) -> Iterable[Record]:
        """Yield every row as a value, in order."""
        return (self.record(row) for row in range(len(self)))


def table_of(kind: Kind, rows: Sequence[Mapping[str, str]]) -> Table:
    """Return a table from rows as mappings; missing keys become empty cells."""
    names = column_names(kind)
    return Table(
        kind,
        {name: cells([row.get(name, "") for row in rows]) for name in names},
        np.zeros(len(rows), np.int16),
        np.arange(2, len(rows) + 2, dtype=np.int32),
    )


def stacked(tables: Sequence[Table]) -> Table:
    """Return one table from those of several folders; each keeps the folder of its rows."""
    if len(tables) == 1:
        return tables[0]
    own = sorted({name for table in tables for name in table.extra})
    return Table(
        tables[0].kind,
        {name: joined([each[name] for each in tables]) for name in column_names(tables[0].kind)},
        np.concatenate([each.folder for each in tables]),
        np.concatenate([each.row for each in tables]),
        {
            name: joined([each.extra.get(name) or constant("", len(each)) for each in tables])
            for name in own
        },
    )

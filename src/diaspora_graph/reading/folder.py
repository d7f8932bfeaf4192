"""A dataset folder → the tables of its files, and the faults of their form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from diaspora_graph.dataset.columns import Cells, Codes, Mask, Table, coded, constant
from diaspora_graph.dataset.records import FILES, FORMAT, Kind, column_names, columns
from diaspora_graph.errors import Fault, FileError, did_you_mean
from diaspora_graph.reading.records import delimiter, header_of, read_columns, records, rewritten
from diaspora_graph.reading.text import SAVE, cleaned, strange, unwrapped

if TYPE_CHECKING:
    import pyarrow as pa

QUOTE = "quote"
"""A working copy's column of words from the source; `seal` turns it into ``passage``."""

TOLD_PER_RULE = 1000
"""After this number of faults of a rule in a folder, further ones are only counted."""

_QUOTED_KINDS = {"statement", "observation", "coding", "flag", "exclusion"}
_FORM, _FILES, _COLUMNS = "the form of the file", "the files", "the columns"
_SEALS = "quotes to seal"
_NAMES = re.compile(r"[a-z0-9][a-z0-9:-]*")


_NOTHING: Mapping[str, bytes] = {}


@dataclass
class Reading:
    """The tables of one folder and the faults of its files.

    ``absent`` are columns that could not be read, because of the file or the column; ``lost`` are
    all names in records that could not be read.
    """

    folder: Path
    name: str
    tables: dict[Kind, Table] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    quotes: dict[Kind, Cells] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    absent: set[tuple[Kind, str]] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    def tell(self, fault: Fault) -> None:
        """Add a fault, unless its rule was broken too often to report each case."""
        self.counts[fault.rule] += 1
        if self.counts[fault.rule] <= TOLD_PER_RULE:
            self.faults.append(fault)

    def miss(self, kind: Kind, names: Iterable[str]) -> None:
        """Record that some columns of a file could not be read."""
        self.absent.update((kind, name) for name in names)


def read_folder(
    folder: Path, position: int = 0, *, name: str = "", instead: Mapping[str, bytes] = _NOTHING
) -> Reading:
    """Read the files of a dataset folder; ``position`` is the folder's place among those merged.

    ``instead`` are files, by name, that replace those of the folder before they are written.
    Faults are gathered, not raised; a folder that cannot be opened is a `FileError`. Of a folder
    in a newer format only ``dataset.csv`` is read.
    """
    reading = Reading(folder, name or folder.name)
    present = _look_round(reading, instead)
    newer = False
    for kind in FILES:
        if newer:
            reading.miss(kind, column_names(kind))
        read = _FileReader(kind, reading)
        reading.tables[kind] = read.table(
            None if newer else instead.get(FILES[kind]) or _bytes(reading, kind, present),
            position,
        )
        if kind == "dataset" and any(map(is_newer, reading.tables[kind]["format"].all())):
            newer = True
            reading.faults.clear()
            reading.counts.clear()
    return reading


def is_newer(form: str) -> bool:
    """Return whether a cell of ``format`` names a newer format than this program knows.

    >>> is_newer("1"), is_newer("2")
    (False, True)
    """
    return bool(re.fullmatch(r"[0-9]{1,9}", form)) and int(form) > FORMAT


def _look_round(reading: Reading, instead: Iterable[str]) -> set[str]:
    """Return the names of the CSV files; report missing ones and those that the format lacks."""
    there = reading.folder.exists() or not instead
    present = {*instead, *(_csv_files(reading.folder) if there else ())}
    if not present:
        hint = "`diaspora-graph template DIR` makes a folder to start from"
        reading.tell(Fault(reading.name, 0, "", "no CSV file", "a dataset folder", hint, _FILES))
    elif FILES["dataset"] not in present:
        place = f"{reading.name}/{FILES['dataset']}"
        expected = "the file that names the dataset"
        reading.tell(Fault(place, 0, "", "no such file", expected, rule=_FILES))
    if FILES["dataset"] not in present:
        reading.miss("dataset", column_names("dataset"))
    for stranger in sorted(present - set(FILES.values())):
        hint = did_you_mean(stranger.lower(), FILES.values()).removeprefix("; ")
        expected = f"one of {', '.join(FILES.values())}"
        place = f"{reading.name}/{stranger}"
        reading.tell(Fault(place, 0, "", stranger, expected, hint, _FILES))
    return present


def _csv_files(folder: Path) -> set[str]:
    if not folder.exists():
        raise FileError(folder, "there is no such folder; `diaspora-graph template DIR` makes one")
    if not folder.is_dir():
        raise FileError(folder, "a dataset is a folder of CSV files, this is a file")
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError as error:
        raise FileError(folder, f"cannot be read: {error.strerror or error}") from error
    return {
        name for name in names if name.lower().endswith(".csv") and not name.startswith((".", "~$"))
    }


def _bytes(reading: Reading, kind: Kind, present: set[str]) -> bytes | None:
    """Return the bytes of a file, None if it is missing or cannot be read."""
    if FILES[kind] not in present:
        return None
    path = reading.folder / FILES[kind]
    try:
        return path.read_bytes()
    except OSError as error:
        message, place = error.strerror or str(error), f"{reading.name}/{FILES[kind]}"
        reading.tell(Fault(place, 0, "", message, "a file that can be read", rule=_FILES))
        reading.miss(kind, column_names(kind))
        return None


class _FileReader:
    """Reads one file; its faults go to the faults of the folder."""

    def __init__(self, kind: Kind, reading: Reading) -> None:
        self.kind = kind
        self.file = f"{reading.name}/{FILES[kind]}"
        self.reading = reading

    def fault(
        self, row: int, column: str, said: str, expected: str, hint: str = "", rule: str = _FORM
    ) -> None:
        hint = hint.removeprefix("; ")
        self.reading.tell(Fault(self.file, row, column, said, expected, hint, rule))

    def table(self, data: bytes | None, position: int) -> Table:
        """Return the table of a file, without rows if it cannot be read."""
        arrow, rows = self._columns(data) if data is not None else _nothing()
        del data  # saves memory: a big file is coded without its bytes
        read, rows = self._rows_of_data(coded(arrow), rows)
        fields = {
            name: read.get(name) or constant("", len(rows)) for name in column_names(self.kind)
        }
        if QUOTE in read and self.kind in _QUOTED_KINDS:
            self.reading.quotes[self.kind] = read[QUOTE]
        extra = {name: read[name] for name in sorted(read) if name.startswith("_")}
        return Table(self.kind, fields, np.full(len(rows), position, np.int16), rows, extra)

    def _columns(self, data: bytes) -> tuple[dict[str, pa.ChunkedArray], Codes]:
        """Return the columns that can be read, and the row of each record in a spreadsheet."""
        data = unwrapped(data, self._tell, self._warn)
        if not data or data.isspace():
            self.fault(1, "", "an empty file", "a row of column names")
            return self._nothing_known()
        header = header_of(data)
        read = read_columns(header, data) if header else {}
        if read:
            rows = np.arange(2, len(read[header[0]]) + 2, dtype=np.int32)
            known = self._known(header)
        else:
            mark = self._delimiter(data)
            header, kept, places = self._records(data, mark)
            if not header:
                return self._nothing_known()
            known = self._known(header)
            read = read_columns(header, rewritten(header, kept))
            rows = np.array(places, np.int32)
        return {name: read[name] for name in known}, rows

    def _nothing_known(self) -> tuple[dict[str, pa.ChunkedArray], Codes]:
        self.reading.miss(self.kind, column_names(self.kind))
        return _nothing()

    def _tell(self, row: int, said: str, expected: str, hint: str) -> None:
        self.fault(row, "", said, expected, hint)

    def _warn(self, row: int, said: str, expected: str, hint: str) -> None:
        self.reading.warnings.append(Fault(self.file, row, "", said, expected, hint, _FORM))

    def _delimiter(self, data: bytes) -> str:
        mark = delimiter(data)
        if mark != ",":
            name = "semicolons" if mark == ";" else "tabs"
            self.fault(1, "", f"cells separated by {name}", "commas", f"{SAVE} (comma delimited)")
        return mark

    def _records(self, data: bytes, mark: str) -> tuple[list[str], list[list[str]], list[int]]:
        """Report every record that cannot be read; return the header, the others and their rows."""
        header: list[str] = []
        kept: list[list[str]] = []
        rows: list[int] = []
        for record in records(data, mark):
            if record.reason:
                self.fault(record.row, "", record.reason, "cells in CSV quoting")
                self.reading.lost.update(_NAMES.findall(record.text))
                if not header:
                    break
            elif not record.cells or (header and len(record.cells) != len(header)):
                text, hint = _width(record.cells, len(header))
                self.fault(record.row, "", text, f"{len(header) or 'some'} cells", hint)
                self.reading.lost.update(_NAMES.findall(" ".join(record.cells)))
            else:
                header = header or [cleaned(cell) for cell in record.cells]
                self._tell_strange(record.row, record.cells, header)
                kept.append([cleaned(cell) for cell in record.cells])
                rows.append(record.row)
        return header, kept[1:], rows[1:]

    def _tell_strange(self, row: int, cells: Sequence[str], header: Sequence[str]) -> None:
        for name, cell in zip(header, cells, strict=True):
            for text, expected in strange(cell):
                self.fault(row, name, text, expected, SAVE if expected == "UTF-8" else "")

    def _known(self, header: Sequence[str]) -> list[str]:
        """Report the faults of a header; return the columns that can be read."""
        fields = columns(self.kind)
        known = [each.name for each in fields]
        doubled = {name: n for name, n in Counter(header).items() if n > 1}
        for name in sorted(doubled):
            self.fault(1, name, f"{doubled[name]} columns of this name", "one", rule=_COLUMNS)
        meant = {self._strange_column(name, known) for name in dict.fromkeys(header)}
        missing = [each.name for each in fields if each.required and each.name not in header]
        for name in missing:
            if name not in meant:
                self.fault(1, name, "no such column", f"the column {name}", rule=_COLUMNS)
        self.reading.miss(self.kind, [*missing, *doubled])
        if QUOTE in header and self.kind in _QUOTED_KINDS:
            self.reading.miss(self.kind, ["passage"])
        return [name for name in header if name not in doubled]

    def _strange_column(self, name: str, known: Sequence[str]) -> str:
        """Report a column that the format does not know; return the name that it may mean."""
        if name in known or name.startswith("_"):
            return ""
        if name == QUOTE and self.kind in _QUOTED_KINDS:
            hint = "run `diaspora-graph seal` to turn quotes into passages"
            self.fault(1, name, name, "a sealed folder", hint, _SEALS)
            return ""
        near = did_you_mean(name.strip().lower(), known)
        text, hint = name or "a column without a name", near or "columns of your own begin with _"
        self.fault(1, name, text, f"a column of {FILES[self.kind]}", hint, _COLUMNS)
        return near.partition("'")[2].partition("'")[0]

    def _rows_of_data(
        self, read: Mapping[str, Cells], rows: Codes
    ) -> tuple[dict[str, Cells], Codes]:
        """Report rows of empty cells and repeated headers; return the other rows."""
        names = list(read)
        if not names:
            return {}, rows
        empty = _rows_that_say(read, [""] * len(names))
        header = _rows_that_say(read, names)
        for row in np.flatnonzero(empty):
            self.fault(int(rows[row]), "", "a row of empty cells", "a row", "delete the row")
        for row in np.flatnonzero(header):
            self.fault(int(rows[row]), "", "the column names again", "a row", "delete the row")
        kept = np.flatnonzero(~(empty | header))
        if len(kept) == len(rows):
            return dict(read), rows
        return {name: column.take(kept) for name, column in read.items()}, rows[kept]


def _nothing() -> tuple[dict[str, pa.ChunkedArray], Codes]:
    return {}, np.zeros(0, np.int32)


def _rows_that_say(read: Mapping[str, Cells], texts: Sequence[str]) -> Mask:
    """Return the rows in which every column has its text."""
    found = np.True_
    for column, text in zip(read.values(), texts, strict=True):
        code = column.code(text)
        if code < 0:
            return np.zeros(len(column), np.bool_)
        found = found & (column.codes == code)
    return np.atleast_1d(found)


def _width(cells: Sequence[str], width: int) -> tuple[str, str]:
    if not cells:
        return "a blank line", "delete the line"
    hint = "a comma inside a cell? put the cell in quotation marks" if len(cells) > width else ""
    return f"{len(cells)} cell{'' if len(cells) == 1 else 's'}", hint

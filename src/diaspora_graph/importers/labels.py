"""The workbook of labels that came back from a native reader → the entities of a dataset folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

import numpy as np

from diaspora_graph.dataset.canonical import csv_text
from diaspora_graph.dataset.columns import Table, cells
from diaspora_graph.dataset.records import FILES
from diaspora_graph.errors import Fault, FileError, did_you_mean
from diaspora_graph.exchange.labels import BETTER, CORRECTED, REMARK, SHEET, columns
from diaspora_graph.importers.result import Import, Repair
from diaspora_graph.importers.worksheets import MOST_CELLS, grids, plain, worksheets
from diaspora_graph.reading.load import examine

_RULE = "labels that came back"
_FIRST = 0
"""The position of the given folder among those that are opened with it."""
_NO_SHEET = f"has no sheet {SHEET!r} as `diaspora-graph export --format labels` writes it"
_THEN = ("check {folder}",)


def prepare(file: Path, folder: Path) -> Import:
    """Return the entities of a folder with the better labels of a workbook, and all faults.

    Every change and every remark is reported. A label that is no longer the one that the reader
    saw is a fault, and so is an id that the folder does not have. Raises `FileError` for a
    workbook that cannot be read or is not one of `export --format labels`, and `DatasetError` for
    a folder with faults.
    """
    data = examine(folder).dataset()
    every = data.tables["entity"]
    back = _Returned(file, every.take(np.flatnonzero(every.folder == _FIRST)))
    for row, values in _sheet(file):
        back.take(row, values)
    found = Import(folder, {}, back.changes, back.faults, what="change", then=_THEN)
    if back.changes and not back.faults:
        text = csv_text(back.table(), data.schema)
        found.texts = {FILES["entity"]: text}
        judged = examine(folder, instead={FILES["entity"]: text.encode()})
        found.faults += judged.faults
    return found


@dataclass
class _Returned:
    """The remarks and labels of a reader, compared with the entities as they are now."""

    file: Path
    entities: Table
    changes: list[Repair] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.row_of = {id: row for row, id in enumerate(self.entities["id"].all())}
        self.labels = {name: list(self.entities[name].all()) for name in CORRECTED}
        self.seen: dict[tuple[str, str], int] = {}

    @property
    def place(self) -> str:
        return f"{self.file.name}:{SHEET}"

    def take(self, row: int, said: Mapping[str, str]) -> None:
        """Process one row of the sheet."""
        id, remark = said["id"], said[REMARK]
        better = {name: said[f"{name}{BETTER}"] for name in CORRECTED if said[f"{name}{BETTER}"]}
        if not better and not remark:
            return
        if id not in self.row_of:
            self._fault(row, "id", id, f"the id of an entity{did_you_mean(id, self.row_of)}")
            return
        if remark:
            self.changes.append(Repair(self.place, row, REMARK, remark, "", f"remark on {id}"))
        for name, text in better.items():
            self._correct(row, id, name, said[name], text)

    def _correct(self, row: int, id: str, name: str, before: str, text: str) -> None:
        at, column = self.row_of[id], f"{name}{BETTER}"
        now = self.labels[name][at]
        if (id, name) in self.seen:
            self._fault(
                row, column, text, f"only one better label; row {self.seen[id, name]} has one too"
            )
        elif now == text:
            pass
        elif now != before:
            self._fault(row, column, text, f"a correction of the label as it is now, {now!r}")
        else:
            self.labels[name][at] = text
            self.changes.append(Repair(self.place, row, name, now, text, f"label of {id}"))
        self.seen.setdefault((id, name), row)

    def _fault(self, row: int, column: str, found: str, expected: str) -> None:
        self.faults.append(Fault(self.place, row, column, found, expected, rule=_RULE))

    def table(self) -> Table:
        """Return the entities with their better labels."""
        better = {name: cells(texts) for name, texts in self.labels.items()}
        old = self.entities
        return Table(old.kind, {**old.columns, **better}, old.folder, old.row, old.extra)


def _sheet(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of the sheet, numbered as a spreadsheet does, by column."""
    looked = worksheets(file)
    if SHEET not in looked:
        raise FileError(file, _NO_SHEET)
    if looked[SHEET].rows * looked[SHEET].columns > MOST_CELLS:
        raise FileError(file, "has a cell far out: delete everything beyond the rows of labels")
    ((_, grid),) = grids(file, [SHEET])
    head = [_text(cell) for cell in grid[0]] if grid else []
    missing = [name for name in columns() if name not in head]
    if missing:
        raise FileError(file, f"{_NO_SHEET}; it lacks {', '.join(missing)}")
    at = {name: head.index(name) for name in columns()}
    for row, values in enumerate(grid[1:], 2):
        yield row, {name: _text(values[place]) for name, place in at.items()}


def _text(cell: object) -> str:
    """Return the text of a cell, with single blanks and composed letters (NFC)."""
    return normalize("NFC", " ".join(plain(cell).split()))

"""The filled template → a dataset folder.

Only what a spreadsheet may have done to a cell is judged here: dates, numbers, formulas, errors.
The rules of the format are for `check`; the words in the column ``quote`` are for `seal`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from diaspora_graph.dataset.records import FILES, Kind, columns
from diaspora_graph.errors import DatasetError, Fault, FileError, did_you_mean
from diaspora_graph.exchange.template import LISTS, README, SHEETS
from diaspora_graph.files import write_text
from diaspora_graph.importers.worksheets import MOST_CELLS, Worksheet, worksheets

_RULE = "cells of the workbook"
_AGAIN = "format the cell as text and type it again"
_MOST_DIGITS = 10**15
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")

Grid = Sequence[Sequence[object]]


def import_xlsx(file: str | Path, folder: str | Path) -> list[Path]:
    """Write the sheets of a filled template as the CSV files of a dataset folder; return these.

    Row n of a sheet is row n of the file. Optional columns in which nothing stands are left out,
    sheets without rows too. Raises `DatasetError` with all faults, each as
    ``file:sheet:row:column``; `FileError` for a workbook that cannot be read and for a folder
    whose files hold rows already (``dataset.csv`` of the same name is replaced).
    """
    source, target = Path(file), Path(folder)
    book = _Book(source)
    texts = book.texts()
    if book.faults:
        raise DatasetError(book.faults)
    for name in FILES.values():
        _spare(target / name, texts.get(name, ""))
    return [write_text(target / name, text) for name, text in texts.items()]


def _spare(path: Path, text: str) -> None:
    """Refuse to write over rows, which may have been sealed or mended since."""
    try:
        before = _records(path.read_text("utf-8")) if path.exists() else []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError(path, f"is there already and cannot be read: {error}") from error
    if len(before) < 2 or before == _records(text):
        return
    if path.name == FILES["dataset"] and text and _named(before) == _named(_records(text)):
        return
    raise FileError(
        path, "holds rows already and is not written over; name a new folder, or move it"
    )


def _records(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def _named(records: Sequence[Sequence[str]]) -> str:
    return dict(zip(records[0], records[1], strict=False)).get("name", "")


@dataclass
class _Book:
    """A workbook being read; what is wrong with its cells goes to ``faults``."""

    path: Path
    faults: list[Fault] = field(default_factory=list)

    def texts(self) -> dict[str, str]:
        """Return the text of each CSV file that has rows, by its name."""
        looked = worksheets(self.path)
        self._strangers(looked)
        found: dict[str, str] = {}
        for name, grid in self._grids(looked):
            if text := _Sheet(self, name, SHEETS[name], looked[name]).text(grid):
                found[FILES[SHEETS[name]]] = text
        if not found and not self.faults:
            self.fault("", 0, "", "no rows", f"rows on one of the sheets {', '.join(SHEETS)}")
        return found

    def _grids(self, looked: Mapping[str, Worksheet]) -> Iterator[tuple[str, Grid]]:
        from python_calamine import CalamineError, load_workbook

        try:
            with load_workbook(self.path) as book:
                for name in SHEETS:
                    if name in looked and self._is_near(name, looked[name]):
                        yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (CalamineError, OSError) as error:
            raise FileError(self.path, f"is no workbook that can be read: {error}") from error

    def _is_near(self, name: str, looked: Worksheet) -> bool:
        """Tell a stray cell far out: the sheet between would take all memory."""
        if looked.rows * looked.columns <= MOST_CELLS:
            return True
        said = f"a cell in row {looked.rows:,}, column {looked.columns:,}"
        self.fault(
            name, looked.rows, "", said, "no cell so far out", "delete what lies beyond your rows"
        )
        return False

    def _strangers(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in {*SHEETS, README, LISTS} and not name.startswith("_"):
                hint = did_you_mean(name, SHEETS) or "sheets of your own begin with _"
                self.fault(name, 0, "", name, f"one of the sheets {', '.join(SHEETS)}", hint)

    def fault(
        self, sheet: str, row: int, column: str, said: str, expected: str, hint: str = ""
    ) -> None:
        place = f"{self.path.name}:{sheet}" if sheet else self.path.name
        self.faults.append(
            Fault(place, row, column, said, expected, hint.removeprefix("; "), _RULE)
        )


class _Sheet:
    """One sheet on its way to one CSV file."""

    def __init__(self, book: _Book, name: str, kind: Kind, looked: Worksheet) -> None:
        self.book = book
        self.name = name
        self.kind = kind
        self.looked = looked
        self.header: list[str] = []

    def text(self, grid: Grid) -> str:
        """Return the CSV, nothing for a sheet without rows."""
        self.header = [_plain(cell) for cell in grid[0]] if grid else []
        odd = {(each.row, each.column): each for each in self.looked.oddities}
        for (row, column), each in odd.items():
            self._fault(row, self._column(column - 1), each.said, "text or a number", each.hint)
        rows = [
            [
                odd[number, at].said if (number, at) in odd else self._cell(number, at, cell)
                for at, cell in enumerate(row, 1)
            ]
            for number, row in enumerate(grid[1:], 2)
        ]
        while rows and not any(rows[-1]):
            rows.pop()
        return self._csv(rows) if rows else ""

    def _csv(self, rows: list[list[str]]) -> str:
        for number, row in enumerate(rows, 2):
            if not any(row):
                self._fault(
                    number, "", "an empty row", "rows one after the other", "delete the row"
                )
        kept = [at for at in range(len(self.header)) if self._is_kept(at, rows)]
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([self.header[at] for at in kept])
        writer.writerows([row[at] for at in kept] for row in rows)
        return out.getvalue()

    def _is_kept(self, at: int, rows: Sequence[Sequence[str]]) -> bool:
        filled = next((number for number, row in enumerate(rows, 2) if row[at]), 0)
        if filled and not self.header[at]:
            said = rows[filled - 2][at]
            self._fault(
                filled,
                self._column(at),
                said,
                "a column with a name",
                "name it, or begin it with _",
            )
        required = {each.name for each in columns(self.kind) if each.required}
        return bool(filled) or self.header[at] in required

    def _column(self, at: int) -> str:
        name = self.header[at] if at < len(self.header) else ""
        return name or f"column {at + 1}"

    def _fault(self, row: int, column: str, said: str, expected: str, hint: str = "") -> None:
        self.book.fault(self.name, row, column, said, expected, hint)

    def _cell(self, row: int, column: int, cell: object) -> str:
        if isinstance(cell, str):
            text = cell.replace("\r\n", "\n")
            if _CONTROLS.search(text):
                self._fault(row, self._column(column - 1), text, "text, tabs and line feeds")
            return text
        said, expected, hint = _refused(cell)
        if expected:
            self._fault(row, self._column(column - 1), said, expected, hint)
            return said
        return _plain(cell)


def _refused(cell: object) -> tuple[str, str, str]:
    """Return why a value of a spreadsheet is not taken: what it says, what was expected, a hint."""
    if isinstance(cell, bool):
        return str(cell).upper(), "text", _AGAIN
    if isinstance(cell, dt.datetime) and cell.time() != dt.time():
        return cell.isoformat(" "), "a date as text", _typed(cell.date())
    if isinstance(cell, dt.date):
        return cell.isoformat()[:10], "a date as text", _typed(cell)
    if isinstance(cell, dt.time | dt.timedelta):
        return str(cell), "text", f"the spreadsheet made a time of it; {_AGAIN}"
    if isinstance(cell, int | float) and abs(cell) >= _MOST_DIGITS:
        hint = f"a spreadsheet keeps 15 digits; {_AGAIN}"
        return f"{cell:.15g}", "at most 15 digits, or text", hint
    return "", "", ""


def _typed(day: dt.date) -> str:
    """Say what to type for a date; its first of a month may be the spreadsheet's invention."""
    whole = day.isoformat()[:10]
    if (day.month, day.day) == (1, 1):
        choice = f"{whole}, or {whole[:7]} or {whole[:4]} if the source says no more"
    elif day.day == 1:
        choice = f"{whole}, or {whole[:7]} if the source names no day"
    else:
        choice = whole
    return f"format the cell as text and type {choice}"


def _plain(cell: object) -> str:
    """Return a cell as text; whole numbers without a point, others as the spreadsheet shows them.

    >>> _plain(2008.0), _plain(0.1 + 0.2), _plain("2008")
    ('2008', '0.3', '2008')
    """
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}"
    return str(cell)

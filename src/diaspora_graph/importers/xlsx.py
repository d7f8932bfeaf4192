"""The filled template → a dataset folder.

This module reads what a spreadsheet may have done to a cell: dates, numbers, formulas, errors,
merged cells. Then `repairs` corrects cells that can mean only one thing, and the rules of the
format report the rest, all at its place in the workbook. The column ``quote`` is for `seal`.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from diaspora_graph.dataset.dataset import SEED
from diaspora_graph.dataset.passages import fingerprint
from diaspora_graph.dataset.records import FILES, SEPARATOR, Kind, columns
from diaspora_graph.errors import Fault, FileError, did_you_mean
from diaspora_graph.exchange.template import LISTS, README, SHEETS
from diaspora_graph.importers.mapping import advice, squeezed
from diaspora_graph.importers.repairs import Repairs, Sheet, column_meant
from diaspora_graph.importers.result import Import, Repair
from diaspora_graph.importers.worksheets import (
    MOST_CELLS,
    Grid,
    Oddity,
    Worksheet,
    grids,
    plain,
    worksheets,
)
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.reading import QUOTE
from diaspora_graph.reading.load import examine, load_dataset
from diaspora_graph.reading.text import long_cells

_SEALED_LATER = {"ids to fill"}
_RULE = "cells of the workbook"
_UNKNOWN = "unknown references"
_AGAIN = "format the cell as text and type it again"
_MOST_DIGITS = 10**15
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f]")


def import_xlsx(file: str | Path, folder: str | Path) -> list[Path]:
    """Write the sheets of a filled template as the CSV files of a dataset folder; return these.

    Cells that can mean only one thing are repaired (see `prepare`). Raises `DatasetError` with
    every fault, except cells that `seal` fills; then nothing is written. `FileError` for a workbook
    that cannot be read and for a folder whose files hold rows already (``dataset.csv`` of the same
    name is replaced).
    """
    return prepare(file, folder).write()


def prepare(file: str | Path, folder: str | Path) -> Import:
    """Read a filled template, repair what needs no guess, and check the rest.

    Empty optional columns are left out, and so are sheets without rows. Faults stand at
    ``file:sheet:row:column``, as in the spreadsheet. Raises `FileError` for a workbook that cannot
    be read or that has no sheet of the template.
    """
    source, target = Path(file), Path(folder)
    book = _Book(source)
    sheets = book.sheets()
    before = _before(target)
    row = next(sheets["dataset"].cells(), before) if "dataset" in sheets else before
    dataset = {name: text.strip() for name, text in row.items()}
    own = target / "ontology"
    schema = load_schema(*([own] if own.is_dir() else []))
    uses = set(dataset.get("uses", "").split(SEPARATOR))
    others = load_dataset() if SEED in uses else None
    repairing = Repairs(source.name, sheets, schema, dataset.get("prefix", ""), others)
    repairs = repairing.run()
    texts = {FILES[kind]: _csv(sheet) for kind, sheet in sheets.items()}
    faults = book.faults
    if sheets:
        judged = _judged(target, repairing, known=uses <= {"", SEED})
        places = {(fault.file, fault.row, fault.column) for fault in faults}
        faults += [each for each in judged if (each.file, each.row, each.column) not in places]
    return Import(target, texts, book.repairs + repairs, faults, _spare)


def _before(target: Path) -> Mapping[str, str]:
    """Return the row of ``dataset.csv`` that the folder already has."""
    try:
        records = _records((target / FILES["dataset"]).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
    return dict(zip(*records[:2], strict=False)) if len(records) > 1 else {}


def _judged(target: Path, repairing: Repairs, *, known: bool) -> Iterator[Fault]:
    """Yield the faults that the rules would find once the quotes of the folder are sealed.

    ``known``: whether all used datasets are available; else unknown names are not reported.
    """
    sheets = repairing.sheets
    instead = {FILES[kind]: _csv(_sealed(sheet)).encode() for kind, sheet in sheets.items()}
    home = {f"{target}/{FILES[kind]}": sheet for kind, sheet in sheets.items()}
    for fault in examine(target, instead=instead).faults:
        if fault.rule in _SEALED_LATER or (not known and fault.rule == _UNKNOWN):
            continue
        sheet = home.get(fault.file)
        if sheet:
            row = sheet.numbers[fault.row - 2] if fault.row > 1 else fault.row
            hint = fault.hint
            if fault.rule == _UNKNOWN and sheet.kind != "dataset":
                hint = repairing.hint(fault.said) or hint
            yield replace(fault, file=f"{repairing.book}:{sheet.name}", row=row, hint=hint)
        else:
            yield fault


def _sealed(sheet: Sheet) -> Sheet:
    """Return a sheet as `seal` will leave it: passages for quotes."""
    quote, passage = sheet.at(QUOTE), sheet.at("passage")
    if quote < 0 or passage < 0:
        return sheet
    rows = []
    for row in sheet.rows:
        parts = row[quote].split(SEPARATOR)
        found = SEPARATOR.join(map(fingerprint, parts)) if row[quote] else row[passage]
        changed = [*row]
        changed[passage] = found
        rows.append(changed[:quote] + changed[quote + 1 :])
    header = sheet.header[:quote] + sheet.header[quote + 1 :]
    return replace(sheet, header=header, rows=rows)


def _csv(sheet: Sheet) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    return out.getvalue()


def _spare(path: Path, text: str) -> None:
    """Refuse to overwrite rows, which may have been sealed or repaired since."""
    try:
        before = _records(path.read_text("utf-8")) if path.exists() else []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FileError(path, f"exists already and cannot be read: {error}") from error
    if len(before) < 2 or before == _records(text):
        return
    if path.name == FILES["dataset"] and text and _named(before) == _named(_records(text)):
        return
    raise FileError(
        path, "holds rows already and is not overwritten; name a new folder, or move it"
    )


def _records(text: str) -> list[list[str]]:
    with long_cells():
        return list(csv.reader(io.StringIO(text, newline="")))


def _named(records: Sequence[Sequence[str]]) -> str:
    return dict(zip(records[0], records[1], strict=False)).get("name", "")


@dataclass
class _Book:
    """A workbook being read; faults of its cells go to ``faults``."""

    path: Path
    faults: list[Fault] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)

    def sheets(self) -> dict[Kind, Sheet]:
        """Return the sheets that have rows, by the kind of these."""
        looked = worksheets(self.path)
        ours = self._ours(looked)
        found: dict[Kind, Sheet] = {}
        for name, kind, grid in self._grids(looked, ours):
            sheet = _Reader(self, name, kind, looked[name]).sheet(grid)
            if sheet:
                found[kind] = sheet
        if not found and not self.faults:
            self.fault("", 0, "", "no rows", f"rows on one of the sheets {', '.join(SHEETS)}")
        return {kind: found[kind] for kind in FILES if kind in found}

    def _ours(self, looked: Mapping[str, Worksheet]) -> dict[str, Kind]:
        """Return the sheets of the template by their names, ignoring capitals and blanks."""
        ours = {name: SHEETS[name] for name in looked if name in SHEETS}
        for name in looked:
            kind = _sheet_meant(name)
            if kind and kind not in ours.values():
                ours[name] = kind
                became = FILES[kind].removesuffix(".csv")
                self.repair(name, 0, "", name, became, "a sheet of the template")
        unknown = [
            name
            for name in looked
            if name not in {*ours, README, LISTS} and not name.startswith("_")
        ]
        if not ours:
            headers = self._headers(unknown)
            raise FileError(self.path, advice(headers, "diaspora-graph template FOLDER"))
        for name in unknown:
            self._stranger(name, looked[name])
        return ours

    def _stranger(self, name: str, looked: Worksheet) -> None:
        hint = did_you_mean(name.lower(), SHEETS)
        if hint:
            self.fault(name, 0, "", name, f"one of the sheets {', '.join(SHEETS)}", hint)
        elif looked.rows:
            self.repair(name, 0, "", name, "", "not a sheet of the template: left out")

    def _headers(self, names: Iterable[str]) -> dict[str, list[str]]:
        return {
            name: [plain(cell).strip() for cell in grid[0]] if grid else []
            for name, grid in grids(self.path, names)
        }

    def _grids(
        self, looked: Mapping[str, Worksheet], ours: Mapping[str, Kind]
    ) -> Iterator[tuple[str, Kind, Grid]]:
        near = [name for name in ours if self._is_near(name, looked[name])]
        for name, grid in grids(self.path, near):
            yield name, ours[name], grid

    def _is_near(self, name: str, looked: Worksheet) -> bool:
        """Report a stray cell far out: the empty sheet up to it would take all memory."""
        if looked.rows * looked.columns <= MOST_CELLS:
            return True
        text = f"a cell in row {looked.rows:,}, column {looked.columns:,}"
        self.fault(
            name,
            looked.rows,
            "",
            text,
            "no cell that far out",
            "delete everything beyond your rows",
        )
        return False

    def fault(
        self, sheet: str, row: int, column: str, said: str, expected: str, hint: str = ""
    ) -> None:
        place = f"{self.path.name}:{sheet}" if sheet else self.path.name
        self.faults.append(
            Fault(place, row, column, said, expected, hint.removeprefix("; "), _RULE)
        )

    def repair(self, sheet: str, row: int, column: str, said: str, became: str, why: str) -> None:
        self.repairs.append(Repair(f"{self.path.name}:{sheet}", row, column, said, became, why))


def _sheet_meant(name: str) -> Kind | None:
    """Return the kind of rows on a sheet by its name, ignoring capitals and blanks."""
    if name in SHEETS:
        return None
    for ours, kind in SHEETS.items():
        if squeezed(name) in {squeezed(ours), squeezed(kind)}:
            return kind
    return None


class _Reader:
    """Reads one sheet into texts."""

    def __init__(self, book: _Book, name: str, kind: Kind, looked: Worksheet) -> None:
        self.book = book
        self.name = name
        self.kind = kind
        self.looked = looked
        self.header: list[str] = []

    def sheet(self, grid: Grid) -> Sheet | None:
        """Return the rows of the sheet, nothing if it has none."""
        cells = [list(row) for row in grid]
        self.header = self._titles(cells[0]) if cells else []
        self._spread(cells)
        odd = {(each.row, each.column): each for each in self.looked.oddities}
        rows: list[list[str]] = []
        numbers: list[int] = []
        for number, row in enumerate(cells[1:], 2):
            texts = [
                self._odd(odd[number, at], row)
                if (number, at) in odd
                else self._cell(number, at, cell)
                for at, cell in enumerate(row, 1)
            ]
            if any(text.strip() for text in texts):
                rows.append(texts)
                numbers.append(number)
            elif number < self.looked.rows:
                self._repair(number, "", "an empty row", "", "left out")
        return self._kept(rows, numbers) if rows else None

    def _titles(self, cells: Sequence[object]) -> list[str]:
        """Return the names of the columns, corrected where only capitals and blanks differ."""
        titles = [plain(cell) for cell in cells]
        known = {each.name for each in columns(self.kind)} | {QUOTE}
        for at, title in enumerate(titles):
            name = column_meant(title, self.kind, titles)
            if title not in known and name:
                self._repair(1, "", title, name, "a column of the format")
                titles[at] = name
        return titles

    def _spread(self, cells: list[list[object]]) -> None:
        """Give each row of merged cells their common value, as spreadsheets show it."""
        for merged in self.looked.merged:
            value = _at(cells, merged.first_row, merged.first_column)
            if value == "" or merged.first_row > len(cells):
                continue
            column = self._column(merged.first_column - 1)
            down = merged.first_column == merged.last_column and merged.first_row > 1
            if not down or column == "id":
                self._fault(
                    merged.first_row,
                    column,
                    f"merged cells {merged.name}",
                    "one cell for each value",
                    "unmerge them and type the value into each cell that it is meant for",
                )
                continue
            place, last = merged.first_column, min(merged.last_row, len(cells))
            shown = self.looked.shown.get((merged.first_row, place))
            filled = 0
            for number in range(merged.first_row + 1, last + 1):
                row = cells[number - 1]
                if any(cell != "" for cell in row):
                    row[place - 1] = value
                    filled += 1
                    if shown:
                        self.looked.shown[number, place] = shown
            if filled:
                text = f"merged cells {merged.name}"
                why = f"its value is copied to each row from {merged.first_row} to {last}"
                self._repair(merged.first_row, column, text, plain(value), why)

    def _odd(self, each: Oddity, row: Sequence[object]) -> str:
        """Report a cell with another value than it shows; a percentage keeps the shown value."""
        column = self._column(each.column - 1)
        unit = self.header.index("unit") if "unit" in self.header else len(row)
        shown = each.said.removesuffix(" %")
        if (
            shown != each.said
            and column in {"value", "value_high"}
            and unit < len(row)
            and squeezed(plain(row[unit])) == "percent"
        ):
            self._repair(each.row, column, each.said, shown, "the unit is percent")
            return shown
        self._fault(each.row, column, each.said, "text or a number", each.hint)
        return each.said

    def _kept(self, rows: list[list[str]], numbers: list[int]) -> Sheet:
        """Return the sheet with its filled columns and those that the format requires."""
        kept = [at for at in range(len(self.header)) if self._is_kept(at, rows, numbers)]
        required = [each.name for each in columns(self.kind) if each.required]
        added = [name for name in required if name not in self.header]
        for name in added:
            self._repair(1, name, "no such column", "", "added, empty: the format requires it")
        header = [*(self.header[at] for at in kept), *added]
        texts = [[*(row[at] for at in kept), *("" for _ in added)] for row in rows]
        return Sheet(self.name, self.kind, header, texts, numbers)

    def _is_kept(self, at: int, rows: Sequence[Sequence[str]], numbers: Sequence[int]) -> bool:
        filled = next((place for place, row in enumerate(rows) if row[at].strip()), -1)
        if filled >= 0 and not self.header[at]:
            hint = "give it a name, or begin its name with _"
            text = rows[filled][at]
            self._fault(numbers[filled], self._column(at), text, "a column with a name", hint)
        required = {each.name for each in columns(self.kind) if each.required}
        return filled >= 0 or self.header[at] in required

    def _column(self, at: int) -> str:
        name = self.header[at] if at < len(self.header) else ""
        return name or f"column {at + 1}"

    def _fault(self, row: int, column: str, said: str, expected: str, hint: str = "") -> None:
        self.book.fault(self.name, row, column, said, expected, hint)

    def _repair(self, row: int, column: str, said: str, became: str, why: str) -> None:
        self.book.repair(self.name, row, column, said, became, why)

    def _cell(self, row: int, column: int, cell: object) -> str:
        name = self._column(column - 1)
        if isinstance(cell, str):
            text = cell.replace("\r\n", "\n")
            if _CONTROLS.search(text):
                self._fault(row, name, text, "text, tabs and line feeds")
            return text
        if isinstance(cell, dt.date) and not name.startswith("_"):
            return self._date(row, name, cell, self.looked.shown.get((row, column), "day"))
        refused, expected, hint = _refused(cell)
        if expected and not name.startswith("_"):
            self._fault(row, name, refused, expected, hint)
            return refused
        return plain(cell)

    def _date(self, row: int, name: str, cell: dt.date, shown: str) -> str:
        """Return the part of a date that its cell shows, without what the spreadsheet added."""
        text = cell.isoformat()[:10]
        if shown == "no year":
            hint = "format the cell as text and type the year too"
            self._fault(row, name, text, "a date whose year the cell shows", hint)
            return text
        became = text[: {"day": 10, "month": 7, "year": 4}[shown]]
        why = "as far as the cell shows it"
        if isinstance(cell, dt.datetime) and cell.time() != dt.time():
            why = "without the time of day"
        self._repair(
            row,
            name,
            f"a date of the spreadsheet, {str(cell).removesuffix(' 00:00:00')}",
            became,
            why,
        )
        return became


def _at(cells: Sequence[Sequence[object]], row: int, column: int) -> object:
    inside = row <= len(cells) and column <= len(cells[row - 1])
    return cells[row - 1][column - 1] if inside else ""


def _refused(cell: object) -> tuple[str, str, str]:
    """Return why a value is not accepted: its text, what was expected, a hint."""
    if isinstance(cell, bool):
        return str(cell).upper(), "text", _AGAIN
    if isinstance(cell, dt.time | dt.timedelta):
        return str(cell), "text", f"the spreadsheet turned it into a time; {_AGAIN}"
    if isinstance(cell, int | float) and abs(cell) >= _MOST_DIGITS:
        hint = f"a spreadsheet keeps 15 digits; {_AGAIN}"
        return f"{cell:.15g}", "at most 15 digits, or text", hint
    return "", "", ""

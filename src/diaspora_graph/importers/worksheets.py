"""The parts of a workbook that its values do not show: formulas, errors, percents, merged cells.

calamine reads formulas without a value and errors as empty cells, 25 % as 0.25, a full date even
where the cell shows only the month, and only the first of merged cells. This module reads the XML
of the sheets first, cell by cell and without expanding anything.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from diaspora_graph.errors import FileError

MOST_CELLS = 20_000_000
"""A sheet with a cell beyond this has a stray cell; reading it would take all memory."""

MOST_BYTES = 1 << 30
"""A workbook that is larger than this when unpacked is not read."""

Grid = Sequence[Sequence[object]]
"""The values of a sheet, by row and column; an empty cell is an empty text."""

_STYLES = "xl/styles.xml"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PERCENT_FORMATS = {9, 10}
_DATE_FORMATS = {14: "day", 15: "day", 16: "no year", 17: "month", 22: "day"}
_NO_DATES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Oddity:
    """A cell that does not hold what it shows; row and column count from 1."""

    row: int
    column: int
    said: str
    hint: str


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that were merged into one; rows and columns count from 1."""

    name: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers of the cell styles that show another value than the cell holds."""

    percents: frozenset[str] = frozenset()
    dates: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Worksheet:
    """The size of a sheet, and the unusual cells in it."""

    rows: int = 0
    columns: int = 0
    oddities: list[Oddity] = field(default_factory=list)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    """The part of its date that a cell shows, by row and column: day, month, year or no year."""
    merged: list[Merged] = field(default_factory=list)


def worksheets(path: Path) -> dict[str, Worksheet]:
    """Look through a workbook and return its sheets by name.

    Raises `FileError` for a file that is not a workbook, is damaged, protected or unsafe.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise FileError(path, f"is larger than {MOST_BYTES:,} bytes when unpacked")
            styles = _styles(parts)
            return {name: _Sheet(styles).read(parts.open(part)) for name, part in _sheets(parts)}
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, KeyError, ET.ParseError, expat.ExpatError, ValueError) as error:
        reason = "is not a workbook that can be read: save it as .xlsx without a password"
        raise FileError(path, f"{reason} ({error})") from error


def grids(path: Path, names: Iterable[str]) -> Iterator[tuple[str, Grid]]:
    """Yield the values of some sheets, row by row, with the names of the sheets.

    The sheets are read whole: ask `worksheets` for their size before. Raises `FileError`.
    """
    from python_calamine import CalamineError, load_workbook

    try:
        with load_workbook(path) as book:
            for name in names:
                yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise FileError(path, f"is not a workbook that can be read: {error}") from error


def plain(cell: object) -> str:
    """Return a value as text; whole numbers without a point, others as the spreadsheet shows them.

    >>> plain(2008.0), plain(0.1 + 0.2), plain("2008")
    ('2008', '0.3', '2008')
    """
    if isinstance(cell, float):
        return f"{Decimal(f'{cell:.15g}'):f}"
    return str(cell)


def _tree(parts: zipfile.ZipFile, part: str) -> ET.Element:
    """Return a small part of a workbook, in which a document type is refused."""
    data = parts.read(part)
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _refuse
    guard.Parse(data, True)  # noqa: FBT003 (expat takes it by position only)
    return ET.fromstring(data)  # noqa: S314 (guarded)


def _refuse(*_: object) -> None:
    raise ValueError("it declares a document type")


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the part of each sheet."""
    relations = _tree(parts, "xl/_rels/workbook.xml.rels")
    target = {each.get("Id", ""): each.get("Target", "") for each in relations}
    for sheet in _tree(parts, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        relation = next(text for name, text in sheet.items() if name.endswith("}id"))
        part = posixpath.normpath(posixpath.join("/xl", target[relation]))
        yield sheet.get("name", ""), part.lstrip("/")


def _styles(parts: zipfile.ZipFile) -> Styles:
    """Return the styles that show 0.25 as 25 %, and the part of a date that others show."""
    if _STYLES not in parts.namelist():
        return Styles()
    styles = _tree(parts, _STYLES)
    codes = {
        int(each.get("numFmtId", 0)): each.get("formatCode", "")
        for each in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    formats = {
        str(number): int(each.get("numFmtId", 0))
        for number, each in enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    }
    percents = {
        n for n, id in formats.items() if id in _PERCENT_FORMATS or "%" in codes.get(id, "")
    }
    dates = {n: _DATE_FORMATS.get(id) or _shown_of(codes.get(id, "")) for n, id in formats.items()}
    return Styles(frozenset(percents), {n: shown for n, shown in dates.items() if shown})


def _shown_of(code: str) -> str:
    """Return the part of a date that a format shows, nothing for formats of numbers or times.

    >>> _shown_of("yyyy-mm-dd"), _shown_of("mmm yyyy"), _shown_of("d mmm"), _shown_of("0.00")
    ('day', 'month', 'no year', '')
    """
    letters = set(_NO_DATES.sub("", code).lower().partition(";")[0])
    if "y" in letters or ("e" in letters and "m" in letters):
        return "day" if "d" in letters else "month" if "m" in letters else "year"
    return "no year" if "d" in letters else ""


class _Sheet:
    """Reads the XML of one sheet as a stream of cells."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.found = Worksheet()
        self.row = 0
        self.column = 0
        self.cell: dict[str, str] = {}
        self.value = ""
        self.inside = ""
        self.has_formula = self.has_value = False

    def read(self, file: IO[bytes]) -> Worksheet:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        with file:
            parser.ParseFile(file)
        return self.found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside = name.rpartition(":")[2]
        if self.inside == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
        elif self.inside == "c":
            self._begin(attributes)
        elif self.inside == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif self.inside == "f":
            self.has_formula = True
        elif self.inside == "v":
            self.has_value = True

    def _merge(self, name: str) -> None:
        first, _, last = name.replace("$", "").partition(":")
        begin, end = _CELL.fullmatch(first), _CELL.fullmatch(last)
        if begin and end:
            columns = _number(begin[1]), _number(end[1])
            rows = int(begin[2]), int(end[2])
            self.found.merged.append(Merged(name, rows[0], columns[0], rows[1], columns[1]))

    def _begin(self, attributes: dict[str, str]) -> None:
        place = _CELL.fullmatch(attributes.get("r", ""))
        self.column = _number(place[1]) if place else self.column + 1
        self.row = int(place[2]) if place else self.row
        self.cell, self.value = attributes, ""
        self.has_formula = self.has_value = False

    def _text(self, text: str) -> None:
        if self.inside == "v":
            self.value += text

    def _end(self, name: str) -> None:
        self.inside = ""
        if name.rpartition(":")[2] == "c":
            self._judge()

    def _judge(self) -> None:
        kind = self.cell.get("t", "n")
        if self.has_formula or self.has_value or kind == "inlineStr":
            self.found.rows = max(self.found.rows, self.row)
            self.found.columns = max(self.found.columns, self.column)
        if kind == "e":
            self._odd(self.value or "an error", "repair the formula, or type the value")
        elif self.has_formula and not self.value and not (kind == "str" and self.has_value):
            self._odd(
                "a formula without a value", "open and save the workbook once, or type the value"
            )
        elif kind in {"n", "d"} and self.value and self.cell.get("s") in self.styles.dates:
            shown = self.styles.dates[self.cell["s"]]
            self.found.shown[self.row, self.column] = shown
        elif kind == "n" and self.value and self.cell.get("s") in self.styles.percents:
            shown = f"{float(self.value) * 100:.12g}"
            self._odd(
                f"{shown} %", f"format the cell as text and type {shown}, with the unit percent"
            )

    def _odd(self, said: str, hint: str) -> None:
        self.found.oddities.append(Oddity(self.row, self.column, said, hint))


def _number(letters: str) -> int:
    """Return the number of a column by its letters.

    >>> _number("A"), _number("AB")
    (1, 28)
    """
    total = 0
    for letter in letters:
        total = total * 26 + ord(letter) - 64
    return total

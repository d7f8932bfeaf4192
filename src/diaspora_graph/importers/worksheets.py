"""What a workbook holds that its values do not show: formulas without a value, errors, percents.

calamine reads the first two as empty cells and 25 % as 0.25. This looks into the sheets' own XML,
cell by cell and without expanding anything, before calamine does.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET
from xml.parsers import expat

from diaspora_graph.errors import FileError

MOST_CELLS = 20_000_000
"""A sheet whose last cell lies further out has a stray cell; reading it would take all memory."""

MOST_BYTES = 1 << 30
"""A workbook that is larger than this when unpacked is not read."""

_STYLES = "xl/styles.xml"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PERCENT_FORMATS = {9, 10}


@dataclass(frozen=True, slots=True)
class Oddity:
    """A cell that does not hold what it shows; row and column count from 1."""

    row: int
    column: int
    said: str
    hint: str


@dataclass
class Worksheet:
    """How far a sheet reaches, and the odd cells in it."""

    rows: int = 0
    columns: int = 0
    oddities: list[Oddity] = field(default_factory=list)


def worksheets(path: Path) -> dict[str, Worksheet]:
    """Look through a workbook and return its sheets by name.

    Raises `FileError` for what is no workbook, is damaged or protected, or is a trap.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
                raise FileError(path, f"is larger than {MOST_BYTES:,} bytes when unpacked")
            percents = _percent_styles(parts)
            return {name: _Sheet(percents).read(parts.open(part)) for name, part in _sheets(parts)}
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error
    except (zipfile.BadZipFile, KeyError, ET.ParseError, expat.ExpatError, ValueError) as error:
        reason = "is no workbook that can be read: save it as .xlsx without a password"
        raise FileError(path, f"{reason} ({error})") from error


def _tree(parts: zipfile.ZipFile, part: str) -> ET.Element:
    """Return a small part of a workbook, in which a document type is refused."""
    data = parts.read(part)
    guard = expat.ParserCreate()
    guard.StartDoctypeDeclHandler = _refuse
    guard.Parse(data, True)  # noqa: FBT003 (expat takes it by position only)
    return ET.fromstring(data)  # noqa: S314 (guarded)


def _refuse(*_: object) -> None:
    raise ValueError("a document type is declared in it")


def _sheets(parts: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name and the part of each sheet."""
    relations = _tree(parts, "xl/_rels/workbook.xml.rels")
    target = {each.get("Id", ""): each.get("Target", "") for each in relations}
    for sheet in _tree(parts, "xl/workbook.xml").iterfind("{*}sheets/{*}sheet"):
        relation = next(text for name, text in sheet.items() if name.endswith("}id"))
        part = posixpath.normpath(posixpath.join("/xl", target[relation]))
        yield sheet.get("name", ""), part.lstrip("/")


def _percent_styles(parts: zipfile.ZipFile) -> set[str]:
    """Return the numbers of the cell styles that show 0.25 as 25 %."""
    if _STYLES not in parts.namelist():
        return set()
    styles = _tree(parts, _STYLES)
    own = {
        int(each.get("numFmtId", 0))
        for each in styles.iterfind("{*}numFmts/{*}numFmt")
        if "%" in each.get("formatCode", "")
    }
    formats = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    return {
        str(number)
        for number, each in formats
        if int(each.get("numFmtId", 0)) in own | _PERCENT_FORMATS
    }


class _Sheet:
    """Reads the XML of one sheet as a stream of cells."""

    def __init__(self, percents: set[str]) -> None:
        self.percents = percents
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
        elif self.inside == "f":
            self.has_formula = True
        elif self.inside == "v":
            self.has_value = True

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
            self._odd(self.value or "an error", "mend the formula, or type the value")
        elif self.has_formula and not self.value and not (kind == "str" and self.has_value):
            self._odd(
                "a formula without a value", "open and save the workbook once, or type the value"
            )
        elif kind == "n" and self.value and self.cell.get("s") in self.percents:
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

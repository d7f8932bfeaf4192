"""A folder to start from: a workbook with one sheet for each file, and the files as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from diaspora_graph.dataset.dataset import SEED
from diaspora_graph.dataset.records import FILES, FORMAT, RECORDS, Field, Kind, columns
from diaspora_graph.errors import FileError
from diaspora_graph.exchange.guidance import QUOTE as QUOTE_NOTE
from diaspora_graph.exchange.guidance import note
from diaspora_graph.exchange.workbook import workbook
from diaspora_graph.files import write_bytes, write_text
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.reading import QUOTE

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

WORKBOOK = "template.xlsx"
README = "read me"
LISTS = "lists"

SHEETS: Mapping[str, Kind] = {name.removesuffix(".csv"): kind for kind, name in FILES.items()}
"""The sheets of the workbook that hold rows, by name: one for each file of a dataset folder."""

_LAST_ROW = 1_048_575

_WORDS = """\
A workbook for coding sources

Each sheet is one file of a dataset; each row is one thing or one claim; the first row names the
columns. Dark names must be filled, light ones may stay empty. Point at a name to read what belongs
there.

Every cell is text: what you type stays as you typed it, also a date such as 2019-06. When you
paste, paste values only.

1. dataset: one row. Say who you are and under which licence your data may be used.

2. sources: the documents that you read, one row each.

3. entities: the actors, policies, issues and places that the shipped data does not have yet;
`diaspora-graph find NAME` says whether it does.

4. statements: who does what to whom, one row for each source that says so. Copy the words of the
source into the column quote.

5. observations: numbers, dates and levels. codings: answers to the policy questions. The other
sheets are for further names, doubts and exclusions.

Ids that you define begin with the prefix in the sheet dataset and a colon; ids of the shipped data
have no prefix. You may leave the ids of claims empty. Columns and sheets whose names begin
with _ are yours and are ignored.

When you are done: `diaspora-graph import xlsx template.xlsx -o FOLDER`, then `diaspora-graph seal
FOLDER --source-text ID=FILE` and `diaspora-graph check FOLDER`.
"""
"""The first sheet, one paragraph a row."""


def write_template(
    folder: str | Path, schema: Schema | None = None, *, name: str = ""
) -> list[Path]:
    """Write a folder to start from and return its files: ``template.xlsx`` and the CSV files.

    ``name`` is the name of the dataset and the prefix of its ids, by default that of the folder;
    ``schema`` gives the drop-down lists, the shipped ontology if not given. Cells that only the
    researcher can fill (creator, licence) stay empty, and `check` asks for them. The same name
    gives the same bytes. Raises `FileError`, also if one of the files is there already.
    """
    place = Path(folder)
    schema = schema or load_schema()
    slug = _slug(name or place.resolve().name)
    for file in (WORKBOOK, *FILES.values()):
        if (place / file).exists():
            raise FileError(
                place / file, "exists already and is not overwritten; name a new folder"
            )
    rows = {"dataset": [_dataset_row(slug, schema)]}
    texts = {FILES[kind]: _csv(kind, rows.get(kind, [])) for kind in RECORDS}
    template = workbook(lambda book: _fill(book, schema, rows))
    written = [write_text(place / file, text) for file, text in texts.items()]
    return [write_bytes(place / WORKBOOK, template), *written]


def _slug(name: str) -> str:
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "my-data"


def _dataset_row(slug: str, schema: Schema) -> Mapping[str, str]:
    return {
        "name": slug,
        "prefix": slug,
        "namespace": f"https://example.org/{slug}/",
        "version": "0.1.0",
        "format": str(FORMAT),
        "ontology": schema.version,
        "uses": SEED,
    }


def _csv(kind: Kind, rows: Sequence[Mapping[str, str]]) -> str:
    out = io.StringIO(newline="")
    names = [field.name for field in columns(kind)]
    writer = csv.DictWriter(out, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _fill(book: Workbook, schema: Schema, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> None:
    looks = _Looks(book)
    _read_me(book.add_worksheet(README), looks)
    sheets = {kind: book.add_worksheet(name) for name, kind in SHEETS.items()}
    lists = _Lists(book.add_worksheet(LISTS), schema)
    for kind, sheet in sheets.items():
        _sheet(sheet, kind, rows.get(kind, []), looks, lists)
    lists.sheet.hide()


class _Looks:
    """The formats of cells; all of them are text ('@'), so that Excel changes nothing."""

    def __init__(self, book: Workbook) -> None:
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.prose = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.title = book.add_format({"num_format": "@", "bold": True, "font_size": 14})
        head = {"num_format": "@", "bold": True, "valign": "top", "bottom": 1}
        self.required = book.add_format({**head, "bg_color": "#1F3864", "font_color": "#FFFFFF"})
        self.optional = book.add_format({**head, "bg_color": "#DDE5F2", "font_color": "#111111"})


def _read_me(sheet: Worksheet, looks: _Looks) -> None:
    sheet.set_column(0, 0, 110, looks.prose)
    for row, paragraph in enumerate(_WORDS.split("\n\n")):
        text = " ".join(paragraph.split())
        sheet.write_string(row, 0, text, looks.prose if row else looks.title)


class _Lists:
    """The hidden sheet of the words to choose from; each list is a column."""

    def __init__(self, sheet: Worksheet, schema: Schema) -> None:
        self.sheet = sheet
        self.schema = schema
        self.ranges: dict[tuple[str, ...], str] = {}

    def range_of(self, kind: Kind, field: Field) -> str:
        """Return the range of the words that a column takes, nothing if it takes any text."""
        words = tuple(self._words(kind, field))
        if words and words not in self.ranges:
            from xlsxwriter.utility import xl_col_to_name

            number = len(self.ranges)
            self.sheet.write_column(0, number, words)
            letters = xl_col_to_name(number)
            self.ranges[words] = f"={LISTS}!${letters}$1:${letters}${len(words)}"
        return self.ranges.get(words, "")

    def _words(self, kind: Kind, field: Field) -> Iterator[str]:
        if field.holds == "word":
            yield from self.schema.words(field.what)
        elif field.what == "class":
            for name, term in self.schema.classes.items():
                if (term.recorded_as or "entity") == kind and not term.deprecated:
                    yield name
        elif field.holds == "term":
            yield from (
                name for name, term in self.schema.terms(field.what).items() if not term.deprecated
            )


def _sheet(
    sheet: Worksheet, kind: Kind, rows: Sequence[Mapping[str, str]], looks: _Looks, lists: _Lists
) -> None:
    sheet.freeze_panes(1, 0)
    for number, field in enumerate(_fields(kind)):
        sheet.set_column(number, number, _width(field), looks.text)
        sheet.write_string(
            0, number, field.name, looks.required if field.filled else looks.optional
        )
        words = QUOTE_NOTE if field.name == QUOTE else note(kind, field, lists.schema)
        sheet.write_comment(0, number, words, _comment(words))
        for row, cells in enumerate(rows, 1):
            if cells.get(field.name):
                sheet.write_string(row, number, cells[field.name], looks.text)
        listed = "" if field.name == QUOTE else lists.range_of(kind, field)
        if listed:
            sheet.data_validation(1, number, _LAST_ROW, number, _choice(field, listed))


def _fields(kind: Kind) -> Iterator[Field]:
    """Yield the columns of a sheet: those of the file, and ``quote`` if there is a passage."""
    for field in columns(kind):
        yield field
        if field.name == "passage":
            yield Field(QUOTE, "text", "", required=False, filled=False, many=False)


def _width(field: Field) -> int:
    if field.name in {QUOTE, "title", "description", "gist", "note"}:
        return 40
    return (
        24 if field.holds in {"id", "reference", "term"} or field.name.startswith("label") else 14
    )


def _comment(words: str) -> dict[str, Any]:
    lines = sum(1 + len(line) // 55 for line in words.split("\n"))
    return {"author": "diaspora-graph", "width": 380, "height": 18 * lines + 12, "font_size": 9}


def _choice(field: Field, listed: str) -> dict[str, Any]:
    """Offer the words and warn of others, which the user's own ontology may have."""
    return {
        "validate": "list",
        "source": listed,
        "error_type": "warning",
        "error_title": f"{field.name}: not in the list",
        "error_message": "The ontology has no such word. Keep it only if your own ontology has it.",
    }

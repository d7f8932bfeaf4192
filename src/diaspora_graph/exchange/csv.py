"""Tables to read in a spreadsheet: entities, relations and statements with labels for ids.

They are for reading and for statistics; the dataset itself is the folder of `write_dataset`.
The files begin with a mark by which Excel recognises UTF-8, and a cell that a spreadsheet would
read as a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR, column_names
from diaspora_graph.dates import DateError, days_said
from diaspora_graph.exchange.drawable import DrawnEdge, drawn_edges
from diaspora_graph.files import write_text

Row = Sequence[str | int | None]

_MARK = "\ufeff"
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")

_RELATION = (
    "subject", "subject_label", "predicate", "predicate_label", "object", "object_label",
    "affirming", "denying", "withdrawn", "first_year", "last_year", "confidence", "sources",
    "statements",
)  # fmt: skip
_LISTED = ("about", "means", "cited")
_STATEMENT = (
    "id", "subject_label", "predicate_label", "object_label", "polarity", "about_labels",
    "means_labels", "valid", "first_year", "last_year", "gist", "citation", "locator",
    "cited_labels", "confidence", "certainty", "status", "flags", "conflict_group", "note",
    "subject", "predicate", "object", "source",
)  # fmt: skip


def write(data: Dataset, folder: str | Path) -> list[Path]:
    """Write the tables ``table_*.csv`` into a folder and return their paths.

    ``table_relations.csv`` has one row for each subject, predicate and object: how many statements
    affirm, deny or were withdrawn (corrected or deprecated), the first and last year of those
    that affirm, their highest confidence, and the sources of all.
    ``table_dataset.csv`` has the name and version of the data. Raises `FileError`.
    """
    edges = list(drawn_edges(data))
    labels = _labels(data)
    tables: dict[str, tuple[Sequence[str], Iterable[Row]]] = {
        "dataset": (("name", "version", "licence", "creator", "digest"), _datasets(data)),
        "entities": ((*column_names("entity"), "type_label"), _entities(data)),
        "relations": (_RELATION, _relations(data, edges, labels)),
        "statements": (_STATEMENT, _statements(data, edges, labels)),
    }
    place = Path(folder)
    return [
        write_text(place / f"table_{name}.csv", _text(header, rows))
        for name, (header, rows) in tables.items()
    ]


def _text(header: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return _MARK + out.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe comes first if needed.

    >>> guarded("=1+1"), guarded("@committee"), guarded("-0100/0020"), guarded("-3.5")
    ("'=1+1", "'@committee", '-0100/0020', '-3.5')
    """
    if not _FORMULA.match(cell) or _NUMBER.fullmatch(cell):
        return cell
    try:
        days_said(cell)
    except DateError:
        return f"'{cell}"
    return cell


def _datasets(data: Dataset) -> Iterator[Row]:
    whole = digest(data)
    for each in data.datasets():
        yield each.name, each.version, each.licence, each.creator, whole


def _labels(data: Dataset) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for kind, column in (("source", "title"), ("entity", "label_en")):
        table = data.tables[kind]  # type: ignore[index]
        found |= zip(table["id"].all(), table[column].all(), strict=True)
    return found


def _entities(data: Dataset) -> Iterator[Row]:
    table = data.tables["entity"]
    types = [data.schema.classes[name].label() for name in table["type"].all()]
    return zip(*(table[name].all() for name in column_names("entity")), types, strict=True)


def _relations(
    data: Dataset, edges: Sequence[DrawnEdge], labels: Mapping[str, str]
) -> Iterator[Row]:
    relations = data.relations
    standing = set(data.schema.counting("status"))
    affirms = data.schema.default("polarity")
    for number in range(len(relations)):
        of = [edges[row] for row in relations.rows(number).tolist()]
        sound = [edge for edge in of if edge.status in standing]
        affirmed = [edge for edge in sound if edge.polarity == affirms]
        first = of[0]
        yield (
            *(first.subject, labels[first.subject], first.predicate, first.label),
            *(first.object, labels[first.object]),
            *(len(affirmed), len(sound) - len(affirmed), len(of) - len(sound)),
            *_span(affirmed),
            _highest(data, affirmed),
            "; ".join(sorted({edge.citation for edge in of})),
            SEPARATOR.join(edge.statement for edge in of),
        )


def _span(edges: Sequence[DrawnEdge]) -> tuple[int | None, int | None]:
    """Return the first and last year of the edges that have a time, None where one is open."""
    begins = [edge.first_year for edge in edges if edge.valid]
    ends = [edge.last_year for edge in edges if edge.valid]
    first = None if None in begins else min(cast("list[int]", begins), default=None)
    return first, None if None in ends else max(cast("list[int]", ends), default=None)


def _highest(data: Dataset, edges: Sequence[DrawnEdge]) -> str:
    words = data.schema.words("confidence")
    return max((edge.confidence for edge in edges), key=words.index, default="")


def _statements(
    data: Dataset, edges: Sequence[DrawnEdge], labels: Mapping[str, str]
) -> Iterator[Row]:
    table = data.tables["statement"]
    cells = zip(*(column.all() for column in table.columns.values()), strict=True)
    for values, edge in zip(cells, edges, strict=True):
        said = dict(zip(table.columns, values, strict=True))
        named = {f"{name}_label": labels[said[name]] for name in ("subject", "object")}
        named |= {f"{name}_labels": _named(said[name], labels) for name in _LISTED}
        shown = {
            "predicate_label": edge.label,
            "polarity": edge.polarity,
            "status": edge.status,
            "first_year": edge.first_year,
            "last_year": edge.last_year,
            "citation": edge.citation,
            "locator": said["locator"].replace(SEPARATOR, "; "),
            "flags": SEPARATOR.join(data.flagged.get(edge.statement, ())),
        }
        row: Mapping[str, str | int | None] = {**said, **named, **shown}
        yield [row[name] for name in _STATEMENT]


def _named(cell: str, labels: Mapping[str, str]) -> str:
    return "; ".join(labels[id] for id in cell.split(SEPARATOR) if id)

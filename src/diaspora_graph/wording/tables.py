"""Rows of ids as tables for a reader: labels next to ids, sources next to claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from diaspora_graph.answers import Cell, Row, readable
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind
from diaspora_graph.wording.sentences import citation

THINGS = frozenset(
    [
        "about",
        "actor",
        "body",
        "category",
        "community",
        "country",
        "from",
        "goal",
        "law",
        "mechanism",
        "member",
        "neighbour",
        "object",
        "objector",
        "origin",
        "outcome",
        "partner",
        "path",
        "person",
        "point",
        "policy",
        "programme",
        "runner",
        "start",
        "state",
        "subject",
        "target",
        "thing",
        "to",
        "source",
        "cited",
        "value",
    ]
)
"""Columns that hold ids of entities or sources."""

TERMS: Mapping[str, tuple[str, ...]] = {
    "predicate": ("predicate",),
    "relation": ("predicate",),
    "relations": ("predicate",),
    "other_relation": ("predicate",),
    "measure": ("measure",),
    "item": ("item",),
    "term": ("predicate", "measure", "item"),
    "aspect": ("predicate", "item"),
}
"""Columns that hold names of the ontology, and of which kinds."""

CLAIMED = frozenset({"statements", "claims"})
"""Columns that hold ids of claims; their sources are in a column ``sources`` next to them."""


def named(columns: Sequence[str], rows: Iterable[Row]) -> set[str]:
    """Return the ids that rows name: of things and of claims."""
    places = [place for place, name in enumerate(columns) if name in THINGS or name in CLAIMED]
    cells = (str(row[place]) for row in rows for place in places)
    return {id for cell in cells for id in cell.split(SEPARATOR)} - {""}


def with_labels(
    data: Dataset, columns: Sequence[str], rows: Iterable[Row], language: str = "en"
) -> tuple[tuple[str, ...], list[Row]]:
    """Return columns and rows with a label next to each id, and sources next to the claims.

    A label column has the name of its column and ``_label``; labels of several ids in a cell are
    separated by ``; ``. A cell without ids (a number, a text) has no label: it stays empty.
    """
    labelled = [name in THINGS or name in TERMS for name in columns]
    sourced = [name in CLAIMED for name in columns]
    names: list[str] = []
    for name, is_labelled, is_sourced in zip(columns, labelled, sourced, strict=True):
        names += [name, *([f"{name}_label"] if is_labelled else [])]
        names += ["sources"] if is_sourced else []

    @cache
    def of_cell(name: str, cell: Cell) -> str:
        texts = str(cell).split(SEPARATOR)
        return "; ".join(filter(None, (_label(data, name, text, language) for text in texts)))

    @cache
    def of_claims(cell: Cell) -> str:
        places = dict.fromkeys(_place(data, id) for id in str(cell).split(SEPARATOR))
        return "; ".join(filter(None, places))

    found: list[Row] = []
    for row in readable(columns, rows):
        cells: list[Cell] = []
        for name, cell, is_labelled, is_sourced in zip(
            columns, row, labelled, sourced, strict=True
        ):
            cells += [cell, *([of_cell(name, cell)] if is_labelled else [])]
            cells += [of_claims(cell)] if is_sourced else []
        found.append(tuple(cells))
    return tuple(names), found


def _label(data: Dataset, column: str, text: str, language: str) -> str:
    if column in TERMS:
        for kind in TERMS[column]:
            if term := data.schema.terms(kind).get(text.removeprefix("^")):
                return term.label(language)
        return ""
    things: tuple[Kind, ...] = ("entity", "source")
    for each in things:
        if data.tables[each]["id"].code(text) >= 0:
            return data.label(text, language)
    return ""


def _place(data: Dataset, id: str) -> str:
    """Return the source of a claim and its place."""
    for kind in CLAIMS:
        if data.tables[kind]["id"].code(id) >= 0:
            claim = data.claim(id)
            if not claim.source:
                return ""
            where = "; ".join(dict.fromkeys(claim.locator.split(SEPARATOR)))
            return ", ".join(filter(None, (citation(data, claim.source), where)))
    return ""


def without_empty(columns: Sequence[str], rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Return a table without its empty columns, for a reader.

    >>> without_empty(("id", "note"), [("a", ""), ("b", "")])
    (('id',), [('a',), ('b',)])
    """
    kept = [
        place
        for place in range(len(columns))
        if not rows or any(row[place] not in {"", None} for row in rows)
    ]
    return tuple(columns[place] for place in kept), [
        tuple(row[place] for place in kept) for row in rows
    ]

"""Rows of claims for questions, in the same way for statements, observations and codings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from diaspora_graph.answers import basis
from diaspora_graph.dataset.claims import denied, standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR, Kind, columns

TERM: Mapping[Kind, str] = {"statement": "predicate", "observation": "measure", "coding": "item"}
"""The column that names the term of the ontology."""

VALUE: Mapping[Kind, str] = {"statement": "object", "observation": "value", "coding": "value"}
"""The column that holds the claimed value."""

HOLDS = {1: "yes", 0: "unknown"}
"""Whether a claim holds in a time: ``no`` is left out of answers."""


def naming(data: Dataset, kind: Kind, column: str, text: str) -> Mask:
    """Return which rows name one thing in a column; for an empty text, all rows."""
    cells = data.tables[kind][column]
    if not text:
        return np.ones(len(cells), np.bool_)
    named: Mask = cells.codes == cells.code(text)
    return named


def rows(mask: Mask) -> Iterator[int]:
    """Yield the numbers of marked rows, in order."""
    return (int(row) for row in np.flatnonzero(mask))


class Claims:
    """One table of claims, read row by row; default words are left empty."""

    def __init__(self, data: Dataset, kind: Kind) -> None:
        self.data = data
        self.kind: Kind = kind
        self.table = data.tables[kind]
        self.denied = denied(data, kind)
        self._defaults = {
            field.name: data.schema.default(field.what)
            for field in columns(kind)
            if field.holds == "word"
        }

    def text(self, row: int, column: str) -> str:
        """Return a cell, nothing for a column that this kind of claim does not have."""
        text = self.table[column][row] if column in self.table.columns else ""
        return "" if text == self._defaults.get(column) else text

    def texts(self, row: int, names: str) -> tuple[str, ...]:
        """Return several cells, by names of columns separated by blanks."""
        return tuple(self.text(row, column) for column in names.split())

    def is_denied(self, row: int) -> bool:
        """Return whether the source denies the claim."""
        return bool(self.denied[row])

    def basis(self, row: int) -> str:
        """Return the claim's id, and with a coding the claims that it rests on."""
        return basis([self.text(row, "id"), *self.text(row, "evidence").split(SEPARATOR)])

    def holding(self, first: int, last: int) -> Mapping[int, str]:
        """Return the rows that hold or may hold in a time, each with ``yes`` or ``unknown``."""
        found = self.data.holds(self.kind, first, last)
        return {row: HOLDS[int(found[row])] for row in rows(found >= 0)}


def in_role(data: Dataset, role: str) -> Mask:
    """Return which affirmed statements that count are of a relation with a role (`dg:role`)."""
    of_role = np.array([term.role == role for term in data.schema.predicates.values()], np.bool_)
    return standing(data, "statement") & of_role[data.predicate]

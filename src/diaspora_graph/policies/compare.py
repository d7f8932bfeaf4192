"""Comparison: what sources say of several states' policies, point by point and item by item.

The ontology defines which relations are compared, and which make a policy a state's own
(``dg:compared``, ``dg:ownPolicy``). An empty cell means that the sources at hand do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve_all
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import evidence_passing, passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.policies.own import own_policies
from diaspora_graph.wording.sentences import evidence_of

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a subject under an aspect.

    ``value`` is the id of a thing, or a word of an item's scale; ``claims`` the claims it rests on;
    ``valid`` when a coding holds, as it was entered.

    >>> from diaspora_graph import compare, load_dataset
    >>> compare(load_dataset(), ["Armenia"]).aspects[0].cells[0][0].value
    'attracting-diaspora-youth'
    """

    value: str
    claims: tuple[str, ...]
    denied: bool = False
    valid: str = ""


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of a comparison: a relation or an item, by its name in the ontology.

    >>> from diaspora_graph import compare, load_dataset
    >>> aspect = compare(load_dataset(), ["Armenia"]).aspects[0]
    >>> aspect.name, aspect.is_item
    ('hasStrongPoint', False)
    """

    name: str
    is_item: bool
    cells: tuple[tuple[Point, ...], ...]
    """For each subject its points, none where the sources do not say."""


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Subjects side by side: for each aspect a cell a subject, each cell a tuple of points.

    ``subjects`` are ids. ``filters`` are the filters of its scope, in words; nothing if there
    are none. Two comparisons are equal if these three are.

    >>> from diaspora_graph import compare, load_dataset
    >>> compare(load_dataset(), ["Armenia", "KZ"])
    Comparison(armenia, kazakhstan: ... aspects)
    """

    subjects: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    filters: str = ""
    _data: Dataset | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        filters = f"; {self.filters}" if self.filters else ""
        return f"Comparison({', '.join(self.subjects)}: {len(self.aspects)} aspects{filters})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Comparison, (self.subjects, self.aspects, self.filters)

    def claims(self) -> tuple[str, ...]:
        """Return every claim that the comparison rests on, once, sorted."""
        cells = (cell for aspect in self.aspects for cell in aspect.cells)
        return tuple(sorted({claim for cell in cells for point in cell for claim in point.claims}))

    def to_pandas(self) -> pd.DataFrame:
        """Return the values: one row for each aspect, one column for each subject, labels for ids.

        Several points of a cell are one text, separated by ``; ``; an empty cell means that
        the sources at hand do not say. ``attrs["filters"]`` are the filters in words.
        """
        import pandas as pd

        cells = {
            self._label(subject): [
                "; ".join(self._point(aspect, point) for point in aspect.cells[place])
                for aspect in self.aspects
            ]
            for place, subject in enumerate(self.subjects)
        }
        names = pd.Index([self._name(aspect) for aspect in self.aspects], name="aspect")
        found = pd.DataFrame(cells, index=names)
        found.attrs["filters"] = self.filters
        return found

    def evidence(self) -> pd.DataFrame:
        """Return one row for each claim behind each point, with source, place and confidence.

        Columns: aspect, subject, value, denied, claim, citation, locator, confidence. Raises
        `ParameterError` for a comparison that was pickled without its data.
        """
        import pandas as pd

        if self._data is None:
            raise ParameterError("this comparison was pickled without its data: compare again")
        rows = [
            (aspect.name, subject, point.value, point.denied, claim, *_said(self._data, claim))
            for aspect in self.aspects
            for subject, cell in zip(self.subjects, aspect.cells, strict=True)
            for point in cell
            for claim in point.claims
        ]
        names = [
            "aspect",
            "subject",
            "value",
            "denied",
            "claim",
            "citation",
            "locator",
            "confidence",
        ]
        found = pd.DataFrame(rows, columns=names)
        found.attrs["filters"] = self.filters
        return found

    def _repr_html_(self) -> str:
        from html import escape

        note = f"<p><small>{escape(self.filters)}</small></p>" if self.filters else ""
        return f"{self.to_pandas().to_html()}{note}"

    def _label(self, id: str) -> str:
        return self._data.label(id) if self._data else id

    def _name(self, aspect: Aspect) -> str:
        if self._data is None:
            return aspect.name
        schema = self._data.schema
        terms = schema.items if aspect.is_item else schema.predicates
        return terms[aspect.name].label()

    def _point(self, aspect: Aspect, point: Point) -> str:
        value = point.value if aspect.is_item else self._label(point.value)
        when = f" ({point.valid})" if point.valid else ""
        return f"{'not: ' if point.denied else ''}{value}{when}"


def _said(data: Dataset, claim: str) -> tuple[str, str, str]:
    found = evidence_of(data, claim)
    return found.citation, found.locator, found.confidence


def compare(data: Dataset, subjects: Sequence[str], *, scope: Scope = EVERYTHING) -> Comparison:
    """Compare the claims about subjects and about the policies that they have adopted.

    ``subjects`` are ids, labels, aliases or ISO codes, at least one, each once. Aspects
    without a claim for any subject are left out. A coding is shown with the evidence that
    passes the scope, and left out where none does. Raises `UnknownNameError`,
    `AmbiguousNameError`, and `ParameterError`, also for a filter of whole paths.

    >>> from diaspora_graph import load_dataset
    >>> found = compare(load_dataset(), ["Armenia"])
    >>> found.aspects[0].name
    'hasStrongPoint'
    """
    scope.of_claims("a comparison")
    ids = resolve_all(data, subjects, "subjects")
    if not ids:
        raise ParameterError("nothing to compare: name at least one subject")
    if len(set(ids)) < len(ids):
        raise ParameterError(f"{', '.join(ids)}: expected each subject once")
    affirmed, denied = passing(data, scope), passing(data, scope, denials=True)
    owning = passing(data, scope.without("families").without("relations"))
    owned = [set(own_policies(data, data.number(id), owning)) for id in ids]
    found = [*_relations(data, owned, affirmed, denied), *_items(data, ids, scope)]
    aspects = tuple(aspect for aspect in found if any(aspect.cells))
    return Comparison(tuple(ids), aspects, scope.describe(), data)


def _relations(
    data: Dataset, owned: Sequence[set[int]], affirmed: Mask, denied: Mask
) -> list[Aspect]:
    compared = sorted(
        (term.position, term.name) for term in data.schema.predicates.values() if term.compared
    )
    names = list(data.schema.predicates)
    aspects = []
    for _, name in compared:
        code = names.index(name)
        cells = tuple(_points(data, things, code, affirmed, denied) for things in owned)
        aspects.append(Aspect(name, is_item=False, cells=cells))
    return aspects


def _points(
    data: Dataset, things: set[int], predicate: int, affirmed: Mask, denied: Mask
) -> tuple[Point, ...]:
    relations = data.relations
    ids = data.tables["statement"]["id"]
    found = []
    marked = (relations.predicate == predicate) & np.isin(relations.subject, list(things))
    for relation in np.flatnonzero(marked).tolist():
        rows = relations.rows(relation)
        for statements, is_denial in ((affirmed, False), (denied, True)):
            claims = tuple(ids[row] for row in rows[statements[rows]].tolist())
            if claims:
                found.append(Point(data.id_list[relations.object[relation]], claims, is_denial))
    return tuple(sorted(found, key=lambda point: (point.denied, point.value)))


def _items(data: Dataset, subjects: Sequence[str], scope: Scope) -> list[Aspect]:
    """Return the codings that pass; one that rests on evidence names the evidence after itself."""
    table, schema = data.tables["coding"], data.schema
    kept = evidence_passing(data, scope)
    found: dict[tuple[str, str], list[Point]] = {}
    for denied in (False, True):
        for row in np.flatnonzero(passing(data, scope, "coding", denials=denied)).tolist():
            rests = [id for id in table["evidence"][row].split(SEPARATOR) if id in kept]
            claims, valid = (table["id"][row], *rests), table["valid"][row]
            point = Point(table["value"][row], claims, denied, valid)
            found.setdefault((table["item"][row], table["subject"][row]), []).append(point)
    return [
        Aspect(
            name=item,
            is_item=True,
            cells=tuple(tuple(found.get((item, subject), ())) for subject in subjects),
        )
        for item in schema.items
    ]

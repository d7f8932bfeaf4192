"""Comparison: what sources say of several states' policies, point by point and item by item.

Which relations are compared, and which make a policy a state's own, stands in the ontology
(``dg:compared``, ``dg:ownPolicy``). An empty cell means that the sources at hand do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope


@dataclass(frozen=True, slots=True)
class Point:
    """One thing said of a subject under an aspect.

    ``value`` is the id of a thing, or a word of an item's scale; ``claims`` the claims it rests on.
    """

    value: str
    claims: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of a comparison: a relation or an item, by its name in the ontology."""

    name: str
    is_item: bool
    cells: tuple[tuple[Point, ...], ...]
    """For each subject its points, none where the sources do not say."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Subjects side by side."""

    subjects: tuple[str, ...]
    aspects: tuple[Aspect, ...]

    def claims(self) -> tuple[str, ...]:
        """Return every claim that the comparison rests on, once, sorted."""
        cells = (cell for aspect in self.aspects for cell in aspect.cells)
        return tuple(sorted({claim for cell in cells for point in cell for claim in point.claims}))


def compare(data: Dataset, subjects: Sequence[str], scope: Scope = EVERYTHING) -> Comparison:
    """Compare what is said of subjects and of the policies they have adopted.

    ``subjects`` are ids, at least one, each once. Aspects that nothing is said of for any subject
    are left out. Raises `UnknownNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> found = compare(load_dataset(), ["armenia", "kazakhstan"])
    >>> [aspect.name for aspect in found.aspects][:2]
    ['hasStrongPoint', 'hasWeakPoint']
    """
    if not subjects:
        raise ParameterError("nothing to compare: name at least one state")
    if len(set(subjects)) < len(subjects):
        raise ParameterError("a subject is named twice")
    for subject in subjects:
        data.row("entity", subject)
    affirmed, denied = passing(data, scope), passing(data, scope, denials=True)
    owning = passing(data, scope.without("families").without("relations"))
    owned = [own_policies(data, subject, owning) for subject in subjects]
    found = [*_relations(data, owned, affirmed, denied), *_items(data, subjects)]
    return Comparison(tuple(subjects), tuple(aspect for aspect in found if any(aspect.cells)))


def own_policies(data: Dataset, subject: str, statements: Mask) -> set[int]:
    """Return a subject and the policies that it has made its own, as numbers of things."""
    owning = np.array([term.own_policy for term in data.schema.predicates.values()], np.bool_)
    number, relations = data.number(subject), data.relations
    own = (relations.subject == number) & owning[relations.predicate] & relations.any(statements)
    return {number, *relations.object[own].tolist()}


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
    said = (relations.predicate == predicate) & np.isin(relations.subject, list(things))
    for relation in np.flatnonzero(said).tolist():
        rows = relations.rows(relation)
        for statements, is_denial in ((affirmed, False), (denied, True)):
            claims = tuple(ids[row] for row in rows[statements[rows]].tolist())
            if claims:
                found.append(Point(data.id_list[relations.object[relation]], claims, is_denial))
    return tuple(sorted(found, key=lambda point: (point.denied, point.value)))


def _items(data: Dataset, subjects: Sequence[str]) -> list[Aspect]:
    """Return accepted codings; one that rests on evidence names the evidence after itself."""
    table, schema = data.tables["coding"], data.schema
    status = data.words("coding", "status", "coding_status")
    accepted = status == schema.words("coding_status").index(schema.default("coding_status"))
    found: dict[tuple[str, str], list[Point]] = {}
    for row in np.flatnonzero(accepted).tolist():
        point = Point(table["value"][row], (table["id"][row], *table["evidence"][row].split("|")))
        found.setdefault((table["item"][row], table["subject"][row]), []).append(point)
    return [
        Aspect(
            name=item,
            is_item=True,
            cells=tuple(tuple(found.get((item, subject), ())) for subject in subjects),
        )
        for item in schema.items
    ]

"""Comparison: what sources say of several states' policies, point by point and item by item.

Which relations are compared, and which make a policy a state's own, stands in the ontology
(``dg:compared``, ``dg:ownPolicy``). An empty cell means that the sources at hand do not say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diaspora_graph.analysis.scope import EVERYTHING, Scope
from diaspora_graph.analysis.sieve import passing
from diaspora_graph.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.tables import Mask


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
        return tuple(
            sorted(
                {
                    c
                    for a in self.aspects
                    for cell in a.cells
                    for point in cell
                    for c in point.claims
                }
            )
        )


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
    owning = {code for code, term in enumerate(data.schema.predicates.values()) if term.own_policy}
    number = data.id_list.index(subject)
    relations = data.relations
    open_ = relations.any(statements)
    return {number} | {
        int(relations.object[relation])
        for relation in range(len(relations))
        if open_[relation]
        and relations.subject[relation] == number
        and relations.predicate[relation] in owning
    }


def _relations(
    data: Dataset, owned: Sequence[set[int]], affirmed: Mask, denied: Mask
) -> list[Aspect]:
    compared = sorted(
        (term.position, term.name) for term in data.schema.predicates.values() if term.compared
    )
    names = list(data.schema.predicates)
    return [
        Aspect(
            name=name,
            is_item=False,
            cells=tuple(
                _points(data, things, names.index(name), affirmed, denied) for things in owned
            ),
        )
        for _, name in compared
    ]


def _points(
    data: Dataset, things: set[int], predicate: int, affirmed: Mask, denied: Mask
) -> tuple[Point, ...]:
    relations = data.relations
    ids = data.tables["statement"]["id"]
    found = []
    for relation in range(len(relations)):
        if (
            relations.predicate[relation] != predicate
            or int(relations.subject[relation]) not in things
        ):
            continue
        rows = relations.rows(relation)
        for statements, is_denial in ((affirmed, False), (denied, True)):
            claims = tuple(ids[int(row)] for row in rows if statements[row])
            if claims:
                found.append(Point(data.id_list[relations.object[relation]], claims, is_denial))
    return tuple(sorted(found, key=lambda point: (point.denied, point.value)))


def _items(data: Dataset, subjects: Sequence[str]) -> list[Aspect]:
    """Return accepted codings; one that rests on evidence names the evidence after itself."""
    table = data.tables["coding"]
    accepted = data.words("coding", "status", "coding_status") == data.schema.words(
        "coding_status"
    ).index(data.schema.default("coding_status"))
    aspects = []
    for item in data.schema.items:
        cells = []
        for subject in subjects:
            rows = [
                row
                for row in range(len(table))
                if accepted[row] and table["subject"][row] == subject and table["item"][row] == item
            ]
            cells.append(
                tuple(
                    Point(
                        table["value"][row], (table["id"][row], *table["evidence"][row].split("|"))
                    )
                    for row in rows
                )
            )
        aspects.append(Aspect(item, is_item=True, cells=tuple(cells)))
    return aspects

"""Points of policies: what authors call strong or weak in the policies of several states.

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
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.policies.own import own_policies
from diaspora_graph.wording.sentences import evidence_of

if TYPE_CHECKING:
    import pandas as pd


POINT_EVIDENCE = (
    "aspect", "subject", "value", "denied", "claim", "citation", "locator", "confidence",
)  # fmt: skip
"""The columns of `PointComparison.evidence`."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a state's policy: ``value`` is the id of a thing, ``claims`` what it rests on.

    >>> from diaspora_graph import compare_points, load_dataset
    >>> compare_points(load_dataset(), ["Armenia"]).aspects[0].cells[0][0].value
    'attracting-diaspora-youth'
    """

    value: str
    claims: tuple[str, ...]
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Aspect:
    """A row of points: a relation, by its name in the ontology.

    >>> from diaspora_graph import compare_points, load_dataset
    >>> compare_points(load_dataset(), ["Armenia"]).aspects[0].name
    'hasStrongPoint'
    """

    name: str
    cells: tuple[tuple[Point, ...], ...]
    """For each subject its points, none where the sources do not say."""


@dataclass(frozen=True, slots=True, repr=False)
class PointComparison:
    """Subjects side by side: for each aspect a cell a subject, each cell a tuple of points.

    ``subjects`` are ids. ``filters`` are the filters of its scope, in words; nothing if there
    are none. Two comparisons are equal if these three are.

    >>> from diaspora_graph import compare_points, load_dataset
    >>> compare_points(load_dataset(), ["Armenia", "KZ"])
    PointComparison(armenia, kazakhstan: ... aspects)
    """

    subjects: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    filters: str = ""
    _data: Dataset | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        filters = f"; {self.filters}" if self.filters else ""
        return f"PointComparison({', '.join(self.subjects)}: {len(self.aspects)} aspects{filters})"

    def __reduce__(self) -> tuple[Any, ...]:
        return PointComparison, (self.subjects, self.aspects, self.filters)

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
                "; ".join(self._point(point) for point in aspect.cells[place])
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

        found = pd.DataFrame(self.evidence_rows(), columns=list(POINT_EVIDENCE))
        found.attrs["filters"] = self.filters
        return found

    def evidence_rows(self) -> list[tuple[Any, ...]]:
        """Return the rows of `evidence`; a cell without a point has a row without a claim."""
        if self._data is None:
            raise ParameterError("this comparison was pickled without its data: compare again")
        rows: list[tuple[Any, ...]] = []
        for aspect in self.aspects:
            for subject, cell in zip(self.subjects, aspect.cells, strict=True):
                rows += [
                    (
                        aspect.name,
                        subject,
                        point.value,
                        point.denied,
                        claim,
                        *_said(self._data, claim),
                    )
                    for point in cell
                    for claim in point.claims
                ]
                rows += [] if cell else [(aspect.name, subject, "", False, "", "", "", "")]
        return rows

    def _repr_html_(self) -> str:
        from html import escape

        note = f"<p><small>{escape(self.filters)}</small></p>" if self.filters else ""
        return f"{self.to_pandas().to_html()}{note}"

    def _label(self, id: str) -> str:
        return self._data.label(id) if self._data else id

    def _name(self, aspect: Aspect) -> str:
        if self._data is None:
            return aspect.name
        return self._data.schema.predicates[aspect.name].label()

    def _point(self, point: Point) -> str:
        return f"{'not: ' if point.denied else ''}{self._label(point.value)}"


def _said(data: Dataset, claim: str) -> tuple[str, str, str]:
    found = evidence_of(data, claim)
    return found.citation, found.locator, found.confidence


def compare_points(
    data: Dataset, subjects: Sequence[str], *, scope: Scope = EVERYTHING
) -> PointComparison:
    """Compare what authors see as strong and weak in the policies that states have adopted.

    ``subjects`` are ids, labels, aliases or ISO codes, at least one, each once. Relations without
    a claim for any subject are left out. Raises `UnknownNameError`, `AmbiguousNameError`, and
    `ParameterError`, also for a filter of whole paths.

    >>> from diaspora_graph import load_dataset
    >>> found = compare_points(load_dataset(), ["Armenia"])
    >>> found.aspects[0].name
    'hasStrongPoint'
    """
    scope.of_claims("a comparison")
    ids = states_of(data, subjects)
    affirmed, denied = passing(data, scope), passing(data, scope, denials=True)
    owning = passing(data, scope.without("families").without("relations"))
    owned = [set(own_policies(data, data.number(id), owning)) for id in ids]
    aspects = tuple(
        aspect for aspect in _relations(data, owned, affirmed, denied) if any(aspect.cells)
    )
    return PointComparison(ids, aspects, scope.describe(), data)


def states_of(data: Dataset, names: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of what is compared: at least one, each once."""
    ids = resolve_all(data, names, "states")
    if not ids:
        raise ParameterError("nothing to compare: name at least one state")
    if len(set(ids)) < len(ids):
        raise ParameterError(f"{', '.join(ids)}: expected each state once")
    return tuple(ids)


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
        aspects.append(Aspect(name, cells))
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

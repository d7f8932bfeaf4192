"""Alike and different: distances between states, groups of states, pairs for a comparison of cases.

A distance is the mean absolute difference over the items that both states have (Gower 1971), so it
lies between 0 (the same on all) and 1. It is always shown with the number of these items, and is
not given where there are fewer than `LEAST`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve_term
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.policies.aggregation import matrix
from diaspora_graph.policies.compare import compare
from diaspora_graph.policies.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

LEAST = 10
"""The smallest number of shared items for which a distance is given."""

LEAST_STATES = 4
"""The smallest number of states that are grouped."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two states: the distance between them and the items that both have.

    ``distance`` is none if there are fewer than `LEAST` of these. ``differing`` are the items on
    which the two differ, those that differ most first.

    >>> from diaspora_graph import distances, load_dataset
    >>> distances(load_dataset(), ["Armenia", "KZ"]).pairs[0].shared > LEAST
    True
    """

    first: str
    second: str
    distance: float | None
    shared: int
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Distances:
    """The distance of each pair of states, the nearest pair first; pairs without one come last.

    >>> from diaspora_graph import distances, load_dataset
    >>> distances(load_dataset(), ["Armenia", "KZ", "IN"])
    Distances(armenia, kazakhstan, india: 3 pairs)
    """

    states: tuple[str, ...]
    pairs: tuple[Pair, ...]
    filters: str = ""
    comparison: Comparison | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        filters = f"; {self.filters}" if self.filters else ""
        return f"Distances({', '.join(self.states)}: {len(self.pairs)} pairs{filters})"

    def to_pandas(self) -> pd.DataFrame:
        """Return a square table of distances by ids of states; empty where none is given."""
        import pandas as pd

        table = pd.DataFrame(np.nan, index=list(self.states), columns=list(self.states))
        for state in self.states:
            table.loc[state, state] = 0.0
        for pair in self.pairs:
            value = np.nan if pair.distance is None else pair.distance
            table.loc[pair.first, pair.second] = table.loc[pair.second, pair.first] = value
        table.attrs["filters"] = self.filters
        return table

    def merges(self) -> tuple[tuple[float, tuple[str, ...]], ...]:
        """Return the groups of a hierarchical clustering with average linkage, nearest first.

        Each is a distance and the states that are one group from there on. Raises
        `ParameterError` if there are fewer than `LEAST_STATES` states or if a pair has no distance.
        """
        if len(self.states) < LEAST_STATES:
            raise ParameterError(f"{len(self.states)} states: groups need at least {LEAST_STATES}")
        thin = [pair for pair in self.pairs if pair.distance is None]
        if thin:
            names = "; ".join(
                f"{each.first} and {each.second} share {each.shared}" for each in thin
            )
            raise ParameterError(f"too few items for groups, each pair needs {LEAST}: {names}")
        table = self.to_pandas()
        groups: list[tuple[str, ...]] = [(state,) for state in self.states]
        found = []
        while len(groups) > 1:
            choices = [
                (float(table.loc[list(one), list(other)].to_numpy().mean()), one, other)
                for one, other in combinations(groups, 2)
            ]
            distance, one, other = min(choices, key=lambda each: each[0])
            groups = [each for each in groups if each not in (one, other)] + [one + other]
            found.append((distance, tuple(sorted(one + other))))
        return tuple(found)

    def _repr_html_(self) -> str:
        return self.to_pandas().to_html()


@dataclass(frozen=True, slots=True)
class Contrast:
    """A pair of states for a comparison of cases on an outcome.

    ``design`` is ``most_similar`` for a pair that is alike but differs in the outcome,
    ``most_different`` for one that is unlike but has the same outcome (Przeworski and Teune 1970;
    De Meur and Berg-Schlosser 1994). The distance leaves the outcome out.

    >>> from diaspora_graph import contrasts, load_dataset
    >>> found = contrasts(load_dataset(), ["AM", "IL", "IN", "KR", "KZ"], "dual citizenship")
    >>> found[0].design
    'most_similar'
    """

    design: str
    pair: Pair
    outcome: tuple[str, str]


def distances(
    data: Dataset, states: Sequence[str], *, framework: str = "", scope: Scope = EVERYTHING
) -> Distances:
    """Return how far each two states lie from each other, by the items that both have.

    The distance is the mean absolute difference of the values (Gower 1971), with the number of
    items; below `LEAST` shared items there is none. Arguments and errors as in `compare`; at least
    two states.

    >>> from diaspora_graph import load_dataset
    >>> found = distances(load_dataset(), ["AM", "IL", "IN", "KR", "KZ"])
    >>> len(found.pairs), found.merges()[-1][1]
    (10, ('armenia', 'india', 'israel', 'kazakhstan', 'south-korea'))
    """
    found = compare(data, states, framework=framework, scope=scope)
    if len(found.states) < 2:
        raise ParameterError("a distance has two ends: name at least two states")
    return Distances(found.states, _pairs(found, ()), found.filters, found)


def contrasts(
    data: Dataset,
    states: Sequence[str],
    outcome: str,
    *,
    framework: str = "",
    scope: Scope = EVERYTHING,
) -> tuple[Contrast, ...]:
    """Return the pairs of states that suit a comparison of cases on an outcome, the best first.

    ``outcome`` is an item by id, label or code. Of most similar pairs with different outcomes the
    nearest come first, then of most different pairs with the same outcome the farthest. States
    without a value of the outcome take no part. Raises as `compare` does, and `ParameterError` if
    fewer than two states have a value.

    >>> from diaspora_graph import load_dataset
    >>> contrasts(load_dataset(), ["AM", "IL", "IN", "KR", "KZ"], "B1")[0].pair.shared > LEAST
    True
    """
    item = resolve_term(data.schema, "item", outcome)
    found = compare(data, states, framework=framework, scope=scope)
    row = next((row for row in found.rows if row.item == item), None)
    cells = row.cells if row else ()
    values = {cell.state: cell.value for cell in cells if cell.value}
    if len(values) < 2:
        raise ParameterError(
            f"{item}: {len(values)} of these states have a value; an outcome needs two"
        )
    given = [
        pair
        for pair in _pairs(found, (item,))
        if pair.distance is not None and {pair.first, pair.second} <= values.keys()
    ]
    alike = [each for each in given if values[each.first] != values[each.second]]
    unlike = [each for each in reversed(given) if values[each.first] == values[each.second]]
    return tuple(
        Contrast(design, pair, (values[pair.first], values[pair.second]))
        for design, pairs in (("most_similar", alike), ("most_different", unlike))
        for pair in pairs
    )


def _pairs(found: Comparison, leaving: Sequence[str]) -> tuple[Pair, ...]:
    numbers = matrix(found).known
    kept = np.array([row.item not in leaving for row in found.rows], np.bool_)
    pairs = []
    for (one, first), (other, second) in combinations(enumerate(found.states), 2):
        apart = np.abs(numbers[:, one] - numbers[:, other])
        shared = ~np.isnan(apart) & kept
        count = int(shared.sum())
        distance = float(apart[shared].mean()) if count >= LEAST else None
        order = sorted(np.flatnonzero(shared & (apart > 0)).tolist(), key=lambda row: -apart[row])
        differing = tuple(found.rows[row].item for row in order)
        pairs.append(Pair(first, second, distance, count, differing))
    known = [pair for pair in pairs if pair.distance is not None]
    known.sort(key=lambda pair: (pair.distance or 0.0, -pair.shared))
    return (*known, *(pair for pair in pairs if pair.distance is None))

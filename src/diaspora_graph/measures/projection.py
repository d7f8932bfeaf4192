"""Two-mode data as a network of one mode: actors joined by what they have in common.

A projection loses what joined the actors and depends on how it weighs that, so the result names its
rule and keeps for each pair the things in common and the statements behind them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.measures.network import ACTORS, of_class

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

RULES: Mapping[str, str] = {
    "shared": "the number of things in common",
    "newman": "each thing in common counts 1 / (its actors - 1) (Newman 2001)",
    "jaccard": "the things in common divided by all things of the two (Jaccard 1912)",
}
"""The rules by which a projection weighs a pair, each in one sentence."""


@dataclass(frozen=True, slots=True)
class SharedPair:
    """Two actors, ids in order, the weight of what they have in common, and the statements.

    >>> SharedPair("aaa", "anca", 1.0, ("recognition",), ("s1", "s2")).shared
    ('recognition',)
    """

    one: str
    other: str
    weight: float
    shared: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Projection:
    """Pairs of actors that have things in common, the highest weight first, then by ids.

    >>> Projection("shared", (), EVERYTHING)
    Projection(0 pairs, shared: the number of things in common)
    """

    rule: str
    pairs: tuple[SharedPair, ...]
    scope: Scope

    def __repr__(self) -> str:
        filters = f", {self.filters}" if self.filters else ""
        return f"Projection({len(self.pairs):,} pairs, {self.rule}: {RULES[self.rule]}{filters})"

    def __len__(self) -> int:
        return len(self.pairs)

    def __iter__(self) -> Iterator[SharedPair]:
        return iter(self.pairs)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the actors that have something in common with another, sorted."""
        return tuple(sorted({id for pair in self.pairs for id in (pair.one, pair.other)}))

    @property
    def filters(self) -> str:
        """The filters of the scope in words."""
        return self.scope.describe()

    def to_pandas(self) -> pd.DataFrame:
        """Return a row for each pair: one, other, weight, shared, statements (ids, with ``|``)."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    each.one,
                    each.other,
                    each.weight,
                    "|".join(each.shared),
                    "|".join(each.statements),
                )
                for each in self.pairs
            ],
            columns=["one", "other", "weight", "shared", "statements"],
        )

    def to_networkx(self) -> nx.Graph[str]:
        """Return the pairs as a networkx ``Graph`` by ids, with ``weight``."""
        import networkx as nx

        graph: nx.Graph[str] = nx.Graph(rule=self.rule)
        graph.add_weighted_edges_from((each.one, each.other, each.weight) for each in self.pairs)
        return graph


def projection(
    data: Dataset,
    onto: Iterable[str],
    *,
    scope: Scope = EVERYTHING,
    rule: str = "shared",
    classes: Iterable[str] = ACTORS,
) -> Projection:
    """Return the actors that statements within a scope join to the same things, pair by pair.

    ``onto`` are the classes of the things (``Issue``, or ``Law`` and ``Resolution``), ``classes``
    those of the actors; the direction of a statement does not count. ``rule`` weighs a pair:
    ``shared``, ``newman`` or ``jaccard`` (see `RULES`). Raises `UnknownNameError` for an unknown
    rule or class, `ParameterError` if no statement joins the two kinds.

    >>> from diaspora_graph import Scope, load_dataset
    >>> found = projection(load_dataset(), ["Issue"], scope=Scope(families="influence"))
    >>> found.rule, len(found) > 0
    ('shared', True)
    """
    if rule not in RULES:
        raise UnknownNameError("rule of projection", rule, RULES)
    ties = _ties(data, onto, scope, classes)
    pairs = [
        SharedPair(one, other, weight, shared, _behind(ties, (one, other), shared))
        for one, other, weight, shared in _weighed(ties, rule)
    ]
    pairs.sort(key=lambda each: (-each.weight, each.one, each.other))
    return Projection(rule, tuple(pairs), scope)


_Ties = dict[str, dict[str, list[str]]]
"""For each actor the things that it is joined to, and by which statements."""


def _ties(data: Dataset, onto: Iterable[str], scope: Scope, classes: Iterable[str]) -> _Ties:
    things, actors = of_class(data, onto), of_class(data, classes)
    if (things & actors).any():
        raise ParameterError(
            "the two modes overlap: a class of the things is also one of the actors; "
            "name classes that have nothing in common"
        )
    kept = passing(data, scope.of_claims("a projection"))
    forward = kept & actors[data.subject] & things[data.object]
    backward = kept & things[data.subject] & actors[data.object]
    ids, statements = data.id_list, data.tables["statement"]["id"]
    found: _Ties = {}
    for rows, own, other in (
        (np.flatnonzero(forward), data.subject, data.object),
        (np.flatnonzero(backward), data.object, data.subject),
    ):
        for row, name in zip(rows.tolist(), statements.at(rows), strict=True):
            found.setdefault(ids[own[row]], {}).setdefault(ids[other[row]], []).append(name)
    if not found:
        filters = scope.describe()
        raise ParameterError(
            f"no statement{f' within the filters ({filters})' if filters else ''} joins an actor "
            f"to a thing of {', '.join(onto)}; name other classes or lift a filter"
        )
    return found


def _behind(ties: _Ties, ends: Iterable[str], shared: Iterable[str]) -> tuple[str, ...]:
    """Return the statements that join two actors to what they have in common."""
    both = [ties[end] for end in ends]
    return tuple(sorted({id for thing in shared for mine in both for id in mine[thing]}))


def _weighed(ties: _Ties, rule: str) -> Iterator[tuple[str, str, float, tuple[str, ...]]]:
    of_thing: dict[str, list[str]] = {}
    for actor in sorted(ties):
        for thing in ties[actor]:
            of_thing.setdefault(thing, []).append(actor)
    common: dict[tuple[str, str], list[str]] = {}
    for thing in sorted(of_thing):
        for pair in combinations(of_thing[thing], 2):
            common.setdefault(pair, []).append(thing)
    for (one, other), shared in common.items():
        if rule == "shared":
            weight = float(len(shared))
        elif rule == "newman":
            weight = sum(1 / (len(of_thing[each]) - 1) for each in shared)
        else:
            weight = len(shared) / len(ties[one].keys() | ties[other].keys())
        yield one, other, weight, tuple(shared)

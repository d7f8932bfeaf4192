"""Influence paths: how influence runs from one thing to another, relation by relation.

A path is simple over things. Its hops run along influence; an inclusion (whole → part, or as the
last step part → whole) is free and never follows another. A thing whose class does not pass
influence on may only begin or end a path. Through a thing whose class gates, the hop in and the
hop out share a topic, unless the relation of one of them is exempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.rules import RULES, Rules
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.rankings import ranking
from diaspora_graph.paths.search import Search


@dataclass(frozen=True, slots=True)
class Found:
    """Paths, and what cut the search short: nothing, or the limit that was reached."""

    paths: tuple[InfluencePath, ...]
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many paths there are; at least so many if ``cut`` says what ended the count."""

    number: int
    cut: str = ""


def influence_paths(
    data: Dataset,
    start: str,
    goal: str,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    by: str = "hops",
) -> Iterator[InfluencePath]:
    """Yield the relation paths from one thing to another, in the order of a ranking.

    ``start`` and ``goal`` are ids, ``hops`` the most influence hops (1 to 12), ``by`` one of
    `RANKINGS`: equal costs go by hops, then by the ids along the path. Paths are found one by one;
    nothing is built whole first. Raises `UnknownNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> path = next(influence_paths(data, "armenian-diaspora", "us-policy-toward-armenia"))
    >>> [data.id_list[thing] for thing in path.things][-1]
    'us-policy-toward-armenia'
    """
    search = Search(data, scope, rules)
    batches = search.batches(search.number(start), search.number(goal), hops, ranking(by))
    return (path for batch in batches for path in batch)


def best_paths(
    data: Dataset,
    start: str,
    goal: str,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    by: str = "hops",
    k: int = 10,
    seconds: float | None = None,
) -> Found:
    """Return the ``k`` best paths under a ranking, exactly; all of them if there are fewer.

    ``seconds`` ends the search early; then, and where there are more than ``k``, ``cut`` says so.
    Raises `UnknownNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> best_paths(load_dataset(), "aipac", "us-policy-toward-israel", k=1).cut
    ''
    """
    if k < 1:
        raise ParameterError(f"{k} paths: expected at least 1")
    until = _deadline(seconds)
    search = Search(data, scope, rules)
    found: list[InfluencePath] = []
    for batch in search.batches(search.number(start), search.number(goal), hops, ranking(by)):
        found += batch
        if len(found) > k:
            return Found(tuple(found[:k]), f"there are more paths than {k}")
        if until is not None and monotonic() > until:
            return Found(tuple(found), f"stopped after {seconds:g} seconds")
    return Found(tuple(found))


def count_paths(
    data: Dataset,
    start: str,
    goal: str,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    seconds: float | None = None,
) -> Counted:
    """Count the relation paths from one thing to another without making them.

    ``seconds`` ends the count early, and ``cut`` says so. Raises as `influence_paths` does.

    >>> from diaspora_graph import load_dataset
    >>> count_paths(load_dataset(), "armenian-diaspora", "us-policy-toward-armenia").number > 1
    True
    """
    until = _deadline(seconds)
    search = Search(data, scope, rules)
    number = 0
    for some in search.path_counts(search.number(start), search.number(goal), hops):
        number += some
        if until is not None and monotonic() > until:
            return Counted(number, f"stopped after {seconds:g} seconds")
    return Counted(number)


def _deadline(seconds: float | None) -> float | None:
    if seconds is None:
        return None
    if not seconds > 0:
        raise ParameterError(f"{seconds:g} seconds: expected more than none")
    return monotonic() + seconds

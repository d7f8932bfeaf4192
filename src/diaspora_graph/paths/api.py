"""Influence paths: how influence runs from one thing to another, relation by relation.

A path is simple: no thing is on it twice. Its hops run along influence; an inclusion (whole → part,
or as the last step part → whole) is not a hop and never follows another inclusion. A thing whose
class does not pass influence on may only begin or end a path. Through a thing whose class gates,
the hop in and the hop out share a topic, unless the relation of one of them is exempt.
"""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.rules import RULES, Rules
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.search import FoundPaths, PathCount, Search


def influence_paths(
    data: Dataset,
    start: str,
    goal: str,
    *,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    by: str = "hops",
) -> Iterator[InfluencePath]:
    """Yield the influence paths from one thing to another, in the order of a ranking.

    ``start`` and ``goal`` are ids, labels or aliases; ``hops`` is the largest number of influence
    hops (1 to 12); ``by`` is one of `RANKINGS`: equal costs go by hops, then by the ids along the
    path. Paths are found one by one; there is no list of all paths first. Raises
    `UnknownNameError`, `AmbiguousNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> path = next(influence_paths(data, "Armenian diaspora", "US policy toward Armenia"))
    >>> path.nodes[-1]
    'us-policy-toward-armenia'
    """
    return Search(data, scope, rules).paths(start, goal, hops=hops, by=by)


def best_paths(
    data: Dataset,
    start: str,
    goal: str,
    *,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    by: str = "hops",
    k: int = 10,
    seconds: float | None = None,
) -> FoundPaths:
    """Return the ``k`` best influence paths under a ranking, exactly; all if there are fewer.

    ``seconds`` ends the search early; then, and where there are more than ``k``, ``cut`` says so.
    Raises as `influence_paths` does.

    >>> from diaspora_graph import load_dataset
    >>> best_paths(load_dataset(), "aipac", "us-policy-toward-israel", k=1).cut
    'there are more paths than 1'
    """
    return Search(data, scope, rules).best(start, goal, hops=hops, by=by, k=k, seconds=seconds)


def count_paths(
    data: Dataset,
    start: str,
    goal: str,
    *,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    seconds: float | None = None,
) -> PathCount:
    """Count the influence paths from one thing to another without making them.

    ``seconds`` ends the count early, and ``cut`` says so. Raises as `influence_paths` does.

    >>> from diaspora_graph import load_dataset
    >>> count_paths(load_dataset(), "armenian-diaspora", "us-policy-toward-armenia").number > 1
    True
    """
    return Search(data, scope, rules).count(start, goal, hops=hops, seconds=seconds)

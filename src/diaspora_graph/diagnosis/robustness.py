"""How robust paths are: which remain, and at which rank, when evidence is removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.masks import settled
from diaspora_graph.filters.rules import RULES, Rules
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.search import Search
from diaspora_graph.wording.words import say


@dataclass(frozen=True, slots=True)
class Loss:
    """A removal of evidence, as a scope, and the rank that each path then has.

    ``what`` is the id of a source, or a class, word or nothing for ``kind``: source, class,
    confidence or disputed. ``ranks`` are in the order of the paths, 1 for the first; 0 for a path
    that is gone. A path that remains but is no longer among the best has rank -1.

    >>> from diaspora_graph import load_dataset, robustness
    >>> loss = robustness(load_dataset(), "AIPAC", "US policy toward Israel").losses[0]
    >>> loss.without, loss.ranks
    ('cyclowiki-aipac', (0, 1))
    """

    kind: str
    what: str
    scope: Scope
    ranks: tuple[int, ...]

    @property
    def without(self) -> str:
        """The removed evidence, in English words; a source by its id."""
        return self.what if self.kind == "source" else say(f"loss {self.kind}", name=self.what)


@dataclass(frozen=True, slots=True)
class Robustness:
    """Paths under the full evidence, and their ranks under each loss.

    >>> from diaspora_graph import load_dataset, robustness
    >>> len(robustness(load_dataset(), "AIPAC", "US policy toward Israel", k=1).paths)
    1
    """

    paths: tuple[InfluencePath, ...]
    losses: tuple[Loss, ...]


def robustness(
    data: Dataset,
    start: str,
    goal: str,
    *,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
    by: str = "hops",
    k: int = 10,
) -> Robustness:
    """Return the ``k`` best paths and their ranks without each source, class, and what is disputed.

    Losses: each source that a step rests on or credits, left out on its own; each class of sources
    of these; confidence below each word; what is disputed. Raises as `best_paths` does.

    >>> from diaspora_graph import load_dataset
    >>> found = robustness(load_dataset(), "aipac", "us-policy-toward-israel")
    >>> [loss.ranks for loss in found.losses if loss.without == "nurbek2025"]
    [(0, 1)]
    """
    search = Search(data, scope, rules)
    paths = search.best(start, goal, hops=hops, by=by, k=k).paths
    losses = []
    for kind, what, lesser in _losses(search, paths):
        less = Search(data, lesser, rules)
        left = less.best(start, goal, hops=hops, by=by, k=k).paths
        rank = {_key(path): place for place, path in enumerate(left, 1)}
        ranks = tuple(rank.get(_key(path)) or -less.holds(path) for path in paths)
        losses.append(Loss(kind, what, lesser, ranks))
    return Robustness(paths, tuple(losses))


def _key(path: InfluencePath) -> tuple[tuple[str, str, str, str], ...]:
    """Return the key of a path under any evidence: its relations in order."""
    return tuple((each.begin, each.subject, each.predicate, each.object) for each in path.steps)


def _losses(search: Search, paths: Sequence[InfluencePath]) -> Iterator[tuple[str, str, Scope]]:
    data, scope, schema = search.data, search.scope, search.data.schema
    sources = _sources(data, paths)
    for source in sources:
        yield "source", source, replace(scope, without_sources=scope.without_sources | {source})
    allowed = scope.source_classes or frozenset(schema.words("source_class"))
    for word in sorted({data.source(id).source_class for id in sources} & allowed):
        others = allowed - {word}
        if others:  # an empty set of classes would not filter
            yield "class", word, replace(scope, source_classes=others)
    words = schema.words("confidence")
    lowest = words.index(scope.min_confidence) if scope.min_confidence else 0
    for word in words[lowest + 1 :]:
        yield "confidence", word, replace(scope, min_confidence=word)
    if undisputed := settled(data, scope):
        yield "disputed", "", undisputed


def _sources(data: Dataset, paths: Sequence[InfluencePath]) -> list[str]:
    """Return the sources that make the paths' statements or are credited, sorted."""
    found: set[str] = set()
    for id in {id for path in paths for step in path.steps for id in step.statements}:
        statement = data.statement(id)
        found |= {statement.source, *statement.cited.split("|")}
    return sorted(id for id in found if id and data.kind_of(id) == "source")

"""Rankings of paths: each a rule in one sentence and a whole-number cost, lowest first.

A rule sums costs over a path or takes the worst of them. Equal costs are ordered by hops,
then by the ids along the path, so that every ranking is the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, log

import numpy as np

from diaspora_graph.dataset.columns import Codes
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.filters.masks import GRADE, VOICE
from diaspora_graph.paths.bounds import Costs
from diaspora_graph.paths.influence_graph import neighbours
from diaspora_graph.paths.subgraph import Query, Subgraph
from diaspora_graph.wording.words import counted, say

MILLIONTHS = 1_000_000


@dataclass(frozen=True, slots=True)
class Ranking:
    """A rule by which paths are ranked; ``sums`` says whether costs add up or the worst counts.

    ``costs`` gives the cost of each arc of a part of the graph; an inclusion costs nothing unless
    the rule is about the things passed. Without it all paths cost the same; only hops count.
    """

    name: str
    sums: bool = False
    costs: Callable[[Dataset, Query, Subgraph], Costs] | None = None

    @property
    def text(self) -> str:
        """The rule in one sentence."""
        return self.describe()

    def describe(self, language: str = "en") -> str:
        """Return the rule in one sentence."""
        return say(f"by {self.name}", language)

    def shown(self, cost: int, language: str = "en") -> str:
        """Return a cost in words."""
        if self.name == "weakest":
            return say("cost weakest", language, steps=cost)
        if self.name == "sources":
            return counted("source", -cost, language)
        if self.name == "product":
            part = cost / MILLIONTHS
            return say("cost product", language, cost=f"{part:.6f}", weight=f"{exp(-part):.3f}")
        if self.name == "hub":
            return say("cost hub", language, cost=f"{cost / MILLIONTHS:.6f}")
        return str(cost)


def ranking(name: str) -> Ranking:
    """Return a ranking by its name. Raises `UnknownNameError`.

    >>> ranking("weakest").shown(1), ranking("product").shown(105361)
    ('1 below the best confidence', '0.105361 (weight 0.900)')
    >>> ranking("sources").shown(-1), ranking("sources").shown(-2)
    ('1 independent source', '2 independent sources')
    """
    if name not in RANKINGS:
        raise UnknownNameError("ranking", name, RANKINGS)
    return RANKINGS[name]


def _by_weakest(data: Dataset, query: Query, part: Subgraph) -> Costs:
    best = best_confidence(query, part.relation)
    return np.where(part.hop, len(data.schema.words("confidence")) - 1 - best, 0)


def _by_product(data: Dataset, query: Query, part: Subgraph) -> Costs:
    weights = np.array(
        [
            round(-log(float(word.weight)) * MILLIONTHS)
            for word in data.schema.vocabularies["confidence"].values()
        ],
        np.int64,
    )
    return np.where(part.hop, weights[best_confidence(query, part.relation)], 0)


def _by_sources(data: Dataset, query: Query, part: Subgraph) -> Costs:
    return np.where(part.hop, -origins(query, part.relation), 0)


def _by_hub(data: Dataset, query: Query, part: Subgraph) -> Costs:
    known = neighbours(data)[part.things]
    cost = np.round(np.log2(np.maximum(known, 1)) * MILLIONTHS).astype(np.int64)
    found = cost[part.end]
    found[part.end == part.goal] = 0
    return found


def best_confidence(query: Query, relations: Codes) -> Costs:
    """Return the best confidence of each relation's statements that pass; the lowest word is 0."""
    owner, place = query.statements(relations)
    best = np.zeros(len(relations), np.int64)
    np.maximum.at(best, owner, query.book.confidence[query.book.codes[place, GRADE]])
    return best


def origins(query: Query, relations: Codes) -> Costs:
    """Return the number of independent sources of each relation's statements.

    Statements that credit the same origin are one source.
    """
    owner, place = query.statements(relations)
    width = max(len(query.book.names), 1)
    origin = query.book.origin[query.book.codes[place, VOICE]].astype(np.int64)
    pairs = np.unique(owner * width + origin)
    return np.bincount(pairs // width, minlength=len(relations)).astype(np.int64)


RANKINGS: Mapping[str, Ranking] = {
    each.name: each
    for each in (
        Ranking("hops"),
        Ranking("weakest", costs=_by_weakest),
        Ranking("product", sums=True, costs=_by_product),
        Ranking("sources", costs=_by_sources),
        Ranking("hub", sums=True, costs=_by_hub),
    )
}
"""Every ranking by its name."""

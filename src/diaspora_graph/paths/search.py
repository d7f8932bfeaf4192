"""A search: a dataset under one scope and one set of rules, with the kernel that searches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from diaspora_graph.dataset.columns import Codes
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.filters.masks import Masks, codebook, masks_of
from diaspora_graph.filters.rules import RULES, Rules, checked_hops
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.filters.time import Coherence, Truth
from diaspora_graph.paths.bounds import PER_HOP, Costs, Reachability, least_costs
from diaspora_graph.paths.influence_graph import InfluenceGraph, graph_under
from diaspora_graph.paths.kernels import Kernel, kernel_for
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.rankings import RANKINGS, Ranking
from diaspora_graph.paths.subgraph import Query, Subgraph, subgraph_of_arcs
from diaspora_graph.paths.topic_gates import gates

_AT_LEAST: dict[str, set[Truth]] = {"yes": {"yes"}, "unknown": {"yes", "unknown"}}

AT_ONCE = 100_000
"""Arcs that one search looks at before the first paths are sought on their own."""

NO_END = 1 << 60


class Search:
    """Searches of a dataset under one scope and set of rules."""

    def __init__(
        self,
        data: Dataset,
        scope: Scope = EVERYTHING,
        rules: Rules = RULES,
        *,
        masks: Masks | None = None,
        kernel: Kernel | None = None,
    ) -> None:
        for word in (scope.coherent, scope.sequential):
            if word and word not in _AT_LEAST:
                raise UnknownNameError("answer", word, _AT_LEAST)
        self.data = data
        self.scope = scope
        self.rules = rules
        self.masks = masks or masks_of(data, scope, rules)
        self.kernel = kernel or kernel_for(data)

    @cached_property
    def arcs(self) -> InfluenceGraph:
        """The arcs that the rules allow."""
        return graph_under(self.data, self.rules)

    def number(self, id: str) -> int:
        """Return the number of a thing. Raises `UnknownNameError`."""
        return self.data.number(id)

    def query(self, start: int, goal: int, hops: int) -> Query:
        """Return one search. Raises `ParameterError` for ends or hops that make none."""
        if start == goal:
            id = self.data.ids[start].as_py()
            raise ParameterError(f"{id!r} is both start and goal; a path joins two things")
        data = self.data
        return Query(
            self.arcs, data.relations, codebook(data), self.masks, data.type, start, goal,
            checked_hops(hops),
        )  # fmt: skip

    def batches(
        self, start: int, goal: int, hops: int, rule: Ranking = RANKINGS["hops"]
    ) -> Iterator[Sequence[InfluencePath]]:
        """Yield the paths in the order of a ranking, in lists, of which some are empty."""
        batches = self._batches(self.query(start, goal, hops), rule)
        if not (self.scope.coherent or self.scope.sequential):
            return batches
        return ([path for path in batch if self._in_time(path)] for batch in batches)

    @cached_property
    def _coherence(self) -> Coherence:
        return Coherence(self.data, self.masks)

    def coherent(self, path: InfluencePath) -> Truth:
        """Return whether all steps of a path hold on one day."""
        return self._coherence.coherent(int(path.table.relation[arc]) for arc in path.arcs)

    def sequential(self, path: InfluencePath) -> Truth:
        """Return whether each step of a path can come no sooner than the step before it."""
        return self._coherence.sequential(int(path.table.relation[arc]) for arc in path.arcs)

    def _in_time(self, path: InfluencePath) -> bool:
        scope = self.scope
        return (not scope.coherent or self.coherent(path) in _AT_LEAST[scope.coherent]) and (
            not scope.sequential or self.sequential(path) in _AT_LEAST[scope.sequential]
        )

    def _batches(self, query: Query, rule: Ranking) -> Iterator[Sequence[InfluencePath]]:
        if rule.costs is None:
            return self._by_hops(query)
        part = self._subgraph(query)
        if not len(part.arc):
            return iter(())
        cost = rule.costs(self.data, query, part)
        return self._by_sum(query, part, cost) if rule.sums else self._by_worst(query, part, cost)

    def _subgraph(self, query: Query) -> Subgraph:
        part = self.kernel.subgraph(query, NO_END)
        assert part is not None  # noqa: S101 (there is always an answer without a limit)
        return part

    def _rounds(self, query: Query) -> Iterator[tuple[Subgraph, Sequence[int]]]:
        """Yield parts of the graph and how many hops exactly to look for in each.

        Mostly one part is enough. Where that would take long, the first paths do not wait for the
        longest ones: a part for one hop, for two, and so on.
        """
        part = self.kernel.subgraph(query, AT_ONCE)
        if part is not None:
            yield part, range(1, query.hops + 1)
            return
        for hops in range(1, query.hops + 1):
            yield self._subgraph(replace(query, hops=hops)), (hops,)

    def _by_hops(self, query: Query) -> Iterator[Sequence[InfluencePath]]:
        index = self.arcs
        for space, table, hops in self._searchable(query):
            for enumerate_paths in self.kernel.enumerate_paths(space, table, hops):
                yield [InfluencePath(index, path) for path in enumerate_paths]

    def _searchable(self, query: Query) -> Iterator[tuple[Any, Reachability, int]]:
        for part, rounds in self._rounds(query):
            yield from self._within(query, part, rounds)

    def _within(
        self, query: Query, part: Subgraph, rounds: Sequence[int]
    ) -> Iterator[tuple[Any, Reachability, int]]:
        if len(part.arc):
            space = self.kernel.space(part, gates(self.data, query, part))
            table = self.kernel.reachability(part, np.ones(len(part.arc), np.bool_), part.hop)
            for hops in rounds:
                if table.table[1, hops, part.start, 0]:
                    yield space, table, hops

    def _by_sum(
        self, query: Query, part: Subgraph, cost: Costs
    ) -> Iterator[Sequence[InfluencePath]]:
        index = self.arcs
        space = self.kernel.space(part, gates(self.data, query, part))
        both = cost * PER_HOP + part.hop
        bound = least_costs(part, both)
        for some in self.kernel.cheapest_paths(space, both, bound, query.hops):
            yield [InfluencePath(index, path, total // PER_HOP) for total, path in some]

    def _by_worst(
        self, query: Query, part: Subgraph, cost: Costs
    ) -> Iterator[Sequence[InfluencePath]]:
        index = self.arcs
        space = self.kernel.space(part, gates(self.data, query, part))
        for worst in np.unique(cost[part.hop]).tolist():
            open_ = ~part.hop | (cost <= worst)
            table = self.kernel.reachability(part, open_, part.hop & (cost == worst))
            for hops in range(1, query.hops + 1):
                if table.table[1, hops, part.start, 0]:
                    for enumerate_paths in self.kernel.enumerate_paths(space, table, hops):
                        yield [InfluencePath(index, path, worst) for path in enumerate_paths]

    def path_counts(self, start: int, goal: int, hops: int) -> Iterator[int]:
        """Yield how many paths there are, bit by bit."""
        query = self.query(start, goal, hops)
        if self.scope.coherent or self.scope.sequential:
            yield from (len(batch) for batch in self.batches(start, goal, hops))
            return
        for searchable in self._searchable(query):
            yield from self.kernel.path_counts(*searchable)

    def paths(self, start: int, goal: int, hops: int) -> Iterator[InfluencePath]:
        """Yield the paths with fewest hops first, equal ones by the ids along them."""
        return (path for batch in self.batches(start, goal, hops) for path in batch)

    def holds(self, path: InfluencePath) -> bool:
        """Return whether a path of another scope, found under the same rules, is one of these.

        It is looked for in the part of the graph that its own arcs make up.
        """
        arcs, things = np.sort(np.array(path.arcs, np.int32)), path.things
        query = self.query(things[0], things[-1], path.hops)
        kept = self.masks.predicate[self.arcs.predicate[arcs]]
        kept &= query.open(self.arcs.relation[arcs])
        if not (kept.all() and self.masks.inner[self.data.type[list(things[1:-1])]].all()):
            return False
        found = self._within(query, subgraph_of_arcs(query, arcs), (path.hops,))
        return any(
            sum(self.kernel.path_counts(*searchable)) for searchable in found
        ) and self._in_time(path)

    def passing(self, relation: int) -> Codes:
        """Return the rows of a relation's statements that pass, in the order of their ids."""
        return self.data.relations.statements[self.masks.places(self.data, relation)]

"""A search: a dataset under one scope and one set of rules, with the kernel that searches it.

Built once and used often: the graph under a scope and rules is computed when it is first needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np

from diaspora_graph.dataset.columns import Codes
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.filters.masks import Masks, codebook, masks_of
from diaspora_graph.filters.rules import RULES, Rules, checked_hops
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.filters.time import Coherence, Truth
from diaspora_graph.paths.arc_path import ArcPath
from diaspora_graph.paths.bounds import PER_HOP, Costs, Reachability, least_costs
from diaspora_graph.paths.influence_graph import AGAINST, HOP, InfluenceGraph, graph_under
from diaspora_graph.paths.kernels import Kernel, kernel_for
from diaspora_graph.paths.path import InfluencePath, Step
from diaspora_graph.paths.rankings import RANKINGS, Ranking, ranking
from diaspora_graph.paths.subgraph import Query, Subgraph, subgraph_of_arcs
from diaspora_graph.paths.topic_gates import gates
from diaspora_graph.wording.words import counted, say

if TYPE_CHECKING:
    import pandas as pd

_AT_LEAST: dict[str, set[Truth]] = {"yes": {"yes"}, "unknown": {"yes", "unknown"}}

AT_ONCE = 100_000
"""The number of arcs after which a search first looks for the shortest paths only."""

NO_END = 1 << 60


class _Limited:
    """A result that a limit may have ended early: the limit's name and number."""

    limit: tuple[str, str] | None

    @property
    def cut(self) -> str:
        """The limit that ended the search early, in English words; nothing if it was complete."""
        return self.why_cut()

    def why_cut(self, language: str = "en") -> str:
        """Return the limit that ended the search early, in words; nothing if it was complete."""
        if self.limit is None:
            return ""
        phrase, number = self.limit
        return say(phrase, language, number=number, seconds=number)


@dataclass(frozen=True)
class FoundPaths(_Limited):
    """Paths, and the limit that ended the search early, if one did (``cut`` says it in words).

    >>> from diaspora_graph import best_paths, load_dataset
    >>> best_paths(load_dataset(), "aipac", "us-policy-toward-israel", k=1)
    FoundPaths(1 path, there are more paths than 1)
    """

    paths: tuple[InfluencePath, ...]
    limit: tuple[str, str] | None = None

    def __repr__(self) -> str:
        return f"FoundPaths({counted('path', len(self.paths))}{self.cut and f', {self.cut}'})"

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[InfluencePath]:
        return iter(self.paths)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each step of each path; ``path`` is the number of the path, from 1."""
        import pandas as pd

        frames = [path.to_pandas().assign(cost=path.cost) for path in self.paths]
        for number, frame in enumerate(frames, 1):
            frame.insert(0, "path", number)
        return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()

    def _repr_html_(self) -> str:
        return "".join(path._repr_html_() for path in self.paths) or "<p>no path</p>"


@dataclass(frozen=True)
class PathCount(_Limited):
    """The number of paths; a lower bound if a limit ended the count (``cut``).

    >>> from diaspora_graph import count_paths, load_dataset
    >>> count_paths(load_dataset(), "AIPAC", "US policy toward Israel").number > 1
    True
    """

    number: int
    limit: tuple[str, str] | None = None


class Search:
    """Searches in a dataset under one scope and set of rules.

    >>> from diaspora_graph import load_dataset
    >>> search = Search(load_dataset(), Scope(min_confidence="medium"))
    >>> search.count("Armenian diaspora", "us-policy-toward-armenia").number > 1
    True
    """

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

    def paths(
        self, start: str, goal: str, *, hops: int = 4, by: str = "hops"
    ) -> Iterator[InfluencePath]:
        """Yield the paths between two things in the order of a ranking; see `influence_paths`."""
        batches = self.batches(self.number(start), self.number(goal), hops, ranking(by))
        return (self.value(path) for batch in batches for path in batch)

    def best(
        self, start: str, goal: str, *, hops: int = 4, by: str = "hops", k: int = 10,
        seconds: float | None = None,
    ) -> FoundPaths:  # fmt: skip
        """Return the ``k`` best paths between two things; see `best_paths`."""
        if k < 1:
            raise ParameterError(f"{k} paths: expected at least 1")
        until = _deadline(seconds)
        found: list[ArcPath] = []
        cut: tuple[str, str] | None = None
        for batch in self.batches(self.number(start), self.number(goal), hops, ranking(by)):
            found += batch
            if len(found) > k:
                cut = ("more paths", f"{k}")
                break
            if until is not None and monotonic() > until:
                cut = ("stopped", f"{seconds:g}")
                break
        return FoundPaths(tuple(map(self.value, found[:k])), cut)

    def count(
        self, start: str, goal: str, *, hops: int = 4, seconds: float | None = None
    ) -> PathCount:
        """Count the paths between two things; see `count_paths`."""
        until = _deadline(seconds)
        number = 0
        for some in self.path_counts(self.number(start), self.number(goal), hops):
            number += some
            if until is not None and monotonic() > until:
                return PathCount(number, ("stopped", f"{seconds:g}"))
        return PathCount(number)

    def number(self, name: str) -> int:
        """Return the number of a thing by id, label or alias. Raises `UnknownNameError`."""
        return self.data.number(resolve(self.data, name))

    def value(self, path: ArcPath) -> InfluencePath:
        """Return a found path as ids, with the statements of each step."""
        nodes = tuple(self.data.id_list[thing] for thing in path.things)
        steps = tuple(self._steps[arc] for arc in path.arcs)
        return InfluencePath(nodes, steps, path.hops, path.cost, self.data)

    @cached_property
    def _steps(self) -> _Steps:
        return _Steps(self)

    @cached_property
    def denials(self) -> Masks:
        """The filters of the scope for statements that deny."""
        return masks_of(self.data, self.scope, self.rules, denials=True)

    def query(self, start: int, goal: int, hops: int) -> Query:
        """Return one query. Raises `ParameterError` for wrong ends or hops."""
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
    ) -> Iterator[Sequence[ArcPath]]:
        """Yield the paths in the order of a ranking, in lists, some of them empty."""
        batches = self._batches(self.query(start, goal, hops), rule)
        if not (self.scope.coherent or self.scope.sequential):
            return batches
        return ([path for path in batch if self._in_time(path)] for batch in batches)

    @cached_property
    def _coherence(self) -> Coherence:
        return Coherence(self.data, self.masks)

    def coherent(self, path: InfluencePath) -> Truth:
        """Return whether all steps of a path hold on one day: yes, no or unknown."""
        return self._coherence.coherent(self._relations(path))

    def sequential(self, path: InfluencePath) -> Truth:
        """Return whether each step of a path can hold no earlier than the step before it."""
        return self._coherence.sequential(self._relations(path))

    def _relations(self, path: InfluencePath) -> Iterator[int]:
        """Yield the position in ``data.relations`` of each step."""
        for step in path.steps:
            row = self.data.row("statement", (*step.statements, *step.denials)[0])
            yield int(self.data.relations.of_statement[row])

    def _in_time(self, path: ArcPath) -> bool:
        scope, judged = self.scope, self._coherence
        relations = [int(path.graph.relation[arc]) for arc in path.arcs]
        return (not scope.coherent or judged.coherent(relations) in _AT_LEAST[scope.coherent]) and (
            not scope.sequential or judged.sequential(relations) in _AT_LEAST[scope.sequential]
        )

    def _batches(self, query: Query, rule: Ranking) -> Iterator[Sequence[ArcPath]]:
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
        """Yield parts of the graph and the exact numbers of hops to look for in each.

        Usually one part is enough. If that would take long, there is a part for one hop, one for
        two, and so on, so that the shortest paths come first.
        """
        part = self.kernel.subgraph(query, AT_ONCE)
        if part is not None:
            yield part, range(1, query.hops + 1)
            return
        for hops in range(1, query.hops + 1):
            yield self._subgraph(replace(query, hops=hops)), (hops,)

    def _by_hops(self, query: Query) -> Iterator[Sequence[ArcPath]]:
        index = self.arcs
        for space, table, hops in self._searchable(query):
            for found in self.kernel.enumerate_paths(space, table, hops):
                yield [ArcPath(index, path) for path in found]

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

    def _by_sum(self, query: Query, part: Subgraph, cost: Costs) -> Iterator[Sequence[ArcPath]]:
        index = self.arcs
        space = self.kernel.space(part, gates(self.data, query, part))
        both = cost * PER_HOP + part.hop
        bound = least_costs(part, both)
        for some in self.kernel.cheapest_paths(space, both, bound, query.hops):
            yield [ArcPath(index, path, total // PER_HOP) for total, path in some]

    def _by_worst(self, query: Query, part: Subgraph, cost: Costs) -> Iterator[Sequence[ArcPath]]:
        index = self.arcs
        space = self.kernel.space(part, gates(self.data, query, part))
        for worst in np.unique(cost[part.hop]).tolist():
            open_ = ~part.hop | (cost <= worst)
            table = self.kernel.reachability(part, open_, part.hop & (cost == worst))
            for hops in range(1, query.hops + 1):
                if table.table[1, hops, part.start, 0]:
                    for found in self.kernel.enumerate_paths(space, table, hops):
                        yield [ArcPath(index, path, worst) for path in found]

    def path_counts(self, start: int, goal: int, hops: int) -> Iterator[int]:
        """Yield the number of paths, in parts."""
        query = self.query(start, goal, hops)
        if self.scope.coherent or self.scope.sequential:
            yield from (len(batch) for batch in self.batches(start, goal, hops))
            return
        for searchable in self._searchable(query):
            yield from self.kernel.path_counts(*searchable)

    def arc_paths(self, start: int, goal: int, hops: int) -> Iterator[ArcPath]:
        """Yield the paths with fewest hops first, equal ones by the ids along them."""
        return (path for batch in self.batches(start, goal, hops) for path in batch)

    def holds(self, value: InfluencePath) -> bool:
        """Return whether a path of another scope, found under the same rules, is one of these.

        The search runs only in the part of the graph with the path's own arcs.
        """
        path = self._arc_path(value)
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

    def _arc_path(self, value: InfluencePath) -> ArcPath:
        """Return the arcs of a path that was found under the same rules."""
        found, arcs = [], self.arcs
        for step, relation in zip(value.steps, self._relations(value), strict=True):
            begin, end = self.data.number(step.begin), self.data.number(step.end)
            places = np.arange(arcs.starts[begin], arcs.starts[begin + 1])
            same = (arcs.end[places] == end) & (arcs.relation[places] == relation)
            same &= ((arcs.way[places] & ~AGAINST) != HOP) == step.inclusion
            found.append(int(places[same][0]))
        return ArcPath(arcs, tuple(found))

    def passing(self, relation: int) -> Codes:
        """Return the rows of a relation's statements that pass, in the order of their ids."""
        return self.data.relations.statements[self.masks.places(self.data, relation)]


class _Steps(dict[int, Step]):
    """The steps of a search as values, by arc; each is made when it is first asked for."""

    def __init__(self, search: Search) -> None:
        super().__init__()
        self._search = search
        self._predicates = list(search.data.schema.predicates)

    def __missing__(self, arc: int) -> Step:
        search, data = self._search, self._search.data
        step = ArcPath(search.arcs, ()).step(arc)
        begin, end = data.id_list[step.begin], data.id_list[step.end]
        subject, object_ = (begin, end) if step.along else (end, begin)
        kept = search.passing(step.relation)
        denials: tuple[str, ...] = ()
        if data.denied[data.relations.rows(step.relation)].any():
            kept = kept[~data.denied[kept]]
            places = search.denials.places(data, step.relation)
            denials = self._ids(data.relations.statements[places])
        self[arc] = value = Step(
            begin, end, subject, self._predicates[data.relations.predicate[step.relation]],
            object_, step.inclusion, self._ids(kept), denials,
        )  # fmt: skip
        return value

    def _ids(self, rows: Codes) -> tuple[str, ...]:
        return tuple(self._search.data.tables["statement"]["id"].at(rows))


def _deadline(seconds: float | None) -> float | None:
    if seconds is None:
        return None
    if not seconds > 0:
        raise ParameterError(f"{seconds:g} seconds: expected more than 0")
    return monotonic() + seconds

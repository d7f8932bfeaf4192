"""The subgraph with all paths of at most that many hops from start to goal, and no more.

Two searches meet, one from the start along influence, one from the goal against it; the one with
fewer arcs ahead makes the next step. The remaining part is small, so that the next steps (a list,
a count or a ranking) do not need the whole graph. It keeps the arcs of all *walks* (a walk may
repeat things, take inclusions in a row and ignore topics); `enumerate` then holds to those rules.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Codes, Mask
from diaspora_graph.dataset.relations import Relations
from diaspora_graph.filters.masks import Codebook, Masks
from diaspora_graph.paths.influence_graph import AGAINST, HOP, UP, InfluenceGraph

FAR = 1 << 20
"""Farther than any path."""

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Query:
    """One search: the index, the filters as tables, and its two ends."""

    arcs: InfluenceGraph
    relations: Relations
    book: Codebook
    masks: Masks
    type: Codes
    start: int
    goal: int
    hops: int

    def open(self, relations: Codes) -> Mask:
        """Return which relations have a statement that passes, without filters on relations."""
        found = np.zeros(len(relations), np.bool_)
        found[self.statements(relations)[0]] = True
        return found

    def statements(self, relations: Codes) -> tuple[Places, Places]:
        """Return the statements that pass: their relation, as a position, and their place.

        Places are those in the codebook, ascending within a relation.
        """
        first = self.relations.starts[relations]
        counts = self.relations.starts[relations + 1] - first
        places = ranges(first, counts)
        owner = np.repeat(np.arange(len(relations)), counts)
        kept = self.masks.passing(self.book, places)
        return owner[kept], places[kept]


@dataclass(frozen=True, eq=False)
class Subgraph:
    """A part of the graph with its own numbers, in the order of the whole graph.

    ``things`` and ``arc`` are positions in the whole, ascending; ``begin`` and ``end`` are
    positions in ``things``. Arcs out of thing t are ``starts[t]:starts[t + 1]``.
    """

    things: Codes
    arc: Codes
    begin: Codes
    end: Codes
    relation: Codes
    hop: Mask
    starts: Codes
    start: int
    goal: int
    hops: int


def empty_subgraph(query: Query) -> Subgraph:
    """Return the part of a search that finds nothing."""
    none = np.zeros(0, np.int32)
    return Subgraph(none, none, none, none, none, none.astype(np.bool_), none, -1, -1, query.hops)


def subgraph(query: Query, most: int) -> Subgraph | None:
    """Return the part of the graph with the paths of a query.

    ``most`` is how many arcs may be looked at until the two searches meet; nothing if more.
    """
    found = _Search(query, most).candidates()
    return None if found is None else subgraph_of_arcs(query, found)


def ranges(first: npt.NDArray[np.integer], counts: npt.NDArray[np.integer]) -> Places:
    """Return the whole numbers of many ranges, one after the other.

    >>> ranges(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    ends = np.cumsum(counts)
    if not len(ends) or not ends[-1]:
        return np.zeros(0, np.int64)
    places = np.arange(ends[-1], dtype=np.int64)
    shift = np.asarray(first, np.int64) - (ends - counts)
    found: Places = places + np.repeat(shift, counts)
    return found


class _Search:
    """The two searches, level by level; a level is all things at the same number of hops."""

    def __init__(self, query: Query, most: int) -> None:
        self.query = query
        self.most = most
        self.known = np.zeros(len(query.relations), np.int8)  # 1 open, -1 closed, 0 not asked
        self.away = np.full(len(query.type), FAR, np.int32)
        self.left = np.full(len(query.type), FAR, np.int32)
        self.met = False  # the searches have met: only things seen from the goal lead to it

    def candidates(self) -> Codes | None:
        """Return arcs that include all arcs on a path; nothing if it takes too long."""
        query = self.query
        out = np.array([query.start])
        back = np.array([query.goal])
        self.away[query.start] = self.left[query.goal] = 0
        gone, come = 0, 0
        while gone + come < query.hops and len(out) and len(back):
            ahead = self._width(out, query.arcs.starts), self._width(back, query.arcs.ends)
            self.most -= min(ahead)
            if self.most < 0:
                return None
            if ahead[0] <= ahead[1]:
                out, gone = self._level(out, gone, self.away, forward=True), gone + 1
            else:
                back, come = self._level(back, come, self.left, forward=False), come + 1
        self._closed(back, come, self.left, forward=False)  # inclusions reach on at no cost
        unseen = (
            come + 1 if len(back) else FAR
        )  # the distance of a thing not yet seen from the goal
        self.met = True
        for level in range(gone, query.hops):
            out = out[self.left[out] + level <= query.hops]
            out = self._level(out, level, self.away, forward=True)
        self._closed(out, query.hops, self.away, forward=True)
        return self._collected(unseen)

    def _width(self, things: Places, offsets: Codes) -> int:
        return int((offsets[things + 1] - offsets[things]).sum())

    def _level(self, things: Places, level: int, distance: Codes, *, forward: bool) -> Places:
        """Mark the things one hop farther, after those that inclusions reach at no cost."""
        following = self._closed(things, level, distance, forward=forward)
        found = np.unique(np.concatenate(following)) if following else np.zeros(0, np.int64)
        found = found[distance[found] > level + 1].astype(np.int64)
        distance[found] = level + 1
        return found

    def _closed(
        self, things: Places, level: int, distance: Codes, *, forward: bool
    ) -> list[Places]:
        """Mark the things that inclusions reach at no cost; return those that hops then reach."""
        query = self.query
        own, other = (query.start, query.goal) if forward else (query.goal, query.start)
        following = []
        while len(things):
            arcs = self._arcs(things[things != other], level, forward=forward)
            ends = (query.arcs.end if forward else query.arcs.begin)[arcs]
            hop = (query.arcs.way[arcs] & ~AGAINST) == HOP
            fresh = (distance[ends] > level) & (ends != own)
            fresh &= query.masks.inner[query.type[ends]] | (ends == other)
            following.append(ends[fresh & hop])
            things = np.unique(ends[fresh & ~hop])
            distance[things] = level
        return following

    def _arcs(self, things: Places, level: int, *, forward: bool) -> Codes:
        """Return the arcs out of things, or into them, over which this search may go."""
        arcs = self.query.arcs
        offsets = arcs.starts if forward else arcs.ends
        first = offsets[things]
        places = ranges(first, offsets[things + 1] - first)
        found = places if forward else arcs.into.arc[places]
        kind = arcs.way[found] & ~AGAINST
        may = (kind != UP) | (arcs.end[found] == self.query.goal)
        if self.met:
            may &= self.left[arcs.end[found]] + level + (kind == HOP) <= self.query.hops
        return self._open(found[may])

    def _open(self, arcs: npt.NDArray[np.integer]) -> Codes:
        query = self.query
        relation = query.arcs.relation[arcs]
        asked = np.unique(relation[self.known[relation] == 0])
        kept = query.masks.predicate[query.relations.predicate[asked]]
        self.known[asked[~kept]] = -1
        asked = asked[kept]
        self.known[asked] = np.where(query.open(asked), 1, -1)
        return np.asarray(arcs[self.known[relation] > 0], np.int32)

    def _collected(self, unseen: int) -> Codes:
        query = self.query
        left = self.left = np.minimum(self.left, unseen)
        things = np.flatnonzero(self.away + left <= query.hops)
        arcs = self._arcs(things[things != query.goal], 0, forward=True)
        begin, end = query.arcs.begin[arcs], query.arcs.end[arcs]
        cost = ((query.arcs.way[arcs] & ~AGAINST) == HOP).astype(np.int32)
        short = self.away[begin] + cost + left[end] <= query.hops
        short &= (self.away[end] < FAR) & (end != query.start)
        return np.sort(arcs[short])


def subgraph_of_arcs(query: Query, arcs: Codes) -> Subgraph:
    """Return the part that consists of some arcs, without arcs that are on no short enough walk."""
    while len(arcs):
        found = _part(query, arcs)
        if found is None:
            break
        part, kept = found
        if kept.all():
            return part
        arcs = arcs[kept]
    return empty_subgraph(query)


def _part(query: Query, arcs: Codes) -> tuple[Subgraph, Mask] | None:
    begin, end = query.arcs.begin[arcs], query.arcs.end[arcs]
    things = np.unique(np.concatenate([begin, end]))
    ends = np.searchsorted(things, [query.start, query.goal])
    if not np.array_equal(things[np.minimum(ends, len(things) - 1)], [query.start, query.goal]):
        return None
    start, goal = int(ends[0]), int(ends[1])
    b = np.searchsorted(things, begin).astype(np.int32)
    e = np.searchsorted(things, end).astype(np.int32)
    hop = (query.arcs.way[arcs] & ~AGAINST) == HOP
    starts = np.searchsorted(b, np.arange(len(things) + 1)).astype(np.int32)
    part = Subgraph(
        things, arcs, b, e, query.arcs.relation[arcs], hop, starts, start, goal, query.hops
    )
    away = _distances(len(things), start, e, b, hop, query.hops)
    left = _distances(len(things), goal, b, e, hop, query.hops)
    return part, away[b] + hop + left[e] <= query.hops


def _distances(count: int, of: int, near: Codes, far: Codes, hop: Mask, hops: int) -> Codes:
    """Return the distance in hops of each thing from one, from ``far`` ends to ``near`` ones."""
    distance = np.full(count, FAR, np.int32)
    distance[of] = 0
    for level in range(hops + 1):
        while True:
            free = near[~hop & (distance[far] == level) & (distance[near] > level)]
            if not len(free):
                break
            distance[free] = level
        distance[near[hop & (distance[far] == level) & (distance[near] > level + 1)]] = level + 1
    return distance

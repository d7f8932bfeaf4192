"""Paths over the relevant part of the graph, in Python: the kernel that needs no compiler.

A path is simple over things, takes no two inclusions in a row, goes up to a whole only as its last
step, and passes a gate only with a shared topic. `compiled` is the same in machine code; tests
hold both to the same list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise

from diaspora_graph.paths.bounds import NEVER_THERE, Costs, Reachability
from diaspora_graph.paths.subgraph import Subgraph
from diaspora_graph.paths.topic_gates import Gates

Arcs = tuple[int, ...]
"""Arcs of the whole graph, from start to goal."""

AT_A_TIME = 4096
"""Steps between two looks at the clock."""


class SearchSpace:
    """A part of the graph as Python lists, and which arc may follow which."""

    def __init__(self, part: Subgraph, gates: Gates) -> None:
        self.part = part
        self.arc = part.arc.tolist()
        self.begin = part.begin.tolist()
        self.end = part.end.tolist()
        self.hop = part.hop.tolist()
        self.starts = part.starts.tolist()
        self.gated = gates.gated.tolist()
        self.exempt = gates.exempt.tolist()
        topics, starts = gates.topics.tolist(), gates.starts.tolist()
        self.topics = [
            frozenset(topics[first:last]) if last > first else frozenset()
            for first, last in pairwise(starts)
        ]

    def may_follow(self, before: int, after: int) -> bool:
        """Return whether one arc may follow another: inclusions and gates."""
        if not (self.hop[before] or self.hop[after]):
            return False
        if not self.gated[self.begin[after]] or self.exempt[before] or self.exempt[after]:
            return True
        return not self.topics[before].isdisjoint(self.topics[after])


def enumerate_paths(space: SearchSpace, reach: Reachability, hops: int) -> Iterator[list[Arcs]]:
    """Yield the paths of exactly ``hops`` hops with a critical arc, in the order of their arcs.

    They come in lists, some of them empty, so that a caller can check the time.
    """
    found: list[Arcs] = []
    pause = 1  # the first path does not wait for the rest
    for step, path in enumerate(_paths(space, reach, hops), 1):
        found += [] if path is None else [path]
        if step % AT_A_TIME == 0 or len(found) == pause:
            yield found
            found, pause = [], AT_A_TIME
    yield found


def _paths(space: SearchSpace, reach: Reachability, hops: int) -> Iterator[Arcs | None]:
    """Depth first, with a stack of its own; yields nothing for a step that ends no path."""
    part, end, hop = space.part, space.end, space.hop
    table, critical = reach.table.tolist(), reach.critical.tolist()
    starts, goal = space.starts, part.goal
    on_walk = {part.start}
    path: list[int] = []
    got = [0]  # for each step of the path, whether a critical arc has been taken
    left = hops
    at = [starts[part.start]]
    until = [starts[part.start + 1]]
    while at:
        arc = at[-1]
        if arc == until[-1]:
            at.pop()
            until.pop()
            if path:
                last = path.pop()
                got.pop()
                on_walk.discard(end[last])
                left += hop[last]
            continue
        at[-1] = arc + 1
        target = end[arc]
        after = left - hop[arc]
        need = 0 if got[-1] or critical[arc] else 1
        if after < 0 or not table[need][after][target][not hop[arc]] or target in on_walk:
            continue
        if path and not space.may_follow(path[-1], arc):
            continue
        if target == goal:
            yield tuple(space.arc[each] for each in (*path, arc))
            continue
        path.append(arc)
        got.append(1 - need)
        on_walk.add(target)
        left = after
        at.append(starts[target])
        until.append(starts[target + 1])
        yield None


def path_counts(space: SearchSpace, reach: Reachability, hops: int) -> Iterator[int]:
    """Yield the number of paths of exactly ``hops`` hops, in parts."""
    return (len(found) for found in enumerate_paths(space, reach, hops))


def cheapest_paths(
    space: SearchSpace, cost: Sequence[int], bound: Costs, hops: int
) -> Iterator[list[tuple[int, Arcs]]]:
    """Yield paths of at most ``hops`` hops with their costs, the cheapest first, then by arcs.

    ``cost`` is the cost of each arc; ``bound`` the least cost from each thing to the goal. Best
    first: the search continues the path that can end cheapest, among equals the first by arcs.
    """
    part, end, hop = space.part, space.end, space.hop
    table = bound.tolist()
    heap: list[tuple[int, Arcs, int]] = [(table[hops][part.start][0], (), 0)]
    steps = 0
    while heap:
        least, path, spent = heappop(heap)
        steps += 1
        last = path[-1] if path else -1
        here = end[last] if path else part.start
        if here == part.goal:
            yield [(least, tuple(space.arc[each] for each in path))]
            continue
        if steps % AT_A_TIME == 0:
            yield []
        passed = {part.start, *(end[arc] for arc in path)}
        left = hops - sum(hop[arc] for arc in path)
        for arc in range(space.starts[here], space.starts[here + 1]):
            target, after = end[arc], left - hop[arc]
            if after < 0 or target in passed or (path and not space.may_follow(last, arc)):
                continue
            if target == part.goal and after == hops:  # an inclusion without a hop is not influence
                continue
            rest = table[after][target][not hop[arc]]
            if rest < NEVER_THERE:
                total = spent + cost[arc]
                heappush(heap, (total + rest, (*path, arc), total))

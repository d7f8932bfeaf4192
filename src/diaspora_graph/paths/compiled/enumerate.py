"""Paths in machine code, one after the other: the twin of `diaspora_graph.paths.enumerate`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from numba import njit

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.filters.rules import MOST_HOPS
from diaspora_graph.paths.bounds import Reachability
from diaspora_graph.paths.enumerate import Arcs
from diaspora_graph.paths.subgraph import Subgraph
from diaspora_graph.paths.topic_gates import Gates

LONGEST = 2 * MOST_HOPS + 1
"""The most arcs of a path: an inclusion before and after every hop."""

STEPS = 1 << 20
"""Steps between two looks at the clock."""

AT_A_TIME = 1 << 14
"""The number of paths returned at a time."""

Array = npt.NDArray[Any]


@njit(cache=True)
def may_follow(before, after, begin, hop, gates):  # type: ignore[no-untyped-def]
    """Return whether one arc may follow another: inclusions and gates."""
    gated, starts, topics, exempt = gates
    if not (hop[before] or hop[after]):
        return False
    if not gated[begin[after]] or exempt[before] or exempt[after]:
        return True
    one, other = starts[before], starts[after]
    while one < starts[before + 1] and other < starts[after + 1]:
        if topics[one] == topics[other]:
            return True
        if topics[one] < topics[other]:
            one += 1
        else:
            other += 1
    return False


@njit(cache=True)
def _paths(  # type: ignore[no-untyped-def]
    part, gates, table, critical, goal, state, stack, on_path, found_paths, lengths, steps
):
    """Continue a depth-first search; return how many paths were found and fill ``paths``.

    ``state`` holds depth, hops left and whether it has ended. If ``paths`` is empty, it only
    counts.
    """
    begin, end, hop, starts = part
    at, until, path, got = stack
    depth, left = state[0], state[1]
    room = len(found_paths)
    found = 0
    while steps:
        steps -= 1
        arc = at[depth]
        if arc == until[depth]:
            if depth == 0:
                state[2] = 1
                break
            depth -= 1
            last = path[depth]
            on_path[end[last]] = False
            left += hop[last]
            continue
        at[depth] = arc + 1
        target = end[arc]
        after = left - hop[arc]
        need = 0 if got[depth] or critical[arc] else 1
        if after < 0 or on_path[target] or not table[need, after, target, 0 if hop[arc] else 1]:
            continue
        if depth and not may_follow(path[depth - 1], arc, begin, hop, gates):
            continue
        if target == goal:
            if room:
                found_paths[found, :depth] = path[:depth]
                found_paths[found, depth] = arc
                lengths[found] = depth + 1
            found += 1
            if found == room:
                break
            continue
        path[depth] = arc
        on_path[target] = True
        left = after
        depth += 1
        got[depth] = 1 - need
        at[depth] = starts[target]
        until[depth] = starts[target + 1]
    state[0], state[1] = depth, left
    return found


@njit(cache=True)
def _reachability(begin, end, hop, open_, critical, goal, table):  # type: ignore[no-untyped-def]
    for left in range(table.shape[1]):
        if left:
            for arc in range(len(begin)):
                if not (open_[arc] and hop[arc]):
                    continue
                some = table[0, left - 1, end[arc], 0]
                bad = table[1, left - 1, end[arc], 0] or (some and critical[arc])
                if some:
                    table[0, left, begin[arc], 0] = table[0, left, begin[arc], 1] = True
                if bad:
                    table[1, left, begin[arc], 0] = table[1, left, begin[arc], 1] = True
        for arc in range(len(begin)):
            if open_[arc] and not hop[arc]:
                for need in range(2):
                    if table[need, left, end[arc], 1]:
                        table[need, left, begin[arc], 0] = True
        if left:
            table[:, left, goal] = False


def reachability(part: Subgraph, open_: Mask, critical: Mask) -> Reachability:
    """Return the reachability over open arcs; ``critical`` marks some of them."""
    table = np.zeros((2, part.hops + 1, len(part.things), 2), np.bool_)
    table[0, 0, part.goal] = True
    _reachability(part.begin, part.end, part.hop, open_, critical, part.goal, table)
    return Reachability(table, critical)


class SearchSpace:
    """A part of the graph as arrays, and which arc may follow which."""

    def __init__(self, part: Subgraph, gates: Gates) -> None:
        self.part = part
        self.arrays = (part.begin, part.end, part.hop, part.starts)
        self.gates = (gates.gated, gates.starts, gates.topics, gates.exempt)


class _Enumeration:
    """A depth-first search that can be continued."""

    def __init__(self, space: SearchSpace, reach: Reachability, hops: int) -> None:
        part = space.part
        self.space, self.reach = space, reach
        self.state = np.array([0, hops, 0])
        self.stack = tuple(np.zeros(LONGEST + 2, np.int32) for _ in range(4))
        self.stack[0][0], self.stack[1][0] = part.starts[part.start : part.start + 2]
        self.on_path = np.zeros(len(part.things), np.bool_)
        self.on_path[part.start] = True

    def go_on(self, found_paths: Array, lengths: Array) -> int:
        found: int = _paths(
            self.space.arrays, self.space.gates, self.reach.table, self.reach.critical,
            self.space.part.goal, self.state, self.stack, self.on_path, found_paths, lengths, STEPS,
        )  # fmt: skip
        return found


def enumerate_paths(space: SearchSpace, reach: Reachability, hops: int) -> Iterator[list[Arcs]]:
    """Yield the paths of exactly ``hops`` hops with a critical arc, in the order of their arcs."""
    search = _Enumeration(space, reach, hops)
    room = 1  # the first path does not wait for the rest
    while not search.state[2]:
        found, lengths = np.zeros((room, LONGEST), np.int32), np.zeros(room, np.int32)
        count = search.go_on(found, lengths)
        rows, ends = space.part.arc[found[:count]].tolist(), lengths[:count].tolist()
        yield [tuple(row[:end]) for row, end in zip(rows, ends, strict=True)]
        room = min(2 * room + 62, AT_A_TIME)


def path_counts(space: SearchSpace, reach: Reachability, hops: int) -> Iterator[int]:
    """Yield the number of paths of exactly ``hops`` hops, in parts."""
    search = _Enumeration(space, reach, hops)
    nothing = np.empty((0, LONGEST), np.int32)
    while not search.state[2]:
        yield search.go_on(nothing, nothing[:, 0])

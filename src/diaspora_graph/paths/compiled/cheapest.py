"""The cheapest paths in machine code: best first, by cost, then hops, then arcs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numba import njit

from diaspora_graph.paths.bounds import NEVER_THERE, Costs
from diaspora_graph.paths.compiled.enumerate import LONGEST, STEPS, Array, SearchSpace, may_follow
from diaspora_graph.paths.enumerate import Arcs
from diaspora_graph.paths.subgraph import Subgraph


@njit(cache=True)
def _comes_first(one, other, least, parent, arc, depth):  # type: ignore[no-untyped-def]
    if least[one] != least[other]:
        return least[one] < least[other]
    shorter = depth[one] < depth[other]
    while depth[one] > depth[other]:
        one = parent[one]
    while depth[other] > depth[one]:
        other = parent[other]
    if one == other:  # both begin in the same way
        return shorter
    while parent[one] != parent[other]:
        one, other = parent[one], parent[other]
    return arc[one] < arc[other]


@njit(cache=True)
def _push(heap, size, node, least, parent, arc, depth):  # type: ignore[no-untyped-def]
    place = size
    while place:
        above = (place - 1) // 2
        if not _comes_first(node, heap[above], least, parent, arc, depth):
            break
        heap[place] = heap[above]
        place = above
    heap[place] = node


@njit(cache=True)
def _pop(heap, size, least, parent, arc, depth):  # type: ignore[no-untyped-def]
    top, node = heap[0], heap[size - 1]
    size -= 1
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and _comes_first(
            heap[below + 1], heap[below], least, parent, arc, depth
        ):
            below += 1
        if not _comes_first(heap[below], node, least, parent, arc, depth):
            break
        heap[place] = heap[below]
        place = below
    heap[place] = node
    return top


@njit(cache=True)
def _larger(array):  # type: ignore[no-untyped-def]
    more = np.empty(2 * len(array), array.dtype)
    more[: len(array)] = array
    return more


@njit(cache=True)
def _cheapest(part, gates, cost, bound, ends, hops, nodes, size, steps):  # type: ignore[no-untyped-def]
    """Continue a best-first search until a path arrives.

    Nodes are paths: the arc that each ends with and the path before it. ``size`` holds how many
    nodes and how many of them wait. Returns the nodes, which may have grown, and the node that
    arrived: -1 if there is none left, -2 if the steps are used up.
    """
    begin, end, hop, starts = part
    start, goal = ends
    least, spent, parent, arc, depth, left, heap = nodes
    passed = np.empty(LONGEST + 1, np.int32)
    while size[1]:
        if steps == 0:
            return (least, spent, parent, arc, depth, left, heap), -2
        steps -= 1
        node = _pop(heap, size[1], least, parent, arc, depth)
        size[1] -= 1
        here = start if depth[node] == 0 else end[arc[node]]
        if here == goal:
            return (least, spent, parent, arc, depth, left, heap), node
        passed[0] = start
        back = node
        for place in range(1, depth[node] + 1):
            passed[place] = end[arc[back]]
            back = parent[back]
        for following in range(starts[here], starts[here + 1]):
            target = end[following]
            after = left[node] - hop[following]
            if after < 0 or (target == goal and after == hops):
                continue
            rest = bound[after, target, 0 if hop[following] else 1]
            if rest >= NEVER_THERE:
                continue
            again = False
            for place in range(depth[node] + 1):
                again |= passed[place] == target
            if again or (depth[node] and not may_follow(arc[node], following, begin, hop, gates)):
                continue
            if size[0] == len(least):
                least, spent, parent = _larger(least), _larger(spent), _larger(parent)
                arc, depth, left = _larger(arc), _larger(depth), _larger(left)
                heap = _larger(heap)
            fresh = size[0]
            spent[fresh] = spent[node] + cost[following]
            least[fresh] = spent[fresh] + rest
            parent[fresh], arc[fresh] = node, following
            depth[fresh], left[fresh] = depth[node] + 1, after
            _push(heap, size[1], fresh, least, parent, arc, depth)
            size[0] += 1
            size[1] += 1
    return (least, spent, parent, arc, depth, left, heap), -1


def cheapest_paths(
    space: SearchSpace, cost: Costs, bound: Costs, hops: int
) -> Iterator[list[tuple[int, Arcs]]]:
    """Yield paths of at most ``hops`` hops with their costs, the cheapest first, then by arcs."""
    part = space.part
    room = 1024
    int64, int32 = np.zeros(room, np.int64), np.zeros(room, np.int32)
    nodes = (
        int64, int64.copy(), int32, int32.copy(), int32.copy(), int32.copy(), int32.copy()
    )  # fmt: skip
    nodes[0][0], nodes[5][0] = bound[hops, part.start, 0], hops
    size = np.array([1, 1])
    while True:
        nodes, node = _cheapest(
            space.arrays, space.gates, cost, bound, (part.start, part.goal), hops,
            nodes, size, STEPS,
        )  # fmt: skip
        if node == -1:
            return
        yield [] if node < 0 else [(int(nodes[0][node]), _path(part, nodes, node))]


def _path(part: Subgraph, nodes: tuple[Array, ...], node: int) -> Arcs:
    parent, arc, depth = nodes[2], nodes[3], nodes[4]
    arcs = []
    for _ in range(depth[node]):
        arcs.append(int(part.arc[arc[node]]))
        node = int(parent[node])
    return tuple(reversed(arcs))

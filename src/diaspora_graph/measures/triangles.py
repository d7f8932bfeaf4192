"""All triangles of a network, in portions, without looking at every two-path.

Each edge, taken without its direction, runs from the end with fewer edges to the other; so even a
hub has few edges out, and three actors are found once (Chiba and Nishizeki 1985, "Arboricity and
subgraph listing algorithms").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Codes, Mask
from diaspora_graph.paths.subgraph import ranges

Places = npt.NDArray[np.int64]
Ways = Mapping[tuple[int, int], Mask]
"""Whether there is an edge from one corner to another, for each ordered pair of corners."""

AT_ONCE = 2_000_000
"""How many pairs of edges are looked at in a portion."""


@dataclass(frozen=True, eq=False)
class _Oriented:
    """Each pair of joined actors once, from the end with few edges to the one with many.

    ``up`` and ``down`` are the directions in which the pair has edges, ``key`` the pairs as single
    numbers in order. The pairs that begin at actor a are ``starts[a]:starts[a + 1]``.
    """

    size: int
    low: Places
    high: Places
    up: Mask
    down: Mask
    key: Places
    starts: Places

    @staticmethod
    def of(begin: Codes, end: Codes, size: int) -> _Oriented:
        """Orient directed edges."""
        degree = np.bincount(begin, minlength=size) + np.bincount(end, minlength=size)
        turn = (degree[begin] > degree[end]) | ((degree[begin] == degree[end]) & (begin > end))
        low = np.where(turn, end, begin).astype(np.int64)
        key, place = np.unique(low * size + np.where(turn, begin, end), return_inverse=True)
        up, down = np.zeros(len(key), np.bool_), np.zeros(len(key), np.bool_)
        up[place[~turn]] = True
        down[place[turn]] = True
        low = key // size
        starts = np.searchsorted(low, np.arange(size + 1))
        return _Oriented(size, low, key % size, up, down, key, starts)


def triangles(begin: Codes, end: Codes, size: int) -> Iterator[tuple[tuple[Places, ...], Ways]]:
    """Yield the three corners of triangles, and the edges between them, in portions.

    ``begin`` and ``end`` are the ends of directed edges, each edge once, none to itself.
    """
    pairs = _Oriented.of(begin, end, size)
    out = np.diff(pairs.starts)
    few = out[pairs.high] < out[pairs.low]  # look through the shorter of the two lists
    near = np.where(few, pairs.high, pairs.low)
    far = np.where(few, pairs.low, pairs.high)
    queue = np.argsort(far, kind="stable")  # so that what is looked up next is close by
    queue = queue[out[near[queue]] > 0]
    work = np.cumsum(out[near[queue]])
    whole = int(work[-1]) if len(work) else 0
    cuts = np.searchsorted(work, np.arange(AT_ONCE, whole, AT_ONCE), side="right")
    for some in np.split(queue, np.unique(cuts)):
        if len(some):
            yield _found(pairs, some, near[some], far[some])


def _found(
    pairs: _Oriented, some: Places, near: Places, far: Places
) -> tuple[tuple[Places, ...], Ways]:
    """Return the triangles on some pairs: a third actor that both ends have pairs to."""
    counts = pairs.starts[near + 1] - pairs.starts[near]
    side = ranges(pairs.starts[near], counts)  # the pairs that begin at the near end
    asked = np.repeat(far * pairs.size, counts) + pairs.high[side]
    third = np.searchsorted(pairs.key, asked).clip(max=len(pairs.key) - 1)
    real = np.flatnonzero(pairs.key[third] == asked)
    owner = np.repeat(np.arange(len(some)), counts)[real]
    base, side, third = some[owner], side[real], third[real]
    turned = pairs.low[base] != near[owner]
    up, down = pairs.up, pairs.down
    return (near[owner], far[owner], pairs.high[side]), {
        (0, 1): np.where(turned, down[base], up[base]),
        (1, 0): np.where(turned, up[base], down[base]),
        (0, 2): up[side],
        (2, 0): down[side],
        (1, 2): up[third],
        (2, 1): down[third],
    }

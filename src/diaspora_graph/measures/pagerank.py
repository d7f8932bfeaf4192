"""PageRank in numpy, at about the speed of a product of a sparse matrix and a vector in scipy."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt

from diaspora_graph.measures.network import Network
from diaspora_graph.paths.subgraph import ranges

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

DAMPING = 0.85
LEAST_CHANGE = 1e-10
MOST_ROUNDS = 1_000

_LAYERS = 24
"""How many edges into an actor are added layer by layer; those of hubs beyond it, in one sum."""


def pagerank(network: Network) -> tuple[Floats, int]:
    """Return the PageRank of each actor, and the number of rounds that it took.

    A round passes 0.85 of the rank of an actor along its edges in equal parts, or to all alike if
    it has none, and spreads the rest; it ends when the ranks change by less than 1e-10 in all.
    """
    size = len(network)
    arrived = _Arriving(network)
    out = np.bincount(network.begin, minlength=size)[arrived.actor]
    share = DAMPING / np.maximum(out, 1)
    sinks = np.flatnonzero(out == 0)
    rank, change, rounds = np.full(size, 1 / size), 1.0, 0
    while change >= LEAST_CHANGE and rounds < MOST_ROUNDS:
        fresh = arrived.sums(rank * share)
        fresh += (1 - DAMPING + DAMPING * rank[sinks].sum()) / size
        change = float(np.abs(fresh - rank).sum())
        rank, rounds = fresh, rounds + 1
    found = np.empty(size)
    found[arrived.actor] = rank / rank.sum()
    return found, rounds


class _Arriving:
    """Sums what arrives at each actor along the edges, in an order of its own: hubs first.

    The first edge into each actor is one layer, the second edge another, and so on: actors with
    many edges in stand first, so that a layer is added to the beginning of the sums at once.
    ``actor`` is the actor at each place of the order.
    """

    def __init__(self, network: Network) -> None:
        size = len(network)
        into = np.bincount(network.end, minlength=size)
        self.actor = np.argsort(-into, kind="stable")
        place = np.empty(size, np.int64)
        place[self.actor] = np.arange(size)
        into = into[self.actor]
        begin = place[network.begin][_order(place[network.end], size)]
        first = np.cumsum(into) - into
        layers = [
            begin[first[: np.searchsorted(-into, -layer)] + layer]
            for layer in range(min(_LAYERS, int(into[0])))
        ]
        hubs = int(np.searchsorted(-into, -_LAYERS))
        beyond = into[:hubs] - _LAYERS
        self._rest = np.cumsum(beyond) - beyond
        self._cuts = np.cumsum([0, *map(len, layers)]).tolist()
        self._from = np.concatenate([*layers, begin[ranges(first[:hubs] + _LAYERS, beyond)]])
        self._taken = np.empty(len(self._from))

    def sums(self, given: Floats) -> Floats:
        """Return what arrives at each actor if each gives so much along each of its edges."""
        # the places are all real; "clip" spares numpy a copy and a check
        np.take(given, self._from, out=self._taken, mode="clip")
        found = np.zeros(len(given))
        for a, b in pairwise(self._cuts):
            found[: b - a] += self._taken[a:b]
        if len(self._rest):
            found[: len(self._rest)] += np.add.reduceat(self._taken[self._cuts[-1] :], self._rest)
        return found


def _order(ends: Places, size: int) -> Places:
    """Return the order of edges by their ends; numpy sorts 16 bits by counting."""
    order: Places = np.argsort((ends & 0xFFFF).astype(np.uint16), kind="stable")
    for shift in range(16, int(size).bit_length(), 16):
        digits = (ends[order] >> shift & 0xFFFF).astype(np.uint16)
        order = order[np.argsort(digits, kind="stable")]
    return order

"""Bounds: for each thing, whether and at what cost the goal can be reached from it.

Tables over the part of the graph that `subgraph` leaves, computed backwards from the goal. They
ignore conditions on a whole path (no thing twice, topics), so they never exclude a real path.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.paths.subgraph import Subgraph

Costs = npt.NDArray[np.int64]

NEVER_THERE = np.int64(1) << 60
"""The cost of a thing that cannot be reached."""

PER_HOP = 64
"""The factor of a cost against a hop; every path has fewer hops than this."""


@dataclass(frozen=True, eq=False)
class Reachability:
    """Whether the goal can be reached, shape (2, hops + 1, things, 2).

    First axis: 0 by any arcs, 1 by at least one critical arc. Second axis: the exact number of
    hops. Last axis: 0 if any arc may come next, 1 if only a hop may (after an inclusion).
    """

    table: Mask
    critical: Mask


def reachability(part: Subgraph, open_: Mask, critical: Mask) -> Reachability:
    """Return the reachability over open arcs; ``critical`` marks some of them."""
    things = len(part.things)
    table = np.zeros((2, part.hops + 1, things, 2), np.bool_)
    table[0, 0, part.goal] = True
    for left in range(part.hops + 1):
        if left:
            reached = table[:, left - 1, part.end, 0] & open_ & part.hop
            reached[1] |= reached[0] & critical
            for some in (0, 1):
                found = np.bincount(part.begin[reached[some]], minlength=things) > 0
                table[some, left, :, 0] = table[some, left, :, 1] = found
        included = table[:, left, part.end, 1] & open_ & ~part.hop
        for some in (0, 1):
            table[some, left, part.begin[included[some]], 0] = True
        if left:
            table[:, left, part.goal] = False  # a path ends where it arrives
    return Reachability(table, critical)


def least_costs(part: Subgraph, cost: Costs) -> Costs:
    """Return the least cost to the goal, shape (hops + 1, things, 2); axes as in `Reachability`.

    ``cost`` is the cost of each arc, with its hop. Here ``hops`` is the most that may follow.
    """
    things = len(part.things)
    table = np.full((part.hops + 1, things, 2), NEVER_THERE, np.int64)
    table[:, part.goal] = 0
    hops, rest = np.flatnonzero(part.hop), np.flatnonzero(~part.hop)
    for left in range(part.hops + 1):
        if left:
            after = table[left - 1, part.end[hops], 0] + cost[hops]
            np.minimum.at(table[left, :, 1], part.begin[hops], after)
            table[left, part.goal] = 0
        table[left, :, 0] = table[left, :, 1]
        after = table[left, part.end[rest], 1] + cost[rest]
        np.minimum.at(table[left, :, 0], part.begin[rest], after)
        table[left, part.goal] = 0
    return np.minimum(table, NEVER_THERE)

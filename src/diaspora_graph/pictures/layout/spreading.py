"""Nodes pushed apart without Graphviz."""

from __future__ import annotations

import numpy as np

from diaspora_graph.pictures.layout.routes import Floats


def spread_out(middles: Floats, halves: Floats, gap: float, rounds: int = 2000) -> Floats:
    """Return middles near the given ones at which no two boxes are nearer than the gap.

    Boxes that overlap move apart along the shorter way, half each, several times; if some still
    touch after all rounds, everything is stretched until none does.

    >>> spread_out(np.zeros((2, 2)), np.ones((2, 2)), 1.0).tolist()
    [[-1.5, 0.0], [1.5, 0.0]]
    """
    at = middles.astype(float).copy()
    one, two = np.triu_indices(len(at), 1)
    need = halves[one] + halves[two] + gap
    for _ in range(rounds):
        way = at[two] - at[one]
        overlap = need - np.abs(way)
        close = (overlap > 1e-6).all(axis=1)
        if not close.any():
            return at
        _part(at, one[close], two[close], way[close], overlap[close])
    while ((need - np.abs(at[two] - at[one])) > 1e-6).all(axis=1).any():
        at *= 1.05
    return at


def _part(at: Floats, one: np.ndarray, two: np.ndarray, way: Floats, overlap: Floats) -> None:
    axis = overlap.argmin(axis=1)
    rows = np.arange(len(axis))
    step = np.zeros_like(way)
    step[rows, axis] = overlap[rows, axis] / 2 * np.where(way[rows, axis] < 0, -1, 1)
    np.add.at(at, one, -step)
    np.add.at(at, two, step)

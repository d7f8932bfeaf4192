"""Lines that no arc leads clear of the other nodes: the node in the way, or an end, steps aside."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from diaspora_graph.pictures.routes import BENDS, CLEARANCE, Floats, Whole, arc_points

_STEPS = np.array(
    [
        (distance * np.cos(angle), distance * np.sin(angle))
        for distance in (8, 18, 32, 50, 75)
        for angle in np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ]
)
_NODES_A_LINE, _MOST_STUCK = 4, 6


class _Board:
    """Nodes, and for each bend and line how many nodes the arc passes through."""

    def __init__(self, middles: Floats, halves: Floats, ends: Whole) -> None:
        self.middles, self.halves, self.ends = middles.copy(), halves, ends
        self.curves = self._arcs(np.arange(len(ends)))
        self.hits = sum(
            (self._through(self.curves, node, self.middles[node]) for node in range(len(middles))),
            start=np.zeros(self.curves.shape[:2], dtype=np.int64),
        )

    def _arcs(self, lines: Whole) -> Floats:
        starts, stops = self.middles[self.ends[lines, 0]], self.middles[self.ends[lines, 1]]
        return np.stack([arc_points(starts, stops, np.full(len(lines), bend)) for bend in BENDS])

    def _through(
        self, curves: Floats, node: int, place: Floats, lines: Whole | None = None
    ) -> Whole:
        """Return where arcs pass through a node at a place; never where the node is their end."""
        apart = np.abs(curves - place) < self.halves[node] + CLEARANCE
        within = apart.all(axis=3).any(axis=2)
        ends = self.ends if lines is None else self.ends[lines]
        within[:, (ends == node).any(axis=1)] = False
        counts: Whole = within.astype(np.int64)
        return counts

    def stuck(self) -> Whole:
        """Return the lines that have no clear arc."""
        return np.flatnonzero(self.hits.min(axis=0) > 0)

    def moved(self, node: int, place: Floats) -> tuple[Whole, Floats]:
        """Return hits and arcs as they would be with a node elsewhere."""
        here = self.middles[node].copy()
        hits = (
            self.hits
            - self._through(self.curves, node, here)
            + self._through(self.curves, node, place)
        )
        mine = np.flatnonzero((self.ends == node).any(axis=1))
        self.middles[node] = place
        arcs = self._arcs(mine)
        hits[:, mine] = sum(
            (
                self._through(arcs, other, self.middles[other], mine)
                for other in range(len(self.middles))
            ),
            start=np.zeros(arcs.shape[:2], dtype=np.int64),
        )
        self.middles[node] = here
        curves = self.curves.copy()
        curves[:, mine] = arcs
        return hits, curves

    def blockers(self, line: int) -> list[int]:
        """Return the nodes in the way of a line's straightest arcs, then its ends."""
        found = [
            node
            for node in range(len(self.middles))
            if self._through(
                self.curves[:5, [line]], node, self.middles[node], np.array([line])
            ).any()
        ]
        return [*found, *self.ends[line].tolist()]


def clear_lines(
    middles: Floats, halves: Floats, ends: Whole, *, sheet: tuple[float, float], gap: float
) -> Floats:
    """Return middles at which fewer lines lack an arc clear of all other nodes; best none.

    Nodes keep the gap between them and stay on the sheet, which lies round the origin. Where very
    many lines are stuck the drawing is too dense for this and stays as it is.
    """
    if not len(ends):
        return middles
    board = _Board(middles, halves, ends)
    for _ in range(_MOST_STUCK):
        stuck = board.stuck()
        if not 0 < len(stuck) <= _MOST_STUCK:
            break
        if not any(_step_aside(board, int(line), sheet, gap) for line in stuck):
            break
    return board.middles


def _step_aside(board: _Board, line: int, sheet: tuple[float, float], gap: float) -> bool:
    """Move one node so that fewer lines are stuck; return whether there was such a move."""
    now = len(board.stuck())
    for node in board.blockers(line)[:_NODES_A_LINE]:
        for place in board.middles[node] + _STEPS:
            if not _is_free(board, node, place, sheet, gap):
                continue
            hits, curves = board.moved(node, place)
            if (hits.min(axis=0) > 0).sum() < now:
                board.hits, board.curves = hits, curves
                board.middles[node] = place
                return True
    return False


def _is_free(
    board: _Board, node: int, place: Floats, sheet: tuple[float, float], gap: float
) -> bool:
    if (np.abs(place) + board.halves[node] > np.array(sheet) / 2 + 1e-6).any():
        return False
    apart: npt.NDArray[np.float64] = (
        np.abs(board.middles - place) - board.halves - board.halves[node]
    )
    apart[node] = gap
    return bool((apart.max(axis=1) >= gap).all())

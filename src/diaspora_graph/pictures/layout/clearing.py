"""Lines that cannot avoid other nodes by an arc: the node in the way, or an end, is moved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diaspora_graph.pictures.layout.routes import (
    BENDS,
    CLEARANCE,
    Floats,
    Whole,
    arc_points,
    arcs_of,
    nodes_hit,
)

_STEPS = np.array(
    [
        (distance * np.cos(angle), distance * np.sin(angle))
        for distance in (8, 18, 32, 50, 75, 110)
        for angle in np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ]
)
_NODES_A_LINE, _MOST_STUCK, _MOST_LINES, _MOST_TRIED = 5, 24, 12, 14


@dataclass
class _Board:
    """Nodes, and the arcs of the lines between them."""

    middles: Floats
    halves: Floats
    ends: Whole
    curves: Floats

    def stuck(self) -> Whole:
        """Return the lines that pass through a node."""
        return np.flatnonzero(nodes_hit(self.curves, self.ends, self.middles, self.halves))

    def clear_arc(self, line: int) -> Floats | None:
        """Return the straightest arc of a line that passes through no node, if any."""
        found = arcs_of(line, self.ends, self.middles, self.halves)
        clear = np.flatnonzero(found.hits == 0)
        return found.curves[clear[np.abs(np.array(BENDS))[clear].argmin()]] if len(clear) else None

    def in_the_way(self, line: int) -> list[int]:
        """Return the nodes in the way of a line's straight and chosen arcs, then its ends."""
        start, stop = self.middles[self.ends[line]]
        straight = arc_points(start[None], stop[None], np.zeros(1))[0]
        curves = np.concatenate([straight, self.curves[line]])
        near = np.abs(curves[:, None] - self.middles) < self.halves + CLEARANCE
        found = np.flatnonzero((near[..., 0] & near[..., 1]).any(axis=0))
        ends: list[int] = self.ends[line].tolist()
        return [node for node in found.tolist() if node not in ends] + ends

    def places(self, node: int, lines: Whole, sheet: tuple[float, float], gap: float) -> Floats:
        """Return places near a node that are free of nodes and of all other lines."""
        places = self.middles[node] + _STEPS
        within = (np.abs(places) + self.halves[node] <= np.array(sheet) / 2 + 1e-6).all(axis=1)
        places = places[within]
        apart = np.abs(self.middles[None] - places[:, None]) - self.halves - self.halves[node]
        apart[:, node] = gap
        places = places[(apart.max(axis=2) >= gap).all(axis=1)]
        others = np.delete(self.curves, lines, axis=0).reshape(-1, 2)
        reach = self.halves[node] + CLEARANCE
        passed = np.ones((len(places), len(others)), dtype=bool)
        for axis in (0, 1):
            passed &= np.abs(others[:, axis] - places[:, axis, None]) < reach[axis]
        kept: Floats = places[~passed.any(axis=1)]
        return kept


def clear_lines(
    middles: Floats, halves: Floats, ends: Whole, *, sheet: tuple[float, float], gap: float
) -> tuple[Floats, int]:
    """Return better middles, and how many lines still have no arc clear of other nodes.

    Nodes keep the gap between them and stay on the sheet, whose middle is the origin. If very many
    lines have no clear arc, the drawing is too dense for this and stays as it is.
    """
    if not len(ends):
        return middles, 0
    curves = arc_points(middles[ends[:, 0]], middles[ends[:, 1]], np.zeros(len(ends)))
    board = _Board(middles.copy(), halves, ends, curves)
    for line in board.stuck().tolist():
        arc = board.clear_arc(line)
        if arc is not None:
            board.curves[line] = arc
    stuck = board.stuck()
    if len(stuck) <= _MOST_STUCK:
        for line in stuck.tolist():
            _step_aside(board, line, sheet, gap)
        stuck = board.stuck()
    return board.middles, len(stuck)


def _step_aside(board: _Board, line: int, sheet: tuple[float, float], gap: float) -> None:
    """Move one node so that a line gets a clear arc and no line loses its own, if possible."""
    for node in board.in_the_way(line)[:_NODES_A_LINE]:
        touched = np.flatnonzero((board.ends == node).any(axis=1))
        if len(touched) > _MOST_LINES:
            continue
        mine = np.union1d(touched, [line])
        here = board.middles[node].copy()
        for place in board.places(node, mine, sheet, gap)[:_MOST_TRIED]:
            board.middles[node] = place
            arcs = _clear_arcs(board, mine)
            if arcs is not None:
                board.curves[mine] = arcs
                return
        board.middles[node] = here


def _clear_arcs(board: _Board, lines: Whole) -> Floats | None:
    """Return a clear arc for each of some lines, nothing if one of them has none."""
    arcs = []
    for line in lines.tolist():
        arc = board.clear_arc(line)
        if arc is None:
            return None
        arcs.append(arc)
    return np.array(arcs)

"""The last touch to a layout: nodes move a little, so that lines run clear and the sheet suffices.

A seeded search. A move is kept if it makes the picture better: fewer lines through nodes, fewer
crossings, no shaft too short for its arrowhead, no line longer than it need be, all within the
sheet. Nodes never come nearer to one another than the gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from diaspora_graph.pictures.routes import CLEARANCE, Floats, Whole

# What each fault costs: a node passed through, a crossing, a shaft of no length, a point of length
# beyond the least, two lines at one angle, a point off the sheet.
_HIT, _CROSSING, _SHORT, _LONG, _NARROW, _OUTSIDE = 100.0, 9.0, 40.0, 0.16, 14.0, 6.0
# Lines nearer than this angle disturb; how warm the search begins; how far a node may leap.
_ANGLE, _HEAT, _FAR = 0.3, 30.0, 80.0
_MOST_MOVES = 7000


@dataclass
class _Canvas:
    """Where everything is while the search runs."""

    middles: Floats
    halves: Floats
    ends: Whole
    shafts: Floats
    sheet: tuple[float, float]
    gap: float
    lines_of: list[Whole] = field(init=False)
    passing: list[Whole] = field(init=False)
    round: Whole = field(init=False)
    edge: Floats = field(init=False)
    all: Whole = field(init=False)

    def __post_init__(self) -> None:
        self.lines_of = [
            np.flatnonzero((self.ends == node).any(axis=1)) for node in range(len(self.middles))
        ]
        every = np.arange(len(self.ends))
        self.passing = [np.setdiff1d(every, lines) for lines in self.lines_of]
        self.edge = np.array(self.sheet) / 2
        self.all = np.arange(len(self.middles))
        self.round = _neighbours(self.ends, len(self.middles))

    def free(self, nodes: Whole, places: Floats) -> bool:
        """Return whether nodes may stand there without coming too near to one another."""
        middles = self.middles.copy()
        middles[nodes] = places
        apart = (
            np.abs(middles[None] - places[:, None]) - self.halves[None] - self.halves[nodes, None]
        )
        apart[np.arange(len(nodes)), nodes] = self.gap
        return bool((apart.max(axis=2) >= self.gap).all())

    def cost(self, node: int, limit: float = np.inf) -> float:
        """Return what is wrong with a node, with its lines and with the lines that pass by it.

        A cost beyond the limit may be returned too low, but never below the limit.
        """
        lines, passing = self.lines_of[node], self.passing[node]
        outside = np.maximum(np.abs(self.middles[node]) + self.halves[node] - self.edge, 0)
        total = float(outside.sum()) * _OUTSIDE + self._lengths(lines)
        if total <= limit:
            total += _HIT * self._through(lines, self.all)
        if total <= limit:
            total += _HIT * self._through(passing, np.array([node]))
        if total <= limit:
            total += self._angles(node)
        if total <= limit:
            total += _CROSSING * self._crossings(lines, passing)
        return total

    def costs(self, nodes: Whole, limit: float = np.inf) -> list[float]:
        """Return the costs of some nodes; the limit is on their sum."""
        found: list[float] = []
        for node in nodes.tolist():
            found.append(self.cost(node, limit - sum(found)))
        return found

    def _through(self, lines: Whole, nodes: Whole) -> int:
        """Return how many of these nodes these lines pass through (as straight lines)."""
        starts, stops = self.middles[self.ends[lines, 0]], self.middles[self.ends[lines, 1]]
        return int(_passed(starts, stops, self.ends[lines], self.middles, self.halves, nodes).sum())

    def _crossings(self, lines: Whole, others: Whole) -> int:
        at = self.middles[:, 0] + 1j * self.middles[:, 1]
        a, b = at[self.ends[lines]].T[..., None]
        c, d = at[self.ends[others]].T[:, None]
        one, two = np.conj(b - a), np.conj(d - c)
        parted = (one * (c - a)).imag * (one * (d - a)).imag < 0
        parted &= (two * (a - c)).imag * (two * (b - c)).imag < 0
        return int(parted.sum())

    def _lengths(self, lines: Whole) -> float:
        lengths, least = self._lengths_seen(lines), self.shafts[lines]
        short = np.clip((least - lengths) / least, 0, 2)
        return float((short**2 * _SHORT + np.maximum(lengths - least, 0) * _LONG).sum())

    def _lengths_seen(self, lines: Whole) -> Floats:
        """Return the length of each line between the boxes that it joins."""
        a, b = self.ends[lines, 0], self.ends[lines, 1]
        way = self.middles[b] - self.middles[a]
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = [np.nanmin(self.halves[end] / np.abs(way), axis=1) for end in (a, b)]
        seen: Floats = np.hypot(way[:, 0], way[:, 1]) * np.maximum(1 - shares[0] - shares[1], 0)
        return seen

    def _angles(self, node: int) -> float:
        """Return what it costs that lines leave this node or its neighbours at nearly one angle."""
        round_here = self.round[node]
        at = np.append(round_here[round_here >= 0], node)
        far = self.round[at]
        way = self.middles[far] - self.middles[at][:, None]
        angles = np.sort(np.where(far >= 0, np.arctan2(way[..., 1], way[..., 0]), np.inf), axis=1)
        last = np.where(np.isfinite(angles), angles, -np.inf).max(axis=1)
        with np.errstate(invalid="ignore"):
            between = np.append(
                np.diff(angles, axis=1), (angles[:, 0] + 2 * np.pi - last)[:, None], 1
            )
        close = np.clip(1 - np.nan_to_num(between, nan=9.0, posinf=9.0) / _ANGLE, 0, 1)
        return float(close.sum()) * _NARROW


def _neighbours(ends: Whole, count: int) -> Whole:
    """Return for each node the nodes that lines join it to, filled up with -1."""
    sets: list[set[int]] = [set() for _ in range(count)]
    for a, b in ends.tolist():
        sets[a].add(b)
        sets[b].add(a)
    most = max([1, *map(len, sets)])
    return np.array([sorted(each) + [-1] * (most - len(each)) for each in sets], dtype=np.int64)


def _passed(
    starts: Floats, stops: Floats, ends: Whole, middles: Floats, halves: Floats, nodes: Whole
) -> Whole:
    """Return for each straight line how many of these nodes, not its own, it passes through."""
    way = (stops - starts)[:, None]
    reach = halves[nodes] + CLEARANCE + 1.5
    near = middles[nodes][None] - starts[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (near - reach) / way, (near + reach) / way
    enter = np.fmax(np.fmin(one, two).max(axis=2), 0)
    leave = np.fmin(np.fmax(one, two).min(axis=2), 1)
    own = (ends[:, :1] == nodes) | (ends[:, 1:] == nodes)
    counts: Whole = ((enter < leave) & ~own).sum(axis=1)
    return counts


def polish(
    middles: Floats,
    halves: Floats,
    ends: Whole,
    shafts: Floats,
    *,
    sheet: tuple[float, float],
    gap: float,
    seed: int,
) -> Floats:
    """Return better middles for nodes that do not overlap; the same ones for the same seed.

    ``halves`` are half widths and heights; ``shafts`` the least lengths of the lines between the
    borders of their nodes; ``sheet`` the width and height round the origin in which all should lie.
    """
    chance = np.random.default_rng(seed)
    canvas = _Canvas(middles.copy(), halves, ends, shafts, sheet, gap)
    count = len(middles)
    moves = min(_MOST_MOVES, 200 + 120 * count)
    costs = np.array([canvas.cost(node) for node in range(count)])
    for move in range(moves if count > 1 else 0):
        calm = move / moves
        bad = np.cumsum(costs + costs.mean() + 1e-9)
        node = int(np.searchsorted(bad, chance.random() * bad[-1]))
        nodes, places = _proposal(canvas, node, calm, chance)
        if not canvas.free(nodes, places):
            continue
        before = canvas.costs(nodes)
        limit = sum(before) + chance.exponential(_HEAT) * (1 - calm) ** 2
        here = canvas.middles[nodes]
        canvas.middles[nodes] = places
        after = canvas.costs(nodes, limit)
        if sum(after) > limit:
            canvas.middles[nodes] = here
            after = before
        costs[nodes] = after
    return canvas.middles


def _proposal(
    canvas: _Canvas, node: int, calm: float, chance: np.random.Generator
) -> tuple[Whole, Floats]:
    """Return nodes and places for them; steps grow shorter as the search calms down."""
    kind, far = chance.random(2)
    step = chance.normal(0, _FAR if far < 0.25 else 5.0 + _FAR * (1 - calm), 2)
    around = canvas.round[node][canvas.round[node] >= 0]
    if kind < 0.2 and len(around):
        return np.array([node]), (canvas.middles[around].mean(axis=0) + step)[None]
    if kind < 0.3:
        pair = np.array(
            [node, (node + chance.integers(1, len(canvas.middles))) % len(canvas.middles)]
        )
        return pair, canvas.middles[pair[::-1]]
    if kind < 0.5:
        leaves = [each for each in around if (canvas.round[each] >= 0).sum() == 1]
        group = np.array([node, *leaves], dtype=np.int64)
        return group, canvas.middles[group] + step
    return np.array([node]), (canvas.middles[node] + step)[None]

"""The last step of a layout: nodes move, so that lines are clear and the sheet is large enough.

A search with a fixed seed. One after the other, nodes with faults try some free places and take
the best:
fewer lines through nodes, fewer crossings, no shaft too short for its arrowhead, no line longer
than it need be, all within the sheet. Nodes never come nearer to one another than the gap. What a
search may cost is bounded: it counts what it compares, not seconds, so that its end is the same
on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from diaspora_graph.pictures.layout.routes import CLEARANCE, Floats, Whole

# What each fault costs: a node passed through, a crossing, a shaft of no length, a point of length
# beyond the least, two lines at one angle, a point off the sheet.
_HIT, _CROSSING, _SHORT, _LONG, _NARROW, _OUTSIDE = 100.0, 9.0, 40.0, 0.16, 14.0, 20.0
# The cosine of the angle nearer than which lines disturb; how warm the search begins; how far a
# node may leap; how many places a node is offered.
_ANGLE, _HEAT, _FAR, _OFFERS = 0.955, 30.0, 80.0, 24
_TURNS = 16
"""How often each node tries new places, on average."""


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
    others_of: list[Whole] = field(init=False)
    round: list[Whole] = field(init=False)

    def __post_init__(self) -> None:
        count, every = len(self.middles), np.arange(len(self.ends))
        self.lines_of = [np.flatnonzero((self.ends == node).any(axis=1)) for node in range(count)]
        self.others_of = [np.setdiff1d(every, lines) for lines in self.lines_of]
        self.round = [
            np.setdiff1d(self.ends[lines], [node]) for node, lines in enumerate(self.lines_of)
        ]

    def lines(self, nodes: Whole) -> tuple[Whole, Whole]:
        """Return the lines that end at some nodes, and all others."""
        if len(nodes) == 1:
            return self.lines_of[nodes[0]], self.others_of[nodes[0]]
        mine = np.isin(self.ends, nodes).any(axis=1)
        return np.flatnonzero(mine), np.flatnonzero(~mine)

    def free(self, nodes: Whole, places: Floats) -> npt.NDArray[np.bool_]:
        """Return at which places (choices × nodes × 2) nodes keep the gap to all others."""
        still = np.ones(len(self.middles), dtype=bool)
        still[nodes] = False
        near = np.ones((len(places), len(nodes), int(still.sum())), dtype=bool)
        for axis in (0, 1):
            reach = self.halves[still, axis] + self.halves[nodes, axis][:, None] + self.gap
            way = self.middles[still, axis] - places[..., axis][:, :, None]
            near &= np.abs(way) < reach - 1e-9
        return np.logical_not(near.any(axis=(1, 2)))

    def effort(self, nodes: Whole, choices: int) -> int:
        """Return how many comparisons the rating of this number of places takes."""
        mine, others = self.lines(nodes)
        per_choice = len(mine) * (len(self.middles) + len(others)) + len(others) * len(nodes)
        return choices * (per_choice + len(self.middles) * len(nodes) + 200)

    def costs(self, nodes: Whole, places: Floats) -> Floats:
        """Return the faults of the picture for each choice of places."""
        at = np.repeat(self.middles[None], len(places), axis=0)
        at[:, nodes] = places
        mine, others = self.lines(nodes)
        outside = np.abs(places) + self.halves[nodes] - np.array(self.sheet) / 2
        total: Floats = np.maximum(outside, 0).sum(axis=(1, 2)) * _OUTSIDE
        if not len(mine):
            return total
        starts, stops = at[:, self.ends[mine, 0]], at[:, self.ends[mine, 1]]
        total += self._lengths(mine, starts, stops)
        every = np.arange(len(self.middles))
        total += _HIT * _passed(starts, stops, self.ends[mine], at, self.halves, every)
        if len(others):
            a = self.middles[self.ends[others, 0]][None]
            b = self.middles[self.ends[others, 1]][None]
            total += _HIT * _passed(a, b, self.ends[others], at, self.halves, nodes)
            total += _CROSSING * _crossings(starts, stops, a, b)
        total += _NARROW * self._narrow(mine, at)
        return total

    def _lengths(self, lines: Whole, starts: Floats, stops: Floats) -> Floats:
        way = stops - starts
        lengths, least = np.hypot(way[..., 0], way[..., 1]), self.shafts[lines]
        across, down = np.maximum(np.abs(way[..., 0]), 1e-9), np.maximum(np.abs(way[..., 1]), 1e-9)
        hidden = [
            np.minimum(half[:, 0] / across, half[:, 1] / down)
            for half in (self.halves[self.ends[lines, end]] for end in (0, 1))
        ]
        seen = lengths * np.maximum(1 - hidden[0] - hidden[1], 0)
        short = np.clip((least - seen) / least, 0, 2)
        cost: Floats = (short**2 * _SHORT + np.maximum(seen - least, 0) * _LONG).sum(axis=1)
        return cost

    def _narrow(self, mine: Whole, at: Floats) -> Floats:
        """Return how near in angle lines that end at one node lie."""
        near = self._beside(mine)
        a, b = self.ends[mine], self.ends[near]
        one, two = (_directions(at, each) for each in (a, b))
        same = (a[:, :1] == b[:, 0]) | (a[:, 1:] == b[:, 1])
        turned = (a[:, :1] == b[:, 1]) | (a[:, 1:] == b[:, 0])
        aligned = ((a[:, :1] == b[:, 0]) & (a[:, 1:] == b[:, 1])) | (
            (a[:, :1] == b[:, 1]) & (a[:, 1:] == b[:, 0])
        )
        sign = np.where(aligned, 0.0, same.astype(float) - turned)
        cosine = sign * (one[:, :, None] * two[:, None].conj()).real
        close: Floats = np.clip((cosine - _ANGLE) / (1 - _ANGLE), 0, 1).sum(axis=(1, 2))
        return close

    def _beside(self, mine: Whole) -> Whole:
        """Return the lines that share an end with some lines."""
        touched = np.zeros(len(self.middles), dtype=bool)
        touched[self.ends[mine]] = True
        return np.flatnonzero(touched[self.ends].any(axis=1))


def _directions(at: Floats, ends: Whole) -> Any:
    """Return the direction of each line for each choice, as numbers of length one."""
    way = at[:, ends[:, 1]] - at[:, ends[:, 0]]
    flat = way[..., 0] + 1j * way[..., 1]
    return flat / np.maximum(np.abs(flat), 1e-9)


def _passed(
    starts: Floats, stops: Floats, ends: Whole, at: Floats, halves: Floats, nodes: Whole
) -> Floats:
    """Return for each choice how often straight lines pass through these nodes, not their own."""
    enter, leave = 0.0, 1.0
    for axis in (0, 1):  # one after the other: far faster than an axis of two
        way = (stops - starts)[..., axis][:, :, None]
        share = 1 / np.where(np.abs(way) < 1e-9, 1e-9, way)
        middle = (at[..., axis][:, None, nodes] - starts[..., axis][:, :, None]) * share
        reach = (halves[nodes, axis] + CLEARANCE + 1.5) * np.abs(share)
        enter, leave = np.maximum(enter, middle - reach), np.minimum(leave, middle + reach)
    own = (ends[:, :1] == nodes) | (ends[:, 1:] == nodes)
    counts: Floats = ((enter < leave) & ~own).sum(axis=(1, 2)).astype(float)
    return counts


def _crossings(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Return for each choice how often lines from a to b cross lines from c to d."""
    a, b, c, d = (each[..., 0] + 1j * each[..., 1] for each in (a, b, c, d))
    a, b, c, d = a[:, :, None], b[:, :, None], c[:, None], d[:, None]
    one, two = np.conj(b - a), np.conj(d - c)
    crossed = (one * (c - a)).imag * (one * (d - a)).imag < 0
    crossed &= (two * (a - c)).imag * (two * (b - c)).imag < 0
    counts: Floats = crossed.sum(axis=(1, 2)).astype(float)
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
    effort: float,
) -> Floats:
    """Return better middles for nodes that do not overlap; the same ones for the same seed.

    ``halves`` are half widths and heights; ``shafts`` the least lengths of the lines between the
    borders of their nodes; ``sheet`` the width and height round the origin in which all should
    lie; ``effort`` how many comparisons of a line with a node or line it may take.
    """
    chance = np.random.default_rng(seed)
    canvas = _Canvas(middles.copy(), halves, ends, shafts, sheet, gap)
    count = len(middles)
    spent, turns = 0.0, _TURNS * count if count > 1 else 0
    costs = np.full(count, np.inf)
    for turn in range(turns):
        calm = max(turn / turns, spent / effort)
        if calm >= 1:
            break
        node = _next(costs, turn, chance)
        nodes, places = _offers(canvas, node, calm, chance)
        places = places[canvas.free(nodes, places)]
        places = np.concatenate([canvas.middles[nodes][None], places])
        spent += canvas.effort(nodes, len(places))
        found = canvas.costs(nodes, places)
        heat = chance.exponential(_HEAT, len(found)) * (1 - calm) ** 2 * 0.5
        chosen = int((found + heat).argmin())
        canvas.middles[nodes] = places[chosen]
        costs[node] = found[chosen]
    return canvas.middles


def _next(costs: Floats, turn: int, chance: np.random.Generator) -> int:
    """Return the node to move next: each once, then those with more faults more often."""
    if turn < len(costs):
        return turn
    bad = np.cumsum(costs + costs.mean() + 1e-9)
    return int(np.searchsorted(bad, chance.random() * bad[-1]))


def _offers(
    canvas: _Canvas, node: int, calm: float, chance: np.random.Generator
) -> tuple[Whole, Floats]:
    """Return nodes to move together, and choices of places for them."""
    around = canvas.round[node]
    leaves = [each for each in around if len(canvas.round[each]) == 1]
    near = chance.normal(0, 5.0 + _FAR * (1 - calm) * 0.5, (_OFFERS, 2))
    if 0 < len(leaves) < 12 and chance.random() < 0.3:
        group = np.array([node, *leaves], dtype=np.int64)
        return group, canvas.middles[group][None] + near[:, None]
    near[: _OFFERS // 4] *= 3
    places = canvas.middles[node] + near
    if len(around):
        there = canvas.middles[chance.choice(around, _OFFERS // 4)]
        places[: _OFFERS // 4] = there + near[: _OFFERS // 4]
        middle = canvas.middles[around].mean(axis=0)
        places[_OFFERS // 4 : _OFFERS // 3] = middle + near[_OFFERS // 4 : _OFFERS // 3]
    edge = np.maximum(np.array(canvas.sheet) / 2 - canvas.halves[node], 0)
    anywhere = slice(_OFFERS - _OFFERS // 4, None)
    places[anywhere] = chance.uniform(-1, 1, (_OFFERS // 4, 2)) * edge
    return np.array([node]), np.clip(places, -edge, edge)[:, None]

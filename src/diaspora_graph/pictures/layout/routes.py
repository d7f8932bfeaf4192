"""How lines run: an arc for each, so that none passes through a node that it does not join.

An arc is a quadratic Bézier curve from middle to middle, given by one number, its bend: 0 is
straight, the sign says the side. The control point follows the rule by which vis-network draws
its ``curvedCW`` and ``curvedCCW`` edges, so that a page and a figure draw the same curve.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.pictures.shapes import inside

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

BENDS = (
    0.0, 0.06, -0.06, 0.12, -0.12, 0.18, -0.18, 0.24, -0.24, 0.3, -0.3,
    0.36, -0.36, 0.42, -0.42, 0.5, -0.5, 0.58, -0.58, 0.66, -0.66,
)  # fmt: skip
CLEARANCE = 2.5
"""How near, in points, a line may come to a node that it does not join."""

_SAMPLES = 33
_TOGETHER, _SHARE = 3.0, 0.25
"""The distance at which two lines look like one, and the share of a line where it disturbs."""
_AT_ONCE = 32
_HIT, _RUN, _CROSSING, _BEND = 400.0, 14.0, 5.0, 22.0


def control_points(starts: Floats, ends: Floats, bends: Floats) -> Floats:
    """Return the control point of each arc.

    >>> control_points(np.zeros((1, 2)), np.array([[10.0, 0.0]]), np.zeros(1)).round(6).tolist()
    [[5.0, 0.0]]
    """
    across = ends[:, 0] - starts[:, 0]
    up = starts[:, 1] - ends[:, 1]
    reach = (np.abs(bends) / 2 + 0.5) * np.hypot(across, up)
    angle = np.arctan2(up, across) + (bends / 2 + 0.5) * np.pi
    return starts + np.stack([reach * np.sin(angle), reach * np.cos(angle)], axis=1)


def arc_points(starts: Floats, ends: Floats, bends: Floats, samples: int = _SAMPLES) -> Floats:
    """Return points along each arc, from middle to middle: lines × samples × 2."""
    middle = control_points(starts, ends, bends)
    t = np.linspace(0.02, 0.98, samples)[None, :, None]
    a, b, c = starts[:, None], middle[:, None], ends[:, None]
    curve: Floats = (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
    return curve


def nodes_hit(curves: Floats, ends: Whole, middles: Floats, halves: Floats) -> Whole:
    """Return how many nodes each curve passes through, without the two that it joins."""
    counts = np.zeros(len(curves), dtype=np.int64)
    for first in range(0, len(curves), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        apart = np.abs(curves[some, :, None] - middles) < halves + CLEARANCE
        within: npt.NDArray[np.bool_] = np.any(apart[..., 0] & apart[..., 1], axis=1)
        rows = np.arange(len(within))[:, None]
        within[rows, ends[some]] = False
        counts[some] = within.sum(axis=1)
    return counts


def _cross(one: Floats, others: Floats) -> Whole:
    """Return how often one polyline crosses each of the others."""
    p, r = one[:-1], np.diff(one, axis=0)
    q, s = others[:, :-1], np.diff(others, axis=1)
    turn = r[None, :, None, 0] * s[:, None, :, 1] - r[None, :, None, 1] * s[:, None, :, 0]
    gap = q[:, None] - p[None, :, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = (gap[..., 0] * s[:, None, :, 1] - gap[..., 1] * s[:, None, :, 0]) / turn
        u = (gap[..., 0] * r[None, :, None, 1] - gap[..., 1] * r[None, :, None, 0]) / turn
        crossing = (t > 0) & (t <= 1) & (u > 0) & (u <= 1)
    counts: Whole = crossing.sum(axis=(1, 2))
    return counts


def _run_together(one: Floats, others: Floats, seen: npt.NDArray[np.bool_]) -> Floats:
    """Return for each of the others the share of one curve's seen points that lie on it."""
    across, down = (one[seen, axis][None, :, None] - others[:, None, :, axis] for axis in (0, 1))
    near = (across**2 + down**2 < _TOGETHER**2).any(axis=2)
    share: Floats = near.sum(axis=1) / max(1, int(seen.sum()))
    return share


def _neighbours(one: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Return which curves may touch one, by the boxes round them."""
    low, high = one.min(axis=0) - _TOGETHER, one.max(axis=0) + _TOGETHER
    touching = (others.min(axis=1) <= high) & (others.max(axis=1) >= low)
    both: npt.NDArray[np.bool_] = touching.all(axis=1)
    return both


def choose_bends(
    ends: Whole, middles: Floats, halves: Floats, passes: int = 2
) -> tuple[Floats, int]:
    """Return a bend for each line, and how many nodes are still passed through.

    ``ends`` are positions in ``middles``: lines × 2. A line stays straight unless it passes
    through a node or runs on another line; then it takes, in a few rounds, the bend at which it
    does neither, crosses few lines and is nearly straight. Lines with the same two ends never lie
    on each other.
    """
    if not len(ends):
        return np.zeros(0), 0
    bends = np.array(BENDS)
    starts, stops = middles[ends[:, 0]], middles[ends[:, 1]]
    drawn = arc_points(starts, stops, np.zeros(len(ends)))
    straight = nodes_hit(drawn, ends, middles, halves)
    seen = _seen(drawn, ends, middles, halves)
    turning = [line for line in range(len(ends)) if straight[line] or _runs(line, drawn, seen)]
    chosen, hits = np.zeros(len(ends)), straight.copy()
    choices = {line: arcs_of(line, ends, middles, halves) for line in turning}
    for _ in range(passes):
        before = chosen.copy()
        for line in turning:
            found = _best(choices[line], np.delete(drawn, line, axis=0))
            chosen[line], hits[line] = bends[found], choices[line].hits[found]
            drawn[line] = choices[line].curves[found]
        if (before == chosen).all():
            break
    return chosen, int(hits.sum())


@dataclass(frozen=True, slots=True)
class Arcs:
    """The arcs that a line may take, one for each bend: points, which are seen, nodes hit."""

    curves: Floats
    seen: npt.NDArray[np.bool_]
    hits: Whole


def arcs_of(line: int, ends: Whole, middles: Floats, halves: Floats) -> Arcs:
    """Return the arcs that a line may take."""
    own = np.repeat(ends[[line]], len(BENDS), axis=0)
    curves = arc_points(middles[own[:, 0]], middles[own[:, 1]], np.array(BENDS))
    near = np.union1d(_touched(curves, middles, halves), ends[line])
    hits = nodes_hit(curves, np.searchsorted(near, own), middles[near], halves[near])
    return Arcs(curves, _seen(curves, own, middles, halves), hits)


def _touched(curves: Floats, middles: Floats, halves: Floats) -> Whole:
    """Return the nodes that lie near the box round some curves."""
    low, high = curves.min(axis=(0, 1)) - CLEARANCE, curves.max(axis=(0, 1)) + CLEARANCE
    within = (middles + halves >= low) & (middles - halves <= high)
    return np.flatnonzero(within.all(axis=1))


def _best(choices: Arcs, others: Floats) -> int:
    """Return the choice that costs least; choices that cannot be the best are skipped."""
    own = choices.hits * _HIT + np.abs(np.array(BENDS)) * _BEND
    best, least = 0, np.inf
    for choice in np.argsort(own, kind="stable").tolist():
        if own[choice] >= least:
            break
        cost = own[choice] + _meeting(choices.curves[choice], choices.seen[choice], others)
        if cost < least:
            best, least = choice, cost
    return best


def _runs(line: int, drawn: Floats, seen: npt.NDArray[np.bool_]) -> bool:
    """Return whether a line runs on another."""
    others = np.delete(drawn, line, axis=0)
    others = others[_neighbours(drawn[line], others)]
    together = _run_together(drawn[line][::2], others[:, ::2], seen[line][::2])
    return bool((together > _SHARE).any())


def _seen(curves: Floats, ends: Whole, middles: Floats, halves: Floats) -> npt.NDArray[np.bool_]:
    """Return which points of each curve are not hidden behind the nodes that it joins."""
    hidden = np.zeros(curves.shape[:2], dtype=bool)
    for side in (0, 1):
        node = ends[:, side]
        apart = np.abs(curves - middles[node][:, None])
        within = apart < halves[node][:, None] + 0.5
        hidden |= within[..., 0] & within[..., 1]
    return ~hidden


def _meeting(curve: Floats, seen: npt.NDArray[np.bool_], others: Floats) -> float:
    """Return the cost of the places where a curve meets the others."""
    others = others[_neighbours(curve, others)]
    if not len(others):
        return 0.0
    crossed = _cross(curve[::4], others[:, ::4]).sum()
    together = _run_together(curve[::2], others[:, ::2], seen[::2])
    return float(
        crossed * _CROSSING + ((together > _SHARE) * _RUN + (together > 0.5) * _RUN * 9).sum()
    )


def crossings(curves: Floats) -> int:
    """Return how often arcs cross one another."""
    total = sum(_cross(curves[line], curves[line + 1 :]).sum() for line in range(len(curves) - 1))
    return int(total)


def visible_arc(
    start: Floats, start_ring: Floats, end: Floats, end_ring: Floats, bend: float
) -> Floats:
    """Return the part of an arc between two outlines: its start, control point and end.

    The outlines are rings of points round ``start`` and ``end``.
    """
    middle = control_points(start[None], end[None], np.array([bend]))[0]
    first = _leaves(start, middle, end, start + start_ring)
    last = 1 - _leaves(end, middle, start, end + end_ring)
    if last <= first:
        first, last = 0.0, 1.0
    return _part_of_curve(start, middle, end, first, last)


def _leaves(start: Floats, middle: Floats, end: Floats, ring: Floats) -> float:
    """Return the share of a curve that lies within the outline round its start."""
    low, high = 0.0, 1.0
    points = [(float(x), float(y)) for x, y in ring]
    for _ in range(30):
        t = (low + high) / 2
        x, y = (1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end
        low, high = (t, high) if inside((float(x), float(y)), points) else (low, t)
    return low


def _part_of_curve(a: Floats, b: Floats, c: Floats, first: float, last: float) -> Floats:
    """Return a quadratic Bézier curve cut to a part of itself."""

    def point(s: float, t: float) -> Floats:
        value: Floats = (1 - s) * ((1 - t) * a + t * b) + s * ((1 - t) * b + t * c)
        return value

    return np.stack([point(first, first), point(first, last), point(last, last)])

"""How lines run: an arc for each, so that none passes through a node that it does not join.

An arc is a quadratic Bézier curve from middle to middle, given by one number, its bend: 0 is
straight, the sign says the side. The control point follows the rule by which vis-network draws
its ``curvedCW`` and ``curvedCCW`` edges, so that a page and a figure draw the same curve.
"""

from __future__ import annotations

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
_TOGETHER = 3.0
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
    """Return how many nodes each curve passes through besides the two that it joins."""
    counts = np.zeros(len(curves), dtype=np.int64)
    for row, curve in enumerate(curves):
        within = (np.abs(curve[:, None] - middles) < halves + CLEARANCE).all(axis=2).any(axis=0)
        within[ends[row]] = False
        counts[row] = within.sum()
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
    apart = one[seen][None, :, None] - others[:, None, :]
    near = (apart**2).sum(axis=3).min(axis=2) < _TOGETHER**2
    share: Floats = near.sum(axis=1) / max(1, int(seen.sum()))
    return share


def _neighbours(one: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Return which curves may touch one, by the boxes round them."""
    low, high = one.min(axis=0) - _TOGETHER, one.max(axis=0) + _TOGETHER
    touching = (others.min(axis=1) <= high) & (others.max(axis=1) >= low)
    both: npt.NDArray[np.bool_] = touching.all(axis=1)
    return both


def choose_bends(
    ends: Whole, middles: Floats, halves: Floats, passes: int = 3
) -> tuple[Floats, int]:
    """Return a bend for each line, and how many nodes are still passed through.

    ``ends`` are positions in ``middles``: lines × 2. A line stays straight unless it passes
    through a node or runs on another line; then it takes, in turn and a few times over, the bend
    at which it does neither, crosses few lines and is nearly straight. Lines with the same two
    ends never lie on each other.
    """
    if not len(ends):
        return np.zeros(0), 0
    starts, stops = middles[ends[:, 0]], middles[ends[:, 1]]
    choices = np.stack([arc_points(starts, stops, np.full(len(ends), bend)) for bend in BENDS])
    hits = np.stack([nodes_hit(curves, ends, middles, halves) for curves in choices])
    own = hits * _HIT + np.abs(np.array(BENDS))[:, None] * _BEND
    seen = np.stack([_seen(curves, ends, middles, halves) for curves in choices])
    chosen = own.argmin(axis=0)
    rows = np.arange(len(ends))
    for _ in range(passes):
        before = chosen.copy()
        for line in rows:
            others = np.delete(choices[chosen, rows], line, axis=0)

            def cost(choice: int, line: int = int(line), others: Floats = others) -> float:
                curve = choices[choice, line]
                return float(own[choice, line]) + _meeting(curve, seen[choice, line], others)

            if chosen[line] == 0 and cost(0) < _RUN:
                continue
            possible = np.flatnonzero(own[:, line] < own[:, line].min() + _HIT)
            chosen[line] = min(possible.tolist(), key=cost)
        if (before == chosen).all():
            break
    return np.array(BENDS)[chosen], int(hits[chosen, rows].sum())


def _seen(curves: Floats, ends: Whole, middles: Floats, halves: Floats) -> npt.NDArray[np.bool_]:
    """Return which points of each curve are not hidden behind the nodes that it joins."""
    hidden = np.zeros(curves.shape[:2], dtype=bool)
    for side in (0, 1):
        node = ends[:, side]
        apart = np.abs(curves - middles[node][:, None])
        hidden |= (apart < halves[node][:, None] + 0.5).all(axis=2)
    return ~hidden


def _meeting(curve: Floats, seen: npt.NDArray[np.bool_], others: Floats) -> float:
    """Return what it costs that a curve meets the others."""
    others = others[_neighbours(curve, others)]
    if not len(others):
        return 0.0
    crossed = _cross(curve[::4], others[:, ::4]).sum()
    together = _run_together(curve[::2], others[:, ::2], seen[::2])
    return float(
        crossed * _CROSSING + ((together > 0.25) * _RUN + (together > 0.5) * _RUN * 9).sum()
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

"""The outlines of nodes: the figure, the legend and the page all use this table.

An outline is a ring of vertices. A vertex is four numbers ``(fx, fy, cx, cy)`` and lies, seen from
the middle of the node, at ``(fx · width + cx · corner, fy · height + cy · corner)``; x runs to the
right and y down. So a shape keeps its corners at any size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

CORNER = 4.5
"""The length in points by which corners are cut, rounded or slanted."""

Point = tuple[float, float]
Vertex = tuple[float, float, float, float]


def _round_corners(steps: int = 5) -> tuple[Vertex, ...]:
    ring: list[Vertex] = []
    for quarter, (fx, fy) in enumerate(((0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5), (0.5, -0.5))):
        for step in range(steps + 1):
            angle = math.pi / 2 * (quarter + step / steps)
            inward_x, inward_y = math.copysign(1, fx), math.copysign(1, fy)
            ring.append((fx, fy, math.cos(angle) - inward_x, math.sin(angle) - inward_y))
    return tuple(ring)


def _ellipse(steps: int = 48) -> tuple[Vertex, ...]:
    angles = (2 * math.pi * step / steps for step in range(steps))
    return tuple((math.cos(angle) / 2, math.sin(angle) / 2, 0, 0) for angle in angles)


_LEFT, _RIGHT, _TOP, _BOTTOM = -0.5, 0.5, -0.5, 0.5

SHAPES: Mapping[str, tuple[Vertex, ...]] = {
    "box": (
        (_LEFT, _TOP, 0, 0),
        (_RIGHT, _TOP, 0, 0),
        (_RIGHT, _BOTTOM, 0, 0),
        (_LEFT, _BOTTOM, 0, 0),
    ),
    "roundbox": _round_corners(),
    "ellipse": _ellipse(),
    "hexagon": (
        (_LEFT, 0, 0, 0),
        (_LEFT, _TOP, 1.2, 0),
        (_RIGHT, _TOP, -1.2, 0),
        (_RIGHT, 0, 0, 0),
        (_RIGHT, _BOTTOM, -1.2, 0),
        (_LEFT, _BOTTOM, 1.2, 0),
    ),
    "octagon": (
        (_LEFT, _TOP, 0, 1),
        (_LEFT, _TOP, 1, 0),
        (_RIGHT, _TOP, -1, 0),
        (_RIGHT, _TOP, 0, 1),
        (_RIGHT, _BOTTOM, 0, -1),
        (_RIGHT, _BOTTOM, -1, 0),
        (_LEFT, _BOTTOM, 1, 0),
        (_LEFT, _BOTTOM, 0, -1),
    ),
    "note": (
        (_LEFT, _TOP, 0, 0),
        (_RIGHT, _TOP, -1.6, 0),
        (_RIGHT, _TOP, 0, 1.6),
        (_RIGHT, _BOTTOM, 0, 0),
        (_LEFT, _BOTTOM, 0, 0),
    ),
    "tab": (
        (_LEFT, _TOP, 0, 0),
        (_LEFT, _TOP, 3, 0),
        (_LEFT, _TOP, 3.6, 0.8),
        (_RIGHT, _TOP, 0, 0.8),
        (_RIGHT, _BOTTOM, 0, 0),
        (_LEFT, _BOTTOM, 0, 0),
    ),
    "parallelogram": (
        (_LEFT, _TOP, 1.6, 0),
        (_RIGHT, _TOP, 0, 0),
        (_RIGHT, _BOTTOM, -1.6, 0),
        (_LEFT, _BOTTOM, 0, 0),
    ),
    "trapezium": (
        (_LEFT, _TOP, 1.6, 0),
        (_RIGHT, _TOP, -1.6, 0),
        (_RIGHT, _BOTTOM, 0, 0),
        (_LEFT, _BOTTOM, 0, 0),
    ),
    "diamond": ((_LEFT, 0, 0, 0), (0, _TOP, 0, 0), (_RIGHT, 0, 0, 0), (0, _BOTTOM, 0, 0)),
}
"""The shapes that a type may have, each a ring of vertices."""

TEXT_SHIFT: Mapping[str, float] = {"tab": 0.4}
"""How far below the middle a text is, in corners, for shapes with a part above."""


def outline(shape: str, width: float, height: float, corner: float = CORNER) -> list[Point]:
    """Return the outline of a shape round the origin, y down.

    >>> outline("box", 20, 10)
    [(-10.0, -5.0), (10.0, -5.0), (10.0, 5.0), (-10.0, 5.0)]
    """
    return [
        (fx * width + cx * corner, fy * height + cy * corner) for fx, fy, cx, cy in SHAPES[shape]
    ]


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Return whether a point lies within an outline.

    >>> inside((0, 0), outline("diamond", 20, 10)), inside((9, 4), outline("diamond", 20, 10))
    (True, False)
    """
    x, y = point
    within = False
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            within = not within
    return within


def reach(ring: Sequence[Point], towards: Point) -> float:
    """Return how far an outline reaches from its middle in a direction.

    >>> reach(outline("box", 20, 10), (3, 0))
    10.0
    """
    length = math.hypot(*towards)
    ux, uy = towards[0] / length, towards[1] / length
    best = 0.0
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0]), strict=True):
        dx, dy = bx - ax, by - ay
        turn = ux * dy - uy * dx
        if abs(turn) < 1e-12:
            continue
        along = (ax * dy - ay * dx) / turn
        share = (ax * uy - ay * ux) / turn
        if -1e-9 <= share <= 1 + 1e-9 and along > best:
            best = along
    return best

"""First layouts of a scene: nodes near those that they are joined to, and none on another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from diaspora_graph.pictures.layout.graphviz import move_apart, place
from diaspora_graph.pictures.layout.routes import Floats, Whole, arc_points, crossings, nodes_hit
from diaspora_graph.pictures.layout.spreading import spread_out

GAP = 7.0
"""The free space between two nodes, in points."""

_ANGLES = (0, 45, 90, 135)
_ROOM = (3.0, 4.4, 7.0)
_MANY, _LARGE = 90, 200
_ASPECT = 1.1

Sheet = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Task:
    """The input of a layout, as numbers.

    ``sizes`` are widths and heights of nodes in points, ``ends`` the positions of the two ends of
    each line, ``shafts`` the least length of each line between the borders of its nodes.
    """

    sizes: Floats
    ends: Whole
    shafts: Floats

    def area(self) -> float:
        """Return the area that the nodes take, gaps included."""
        return float((self.sizes + GAP).prod(axis=1).sum())

    def pairs(self) -> list[tuple[int, int]]:
        """Return the nodes that lines join, each pair once."""
        return sorted({(min(a, b), max(a, b)) for a, b in self.ends.tolist()})


def sheets(task: Task, most: Sheet | None, count: int) -> list[Sheet]:
    """Return the sheets to try, in points, small ones first.

    A sheet with bounds is as wide as they allow. One without is as wide as a screen between two
    panels. Sheets are a multiple of the area of the nodes, larger for very many lines.
    """
    area = task.area() * max(1.0, len(task.ends) / _MANY) ** 0.5
    least = task.sizes.max(axis=0)
    found: list[Sheet] = []
    for room in _ROOM[:count]:
        if most is None:
            width = max(math.sqrt(area * room * _ASPECT), least[0])
            found.append((width, max(area * room / width, least[1])))
        else:
            found.append((most[0], min(max(area * room / most[0], least[1]), most[1])))
    return sorted(set(found), key=lambda sheet: sheet[1])


def start(task: Task, program: Path | None, seed: int, sheet: Sheet) -> Floats:
    """Return a layout without overlap round the origin: the first places, turned to fit a sheet."""
    found = []
    first = _first_places(task, program, seed)
    for angle in _ANGLES[: 4 if len(task.sizes) < _LARGE else 1]:
        middles = _apart(task, program, _framed(first, task.sizes, angle, sheet))
        low, high = extent(middles, task.sizes)
        found.append(middles - (low + high) / 2)
    return min(found, key=lambda middles: roughness(task, middles, sheet))


def _first_places(task: Task, program: Path | None, seed: int) -> Floats:
    """Return the places of nodes by their lines only, with overlaps."""
    if program is not None:
        return place(program, task.sizes, task.pairs(), seed=seed)
    import networkx as nx

    graph = nx.Graph(task.pairs())
    graph.add_nodes_from(range(len(task.sizes)))
    found = nx.spring_layout(graph, seed=seed, iterations=200, method="force")
    return np.array([found[number] for number in range(len(task.sizes))], dtype=float)


def _apart(task: Task, program: Path | None, middles: Floats) -> Floats:
    if program is not None:
        return move_apart(program, task.sizes, middles, gap=GAP)
    return spread_out(middles, task.sizes / 2, GAP)


def _framed(middles: Floats, sizes: Floats, angle: float, sheet: Sheet) -> Floats:
    """Turn a layout and stretch it so that it just fills a sheet, with overlaps."""
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    turned = middles @ np.array([[cosine, -sine], [sine, cosine]])
    low, high = turned.min(axis=0), turned.max(axis=0)
    # A little narrower than the sheet, since moving wide nodes apart widens a layout.
    room = np.maximum(np.array(sheet) * (0.85, 1.0) - sizes.mean(axis=0), 1.0)
    framed: Floats = (turned - low) / np.maximum(high - low, 1e-9) * room
    return framed


def extent(middles: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """Return the lowest and the highest x and y of a layout."""
    return (middles - sizes / 2).min(axis=0), (middles + sizes / 2).max(axis=0)


def roughness(task: Task, middles: Floats, sheet: Sheet) -> float:
    """Return the faults of a layout whose lines are straight, as a number."""
    low, high = extent(middles, task.sizes)
    beyond = float(np.maximum(high - low - np.array(sheet), 0).sum())
    if not len(task.ends):
        return beyond
    starts, stops = middles[task.ends[:, 0]], middles[task.ends[:, 1]]
    curves = arc_points(starts, stops, np.zeros(len(task.ends)))
    hit = int(nodes_hit(curves, task.ends, middles, task.sizes / 2).sum())
    length = float(np.hypot(*(stops - starts).T).mean())
    return hit * 4 + crossings(curves[:, ::8]) * 2 + length / 6 + beyond / 8

"""The layout: computed once from a fixed seed, the same for every picture of a scene.

Graphviz places the nodes at the size of their text and moves them apart (`starting`). A seeded
search then clears the lines (`polish`, `clearing`), and lines that still pass through a node become
arcs (`routes`). Without the Graphviz program networkx places the nodes, with a warning.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from diaspora_graph.errors import TooLargeError
from diaspora_graph.pictures.layout.clearing import clear_lines
from diaspora_graph.pictures.layout.graphviz import find_graphviz
from diaspora_graph.pictures.layout.lettering import TEXT_SIZE, lettering
from diaspora_graph.pictures.layout.polish import polish
from diaspora_graph.pictures.layout.routes import Floats, choose_bends
from diaspora_graph.pictures.layout.starting import (
    GAP,
    Sheet,
    Task,
    extent,
    roughness,
    sheets,
    start,
)
from diaspora_graph.pictures.scene import Scene, in_language

POINTS_PER_MM = 72 / 25.4

MOST_NODES = 500
"""The largest number of nodes in a picture; with more it cannot be read."""

_SHAFT, _MARKED = 20.0, 34.0
"""The least length of a line, and of one that carries a mark, in points."""
_EFFORT, _PER_PAIR, _MOST_EFFORT = 1.6e7, 1000.0, 2e8
"""The limit on comparisons in all searches of a layout: it bounds the time on any machine."""
_SHEETS, _FEW = 3, 80
"""The number of sheets to try, small ones first; the most nodes for a second start."""
_ROOM_NEEDED = 2.3
"""The least area of a sheet as a multiple of the area of its nodes, so that lines have room."""


@dataclass(frozen=True, slots=True)
class Place:
    """The middle of a node and the room that it takes, in points; y runs down."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of nodes and the bends of lines, on a sheet of width and height in points.

    ``bends`` are those of `routes`: 0 is straight. ``engine`` names the program that placed the
    nodes; ``through`` counts the nodes that lines still pass through without joining them.

    >>> from diaspora_graph import around, load_dataset, scene_of
    >>> from diaspora_graph.pictures.layout.layout import layout
    >>> data = load_dataset()
    >>> len(layout(scene_of(data, around(data, ["AIPAC"]))).places) > 1
    True
    """

    width: float
    height: float
    places: Mapping[str, Place]
    bends: Mapping[str, float]
    engine: str
    seed: int
    through: int


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a search.

    ``fault`` orders ends: whether too large, lines without a clear arc, roughness.
    """

    fault: tuple[bool, int, float]
    middles: Floats


def layout(
    scene: Scene,
    *,
    width_mm: float | None = None,
    height_mm: float = 230.0,
    languages: Sequence[str] = ("en",),
    seed: int = 1,
) -> Layout:
    """Return the places of the nodes of a scene and the courses of its lines.

    ``width_mm`` and ``height_mm`` bound the sheet; without a width it is as large as need be.
    Nodes are large enough for their labels in all ``languages``. Raises `TooLargeError` when the
    scene does not fit: text is never made smaller.
    """
    task = check_size(scene, width_mm=width_mm, height_mm=height_mm, languages=languages)
    if not scene.nodes:
        return Layout(0.0, 0.0, {}, {}, "none", seed, 0)
    most = None if width_mm is None else (width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM)
    program = find_graphviz()
    if program is None:
        warnings.warn(
            "graphviz-pure is not installed for this Python: networkx places the nodes, "
            "with longer lines and more crossings (pip install graphviz-pure)",
            stacklevel=2,
        )
    best = min(ends(task, program, most, seed), key=lambda end: end.fault)
    if best.fault[0] and most is not None:
        raise _too_large(len(scene.nodes), most)
    return _layout(scene, task, best, "graphviz" if program else "networkx", seed)


def check_size(
    scene: Scene,
    *,
    width_mm: float | None = None,
    height_mm: float = 230.0,
    languages: Sequence[str] = ("en",),
) -> Task:
    """Return the input of a layout; raise `TooLargeError` at once if it is too large."""
    if len(scene.nodes) > MOST_NODES:
        raise TooLargeError(
            f"{len(scene.nodes):,} nodes are more than a picture can show ({MOST_NODES}): draw "
            "fewer entities, fewer hops, or one family of relations"
        )
    task = _task(scene, languages)
    if width_mm is not None and scene.nodes:
        most = width_mm * POINTS_PER_MM, height_mm * POINTS_PER_MM
        crowded = len(scene.nodes) > 1 and task.area() * _ROOM_NEEDED > most[0] * most[1]
        if crowded or (task.sizes > np.array(most) + 0.01).any():
            raise _too_large(len(scene.nodes), most)
    return task


def _too_large(count: int, most: Sheet) -> TooLargeError:
    nodes = "1 node" if count == 1 else f"{count} nodes"
    width, height = (side / POINTS_PER_MM for side in most)
    return TooLargeError(
        f"a layout of {nodes} does not fit at {TEXT_SIZE:g} pt on a sheet {width:.0f} mm wide "
        f"and {height:.0f} mm high: split the figure, or draw fewer nodes"
    )


def _task(scene: Scene, languages: Sequence[str]) -> Task:
    types = scene.type_of()
    position = {node.id: number for number, node in enumerate(scene.nodes)}
    sizes = []
    for node in scene.nodes:
        texts = {in_language(node.label, language) for language in languages}
        boxes = [lettering(text, types[node.id].shape) for text in texts]
        sizes.append((max(box.width for box in boxes), max(box.height for box in boxes)))
    ends = [(position[line.subject], position[line.object]) for line in scene.lines]
    return Task(
        np.array(sizes, dtype=float),
        np.array(ends, dtype=np.int64).reshape(-1, 2),
        np.array([_MARKED if line.disputed else _SHAFT for line in scene.lines]),
    )


def ends(task: Task, program: Path | None, most: Sheet | None, seed: int) -> Iterator[_End]:
    """Yield the ends of searches on larger and larger sheets, until one is without fault.

    Each goes on from where the last one ended. All share one bound on what they may cost.
    """
    effort = min(_EFFORT + _PER_PAIR * len(task.sizes) ** 2, _MOST_EFFORT)
    tried = sheets(task, most, _SHEETS)
    middles = start(task, program, seed, tried[0])
    for number, sheet in enumerate(tried):
        if number:
            middles = middles * (np.array(sheet) / np.array(tried[number - 1]))
        effort /= 2
        end = _search(task, middles, sheet, most, seed, effort)
        yield end
        if not any(end.fault[:2]):
            return
        middles = end.middles
    if len(task.sizes) <= _FEW:
        middles = start(task, program, seed + 1, tried[-1])
        yield _search(task, middles, tried[-1], most, seed + 1, _EFFORT / 2)


def _search(
    task: Task, start: Floats, sheet: Sheet, most: Sheet | None, seed: int, effort: float
) -> _End:
    halves = task.sizes / 2
    middles = polish(
        start, halves, task.ends, task.shafts, sheet=sheet, gap=GAP, seed=seed, effort=effort
    )
    middles, stuck = clear_lines(middles, halves, task.ends, sheet=sheet, gap=GAP)
    low, high = extent(middles, task.sizes)
    too_large = most is not None and bool((high - low > np.array(most) + 0.01).any())
    return _End((too_large, stuck, roughness(task, middles, sheet)), middles)


def _layout(scene: Scene, task: Task, end: _End, engine: str, seed: int) -> Layout:
    low, high = extent(end.middles, task.sizes)
    rows = zip(scene.nodes, (end.middles - low).round(2), task.sizes, strict=True)
    bends, through = choose_bends(task.ends, end.middles, task.sizes / 2)
    places = {node.id: Place(*at.tolist(), *size.tolist()) for node, at, size in rows}
    width, height = (high - low).round(2).tolist()
    by_line = {line.id: float(bend) for line, bend in zip(scene.lines, bends, strict=True)}
    return Layout(width, height, places, by_line, engine, seed, through)

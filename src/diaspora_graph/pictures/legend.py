"""The legend of a figure: what is in the picture, and nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from diaspora_graph.evidence import Labels
from diaspora_graph.pictures.lettering import text_width
from diaspora_graph.pictures.scene import Family, NodeType, Scene, in_language

ROW = 13.0
"""The height of a row of the legend, in points."""
SAMPLE = 22.0
"""The width of the shape or the line that an entry shows."""

_BETWEEN, _COLUMN_GAP, _ABOVE = 5.0, 12.0, 10.0

DISPUTED: Labels = {"en": "disputed", "kk": "даулы", "ru": "оспаривается"}
SYMMETRIC: Labels = {"en": "both ways", "kk": "екі жаққа", "ru": "в обе стороны"}


_Shown = tuple[str, NodeType | Family | str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a legend at its place; what it shows is a type, a family or a mark."""

    x: float
    y: float
    text: str
    shows: NodeType | Family | str


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries of a legend and its height, in points; y runs down from its top."""

    entries: tuple[Entry, ...]
    height: float


def legend(scene: Scene, width: float, language: str = "en") -> Legend:
    """Return the legend of a scene, in columns: types first, then families and marks.

    Entries are the types and families of the scene, in its order; "disputed" and "both ways" are
    there if a line is so. A legend for no line and no node has no height.
    """
    types: list[_Shown] = [(in_language(each.label, language), each) for each in scene.types]
    lines: list[_Shown] = [(in_language(each.label, language), each) for each in scene.families]
    lines += _marks(scene, language)
    entries: list[Entry] = []
    rows = 0
    for group in (types, lines):
        columns = _columns([text for text, _ in group], width)
        for number, (text, shows) in enumerate(group):
            row, column = divmod(number, columns)
            x = column * (width / columns if columns > 1 else width)
            entries.append(Entry(x, _ABOVE + (rows + row + 0.5) * ROW, text, shows))
        rows += math.ceil(len(group) / columns)
    return Legend(tuple(entries), _ABOVE + rows * ROW if rows else 0.0)


def text_start() -> float:
    """Return where the text of an entry begins, right of where the entry begins."""
    return SAMPLE + _BETWEEN


def _marks(scene: Scene, language: str) -> list[_Shown]:
    there = (
        ("symmetric", SYMMETRIC, any(line.symmetric for line in scene.lines)),
        ("disputed", DISPUTED, any(line.disputed for line in scene.lines)),
    )
    return [(in_language(label, language), mark) for mark, label, is_there in there if is_there]


def _columns(texts: Sequence[str], width: float) -> int:
    """Return how many columns fit, all as wide as the widest, with rows evenly filled."""
    if not texts:
        return 1
    column = max(map(text_width, texts)) + text_start() + _COLUMN_GAP
    most = max(1, int((width + _COLUMN_GAP) // column))
    return math.ceil(len(texts) / math.ceil(len(texts) / most))

"""The legend of a figure: only the types, families and marks in the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from diaspora_graph.pictures.layout.lettering import LINE_HEIGHT, text_width
from diaspora_graph.pictures.scene import Family, NodeType, Scene, in_language
from diaspora_graph.wording.sentences import Labels

SAMPLE = 22.0
"""The width of the shape or the line that an entry shows, in points."""

_BETWEEN, _COLUMN_GAP, _ABOVE, _BETWEEN_ROWS = 5.0, 12.0, 10.0, 4.4
_WIDEST = 132.0

DISPUTED: Labels = {"en": "disputed", "kk": "даулы", "ru": "оспаривается"}
SYMMETRIC: Labels = {"en": "both ways", "kk": "екі жаққа", "ru": "в обе стороны"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a legend at its place, for a type, a family or a mark.

    ``names`` are those of the types or families that it stands for; ``lines`` its text.
    """

    x: float
    y: float
    lines: tuple[str, ...]
    shows: NodeType | Family | str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Legend:
    """The entries of a legend and its height, in points; y runs down from its top."""

    entries: tuple[Entry, ...]
    height: float


def legend(scene: Scene, width: float, language: str = "en") -> Legend:
    """Return the legend of a scene, in columns: types first, then families and marks.

    Types that look the same share an entry, which names them all. "Disputed" and "both ways" are
    there if a line has this mark. A legend without nodes has no height.
    """
    entries: list[Entry] = []
    top = _ABOVE
    for group in (_types(scene, language), _lines(scene, language)):
        rows = _in_rows(group, width)
        for row in rows:
            height = max(len(lines) for lines, _, _ in row) * LINE_HEIGHT + _BETWEEN_ROWS
            for column, (lines, shows, names) in enumerate(row):
                x = column * width / len(rows[0])
                entries.append(Entry(x, top + height / 2, lines, shows, names))
            top += height
    return Legend(tuple(entries), top if entries else 0.0)


def text_start() -> float:
    """Return where the text of an entry begins, right of where the entry begins."""
    return SAMPLE + _BETWEEN


_Shown = tuple[str, NodeType | Family | str, tuple[str, ...]]
_Broken = tuple[tuple[str, ...], NodeType | Family | str, tuple[str, ...]]


def _types(scene: Scene, language: str) -> list[_Shown]:
    looks: dict[tuple[str, str], list[NodeType]] = {}
    for each in scene.types:
        looks.setdefault((each.shape, each.fill), []).append(each)
    return [
        (
            ", ".join(in_language(each.label, language) for each in group),
            group[0],
            tuple(each.name for each in group),
        )
        for group in looks.values()
    ]


def _lines(scene: Scene, language: str) -> list[_Shown]:
    shown: list[_Shown] = [
        (in_language(each.label, language), each, (each.name,)) for each in scene.families
    ]
    if any(line.symmetric for line in scene.lines):
        shown.append((in_language(SYMMETRIC, language), "symmetric", ()))
    if any(line.disputed for line in scene.lines):
        shown.append((in_language(DISPUTED, language), "disputed", ()))
    return shown


def _in_rows(group: Sequence[_Shown], width: float) -> list[list[_Broken]]:
    """Return entries in rows, in columns as wide as the widest, with rows evenly filled."""
    if not group:
        return []
    room = min(_WIDEST, width - text_start())
    broken = [(_broken(text, room), shows, names) for text, shows, names in group]
    widest = max(text_width(line) for lines, _, _ in broken for line in lines)
    most = max(1, int((width + _COLUMN_GAP) // (widest + text_start() + _COLUMN_GAP)))
    columns = math.ceil(len(group) / math.ceil(len(group) / most))
    return [broken[first : first + columns] for first in range(0, len(group), columns)]


def _broken(text: str, room: float) -> tuple[str, ...]:
    """Return a text in lines no wider than there is room, as far as its words allow."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)

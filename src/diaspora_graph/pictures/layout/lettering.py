"""The size of text: how a label is broken into lines, and how large its node must be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from diaspora_graph.pictures.shapes import CORNER, TEXT_SHIFT, Point, inside, outline

TEXT_SIZE = 7.0
"""The size of all text in a figure, in points; never scaled."""
LINE_HEIGHT = 8.6
LINE_WIDTH = 62.0
"""The line width of short labels, in points; long labels get longer lines."""

_ASCENT, _DESCENT = 5.4, 1.7
_MARGIN_X, _MARGIN_Y = 3.2, 2.2


@dataclass(frozen=True, slots=True)
class Lettering:
    """A label broken into lines, and the width and height in points of the node that holds it."""

    lines: tuple[str, ...]
    width: float
    height: float


def font_path() -> Path:
    """Return the font of all measures and figures, DejaVu Sans, which comes with matplotlib."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


@cache
def _font() -> Any:
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(font_path()))
    font.set_size(TEXT_SIZE, 72)
    return font


def missing_letters(texts: Iterable[str]) -> str:
    """Return the letters that the font cannot draw, sorted.

    >>> missing_letters(["Қазақстан", "Հայաստան", "한국"])
    '국한'
    """
    letters = sorted({letter for text in texts for letter in text})
    return "".join(letter for letter in letters if not _drawable(letter))


@cache
def _drawable(letter: str) -> bool:
    return letter.isspace() or bool(_font().get_char_index(ord(letter)))


@cache
def text_width(text: str) -> float:
    """Return the width of a text in points at `TEXT_SIZE`, letter by letter."""
    return sum(map(_advance, text))


@cache
def _advance(letter: str) -> float:
    """Return the width of a letter; one that the font lacks has the width of a dash."""
    from matplotlib.ft2font import LoadFlags

    drawable = " " if letter.isspace() else letter if _drawable(letter) else "\N{EM DASH}"
    glyph = _font().load_char(ord(drawable), flags=LoadFlags.NO_HINTING)
    width: float = glyph.linearHoriAdvance / 65536
    return width


def broken(label: str) -> tuple[str, ...]:
    """Return a label as lines of even length, broken between words and, if need be, within them.

    >>> broken("Ministry of Foreign Affairs")
    ('Ministry of', 'Foreign Affairs')
    """
    words = [piece for word in label.split() for piece in _pieces(word)]
    if not words:
        return ("",)
    total = text_width(" ".join(words))
    limit = max(LINE_WIDTH, (total * LINE_HEIGHT * 3.6) ** 0.5, *map(text_width, words))
    return _even_lines(tuple(words), limit * 1.02)


def _pieces(word: str, most: int = 26) -> list[str]:
    """Cut a word that is too long for a line; no hyphen is added."""
    return [word[start : start + most] for start in range(0, len(word), most)]


def _even_lines(words: tuple[str, ...], limit: float) -> tuple[str, ...]:
    """Break words into the fewest lines, as even as possible."""
    best: list[tuple[int, float, tuple[str, ...]]] = [(0, 0.0, ())]
    for end in range(1, len(words) + 1):
        ways = []
        for start in range(end):
            line = " ".join(words[start:end])
            width = text_width(line)
            if width <= limit or start == end - 1:
                count, ragged, lines = best[start]
                ways.append((count + 1, ragged + (limit - width) ** 2, (*lines, line)))
        best.append(min(ways))
    return best[-1][2]


@cache
def lettering(label: str, shape: str) -> Lettering:
    """Return a label's lines and the smallest node of a shape that holds them.

    >>> lettering("India", "box").lines
    ('India',)
    """
    lines = broken(label)
    widest = max(text_width(line) for line in lines)
    shift = 2 * TEXT_SHIFT.get(shape, 0) * CORNER
    width = max(widest + 2 * _MARGIN_X, 14.0)
    height = _ASCENT + _DESCENT + LINE_HEIGHT * (len(lines) - 1) + 2 * _MARGIN_Y + shift
    while not _holds(shape, width, height, lines):
        width, height = width * 1.03 + 0.3, height * (1.03 if len(lines) > 1 else 1.05)
    return Lettering(lines, round(width, 2), round(height, 2))


def baselines(count: int, shape: str) -> list[float]:
    """Return the places of the lines of a label, y down from the middle of the node, in points."""
    block = _ASCENT + _DESCENT + LINE_HEIGHT * (count - 1)
    first = _ASCENT - block / 2 + TEXT_SHIFT.get(shape, 0) * CORNER
    return [first + LINE_HEIGHT * line for line in range(count)]


def _holds(shape: str, width: float, height: float, lines: tuple[str, ...]) -> bool:
    ring = outline(shape, width, height)
    return all(inside(corner, ring) for corner in _text_corners(lines, shape))


def _text_corners(lines: tuple[str, ...], shape: str) -> Iterable[Point]:
    for line, baseline in zip(lines, baselines(len(lines), shape), strict=True):
        half = text_width(line) / 2 + _MARGIN_X * 0.55
        for y in (baseline - _ASCENT - _MARGIN_Y * 0.55, baseline + _DESCENT + _MARGIN_Y * 0.4):
            yield from ((-half, y), (half, y))

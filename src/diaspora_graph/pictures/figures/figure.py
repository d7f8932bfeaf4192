"""The figure for print: a scene drawn in millimetres as PDF, SVG or PNG.

Text is 7 pt at every width; a scene that does not fit is refused, never made smaller or cropped.
The same scene gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from diaspora_graph.errors import ParameterError, TooLargeError
from diaspora_graph.files import write_bytes, write_text
from diaspora_graph.pictures.figures.legend import SAMPLE, Entry, Legend, legend, text_start
from diaspora_graph.pictures.figures.notes import notes_text
from diaspora_graph.pictures.layout.layout import POINTS_PER_MM, Layout, check_size, layout
from diaspora_graph.pictures.layout.lettering import (
    LINE_HEIGHT,
    TEXT_SIZE,
    baselines,
    font_path,
    lettering,
    missing_letters,
)
from diaspora_graph.pictures.layout.routes import visible_arc
from diaspora_graph.pictures.scene import LINES, Family, Line, NodeType, Scene, in_language
from diaspora_graph.pictures.shapes import CORNER, Point, outline
from diaspora_graph.wording.sentences import Labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("pdf", "svg", "png")
DOTS_PER_INCH = 400
MOST_ON_A_PAGE = 150
"""More nodes than this never fit on a page, even with short labels."""

_MARGIN = 1.5
_INK, _PAPER = "#111111", "#ffffff"
_STROKE, _OUTLINE = 1.0, 0.7
_HEAD = (6.0, 2.3)
_MARK = 4.2


def write_figure(
    scene: Scene,
    path: str | Path,
    *,
    width_mm: float = 174.0,
    height_mm: float = 230.0,
    language: str = "en",
    places: Layout | None = None,
) -> tuple[Path, ...]:
    """Write a figure in the format of its suffix, with caption, alternative text and data as JSON.

    ``width_mm`` is the exact width of the page (174 for two columns, 85 for one); the page is as
    high as need be, at most ``height_mm``. ``places`` is a layout made before. Returns the paths
    written: the figure and a ``.json`` of the same name. Raises `TooLargeError` when it does not
    fit at 7 pt, and `ParameterError` when the font lacks a letter; then nothing is written.
    """
    path = Path(path)
    kind = _kind(path)
    _check_letters(scene, language)
    sheet = _sheet(scene, width_mm, height_mm, language, places)
    picture = _drawn(scene, sheet, language, kind)
    notes = notes_text(scene, sheet.layout, width_mm=width_mm, language=language)
    return write_bytes(path, picture), write_text(path.with_suffix(".json"), notes)


def figure_svg(scene: Scene, *, width_mm: float = 174.0, language: str = "en") -> str:
    """Return a figure as SVG text; raises as `write_figure` does."""
    _check_letters(scene, language)
    sheet = _sheet(scene, width_mm, 230.0, language, None)
    return _drawn(scene, sheet, language, "svg").decode("utf-8")


def check_figure(
    scene: Scene,
    path: str | Path,
    *,
    width_mm: float = 174.0,
    height_mm: float = 230.0,
    language: str = "en",
) -> None:
    """Raise at once the `ParameterError` that `write_figure` would raise, without any layout."""
    _kind(Path(path))
    _check_letters(scene, language)
    _, room = _room(scene, width_mm, height_mm, language)
    check_size(scene, width_mm=room[0], height_mm=room[1], languages=(language,))


def figure_layout(
    scene: Scene, *, width_mm: float = 174.0, height_mm: float = 230.0, language: str = "en"
) -> Layout:
    """Return a layout for the room next to the legend. Raises `TooLargeError`."""
    _, room = _room(scene, width_mm, height_mm, language)
    return layout(scene, width_mm=room[0], height_mm=room[1], languages=(language,))


def _kind(path: Path) -> str:
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        raise ParameterError(
            f"{path.name!r} is not a name for a figure: it must end in .pdf, .svg or .png"
        )
    return kind


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page with a layout and a legend on it, in points."""

    width: float
    height: float
    left: float
    layout: Layout
    legend: Legend


def _check_letters(scene: Scene, language: str) -> None:
    """Raise an error that names every label with a letter that the font lacks."""
    labels: list[Labels] = [node.label for node in scene.nodes]
    labels += [type.label for type in scene.types]
    labels += [family.label for family in scene.families]
    texts = sorted({in_language(label, language) for label in labels})
    lacking = [(text, letters) for text in texts if (letters := missing_letters([text]))]
    if lacking:
        missing = [f"no {', '.join(map(repr, letters))} for {text!r}" for text, letters in lacking]
        raise ParameterError(
            f"the font of the figure, DejaVu Sans, has {'; '.join(missing)}: give "
            f"{'these labels' if len(missing) > 1 else 'this label'} in Latin or Cyrillic letters"
        )


def _room(
    scene: Scene, width_mm: float, height_mm: float, language: str
) -> tuple[Legend, tuple[float, float]]:
    """Return the legend, and the width and height in mm that it leaves to the layout."""
    key = legend(scene, width_mm * POINTS_PER_MM - 2 * _MARGIN, language)
    around = key.height + 2 * _MARGIN
    return key, (width_mm - 2 * _MARGIN / POINTS_PER_MM, height_mm - around / POINTS_PER_MM)


def _sheet(
    scene: Scene, width_mm: float, height_mm: float, language: str, places: Layout | None
) -> _Sheet:
    key, _ = _room(scene, width_mm, height_mm, language)
    width, around = width_mm * POINTS_PER_MM, key.height + 2 * _MARGIN
    found = places or figure_layout(
        scene, width_mm=width_mm, height_mm=height_mm, language=language
    )
    needs = found.width + 2 * _MARGIN, found.height + around
    if needs[0] > width + 0.1 or needs[1] > height_mm * POINTS_PER_MM + 0.1:
        size = " × ".join(f"{value / POINTS_PER_MM:.0f}" for value in needs)
        raise TooLargeError(
            f"this layout needs {size} mm and does not fit at {TEXT_SIZE:g} pt: split the figure, "
            "or make the layout for its width"
        )
    left = (width - found.width) / 2
    return _Sheet(width, found.height + around, left, found, key)


def _drawn(scene: Scene, sheet: _Sheet, language: str, kind: str) -> bytes:
    with _style(scene):
        figure, axes = _page(sheet)
        _draw_lines(axes, scene, sheet)
        _draw_nodes(axes, scene, sheet, language)
        for entry in sheet.legend.entries:
            _draw_entry(axes, entry, sheet)
        return _bytes(figure, scene, kind)


@contextmanager
def _style(scene: Scene) -> Iterator[None]:
    import matplotlib as mpl
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_path()))
    settings: dict[Any, Any] = {
        "font.family": ["DejaVu Sans"],
        "font.size": TEXT_SIZE,
        "pdf.fonttype": 42,
        "svg.fonttype": "path",
        "svg.hashsalt": "diaspora-graph",
        "lines.scale_dashes": False,
        "axes.unicode_minus": False,
        "text.usetex": False,
        "path.simplify": False,
    }
    with mpl.rc_context({**mpl.rcParamsDefault, **settings}):
        yield


def _page(sheet: _Sheet) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), facecolor=_PAPER)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(sheet.height, 0)
    return figure, axes


def _bytes(figure: Figure, scene: Scene, kind: str) -> bytes:
    data: dict[str, dict[str, Any]] = {
        "pdf": {"Title": scene.heading, "Creator": None, "Producer": None, "CreationDate": None},
        "svg": {"Title": scene.heading, "Date": None, "Creator": None},
        "png": {"Title": scene.heading, "Software": None},
    }
    out = io.BytesIO()
    figure.savefig(out, format=kind, dpi=DOTS_PER_INCH, metadata=data[kind])
    return out.getvalue()


def _draw_lines(axes: Axes, scene: Scene, sheet: _Sheet) -> None:
    families = {family.name: family for family in scene.families}
    types = scene.type_of()
    for line in scene.lines:
        ends = []
        for id in (line.subject, line.object):
            at = sheet.layout.places[id]
            ring = outline(types[id].shape, at.width, at.height)
            ends.append((np.array([at.x + sheet.left, at.y + _MARGIN]), np.array(ring)))
        curve = visible_arc(*ends[0], *ends[1], sheet.layout.bends[line.id])
        _draw_line(axes, curve, families[line.family], line)


def _draw_line(axes: Axes, curve: Any, family: Family, line: Line) -> None:
    from matplotlib.patches import PathPatch, Polygon
    from matplotlib.path import Path as Curve

    tip, shaft = curve[2], curve
    if not line.symmetric:
        way = (curve[2] - curve[1]) / max(float(np.hypot(*(curve[2] - curve[1]))), 1e-9)
        base = tip - way * _HEAD[0]
        side = np.array([-way[1], way[0]]) * _HEAD[1]
        shaft = np.array([curve[0], curve[1], tip - way * (_HEAD[0] - 0.6)])
        corners = [tip, base + side, base - side]
        axes.add_patch(Polygon(corners, closed=True, fc=family.colour, ec="none", zorder=2))
    path = Curve(shaft, [Curve.MOVETO, Curve.CURVE3, Curve.CURVE3])
    dashes = LINES[family.line]
    style: Any = (0, dashes) if dashes else "-"
    ink = {"fc": "none", "ec": family.colour, "lw": _STROKE, "ls": style, "zorder": 1}
    axes.add_patch(PathPatch(path, capstyle="butt", **ink))
    if line.disputed:
        _draw_mark(axes, tuple(curve[0] / 4 + curve[1] / 2 + curve[2] / 4), family.colour)


def _draw_mark(axes: Axes, at: Point, colour: str) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle(at, _MARK, fc=_PAPER, ec=colour, lw=_OUTLINE, zorder=3))
    _write(axes, at[0], at[1] + 2.6, "?", "center")


def _draw_nodes(axes: Axes, scene: Scene, sheet: _Sheet, language: str) -> None:
    types = scene.type_of()
    for node in scene.nodes:
        at = sheet.layout.places[node.id]
        x, y = at.x + sheet.left, at.y + _MARGIN
        _draw_shape(axes, types[node.id], (x, y), at.width, at.height)
        lines = lettering(in_language(node.label, language), types[node.id].shape).lines
        for text, down in zip(lines, baselines(len(lines), types[node.id].shape), strict=True):
            _write(axes, x, y + down, text, "center")


def _draw_shape(
    axes: Axes, type: NodeType, at: Point, width: float, height: float, corner: float = CORNER
) -> None:
    from matplotlib.patches import Polygon

    ring = [(at[0] + x, at[1] + y) for x, y in outline(type.shape, width, height, corner)]
    axes.add_patch(Polygon(ring, closed=True, fc=type.fill, ec=_INK, lw=_OUTLINE, zorder=4))


def _draw_entry(axes: Axes, entry: Entry, sheet: _Sheet) -> None:
    x = entry.x + _MARGIN
    y = entry.y + sheet.height - sheet.legend.height - _MARGIN
    if isinstance(entry.shows, NodeType):
        _draw_shape(axes, entry.shows, (x + SAMPLE / 2, y), SAMPLE - 1, 10.0, corner=2.8)
    else:
        family = entry.shows if isinstance(entry.shows, Family) else _PLAIN
        sample = Line(
            id="", subject="", object="", predicate="", phrase={}, family="", claims=(),
            symmetric=entry.shows == "symmetric", disputed=entry.shows == "disputed",
        )  # fmt: skip
        curve = np.array([(x, y), (x + SAMPLE / 2, y), (x + SAMPLE, y)])
        _draw_line(axes, curve, family, sample)
    first = y + 2.6 - (len(entry.lines) - 1) * LINE_HEIGHT / 2
    for number, text in enumerate(entry.lines):
        _write(axes, x + text_start(), first + number * LINE_HEIGHT, text, "left")


_PLAIN = Family(name="", label={}, line="solid", colour="#555555")


def _write(axes: Axes, x: float, y: float, text: str, side: str) -> None:
    """Write one line of text as it is: no part of a label is read as a formula."""
    font: dict[str, Any] = {"fontsize": TEXT_SIZE, "color": _INK, "parse_math": False}
    axes.text(x, y, text, ha=side, va="baseline", zorder=5, **font)

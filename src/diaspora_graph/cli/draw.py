"""Explore and figure."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_graph.cli.options import graph_option, language_option, open_data, scope_options
from diaspora_graph.cli.output import progress
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve_all
from diaspora_graph.errors import ParameterError, TooLargeError
from diaspora_graph.filters.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from diaspora_graph.pictures.layout.layout import Layout
    from diaspora_graph.pictures.scene import Scene
    from diaspora_graph.pictures.staging import Selection

_QUICK = 40
"""Up to this number of nodes a layout takes about a second, and no progress is shown."""
_OPENING_PAGE = 150
"""The largest number of nodes on a page that opens without names."""

entities_argument = click.argument("entities", nargs=-1, metavar="[ENTITY]...")
hops_option = click.option(
    "--hops",
    type=click.IntRange(min=1, max=6),
    default=1,
    show_default=True,
    help="With ENTITIES: the largest distance from them, in relations.",
)
path_option = click.option(
    "--path",
    "ends",
    nargs=2,
    metavar="START GOAL",
    help="Only the influence paths from START to GOAL.",
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a picture has to show, and what its kind can hold.

    ``fits`` judges by the sizes of the nodes, at once; ``lay_out`` tries whether lines find a way.
    """

    verb: str
    entities: tuple[str, ...]
    hops: int
    ends: tuple[str, str] | None
    scope: Scope
    graphs: tuple[str, ...]
    most: int
    opening: int
    fits: Callable[[Scene], object]
    lay_out: Callable[[Scene], Layout]
    options: tuple[str, ...] = ()

    def command(self, entities: Sequence[str], hops: int) -> str:
        """Return a command of this verb that can be typed as it is."""
        parts = ["diaspora-graph", self.verb, *entities]
        parts += ["--path", *self.ends] if self.ends else []
        parts += ["--hops", str(hops)] if hops > 1 else []
        parts += self.options
        for graph in self.graphs:
            parts += ["--graph", graph]
        return shlex.join(parts)

    def page(self, hops: int) -> str:
        """Return the command that shows the same on a page."""
        return replace(self, verb="explore", options=()).command(self.entities, hops)


@click.command()
@entities_argument
@hops_option
@path_option
@click.option("--title", default="", help="The heading of the page.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False),
    default="explorer.html",
    show_default=True,
    help="The page to write.",
)
@scope_options
@graph_option
def explore(
    entities: tuple[str, ...], hops: int, ends: tuple[str, str] | None, title: str, file: str,
    scope: Scope, graphs: tuple[str, ...],
) -> None:  # fmt: skip
    """Write an interactive page, one file that works offline; click a line to see its sources.

    Shows the ENTITIES and their neighbours. Without entities: everything if it fits on a page, else
    the influence on and by the states with the most data on their policies.
    """
    from diaspora_graph.pictures.explorer.explorer import page_layout, write_explorer
    from diaspora_graph.pictures.layout.layout import MOST_NODES, check_size

    asked = _Asked(
        "explore", entities, hops, ends, scope, graphs, MOST_NODES, _OPENING_PAGE, check_size,
        page_layout,
    )  # fmt: skip
    scene, places = _picture(asked, title)
    write_explorer(scene, Path(file), places=places)
    click.echo(f"wrote {file}")


@click.command()
@entities_argument
@hops_option
@path_option
@click.option("--title", default="", help="The title in the notes next to the figure.")
@click.option(
    "--width",
    "width",
    type=click.Choice(("174", "85")),
    default="174",
    show_default=True,
    help="The width in millimetres: two columns or one.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False),
    default="figure.pdf",
    show_default=True,
    help="A file that ends in .pdf, .svg or .png.",
)
@scope_options
@language_option
@graph_option
def figure(
    entities: tuple[str, ...], hops: int, ends: tuple[str, str] | None, title: str, width: str,
    file: str, scope: Scope, language: str, graphs: tuple[str, ...],
) -> None:  # fmt: skip
    """Draw a network for print, with a legend; caption and alt text go into a file next to it.

    Shows the ENTITIES and their neighbours; if that does not fit on a page, only the relations
    along which influence runs, with a message. Without entities: everything if it fits, else the
    influence on and by the states with the most data on their policies.
    """
    from diaspora_graph.pictures.figures.figure import (
        MOST_ON_A_PAGE,
        check_figure,
        figure_layout,
        write_figure,
    )

    def fits(scene: Scene) -> None:
        check_figure(scene, Path(file), width_mm=float(width), language=language)

    def lay_out(scene: Scene) -> Layout:
        return figure_layout(scene, width_mm=float(width), language=language)

    asked = _Asked(
        "figure", entities, hops, ends, scope, graphs, MOST_ON_A_PAGE, MOST_ON_A_PAGE, fits,
        lay_out, () if width == "174" else ("--width", width),
    )  # fmt: skip
    scene, places = _picture(asked, title)
    paths = write_figure(scene, Path(file), width_mm=float(width), language=language, places=places)
    for each in paths:
        click.echo(f"wrote {each}")


def _laid_out(asked: _Asked, scene: Scene) -> tuple[Scene, Layout]:
    """Return a scene with its layout; show progress where that takes a while."""
    if len(scene.nodes) > _QUICK:
        progress(f"laying out {len(scene.nodes)} nodes and {len(scene.lines)} relations")
    return scene, asked.lay_out(scene)


def _picture(asked: _Asked, title: str) -> tuple[Scene, Layout]:
    """Return the picture with its layout; refuse what does not fit, and name what does."""
    from diaspora_graph.pictures.staging import around, between

    data = open_data(asked.graphs)
    if asked.ends:
        chosen = between(data, *asked.ends, scope=asked.scope)
        try:
            return _laid_out(asked, _fitting(asked, data, chosen, title))
        except TooLargeError as refusal:
            raise _with_page(asked, data, chosen, refusal) from None
    if not asked.entities:
        return _opening(asked, data, title)
    chosen = around(data, asked.entities, hops=asked.hops, scope=asked.scope)
    try:
        return _laid_out(asked, _fitting(asked, data, chosen, title))
    except TooLargeError as refusal:
        found = _narrowed(asked, data, title) if asked.verb == "figure" else None
        if found is None:
            raise _with_advice(asked, data, refusal) from None
        return found


def _opening(asked: _Asked, data: Dataset, title: str) -> tuple[Scene, Layout]:
    """Return the selection that a picture opens on: the first one that fits."""
    from diaspora_graph.pictures.opening import openings
    from diaspora_graph.pictures.staging import nodes_of

    refusal = TooLargeError("no part of the data that a picture can start from fits on it")
    for chosen in openings(data, asked.scope):
        if len(nodes_of(data, chosen)) <= asked.opening:
            try:
                found = _laid_out(asked, _fitting(asked, data, chosen, title))
            except TooLargeError as error:
                refusal = error
                continue
            if chosen.part:
                click.echo(f"not everything fits; drawn: {chosen.describe()}", err=True)
            return found
    raise _with_advice(asked, data, refusal)


def _narrowed(asked: _Asked, data: Dataset, title: str) -> tuple[Scene, Layout] | None:
    """Return the relations along which influence runs, if these fit, and say so."""
    from diaspora_graph.pictures.opening import FEWER, acting, best_attested
    from diaspora_graph.pictures.staging import around

    centres = resolve_all(data, asked.entities, "entities")
    try:
        less = around(data, centres, hops=asked.hops, scope=acting(data, asked.scope))
    except ParameterError:
        return None
    tries = [less, *(best_attested(data, less, centres, most) for most in FEWER)]
    for chosen in tries:
        try:
            found = _laid_out(asked, _fitting(asked, data, chosen, title))
        except ParameterError:
            continue
        _say_what_is_drawn(asked, data, chosen)
        return found
    return None


def _say_what_is_drawn(asked: _Asked, data: Dataset, chosen: Selection) -> None:
    """Report which part is drawn, and name a page that shows more."""
    from diaspora_graph.pictures.layout.layout import MOST_NODES
    from diaspora_graph.pictures.staging import around, nodes_of

    hops = asked.hops
    while hops > 1:
        more = around(data, asked.entities, hops=hops, scope=asked.scope)
        if len(nodes_of(data, more)) <= MOST_NODES:
            break
        hops -= 1
    click.echo(
        f"not everything fits on a page; drawn: {chosen.describe()}. "
        f"More is in `{asked.page(hops)}`",
        err=True,
    )


def _fitting(asked: _Asked, data: Dataset, chosen: Selection, title: str) -> Scene:
    """Return a scene; raise `TooLargeError` if it does not fit, before anything is laid out."""
    from diaspora_graph.pictures.staging import nodes_of, scene_of

    count = len(nodes_of(data, chosen))
    if count > asked.most:
        raise TooLargeError(
            f"{count:,} nodes are more than `{asked.verb}` can show; the most is {asked.most}"
        )
    scene = scene_of(data, chosen, title=title)
    asked.fits(scene)
    return scene


def _with_advice(asked: _Asked, data: Dataset, refusal: TooLargeError) -> TooLargeError:
    """Return a refusal with a command that works, if a shorter one of its kind does."""
    from diaspora_graph.policies.own import leading_states

    tries = [(asked.entities, hops) for hops in range(asked.hops - 1, 0, -1)]
    tries += [((each,), 1) for each in asked.entities or leading_states(data)]
    for entities, hops in tries:
        if _works(asked, data, entities, hops):
            return TooLargeError(f"{refusal}\nthis fits: `{asked.command(entities, hops)}`")
    return refusal


def _with_page(
    asked: _Asked, data: Dataset, chosen: Selection, refusal: TooLargeError
) -> TooLargeError:
    """Return a refusal with the page that shows what no figure can, if one does."""
    from diaspora_graph.pictures.layout.layout import MOST_NODES
    from diaspora_graph.pictures.staging import nodes_of

    if asked.verb == "explore" or len(nodes_of(data, chosen)) > MOST_NODES:
        return refusal
    return TooLargeError(f"{refusal}\na page shows it: `{asked.page(asked.hops)}`")


def _works(asked: _Asked, data: Dataset, entities: Sequence[str], hops: int) -> bool:
    from diaspora_graph.pictures.opening import acting
    from diaspora_graph.pictures.staging import around

    scope = acting(data) if asked.verb == "figure" else EVERYTHING
    try:
        _fitting(asked, data, around(data, entities, hops=hops, scope=scope), "")
    except ParameterError:
        return False
    return True

"""Explore and figure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_graph.cli.options import graph_option, language_option, open_data, scope_options
from diaspora_graph.cli.output import progress
from diaspora_graph.filters.scope import Scope

if TYPE_CHECKING:
    from diaspora_graph.pictures.scene import Scene

focus_option = click.option(
    "--focus",
    "focus",
    multiple=True,
    metavar="NAME",
    help="Only these and what they are joined to; may be repeated.",
)
hops_option = click.option(
    "--hops",
    type=click.IntRange(min=1, max=6),
    default=1,
    show_default=True,
    help="With --focus: how far around.",
)
path_option = click.option(
    "--path", "ends", nargs=2, metavar="START GOAL", help="Only the influence paths between two."
)


@click.command()
@focus_option
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
    focus: tuple[str, ...], hops: int, ends: tuple[str, str] | None, title: str, file: str,
    scope: Scope, graphs: tuple[str, ...],
) -> None:  # fmt: skip
    """Write an interactive page, one file that works offline; click a line to see who says it."""
    from diaspora_graph.pictures.explorer import write_explorer

    scene = _scene(focus, hops, ends, title, scope, graphs)
    progress(f"laying out {len(scene.nodes)} nodes and {len(scene.lines)} relations")
    write_explorer(scene, Path(file))
    click.echo(f"wrote {file}")


@click.command()
@focus_option
@hops_option
@path_option
@click.option("--title", default="", help="Kept in the notes beside the figure.")
@click.option(
    "--width",
    "width",
    type=click.Choice(("174", "85")),
    default="174",
    show_default=True,
    help="Millimetres: two columns or one.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False),
    default="figure.pdf",
    show_default=True,
    help="PDF, SVG or PNG, by its ending.",
)
@scope_options
@language_option
@graph_option
def figure(
    focus: tuple[str, ...], hops: int, ends: tuple[str, str] | None, title: str, width: str,
    file: str, scope: Scope, language: str, graphs: tuple[str, ...],
) -> None:  # fmt: skip
    """Draw a network for print, with its legend; caption and alt text go beside it."""
    from diaspora_graph.pictures.figure import write_figure

    scene = _scene(focus, hops, ends, title, scope, graphs)
    progress(f"laying out {len(scene.nodes)} nodes and {len(scene.lines)} relations")
    for each in write_figure(scene, Path(file), width_mm=float(width), language=language):
        click.echo(f"wrote {each}")


def _scene(
    focus: tuple[str, ...],
    hops: int,
    ends: tuple[str, str] | None,
    title: str,
    scope: Scope,
    graphs: tuple[str, ...],
) -> Scene:
    from diaspora_graph.pictures.staging import around, between, scene_of, whole

    data = open_data(graphs)
    if ends:
        chosen = between(data, *ends, scope=scope)
    elif focus:
        chosen = around(data, focus, hops=hops, scope=scope)
    else:
        chosen = whole(data, scope=scope)
    return scene_of(data, chosen, title=title)

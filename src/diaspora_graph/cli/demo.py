"""The demo: every step once, from the checked seed to a page and a figure."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from diaspora_graph.cli.options import open_data, provenance
from diaspora_graph.dataset.records import CLAIMS
from diaspora_graph.filters.scope import Scope
from diaspora_graph.paths.explanation import path_lines
from diaspora_graph.paths.search import Search
from diaspora_graph.policies.own import leading_states
from diaspora_graph.policies.points import compare_points
from diaspora_graph.policies.text import point_lines

PATHS = (("armenian-diaspora", "us-policy-toward-armenia"), ("south-korea", "kazakhstani-business"))
FAMILIES = frozenset({"influence", "governance"})
POINTS = frozenset({"assessment"})
OUT = Path("out")


@click.command()
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(file_okay=False),
    default=str(OUT),
    show_default=True,
    help="Where the pictures go.",
)
def demo(folder: str) -> None:
    """Check the seed, show two influence paths and a comparison, draw a page and a figure."""
    data = open_data(())
    counts = ", ".join(f"{len(data.tables[kind])} {kind}s" for kind in CLAIMS)
    click.echo(f"The seed has no faults: {counts}, each with its source.")
    for start, goal in PATHS:
        click.echo(f"\nHow does influence run from {data.label(start)} to {data.label(goal)}?\n")
        search = Search(data)
        path = search.best(start, goal, k=1).paths[0]
        click.echo("\n".join(path_lines(search, 1, path)))
    states = leading_states(data)
    names = ", ".join(data.label(each) for each in states)
    click.echo(f"\nThe diaspora policies of {names}, compared\n")
    click.echo("\n".join(point_lines(data, compare_points(data, states))))
    _draw(Path(folder))
    click.echo(provenance(data))
    click.echo(f"next: open the page in a browser, or try `{_called()} show kazakhstan`")


def _called() -> str:
    """Return how this program was called, so that the user can call it again."""
    return sys.argv[0] if Path(sys.argv[0]).name == "diaspora-graph" else "diaspora-graph"


def _draw(folder: Path) -> None:
    from diaspora_graph.pictures.explorer.explorer import write_explorer
    from diaspora_graph.pictures.figures.figure import write_figure
    from diaspora_graph.pictures.staging import around, policies_of, scene_of

    data = open_data(())
    states = leading_states(data)
    claims = around(data, states, hops=2, scope=Scope(families=FAMILIES))
    write_explorer(scene_of(data, claims), folder / "explorer.html")
    click.echo(
        f"wrote {folder / 'explorer.html'}: whom the five states act on and through whom, with the "
        "evidence of every line"
    )
    write_figure(
        scene_of(data, policies_of(data, states, scope=Scope(families=POINTS))),
        folder / "figure.pdf",
    )
    click.echo(
        f"wrote {folder / 'figure.pdf'}: the five states' policies with their strong and weak "
        "points, 174 mm wide"
    )

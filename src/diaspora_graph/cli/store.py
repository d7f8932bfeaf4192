"""A Neo4j database kept up to date with the data: plan, load, status, unload."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from diaspora_graph.cli.options import format_option, graph_option, open_data, provenance
from diaspora_graph.cli.output import Table, write
from diaspora_graph.graphs.neo4j.connection import Connection, connect
from diaspora_graph.graphs.neo4j.plan import Changes, Plan

ADDRESS = "neo4j://localhost:7687"

store_option = click.option(
    "--store",
    metavar="ADDRESS",
    envvar="DIASPORA_NEO4J_URI",
    default=ADDRESS,
    show_default=True,
    help="The Neo4j server. User, password and database come from the variables"
    " DIASPORA_NEO4J_USER, DIASPORA_NEO4J_PASSWORD, DIASPORA_NEO4J_DATABASE.",
)
_WORDS = ("added", "changed", "removed", "kept")


@click.command()
@store_option
@graph_option
@format_option
def plan(store: str, graphs: tuple[str, ...], form: str) -> None:
    """Show what `load` would add, change, remove and keep; nothing is written."""
    from diaspora_graph.graphs.neo4j.status import status as compared

    data = open_data(graphs)
    write(_table(compared(_connected(store), data), (provenance(data),)), form)


@click.command()
@store_option
@graph_option
@format_option
def load(store: str, graphs: tuple[str, ...], form: str) -> None:
    """Load the data into a Neo4j database, so that it matches the data.

    Only differences are written; nodes and properties of your own stay as they are. An interrupted
    load continues when it is started again.
    """
    from diaspora_graph.graphs.neo4j.loading import load as loaded

    data, connection = open_data(graphs), _connected(store)
    with _progress() as progress:
        done = loaded(connection, data, progress)
    write(_table(done, (provenance(data),)), form)


@click.command()
@store_option
@graph_option
@format_option
def status(store: str, graphs: tuple[str, ...], form: str) -> None:
    """Show whether a Neo4j database matches the data; exit code 1 if it does not."""
    from diaspora_graph.graphs.neo4j.status import status as compared

    data = open_data(graphs)
    found = compared(_connected(store), data)
    note = "up to date" if found.is_empty else "differs; `diaspora-graph load` updates it"
    write(_table(found, (note, provenance(data))), form)
    sys.exit(not found.is_empty)


@click.command()
@store_option
@graph_option
@format_option
def status_deep(store: str, graphs: tuple[str, ...], form: str) -> None:
    """Find what was edited in a Neo4j database, row by row; exit code 1 if anything was."""
    from diaspora_graph.graphs.neo4j.status import deep_status

    data = open_data(graphs)
    found = deep_status(_connected(store), data)
    rows = [(each.key, ", ".join(each.what)) for each in found.edits]
    notes = [f"{len(rows)} edited in the database; docs/neo4j.md describes how to repair them"]
    if not rows:
        notes = ["nothing was edited in the database"]
    if not found.plan.is_empty:
        notes.append("and it is not up to date: see `diaspora-graph status`")
    write(Table(("id", "edited"), rows, notes=(*notes, provenance(data))), form)
    sys.exit(not found.is_clean)


@click.command()
@click.argument("dataset")
@store_option
@format_option
def unload(dataset: str, store: str, form: str) -> None:
    """Remove all that DATASET owns from a Neo4j database, and nothing else."""
    from diaspora_graph.graphs.neo4j.loading import unload as unloaded

    with _progress() as progress:
        done = unloaded(_connected(store), dataset, progress)
    write(_table(done, ()), form)


def _connected(store: str) -> Connection:
    return connect(store)


def _table(found: Plan, notes: tuple[str, ...]) -> Table:
    rows: list[tuple[object, ...]] = []
    for what, changes in (("rows", found.nodes), ("relations", found.relations)):
        rows += [(what, word, changes.count(word), _samples(changes, word)) for word in _WORDS]
    if found.held:
        rows.append(("rows", "held", len(found.held), ", ".join(found.held[:5])))
        notes = ("held: no longer in the data, but relationships of others are attached", *notes)
    return Table(("what", "change", "count", "for instance"), rows, notes=notes)


def _samples(changes: Changes, word: str) -> str:
    return "" if word == "kept" else ", ".join(changes.samples(word))


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Yield a function that shows progress on stderr, only if a person at a terminal reads it."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda what, done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bars:
        known: dict[str, Any] = {}

        def tell(what: str, done: int, total: int) -> None:
            if what not in known:
                known[what] = bars.add_task(what, total=total)
            bars.update(known[what], completed=done)

        yield tell

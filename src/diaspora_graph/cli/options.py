"""Options that several verbs share, and what they open."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

import click

from diaspora_graph.analysis.scope import Scope
from diaspora_graph.canonical import digest
from diaspora_graph.cli.output import FORMATS
from diaspora_graph.dataset import Dataset
from diaspora_graph.graphs import Graph, open_graph

graph_option = click.option(
    "--graph",
    "graphs",
    multiple=True,
    metavar="FOLDER",
    help="A dataset folder; may be repeated. Default: the seed.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to write the result.",
)
output_option = click.option(
    "-o", "--output", "file", type=click.Path(dir_okay=False), help="Write to a file."
)
language_option = click.option(
    "--language",
    type=click.Choice(("en", "kk", "ru")),
    default="en",
    show_default=True,
    help="Language of labels.",
)


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters that every search takes; the verb gets them as one value, ``scope``."""

    @wraps(command)
    def run(
        *args: Any, as_of: str, certain_time: bool, min_confidence: str,
        without: tuple[str, ...], statuses: tuple[str, ...], **more: Any,
    ) -> Any:  # fmt: skip
        scope = Scope(
            as_of=as_of,
            certain_time=certain_time,
            min_confidence=min_confidence,
            statuses=frozenset(statuses) or Scope().statuses,
            without_sources=frozenset(without),
        )
        return command(*args, scope=scope, **more)

    for names, settings in reversed(_SCOPE):
        run = click.option(*names, **settings)(run)
    return run


_SCOPE: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (
        ("--as-of",),
        {
            "default": "",
            "metavar": "TIME",
            "help": "Only what may hold then: a day, month, year or a span such as 2008/2010.",
        },
    ),
    (
        ("--certain-time",),
        {"is_flag": True, "help": "With --as-of: only what certainly holds then."},
    ),
    (
        ("--min-confidence",),
        {
            "default": "",
            "metavar": "WORD",
            "help": "Only claims of at least this confidence: low, medium or high.",
        },
    ),
    (
        ("--status", "statuses"),
        {
            "multiple": True,
            "metavar": "WORD",
            "help": "Keep claims of this status; default: accepted and disputed.",
        },
    ),
    (
        ("--without-source", "without"),
        {"multiple": True, "metavar": "ID", "help": "Leave a source out; may be repeated."},
    ),
)


@lru_cache(maxsize=1)
def opened(graphs: tuple[str, ...]) -> Graph:
    """Open the folders or the RDF file that were named; nothing means the seed."""
    return open_graph(*graphs)


def open_data(graphs: tuple[str, ...]) -> Dataset:
    """Open what was named and return its data."""
    return opened(graphs).dataset()


@lru_cache(maxsize=1)
def provenance(data: Dataset) -> str:
    """Return name, version and digest of the data: the last line of every output."""
    names = ", ".join(f"{each.name} {each.version}" for each in data.datasets())
    return f"data: {names}, digest {digest(data)[:16]}"

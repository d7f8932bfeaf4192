"""Options that several verbs share, and what they open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from functools import lru_cache, wraps
from typing import Any

import click

from diaspora_graph.answers import Row
from diaspora_graph.cli.output import FORMATS, Table
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.scope import Scope
from diaspora_graph.graphs import Graph, open_graph
from diaspora_graph.wording.words import say

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
ids_option = click.option(
    "--ids", is_flag=True, help="Only ids, without labels and sources: for programs."
)
language_option = click.option(
    "--language",
    type=click.Choice(("en", "kk", "ru")),
    default="en",
    show_default=True,
    help="Language of labels and other words.",
)

numbers_option = click.option(
    "--numbers",
    "policy",
    default="all",
    metavar="POLICY",
    show_default=True,
    help="Where sources give different numbers: all, range, median, best-source or source=ID.",
)


def scope_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters that every search takes; the verb gets them as one value, ``scope``."""

    @wraps(command)
    def run(*args: Any, **more: Any) -> Any:
        chosen = {each.name: more.pop(each.name) for each in fields(Scope)}
        sets = {
            name: frozenset(value) for name, value in chosen.items() if isinstance(value, tuple)
        }
        return command(*args, scope=Scope(**{**chosen, **sets}), **more)

    for option in reversed(_SCOPE):
        run = option(run)
    return run


def _one(option: str, name: str, metavar: str, words: str) -> Callable[..., Any]:
    return click.option(option, name, default="", metavar=metavar, help=words)


def _some(option: str, name: str, metavar: str, words: str) -> Callable[..., Any]:
    return click.option(
        option, name, multiple=True, metavar=metavar, help=f"{words} May be repeated."
    )


def _in_time(option: str, words: str) -> Callable[..., Any]:
    return click.option(option, type=click.Choice(("unknown", "yes")), help=words)


_SCOPE = (
    _one("--as-of", "as_of", "TIME",
         "Only claims that may hold then: a day, month, year or a span such as 2008/2010."),
    click.option("--certain-time", is_flag=True,
                 help="With --as-of: only claims that certainly hold then."),
    _one("--min-confidence", "min_confidence", "WORD",
         "Only claims of at least this confidence: low, medium or high."),
    _one("--min-certainty", "min_certainty", "WORD",
         "Only claims of at least this certainty: planned, possible, alleged, reported, asserted."),
    _some("--status", "statuses", "WORD",
          "Only claims of this status; default: accepted and disputed."),
    _some("--source-class", "source_classes", "WORD", "Only claims of sources of this class."),
    _some("--source", "sources", "ID", "Only claims of this source."),
    _some("--without-source", "without_sources", "ID",
          "Leave out claims that this source makes or is credited with."),
    _some("--family", "families", "NAME", "Only relations of this family."),
    _some("--relation", "relations", "NAME", "Only this relation."),
    _some("--through", "through", "CLASS", "Only paths through entities of this class."),
    _some("--avoid", "avoiding", "CLASS", "No paths through entities of this class."),
    _in_time("--coherent", "Only paths whose steps all hold on one day (unknown: may hold)."),
    _in_time("--sequential",
             "Only paths whose steps follow each other in time (unknown: may follow)."),
)  # fmt: skip


@lru_cache(maxsize=1)
def opened(graphs: tuple[str, ...]) -> Graph:
    """Open the given folders or RDF file; without any, the seed."""
    return open_graph(*graphs)


def open_data(graphs: tuple[str, ...]) -> Dataset:
    """Open the given folders or RDF file and return the data."""
    return opened(graphs).dataset()


def provenance(data: Dataset, language: str = "en") -> str:
    """Return name, version and digest of the data: the last line of every output."""
    return provenance_line(data.version, digest(data), language)


def filter_lines(scope: Scope, language: str = "en") -> tuple[str, ...]:
    """Return the line that names the filters of an output, none if there are none."""
    filters = scope.describe(language)
    return (f"{say('filters', language)}: {filters}",) if filters else ()


def labelled(
    data: Dataset, columns: Sequence[str], rows: Iterable[Row], language: str, *, ids: bool
) -> Table:
    """Return rows as a table for programs: ids alone, or with labels and sources next to them."""
    if ids:
        return Table(tuple(columns), list(rows))
    from diaspora_graph.wording.tables import with_labels

    return Table(*with_labels(data, columns, rows, language))


def provenance_line(version: str, digest: str, language: str = "en") -> str:
    """Return the line that names the data of an output."""
    return f"{say('data', language)}: {version}, {say('digest', language)} {digest[:16]}"

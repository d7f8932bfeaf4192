"""Brokers and measures of the network of actors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import wraps
from math import isnan
from typing import Any

import click

from diaspora_graph.cli.options import (
    filter_lines,
    format_option,
    graph_option,
    ids_option,
    labelled,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.scope import Scope
from diaspora_graph.measures.brokerage import PARTS, ROLES, Brokerage, brokerage_by
from diaspora_graph.measures.centrality import SEED, measure_rule
from diaspora_graph.measures.centrality import measure as measured
from diaspora_graph.measures.measured import Measured
from diaspora_graph.measures.network import ACTORS, VIEWS, Network, View, network_of
from diaspora_graph.measures.partition import PARTITIONS, Partition, read_partition
from diaspora_graph.measures.sensitivity import Sensitivity, sensitivity
from diaspora_graph.wording.words import say

Rows = list[tuple[Any, ...]]

_limit = click.option(
    "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="The maximum number of actors.",
)  # fmt: skip


def network_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what a network is made of; the verb gets ``view`` and ``classes``."""

    @wraps(command)
    def run(*args: Any, classes: tuple[str, ...], **more: Any) -> Any:
        return command(*args, classes=classes or ACTORS, **more)

    for option in (
        click.option(
            "--class", "classes", multiple=True, metavar="CLASS",
            help="Only edges between entities of this class; default: Actor. May be repeated.",
        ),
        click.option(
            "--view", type=click.Choice(VIEWS), default="relations", show_default=True,
            help="Edges: plain relations, or the flow of influence by the rules of the ontology.",
        ),
    ):  # fmt: skip
        run = option(run)
    return run


@click.command()
@click.option(
    "--by", default="country", metavar="country|class|FILE", show_default=True,
    help="The groups: countries, classes, or a CSV file with a column of actors and one of groups.",
)  # fmt: skip
@_limit
@network_options
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def brokers(
    by: str, limit: int, view: View, classes: tuple[str, ...], scope: Scope, ids: bool,
    language: str, graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show who stands between two others that have no direct edge, by role (Gould and Fernandez).

    The broker is the middle one: coordinator A-A-A, itinerant A-B-A, representative A-A-B,
    gatekeeper A-B-B, liaison A-B-C, where a letter is a group.
    """
    data = open_data(graphs)
    groups: str | Partition = by if by in PARTITIONS else read_partition(by)
    network = network_of(data, scope=scope, view=view, classes=classes)
    found = brokerage_by(network, groups)
    if form == "table":
        write(_brokers_table(data, found, limit, language), form, file)
        return
    columns: tuple[str, ...] = ("actor", "group", "role", *PARTS, "statements")
    rows: Rows = [_plain(row) for row in found.rows(limit)]
    more = {"by": by, "view": view, "filters": scope.describe(language)}
    write(_beside(labelled(data, columns, rows, language, ids=ids), more), form, file)


def _brokers_table(data: Dataset, found: Brokerage, limit: int, language: str) -> Table:
    places = found.top(limit)
    rows = [
        (
            data.label(found.ids[place], language),
            _group(data, found.groups[place], language),
            *(_role(found, place, at) for at in (len(ROLES) - 1, *range(len(ROLES) - 1))),
        )
        for place in places
    ]
    left = len(found.left_out)
    notes = [
        say("brokerage means" if rows else "no broker", language),
        *_network_notes(found.network, language),
        *([say("groups left out", language, number=f"{left:,}")] if left else []),
        *_cut(len(found.top()), len(rows), language),
        provenance(data, language),
    ]
    columns = ("actor", "group", "total", *ROLES[:-1])
    return Table(columns, rows, notes=tuple(notes), language=language)


def _role(found: Brokerage, place: int, at: int) -> str:
    z = found.z[place, at]
    return f"{found.raw[place, at]:.0f}" + ("" if isnan(z) else f" ({z:+.1f})")


def _group(data: Dataset, name: str, language: str) -> str:
    if name in data.schema.classes:
        return data.schema.classes[name].label(language)
    return data.label(name, language)


@click.command()
@click.argument("name")
@click.option(
    "--seed", type=int, default=SEED, show_default=True,
    help="The seed of methods that draw by chance: communities.",
)  # fmt: skip
@click.option(
    "--sensitivity", "tested", is_flag=True,
    help="Also the lowest and the highest value when a source, what is undated or what is disputed "
    "is left out.",
)  # fmt: skip
@_limit
@network_options
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def measure(
    name: str, seed: int, tested: bool, limit: int, view: View, classes: tuple[str, ...],
    scope: Scope, ids: bool, language: str, graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Measure the actors of the network by NAME, the highest values first.

    Names: degree, betweenness, closeness, eigenvector, pagerank, constraint, effective-size, core,
    communities.
    """
    data = open_data(graphs)
    if tested:
        changes = sensitivity(
            data, name, scope=scope, view=view, classes=classes, limit=limit, seed=seed
        )
        found = changes.base
        extra = _ranges(changes, language if form == "table" else "en")
    else:
        network = network_of(data, scope=scope, view=view, classes=classes)
        found, extra = measured(network, name, seed=seed), {}
    if form == "table":
        table = _measure_table(
            data, replace(found, columns=_shown_columns(found, extra)), limit, language
        )
        notes = (*_measure_notes(found, seed, language), *table.notes)
        gone = say("gone", language)
        shown = {
            name: [gone if cell is None else _shown(cell) for cell in column]
            for name, column in extra.items()
        }
        write(_joined(replace(table, notes=notes), shown), form, file)
        return
    columns: tuple[str, ...] = ("actor", *found.columns, "statements")
    rows: Rows = [_plain(row) for row in found.rows(limit)]
    more = {"view": view, "filters": scope.describe(language)}
    write(
        _beside(_joined(labelled(data, columns, rows, language, ids=ids), extra), more), form, file
    )


def _measure_table(data: Dataset, found: Measured, limit: int, language: str) -> Table:
    names = tuple(_column(data, name, language) for name in found.columns)
    rows = [
        (data.label(str(id), language), *map(_shown, numbers), len(str(statements).split("|")))
        for id, *numbers, statements in found.rows(limit)
    ]
    notes = (*_cut(len(found.ids), len(rows), language), provenance(data, language))
    return Table(("actor", *names, "claims"), rows, notes=notes, language=language)


def _measure_notes(found: Measured, seed: int, language: str) -> Iterator[str]:
    yield measure_rule(found.measure, language)
    if "modularity" in found.whole:
        value, number = found.whole["modularity"], int(found.whole["communities"])
        yield say("modularity", language, value=f"{value:.4f}", number=number, seed=seed)
    yield from _network_notes(found.network, language)


def _network_notes(network: Network, language: str) -> Iterator[str]:
    yield say(
        "network size", language, actors=f"{len(network):,}", edges=f"{len(network.begin):,}",
        statements=f"{len(network.statements):,}",
    )  # fmt: skip
    yield say(f"view {network.view}", language)
    yield from filter_lines(network.scope, language)


def _cut(number: int, shown: int, language: str) -> list[str]:
    if shown == number:
        return []
    return [say("more rows", language, shown=f"{shown:,}", number=f"{number:,}")]


def _shown_columns(found: Measured, extra: Mapping[str, object]) -> Mapping[str, Any]:
    """Return all columns of a measure, or its value alone where its range stands next to it."""
    return dict(list(found.columns.items())[: 1 if extra else None])


def _ranges(changes: Sensitivity, language: str) -> Mapping[str, list[Any]]:
    """Return the columns that say how values change."""
    names = ("lowest", "lowest without", "highest", "highest without")
    ranges = changes.ranges(language)
    return {name: [_number(each[at]) for each in ranges] for at, name in enumerate(names)}


def _joined(table: Table, more: Mapping[str, list[Any]]) -> Table:
    """Return a table with more columns."""
    rows = [(*row, *(column[at] for column in more.values())) for at, row in enumerate(table.rows)]
    return replace(table, columns=(*table.columns, *more), rows=rows)


def _beside(table: Table, more: Mapping[str, str]) -> Table:
    """Return a table with columns that have the same text in every row."""
    rows = [(*row, *more.values()) for row in table.rows]
    return replace(table, columns=(*table.columns, *more), rows=rows)


def _plain(row: Iterable[Any]) -> tuple[Any, ...]:
    """Return a row for programs: whole numbers without a point, nothing where nothing is known."""
    return tuple(_number(cell) for cell in row)


def _number(cell: Any) -> Any:
    if not isinstance(cell, float):
        return cell
    if isnan(cell):
        return None
    return int(cell) if cell.is_integer() else cell


def _shown(cell: Any) -> Any:
    """Return a cell as a person reads it: four digits of a number."""
    number = _number(cell)
    return f"{number:.4g}" if isinstance(number, float) else number


def _column(data: Dataset, name: str, language: str) -> str:
    family = data.schema.families.get(f"{name}_family")
    return name if language == "en" or family is None else family.label(language)

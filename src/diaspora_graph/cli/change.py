"""Diff, timeline, disagreements, scenarios."""

from __future__ import annotations

from dataclasses import fields

import click

from diaspora_graph.cli.options import (
    filter_lines,
    format_option,
    graph_option,
    ids_option,
    labelled,
    language_option,
    numbers_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies.change import Difference, cells
from diaspora_graph.policies.change_tables import (
    change_notes,
    change_rows,
    disagreement_notes,
    disagreement_rows,
    event_notes,
    event_rows,
    scenario_notes,
    scenario_rows,
)
from diaspora_graph.policies.changes import changes
from diaspora_graph.policies.disagreement import COLUMNS as DISAGREEMENTS
from diaspora_graph.policies.disagreements import disagreements as disagreeing
from diaspora_graph.policies.foresight import scenarios as foreseen
from diaspora_graph.policies.scenario import COLUMNS as SCENARIOS
from diaspora_graph.policies.timeline import Event, event_cells
from diaspora_graph.policies.timeline import timeline as dated


@click.command()
@click.argument("first")
@click.argument("second")
@click.argument("entities", nargs=-1, metavar="[ENTITY]...")
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def diff(
    first: str, second: str, entities: tuple[str, ...], scope: Scope, ids: bool, language: str,
    graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show what changed between the times FIRST and SECOND, and what is unknown.

    A time is a day, a month, a year or a span such as 2008/2010. With ENTITY only claims about it,
    and of a state the acts of its organs. What no source dates is counted and not listed.
    """
    data = open_data(graphs)
    found = changes(data, first, second, things=entities, scope=scope)
    if form != "table":
        names = tuple(each.name for each in fields(Difference))
        write(labelled(data, names, map(cells, found.rows), language, ids=ids), form, file)
        return
    head = ("change", "what", first, second, "time", "source")
    notes = (*change_notes(found, language), *_below(data, scope, language))
    write(
        Table(head, change_rows(data, found, language), notes=notes, language=language), form, file
    )


@click.command()
@click.argument("entity")
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def timeline(
    entity: str, scope: Scope, ids: bool, language: str, graphs: tuple[str, ...], form: str,
    file: str | None,
) -> None:  # fmt: skip
    """Show everything dated about ENTITY, the earliest first, then what has no date.

    Of a state also the acts of its organs.
    """
    data = open_data(graphs)
    found = dated(data, entity, scope=scope)
    if form != "table":
        names = tuple(each.name for each in fields(Event))
        rows = (event_cells(each, language) for each in (*found.events, *found.undated))
        write(labelled(data, names, rows, language, ids=True), form, file)
        return
    notes = (*event_notes(found, language), *_below(data, scope, language))
    head = ("time", "what", "marks", "source")
    write(Table(head, event_rows(found, language), notes=notes, language=language), form, file)


@click.command()
@click.option("--measure", default="", metavar="M", help="Only groups with this measure.")
@click.option("--subject", default="", metavar="S", help="Only groups with claims on this entity.")
@numbers_option
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def disagreements(
    measure: str, subject: str, policy: str, scope: Scope, ids: bool, language: str,
    graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show the claims that disagree, in groups, and what a policy makes of their numbers.

    Groups are conflicts that the curators entered, different values of one thing for one time, and
    what one source affirms and another denies.
    """
    data = open_data(graphs)
    found = disagreeing(data, measure=measure, subject=subject, policy=policy, scope=scope)
    if form != "table":
        write(labelled(data, DISAGREEMENTS, found.table(), language, ids=ids), form, file)
        return
    notes = (*disagreement_notes(found, language), *_below(data, scope, language))
    head = ("group", "claim", "time", "confidence", "source", "reconciled")
    rows = disagreement_rows(data, found, language)
    write(Table(head, rows, notes=notes, language=language), form, file)


@click.command()
@click.argument("state")
@numbers_option
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def scenarios(
    state: str, policy: str, scope: Scope, ids: bool, language: str, graphs: tuple[str, ...],
    form: str, file: str | None,
) -> None:  # fmt: skip
    """Show the scenarios for STATE: trends, risks, consequences, and how each stands in the data.

    The newest observations come first; "holds" says whether they are of the time asked for with
    --as-of, else of the newest one.
    """
    data = open_data(graphs)
    found = foreseen(data, state, policy=policy, scope=scope)
    if form != "table":
        write(labelled(data, SCENARIOS, found.table(), language, ids=ids), form, file)
        return
    notes = (*scenario_notes(found, language), *_below(data, scope, language))
    head = ("step", "what", "value", "time", "holds", "source")
    write(
        Table(head, scenario_rows(data, found, language), notes=notes, language=language),
        form,
        file,
    )


def _below(data: Dataset, scope: Scope, language: str) -> tuple[str, ...]:
    """Return the last notes of a table: the filters, and the data that it is from."""
    return (*filter_lines(scope, language), provenance(data, language))

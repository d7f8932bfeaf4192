"""Why, and compare."""

from __future__ import annotations

import click

from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    ids_option,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, emit, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.diagnosis.why import why as claims_behind
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies.compare import Comparison, Point
from diaspora_graph.policies.compare import compare as compared
from diaspora_graph.policies.own import leading_states
from diaspora_graph.policies.text import comparison_lines
from diaspora_graph.wording.claims import claim_lines
from diaspora_graph.wording.tables import with_labels
from diaspora_graph.wording.words import say


@click.command()
@click.argument("subject")
@click.argument("predicate")
@click.argument("object_", metavar="OBJECT")
@language_option
@graph_option
@output_option
def why(
    subject: str, predicate: str, object_: str, language: str, graphs: tuple[str, ...],
    file: str | None,
) -> None:  # fmt: skip
    """Show the claims for and against the relation SUBJECT PREDICATE OBJECT."""
    data = open_data(graphs)
    found = claims_behind(data, subject, predicate, object_)
    lines = [line for each in found for line in claim_lines(data, each, language)]
    emit("\n".join([*lines, "", provenance(data, language)]), file)


@click.command()
@click.argument("states", nargs=-1)
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def compare(
    states: tuple[str, ...], scope: Scope, ids: bool, language: str, graphs: tuple[str, ...],
    form: str, file: str | None,
) -> None:  # fmt: skip
    """Compare STATES point by point, with the sources of every point.

    Without names: the five states with the most data on their policies.
    """
    data = open_data(graphs)
    found = compared(data, list(states or leading_states(data)), scope=scope)
    filters = scope.describe(language)
    if form != "table":
        write(_points_table(data, found, filters, language, ids=ids), form, file)
        return
    names = ", ".join(data.label(subject, language) for subject in found.subjects)
    lines = list(comparison_lines(data, found, language))
    lines = lines or [say("compare nothing", language, names=names), ""]
    heading = [f"{say('filters', language)}: {filters}", ""] if filters else []
    emit("\n".join([*heading, *lines, provenance(data, language)]), file)


def _points_table(
    data: Dataset, found: Comparison, filters: str, language: str, *, ids: bool
) -> Table:
    columns: tuple[str, ...]
    columns = ("aspect", "subject", "value", "denied", "valid", "claims", "filters")
    rows = [
        (
            aspect.name,
            subject,
            point.value,
            point.denied,
            point.valid,
            "|".join(point.claims),
            filters,
        )
        for aspect in found.aspects
        for subject, points in zip(found.subjects, aspect.cells, strict=True)
        for point in (points or (Point("", ()),))
    ]
    if not ids:
        columns, rows = with_labels(data, columns, rows, language)  # type: ignore[assignment]
    return Table(columns, rows)

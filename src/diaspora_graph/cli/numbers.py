"""Numbers: one measure of several things over time, with one policy for different numbers."""

from __future__ import annotations

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
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.filters.scope import Scope
from diaspora_graph.measures.numbers import COLUMNS, Numbers
from diaspora_graph.measures.numbers import numbers as numbers_of
from diaspora_graph.wording.sentences import citation, word
from diaspora_graph.wording.words import counted


@click.command()
@click.argument("measure")
@click.argument("entities", nargs=-1)
@numbers_option
@scope_options
@ids_option
@language_option
@graph_option
@format_option
@output_option
def numbers(
    measure: str, entities: tuple[str, ...], policy: str, scope: Scope, ids: bool, language: str,
    graphs: tuple[str, ...], form: str, file: str | None,
) -> None:  # fmt: skip
    """Show the numbers that sources give by MEASURE, of ENTITIES or of all, over time."""
    data = open_data(graphs)
    found = numbers_of(data, measure, entities, policy=policy, scope=scope)
    if form != "table":
        rows = ((*row, scope.describe(language)) for row in found.table())
        write(labelled(data, (*COLUMNS, "filters"), rows, language, ids=ids), form, file)
        return
    title = data.schema.measures[found.measure].label(language)
    notes = [f"{title}: {counted('row', len(found.rows), language)}", f"--numbers {found.policy}"]
    notes += filter_lines(scope, language)
    heads = ("subject", "partner", "category", "valid", "value", "unit", "sources")
    below = (*notes, provenance(data, language))
    write(Table(heads, _shown(data, found, language), notes=below, language=language), form, file)


def _shown(data: Dataset, found: Numbers, language: str) -> list[tuple[str, ...]]:
    def label(cell: str) -> str:
        return "; ".join(data.label(id, language) for id in cell.split(SEPARATOR) if id)

    rows: list[tuple[str, ...]] = []
    for row in found.rows:
        kind = word(data.schema, "definition", row.definition, language) if row.definition else ""
        sources = dict.fromkeys(citation(data, data.claim(id).source) for id in row.numbers.claims)
        rows.append(
            (
                label(row.subject), label(row.partner),
                "; ".join(filter(None, [label(row.category), kind])), row.valid,
                row.numbers.text(), word(data.schema, "unit", row.unit, language),
                "; ".join(sources),
            )
        )  # fmt: skip
    return rows

"""Qualitative comparative analysis: the report, its tables, the files for R."""

from __future__ import annotations

from itertools import chain

import click

from diaspora_graph.cli.options import (
    format_option,
    graph_option,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import Table, emit, plain, write
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies.qca.analysis import qca as analysed
from diaspora_graph.policies.qca.script import write_qca
from diaspora_graph.policies.qca.text import (
    TABLES,
    heading_lines,
    model_lines,
    shown_tables,
    warning_lines,
)


@click.command()
@click.argument("plan", metavar="FILE", type=click.Path(dir_okay=False))
@click.option(
    "--table",
    "name",
    type=click.Choice(tuple(TABLES)),
    help="Only this table, whole; with --format csv or json the default is solutions.",
)
@scope_options
@language_option
@graph_option
@format_option
@output_option
def qca(
    plan: str, name: str | None, scope: Scope, language: str, graphs: tuple[str, ...], form: str,
    file: str | None,
) -> None:  # fmt: skip
    """Find which combinations of conditions go with an outcome: QCA.

    FILE is a TOML file with the cases, the outcome, the conditions and the anchors of each set,
    with reasons; docs/qca.md describes it. The sets are items of the codebook, or columns of a
    CSV file. Contested codings and several coders are analysed in every reading.
    """
    data = open_data(graphs)
    found = analysed(data, plan, scope=scope)
    if name or form != "table":
        columns, rows = TABLES[name or "solutions"](found)
        notes = (provenance(data, language),)
        write(Table(columns, rows, notes=notes, language=language), form, file)
        return
    tables = [
        plain(Table(columns, rows, language=language))
        for columns, rows in shown_tables(data, found, language)
        if rows
    ]
    parts = [
        "\n".join(heading_lines(data, found, language)),
        "\n".join(chain(model_lines(found, language), warning_lines(data, found, language))),
        *tables,
        provenance(data, language),
    ]
    emit("\n\n".join(parts), file)


@click.command()
@click.argument("plan", metavar="FILE", type=click.Path(dir_okay=False))
@click.argument("folder", type=click.Path(file_okay=False))
@scope_options
@graph_option
def qca_export(plan: str, folder: str, scope: Scope, graphs: tuple[str, ...]) -> None:
    """Write an analysis into FOLDER: its tables as CSV, and a script for R.

    FILE is as for `qca`. The script qca.R repeats the analysis with the R packages QCA and
    SetMethods; start it in FOLDER.
    """
    for each in write_qca(analysed(open_data(graphs), plan, scope=scope), folder):
        click.echo(f"wrote {each}")

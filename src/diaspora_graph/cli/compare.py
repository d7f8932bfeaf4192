"""Compare: states by items of the codebook, or by the points that authors see."""

from __future__ import annotations

from collections.abc import Iterator

import click

from diaspora_graph.cli.options import (
    filter_lines,
    graph_option,
    ids_option,
    labelled,
    language_option,
    open_data,
    output_option,
    provenance,
    scope_options,
)
from diaspora_graph.cli.output import FORMATS, Table, emit, emit_bytes, write
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies import tables
from diaspora_graph.policies.compare import compare as compared
from diaspora_graph.policies.comparison import EVIDENCE, Comparison
from diaspora_graph.policies.over_time import (
    CHANGES,
    FELL,
    ROSE,
    SAME,
    UNKNOWN,
    PolicyChanges,
    policy_changes,
)
from diaspora_graph.policies.own import leading_states
from diaspora_graph.policies.points import POINT_EVIDENCE, PointComparison, compare_points
from diaspora_graph.policies.text import cell_lines, change_rows, matrix_lines, point_lines
from diaspora_graph.wording.words import say

POINTS = "points"
_FORMATS = (*FORMATS, "xlsx", *tables.TEXTS)


@click.command()
@click.argument("states", nargs=-1)
@click.option(
    "--framework",
    default="codebook",
    show_default=True,
    metavar="NAME",
    help="By its dimensions: codebook, gamlen, ragazzi, emix, eudif or brinkerhoff; or points: what"
    " authors call strong and weak.",
)
@click.option(
    "--cell", nargs=2, metavar="STATE ITEM", help="Only one cell, and why it says what it says."
)
@click.option(
    "--between", nargs=2, metavar="TIME TIME", help="How each item changed between two times."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="table",
    show_default=True,
    help="How to write the result; xlsx needs --output.",
)
@scope_options
@ids_option
@language_option
@graph_option
@output_option
def compare(
    states: tuple[str, ...], framework: str, cell: tuple[str, str] | None,
    between: tuple[str, str] | None, form: str, scope: Scope, ids: bool, language: str,
    graphs: tuple[str, ...], file: str | None,
) -> None:  # fmt: skip
    """Compare STATES by the items of the codebook: a matrix, each cell with its sources.

    Without names: the five states with the most data on their policies.
    """
    data = open_data(graphs)
    chosen = [*states, *([cell[0]] if cell and not states else [])]
    chosen = chosen or list(leading_states(data))
    if framework == POINTS:
        if cell or between or form not in FORMATS:
            raise click.UsageError(
                f"points have no cells, and only the formats {', '.join(FORMATS)}"
            )
        points = compare_points(data, chosen, scope=scope)
        _write_points(data, points, scope, form, file, language, ids=ids)
        return
    if between:
        if cell or form not in FORMATS:
            raise click.UsageError(f"--between has only the formats {', '.join(FORMATS)}")
        changes = policy_changes(data, chosen, *between, framework=framework, scope=scope)
        _write_changes(data, changes, scope, form, file, language, ids=ids)
        return
    found = compared(data, chosen, framework=framework, scope=scope)
    if cell:
        lines = cell_lines(data, found, found.cell(*cell), language)
        emit("\n".join([*lines, "", provenance(data, language)]), file)
    elif form == "table":
        lines = (
            matrix_lines(data, found, language) if found.rows else _nothing(data, found, language)
        )
        emit("\n".join([*_heading(scope, language), *lines, "", provenance(data, language)]), file)
    elif form in tables.TEXTS:
        emit(tables.comparison_as(found, form, language), file)
    elif form == "xlsx":
        if file is None:
            raise click.UsageError("a workbook needs a file: --format xlsx -o comparison.xlsx")
        emit_bytes(tables.workbook(found, language), file)
    else:
        write(_evidence(data, found, scope, language, ids=ids), form, file)


def _heading(scope: Scope, language: str) -> list[str]:
    return [line for filters in filter_lines(scope, language) for line in (filters, "")]


def _nothing(data: Dataset, found: Comparison | PointComparison, language: str) -> Iterator[str]:
    states = found.states if isinstance(found, Comparison) else found.subjects
    names = ", ".join(data.label(state, language) for state in states)
    yield say("compare nothing", language, names=names)


def _evidence(data: Dataset, found: Comparison, scope: Scope, language: str, *, ids: bool) -> Table:
    rows = [(*row, scope.describe(language)) for row in found.evidence_rows()]
    return labelled(data, (*EVIDENCE, "filters"), rows, language, ids=ids)


def _write_points(
    data: Dataset,
    found: PointComparison,
    scope: Scope,
    form: str,
    file: str | None,
    language: str,
    *,
    ids: bool,
) -> None:
    if form == "table":
        lines = list(point_lines(data, found, language)) or list(_nothing(data, found, language))
        emit("\n".join([*_heading(scope, language), *lines, provenance(data, language)]), file)
        return
    rows = [(*row, scope.describe(language)) for row in found.evidence_rows()]
    write(labelled(data, (*POINT_EVIDENCE, "filters"), rows, language, ids=ids), form, file)


def _write_changes(
    data: Dataset,
    found: PolicyChanges,
    scope: Scope,
    form: str,
    file: str | None,
    language: str,
    *,
    ids: bool,
) -> None:
    if form == "table":
        states = (data.label(state, language) for state in found.states)
        counts = ", ".join(
            f"{say(each, language)} {found.count(each)}" for each in (ROSE, FELL, SAME, UNKNOWN)
        )
        filters = _heading(scope, language)[:1]
        times = f"{found.first} → {found.second}: {counts}"
        notes = (times, say("change means", language), *filters, provenance(data, language))
        rows = change_rows(data, found, language)
        write(Table(("item", *states), rows, notes=notes, language=language), form, file)
        return
    rows = [(*row, scope.describe(language)) for row in found.rows_of_cells()]
    write(labelled(data, (*CHANGES, "filters"), rows, language, ids=ids), form, file)

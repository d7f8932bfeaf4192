"""An analysis as lines and tables that a person reads, and its tables by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.policies.qca.fit import NECESSITY, necessity_rows
from diaspora_graph.policies.qca.result import (
    BEHIND,
    CELLS,
    READINGS,
    Qca,
    cell_rows,
    holding_rows,
    solution_table,
    truth_rows_behind,
)
from diaspora_graph.policies.qca.solutions import COLUMNS, solution_rows
from diaspora_graph.policies.qca.truth_table import truth_columns, truth_rows
from diaspora_graph.wording.words import say

Columns = tuple[str, ...]
Rows = Sequence[Sequence[object]]

TABLES: Mapping[str, Callable[[Qca], tuple[Columns, Rows]]] = {
    "solutions": lambda found: ((*COLUMNS, BEHIND), solution_table(found)),
    "truth": lambda found: ((*truth_columns(found.table), BEHIND), truth_rows_behind(found)),
    "necessity": lambda found: (NECESSITY, necessity_rows(found.necessity)),
    "cells": lambda found: (CELLS, cell_rows(found)),
    "readings": lambda found: (READINGS, holding_rows(found)),
}
"""The tables of an analysis, whole, for programs: columns and rows."""

_DIGITS = 3
_CASES = ("cases", "against")


def shown_tables(data: Dataset, found: Qca, language: str = "en") -> Iterator[tuple[Columns, Rows]]:
    """Yield the truth table (rows with cases), the solutions and necessity, rounded, with labels.

    Claims are left out: the table ``cells`` has them.
    """
    labels = {case: label_of(data, found, case, language) for case in found.cells.cases}
    for columns, rows in (
        (truth_columns(found.table), truth_rows(found.table.observed())),
        (COLUMNS, [row for each in found.solutions for row in solution_rows(each)]),
        (NECESSITY, necessity_rows(found.necessity)),
    ):
        yield (
            columns,
            [
                [
                    _shown(cell, labels if name in _CASES else {})
                    for name, cell in zip(columns, row, strict=True)
                ]
                for row in rows
            ],
        )


def label_of(data: Dataset, found: Qca, case: str, language: str = "en") -> str:
    """Return the label of a case that is a state; the cases of a table keep their names."""
    is_state = any(each.is_item for each in found.plan.sets)
    return data.label(case, language) if is_state else case


def heading_lines(data: Dataset, found: Qca, language: str = "en") -> Iterator[str]:
    """Yield what is explained by what, and the rule of each set with its reason."""
    plan, items = found.plan, data.schema.items
    yield f"{', '.join(plan.conditions)} => {plan.explained}"
    if found.filters:
        yield f"{say('filters', language)}: {found.filters}"
    cells = found.cells
    for each, of, when in zip(cells.sets, cells.of, cells.when, strict=True):
        name = f"{items[of].code} {items[of].label(language)}, {when}" if each.is_item else of
        yield f"  {each.name} ({name}): {each.rule(language)}. {each.reason}"


def model_lines(found: Qca, language: str = "en") -> Iterator[str]:
    """Yield each model of each type, and in how many readings it holds."""
    holds = {(each.solution, each.expression): each for each in found.holdings if each.is_model}
    for solution in found.solutions:
        name = say(f"qca {solution.type}", language)
        if not solution.models:
            yield f"{name}: {say('qca no model', language)}"
        for model, rows in zip(solution.models, solution.assumed, strict=True):
            each = holds[solution.type, model.text]
            share = say("qca holds", language, holds=each.holds, readings=each.readings)
            yield f"{name}: {model.text} => {found.plan.explained} ({share})"
            if rows:
                yield f"  {say('qca assumes', language, rows=', '.join(map(str, rows)))}"


def warning_lines(data: Dataset, found: Qca, language: str = "en") -> Iterator[str]:
    """Yield what limits the result: too few cases, empty rows, contradictions, readings."""
    cases, conditions = len(found.cells.cases), len(found.plan.conditions)
    if found.is_too_small():
        yield say("qca few cases", language, cases=cases, conditions=conditions,
                  needed=found.needed)  # fmt: skip
    seen, rows = len(found.table.observed()), len(found.table.rows)
    yield say("qca rows seen", language, seen=seen, rows=rows)
    labels = {case: label_of(data, found, case, language) for case in found.cells.cases}
    for row in found.table.contradictions():
        yield say(
            "qca contradiction", language, row=row.number,
            inside=", ".join(labels[case] for case in row.cases if case not in row.against),
            outside=", ".join(labels[case] for case in row.against),
        )  # fmt: skip
    for cell in found.cells.uncertain():
        values = ", ".join(f"{value:g}" for value in cell.values)
        yield say("qca several values", language, case=labels[cell.case], set=cell.set,
                  values=values)  # fmt: skip


def _shown(cell: object, labels: Mapping[str, str]) -> object:
    if isinstance(cell, float):
        return f"{cell:.{_DIGITS}f}"
    if labels and isinstance(cell, str) and cell:
        return "; ".join(labels[case] for case in cell.split("; "))
    return cell

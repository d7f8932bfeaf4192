"""Files for R: raw and calibrated data, and a script for the packages QCA and SetMethods."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from diaspora_graph.files import write_files
from diaspora_graph.policies.qca.calibration import CalibratedSet
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
from diaspora_graph.policies.qca.solutions import COLUMNS
from diaspora_graph.policies.qca.truth_table import truth_columns

_NEAR = "1e-3"
"""R's calibrate sets memberships below 0.0001 to 0; ours stay as they are."""

_EXPECTED = {True: "1", False: "0", None: "-"}
_ANCHORS = ("set", "of", "as_of", "rule", "expect", "not_found", "reason")


def write_qca(found: Qca, folder: str | Path) -> list[Path]:
    """Write an analysis into a folder, for R and for an appendix; return the paths of the files.

    ``calibrated.csv`` and ``raw.csv`` have a row for each case, ``anchors.csv`` the rules of
    calibration with their reasons, ``cells.csv`` the claims behind each cell; ``truth_table.csv``,
    ``solutions.csv``, ``necessity.csv`` and ``readings.csv`` are the results. ``qca.R`` repeats
    the analysis with the R packages QCA and SetMethods, started in the folder. All files are
    written or none. Raises `FileError`.
    """
    place = Path(folder)
    names = [each.name for each in found.cells.sets]
    cases = found.cells.cases
    tables: dict[str, str] = {
        "raw.csv": _csv(["case", *names], _by_case(cases, found.raw)),
        "calibrated.csv": _csv(["case", *names], _by_case(cases, found.memberships)),
        "anchors.csv": _csv(_ANCHORS, map(_anchors, found.cells.sets, found.cells.when)),
        "cells.csv": _csv(CELLS, cell_rows(found)),
        "truth_table.csv": _csv([*truth_columns(found.table), BEHIND], truth_rows_behind(found)),
        "solutions.csv": _csv([*COLUMNS, BEHIND], solution_table(found)),
        "necessity.csv": _csv(NECESSITY, necessity_rows(found.necessity)),
        "readings.csv": _csv(READINGS, holding_rows(found)),
        "qca.R": "\n".join(script_lines(found)) + "\n",
    }
    return write_files({place / name: text.encode() for name, text in tables.items()})


def script_lines(found: Qca) -> Iterator[str]:
    """Yield the R script, which reads ``calibrated.csv`` and ``raw.csv`` of its own folder."""
    plan = found.plan
    conditions = ", ".join(f'"{name}"' for name in plan.conditions)
    outcome = f'"{plan.explained}"'
    yield "# Qualitative comparative analysis, written by diaspora-graph."
    yield '# Needs: install.packages(c("QCA", "SetMethods")). Start it in this folder.'
    yield "library(QCA)"
    yield "library(SetMethods)"
    yield ""
    yield 'raw <- read.csv("raw.csv", row.names = 1, encoding = "UTF-8")'
    yield 'cases <- read.csv("calibrated.csv", row.names = 1, encoding = "UTF-8")'
    yield f"conditions <- c({conditions})"
    yield ""
    yield "# The calibration once more, from the raw values."
    for each in found.cells.sets:
        yield from _check(each)
    yield ""
    yield f'print(pof(cases[, conditions, drop = FALSE], {outcome}, cases, relation = "necessity"))'
    negated = "TRUE" if plan.absent else "FALSE"
    yield (
        f'print(QCAfit(cases[, conditions, drop = FALSE], cases[, "{plan.outcome}"], '
        f"cond.lab = conditions, necessity = TRUE, neg.out = {negated}))"
    )
    yield ""
    yield (
        f"tt <- truthTable(cases, outcome = {outcome}, conditions = conditions, "
        f"incl.cut = {plan.consistency_cut:g}, n.cut = {plan.n_cut}, pri.cut = {plan.pri_cut:g}, "
        "complete = TRUE, show.cases = TRUE)"
    )
    yield "print(tt)"
    if not any(row.out == "1" for row in found.table.rows):
        yield "# No row goes with the outcome, so there is nothing to minimise."
        return
    yield from _solutions(found)


def _solutions(found: Qca) -> Iterator[str]:
    """Yield the three minimisations, each after what was found here."""
    expected = {each.name: each.expected for each in found.cells.sets}
    signs = ", ".join(f'"{_EXPECTED[expected[name]]}"' for name in found.plan.conditions)
    calls = (
        'conservative <- minimize(tt, include = "", details = TRUE)',
        'parsimonious <- minimize(tt, include = "?", details = TRUE)',
        f'intermediate <- minimize(tt, include = "?", dir.exp = c({signs}), details = TRUE)',
    )
    for each, call in zip(found.solutions, calls, strict=True):
        yield ""
        yield f"# {each.type}, as found by diaspora-graph:"
        yield from (f"# {model.text} => {found.plan.explained}" for model in each.models)
        if each.type == "intermediate" and not any(
            expected[name] is not None for name in found.plan.conditions
        ):
            yield "# No expectation is given, so it is the conservative solution."
            return
        yield call
        yield f"print({each.type})"


def _check(each: CalibratedSet) -> Iterator[str]:
    """Yield the reason for the anchors, and a line that stops where R calibrates otherwise."""
    yield f"# {each.name}: {each.rule()}. {' '.join(each.reason.split())}"
    if each.kind == "crisp":
        sign = "<=" if each.at_most else ">="
        yield f"stopifnot(all((raw${each.name} {sign} {each.anchors[0]!r}) == cases${each.name}))"
    elif each.kind == "fuzzy":
        anchors = ", ".join(map(repr, each.anchors))
        yield (
            f'stopifnot(all(abs(calibrate(raw${each.name}, type = "fuzzy", '
            f"thresholds = c({anchors})) - cases${each.name}) < {_NEAR}))"
        )


def _anchors(each: CalibratedSet, when: str) -> tuple[str, ...]:
    expected = {True: "present", False: "absent", None: ""}[each.expected]
    stands = "|".join(f"{value:g}" for value in each.not_found)
    return each.name, each.of, when, each.rule(), expected, stands, each.reason


def _by_case(
    cases: Sequence[str], values: Sequence[Sequence[float]]
) -> Iterator[tuple[str | float, ...]]:
    return ((case, *row) for case, row in zip(cases, values, strict=True))


def _csv(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()

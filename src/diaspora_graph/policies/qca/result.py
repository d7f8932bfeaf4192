"""The result of an analysis, and its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diaspora_graph.policies.qca.cells import Cells
from diaspora_graph.policies.qca.fit import NECESSITY, Necessity, necessity_rows
from diaspora_graph.policies.qca.plan import QcaPlan
from diaspora_graph.policies.qca.solutions import COLUMNS, TYPES, Solution, Type, solution_rows
from diaspora_graph.policies.qca.truth_table import TruthTable, truth_columns, truth_rows

if TYPE_CHECKING:
    import pandas as pd

BEHIND = "claims"
NO_MODEL = "(none)"
"""The expression of readings in which no row goes with the outcome."""

CELLS = ("case", "set", "raw", "membership", "readings", BEHIND)
READINGS = ("solution", "what", "expression", "holds", "readings")
"""Columns of `Qca.calibrated` and of `Qca.readings`."""


@dataclass(frozen=True, slots=True)
class Holding:
    """In how many of all readings a model, or a term of some model, is in a solution of a type.

    >>> Holding("parsimonious", False, "A*~B", 46, 48).text
    'holds in 46 of 48 readings'
    """

    solution: Type
    is_model: bool
    expression: str
    holds: int
    readings: int

    @property
    def text(self) -> str:
        """The share in words."""
        return f"holds in {self.holds} of {self.readings} readings"


@dataclass(frozen=True, slots=True, repr=False)
class Qca:
    """The result of an analysis; memberships, truth table and solutions are of the first reading.

    The first reading has the accepted coding in each cell (the first one by id, the lowest step
    of the scale where it is contested). ``raw`` and ``memberships`` have a row for each case and
    a column for each set of the plan. ``holdings`` count all readings. ``needed`` is the number of
    cases that is recommended. ``filters`` are the filters of its scope in words.

    >>> from diaspora_graph import CalibratedSet, QcaPlan, load_dataset, qca
    >>> sets = [
    ...     CalibratedSet(name, item, (0.5,), "at least in part", is_item=True, not_found=(0,))
    ...     for name, item in [("STATUS", "B4"), ("VOTE", "B5")]
    ... ]
    >>> plan = QcaPlan("VOTE", tuple(sets), cases=("AM", "IL", "IN", "KZ", "KR"), as_of="2012")
    >>> qca(load_dataset(), plan)
    Qca(VOTE: 5 cases, 1 conditions, ... readings)
    """

    plan: QcaPlan
    cells: Cells
    raw: tuple[tuple[float, ...], ...]
    memberships: tuple[tuple[float, ...], ...]
    table: TruthTable
    solutions: tuple[Solution, ...]
    necessity: tuple[Necessity, ...]
    holdings: tuple[Holding, ...]
    needed: int
    filters: str = ""

    def __repr__(self) -> str:
        return (
            f"Qca({self.plan.explained}: {len(self.cells.cases)} cases, "
            f"{len(self.plan.conditions)} conditions, {self.cells.readings()} readings)"
        )

    def solution(self, type: Type) -> Solution:
        """Return the solution of a type: conservative, parsimonious or intermediate."""
        return self.solutions[TYPES.index(type)]

    def is_too_small(self) -> bool:
        """Return whether there are fewer cases than recommended."""
        return len(self.cells.cases) < self.needed

    def to_pandas(self) -> pd.DataFrame:
        """Return the terms of all solutions, as `Solution.to_pandas` does for one, with claims.

        ``claims`` are those behind the cases of the row, one text, separated by ``|``.
        """
        import pandas as pd

        return pd.DataFrame(solution_table(self), columns=[*COLUMNS, BEHIND])

    def truth(self) -> pd.DataFrame:
        """Return the truth table, as `TruthTable.to_pandas`, with the claims behind the cases."""
        import pandas as pd

        names = [*truth_columns(self.table), BEHIND]
        return pd.DataFrame(truth_rows_behind(self), columns=names).set_index(names[0])

    def calibrated(self) -> pd.DataFrame:
        """Return one row for each case and set: raw value, membership and the claims behind it.

        ``readings`` is the number of values that the cell may have; claims are one text, separated
        by ``|``, none for a cell of a table.
        """
        import pandas as pd

        return pd.DataFrame(cell_rows(self), columns=list(CELLS))

    def necessities(self) -> pd.DataFrame:
        """Return the necessity of each condition and its absence, over all cases."""
        import pandas as pd

        return pd.DataFrame(necessity_rows(self.necessity), columns=list(NECESSITY))

    def readings(self) -> pd.DataFrame:
        """Return in how many readings each model and term holds."""
        import pandas as pd

        return pd.DataFrame(holding_rows(self), columns=list(READINGS))

    def _repr_html_(self) -> str:
        return f"{self.table.to_pandas().to_html()}{self.to_pandas().to_html()}"


def solution_table(found: Qca) -> list[tuple[object, ...]]:
    """Return the rows of `Qca.to_pandas`."""
    rows = [row for each in found.solutions for row in solution_rows(each)]
    return _with_claims(found, rows, COLUMNS.index("cases"))


def truth_rows_behind(found: Qca) -> list[tuple[object, ...]]:
    """Return the rows of `Qca.truth`."""
    place = truth_columns(found.table).index("cases")
    return _with_claims(found, truth_rows(found.table.rows), place)


def _with_claims(
    found: Qca, rows: Sequence[tuple[object, ...]], place: int
) -> list[tuple[object, ...]]:
    """Return rows with the claims behind the cases that stand at a place of theirs."""
    behind = {
        case: [claim for cell in cells for claim in cell.claims]
        for case, cells in zip(found.cells.cases, found.cells.cells, strict=True)
    }
    return [
        (
            *row,
            "|".join(
                dict.fromkeys(
                    claim for case in str(row[place]).split("; ") for claim in behind.get(case, ())
                )
            ),
        )
        for row in rows
    ]


def cell_rows(found: Qca) -> list[tuple[object, ...]]:
    """Return the rows of `Qca.calibrated`."""
    return [
        (cell.case, cell.set, raw, member, len(cell.values), "|".join(cell.claims))
        for cells, raws, members in zip(
            found.cells.cells, found.raw, found.memberships, strict=True
        )
        for cell, raw, member in zip(cells, raws, members, strict=True)
    ]


def holding_rows(found: Qca) -> list[tuple[object, ...]]:
    """Return the rows of `Qca.readings`."""
    return [
        (each.solution, "model" if each.is_model else "term", each.expression, each.holds,
         each.readings)
        for each in found.holdings
    ]  # fmt: skip

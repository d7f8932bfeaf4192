"""The truth table: each combination of conditions, its cases, and how well it fits the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Literal

import numpy as np

from diaspora_graph.policies.qca.calibration import Floats
from diaspora_graph.policies.qca.fit import Fit, sufficiency
from diaspora_graph.policies.qca.minimise import Rows

if TYPE_CHECKING:
    import pandas as pd

Out = Literal["1", "0", "?"]
"""The row goes with the outcome, does not, or is a remainder (too few cases to say)."""

_SLACK = 1e-9
"""A share of 0.8 computed from memberships may be a little less than 0.8."""


@dataclass(frozen=True, slots=True)
class TruthRow:
    """A combination of conditions: 1 present, 0 absent, in the order of the conditions.

    ``cases`` are the cases of which it is the combination (each membership above 0.5), ``against``
    those of them that are not in the outcome. ``fit`` is over all cases; a row without a case has
    none. A row is a ``contradiction`` if some of its cases are in the outcome and some are not.

    >>> row = TruthRow((1, 0), "1", ("a", "b"), ("b",), Fit(0.9, 0.8, 0.5))
    >>> row.contradiction, row.number
    (True, 3)
    """

    values: tuple[int, ...]
    out: Out
    cases: tuple[str, ...]
    against: tuple[str, ...]
    fit: Fit | None

    @property
    def contradiction(self) -> bool:
        """Whether cases of the row differ in the outcome."""
        return 0 < len(self.against) < len(self.cases)

    @property
    def number(self) -> int:
        """The number of the row in a full truth table, as in R's QCA; the first is 1."""
        return 1 + int("".join(map(str, self.values)), 2)


@dataclass(frozen=True, slots=True, repr=False)
class TruthTable:
    """All combinations of some conditions, those without cases included.

    >>> table = truth_table(["A"], ["x", "y"], np.array([[1.0], [0.0]]), np.array([1.0, 0.0]))
    >>> table
    TruthTable(A: 2 of 2 rows with cases, 0 contradictions)
    """

    conditions: tuple[str, ...]
    rows: tuple[TruthRow, ...]

    def __repr__(self) -> str:
        seen = sum(bool(row.cases) for row in self.rows)
        return (
            f"TruthTable({', '.join(self.conditions)}: {seen} of {len(self.rows)} rows with cases, "
            f"{len(self.contradictions())} contradictions)"
        )

    def observed(self) -> tuple[TruthRow, ...]:
        """Return the rows with cases; first those of the outcome, then by consistency."""
        seen = [row for row in self.rows if row.cases]
        order = {"1": 0, "0": 1, "?": 2}
        return tuple(sorted(seen, key=lambda row: (order[row.out], -_consistency(row), row.number)))

    def contradictions(self) -> tuple[TruthRow, ...]:
        """Return the rows whose cases differ in the outcome."""
        return tuple(row for row in self.rows if row.contradiction)

    def where(self, *outs: Out) -> Rows:
        """Return the values of the rows with these outs, one row for each."""
        kept = [row.values for row in self.rows if row.out in outs]
        return np.array(kept, np.int64).reshape(len(kept), len(self.conditions))

    def to_pandas(self) -> pd.DataFrame:
        """Return all rows: the conditions, out, n, consistency, pri, cases, against.

        Cases are one text, separated by ``; ``. The index is the number of the row.
        """
        import pandas as pd

        names = truth_columns(self)
        return pd.DataFrame(truth_rows(self.rows), columns=list(names)).set_index(names[0])


def truth_columns(table: TruthTable) -> tuple[str, ...]:
    """Return the columns of `truth_rows`."""
    return ("row", *table.conditions, "out", "n", "consistency", "pri", "cases", "against")


def truth_rows(rows: Sequence[TruthRow]) -> list[tuple[object, ...]]:
    """Return one row for each combination; its cases are one text, separated by ``; ``."""
    return [
        (
            row.number,
            *row.values,
            row.out,
            len(row.cases),
            row.fit.consistency if row.fit else None,
            row.fit.pri if row.fit else None,
            "; ".join(row.cases),
            "; ".join(row.against),
        )
        for row in rows
    ]


def truth_table(
    conditions: Sequence[str],
    cases: Sequence[str],
    members: Floats,
    outcome: Floats,
    *,
    n_cut: int = 1,
    consistency_cut: float = 0.8,
    pri_cut: float = 0.0,
) -> TruthTable:
    """Return the truth table of calibrated cases (Ragin 2008, ch. 7).

    ``members`` is cases × conditions, ``outcome`` one value for each case. A row with fewer than
    ``n_cut`` cases is a remainder; one with enough goes with the outcome if its consistency and
    its PRI reach the cuts.
    """
    rows = []
    for values in product((0, 1), repeat=len(conditions)):
        degree = np.where(np.array(values) == 1, members, 1 - members).min(axis=1)
        inside = np.flatnonzero(degree > 0.5).tolist()
        fit = sufficiency(degree, outcome) if inside else None
        out: Out = "?"
        if fit and len(inside) >= n_cut:
            kept = (fit.consistency or 0) >= consistency_cut - _SLACK
            out = "1" if kept and (fit.pri or 0) >= pri_cut - _SLACK else "0"
        named = tuple(cases[place] for place in inside)
        against = tuple(cases[place] for place in inside if outcome[place] <= 0.5)
        rows.append(TruthRow(values, out, named, against, fit))
    return TruthTable(tuple(conditions), tuple(rows))


def _consistency(row: TruthRow) -> float:
    return (row.fit.consistency or 0) if row.fit else 0

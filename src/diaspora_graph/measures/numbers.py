"""Numbers: what sources observe by one measure, of several things over time, reconciled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve_all, resolve_term
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.measures.reconcile import Reconciled, checked_policy
from diaspora_graph.measures.series import by_time

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "subject", "partner", "category", "definition", "base", "unit", "valid", "value", "low",
    "high", "policy", "claims",
)  # fmt: skip
"""The columns of `Numbers.to_pandas`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What sources say of one thing at one time: ``numbers`` is what the policy makes of it.

    ``base`` is the observation of which a share is given.

    >>> from diaspora_graph import load_dataset, numbers
    >>> row = numbers(load_dataset(), "diaspora_size", ["Armenian diaspora"]).rows[0]
    >>> row.subject, row.unit
    ('armenian-diaspora', 'persons')
    """

    subject: str
    partner: str
    category: str
    definition: str
    base: str
    unit: str
    valid: str
    numbers: Reconciled


@dataclass(frozen=True, slots=True, repr=False)
class Numbers:
    """The numbers of one measure, by thing and time, the earliest first.

    ``policy`` says what was made of different numbers of one thing at one time, ``filters`` which
    filters made the table, in words.

    >>> from diaspora_graph import load_dataset, numbers
    >>> numbers(load_dataset(), "remittances received", ["Armenia", "KZ"], policy="range")
    Numbers(remittances_received: ... rows, range)
    """

    measure: str
    rows: tuple[Number, ...]
    policy: str
    filters: str = ""

    def __repr__(self) -> str:
        filters = f"; {self.filters}" if self.filters else ""
        return f"Numbers({self.measure}: {len(self.rows)} rows, {self.policy}{filters})"

    def claims(self) -> tuple[str, ...]:
        """Return every claim that the table rests on, once, sorted."""
        return tuple(sorted({id for row in self.rows for id in row.numbers.claims}))

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each thing and time.

        ``value`` is the text of a cell, ``low`` and ``high`` its lowest and highest number (empty
        for what is no number), ``claims`` the ids behind it, separated by ``|``.
        """
        import pandas as pd

        found = pd.DataFrame(self.table(), columns=list(COLUMNS))
        for name in ("low", "high"):
            found[name] = pd.to_numeric(found[name])
        found.attrs["filters"] = self.filters
        return found

    def table(self) -> list[tuple[str, ...]]:
        """Return the rows of `to_pandas`, every cell as text."""
        return [
            (
                row.subject, row.partner, row.category, row.definition, row.base, row.unit,
                row.valid, row.numbers.text(), *row.numbers.bounds(), row.numbers.policy,
                SEPARATOR.join(row.numbers.claims),
            )
            for row in self.rows
        ]  # fmt: skip

    def _repr_html_(self) -> str:
        return self.to_pandas().to_html()


def numbers(
    data: Dataset,
    measure: str,
    subjects: Iterable[str] = (),
    *,
    policy: str = "all",
    scope: Scope = EVERYTHING,
) -> Numbers:
    """Return the numbers that sources give by a measure, reconciled by a policy.

    ``measure`` is a name or a label of the ontology, ``subjects`` are ids, labels or aliases; none
    means all. What differs in partner, category, definition or unit is another thing and another
    row. ``policy`` as in `reconciled`. Denied observations are left out. Raises
    `UnknownNameError`, `AmbiguousNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> found = numbers(load_dataset(), "remittances_received", ["Armenia"], policy="median")
    >>> found.to_pandas().query("partner == 'russia'")["value"].tolist()
    ['978,658,000']
    """
    scope.of_claims("a table of numbers")
    name = resolve_term(data.schema, "measure", measure)
    if isinstance(subjects, str):
        raise ParameterError(f"subjects: expected a list of names; write [{subjects!r}]")
    chosen = set(resolve_all(data, subjects, "subjects"))
    used = checked_policy(data, policy)
    table = data.tables["observation"]
    rows = [
        data.observation(table["id"][row])
        for row in np.flatnonzero(passing(data, scope, "observation")).tolist()
        if table["measure"][row] == name and (not chosen or table["subject"][row] in chosen)
    ]
    found = [
        Number(
            subject=same[0], category=same[2], unit=same[3], base=same[4], partner=same[5],
            definition=same[6], valid=valid, numbers=made,
        )
        for same, times in sorted(by_time(data, rows, used).items())
        for valid, made in times.items()
        if made.values
    ]  # fmt: skip
    return Numbers(name, tuple(found), used, scope.describe())

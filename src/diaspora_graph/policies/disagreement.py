"""What a search for disagreements gives: groups of claims, and a table of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.measures.reconcile import Reconciled
from diaspora_graph.wording.sentences import Evidence, evidence_of

if TYPE_CHECKING:
    import pandas as pd

Reason = Literal["in conflict", "different values", "affirmed and denied"]
REASONS: tuple[Reason, ...] = get_args(Reason)

COLUMNS = (
    "group", "reasons", "claim", "kind", "subject", "term", "value", "denied", "valid", "source",
    "source_class", "confidence", "status", "reconciled",
)  # fmt: skip
"""Columns of the table of disagreements: one row for each claim."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that disagree, by id, and why.

    ``group`` is the name of a conflict group, else the id of the first claim. ``numbers`` has for
    each thing observed in the group what the policy for numbers makes of its values.

    >>> from diaspora_graph import disagreements, load_dataset
    >>> found = disagreements(load_dataset(), subject="Armenian diaspora", policy="range")
    >>> [row.numbers[0].text() for row in found.rows if row.numbers][0]
    '...–...'
    """

    group: str
    reasons: tuple[Reason, ...]
    claims: tuple[str, ...]
    numbers: tuple[Reconciled, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Disagreements:
    """Groups of claims that disagree, by name.

    ``policy`` is the policy for numbers; ``filters`` are the filters in words; ``undated`` is how
    many things have different values of which no source gives the time: they may disagree.

    >>> from diaspora_graph import disagreements, load_dataset
    >>> disagreements(load_dataset(), measure="founded")
    Disagreements(... groups, ... claims)
    """

    rows: tuple[Disagreement, ...]
    policy: str
    undated: int
    filters: str = ""
    _data: Dataset | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        claims = sum(len(each.claims) for each in self.rows)
        return f"Disagreements({len(self.rows)} groups, {claims} claims)"

    def claims(self) -> tuple[str, ...]:
        """Return every claim of the groups, once, sorted."""
        return tuple(sorted({id for each in self.rows for id in each.claims}))

    def table(self) -> list[tuple[str | bool, ...]]:
        """Return one row for each claim, with the columns `COLUMNS`."""
        return [cells for each in self.rows for cells in _cells(self._data, each)]

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each claim; ``attrs`` holds the filters in words and the policy."""
        import pandas as pd

        found = pd.DataFrame(self.table(), columns=list(COLUMNS))
        found.attrs.update(filters=self.filters, policy=self.policy)
        return found


def _cells(data: Dataset | None, row: Disagreement) -> Iterator[tuple[str | bool, ...]]:
    if data is None:
        raise ParameterError("these disagreements were pickled without their data: ask again")
    results = {id: each for each in row.numbers for id in each.claims}
    for id in row.claims:
        found = evidence_of(data, id)
        term, value = _said(data, found)
        made = "|".join(results[id].values) if id in results else ""
        yield (
            row.group, "|".join(row.reasons), id, found.kind, found.subject, term, value,
            found.denied, found.valid, found.source,
            data.source(found.source).source_class if found.source else "", found.confidence,
            found.status, made,
        )  # fmt: skip


def _said(data: Dataset, found: Evidence) -> tuple[str, str]:
    """Return the term of a claim and its value: the object of a statement."""
    record = data.claim(found.id)
    term = {"statement": "predicate", "observation": "measure", "coding": "item"}[found.kind]
    value = "object" if found.kind == "statement" else "value"
    high = getattr(record, "value_high", "")
    return getattr(record, term), getattr(record, value) + (f"–{high}" if high else "")

"""Policies over time: an item at two times, and which state came first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve_term
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.dates import NEVER, iso_date
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import evidence_passing, passing
from diaspora_graph.filters.scope import EVERYTHING, Scope, as_window
from diaspora_graph.policies.compare import compare
from diaspora_graph.policies.comparison import VALUE, Cell, Comparison
from diaspora_graph.policies.points import states_of

if TYPE_CHECKING:
    import pandas as pd

ROSE, FELL, SAME, UNKNOWN = "rose", "fell", "same", "unknown"


@dataclass(frozen=True, slots=True)
class Change:
    """An item of a state at two times.

    ``direction`` is ``rose`` or ``fell`` on the item's scale, ``same``, or ``unknown`` if one of
    the two has no value or is not certain to hold then.

    >>> from diaspora_graph import load_dataset, policy_changes
    >>> found = policy_changes(load_dataset(), ["KZ"], "2000", "2024")
    >>> next(each for each in found.rows if each.item == "diaspora_agency").direction
    'rose'
    """

    state: str
    item: str
    before: Cell
    after: Cell
    direction: str


@dataclass(frozen=True, slots=True, repr=False)
class PolicyChanges:
    """How the items of states stand at two times, item by item, state by state.

    >>> from diaspora_graph import load_dataset, policy_changes
    >>> policy_changes(load_dataset(), ["KZ"], "2000", "2024")
    PolicyChanges(kazakhstan: 2000 to 2024, ... rose, ... fell, ... same, ... unknown)
    """

    states: tuple[str, ...]
    first: str
    second: str
    rows: tuple[Change, ...]
    filters: str = ""
    data: Dataset | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"{self.count(each)} {each}" for each in (ROSE, FELL, SAME, UNKNOWN))
        filters = f"; {self.filters}" if self.filters else ""
        names, times = ", ".join(self.states), f"{self.first} to {self.second}"
        return f"PolicyChanges({names}: {times}, {counts}{filters})"

    def __reduce__(self) -> tuple[Any, ...]:
        return PolicyChanges, (self.states, self.first, self.second, self.rows, self.filters)

    def count(self, direction: str) -> int:
        """Return the number of rows with a direction."""
        return sum(row.direction == direction for row in self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each item and state: values, outcomes, direction, claims."""
        import pandas as pd

        found = pd.DataFrame(self.rows_of_cells(), columns=list(CHANGES))
        found.attrs["filters"] = self.filters
        return found

    def rows_of_cells(self) -> list[tuple[str, ...]]:
        """Return the rows of `to_pandas`."""
        return [
            (
                row.state, row.item, row.before.outcome, row.before.value, row.after.outcome,
                row.after.value, row.direction,
                SEPARATOR.join(dict.fromkeys([*row.before.claims(), *row.after.claims()])),
            )
            for row in self.rows
        ]  # fmt: skip

    def _repr_html_(self) -> str:
        return self.to_pandas().to_html()


CHANGES = (
    "state", "item", "outcome_before", "value_before", "outcome_after", "value_after", "direction",
    "claims",
)  # fmt: skip
"""The columns of `PolicyChanges.to_pandas`."""


def policy_changes(
    data: Dataset,
    states: Sequence[str],
    first: str,
    second: str,
    *,
    framework: str = "",
    scope: Scope = EVERYTHING,
) -> PolicyChanges:
    """Return how the items of states changed between two times.

    ``first`` and ``second`` are days, months, years or spans in EDTF; the first must begin before
    the second. Other arguments and errors as in `compare`; a scope with ``as_of`` is refused.

    >>> from diaspora_graph import load_dataset
    >>> policy_changes(load_dataset(), ["KZ"], "2000", "2024").count("unknown") > 0
    True
    """
    if scope.as_of:
        raise ParameterError("two times are given: leave as_of out of the scope")
    if as_window(first)[0] >= as_window(second)[0]:
        raise ParameterError(f"{first} does not begin before {second}: give the earlier time first")
    before, after = (
        compare(data, states, framework=framework, scope=replace(scope, as_of=time))
        for time in (first, second)
    )
    rows = tuple(_changes(data, before, after))
    return PolicyChanges(before.states, first, second, rows, scope.describe(), data)


def _changes(data: Dataset, before: Comparison, after: Comparison) -> list[Change]:
    cells = [{(c.item, c.state): c for c in each.cells()} for each in (before, after)]
    coded = {item for each in cells for item, _ in each}
    found = []
    for item in data.schema.items:
        for state in before.states if item in coded else ():
            empty = Cell(state, item, "none", "")
            one, other = (each.get((item, state), empty) for each in cells)
            found.append(Change(state, item, one, other, _direction(data, one, other)))
    return found


def _direction(data: Dataset, before: Cell, after: Cell) -> str:
    known = all(cell.outcome == VALUE and cell.is_certain for cell in (before, after))
    if not known:
        return UNKNOWN
    scale = data.schema.items[before.item].scale
    step = scale.index(after.value) - scale.index(before.value)
    return ROSE if step > 0 else FELL if step < 0 else SAME


@dataclass(frozen=True, slots=True)
class Adoption:
    """When a state first had at least a value of an item.

    It began between ``earliest`` and ``latest``, ISO dates. ``latest`` is the first day on which a
    coding certainly says so, empty if that is open. ``earliest`` is the day after the last one on
    which a coding certainly says less; without such a coding it is empty: the state may have had it
    long before. ``coding`` is the coding that says so, ``claims`` it and its evidence.

    >>> from diaspora_graph import diffusion, load_dataset
    >>> diffusion(load_dataset(), "dual citizenship", states=["Armenia"])[0].latest
    '2007-02-26'
    """

    state: str
    value: str
    earliest: str
    latest: str
    coding: str
    claims: tuple[str, ...]


def diffusion(
    data: Dataset,
    item: str,
    *,
    states: Sequence[str] = (),
    least: str = "",
    scope: Scope = EVERYTHING,
) -> tuple[Adoption, ...]:
    """Return in which order states came to have an item, the first first.

    ``item`` is an id, a label or a code; ``least`` the step of its scale that counts as having it,
    by default the lowest above its first. Without ``states`` all that have codings. The order is by
    the first day on which a coding certainly says so; states without such a coding are left out. A
    coding says when its evidence shows a policy, which may be long after it began. Raises
    `UnknownNameError`, and `ParameterError` for a value that is not on the scale.

    >>> from diaspora_graph import load_dataset
    >>> [each.state for each in diffusion(load_dataset(), "B1", least="1")]
    [...]
    """
    name = resolve_term(data.schema, "item", item)
    scale = data.schema.items[name].scale
    least = least or scale[min(1, len(scale) - 1)]
    if least not in scale:
        raise ParameterError(f"{least!r} is not on the scale of {name}: {', '.join(scale)}")
    enough = set(scale[scale.index(least) :])
    chosen = set(states_of(data, states)) if states else set(data.tables["coding"]["subject"].all())
    table = data.tables["coding"]
    days = data.bounds("coding")[table["valid"].codes]
    rows: dict[str, list[int]] = {}
    for row in np.flatnonzero(passing(data, scope, "coding")).tolist():
        if table["item"][row] == name and table["subject"][row] in chosen:
            rows.setdefault(table["subject"][row], []).append(row)
    found, kept = [], evidence_passing(data, scope)
    for state, coded in rows.items():
        having = [row for row in coded if table["value"][row] in enough]
        less = [row for row in coded if table["value"][row] in {*scale} - enough]
        if having:
            begin = min(having, key=lambda row: (days[row, 1], days[row, 0], row))
            latest = int(days[begin, 1])
            before = [int(days[row, 2]) + 1 for row in less if NEVER < days[row, 2] < latest]
            found.append(
                (latest, _adoption(data, state, (max(before, default=NEVER), latest), begin, kept))
            )
    return tuple(each for _, each in sorted(found, key=lambda each: (each[0], each[1].state)))


def _adoption(
    data: Dataset, state: str, between: tuple[int, int], row: int, kept: frozenset[str]
) -> Adoption:
    coding = data.coding(data.tables["coding"]["id"][row])
    claims = (coding.id, *(id for id in coding.evidence.split(SEPARATOR) if id in kept))
    earliest, latest = map(iso_date, between)
    return Adoption(state, coding.value, earliest, latest, coding.id, claims)

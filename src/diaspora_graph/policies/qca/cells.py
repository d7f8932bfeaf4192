"""The raw values of the cases: codings of states at a time, or cells of a table.

Where a coding is `contested`, or coders differ, a cell has several values. A reading takes one of
them in each cell; the first reading takes the accepted coding.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np

from diaspora_graph.dataset.claims import coder_statuses, counted
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_term
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import (
    AmbiguousNameError,
    Fault,
    ParameterError,
    UnknownNameError,
    did_you_mean,
)
from diaspora_graph.filters.masks import evidence_passing, passing
from diaspora_graph.filters.scope import Scope
from diaspora_graph.policies.qca.calibration import HALF, CalibratedSet, Floats
from diaspora_graph.policies.qca.columns import Columns
from diaspora_graph.policies.qca.plan import QcaPlan, refuse

MOST_READINGS = 10_000


@dataclass(frozen=True, slots=True)
class Cell:
    """The raw values that a case may have in a set, the first reading first, and their claims.

    >>> Cell("armenia", "LOBBY", (0.5, 1.0), ("co-armenia-f1",)).values
    (0.5, 1.0)
    """

    case: str
    set: str
    values: tuple[float, ...]
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cells:
    """All cells, case by case and in each case set by set, and how many readings they allow.

    ``of`` are the names of items in the ontology, and of columns, in the order of the sets;
    ``when`` are the times of the codings, empty for columns.
    """

    cases: tuple[str, ...]
    sets: tuple[CalibratedSet, ...]
    of: tuple[str, ...]
    when: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    def readings(self) -> int:
        """Return the number of combinations of values."""
        return prod(len(cell.values) for row in self.cells for cell in row)

    def uncertain(self) -> tuple[Cell, ...]:
        """Return the cells with several values."""
        return tuple(cell for row in self.cells for cell in row if len(cell.values) > 1)

    def each_reading(self) -> Iterator[Floats]:
        """Yield the raw values, cases × sets, of every reading."""
        values = [cell.values for row in self.cells for cell in row]
        for chosen in product(*values):
            yield np.array(chosen, np.float64).reshape(len(self.cases), len(self.sets))

    def members(self, raw: Floats) -> Floats:
        """Return the memberships for raw values, cases × sets."""
        columns = [each.members(raw[:, at]) for at, each in enumerate(self.sets)]
        return np.stack(columns, axis=1)


def cells_of(data: Dataset, plan: QcaPlan, scope: Scope) -> Cells:
    """Return the cells of a plan. Raises `ParameterError` with every fault; `FileError`."""
    return _Cells(data, plan, scope).all()


class _Cells:
    def __init__(self, data: Dataset, plan: QcaPlan, scope: Scope) -> None:
        self.data, self.plan, self.scope = data, plan, scope
        self.faults: list[Fault] = []

    def fault(self, place: str, said: object, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(self.plan.file, 0, place, str(said), expected, hint, "cells"))

    def all(self) -> Cells:
        columns = [each for each in self.plan.sets if not each.is_item]
        rows = Columns(self.plan, columns, self.faults)
        items = [each for each in self.plan.sets if each.is_item]
        table = rows.cases
        names = self.plan.cases or tuple(table)
        if self.plan.data and self.plan.cases:
            for name in names:
                if name not in table:
                    hint = did_you_mean(name, table).removeprefix("; ")
                    self.fault("cases", name, f"a case of {self.plan.data}", hint)
        ids = {name: self._id(name) for name in names} if items else {}
        made = {each.name: self._coded(each, ids) for each in items}
        made |= {
            each.name: {
                name: Cell(name, each.name, (value,)) for name, value in rows.values(each, names)
            }
            for each in columns
        }
        refuse(self.faults)
        cases = tuple(ids.get(name) or name for name in names)
        filled = tuple(
            tuple(replace(made[each.name][name], case=case) for each in self.plan.sets)
            for name, case in zip(names, cases, strict=True)
        )
        self._each_once(cases)
        self._bounds(filled)
        refuse(self.faults)
        of = tuple(
            resolve_term(self.data.schema, "item", each.of) if each.is_item else each.of
            for each in self.plan.sets
        )
        when = tuple(self._when(each) if each.is_item else "" for each in self.plan.sets)
        return self._few(Cells(cases, self.plan.sets, of, when, filled))

    def _few(self, found: Cells) -> Cells:
        if found.readings() > MOST_READINGS:
            many = "; ".join(
                f"{cell.case} {cell.set} ({len(cell.values)})" for cell in found.uncertain()
            )
            raise ParameterError(
                f"{found.readings():,} readings, at most {MOST_READINGS:,} are run; cells with "
                f"several values: {many}; name one coder's status in the scope, or drop a set"
            )
        return found

    def _each_once(self, cases: Sequence[str]) -> None:
        for case in sorted({case for case in cases if cases.count(case) > 1}):
            self.fault("cases", case, "each case once", "two names mean the same state")

    def _bounds(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Refuse memberships that lie outside 0 to 1 or halfway."""
        for row in rows:
            for cell, each in zip(row, self.plan.sets, strict=True):
                for raw in cell.values:
                    (degree,) = each.members(np.array([raw]))
                    if not 0 <= degree <= 1:
                        self.fault(f"sets.{each.name}", f"{cell.case}: {raw:g}",
                                   "a membership from 0 to 1", "or give anchors")  # fmt: skip
                    elif abs(degree - 0.5) < HALF:
                        self.fault(f"sets.{each.name}", f"{cell.case}: {raw:g}",
                                   "a membership that is not exactly 0.5",
                                   "it is neither in nor out: move the crossover")  # fmt: skip

    def _id(self, name: str) -> str:
        try:
            return resolve(self.data, name)
        except (UnknownNameError, AmbiguousNameError) as error:
            self.fault("cases", name, "a state of the data", str(error))
            return ""

    def _when(self, each: CalibratedSet) -> str:
        return each.as_of or self.scope.as_of or self.plan.as_of

    def _coded(self, each: CalibratedSet, ids: Mapping[str, str]) -> dict[str, Cell]:
        place = f"sets.{each.name}.item"
        try:
            item = resolve_term(self.data.schema, "item", each.of)
        except (UnknownNameError, AmbiguousNameError) as error:
            self.fault(place, each.of, "an item of the codebook", str(error))
            return {}
        when = self._when(each)
        if not when:
            self.fault(f"sets.{each.name}.as_of", "", "a time, here or for all sets",
                       "codings of one state differ from time to time")  # fmt: skip
            return {}
        statuses = self.scope.statuses or coder_statuses(self.data.schema)
        scope = replace(self.scope, as_of=when, statuses=statuses).of_claims("QCA")
        try:
            rows = np.flatnonzero(passing(self.data, scope, "coding")).tolist()
        except ParameterError as error:
            self.fault(f"sets.{each.name}.as_of", when, "a time", str(error))
            return {}
        table = self.data.tables["coding"]
        first = counted(self.data, "coding")
        rows = [row for row in rows if table["item"][row] == item]
        rows.sort(key=lambda row: (not first[row], table["id"][row]))
        kept = evidence_passing(self.data, scope)
        found = {}
        for name, id in ids.items():
            own = [row for row in rows if table["subject"][row] == id]
            values = dict.fromkeys(
                value for row in own for value in self._values(each, item, table["value"][row])
            )
            claims = [table["id"][row] for row in own]
            rests = [
                claim
                for row in own
                for claim in table["evidence"][row].split(SEPARATOR)
                if claim in kept
            ]
            if values:
                found[name] = Cell(name, each.name, tuple(values), tuple(
                    dict.fromkeys([*claims, *rests])))  # fmt: skip
            elif id:
                self._missing(each, item, id, when, [table["value"][row] for row in own])
        return found

    def _values(self, each: CalibratedSet, item: str, value: str) -> list[float]:
        """Return the numbers that the value of a coding may stand for."""
        if value == "contested":
            return [float(step) for step in self.data.schema.items[item].scale]
        if value == "not_found":
            return list(each.not_found)
        return [float(value)] if value.replace(".", "", 1).isdecimal() else []

    def _missing(
        self, each: CalibratedSet, item: str, id: str, when: str, values: Sequence[str]
    ) -> None:
        code = self.data.schema.items[item].code
        said = f"{id}: {', '.join(values) if values else 'no coding'}"
        table = self.data.tables["coding"]
        times = sorted(
            table["valid"][row] or "undated"
            for row in range(len(table))
            if (table["subject"][row], table["item"][row]) == (id, item)
        )
        hint = f"codings of other times: {', '.join(dict.fromkeys(times))}" if times else ""
        if "not_found" in values:
            hint = "say what it stands for: not_found = 0, or [0, 1] for either"
        self.fault(f"sets.{each.name}", said, f"a value of {item} ({code}) in {when}",
                   hint or "leave out the state or the set")  # fmt: skip

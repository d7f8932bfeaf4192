"""Compare states by the items of the codebook: which codings decide each cell of the matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.filters.masks import evidence_passing, passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.ontology.schema import Item
from diaspora_graph.policies.comparison import (
    CONTESTED,
    NOTHING,
    VALUE,
    Cell,
    Comparison,
    Reading,
    Row,
    dimensions_of,
)
from diaspora_graph.policies.points import states_of


def compare(
    data: Dataset,
    states: Sequence[str],
    *,
    framework: str = "",
    scope: Scope = EVERYTHING,
) -> Comparison:
    """Compare states by the items of the codebook, each cell with the codings that decide it.

    ``states`` are ids, labels, aliases or ISO codes, at least one, each once. ``framework`` orders
    the items by its dimensions and leaves out those that it does not cover: ``gamlen``,
    ``ragazzi``, ``emix``, ``eudif`` or ``brinkerhoff``; without one, by the groups of the codebook.

    Only codings whose status counts decide. With ``as_of`` these are the ones that certainly hold
    then, else those that may hold; without a time the latest dated ones, else the undated. Where
    they differ, the cell is contested. Evidence is shown as far as it passes the scope.

    Raises `UnknownNameError`, `AmbiguousNameError`, and `ParameterError`, also for a filter of
    whole paths.

    >>> from diaspora_graph import load_dataset
    >>> found = compare(load_dataset(), ["AM", "KZ"])
    >>> found.cell("KZ", "C4").outcome
    'value'
    """
    scope.of_claims("a comparison")
    ids = states_of(data, states)
    known = {
        **dict.fromkeys(["", "codebook"], ""),
        **{each: each for each in data.schema.frameworks},
    }
    if framework not in known:
        raise UnknownNameError("framework", framework, [each for each in known if each])
    readings = readings_of(data, scope)
    return compared(data, ids, known[framework], readings, scope.describe())


def compared(
    data: Dataset,
    states: Sequence[str],
    framework: str,
    readings: Mapping[tuple[str, str], Sequence[Reading]],
    filters: str,
) -> Comparison:
    """Return the comparison that readings make, given by state and item."""
    rows, uncoded = [], []
    for name, item in data.schema.items.items():
        dimension = dimension_of(item, framework)
        if item.deprecated or (framework and not dimension):
            continue
        cells = tuple(
            cell_of(state, name, readings.get((state, name), ()), data) for state in states
        )
        if any(cell.readings for cell in cells):
            rows.append(Row(name, item.code, dimension, cells))
        else:
            uncoded.append(name)
    order = list(dimensions_of(data.schema, framework))
    rows.sort(key=lambda row: order.index(row.dimension))  # stable: items keep their order
    return Comparison(tuple(states), tuple(rows), framework, tuple(uncoded), filters, data)


def dimension_of(item: Item, framework: str) -> str:
    """Return the dimension of an item in a framework, nothing if it has none there."""
    if not framework:
        return item.group
    return next((each for each in item.dimensions if each.startswith(f"{framework}-")), "")


def readings_of(
    data: Dataset, scope: Scope = EVERYTHING
) -> dict[tuple[str, str], tuple[Reading, ...]]:
    """Return the codings that pass, by state and item, in the order of the file."""
    table = data.tables["coding"]
    kept = evidence_passing(data, scope)
    certain = passing(data, replace(scope, certain_time=True), "coding") if scope.as_of else None
    last = data.bounds("coding")[table["valid"].codes, 3].tolist()
    ends: dict[str, int] = {}
    found: dict[tuple[str, str], list[Reading]] = {}
    for row in np.flatnonzero(passing(data, scope, "coding")).tolist():
        rests = [id for id in table["evidence"][row].split(SEPARATOR) if id in kept]
        valid = table["valid"][row]
        is_certain = bool(valid) if certain is None else bool(certain[row])
        reading = Reading(
            table["id"][row], table["value"][row], valid, table["coder"][row], is_certain,
            (table["id"][row], *rests),
        )  # fmt: skip
        ends[reading.coding] = last[row]
        found.setdefault((table["subject"][row], table["item"][row]), []).append(reading)
    return {key: tuple(each if scope.as_of else _latest(each, ends)) for key, each in found.items()}


def _latest(readings: Sequence[Reading], ends: Mapping[str, int]) -> list[Reading]:
    """Return the readings that end last; undated ones only if there are no others.

    What was not found is set aside where something was found.
    """
    found = [each for each in readings if each.value != "not_found"] or list(readings)
    dated = [each for each in found if each.valid]
    if not dated:
        return found
    last = max(ends[each.coding] for each in dated)
    return [each for each in dated if ends[each.coding] == last]


def cell_of(state: str, item: str, readings: Sequence[Reading], data: Dataset) -> Cell:
    """Return the cell that readings make: those that are certain decide, if there are any."""
    deciding = [each for each in readings if each.is_certain] or list(readings)
    scale = data.schema.items[item].scale
    values = sorted({each.value for each in deciding})
    on_scale = [value for value in values if value in scale]
    is_certain = all(each.is_certain for each in deciding)
    if not deciding:
        outcome, value = NOTHING, ""
    elif len(on_scale) > 1:
        outcome, value = CONTESTED, ""
    elif on_scale:
        outcome, value = VALUE, on_scale[0]
        deciding = [each for each in deciding if each.value == value]
    else:
        words = reversed(data.schema.words("coding_value"))
        outcome, value = next(word for word in words if word in values), ""
    return Cell(state, item, outcome, value, tuple(deciding), is_certain)

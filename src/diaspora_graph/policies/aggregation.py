"""The numbers of a comparison, and three rules that make one number of many.

* arithmetic, as in EMIX (Pedroza and Palop-García 2017): the mean of the items of a dimension, in
  total the mean of the dimensions; a low value is made up for by a high one;
* geometric, as in the Human Development Index since 2010: the geometric mean of the items of a
  dimension, in total that of the dimensions' arithmetic means; a zero is not made up for;
* noncompensatory, after Condorcet and Copeland (Munda and Nardo 2009): a state beats another if it
  is higher on more items, in total with equal weight for each dimension; the score is wins minus
  losses, divided by the number of other states.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.policies.comparison import CONTESTED, VALUE, Cell, Comparison

Values = npt.NDArray[np.float64]
"""Items by states, between 0 and 1; not a number where nothing is known."""

RULES = ("arithmetic", "geometric", "noncompensatory")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The numbers of a comparison: known values, their lower and upper bounds, applicability."""

    known: Values
    low: Values
    high: Values
    applicable: npt.NDArray[np.bool_]
    dimensions: tuple[str, ...]

    def kept(self, rows: npt.NDArray[np.bool_]) -> Matrix:
        """Return the matrix of some items."""
        dimensions = tuple(np.array(self.dimensions, dtype=object)[rows])
        known, low, high = (each[rows] for each in (self.known, self.low, self.high))
        return Matrix(known, low, high, self.applicable[rows], dimensions)


def matrix(found: Comparison) -> Matrix:
    """Return the numbers of a comparison, a row for each item, a column for each state."""
    data = found.data
    assert data is not None  # noqa: S101 (made by `compare` in this process)
    less = [data.schema.items[row.item].direction == "less" for row in found.rows]
    shape = len(found.rows), len(found.states)
    bounds = [
        [_bounds(cell, turned=turned) for cell in row.cells]
        for row, turned in zip(found.rows, less, strict=True)
    ]
    low, high = np.moveaxis(np.array(bounds, np.float64).reshape(*shape, 2), 2, 0)
    applicable = np.array(
        [[cell.outcome != "not_applicable" for cell in row.cells] for row in found.rows], np.bool_
    ).reshape(shape)
    known = np.where((low == high) & applicable, low, np.nan)
    low, high = (np.where(applicable, each, np.nan) for each in (low, high))
    return Matrix(known, low, high, applicable, tuple(row.dimension for row in found.rows))


def _bounds(cell: Cell, *, turned: bool) -> tuple[float, float]:
    """Return the lowest and the highest number that a cell may have."""
    if cell.outcome == VALUE:
        ends = float(cell.value), float(cell.value)
    elif cell.outcome == CONTESTED and len(numbers := _numbers(cell)) > 1:
        ends = min(numbers), max(numbers)
    else:
        ends = 0.0, 1.0
    return (1 - ends[1], 1 - ends[0]) if turned else ends


def _numbers(cell: Cell) -> list[float]:
    found = []
    for reading in cell.readings:
        try:
            found.append(float(reading.value))
        except ValueError:
            continue
    return found


def _mean(values: Values) -> Values:
    """Return the mean of each column over what is known; not a number where nothing is."""
    count = (~np.isnan(values)).sum(axis=0)
    return np.where(count, np.nansum(values, axis=0) / np.maximum(count, 1), np.nan)


def _geometric(values: Values) -> Values:
    """Return the geometric mean of each column over what is known."""
    with np.errstate(divide="ignore"):
        return np.exp(_mean(np.log(values)))


def _copeland(values: Values, weights: Values) -> Values:
    """Return wins minus losses of each column against the others, divided by their number."""
    count = values.shape[1]
    apart = np.sign(values[:, :, None] - values[:, None, :])
    shared = ~np.isnan(apart)
    margin = np.where(shared, apart, 0.0) * weights[:, None, None]
    wins = np.sign(np.round(margin.sum(axis=0), 12)).sum(axis=1)
    met = shared.any(axis=0) & ~np.eye(count, dtype=np.bool_)
    return np.where(met.any(axis=1), wins / max(count - 1, 1), np.nan)


def _arithmetic_total(values: Values, dimensions: Sequence[str]) -> Values:
    return _mean(np.array([_mean(values[rows]) for rows in _parts(dimensions)]))


def _geometric_total(values: Values, dimensions: Sequence[str]) -> Values:
    return _geometric(np.array([_mean(values[rows]) for rows in _parts(dimensions)]))


def _copeland_total(values: Values, dimensions: Sequence[str]) -> Values:
    weights = np.zeros(len(values))
    for rows in _parts(dimensions):
        weights[rows] = 1 / rows.sum()
    return _copeland(values, weights)


def _parts(dimensions: Sequence[str]) -> list[npt.NDArray[np.bool_]]:
    names = np.array(dimensions, dtype=object)
    return [names == each for each in dict.fromkeys(dimensions)]


Rule = Callable[[Values, Sequence[str]], Values]
TOTALS: Mapping[str, Rule] = dict(
    zip(RULES, (_arithmetic_total, _geometric_total, _copeland_total), strict=True)
)
PARTS: Mapping[str, Rule] = dict(
    zip(
        RULES,
        (
            lambda values, _: _mean(values),
            lambda values, _: _geometric(values),
            lambda values, _: _copeland(values, np.ones(len(values))),
        ),
        strict=True,
    )
)


def ranks(values: Values) -> list[int | None]:
    """Return the rank of each value, 1 for the highest; ties share the best rank.

    >>> ranks(np.array([0.5, 1.0, np.nan, 0.5]))
    [2, 1, None, 2]
    """
    rounded = np.round(values, 12)
    return [
        None if np.isnan(each) else 1 + int((rounded > each).sum()) for each in rounded.tolist()
    ]

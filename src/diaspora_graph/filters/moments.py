"""The days of claims: when a claim holds, and for an observed date that date.

A claim is dated if its source gives a time; an observation of a date (founded, dissolved) is dated
by its value. In a window of days it holds: yes, unknown or no, as in ``format.md``.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset, Days
from diaspora_graph.dataset.records import Kind
from diaspora_graph.dates import EVER, NEVER, UNKNOWN, days_of
from diaspora_graph.filters.time import Truth

YES, MAYBE, NO = 1, 0, -1
TRUTHS: dict[int, Truth] = {YES: "yes", MAYBE: "unknown", NO: "no"}
Window = tuple[int, int]


def is_date(data: Dataset, kind: Kind) -> Mask:
    """Return which claims of a kind observe a date."""
    if kind != "observation":
        return np.zeros(len(data.tables[kind]), np.bool_)
    measures = data.schema.measures
    cells = data.tables[kind]["measure"]
    return cells.where(lambda name: measures[name].value_type == "date")[cells.codes]


def moments(data: Dataset, kind: Kind) -> Days:
    """Return the four days of every claim of a kind, shape (claims, 4)."""
    table = data.tables[kind]
    days = data.bounds(kind)[table["valid"].codes]
    if kind == "observation":
        dates = is_date(data, kind)
        values = table["value"]
        days[dates] = days_of(values.texts)[0][values.codes[dates]]
    return days


def undated(days: Days) -> Mask:
    """Return which of these days say nothing, as where no time is given."""
    return np.asarray((days == np.array(UNKNOWN, np.int32)).all(axis=1), np.bool_)


def holding(days: Days, window: Window) -> npt.NDArray[np.int8]:
    """Return for each row of days whether it holds in a window: 1 yes, 0 unknown, -1 no."""
    first, last = window
    yes = (days[:, 1] <= last) & (days[:, 2] >= first)
    no = (days[:, 0] > last) | (days[:, 3] < first)
    return np.where(yes, YES, np.where(no, NO, MAYBE)).astype(np.int8)


def order(days: Days) -> list[tuple[int, int, int, int]]:
    """Return a key for each row of days that orders rows in time, by the first day that is known.

    >>> order(np.array([[NEVER, NEVER, 10, 20], [5, 6, 7, EVER]]))
    [(10, 10, 10, 20), (5, 6, 7, 999999999)]
    """
    found = []
    for row in days.tolist():
        known = next((day for day in row if day not in {NEVER, EVER}), EVER)
        begin, latest, earliest, end = (known if day == NEVER else day for day in row)
        found.append((begin, latest, earliest, end))
    return found

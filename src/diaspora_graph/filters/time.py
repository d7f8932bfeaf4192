"""Paths in time: whether all steps hold on one day, and whether they can follow each other.

Three answers, as in ``format.md``: yes where the sources are certain of such days, unknown
where there may be such days, no where there are none. Inclusions are steps too: a whole that no
longer includes the part passes no influence on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Literal

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dates import EVER, NEVER
from diaspora_graph.filters.masks import VALID, Masks, codebook

Truth = Literal["yes", "unknown", "no"]
Spans = list[tuple[int, int]]
"""First and last days."""
_Judge = Callable[[Sequence[Spans]], bool]


class Coherence:
    """Tests chains of relations by the statements that pass the masks."""

    def __init__(self, data: Dataset, masks: Masks) -> None:
        self.data = data
        self.masks = masks
        self._days = lru_cache(maxsize=1 << 16)(self._days_of)

    def coherent(self, relations: Iterable[int]) -> Truth:
        """Return whether there is a day on which every relation has a statement that holds."""
        return self._truth(relations, _have_a_day)

    def sequential(self, relations: Iterable[int]) -> Truth:
        """Return whether each relation has a day, none before the day of the previous one."""
        return self._truth(relations, _have_days_in_order)

    def _truth(self, relations: Iterable[int], judge: _Judge) -> Truth:
        days = [self._days(relation) for relation in relations]
        if judge([certain for certain, _ in days]):
            return "yes"
        return "unknown" if judge([possible for _, possible in days]) else "no"

    def _days_of(self, relation: int) -> tuple[Spans, Spans]:
        """Return the spans in which statements of a relation certainly hold, and may hold."""
        book = codebook(self.data)
        days = book.days[book.codes[self.masks.places(self.data, relation), VALID]].tolist()
        return [(b, c) for _, b, c, _ in days if b <= c], [(a, d) for a, _, _, d in days]


def _have_a_day(steps: Sequence[Spans]) -> bool:
    """Return whether some day is in a span of every step."""
    common: Spans = [(NEVER, EVER)]
    for spans in steps:
        common = [
            (max(a, c), min(b, d)) for a, b in common for c, d in spans if max(a, c) <= min(b, d)
        ]
    return bool(common)


def _have_days_in_order(steps: Sequence[Spans]) -> bool:
    """Return whether each step has a day in its spans, none before the day of the previous step."""
    day = NEVER
    for spans in steps:
        possible = [max(day, first) for first, last in spans if last >= day]
        if not possible:
            return False
        day = min(possible)
    return True

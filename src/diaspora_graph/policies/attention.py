"""Attention: how much is known of each state in a comparison, and where that could mislead.

A state that more was read about has fewer empty cells. Every comparison says so beside its values:
what was coded by state and dimension, on how many sources, of which years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from diaspora_graph.dates import days_said, year_of
from diaspora_graph.policies.comparison import VALUE, Cell, Comparison

APART = 0.15
"""The difference of the shares of known items from which a pair of states is pointed out."""

TIMES = 2.5
"""The ratio of the numbers of sources from which a pair of states is pointed out."""


@dataclass(frozen=True, slots=True)
class Attention:
    """How much a comparison knows of a state in a dimension, or in all (``dimension`` empty).

    ``value``, ``contested``, ``not_found``, ``not_applicable`` and ``none`` count its cells;
    ``claims`` and ``sources`` what they rest on; ``first`` and ``last`` are the first and the last
    year of the codings, none if they are undated.

    >>> from diaspora_graph import attention, compare, load_dataset
    >>> attention(compare(load_dataset(), ["Armenia"]))[-1].state
    'armenia'
    """

    state: str
    dimension: str
    value: int
    contested: int
    not_found: int
    not_applicable: int
    none: int
    claims: int
    sources: int
    first: int | None
    last: int | None

    @property
    def items(self) -> int:
        """The number of items, without those that are not applicable."""
        return self.value + self.contested + self.not_found + self.none


def attention(found: Comparison) -> tuple[Attention, ...]:
    """Return how much a comparison knows of each state, by dimension and at last in all.

    >>> from diaspora_graph import compare, load_dataset
    >>> rows = attention(compare(load_dataset(), ["Armenia", "KZ"]))
    >>> [row.state for row in rows if not row.dimension]
    ['armenia', 'kazakhstan']
    """
    dimensions = [*dict.fromkeys(row.dimension for row in found.rows), ""]
    return tuple(
        _counted(found, state, place, dimension)
        for dimension in dimensions
        for place, state in enumerate(found.states)
    )


def _counted(found: Comparison, state: str, place: int, dimension: str) -> Attention:
    rows = [row for row in found.rows if dimension in {"", row.dimension}]
    cells = [row.cells[place] for row in rows]
    outcomes = Counter(cell.outcome for cell in cells)
    claims = {id for cell in cells for id in cell.claims()}
    years = list(_years(cells))
    return Attention(
        state, dimension, outcomes[VALUE], outcomes["contested"], outcomes["not_found"],
        outcomes["not_applicable"], outcomes["none"], len(claims),
        len(_sources(found, claims)), min(years, default=None), max(years, default=None),
    )  # fmt: skip


def _sources(found: Comparison, claims: set[str]) -> set[str]:
    data = found.data
    return {data.claim(id).source for id in claims} - {""} if data else set()


def _years(cells: Sequence[Cell]) -> Iterator[int]:
    for cell in cells:
        for reading in cell.readings:
            if reading.valid:
                days = days_said(reading.valid)
                ends = (days.begin_earliest, days.begin_latest, days.end_earliest, days.end_latest)
                yield from (year for year in map(year_of, ends) if year is not None)


def uneven(found: Comparison) -> tuple[tuple[Attention, Attention], ...]:
    """Return the pairs of states whose difference may be one of attention, the better known first.

    In such a pair one has a value on a share of items that is `APART` larger, or `TIMES` as many
    sources.

    >>> from diaspora_graph import compare, load_dataset
    >>> uneven(compare(load_dataset(), ["Armenia"]))
    ()
    """
    rows = [row for row in attention(found) if not row.dimension]
    pairs = []
    for one, other in combinations(rows, 2):
        better, worse = sorted((one, other), key=lambda row: (-_share(row), -row.sources))
        apart = _share(better) - _share(worse) >= APART
        many, few = max(one.sources, other.sources), min(one.sources, other.sources)
        if apart or many >= TIMES * max(few, 1):
            pairs.append((better, worse))
    return tuple(pairs)


def _share(row: Attention) -> float:
    return row.value / row.items if row.items else 0.0

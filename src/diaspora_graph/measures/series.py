"""Series: observations of one thing by one measure, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diaspora_graph.dataset.records import Observation

FEWEST = 4
"""The smallest number of years in a series."""

_ALIKE = (
    "subject", "measure", "category", "unit", "base", "partner", "definition", "source", "polarity",
    "cited", "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """Observations that differ only in year and value, by year."""

    rows: tuple[Observation, ...]


def series_of(rows: Iterable[Observation]) -> tuple[list[Series], list[Observation]]:
    """Return the series among observations, and the rest in its order.

    A series has at least four single years, each once.

    >>> row = Observation(id="a", subject="kz", measure="emigrants", value="1", unit="persons",
    ...     source="s", locator="Table 2", passage="", confidence="high", valid="2000")
    >>> series, rest = series_of([row])
    >>> len(series), len(rest)
    (0, 1)
    """
    groups: dict[tuple[str, ...], list[Observation]] = {}
    rest = []
    for row in rows:
        if row.valid.isdigit() and not row.bound:
            groups.setdefault(tuple(getattr(row, name) for name in _ALIKE), []).append(row)
        else:
            rest.append(row)
    series = []
    for each in groups.values():
        if len(each) >= FEWEST and len({row.valid for row in each}) == len(each):
            series.append(Series(tuple(sorted(each, key=lambda row: row.valid))))
        else:
            rest += each
    return series, sorted(rest, key=lambda row: row.id)

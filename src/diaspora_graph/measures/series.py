"""Series: observations of one thing by one measure, year by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Observation
from diaspora_graph.dates import NEVER, days_said
from diaspora_graph.measures.reconcile import Reconciled, checked_policy, figures_of, reconciled

FEWEST = 4
"""The smallest number of years in a series."""

_ALIKE = (
    "subject", "measure", "category", "unit", "base", "partner", "definition", "source", "polarity",
    "cited", "confidence",
)  # fmt: skip


_SAME = (
    "subject", "measure", "category", "unit", "base", "partner", "definition", "polarity",
)  # fmt: skip
"""What observations of one thing have in common, whoever makes them."""

Same = tuple[str, ...]


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


def same_thing(row: Observation) -> Same:
    """Return what an observation is of: subject, measure, category, unit, base and so on."""
    return tuple(getattr(row, name) for name in _SAME)


def by_time(
    data: Dataset, rows: Iterable[Observation], policy: str = "all"
) -> dict[Same, dict[str, Reconciled]]:
    """Return for each thing observed its times, the earliest first, each with one result.

    The sources of one time are reconciled by a policy (`reconciled`). Observations without a time
    come first, under an empty text. Raises `UnknownNameError` for another policy.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> row = data.observation("ob-armenian-diaspora-sheffer")
    >>> [found.text() for times in by_time(data, [row]).values() for found in times.values()]
    ['5,500,000']
    """
    policy = checked_policy(data, policy)
    groups: dict[Same, dict[str, list[Observation]]] = {}
    for row in rows:
        groups.setdefault(same_thing(row), {}).setdefault(row.valid, []).append(row)
    return {
        same: {
            valid: reconciled(figures_of(data, times[valid]), policy)
            for valid in sorted(times, key=lambda text: (_begin(text), text))
        }
        for same, times in groups.items()
    }


def _begin(valid: str) -> int:
    """Return the first day that a time may mean, else the last one."""
    days = days_said(valid)
    return days.begin_earliest if days.begin_earliest != NEVER else days.end_earliest

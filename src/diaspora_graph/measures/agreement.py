"""Agreement: whether two coders independently give an item of a state the same value.

Krippendorff's alpha is 1 where all agree and 0 where they agree no more than by chance
(Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.claims import coder_statuses, denied
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dates import days_said
from diaspora_graph.errors import ParameterError
from diaspora_graph.wording.words import say

if TYPE_CHECKING:
    import pandas as pd

Level = Literal["nominal", "ordinal", "interval"]
Floats = npt.NDArray[np.float64]
Pair = tuple[str, str]
"""The values that two coders gave."""

LEAST = 10
"""With fewer pairs than this alpha is not computed."""

RESAMPLES = 2_000
SEED = 12

COLUMNS = (
    "part", "name", "code", "pairs", "same", "nominal", "nominal_low", "nominal_high",
    "with_values", "ordinal", "ordinal_low", "ordinal_high", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Coded:
    coder: str
    value: str
    first: int
    last: int


def krippendorff_alpha(
    units: Iterable[Sequence[float | None]], level: Level = "nominal"
) -> float | None:
    """Return Krippendorff's alpha of units; each unit has the value of every coder.

    None stands for a value that is missing; a unit with fewer than two values is left out. Returns
    None where no unit is left or all values are the same: then there is no alpha. ``level`` is
    ``nominal`` (equal or not), ``ordinal`` (only the order counts) or ``interval`` (the distance
    counts). Raises `ParameterError` for another level.

    >>> krippendorff_alpha([(0, 0), (1, 1), (1, 0), (1, None)])
    0.444...
    """
    if level not in get_args(Level):
        raise ParameterError(f"no level {level!r}; there are {', '.join(get_args(Level))}")
    matrices, values = _coincidences(units)
    (found,) = _alphas(matrices.sum(axis=0)[None], values, level)
    return None if np.isnan(found) else float(found)


def _coincidences(units: Iterable[Sequence[float | None]]) -> tuple[Floats, Floats]:
    """Return for each unit how often each pair of values occurs, and the values."""
    kept = [[value for value in unit if value is not None] for unit in units]
    kept = [unit for unit in kept if len(unit) > 1]
    values = np.unique([value for unit in kept for value in unit]).astype(np.float64)
    matrices = np.zeros((len(kept), len(values), len(values)))
    for place, unit in enumerate(kept):
        counts = (np.array(unit)[:, None] == values).sum(axis=0)
        matrices[place] = (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    return matrices, values


def _alphas(coincidences: Floats, values: Floats, level: Level) -> Floats:
    """Return alpha for each of several matrices of coincidences, NaN where there is none."""
    totals = coincidences.sum(axis=2)
    distance = _distances(totals, values, level)
    observed = (coincidences * distance).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distance).sum(axis=(1, 2))
    found = np.full(len(totals), np.nan)
    known = expected > 0
    found[known] = 1 - (totals.sum(axis=1) - 1)[known] * observed[known] / expected[known]
    return found


def _distances(totals: Floats, values: Floats, level: Level) -> Floats:
    """Return the squared distances between the values; those of ranks depend on the totals."""
    if level == "nominal":
        return (1 - np.eye(len(values)))[None]
    ranks = np.cumsum(totals, axis=1) - totals / 2 if level == "ordinal" else values[None]
    squared: Floats = (ranks[:, :, None] - ranks[:, None, :]) ** 2
    return squared


def agreement(data: Dataset) -> pd.DataFrame:
    """Return the agreement of coders over all items and groups of items, and counts by item.

    A pair is two codings of one state and item by different coders, of status accepted or
    alternative, whose times may overlap; of several, those that share most days are paired, and
    each coding is in one pair only. ``same`` counts the pairs with the same value.

    ``nominal`` is alpha over all pairs, where ``not_found``, ``contested`` and ``not_applicable``
    are values like others. ``ordinal`` is alpha over the pairs in which both values are a step of
    the scale (``with_values``), in their order; the others count as missing. The intervals
    (``_low``, ``_high``) hold 95 % of 2,000 samples of the pairs, drawn the same way each time.
    With fewer than 10 pairs, or one value only, there is no alpha, and ``note`` says why.

    >>> from diaspora_graph import load_dataset
    >>> agreement(load_dataset()).columns.tolist()[:5]
    ['part', 'name', 'code', 'pairs', 'same']
    """
    import pandas as pd

    return pd.DataFrame(agreement_rows(data), columns=list(COLUMNS))


def agreement_rows(data: Dataset, language: str = "en") -> list[tuple[str | int | float, ...]]:
    """Return the rows of `agreement`, the notes in a language."""
    pairs = _pairs(data)
    items = {name: term for name, term in data.schema.items.items() if not term.deprecated}
    everything = [pair for each in pairs.values() for pair in each]
    rows = [_row(("all", "", ""), everything, language)]
    for group, dimension in data.schema.item_groups.items():
        inside = [
            pair for item in items if items[item].group == group for pair in pairs.get(item, ())
        ]
        rows.append(_row(("group", group, dimension.code), inside, language))
    for item in sorted(pairs, key=list(data.schema.items).index):
        same = sum(one == other for one, other in pairs[item])
        empty = ("",) * 3
        valued = len(_steps(pairs[item]))
        code = data.schema.items[item].code
        rows.append(("item", item, code, len(pairs[item]), same, *empty, valued, *empty, ""))
    return rows


def overall(data: Dataset) -> tuple[int, int, float | None]:
    """Return how many pairs of codings two coders made, how many are the same, and alpha.

    Alpha is Krippendorff's, for nominal values; none where there are too few pairs.
    """
    pairs = [pair for each in _pairs(data).values() for pair in each]
    words = {word: float(place) for place, word in enumerate(sorted({w for p in pairs for w in p}))}
    named = [(words[one], words[other]) for one, other in pairs]
    same = sum(one == other for one, other in pairs)
    return len(pairs), same, krippendorff_alpha(named) if len(pairs) >= LEAST else None


def _row(
    head: tuple[str, str, str], pairs: Sequence[Pair], language: str
) -> tuple[str | int | float, ...]:
    words = {word: float(place) for place, word in enumerate(sorted({w for p in pairs for w in p}))}
    named = [(words[one], words[other]) for one, other in pairs]
    steps = _steps(pairs)
    nominal, why = _estimate(named, "nominal", language)
    ordinal, why_not = _estimate(steps, "ordinal", language)
    note = why or (why_not and f"{say('with values', language)}: {why_not}")
    same = sum(one == other for one, other in pairs)
    return (*head, len(pairs), same, *nominal, len(steps), *ordinal, note)


def _steps(pairs: Iterable[Pair]) -> list[tuple[float, float]]:
    """Return the pairs in which both values are numbers, as such."""
    return [(float(one), float(other)) for one, other in pairs if _is_step(one) and _is_step(other)]


def _is_step(value: str) -> bool:
    return value.replace(".", "", 1).isdecimal()


def _estimate(
    units: Sequence[tuple[float, float]], level: Level, language: str
) -> tuple[tuple[float | str, ...], str]:
    """Return alpha with its interval, or empty cells and a sentence that says why."""
    empty = ("",) * 3
    if len(units) < LEAST:
        missing = LEAST - len(units)
        return empty, say("few pairs", language, number=len(units), least=LEAST, missing=missing)
    alpha = krippendorff_alpha(units, level)
    if alpha is None:
        return empty, say("one value", language)
    return (round(alpha, 3), *_interval(units, level)), ""


def _interval(units: Sequence[tuple[float, float]], level: Level) -> tuple[float, float]:
    """Return the range of 95 % of resampled alphas; a sample with only one value has none."""
    matrices, values = _coincidences(units)
    count = len(matrices)
    draws = np.random.default_rng(SEED).multinomial(count, np.full(count, 1 / count), RESAMPLES)
    drawn = (draws @ matrices.reshape(count, -1)).reshape(RESAMPLES, len(values), len(values))
    low, high = np.nanpercentile(_alphas(drawn, values, level), (2.5, 97.5))
    return round(float(low), 3), round(float(high), 3)


def _pairs(data: Dataset) -> dict[str, list[Pair]]:
    """Return for each item the pairs of values that two coders gave."""
    found: dict[str, list[Pair]] = {}
    for (_, item), codings in groupby(_codings(data), key=lambda each: each[0]):
        pairs = _matched([coded for _, coded in codings])
        if pairs:
            found.setdefault(item, []).extend(pairs)
    return found


def _codings(data: Dataset) -> Iterator[tuple[tuple[str, str], _Coded]]:
    """Yield codings that may be compared, by state and item."""
    table = data.tables["coding"]
    words = data.schema.words("coding_status")
    status = data.words("coding", "status", "coding_status")
    denials = denied(data, "coding")
    read = coder_statuses(data.schema)
    rows = [row for row in range(len(table)) if words[status[row]] in read and not denials[row]]
    for row in sorted(rows, key=lambda row: (table["subject"][row], table["item"][row])):
        days = days_said(table["valid"][row])
        yield (
            (table["subject"][row], table["item"][row]),
            _Coded(table["coder"][row], table["value"][row], days.begin_earliest, days.end_latest),
        )


def _matched(codings: Sequence[_Coded]) -> list[Pair]:
    """Return pairs of different coders, those that share most days first, each coding once."""
    shared = [
        (min(one.last, other.last) - max(one.first, other.first), -at, -to)
        for at, one in enumerate(codings)
        for to, other in enumerate(codings[:at])
        if one.coder != other.coder
    ]
    free = set(range(len(codings)))
    pairs = []
    for days, at, to in sorted(shared, reverse=True):
        if days >= 0 and {-at, -to} <= free:
            free -= {-at, -to}
            pairs.append((codings[-to].value, codings[-at].value))
    return pairs

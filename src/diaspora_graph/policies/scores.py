"""Scores of states under three rules of aggregation, with bounds, ranks and their stability.

A single index hides that ranks change with the rule (Bjerre, Römer and Zobel 2019), so the three of
`aggregation` always come together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.claims import coder_statuses
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.policies.aggregation import PARTS, RULES, TOTALS, Matrix, Rule, matrix, ranks
from diaspora_graph.policies.compare import compare, compared, readings_of
from diaspora_graph.policies.comparison import Comparison

if TYPE_CHECKING:
    import pandas as pd

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a state in a dimension, or in ``total``, under one rule.

    ``value`` takes the known items alone; ``low`` and ``high`` are its bounds if all missing items
    of the state were 0 or 1. ``rank`` is 1 for the highest, ties share it; ``best`` and ``worst``
    are the ranks if missing items speak for the state and against all others, or the reverse.
    ``items`` are the known ones, ``missing`` those not found, contested or not coded. ``value`` and
    ``rank`` are none where no item is known.

    >>> from diaspora_graph import load_dataset, scores
    >>> scores(load_dataset(), ["Armenia", "KZ"]).of("KZ", rule="arithmetic").missing > 0
    True
    """

    state: str
    dimension: str
    rule: str
    value: float | None
    low: float
    high: float
    rank: int | None
    best: int
    worst: int
    items: int
    missing: int


@dataclass(frozen=True, slots=True)
class Variant:
    """The ranks of the states, in their order, in total under a rule when something is left out.

    ``kind`` is item, source_class or coder; ``without`` its name.

    >>> from diaspora_graph import load_dataset, scores
    >>> sorted({each.kind for each in scores(load_dataset(), ["Armenia", "KZ"]).variants})
    ['coder', 'item', 'source_class']
    """

    kind: str
    without: str
    rule: str
    ranks: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Scores:
    """The scores of states in each dimension and in total under three rules.

    ``variants`` have the ranks when any one item, source class or coder is left out. ``filters``
    are the filters of the scope in words.

    >>> from diaspora_graph import load_dataset, scores
    >>> scores(load_dataset(), ["Armenia", "KZ", "IN"])
    Scores(armenia, kazakhstan, india: ... dimensions, 3 rules)
    """

    states: tuple[str, ...]
    rows: tuple[Score, ...]
    variants: tuple[Variant, ...]
    framework: str = ""
    filters: str = ""
    comparison: Comparison | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        dimensions = {row.dimension for row in self.rows} - {TOTAL}
        filters = f"; {self.filters}" if self.filters else ""
        names = ", ".join(self.states)
        return f"Scores({names}: {len(dimensions)} dimensions, {len(RULES)} rules{filters})"

    def of(self, state: str, *, dimension: str = TOTAL, rule: str) -> Score:
        """Return one score; a state by its id, or by a name as in `compare`.

        Raises `ParameterError` if there is none.
        """
        data = self.comparison.data if self.comparison else None
        if data is not None and state not in self.states:
            from diaspora_graph.dataset.names import resolve

            state = resolve(data, state)
        for row in self.rows:
            if (row.state, row.dimension, row.rule) == (state, dimension, rule):
                return row
        if not self.rows:
            raise ParameterError("no coding passes the filters: there are no scores")
        raise ParameterError(
            f"no score of {state!r} in {dimension!r} under {rule!r}; there are the states"
            f" {', '.join(self.states)}, the dimensions"
            f" {', '.join(dict.fromkeys(row.dimension for row in self.rows))} and the rules"
            f" {', '.join(RULES)}"
        )

    def stability(self, state: str, rule: str) -> tuple[int, int, int, int]:
        """Return how many variants keep the rank in total, of how many; lowest and highest rank."""
        rank = self.of(state, rule=rule).rank
        place = self.states.index(self.of(state, rule=rule).state)
        found = [each.ranks[place] for each in self.variants if each.rule == rule]
        known = [each for each in [*found, rank] if each is not None]
        same = sum(each == rank for each in found)
        return same, len(found), min(known, default=0), max(known, default=0)

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each state, dimension and rule; the columns are those of `Score`."""
        import pandas as pd

        names = list(Score.__dataclass_fields__)
        found = pd.DataFrame([[getattr(row, each) for each in names] for row in self.rows])
        found.columns = pd.Index(names)
        for name in ("rank", "best", "worst"):
            found[name] = found[name].astype("Int64")
        found.attrs["filters"] = self.filters
        return found

    def _repr_html_(self) -> str:
        return self.to_pandas().to_html()


def scores(
    data: Dataset,
    states: Sequence[str],
    *,
    framework: str = "",
    scope: Scope = EVERYTHING,
) -> Scores:
    """Score states by the items of the codebook under three rules, with bounds and ranks.

    A value counts as it stands in the scale, turned round where the item says that a higher value
    means less engagement. What is not applicable to a state is left out for it; what is not found,
    contested or not coded is missing, never 0. Arguments and errors as in `compare`; at least two
    states. Rules: see the module, with their sources.

    >>> from diaspora_graph import load_dataset
    >>> found = scores(load_dataset(), ["Armenia", "India", "KZ"], framework="gamlen")
    >>> found.of("India", rule="geometric").rank in {1, 2, 3}
    True
    """
    found = compare(data, states, framework=framework, scope=scope)
    if len(found.states) < 2:
        raise ParameterError("scores compare: name at least two states")
    rows = tuple(_rows(found)) if found.rows else ()
    variants = tuple(_variants(data, found, scope)) if found.rows else ()
    return Scores(found.states, rows, variants, found.framework, found.filters, found)


def _rows(found: Comparison) -> Iterator[Score]:
    whole = matrix(found)
    names = list(dict.fromkeys(whole.dimensions))
    for dimension in (*names, TOTAL):
        part = whole if dimension == TOTAL else whole.kept(_is(whole.dimensions, dimension))
        for rule in RULES:
            aggregate = (TOTALS if dimension == TOTAL else PARTS)[rule]
            yield from _scored(found.states, dimension, rule, part, aggregate)


def _is(dimensions: Sequence[str], name: str) -> npt.NDArray[np.bool_]:
    return np.array([each == name for each in dimensions], np.bool_)


def _scored(
    states: Sequence[str], dimension: str, rule: str, part: Matrix, aggregate: Rule
) -> Iterator[Score]:
    values = aggregate(part.known, part.dimensions)
    placed = ranks(values)
    for place, state in enumerate(states):
        for_it, against_it = part.low.copy(), part.high.copy()
        for_it[:, place], against_it[:, place] = part.high[:, place], part.low[:, place]
        high, low = (aggregate(each, part.dimensions) for each in (for_it, against_it))
        known = int((~np.isnan(part.known[:, place])).sum())
        missing = int(part.applicable[:, place].sum()) - known
        value = None if np.isnan(values[place]) else float(values[place])
        best, worst = ranks(high)[place] or 1, ranks(low)[place] or len(states)
        yield Score(
            state, dimension, rule, value, _number(low[place]), _number(high[place]),
            placed[place], best, worst, known, missing,
        )  # fmt: skip


def _number(value: np.float64) -> float:
    return 0.0 if np.isnan(value) else float(value)


def _variants(data: Dataset, found: Comparison, scope: Scope) -> Iterator[Variant]:
    whole = matrix(found)
    for place, row in enumerate(found.rows):
        kept = np.arange(len(found.rows)) != place
        yield from _ranked("item", row.item, whole.kept(kept))
    classes = data.schema.words("source_class")
    for name in classes:
        others = (scope.source_classes or frozenset(classes)) - {name}
        if others != scope.source_classes and others:
            rest = replace(scope, source_classes=others)
            yield from _ranked("source_class", name, _again(data, found, rest))
    table = data.tables["coding"]
    about = set(found.states)
    pairs = zip(table["coder"].all(), table["subject"].all(), strict=True)
    for coder in sorted({coder for coder, subject in pairs if subject in about}):
        yield from _ranked("coder", coder, _without_coder(data, found, scope, coder))


def _again(data: Dataset, found: Comparison, scope: Scope) -> Matrix:
    return matrix(compare(data, found.states, framework=found.framework, scope=scope))


def _without_coder(data: Dataset, found: Comparison, scope: Scope, coder: str) -> Matrix:
    """Return the numbers if a coder had coded nothing: then other coders' readings decide."""
    every = scope.statuses or coder_statuses(data.schema)
    readings = readings_of(data, replace(scope, statuses=every))
    rest = {key: tuple(r for r in each if r.coder != coder) for key, each in readings.items()}
    return matrix(compared(data, found.states, found.framework, rest, found.filters))


def _ranked(kind: str, without: str, rest: Matrix) -> Iterator[Variant]:
    for rule in RULES:
        count = rest.known.shape[1]
        empty = np.full(count, np.nan)
        values = TOTALS[rule](rest.known, rest.dimensions) if len(rest.known) else empty
        yield Variant(kind, without, rule, tuple(ranks(values)))

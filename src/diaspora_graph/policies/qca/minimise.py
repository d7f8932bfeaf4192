"""Boolean minimisation: prime implicants, and all smallest sets of them that cover the rows.

Implicants are found by the rule of Quine and McCluskey (McCluskey 1956), here for all terms at
once: an array with three places for each condition (present, absent, free) says which terms cover
a forbidden row. Covers are found by search, all of the smallest size. Of the libraries, setqca 0.2
gives all models too, but refuses pandas 3 and took 43 s for ten conditions; PyQCA 0.2 took longer;
sympy gives one model only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from diaspora_graph.errors import ParameterError

MOST_CONDITIONS = 12
"""With more conditions there are too many combinations to look at."""

MOST_MODELS = 1_000
MOST_STEPS = 200_000
PRESENT, ABSENT, FREE = 0, 1, 2

Marks = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
Term = tuple[int, ...]
"""For each condition `PRESENT`, `ABSENT` or `FREE`."""

Model = tuple[Term, ...]


def text_of(term: Term, names: Sequence[str]) -> str:
    """Return a term in the notation of R's QCA; a term without conditions is ``1``.

    >>> text_of((0, 1, 2), ["A", "B", "C"])
    'A*~B'
    """
    parts = [
        name if place == PRESENT else f"~{name}"
        for name, place in zip(names, term, strict=True)
        if place != FREE
    ]
    return "*".join(parts) or "1"


def model_text(model: Model, names: Sequence[str]) -> str:
    """Return the terms of a model, joined by ``+``.

    >>> model_text(((0, 2), (2, 1)), ["A", "B"])
    'A + ~B'
    """
    return " + ".join(text_of(term, names) for term in model)


def covers(term: Term, row: Sequence[int]) -> bool:
    """Return whether a term covers a row (1 present, 0 absent) of a truth table.

    >>> covers((0, 1, 2), (1, 0, 0)), covers((0, 1, 2), (1, 1, 0))
    (True, False)
    """
    return all(place in (FREE, 1 - value) for place, value in zip(term, row, strict=True))


def covering(term: Term, rows: Rows) -> Marks:
    """Return which rows a term covers.

    >>> covering((0, 1, 2), np.array([[1, 0, 0], [1, 1, 0]])).tolist()
    [True, False]
    """
    fixed = np.array(term)
    marked: Marks = ((fixed == FREE) | (fixed == 1 - rows)).all(axis=1)
    return marked


def minimal_models(positive: Rows, forbidden: Rows) -> tuple[Model, ...]:
    """Return all models with the fewest terms that cover every positive and no forbidden row.

    Rows are 0 and 1, one column for each condition; all other rows may be covered or not. Without
    a positive row there is no model. Terms and models are in a fixed order. Raises
    `ParameterError` where there are more than 1,000 models.

    >>> minimal_models(np.array([[1, 1], [1, 0]]), np.array([[0, 0], [0, 1]]))
    (((0, 2),),)
    """
    if not len(positive):
        return ()
    terms = prime_implicants(positive, forbidden)
    chart = np.array([covering(term, positive) for term in terms])
    found = {tuple(sorted(chosen)) for chosen in _smallest_covers(chart)}
    return tuple(tuple(terms[place] for place in chosen) for chosen in sorted(found))


def prime_implicants(positive: Rows, forbidden: Rows) -> list[Term]:
    """Return the widest terms that cover some positive and no forbidden row, in order."""
    size = positive.shape[1]
    allowed = ~_covering(forbidden, size)
    prime = allowed & _covering(positive, size)
    for axis in range(size):
        wider = np.take(allowed, [FREE], axis)  # the same term with this condition set free
        narrow = [slice(None)] * size
        narrow[axis] = slice(0, FREE)
        prime[tuple(narrow)] &= ~wider
    return [tuple(place) for place in np.argwhere(prime).tolist()]


def _covering(rows: Rows, size: int) -> Marks:
    """Return for every term whether it covers one of the rows; an axis for each condition."""
    marked = np.zeros((2,) * size, np.bool_)
    marked[tuple((1 - rows).T)] = True
    for axis in range(size):
        either = marked.any(axis=axis, keepdims=True)
        marked = np.concatenate([marked, either], axis=axis)
    return marked


def _smallest_covers(chart: Marks) -> list[frozenset[int]]:
    """Return all smallest sets of terms (rows of the chart) that cover every column."""
    widest = int(chart.sum(axis=1).max())
    steps = [0]
    for most in range(-(-chart.shape[1] // widest), chart.shape[1] + 1):
        found: set[frozenset[int]] = set()
        for chosen in _covers_of(chart, np.ones(chart.shape[1], np.bool_), most, steps):
            found.add(chosen)
            if len(found) > MOST_MODELS:
                raise _too_many(f"more than {MOST_MODELS:,} models fit equally well")
        if found:
            return sorted(found, key=sorted)
    raise AssertionError("every positive row is covered by a prime implicant")


def _covers_of(
    chart: Marks, missing: Marks, most: int, steps: list[int]
) -> Iterator[frozenset[int]]:
    """Yield sets of at most so many terms that cover the missing columns."""
    if not missing.any():
        yield frozenset()
        return
    steps[0] += 1
    if steps[0] > MOST_STEPS:
        raise _too_many(f"no end after {MOST_STEPS:,} steps of the search for models")
    gains = (chart & missing).sum(axis=1)
    if most * int(gains.max()) < int(missing.sum()):
        return
    columns = np.flatnonzero(missing)
    hardest = columns[int(chart[:, columns].sum(axis=0).argmin())]
    for term in np.flatnonzero(chart[:, hardest]).tolist():
        for rest in _covers_of(chart, missing & ~chart[term], most - 1, steps):
            yield rest | {term}


def _too_many(reason: str) -> ParameterError:
    return ParameterError(
        f"{reason}: the cases do not tell the conditions apart; use fewer conditions or more cases"
    )

"""Conservative, parsimonious and intermediate solutions of a truth table, and how well they fit.

The conservative (complex) solution uses no remainder, the parsimonious one any that makes it
shorter, the intermediate one only those that agree with the expectations of theory (Ragin and
Sonnett 2005; Ragin 2008, ch. 9). Where several models are equally short, all of them are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from diaspora_graph.policies.qca.calibration import Floats
from diaspora_graph.policies.qca.fit import Fit, sufficiency
from diaspora_graph.policies.qca.minimise import (
    ABSENT,
    FREE,
    PRESENT,
    Model,
    Rows,
    Term,
    covering,
    covers,
    minimal_models,
    text_of,
)
from diaspora_graph.policies.qca.truth_table import TruthTable

if TYPE_CHECKING:
    import pandas as pd

Type = Literal["conservative", "parsimonious", "intermediate"]
TYPES: tuple[Type, ...] = ("conservative", "parsimonious", "intermediate")
COLUMNS = (
    "solution", "model", "term", "consistency", "pri", "coverage", "unique_coverage", "cases",
    "against",
)  # fmt: skip
"""The columns of `Solution.to_pandas`."""

WHOLE = "(all)"
"""The term in the row of a whole model."""


@dataclass(frozen=True, slots=True)
class TermFit:
    """A term of a model: how well it fits, how much only it covers, and its cases.

    ``against`` are cases of the term that are not in the outcome.

    >>> TermFit("A*~B", Fit(0.9, 0.8, 0.5), 0.2, ("x",), ()).term
    'A*~B'
    """

    term: str
    fit: Fit
    unique: float
    cases: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FittedModel:
    """A model: its terms and how well they fit together.

    >>> FittedModel((TermFit("A", Fit(1, 1, 1), 1, (), ()),), Fit(1, 1, 1)).text
    'A'
    """

    terms: tuple[TermFit, ...]
    fit: Fit

    @property
    def text(self) -> str:
        """The model in the notation of R's QCA."""
        return " + ".join(each.term for each in self.terms)


@dataclass(frozen=True, slots=True, repr=False)
class Solution:
    """All equally short models of one type; none if no row goes with the outcome.

    ``assumed`` are the numbers of the remainders that the models use, one tuple for each model.

    >>> Solution("parsimonious", (), ())
    Solution(parsimonious: 0 models)
    """

    type: Type
    models: tuple[FittedModel, ...]
    assumed: tuple[tuple[int, ...], ...]

    def __repr__(self) -> str:
        texts = "; ".join(model.text for model in self.models) or "0 models"
        return f"Solution({self.type}: {texts})"

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each term, and after the terms of a model one for the whole model.

        The row of a whole model has ``(all)`` as term and no unique coverage. Cases are one text,
        separated by ``; ``.
        """
        import pandas as pd

        return pd.DataFrame(solution_rows(self), columns=list(COLUMNS))


def solution_rows(found: Solution) -> list[tuple[object, ...]]:
    """Return the rows of `Solution.to_pandas`."""
    rows: list[tuple[object, ...]] = []
    for number, model in enumerate(found.models, 1):
        for each in model.terms:
            fit = (each.fit.consistency, each.fit.pri, each.fit.coverage, each.unique)
            names = ("; ".join(each.cases), "; ".join(each.against))
            rows.append((found.type, number, each.term, *fit, *names))
        whole = (model.fit.consistency, model.fit.pri, model.fit.coverage, None)
        cases = dict.fromkeys(case for each in model.terms for case in each.cases)
        against = dict.fromkeys(case for each in model.terms for case in each.against)
        rows.append((found.type, number, WHOLE, *whole, "; ".join(cases), "; ".join(against)))
    return rows


def solutions(
    table: TruthTable, expected: Mapping[str, bool | None]
) -> Mapping[Type, tuple[Model, ...]]:
    """Return the models of each type; ``expected`` maps conditions to their expectations."""
    positive, negative = table.where("1"), table.where("0")
    conservative = minimal_models(positive, table.where("0", "?"))
    parsimonious = minimal_models(positive, negative)
    signs = [expected.get(name) for name in table.conditions]
    remainders = table.where("?")
    choices = {
        _easy(remainders, plain, short, signs) for plain in conservative for short in parsimonious
    }
    intermediate = {
        model
        for easy in choices
        for model in minimal_models(
            positive, np.vstack([negative, np.delete(remainders, sorted(easy), axis=0)])
        )
    }
    return {
        "conservative": conservative,
        "parsimonious": parsimonious,
        "intermediate": tuple(sorted(intermediate)),
    }


def _easy(
    remainders: Rows, plain: Model, short: Model, signs: Sequence[bool | None]
) -> frozenset[int]:
    """Return the places of the remainders that agree with theory: the easy counterfactuals.

    A term of the conservative model that lies within one of the parsimonious model loses the
    conditions that are not in the latter and run against their expectation; what the wider term
    covers is easy.
    """
    wider = {
        _relaxed(term, within, signs)
        for term in plain
        for within in short
        if all(place in (FREE, narrow) for place, narrow in zip(within, term, strict=True))
    }
    found: set[int] = set()
    for term in wider - set(plain):
        found.update(np.flatnonzero(covering(term, remainders)).tolist())
    return frozenset(found)


def _relaxed(term: Term, within: Term, signs: Sequence[bool | None]) -> Term:
    against = {True: ABSENT, False: PRESENT}
    return tuple(
        FREE if kept == FREE and sign is not None and place == against[sign] else place
        for place, kept, sign in zip(term, within, signs, strict=True)
    )


def fitted(
    type: Type,
    models: Sequence[Model],
    table: TruthTable,
    cases: Sequence[str],
    members: Floats,
    outcome: Floats,
) -> Solution:
    """Return models with their fit, and the remainders that each of them uses."""
    remainders = [row for row in table.rows if row.out == "?"]
    return Solution(
        type,
        tuple(_fitted(model, table.conditions, cases, members, outcome) for model in models),
        tuple(
            tuple(
                row.number for row in remainders if any(covers(term, row.values) for term in model)
            )
            for model in models
        ),
    )


def _fitted(
    model: Model,
    names: Sequence[str],
    cases: Sequence[str],
    members: Floats,
    outcome: Floats,
) -> FittedModel:
    degrees = np.array([_degree(term, members) for term in model])
    whole = sufficiency(degrees.max(axis=0), outcome)
    terms = []
    for place, term in enumerate(model):
        others = np.delete(degrees, place, axis=0)
        rest = others.max(axis=0) if len(others) else np.zeros(len(outcome))
        covered = sufficiency(rest, outcome).coverage or 0
        inside = np.flatnonzero(degrees[place] > 0.5).tolist()
        terms.append(
            TermFit(
                text_of(term, names),
                sufficiency(degrees[place], outcome),
                (whole.coverage or 0) - covered,
                tuple(cases[at] for at in inside),
                tuple(cases[at] for at in inside if outcome[at] <= 0.5),
            )
        )
    return FittedModel(tuple(terms), whole)


def _degree(term: Term, members: Floats) -> Floats:
    """Return the membership of each case in a term; every case is in a term without conditions."""
    parts = [
        members[:, at] if place == PRESENT else 1 - members[:, at]
        for at, place in enumerate(term)
        if place != FREE
    ]
    return np.asarray(np.min([np.ones(len(members)), *parts], axis=0), np.float64)

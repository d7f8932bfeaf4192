"""A whole analysis: truth table, solutions, necessity, and how they hold over all readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.policies.qca.calibration import Floats
from diaspora_graph.policies.qca.cells import Cells, cells_of
from diaspora_graph.policies.qca.fit import necessities
from diaspora_graph.policies.qca.minimise import Model, model_text, text_of
from diaspora_graph.policies.qca.number_of_cases import cases_needed, refuse_too_few
from diaspora_graph.policies.qca.plan import QcaPlan, read_plan
from diaspora_graph.policies.qca.result import NO_MODEL, Holding, Qca
from diaspora_graph.policies.qca.solutions import TYPES, Solution, Type, fitted, solutions
from diaspora_graph.policies.qca.truth_table import truth_table


def qca(data: Dataset, plan: QcaPlan | str | Path, *, scope: Scope = EVERYTHING) -> Qca:
    """Return a qualitative comparative analysis of states, or of the cases of a table.

    ``plan`` is a plan or the path of its file (see `read_plan`). Codings count if they pass the
    scope; without statuses in it, the accepted ones and those of other coders. ``as_of`` of the
    scope replaces that of the plan. Every reading of contested cells and of several codings is
    analysed. Methods: Ragin 2008; Schneider and Wagemann 2012.

    Raises `FileError`, and `ParameterError` with all faults: unknown items and states (with the
    nearest names), states without a coding at that time, memberships of exactly 0.5, no more
    cases than conditions, more than 10,000 readings.

    >>> from diaspora_graph import CalibratedSet, QcaPlan, load_dataset, qca
    >>> sets = [
    ...     CalibratedSet(name, item, (0.5,), "at least in part", is_item=True, as_of=year,
    ...                   not_found=(0,))
    ...     for name, item, year in [("DUAL", "B1", "2020"), ("MONEY", "C3", "2023"),
    ...                              ("VOTE", "B5", "2019")]
    ... ]
    >>> plan = QcaPlan("VOTE", tuple(sets), cases=("AM", "IL", "IN", "KZ", "KR"))
    >>> found = qca(load_dataset(), plan)
    >>> found.solution("parsimonious").models[0].text, found.holdings[0].text
    ('DUAL*MONEY', 'holds in 1 of 2 readings')
    """
    told = plan if isinstance(plan, QcaPlan) else read_plan(plan)
    cells = cells_of(data, told, scope)
    refuse_too_few(len(cells.cases), len(told.conditions))
    readings = cells.each_reading()
    raw = next(readings)
    first = _Reading(told, cells.cases, cells.members(raw))
    models = first.models()
    counts = _counted(told, cells, {first.key: models})
    return Qca(
        told,
        cells,
        tuple(map(tuple, raw.tolist())),
        tuple(map(tuple, first.memberships.tolist())),
        first.table,
        tuple(first.fitted(type, models[type]) for type in TYPES),
        necessities(told.conditions, first.members, first.outcome),
        tuple(_holdings(told.conditions, counts, cells.readings())),
        cases_needed(len(told.conditions)),
        scope.describe(),
    )


class _Reading:
    """The analysis of one reading."""

    def __init__(self, plan: QcaPlan, cases: Sequence[str], memberships: Floats) -> None:
        place = [each.name for each in plan.sets].index(plan.outcome)
        self.memberships = memberships
        self.key = memberships.tobytes()
        self.members = np.delete(memberships, place, axis=1)
        inside = memberships[:, place]
        self.outcome = 1 - inside if plan.absent else inside
        self.cases = cases
        self.expected = {each.name: each.expected for each in plan.sets}
        self.table = truth_table(
            plan.conditions, cases, self.members, self.outcome,
            n_cut=plan.n_cut, consistency_cut=plan.consistency_cut, pri_cut=plan.pri_cut,
        )  # fmt: skip

    def models(self) -> Mapping[Type, tuple[Model, ...]]:
        return solutions(self.table, self.expected)

    def fitted(self, type: Type, models: Sequence[Model]) -> Solution:
        return fitted(type, models, self.table, self.cases, self.members, self.outcome)


_Models = Mapping[Type, tuple[Model, ...]]


def _counted(plan: QcaPlan, cells: Cells, known: dict[bytes, _Models]) -> list[tuple[_Models, int]]:
    """Return the models of every reading; readings with the same memberships are counted once."""
    counts: Counter[bytes] = Counter()
    for raw in cells.each_reading():
        reading_members = cells.members(raw)
        key = reading_members.tobytes()
        counts[key] += 1
        if key not in known:
            known[key] = _Reading(plan, cells.cases, reading_members).models()
    return [(known[key], count) for key, count in counts.items()]


def _holdings(
    names: Sequence[str], counts: Sequence[tuple[_Models, int]], readings: int
) -> Iterator[Holding]:
    """Yield models, then terms, of each type; those that hold most often first."""
    for type in TYPES:
        for is_model in (True, False):
            holds: Counter[str] = Counter()
            for models, count in counts:
                if is_model:
                    texts = {model_text(model, names) for model in models[type]} or {NO_MODEL}
                else:
                    texts = {text_of(term, names) for model in models[type] for term in model}
                for text in texts:
                    holds[text] += count
            for text, number in sorted(
                holds.items(), key=lambda each: (-each[1], each[0] == NO_MODEL, each[0])
            ):
                yield Holding(type, is_model, text, number, readings)

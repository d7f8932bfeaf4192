"""Foresight: scenarios for a state, what sources tell of them, and how things stand today.

The relations that make up the account of a scenario have `dg:foresightStep` in the ontology, and
`dg:Indicator` says by which measures the present state of a trend, a risk or a consequence is
looked up. Observed is the state, what the step or its scenario is about, the parts of that, and
the surveys about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import Observation
from diaspora_graph.dates import EVER, Days, days_said
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.moments import TRUTHS, Window, holding
from diaspora_graph.filters.scope import EVERYTHING, Scope, as_window
from diaspora_graph.measures.reconcile import checked_policy
from diaspora_graph.measures.series import by_time
from diaspora_graph.ontology.schema import SCOPE
from diaspora_graph.policies.scenario import (
    Foreseen,
    ForeseenScenario,
    Foresight,
    Indicator,
    IndicatorValue,
)


def scenarios(
    data: Dataset, state: str, *, policy: str = "all", scope: Scope = EVERYTHING
) -> Foresight:
    """Return the scenarios for a state, step by step, each with its present state in the data.

    ``state`` is an id, a label, an alias or an ISO code. The observations of a step are those of
    the measures that the ontology gives it (`dg:Indicator`), the newest first; where there are
    totals, parts by category or partner are left out. ``policy`` says what to make of several
    numbers for one time (`reconciled`).

    Raises `ParameterError` for a state without scenarios, with the states that have some;
    `UnknownNameError` and `AmbiguousNameError`.

    >>> from diaspora_graph import load_dataset
    >>> row = scenarios(load_dataset(), "KZ").rows[1]
    >>> [step.thing for step in row.steps if step.relation == "hasRisk"]
    ['loss-of-economic-benefits']
    """
    scope.of_claims("a list of scenarios")
    id, policy = resolve(data, state), checked_policy(data, policy)
    view = _View(data, scope, policy)
    drawn = view.drawn()
    if id not in drawn:
        others = ", ".join(data.label(each) for each in sorted(drawn)) or "no state"
        filters = f" ({scope.describe()})" if scope.describe() else ""
        raise ParameterError(
            f"no source at hand has a scenario for {data.label(id)}{filters};"
            f" there are scenarios for {others}"
        )
    rows = (
        ForeseenScenario(each, claims, tuple(view.steps(each, id)))
        for each, claims in sorted(drawn[id].items())
    )
    return Foresight(id, tuple(rows), policy, scope.describe())


class _View:
    """What a scope lets pass, looked up from scenarios."""

    def __init__(self, data: Dataset, scope: Scope, policy: str) -> None:
        self.data, self.policy = data, policy
        self.window: Window | None = as_window(scope.as_of) if scope.as_of else None
        self.statements = passing(data, scope)
        # what a scenario is about and what is part of that are no facts of the account
        lasting = scope.without("families").without("relations").without("as_of")
        self.about = passing(data, lasting)
        self.observed = passing(data, scope.without("families").without("relations"), "observation")
        terms = list(data.schema.predicates.values())
        self.places = np.array([term.foresight for term in terms])
        self.topical = np.array([term.topic_source for term in terms], np.bool_)
        self.parts = np.array([bool(term.flow & SCOPE) for term in terms], np.bool_)
        self.names = [term.name for term in terms]

    def drawn(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return the scenarios for each state, with the claims that say so."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for row in np.flatnonzero(self.statements & (self.places[self.data.predicate] == 1)):
            subject, state = self._ends(int(row))
            claims = found.setdefault(state, {})
            claims[subject] = (*claims.get(subject, ()), self._id(int(row)))
        return found

    def steps(self, scenario: str, state: str) -> Iterator[Foreseen]:
        """Yield what is told of a scenario, in the order of the steps, then by id."""
        number = self.data.number(scenario)
        told = self.statements & (self.data.subject == number)
        rows = np.flatnonzero(told & (self.places[self.data.predicate] > 1)).tolist()
        found: dict[tuple[int, str, str], list[str]] = {}
        for row in rows:
            predicate = int(self.data.predicate[row])
            key = (int(self.places[predicate]), self.names[predicate], self._ends(row)[1])
            found.setdefault(key, []).append(self._id(row))
        for (_, relation, thing), claims in sorted(found.items()):
            measures = self.data.schema.indicators.get(thing, ())
            things = self._observed_things([scenario, thing], state)
            indicators = tuple(self._indicators(measures, things))
            yield Foreseen(relation, thing, tuple(claims), measures, indicators)

    def _ends(self, row: int) -> tuple[str, str]:
        ids = self.data.id_list
        return ids[self.data.subject[row]], ids[self.data.object[row]]

    def _id(self, row: int) -> str:
        return self.data.tables["statement"]["id"][row]

    def _observed_things(self, tellers: Iterable[str], state: str) -> set[int]:
        """Return the state, what these are about, its parts, and the surveys about all of it."""
        numbers = [self.data.number(each) for each in tellers]
        topics = self.about & self.topical[self.data.predicate]
        found = {*numbers, self.data.number(state)}
        found |= self._reached(topics & np.isin(self.data.subject, numbers), "object")
        inside = self.about & self.parts[self.data.predicate]
        size = 0
        while size < len(found):
            size = len(found)
            found |= self._reached(inside & np.isin(self.data.object, list(found)), "subject")
        return found | self._reached(topics & np.isin(self.data.object, list(found)), "subject")

    def _reached(self, statements: Mask, end: str) -> set[int]:
        numbers = self.data.subject if end == "subject" else self.data.object
        return set(numbers[statements].tolist())

    @cached_property
    def _by_measure(self) -> dict[str, list[Observation]]:
        found: dict[str, list[Observation]] = {}
        ids = self.data.tables["observation"]["id"]
        for id in ids.at(np.flatnonzero(self.observed)):
            row = self.data.observation(id)
            found.setdefault(row.measure, []).append(row)
        return found

    def _indicators(self, measures: Iterable[str], things: set[int]) -> Iterator[Indicator]:
        ids = {self.data.id_list[number] for number in things}
        for measure in measures:
            rows = [row for row in self._by_measure.get(measure, ()) if row.subject in ids]
            for subject in sorted({row.subject for row in rows}):
                own = [row for row in rows if row.subject == subject]
                whole = [row for row in own if not row.category and not row.partner]
                yield from self._values(whole or own)

    def _values(self, rows: list[Observation]) -> Iterator[Indicator]:
        for same, results in by_time(self.data, rows, self.policy).items():
            subject, measure, category, unit, _, partner, *_ = same
            days = {valid: days_said(valid) for valid, found in results.items() if found.values}
            order = {valid: (_last(each), each, valid) for valid, each in days.items()}
            newest = sorted(order, key=order.__getitem__, reverse=True)
            if not newest:
                continue
            window = self.window or (days[newest[0]].end_earliest, days[newest[0]].end_latest)
            truths = holding(np.array([days[valid] for valid in newest]), window).tolist()
            values = tuple(
                IndicatorValue(valid, TRUTHS[truth] if valid else "unknown", results[valid])
                for valid, truth in zip(newest, truths, strict=True)
            )
            yield Indicator(measure=measure, subject=subject, category=category,
                            partner=partner, unit=unit, values=values)  # fmt: skip


def _last(days: Days) -> int:
    """Return the last day that is known of a time; of one that goes on, the end of all days."""
    return (
        days.end_latest
        if days.end_latest != EVER or days.end_earliest == EVER
        else days.end_earliest
    )

"""What a list of scenarios gives: steps, indicators, their values, and a table of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from diaspora_graph.filters.time import Truth
from diaspora_graph.measures.reconcile import Reconciled

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "scenario", "step", "thing", "evidence", "measure", "subject", "partner", "category", "unit",
    "valid", "holds", "value", "claims",
)  # fmt: skip
"""Columns of the table of scenarios: one row for each value, or for each step without one."""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """What sources observe at one time: ``numbers`` is what the policy for numbers makes of it.

    ``holds`` says whether it is of the time asked for; without one, of the time of the newest
    value. ``valid`` is as entered.

    >>> from diaspora_graph import load_dataset, scenarios
    >>> steps = [step for row in scenarios(load_dataset(), "KZ").rows for step in row.steps]
    >>> next(step.indicators[0].values[0].holds for step in steps if step.indicators)
    'yes'
    """

    valid: str
    holds: Truth
    numbers: Reconciled


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """The values of one measure of one thing, the newest first.

    >>> from diaspora_graph import load_dataset, scenarios
    >>> steps = [step for row in scenarios(load_dataset(), "KZ").rows for step in row.steps]
    >>> "emigrants" in {each.measure for step in steps for each in step.indicators}
    True
    """

    measure: str
    subject: str
    category: str
    partner: str
    unit: str
    values: tuple[IndicatorValue, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One step of a scenario: a trend, a risk or a consequence, and its present state.

    ``relation`` joins the scenario to the ``thing``; ``claims`` say so. ``measures`` are those that
    would show its state; ``indicators`` is empty where no source observes them.

    >>> from diaspora_graph import load_dataset, scenarios
    >>> step = scenarios(load_dataset(), "Kazakhstan").rows[0].steps[0]
    >>> step.relation, step.thing
    ('hasTrend', 'emigration-trend')
    """

    relation: str
    thing: str
    claims: tuple[str, ...]
    measures: tuple[str, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class ForeseenScenario:
    """A scenario, the claims that draw it for the state, and its steps in order.

    >>> from diaspora_graph import load_dataset, scenarios
    >>> scenarios(load_dataset(), "Kazakhstan").rows[0].scenario
    'scenario-diaspora-feels-uninvolved'
    """

    scenario: str
    claims: tuple[str, ...]
    steps: tuple[Foreseen, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Foresight:
    """The scenarios that sources draw for a state, by id.

    ``policy`` is the policy for numbers; ``filters`` are the filters in words.

    >>> from diaspora_graph import load_dataset, scenarios
    >>> scenarios(load_dataset(), "Kazakhstan")
    Foresight(kazakhstan: 4 scenarios)
    """

    state: str
    rows: tuple[ForeseenScenario, ...]
    policy: str
    filters: str = ""

    def __repr__(self) -> str:
        return f"Foresight({self.state}: {len(self.rows)} scenarios)"

    def claims(self) -> tuple[str, ...]:
        """Return every claim, of scenarios and of observations, once, sorted."""
        steps = [step for row in self.rows for step in row.steps]
        values = [v for step in steps for each in step.indicators for v in each.values]
        parts = [row.claims for row in self.rows] + [step.claims for step in steps]
        return tuple(sorted({id for part in parts for id in part}.union(
            id for value in values for id in value.numbers.claims
        )))  # fmt: skip

    def table(self) -> list[tuple[str, ...]]:
        """Return the rows of a table with the columns `COLUMNS`; lists are separated by ``|``."""
        return [cells for row in self.rows for step in row.steps for cells in _cells(row, step)]

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each value; ``attrs`` holds the filters in words and the policy."""
        import pandas as pd

        found = pd.DataFrame(self.table(), columns=list(COLUMNS))
        found.attrs.update(filters=self.filters, policy=self.policy)
        return found


def _cells(row: ForeseenScenario, step: Foreseen) -> Iterator[tuple[str, ...]]:
    told = (row.scenario, step.relation, step.thing, "|".join(step.claims))
    for each in step.indicators:
        of = (each.measure, each.subject, each.partner, each.category, each.unit)
        for value in each.values:
            text = "|".join(value.numbers.values)
            yield (*told, *of, value.valid, value.holds, text, "|".join(value.numbers.claims))
    if not step.indicators:
        yield (*told, *[""] * (len(COLUMNS) - len(told)))

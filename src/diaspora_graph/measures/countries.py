"""Coverage by country: the number and kinds of claims on each state that is coded.

A claim belongs to a state if its subject, object or partner is the state, an organ or a part of
it or of such an organ, what one of these made (adopted, established or made its own policy), or a
community whose homeland the state is. One claim may belong to several states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from diaspora_graph.dataset.claims import counted, standing
from diaspora_graph.dataset.columns import Codes, Mask
from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind
from diaspora_graph.dates import days_said, year_of

if TYPE_CHECKING:
    import pandas as pd

INSIDE = ("organOf", "partOf")
MADE = ("adopts", "establishes")
HOME = ("hasHomeland",)

OUTCOMES = ("contested", "not_found", "not_applicable")
_ENDS = ("subject", "object", "partner")

Claim = tuple[Kind, str, frozenset[str], str, str]
"""Kind, decade, sources, item and value of a claim."""


def columns(data: Dataset) -> tuple[str, ...]:
    """Return the names of the columns of `coverage_by_country`."""
    return (
        "country",
        "kind",
        "decade",
        "claims",
        "dated",
        "undated",
        "sources",
        *data.schema.words("source_class")[::-1],
        "items_value",
        *(f"items_{outcome}" for outcome in OUTCOMES),
        "items_none",
    )


def coverage_by_country(data: Dataset) -> pd.DataFrame:
    """Return how many claims the data hold on each state that has codings, as a pandas table.

    One row for each country (its id), kind (statement, observation, coding; ``claim`` for all
    three) and decade; ``all`` is every decade. Claims whose status counts are counted, denials
    too.

    A claim belongs to a state if its subject, object or partner is the state, an organ or a part
    of it or of such an organ, what one of these made, or a community whose homeland the state is.
    It is counted in the decade in which it begins, or ends if no beginning is known: ``1990s``,
    ``unclear`` where the date leaves the decade open, ``undated`` without a date.

    The columns of source classes hold the share of the claims that rest on such a source, in
    percent; a coding without a source rests on those of its evidence. The columns ``items_…`` of
    codings hold the number of items that have a value, else are contested, not found or not
    applicable, and ``items_none`` those without a coding.

    >>> from diaspora_graph import load_dataset
    >>> coverage_by_country(load_dataset()).columns.tolist()[:4]
    ['country', 'kind', 'decade', 'claims']
    """
    import pandas as pd

    found = pd.DataFrame(country_rows(data), columns=list(columns(data)))
    for name in found.columns[-len(OUTCOMES) - 2 :]:
        found[name] = found[name].astype("Int64")
    return found


def country_rows(data: Dataset) -> list[tuple[str | int | None, ...]]:
    """Return the rows of `coverage_by_country`."""
    states, sources = states_of(data), _sources(data)
    return [
        (state, *row)
        for state in sorted(states.intersection(data.tables["coding"]["subject"].all()))
        for row in _rows_of(data, list(_claims(data, things_of(data, state, states), sources)))
    ]


def states_of(data: Dataset) -> set[str]:
    """Return the ids of the entities that are states."""
    table = data.tables["entity"]
    types = zip(table["id"].all(), table["type"].all(), strict=True)
    return {id for id, name in types if data.schema.descends(name, ["State"])}


def _sources(data: Dataset) -> dict[str, str]:
    """Return the source of each claim, by ids."""
    return {
        id: source
        for kind in CLAIMS
        for id, source in zip(
            data.tables[kind]["id"].all(), data.tables[kind]["source"].all(), strict=True
        )
    }


def things_of(data: Dataset, state: str, states: set[str]) -> Mask:
    """Return which things are the state or belong to it, by numbers of things."""
    ends = _belonging(data)
    own = data.number(state)
    # another state that is a part of this one, or made by it, remains a country of its own
    others = [data.number(id) for id in states if id != state]
    found = np.zeros(len(data.ids), np.bool_)
    found[own] = True
    before = 0
    while before < found.sum():
        before = int(found.sum())
        found[ends.part[found[ends.whole]]] = True
        found[others] = False
    things = found.copy()
    things[ends.made[found[ends.maker]]] = True
    things[ends.community[ends.home == own]] = True
    things[others] = False
    return things


@dataclass(frozen=True, eq=False)
class _Belonging:
    """The ends of the statements by which things belong to a state, pair by pair."""

    part: Codes
    whole: Codes
    maker: Codes
    made: Codes
    community: Codes
    home: Codes


@once
def _belonging(data: Dataset) -> _Belonging:
    terms = data.schema.predicates.values()
    counting = standing(data, "statement")
    inside, made, home = (
        counting & np.array([term.name in names for term in terms], np.bool_)[data.predicate]
        for names in (INSIDE, (*MADE, *(each.name for each in terms if each.own_policy)), HOME)
    )
    return _Belonging(
        data.subject[inside], data.object[inside], data.subject[made], data.object[made],
        data.subject[home], data.object[home],
    )  # fmt: skip


def _claims(data: Dataset, things: Mask, sources: Mapping[str, str]) -> Iterator[Claim]:
    """Yield the claims about these things whose status counts."""
    for kind in CLAIMS:
        table = data.tables[kind]
        about = np.zeros(len(table), np.bool_)
        for end in _ENDS:
            if end in table.columns:
                numbers = data.things(kind, end)
                about |= (numbers >= 0) & things[numbers]
        for row in np.flatnonzero(about & counted(data, kind)).tolist():
            own = table["source"][row]
            evidence = table["evidence"][row].split(SEPARATOR) if kind == "coding" else []
            rests = [own] if own else [sources.get(id, "") for id in evidence]
            coded = (table["item"][row], table["value"][row]) if kind == "coding" else ("", "")
            yield kind, decade(table["valid"][row]), frozenset(filter(None, rests)), *coded


def decade(valid: str) -> str:
    """Return the decade in which a validity begins, or ends if no beginning is known.

    >>> decade("1991-12/.."), decade("/2029"), decade("20XX"), decade("")
    ('1990s', '2020s', 'unclear', 'undated')
    """
    if not valid:
        return "undated"
    days = days_said(valid)
    first, last = year_of(days.begin_earliest), year_of(days.begin_latest)
    if first is None:
        first, last = year_of(days.end_earliest), year_of(days.end_latest)
    if first is None or last is None or first // 10 != last // 10:
        return "unclear"
    return f"{first // 10 * 10}s"


def _rows_of(data: Dataset, claims: Sequence[Claim]) -> Iterator[tuple[str | int | None, ...]]:
    """Yield the rows of one country: kind by kind, all decades and then each."""
    classes = dict(
        zip(
            data.tables["source"]["id"].all(),
            data.tables["source"]["source_class"].all(),
            strict=True,
        )
    )
    for kind in (*CLAIMS, "claim"):
        mine = [claim for claim in claims if kind in {claim[0], "claim"}]
        for when in ("all", *sorted({claim[1] for claim in mine})):
            those = [claim for claim in mine if when in {claim[1], "all"}]
            dated = sum(claim[1] != "undated" for claim in those)
            yield (
                kind,
                when,
                len(those),
                dated,
                len(those) - dated,
                len({source for claim in those for source in claim[2]}),
                *_shares(data, classes, those),
                *(_items(data, those) if kind == "coding" else (None,) * (len(OUTCOMES) + 2)),
            )


def _shares(data: Dataset, classes: dict[str, str], claims: Sequence[Claim]) -> Iterator[int]:
    """Yield the percentage of claims on each class of source, the best class first."""
    for name in reversed(data.schema.words("source_class")):
        resting = sum(any(classes.get(each) == name for each in claim[2]) for claim in claims)
        yield round(100 * resting / len(claims)) if claims else 0


def _items(data: Dataset, claims: Sequence[Claim]) -> Iterator[int]:
    """Yield how many items have a value, each other outcome, and no coding."""
    known = [item for item, term in data.schema.items.items() if not term.deprecated]
    values: dict[str, set[str]] = {item: set() for item in known}
    for *_, item, value in claims:
        if item in values:
            values[item].add(value)
    outcomes = [_outcome(given) for given in values.values()]
    yield from (outcomes.count(each) for each in ("value", *OUTCOMES, "none"))


def _outcome(values: set[str]) -> str:
    if values.difference(OUTCOMES):
        return "value"
    return next((each for each in OUTCOMES if each in values), "none")

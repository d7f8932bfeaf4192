"""Timeline: everything dated that sources say of an entity, in order; then what has no date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import CLAIMS, Kind
from diaspora_graph.dates import EVER, NEVER, days_said
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.moments import moments, order, undated
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.measures.series import Series, series_of
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.policies.history import about_things
from diaspora_graph.wording.sentences import Labels, credit, evidence_of, grouped, observed
from diaspora_graph.wording.words import say

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One claim of a timeline, or one series of numbers, with its marks.

    ``time`` is as entered; of an observed date it is that date, of a series its first and last
    year. Where it is empty, ``not_after`` is the date of the source. ``text`` and ``source`` (with
    the place in it) are by language. ``ended``: the source gives an end that is not after its own
    date. ``disputed``: the claim is disputed or stands in a conflict. ``claims`` are one id, of a
    series all.

    >>> from diaspora_graph import load_dataset, timeline
    >>> event = timeline(load_dataset(), "ANCA").events[0]
    >>> event.time, event.claims
    ('1941', ('ob-anca-founded',))
    """

    time: str
    kind: Kind
    text: Labels
    source: Labels
    not_after: str = ""
    ended: bool = False
    denied: bool = False
    disputed: bool = False
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Timeline:
    """The dated claims about an entity in order, and those without a time.

    ``thing`` is an id; ``filters`` are the filters in words.

    >>> from diaspora_graph import load_dataset, timeline
    >>> timeline(load_dataset(), "ANCA")
    Timeline(anca: ... events, ... without a time)
    """

    thing: str
    events: tuple[Event, ...]
    undated: tuple[Event, ...]
    filters: str = ""

    def __repr__(self) -> str:
        counts = f"{len(self.events)} events, {len(self.undated)} without a time"
        return f"Timeline({self.thing}: {counts})"

    def claims(self) -> tuple[str, ...]:
        """Return every claim of the timeline, once, sorted."""
        return tuple(sorted({id for each in (*self.events, *self.undated) for id in each.claims}))

    def to_pandas(self, language: str = "en") -> pd.DataFrame:
        """Return the events as a table, those without a time last; text in one language."""
        import pandas as pd

        rows = [event_cells(each, language) for each in (*self.events, *self.undated)]
        found = pd.DataFrame(rows, columns=[each.name for each in fields(Event)])
        found.attrs["filters"] = self.filters
        return found


def event_cells(event: Event, language: str = "en") -> tuple[str | bool, ...]:
    """Return an event as cells, in the order of the fields of `Event`."""
    return (
        event.time, event.kind, event.text[language], event.source[language], event.not_after,
        event.ended, event.denied, event.disputed, "|".join(event.claims),
    )  # fmt: skip


def timeline(data: Dataset, name: str, *, scope: Scope = EVERYTHING) -> Timeline:
    """Return everything dated about an entity, the earliest first, then what has no date.

    ``name`` is an id, a label or an alias. These are the claims with it as subject, object,
    partner, topic or means, affirmed or denied, and of a state the acts of its organs
    (`policy_history`). Events are ordered by the first day on which they may begin, or end if no
    begin is known. Numbers of at least four years are one event. Raises `UnknownNameError`,
    `AmbiguousNameError`, and `ParameterError` for a filter of whole paths.

    >>> from diaspora_graph import load_dataset
    >>> found = timeline(load_dataset(), "otandastar-foundation")
    >>> found.events[0].text["en"]
    'Otandastar Foundation: ...'
    """
    scope.of_claims("a timeline")
    id = resolve(data, name)
    dated: list[tuple[tuple[int, ...], Event]] = []
    bare: list[Event] = []
    for kind in CLAIMS:
        for key, event in _events(data, kind, id, scope):
            if key:
                dated.append((key, event))
            else:
                bare.append(event)
    dated.sort(key=lambda pair: (pair[0], pair[1].claims))
    return Timeline(id, tuple(event for _, event in dated), tuple(bare), scope.describe())


def _events(
    data: Dataset, kind: Kind, id: str, scope: Scope
) -> Iterator[tuple[tuple[int, ...], Event]]:
    """Yield the events of a kind with what orders them, nothing for those without a time."""
    said = passing(data, scope, kind) | passing(data, scope, kind, denials=True)
    kept = said & about_things(data, kind, [id])
    rows = np.flatnonzero(kept)
    days = moments(data, kind)[rows]
    ids = data.tables[kind]["id"].at(rows)
    keys = dict(zip(ids, zip(order(days), undated(days).tolist(), strict=True), strict=True))
    several: list[Series] = []
    if kind == "observation":
        several, rest = series_of(data.observation(each) for each in ids)
        ids = [each.id for each in rest]
    for each in ids:
        key, bare = keys[each]
        yield () if bare else key, _event(data, each)
    for one in several:
        yield keys[one.rows[0].id][0], _series(data, one)


def _event(data: Dataset, id: str) -> Event:
    found = evidence_of(data, id)
    claim, kind = data.claim(id), data.kind_of(id)
    time = claim.valid
    if kind == "observation":
        row = data.observation(id)
        time = row.value if data.schema.measures[row.measure].value_type == "date" else time
    return Event(
        time=time,
        kind=kind,
        text=found.text,
        source={language: credit(found, language) for language in LANGUAGES},
        not_after="" if time else found.not_after,
        ended=kind == "statement" and _has_ended(claim.valid, data.source(claim.source).date),
        denied=found.denied,
        disputed=found.status == "disputed" or bool(claim.conflict_group),
        claims=(id,),
    )


def _has_ended(valid: str, published: str) -> bool:
    """Return whether a time has an end, and its source is not older than that.

    >>> _has_ended("1997/2004", "2020"), _has_ended("2023/2027", "2022"), _has_ended("2004", "2020")
    (True, False, False)
    """
    if "/" not in valid:
        return False
    days = days_said(valid)
    if days.end_latest == EVER:
        return False
    reached = days_said(published).end_latest if published else EVER
    return days.end_earliest <= reached and days.end_latest != NEVER


def _series(data: Dataset, one: Series) -> Event:
    first, last = evidence_of(data, one.rows[0].id), one.rows[-1]
    values = sorted((each.value for each in one.rows), key=float)
    low, high = grouped(values[0]), grouped(values[-1])
    text = {
        language: say(
            "series", language, name=observed(data, one.rows[0], language), number=len(one.rows),
            low=low, high=high,
        )
        for language in LANGUAGES
    }  # fmt: skip
    return Event(
        time=f"{one.rows[0].valid}/{last.valid}",
        kind="observation",
        text=text,
        source={language: credit(first, language) for language in LANGUAGES},
        denied=first.denied,
        disputed=any(each.status or each.conflict_group for each in one.rows),
        claims=tuple(each.id for each in one.rows),
    )

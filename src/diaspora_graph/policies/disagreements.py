"""Disagreements: claims that cannot all be so, in groups, each group with its reasons.

Three reasons put claims into one group: the curators entered them in one conflict group; they give
values of one thing for one time that exclude each other; or one affirms what the other denies.
Groups that share a claim are one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_term
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind, Observation
from diaspora_graph.dates import DateError, days_said, parse_validity
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.measures.reconcile import (
    checked_policy,
    figures_of,
    number,
    reconciled,
)
from diaspora_graph.measures.series import same_thing
from diaspora_graph.policies.disagreement import REASONS, Disagreement, Disagreements, Reason


def disagreements(
    data: Dataset,
    *,
    measure: str = "",
    subject: str = "",
    policy: str = "all",
    scope: Scope = EVERYTHING,
) -> Disagreements:
    """Return the claims that disagree, in groups.

    ``measure`` and ``subject`` (names, labels or aliases) keep the groups with such a claim.
    Values disagree if they are of one subject, measure, category, partner, unit, base and
    definition, for the same stated time, and no number or date fits all of them: "over 5 million"
    and 6 million fit. Observed dates are of one time always. A denial disagrees with an affirmation
    unless their times or topics are apart. ``policy`` says what to make of the numbers of a group
    (`reconciled`). Raises `UnknownNameError`, `AmbiguousNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> found = disagreements(load_dataset(), measure="diaspora_size")
    >>> "size-of-armenian-diaspora" in [each.group for each in found.rows]
    True
    """
    scope.of_claims("a search for disagreements")
    policy = checked_policy(data, policy)
    asked = resolve_term(data.schema, "measure", measure) if measure else ""
    thing = resolve(data, subject) if subject else ""
    claims = {kind: _Said(data, kind, scope) for kind in CLAIMS}
    values, undated = _different_values(claims["observation"])
    found = _joined(
        [
            *(("in conflict", group) for group in _conflicts(claims.values())),
            *(("different values", group) for group in values),
            *(("affirmed and denied", group) for group in _denials(claims["statement"])),
            *(("affirmed and denied", group) for group in _denials(claims["observation"])),
        ]
    )
    rows = [_row(data, reasons, ids, policy) for reasons, ids in found]
    kept = (row for row in rows if _asked(data, row, asked, thing))
    ordered = tuple(sorted(kept, key=lambda row: row.group))
    open_ = sum(
        (not asked or row.measure == asked) and (not thing or row.subject == thing)
        for row in undated
    )
    return Disagreements(ordered, policy, open_, scope.describe(), data)


class _Said:
    """The claims of one kind that pass a scope, affirmed or denied."""

    def __init__(self, data: Dataset, kind: Kind, scope: Scope) -> None:
        self.data, self.kind = data, kind
        self.denied = passing(data, scope, kind, denials=True)
        self.rows = np.flatnonzero(passing(data, scope, kind) | self.denied).tolist()
        self.table = data.tables[kind]

    def id(self, row: int) -> str:
        return self.table["id"][row]

    def grouped(self, key: Callable[[int], object]) -> Iterator[list[int]]:
        found: dict[object, list[int]] = {}
        for row in self.rows:
            found.setdefault(key(row), []).append(row)
        return (group for group in found.values() if len(group) > 1)


def _conflicts(claims: Iterable[_Said]) -> Iterator[list[str]]:
    groups: dict[str, list[str]] = {}
    for said in claims:
        for row in said.rows:
            if name := said.table["conflict_group"][row]:
                groups.setdefault(name, []).append(said.id(row))
    return (group for group in groups.values() if len(group) > 1)


def _different_values(said: _Said) -> tuple[list[list[str]], list[Observation]]:
    """Return the groups of values that exclude each other, and things whose time is open."""
    measures = said.data.schema.measures
    found, undated = [], []
    affirmed = {
        row: said.data.observation(said.id(row)) for row in said.rows if not said.denied[row]
    }

    def same(row: int) -> object:
        if row not in affirmed:
            return row  # a denial is no value
        is_date = measures[affirmed[row].measure].value_type == "date"
        return (*same_thing(affirmed[row]), "" if is_date else affirmed[row].valid)

    for group in said.grouped(same):
        rows = [affirmed[row] for row in group]
        if not _exclude(rows):
            continue
        if rows[0].valid or measures[rows[0].measure].value_type == "date":
            found.append([row.id for row in rows])
        else:
            undated.append(rows[0])
    return found, undated


def _exclude(rows: Sequence[Observation]) -> bool:
    """Return whether no number, date or word fits all values."""
    spans = [_span(row) for row in rows]
    if any(span is None for span in spans):
        return len({row.value for row in rows}) > 1
    known = [span for span in spans if span is not None]
    return max(low for low, _ in known) > min(high for _, high in known)


def _span(row: Observation) -> tuple[float, float] | None:
    """Return the smallest and the largest number, or day, that a value may mean."""
    low = number(row.value) if row.unit != "date" else None
    if low is None:
        return _days(row.value) if row.unit == "date" else None
    high = number(row.value_high) if row.value_high else None
    first, last = float(low), float(low if high is None else high)
    if row.bound in {"over", "at_least"}:
        return first, float("inf")
    if row.bound in {"under", "up_to"}:
        return float("-inf"), last
    return first, last


def _days(text: str) -> tuple[float, float] | None:
    try:
        days = parse_validity(text)
    except DateError:
        return None
    return days.begin_earliest, days.end_latest


def _denials(said: _Said) -> Iterator[list[str]]:
    """Yield what is affirmed and denied at once."""
    if not said.denied.any():
        return
    relations = said.data.relations.of_statement if said.kind == "statement" else None

    def same(row: int) -> object:
        if relations is not None:
            return int(relations[row])
        record = said.data.observation(said.id(row))
        return (*same_thing(record)[:-1], record.value)

    for group in said.grouped(same):
        against = [row for row in group if said.denied[row]]
        pairs = [
            (row, other)
            for row in group
            if not said.denied[row]
            for other in against
            if _meet(said, row, other)
        ]
        if pairs:
            yield [said.id(row) for row in sorted({row for pair in pairs for row in pair})]


def _meet(said: _Said, row: int, other: int) -> bool:
    """Return whether two claims may be of the same time and topic."""
    one, two = (days_said(said.table["valid"][each]) for each in (row, other))
    if one.begin_earliest > two.end_latest or two.begin_earliest > one.end_latest:
        return False
    if said.kind != "statement":
        return True
    mine, yours = (set(said.table["about"][each].split(SEPARATOR)) - {""} for each in (row, other))
    return not mine or not yours or not mine.isdisjoint(yours)


def _joined(groups: Iterable[tuple[Reason, list[str]]]) -> list[tuple[list[Reason], list[str]]]:
    """Return groups that share no claim: those that do are put together."""
    place: dict[str, int] = {}
    found: dict[int, tuple[list[Reason], list[str]]] = {}
    for at, (reason, ids) in enumerate(groups):
        touched = sorted({place[id] for id in ids if id in place})
        reasons, members = found.pop(touched[0]) if touched else ([], [])
        for other in touched[1:]:
            more, others = found.pop(other)
            reasons, members = [*reasons, *more], [*members, *others]
        members = list(dict.fromkeys([*members, *ids]))
        found[at] = list(dict.fromkeys([*reasons, reason])), members
        place.update(dict.fromkeys(members, at))
    return list(found.values())


def _row(data: Dataset, reasons: list[Reason], ids: list[str], policy: str) -> Disagreement:
    names = [data.claim(id).conflict_group for id in ids]
    group = next(filter(None, names), min(ids))
    members = tuple(sorted(ids, key=lambda id: (CLAIMS.index(data.kind_of(id)), id)))
    things: dict[tuple[str, ...], list[Observation]] = {}
    for id in members:
        claim = data.claim(id)
        if isinstance(claim, Observation) and not _denies(data, claim):
            things.setdefault(same_thing(claim), []).append(claim)
    numbers = tuple(
        reconciled(figures_of(data, rows), policy) for rows in things.values() if len(rows) > 1
    )
    return Disagreement(group, tuple(sorted(reasons, key=REASONS.index)), members, numbers)


def _denies(data: Dataset, claim: Observation) -> bool:
    return claim.polarity not in {"", data.schema.default("polarity")}


def _asked(data: Dataset, row: Disagreement, measure: str, subject: str) -> bool:
    claims = [data.claim(id) for id in row.claims]
    return any(
        (not measure or (isinstance(each, Observation) and each.measure == measure))
        and (not subject or each.subject == subject)
        for each in claims
    )

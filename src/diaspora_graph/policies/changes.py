"""Change: what appeared, ended or changed between two times, and what is unknown.

A relation holds at a time if one of its statements does: yes, unknown or no, as in ``format.md``.
From both answers follows the change, and it is sure only where both are. A statement without a
time may hold at any; relations that have no other are counted and never listed. Values (numbers,
levels, codings) change: they are compared where sources give one at both times. That a source
gives none at the second time does not say that anything ended. A number is one of a time if its
own time lies within it: a total since 1991 is no number of 2007.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Mask, Rows
from diaspora_graph.dataset.dataset import Dataset, Days
from diaspora_graph.dataset.names import resolve_all
from diaspora_graph.dataset.records import CLAIMS, Kind, Observation
from diaspora_graph.dates import iso_date
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.moments import (
    MAYBE,
    NO,
    TRUTHS,
    YES,
    Window,
    holding,
    is_date,
    moments,
    order,
    undated,
)
from diaspora_graph.filters.scope import EVERYTHING, Scope, as_window
from diaspora_graph.measures.series import same_thing
from diaspora_graph.policies.change import HOW, Changes, Difference, How, Unlisted
from diaspora_graph.policies.history import about_things
from diaspora_graph.wording.sentences import usual_status

_OPEN = frozenset({"not_found", "contested"})
"""Codings that leave the answer open."""

_ACTS: dict[How, How] = {"appeared": "act at second", "ended": "act at first"}

_STEPS: dict[tuple[int, int], How] = {
    (NO, YES): "appeared",
    (YES, NO): "ended",
    (NO, MAYBE): "maybe appeared",
    (MAYBE, YES): "maybe appeared",
    (YES, MAYBE): "maybe ended",
    (MAYBE, NO): "maybe ended",
}


def changes(
    data: Dataset,
    first: str | int,
    second: str | int,
    *,
    things: Iterable[str] = (),
    scope: Scope = EVERYTHING,
) -> Changes:
    """Return what appeared, ended or changed between two times, and what may have.

    The times are days, months, years or spans such as ``2008/2010``; the first ends before the
    second begins. ``things`` are ids, labels or aliases: then only claims that have one of them as
    subject, object, partner, topic or means, and of a state the acts of its organs
    (`policy_history`). Founding and other observed dates count on that date;
    other observations and codings are compared where a value is given at both times.

    Raises `ParameterError` for times that are wrong or not in order and for filters of time or of
    paths, `UnknownNameError` and `AmbiguousNameError`.

    >>> from diaspora_graph import load_dataset
    >>> found = changes(load_dataset(), 2000, 2019, things=["Armenia"])
    >>> {row.how for row in found.rows} <= set(HOW)
    True
    """
    scope.of_claims("a comparison of two times")
    if scope.as_of or scope.certain_time:
        raise ParameterError(
            "a comparison of two times has its own times: leave out the filter 'as_of'"
        )
    windows = as_window(str(first)), as_window(str(second))
    if windows[0][1] >= windows[1][0]:
        raise ParameterError(
            f"{first} does not end before {second} begins"
            f" ({iso_date(windows[0][1])}, {iso_date(windows[1][0])}): give the earlier time first"
        )
    ids = tuple(resolve_all(data, things, "things"))
    compared = [_Compared(data, kind, windows, ids, scope) for kind in CLAIMS]
    rows = sorted((found for each in compared for found in each.rows()), key=lambda found: found[0])
    return Changes(
        str(first), str(second), ids, tuple(row for _, row in rows),
        tuple(each.unlisted() for each in compared), scope.describe(),
    )  # fmt: skip


Truths = npt.NDArray[np.int8]
AnyRows = npt.NDArray[np.integer]
_Placed = tuple[tuple[object, ...], Difference]
"""What orders a row, and the row."""


class _Compared:
    """The claims of one kind at two times."""

    def __init__(
        self,
        data: Dataset,
        kind: Kind,
        windows: tuple[Window, Window],
        things: Sequence[str],
        scope: Scope,
    ) -> None:
        self.data, self.kind, self.windows = data, kind, windows
        self.days: Days = moments(data, kind)
        about = about_things(data, kind, things)
        self.kept = passing(data, scope, kind) & about
        self.denied = passing(data, scope, kind, denials=True) & about
        self.holds = tuple(self._holding(window) for window in windows)
        self.undated = undated(self.days)
        self.usual = {"", usual_status(data.schema, kind)}
        self.counts = {"same": 0, "unknown": 0, "undated": 0}

    def unlisted(self) -> Unlisted:
        return Unlisted(self.kind, **self.counts)

    def _holding(self, window: Window) -> Truths:
        """Return whether each claim holds at a time; a number of a longer time does not."""
        found = holding(self.days, window)
        if self.kind == "observation":
            measures, cells = self.data.schema.measures, self.data.tables[self.kind]["measure"]
            numbers = cells.where(lambda name: measures[name].value_type == "number")[cells.codes]
            longer = (self.days[:, 1] < window[0]) | (self.days[:, 2] > window[1])
            found[numbers & longer & ~undated(self.days)] = NO
        return found

    def _acts(self, rows: AnyRows) -> bool:
        """Return whether all claims that have a time have a date without duration."""
        cells = self.data.tables[self.kind]["valid"]
        return not any("/" in cells[row] for row in rows.tolist())

    def rows(self) -> Iterator[_Placed]:
        events = self.kept & is_date(self.data, self.kind)
        if self.kind == "statement":
            yield from self._relations()
        else:
            yield from self._dates(events)
            yield from self._values(self.kept & ~events)

    def _relations(self) -> Iterator[_Placed]:
        relations = self.data.relations
        rows = relations.statements[self.kept[relations.statements]]
        numbers = relations.of_statement[rows]
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        truths = (
            [np.maximum.reduceat(each[rows], starts) for each in self.holds] if len(rows) else []
        )
        if not truths:
            return
        nowhere = np.logical_and.reduceat(self.undated[rows], starts)
        between = np.logical_or.reduceat(self._between()[rows], starts)
        self._count(truths[0], truths[1], nowhere)
        ends = np.append(starts[1:], len(rows))
        alike = (truths[0] == truths[1]) & ~between
        for place in np.flatnonzero(~alike).tolist():
            own = rows[starts[place] : ends[place]]
            both = int(truths[0][place]), int(truths[1][place])
            if how := self._how(own, both, between=bool(between[place])):
                relation = int(numbers[starts[place]])
                everything = relations.rows(relation)
                object_ = self.data.id_list[relations.object[relation]]
                denials = self._ids(everything[self.denied[everything]])
                yield self._row(how, own, both, object_, denials=denials)

    def _between(self) -> Mask:
        """Return which claims hold only between the two times, and certainly."""
        (_, last), (first, _) = self.windows
        return np.asarray((self.days[:, 0] > last) & (self.days[:, 3] < first), np.bool_)

    def _how(self, rows: AnyRows, truths: tuple[int, int], *, between: bool) -> How | None:
        if truths == (NO, NO):
            return "between" if between else None
        how = _STEPS.get(truths)
        return _ACTS.get(how, how) if how and self._acts(rows) else how

    def _count(self, first: Truths, second: Truths, nowhere: Mask) -> None:
        self.counts["undated"] += int(nowhere.sum())
        self.counts["same"] += int(((first == YES) & (second == YES) & ~nowhere).sum())
        self.counts["unknown"] += int(((first == MAYBE) & (second == MAYBE) & ~nowhere).sum())

    def _dates(self, events: Mask) -> Iterator[_Placed]:
        """Yield observed dates: a day on which something was founded, approved, ended."""
        between = self._between()
        for own in self._groups(np.flatnonzero(events), value=True):
            truths = self._truths(own)
            first, second = np.array(truths, np.int8)[:, None]
            self._count(first, second, self.undated[own[:1]])
            how = self._how(own, truths, between=bool(between[own].any()))
            if how:
                values = tuple(dict.fromkeys(self._value(row) for row in own))
                yield self._row(how, own, truths, after=values)

    def _values(self, kept: Mask) -> Iterator[_Placed]:
        """Yield values that differ at the two times, or may."""
        self.counts["undated"] += int((kept & self.undated).sum())
        for own in self._groups(np.flatnonzero(kept & ~self.undated), value=False):
            there = [own[each[own] > NO] for each in self.holds]
            if not any(len(rows) for rows in there):
                continue
            sure = [{self._value(r) for r in own[each[own] == YES]} for each in self.holds]
            given = [{self._value(r) for r in rows} for rows in there]
            certain = [
                bool(s) and s == g and self._closed(g) for s, g in zip(sure, given, strict=True)
            ]
            if not all(given) or any(g <= _OPEN for g in given if self.kind == "coding"):
                self.counts["unknown"] += 1
            elif given[0] == given[1]:
                self.counts["same" if all(certain) else "unknown"] += 1
            else:
                how: How = "maybe changed"
                if all(certain) and given[0].isdisjoint(given[1]):
                    how = "changed"
                rows = np.union1d(*there)
                before, after = (self._ordered(each) for each in there)
                yield self._row(how, rows, self._truths(own), before=before, after=after)

    def _closed(self, values: set[str]) -> bool:
        """Return whether values leave nothing open."""
        return self.kind != "coding" or values.isdisjoint(_OPEN)

    def _groups(self, rows: Rows, *, value: bool) -> Iterator[Rows]:
        """Yield the rows about one thing; with ``value`` those that give the same value of it."""
        table = self.data.tables[self.kind]
        found: dict[tuple[str, ...], list[int]] = {}
        for row in rows.tolist():
            record = table.record(row)
            key: tuple[str, ...] = (table["subject"][row], table[_TERM[self.kind]][row])
            if isinstance(record, Observation):
                key = same_thing(record)
            found.setdefault((*key, self._value(row)) if value else key, []).append(row)
        return (np.array(group, np.int64) for group in found.values())

    def _truths(self, rows: Rows) -> tuple[int, int]:
        return int(self.holds[0][rows].max()), int(self.holds[1][rows].max())

    def _value(self, row: int) -> str:
        table = self.data.tables[self.kind]
        if self.kind == "coding":
            return table["value"][row]
        high = table["value_high"][row]
        return table["value"][row] + (f"–{high}" if high else "")

    def _ordered(self, rows: Rows) -> tuple[str, ...]:
        return tuple(sorted({self._value(row) for row in rows.tolist()}))

    def _ids(self, rows: AnyRows) -> tuple[str, ...]:
        return tuple(map(self.data.tables[self.kind]["id"].__getitem__, rows.tolist()))

    def _row(
        self,
        how: How,
        rows: AnyRows,
        truths: tuple[int, int],
        object: str = "",
        *,
        before: tuple[str, ...] = (),
        after: tuple[str, ...] = (),
        denials: tuple[str, ...] = (),
    ) -> _Placed:
        table = self.data.tables[self.kind]
        keys = order(self.days[rows])
        placed = [row for _, row in sorted(zip(keys, rows.tolist(), strict=True))]
        row = Difference(
            how=how,
            kind=self.kind,
            subject=table["subject"][placed[0]],
            term=table[_TERM[self.kind]][placed[0]],
            object=object,
            first=TRUTHS[truths[0]],
            second=TRUTHS[truths[1]],
            before=before,
            after=after,
            times=tuple(dict.fromkeys(filter(None, (table["valid"][each] for each in placed)))),
            disputed=any(
                table["status"][each] not in self.usual or table["conflict_group"][each]
                for each in placed
            ),
            denials=denials,
            claims=self._ids(np.array(placed)),
        )
        return (HOW.index(how), min(keys), row.subject, row.term, row.object, row.claims), row


_TERM: dict[Kind, str] = {"statement": "predicate", "observation": "measure", "coding": "item"}

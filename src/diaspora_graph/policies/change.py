"""What a comparison of two times gives: changes, and the counts of what they do not list."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, get_args

from diaspora_graph.dataset.records import Kind
from diaspora_graph.filters.time import Truth

if TYPE_CHECKING:
    import pandas as pd

How = Literal[
    "appeared",
    "ended",
    "changed",
    "between",
    "act at first",
    "act at second",
    "maybe appeared",
    "maybe ended",
    "maybe changed",
]
HOW: tuple[How, ...] = get_args(How)
"""The kinds of change, in the order of a list.

``between`` held only between the two times. An act has a date and no duration: it neither appears
nor ends.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A relation or a value that is not the same at two times, or may not be.

    ``how`` is the change; ``first`` and ``second`` say whether it holds at each time. ``term`` is
    the relation, the measure or the item, ``object`` the other end of a relation; of values
    ``before`` and ``after`` are all that sources give at each time. ``times`` are as entered.
    ``disputed``: a claim is disputed or in a conflict; ``denials`` deny the relation. ``claims``
    are what the row rests on.

    >>> from diaspora_graph import changes, load_dataset
    >>> row = changes(load_dataset(), 2007, 2019, things=["otandastar-foundation"]).rows[0]
    >>> row.how, row.first, row.second
    ('appeared', 'no', 'yes')
    """

    how: How
    kind: Kind
    subject: str
    term: str
    object: str = ""
    first: Truth
    second: Truth
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    disputed: bool = False
    denials: tuple[str, ...] = ()
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """How many relations or values of a kind no row of a comparison of two times lists.

    ``same``: at both times, and the same. ``unknown``: dated, but not known at one of the times or
    at both. ``undated``: no source gives a time, so that nothing is known of either.

    >>> from diaspora_graph import changes, load_dataset
    >>> [each.kind for each in changes(load_dataset(), 2007, 2019).unlisted]
    ['statement', 'observation', 'coding']
    """

    kind: Kind
    same: int
    unknown: int
    undated: int


@dataclass(frozen=True, slots=True, repr=False)
class Changes:
    """What changed between two times: rows, and the counts of what they do not list.

    ``first`` and ``second`` are the times as asked for, ``things`` the ids of the entities that the
    rows are about, all if there are none; ``filters`` are the filters in words.

    >>> from diaspora_graph import changes, load_dataset
    >>> changes(load_dataset(), 2007, 2019, things=["Armenia"])
    Changes(2007 to 2019, armenia: ... rows)
    """

    first: str
    second: str
    things: tuple[str, ...]
    rows: tuple[Difference, ...]
    unlisted: tuple[Unlisted, ...]
    filters: str = ""

    def __repr__(self) -> str:
        about = f", {', '.join(self.things)}" if self.things else ""
        return f"Changes({self.first} to {self.second}{about}: {len(self.rows)} rows)"

    def claims(self) -> tuple[str, ...]:
        """Return every claim that the rows rest on, once, sorted."""
        return tuple(sorted({id for row in self.rows for id in (*row.claims, *row.denials)}))

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a table; several values in a cell are separated by ``|``.

        ``attrs`` holds the filters in words, and as ``unlisted`` a dict a kind of the counts.
        """
        import pandas as pd

        names = [each.name for each in fields(Difference)]
        found = pd.DataFrame([cells(row) for row in self.rows], columns=names)
        found.attrs["filters"] = self.filters
        found.attrs["unlisted"] = {
            each.kind: {"same": each.same, "unknown": each.unknown, "undated": each.undated}
            for each in self.unlisted
        }
        return found


def cells(row: Difference) -> tuple[str | bool, ...]:
    """Return a row as cells, in the order of the fields of `Difference`."""
    values = (getattr(row, each.name) for each in fields(Difference))
    return tuple("|".join(value) if isinstance(value, tuple) else value for value in values)

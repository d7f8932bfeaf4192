"""Questions and answers as values: the parameters of a question, the rows of an answer.

A question is a name, parameters, columns and a Python function on a dataset; its twin in SPARQL or
Cypher has the same name in `queries`. An answer knows its question, its data and the statements
that it rests on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diaspora_graph.dates import iso_date

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | bool
"""What an answer may hold: ids and texts as entered, whole numbers, yes or no. Never a float."""

Row = tuple[Cell, ...]
Engine = Literal["memory", "cypher", "sparql"]
What = Literal[
    "thing", "entity", "source", "predicate", "measure", "item", "coder", "source_class", "window",
    "confidence",
]  # fmt: skip

BASIS = "statements"
"""The last column of every answer: the ids of the claims that a row rests on, joined by ``|``."""

SEPARATOR = "|"

DAYS = frozenset({"begins_earliest", "begins_latest", "ends_earliest", "ends_latest"})
"""Columns that hold days as whole numbers."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question: ``what`` kind of name it takes.

    ``thing`` is the id of an entity or a source, ``predicate``, ``measure`` and ``item`` are names
    of the ontology, ``coder`` is a name in codings, ``window`` is an EDTF date or interval,
    ``confidence`` and ``source_class`` are words. An optional one may be left empty: then it does
    not filter. ``other_than`` is a parameter that must name another thing or an earlier time.
    """

    what: What
    meaning: str
    optional: bool = False
    other_than: str = ""

    def bound_names(self, name: str) -> tuple[str, ...]:
        """Return the names that an engine binds for a parameter of this name.

        A window is bound as two days: ``first`` and ``last`` where it is called ``during``, else
        with its name before them.

        >>> Parameter("window", "a time").bound_names("after")
        ('after_first', 'after_last')
        """
        if self.what == "window":
            before = "" if name == "during" else f"{name}_"
            return f"{before}first", f"{before}last"
        return ("least",) if self.what == "confidence" else (name,)


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A named query; ``text`` is its one sentence, ``columns`` the names of its answer's cells.

    ``python`` takes a dataset and the parameters (a window as ``first`` and ``last``, in days) and
    gives the rows in their order.

    >>> from diaspora_graph import question
    >>> question("points_of").columns
    ('policy', 'predicate', 'point', 'denied', 'statements')
    """

    name: str
    text: str
    parameters: Mapping[str, Parameter]
    columns: tuple[str, ...]
    python: Callable[..., Iterable[Row]]

    def bound_names(self) -> tuple[str, ...]:
        """Return the names that an engine binds: a window becomes its first and its last day.

        >>> window = Parameter("window", "a time")
        >>> question(columns="statements", during=window)(print).bound_names()
        ('first', 'last')
        """
        names: list[str] = []
        for name, parameter in self.parameters.items():
            names += parameter.bound_names(name)
        return tuple(names)


def question(
    *, columns: str, **parameters: Parameter
) -> Callable[[Callable[..., Iterable[Row]]], Question]:
    """Make a question from a function; the first line of its docstring is the question's text.

    ``columns`` are names separated by blanks; the last is always ``statements``.

    >>> @question(columns="actor statements", policy=Parameter("thing", "the policy"))
    ... def who_shapes(data, policy):
    ...     '''Who shapes a policy?'''
    ...     return [("anca", "s1|s2")]
    >>> who_shapes.name, who_shapes.text
    ('who_shapes', 'Who shapes a policy?')
    """
    names = tuple(columns.split())
    if names[-1] != BASIS:
        raise ValueError(f"the last column of a question is {BASIS!r}, not {names[-1]!r}")

    def make(function: Callable[..., Iterable[Row]]) -> Question:
        text = (function.__doc__ or "").strip().partition("\n")[0]
        return Question(function.__name__, text, parameters, names, function)

    return make


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The rows that answer a question, with the engine and the data that gave them.

    ``version`` is the name and version of every dataset that was open, ``digest`` the SHA-256 of
    their rows in canonical form.

    >>> from diaspora_graph import open_graph, question
    >>> open_graph().answer(question("who_acts_on"), thing="US policy toward Armenia")
    Answer(who_acts_on: ... rows, memory)
    """

    question: Question
    parameters: Mapping[str, Cell]
    rows: tuple[Row, ...]
    engine: Engine
    version: str
    digest: str

    def __repr__(self) -> str:
        return f"Answer({self.question.name}: {len(self.rows)} rows, {self.engine})"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the cells of each row."""
        return self.question.columns

    def statements(self) -> tuple[str, ...]:
        """Return the ids of all claims that the answer rests on, once, sorted."""
        found = {id for row in self.rows for id in str(row[-1]).split(SEPARATOR)}
        return tuple(sorted(found - {""}))

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas table, one column for each name; days are ISO dates."""
        import pandas as pd

        rows = readable(self.columns, self.rows)
        cells: Any = list(zip(*rows, strict=True)) or [()] * len(self.columns)
        return pd.DataFrame(dict(zip(self.columns, cells, strict=True)))

    def _repr_html_(self) -> str:
        return str(self.to_pandas().to_html())


def readable(columns: Sequence[str], rows: Iterable[Row]) -> list[Row]:
    """Return rows with ISO dates for days; a day that is open or unknown is an empty cell.

    >>> readable(("claim", "begins_earliest"), [("st1", 0), ("st2", -999_999_999)])
    [('st1', '1970-01-01'), ('st2', '')]
    """
    days = [name in DAYS for name in columns]
    if not any(days):
        return list(rows)
    return [
        tuple(
            iso_date(int(cell)) if is_day else cell for cell, is_day in zip(row, days, strict=True)
        )
        for row in rows
    ]


def basis(claims: Iterable[str]) -> str:
    """Return ids of claims as the last cell of a row: each once, sorted, joined by ``|``.

    >>> basis(["s2", "s1", "s2", ""])
    's1|s2'
    """
    return SEPARATOR.join(sorted(set(claims) - {""}))

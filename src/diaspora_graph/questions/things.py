"""Questions on one entity or source: its row, and the claims about it."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.answers import Parameter, Row, question
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import columns
from diaspora_graph.questions.claims import TERM, Claims, naming, rows

_THING = Parameter("thing", "the id of an entity or a source")
_DURING = Parameter("window", "a day, a month, a year or a span such as 2008/2010", optional=True)


@question(columns="field value value_high bound unit valid denied status statements", thing=_THING)
def entity(data: Dataset, thing: str) -> list[Row]:
    """What is recorded of an entity or a source?

    The filled cells of its row and its aliases rest on no claim; observations and codings of it
    follow their measure or item. By field, then claim, then value.
    """
    unclaimed = (("", row) for row in (*_own_cells(data, thing), *_aliases(data, thing)))
    found = [*unclaimed, *_claimed(data, thing)]
    return [row for _, row in sorted(found, key=lambda each: (each[1][0], each[0], each[1][1]))]


def _own_cells(data: Dataset, thing: str) -> Iterator[Row]:
    kind = data.kind_of(thing)
    record = data.record(thing)
    for field in columns(kind):
        text = getattr(record, field.name)
        if text and field.name != "id":
            yield (field.name, text, "", "", "", "", False, "", "")


def _aliases(data: Dataset, thing: str) -> Iterator[Row]:
    aliases = data.tables["alias"]["alias"]
    for row in rows(naming(data, "alias", "entity", thing)):
        yield ("alias", aliases[row], "", "", "", "", False, "", "")


def _claimed(data: Dataset, thing: str) -> Iterator[tuple[str, Row]]:
    for kind in ("observation", "coding"):
        claims = Claims(data, kind)
        for row in rows(naming(data, kind, "subject", thing)):
            values = claims.texts(row, f"{TERM[kind]} value value_high bound unit valid")
            doubts = (claims.is_denied(row), claims.text(row, "status"))
            yield claims.text(row, "id"), (*values, *doubts, claims.basis(row))


@question(
    columns="statement role subject predicate object denied holds valid status confidence source"
    " statements",
    thing=_THING,
    during=_DURING,
)
def statements_of(data: Dataset, thing: str, first: int, last: int) -> Iterator[Row]:
    """Which statements, affirmed or denied, have a thing as their subject or object?

    Those that do not hold in the time asked for are left out; `holds` is yes or unknown. By id.
    """
    claims = Claims(data, "statement")
    holding = claims.holding(first, last)
    as_subject = naming(data, "statement", "subject", thing)
    for row in rows(as_subject | naming(data, "statement", "object", thing)):
        if row in holding:
            role = "subject" if as_subject[row] else "object"
            ends = claims.texts(row, "subject predicate object")
            doubts = (claims.is_denied(row), holding[row], claims.text(row, "valid"))
            rest = (claims.text(row, "status"), *claims.texts(row, "confidence source"))
            yield (claims.text(row, "id"), role, *ends, *doubts, *rest, claims.basis(row))

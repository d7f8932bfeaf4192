"""Questions on observations and codings: numbers and levels over time, policies item by item."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.answers import Parameter, Row, question
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.questions.claims import Claims, naming, rows

_SAID = "subject measure category value value_high bound unit base partner definition obs_status"
_ITEM = Parameter("item", "the name of an item of comparison of the ontology", optional=True)


@question(
    columns=f"observation {_SAID} denied status holds valid begins_earliest ends_latest source"
    " statements",
    subject=Parameter("thing", "the id of what was observed", optional=True),
    measure=Parameter("measure", "the name of a measure of the ontology", optional=True),
    during=Parameter("window", "a day, a month, a year or a span such as 2008/2010", optional=True),
)
def observations_of(
    data: Dataset, subject: str, measure: str, first: int, last: int
) -> Iterator[Row]:
    """What was observed of a subject or of all, by one measure or by all, over time?

    Those that do not hold in the time asked for are left out; `holds` is yes or unknown. Days count
    from 1970-01-01, beyond ±900,000,000 they are open. By id.
    """
    claims = Claims(data, "observation")
    days, validity = data.bounds("observation"), claims.table["valid"].codes
    holding = claims.holding(first, last)
    asked = naming(data, "observation", "subject", subject)
    for row in rows(asked & naming(data, "observation", "measure", measure)):
        if row not in holding:
            continue
        begins, _, _, ends = (int(day) for day in days[validity[row]])
        values = claims.texts(row, _SAID)
        doubts = (claims.is_denied(row), claims.text(row, "status"), holding[row])
        rest = (claims.text(row, "valid"), begins, ends, claims.text(row, "source"))
        yield (claims.text(row, "id"), *values, *doubts, *rest, claims.basis(row))


@question(
    columns="coding subject item value coder denied status valid source statements",
    subject=Parameter("entity", "the id of a state, or of a diaspora in a state", optional=True),
    item=_ITEM,
)
def codings_of(data: Dataset, subject: str, item: str) -> Iterator[Row]:
    """How are policies coded, of one subject or of all, on one item or on all?

    The claims that a coding rests on follow its own id. By id.
    """
    claims = Claims(data, "coding")
    asked = naming(data, "coding", "subject", subject) & naming(data, "coding", "item", item)
    for row in rows(asked):
        values = claims.texts(row, "id subject item value coder")
        doubts = (claims.is_denied(row), claims.text(row, "status"))
        yield (*values, *doubts, *claims.texts(row, "valid source"), claims.basis(row))

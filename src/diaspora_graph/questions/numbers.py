"""Questions on observations and codings: numbers and levels over time, policies item by item."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import standing
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.questions.claims import Claims, naming, rows

STATE = "State"
"""The class of the ontology that a question is about; a test holds it to it."""

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


@question(
    columns="coding subject item value status claim source locator statements",
    coder=Parameter("coder", "the name of a coder, as in the codings"),
    item=_ITEM,
)
def coded_by(data: Dataset, coder: str, item: str) -> list[Row]:
    """On which claims did a coder base the codings, of one item or of all?

    One row for each claim that a coding rests on, with the claim's source and its place there. By
    coding, then claim.
    """
    claims = Claims(data, "coding")
    asked = naming(data, "coding", "coder", coder) & naming(data, "coding", "item", item)
    found: list[Row] = []
    for row in rows(asked):
        said = claims.texts(row, "id subject item value status")
        for id in set(claims.text(row, "evidence").split(SEPARATOR)):
            place = data.claim(id)
            found.append((*said, id, place.source, place.locator, basis([said[0], id])))
    return sorted(found)


@question(
    columns="state observation subject category partner value value_high bound unit definition"
    " holds valid begins_earliest ends_latest source statements",
    measure=Parameter("measure", "the name of a measure of the ontology"),
    during=Parameter("window", "a day, a month, a year or a span such as 2008/2010", optional=True),
)
def measure_over_states(data: Dataset, measure: str, first: int, last: int) -> list[Row]:
    """How do states compare by one measure, over time?

    `state` is the subject if that is a state, else the partner, such as the state in which a
    diaspora lives; other observations are left out. Only affirmed ones that count. Those that do
    not hold in the time asked for are left out; `holds` is yes or unknown. By state, then
    observation.
    """
    claims = Claims(data, "observation")
    days, validity = data.bounds("observation"), claims.table["valid"].codes
    holding = claims.holding(first, last)
    states = np.array([data.schema.descends(name, [STATE]) for name in data.schema.types], np.bool_)
    asked = standing(data, "observation") & naming(data, "observation", "measure", measure)
    ends = {end: data.things("observation", end) for end in ("subject", "partner")}
    found: list[Row] = []
    for row in rows(asked):
        place = next((n for n in (ends["subject"][row], ends["partner"][row])
                      if n >= 0 and states[data.type[n]]), -1)  # fmt: skip
        if place < 0 or row not in holding:
            continue
        begins, _, _, stops = (int(day) for day in days[validity[row]])
        said = claims.texts(
            row, "id subject category partner value value_high bound unit definition"
        )
        when = (holding[row], claims.text(row, "valid"), begins, stops)
        found.append((data.id_list[place], *said, *when, claims.text(row, "source"), said[0]))
    return sorted(found, key=lambda row: row[:2])

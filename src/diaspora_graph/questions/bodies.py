"""Questions on bodies and people: offices, members, what came after, who is credited."""

from __future__ import annotations

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import counted, standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.questions.claims import Claims, in_role, naming, rows
from diaspora_graph.questions.inclusion import Inclusion

REPLACES = "replaces"
"""The relation of the ontology along which chains of successors run; a test holds it to it."""

_DURING = Parameter("window", "a day, a month, a year or a span such as 2008/2010", optional=True)


@question(
    columns="body person predicate holds valid begins_earliest ends_latest gist statements",
    thing=Parameter("thing", "the id of a body or a person; all without it", optional=True),
    during=_DURING,
)
def office_holders(data: Dataset, thing: str, first: int, last: int) -> list[Row]:
    """Who holds which office, and when?

    One row for each affirmed statement that counts; `gist` has the title of the office where the
    source gives it. Those that do not hold in the time asked for are left out; `holds` is yes or
    unknown. By body, person, relation.
    """
    claims = Claims(data, "statement")
    holding, days = claims.holding(first, last), data.bounds("statement")
    validity = claims.table["valid"].codes
    asked = in_role(data, "office") & _with(data, thing)
    found: list[Row] = []
    for row in rows(asked):
        if row in holding:
            begins, _, _, ends = (int(day) for day in days[validity[row]])
            named = claims.texts(row, "object subject predicate")
            when = (holding[row], claims.text(row, "valid"), begins, ends)
            found.append((*named, *when, claims.text(row, "gist"), claims.basis(row)))
    return sorted(found, key=lambda row: (*row[:3], row[-1]))


def _with(data: Dataset, thing: str) -> Mask:
    """Return which statements have a thing as their subject or object; all for no thing."""
    ends = [naming(data, "statement", column, thing) for column in ("subject", "object")]
    return ends[0] | ends[1]


@question(
    columns="member predicate holds valid statements",
    thing=Parameter("thing", "the id of a whole, such as an organisation"),
    during=_DURING,
)
def members_of(data: Dataset, thing: str, first: int, last: int) -> list[Row]:
    """Who or what is a member, a part or an organ of something?

    One row for each affirmed statement that counts, one step deep. Those that do not hold in the
    time asked for are left out; `holds` is yes or unknown. By member, then relation.
    """
    claims = Claims(data, "statement")
    holding = claims.holding(first, last)
    asked = in_role(data, "inclusion") & naming(data, "statement", "object", thing)
    return sorted(
        (
            (*claims.texts(row, "subject predicate"), holding[row], claims.text(row, "valid"),
             claims.basis(row))
            for row in rows(asked) if row in holding
        ),
        key=lambda row: (*row[:2], row[-1]),
    )  # fmt: skip


@question(
    columns="body predicate actor valid begins_earliest begins_latest statements",
    thing=Parameter("thing", "the id of what was ended or replaced; all without it", optional=True),
)
def succession_of(data: Dataset, thing: str) -> list[Row]:
    """What replaced or ended a body, a law or a programme, step by step, and when?

    The chain goes on with what replaced the successor. A row is an affirmed statement that counts:
    `actor` replaced or abolished `body` on a day from `begins_earliest` to `begins_latest`. By
    body, relation, actor.
    """
    claims = Claims(data, "statement")
    days, validity = data.bounds("statement"), claims.table["valid"].codes
    chain = Inclusion(data, standing(data, "statement"), REPLACES)
    after = {data.id_list[each] for each in chain.within(data.number(thing))} if thing else None
    found: list[Row] = []
    for row in rows(in_role(data, "ending")):
        body, predicate, actor, valid = claims.texts(row, "object predicate subject valid")
        if after is None or body in after:
            begins = (int(day) for day in days[validity[row]][:2])
            found.append((body, predicate, actor, valid, *begins, claims.basis(row)))
    return sorted(found, key=lambda row: (*row[:3], row[-1]))


@question(
    columns="credit actor outcome source cited objection objector statements",
    thing=Parameter("thing", "the id of an actor or an outcome; all without it", optional=True),
)
def credited_with(data: Dataset, thing: str) -> list[Row]:
    """Which laws and other outcomes is a lobby credited with, by whom, and who disputes it?

    One row for each statement that speaks against the credit, one with none where nothing does.
    Against it speak a denial of the same, and other statements of its conflict group; `objector` is
    the source. By credit, then objection.
    """
    claims = Claims(data, "statement")
    lasting = counted(data, "statement")
    found: list[Row] = []
    for row in rows(in_role(data, "credit") & _with(data, thing)):
        said = claims.texts(row, "id subject object source cited")
        for other in list(rows(_against(claims, row, lasting))) or [-1]:
            against = claims.texts(other, "id source") if other >= 0 else ("", "")
            found.append((*said, *against, basis([said[0], against[0]])))
    return sorted(found)


def _against(claims: Claims, row: int, lasting: Mask) -> Mask:
    """Return which statements deny an affirmed one or contradict it otherwise."""
    relation, group = claims.data.relations.of_statement, claims.table["conflict_group"]
    grouped = (group.codes == group.codes[row]) & bool(group[row])
    against: Mask = lasting & np.where(relation == relation[row], claims.denied, grouped)
    return against

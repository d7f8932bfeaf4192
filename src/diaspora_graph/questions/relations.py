"""Questions on relations: who stands in one to whom, what two things share, their origins."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.ontology.schema import BACKWARD, FORWARD
from diaspora_graph.questions.claims import Claims, naming, rows

_ONE = Parameter("thing", "the id of one thing")
_OTHER = Parameter("thing", "the id of the other thing", other_than="one")

Sides = dict[str, dict[str, list[str]]]
"""The neighbours of a thing: for each the relations to it, each with its statements."""


@question(
    columns="subject object about holds statements",
    predicate=Parameter("predicate", "the name of a relation of the ontology"),
    topic=Parameter("thing", "the id of what it is about", optional=True),
    during=Parameter("window", "a day, a month, a year or a span such as 2008/2010", optional=True),
)
def who_to_whom(data: Dataset, predicate: str, topic: str, first: int, last: int) -> list[Row]:
    """Who stands in one relation to whom, and about what: who lobbies whom, who funds whom?

    One row for each topic in `about`, one with none where no topic is stated. Only affirmed
    statements that count; `holds` is yes if one of them certainly holds in the time asked for, else
    unknown. By subject, object, topic.
    """
    claims = Claims(data, "statement")
    holding = claims.holding(first, last)
    asked = standing(data, "statement") & naming(data, "statement", "predicate", predicate)
    found: dict[tuple[str, str, str], list[int]] = {}
    for row in rows(asked):
        subject, object, about = claims.texts(row, "subject object about")
        for each in set(about.split(SEPARATOR)) if row in holding else ():
            if topic in {"", each}:
                found.setdefault((subject, object, each), []).append(row)
    return sorted((*key, _surest(holding[row] for row in each), _basis(claims, each))
                  for key, each in found.items())  # fmt: skip


def _surest(holds: Iterator[str]) -> str:
    return max(holds)  # "yes" comes after "unknown"


def _basis(claims: Claims, of: list[int]) -> str:
    return basis(claims.text(row, "id") for row in of)


@question(
    columns="neighbour relation other_relation statements",
    one=_ONE,
    other=_OTHER,
    predicate=Parameter("predicate", "the one relation to look at", optional=True),
)
def shared_neighbours(data: Dataset, one: str, other: str, predicate: str) -> list[Row]:
    """What do two things have in common, such as allies, rivals or issues?

    A row is a thing to which both stand in a relation: `relation` is that of the one,
    `other_relation` that of the other, marked `^` where the neighbour is the subject. Only affirmed
    statements that count. By neighbour and relations.
    """
    asked = standing(data, "statement") & naming(data, "statement", "predicate", predicate)
    sides = {thing: _sides(data, thing, asked, asked) for thing in (one, other)}
    return _shared(sides)


@question(columns="target relation other_relation statements", one=_ONE, other=_OTHER)
def shared_targets(data: Dataset, one: str, other: str) -> list[Row]:
    """On whom or what do two things both act, along relations by which influence flows?

    The relations are marked `^` where influence runs from object to subject. Only affirmed
    statements that count. By target and relations.
    """
    asked = standing(data, "statement")
    flows = np.array([term.flow for term in data.schema.predicates.values()])[data.predicate]
    along, against = asked & (flows & FORWARD > 0), asked & (flows & BACKWARD > 0)
    sides = {thing: _sides(data, thing, along, against) for thing in (one, other)}
    return _shared(sides)


def _sides(data: Dataset, thing: str, as_subject: Mask, as_object: Mask) -> Sides:
    """Return the neighbours of a thing by statements with it as their subject or object."""
    claims, number = Claims(data, "statement"), data.number(thing)
    found: Sides = {}
    for mark, end, mask, ends in (
        ("", "object", as_subject, data.subject),
        ("^", "subject", as_object, data.object),
    ):
        for row in rows(mask & (ends == number)):
            id, neighbour, verb = claims.texts(row, f"id {end} predicate")
            found.setdefault(neighbour, {}).setdefault(mark + verb, []).append(id)
    return found


def _shared(sides: dict[str, Sides]) -> list[Row]:
    """Return a row for each pair of relations to a neighbour of both."""
    one, other = sides.values()
    return sorted(
        (neighbour, relation, other_relation, basis([*ids, *other_ids]))
        for neighbour in (one.keys() & other.keys()) - sides.keys()
        for relation, ids in one[neighbour].items()
        for other_relation, other_ids in other[neighbour].items()
    )


@question(
    columns="subject predicate object origin statements",
    thing=Parameter("thing", "the id of a subject or object; all relations without it",
                    optional=True),
    origin=Parameter("thing", "the id of the origin, a source or an actor", optional=True),
)  # fmt: skip
def resting_on_one_origin(data: Dataset, thing: str, origin: str) -> list[Row]:
    """Which relations rest on a single origin?

    The origin of a statement is the first in its `cited`, else its source. Only affirmed statements
    that count: with another origin a relation is left out. By subject, relation, object.
    """
    claims = Claims(data, "statement")
    found: dict[tuple[str, ...], list[int]] = {}
    ends = [naming(data, "statement", column, thing) for column in ("subject", "object")]
    for row in rows(standing(data, "statement") & (ends[0] | ends[1])):
        found.setdefault(claims.texts(row, "subject predicate object"), []).append(row)
    result: list[Row] = []
    for key, each in found.items():
        origins = {_origin(claims, row) for row in each}
        if len(origins) == 1 and origin in {"", *origins}:
            result.append((*key, *origins, _basis(claims, each)))
    return sorted(result)


def _origin(claims: Claims, row: int) -> str:
    cited, source = claims.texts(row, "cited source")
    return cited.split(SEPARATOR)[0] or source

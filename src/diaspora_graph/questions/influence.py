"""Questions on influence: who acts on a thing, in one step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset import Dataset
from diaspora_graph.questions.claims import rows, standing
from diaspora_graph.schema import BACKWARD, FORWARD


@question(
    columns="actor predicate against statements",
    thing=Parameter("thing", "the id of what is acted on"),
)
def who_acts_on(data: Dataset, thing: str) -> list[Row]:
    """Who acts on a thing, along affirmed relations by which influence flows to it?

    `against` is true where influence runs from the object of the relation to its subject. Denied
    and withdrawn statements carry none. By actor, relation and direction.
    """
    return sorted({*_into(data, thing, against=False), *_into(data, thing, against=True)})


def _into(data: Dataset, thing: str, *, against: bool) -> Iterator[Row]:
    relations, number = data.relations, data.id_list.index(thing)
    near, far = relations.object, relations.subject
    if against:
        near, far = far, near
    carrying = BACKWARD if against else FORWARD
    terms = list(data.schema.predicates.values())
    flows = np.array([bool(term.flow & carrying) for term in terms])
    affirmed = standing(data, "statement")
    ids = data.tables["statement"]["id"]
    if not len(relations):
        return
    for relation in rows((near == number) & flows[relations.predicate] & relations.any(affirmed)):
        said = [ids[int(row)] for row in relations.rows(relation) if affirmed[row]]
        verb = terms[relations.predicate[relation]].name
        yield (data.id_list[far[relation]], verb, against, basis(said))

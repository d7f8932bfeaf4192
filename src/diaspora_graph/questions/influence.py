"""Questions on influence: who acts on a thing, in one step, and along which paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import standing
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.filters.masks import MAYBE, masks_of
from diaspora_graph.filters.scope import EVERYTHING
from diaspora_graph.ontology.schema import BACKWARD, FORWARD
from diaspora_graph.paths.arc_path import ArcPath
from diaspora_graph.paths.search import Search
from diaspora_graph.questions.claims import rows


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
    relations, number = data.relations, data.number(thing)
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
        supporting = [ids[int(row)] for row in relations.rows(relation) if affirmed[row]]
        verb = terms[relations.predicate[relation]].name
        yield (data.id_list[far[relation]], verb, against, basis(supporting))


HOPS = 4
"""The most influence hops of a path that the question finds."""


@question(
    columns="path relations hops statements",
    start=Parameter("thing", "the id of where influence starts"),
    goal=Parameter("thing", "the id of where it arrives", other_than="start"),
    during=Parameter("window", "a time in which every step may hold", optional=True),
    confidence=Parameter("confidence", "the lowest confidence that counts", optional=True),
)
def influence_paths(
    data: Dataset, start: str, goal: str, first: int, last: int, least: int
) -> list[Row]:
    """Along which paths of at most four hops does influence run from one thing to another?

    A row is a path over relations, by the rules of influence: `path` its things, `relations` what
    joins them, marked `^` where it is walked from object to subject, `hops` without inclusions.
    Accepted and disputed statements count. By path and relations.
    """
    scope = replace(EVERYTHING, min_confidence=data.schema.words("confidence")[least])
    masks = replace(masks_of(data, scope), first=first, last=last, time=MAYBE)
    search = Search(data, masks=masks)
    found = search.arc_paths(data.number(start), data.number(goal), HOPS)
    return sorted(_path_row(search, path) for path in found)


def _path_row(search: Search, path: ArcPath) -> Row:
    data, steps = search.data, path.steps
    names, ids = list(data.schema.predicates), data.tables["statement"]["id"]
    relations = [
        ("" if step.along else "^") + names[data.relations.predicate[step.relation]]
        for step in steps
    ]
    supporting = [ids[int(row)] for step in steps for row in search.passing(step.relation)]
    things = [data.id_list[thing] for thing in path.things]
    return SEPARATOR.join(things), SEPARATOR.join(relations), path.hops, basis(supporting)

"""From claims to a scene: which relations a picture draws, and the evidence behind each.

A denial is never a line; it is listed apart. Observations and codings stand behind the nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np

from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.paths.api import influence_paths
from diaspora_graph.pictures.scene import Family, Line, Node, NodeType, Scene, Word
from diaspora_graph.policies.compare import compare
from diaspora_graph.wording.sentences import Evidence, evidence_of

MOST_PATHS = 200
_WORD_COLUMNS = ("confidence", "certainty", "status", "polarity")


def whole(data: Dataset, scope: Scope = EVERYTHING) -> tuple[str, ...]:
    """Return the statements between entities that pass a scope; sources stay outside."""
    return _ids(data, np.flatnonzero(passing(data, scope) & _between_entities(data)))


def around(
    data: Dataset, centres: Sequence[str], hops: int = 1, scope: Scope = EVERYTHING
) -> tuple[str, ...]:
    """Return the statements that pass within so many relations of some entities."""
    open_ = passing(data, scope) & _between_entities(data)
    near = {data.number(centre) for centre in centres}
    rows: set[int] = set()
    for _ in range(hops):
        touching = np.flatnonzero(
            open_ & (np.isin(data.subject, sorted(near)) | np.isin(data.object, sorted(near)))
        )
        rows |= set(touching.tolist())
        near |= set(data.subject[touching].tolist()) | set(data.object[touching].tolist())
    if not rows:
        names = ", ".join(data.label(centre) for centre in centres)
        raise ParameterError(f"nothing to draw: no statement about {names} passes the filters")
    return _ids(data, sorted(rows))


def policies_of(data: Dataset, states: Sequence[str], scope: Scope = EVERYTHING) -> tuple[str, ...]:
    """Return the statements of states' own policies and of what a scope compares of them."""
    points = [
        point
        for aspect in compare(data, states, scope).aspects
        for cell in aspect.cells
        for point in cell
        if not aspect.is_item and not point.denied
    ]
    said = {id for point in points for id in point.claims}
    policies = {data.statement(id).subject for id in said}
    owning = {name for name, term in data.schema.predicates.items() if term.own_policy}
    table = data.tables["statement"]
    rows = (int(row) for row in np.flatnonzero(passing(data, EVERYTHING)))
    owned = {
        table["id"][row]
        for row in rows
        if table["predicate"][row] in owning
        and table["subject"][row] in states
        and table["object"][row] in policies
    }
    return tuple(sorted(said | owned))


def between(
    data: Dataset, start: str, goal: str, scope: Scope = EVERYTHING, hops: int = 4
) -> tuple[str, ...]:
    """Return the statements of the influence paths between two, the first 200 paths."""
    paths = islice(influence_paths(data, start, goal, scope=scope, hops=hops), MOST_PATHS)
    found = sorted({id for path in paths for step in path.steps for id in step.statements})
    if not found:
        ends = f"{data.label(start)} to {data.label(goal)}"
        raise ParameterError(f"nothing to draw: no influence path from {ends}; try `why-not`")
    return tuple(found)


def _between_entities(data: Dataset) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    entity = np.array(
        [term.recorded_as != "source" for term in data.schema.classes.values()], np.bool_
    )[data.type]
    return entity[data.subject] & entity[data.object]


def _ids(data: Dataset, rows: Iterable[int]) -> tuple[str, ...]:
    ids = data.tables["statement"]["id"]
    return tuple(ids[int(row)] for row in rows)


def scene_of(data: Dataset, claims: Sequence[str], title: str = "") -> Scene:
    """Return a scene of statements, by their ids, with all the evidence on what it shows.

    Raises `UnknownNameError` for an id that is no claim and `ParameterError` if there is nothing
    to draw.
    """
    rows = [data.row("statement", id) for id in claims]
    shown = sorted({int(data.relations.of_statement[row]) for row in rows if not data.denied[row]})
    if not shown:
        raise ParameterError("nothing to draw: no statement that is affirmed")
    kept = set(claims)
    lines = tuple(_line(data, relation, kept) for relation in shown)
    ids = sorted({end for line in lines for end in (line.subject, line.object)})
    return Scene(
        title=title or _title(data, ids),
        nodes=tuple(_node(data, id) for id in ids),
        lines=lines,
        types=tuple(_types(data)),
        families=tuple(_families(data)),
        evidence=tuple(evidence_of(data, claim) for line in lines for claim in line.claims),
        facts=tuple(_facts(data, set(ids))),
        denials=tuple(_denials(data, set(ids))),
        words=tuple(_words(data)),
        version=", ".join(f"{each.name} {each.version}" for each in data.datasets()),
        digest=digest(data),
    )


def _title(data: Dataset, ids: Sequence[str]) -> str:
    names = " and ".join(each.name for each in data.datasets())
    return f"{names}: {len(ids)} entities"


def _labels(data: Dataset, id: str) -> dict[str, str]:
    return {language: data.label(id, language) for language in LANGUAGES}


def _node(data: Dataset, id: str) -> Node:
    entity = data.entity(id)
    return Node(
        id=id,
        label=_labels(data, id),
        type=entity.type,
        description=entity.description,
        names=data.names_of(id),
    )


def _line(data: Dataset, relation: int, kept: set[str]) -> Line:
    rows = [int(row) for row in data.relations.rows(relation) if not data.denied[row]]
    statements = [data.tables["statement"]["id"][row] for row in rows]
    first = data.statement(statements[0])
    predicate = data.schema.predicates[first.predicate]
    return Line(
        id=f"{first.subject} {first.predicate} {first.object}",
        subject=first.subject,
        object=first.object,
        predicate=first.predicate,
        phrase={language: predicate.label(language) for language in LANGUAGES},
        family=predicate.family,
        claims=tuple(id for id in statements if id in kept),
        symmetric=predicate.symmetric,
        disputed=any(_is_disputed(data, id) for id in statements),
    )


def _is_disputed(data: Dataset, id: str) -> bool:
    default = data.schema.default("status")
    return (
        bool(data.statement(id).conflict_group) or (data.statement(id).status or default) != default
    )


def _types(data: Dataset) -> Iterator[NodeType]:
    for name, term in data.schema.classes.items():
        yield NodeType(name=name, label=term.labels, shape=term.shape, fill=term.fill)


def _families(data: Dataset) -> Iterator[Family]:
    for name, term in data.schema.families.items():
        yield Family(name=name, label=term.labels, line=term.line, colour=term.colour)


def _words(data: Dataset) -> Iterator[Word]:
    for column in _WORD_COLUMNS:
        for name, term in data.schema.vocabularies[column].items():
            yield Word(column=column, name=name, label=term.labels)


def _facts(data: Dataset, ids: set[str]) -> Iterator[Evidence]:
    for kind in ("observation", "coding"):
        table = data.tables[kind]
        for row in range(len(table)):
            if table["subject"][row] in ids:
                yield evidence_of(data, table["id"][row])


def _denials(data: Dataset, ids: set[str]) -> Iterator[Evidence]:
    table = data.tables["statement"]
    for row in np.flatnonzero(data.denied):
        if table["subject"][int(row)] in ids or table["object"][int(row)] in ids:
            yield evidence_of(data, table["id"][int(row)])

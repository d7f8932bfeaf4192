"""From claims to a scene: which relations a picture draws, and the evidence behind each.

A denial is never a line; it is listed separately. Observations and codings belong to the nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_all
from diaspora_graph.dataset.records import CLAIMS
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.paths.search import Search
from diaspora_graph.pictures.scene import Family, Line, Node, NodeType, Scene, Word
from diaspora_graph.policies.own import own_policies
from diaspora_graph.policies.points import compare_points
from diaspora_graph.wording.sentences import Evidence, evidence_of

MOST_PATHS = 200


@dataclass(frozen=True, slots=True)
class Selection:
    """Statements to draw, by their ids, and the scope that chose them.

    The scope also selects the figures, codings and denials next to the drawing. ``part`` describes
    in words which part was chosen, if not all that passes.

    >>> from diaspora_graph import around, load_dataset
    >>> around(load_dataset(), ["anca"], scope=Scope(min_confidence="high"))
    Selection(... statements, confidence high or better)
    """

    statements: tuple[str, ...]
    scope: Scope = EVERYTHING
    part: str = ""

    def __repr__(self) -> str:
        filters = self.describe()
        return f"Selection({len(self.statements)} statements{filters and f', {filters}'})"

    def describe(self) -> str:
        """Return the selection in words: the filters, and the part of what passes them."""
        return ", ".join(filter(None, (self.scope.describe(), self.part)))

    def __iter__(self) -> Iterator[str]:
        return iter(self.statements)

    def __len__(self) -> int:
        return len(self.statements)


_WORD_COLUMNS = ("confidence", "certainty", "status", "polarity")


def whole(data: Dataset, *, scope: Scope = EVERYTHING) -> Selection:
    """Return the statements between entities that pass a scope, without sources.

    >>> from diaspora_graph import around, between, load_dataset, policies_of, scene_of, whole
    >>> data = load_dataset()
    >>> len(whole(data)) > 1000
    True
    """
    scope = scope.of_claims("a picture of everything")
    return _selected(data, np.flatnonzero(passing(data, scope) & _between_entities(data)), scope)


def around(
    data: Dataset, centres: Sequence[str], *, hops: int = 1, scope: Scope = EVERYTHING
) -> Selection:
    """Return the statements that pass within a number of relations of some entities.

    ``centres`` are ids, labels or aliases. Raises `UnknownNameError`, and `ParameterError` if
    nothing passes.

    >>> from diaspora_graph import around, between, load_dataset, policies_of, scene_of, whole
    >>> data = load_dataset()
    >>> around(data, ["ANCA"])
    Selection(... statements)
    """
    scope = scope.of_claims("a picture of what is around")
    ids = resolve_all(data, centres, "centres")
    open_ = passing(data, scope) & _between_entities(data)
    near = {data.number(centre) for centre in ids}
    rows: set[int] = set()
    for _ in range(hops):
        touching = np.flatnonzero(
            open_ & (np.isin(data.subject, sorted(near)) | np.isin(data.object, sorted(near)))
        )
        rows |= set(touching.tolist())
        near |= set(data.subject[touching].tolist()) | set(data.object[touching].tolist())
    if not rows:
        names = ", ".join(data.label(centre) for centre in ids)
        raise ParameterError(f"nothing to draw: no statement about {names} passes the filters")
    return _selected(data, sorted(rows), scope)


def policies_of(data: Dataset, states: Sequence[str], *, scope: Scope = EVERYTHING) -> Selection:
    """Return the statements of states' own policies and of the points that are compared.

    >>> from diaspora_graph import around, between, load_dataset, policies_of, scene_of, whole
    >>> data = load_dataset()
    >>> policies_of(data, ["Armenia"])
    Selection(... statements)
    """
    found = compare_points(data, states, scope=scope)
    points = [
        point
        for aspect in found.aspects
        for cell in aspect.cells
        for point in cell
        if not point.denied
    ]
    claims = {id for point in points for id in point.claims}
    policies = {data.number(data.statement(id).subject) for id in claims}
    owning = passing(data, scope.without("families").without("relations"))
    rows = [
        row
        for state in found.subjects
        for policy, linking in own_policies(data, data.number(state), owning).items()
        if policy in policies
        for row in linking
    ]
    return Selection(tuple(sorted({*claims, *_ids(data, rows)})), scope)


def between(
    data: Dataset, start: str, goal: str, *, scope: Scope = EVERYTHING, hops: int = 4
) -> Selection:
    """Return the statements of the influence paths between two, the first 200 paths.

    >>> from diaspora_graph import around, between, load_dataset, policies_of, scene_of, whole
    >>> data = load_dataset()
    >>> between(data, "India", "United Kingdom")
    Selection(... statements)
    """
    search = Search(data, scope)
    paths = islice(search.paths(start, goal, hops=hops), MOST_PATHS)
    found = sorted({id for path in paths for step in path.steps for id in step.statements})
    if not found:
        begin, end = resolve(data, start), resolve(data, goal)
        raise ParameterError(
            f"nothing to draw: no influence path from {data.label(begin)} to {data.label(end)}; "
            f"`diaspora-graph why-not {begin} {end}` says why"
        )
    return Selection(tuple(found), scope)


def nodes_of(data: Dataset, chosen: Iterable[str]) -> list[str]:
    """Return the ids of the entities that a scene of some statements shows."""
    rows = np.array([data.row("statement", id) for id in chosen], dtype=np.int64)
    rows = rows[~data.denied[rows]]
    ends = np.unique(np.concatenate([data.subject[rows], data.object[rows]]))
    return [str(data.ids[int(end)]) for end in ends]


def _selected(data: Dataset, rows: Iterable[int], scope: Scope) -> Selection:
    return Selection(_ids(data, rows), scope)


def _between_entities(data: Dataset) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    entity = np.array(
        [term.recorded_as != "source" for term in data.schema.classes.values()], np.bool_
    )[data.type]
    return entity[data.subject] & entity[data.object]


def _ids(data: Dataset, rows: Iterable[int]) -> tuple[str, ...]:
    ids = data.tables["statement"]["id"]
    return tuple(ids[int(row)] for row in rows)


def scene_of(
    data: Dataset, chosen: Selection | Iterable[str], *, scope: Scope | None = None, title: str = ""
) -> Scene:
    """Return a scene of statements, with all the evidence on what it shows.

    ``chosen`` is what `whole`, `around`, `between` or `policies_of` chose, or ids of statements.
    Figures, codings and denials on the entities shown pass ``scope``, which is that of the
    selection if none is given. Raises `UnknownNameError` for an id that is no statement and
    `ParameterError` if there is nothing to draw.

    >>> from diaspora_graph import around, load_dataset
    >>> data = load_dataset()
    >>> scene_of(data, around(data, ["AIPAC"])).filters
    ''
    """
    if isinstance(chosen, str):
        raise ParameterError(f"expected ids of statements, not one text; write [{chosen!r}]")
    kept = set(chosen)
    scope = scope or (chosen.scope if isinstance(chosen, Selection) else EVERYTHING)
    rows = [data.row("statement", id) for id in sorted(kept)]
    shown = sorted({int(data.relations.of_statement[row]) for row in rows if not data.denied[row]})
    if not shown:
        raise ParameterError("nothing to draw: no statement that is affirmed")
    lines = tuple(_line(data, relation, kept) for relation in shown)
    ids = sorted({end for line in lines for end in (line.subject, line.object)})
    return Scene(
        title=title or _title(data, ids),
        nodes=tuple(_node(data, id) for id in ids),
        lines=lines,
        types=tuple(_types(data)),
        families=tuple(_families(data)),
        evidence=tuple(evidence_of(data, claim) for line in lines for claim in line.claims),
        facts=tuple(_facts(data, set(ids), scope)),
        denials=tuple(_denials(data, set(ids), scope)),
        words=tuple(_words(data)),
        filters=chosen.describe() if isinstance(chosen, Selection) else scope.describe(),
        version=data.version,
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
    ids = data.tables["statement"]["id"].at(data.relations.rows(relation))
    statements = [id for id in ids if id in kept]
    first = data.statement(statements[0])
    predicate = data.schema.predicates[first.predicate]
    return Line(
        id=f"{first.subject} {first.predicate} {first.object}",
        subject=first.subject,
        object=first.object,
        predicate=first.predicate,
        phrase={language: predicate.label(language) for language in LANGUAGES},
        family=predicate.family,
        claims=tuple(statements),
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


def _facts(data: Dataset, ids: set[str], scope: Scope) -> Iterator[Evidence]:
    for kind in CLAIMS:
        if kind != "statement":
            table = data.tables[kind]
            for row in np.flatnonzero(passing(data, scope, kind)).tolist():
                if table["subject"][row] in ids:
                    yield evidence_of(data, table["id"][row])


def _denials(data: Dataset, ids: set[str], scope: Scope) -> Iterator[Evidence]:
    for kind in CLAIMS:
        table = data.tables[kind]
        ends = ("subject", "object") if kind == "statement" else ("subject",)
        for row in np.flatnonzero(passing(data, scope, kind, denials=True)).tolist():
            if any(table[end][row] in ids for end in ends):
                yield evidence_of(data, table["id"][row])

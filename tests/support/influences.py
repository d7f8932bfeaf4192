"""Made-up graphs for path searches, and a second, simple version of the rules of influence."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from diaspora_graph.dataset.columns import Mask, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import Scope
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import BACKWARD, FORWARD, SCOPE, Predicate
from diaspora_graph.reading.load import dataset_of

SCHEMA = load_schema()
KINDS = (
    "State",
    "GovernmentBody",
    "GovernmentBody",
    "LobbyOrganisation",
    "Group",
    "Issue",
    "Policy",
)
PREDICATES = (
    "partOf", "partOf", "partOf", "lobbies", "reliesOn", "cooperatesWith", "organOf", "adopts",
    "lobbiesOn", "concerns", "supports",
)  # fmt: skip
DATES = (
    "",
    "1991/..",
    "1997/2023",
    "2008",
    "199X",
    "2007~/..",
    "../2004",
    "2008-10-01/2019-06",
    "1991/",
)
SOURCE = {
    "id": "s",
    "type": "Report",
    "title": "A report",
    "author": "Office",
    "source_class": "official",
}
OTHER = {**SOURCE, "id": "x", "title": "Another report"}
DATASET = {
    "name": "made", "namespace": "https://example.org/", "version": "1", "format": "1",
    "ontology": "0.1.0", "licence": "CC0-1.0", "creator": "test",
}  # fmt: skip


def made(entities: list[dict[str, str]], statements: list[dict[str, str]]) -> Dataset:
    rows = {
        "dataset": [DATASET],
        "entity": entities,
        "source": [SOURCE, OTHER],
        "statement": statements,
    }
    return dataset_of({kind: table_of(kind, rows.get(kind, [])) for kind in RECORDS}, SCHEMA)


def said(number: int, subject: str, predicate: str, object_: str, **more: str) -> dict[str, str]:
    plain = {
        "source": "s",
        "locator": "p. 1",
        "passage": "p0123456789abcdef:9",
        "confidence": "high",
    }
    ends = {"subject": subject, "predicate": predicate, "object": object_}
    return {"id": f"st{number:03}", **ends, **plain, **more}


def small(types: str, *lines: str) -> Dataset:
    """A graph from ``"a:State b:Group"`` and lines such as ``"a engages b about c"``."""
    entities = [dict(zip(("id", "type"), each.split(":"), strict=True)) for each in types.split()]
    statements = []
    for number, line in enumerate(lines):
        subject, predicate, object_, *more = line.split()
        statements.append(
            said(
                number, subject, predicate, object_, **dict(zip(more[::2], more[1::2], strict=True))
            )
        )
    return made([each | {"label_en": each["id"]} for each in entities], statements)


@st.composite
def datasets(draw: st.DrawFn, *, ties: bool = False) -> Dataset:
    """A dozen actors of all kinds that the rules distinguish; with ``ties``, many are similar."""
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=4, max_size=7))
    entities = [{"id": f"e{n}", "type": kind, "label_en": f"E{n}"} for n, kind in enumerate(kinds)]
    topics = [each["id"] for each in entities if each["type"] in {"Issue", "Policy"}]
    code = {name: place for place, name in enumerate(SCHEMA.types)}
    order = list(SCHEMA.predicates)
    triples = {
        name: [
            (s["id"], name, o["id"])
            for s in entities
            for o in entities
            if s is not o and SCHEMA.allowed[order.index(name), code[s["type"]], code[o["type"]]]
        ]
        for name in PREDICATES
    }
    wanted = draw(st.lists(st.sampled_from(PREDICATES), min_size=8, max_size=20))
    chosen = [draw(st.sampled_from(triples[name])) for name in wanted if triples[name]]
    statements = []
    for number, (subject, predicate, object_) in enumerate(chosen):
        takes = topics and "about" in SCHEMA.predicates[predicate].qualifiers
        more = {
            "about": draw(st.sampled_from(["", *topics])) if takes else "",
            "polarity": draw(st.sampled_from(["", "", "", "", "", "denies"])),
            "valid": draw(st.sampled_from(DATES)),
            "confidence": "high" if ties else draw(st.sampled_from(["low", "medium", "high"])),
            "source": draw(st.sampled_from(["s", "s", "x"])),
            "cited": draw(st.sampled_from(["", "", "", "x", "x|s"])),
        }
        statements.append(said(number, subject, predicate, object_, **more))
    return made(entities, statements)


Naive = list[tuple[tuple[int, int, bool], ...]]


def naive(data: Dataset, start: int, goal: int, scope: Scope, hops: int) -> Naive:
    """A second version of the rules, as simple as possible: every sequence of steps is tested."""
    classes = [data.schema.classes[data.schema.types[code]] for code in data.type]
    relations = list(naive_relations(data, passing(data, scope)))
    topical = passing(data, scope.without("relations").without("families"))
    topics, exempt = naive_topics(data, list(naive_relations(data, topical)), topical), set()
    steps: list[tuple[int, int, int, str]] = []  # begin, end, relation, hop | down | up
    for r, s, o, predicate in relations:
        steps += [(s, o, r, "hop")] * bool(predicate.flow & FORWARD)
        steps += [(o, s, r, "hop")] * bool(predicate.flow & BACKWARD)
        steps += [(o, s, r, "down"), (s, o, r, "up")] * bool(predicate.flow & SCOPE)
        exempt |= {r} if predicate.exempt else set()
    found: Naive = []

    def allowed(path: list[tuple[int, int, int, str]], step: tuple[int, int, int, str]) -> bool:
        at, before = step[0], path[-1]
        shared = topics[before[2]] & topics[step[2]] or {before[2], step[2]} & exempt
        return (
            classes[at].passes
            and scope.avoiding.isdisjoint(classes[at].ancestors)
            and "hop" in {before[3], step[3]}
            and (not classes[at].gates or bool(shared))
        )

    def grow(path: list[tuple[int, int, int, str]]) -> None:
        at = path[-1][1] if path else start
        if path and at == goal:
            if any(step[3] == "hop" for step in path):
                found.append(tuple((step[2], step[1], step[3] == "hop") for step in path))
            return
        seen = {start, *(each[1] for each in path)}
        for step in steps:
            fits = step[0] == at and step[1] not in seen and (step[3] != "up" or step[1] == goal)
            few = sum(each[3] == "hop" for each in [*path, step]) <= hops
            if fits and few and (not path or allowed(path, step)):
                grow([*path, step])

    grow([])
    return sorted(found)


def naive_relations(data: Dataset, rows: Mask) -> Iterator[tuple[int, int, int, Predicate]]:
    predicates = list(data.schema.predicates.values())
    all_ = data.relations
    for r in range(len(all_)):
        if rows[all_.rows(r)].any():
            yield r, int(all_.subject[r]), int(all_.object[r]), predicates[all_.predicate[r]]


def naive_topics(
    data: Dataset, relations: list[tuple[int, int, int, Predicate]], rows: Mask
) -> dict[int, set[str]]:
    classes = [data.schema.classes[data.schema.types[code]] for code in data.type]
    about = data.tables["statement"]["about"]
    topics: dict[int, set[str]] = {}
    for r, _, o, _ in relations:
        open_ = [int(row) for row in data.relations.rows(r) if rows[row]]
        topics[r] = {topic for row in open_ for topic in about[row].split("|") if topic}
        if classes[o].topic:
            topics[r] |= {data.id_list[o]}
            topics[r] |= {data.id_list[x] for _, s, x, p in relations if s == o and p.topic_source}
    return topics


scopes = st.builds(
    Scope,
    as_of=st.sampled_from(["", "2008", "1995-06-01", "2000/2010"]),
    certain_time=st.booleans(),
    min_confidence=st.sampled_from(["", "low", "medium", "high"]),
)

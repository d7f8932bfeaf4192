"""Influence paths: the golden questions of the seed, and engines that must agree."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, permutations
from math import prod

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph.analysis.misses import nearest_miss
from diaspora_graph.analysis.paths import RULES, InfluencePath, Rules, Search, influence_paths
from diaspora_graph.analysis.scope import EVERYTHING, Scope, passing
from diaspora_graph.dataset import Dataset, dataset_of, load_dataset
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.model import RECORDS
from diaspora_graph.ontology import load_schema
from diaspora_graph.schema import BACKWARD, FORWARD, SCOPE, Predicate
from diaspora_graph.tables import Mask, table_of


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def names(data: Dataset, path: InfluencePath) -> list[str]:
    return [data.id_list[thing] for thing in path.things]


GOLDEN = [
    ("armenian-diaspora", "us-policy-toward-armenia", 2, "armenian-lobby-in-usa"),
    ("south-korea", "kazakhstani-business", 2, "koryo-saram"),
    ("india", "united-kingdom", 2, "indian-diaspora"),
    ("china", "chinese-diaspora", 1, "china"),
    ("kazakh-cultural-centres-in-turkey", "young-people-in-turkey", 1, "young-people-in-turkey"),
    ("aipac", "us-policy-toward-israel", 1, "aipac"),
]


@pytest.mark.parametrize(("start", "goal", "hops", "through"), GOLDEN)
def test_golden_questions(seed: Dataset, start: str, goal: str, hops: int, through: str) -> None:
    first = next(influence_paths(seed, start, goal))
    assert first.hops == hops
    assert through in names(seed, first)


TRAPS = [
    ("armenian-diaspora", "united-states"),  # no source leads to the state itself
    ("south-korea", "government-of-kazakhstan"),
    ("anca", "israel"),
    ("indian-diaspora", "us-policy-toward-armenia"),
    ("koryo-saram", "kazakh-diaspora"),
    ("kazakhs-in-tajikistan", "investment-in-tajikistan"),  # denied
    ("kazakhs-in-uzbekistan", "kazakhs-in-tajikistan"),  # two parts of one whole
]


@pytest.mark.parametrize(("start", "goal"), TRAPS)
def test_traps_have_no_path(seed: Dataset, start: str, goal: str) -> None:
    assert list(influence_paths(seed, start, goal, hops=5)) == []


def test_why_not_shows_the_denial_and_where_influence_stops(seed: Dataset) -> None:
    denied = nearest_miss(seed, "kazakhs-in-tajikistan", "investment-in-tajikistan")
    assert denied.cut == "a source denies it"
    assert denied.where == ("st-kazakhs-in-tajikistan-no-investment",)
    stops = nearest_miss(seed, "south-korea", "government-of-kazakhstan")
    assert "kazakhstani-business" in stops.where
    assert stops.path is None


def test_why_not_names_the_filter_whose_lifting_gives_a_path(seed: Dataset) -> None:
    scope = Scope(without_sources=frozenset({"nurbek2025"}))
    assert list(influence_paths(seed, "india", "united-kingdom", scope)) == []
    miss = nearest_miss(seed, "india", "united-kingdom", scope)
    assert miss.cut == "the filter without_sources"
    assert next(influence_paths(seed, "india", "united-kingdom", scope.without("without_sources")))


def test_lifting_a_rule_is_what_why_not_says(seed: Dataset) -> None:
    miss = nearest_miss(seed, "united-kingdom", "india")
    assert miss.cut == "influence runs the other way"
    assert next(influence_paths(seed, "united-kingdom", "india", rules=Rules(directed=False)))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("anca", "anca"), ParameterError, "both start and goal"),
        (("anca", "aaa", EVERYTHING, RULES, 0), ParameterError, "1 to 12"),
        (("anca", "aaa", EVERYTHING, RULES, 13), ParameterError, "1 to 12"),
        (("ankca", "aaa"), UnknownNameError, "did you mean 'anca'"),
        (("anca", "aaa", Scope(as_of="2021-02-29")), ParameterError, "2021-02"),
        (("anca", "aaa", Scope(min_confidence="hihg")), UnknownNameError, "high"),
        (
            ("anca", "aaa", Scope(without_sources=frozenset({"nurbek"}))),
            UnknownNameError,
            "nurbek2025",
        ),
    ],
)
def test_errors_say_what_to_do(
    seed: Dataset, arguments: tuple[object, ...], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        list(influence_paths(seed, *arguments))  # type: ignore[arg-type]


def test_a_filter_that_leaves_nothing_gives_no_path(seed: Dataset) -> None:
    scope = Scope(statuses=frozenset({"deprecated"}))
    assert list(influence_paths(seed, "armenian-diaspora", "us-policy-toward-armenia", scope)) == []


# --- generated graphs: a dozen actors of all the kinds that the rules tell apart

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
    "partOf", "partOf", "lobbies", "reliesOn", "cooperatesWith", "organOf", "adopts", "lobbiesOn",
    "concerns", "supports",
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
DATASET = {
    "name": "made", "namespace": "https://example.org/", "version": "1", "format": "1",
    "ontology": "0.1.0", "licence": "CC0-1.0", "creator": "test",
}  # fmt: skip


def made(entities: list[dict[str, str]], statements: list[dict[str, str]]) -> Dataset:
    rows = {"dataset": [DATASET], "entity": entities, "source": [SOURCE], "statement": statements}
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


GATED = "a:Group b:GovernmentBody g:Group l:Law t:Issue"
LOBBIES = "a lobbies b about t"
RULE_CASES = [
    # whole → part → part would be two inclusions in a row
    ("a:State w:Group p:Group q:Group g:Group",
     ["a engages w", "p partOf w", "q partOf p", "q actsToward g"], "a g", 0),
    ("a:State w:Group p:Group g:Group", ["a engages w", "p partOf w", "p actsToward g"], "a g", 1),
    # part → whole only as the last step
    ("a:Group p:Group w:Group g:Group",
     ["a actsToward p", "p partOf w", "w actsToward g"], "a g", 0),
    ("a:Group p:Group w:Group", ["a actsToward p", "p partOf w"], "a w", 1),
    # part → whole → other part
    ("p:Group q:Group w:Group", ["p partOf w", "q partOf w"], "p q", 0),
    # a state may begin or end a path, never stand inside
    ("a:Group k:State g:Group", ["a actsToward k", "k engages g"], "a g", 0),
    # a gate opens for a shared topic: about, the object, or what a policy concerns
    (GATED, ["a lobbies b", "b actsToward g"], "a g", 0),
    (GATED, [LOBBIES, "b actsToward g about t"], "a g", 1),
    (GATED, [LOBBIES, "b adopts l"], "a l", 0),
    (GATED, [LOBBIES, "b adopts l", "l concerns t"], "a l", 1),
    (GATED, [LOBBIES, "b adopts l", "l concerns t polarity denies"], "a l", 0),
    # the ends of organOf are exempt
    ("k:State b:GovernmentBody g:Group", ["b organOf k", "b actsToward g"], "k g", 1),
    # against the relation where the flow is backward, both ways where it is both
    ("d:Group o:Group g:Group", ["o reliesOn d", "o actsToward g"], "d g", 1),
    ("a:Group b:Group", ["b cooperatesWith a"], "a b", 1),
    # an inclusion alone is no influence; a denial is no hop
    ("w:Group p:Group", ["p partOf w"], "w p", 0),
    ("a:Group b:Group", ["a actsToward b polarity denies"], "a b", 0),
]  # fmt: skip


@pytest.mark.parametrize(("types", "lines", "ends", "paths"), RULE_CASES)
def test_each_rule(types: str, lines: list[str], ends: str, paths: int) -> None:
    start, goal = ends.split()
    assert len(list(influence_paths(small(types, *lines), start, goal))) == paths


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
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
            "confidence": draw(st.sampled_from(["low", "medium", "high"])),
        }
        statements.append(said(number, subject, predicate, object_, **more))
    return made(entities, statements)


Naive = list[tuple[tuple[int, int, bool], ...]]


def naive(data: Dataset, start: int, goal: int, scope: Scope, hops: int) -> Naive:
    """The rules once more, as plainly as they can be said: every sequence of steps is judged."""
    classes = [data.schema.classes[data.schema.types[code]] for code in data.type]
    relations = list(naive_relations(data, passing(data, scope)))
    topics, exempt = naive_topics(data, relations, passing(data, scope)), set()
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


@given(data=datasets(), scope=scopes, hops=st.integers(1, 4))
def test_paths_equal_the_naive_reference(data: Dataset, scope: Scope, hops: int) -> None:
    things = [n for n, id in enumerate(data.id_list) if id != "s"]
    for start, goal in permutations(things, 2):
        ends = data.id_list[start], data.id_list[goal]
        found = list(influence_paths(data, *ends, scope, RULES, hops))
        ours = [tuple((s.relation, s.end, not s.inclusion) for s in path.steps) for path in found]
        assert sorted(ours) == naive(data, start, goal, scope, hops)
        order = [(path.hops, path.things) for path in found]
        assert order == sorted(order)


@given(data=datasets(), scope=scopes, hops=st.integers(1, 3))
def test_relation_paths_equal_networkx(data: Dataset, scope: Scope, hops: int) -> None:
    """Gate, scope and end-only rules off: simple edge paths of a multigraph keyed by relation."""
    rows = passing(data, scope)
    relations, statements = nx.MultiDiGraph(), nx.MultiDiGraph()
    relations.add_nodes_from(range(len(data.id_list)))
    statements.add_nodes_from(range(len(data.id_list)))
    for row in np.flatnonzero(rows):
        ends = int(data.subject[row]), int(data.object[row])
        relations.add_edge(*ends, key=int(data.relations.of_statement[row]))
        statements.add_edge(*ends, key=int(row))
    rules = Rules(topic_gate=False, end_only=False, influence_only=False)
    weight = [int(rows[data.relations.rows(r)].sum()) for r in range(len(data.relations))]
    for start, goal in permutations(range(len(data.id_list)), 2):
        ids = data.id_list[start], data.id_list[goal]
        found = list(influence_paths(data, *ids, scope, rules, hops))
        ours = sorted(tuple((s.begin, s.end, s.relation) for s in path.steps) for path in found)
        theirs = nx.all_simple_edge_paths(relations, start, goal, cutoff=hops)
        assert ours == sorted(map(tuple, theirs))
        products = sum(prod(weight[s.relation] for s in path.steps) for path in found)
        assert products == sum(1 for _ in nx.all_simple_edge_paths(statements, start, goal, hops))


def test_the_first_path_does_not_wait_for_the_rest(seed: Dataset) -> None:
    search = Search(seed, passing(seed, EVERYTHING))
    number = search.number
    found = search.paths(number("armenian-diaspora"), number("us-policy-toward-armenia"), 4)
    assert [path.hops for path in islice(found, 2)] == [2, 2]

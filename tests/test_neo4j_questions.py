"""Questions in a real Neo4j: twins equal to their Python row by row, files that can be pasted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings

import influences
import samples
from diaspora_graph import (
    QUESTIONS,
    MemoryGraph,
    ParameterError,
    UnknownNameError,
    load_dataset,
    question,
)
from diaspora_graph.answers import Parameter, Question
from diaspora_graph.answers import question as ask
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, RECORDS, column_names
from diaspora_graph.graphs.neo4j.graph import Neo4jGraph, query_file
from diaspora_graph.graphs.neo4j.loading import load
from diaspora_graph.graphs.neo4j.status import deep_status
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.questions import bodies, numbers, policies, times
from diaspora_graph.resources import resource
from generated import datasets, parameters_for
from neo4j_server import Server
from test_paths import GOLDEN, RULE_CASES, TRAPS
from test_questions import WIDE, _doubtful, _own_folder

QUERIES = resource("queries")
EACH = pytest.mark.parametrize("name", QUESTIONS)
PATHS = QUESTIONS["influence_paths"]
ROWS_OF_CLAIMS = [each for each in QUESTIONS.values() if each is not PATHS]
TIMES = {"before": "2007", "after": "2019"}
"""The times in the example of the one question that compares two."""

FEW = settings(max_examples=10)
"""Each example is loaded into the server, which takes about a second."""


@cache
def seed() -> Dataset:
    return load_dataset()


@cache
def sample() -> Dataset:
    return samples.sample()


def loaded(server: Server, data: Dataset) -> Neo4jGraph:
    server.clear()
    load(server.connection(), data)
    return Neo4jGraph(server.connection())


@pytest.fixture(scope="module")
def neo4j_seed(neo4j_server: Server) -> Neo4jGraph:
    """The seed in the server; for tests that follow each other and load nothing else."""
    return loaded(neo4j_server, seed())


# --- one engine against the other ----------------------------------------------------------------


def _asked(data: Dataset, each: Question, most: int) -> list[dict[str, str]]:
    if each is not PATHS:
        found = parameters_for(data, each)
    else:
        entities = data.tables["entity"]["id"].all()
        pairs = [{"start": one, "goal": other} for one, other in permutations(entities, 2)]
        filters = ({}, {"during": "2008"}, {"confidence": "high"})
        found = [pair | each for pair in pairs for each in filters]
        most = most // 4  # a path query takes ten times as long as another
    return found[:: len(found) // most + 1]


def _differences(
    data: Dataset, graph: Neo4jGraph, questions: Iterable[Question], most: int
) -> tuple[list[object], dict[str, int]]:
    memory = MemoryGraph(data)
    different: list[object] = []
    found: dict[str, int] = {}
    for each in questions:
        for parameters in _asked(data, each, most):
            here, there = memory.answer(each, **parameters), graph.answer(each, **parameters)
            assert (here.engine, there.engine) == ("memory", "cypher")
            found[each.name] = found.get(each.name, 0) + len(here.rows)
            if here.rows != there.rows:
                different.append((each.name, parameters, here.rows, there.rows))
    return different, found


@pytest.mark.parametrize("each", ROWS_OF_CLAIMS, ids=lambda each: each.name)
def test_the_twin_gives_the_same_rows_of_the_seed(each: Question, neo4j_seed: Neo4jGraph) -> None:
    asked = _example(query_file(each).read_text("utf-8"))
    different, found = _differences(seed(), neo4j_seed, [each], 6 if each.name in WIDE else 30)
    assert not different
    given = {name: str(asked[name] or "") for name in each.parameters if name in asked}
    given |= {name: year for name, year in TIMES.items() if name in each.parameters}
    rows = neo4j_seed.answer(each, **given).rows
    assert rows == MemoryGraph(seed()).answer(each, **given).rows
    assert rows
    assert found


@pytest.mark.parametrize(
    ("during", "confidence"), [("", ""), ("2008", ""), ("1990/1995", "medium")]
)
def test_paths_of_the_seed_are_the_same(
    neo4j_seed: Neo4jGraph, during: str, confidence: str
) -> None:
    memory = MemoryGraph(seed())
    found = []
    for start, goal, *_ in [*GOLDEN, *TRAPS]:
        asked = {"start": start, "goal": goal, "during": during, "confidence": confidence}
        found.append(len(memory.answer(PATHS, **asked).rows))
        assert neo4j_seed.answer(PATHS, **asked).rows == memory.answer(PATHS, **asked).rows
    assert sum(map(bool, found[: len(GOLDEN)])) >= 8  # campaigns are of their own time
    assert not any(found[len(GOLDEN) :])


@EACH
def test_a_file_runs_as_it_is_with_its_example_and_has_rows(
    name: str, neo4j_seed: Neo4jGraph
) -> None:
    text = query_file(QUESTIONS[name]).read_text("utf-8")
    rows = neo4j_seed._connection.read(text, **_example(text))
    assert rows
    assert all(tuple(row) == QUESTIONS[name].columns for row in rows)


@pytest.mark.parametrize(
    ("name", "parameters", "error", "says"),
    [
        ("entity", {"thing": "ancka"}, UnknownNameError, "did you mean 'anca'"),
        ("entity", {"things": "anca"}, UnknownNameError, "did you mean 'thing'"),
        ("entity", {}, ParameterError, "needs thing"),
        ("entity", {"thing": 7}, ParameterError, "expected text"),
        ("entity", {"thing": "st-india-supports-diaspora"}, ParameterError, "kind statement"),
        ("said_by", {"source": "anca"}, ParameterError, "expected the id of a source"),
        ("points_of", {"thing": "nurbek2025"}, ParameterError, "kind source"),
        ("codings_of", {"item": "diaspora_ministri"}, UnknownNameError, "diaspora_ministry"),
        ("statements_of", {"thing": "anca", "during": "06.2019"}, ParameterError, "during"),
        ("influence_paths", {"start": "anca", "goal": "anca"}, ParameterError, "both start and"),
        (
            "influence_paths",
            {"start": "anca", "goal": "aaa", "confidence": "hi"},
            UnknownNameError,
            "did you mean 'high'",
        ),
        ("entity", {"thing": "x'}) DETACH DELETE n //"}, UnknownNameError, "DETACH"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_as_in_memory(
    neo4j_seed: Neo4jGraph, name: str, parameters: dict[str, str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=re.escape(says)) as there:
        neo4j_seed.answer(question(name), **parameters)
    with pytest.raises(error) as here:
        MemoryGraph(seed()).answer(question(name), **parameters)
    assert str(there.value) == str(here.value)


def test_a_graph_without_a_twin_answers_in_memory_from_what_it_reads_back(
    neo4j_seed: Neo4jGraph,
) -> None:
    @ask(columns="id statements", thing=Parameter("thing", "a thing"))
    def first_of(data: Dataset, thing: str) -> list[tuple[str, str]]:
        """What comes first?"""
        return [(thing, data.tables["statement"]["id"][0])]

    answer = neo4j_seed.answer(first_of, thing="anca")
    assert (answer.engine, len(answer.rows)) == ("memory", 1)
    assert (answer.digest, answer.version) == (digest(seed()), "diaspora-graph 0.1.0")
    assert digest(neo4j_seed.dataset()) == digest(seed())


@pytest.mark.thorough
@pytest.mark.parametrize("make", [samples.eventful, _doubtful], ids=["sample", "withdrawn"])
def test_the_twins_give_the_same_rows_of_the_sample(
    neo4j_server: Server, make: Callable[[], Dataset]
) -> None:
    graph = loaded(neo4j_server, make())
    different, found = _differences(make(), graph, QUESTIONS.values(), 200)
    assert not different
    assert make is _doubtful or all(found[name] for name in QUESTIONS)


@pytest.mark.thorough
@FEW
@given(data=datasets())
def test_the_twins_give_the_same_rows_of_any_dataset(neo4j_server: Server, data: Dataset) -> None:
    graph = loaded(neo4j_server, data)
    different, _ = _differences(data, graph, ROWS_OF_CLAIMS, 4)
    assert not different


@pytest.mark.thorough
@FEW
@given(data=influences.datasets())
def test_the_paths_of_any_dataset_are_the_same(neo4j_server: Server, data: Dataset) -> None:
    different, _ = _differences(data, loaded(neo4j_server, data), [PATHS], 200)
    assert not different


def test_each_rule_of_influence(neo4j_server: Server) -> None:
    data = _side_by_side()
    graph, memory = loaded(neo4j_server, data), MemoryGraph(data)
    for number, (types, lines, ends, paths) in enumerate(RULE_CASES):
        start, goal = (f"c{number}-{end}" for end in ends.split())
        there = graph.answer(PATHS, start=start, goal=goal).rows
        assert there == memory.answer(PATHS, start=start, goal=goal).rows
        assert len(there) == paths, (types, lines)


def _side_by_side() -> Dataset:
    """All graphs of the rules as one graph with separate parts: one load for all."""
    every_type, every_line = [], []
    for number, (types, lines, *_) in enumerate(RULE_CASES):
        names = {each.split(":")[0]: f"c{number}-{each.split(':')[0]}" for each in types.split()}
        every_type += [f"c{number}-{each}" for each in types.split()]
        every_line += [" ".join(names.get(word, word) for word in line.split()) for line in lines]
    return influences.small(" ".join(every_type), *every_line)


def test_merged_datasets_are_asked_alike(neo4j_server: Server, tmp_path: Path) -> None:
    data = load_dataset(_own_folder(tmp_path))
    graph = loaded(neo4j_server, data)
    different, _ = _differences(data, graph, [question("statements_of")], 50)
    assert not different
    rows = graph.answer(question("who_acts_on"), thing="armenia").rows
    assert ("my:chamber", "advisesOn", False, "my:s1") in rows
    assert "advisesOn" in graph.schema.predicates


@pytest.mark.thorough
def test_what_a_user_adds_to_our_nodes_is_not_answered(neo4j_server: Server) -> None:
    graph = loaded(neo4j_server, sample())
    neo4j_server.connection().write(
        "MATCH (lobby:Dg {key: 'aland-lobby'}) MATCH (law:Dg {key: 'aid-law'})"
        " SET lobby.opinion = 'mine', lobby.doi = '10.1/2', law:Favourite"
        " CREATE (lobby)-[:INFLUENCES]->(law), (law)-[:PART_OF]->(lobby), (lobby)-[:MINE]->(law),"
        " (:Statement {id: 's1', key: 's1', denied: true})-[:SUBJECT]->(lobby),"
        " (:Person {key: 'aland-lobby'})-[:INFLUENCES]->(law)"
    )
    different, _ = _differences(sample(), graph, QUESTIONS.values(), 24)
    assert not different
    assert digest(graph.dataset()) == digest(sample())


def test_an_empty_database_holds_no_graph(neo4j_new: Server) -> None:
    with pytest.raises(ParameterError, match="diaspora-graph load"):
        Neo4jGraph(neo4j_new.connection()).dataset()


@pytest.mark.thorough
def test_the_current_release_holds_and_answers_the_same(neo4j_current: Server) -> None:
    graph = loaded(neo4j_current, seed())
    assert load(neo4j_current.connection(), seed()).is_empty
    assert deep_status(neo4j_current.connection(), seed()).is_clean
    assert digest(graph.dataset()) == digest(seed())
    memory = MemoryGraph(seed())
    for start, goal, *_ in [*GOLDEN, *TRAPS]:
        ends = {"start": start, "goal": goal}
        assert graph.answer(PATHS, **ends).rows == memory.answer(PATHS, **ends).rows
    different, found = _differences(seed(), graph, ROWS_OF_CLAIMS, 10)
    assert not different
    assert found.keys() == {each.name for each in ROWS_OF_CLAIMS}


# --- files, functions, names ---------------------------------------------------------------------


def _example(text: str) -> dict[str, object]:
    """Return the parameters of the line that a file brings for Neo4j Browser."""
    (line,) = re.findall(r"^// :params (\{.*\})$", text, re.MULTILINE)
    found: dict[str, object] = json.loads(re.sub(r"(\w+): ", r'"\1": ', line))
    return found


def _code(text: str) -> str:
    return re.sub(r"'[^']*'|//.*", "", text)


def test_every_question_has_a_file_and_every_file_a_question() -> None:
    assert sorted(path.stem for path in QUERIES.glob("*.cypher")) == list(QUESTIONS)


@EACH
def test_a_file_opens_with_the_question_and_its_parameters(name: str) -> None:
    each = QUESTIONS[name]
    lines = query_file(each).read_text("utf-8").splitlines()
    said = [line.removeprefix("// ") for line in lines[: lines.index("")]]
    told = [
        f"${' $'.join(parameter.bound_names(key))}: {parameter.meaning}, as its first and last day"
        " since 1970-01-01"
        if parameter.what == "window"
        else f"$least: {parameter.meaning}, as its number: 0 is the lowest"
        if parameter.what == "confidence"
        else f"${key}: {parameter.meaning}{'; null for all' if parameter.optional else ''}"
        for key, parameter in each.parameters.items()
    ]
    assert said[:-1] == [each.text, *told]
    assert tuple(_example("\n".join(lines))) == each.bound_names()


@EACH
def test_a_file_takes_its_parameters_only_and_is_sorted(name: str) -> None:
    text = query_file(QUESTIONS[name]).read_text("utf-8")
    assert set(re.findall(r"\$(\w+)", _code(text))) == set(QUESTIONS[name].bound_names())
    assert re.fullmatch(r"ORDER BY \S.*", text.splitlines()[-1])
    assert text.endswith("\n")
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD)\b", _code(text))


@EACH
def test_a_file_names_no_type_of_the_ontology_but_those_that_the_question_is_about(
    name: str,
) -> None:
    text = _code(query_file(QUESTIONS[name]).read_text("utf-8"))
    schema = load_schema()
    used = set(re.findall(r"(?<=[:&|])!?([A-Z]\w+)", text))
    model = {"Dg", "Thing", "Claim", "INFLUENCES", *(kind.capitalize() for kind in RECORDS)}
    model |= {"SUBJECT", "OBJECT", "SOURCE", "NAMES", "TARGET", "ABOUT", "EVIDENCE", "PARTNER"}
    terms = {each.upper: key for key, each in schema.predicates.items()}
    named = {terms.get(each, each) for each in used - model}
    about = {
        "laws_in_force": {times.LAW, times.ORGAN_OF},
        "measure_over_states": {numbers.STATE},
        "programmes_by_mechanism": {policies.POLICY, policies.STATE, policies.ORGAN_OF},
        "programmes_for": {
            policies.PROGRAMME, policies.TARGETS, policies.RUNS, policies.PART_OF,
        },
        "succession_of": {bodies.REPLACES},
    }  # fmt: skip
    assert named == about.get(name, named & {policies.PART_OF})
    assert {*schema.classes, *terms.values()} >= named
    quoted = set(re.findall(r"'(\w+)'", query_file(QUESTIONS[name]).read_text("utf-8")))
    words = {word for vocabulary in schema.vocabularies for word in schema.words(vocabulary)}
    names = {*CLAIMS, *(column for kind in RECORDS for column in column_names(kind))}
    assert (quoted & words) - names <= {"accepted", "exact"}


def test_the_readme_tells_how_to_paste() -> None:
    said = (QUERIES / "README.md").read_text("utf-8")
    assert "## In Neo4j" in said
    assert ":params" in said

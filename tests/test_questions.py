"""Questions: each twin equal to its Python row by row; files, functions and names agree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given

import samples
from diaspora_graph import (
    QUESTIONS,
    DatasetError,
    FileError,
    MemoryGraph,
    ParameterError,
    SparqlGraph,
    UnknownNameError,
    load_dataset,
    open_graph,
    question,
)
from diaspora_graph.answers import Parameter, Question
from diaspora_graph.answers import question as ask
from diaspora_graph.dataset.canonical import digest, write_dataset
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.exchange import rdf
from diaspora_graph.exchange.parts import part_of
from diaspora_graph.exchange.rdf_terms import COLUMNS, PREFIXES
from diaspora_graph.graphs.sparql import VALUES, query_file, with_values
from diaspora_graph.ontology.load import ROLES, load_schema
from diaspora_graph.ontology.turtle import DG
from diaspora_graph.questions import bodies, numbers, policies, times
from diaspora_graph.reading.load import dataset_of
from diaspora_graph.resources import resource
from generated import datasets, parameters_for

QUERIES = resource("queries")
TWINS = {name: each for name, each in QUESTIONS.items() if name != "influence_paths"}
"""SPARQL 1.1 has no simple paths: that one is answered in memory everywhere."""
EACH = pytest.mark.parametrize("name", TWINS)


@cache
def seed() -> Dataset:
    return load_dataset()


@cache
def sample() -> Dataset:
    return samples.sample()


@cache
def sparql(make: Callable[[], Dataset]) -> SparqlGraph:
    """The graph in an RDF store, filled once."""
    return SparqlGraph(make())


# --- one engine against the other ----------------------------------------------------------------


def _differences(
    graph: SparqlGraph, questions: Iterable[Question], most: int = 1_000
) -> tuple[list[object], dict[str, int]]:
    data = graph.dataset()
    memory = MemoryGraph(data)
    different: list[object] = []
    found: dict[str, int] = {}
    for each in questions:
        asked = parameters_for(data, each)
        known = [each for each in asked if "kazakhstan" in each.values()]  # much is said of it
        for parameters in (*asked[:: len(asked) // most + 1], *known[: min(10, most)]):
            here, there = memory.answer(each, **parameters), graph.answer(each, **parameters)
            assert (here.engine, there.engine) == ("memory", "sparql")
            found[each.name] = found.get(each.name, 0) + len(here.rows)
            if here.rows != there.rows:
                different.append((each.name, parameters, here.rows, there.rows))
    return different, found


WIDE = {
    "changed_between", "credited_with", "first_in_field", "programmes_by_mechanism",
    "resting_on_one_origin", "shared_neighbours", "shared_targets",
}  # fmt: skip
"""Questions that look at much of the data, whatever they are asked: on the seed, fewer times."""


@EACH
@pytest.mark.parametrize("make", [samples.eventful, seed], ids=["sample", "seed"])
def test_the_twin_gives_the_same_rows(name: str, make: Callable[[], Dataset]) -> None:
    most = 1_000 if make is not seed else 4 if name in WIDE else 60
    different, found = _differences(sparql(make), [QUESTIONS[name]], most)
    assert not different
    assert found[name] > 0


def test_influence_paths_are_the_same_in_a_sparql_graph_and_it_says_where_they_were_found() -> None:
    ends = {"start": "armenian-diaspora", "goal": "us-policy-toward-armenia"}
    here = MemoryGraph(seed()).answer(QUESTIONS["influence_paths"], **ends)
    there = sparql(seed).answer(QUESTIONS["influence_paths"], **ends)
    assert (here.engine, there.engine) == ("memory", "memory")
    assert here.rows == there.rows
    shortest = min(here.rows, key=lambda row: row[2])
    path, relations, hops, said = shortest
    assert str(path).startswith("armenian-diaspora|")
    assert "^reliesOn" in str(relations).split("|")
    assert hops == 2
    assert {"st-armenian-lobby-relies-on-diaspora"} < set(str(said).split("|"))


def _doubtful() -> Dataset:
    """The sample with statements that were withdrawn next to others that count."""
    given = {
        "source": "doe2020",
        "locator": "p. 1",
        "passage": samples.PASSAGE,
        "confidence": "low",
    }
    rows = [
        ("w1", "bridge", "hasWeakPoint", "quota", {"status": "deprecated"}),
        ("w2", "bridge", "hasWeakPoint", "quota", {"polarity": "denies"}),
        ("w3", "alans", "livesIn", "cela", {"status": "deprecated"}),
        ("w4", "alans-beland", "partOf", "alans", {"status": "deprecated"}),
        ("w5", "beland", "adopts", "bridge", {"status": "deprecated"}),
        ("w6", "aland", "adopts", "bridge", {"polarity": "denies"}),
        ("w7", "cela", "adopts", "bridge", {}),
        ("w8", "aland-government", "administers", "bridge", {"polarity": "denies"}),
        ("w9", "alan-youth", "partOf", "alans-beland", {}),
    ]
    said = [
        {"id": id, "subject": start, "predicate": verb, "object": end, **given, **more}
        for id, start, verb, end, more in rows
    ]
    return samples.sample({"statement": said})


def test_the_twins_agree_on_what_was_denied_and_withdrawn() -> None:
    different, _ = _differences(sparql(_doubtful), TWINS.values(), 15)
    assert not different
    assert [row["statements"] for row in _rows("points_of", _doubtful(), thing="bridge")] == [
        "s017", "w2", "s018"
    ]  # fmt: skip
    assert {row["policy"] for row in _rows("points_of", _doubtful(), thing="cela")} == {"bridge"}
    assert _rows("points_of", _doubtful(), thing="beland") == []
    (row,) = _rows("programmes_for", _doubtful(), community="alan-youth")
    assert (row["runner"], row["statements"]) == ("beland-ministry", "s006|s015|s016|w9")


@pytest.mark.parametrize(
    ("during", "holds"),
    [("2014-12-31", ""), ("2015-01-01", "unknown"), ("2015-12-31", "unknown"), ("2016-01-01", ""),
     ("2015", "yes"), ("2014/2015", "yes"), ("2015-02/2016", "unknown")],
)  # fmt: skip
def test_the_twins_agree_on_the_edges_of_a_time(during: str, holds: str) -> None:
    asked = {"subject": "alans", "measure": "diaspora_size", "during": during}
    answers = [
        graph.answer(QUESTIONS["observations_of"], **asked)
        for graph in (MemoryGraph(sample()), sparql(sample))
    ]
    assert answers[0].rows == answers[1].rows
    place = answers[0].columns.index("holds")
    assert [row[place] for row in answers[0].rows] == ([holds] if holds else [])


@given(data=datasets())
def test_the_twins_give_the_same_rows_of_any_dataset(data: Dataset) -> None:
    different, _ = _differences(SparqlGraph(data), TWINS.values(), most=3)
    assert not different


def test_merged_datasets_are_asked_alike(tmp_path: Path) -> None:
    graph = SparqlGraph(load_dataset(_own_folder(tmp_path)))
    different, _ = _differences(graph, [QUESTIONS["statements_of"], QUESTIONS["who_acts_on"]], 50)
    assert not different
    row = graph.answer(QUESTIONS["who_acts_on"], thing="armenia").rows
    assert ("my:chamber", "advisesOn", False, "my:s1") in row


_PART = {"anca", "armenia", "kazakhstan"}


@cache
def part_of_the_seed() -> Dataset:
    """What the seed says of three entities, with all that it needs: a sound dataset of its name."""
    table = seed().tables["statement"]
    ends = zip(table["id"].all(), table["subject"].all(), table["object"].all(), strict=True)
    return dataset_of(part_of(seed(), [id for id, *both in ends if _PART & {*both}]))


def _own_folder(folder: Path) -> Path:
    """A folder with a relation of its own, on top of the seed."""
    (folder / "ontology").mkdir()
    (folder / "ontology" / "own.ttl").write_text(
        f"""@prefix dg: <{DG}> . @prefix my: <https://example.org/my/terms#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <https://schema.org/> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        my:advisesOn a owl:ObjectProperty ; rdfs:label "advises on"@en ;
            schema:domainIncludes dg:Organisation ; schema:rangeIncludes dg:Actor ;
            dg:family dg:influence_family ; dg:influenceFlow "forward" .""",
        encoding="utf-8",
    )
    head = "name,prefix,namespace,version,format,ontology,licence,creator,uses"
    row = "mine,my,https://example.org/my/,1,1,0.1.0,CC0-1.0,me,diaspora-graph"
    files = {
        "dataset.csv": f"{head}\n{row}\n",
        "entities.csv": "id,type,label_en\nmy:chamber,Organisation,Chamber of Example\n",
        "sources.csv": "id,type,title,source_class\nmy:page,WebPage,Page,official\n",
        "statements.csv": "id,subject,predicate,object,source,locator,passage,confidence\n"
        "my:s1,my:chamber,advisesOn,armenia,my:page,p. 1,p7c36ab6a31bfc0c7:212,high\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@EACH
def test_rows_hold_texts_whole_numbers_and_booleans_in_the_order_of_ids(name: str) -> None:
    graph = MemoryGraph(seed())
    each = QUESTIONS[name]
    for parameters in parameters_for(graph.dataset(), each)[:20]:
        rows = graph.answer(each, **parameters).rows
        assert all(type(cell) in (str, int, bool) for row in rows for cell in row)
        assert all(len(row) == len(each.columns) for row in rows)
        first = [str(row[0]) for row in rows]
        assert first == sorted(first)
        claims = [str(row[-1]).split("|") for row in rows]
        assert claims == [sorted(set(ids)) for ids in claims]


# --- what the answers say ------------------------------------------------------------------------


def _rows(name: str, data: Dataset | None = None, **parameters: str) -> list[dict[str, object]]:
    graph = MemoryGraph(data or seed())
    answer = graph.answer(question(name), **parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_a_programme_without_a_stated_runner_is_told() -> None:
    rows = _rows("programmes_for", community="ethnic-kazakhs")
    told = {(row["programme"], row["target"], row["reach"]): row["statements"] for row in rows}
    assert set(told) >= {
        ("ata-zholy", "ethnic-kazakhs", "itself"),
        ("qazaq-house", "kazakh-diaspora", "part"),
        ("turaq-v-auly", "kazakh-repatriates", "part"),
    }
    runner = {(row["programme"], row["target"]): row["runner"] for row in rows}
    assert runner["berek", "kazakh-repatriates"] == ""
    basis = str(told["qazaq-house", "kazakh-diaspora", "part"]).split("|")
    assert {"st-kazakh-diaspora-part-of-ethnic-kazakhs", "st-qazaq-house-targets-diaspora"} <= set(
        basis
    )


def test_a_programme_for_the_whole_is_one_for_its_part() -> None:
    (row,) = _rows("programmes_for", sample(), community="alans-beland")
    assert (row["programme"], row["runner"], row["reach"]) == ("bridge", "beland-ministry", "whole")
    assert row["statements"] == "s006|s015|s016"


def test_who_acts_on_follows_the_flow_and_leaves_denials_out() -> None:
    rows = _rows("who_acts_on", sample(), thing="beland-assembly")
    assert [tuple(row.values()) for row in rows] == [
        ("aland-lobby", "lobbies", False, "s001|s002"),
        ("beland", "organOf", True, "s009"),
    ]


def test_a_denial_names_what_it_contradicts() -> None:
    rows = _rows("denials_of", sample(), thing="aland-lobby")
    assert [(row["denial"], row["affirming"], row["statements"]) for row in rows] == [
        ("s003", 2, "s001|s002|s003")
    ]
    assert _rows("denials_of", sample(), thing="cela")[0]["affirming"] == 0


def test_a_time_leaves_out_what_does_not_hold_and_marks_what_may() -> None:
    at = {
        str(row["statement"]): row["holds"]
        for row in _rows("statements_of", sample(), thing="aland-lobby", during="2018")
    }
    assert (at["s001"], at["s002"], at["s008"]) == ("yes", "yes", "unknown")
    assert not {"s004", "s012"} & set(at)  # 2007~ and 2019-06-11


def test_a_withdrawn_statement_is_shown_and_not_counted() -> None:
    shown = {
        row["statement"]: row["status"] for row in _rows("statements_of", sample(), thing="cela")
    }
    assert shown["s039"] == "deprecated"
    assert _rows("who_acts_on", sample(), thing="congress-2019") == []


def test_a_state_is_asked_for_the_points_of_its_own_policies() -> None:
    rows = _rows("points_of", thing="kazakhstan")
    assert {row["policy"] for row in rows} >= {
        "kazakhstan-diaspora-policy",
        "migration-policy-concept-2023-2027",
    }
    assert {row["predicate"] for row in rows} == {"hasStrongPoint", "hasWeakPoint"}
    assert all("st-kazakhstan" in str(row["statements"]) for row in rows)


def test_every_doubt_on_a_claim_has_a_row() -> None:
    rows = {(row["claim"], row["flag"]): row for row in _rows("disputed", sample())}
    assert rows["s012", "f001"]["flag_kind"] == "contested"
    assert rows["o001", "f001"]["status"] == ""
    assert rows["s003", ""]["conflict_group"] == "lobby-1"


def test_an_entity_is_told_with_its_names_numbers_and_codings() -> None:
    rows = _rows("entity", sample(), thing="aland")
    fields = [row["field"] for row in rows]
    assert fields == sorted(str(field) for field in fields)
    assert [row["value"] for row in rows if row["field"] == "alias"] == ["Аландия", "アランド"]
    coded = next(row for row in rows if row["field"] == "diaspora_ministry")
    assert coded["statements"] == "c001|o001|s011"


def test_numbers_stand_as_they_were_entered() -> None:
    (row,) = _rows("observations_of", sample(), subject="aland", measure="emigrants")
    assert (row["value"], row["partner"]) == ("007", "beland")


# --- parameters ----------------------------------------------------------------------------------


def _in_memory() -> MemoryGraph:
    return MemoryGraph(seed())


def _in_sparql() -> SparqlGraph:
    return sparql(seed)


BOTH = pytest.mark.parametrize(
    "open_", [_in_memory, _in_sparql], ids=["MemoryGraph", "SparqlGraph"]
)


@BOTH
@pytest.mark.parametrize(
    ("name", "parameters", "error", "says"),
    [
        ("entity", {"thing": "ancka"}, UnknownNameError, "did you mean 'anca'"),
        ("entity", {"things": "anca"}, UnknownNameError, "did you mean 'thing'"),
        ("entity", {}, ParameterError, "needs thing"),
        ("entity", {"thing": ""}, ParameterError, "needs thing"),
        ("entity", {"thing": 7}, ParameterError, "expected text"),
        ("entity", {"thing": "st-india-supports-diaspora"}, ParameterError, "kind statement"),
        ("said_by", {"source": "anca"}, ParameterError, "expected the id of a source"),
        ("codings_of", {"item": "diaspora_ministri"}, UnknownNameError, "diaspora_ministry"),
        ("statements_of", {"thing": "anca", "during": "06.2019"}, ParameterError, "during"),
        ("statements_of", {"thing": "anca", "during": "Jun-19"}, ParameterError, "2019-06"),
    ],
)
def test_a_parameter_that_cannot_be_is_refused_with_a_way_out(
    open_: Callable[[], MemoryGraph | SparqlGraph],
    name: str,
    parameters: dict[str, str],
    error: type[Exception],
    says: str,
) -> None:
    with pytest.raises(error, match=re.escape(says)):
        open_().answer(question(name), **parameters)


def test_a_question_that_does_not_exist_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'who_acts_on'"):
        question("who_act_on")


@pytest.mark.parametrize(
    "text",
    [
        'x") } } ; DROP ALL',
        "\\",
        '"',
        '\\"',
        "x' } #",
        "\n) }",
        "?thing",
        "\\1",
        "UNDEF",
        "қ\u202e",
    ],
)
def test_a_value_stays_a_value(text: str) -> None:
    import pyoxigraph as ox

    query = with_values('SELECT ?a ?b { VALUES (?a ?b) { ("x" 1) } }', {"a": text, "b": -5})
    (row,) = ox.Store().query(query)  # type: ignore[misc]
    assert (row["a"].value, row["b"].value) == (text, "-5")  # type: ignore[index]


def test_a_query_with_other_parameters_is_not_run() -> None:
    with pytest.raises(ParameterError, match="VALUES"):
        with_values('SELECT ?a { VALUES (?a) { ("x") } }', {"b": "y"})


# --- answers and graphs --------------------------------------------------------------------------


def test_an_answer_says_what_was_asked_of_which_data() -> None:
    data = sample()
    answer = SparqlGraph(data).answer(question("denials_of"), thing="aland-lobby")
    assert answer.parameters == {"thing": "aland-lobby"}
    assert (answer.version, answer.digest) == ("sample 0.1", digest(data))
    assert answer.statements() == ("s001", "s002", "s003")
    table = answer.to_pandas()
    assert list(table.columns) == list(answer.columns)
    assert table["affirming"].tolist() == [2]


def test_an_empty_answer_is_a_table_without_rows() -> None:
    answer = MemoryGraph(sample()).answer(question("who_acts_on"), thing="quota")
    assert answer.statements() == ()
    assert answer.to_pandas().shape == (0, 4)


def test_a_question_without_a_twin_is_answered_in_memory_and_says_so() -> None:
    @ask(columns="id statements", thing=Parameter("thing", "a thing"))
    def first_of(data: Dataset, thing: str) -> list[tuple[str, str]]:
        """What comes first?"""
        return [(thing, data.tables["statement"]["id"][0])]

    answer = sparql(sample).answer(first_of, thing="aland")
    assert (answer.engine, answer.rows) == ("memory", (("aland", "s001"),))


def test_a_question_ends_with_the_statements_it_rests_on() -> None:
    with pytest.raises(ValueError, match="statements"):
        ask(columns="statements id")


def test_a_graph_is_opened_from_folders_from_a_file_and_from_nothing(tmp_path: Path) -> None:
    data = sample()
    write_dataset(data, tmp_path / "folder")
    opened = [open_graph(tmp_path / "folder"), open_graph(str(tmp_path / "folder"))]
    opened += [open_graph(rdf.write(data, tmp_path / name)) for name in ("x.ttl", "x.trig")]
    assert {digest(graph.dataset()) for graph in opened} == {digest(data)}
    asked = [graph.answer(question("denials_of")) for graph in opened]
    assert len({answer.rows for answer in asked}) == 1
    assert [answer.engine for answer in asked] == ["memory", "memory", "sparql", "sparql"]
    assert digest(open_graph().dataset()) == digest(seed())


def test_what_is_no_graph_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="opened on its own"):
        open_graph("neo4j://localhost", resource("seed"))
    with pytest.raises(FileError, match="no such file"):
        open_graph(tmp_path / "none.ttl")
    with pytest.raises(ParameterError, match="RDF file is opened on its own"):
        open_graph(rdf.write(sample(), tmp_path / "x.ttl"), resource("seed"))
    (tmp_path / "y.ttl").write_text("<a> <b> ", encoding="utf-8")
    with pytest.raises(DatasetError, match=re.escape("y.ttl:1")):
        open_graph(tmp_path / "y.ttl")


def test_networkx_and_back_is_the_same_graph() -> None:
    graph = MemoryGraph(sample())
    back = MemoryGraph.from_networkx(graph.to_networkx())
    assert digest(back.dataset()) == digest(graph.dataset())


# --- files, functions, names ---------------------------------------------------------------------


def test_every_question_has_a_file_and_every_file_a_question() -> None:
    assert sorted(path.stem for path in QUERIES.glob("*.rq")) == list(TWINS)


@EACH
def test_a_file_opens_with_the_question_and_its_parameters(name: str) -> None:
    each = QUESTIONS[name]
    lines = query_file(each).read_text("utf-8").splitlines()
    said = [line.removeprefix("# ") for line in lines[: lines.index("")]]
    told = [
        f"?{' ?'.join(parameter.bound_names(key))}: {parameter.meaning}, as its first and last day"
        " since 1970-01-01"
        if parameter.what == "window"
        else f"?{key}: {parameter.meaning}{'; UNDEF for all' if parameter.optional else ''}"
        for key, parameter in each.parameters.items()
    ]
    assert said == [each.text, *told]


@EACH
def test_a_file_binds_its_parameters_once_and_names_the_columns_in_order(name: str) -> None:
    each = QUESTIONS[name]
    text = query_file(each).read_text("utf-8")
    rows = VALUES.findall(text)
    assert len(rows) == text.count("VALUES") == 1
    assert rows[0][0].split() == [f"?{key}" for key in each.bound_names()]
    head = text[text.index("SELECT") : text.index("WHERE")]
    while (plain := re.sub(r"\((?:[^()]*) AS (\?\w+)\)|\([^()]*\)", r"\1", head)) != head:
        head = plain
    assert re.findall(r"\?(\w+)", head) == list(each.columns)
    assert "\nORDER BY " in text


@EACH
def test_a_file_runs_as_it_is_and_its_example_has_rows(name: str) -> None:
    graph = sparql(seed)
    text = query_file(QUESTIONS[name]).read_text("utf-8")
    assert list(graph._rows(text, QUESTIONS[name].columns))


@EACH
def test_a_file_declares_the_prefixes_it_uses_and_names_only_what_is_defined(name: str) -> None:
    text = query_file(QUESTIONS[name]).read_text("utf-8")
    declared = dict(re.findall(r"^PREFIX (\w+): <(\S+)>$", text, re.MULTILINE))
    body = re.sub(r'"[^"]*"|#.*|^PREFIX.*', "", text, flags=re.MULTILINE)
    used = re.findall(r"\b([a-z]+):(\w+)", body)
    assert set(declared) == {prefix for prefix, _ in used}
    assert declared.items() <= PREFIXES.items()
    defined = {
        local
        for path in resource("ontology").glob("*.ttl")
        for local in re.findall(r"^dg:([\w-]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {local for prefix, local in used if prefix == "dg"} <= defined
    assert {f"{prefix}:{local}" for prefix, local in used if prefix == "schema"} <= set(
        COLUMNS.values()
    )


def test_the_few_names_in_python_are_names_of_the_ontology() -> None:
    schema = load_schema()
    assert policies.PROGRAMME in schema.classes
    assert {policies.TARGETS, policies.RUNS, policies.PART_OF} <= set(schema.predicates)
    assert policies.ASSESSMENT in schema.families
    assert {times.LAW, policies.POLICY, policies.STATE, numbers.STATE} <= set(schema.classes)
    assert {bodies.REPLACES, times.ORGAN_OF, policies.ORGAN_OF} <= set(schema.predicates)
    assert schema.counting("status") == ("disputed", "accepted")
    assert schema.counting("coding_status") == ("accepted",)
    text = query_file(QUESTIONS["programmes_for"]).read_text("utf-8")
    for name in (policies.PROGRAMME, policies.TARGETS, policies.RUNS, policies.PART_OF):
        assert f"dg:{name}" in text
    named = {
        "laws_in_force": (times.LAW, times.ORGAN_OF),
        "measure_over_states": (numbers.STATE,),
        "programmes_by_mechanism": (policies.POLICY, policies.STATE, policies.ORGAN_OF),
        "succession_of": (bodies.REPLACES,),
    }
    for question_name, names in named.items():
        text = query_file(QUESTIONS[question_name]).read_text("utf-8")
        assert all(f"dg:{name}" in text for name in names)


def test_every_role_that_a_question_asks_for_is_one_of_the_ontology() -> None:
    roles = {term.role for term in load_schema().predicates.values()} - {""}
    asked = {
        role
        for path in QUERIES.glob("*.rq")
        for role in re.findall(r'dg:role "(\w+)"', path.read_text("utf-8"))
    }
    assert asked == roles == set(ROLES)


def test_the_readme_lists_every_question() -> None:
    said = (QUERIES / "README.md").read_text("utf-8")
    rows = [line for line in said.splitlines() if line.startswith("| `")]
    told = [
        f"| `{each.name}` | {each.text} | "
        + ", ".join(f"`{key}`{'?' if p.optional else ''}" for key, p in each.parameters.items())
        + " | "
        + ", ".join(f"`{column}`" for column in each.columns)
        + " |"
        for each in QUESTIONS.values()
    ]
    assert rows == told

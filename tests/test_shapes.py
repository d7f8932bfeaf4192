"""The contract in SHACL and the checks on columns agree on faults; pyshacl is the reference."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pyshacl
import pytest
import rdflib
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import prepareQuery

import samples
from diaspora_graph.checks import check_tables
from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES, RECORDS, Kind, columns
from diaspora_graph.exchange import rdf
from diaspora_graph.exchange.parts import part_of
from diaspora_graph.exchange.rdf_terms import CLASSES, PREFIXES, column_term
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.turtle import DG
from diaspora_graph.reading.load import dataset_of, load_dataset
from diaspora_graph.resources import resource

SPACE = "https://example.org/sample#"
SHAPES = resource("ontology") / "shapes.ttl"
Row = Mapping[str, str]


@cache
def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


_prepared = cache(prepareQuery)


class _Graph(rdflib.Graph):
    """A graph that parses each query once: pyshacl runs the same ones for every row."""

    def query(self, query_object: Any, *given: Any, **named: Any) -> rdflib.query.Result:
        bindings = given[3] if len(given) > 3 else named.get("initBindings")
        if isinstance(query_object, str):
            query_object = _prepared(query_object)
        return super().query(query_object, initNs={"dg": DG}, initBindings=bindings)


def _graph(data: Dataset) -> _Graph:
    plain = rdf.to_rdflib(data)
    return _Graph(store=plain.store, identifier=plain.identifier)


def _verdict(data: Dataset) -> dict[str, set[str]]:
    """Return the faults that SHACL finds: by id the shapes and paths that are broken."""
    graph = _graph(data)
    for path in resource("ontology").glob("*.ttl"):
        if path != SHAPES:
            graph.parse(path)
    with pytest.MonkeyPatch.context() as patch:
        # each query is judged once, not once a row: on the seed that is a hundred thousand times
        judge = cache(SPARQLQueryHelper.check_invalid_sparql)
        patch.setattr(SPARQLQueryHelper, "check_invalid_sparql", judge)
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), inplace=True)
    found: dict[str, set[str]] = {}
    for result in report.objects(None, SH.result):
        id = str(report.value(result, SH.focusNode)).removeprefix(SPACE).removeprefix("urn:")
        path = report.value(result, SH.resultPath)
        broken = path if isinstance(path, rdflib.URIRef) else report.value(result, SH.sourceShape)
        found.setdefault(id, set()).add(_short(str(broken)))
    return found


def _short(iri: str) -> str:
    for prefix, space in PREFIXES.items():
        if iri.startswith(space):
            return iri.replace(space, f"{prefix}:")
    return iri


def _some_of_the_seed() -> Dataset:
    """All of the seed if everything is required, else a small part of it."""
    data = load_dataset()
    if os.environ.get("DIASPORA_REQUIRE_ALL") == "1":
        return data
    return dataset_of(part_of(data, data.tables["statement"]["id"].all()[::24]))


def test_sound_data_conforms() -> None:
    assert _verdict(samples.sample()) == {}


def test_the_seed_conforms() -> None:
    assert _verdict(_some_of_the_seed()) == {}


# --- planted faults ------------------------------------------------------------------------------


def _says(id: str, subject: str, predicate: str, object: str, **more: str) -> Row:
    given = {"source": "doe2020", "locator": "p. 1", "passage": samples.PASSAGE}
    ends = {"subject": subject, "predicate": predicate, "object": object}
    return {"id": id, **ends, **given, "confidence": "low", **more}


def _lobbies(id: str, **more: str) -> Row:
    return {**_says(id, "aland-lobby", "lobbies", "beland-assembly"), **more}


def _counts(id: str, **more: str) -> Row:
    given = {"measure": "diaspora_size", "value": "5", "unit": "persons", "definition": "unclear"}
    return {**_says(id, "alans", "", ""), **given, **more}


def _codes(id: str, **more: str) -> Row:
    given = {"item": "return_programme", "value": "1", "evidence": "s011", "coder": "a"}
    return {"id": id, "subject": "aland", **given, "confidence": "low", **more}


WORDS, ETHICS = "words of the ontology", "ethics"
JOINS, DOUBTS = "relations between these classes", "disputes and corrections"
UNKNOWN, VALUES, TWICE = "unknown references", "values", "names that are used twice"

LONG = " ".join(["word"] * 26)
INFLUENCE = ("alans", "influences", "trade")

# what is planted: id of the row it shows at, the row, what SHACL names, what the checks name
PLANTED: Mapping[Kind, Sequence[tuple[str, Row, str, str]]] = {
    "entity": [
        ("e1", {"id": "e1", "type": "Stat", "label_en": "E"}, "dg:TypeShape", WORDS),
        ("e2", {"id": "e2", "type": "State"}, "dg:EntityShape", "empty cells"),
        ("e3", {"id": "e3", "type": "Book", "label_en": "E"}, "dg:RecordedShape", "the files"),
        ("e4", {"id": "e4", "type": "State", "label_en": "E", "iso3": "kaz"}, "dg:iso3",
         "cells of a fixed form"),
    ],
    "statement": [
        ("p01", _lobbies("p01", locator=""), "dg:locator", "empty cells"),
        ("p02", _lobbies("p02", confidence="certain"), "dg:WordShape", WORDS),
        ("p03", _lobbies("p03", predicate="lobies"), "rdf:predicate", WORDS),
        ("p04", _lobbies("p04", subject="trade"), "dg:DomainAndRangeShape", JOINS),
        ("p05", _lobbies("p05", object="trade"), "dg:DomainAndRangeShape", JOINS),
        ("p06", _says("p06", "alans", "partOf", "bridge"), "dg:SameRootShape", JOINS),
        ("p07", _lobbies("p07", object="aland-lobby"), "rdf:subject", "statements with themselves"),
        ("p08", _says("p08", "alans", "livesIn", "cela", about="trade"),
         "dg:QualifierShape", "qualifiers"),
        ("p09", _says("p09", "minister", "partOf", "alans"), "dg:OriginShape", ETHICS),
        ("p10", _says("p10", "minister", "supports", "aland", about="faith"),
         "dg:OriginShape", ETHICS),
        ("p23", _says("p23", "works", "supports", "alans", means="minister"),
         "dg:OriginShape", ETHICS),
        ("p11", _says("p11", *INFLUENCE, source="survey-data", conflict_group="power-1"),
         "dg:AuthorShape", ETHICS),
        ("p12", _says("p12", *INFLUENCE), "dg:DoubtShape", ETHICS),
        ("p13", _lobbies("p13", status="disputed"), "dg:DisputedShape", DOUBTS),
        ("p14", _lobbies("p14", status="corrected"), "dg:CorrectedShape", DOUBTS),
        ("s001", _lobbies("p15", corrects="s001"), "dg:CorrectedShape", DOUBTS),
        ("p16", _lobbies("p16", object="nowhere"), "rdf:object", UNKNOWN),
        ("p17", _lobbies("p17", cited="bridge"), "dg:ColumnRangeShape", "classes of a column"),
        ("p18", _lobbies("p18", passage=""), "dg:PassageNeededShape", "passages"),
        ("p19", _lobbies("p19", locator="p. 1|p. 2"), "dg:PassageCountShape", "passages"),
        ("p20", _lobbies("p20", passage="7c36ab6a31bfc0c7"), "dg:passage", "passages"),
        ("p21", _lobbies("p21", gist=LONG), "dg:gist", "gists"),
        ("zz:p22", _lobbies("zz:p22"), "dg:PrefixShape", "ids"),
        ("p24", _lobbies("p24", source="aland"), "dcterms:source", UNKNOWN),
        ("p25", _lobbies("p25", note="one"), "dg:note", TWICE),
        ("p25", _lobbies("p25", note="two"), "dg:note", TWICE),
    ],
    "observation": [
        ("q1", _counts("q1", value="many"), "dg:ValueShape", VALUES),
        ("q2", _counts("q2", unit="USD"), "dg:UnitShape", "units"),
        ("q3", _counts("q3", definition=""), "dg:DefinitionShape", "definitions"),
        ("q4", _counts("q4", value_high="3"), "dg:SpanShape", VALUES),
        ("q5", _counts("q5", category="aland"), "dg:ColumnRangeShape", "classes of a column"),
        ("q6", _counts("q6", subject="minister", category="faith"), "dg:OriginOfObservedShape",
         ETHICS),
        ("q7", _counts("q7", corrects="o010"), "dg:CorrectingShape", DOUBTS),
        ("q8", _counts("q8", base="aland"), "dg:relativeTo", UNKNOWN),
        ("q9", _counts("q9", measure="influence", unit="level", value="huge"),
         "dg:ValueShape", VALUES),
    ],
    "coding": [
        ("k1", _codes("k1", value="2"), "dg:ScaleShape", VALUES),
        ("k2", _codes("k2", item="diaspora_ministry"), "dg:AcceptedCodingShape", "codings"),
        ("k3", _codes("k3", item="return_quota", locator="p. 1"), "dg:PlaceShape", "places"),
        ("k4", _codes("k4", item="dual_citizenship", evidence="aland"), "prov:wasDerivedFrom",
         UNKNOWN),
    ],
    "source": [
        ("d1", {"id": "d1", "type": "Book", "title": "D"}, "dg:SourceClassShape", "sources"),
        ("d2", {"id": "d2", "type": "Book", "title": "D", "date": "Jun-19"}, "dg:date", "dates"),
    ],
    "flag": [
        ("g1", {"id": "g1", "target": "s005", "kind": "odd", "note": "n"}, "dg:WordShape",
         WORDS),
        ("g2", {"id": "g2", "target": "nothing", "kind": "unit", "note": "n"}, "dg:doubts",
         UNKNOWN),
    ],
    "exclusion": [
        ("x2", {"id": "x2", "source": "roe2018", "locator": "p. 4", "passage": samples.PASSAGE,
                "reason": "private_person", "about": "minister"}, "dg:NamelessExclusionShape",
         ETHICS),
    ],
}  # fmt: skip
SOUND: Mapping[Kind, Sequence[Row]] = {
    "entity": [{"id": "faith", "type": "EthnicOrReligiousConcept", "label_en": "faith"}],
    "statement": [_lobbies("p30", source="d1")],
}
EXPECTED = [(id, shape, rule) for rows in PLANTED.values() for id, _, shape, rule in rows]


@cache
def planted() -> Dataset:
    """The sample with every fault, past the checks."""
    tables = {
        kind: table_of(
            kind, [*rows, *SOUND.get(kind, ()), *(row for _, row, _, _ in PLANTED.get(kind, ()))]
        )
        for kind, rows in samples.ROWS.items()
    }
    return Dataset(load_schema(), tables, ("x",))


@cache
def found_by_shacl() -> dict[str, set[str]]:
    return _verdict(planted())


@cache
def found_by_checks() -> dict[str, set[str]]:
    data = planted()
    found: dict[str, set[str]] = {}
    kinds = {f"x/{FILES[kind]}": kind for kind in RECORDS}
    for fault in check_tables(data.schema, data.tables, ["x"]).faults:
        id = data.tables[kinds[fault.file]]["id"][fault.row - 2]
        found.setdefault(id, set()).add(fault.rule)
    return found


@pytest.mark.parametrize(("id", "shape", "rule"), EXPECTED)
def test_a_planted_fault_is_found_by_both(id: str, shape: str, rule: str) -> None:
    assert rule in found_by_checks().get(id, set())
    assert shape in found_by_shacl().get(id, set())


def test_nothing_else_is_found_by_either() -> None:
    ids = {id for id, _, _ in EXPECTED}
    assert set(found_by_checks()) == ids
    assert set(found_by_shacl()) == ids


def test_a_denial_is_no_plain_triple() -> None:
    graph = _graph(samples.sample())
    alans, cela = (rdflib.URIRef(SPACE + id) for id in ("alans", "cela"))
    lives_in = rdflib.URIRef(f"{DG}livesIn")
    assert (alans, lives_in, cela) not in graph
    graph.add((alans, lives_in, cela))
    denial = rdflib.URIRef(f"{DG}DenialShape")
    conforms, report, _ = pyshacl.validate(graph, shacl_graph=shapes(), use_shapes=[str(denial)])
    assert not conforms
    assert {str(each) for each in report.objects(None, SH.focusNode)} == {f"{SPACE}s040"}


# --- held to the format and the ontology ---------------------------------------------------------


@pytest.mark.parametrize("kind", RECORDS)
def test_a_shape_requires_the_columns_that_the_format_requires(kind: Kind) -> None:
    graph = shapes()
    prefix, _, local = CLASSES[kind].partition(":")
    target = rdflib.URIRef(PREFIXES[prefix] + local)
    (shape,) = [
        each for each in graph.subjects(SH.targetClass, target)
        if (each, SH.sparql, None) not in graph
    ]  # fmt: skip
    properties = set(graph.objects(shape, SH.property))
    for choice in graph.objects(shape, SH["or"]):
        properties |= {
            p for each in Collection(graph, choice) for p in graph.objects(each, SH.property)
        }
    known = {rdflib.URIRef(column_term(field.name).value): field for field in columns(kind)}
    paths = {p: graph.value(p, SH.path) for p in properties}
    said = {path for path in paths.values() if path in known}
    assert said == set(known)
    required = {
        path for p, path in paths.items() if path in known and (p, SH.minCount, None) in graph
    }
    assert required == {path for path, field in known.items() if field.filled}
    once = {path for p, path in paths.items() if path in known and (p, SH.maxCount, None) in graph}
    assert once == set(known)


def test_shapes_name_no_relation_measure_item_or_word() -> None:
    text = SHAPES.read_text("utf-8")
    named = set(re.findall(r"\bdg:(\w+)", text))
    schema = load_schema()
    for kind in ("predicate", "measure", "item"):
        assert not named & set(schema.terms(kind))
    assert named & set(schema.classes) == {"Source"}


def test_every_constraint_has_a_message_and_the_prefixes() -> None:
    graph = shapes()
    constraints = list(graph.objects(None, SH.sparql))
    assert len(constraints) > 20
    for each in constraints:
        assert (each, SH.message, None) in graph
        assert (each, SH.prefixes, rdflib.URIRef("https://w3id.org/diaspora-graph/shapes")) in graph
    declared = {str(each) for each in graph.objects(None, SH.prefix)}
    for query in graph.objects(None, SH.select):
        assert set(re.findall(r"\b([a-z]+):\w", str(query))) <= declared


def test_the_shapes_are_shapes_by_the_rules_of_shacl() -> None:
    pyshacl.validate(rdflib.Graph(), shacl_graph=shapes(), meta_shacl=True)
    assert len(list(shapes().subjects(RDF.type, SH.NodeShape))) > 30

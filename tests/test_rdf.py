"""RDF: nothing lost in either direction, the same bytes each time, words that are defined."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given

import samples
from diaspora_graph import DatasetError, FileError, ParameterError, SchemaError, load_dataset
from diaspora_graph.dataset.canonical import digest, write_dataset
from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS, columns, has_id
from diaspora_graph.dates import parse_validity
from diaspora_graph.exchange import rdf
from diaspora_graph.exchange.rdf_terms import CLASSES, DERIVED, LINKS, column_term, is_shipped, term
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.reading.load import dataset_of
from diaspora_graph.resources import resource
from generated import datasets

ENDINGS = pytest.mark.parametrize("ending", list(rdf.FORMATS))
SPACE = "https://example.org/sample#"


@cache
def sample() -> Dataset:
    return samples.sample()


@cache
def triples() -> frozenset[ox.Triple]:
    return frozenset(quad.triple for quad in rdf.quads(sample()))


def said(id: str, verb: str) -> set[str]:
    """The triples of a row in the sample's RDF: IRIs without the sample's namespace, texts."""
    node = ox.NamedNode(SPACE + id)
    found = (
        each.object for each in triples() if (each.subject, each.predicate) == (node, term(verb))
    )
    return {each.value.removeprefix(SPACE) for each in found if not isinstance(each, ox.Triple)}


# --- there and back ------------------------------------------------------------------------------


@ENDINGS
@pytest.mark.parametrize("make", [sample, load_dataset], ids=["sample", "seed"])
def test_a_dataset_comes_back_whole(
    make: Callable[[], Dataset], ending: str, tmp_path: Path
) -> None:
    data = make()
    back = rdf.read(rdf.write(data, tmp_path / f"data{ending}"))
    assert digest(back) == digest(data)
    assert back.datasets() == data.datasets()


@given(data=datasets())
def test_any_dataset_comes_back_whole(data: Dataset) -> None:
    assert digest(rdf.dataset_of_quads(rdf.quads(data), "quads")) == digest(data)


def test_what_rdflib_writes_can_be_read(tmp_path: Path) -> None:
    graph = rdf.to_rdflib(sample())
    graph.serialize(tmp_path / "other.ttl", format="turtle", encoding="utf-8")
    assert digest(rdf.read(tmp_path / "other.ttl")) == digest(sample())


def test_rdflib_sees_every_triple() -> None:
    graph = rdf.to_rdflib(sample())
    assert len(graph) == len(triples())
    namespaces = dict(graph.namespaces())
    assert str(namespaces["dg"]) == "https://w3id.org/diaspora-graph/ontology#"


@ENDINGS
def test_the_same_dataset_gives_the_same_bytes(ending: str, tmp_path: Path) -> None:
    program = (
        "import sys; from diaspora_graph import load_dataset\n"
        "from diaspora_graph.exchange import rdf; rdf.write(load_dataset(), sys.argv[1])"
    )
    written = []
    for seed, locale in (("1", "C"), ("2", "C.UTF-8")):
        file = tmp_path / f"{seed}{ending}"
        settings = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale}
        subprocess.run([sys.executable, "-c", program, str(file)], check=True, env=settings)
        written.append(file.read_bytes())
    assert written[0] == written[1]
    assert b"\r" not in written[0]
    assert str(tmp_path).encode() not in written[0]


def test_rows_of_each_dataset_stand_in_their_own_graph(tmp_path: Path) -> None:
    data = load_dataset(own_folder(tmp_path / "mine"))
    file = rdf.write(data, tmp_path / "both.trig")
    graphs: dict[str, set[str]] = {}
    for quad in ox.parse(path=str(file)):
        if quad.predicate == term("dg:kindOfRow"):
            graphs.setdefault(str(quad.graph_name.value), set()).add(str(quad.subject.value))
    assert graphs["https://example.org/my/"] == {
        "https://example.org/my/", "https://example.org/my/chamber",
        "https://example.org/my/page", "https://example.org/my/s1",
    }  # fmt: skip
    assert (
        "https://w3id.org/diaspora-graph/id/anca" in graphs["https://w3id.org/diaspora-graph/id/"]
    )


# --- what is written -----------------------------------------------------------------------------


def test_every_cell_is_a_literal_as_it_was_entered() -> None:
    found = {
        (t.subject, t.predicate, t.object.value)
        for t in triples()
        if isinstance(t.object, ox.Literal)
    }
    data = sample()
    for kind, table in data.tables.items():
        if not has_id(kind):
            continue
        for row in range(len(table)):
            node = ox.NamedNode(SPACE + table["id"][row])
            for field in columns(kind):
                text = table[field.name][row]
                default = data.schema.default(field.what) if field.holds == "word" else ""
                if text not in {"", default}:
                    assert (node, column_term(field.name), text) in found


def test_numbers_are_not_rewritten_and_stand_beside_as_numbers() -> None:
    assert said("o006", "dg:value") == {"007"}
    assert said("o005", "dg:value") == {"1.50"}
    decimal = ox.Literal("007", datatype=term("xsd:decimal"))
    assert ox.Triple(ox.NamedNode(f"{SPACE}o006"), term("rdf:object"), decimal) in triples()


def test_namibia_survives() -> None:
    assert said("beland", "dg:iso3") == {"NAM"}
    assert said("beland", "dg:aliases") == {"NA"}


def test_references_and_terms_are_links() -> None:
    assert said("s002", "rdf:subject") == {"aland-lobby"}
    assert said("s002", "rdf:predicate") == {"https://w3id.org/diaspora-graph/ontology#lobbies"}
    assert said("s001", "dcterms:subject") == {"recognition", "trade"}
    assert said("s002", "dg:cited") == {"esman|minister"}
    assert said("s002", "dcterms:references") == {"esman", "minister"}
    assert said("s030", "prov:wasRevisionOf") == {"s029"}
    assert said("c001", "prov:wasDerivedFrom") == {"o001", "s011"}
    assert said("o004", "dg:relativeTo") == {"o005"}
    assert said("f001", "dg:doubts") == {"o001", "s012"}


def test_every_link_leads_to_a_row_or_a_term() -> None:
    rows = {t.subject for t in triples() if t.predicate == term("dg:kindOfRow")}
    links = {term(verb) for verb in LINKS.values()}
    ends = {
        t.object for t in triples() if t.predicate in links and isinstance(t.object, ox.NamedNode)
    }
    ends -= {term(name) for name in CLASSES.values()}
    named = {
        term.iri
        for kind in ("class", "predicate", "measure", "item")
        for term in load_schema().terms(kind).values()
    }
    assert {end for end in ends - rows if end.value not in named} == set()


def test_claims_carry_their_four_days() -> None:
    table = sample().tables["statement"]
    for row in range(len(table)):
        days = [next(iter(said(table["id"][row], verb))) for verb in DERIVED[2:]]
        assert tuple(int(day) for day in days) == parse_validity(table["valid"][row])


def test_labels_have_their_languages() -> None:
    aland, label = ox.NamedNode(f"{SPACE}aland"), term("rdfs:label")
    found = [t.object for t in triples() if (t.subject, t.predicate) == (aland, label)]
    labels = {(each.value, each.language) for each in found}
    assert labels == {("Aland", "en"), ("Аланд елі", "kk"), ("Аланд", "ru"), ("אלנד", "he")}
    assert said("aland", "skos:altLabel") == {"Republic of Aland", "NA", "Аландия", "アランド"}


def test_only_a_standing_affirmed_relation_is_a_plain_triple() -> None:
    assert said("aland-lobby", "dg:lobbies") == {"beland-assembly"}  # two affirm, one denies
    assert said("alans", "dg:livesIn") == {"beland"}  # the other is denied
    assert said("cela", "dg:borders") == set()  # does not count
    assert said("aland-government", "dg:cooperatesWith") == {"aland-lobby"}  # disputed
    assert (said("s003", "dg:denied"), said("s003", "dg:counts")) == ({"true"}, {"true"})
    assert (said("s029", "dg:denied"), said("s029", "dg:counts")) == ({"false"}, {"false"})


# --- the words -----------------------------------------------------------------------------------


def _declared() -> dict[str, ox.Dataset]:
    found: dict[str, ox.Dataset] = {}
    for path in resource("ontology").glob("*.ttl"):
        for quad in ox.parse(path=str(path)):
            found.setdefault(str(getattr(quad.subject, "value", "")), ox.Dataset()).add(quad)
    return found


def test_every_word_of_ours_is_defined_in_three_languages() -> None:
    declared = _declared()
    names = [column_term(field.name) for kind in RECORDS for field in columns(kind)]
    names += [
        term(name)
        for name in (*LINKS.values(), *CLASSES.values(), *DERIVED, "dg:kindOfRow", "dg:Column")
    ]
    for name in {name for name in names if is_shipped(name.value)}:
        assert name.value in declared, name
        said = [quad for quad in declared[name.value] if isinstance(quad.object, ox.Literal)]
        for verbs in (("rdfs:label", "skos:prefLabel"), ("skos:definition",)):
            used = {
                quad.object.language for quad in said if quad.predicate in {term(v) for v in verbs}
            }
            assert used == {"en", "kk", "ru"}, (name, verbs)


def test_every_column_is_marked_as_one_and_no_other_word_is() -> None:
    marked = {
        quad.subject
        for quads in _declared().values()
        for quad in quads
        if quad.predicate == term("rdf:type") and quad.object == term("dg:Column")
    }
    names = {column_term(field.name) for kind in RECORDS for field in columns(kind)}
    assert marked == {name for name in names if is_shipped(name.value)}


def test_no_column_has_the_name_of_a_term() -> None:
    schema = load_schema()
    taken = {
        each.iri
        for kind in ("class", "predicate", "measure", "item")
        for each in schema.terms(kind).values()
    }
    names = {column_term(field.name).value for kind in RECORDS for field in columns(kind)}
    assert not names & taken


def test_every_column_that_names_rows_or_terms_has_a_link() -> None:
    naming = {
        field.name
        for kind in RECORDS
        for field in columns(kind)
        if field.holds in {"reference", "term"}
    }
    assert set(LINKS) == naming | {"base"}


# --- an ontology of one's own --------------------------------------------------------------------

OWN = """@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .
@prefix my: <https://example.org/my/terms#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
my:advisesOn a owl:ObjectProperty ; rdfs:label "advises on"@en ; rdfs:seeAlso [ rdfs:label "x" ] ;
    schema:domainIncludes dg:Organisation ; schema:rangeIncludes dg:Actor ;
    dg:family dg:influence_family ; dg:influenceFlow "forward" .
"""


def own_folder(folder: Path) -> Path:
    files = {
        "ontology/own.ttl": OWN,
        "dataset.csv": "name,prefix,namespace,version,format,ontology,licence,creator,uses\n"
        "mine,my,https://example.org/my/,1,1,0.1.0,CC0-1.0,me,diaspora-graph\n",
        "entities.csv": "id,type,label_en\nmy:chamber,Organisation,Chamber of Example\n",
        "sources.csv": "id,type,title,source_class\nmy:page,WebPage,Page,official\n",
        "statements.csv": "id,subject,predicate,object,source,locator,passage,confidence\n"
        "my:s1,my:chamber,advisesOn,armenia,my:page,p. 1,p7c36ab6a31bfc0c7:212,high\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@ENDINGS
def test_a_dataset_takes_its_own_terms_along(ending: str, tmp_path: Path) -> None:
    data = load_dataset(own_folder(tmp_path / "mine"))
    file = rdf.write(data, tmp_path / f"out{ending}")
    back = rdf.read(file)
    assert digest(back) == digest(data)
    assert back.schema.predicates["advisesOn"].flow == 1
    write_dataset(data, tmp_path / "first")
    write_dataset(back, tmp_path / "second")
    again = load_dataset(tmp_path / "second" / "mine")
    assert digest(again) == digest(data)
    first, second = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*.csv")
        }
        for name in ("first", "second")
    )
    assert first == second
    assert rdf.write(back, tmp_path / f"again{ending}").read_bytes() == file.read_bytes()


def test_an_id_with_a_prefix_has_the_namespace_of_its_dataset() -> None:
    rows = {kind: table_of(kind, each) for kind, each in samples.ROWS.items() if kind != "dataset"}
    own = {**samples.ROWS["dataset"][0], "prefix": "my", "namespace": "https://example.org/a|b/"}
    renamed = {
        kind: [
            {k: f"my:{v}" if k == "id" else v for k, v in row.items()} for row in samples.ROWS[kind]
        ]
        for kind in ("entity",)
    }
    tables = {"dataset": table_of("dataset", [own])} | {kind: rows[kind].take([]) for kind in rows}
    data = dataset_of(tables | {kind: table_of(kind, each) for kind, each in renamed.items()})
    nodes = {str(quad.subject.value) for quad in rdf.quads(data)}
    assert "https://example.org/a%7Cb/aland" in nodes


@pytest.mark.parametrize(
    "space", ["https://w3id.org/diaspora-graph/id/", "https://w3id.org/diaspora-graph/ontology#"]
)
def test_namespaces_that_mix_ids_up_are_refused(space: str, tmp_path: Path) -> None:
    folder = own_folder(tmp_path / "mine")
    text = (folder / "dataset.csv").read_text("utf-8").replace("https://example.org/my/", space)
    (folder / "dataset.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match="in which ids differ"):
        rdf.write(load_dataset(folder), tmp_path / "out.ttl")
    assert not list(tmp_path.glob("*.ttl*"))


# --- bad files -----------------------------------------------------------------------------------

HEAD = """@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix : <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
: dg:kindOfRow "dataset" ; dg:name "x" ; dg:prefix "x" ; dg:namespace "https://example.org/" ;
  dg:version "1" ; dg:format "1" ; dg:ontology "0.1.0" ; dg:licence "CC0" ; dg:creator "me" .
"""
ENTITY = ':a dg:kindOfRow "entity" ; dcterms:identifier "x:a" ; dg:type "State" ; dg:label_en "A" '


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            f"{HEAD}{ENTITY} ; dg:gistt 'x' .",
            r"https://example.org/a>:gistt: .*did you mean 'gist'",
        ),
        (f"{HEAD}{ENTITY} ; dg:note <x:y> .", "note: .*a column with text"),
        (f"{HEAD}{ENTITY} ; dg:gist 'x' .", "gist: .*a column of this kind of row"),
        (f"{HEAD}{ENTITY} , 'B' .", "label_en: .*one value for each column.*it has 'A' too"),
        (f"{HEAD} :b dg:label_en 'B' .", "a row of no kind.*dg:kindOfRow with one of"),
        (f"{HEAD} :b dg:kindOfRow 'nothing' .", "'nothing', expected dg:kindOfRow of"),
        (f"{HEAD}{ENTITY.replace('State', 'Stat')} .", "a>:type: 'Stat', .*did you mean 'State'"),
        (f"{HEAD}{ENTITY.replace('x:a', 'a')} .", "a>:id: 'a', .*begins with x:"),
        ("@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .", "no dataset"),
        ("<a> <b> <c> .\n\n<a> <b>", r"bad\.ttl:[13]: "),
    ],
)
def test_a_file_that_cannot_be_a_dataset_is_told(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=says):
        rdf.read(tmp_path / "bad.ttl")


def test_what_is_of_another_vocabulary_does_no_harm(tmp_path: Path) -> None:
    more = f"{ENTITY} ; rdfs:seeAlso <x:z> ; dcterms:title 'z' . <x:y> dcterms:title 'q' ."
    (tmp_path / "good.ttl").write_text(HEAD + more, encoding="utf-8")
    assert rdf.read(tmp_path / "good.ttl").entity("x:a").label_en == "A"


def test_a_name_of_a_dataset_is_no_way_out_of_the_folder(tmp_path: Path) -> None:
    terms = ":t a owl:ObjectProperty ; rdfs:label 't'@en ; rdfs:isDefinedBy : ."
    text = HEAD.replace('dg:name "x"', f'dg:name "../../../../{tmp_path}/out"') + terms
    (tmp_path / "bad.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match="name"):
        rdf.read(tmp_path / "bad.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["bad.ttl"]


def test_terms_that_do_not_serve_are_told(tmp_path: Path) -> None:
    terms = ":t a owl:ObjectProperty ; rdfs:label 't'@en ; rdfs:isDefinedBy : ."
    (tmp_path / "bad.ttl").write_text(HEAD + terms, encoding="utf-8")
    with pytest.raises(SchemaError, match="domainIncludes"):
        rdf.read(tmp_path / "bad.ttl")


def test_another_ending_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"\.ttl or \.trig"):
        rdf.write(sample(), tmp_path / "x.rdf")
    with pytest.raises(ParameterError, match=r"\.ttl or \.trig"):
        rdf.read(tmp_path / "x.csv")
    with pytest.raises(FileError, match="cannot be read"):
        rdf.read(tmp_path / "none.ttl")


def test_nothing_is_left_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").mkdir()
    with pytest.raises(FileError, match="cannot be written"):
        rdf.write(sample(), tmp_path / "x.ttl")
    assert [path.name for path in tmp_path.iterdir()] == ["x.ttl"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FileError, match="cannot be written"):
        rdf.write(sample(), tmp_path / "file" / "x.ttl")

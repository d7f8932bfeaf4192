"""Every format: nothing lost there and back, the same bytes each time, no unsafe file accepted."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import normalize

import networkx as nx
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from diaspora_graph.dataset.canonical import digest, write_dataset
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind
from diaspora_graph.errors import DatasetError, FileError, ParameterError, UnknownNameError
from diaspora_graph.exchange import FORMATS, export, gexf, graphml, jsonl
from diaspora_graph.exchange.csv import guarded
from diaspora_graph.exchange.networkx import from_networkx, to_networkx
from diaspora_graph.reading.load import load_dataset
from samples import HOSTILE, ROWS, sample

SAMPLE = sample()
STATEMENTS = [row["id"] for row in ROWS["statement"]]
DENIED = {row["id"] for row in ROWS["statement"] if row.get("polarity") == "denies"}

# What `check` lets pass: no controls, no invisible marks, composed and trimmed.
hostile_texts = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf"], include_characters="\n\t"), max_size=30
    )
    | st.sampled_from(["=1+1", "NA", "null", "NaN", "1e5", "007", "\ufffe\uffff", HOSTILE])
).map(lambda text: normalize("NFC", text).strip())
valid_times = st.sampled_from(
    ["", "2019", "199X", "2007~", "1991/..", "1991/", "../2004", "-0100/0020"]
)


Drawn = Mapping[Kind, Sequence[Mapping[str, str]]]


@st.composite
def drawn_rows(draw: st.DrawFn) -> Drawn:
    """Return an entity, parallel statements of it and a flag, whose texts are drawn."""
    entity = {"id": "drawn", "type": "Association", "label_en": draw(hostile_texts.filter(bool))}
    entity |= {"label_ru": draw(hostile_texts), "description": draw(hostile_texts)}
    statements = [
        {
            "id": f"z{number}",
            "subject": "drawn",
            "predicate": draw(st.sampled_from(["cooperatesWith", "rivalOf", "actsFor"])),
            "object": draw(st.sampled_from(["aland", "rival-lobby", "beland-ministry"])),
            "polarity": draw(st.sampled_from(["", "denies", "affirms"])),
            "valid": draw(valid_times),
            "source": draw(st.sampled_from(["doe2020", "roe2018"])),
            "locator": draw(hostile_texts.filter(lambda text: text and "|" not in text)),
            "passage": "p7c36ab6a31bfc0c7:212",
            "confidence": draw(st.sampled_from(["high", "low"])),
            "note": draw(hostile_texts),
        }
        for number in range(draw(st.integers(0, 4)))
    ]
    note = draw(hostile_texts.filter(bool))
    flag = {"id": "zf", "target": "drawn", "kind": "missing", "note": note}
    return {"entity": [entity], "statement": statements, "flag": [flag]}


def _built(rows: Drawn) -> Dataset:
    try:
        return sample(rows)
    except DatasetError:  # a text that `check` does not let pass
        reject()


@pytest.fixture(scope="module")
def data() -> Dataset:
    return sample()


@pytest.fixture
def merged(tmp_path: Path) -> Dataset:
    """Return the sample opened together with a dataset that uses it."""
    write_dataset(sample(), tmp_path / "sample")
    own = tmp_path / "mine"
    own.mkdir()
    for name, text in {
        "dataset": "name,prefix,namespace,version,format,ontology,licence,creator,uses\n"
        "mine,my,https://example.org/mine/,1,1,0.1.0,CC0,me,sample\n",
        "entities": "id,type,label_en,_mine\nmy:club,Association,Club,x\n",
        "aliases": "entity,alias,language\nmy:club,Клуб,ru\n",
        "statements": "id,subject,predicate,object,source,locator,passage,confidence\n"
        "my:s1,my:club,cooperatesWith,aland,doe2020,p. 1,p7c36ab6a31bfc0c7:212,low\n",
    }.items():
        (own / f"{name}.csv").write_text(text, "utf-8")
    return load_dataset(tmp_path / "sample", own)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# --- networkx ----------------------------------------------------------------------------------


@given(drawn_rows())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_networkx_there_and_back_loses_nothing(rows: Drawn) -> None:
    drawn = _built(rows)
    assert digest(from_networkx(to_networkx(drawn))) == digest(drawn)


def test_networkx_keeps_columns_of_ones_own(merged: Dataset) -> None:
    back = from_networkx(to_networkx(merged))
    assert (
        back.tables["entity"].extra["_mine"].all() == merged.tables["entity"].extra["_mine"].all()
    )
    assert "x" in back.tables["entity"].extra["_mine"].all()


def test_networkx_counts_nothing_that_is_denied_or_withdrawn(data: Dataset) -> None:
    graph = to_networkx(data)
    edges = {id for *_, id in graph.edges(keys=True)}
    assert not edges & DENIED
    assert edges | {row["id"] for row in json.loads(graph.graph["left_out"])} == set(STATEMENTS)
    statuses = {row["id"]: row.get("status") for row in ROWS["statement"]}
    withdrawn = {id for id, word in statuses.items() if word in {"corrected", "deprecated"}}
    assert withdrawn
    assert not edges & withdrawn
    assert digest(from_networkx(graph)) == digest(data)
    for subject, object_, cells in graph.edges(data=True):
        same = [
            each
            for _, end, each in graph.out_edges(subject, data=True)
            if (end, each["predicate"]) == (object_, cells["predicate"])
        ]
        assert cells["claims"] == len(same) == cells["weight"]
        assert 1 <= cells["sources"] <= cells["claims"]
        assert 0 < cells["confidence_weight"] <= 1
    assert nx.degree_centrality(graph)
    weighted = to_networkx(data, weights="sources")
    assert all(each["weight"] == each["sources"] for *_, each in weighted.edges(data=True))
    with pytest.raises(UnknownNameError, match="claims"):
        to_networkx(data, weights="claim")


def test_networkx_has_every_row_under_its_id(data: Dataset) -> None:
    graph = to_networkx(data, denials=True)
    assert isinstance(graph, nx.MultiDiGraph)
    assert {id for *_, id in graph.edges(keys=True)} == set(STATEMENTS)
    assert set(graph) == {row["id"] for kind in ("entity", "source") for row in ROWS[kind]}
    said = graph.edges["aland-lobby", "beland-assembly", "s002"]
    assert said["cited"] == "esman|minister"
    assert said["passage"] == ROWS["statement"][1]["passage"]
    assert graph.nodes["aland"]["label_native"] == "אלנד"
    assert graph.nodes["doe2020"]["kind"] == "source"
    assert {id for *_, id, p in graph.edges(keys=True, data="polarity") if p == "denies"} == DENIED
    assert [row["value"] for row in json.loads(graph.graph["observations"])][5] == "007"


def test_networkx_edges_make_a_table(data: Dataset) -> None:
    frame = nx.to_pandas_edgelist(to_networkx(data), "subject", "object", edge_key="id")
    assert frame.set_index("id").loc["s001", ["subject", "object", "source"]].tolist() == [
        "aland-lobby",
        "beland-assembly",
        "doe2020",
    ]


@given(st.sets(st.sampled_from(STATEMENTS), max_size=6))
def test_a_part_is_a_dataset_of_its_own(wanted: set[str]) -> None:
    part = to_networkx(SAMPLE, sorted(wanted), denials=True)
    found = {id for *_, id in part.edges(keys=True)}
    assert found - wanted <= {"s010", "s011", "s029", "s030"}, "evidence and corrections, no more"
    assert wanted <= found
    from_networkx(part)


def test_a_part_brings_what_its_statements_cite(data: Dataset) -> None:
    part = to_networkx(data, ["s002"])
    ends = {
        "aland-lobby",
        "beland-assembly",
        "recognition",
        "esman",
        "minister",
        "roe2018",
        "doe2020",
    }
    assert set(part) == ends  # doe2020 comes with the flag on roe2018
    assert [row["id"] for row in json.loads(part.graph["flags"])] == ["f002"]
    assert [row["alias"] for row in json.loads(part.graph["aliases"])] == ["@committee"]
    assert json.loads(part.graph["observations"]) == json.loads(part.graph["exclusions"]) == []


def test_a_correction_and_what_it_corrects_stay_together(data: Dataset) -> None:
    for one in ("s029", "s030"):
        part = to_networkx(data, [one], denials=True)
        assert {id for *_, id in part.edges(keys=True)} == {"s029", "s030"}


def test_a_flag_keeps_the_targets_that_are_there(data: Dataset) -> None:
    part = to_networkx(data, ["s012"])
    assert [row["target"] for row in json.loads(part.graph["flags"]) if row["id"] == "f001"] == [
        "s012"
    ]


def test_a_part_of_what_is_no_statement(data: Dataset) -> None:
    with pytest.raises(UnknownNameError, match="no statement named 's0001'; did you mean"):
        to_networkx(data, ["s0001"])


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (nx.write_graphml_xml, nx.read_graphml),
        (nx.write_gexf, None),
        (nx.write_gml, None),
        (nx.write_edgelist, None),
        (nx.write_adjlist, None),
    ],
)
def test_networkx_writers_take_the_graph(
    data: Dataset, write: Any, read: Any, tmp_path: Path
) -> None:
    write(to_networkx(data), tmp_path / "out")
    if read:
        assert digest(from_networkx(read(tmp_path / "out"))) == digest(data)


def test_networkx_gives_json_and_tables_with_other_names_for_the_ends(data: Dataset) -> None:
    ends = {"source": "subject", "target": "object"}
    graph = to_networkx(data, denials=True)
    text = json.dumps(nx.node_link_data(graph, **ends))
    again = nx.node_link_graph(json.loads(text), **ends)
    assert digest(from_networkx(again)) == digest(data)
    said = nx.to_pandas_edgelist(graph, **ends)["source"]
    assert sorted(said) == sorted(data.tables["statement"]["source"].all())


def test_rows_beside_the_graph_that_are_no_json_are_told(data: Dataset) -> None:
    graph = to_networkx(data)
    graph.graph["flags"] = "[1"
    with pytest.raises(DatasetError, match="flags: '\\[1', expected a list of rows in JSON"):
        from_networkx(graph)


def test_networkx_faults_are_told_at_their_id(data: Dataset) -> None:
    graph = to_networkx(data)
    graph.nodes["aland"]["degree"] = 3
    graph.nodes["beland"]["typ"] = "State"
    graph.edges["aland", "beland", "s038"]["note"] = "a\x00b"
    flags = json.loads(graph.graph["flags"])
    flags[0]["note"] = "\ud800"
    graph.graph["flags"] = flags
    graph.nodes["cela"]["kind"] = "thing"
    with pytest.raises(DatasetError) as caught:
        from_networkx(graph)
    assert [(fault.file, fault.column) for fault in caught.value.faults] == [
        ("graph:aland", "degree"),
        ("graph:beland", "typ"),
        ("graph:cela", "kind"),
        ("graph:s038", "note"),
        ("graph:f001", "note"),
    ]
    assert "did you mean 'type'" in str(caught.value)


def test_networkx_is_judged_by_the_rules(data: Dataset) -> None:
    graph = to_networkx(data)
    graph.add_node("new")
    graph.add_edge("aland", "aland-lobby", key="n1", **graph.edges["aland", "beland", "s038"])
    with pytest.raises(DatasetError) as caught:
        from_networkx(graph)
    told = {(fault.file, fault.column) for fault in caught.value.faults}
    assert told == {("graph:new", "type"), ("graph:new", "label_en"), ("graph:n1", "predicate")}


def test_other_graphs_are_refused() -> None:
    with pytest.raises(ParameterError, match="this is a DiGraph"):
        from_networkx(nx.DiGraph())
    with pytest.raises(DatasetError, match="no dataset"):
        from_networkx(nx.MultiDiGraph())


# --- JSON lines --------------------------------------------------------------------------------


@given(drawn_rows())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_jsonl_there_and_back_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: Drawn
) -> None:
    drawn = _built(rows)
    folder = tmp_path_factory.mktemp("jsonl")
    file = jsonl.write(drawn, folder / "data.jsonl")
    back = jsonl.read(file)
    assert digest(back) == digest(drawn)
    assert jsonl.write(back, folder / "again.jsonl").read_bytes() == file.read_bytes()


def test_jsonl_takes_lines_in_any_order(data: Dataset, tmp_path: Path) -> None:
    file = jsonl.write(data, tmp_path / "data.jsonl")
    lines = file.read_text("utf-8").splitlines()
    file.write_text("\r\n".join(reversed(lines)), "utf-8", newline="")
    assert digest(jsonl.read(file)) == digest(data)


def test_merged_datasets_part_again(merged: Dataset, tmp_path: Path) -> None:
    write_dataset(merged, tmp_path / "before")
    back = jsonl.read(jsonl.write(merged, tmp_path / "data.jsonl"))
    assert back.folders == ("mine", "sample")
    write_dataset(from_networkx(to_networkx(merged)), tmp_path / "after")
    assert _tree(tmp_path / "after") == _tree(tmp_path / "before")
    assert digest(back) == digest(merged)


BAD_LINES = {
    '{"kind":"entity","id":"x","id":"y"}': ("id", "id", "each key once"),
    '{"kind":"entity","labels":{"en":"x","en":"y"}}': ("en", "en", "each key once"),
    '{"kind":"entity","id":NaN}': ("id", "NaN", "quotation marks"),
    '{"kind":"entity","id":1e999}': ("id", "1e999", "quotation marks"),
    '{"kind":"entity","id":' + "1" * 5000 + "}": ("id", "1" * 5000, "quotation marks"),
    "[" * 100_000: ("", "values nested too deeply", "text, lists"),
    '{"a":' * 100_000: ("", "values nested too deeply", "text, lists"),
    '{"kind":"entity","id":"\\ud800"}': ("id", "\\ud800", "without control"),
    '{"kind":"entity","note":"\\u0000"}': ("note", "\0", "without control"),
    '{"kind":"entity","nam":"x"}': ("nam", "nam", "a key of kind entity"),
    '{"kind":"entity","label_en":"x"}': ("label_en", "label_en", "did you mean 'labels'"),
    '{"kind":"entity","labels":{"de":"x"}}': ("labels", "de", "one of en, kk, ru"),
    '{"kind":"entity","labels":"x"}': ("labels", "x", "labels by language"),
    '{"kind":"entity","id":null}': ("id", "null", "left out"),
    '{"kind":"entity","note":""}': ("note", "", "left out"),
    '{"kind":"entity","note":true}': ("note", "true", "expected text"),
    '{"kind":"entity","note":["x"]}': ("note", "a list", "expected text"),
    '{"kind":"statement","about":"x"}': ("about", "x", "a list of texts"),
    '{"kind":"statement","about":[]}': ("about", "a list", "left out"),
    '{"kind":"statement","about":["x",null]}': ("about", "null", "left out"),
    '{"kind":"statement","about":["x|y"]}': ("about", "x|y", "texts without |"),
    '{"kind":"entty"}': ("kind", "entty", "did you mean 'entity'"),
    '{"id":"x"}': ("kind", "no kind", "one of dataset"),
    '{"kind":["entity"]}': ("kind", "a list", "one of dataset"),
    '["entity"]': ("", "a list", "one JSON object"),
    "": ("", "a blank line", "delete the line"),
    '{"kind":"entity"': ("", "Expecting ',' delimiter", "at character 17"),
    '{"kind":"entity","note":"a\nb"}'.replace("\n", "\t"): ("", "Invalid control character at", ""),
    "\ufeff{}": ("", "a byte order mark", "UTF-8"),
}


def test_every_bad_line_is_told_at_its_place_in_one_run(data: Dataset, tmp_path: Path) -> None:
    file = jsonl.write(data, tmp_path / "data.jsonl")
    sound = file.read_bytes()
    first = sound.count(b"\n") + 1
    bad = "\n".join(BAD_LINES).encode() + b'\n{"kind":"entity","note":"\xff"}\n'
    file.write_bytes(sound + bad)
    with pytest.raises(DatasetError) as caught:
        jsonl.read(file)
    wanted = [*BAD_LINES.values(), ("", "byte 0xff", "UTF-8; at byte 26")]
    told = caught.value.faults
    assert [(f.file, f.row, f.column, f.said) for f in told] == [
        ("data.jsonl", first + number, column, said)
        for number, (column, said, _) in enumerate(wanted)
    ]
    for fault, (*_, words) in zip(told, wanted, strict=True):
        assert words in str(fault)


def test_jsonl_is_judged_by_the_rules(data: Dataset, tmp_path: Path) -> None:
    file = jsonl.write(data, tmp_path / "data.jsonl")
    lines = file.read_text("utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if '"id": "s001"' in line)
    lines[at] = lines[at].replace('"lobbies"', '"lobies"')
    file.write_text("".join(lines), "utf-8")
    with pytest.raises(DatasetError) as caught:
        jsonl.read(file)
    (fault,) = caught.value.faults
    assert (fault.file, fault.row, fault.column) == ("data.jsonl", at + 1, "predicate")
    assert "did you mean 'lobbies'" in str(fault)


def test_jsonl_without_a_dataset_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"")
    with pytest.raises(DatasetError, match=r"empty\.jsonl: 'no dataset'"):
        jsonl.read(tmp_path / "empty.jsonl")
    with pytest.raises(FileError, match="cannot be read"):
        jsonl.read(tmp_path / "none.jsonl")
    with pytest.raises(FileError, match="cannot be read"):
        jsonl.read(tmp_path)


def test_jsonl_keeps_to_the_contract(data: Dataset, tmp_path: Path) -> None:
    lines = jsonl.write(data, tmp_path / "data.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert all(next(iter(row)) == "kind" for row in rows)
    assert all(value for row in rows for value in row.values()), "nothing empty is written"
    aland = next(row for row in rows if row.get("id") == "aland")
    assert aland["labels"] == {"en": "Aland", "kk": "Аланд елі", "ru": "Аланд"}
    assert aland["aliases"] == ["Republic of Aland", "NA"]
    assert next(row for row in rows if row.get("id") == "o005")["value"] == "1.50"


# --- GraphML and GEXF --------------------------------------------------------------------------

DRAWN = [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)]
MODULES = {"graphml": graphml, "gexf": gexf}


@pytest.mark.parametrize(("name", "reader"), DRAWN)
def test_networkx_opens_what_we_draw(
    name: str, reader: object, data: Dataset, tmp_path: Path
) -> None:
    (file,) = export(data, name, tmp_path / f"g.{name}")
    theirs = reader(file)  # type: ignore[operator]
    ours = MODULES[name].read(file)
    for graph in (theirs, ours):
        assert graph.is_multigraph()
        assert graph.is_directed()
        assert len(graph.edges) == len(STATEMENTS)
    assert {id for *_, id in ours.edges(keys=True)} == set(STATEMENTS)
    said = ours.edges["aland-lobby", "beland-assembly", "s002"]
    assert said["statement"] == "s002"
    assert (said["label"], said["predicate"], said["polarity"]) == ("lobbies", "lobbies", "affirms")
    assert (said["first_year"], said["last_year"]) == (2008, 2019)
    assert said["family"] == data.schema.predicates["lobbies"].family
    assert {k for *_, k, p in ours.edges(keys=True, data="polarity") if p == "denies"} == DENIED
    fill = data.schema.classes["State"].fill
    assert (
        ours.nodes["aland"] | {"label": "Aland", "type": "State", "root": "Actor", "color": fill}
        == (ours.nodes["aland"])
    )
    assert ours.nodes["rival-lobby"]["label"] == HOSTILE
    assert set(ours) >= {row["id"] for row in ROWS["entity"]}
    assert {"doe2020", "roe2018"} <= set(ours), "sources that are ends"
    assert "esman" not in ours, "a source that is no end of a statement"


@given(drawn_rows())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_hostile_text_makes_sound_xml(
    tmp_path_factory: pytest.TempPathFactory, rows: Drawn
) -> None:
    drawn = _built(rows)
    folder = tmp_path_factory.mktemp("xml")
    label = drawn.entity("drawn").label_en
    shown = "".join("\ufffd" if letter in "\ufffe\uffff" else letter for letter in label)
    for name, module in MODULES.items():
        (file,) = export(drawn, name, folder / name)
        graph = module.read(file)
        assert graph.nodes["drawn"]["label"] == shown
        assert len(graph.edges) == len(drawn.tables["statement"])


def test_gexf_spells_are_the_years_in_which_a_statement_may_hold(
    data: Dataset, tmp_path: Path
) -> None:
    graph = gexf.read(gexf.write(data, tmp_path / "g.gexf"))
    spells = {
        id: (cells.get("start"), cells.get("end"))
        for *_, id, cells in graph.edges(keys=True, data=True)
    }
    assert graph.graph["mode"] == "dynamic"
    assert spells["s001"] == (1997, 2023)
    assert spells["s005"] == (1991, None)
    assert spells["s007"] == (1990, 1999)
    assert spells["s009"] == (None, 2004)
    assert spells["s019"] == (-100, 20)
    assert spells["s006"] == (None, None)


def test_colours_for_gephi(data: Dataset, tmp_path: Path) -> None:
    fill = data.schema.classes["State"].fill
    wanted = [int(fill[at : at + 2], 16) for at in (1, 3, 5)]
    by_graphml = graphml.read(graphml.write(data, tmp_path / "g")).nodes["aland"]
    assert [by_graphml[channel] for channel in "rgb"] == wanted
    by_gexf = gexf.read(gexf.write(data, tmp_path / "g")).nodes["aland"]["viz"]["color"]
    assert [by_gexf[channel] for channel in "rgb"] == wanted


def test_graphml_keys_are_not_those_that_gephi_takes_for_labels(
    data: Dataset, tmp_path: Path
) -> None:
    text = graphml.write(data, tmp_path / "g").read_text("utf-8")
    assert 'id="d3"' not in text
    assert 'id="d7"' not in text


def test_a_simple_graph_is_read_as_one_with_parallel_edges(tmp_path: Path) -> None:
    simple = nx.DiGraph()
    simple.add_edge("a", "b", id="e1", weight=2.0)
    for name, module in MODULES.items():
        file = tmp_path / name
        write: Any = {"graphml": nx.write_graphml, "gexf": nx.write_gexf}[name]
        write(simple, file)
        graph = module.read(file)
        assert isinstance(graph, nx.MultiDiGraph)
        assert list(graph.edges(data="weight")) == [("a", "b", 2.0)]


LAUGHS = (
    '<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>\n<graphml>&h;</graphml>"
)
TRAPS = {
    "a bomb": LAUGHS.encode(),
    "an external entity": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
    "an external type": b'<!DOCTYPE x SYSTEM "https://example.org/x.dtd"><x/>',
    "a type in UTF-16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
    "no XML": b'{"a": 1}',
    "cut off": b"<graphml><graph>",
    "nothing": b"",
    "other XML": b"<html/>",
    "bad data": b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    b'<graph edgedefault="directed"><node id="a"><data key="k">x</data></node></graph></graphml>',
}


@pytest.mark.parametrize("trap", TRAPS)
@pytest.mark.parametrize("name", MODULES)
def test_traps_are_refused(name: str, trap: str, tmp_path: Path) -> None:
    file = tmp_path / "trap"
    file.write_bytes(TRAPS[trap])
    words = "DOCTYPE" if b"DOCTYPE" in TRAPS[trap].replace(b"\0", b"") else "is not "
    with pytest.raises(FileError, match=words):
        MODULES[name].read(file)


# --- tables ------------------------------------------------------------------------------------


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, strict=True))


def test_tables_count_and_label(data: Dataset, tmp_path: Path) -> None:
    tables = {file.stem: _rows(file) for file in export(data, "csv", tmp_path)}
    assert set(tables) == {"table_dataset", "table_entities", "table_relations", "table_statements"}
    assert tables["table_dataset"][0]["digest"] == digest(data)
    relations = {(r["subject"], r["predicate"], r["object"]): r for r in tables["table_relations"]}
    assert len(relations) == len(data.relations)
    lobbying = relations["aland-lobby", "lobbies", "beland-assembly"]
    assert [lobbying[name] for name in ("affirming", "denying", "withdrawn")] == ["2", "1", "0"]
    assert [lobbying[name] for name in ("first_year", "last_year")] == ["1997", "2023"]
    assert lobbying["confidence"] == "high"
    assert lobbying["statements"] == "s001|s002|s003"
    assert lobbying["subject_label"] == "Aland Committee"
    corrected = relations["alan-youth", "participatesIn", "congress-2019"]
    assert [corrected[name] for name in ("affirming", "denying", "withdrawn")] == ["1", "0", "1"]
    assert relations["cela", "borders", "aland"]["confidence"] == "", (
        "its only statement is withdrawn"
    )
    assert relations["alans", "livesIn", "beland"]["last_year"] == "", "it goes on"
    said = {row["id"]: row for row in tables["table_statements"]}
    assert set(said) == set(STATEMENTS)
    assert said["s002"]["cited_labels"] == "Only cited; A. Minister"
    assert said["s012"]["flags"] == "f001"
    assert said["s003"]["polarity"] == "denies"
    assert tables["table_entities"][0].keys() >= {"label_kk", "label_ru", "type_label"}


def test_no_cell_of_a_table_is_a_formula(data: Dataset, tmp_path: Path) -> None:
    cells = [
        cell
        for file in export(data, "csv", tmp_path)
        for row in _rows(file)
        for cell in row.values()
    ]
    dangerous = [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert sorted(set(dangerous)) == ["-100", "-0100/0020"] or set(dangerous) == {
        "-100",
        "-0100/0020",
    }
    assert "'=Alan youth" in cells
    assert "'+Ministry of Beland" in cells
    assert "'-trade" in cells


@given(st.text(st.sampled_from("=+-@\t\r\n '0123/.~xX"), max_size=8))
def test_guarded_cells_run_nothing(text: str) -> None:
    cell = guarded(text)
    assert cell in (text, f"'{text}")
    if text.strip()[:1] in {"=", "@"} or text[:1] in {"\t", "\r"}:
        assert cell != text


@pytest.mark.parametrize(
    "text", ["-3.5", "+7", "-0100", "-0100/0020", "-1,200", "12 %", "", "a=b", "2019"]
)
def test_guarded_cells_that_are_numbers_or_dates_stay(text: str) -> None:
    assert guarded(text) == text


# --- all of them -------------------------------------------------------------------------------

_WRITE_ALL = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from samples import sample
from diaspora_graph.exchange import FORMATS, export
from diaspora_graph.exchange.template import write_template
data, place = sample(), Path(sys.argv[2])
for name in sys.argv[3:]:
    export(data, name, place / name)
heavy = {"networkx", "pandas", "matplotlib", "rdflib", "xlsxwriter"} & set(sys.modules)
assert not heavy, heavy
export(data, "labels", place / "labels")  # a workbook, and so is the template
write_template(place / "template")
"""


def _written(place: Path, seed: str, locale: str, zone: str) -> dict[str, bytes]:
    names: Iterable[str] = [name for name in FORMATS if name not in {"ttl", "labels"}]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
    command = [sys.executable, "-X", "warn_default_encoding", "-c", _WRITE_ALL]
    here = str(Path(__file__).parent / "support")
    subprocess.run([*command, here, str(place), *names], env=environment, check=True)
    return _tree(place)


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    first = _written(tmp_path / "one", "1", "C.UTF-8", "UTC")
    second = _written(tmp_path / "two", "2", "C", "Asia/Almaty")
    assert len(first) > 20
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert not [name for name, text in first.items() if str(tmp_path).encode() in text]


@pytest.mark.parametrize("name", FORMATS)
def test_a_place_that_cannot_be_written_to(name: str, data: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(FileError):
        export(data, name, tmp_path / "file" / f"below{FORMATS[name].suffix}")
    assert _tree(tmp_path) == {"file": b"mine"}


def test_an_unknown_format(data: Dataset, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="no format 'graphlm'; did you mean 'graphml'"):
        export(data, "graphlm", tmp_path / "x")

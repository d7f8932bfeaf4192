"""A class and a relation in Turtle alone: checked, drawn, found, used in paths and exported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph import MemoryGraph, SchemaError, SparqlGraph, question
from diaspora_graph.cli import main
from diaspora_graph.paths.api import influence_paths
from diaspora_graph.pictures.staging import around, scene_of
from diaspora_graph.reading.load import load_dataset

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"
FILES = {
    "dataset.csv": "name,prefix,namespace,version,format,ontology,licence,creator,uses\n"
    "mine,my,https://example.org/id/,1,1,0.1.0,CC-BY-4.0,me,diaspora-graph\n",
    "entities.csv": "id,type,label_en\nmy:youth,YouthBranch,Youth of ANCA\n",
    "sources.csv": "id,type,author,title,source_class\nmy:s,Report,Me,A report,organisation\n",
    "statements.csv": "id,subject,predicate,object,source,locator,passage,confidence\n"
    "my:st-1,anca,trains,my:youth,my:s,p. 1,p0123456789abcdef:9,high\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's dataset with the Turtle of CONTRIBUTING, opened together with the seed."""
    folder = tmp_path_factory.mktemp("mine")
    turtle = re.search(r"```turtle\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert turtle
    (folder / "ontology").mkdir()
    (folder / "ontology" / "my.ttl").write_text(turtle[1], "utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_the_row_passes_check_and_is_found(folder: Path) -> None:
    assert "no faults" in said("check", str(folder))
    assert "my:youth" in said("find", "Youth of ANCA", "--graph", str(folder))
    assert "trains Youth of ANCA" in said("show", "anca", "--graph", str(folder))


def test_the_relation_is_walked(folder: Path) -> None:
    data = load_dataset(folder)
    path = next(influence_paths(data, "armenian-diaspora", "my:youth"))
    assert path.nodes[-2] == "anca"


def test_class_and_family_stand_in_the_legend(folder: Path) -> None:
    data = load_dataset(folder)
    scene = scene_of(data, around(data, ["my:youth"]))
    drawn = {each.name: each for each in scene.types}["YouthBranch"]
    assert (drawn.label["en"], drawn.fill) == ("youth branch", "#D5E8D4")
    assert drawn.shape == data.schema.classes["Organisation"].shape
    assert [each.name for each in scene.families] == ["support_family"]


@pytest.mark.parametrize("form", ["jsonl", "csv", "graphml", "gexf", "ttl", "folder"])
def test_every_export_has_it(form: str, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / ("out" if form in {"csv", "folder"} else f"out.{form}")
    said("export", "--format", form, "-o", str(target), "--graph", str(folder))
    files = (
        [target]
        if target.is_file()
        else sorted(each for each in target.rglob("*") if each.is_file())
    )
    text = "".join(each.read_text("utf-8") for each in files)
    for word in ("trains", "youth", "Youth of ANCA"):
        assert word in text


def test_the_exported_folder_opens_again(folder: Path, tmp_path: Path) -> None:
    said("export", "--format", "folder", "-o", str(tmp_path / "out"), "--graph", str(folder))
    names = sorted(each.name for each in (tmp_path / "out").iterdir())
    assert names == ["diaspora-graph", "mine"]
    assert "no faults" in said(
        "check", str(tmp_path / "out" / "mine"), str(tmp_path / "out" / "diaspora-graph")
    )


def _with_role(folder: Path, role: str) -> Path:
    """A user's dataset whose relation has a role in questions."""
    (folder / "ontology").mkdir()
    turtle = re.search(r"```turtle\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert turtle
    flow = 'dg:influenceFlow "forward"'
    text = turtle[1].replace(flow, f'{flow} ; dg:role "{role}"')
    (folder / "ontology" / "my.ttl").write_text(text, "utf-8")
    for name, rows in FILES.items():
        (folder / name).write_text(rows, "utf-8")
    return folder


def test_a_question_finds_a_relation_by_its_role(tmp_path: Path) -> None:
    data = load_dataset(_with_role(tmp_path, "inclusion"))
    for graph in (MemoryGraph(data), SparqlGraph(data)):
        answer = graph.answer(question("members_of"), thing="my:youth")
        assert [row[:2] for row in answer.rows] == [("anca", "trains")]


def test_a_role_that_no_question_asks_for_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="dg:role: office, inclusion"):
        load_dataset(_with_role(tmp_path, "inclusoin"))

"""Files for Neo4j's import tool make the database that a load makes; the style names every term."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph.cli import main
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind, columns
from diaspora_graph.graphs.neo4j import bulk
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.home import read_dataset
from diaspora_graph.graphs.neo4j.loading import load
from diaspora_graph.graphs.neo4j.status import deep_status, status
from diaspora_graph.graphs.neo4j.style import style
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.reading.load import load_dataset
from hostile import hostile
from neo4j_server import OwnServer
from samples import sample


def _tool(server: OwnServer, place: Path) -> Mapping[str, str]:
    """Return an environment in which `neo4j-admin` is the real tool."""
    place.mkdir()
    command = shlex.join([*server._command(), "org.neo4j.cli.AdminTool"])
    script = place / "neo4j-admin"
    script.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    homes = {"NEO4J_HOME": str(server.home), "NEO4J_CONF": str(server.home / "conf")}
    return os.environ | homes | {"PATH": f"{place}{os.pathsep}{os.environ['PATH']}"}


def _imported(server: OwnServer, folder: Path) -> Connection:
    server.stop()
    done = subprocess.run(
        [str(folder / "import.sh"), "neo4j", "--overwrite-destination"],
        check=False, env=_tool(server, folder.parent / "bin"), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    server.start()
    return server.connection()


def _finish(connection: Connection, folder: Path) -> None:
    text = (folder / "finish.cypher").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("//"))
    for statement in "\n".join(lines).split(";\n"):
        if statement.strip(" ;\n"):
            connection.write_once(statement.strip(" ;\n"))


def _is_clean(connection: Connection, data: Dataset) -> None:
    found = deep_status(connection, data)
    assert found.plan.is_empty
    assert not found.edits
    assert digest(read_dataset(connection)) == digest(data)


def _counts(connection: Connection) -> Sequence[Mapping[str, object]]:
    return connection.read(
        "MATCH (n) UNWIND labels(n) AS name RETURN 'node' AS what, name, count(*) AS n"
        " UNION ALL"
        " MATCH ()-[r]->() RETURN 'relationship' AS what, type(r) AS name, count(*) AS n"
    )


@pytest.mark.thorough
@pytest.mark.parametrize("make", [load_dataset, hostile], ids=["seed", "hostile"])
def test_an_import_equals_a_load(make: object, neo4j_own: OwnServer, tmp_path: Path) -> None:
    data: Dataset = make()  # type: ignore[operator]
    folder = tmp_path / "files"
    bulk.write(data, folder)
    connection = _imported(neo4j_own, folder)
    _finish(connection, folder)
    assert status(connection, data).is_empty
    _is_clean(connection, data)
    indexes = "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'dg_' RETURN name, state"
    made = connection.read(indexes + " ORDER BY name")
    by_import = _counts(connection)
    assert load(connection, data).is_empty
    assert connection.read(indexes + " ORDER BY name") == made
    neo4j_own.empty()
    load(connection, data)
    assert sorted(map(str, _counts(connection))) == sorted(map(str, by_import))


@pytest.mark.thorough
def test_a_load_after_an_import_that_was_not_finished_mends_it(
    neo4j_own: OwnServer, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    bulk.write(sample(), folder)
    connection = _imported(neo4j_own, folder)
    assert not status(connection, sample()).is_empty
    load(connection, sample())
    _is_clean(connection, sample())


def test_the_same_data_give_the_same_files(tmp_path: Path) -> None:
    first = bulk.write(sample(), tmp_path / "a")
    second = bulk.write(sample(), tmp_path / "b")
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert sorted((tmp_path / "a").iterdir()) == sorted(first)


def test_both_scripts_call_the_tool_alike(tmp_path: Path) -> None:
    bulk.write(sample(), tmp_path)
    call = re.compile(r"neo4j-admin (database import full) \S+ \"?(@\S+?)\"? ")
    scripts = [(tmp_path / f"import.{end}").read_text("utf-8") for end in ("sh", "ps1")]
    found = [call.findall(script) for script in scripts]
    assert found == [[("database import full", "@arguments.txt")]] * 2
    named = re.findall(r"[\w-]+(?:\.header)?\.csv", (tmp_path / "arguments.txt").read_text("utf-8"))
    assert sorted(named) == sorted(path.name for path in tmp_path.glob("*.csv"))


@pytest.mark.parametrize("form", ["neo4j-admin", "neo4j-style"])
def test_the_verb_writes_it(form: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    result = CliRunner().invoke(main, ["export", "--format", form, "-o", str(target)])
    assert result.exit_code == 0, result.output
    written = [Path(line.removeprefix("wrote ")) for line in result.output.splitlines()]
    assert all(path.is_file() for path in written)
    assert target.is_dir() == (form == "neo4j-admin")


RULE = re.compile(r"^([\w.]+) \{\n((?:  [\w-]+: [^;:]+;\n)+)\}\n", re.MULTILINE)


def _look(text: str, tag: str, names: Sequence[str]) -> dict[str, str]:
    """Apply the rules as Neo4j Browser does: each that matches, one after the other."""
    look: dict[str, str] = {}
    for selector, body in RULE.findall(text):
        kind, *wanted = selector.split(".")
        if kind == tag and set(wanted) <= set(names):
            look |= dict(re.findall(r"([\w-]+): ([^;]+);", body))
    return look


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


def test_the_style_is_rules_and_nothing_else(schema: Schema) -> None:
    assert RULE.sub("", style(schema)).strip() == ""


def test_every_class_has_its_fill_and_a_caption(schema: Schema) -> None:
    from diaspora_graph.graphs.neo4j.shape import labels

    text = style(schema)
    for each in schema.classes.values():
        kind: Kind = "source" if each.recorded_as == "source" else "entity"
        look = _look(text, "node", labels(schema, kind, each.name)[::-1])
        assert look["color"] == each.fill, each.name
        caption = look["caption"].strip("'{}")
        assert caption in {field.name for field in columns(kind) if field.required}, each.name


def test_every_relation_has_the_colour_of_its_family(schema: Schema) -> None:
    text = style(schema)
    for each in schema.predicates.values():
        look = _look(text, "relationship", [each.upper])
        assert look["color"] == schema.families[each.family].colour, each.name
        assert look["caption"] == "'<type>'"


def test_every_kind_of_row_has_a_caption_of_its_columns() -> None:
    from diaspora_graph.dataset.records import RECORDS

    text = style(load_schema())
    for kind in RECORDS:
        look = _look(text, "node", [kind.capitalize()])
        assert look["caption"].strip("'{}") in {field.name for field in columns(kind)}

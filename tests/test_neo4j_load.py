"""A dataset in a real Neo4j: loaded, updated, unloaded, read back; nothing else is changed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import influences
from diaspora_graph.dataset.canonical import digest, write_dataset
from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS, Kind
from diaspora_graph.errors import ParameterError, StoreError
from diaspora_graph.graphs.neo4j import connection as connection_module
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.graph import Neo4jGraph
from diaspora_graph.graphs.neo4j.home import read_dataset
from diaspora_graph.graphs.neo4j.loading import load, unload
from diaspora_graph.graphs.neo4j.lock import locked
from diaspora_graph.graphs.neo4j.plan import Plan
from diaspora_graph.graphs.neo4j.status import deep_status, status
from diaspora_graph.graphs.neo4j.writes import INDEXES
from diaspora_graph.questions import QUESTIONS
from diaspora_graph.reading.load import dataset_of, load_dataset
from hostile import HOSTILE, hostile
from neo4j_server import OwnServer, Server
from samples import ROWS, Row, sample
from test_questions import _own_folder, part_of_the_seed


def _made(rows: Mapping[Kind, Sequence[Row]]) -> Dataset:
    return dataset_of({kind: table_of(kind, [*each]) for kind, each in rows.items()})


def _with(kind: Kind, id: str, **cells: str) -> Dataset:
    """Return the sample with some cells of a row changed."""
    rows = {each: [*found] for each, found in ROWS.items()}
    rows[kind] = [{**row, **cells} if row["id"] == id else row for row in rows[kind]]
    return _made(rows)


def _counts(plan: Plan) -> tuple[int, int, int]:
    return len(plan.nodes.added), len(plan.nodes.changed), len(plan.nodes.removed)


def _is_clean(connection: Connection, data: Dataset) -> None:
    found = deep_status(connection, data)
    assert found.plan.is_empty, [found.plan.nodes.samples(word) for word in ("added", "changed")]
    assert not found.edits


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def connection(neo4j_database: Server) -> Connection:
    return neo4j_database.connection()


def test_the_seed_is_loaded_once_and_read_back(neo4j_new: Server, tmp_path: Path) -> None:
    connection = neo4j_new.connection()
    data = load_dataset()
    before = status(connection, data)
    rows = sum(map(len, data.tables.values()))
    assert _counts(before) == (rows, 0, 0)
    load(connection, data)
    assert _counts(load(connection, data)) == (0, 0, 0)
    _is_clean(connection, data)
    home = read_dataset(connection)
    assert digest(home) == digest(data)
    write_dataset(data, tmp_path / "before")
    write_dataset(home, tmp_path / "after")
    assert _files(tmp_path / "before") == _files(tmp_path / "after")


def test_a_constraint_under_a_name_of_the_users_serves(neo4j_new: Server) -> None:
    connection = neo4j_new.connection()
    connection.write("CREATE CONSTRAINT mine FOR (n:Dg) REQUIRE n.key IS UNIQUE")
    load(connection, sample())
    assert load(connection, sample()).is_empty
    _is_clean(connection, sample())
    neo4j_new.empty()  # others look for the constraint under our name


def test_a_second_load_writes_nothing(connection: Connection) -> None:
    load(connection, sample())
    last = (
        "SHOW DATABASES YIELD name, lastCommittedTxn WHERE name = 'neo4j' RETURN lastCommittedTxn"
    )
    before = connection.read(last)
    assert load(connection, sample()).is_empty
    assert connection.read(last) == before


def test_stale_values_go_and_what_the_user_added_stays(connection: Connection) -> None:
    load(connection, sample())
    connection.write(
        "MATCH (n:Dg {key: 'aland-lobby'}) SET n:Favourite, n.seen = 3"
        " MERGE (n)-[:BOOKMARKED]->(:Mine {name: 'list'})"
    )
    changed = _with("entity", "aland-lobby", type="CulturalCentre", note="", aliases="ANC")
    plan = load(connection, changed)
    assert _counts(plan)[1] == 1
    [row] = connection.read(
        "MATCH (n:Dg {key: 'aland-lobby'})"
        " RETURN labels(n) AS labels, n.note AS note, n.names AS names, n.seen AS seen,"
        " COUNT { (n)-[:BOOKMARKED]->() } AS marks"
    )
    assert {"Favourite", "CulturalCentre", "Organisation"} <= set(row["labels"])
    assert "LobbyOrganisation" not in row["labels"]
    assert (row["note"], row["seen"], row["marks"]) == (None, 3, 1)
    assert row["names"] == ["Aland Committee", "ANC", "@committee"]
    _is_clean(connection, changed)
    assert digest(read_dataset(connection)) == digest(changed)


def test_rows_that_come_change_and_go(connection: Connection) -> None:
    load(connection, sample())
    rows = {kind: [*found] for kind, found in ROWS.items()}
    rows["statement"] = [row for row in rows["statement"] if row["id"] not in {"s038", "s005"}]
    rows["statement"].append({**rows["statement"][0], "id": "s099", "valid": "2001"})
    rows["alias"] = rows["alias"][1:]
    after = _made(rows)
    plan = load(connection, after)
    assert _counts(plan) == (1, 1, 3)  # the entity that loses a name changes
    _is_clean(connection, after)
    [lobbies] = connection.read(
        "MATCH (:Dg {key: 'aland-lobby'})-[r:LOBBIES]->() RETURN r.statements AS statements"
    )
    assert lobbies["statements"] == ["s001", "s002", "s099"]
    assert not connection.read(
        "MATCH (:Dg {key: 'aland'})-[r:BORDERS]-(:Dg {key: 'beland'}) RETURN r"
    )
    assert digest(read_dataset(connection)) == digest(after)


FOREIGN = """
CREATE (p:Person {key: 'minister', name: 'not ours'}), (e:Entity {key: 'aland', id: 'aland'}),
       (p)-[:SUBJECT {position: 0}]->(e), (e)-[:LOBBIES {key: 'x', digest: 'y'}]->(p)
"""
_DUMP = """
MATCH (n) WHERE NOT n:Dg
RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties,
  [(n)-[r]-(m) | [elementId(r), type(r), properties(r), elementId(m)]] AS links ORDER BY id
"""


def _dump(connection: Connection) -> list[dict[str, Any]]:
    found = connection.read(_DUMP)
    for row in found:
        row["links"] = sorted(row["links"], key=str)
    return found


def test_a_foreign_graph_stays_as_it_is(connection: Connection) -> None:
    connection.write(FOREIGN)
    load(connection, sample())
    connection.write(
        "MATCH (n:Dg {key: 's038'}) WITH n MATCH (p:Person) WHERE NOT p:Dg"
        " CREATE (p)-[:READ {on: 'Monday'}]->(n)"
    )
    before = _dump(connection)
    load(connection, _with("entity", "aland", label_en="Aland, renamed"))
    assert _dump(connection) == before
    rows = {kind: [*found] for kind, found in ROWS.items()}
    rows["statement"] = [row for row in rows["statement"] if row["id"] != "s038"]
    less = _made(rows)
    assert load(connection, less).held == ("s038",)
    assert _dump(connection) == before
    found = status(connection, less)
    assert found.is_empty
    assert found.held == ("s038",)
    assert digest(read_dataset(connection)) == digest(less)
    load(connection, sample())
    _is_clean(connection, sample())
    assert unload(connection, "sample").held == ("s038",)
    assert _dump(connection) == before
    assert connection.read("MATCH (n:Dg) RETURN n.key AS key") == [{"key": "s038"}]


@pytest.mark.thorough
def test_all_text_that_is_let_pass_is_stored_and_comes_back(connection: Connection) -> None:
    for first in range(len(HOSTILE)):
        data = hostile(first)
        load(connection, data)
        assert digest(read_dataset(connection)) == digest(data), first
    _is_clean(connection, data)


def test_an_edit_in_the_database_is_found_by_its_id(connection: Connection) -> None:
    load(connection, sample())
    connection.write("MATCH (n:Dg {key: 's001'}) SET n.gist = 'forged'")
    connection.write("MATCH (n:Dg {key: 'aland'}) SET n.names = []")
    connection.write("MATCH (:Dg {key: 's002'})-[r:ABOUT]->() DELETE r")
    connection.write("MATCH (:Dg {key: 'works'})-[r:FUNDS]->() SET r.sources = ['x']")
    assert status(connection, sample()).is_empty
    found = {edit.key: edit.what for edit in deep_status(connection, sample()).edits}
    assert found == {
        "s001": ("gist",), "aland": ("names",), "s002": ("relationships",),
        "works funds alan-centre": ("sources",),
    }  # fmt: skip


def test_two_loads_at_once(neo4j_database: Server) -> None:
    entered, go = threading.Event(), threading.Event()
    said: list[str] = []

    def slow(what: str, done: int, total: int) -> None:
        entered.set()
        go.wait(0.3)  # a second for each three batches, so that the lock is renewed meanwhile

    def run(progress: Any) -> None:
        try:
            load(neo4j_database.connection(), sample(), progress, lease=3)
        except StoreError as error:
            said.append(str(error))

    first = threading.Thread(target=run, args=[slow])
    first.start()
    assert entered.wait(60)
    run(slow)
    go.set()
    first.join(60)
    assert len(said) == 1
    assert "load of sample is running" in said[0]
    _is_clean(neo4j_database.connection(), sample())


def test_a_lock_that_nobody_renews_is_taken_over(connection: Connection) -> None:
    load(connection, _with("entity", "aland", label_en="Aland, renamed"))
    with locked(connection, "load of others", lease=0.5) as dead:
        load(connection, sample(), lease=0.5)
        with pytest.raises(StoreError, match="another load began"):
            dead.write("UNWIND [1] AS one RETURN count(*) AS written")
    _is_clean(connection, sample())


def test_what_the_user_keeps_under_names_of_other_kinds_stays(connection: Connection) -> None:
    load(connection, sample())
    connection.write(
        "MATCH (n:Dg {key: 'aland-lobby'}) MATCH (m:Dg {key: 'aland'}) SET n.url = 'https://mine'"
        " CREATE (n)-[:SOURCE {position: 12}]->(m)"
    )
    assert deep_status(connection, sample()).is_clean
    changed = _with("entity", "aland-lobby", note="changed")
    load(connection, changed)
    _is_clean(connection, changed)
    [row] = connection.read(
        "MATCH (n:Dg {key: 'aland-lobby'})"
        " RETURN n.url AS url, COUNT { (n)-[:SOURCE {position: 12}]->() } AS links"
    )
    assert row == {"url": "https://mine", "links": 1}


class _BrokenOffError(Exception):
    pass


def _broken_off(connection: Connection, data: Dataset, batches: int) -> None:
    """Load, and end after this number of batches, like a killed process."""
    done = 0

    def stop(what: str, written: int, total: int) -> None:
        nonlocal done
        done += 1
        if done == batches:
            raise _BrokenOffError

    with pytest.raises(_BrokenOffError):
        load(connection, data, stop)


def _of_other_terms(data: Dataset) -> Dataset:
    """Return the same rows under an ontology where influence does not pass one of their classes."""
    name = data.tables["entity"]["type"][0]
    classes = dict(data.schema.classes)
    classes[name] = replace(classes[name], passes=not classes[name].passes)
    return replace(data, schema=replace(data.schema, classes=classes))


@pytest.mark.parametrize("finished", [False, True], ids=["first load", "loaded before"])
def test_a_load_that_broke_off_under_another_ontology_is_written_anew(
    connection: Connection, *, finished: bool
) -> None:
    data, other = sample(), _of_other_terms(sample())
    if finished:
        load(connection, data)
    _broken_off(connection, other, 3)
    assert not status(connection, data).is_empty
    load(connection, data)
    _is_clean(connection, data)


def test_no_answer_cites_the_digest_of_what_is_no_more(connection: Connection) -> None:
    load(connection, sample())
    rows = {kind: [*found] for kind, found in ROWS.items()}
    rows["entity"] = [{**row, "note": "changed"} for row in rows["entity"]]
    changed = _made(rows)
    _broken_off(connection, changed, 1)  # when all rows are written, and nothing says so
    found = Neo4jGraph(connection).answer(QUESTIONS["entity"], thing="aland").digest
    assert found == digest(read_dataset(connection))
    assert not status(connection, changed).is_empty
    load(connection, changed)
    found = Neo4jGraph(connection).answer(QUESTIONS["entity"], thing="aland").digest
    assert found == digest(changed)


def test_what_was_deleted_in_the_database_comes_back_whole(connection: Connection) -> None:
    load(connection, sample())
    connection.write("MATCH (n:Dg {key: 'aland'}) DETACH DELETE n")
    load(connection, sample())
    _is_clean(connection, sample())


def test_an_edit_of_a_digest_is_mended_by_a_load(connection: Connection) -> None:
    load(connection, sample())
    connection.write("MATCH (n:Dg {key: 's001'}) SET n.digest = 'abc', n.gist = 'forged'")
    connection.write("MATCH (n:Dg {key: 'aland'}) SET n.digest = 7, n.mine = 'kept'")
    connection.write("MATCH ()-[r]->() WHERE r.key = 'works funds alan-centre' SET r.digest = ''")
    assert _counts(status(connection, sample())) == (0, 2, 0)
    load(connection, sample())
    _is_clean(connection, sample())
    assert connection.read("MATCH (n:Dg {mine: 'kept'}) RETURN n.key AS key") == [{"key": "aland"}]


def test_what_is_held_is_no_answer_and_comes_back(connection: Connection) -> None:
    load(connection, sample())
    denied = next(row["id"] for row in ROWS["statement"] if row.get("polarity") == "denies")
    alias = "MATCH (n:Dg:Alias) WITH n ORDER BY n.key LIMIT 1"
    connection.write(f"MATCH (n:Dg {{key: '{denied}'}}) CREATE (n)-[:SEEN]->(:Mine)")
    connection.write(f"{alias} CREATE (n)-[:SEEN]->(:Mine)")
    rows = {kind: [*found] for kind, found in ROWS.items()}
    rows["statement"] = [row for row in rows["statement"] if row["id"] != denied]
    rows["flag"] = [row for row in rows["flag"] if denied not in row["target"]]
    rows["alias"] = []
    less = _made(rows)
    assert denied in load(connection, less).held
    assert status(connection, less).is_empty
    _is_clean(connection, less)
    answer = Neo4jGraph(connection).answer(QUESTIONS["denials_of"])
    assert denied not in str(answer.rows)
    load(connection, sample())
    _is_clean(connection, sample())


def _base(folder: Path) -> Path:
    """Write a part of the seed, under which other datasets can be loaded as under the whole."""
    write_dataset(part_of_the_seed(), folder / "base")
    return folder / "base"


@pytest.mark.thorough
def test_names_and_relations_that_two_datasets_give(connection: Connection, tmp_path: Path) -> None:
    base, folder = _base(tmp_path), _own_folder(tmp_path)
    shared = (
        "my:s2,anca,lobbiesOn,us-policy-toward-armenia,my:page,p. 2,p7c36ab6a31bfc0c7:212,high\n"
    )
    with (folder / "statements.csv").open("a", encoding="utf-8") as file:
        file.write(shared)
    names = "armenia,Zed,en\narmenia,Abc,en\narmenia,Abc,en\n"
    (folder / "aliases.csv").write_text(f"entity,alias,language\n{names}", encoding="utf-8")
    seed, both = load_dataset(base), load_dataset(base, folder)
    load(connection, both)
    _is_clean(connection, both)
    _is_clean(connection, seed)
    unload(connection, "mine")
    _is_clean(connection, seed)
    load(connection, both)
    _is_clean(connection, both)


def _answered(connection: Connection) -> str:
    """Return the digest of an answer."""
    return Neo4jGraph(connection).answer(QUESTIONS["entity"], thing="armenia").digest


@pytest.mark.thorough
def test_two_datasets_in_one_database(connection: Connection, tmp_path: Path) -> None:
    base = _base(tmp_path)
    seed, both = load_dataset(base), load_dataset(base, _own_folder(tmp_path))
    load(connection, both)
    _is_clean(connection, both)
    assert _answered(connection) == digest(both)
    assert status(connection, seed).is_empty  # what the other says of our things is not a change
    assert load(connection, seed).is_empty
    assert unload(connection, "mine").held == ()
    _is_clean(connection, seed)
    assert _answered(connection) == digest(seed)  # read back: they were loaded together
    load(connection, both)
    _is_clean(connection, both)
    held = unload(connection, "diaspora-graph").held
    assert "armenia" in held
    kept = connection.read("MATCH (n:Dg {dataset: 'mine'}) RETURN n.key AS key ORDER BY key")
    assert [row["key"] for row in kept] == ["dataset:mine", "my:chamber", "my:page", "my:s1"]


def test_columns_and_an_ontology_of_the_users_own_come_home(
    connection: Connection, tmp_path: Path
) -> None:
    folder = _own_folder(tmp_path)
    entities = "id,type,label_en,_seen,_mark\nmy:chamber,Organisation,Chamber of Example,2020,\n"
    (folder / "entities.csv").write_text(entities, encoding="utf-8")
    data = load_dataset(folder)
    load(connection, data)
    home = Neo4jGraph(connection).dataset()
    write_dataset(data, tmp_path / "before")
    write_dataset(home, tmp_path / "after")
    found = _files(tmp_path / "before")
    assert {"mine/entities.csv", "mine/ontology/own.ttl"} <= found.keys()
    assert b"_seen" in found["mine/entities.csv"]
    assert found == _files(tmp_path / "after")


def test_a_dataset_that_is_not_there_cannot_be_unloaded(connection: Connection) -> None:
    load(connection, sample())
    with pytest.raises(ParameterError, match="no dataset 'other'"):
        unload(connection, "other")


def _after_a_batch(
    connection: Connection, data: Dataset, then: Callable[[], None] = lambda: None
) -> str:
    """Load the first batch that is missing and end there; return what it wrote, if anything."""
    wrote = ""

    def end(now: str, done: int, total: int) -> None:
        nonlocal wrote
        wrote = now
        then()
        raise _BrokenOffError

    with suppress(_BrokenOffError):
        load(connection, data, end, lease=1)
    return wrote


def _load_again_and_again(server: OwnServer, data: Dataset) -> None:
    while True:
        unload(server.connection(), "made", lease=1)
        load(server.connection(), data, lease=1)


def _few() -> Dataset:
    return influences.small(
        "a:State b:State c:Policy", "a actsToward b", "a adopts c", "a borders b"
    )


def test_a_load_that_ends_after_any_batch_goes_on(connection: Connection) -> None:
    data, written = _few(), []
    while wrote := _after_a_batch(connection, data):
        written.append(wrote)
    assert written.count("rows") >= 4  # each boundary between two batches
    assert "relations" in written
    _is_clean(connection, data)


@pytest.mark.thorough
def test_a_server_that_is_killed_comes_back_sound(
    neo4j_own: OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_module, "RETRY_SECONDS", 1.0)
    data = _few()
    neo4j_own.empty()
    written = []
    while wrote := _after_a_batch(neo4j_own.connection(), data, neo4j_own.kill):
        written.append(wrote)
        neo4j_own.start()
    assert written.count("rows") >= 4  # each boundary between two batches
    assert "relations" in written
    _is_clean(neo4j_own.connection(), data)
    killer = threading.Timer(0.3, neo4j_own.kill)
    killer.start()
    with pytest.raises(StoreError):  # inside a batch
        _load_again_and_again(neo4j_own, data)
    killer.join()  # we hear of the kill before it has ended
    neo4j_own.start()
    load(neo4j_own.connection(), data, lease=1)
    _is_clean(neo4j_own.connection(), data)
    neo4j_own.stop()
    neo4j_own.admin("database", "check", "neo4j")
    neo4j_own.start()


def _variables(server: Server) -> dict[str, str]:
    return {
        "DIASPORA_NEO4J_USER": server.user,
        "DIASPORA_NEO4J_PASSWORD": server.password,
        "DIASPORA_NEO4J_URI": server.uri,
    }


def test_the_verbs(neo4j_new: Server) -> None:
    environment = _variables(neo4j_new)

    def run(*words: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "diaspora_graph", *words],
            check=False, capture_output=True, encoding="utf-8", env=os.environ | environment,
        )  # fmt: skip
        assert done.stderr == "", done.stderr
        return done.returncode, done.stdout

    assert run("plan")[0] == 0
    assert run("status")[0] == 1
    assert run("load")[0] == 0
    code, out = run("status")
    assert (code, "up to date" in out) == (0, True)
    assert run("status-deep")[0] == 0
    assert run("unload", "diaspora-graph")[0] == 0
    left = neo4j_new.connection().read("MATCH (n) RETURN count(*) AS n")
    assert left == [{"n": 0}]


def test_names_in_any_script_and_ids_are_indexed(connection: Connection) -> None:
    load(connection, part_of_the_seed())
    for text in ("Казахстан", "Қазақстан", "Kazakhstan", "Հայ*"):
        found = connection.read(
            "CALL db.index.fulltext.queryNodes('dg_names', $text) YIELD node RETURN node.id AS id",
            text=text,
        )
        assert found, text
    rows = connection.read("SHOW INDEXES YIELD name, state, labelsOrTypes, properties")
    made = {row["name"]: (row["labelsOrTypes"], row["properties"]) for row in rows if row["state"]}
    assert made.keys() >= {"dg_key", *INDEXES}
    assert {row["state"] for row in rows} == {"ONLINE"}


def test_a_person_at_a_terminal_sees_how_far_it_is(neo4j_database: Server) -> None:
    pty = pytest.importorskip("pty")
    terminal, end = pty.openpty()
    chunks: list[bytes] = []

    def read() -> None:
        with suppress(OSError):  # so a terminal says that nobody writes to it any more
            while chunk := os.read(terminal, 65_536):
                chunks.append(chunk)

    reader = threading.Thread(target=read)
    reader.start()
    done = subprocess.run(
        [sys.executable, "-m", "diaspora_graph", "load", "--format", "csv"],
        check=False, stdout=subprocess.PIPE, stderr=end, encoding="utf-8",
        env={**os.environ, **_variables(neo4j_database), "TERM": "xterm", "COLUMNS": "100"},
    )  # fmt: skip
    os.close(end)
    reader.join(60)
    os.close(terminal)
    shown = b"".join(chunks).decode()
    assert done.returncode == 0
    assert "rows" in shown
    assert "%" in shown
    assert done.stdout.startswith("what,change,count")


def test_every_kind_is_written(connection: Connection) -> None:
    load(connection, sample())
    for kind in RECORDS:
        query = f"MATCH (n:Dg:{kind.capitalize()}) RETURN count(*) AS n"
        assert connection.read(query)[0]["n"]

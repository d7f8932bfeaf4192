"""The Neo4j of the tests: the right one, empty at first, can be killed and restarted."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import neo4j_server
from diaspora_graph.errors import StoreError
from neo4j_server import LTS, OwnServer, Release, Server, any_server, jars

NO_SUCH = Release("0.0.0", "org.example.None", 980, 990)


def test_the_server_says_that_it_is_neo4j_5_26_community(neo4j_database: Server) -> None:
    rows = neo4j_database.connection().read("CALL dbms.components()")
    assert [row["name"] for row in rows] == ["Neo4j Kernel"]
    assert rows[0]["versions"][0].startswith("5.26.")
    assert rows[0]["edition"] == "community"


@pytest.mark.thorough
def test_the_current_release_says_what_it_is(neo4j_current: Server) -> None:
    assert neo4j_current.version.startswith("2026.09.")
    assert neo4j_current.connection().edition == "community"


def test_a_test_begins_with_nothing(neo4j_each: Server) -> None:
    neo4j_each.empty()
    connection = neo4j_each.connection()
    connection.write("CREATE CONSTRAINT `a ``name` FOR (n:Dg) REQUIRE n.key IS UNIQUE")
    connection.write("CREATE FULLTEXT INDEX words FOR (n:Dg) ON EACH [n.text]")
    connection.write(
        "CREATE (hub:Dg) WITH hub UNWIND range(1, 3000) AS n CREATE (hub)-[:KNOWS]->(:Dg {key: n})"
    )
    neo4j_each.empty()
    assert connection.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
    assert connection.read("SHOW CONSTRAINTS YIELD name RETURN name") == []
    kept = connection.read("SHOW INDEXES YIELD type RETURN DISTINCT type")
    assert kept == [{"type": "LOOKUP"}]


@pytest.mark.thorough
def test_what_was_committed_outlives_a_kill(neo4j_own: OwnServer) -> None:
    neo4j_own.empty()
    neo4j_own.connection().write("UNWIND range(1, 100) AS n CREATE (:Dg {key: n})")
    neo4j_own.kill()
    with pytest.raises(StoreError, match="nothing answers"):
        neo4j_own.connection()
    neo4j_own.start()
    assert neo4j_own.connection().read("MATCH (n:Dg) RETURN count(n) AS n") == [{"n": 100}]
    neo4j_own.kill()
    neo4j_own.admin("database", "check", "neo4j")
    neo4j_own.start()


@pytest.mark.thorough
def test_the_import_tool_fills_a_stopped_server(neo4j_own: OwnServer, tmp_path: Path) -> None:
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("key:ID,:LABEL\na,Dg\nb,Dg\n", encoding="utf-8")
    neo4j_own.stop()
    into = ("database", "import", "full", "neo4j", "--overwrite-destination")
    with pytest.raises(AssertionError, match=r"missing\.csv"):
        neo4j_own.admin(*into, f"--nodes={tmp_path / 'missing.csv'}")
    neo4j_own.admin(*into, f"--nodes={nodes}")
    neo4j_own.start()
    rows = neo4j_own.connection().read("MATCH (n:Dg) RETURN n.key AS key ORDER BY key")
    assert rows == [{"key": "a"}, {"key": "b"}]


def test_a_given_server_is_used_only_if_it_is_empty(
    neo4j_database: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIASPORA_NEO4J_URI", neo4j_database.uri)
    monkeypatch.setenv("DIASPORA_NEO4J_USER", neo4j_database.user)
    monkeypatch.setenv("DIASPORA_NEO4J_PASSWORD", neo4j_database.password)
    with any_server() as server:
        server.connection().write("CREATE (:Person {name: 'made by a test'})")
    count = "MATCH (n) RETURN count(n) AS n"
    assert neo4j_database.connection().read(count) == [{"n": 0}]
    neo4j_database.connection().write("CREATE (:Person {name: 'of somebody'})")
    with pytest.raises(pytest.fail.Exception, match="holds data"), any_server():
        pass
    assert neo4j_database.connection().read(count) == [{"n": 1}]


def test_what_is_missing_is_named_and_may_be_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIASPORA_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"no Java 980 here.*apt-get install openjdk"):
        neo4j_server.find_java(NO_SUCH)
    monkeypatch.setenv("DIASPORA_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match=r"no Java 980 here.*REQUIRE_ALL"):
        neo4j_server.find_java(NO_SUCH)


def test_jars_are_brought_once_and_a_refusal_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _stand_in_for_maven(tmp_path, refusals=2)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(neo4j_server, "PAUSES", (0.0, 0.0, 0.0))
    folder = jars(NO_SUCH)
    assert folder == tmp_path / "cache" / "diaspora-graph" / "neo4j-0.0.0"
    assert sorted(each.name for each in folder.iterdir()) == ["a.jar", "pom.xml"]
    assert jars(NO_SUCH) == folder
    assert len(calls.read_text("utf-8").splitlines()) == 3
    (folder / "pom.xml").write_text("another", encoding="utf-8")
    jars(NO_SUCH)
    assert len(calls.read_text("utf-8").splitlines()) == 4
    assert [each.name for each in folder.parent.iterdir()] == [folder.name]


def test_a_refusal_that_lasts_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _stand_in_for_maven(tmp_path, refusals=9)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(neo4j_server, "PAUSES", (0.0, 0.0))
    monkeypatch.setenv("DIASPORA_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match=r"(?s)could not bring Neo4j 0\.0\.0.*refused"):
        jars(NO_SUCH)
    assert list((tmp_path / "cache" / "diaspora-graph").iterdir()) == []


def _stand_in_for_maven(folder: Path, *, refusals: int) -> Path:
    calls, maven = folder / "calls", folder / "mvn"
    maven.write_text(
        f"""#!/bin/sh
echo "$*" >> '{calls}'
[ "$(wc -l < '{calls}')" -gt {refusals} ] || {{ echo refused; exit 1; }}
for each; do case $each in -DoutputDirectory=*) touch "${{each#*=}}/a.jar"; esac; done
""",
        encoding="utf-8",
    )
    maven.chmod(0o755)
    return calls


def test_the_release_for_tests_is_the_one_of_the_pom() -> None:
    assert f"<neo4j.version>{LTS.version}<" in neo4j_server.POM.read_text("utf-8")

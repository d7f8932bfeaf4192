"""The connection to Neo4j: what it reads and writes, and one clear line for each error."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from neo4j.warnings import Neo4jDeprecationWarning, Neo4jWarning

from diaspora_graph.errors import DiasporaGraphError, ParameterError, StoreError
from diaspora_graph.graphs.neo4j import connection as module
from diaspora_graph.graphs.neo4j.connection import SCHEMES, connect
from neo4j_server import OwnServer, Server, cannot, own_server

COUNT = "MATCH (n) RETURN count(n) AS n"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A server with a read-only database, which encrypts on request."""
    folder = tmp_path_factory.mktemp("certificate")
    _certificate(folder)
    policy = "dbms.ssl.policy.bolt"
    lines = (
        "server.bolt.tls_level=OPTIONAL",
        f"{policy}.enabled=true",
        f"{policy}.base_directory={folder}",
        f"{policy}.client_auth=NONE",
        f"{policy}.private_key=private.key",
        f"{policy}.public_certificate=public.crt",
    )
    with own_server(*lines) as server:
        server.stop()  # only a database that was made before can be read-only
        server.start(*lines, "server.databases.read_only=neo4j")
        yield server


def _certificate(folder: Path) -> None:
    openssl = shutil.which("openssl")
    if not openssl:
        cannot("no openssl here to make a certificate (apt-get install openssl)")
    keys = ["-newkey", "rsa:2048", "-nodes", "-keyout", "private.key"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    subprocess.run(
        [openssl, "req", "-x509", *keys, "-out", "public.crt", "-days", "2", *name],
        check=True,
        cwd=folder,
        capture_output=True,
    )


def _scheme(server: Server, scheme: str) -> str:
    return f"{scheme}://{server.uri.partition('://')[2]}"


def _line(error: pytest.ExceptionInfo[DiasporaGraphError]) -> str:
    said = str(error.value)
    assert "\n" not in said
    return said


# --- reading and writing


def test_rows_come_back_as_they_were_given(neo4j_each: Server) -> None:
    connection = neo4j_each.connection()
    text = "Ärzte `) DETACH DELETE n //\n\t한국 \"'\\ {}"
    made = connection.write("CREATE (n:Dg {text: $text}) RETURN n.text AS text", text=text)
    assert made == [{"text": text}]
    assert connection.read("MATCH (n:Dg) RETURN n.text AS text, 1 AS one") == [
        {"text": text, "one": 1}
    ]


def test_a_stream_gives_the_first_row_before_the_last_is_made(neo4j_database: Server) -> None:
    rows = neo4j_database.connection().stream("UNWIND range(1, $n) AS n RETURN n", n=10**11)
    assert [next(rows)["n"] for _ in range(3)] == [1, 2, 3]
    rows.close()  # type: ignore[attr-defined]


def test_reading_cannot_write(neo4j_each: Server) -> None:
    connection = neo4j_each.connection()
    for ask in (connection.read, lambda query: list(connection.stream(query))):
        with pytest.raises(StoreError, match="AccessMode"):
            ask("CREATE (n:Dg)")
    assert connection.read(COUNT) == [{"n": 0}]


def test_batches_are_committed_as_they_go(neo4j_each: Server) -> None:
    connection = neo4j_each.connection()
    query = (
        "UNWIND range(1, 10) AS n CALL (n) { CREATE (:Row {key: 10 / (8 - n)}) }"
        " IN TRANSACTIONS OF 2 ROWS"
    )
    with pytest.raises(StoreError, match="by zero"):
        connection.write_once(query)
    assert connection.read(COUNT) == [{"n": 6}]


def test_one_driver_serves_a_process(neo4j_database: Server) -> None:
    first, second = neo4j_database.connection(), neo4j_database.connection()
    assert first._driver is second._driver
    other = connect(_scheme(neo4j_database, "bolt"), neo4j_database.user, neo4j_database.password)
    assert other._driver is not first._driver
    assert first.database == "neo4j"


def test_credentials_come_from_the_environment(
    neo4j_database: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIASPORA_NEO4J_USER", neo4j_database.user)
    monkeypatch.setenv("DIASPORA_NEO4J_PASSWORD", neo4j_database.password)
    assert connect(neo4j_database.uri).read("RETURN 1 AS one") == [{"one": 1}]
    monkeypatch.setenv("DIASPORA_NEO4J_DATABASE", "system")
    assert connect(neo4j_database.uri).database == "system"


def test_importing_the_connection_does_not_import_the_driver() -> None:
    program = "import diaspora_graph.graphs.neo4j.connection, sys; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    assert {"neo4j", "pandas"}.isdisjoint(done.stdout.split())


# --- remarks of the server


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("MATCH (n) RETURN id(n)", Neo4jDeprecationWarning),
        ("CALL { RETURN 1 AS one } RETURN one", Neo4jDeprecationWarning),
        ("MATCH (a), (b) RETURN count(*)", Neo4jWarning),
    ],
)
def test_a_remark_of_the_server_is_a_warning_and_so_fails(
    neo4j_each: Server, query: str, kind: type[Warning]
) -> None:
    connection = neo4j_each.connection()
    for ask in (connection.read, connection.write, lambda query: list(connection.stream(query))):
        with pytest.raises(kind):
            ask(query)


def test_an_empty_database_is_nothing_to_remark_on(neo4j_each: Server) -> None:
    connection = neo4j_each.connection()
    assert connection.read("MATCH (n:Nobody)-[:NEVER]->() RETURN n.nothing") == []
    for _ in range(2):
        connection.write("CREATE CONSTRAINT c IF NOT EXISTS FOR (n:Dg) REQUIRE n.key IS UNIQUE")


# --- one clear line for each cause


def test_a_wrong_password(neo4j_each: Server) -> None:
    assert neo4j_each.connection()  # an earlier right password does not let a wrong one in
    with pytest.raises(StoreError) as error:
        connect(neo4j_each.uri, neo4j_each.user, "not the password")
    assert _line(error) == (
        f"{neo4j_each.uri}: the server does not accept user 'neo4j' with this password;"
        " set DIASPORA_NEO4J_USER and DIASPORA_NEO4J_PASSWORD"
    )


def test_no_password(neo4j_database: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIASPORA_NEO4J_PASSWORD", raising=False)
    with pytest.raises(StoreError) as error:
        connect(neo4j_database.uri)
    assert "needs a password; set DIASPORA_NEO4J_USER and" in _line(error)


@pytest.mark.thorough
def test_a_password_that_has_to_be_changed_and_one_tried_too_often(guarded: OwnServer) -> None:
    guarded.connection("system").write("CREATE USER new SET PASSWORD 'changeme-1'")
    with pytest.raises(StoreError) as error:
        connect(guarded.uri, "new", "changeme-1")
    assert "the first password of user 'new' has to be changed" in _line(error)
    for _ in range(4):
        with pytest.raises(StoreError) as error:
            connect(guarded.uri, "new", "not the password")
    assert "too many wrong passwords for user 'new'; wait" in _line(error)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_host_that_does_not_answer(scheme: str, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(StoreError) as error:
        connect(f"{scheme}://127.0.0.1:{port}", "neo4j", "any-password")
    assert _line(error) == (
        f"{scheme}://127.0.0.1:{port}: nothing answers at 127.0.0.1 port {port}"
        " (connection refused); is the server running?"
    )
    assert capfd.readouterr() == ("", "")


@contextmanager
def _answering(greeting: bytes) -> Iterator[int]:
    """Serve a port that sends every caller the same greeting and closes; without one, silence."""
    calls: list[socket.socket] = []

    def answer() -> None:
        while True:
            try:
                call, _ = server.accept()
            except OSError:
                return
            calls.append(call)
            if greeting:
                call.recv(1024)
                call.sendall(greeting)
                call.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()
            for call in calls:
                call.close()


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "neo4j+s"])
@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"220 mail\r\n", b""])
def test_a_port_where_no_neo4j_is(
    scheme: str, greeting: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.5)
    with _answering(greeting) as port, pytest.raises(StoreError) as error:
        connect(f"{scheme}://127.0.0.1:{port}", "neo4j", "any-password")
    assert f"what answers at 127.0.0.1 port {port} is not Neo4j with" in _line(error)


def test_a_database_that_is_missing(neo4j_each: Server) -> None:
    with pytest.raises(StoreError) as error:
        neo4j_each.connection("nowhere")
    assert _line(error) == f"{neo4j_each.uri}: no database named 'nowhere'; there is 'neo4j'"


@pytest.mark.thorough
def test_a_database_that_is_read_only(guarded: OwnServer) -> None:
    connection = guarded.connection()
    assert connection.read(COUNT) == [{"n": 0}]
    write = "CREATE (n:Dg)"
    for ask in (connection.write, connection.write_once):
        with pytest.raises(StoreError) as error:
            ask(write)
        assert re.search(r"database 'neo4j' is read-only; .*read_only", _line(error))


def test_a_server_that_is_too_old(neo4j_database: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OLDEST", (5, 27))
    with pytest.raises(StoreError) as error:
        neo4j_database.connection()
    assert re.search(r": Neo4j 5\.26\.\d+ is too old; use 5\.27 or later$", _line(error))


@pytest.mark.thorough
def test_encryption(guarded: OwnServer) -> None:
    for scheme in ("neo4j+ssc", "bolt+ssc"):
        secured = connect(_scheme(guarded, scheme), guarded.user, guarded.password)
        assert secured.read("RETURN 1 AS one") == [{"one": 1}]
    for scheme in ("neo4j+s", "bolt+s"):
        with pytest.raises(StoreError) as error:
            connect(_scheme(guarded, scheme), guarded.user, guarded.password)
        assert "its certificate is not trusted (self" in _line(error)
        assert f"{scheme}sc://127.0.0.1" in _line(error)


def test_encryption_where_there_is_none(neo4j_database: Server) -> None:
    uri = _scheme(neo4j_database, "neo4j+s")
    with pytest.raises(StoreError, match="is not Neo4j with encryption"):
        connect(uri, neo4j_database.user, neo4j_database.password)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("neo4k://host", "not the address of a Neo4j server; did you mean 'neo4j'"),
        ("http://host:7474", "not the address of a Neo4j server"),
        ("neo4j://", "not the address of a Neo4j server"),
        ("neo4j://host:port", "not the address of a Neo4j server"),
        ("neo4j://host:7687/name", "not the address of a Neo4j server"),
        ("bolt://host?policy=x", "only neo4j:// takes what follows"),
        (
            "neo4j://me:secret@host",
            "neo4j://host: an address must not contain a user; set DIASPORA_NEO4J_USER",
        ),
    ],
)
def test_an_address_that_is_none(uri: str, said: str) -> None:
    with pytest.raises(ParameterError) as error:
        connect(uri, "neo4j", "any-password")
    assert said in _line(error)
    assert "secret" not in _line(error)


# --- a server that goes away


@pytest.mark.thorough
def test_a_server_lost_and_found(guarded: OwnServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 150.0)  # a busy machine starts it slowly
    connection = connect(_scheme(guarded, "bolt"), guarded.user, guarded.password)
    rows = connection.stream("UNWIND range(1, 100000000) AS n RETURN n")
    assert next(rows) == {"n": 1}
    guarded.kill()
    with pytest.raises(StoreError) as error:
        list(rows)
    assert "the connection was lost; run the command again" in _line(error)
    start = threading.Thread(target=guarded.start)
    start.start()
    assert connection.read(COUNT) == [{"n": 0}]  # tried again until the server is back
    start.join()
    assert guarded.connection().version == connection.version

"""A real Neo4j for tests: where it comes from, how it is started, killed and emptied.

In this order: the server that `DIASPORA_NEO4J_URI` names (with `…_USER` and `…_PASSWORD`; it must
be empty), a container where a Docker daemon answers and testcontainers is installed, or Java with
the server's own jars, which Maven copies once into a folder of the cache.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import NoReturn

import pytest

from diaspora_graph.errors import StoreError
from diaspora_graph.graphs.neo4j.connection import Connection, connect

POM = Path(__file__).parent / "neo4j-server" / "pom.xml"
START_SECONDS = 180
STOP_SECONDS = 60
CLOSED = "[system]}' successfully"  # the last database to be stopped
BATCH = 500  # deleting many nodes at once, hubs among them, overruns the memory of a transaction

INSTALL = (
    "set DIASPORA_NEO4J_URI, start Docker (pip install testcontainers), or install Java 17 and"
    " Maven (apt-get install openjdk-17-jre-headless maven)"
)
SETTINGS = (
    "server.default_listen_address=127.0.0.1",
    "server.http.enabled=false",
    "server.https.enabled=false",
    "dbms.usage_report.enabled=false",
    "server.memory.heap.initial_size=512m",
    "server.memory.heap.max_size=1g",
    "server.memory.pagecache.size=128m",
)
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
PAUSES = (5.0, 20.0, 60.0, 0.0)  # seconds after each try: a repository may refuse a burst


@dataclass(frozen=True)
class Release:
    """One release of the server: which Java runs it, and the class that starts it."""

    version: str
    main: str
    oldest: int
    newest: int


LTS = Release("5.26.31", "org.neo4j.server.CommunityEntryPoint", 17, 21)
CURRENT = Release("2026.09.0", "org.neo4j.server.Neo4jCommunity", 21, 99)


@dataclass
class Server:
    """A server that answers; one that others started can be asked, but not killed."""

    uri: str
    user: str
    password: str

    def connection(self, database: str = "neo4j") -> Connection:
        """Return the connection that the package itself makes."""
        return connect(self.uri, self.user, self.password, database)

    @property
    def version(self) -> str:
        """The version that the server reports."""
        return self.connection().version

    def clear(self) -> None:
        """Remove every node and relationship; what the server has planned for queries stays."""
        connection = self.connection()
        for what in ("()-[each]->()", "(each)"):
            delete = f"MATCH {what} WITH each LIMIT {BATCH} DELETE each RETURN count(*) AS gone"
            while connection.write(delete)[0]["gone"]:
                pass

    def empty(self) -> None:
        """Remove every node, relationship, constraint and index."""
        self.clear()
        connection = self.connection()
        for name in connection.read("SHOW CONSTRAINTS YIELD name RETURN name"):
            connection.write(f"DROP CONSTRAINT {_quoted(name['name'])}")
        owned = "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name"
        for name in connection.read(owned):
            connection.write(f"DROP INDEX {_quoted(name['name'])}")


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class OwnServer(Server):
    """A server from Maven's jars in a folder of its own: it can be killed, and started again.

    ``lines`` are further lines of its settings. ``server.databases.read_only=neo4j`` holds only
    from the second start on: before, there is no database yet, and it could not be made.
    """

    def __init__(self, home: Path, release: Release = LTS, *lines: str) -> None:
        self.home = home
        self.release = release
        self.java = find_java(release)
        self.jars = jars(release)
        self.lines: tuple[str, ...] = lines
        self._process: subprocess.Popen[bytes] | None = None
        port = _free_port()
        super().__init__(f"neo4j://127.0.0.1:{port}", "neo4j", secrets.token_hex(8))
        self._address = f"127.0.0.1:{port}"
        for name in ("conf", "data", "logs", "plugins", "import", "run", "lib"):
            (home / name).mkdir(parents=True)
        self.admin("dbms", "set-initial-password", self.password)

    def start(self, *lines: str) -> None:
        """Start, on the data that is there; ``lines`` replace the further lines of the settings."""
        assert self._process is None, "the server runs already"
        self.lines = lines or self.lines
        self._write_settings()
        opened = [f"--add-opens=java.base/{each}=ALL-UNNAMED" for each in OPENED]
        places = [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        command = [*self._command("-Xmx1g", *opened), self.release.main, *places, "--console-mode"]
        with self._console.open("wb") as console:
            # in our process group on purpose: what ends a test run as a whole ends the server too
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=console, stderr=subprocess.STDOUT
            )
        try:
            self._await_ready()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop it as a person would, and wait until its databases are closed."""
        if self._process:
            self._log.write_bytes(b"")
            self._process.terminate()
            until = time.monotonic() + STOP_SECONDS
            while CLOSED not in self._log.read_text("utf-8") and time.monotonic() < until:
                time.sleep(0.05)
            self.kill()  # it would wait ten more seconds for connections, of which there are none

    def kill(self) -> None:
        """End it from one moment to the next (SIGKILL)."""
        if self._process:
            self._process.kill()
            self._process.wait()
        self._process = None

    def admin(self, *arguments: str) -> str:
        """Run `neo4j-admin` with the server stopped and return what it prints; fail if it fails."""
        assert self._process is None, "stop the server first"
        self._write_settings()
        places = {"NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}
        done = subprocess.run(
            [*self._command(), "org.neo4j.cli.AdminTool", *arguments],
            check=False,
            env=os.environ | places,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=600,
        )
        assert done.returncode == 0, f"neo4j-admin {' '.join(arguments)}:\n{done.stdout}"
        return done.stdout

    @property
    def _log(self) -> Path:
        return self.home / "logs" / "debug.log"

    @property
    def _console(self) -> Path:
        return self.home / "logs" / "console.txt"

    def _command(self, *options: str) -> list[str]:
        return [str(self.java), *options, "-cp", str(self.jars / "*")]

    def _write_settings(self) -> None:
        bolt = [f"server.bolt.{kind}_address={self._address}" for kind in ("listen", "advertised")]
        text = "\n".join([*SETTINGS, *bolt, *self.lines, ""])
        (self.home / "conf" / "neo4j.conf").write_text(text, encoding="utf-8")

    def _await_ready(self) -> None:
        until = time.monotonic() + START_SECONDS
        while "Started." not in self._console.read_text("utf-8", errors="replace"):
            assert self._process
            if self._process.poll() is not None or time.monotonic() > until:
                said = self._console.read_text("utf-8", errors="replace")
                pytest.fail(f"Neo4j {self.release.version} did not start:\n{said}", pytrace=False)
            time.sleep(0.1)
        while True:  # it says so before its database is always there
            try:
                self.connection().read("RETURN 1 AS one")
            except StoreError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return


@contextmanager
def own_server(*lines: str, release: Release = LTS) -> Iterator[OwnServer]:
    """Start a server that no other test uses, and stop it; ``lines`` go into its settings."""
    with TemporaryDirectory(prefix="neo4j-", ignore_cleanup_errors=True) as folder:
        server = OwnServer(Path(folder) / "home", release, *lines)
        try:
            server.start()
            yield server
        finally:
            server.kill()


@contextmanager
def any_server() -> Iterator[Server]:
    """Yield the server that is at hand, or skip; fail instead when everything is required."""
    if os.environ.get("DIASPORA_NEO4J_URI"):
        server = _given_server()
        yield server
        server.empty()
    elif _docker_answers():
        with _container() as server:
            yield server
    else:
        with own_server() as server:
            yield server


def _given_server() -> Server:
    server = Server(
        os.environ["DIASPORA_NEO4J_URI"],
        os.environ.get("DIASPORA_NEO4J_USER", "neo4j"),
        os.environ.get("DIASPORA_NEO4J_PASSWORD", ""),
    )
    if server.connection().read("MATCH (any) RETURN 1 AS one LIMIT 1"):
        # whoever keeps a graph there did not mean these tests
        pytest.fail(f"{server.uri} holds data, and these tests empty it", pytrace=False)
    return server


def _docker_answers() -> bool:
    docker = shutil.which("docker")
    if not docker or not find_spec("testcontainers"):
        return False
    try:
        asked = subprocess.run([docker, "info"], check=False, capture_output=True, timeout=20)
    except subprocess.TimeoutExpired:
        return False
    return asked.returncode == 0


@contextmanager
def _container() -> Iterator[Server]:
    password = secrets.token_hex(8)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations are none of ours
        from testcontainers.neo4j import Neo4jContainer

        container = Neo4jContainer(f"neo4j:{LTS.version}-community", password=password).start()
    try:
        yield Server(container.get_connection_url(), "neo4j", password)
    finally:
        container.stop()


def cannot(reason: str) -> NoReturn:
    """Skip for want of a program, or fail when everything is required."""
    if os.environ.get("DIASPORA_REQUIRE_ALL") == "1":
        pytest.fail(f"{reason}, and DIASPORA_REQUIRE_ALL=1 asks for one", pytrace=False)
    pytest.skip(f"{reason}: {INSTALL}")


def find_java(release: Release) -> Path:
    """Return a Java that runs the release, or skip."""
    for java, number in _javas():
        if release.oldest <= number <= release.newest:
            return java
    cannot(f"no Java {release.oldest} here for Neo4j {release.version}")


def has_java(release: Release) -> bool:
    """Return whether a Java that runs the release is here."""
    return any(release.oldest <= number <= release.newest for _, number in _javas())


@cache
def _javas() -> tuple[tuple[Path, int], ...]:
    named = [Path(home) / "bin" / "java" for home in [os.environ.get("JAVA_HOME")] if home]
    on_path = [Path(found) for found in [shutil.which("java")] if found]
    kept = sorted(Path("/usr/lib/jvm").glob("*/bin/java"))
    found = [(java, _java_number(java)) for java in (*named, *on_path, *kept) if java.is_file()]
    return tuple((java, number) for java, number in found if number)


def _java_number(java: Path) -> int:
    done = subprocess.run([java, "-version"], check=False, capture_output=True, encoding="utf-8")
    said = re.search(r'version "(\d+)', done.stderr)
    return int(said[1]) if said else 0


def jars(release: Release) -> Path:
    """Return the folder with the release's jars; Maven fills it the first time."""
    cached = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cached / "diaspora-graph" / f"neo4j-{release.version}"
    if _is_filled(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        _resolve(release, beside)
        shutil.copyfile(POM, beside / POM.name)
        if folder.exists():  # of another pom
            folder.rename(Path(mkdtemp(prefix=".old-", dir=folder.parent)) / "old")
        beside.chmod(0o755)
        beside.rename(folder)
    except OSError:
        if not _is_filled(folder):  # unless another run was first
            raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        for old in folder.parent.glob(".old-*"):
            shutil.rmtree(old, ignore_errors=True)
    return folder


def _is_filled(folder: Path) -> bool:
    pom = folder / POM.name
    return pom.is_file() and pom.read_bytes() == POM.read_bytes()


def _resolve(release: Release, folder: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        cannot(f"no Maven here to bring Neo4j {release.version}")
    wanted = [f"-Dneo4j.version={release.version}", f"-DoutputDirectory={folder}"]
    goal = ["dependency:copy-dependencies", "-DincludeScope=runtime"]
    said = ""
    for pause in PAUSES:
        done = subprocess.run(
            # -U: Maven remembers what it was refused, and would not ask again
            [maven, "-q", "-B", "-U", "-f", str(POM), *goal, *wanted],
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=900,
        )
        if done.returncode == 0:
            return
        said = done.stdout[-2000:]
        time.sleep(pause)
    cannot(f"Maven could not bring Neo4j {release.version}:\n{said}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])

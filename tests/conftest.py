"""How hard hypothesis searches, and the Neo4j servers that tests share.

Of hypothesis' profiles `ci` takes the same few examples each time and `long` many new ones:
`make test ARGS=--hypothesis-profile=long`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from neo4j_server import CURRENT, OwnServer, Server, any_server, has_java, own_server

settings.register_profile("ci", max_examples=30, derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=2_000, deadline=None, database=None, print_blob=True)
settings.load_profile("ci")


SLOW = (
    ("test_neo4j_load", "test_neo4j_bulk", "test_neo4j_server"),
    ("test_neo4j",),
    ("test_shapes",),
)
"""Files that take longest, in the order in which they begin; those of a group stay together.

What needs a Neo4j is two groups: a server that has just started is slow, and each process that
needs one starts its own.
"""


def _group(file: str) -> int:
    """Return the number of a file's group of slow files; others come after the last."""
    found = (at for at, names in enumerate(SLOW) if any(name in file for name in names))
    return next(found, len(SLOW))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> object:
    """Keep a file in one process, and a group too; pytest 9 scatters the groups of xdist."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            group = _group(file)
            return f"slow {group}" if group < len(SLOW) else file

    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is thorough, and begin with what takes longest.

    Else one process is left with that alone at the end, and the others wait for it.
    """
    items.sort(key=lambda item: _group(item.path.name))
    if os.environ.get("DIASPORA_REQUIRE_ALL") != "1":
        leave = pytest.mark.skip(reason="thorough; DIASPORA_REQUIRE_ALL=1 runs it")
        for item in items:
            if item.get_closest_marker("thorough"):
                item.add_marker(leave)


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """Neo4j 5.26, started once; its data is whatever the test before left."""
    with any_server() as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_current_server() -> Iterator[Server]:
    """The current release, where a Java that runs it is here; 5.26 is the one that is required."""
    if not has_java(CURRENT):
        pytest.skip(f"no Java {CURRENT.oldest} here for Neo4j {CURRENT.version}")
    with own_server(release=CURRENT) as server:
        yield server


@pytest.fixture(scope="session")
def neo4j_own() -> Iterator[OwnServer]:
    """Neo4j 5.26 that can be killed and started again; whoever takes it leaves it running."""
    with own_server() as server:
        yield server


@pytest.fixture
def neo4j_database(neo4j_server: Server) -> Server:
    """Neo4j 5.26 without a node; whether something was ever loaded there is open."""
    neo4j_server.clear()
    return neo4j_server


@pytest.fixture
def neo4j_new(neo4j_server: Server) -> Server:
    """Neo4j 5.26 as it comes: emptied, no index, no constraint."""
    neo4j_server.empty()
    return neo4j_server


@pytest.fixture
def neo4j_current(neo4j_current_server: Server) -> Server:
    """The current release of Neo4j without a node."""
    neo4j_current_server.clear()
    return neo4j_current_server


@pytest.fixture(
    params=["neo4j_database", pytest.param("neo4j_current", marks=pytest.mark.thorough)]
)
def neo4j_each(request: pytest.FixtureRequest) -> Server:
    """Neo4j 5.26 and then the current release, without a node: the test runs once on each."""
    server: Server = request.getfixturevalue(request.param)
    return server

"""The connection to a Neo4j server: one driver for each process, managed transactions.

The driver brings pandas into the process, so it is imported where it is used.
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from diaspora_graph.errors import ParameterError, StoreError, did_you_mean
from diaspora_graph.graphs.neo4j.refusals import CREDENTIALS, is_silence, no_answer, one_line

if TYPE_CHECKING:
    from neo4j import Driver, Session

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
DATABASE = "neo4j"
OLDEST = (5, 26)

ANSWER_SECONDS = 15.0  # how long a server may take to accept a connection and answer
RETRY_SECONDS = 30.0  # how long a transaction is tried again if the server fails

_Key = tuple[int, str, str, str]
_drivers: dict[_Key, Driver] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Connection:
    """A database of a server that has answered. Made by `connect`.

    Every method raises `StoreError` with a message of one line. Remarks of the server on a query
    (deprecated, slow, unknown name) become warnings.
    """

    uri: str
    user: str
    database: str
    version: str
    edition: str
    _driver: Driver

    def read(self, query: str, /, **parameters: object) -> list[dict[str, Any]]:
        """Return the rows of a query that only reads; it is tried again if the server fails."""
        with self._session(writes=False) as session:
            return session.execute_read(lambda run: _rows(run, query, parameters))

    def stream(self, query: str, /, **parameters: object) -> Iterator[dict[str, Any]]:
        """Yield the rows of a query that only reads one by one, for any number of rows.

        Rows that were already yielded cannot be read again, so a lost connection ends the stream
        with `StoreError`.
        """
        with self._session(writes=False) as session:
            yield from map(_row, session.run(query, parameters))

    def write(self, query: str, /, **parameters: object) -> list[dict[str, Any]]:
        """Run a query that may write, as one transaction, and return its rows.

        It is tried again if the server fails, so running it twice must have the effect of once.
        """
        with self._session(writes=True) as session:
            return session.execute_write(lambda run: _rows(run, query, parameters))

    def write_once(self, query: str, /, **parameters: object) -> list[dict[str, Any]]:
        """Run a query that may write and commit in parts; it is tried only once."""
        with self._session(writes=True) as session:
            return _rows(session, query, parameters)

    @contextmanager
    def _session(self, *, writes: bool) -> Iterator[Session]:
        from neo4j import READ_ACCESS, WRITE_ACCESS

        access = WRITE_ACCESS if writes else READ_ACCESS
        with (
            one_line(self.uri, self.user, self.database, self._driver),
            self._driver.session(database=self.database, default_access_mode=access) as session,
        ):
            yield session


def connect(
    uri: str, user: str | None = None, password: str | None = None, database: str | None = None
) -> Connection:
    """Return a connection to one database of a Neo4j server that answers and is not too old.

    What is not given comes from the environment (`DIASPORA_NEO4J_USER`, `…_PASSWORD` and
    `…_DATABASE`); the user and the database are called `neo4j` otherwise, and without any password
    none is sent. Raises `ParameterError` for a wrong address and `StoreError`.
    """
    _check_address(uri)
    password = password or os.environ.get("DIASPORA_NEO4J_PASSWORD") or ""
    user = user or os.environ.get("DIASPORA_NEO4J_USER") or "neo4j"
    if not password:
        user = ""  # no user, which a server without passwords accepts
    database = database or os.environ.get("DIASPORA_NEO4J_DATABASE") or DATABASE
    key = (os.getpid(), uri, user, password)
    driver, is_new = _driver_for(key)
    try:
        version, edition = _greet(driver, uri, user, database, is_new=is_new)
    except StoreError:
        if is_new:
            _forget(key)
        raise
    if _number(version) < OLDEST:
        oldest = ".".join(map(str, OLDEST))
        raise StoreError(uri, f"Neo4j {version} is too old; use {oldest} or later")
    return Connection(uri, user, database, version, edition, driver)


def disconnect() -> None:
    """Close every driver of this process; connections made before cannot be used any more."""
    with _lock:
        while _drivers:
            (pid, *_), driver = _drivers.popitem()
            if pid == os.getpid():  # a parent process closes its own connections
                driver.close()


def _check_address(uri: str) -> None:
    try:
        parts = urlsplit(uri)
        scheme, host, _ = parts.scheme, parts.hostname, parts.port
    except ValueError:
        scheme, host, parts = "", None, urlsplit("")
    if parts.username is not None or parts.password is not None:
        place = f"{scheme}://{parts.netloc.rpartition('@')[2]}"  # the password is not repeated
        raise ParameterError(f"{place}: an address must not contain a user; set {CREDENTIALS}")
    if scheme not in SCHEMES or not host or parts.path not in {"", "/"}:
        hint = did_you_mean(scheme, SCHEMES) if scheme not in SCHEMES else ""
        schemes = ", ".join(f"{each}://" for each in SCHEMES)
        expected = f"expected host and port after one of {schemes}"
        raise ParameterError(f"{uri}: not the address of a Neo4j server{hint}; {expected}")
    if scheme.startswith("bolt") and parts.query:
        raise ParameterError(f"{uri}: only neo4j:// takes what follows the question mark")


def _driver_for(key: _Key) -> tuple[Driver, bool]:
    _, uri, user, password = key
    with _lock:
        if key in _drivers:
            return _drivers[key], False
        from neo4j import GraphDatabase

        # its log repeats the error that it raises; without a handler it would reach the terminal
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        _drivers[key] = GraphDatabase.driver(
            uri,
            auth=(user, password) if user else None,
            connection_timeout=ANSWER_SECONDS,
            connection_acquisition_timeout=ANSWER_SECONDS,
            max_transaction_retry_time=RETRY_SECONDS,
            warn_notification_severity="INFORMATION",
            # these two report on the data: names that an empty database does not have yet, and that
            # IF NOT EXISTS found what it asks for
            notifications_disabled_classifications=["UNRECOGNIZED", "SCHEMA"],
            user_agent="diaspora-graph",
        )
        return _drivers[key], True


atexit.register(disconnect)


def _forget(key: _Key) -> None:
    with _lock:
        driver = _drivers.pop(key, None)
    if driver:
        driver.close()


def _greet(driver: Driver, uri: str, user: str, database: str, *, is_new: bool) -> tuple[str, str]:
    """Return the version and the edition that the server reports."""
    try:
        with one_line(uri, user, database, driver):
            return _server(driver, database)
    except StoreError as error:
        cause = error.__cause__
        if not is_silence(cause):
            raise
        if is_new:
            raise StoreError(uri, no_answer(uri, database, cause)) from cause
    # after a restart of the server the old connections of the pool fail once
    return _greet(driver, uri, user, database, is_new=True)


def _server(driver: Driver, database: str) -> tuple[str, str]:
    query = "CALL dbms.components() YIELD name, versions, edition"
    with driver.session(database=database) as session:
        found = {row["name"]: row for row in _rows(session, query, {})}
    kernel = found.get("Neo4j Kernel") or next(iter(found.values()))
    return str(kernel["versions"][0]), str(kernel["edition"])


def _number(version: str) -> tuple[int, ...]:
    """Return the first two numbers of a version.

    >>> _number("5.26.31"), _number("2026.09.0"), _number("5.27-aura")
    ((5, 26), (2026, 9), (5, 27))
    """
    return tuple(int(each) for each in re.findall(r"\d+", version)[:2])


def _rows(run: Any, query: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
    return [_row(record) for record in run.run(query, parameters)]


def _row(record: Any) -> dict[str, Any]:
    return dict(record.items())

"""One load at a time: a node that names the running load, renewed by each batch.

Every batch renews the lock in its own transaction and writes nothing without it, so that a load
that lost its lock cannot go on. Only the server's clock is used.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from diaspora_graph.errors import StoreError
from diaspora_graph.graphs.neo4j.connection import Connection

LEASE = 20.0
"""Seconds without a batch after which another load may take the lock."""

_KEY = "diaspora-graph lock"
_TAKE = """
MERGE (l:Dg:DgLock {key: $key}) SET l.asked_by = $token
WITH l, l.token IS NULL OR l.until < timestamp() AS free
SET l.name = CASE WHEN free THEN $name ELSE l.name END,
    l.token = CASE WHEN free THEN $token ELSE l.token END,
    l.until = CASE WHEN free THEN timestamp() + $lease ELSE l.until END
RETURN l.token = $token AS mine, l.name AS name, l.until AS until, timestamp() AS now
"""
HOLDING = """
MATCH (l:Dg:DgLock {key: $lock}) SET l.asked_by = $token
WITH l WHERE l.token = $token SET l.until = timestamp() + $lease
WITH l
"""
"""The begin of a query of `Lock.write`: it writes before it reads, so it waits for others."""

_FREE = "MATCH (l:Dg:DgLock {key: $key}) WHERE l.token = $token DELETE l"


@dataclass(frozen=True)
class Lock:
    """The right to write, valid while it is used."""

    connection: Connection
    name: str
    token: str
    lease: float

    def write(self, query: str, **parameters: Any) -> None:
        """Run a query as one transaction that renews the lock; it returns a count of rows.

        Raises `StoreError` if another load took the lock; then nothing is written.
        """
        held = {"lock": _KEY, "token": self.token, "lease": int(self.lease * 1000)}
        rows = self.connection.write(HOLDING + query, **held, **parameters)
        if not rows[0]["written"]:
            reason = f"{self.name} paused too long, and another load began; run it again"
            raise StoreError(self.connection.uri, reason)


@contextmanager
def locked(connection: Connection, name: str, lease: float = LEASE) -> Iterator[Lock]:
    """Hold the lock of a database.

    If the load that has the lock has stopped, this waits and takes the lock over. Raises
    `StoreError` with the name of a load that still runs.
    """
    lock = Lock(connection, name, secrets.token_hex(8), lease)
    first = _take(lock)
    found = first
    while not found["mine"]:
        if found["until"] > first["until"] or found["name"] != first["name"]:
            reason = f"{found['name']} is running; wait until it is done"
            raise StoreError(connection.uri, reason)
        time.sleep(min(1.0, max((found["until"] - found["now"]) / 1000, 0.05)))
        found = _take(lock)
    try:
        yield lock
    finally:
        with suppress(StoreError):  # the lock expires by itself if the server is gone
            connection.write_once(_FREE, key=_KEY, token=lock.token)


def _take(lock: Lock) -> dict[str, Any]:
    lease = int(lock.lease * 1000)
    return lock.connection.write(_TAKE, key=_KEY, token=lock.token, name=lock.name, lease=lease)[0]


def described(verb: str, names: Sequence[str]) -> str:
    """Return the name of the load that has a lock."""
    return f"{verb} of {', '.join(names)}"

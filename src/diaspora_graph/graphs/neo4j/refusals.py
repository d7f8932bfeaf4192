"""Errors of a Neo4j server, or of a connection without an answer: one clear line each."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from diaspora_graph.errors import StoreError

if TYPE_CHECKING:
    from neo4j import Driver

_PORT = 7687
_PROBE_SECONDS = 5.0

_LOST = "the connection was lost; run the command again when the server is back"
_UNAVAILABLE = (
    "database {database!r} is starting, stopped or broken; try again, then see the server's log"
)
CREDENTIALS = "DIASPORA_NEO4J_USER and DIASPORA_NEO4J_PASSWORD"


@contextmanager
def one_line(uri: str, user: str, database: str, driver: Driver) -> Iterator[None]:
    """Raise `StoreError` for any error of the driver inside, with the cause attached."""
    from neo4j.exceptions import DriverError, Neo4jError

    try:
        yield
    except Neo4jError as error:
        raise StoreError(uri, _refused(error, user, database, driver)) from error
    except DriverError as error:
        reason = _LOST if is_silence(error) else _first_line(error)
        raise StoreError(uri, reason) from error


def is_silence(error: BaseException | None) -> bool:
    """Return whether no Neo4j answered, or the connection was lost."""
    from neo4j.exceptions import ServiceUnavailable, SessionExpired, UnsupportedServerProduct

    return isinstance(error, ServiceUnavailable | SessionExpired | UnsupportedServerProduct)


def _refused(error: Any, user: str, database: str, driver: Driver) -> str:
    """Return in one line why a server that answers refuses."""
    match str(error.code).removeprefix("Neo.ClientError."):
        case "Security.Unauthorized" if not user:
            return f"the server needs a password; set {CREDENTIALS}"
        case "Security.Unauthorized":
            return f"the server does not accept user {user!r} with this password; set {CREDENTIALS}"
        case "Security.AuthenticationRateLimit":
            return f"too many wrong passwords for user {user!r}; wait a little, then try again"
        case "Security.CredentialsExpired":
            return (
                f"the first password of user {user!r} has to be changed; in Neo4j Browser:"
                " ALTER CURRENT USER SET PASSWORD FROM '…' TO '…'"
            )
        case "Security.Forbidden":
            return f"user {user!r} may not do this in database {database!r}: {_first_line(error)}"
        case "Database.DatabaseNotFound":
            return f"no database named {database!r}{_databases(driver)}"
        case "General.WriteOnReadOnlyAccessDatabase" | "General.ForbiddenOnReadOnlyDatabase":
            return (
                f"database {database!r} is read-only; take it out of the server's setting"
                " server.databases.read_only, or name another database"
            )
        case "Neo.TransientError.General.DatabaseUnavailable":
            return _UNAVAILABLE.format(database=database)
        case code:
            return f"{code}: {_first_line(error)}"


def _databases(driver: Driver) -> str:
    """Return a clause with the databases that there are, where the user may see them."""
    from neo4j.exceptions import DriverError, Neo4jError

    query = "SHOW DATABASES YIELD name WHERE name <> 'system' RETURN DISTINCT name ORDER BY name"
    try:
        with driver.session(database="system") as session:
            names = [repr(row["name"]) for row in session.run(query)]
    except (Neo4jError, DriverError):
        return ""
    return f"; there is {', '.join(names)}" if names else ""


def no_answer(uri: str, database: str, error: BaseException | None) -> str:
    """Return in one line why no Neo4j answers at an address."""
    parts = urlsplit(uri)
    host, port = str(parts.hostname), parts.port or _PORT
    from neo4j.exceptions import DatabaseUnavailable

    for cause in _behind(error):
        if isinstance(cause, DatabaseUnavailable):
            return _UNAVAILABLE.format(database=database)
        if isinstance(cause, ssl.SSLCertVerificationError):
            other = uri.replace("+s:", "+ssc:", 1)
            wrong = cause.verify_message
            return f"its certificate is not trusted ({wrong}); {other} accepts it without a check"
    try:
        socket.create_connection((host, port), timeout=_PROBE_SECONDS).close()
    except OSError as reason:
        why = reason.strerror or str(reason) or type(reason).__name__
        return f"nothing answers at {host} port {port} ({why.lower()}); is the server running?"
    encrypted = "with" if parts.scheme.endswith(("+s", "+ssc")) else "without"
    return (
        f"what answers at {host} port {port} is not Neo4j {encrypted} encryption; use the port of"
        f" Bolt (usually {_PORT}), and neo4j+s:// only where the server encrypts"
    )


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and all its causes."""
    if error is not None:
        yield error
        for inner in error.exceptions if isinstance(error, BaseExceptionGroup) else ():
            yield from _behind(inner)
        yield from _behind(error.__cause__ or error.__context__)


def _first_line(error: object) -> str:
    message = getattr(error, "message", None) or str(error)
    return str(message).strip().partition("\n")[0]

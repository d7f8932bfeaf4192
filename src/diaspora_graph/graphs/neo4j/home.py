"""Reading back: everything that a database holds of some datasets, as a checked dataset.

Only cells as they were entered are read; derived values are ignored, and so are rows that stay
only because something of the user is attached to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from diaspora_graph.dataset.columns import Cells, Table, cells, stacked, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, RECORDS, SEPARATOR, Kind, column_names
from diaspora_graph.errors import ParameterError
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.shape import EXTENSION, OWN
from diaspora_graph.graphs.neo4j.stored import is_prepared, quoted
from diaspora_graph.ontology.load import Extension, schema_with
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.reading.load import assembled

PAGE = 5_000

_ROWS = """
MATCH (n:Dg:{label}) WHERE n.key > $after AND n.dataset IS NOT NULL {only}
WITH n ORDER BY n.key LIMIT $page
RETURN n.key AS key, n.dataset AS dataset, n.held AS held, n.{own} AS own, [{columns}] AS cells
"""


def stored_datasets(connection: Connection) -> list[str]:
    """Return the names of the datasets that a database holds."""
    if not is_prepared(connection):
        return []
    query = "MATCH (n:Dg:Dataset) WHERE NOT n:Thing RETURN n.name AS name ORDER BY name"
    return [row["name"] for row in connection.read(query)]


def read_dataset(connection: Connection, schema: Schema | None = None) -> Dataset:
    """Return all that a database holds of ours, checked by the rules of a folder.

    ``schema`` is the ontology to check by, that of the database if not given. Raises
    `DatasetError` for rows that were damaged there, `ParameterError` if nothing is loaded.
    """
    names = stored_datasets(connection)
    if not names:
        reason = "no dataset is loaded there; `diaspora-graph load` loads one"
        raise ParameterError(f"{connection.uri}: {reason}")
    tables: dict[Kind, Table] = {kind: _table(connection, kind, names) for kind in RECORDS}
    own = {at: each for at, each in enumerate(map(_extensions(connection).get, names)) if each}
    return assembled(tables, schema, names, own)


def read_part(connection: Connection, schema: Schema, ids: Iterable[str]) -> Dataset:
    """Return the entities and claims of these ids and all sources, as they are stored.

    Nothing is checked: this is for names and citations of an answer.
    """
    names = stored_datasets(connection)
    wanted = sorted(set(ids))
    tables = {kind: table_of(kind, []) for kind in RECORDS}
    tables["source"] = _table(connection, "source", names)
    tables["dataset"] = _table(connection, "dataset", names)
    for kind in ("entity", *CLAIMS):
        tables[kind] = _table(connection, kind, names, wanted)
    evidence = {id for cell in tables["coding"]["evidence"].all() for id in cell.split(SEPARATOR)}
    if evidence - {""} - set(wanted):  # a coding is cited by what it rests on
        return read_part(connection, schema, {*wanted, *evidence} - {""})
    return Dataset(schema, tables, tuple(names))


def read_schema(connection: Connection) -> Schema:
    """Return the ontology with which a database was loaded: the shipped one and datasets' own."""
    return schema_with(*_extensions(connection).values())


def _extensions(connection: Connection) -> dict[str, Extension]:
    """Return the stored datasets' own ontologies, by the name of the dataset."""
    if not is_prepared(connection):
        return {}
    query = (
        f"MATCH (n:Dg:Dataset) WHERE n.{EXTENSION} IS NOT NULL"
        f" RETURN n.name AS name, n.{EXTENSION} AS files"
    )
    stored = {row["name"]: json.loads(row["files"]) for row in connection.read(query)}
    return {
        dataset: Extension(dataset, tuple((name, text.encode()) for name, text in files.items()))
        for dataset, files in sorted(stored.items())
    }


def _table(
    connection: Connection, kind: Kind, names: Sequence[str], keys: Sequence[str] | None = None
) -> Table:
    """Return all rows of a kind, or those of some keys, page by page."""
    parts: list[Table] = []
    start = 2
    for page in _pages(connection, kind, keys):
        kept = [row for row in page if not row["held"]]
        own = [json.loads(row["own"]) if row["own"] else {} for row in kept]
        columns = zip(*(row["cells"] for row in kept), strict=True)
        found = {
            name: cells([text or "" for text in texts])
            for name, texts in zip(column_names(kind), columns, strict=False)
        }
        folder = np.array([names.index(row["dataset"]) for row in kept], np.int16)
        number = np.arange(start, start + len(kept), dtype=np.int32)
        start += len(kept)
        if kept:
            parts.append(Table(kind, found, folder, number, _own(own)))
    return stacked(parts) if parts else table_of(kind, [])


def _own(rows: Sequence[Mapping[str, str]]) -> dict[str, Cells]:
    names = sorted({name for row in rows for name in row})
    return {name: cells([row.get(name, "") for row in rows]) for name in names}


def _pages(
    connection: Connection, kind: Kind, keys: Sequence[str] | None
) -> Iterator[list[dict[str, Any]]]:
    only = "AND NOT n:Thing" if kind == "dataset" else "" if keys is None else "AND n.key IN $keys"
    query = _ROWS.format(
        label=kind.capitalize(),
        only=only,
        own=OWN,
        columns=", ".join(f"n.{quoted([name])}" for name in column_names(kind)),
    )
    after = ""
    given = {} if keys is None else {"keys": list(keys)}
    while page := connection.read(query, after=after, page=PAGE, **given):
        yield page
        after = page[-1]["key"]

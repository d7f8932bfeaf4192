"""The graph in a Neo4j server, which answers in Cypher; nothing here writes.

A question's query is in ``queries`` under its name and takes its parameters as in Cypher:
``$thing``. An empty parameter is null there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from diaspora_graph.answers import Answer, Cell, Engine, Question, Row, basis
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import RECORDS, SEPARATOR, Kind
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.graphs.neo4j.connection import Connection, connect
from diaspora_graph.graphs.neo4j.home import read_dataset, read_part, read_schema
from diaspora_graph.graphs.parameters import Ids, asked
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.resources import resource


class Neo4jGraph:
    """A graph that was loaded into a database of a Neo4j server.

    Every answer reads its rows again; the ontology, the versions of the datasets and the digest
    are those of the first answer. The digest is that of the loaded data: `deep_status` finds what
    was edited in the database since then. Every method raises `StoreError` if the server fails.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, uri: str) -> Neo4jGraph:
        """Open the graph at an address such as ``neo4j://localhost``; see `connect`."""
        return cls(connect(uri))

    @cached_property
    def schema(self) -> Schema:
        """The ontology by which the data was checked."""
        return read_schema(self._connection)

    def answer(self, question: Question, /, **parameters: Cell) -> Answer:
        """Answer a question in Cypher. Raises `UnknownNameError`, `ParameterError`."""
        what = asked(question, parameters, _Names(self._connection, self.schema))
        file = query_file(question)
        engine: Engine = "cypher" if file.is_file() else "memory"
        if engine == "cypher":
            rows = tuple(self._rows(file.read_text("utf-8"), question.columns, what.bound))
        else:
            rows = tuple(question.python(self.dataset(), **what.bound))
        return Answer(question, what.given, rows, engine, self._version, self._digest)

    def _rows(
        self, query: str, columns: tuple[str, ...], bound: Mapping[str, Cell]
    ) -> Iterator[Row]:
        given = {name: None if value == "" else value for name, value in bound.items()}
        for found in self._connection.read(query, **given):
            *cells, claims = (_cell(found[name]) for name in columns)
            # an engine may join texts in any order
            yield (*cells, basis(str(claims).split(SEPARATOR)))

    @cached_property
    def _version(self) -> str:
        query = (
            "MATCH (n:Dg&Dataset&!Thing) RETURN n.name + ' ' + n.version AS said ORDER BY n.name"
        )
        return ", ".join(row["said"] for row in self._connection.read(query))

    @cached_property
    def _digest(self) -> str:
        """The digest from the load of all datasets; if they were loaded apart, all is read back."""
        row = self._connection.read(
            "MATCH (n:Dg&Dataset&!Thing) WITH n ORDER BY n.name"
            " RETURN collect(n.name) AS names, collect(DISTINCT [n.loaded_with, n.content]) AS done"
        )[0]
        if len(row["done"]) == 1 and row["done"][0][0] == row["names"]:
            return str(row["done"][0][1])
        return digest(self.dataset())

    def part(self, ids: Iterable[str]) -> Dataset:
        """Read the rows of these ids and all sources, to name and cite them; nothing is checked."""
        return read_part(self._connection, self.schema, ids)

    def dataset(self) -> Dataset:
        """Read everything back as a dataset, nothing lost. Raises `DatasetError`."""
        return read_dataset(self._connection, self.schema)


def query_file(question: Question) -> Path:
    """Return the path of the Cypher twin of a question, if it has one."""
    return resource("queries") / f"{question.name}.cypher"


def _cell(found: object) -> Cell:
    """Return a value of a row; null is an empty cell."""
    if found is None:
        return ""
    if not isinstance(found, str | int):
        raise ParameterError(
            f"the query gives {found!r}; expected a text, a whole number or a boolean"
        )
    return found


@dataclass(frozen=True)
class _Ids:
    """The ids of all nodes with one of these labels: looked up on the server one by one."""

    connection: Connection
    labels: str

    def __contains__(self, id: object) -> bool:
        query = f"MATCH (n:Dg&({self.labels}) {{key: $id}}) RETURN n.key AS id"
        return bool(self.connection.read(query, id=id))

    def __iter__(self) -> Iterator[str]:
        query = f"MATCH (n:Dg&({self.labels})) RETURN n.key AS id ORDER BY id"
        return (row["id"] for row in self.connection.stream(query))


@dataclass(frozen=True)
class _Names:
    """The names in the store, looked up there."""

    connection: Connection
    schema: Schema

    def ids(self, what: str) -> Ids:
        if what == "coder":
            query = "MATCH (n:Dg:Coding) RETURN DISTINCT n.coder AS name ORDER BY name"
            return [row["name"] for row in self.connection.read(query)]
        labels = {"thing": "Thing", "entity": "Entity", "source": "Source&!Entity"}
        return _Ids(self.connection, labels[what])

    def kind_of(self, id: str) -> Kind:
        for kind in RECORDS:
            if id in _Ids(self.connection, kind.capitalize()):  # a dataset has no id
                return kind
        raise UnknownNameError("row", id, ())

    def resolve(self, name: str) -> str:
        """Return the id with this name, among those that the index of names finds near it."""
        words = [f'"{word}"' for word in name.replace('"', " ").replace("\\", " ").split()]
        query = (
            "CALL db.index.fulltext.queryNodes('dg_names', $words, {limit: 200}) YIELD node"
            " RETURN DISTINCT node.key AS id"
        )
        found = [row["id"] for row in self.connection.read(query, words=" OR ".join(words) or '""')]
        of_code = "MATCH (n:Dg:Entity) WHERE n.iso3 = $code RETURN n.key AS id"
        found += [row["id"] for row in self.connection.read(of_code, code=name.upper())]
        if not found:  # no word in common: other letters, or none at all
            found = list(self.ids("entity"))
        return resolve(read_part(self.connection, self.schema, found), name)

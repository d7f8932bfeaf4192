"""The graph as an RDF store that answers in SPARQL, filled from a dataset or from a file.

A question's query is in ``queries`` under its name. It names its parameters in one row of
``VALUES`` with an example, so that it can be pasted into any SPARQL tool as it is; this graph
replaces the example with the given values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from diaspora_graph.answers import Answer, Cell, Engine, Question, Row, basis
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import ParameterError
from diaspora_graph.exchange.rdf import check_iris, dataset_of_quads, parsed, quads
from diaspora_graph.graphs.parameters import NamesOf, asked
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.resources import resource

VALUES = re.compile(r"VALUES \((?P<names>(?: ?\?\w+)+)\) \{ \((?P<example>[^(){}]*)\) \}")
"""The one row of parameters in a query."""

_XSD = "http://www.w3.org/2001/XMLSchema#"


class SparqlGraph:
    """A dataset in an RDF store, together with the ontology.

    >>> from diaspora_graph import load_dataset, question
    >>> graph = SparqlGraph(load_dataset())
    >>> answer = graph.answer(question("who_acts_on"), thing="us-policy-toward-armenia")
    >>> answer.engine, [row[:2] for row in answer.rows][:2]
    ('sparql', [('aaa', 'lobbiesOn'), ('anca', 'lobbiesOn')])
    """

    def __init__(self, data: Dataset) -> None:
        check_iris(data)
        self._data = data
        self._store = ox.Store()
        self._store.bulk_extend(_default_graph(quads(data)))
        self._store.bulk_extend(_ontology())

    @classmethod
    def open(cls, file: str | Path) -> SparqlGraph:
        """Open a Turtle or TriG file that was exported.

        Raises `DatasetError` with every fault, `SchemaError`, `FileError`.
        """
        path = Path(file)
        return cls(dataset_of_quads(parsed(path), path.name))

    @property
    def schema(self) -> Schema:
        """The ontology by which the data was checked."""
        return self._data.schema

    def answer(self, question: Question, /, **parameters: Cell) -> Answer:
        """Answer a question in SPARQL. Raises `UnknownNameError`, `ParameterError`."""
        what = asked(question, parameters, NamesOf(self._data))
        file = query_file(question)
        engine: Engine = "sparql" if file.is_file() else "memory"
        if engine == "sparql":
            text = with_values(file.read_text("utf-8"), what.bound)
            rows = tuple(self._rows(text, question.columns))
        else:
            rows = tuple(question.python(self._data, **what.bound))
        return Answer(question, what.given, rows, engine, self._data.version, digest(self._data))

    def _rows(self, query: str, columns: tuple[str, ...]) -> Iterator[Row]:
        for solution in cast("ox.QuerySolutions", self._store.query(query)):
            *cells, claims = (_cell(solution[name]) for name in columns)
            # an engine may join texts in any order
            yield (*cells, basis(str(claims).split(SEPARATOR)))

    def part(self, ids: Iterable[str]) -> Dataset:
        """Return the dataset that the store holds, which has the rows of these ids."""
        return self._data

    def dataset(self) -> Dataset:
        """Return the dataset that the store holds."""
        return self._data


def query_file(question: Question) -> Path:
    """Return the path of the SPARQL twin of a question, if it has one."""
    return resource("queries") / f"{question.name}.rq"


def with_values(query: str, bound: Mapping[str, Cell]) -> str:
    r"""Return a query with these values in place of its example; an empty text binds nothing.

    The RDF library writes values as terms, never as text, so that a value cannot change the query.

    >>> print(with_values('ASK { VALUES (?id ?day) { ("x" 7) } }', {"id": 'y" }', "day": 1}))
    ASK { VALUES (?id ?day) { ("y\" }" "1"^^<http://www.w3.org/2001/XMLSchema#integer>) } }
    """
    found = VALUES.search(query)
    names = [f"?{name}" for name in bound]
    if not found or found["names"].split() != names:
        raise ParameterError(
            f"the query must bind its parameters in one row: VALUES ({' '.join(names)})"
        )
    terms = ["UNDEF" if value == "" else str(ox.Literal(value)) for value in bound.values()]
    start, end = found.span("example")
    return query[:start] + " ".join(terms) + query[end:]


def _cell(found: object) -> Cell:
    """Return a value of a row; what is not bound is an empty cell."""
    if found is None:
        return ""
    if not isinstance(found, ox.Literal):
        raise ParameterError(
            f"the query gives {found}; expected a text, a whole number or a boolean"
        )
    if found.datatype.value == f"{_XSD}boolean":
        return found.value == "true"
    return int(found.value) if found.datatype.value == f"{_XSD}integer" else found.value


def _default_graph(found: Iterator[ox.Quad]) -> Iterator[ox.Quad]:
    return (ox.Quad(each.subject, each.predicate, each.object) for each in found)


@cache
def _ontology() -> tuple[ox.Quad, ...]:
    """Return the shipped ontology: queries read from it how influence flows, and subclasses."""
    files = [
        file for file in sorted(resource("ontology").glob("*.ttl")) if file.name != "shapes.ttl"
    ]
    return tuple(quad for file in files for quad in ox.parse(path=str(file)))

"""networkx, the graph in memory: statements as the edges of a ``MultiDiGraph``.

A node is an entity or a source, under its id; an edge runs from the subject to the object of one
statement, under the statement's id. Their attributes are the cells of the row that are not empty,
as they were entered, and for nodes ``kind`` (entity or source). The other files are in
``graph.graph`` as lists of rows in JSON, so that nothing is lost and every writer of networkx takes
the graph: ``json.loads(graph.graph["observations"])``. An edge has its source under ``source``;
functions that use this name for an end of an edge need other names:
``nx.node_link_data(graph, source="subject", target="object")``, ``nx.to_pandas_edgelist`` in the
same way. GML has no other names for the ends, so it does not keep the sources of statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from diaspora_graph.dataset.claims import standing
from diaspora_graph.dataset.columns import Mask, Table
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR, Kind
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.exchange.parts import part_of
from diaspora_graph.exchange.rows import Rows
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema, Word

if TYPE_CHECKING:
    from networkx import MultiDiGraph

BESIDE: Mapping[str, Kind] = {
    "datasets": "dataset",
    "aliases": "alias",
    "observations": "observation",
    "codings": "coding",
    "flags": "flag",
    "exclusions": "exclusion",
    "left_out": "statement",
}
"""The keys of ``graph.graph``, each a list of rows in JSON, and the kind of rows under it."""

LEFT_OUT = "left_out"
"""The key of the statements that are not edges."""

WEIGHTS = ("claims", "sources", "confidence_weight")
"""The names of the weights that an edge may have."""

_WORKED_OUT = frozenset({*WEIGHTS, "weight"})

_NODES: tuple[Kind, ...] = ("entity", "source")
_PLACE = "graph"


def to_networkx(
    data: Dataset,
    statements: Sequence[str] | None = None,
    *,
    denials: bool = False,
    weights: str = "claims",
) -> MultiDiGraph[str]:
    """Return a dataset as a networkx graph: all of it, or the part that some statements need.

    An edge is a statement that affirms and counts. Denied, corrected or withdrawn statements are
    not edges unless ``denials`` asks for them: they are in ``graph.graph["left_out"]``, so that
    nothing is lost on the way back. Next to the cells of its row an edge has numbers on its
    relation: ``claims`` (edges of the same subject, predicate and object), ``sources``
    (independent ones), ``confidence_weight`` (that of the ontology), and as ``weight`` the one of
    the three that ``weights`` names. Raises `UnknownNameError` for an id of no statement and
    for an unknown weight.

    >>> from diaspora_graph import load_dataset
    >>> graph = to_networkx(load_dataset(), weights="sources")
    >>> edge = graph.edges["anca", "us-policy-toward-armenia", "st-anca-lobbies-us-policy"]
    >>> edge["claims"], edge["sources"], edge["weight"]
    (1, 1, 1)
    >>> "denies" in {word for *_, word in graph.edges(data="polarity")}
    False
    """
    import networkx as nx

    if weights not in WEIGHTS:
        raise UnknownNameError("weight", weights, WEIGHTS)
    tables = data.tables if statements is None else part_of(data, statements)
    graph: MultiDiGraph[str] = nx.MultiDiGraph()
    for kind in _NODES:
        for cells in _filled(tables[kind]):
            graph.add_node(cells.pop("id"), kind=kind, **cells)
    part = Dataset(data.schema, tables, data.folders)
    stands = np.ones(len(tables["statement"]), np.bool_) if denials else standing(part, "statement")
    numbers = _numbers(part, stands)
    left_out = []
    for row, cells in enumerate(_filled(tables["statement"])):
        if stands[row]:
            subject, object_, id = cells.pop("subject"), cells.pop("object"), cells.pop("id")
            found = numbers[row]
            graph.add_edge(subject, object_, key=id, **cells, **found, weight=found[weights])
        else:
            left_out.append(cells)
    for name, kind in BESIDE.items():
        rows = left_out if name == LEFT_OUT else list(_filled(tables[kind]))
        graph.graph[name] = json.dumps(rows, ensure_ascii=False)
    return graph


def _numbers(data: Dataset, stands: Mask) -> dict[int, dict[str, float]]:
    """Return the numbers on each edge, by the row of its statement."""
    relations, table = data.relations, data.tables["statement"]
    weight = {name: float(word.weight or 1) for name, word in _confidence(data.schema).items()}
    found: dict[int, dict[str, float]] = {}
    for relation in range(len(relations)):
        rows = [row for row in relations.rows(relation).tolist() if stands[row]]
        voices = {table["cited"][row].split(SEPARATOR)[0] or table["source"][row] for row in rows}
        for row in rows:
            found[row] = {
                "claims": len(rows),
                "sources": len(voices),
                "confidence_weight": weight[table["confidence"][row]],
            }
    return found


def _confidence(schema: Schema) -> Mapping[str, Word]:
    return schema.vocabularies["confidence"]


def _filled(table: Table) -> Iterator[dict[str, str]]:
    """Yield each row as a mapping of its cells that are not empty."""
    columns = {**table.columns, **table.extra}
    texts = [column.all() for column in columns.values()]
    for row in zip(*texts, strict=True):
        yield {name: text for name, text in zip(columns, row, strict=True) if text}


def from_networkx(graph: MultiDiGraph[Any], schema: Schema | None = None) -> Dataset:
    """Return the dataset that a networkx graph holds, checked; the way back from `to_networkx`.

    ``schema`` is the ontology to check by, the shipped one if not given. A node without ``kind``
    gets the kind of its type. Attributes of your own begin with ``_``. Raises `DatasetError` with
    all faults, each at the id of its node or edge; `ParameterError` for another kind of graph.
    """
    if not (graph.is_directed() and graph.is_multigraph()):
        name = type(graph).__name__
        raise ParameterError(f"statements are the edges of a MultiDiGraph, this is a {name}")
    return _Graph(graph, schema or load_schema()).rows().dataset(schema)


class _Graph:
    """Splits a graph into rows; a row number is a position in ``places``."""

    def __init__(self, graph: MultiDiGraph[Any], schema: Schema) -> None:
        self.graph = graph
        self.schema = schema
        self.places: list[str] = [_PLACE]
        self.found = Rows(lambda number: (self.places[number], 0))

    def rows(self) -> Rows:
        for node, attributes in self.graph.nodes(data=True):
            cells = dict(attributes)
            kind = cells.pop("kind", None) or self._kind(cells.get("type"))
            if kind in _NODES:
                self._add(cast("Kind", kind), str(node), {"id": node, **cells})
            else:
                self.found.fault(self._at(str(node)), "kind", str(kind), " or ".join(_NODES))
        for subject, object_, id, cells in self.graph.edges(keys=True, data=True):
            ends = {"id": id, "subject": subject, "object": object_}
            entered = {name: cell for name, cell in cells.items() if name not in _WORKED_OUT}
            self._add("statement", str(id), {**ends, **entered})
        for name, kind in BESIDE.items():
            for position, cells in enumerate(self._beside(name)):
                self._add(kind, str(cells.get("id") or f"{name}[{position}]"), cells)
        return self.found

    def _beside(self, name: str) -> Sequence[dict[str, Any]]:
        """Return the rows under a key of the graph: JSON as `to_networkx` writes it, or a list."""
        found = self.graph.graph.get(name) or "[]"
        try:
            rows = json.loads(found) if isinstance(found, str) else found
        except ValueError:
            rows = None
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self.found.fault(self._at(name), name, str(found)[:60], "a list of rows in JSON")
        return ()

    def _kind(self, type_: object) -> Kind:
        term = self.schema.classes.get(str(type_))
        return cast("Kind", term.recorded_as) if term and term.recorded_as else "entity"

    def _add(self, kind: Kind, id: str, cells: Mapping[str, object]) -> None:
        self.found.add(kind, self._at(id), cells)

    def _at(self, id: str) -> int:
        self.places.append(f"{_PLACE}:{id}")
        return len(self.places) - 1

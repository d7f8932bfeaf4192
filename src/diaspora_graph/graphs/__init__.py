"""Graphs: one dataset with one method, `answer`, in memory or in a store."""

from __future__ import annotations

from pathlib import Path

from diaspora_graph.errors import FileError, ParameterError
from diaspora_graph.exchange.rdf import FORMATS
from diaspora_graph.graphs.memory import MemoryGraph
from diaspora_graph.graphs.protocol import Graph
from diaspora_graph.graphs.sparql import SparqlGraph
from diaspora_graph.reading.load import load_dataset

__all__ = ["Graph", "MemoryGraph", "SparqlGraph", "open_graph"]

_SERVERS = ("neo4j:", "neo4j+s:", "neo4j+ssc:", "bolt:", "bolt+s:", "bolt+ssc:")


def open_graph(*where: str | Path) -> Graph:
    """Open dataset folders together, one ``.ttl`` or ``.trig`` file, a Neo4j server, or the seed.

    A server is named by its address, such as ``neo4j://localhost:7687``.

    Raises `DatasetError` with every fault, `SchemaError`, `FileError` for files that cannot be read
    and `ParameterError` for names that cannot be opened as a graph.

    >>> open_graph().dataset().entity("anca").type
    'LobbyOrganisation'
    """
    servers = [str(place) for place in where if str(place).startswith(_SERVERS)]
    if servers:
        return _in_neo4j(servers, len(where))
    files = [place for place in where if Path(place).suffix in FORMATS and not Path(place).is_dir()]
    if not files:
        return MemoryGraph(load_dataset(*where))
    if len(where) > 1:
        others = ", ".join(str(place) for place in where)
        raise ParameterError(
            f"{others}: an RDF file is opened on its own; it contains all that it uses"
        )
    if not Path(files[0]).is_file():
        raise FileError(
            files[0], "there is no such file; `diaspora-graph export --format ttl` makes one"
        )
    return SparqlGraph.open(files[0])


def _in_neo4j(servers: list[str], places: int) -> Graph:
    from diaspora_graph.graphs.neo4j.graph import Neo4jGraph

    if places > 1:
        raise ParameterError(
            f"{servers[0]}: a graph in Neo4j is opened on its own; load folders into it"
        )
    return Neo4jGraph.open(servers[0])

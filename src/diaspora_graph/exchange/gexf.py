"""GEXF 1.3, for Gephi with its timeline: one edge for each statement, denials included."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import FileError
from diaspora_graph.exchange.drawable import (
    DrawnEdge,
    DrawnNode,
    cells,
    columns,
    description,
    drawn_edges,
    drawn_nodes,
)
from diaspora_graph.exchange.graphml import channels, xml_bytes
from diaspora_graph.exchange.guarded_xml import guarded_bytes
from diaspora_graph.files import write_bytes

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_SPACE = "http://gexf.net/1.3"
_TYPES = {str: "string", int: "integer"}


def write(data: Dataset, file: str | Path) -> Path:
    """Write the statements of a dataset as GEXF; the same dataset gives the same bytes.

    Nodes and edges have the same attributes as in GraphML; an edge holds from ``start`` to ``end``,
    the first and the last year in which the statement may hold, open where the source sets no
    bound, always where it gives no time. ``kind`` distinguishes parallel edges of different
    relations. Raises `FileError`.
    """
    top = ET.Element("gexf", {"xmlns": _SPACE, "xmlns:viz": f"{_SPACE}/viz", "version": "1.3"})
    meta = ET.SubElement(top, "meta")
    ET.SubElement(meta, "creator").text = "diaspora-graph"
    ET.SubElement(meta, "description").text = description(data)
    time = {"mode": "dynamic", "timeformat": "double", "timerepresentation": "interval"}
    graph = ET.SubElement(top, "graph", {"defaultedgetype": "directed", **time})
    _attributes(graph, "node", DrawnNode)
    _attributes(graph, "edge", DrawnEdge)
    nodes = ET.SubElement(graph, "nodes")
    for node in drawn_nodes(data):
        _node(nodes, node)
    edges = ET.SubElement(graph, "edges")
    for edge in drawn_edges(data):
        _edge(edges, edge)
    return write_bytes(Path(file), xml_bytes(top))


def read(file: str | Path) -> MultiDiGraph[str]:
    """Read a GEXF file as a networkx graph, edges under their ids as text.

    Raises `FileError` for a file that is not GEXF or that declares a document type.
    """
    import networkx as nx

    data = guarded_bytes(file)
    try:
        found: Any = nx.read_gexf(BytesIO(data), version="1.3")
    except (nx.NetworkXError, LookupError, TypeError, ValueError) as error:
        raise FileError(file, f"is not GEXF that networkx can read: {error}") from error
    if found.is_multigraph():
        return nx.MultiDiGraph(found)
    graph: MultiDiGraph[str] = nx.MultiDiGraph(**found.graph)
    graph.add_nodes_from(found.nodes(data=True))
    for subject, object_, attributes in found.edges(data=True):
        graph.add_edge(subject, object_, key=attributes.get("id"), **attributes)
    return graph


def _attributes(graph: ET.Element, scope: str, kind: type[DrawnNode | DrawnEdge]) -> None:
    group = ET.SubElement(graph, "attributes", {"class": scope})
    for name, type_ in columns(kind).items():
        if name != "label":
            ET.SubElement(group, "attribute", {"id": name, "title": name, "type": _TYPES[type_]})


def _node(nodes: ET.Element, node: DrawnNode) -> None:
    element = ET.SubElement(nodes, "node", {"id": node.id, "label": node.label})
    _values(element, node)
    red, green, blue = channels(node.color)
    ET.SubElement(element, "viz:color", {"r": str(red), "g": str(green), "b": str(blue)})


def _edge(edges: ET.Element, edge: DrawnEdge) -> None:
    attributes = {"id": edge.statement, "source": edge.subject, "target": edge.object}
    attributes |= {"label": edge.label, "kind": edge.predicate}
    if edge.first_year is not None:
        attributes["start"] = str(edge.first_year)
    if edge.last_year is not None:
        attributes["end"] = str(edge.last_year)
    _values(ET.SubElement(edges, "edge", attributes), edge)


def _values(element: ET.Element, drawn: DrawnNode | DrawnEdge) -> None:
    group = ET.SubElement(element, "attvalues")
    for name, value in cells(drawn):
        if name != "label":
            ET.SubElement(group, "attvalue", {"for": name, "value": str(value)})

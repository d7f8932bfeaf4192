"""GraphML, for Gephi, yEd, Cytoscape and R: one edge for each statement, denials included."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import FileError
from diaspora_graph.exchange.drawable import (
    Cell,
    DrawnEdge,
    DrawnNode,
    cells,
    columns,
    description,
    drawn_edges,
    drawn_nodes,
)
from diaspora_graph.exchange.guarded_xml import guarded_bytes
from diaspora_graph.files import write_bytes

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_SPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {str: "string", int: "int"}
_CHANNELS = ("r", "g", "b")


def write(data: Dataset, file: str | Path) -> Path:
    """Write the statements of a dataset as GraphML; the same dataset gives the same bytes.

    Nodes have label (also ``label_kk``, ``label_ru``), type, root and colour (``color``, and
    ``r``, ``g``, ``b`` for Gephi); edges have statement (the id), label, predicate, family,
    polarity, status, confidence, citation, locator, valid, and ``first_year`` and ``last_year``
    where known.
    Denials are edges whose ``polarity`` is ``denies``: filter them. Raises `FileError`.
    """
    top = ET.Element("graphml", {"xmlns": _SPACE})
    top.extend(_keys("node", {**columns(DrawnNode), **dict.fromkeys(_CHANNELS, int)}))
    top.extend(_keys("edge", columns(DrawnEdge)))
    top.extend(_keys("graph", {"description": str}))
    graph = ET.SubElement(top, "graph", {"edgedefault": "directed"})
    _say(graph, "graph", [("description", description(data))])
    for node in drawn_nodes(data):
        element = ET.SubElement(graph, "node", {"id": node.id})
        _say(element, "node", [*cells(node), *zip(_CHANNELS, channels(node.color), strict=True)])
    for edge in drawn_edges(data):
        ends = {"id": edge.statement, "source": edge.subject, "target": edge.object}
        _say(ET.SubElement(graph, "edge", ends), "edge", cells(edge))
    return write_bytes(Path(file), xml_bytes(top))


def read(file: str | Path) -> MultiDiGraph[str]:
    """Read a GraphML file as a networkx graph, edges under their ids as text.

    Raises `FileError` for a file that is not GraphML or that declares a document type.
    """
    import networkx as nx

    data = guarded_bytes(file)
    try:
        graph: Any = nx.read_graphml(BytesIO(data), edge_key_type=str, force_multigraph=True)
    except (nx.NetworkXError, LookupError, TypeError, ValueError) as error:
        raise FileError(file, f"is not GraphML that networkx can read: {error}") from error
    return nx.MultiDiGraph(graph)


def _keys(scope: str, names: dict[str, type[Cell]]) -> Iterable[ET.Element]:
    # Gephi reads the key ids d3 and d7 as labels, as yEd writes them: our ids are names instead.
    for name, type_ in names.items():
        attributes = {
            "id": f"{scope}_{name}",
            "for": scope,
            "attr.name": name,
            "attr.type": _TYPES[type_],
        }
        yield ET.Element("key", attributes)


def _say(element: ET.Element, scope: str, values: Iterable[tuple[str, Cell]]) -> None:
    for name, value in values:
        ET.SubElement(element, "data", {"key": f"{scope}_{name}"}).text = str(value)


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue of a colour.

    >>> channels("#A0C8E8")
    (160, 200, 232)
    """
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def xml_bytes(top: ET.Element) -> bytes:
    """Return an XML document as indented UTF-8 with line feeds."""
    ET.indent(top)
    text = ET.tostring(top, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()

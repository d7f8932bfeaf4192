"""RDF in our ontology, Turtle or TriG as `export --format ttl` writes it → dataset folders."""

from __future__ import annotations

from pathlib import Path

from diaspora_graph.exchange.rdf import read
from diaspora_graph.importers.whole import WholeImport, whole


def prepare(source: Path, folder: Path) -> WholeImport:
    """Read and check the graph.

    Raises `DatasetError` with every fault, `FileError` for a file that cannot be read or a folder
    that holds a dataset already.
    """
    return whole(read(source), folder)

"""JSON Lines as `export --format jsonl` writes them → dataset folders."""

from __future__ import annotations

from pathlib import Path

from diaspora_graph.exchange.jsonl import read
from diaspora_graph.importers.whole import WholeImport, whole


def prepare(source: Path, folder: Path) -> WholeImport:
    """Read and check the lines.

    Raises `DatasetError` with the line of every fault, `FileError` for a file that cannot be read
    or a folder that holds a dataset already.
    """
    return whole(read(source), folder)

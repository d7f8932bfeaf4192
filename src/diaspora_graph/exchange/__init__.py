"""The formats of a dataset: one module for each, in both directions if possible.

A format has ``write(data, target)`` and, if it can be read back, ``read(file)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from diaspora_graph.errors import ParameterError, did_you_mean

if TYPE_CHECKING:
    from diaspora_graph.dataset.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Format:
    """A format; ``suffix`` is the ending of its file, empty for a folder."""

    name: str
    what: str
    suffix: str
    module: str
    function: str = "write"

    def write(self, data: Dataset, target: str | Path) -> list[Path]:
        """Write a dataset in this format and return the files written. Raises `FileError`."""
        write = getattr(import_module(f"diaspora_graph.{self.module}"), self.function)
        written = write(data, target)
        return [written] if isinstance(written, Path) else list(written)


FORMATS: Mapping[str, Format] = {
    each.name: each
    for each in (
        Format(
            "folder", "a dataset folder in canonical form", "", "dataset.canonical", "write_dataset"
        ),
        Format("jsonl", "JSON lines, the exchange contract", ".jsonl", "exchange.jsonl"),
        Format("csv", "tables with labels, for a spreadsheet", "", "exchange.csv"),
        Format("graphml", "GraphML for Gephi, yEd, Cytoscape, R", ".graphml", "exchange.graphml"),
        Format("gexf", "GEXF for Gephi with its timeline", ".gexf", "exchange.gexf"),
        Format("ttl", "Turtle", ".ttl", "exchange.rdf"),
        Format("labels", "a workbook for correcting translated labels", ".xlsx", "exchange.labels"),
    )
}
"""The formats that `export` can write, by name."""


def export(data: Dataset, name: str, target: str | Path) -> list[Path]:
    """Write a dataset in a format of `FORMATS` and return the files written.

    ``target`` is a file, or a folder for formats that are several files. Raises `ParameterError`
    for an unknown format, `FileError` for a place that cannot be written to.
    """
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise ParameterError(f"no format {name!r}{did_you_mean(name, FORMATS)}; known: {known}")
    return FORMATS[name].write(data, target)

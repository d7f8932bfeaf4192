"""A file that holds whole datasets → dataset folders: JSON Lines and RDF, as exports write them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diaspora_graph.dataset.canonical import write_dataset
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES
from diaspora_graph.errors import FileError
from diaspora_graph.importers.result import Import


@dataclass
class WholeImport(Import):
    """Datasets that were read and checked; each becomes a folder."""

    data: Dataset | None = None

    def write(self) -> list[Path]:
        """Write the folders, all or none. Raises `FileError` if one holds files already."""
        assert self.data is not None  # noqa: S101 (the one maker gives it)
        return write_dataset(self.data, self.folder)


def whole(data: Dataset, folder: Path) -> WholeImport:
    """Return datasets as they will be written: one as the folder itself, several inside it.

    Raises `FileError` if a folder holds a dataset already: nothing is replaced or merged.
    """
    names = [each.name for each in data.datasets()]
    places = [folder] if len(names) == 1 else [folder / name for name in names]
    for place in places:
        for name in FILES.values():
            if (place / name).exists():
                raise FileError(place / name, "is there already; name a folder that is new")
    graphs = " ".join(f"--graph {place}" for place in places)
    return WholeImport(folder, {}, then=(f"info {graphs}",), data=data)

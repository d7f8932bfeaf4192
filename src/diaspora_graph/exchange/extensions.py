"""A dataset's own ontology inside an RDF file: its terms travel with the rows that use them.

Each term says by ``rdfs:isDefinedBy`` to which dataset it belongs. Terms are what the program
reads of an ontology: IRIs and what is said of them without blank nodes.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pyoxigraph as ox

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.exchange.rdf_terms import is_shipped, term
from diaspora_graph.exchange.triples import homes
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema

SHAPES = "shapes.ttl"
"""The file beside an ontology that holds no terms."""

ID = r"[a-z0-9][a-z0-9-]*"


def extension_triples(data: Dataset) -> Iterator[tuple[int, ox.Triple]]:
    """Yield the terms that a dataset adds to the ontology, each with the number of its dataset."""
    at = homes(data)
    for folder in data.extensions:
        home = _home(data, folder, at)
        files = [path for path in sorted(folder.glob("*.ttl")) if path.name != SHAPES]
        said = {triple for path in files for triple in _terms(path)}
        own = {ox.Triple(each.subject, term("rdfs:isDefinedBy"), at[home]) for each in said}
        for triple in sorted(said | own, key=str):
            yield home, triple


def _home(data: Dataset, folder: Path, numbers: Iterable[int]) -> int:
    """Return the number of the dataset that an ``ontology`` folder stands in."""
    own = (at for at in numbers if Path(data.folders[at]) == folder.parent)
    return next(own, min(numbers))


def _terms(path: Path) -> Iterator[ox.Triple]:
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
            yield quad.triple


class Extensions:
    """Ontologies of datasets' own, kept as ``ontology`` folders while their dataset lives."""

    def __init__(self, files: Mapping[str, Mapping[str, bytes]]) -> None:
        """Take the files of each ontology by the name of its dataset and their own."""
        self.folders: tuple[Path, ...] = ()
        if files:
            place = Path(mkdtemp(prefix="diaspora-graph-"))
            weakref.finalize(self, rmtree, place, ignore_errors=True)
            self.folders = tuple(_written(place / name, files[name]) for name in sorted(files))

    @classmethod
    def of_triples(cls, found: Iterable[ox.Triple], datasets: Mapping[str, str]) -> Extensions:
        """Take triples of an RDF file that are no rows; ``datasets`` are their names by IRI."""
        said = _by_dataset(found, datasets)
        return cls({name: {"terms.ttl": _turtle(triples)} for name, triples in said.items()})

    def schema(self) -> Schema:
        """Return the shipped ontology with these terms. Raises `SchemaError`."""
        return load_schema(*self.folders)

    def kept_for(self, data: Dataset) -> Dataset:
        """Return the dataset with these folders as its own; they go when it goes."""
        if not self.folders:
            return data
        at = {folder.parent.name: str(folder.parent) for folder in self.folders}
        folders = tuple(at.get(name, name) for name in data.folders)
        own = replace(data, folders=folders, extensions=self.folders)
        weakref.finalize(own, self._let_go)
        return own

    def _let_go(self) -> None:
        """Do nothing: the dataset holds this object by it, and so the folders."""


def _by_dataset(
    found: Iterable[ox.Triple], datasets: Mapping[str, str]
) -> dict[str, list[ox.Triple]]:
    """Return the terms of each dataset by its name; a name that is none is not used as a path."""
    owner: dict[str, str] = {}
    rest: list[ox.Triple] = []
    for triple in found:
        name = datasets.get(_iri(triple.object), "")
        if triple.predicate == term("rdfs:isDefinedBy") and re.fullmatch(ID, name):
            owner[_iri(triple.subject)] = name
        elif not is_shipped(_iri(triple.subject)):
            rest.append(triple)
    by_name: dict[str, list[ox.Triple]] = {}
    for triple in rest:
        if name := owner.get(_iri(triple.subject), ""):
            by_name.setdefault(name, []).append(triple)
    return by_name


def _turtle(said: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(sorted(said, key=str), format=ox.RdfFormat.TURTLE) or b""


def _written(place: Path, files: Mapping[str, bytes]) -> Path:
    folder = place / "ontology"
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / Path(name).name).write_bytes(content)
    return folder


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""

"""A dataset's own ontology inside an RDF file: its terms travel with the rows that use them.

Each term names its dataset by ``rdfs:isDefinedBy``. Terms are the part of an ontology that the
program reads: IRIs and their properties without blank nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.exchange.rdf_terms import is_shipped, term
from diaspora_graph.exchange.triples import homes
from diaspora_graph.ontology.load import Extension

ID = r"[a-z0-9][a-z0-9-]*"


def extension_triples(data: Dataset) -> Iterator[tuple[int, ox.Triple]]:
    """Yield the terms that a dataset adds to the ontology, each with the number of its dataset."""
    at = homes(data)
    for place, extension in sorted(data.extensions.items()):
        home = place if place in at else min(at)
        triples = {triple for _, turtle in extension.terms() for triple in _terms(turtle)}
        own = {ox.Triple(each.subject, term("rdfs:isDefinedBy"), at[home]) for each in triples}
        for triple in sorted(triples | own, key=str):
            yield home, triple


def _terms(turtle: bytes) -> Iterator[ox.Triple]:
    for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
            yield quad.triple


def extensions_of(found: Iterable[ox.Triple], datasets: Mapping[str, str]) -> dict[str, Extension]:
    """Return the own ontology of each dataset, by its name.

    ``found`` are triples of an RDF file that are not rows; ``datasets`` the names by IRI.
    """
    triples = _by_dataset(found, datasets)
    return {
        name: Extension(name, (("terms.ttl", _turtle(triples[name])),)) for name in sorted(triples)
    }


def _by_dataset(
    found: Iterable[ox.Triple], datasets: Mapping[str, str]
) -> dict[str, list[ox.Triple]]:
    """Return the terms of each dataset by its name; a wrong name is never used as a path."""
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


def _turtle(triples: Iterable[ox.Triple]) -> bytes:
    return ox.serialize(sorted(triples, key=str), format=ox.RdfFormat.TURTLE) or b""


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else ""

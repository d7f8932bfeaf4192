"""Turtle as nodes with methods for texts, numbers and names.

pyoxigraph parses the ontology in milliseconds, so a command that only looks something up does
not have to start rdflib.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from diaspora_graph.errors import Fault

DG = "https://w3id.org/diaspora-graph/ontology#"
_PREFIXES = {
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://purl.org/dc/terms/": "dcterms:",
    "https://schema.org/": "schema:",
    DG: "",
}


def local_name(iri: str) -> str:
    """Return the part after the last ``#`` or ``/``.

    >>> local_name("https://w3id.org/diaspora-graph/ontology#State")
    'State'
    """
    return iri.rpartition("#")[2].rpartition("/")[2]


def namespace(iri: str) -> str:
    """Return the part before the local name.

    >>> namespace("https://w3id.org/diaspora-graph/ontology#State")
    'https://w3id.org/diaspora-graph/ontology#'
    """
    return iri.removesuffix(local_name(iri))


def short(iri: str) -> str:
    """Return an IRI with a known prefix, our own terms without one."""
    for start, prefix in _PREFIXES.items():
        if iri.startswith(start):
            return prefix + iri[len(start) :]
    return iri


@dataclass(slots=True)
class Node:
    """One IRI with all its values by property, as they are in the file."""

    values: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """The short names of its types."""
        return frozenset(short(text) for text, _ in self.values.get("rdf:type", ()))

    def text(self, name: str) -> str:
        """Return the first value of a property, or nothing."""
        return next((text for text, _ in self.values.get(name, ())), "")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return all values of a property, in the order of the file."""
        return tuple(text for text, _ in self.values.get(name, ()))

    def names(self, name: str) -> tuple[str, ...]:
        """Return the local names of the IRIs that a property points to, sorted."""
        return tuple(sorted(local_name(text) for text, _ in self.values.get(name, ())))

    def number(self, name: str) -> int:
        """Return a whole number, 0 if there is none."""
        text = self.text(name)
        return int(text) if text.removeprefix("-").isdecimal() else 0

    def true(self, name: str) -> bool:
        """Return whether a property is true."""
        return self.text(name) == "true"

    def by_language(self, *names: str) -> Mapping[str, str]:
        """Return texts by language, of the first of these properties that is there."""
        for name in names:
            found = {language: text for text, language in self.values.get(name, ())}
            if found:
                return found
        return {}

    def joined(self, other: Node) -> Node:
        """Return a node with the values of both."""
        values = {name: list(texts) for name, texts in self.values.items()}
        for name, texts in other.values.items():
            values.setdefault(name, []).extend(texts)
        return Node(values)


def read_turtle(data: bytes, name: str) -> tuple[dict[str, Node], Fault | None]:
    """Return the nodes of a Turtle file by IRI, and the fault at which parsing ended, if any."""
    nodes: dict[str, Node] = {}
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            node = nodes.setdefault(quad.subject.value, Node())
            node.values.setdefault(short(quad.predicate.value), []).append(_value(quad.object))
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        reason = str(getattr(error, "msg", error))
        return nodes, Fault(name, line, "", reason, "Turtle", "repair the file", "the ontology")
    return nodes, None


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> tuple[str, str]:
    if isinstance(term, ox.Literal):
        return term.value, term.language or ""
    return (term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else ""), ""


def nearest(values: Iterable[str]) -> str:
    """Return the first value that is not empty."""
    return next((value for value in values if value), "")

"""The terms of our RDF: the property of each column, and the link next to it.

``ontology/records.ttl`` defines those that begin with ``dg:``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from diaspora_graph.dataset.records import Kind
from diaspora_graph.ontology.turtle import DG

PREFIXES: Mapping[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "dg": DG,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

COLUMNS: Mapping[str, str] = {
    "id": "dcterms:identifier",
    "unit": "schema:unitText",
    "uses": "dcterms:requires",
}
"""Columns whose property is not ``dg:`` and the column's name."""

LINKS: Mapping[str, str] = {
    "type": "rdf:type",
    "subject": "rdf:subject",
    "predicate": "rdf:predicate",
    "measure": "rdf:predicate",
    "item": "rdf:predicate",
    "object": "rdf:object",
    "about": "dcterms:subject",
    "means": "dg:byMeans",
    "category": "dg:ofCategory",
    "partner": "dg:withPartner",
    "base": "dg:relativeTo",
    "source": "dcterms:source",
    "cited": "dcterms:references",
    "evidence": "prov:wasDerivedFrom",
    "corrects": "prov:wasRevisionOf",
    "target": "dg:doubts",
    "entity": "dg:aliasOf",
}
"""Columns that name rows or terms, and the property that links to these."""

CLASSES: Mapping[Kind, str] = {
    "dataset": "dcat:Dataset",
    "entity": "dg:Entity",
    "alias": "dg:Alias",
    "statement": "dg:Statement",
    "observation": "dg:Observation",
    "coding": "dg:Coding",
    "source": "dg:Source",
    "flag": "dg:Flag",
    "exclusion": "dg:Exclusion",
}
"""The classes of rows of each kind; entities and sources also have the class in ``type``."""

DAYS = ("dg:beginEarliest", "dg:beginLatest", "dg:endEarliest", "dg:endLatest")
DERIVED = ("dg:denied", "dg:counts", *DAYS)
"""The properties of claims in addition to their cells."""


@cache
def term(name: str) -> ox.NamedNode:
    """Return the IRI of a prefixed name.

    >>> term("dg:gist").value
    'https://w3id.org/diaspora-graph/ontology#gist'
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def is_shipped(iri: str) -> bool:
    """Return whether an IRI is the shipped ontology or one of its terms."""
    return iri.startswith(DG) or iri == DG.rstrip("#")


def column_term(name: str) -> ox.NamedNode:
    """Return the property that holds the cells of a column."""
    return term(COLUMNS.get(name, f"dg:{name}"))

"""Dataset → RDF triples: every cell as entered, and links that RDF tools can follow.

* Each row is one node; ``dg:kindOfRow`` names its kind. Its IRI is the namespace of its
  dataset and its id, without the dataset's prefix: ``my:anca`` of a dataset in
  ``https://example.org/`` is ``https://example.org/anca``.
* Each cell that is not empty is a literal of ``dg:`` and the column's name, as it was entered
  (`COLUMNS` has the three with another name). Only these are read back.
* References and names of terms are links as well (`LINKS`). Claims have marks for denied and
  withdrawn, and their four days; entities have labels; a relation that is affirmed by a
  claim that counts is also one plain triple. All of this is derived and never read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

import numpy as np
import pyoxigraph as ox

from diaspora_graph.dataset.claims import counted, denied, standing
from diaspora_graph.dataset.columns import Table
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Field, Kind, columns, has_id
from diaspora_graph.exchange.rdf_terms import CLASSES, DAYS, LINKS, column_term, term

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
Node = ox.NamedNode | ox.BlankNode


def namespaces(datasets: Table) -> dict[str, str]:
    """Return the namespace of each dataset by its prefix, as it is in IRIs."""
    pairs = zip(datasets["prefix"].all(), datasets["namespace"].all(), strict=True)
    return {prefix: _FORBIDDEN.sub(lambda sign: quote(sign[0]), space) for prefix, space in pairs}


def homes(data: Dataset) -> dict[int, ox.NamedNode]:
    """Return the IRI of each dataset, which is its namespace, by the number of its folder."""
    table = data.tables["dataset"]
    space = namespaces(table)
    return {
        int(folder): ox.NamedNode(space[prefix])
        for folder, prefix in zip(table.folder, table["prefix"].all(), strict=True)
    }


class Iris:
    """IRIs of ids and of the terms of the ontology, each made once."""

    def __init__(self, data: Dataset) -> None:
        self.spaces = namespaces(data.tables["dataset"])
        self.terms = {
            kind: {name: ox.NamedNode(each.iri) for name, each in data.schema.terms(kind).items()}
            for kind in ("class", "predicate", "measure", "item")
        }
        self._known: dict[str, ox.NamedNode] = {}

    def of(self, id: str) -> ox.NamedNode:
        """Return the IRI of an id: its dataset's namespace and what follows the prefix."""
        found = self._known.get(id)
        if found is None:
            prefix, _, slug = id.rpartition(":")
            space = self.spaces.get(prefix)
            found = self._known[id] = ox.NamedNode(f"{space}{slug}" if space else f"urn:{id}")
        return found

    def linked(self, field: Field, text: str) -> list[ox.NamedNode]:
        """Return the IRI that a cell points to, nothing if it is not a name of the ontology."""
        if field.holds == "term":
            found = self.terms[field.what].get(text)
            return [found] if found else []
        if field.name == "base" and text in self.terms["measure"]:
            return [self.terms["measure"][text]]
        return [self.of(id) for id in text.split(SEPARATOR) if id]


def triples(data: Dataset) -> Iterator[tuple[int, ox.Triple]]:
    """Yield a dataset as triples, each with the number of its dataset.

    The order is that of the exchange format: kinds, then rows, then columns.
    """
    iris = Iris(data)
    at = homes(data)
    for table in data.tables.values():
        if len(table):
            yield from _rows(data, table, iris, at)
    yield from _aliases(data, iris)
    yield from _relations(data, iris)


def _rows(
    data: Dataset, table: Table, iris: Iris, at: Mapping[int, ox.NamedNode]
) -> Iterator[tuple[int, ox.Triple]]:
    entered = [_cells(data, table, field, iris) for field in columns(table.kind)]
    derived = [*entered, *_derived(data, table)]
    of_kind: Said = [
        (term("rdf:type"), term(CLASSES[table.kind])),
        (term("dg:kindOfRow"), ox.Literal(table.kind)),
    ]
    for row in range(len(table)):
        folder = int(table.folder[row])
        node = _node(table, row, iris, at)
        home: Said = [] if table.kind == "dataset" else [(term("dcterms:isPartOf"), at[folder])]
        for verb, value in [*of_kind, *home]:
            yield folder, ox.Triple(node, verb, value)
        for by_text, codes in derived:
            for verb, value in by_text[codes[row]]:
                yield folder, ox.Triple(node, verb, value)


def _node(table: Table, row: int, iris: Iris, at: Mapping[int, ox.NamedNode]) -> Node:
    if table.kind == "dataset":
        return at[int(table.folder[row])]
    return iris.of(table["id"][row]) if has_id(table.kind) else ox.BlankNode(f"alias{row}")


Said = list[tuple[ox.NamedNode, ox.NamedNode | ox.Literal]]
Column = tuple[list[Said], "np.ndarray[tuple[int], np.dtype[np.int32]]"]
"""The triples of a row by the text of its cell, and the text of each row."""


def _cells(data: Dataset, table: Table, field: Field, iris: Iris) -> Column:
    """A column as entered, and as links; default words are left out."""
    cells = table[field.name]
    default = data.schema.default(field.what) if field.holds == "word" else ""
    literal = column_term(field.name)
    by_text: list[Said] = []
    for text in cells.listed():
        properties: Said = []
        if text and text != default:
            properties.append((literal, ox.Literal(text)))
            if field.name in LINKS:
                link = term(LINKS[field.name])
                properties += [(link, node) for node in iris.linked(field, text)]
            properties += _beside(table.kind, field.name, text)
        by_text.append(properties)
    return by_text, cells.codes


def _beside(kind: Kind, name: str, text: str) -> Said:
    """Cells in common vocabularies: labels, titles, numbers, the same thing elsewhere."""
    if kind == "entity" and name in {"label_en", "label_kk", "label_ru"}:
        label = ox.Literal(text, language=name.removeprefix("label_"))
        return [(term("rdfs:label"), label), (term("skos:prefLabel"), label)]
    if kind == "entity" and name == "aliases":
        return [(term("skos:altLabel"), ox.Literal(part)) for part in text.split(SEPARATOR)]
    if kind == "entity" and name == "wikidata":
        return [(term("skos:exactMatch"), ox.NamedNode(f"http://www.wikidata.org/entity/{text}"))]
    if kind == "source" and name == "title":
        return [(term("rdfs:label"), ox.Literal(text)), (term("dcterms:title"), ox.Literal(text))]
    if kind == "observation" and name == "value":
        number = _DECIMAL.fullmatch(text)
        of_type = term("xsd:decimal" if number else "xsd:string")
        return [(term("rdf:object"), ox.Literal(text, datatype=of_type))]
    return []


def _derived(data: Dataset, table: Table) -> Iterator[Column]:
    """Derived columns: for claims the four days and the doubts, for entities the native label."""
    if table.kind in CLAIMS:
        days = data.bounds(table.kind)
        yield [_days(each) for each in days], table["valid"].codes
        kind = table.kind
        for name, mask in (("denied", denied(data, kind)), ("counts", counted(data, kind))):
            no_or_yes: list[Said] = [
                [(term(f"dg:{name}"), ox.Literal(mark))] for mark in (False, True)
            ]
            yield no_or_yes, mask.astype(np.int32)
    elif table.kind == "entity":
        pairs = zip(table["label_native"].all(), table["native_language"].all(), strict=True)
        labels: list[Said] = [
            [(term("rdfs:label"), _tagged(*each))] if each[0] else [] for each in pairs
        ]
        yield labels, np.arange(len(table), dtype=np.int32)


def _days(days: Iterable[int]) -> Said:
    return [(term(name), ox.Literal(int(day))) for name, day in zip(DAYS, days, strict=True)]


def _tagged(text: str, language: str) -> ox.Literal:
    """Return a text in its language, plain where the language has no well-formed tag."""
    try:
        return ox.Literal(text, language=language)
    except ValueError:
        return ox.Literal(text)


def _aliases(data: Dataset, iris: Iris) -> Iterator[tuple[int, ox.Triple]]:
    """Each alias as a label of its entity, in its language."""
    table = data.tables["alias"]
    for row in range(len(table)):
        label = _tagged(table["alias"][row], table["language"][row])
        entity = iris.of(table["entity"][row])
        yield int(table.folder[row]), ox.Triple(entity, term("skos:altLabel"), label)


def _relations(data: Dataset, iris: Iris) -> Iterator[tuple[int, ox.Triple]]:
    """One plain triple for each relation that is affirmed by a claim that counts."""
    table = data.tables["statement"]
    if not len(table):
        return
    stands = standing(data, "statement")
    relations = data.relations
    verbs = [ox.NamedNode(each.iri) for each in data.schema.predicates.values()]
    for relation in np.flatnonzero(relations.any(stands)):
        ends = int(relations.subject[relation]), int(relations.object[relation])
        verb = int(relations.predicate[relation])
        if min(*ends, verb) < 0:
            continue
        rows = relations.rows(int(relation))
        folder = int(table.folder[rows[stands[rows]][0]])
        start, end = (iris.of(data.id_list[number]) for number in ends)
        yield folder, ox.Triple(start, verbs[verb], end)

"""A dataset for programs that draw networks: labelled nodes, one edge for each statement.

Shared by GraphML and GEXF. Default words (empty cells) are written in full, so that a filter in
Gephi or R can name them; texts have no character that XML cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import cast

from diaspora_graph.bibliography.entries import citations
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.columns import Table
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Entity, Source, Statement
from diaspora_graph.dates import year_of

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Cell = str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnNode:
    """An entity, or a source that is an end of a statement.

    ``type`` and ``root`` are names of the ontology; ``color`` is the fill of the type, under the
    name that R and Cytoscape look for.
    """

    id: str
    label: str
    label_kk: str = ""
    label_ru: str = ""
    type: str
    root: str
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEdge:
    """A statement, denied ones too; the years are the first and last in which it may hold.

    ``None``: open, or not stated by the source. ``statement`` repeats the id of the edge, because
    not every program keeps that id.
    """

    statement: str
    subject: str
    object: str
    label: str
    predicate: str
    family: str
    polarity: str
    status: str
    confidence: str
    citation: str
    locator: str
    valid: str
    first_year: int | None
    last_year: int | None


def cells(drawn: DrawnNode | DrawnEdge) -> Iterator[tuple[str, Cell]]:
    """Yield the attributes of a node or edge, without its id and ends."""
    for field in fields(drawn):
        value = getattr(drawn, field.name)
        if field.name not in {"id", "subject", "object"} and value not in ("", None):
            yield field.name, value


def columns(kind: type[DrawnNode | DrawnEdge]) -> dict[str, type[Cell]]:
    """Return the names and types of the attributes of nodes or edges, without id and ends."""
    return {
        field.name: int if "int" in str(field.type) else str
        for field in fields(kind)
        if field.name not in {"id", "subject", "object"}
    }


def description(data: Dataset) -> str:
    """Return the data of a file in one line: names, versions, licences, digest."""
    named = [f"{each.name} {each.version} ({each.licence})" for each in data.datasets()]
    return in_xml(f"{', '.join(named)}; digest {digest(data)}")


def in_xml(text: str) -> str:
    """Return a text without the characters that no XML file can hold."""
    return _NOT_IN_XML.sub("\ufffd", text)


def drawn_nodes(data: Dataset) -> list[DrawnNode]:
    """Return all entities and those sources that statements have as their ends, by id."""
    ends = {*data.tables["statement"]["subject"].all(), *data.tables["statement"]["object"].all()}
    entities = [cast("Entity", each) for each in data.tables["entity"].records()]
    sources = [cast("Source", each) for each in data.tables["source"].records()]
    found = [_node(data, each, each.label_en, each.label_kk, each.label_ru) for each in entities]
    found += [_node(data, each, each.title) for each in sources if each.id in ends]
    return sorted(found, key=lambda node: node.id)


def _node(data: Dataset, row: Entity | Source, label: str, kk: str = "", ru: str = "") -> DrawnNode:
    term = data.schema.classes[row.type]
    return DrawnNode(
        id=row.id,
        label=in_xml(label),
        label_kk=in_xml(kk),
        label_ru=in_xml(ru),
        type=term.name,
        root=term.root,
        color=term.fill,
    )


def drawn_edges(data: Dataset) -> Iterator[DrawnEdge]:
    """Yield an edge for each statement, by id."""
    table = data.tables["statement"]
    cited = citations(cast("Iterator[Source]", data.tables["source"].records()))
    years = _years(data, table)
    polarities, statuses = data.schema.words("polarity"), data.schema.words("status")
    polarity, status = data.words("statement", "polarity"), data.words("statement", "status")
    for row, each in enumerate(cast("Iterator[Statement]", table.records())):
        term = data.schema.predicates[each.predicate]
        first, last = years[row]
        yield DrawnEdge(
            statement=each.id,
            subject=each.subject,
            object=each.object,
            label=in_xml(term.label()),
            predicate=term.name,
            family=term.family,
            polarity=polarities[polarity[row]],
            status=statuses[status[row]],
            confidence=each.confidence,
            citation=in_xml(cited[each.source]),
            locator=in_xml(each.locator),
            valid=each.valid,
            first_year=first,
            last_year=last,
        )


def _years(data: Dataset, table: Table) -> Sequence[tuple[int | None, int | None]]:
    """Return for each statement the first and the last year in which it may hold."""
    pairs = [(year_of(days[0]), year_of(days[3])) for days in data.bounds("statement").tolist()]
    return [pairs[code] for code in table["valid"].codes.tolist()]

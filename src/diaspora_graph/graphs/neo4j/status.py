"""Whether a database equals a dataset: by its digests, or by everything that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.loading import ORDER
from diaspora_graph.graphs.neo4j.plan import Plan, plan
from diaspora_graph.graphs.neo4j.projection import Projection, Row
from diaspora_graph.graphs.neo4j.relating import ON_RELATIONS, Form
from diaspora_graph.graphs.neo4j.shape import LINKS, all_labels, link_types, properties
from diaspora_graph.graphs.neo4j.stored import quoted

_STORED = f"""
UNWIND $keys AS key
MATCH (n:Dg {{key: key}})
RETURN key, properties(n) AS properties, labels(n) AS labels,
  [(n)-[r:{quoted(LINKS, "|")}]->(o:Dg) WHERE r.position IS NOT NULL | [type(r), r.position, o.key]]
    AS links
"""
_RELATED = """
UNWIND $rows AS row
MATCH (s:Dg {key: row.subject}) MATCH (o:Dg {key: row.object})
MATCH (s)-[r]-(o) WHERE r.key = row.key AND r.digest IS NOT NULL
RETURN row.key AS key, type(r) AS type, startNode(r) = s AS forward, properties(r) AS properties
"""


@dataclass(frozen=True, slots=True)
class Edit:
    """A row or relation that was changed in the database, and its changed parts."""

    key: str
    what: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Status:
    """The changes that a load would make, and edits that the digests do not show."""

    plan: Plan
    edits: tuple[Edit, ...]

    @property
    def is_clean(self) -> bool:
        """Return whether the database holds exactly the dataset; the user's data do not count."""
        return self.plan.is_empty and not self.edits


def status(connection: Connection, data: Dataset) -> Plan:
    """Return the changes that a load would make, none if all is up to date; nothing is written."""
    return plan(connection, Projection(data))


def deep_status(connection: Connection, data: Dataset) -> Status:
    """Compare all our properties, labels and relationships with their right values.

    Changes that a load would write anyway are in the plan and not repeated as edits.
    """
    found = plan(connection, Projection(data))
    projection = cast("Projection", found.projection)
    edits = [*_rows(connection, projection, found), *_relations(connection, projection, found)]
    return Status(found, tuple(edits))


def _rows(connection: Connection, projection: Projection, found: Plan) -> Iterator[Edit]:
    every = frozenset(all_labels(projection.data.schema))
    kept = np.ones(len(found.nodes.keys), np.bool_)
    kept[found.nodes.added] = kept[found.nodes.changed] = False
    for kind in ORDER:
        start = projection.starts[kind]
        end = start + len(projection.data.tables[kind])
        for rows in projection.nodes(kind, np.flatnonzero(kept[start:end])):
            keys = [row["key"] for row in rows]
            there = {row["key"]: row for row in connection.read(_STORED, keys=keys)}
            for row in rows:
                what = _differences(kind, row, there.get(row["key"]), every)
                if what:
                    yield Edit(row["key"], what)


def _differences(
    kind: Kind, row: Row, there: Mapping[str, Any] | None, every: frozenset[str]
) -> tuple[str, ...]:
    if there is None:
        return ("all of it",)
    should, stored = row["properties"], there["properties"]
    what = [name for name in properties(kind) if should.get(name) != stored.get(name)]
    if set(row["labels"]) != every.intersection(there["labels"]):
        what.append("labels")
    types = link_types(kind).values()
    links = [[name, at, key] for name in types for at, key in enumerate(row.get(name, ()))]
    if sorted(links) != sorted(each for each in there["links"] if each[0] in types):
        what.append("relationships")
    return tuple(what)


def _relations(connection: Connection, projection: Projection, found: Plan) -> Iterator[Edit]:
    kept = np.ones(len(found.relations.keys), np.bool_)
    kept[found.relations.added] = kept[found.relations.changed] = False
    for batch in projection.relating.batches(np.flatnonzero(kept)):
        ends = [
            {"subject": row["subject"], "object": row["object"], "key": row["properties"]["key"]}
            for row in batch.rows
        ]
        there: dict[str, list[dict[str, Any]]] = {}
        for each in connection.read(_RELATED, rows=ends):
            there.setdefault(each.pop("key"), []).append(each)
        for row in batch.rows:
            key = row["properties"]["key"]
            what = _related(batch.form, row, there.get(key, []))
            if what:
                yield Edit(key, what)


def _related(form: Form, row: Mapping[str, Any], there: list[dict[str, Any]]) -> tuple[str, ...]:
    """Return the differences in the relationships of one relation."""
    expected = {(type_, way): should for type_, way, should in form.relationships(row)}
    found = {(each["type"], each["forward"]): each["properties"] for each in there}
    if found.keys() != expected.keys() or len(there) != len(expected):
        return ("relationships",)
    differing = (
        name for way, properties in expected.items() for name in ON_RELATIONS
        if properties.get(name) != found[way].get(name)
    )  # fmt: skip
    return tuple(dict.fromkeys(differing))

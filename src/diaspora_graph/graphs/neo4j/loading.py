"""Dataset → Neo4j: apply a plan in batches, each of them completely or not at all.

A row has its digest only when all of it is written, so an interrupted load is planned again and
continues. Added and changed rows are written first, then relations; removals come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind
from diaspora_graph.graphs.neo4j import writes
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.home import read_schema
from diaspora_graph.graphs.neo4j.lock import LEASE, Lock, described, locked
from diaspora_graph.graphs.neo4j.plan import Changes, Plan, plan, plan_removal
from diaspora_graph.graphs.neo4j.projection import Projection, Row
from diaspora_graph.graphs.neo4j.relating import (
    INFLUENCES,
    ON_RELATIONS,
    RelationBatch,
    batches_of,
)
from diaspora_graph.graphs.neo4j.shape import (
    BASE,
    FINISHED,
    LATE,
    LINKS,
    PROPERTIES,
    THINGS,
    all_labels,
    always_one,
    link_types,
    properties,
)
from diaspora_graph.graphs.neo4j.stored import is_prepared
from diaspora_graph.ontology.schema import Schema

FEW = 500
"""Rows in a batch that deletes."""

ORDER: tuple[Kind, ...] = (
    "dataset", "entity", "source", "alias", "statement", "observation", "coding", "flag",
    "exclusion",
)  # fmt: skip
"""Things come before the rows that name them, entities before their aliases."""

Progress = Callable[[str, int, int], None]
"""Called after each batch with the kind of rows written, their number so far and in all."""


def silent(what: str, done: int, total: int) -> None:
    """Do not report the progress of a load."""


def load(
    connection: Connection, data: Dataset, progress: Progress = silent, lease: float = LEASE
) -> Plan:
    """Load a dataset into a database, so that both are equal, and return the applied plan.

    Nothing is written where nothing differs. Raises `StoreError`, also while another load runs,
    and `ParameterError` for ids that another dataset in the store has.
    """
    projection = Projection(data)
    if is_prepared(connection):
        found = plan(connection, projection)
        if found.is_empty:
            return found
    else:
        connection.write(writes.CONSTRAINT)
    with locked(connection, described("load", projection.names), lease) as lock:
        _know(connection, data.schema)
        found = plan(connection, projection)
        _apply(lock, found, progress)
    return found


def unload(
    connection: Connection, name: str, progress: Progress = silent, lease: float = LEASE
) -> Plan:
    """Remove all that a dataset owns, and return the applied plan.

    Raises `ParameterError` for a dataset that is not stored, and `StoreError`.
    """
    plan_removal(connection, name)
    schema = read_schema(connection)
    with locked(connection, described("unload", [name]), lease) as lock:
        found = plan_removal(connection, name)
        lock.write(writes.UNFINISHED, key=f"dataset:{name}")
        for part in _parts([*found.nodes.removed, *found.to_hold], FEW):
            lock.write(writes.FORGETTING, keys=part)
        _unrelate(lock, found, progress)
        _restore(lock, found, schema)
        _remove(lock, found, all_labels(schema), progress)
    return found


def _know(connection: Connection, schema: Schema) -> None:
    """Create all our labels, types and properties on the server."""
    types = [*LINKS, INFLUENCES, *(each.upper for each in schema.predicates.values())]
    names_of = [*PROPERTIES, *ON_RELATIONS, "position", *FINISHED]
    for query, names in zip(writes.TOKENS, (all_labels(schema), types, names_of), strict=True):
        connection.write(query, names=list(dict.fromkeys(names)))


def _index(connection: Connection) -> None:
    for query in writes.INDEXES.values():
        connection.write(query)
    connection.read("CALL db.awaitIndexes(600)")


def _apply(lock: Lock, found: Plan, progress: Progress) -> None:
    projection = cast("Projection", found.projection)
    _write_nodes(lock, projection, found.nodes, progress)
    _unrelate(lock, found, progress)
    _restore(lock, found, projection.data.schema)
    _relate(lock, projection, found.relations, progress)
    _remove(lock, found, all_labels(projection.data.schema), progress)
    _index(lock.connection)
    lock.write(writes.DONE, rows=projection.finished)


def _write_nodes(lock: Lock, projection: Projection, found: Changes, progress: Progress) -> None:
    total = len(found.added) + len(found.changed)
    every = all_labels(projection.data.schema)
    done = 0
    lock.write(writes.BEGUN, rows=projection.finished)
    for kind in ORDER:
        for places, change in ((found.added, False), (found.changed, True)):
            for rows in projection.nodes(kind, _within(projection, kind, places)):
                whole = [_without_late(row) for row in rows]
                if change:
                    own = {"own": list(link_types(kind).values()), "every": _EVERY}
                    changed = [_every(kind, row, every) for row in whole]
                    lock.write(writes.changing(kind), rows=changed, **own)
                else:
                    added = {"rows": _needed(kind, whole), "labels": whole[0]["labels"]}
                    lock.write(writes.adding(kind), **added)
                done += len(rows)
                progress("rows", done, total)
        if kind == "dataset":  # of one that is new, too
            lock.write(writes.BEGUN, rows=projection.finished)
    written = np.union1d(found.added, found.changed)
    for kind in ORDER:
        _finish(lock, projection, kind, written)


def _finish(lock: Lock, projection: Projection, kind: Kind, written: Any) -> None:
    """Write the relationships to rows that may have come later, and mark the rows as complete."""
    table = projection.data.tables[kind]
    late = [column for column, type_ in link_types(kind).items() if type_ in LATE]
    named = np.any([table[column].filled() for column in late], axis=0) if late else []
    places = np.intersect1d(_within(projection, kind, written), np.flatnonzero(named))
    for rows in projection.nodes(kind, places):
        named_late = [row for row in rows if LATE & row.keys()]
        if named_late:
            lock.write(writes.finishing(kind), rows=named_late)


def _within(projection: Projection, kind: Kind, places: Any) -> Any:
    start = projection.starts[kind]
    end = start + len(projection.data.tables[kind])
    return places[(places >= start) & (places < end)] - start


def _without_late(row: Row) -> Row:
    """Return a row without its digest if a part of it is still to be written."""
    if not LATE & row.keys():
        return row
    return {**row, "properties": {**row["properties"], "digest": None}}


def _needed(kind: Kind, rows: Sequence[Row]) -> list[Row]:
    """Return the parts of rows that the adding query needs; sending less makes a load faster."""
    sent = {"key", *always_one(kind).values()} | ({"labels"} if kind not in THINGS else set())
    return [{name: row[name] for name in row.keys() - sent} for row in rows]


_EVERY = dict.fromkeys(name for name in PROPERTIES if name != "key")


def _every(kind: Kind, row: Row, labels: Sequence[str]) -> Row:
    """Return a row with all properties of its kind, and the labels that it must not have."""
    stale = [each for each in labels if each not in row["labels"]]
    return {
        **row,
        "properties": dict.fromkeys(properties(kind)) | row["properties"],
        "stale": stale,
    }


def _relate(lock: Lock, projection: Projection, found: Changes, progress: Progress) -> None:
    relating = projection.relating
    total, done = len(found.added) + len(found.changed), 0
    for places, change in ((found.changed, True), (found.added, False)):
        for batch in relating.batches(np.asarray(places)):
            _write_relations(lock, batch, afresh=change)
            done += len(batch.rows)
            progress("relations", done, total)


def _write_relations(lock: Lock, batch: RelationBatch, *, afresh: bool) -> None:
    lock.write(writes.relating(batch.form, afresh=afresh), rows=batch.rows)


def _unrelate(lock: Lock, found: Plan, progress: Progress) -> None:
    """Remove the relationships of relations that no statement affirms any more."""
    keys = [key for key in found.relations.removed if key not in found.others.entries]
    done = 0
    for part in _parts(keys, FEW):
        lock.write(writes.UNRELATING, keys=part)
        done += len(part)
        progress("relations removed", done, len(keys))


def _restore(lock: Lock, found: Plan, schema: Schema) -> None:
    """Write the relations of other datasets in place of those that are no longer affirmed here."""
    others = found.others.entries
    left = ((key, others[key]) for key in found.relations.removed if key in others)
    for batch in batches_of(left, schema):
        _write_relations(lock, batch, afresh=True)


def _remove(lock: Lock, found: Plan, labels: Sequence[str], progress: Progress) -> None:
    keys = found.nodes.removed
    released = {"labels": [each for each in labels if each != BASE]}
    for part in (*_parts(found.to_hold, FEW), *_parts(keys, FEW)):
        lock.write(writes.RELEASING, keys=part, **released)
    done = 0
    for part in _parts(keys, FEW):
        lock.write(writes.REMOVING, keys=part)
        done += len(part)
        progress("rows removed", done, len(keys))


def _parts(rows: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))

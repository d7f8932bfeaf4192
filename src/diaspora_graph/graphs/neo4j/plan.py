"""The changes that a load would make: the rows of a dataset against the stored ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from diaspora_graph.dataset.columns import Mask, int_array, positions, string_array
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.errors import ParameterError
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.projection import Projection
from diaspora_graph.graphs.neo4j.relating import NOBODY, Others
from diaspora_graph.graphs.neo4j.shape import link_types
from diaspora_graph.graphs.neo4j.stored import Stored, attached, is_prepared, stored

SAMPLES = 5
AS_IS = 2

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Changes:
    """Rows, or relations, to be added, changed, removed or kept.

    ``added`` and ``changed`` are places among ``keys``; ``removed`` are keys in the store.
    """

    keys: pa.StringArray
    added: Places
    changed: Places
    removed: tuple[str, ...]
    kept: int

    @property
    def is_empty(self) -> bool:
        """Return whether nothing would be written."""
        return not (len(self.added) or len(self.changed) or self.removed)

    def samples(self, what: str) -> list[str]:
        """Return the first keys that are ``added``, ``changed`` or ``removed``."""
        if what == "removed":
            return list(self.removed[:SAMPLES])
        places = getattr(self, what)[:SAMPLES]
        found: list[str] = self.keys.take(int_array(places)).to_pylist()
        return found

    def count(self, what: str) -> int:
        """Return how many are ``added``, ``changed``, ``removed`` or ``kept``."""
        return self.kept if what == "kept" else len(getattr(self, what))


@dataclass(frozen=True, eq=False)
class Plan:
    """The changes that a load would make to rows and to the relations derived from them.

    ``held`` are rows that are no longer in the dataset but stay, because relationships of the
    user or of another dataset are attached to them; ``to_hold`` are the new ones among them.
    """

    names: Sequence[str]
    nodes: Changes
    relations: Changes
    held: tuple[str, ...] = ()
    to_hold: tuple[str, ...] = ()
    unfinished: bool = False
    projection: Projection | None = field(default=None, repr=False)
    others: Others = field(default=NOBODY, repr=False)

    @property
    def is_empty(self) -> bool:
        """Return whether the store is up to date."""
        of_both = self.nodes.is_empty and self.relations.is_empty
        return of_both and not self.to_hold and not self.unfinished


def plan(connection: Connection, projection: Projection) -> Plan:
    """Return the changes that a load would make; nothing is written.

    Raises `ParameterError` where another dataset in the store has a row of the same id.
    """
    names = projection.names
    there = stored(connection, names)
    shared = projection.beside(there.others)
    keys, digests = projection.fingerprints
    place = positions(there.keys, keys)
    _no_strangers(there, place)
    by, whole = _loaded_by(connection, projection)
    wanted = {row["key"]: row["properties"]["loaded_by"] for row in projection.finished}
    rewrite = any(by[key] != wanted[key] for key in by)
    mine = place >= 0
    same = np.zeros(len(there.keys), np.bool_)
    same[mine] = (there.digests[mine] == digests[place[mine]]).all(axis=1)
    same[mine] &= there.owner[mine] == shared.folders[place[mine]]
    same &= ~_among(there.keys, there.held) & (not rewrite)
    state = np.zeros(len(keys), np.int8)  # 0 add, 1 change, otherwise keep
    state[place[mine]] = 1 + same[mine]
    gone = (
        there.keys.filter(pa.array((~mine) & (there.owner >= 0))).to_pylist() if len(place) else []
    )
    _touch(connection, there, shared, gone, state)
    _rejoin(shared, state)
    nodes, held = _nodes(connection, there, shared, state, gone)
    relations = _relations(there, shared, every=rewrite)
    to_hold = tuple(sorted(held - there.held))
    return Plan(
        names, nodes, relations, tuple(sorted(held)), to_hold, by != wanted or not whole,
        shared, there.others,
    )  # fmt: skip


def plan_removal(connection: Connection, name: str) -> Plan:
    """Return the changes of unloading a dataset. Raises `ParameterError` for one not stored."""
    there = stored(connection, [name])
    gone = [
        key for key, at in zip(there.keys.to_pylist(), there.owner.tolist(), strict=True) if at == 0
    ]
    if not gone:
        known = sorted({each for each in there.owners.values() if each})
        hint = f"; it holds {', '.join(known)}" if known else "; it holds none"
        raise ParameterError(f"{connection.uri} holds no dataset {name!r}{hint}")
    held = frozenset(attached(connection, gone, [name]))
    nothing = np.zeros(0, np.int64)
    nodes = Changes(there.keys, nothing, nothing, tuple(sorted(set(gone) - held)), 0)
    found = tuple(sorted(set(there.relation_keys.to_pylist())))
    relations = Changes(there.relation_keys, nothing, nothing, found, 0)
    to_hold = tuple(sorted(held - there.held))
    others = there.others
    return Plan([name], nodes, relations, tuple(sorted(held)), to_hold, others=others)


def _no_strangers(there: Stored, place: npt.NDArray[np.int32]) -> None:
    ours = (place < 0) | (there.owner >= 0) | _among(there.keys, there.held)
    foreign = np.flatnonzero(~ours)
    if len(foreign):
        key = there.keys[int(foreign[0])].as_py()
        raise ParameterError(
            f"{len(foreign)} ids belong to another dataset in the store: {key!r} belongs to"
            f" {there.owners[key]!r}; open both together, or unload that one first"
        )


def _loaded_by(connection: Connection, projection: Projection) -> tuple[dict[str, str], bool]:
    """Return the ontology with which datasets were loaded, and whether completely."""
    if not is_prepared(connection):
        return {}, False
    query = (
        "MATCH (n:Dg:Dataset) WHERE n.key IN $keys AND n.loaded_by IS NOT NULL"
        " RETURN n.key AS key, n.loaded_by AS by, n.loaded_with IS NOT NULL AS whole"
    )
    rows = connection.read(query, keys=[row["key"] for row in projection.finished])
    return {row["key"]: row["by"] for row in rows}, all(row["whole"] for row in rows)


def _among(keys: pa.StringArray, held: frozenset[str]) -> Mask:
    found = np.zeros(len(keys), np.bool_)
    if held:
        found[positions(string_array(sorted(held)), keys)] = True
    return found


def _touch(
    connection: Connection, there: Stored, projection: Projection, gone: list[str],
    state: npt.NDArray[np.int8],
) -> None:  # fmt: skip
    """Mark the entities whose names change because an alias is added or removed."""
    table, start = projection.data.tables["alias"], projection.starts["alias"]
    new = np.flatnonzero(state[start : start + len(table)] < AS_IS)
    ids = table["entity"].at(new)
    lost = [key for key in gone if key.startswith("alias:") and key not in there.held]
    if lost:
        query = "MATCH (n:Dg) WHERE n.key IN $keys RETURN DISTINCT n.entity AS id"
        ids += [row["id"] for row in connection.read(query, keys=lost)]
    entities = projection.data.tables["entity"]["id"].arrow()
    places = positions(string_array(sorted(set(ids))), entities)
    places = projection.starts["entity"] + places[places >= 0]
    state[places] = np.minimum(state[places], 1)


def _rejoin(projection: Projection, state: npt.NDArray[np.int8]) -> None:
    """Mark the stored rows that name an added row: that row was deleted in the store."""
    added = np.flatnonzero(state == 0)
    if not len(added) or len(added) == len(state):
        return
    new = set(projection.fingerprints[0].take(int_array(added)).to_pylist())
    for kind, table in projection.data.tables.items():
        here = state[projection.starts[kind] :][: len(table)]
        for column in link_types(kind):
            names = table[column].where(lambda text: not new.isdisjoint(text.split(SEPARATOR)))
            here[names[table[column].codes] & (here == AS_IS)] = 1


def _nodes(
    connection: Connection, there: Stored, projection: Projection, state: npt.NDArray[np.int8],
    gone: list[str],
) -> tuple[Changes, frozenset[str]]:  # fmt: skip
    held = frozenset(attached(connection, gone, projection.names))
    changes = Changes(
        projection.fingerprints[0], np.flatnonzero(state == 0), np.flatnonzero(state == 1),
        tuple(sorted(set(gone) - held)), int((state == AS_IS).sum()),
    )  # fmt: skip
    return changes, held


def _relations(there: Stored, projection: Projection, *, every: bool) -> Changes:
    keys, digests = projection.relating.fingerprints
    ways = projection.relating.ways
    place = positions(there.relation_keys, keys)
    found = there.relation_digests
    same = np.fromiter(
        (at >= 0 and digests[at] == found[n] for n, at in enumerate(place.tolist())),
        np.bool_, len(place),
    )  # fmt: skip
    count = np.bincount(place[place >= 0], minlength=len(keys))
    as_is = np.bincount(place[same], minlength=len(keys))
    shared = np.zeros(len(keys), np.bool_)
    at = positions(string_array(sorted(there.others.entries)), keys)
    shared[at[at >= 0]] = True
    good = (count == ways) & (as_is == ways) & (not every)
    changed = ~good & ((count > 0) | shared)
    gone = _taken(there.relation_keys, place < 0)
    return Changes(
        keys, np.flatnonzero(~good & ~changed), np.flatnonzero(changed), tuple(sorted(set(gone))),
        int(good.sum()),
    )  # fmt: skip


def _taken(keys: pa.StringArray, mask: Mask) -> list[str]:
    found: list[str] = keys.take(int_array(np.flatnonzero(mask))).to_pylist()
    return found

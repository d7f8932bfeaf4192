"""What the store holds of some datasets: keys and digests, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.relating import INFLUENCES, LISTS, NOBODY, Entry, Others
from diaspora_graph.graphs.neo4j.shape import LINKS
from diaspora_graph.schema import Schema
from diaspora_graph.tables import string_array

if TYPE_CHECKING:
    import pyarrow as pa

PAGE = 20_000
"""Nodes in a page."""

CONSTRAINT = "dg_key"
_UNFINISHED = "0" * 64
_HEX = 64

_NODES = """
MATCH (n:Dg) WHERE n.key > $after WITH n ORDER BY n.key LIMIT $page
RETURN collect(n.key) AS keys, collect(CASE WHEN n.held THEN n.key END) AS held,
       collect(coalesce(n.digest, $unfinished) + coalesce(n.dataset, '')) AS said
"""
_RELATIONS = """
MATCH (n:Dg) WHERE n.key > $after AND n.key <= $last
MATCH (n)-[r:{types}]->(:Dg)
WHERE r.digest IS NOT NULL AND ($all OR any(name IN r.datasets WHERE name IN $names))
RETURN collect(r.key) AS keys, collect(r.digest) AS digests
"""
_SHARED = """
MATCH (:Dg)-[r:{types}]->(:Dg)
WHERE r.digest IS NOT NULL AND any(name IN r.datasets WHERE NOT name IN $names)
  AND (type(r) <> $influences OR r.predicate IN $plain AND r.along)
RETURN r.key AS key, [{lists}] AS lists
"""
_FOREIGN = """
UNWIND $keys AS key
MATCH (n:Dg {key: key})
WHERE EXISTS {
  MATCH (n)-[r]-(m)
  WHERE NOT m:Dg OR NOT (
    (type(r) IN $links AND r.position IS NOT NULL) OR (type(r) IN $types AND r.digest IS NOT NULL)
  ) OR (type(r) IN $links AND startNode(r) = m AND NOT m.dataset IN $names)
}
RETURN n.key AS key
"""


@dataclass(frozen=True, eq=False)
class Stored:
    """The nodes of some datasets and their relations, with digests; nothing where none is there.

    ``owner`` is the position of a node's dataset in ``names``, -1 for one of another dataset.
    """

    names: Sequence[str]
    keys: pa.StringArray
    digests: npt.NDArray[np.uint8]
    owner: npt.NDArray[np.int16]
    held: frozenset[str]
    relation_keys: pa.StringArray
    relation_digests: list[str]
    others: Others = NOBODY
    owners: Mapping[str, str] = field(default_factory=dict)


def stored(connection: Connection, names: Sequence[str], schema: Schema) -> Stored:
    """Return what a database holds of the datasets with these names. It only reads."""
    if not is_prepared(connection):
        nothing = string_array([])
        empty = np.zeros((0, 32), np.uint8)
        return Stored(names, nothing, empty, np.zeros(0, np.int16), frozenset(), nothing, [])
    keys, held, said, ends = _nodes(connection)
    datasets = [text[_HEX:] for text in said]
    place = {name: at for at, name in enumerate(names)}
    owner = np.array([place.get(name, -1) for name in datasets], np.int16)
    digests = np.frombuffer(bytes.fromhex("".join(text[:_HEX] for text in said)), np.uint8)
    alone = set(datasets) <= {"", *names}
    types = relation_types(connection, schema)
    others = NOBODY if alone else _others(connection, names, types, schema)
    relations = _relations(connection, names, types, ends, alone=alone)
    of_others = (
        {} if alone else {k: d for k, d in zip(keys, datasets, strict=True) if d not in names}
    )
    return Stored(
        names, string_array(keys), digests.reshape(-1, 32), owner, held, *relations, others,
        of_others,
    )  # fmt: skip


def is_prepared(connection: Connection) -> bool:
    """Return whether something was ever loaded into a database."""
    query = "SHOW CONSTRAINTS YIELD name WHERE name = $name RETURN name"
    return bool(connection.read(query, name=CONSTRAINT))


def relation_types(connection: Connection, schema: Schema) -> list[str]:
    """Return the types of derived relationships that the database knows."""
    known = {
        row["name"]
        for row in connection.read(
            "CALL db.relationshipTypes() YIELD relationshipType AS name RETURN name"
        )
    }
    ours = [INFLUENCES, *(each.upper for each in schema.predicates.values())]
    return [each for each in ours if each in known]


def _nodes(connection: Connection) -> tuple[list[str], frozenset[str], list[str], list[str]]:
    keys: list[str] = []
    said: list[str] = []
    held: list[str] = []
    ends = [""]
    while True:
        asked = {"after": ends[-1], "page": PAGE, "unfinished": _UNFINISHED}
        page = connection.read(_NODES, **asked)[0]
        if not page["keys"]:
            return keys, frozenset(held), said, ends
        keys += page["keys"]
        said += page["said"]
        held += page["held"]
        ends.append(page["keys"][-1])


def _relations(
    connection: Connection, names: Sequence[str], types: list[str], ends: list[str], *, alone: bool
) -> tuple[pa.StringArray, list[str]]:
    keys: list[str] = []
    digests: list[str] = []
    if types:
        query = _RELATIONS.format(types=quoted(types, "|"))
        for after, last in pairwise(ends):
            asked = {"after": after, "last": last, "names": list(names), "all": alone}
            page = connection.read(query, **asked)[0]
            keys += page["keys"]
            digests += page["digests"]
    return string_array(keys), digests


def _others(
    connection: Connection, names: Sequence[str], types: list[str], schema: Schema
) -> Others:
    """Return what datasets that are not open say of relations and names."""
    query = "MATCH (n:Dg:Alias) WHERE NOT n.dataset IN $names RETURN n.entity AS e, n.alias AS a"
    aliases = [(row["e"], row["a"]) for row in connection.read(query, names=list(names))]
    entries: dict[str, list[Entry]] = {}
    lists = ", ".join(f"r.{name}" for name in LISTS)
    if types:
        plain = [each.name for each in schema.predicates.values() if each.upper == INFLUENCES]
        asked = {"names": list(names), "influences": INFLUENCES, "plain": plain}
        query = _SHARED.format(types=quoted(types, "|"), lists=lists)
        for row in connection.stream(query, **asked):
            every = zip(*row["lists"], strict=True)
            entries[row["key"]] = [entry for entry in every if entry[1] not in names]
    return Others(tuple(aliases), entries)


def attached(
    connection: Connection, keys: Sequence[str], names: Sequence[str], schema: Schema
) -> Iterator[str]:
    """Yield which nodes have relationships that are not ours, or that other datasets own."""
    types = [INFLUENCES, *(each.upper for each in schema.predicates.values())]
    for start in range(0, len(keys), PAGE):
        asked = {"links": list(LINKS), "types": types, "names": list(names)}
        for row in connection.read(_FOREIGN, keys=keys[start : start + PAGE], **asked):
            yield row["key"]


def quoted(names: Sequence[str], between: str = ":") -> str:
    """Return names as they stand in Cypher, whatever letters they have.

    >>> quoted(["State", "a`b"])
    '`State`:`a``b`'
    """
    return between.join("`" + name.replace("`", "``") + "`" for name in names)

"""The stored keys and digests of some datasets, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from diaspora_graph.dataset.columns import string_array
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.relating import LISTS, NOBODY, Entry, Others
from diaspora_graph.graphs.neo4j.shape import BASE, FINISHED, LINKS

PAGE = 20_000
"""Nodes in a page."""

_UNFINISHED = "0" * 64
_NO_DIGESTS = np.zeros((0, 32), np.uint8)
_NO_OWNERS = np.zeros(0, np.int16)
_HEX = 64

_NODES = """
MATCH (n:Dg) WHERE n.key > $after WITH n ORDER BY n.key LIMIT $page
RETURN collect(n.key) AS keys, collect(CASE WHEN n.held THEN n.key END) AS held,
       collect(CASE WHEN n.digest =~ '[0-9a-f]{64}' THEN n.digest ELSE $unfinished END
         + coalesce(n.dataset, '')) AS said
"""
_RELATIONS = """
MATCH (n:Dg) WHERE n.key > $after AND n.key <= $last
MATCH (n)-[r:{types}]->(:Dg)
WHERE r.digest IS NOT NULL AND r.key IS NOT NULL
  AND ($all OR any(name IN r.datasets WHERE name IN $names))
RETURN collect(r.key) AS keys, collect(r.digest) AS digests
"""
_SHARED = """
MATCH (:Dg)-[r:{types}]->(:Dg)
WHERE r.digest IS NOT NULL AND r.key IS NOT NULL
  AND any(name IN r.datasets WHERE NOT name IN $names)
RETURN r.key AS key, [{lists}] AS lists
"""
_FOREIGN = """
UNWIND $keys AS key
MATCH (n:Dg {key: key})
WHERE EXISTS {
  MATCH (n)-[r]-(m)
  WHERE NOT m:Dg OR NOT (
    (type(r) IN $links AND r.position IS NOT NULL)
    OR (NOT type(r) IN $links AND r.digest IS NOT NULL AND r.statements IS NOT NULL)
  ) OR (type(r) IN $links AND startNode(r) = m AND NOT m.dataset IN $names)
}
RETURN n.key AS key
"""


@dataclass(frozen=True, eq=False)
class Stored:
    """The nodes of some datasets and their relations, with digests; empty if none are stored.

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


def stored(connection: Connection, names: Sequence[str]) -> Stored:
    """Return the stored rows of the datasets with these names; nothing is written."""
    if not is_prepared(connection):
        nothing = string_array([])
        return Stored(names, nothing, _NO_DIGESTS, _NO_OWNERS, frozenset(), nothing, [])
    pages = [_page(found, names) for found in _pages(connection)]
    keys = [page.keys for page in pages]
    ends = ["", *(each[len(each) - 1].as_py() for each in keys)]
    owners = {key: name for page in pages for key, name in page.owners.items()}
    alone = not any(owners.values())
    types = relation_types(connection)
    others = NOBODY if alone else _others(connection, names, types)
    return Stored(
        names, _joined(keys), np.concatenate([_NO_DIGESTS, *(page.digests for page in pages)]),
        np.concatenate([_NO_OWNERS, *(page.owner for page in pages)]),
        frozenset(key for page in pages for key in page.held),
        *_relations(connection, names, types, ends, alone=alone), others, owners,
    )  # fmt: skip


def is_prepared(connection: Connection) -> bool:
    """Return whether something was ever loaded into a database.

    Then keys are unique, by a constraint of any name, and the server knows the last of our names.
    """
    unique = (
        "SHOW CONSTRAINTS YIELD labelsOrTypes AS labels, properties"
        " WHERE labels = [$label] AND properties = ['key'] RETURN labels"
    )
    known = "CALL db.propertyKeys() YIELD propertyKey WHERE propertyKey = $name RETURN propertyKey"
    return bool(connection.read(unique, label=BASE) and connection.read(known, name=FINISHED[-1]))


def relation_types(connection: Connection) -> list[str]:
    """Return the types that derived relationships may have, also of removed terms."""
    query = "CALL db.relationshipTypes() YIELD relationshipType AS name RETURN name ORDER BY name"
    return [row["name"] for row in connection.read(query) if row["name"] not in LINKS]


@dataclass(frozen=True, eq=False)
class _Page:
    """Some nodes, in little memory; ``owners`` names the datasets of nodes of others."""

    keys: pa.StringArray
    digests: npt.NDArray[np.uint8]
    owner: npt.NDArray[np.int16]
    owners: Mapping[str, str]
    held: Sequence[str]


def _pages(connection: Connection) -> Iterator[dict[str, list[str]]]:
    after = ""
    while True:
        asked = {"after": after, "page": PAGE, "unfinished": _UNFINISHED}
        page = connection.read(_NODES, **asked)[0]
        if not page["keys"]:
            return
        yield page
        after = page["keys"][-1]


def _page(found: Mapping[str, list[str]], names: Sequence[str]) -> _Page:
    place = {name: at for at, name in enumerate(names)}
    datasets = [text[_HEX:] for text in found["said"]]
    digests = bytes.fromhex("".join(text[:_HEX] for text in found["said"]))
    pairs = zip(found["keys"], datasets, strict=True)
    return _Page(
        string_array(found["keys"]), np.frombuffer(digests, np.uint8).reshape(-1, 32),
        np.array([place.get(name, -1) for name in datasets], np.int16),
        {key: name for key, name in pairs if name not in place}, found["held"],
    )  # fmt: skip


def _joined(keys: Sequence[pa.StringArray]) -> pa.StringArray:
    return pa.concat_arrays(keys) if keys else string_array([])


def _relations(
    connection: Connection, names: Sequence[str], types: list[str], ends: list[str], *, alone: bool
) -> tuple[pa.StringArray, list[str]]:
    keys: list[pa.StringArray] = []
    digests: list[str] = []
    if types:
        query = _RELATIONS.format(types=quoted(types, "|"))
        for after, last in pairwise(ends):
            asked = {"after": after, "last": last, "names": list(names), "all": alone}
            page = connection.read(query, **asked)[0]
            keys.append(string_array(page["keys"]))
            digests += page["digests"]
    return _joined(keys), digests


def _others(connection: Connection, names: Sequence[str], types: list[str]) -> Others:
    """Return the relations and names of datasets that are not open."""
    query = (
        "MATCH (n:Dg:Alias) WHERE NOT n.dataset IN $names AND n.held IS NULL"
        " RETURN n.entity AS e, n.alias AS a"
    )
    aliases = [(row["e"], row["a"]) for row in connection.read(query, names=list(names))]
    entries: dict[str, list[Entry]] = {}
    lists = ", ".join(f"r.{name}" for name in LISTS)
    if types:
        query = _SHARED.format(types=quoted(types, "|"), lists=lists)
        for row in connection.stream(query, names=list(names)):
            if len({len(each or ()) for each in row["lists"]}) == 1:  # as we write them
                every = zip(*row["lists"], strict=True)
                entries[row["key"]] = [entry for entry in every if entry[1] not in names]
    return Others(tuple(aliases), entries)


def attached(connection: Connection, keys: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield which nodes have relationships that are not ours, or that other datasets own."""
    for start in range(0, len(keys), PAGE):
        asked = {"links": list(LINKS), "names": list(names)}
        for row in connection.read(_FOREIGN, keys=keys[start : start + PAGE], **asked):
            yield row["key"]


def quoted(names: Sequence[str], between: str = ":") -> str:
    """Return names as they are written in Cypher, with any letters.

    >>> quoted(["State", "a`b"])
    '`State`:`a``b`'
    """
    return between.join("`" + name.replace("`", "``") + "`" for name in names)

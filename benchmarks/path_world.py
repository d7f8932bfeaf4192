"""A seeded graph of any size for path searches, made as columns: no file is written or read.

Things are a twenty-fifth of the statements, relations a third: heavy-tailed ends, three statements
a relation on average, begin and end in all forms, three words of confidence, 2,000 sources, topics
on half of the statements, a tree of parts over a tenth of the things, some denials.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Cells, Table, constant, string_array, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS, Kind, column_names
from diaspora_graph.ontology.load import load_schema

Numbers = npt.NDArray[np.int64]

CLASSES = {
    "Group": 40, "LobbyOrganisation": 20, "CulturalCentre": 14, "GovernmentBody": 8,
    "EthnicCommunity": 8, "Issue": 5, "Law": 3, "State": 2,
}  # fmt: skip
PREDICATES = {
    "actsToward": 20, "supports": 14, "lobbies": 12, "cooperatesWith": 8, "influences": 8,
    "engages": 6, "funds": 6, "reliesOn": 6, "represents": 6, "organOf": 3, "memberOf": 6,
    "alliedWith": 5,
}  # fmt: skip
SOURCES = 2000


def generated(statements: int, seed: int = 1) -> Dataset:
    """Return a dataset of so many statements, the same for the same seed."""
    random = np.random.default_rng(seed)
    schema = load_schema()
    things = max(statements // 25, 500)
    types = _drawn(random, CLASSES, things)
    triples = _triples(random, things, max(statements // 3, 1000))
    relation = np.sort(random.integers(0, len(triples), statements))
    ids = string_array([f"s{n}" for n in range(SOURCES)])
    entity = _ids("e", things)
    columns = {name: constant("", statements) for name in column_names("statement")}
    columns |= {
        "id": Cells(np.arange(statements, dtype=np.int32), _ids("t", statements)),
        "subject": _named(triples[relation, 0], entity),
        "predicate": Cells(
            triples[relation, 1].astype(np.int32), string_array([*PREDICATES, "partOf"])
        ),
        "object": _named(triples[relation, 2], entity),
        "about": _about(random, types, statements),
        "valid": _valid(random, statements),
        "source": Cells(random.integers(0, SOURCES, statements).astype(np.int32), ids),
        "confidence": _cells(random, {"low": 1, "medium": 2, "high": 2}, statements),
        "polarity": _cells(random, {"": 97, "denies": 3}, statements),
        "status": _cells(random, {"": 90, "disputed": 6, "deprecated": 4}, statements),
    }
    tables: dict[Kind, Table] = {kind: table_of(kind, []) for kind in RECORDS}
    tables["statement"] = _table("statement", columns, statements)
    tables["entity"] = _table("entity", _entities(entity, types, things), things)
    tables["source"] = table_of(
        "source", [{"id": f"s{n}", "type": "Report", "source_class": "news"} for n in range(2000)]
    )
    tables["source"] = _by_id(tables["source"])
    return Dataset(schema, tables, ("made",))


def _triples(random: np.random.Generator, things: int, count: int) -> Numbers:
    """Draw distinct triples: their ends by a heavy tail, and parts in trees."""
    order = random.permutation(things)
    subject, object_ = (order[(things * random.random(count) ** 3).astype(np.int64)] for _ in "so")
    predicate = _drawn(random, PREDICATES, count)
    parts = random.permutation(things)[: things // 10]
    wholes = parts[(np.arange(len(parts)) * random.random(len(parts))).astype(np.int64)]
    tree = np.stack([parts, np.full(len(parts), len(PREDICATES)), wholes], axis=1)
    every = np.concatenate([np.stack([subject, predicate, object_], axis=1), tree])
    return np.unique(every[every[:, 0] != every[:, 2]], axis=0)


def _drawn(random: np.random.Generator, weights: dict[str, int], count: int) -> Numbers:
    share = np.array(list(weights.values())) / sum(weights.values())
    return np.searchsorted(np.cumsum(share), random.random(count)).clip(0, len(share) - 1)


def _cells(random: np.random.Generator, weights: dict[str, int], count: int) -> Cells:
    return Cells(_drawn(random, weights, count).astype(np.int32), string_array(list(weights)))


def _named(things: Numbers, ids: object) -> Cells:
    return Cells(things.astype(np.int32), ids)


def _ids(letter: str, count: int) -> object:
    """Return ids of one length, so that they sort as their numbers do."""
    import pyarrow as pa

    width = len(str(count))
    text = np.empty((count, width + 1), np.uint8)
    text[:, 0] = ord(letter)
    for place in range(width):
        text[:, width - place] = ord("0") + np.arange(count) // 10**place % 10
    ends = np.arange(0, (count + 1) * (width + 1), width + 1, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(ends), pa.py_buffer(text))


def _about(random: np.random.Generator, types: Numbers, count: int) -> Cells:
    topics = np.flatnonzero(types == list(CLASSES).index("Issue"))[:200]
    width = len(str(len(types)))
    texts = ["", *(f"e{each:0{width}}" for each in topics.tolist())]
    drawn = random.integers(1, len(texts), count) * (random.random(count) < 0.5)
    return Cells(drawn.astype(np.int32), string_array(texts))


def _valid(random: np.random.Generator, count: int) -> Cells:
    years = range(1970, 2025)
    texts = ["", *(f"{year}/.." for year in years), *(f"{year}/" for year in years)]
    texts += [f"{a}/{b}" for a in years for b in range(a + 1, 2025)]
    texts += [f"{year}" for year in years] + [f"{year}~/.." for year in years]
    return Cells(random.integers(0, len(texts), count).astype(np.int32), string_array(texts))


def _entities(ids: object, types: Numbers, count: int) -> dict[str, Cells]:
    columns = {name: constant("", count) for name in column_names("entity")}
    own = Cells(np.arange(count, dtype=np.int32), ids)
    kinds = Cells(types.astype(np.int32), string_array(list(CLASSES)))
    return columns | {"id": own, "label_en": own, "type": kinds}


def _table(kind: Kind, columns: dict[str, Cells], rows: int) -> Table:
    return Table(kind, columns, np.zeros(rows, np.int16), np.arange(2, rows + 2, dtype=np.int32))


def _by_id(table: Table) -> Table:
    return table.take(np.array(sorted(range(len(table)), key=table["id"].all().__getitem__)))

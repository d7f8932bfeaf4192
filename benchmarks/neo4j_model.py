"""The stored model against the simpler one, in which each statement is one relationship.

    python benchmarks/neo4j_model.py [STATEMENTS] [--pairs 15] [--seconds 60]

A is what `load` writes. B has the same things, and between their ends one relationship a statement
in the direction of flow (two where it flows both ways); nothing else, and it is written by a bare
loop. Both are asked for the influence paths of 3 and of 4 hops between the same connected things,
no thing twice, under the same filter: a day, a confidence, six predicates. Counts must be equal.
The server is one of its own, made for the run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from path_world import PREDICATES, generated

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from diaspora_graph.dataset.columns import Cells, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import StoreError
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.loading import load
from diaspora_graph.graphs.neo4j.projection import Projection
from diaspora_graph.graphs.neo4j.relating import LISTS
from neo4j_server import Server, own_server

BATCH = 5_000
SCALARS = [name for name in LISTS if name not in {"datasets", "topics"}]
FILTER = {
    "predicates": ["actsToward", "supports", "lobbies", "engages", "funds", "represents"],
    "first": 14_000, "last": 14_365, "confidence": 1,
}  # fmt: skip

_PATHS = """
MATCH (s:Dg {{key: $start}}) MATCH (g:Dg {{key: $goal}})
MATCH path = (s) (()-[r:{type} WHERE r.predicate IN $predicates AND {open}]->()){{{hops}}} (g)
WITH nodes(path) AS things, [each IN r | {what}] AS relations
WHERE all(n IN range(0, size(things) - 2) WHERE NOT things[n] IN things[n + 1..])
RETURN count({distinct} relations) AS n
"""
_HOLDS = (
    "r.begin_earliest{0} <= $last AND r.end_latest{0} >= $first AND r.confidence{0} >= $confidence"
)
MODELS = {
    "A": {
        "type": "INFLUENCES", "what": "each.key + each.along", "distinct": "",
        "open": f"any(n IN range(0, size(r.statements) - 1) WHERE {_HOLDS.format('[n]')})",
    },
    "B": {
        "type": "SAYS", "what": "each.key + each.along", "distinct": "DISTINCT",
        "open": _HOLDS.format(""),
    },
}  # fmt: skip


def made(statements: int, *, often: bool) -> Dataset:
    """Return a generated dataset; ``often``: a relation is said three times as often."""
    data = generated(statements)
    tables = dict(data.tables)
    tables["dataset"] = table_of("dataset", [{"name": "made", "format": "1"}])
    if often:
        table = tables["statement"]
        rows = (np.arange(len(table)) * 0.3).astype(np.int64)
        ends = {
            name: Cells(table[name].codes[rows], table[name].texts)
            for name in ("subject", "predicate", "object")
        }
        tables["statement"] = replace(table, columns={**table.columns, **ends})
    return Dataset(data.schema, tables, ("made",))


def rows_of_b(data: Dataset) -> Iterator[tuple[str, list[Any]]]:
    """Yield queries with their rows: things, then one relationship a statement and direction."""
    projection = Projection(data)
    for kind in ("entity", "source"):
        for rows in projection.nodes(kind, np.arange(len(data.tables[kind]))):
            yield "UNWIND $rows AS row CREATE (n:$(row.labels)) SET n = row.properties", rows
    ends: list[Any] = []
    relating = projection.relating
    for related in relating.batches(np.arange(len(relating.relations))):
        for row in related.rows:
            own = row["properties"]
            for along in related.form.along:
                way = (row["subject"], row["object"])
                base = {"key": own["key"], "predicate": own["predicate"], "along": along}
                for said in zip(*(own[name] for name in SCALARS), strict=True):
                    flows = way if along else way[::-1]
                    ends.append([*flows, base | dict(zip(SCALARS, said, strict=True))])
    for start in range(0, len(ends), BATCH):
        yield (
            "UNWIND $rows AS row MATCH (a:Dg {key: row[0]}) MATCH (b:Dg {key: row[1]})"
            " CREATE (a)-[r:SAYS]->(b) SET r = row[2]",
            ends[start : start + BATCH],
        )


def load_b(connection: Connection, data: Dataset) -> float:
    """Write model B and return the seconds that writing took."""
    steps = [*rows_of_b(data)]
    start = time.perf_counter()
    connection.write("CREATE CONSTRAINT dg_key FOR (n:Dg) REQUIRE n.key IS UNIQUE")
    connection.read("CALL db.awaitIndexes(60)")
    for query, rows in steps:
        connection.write(query, rows=rows)
    return time.perf_counter() - start


def pairs_of(data: Dataset, count: int) -> list[tuple[str, str]]:
    """Draw pairs of things that three open relations join, one after the other."""
    random = np.random.default_rng(7)
    projection, out = Projection(data), {}
    relating = projection.relating
    for batch in relating.batches(np.arange(len(relating.relations))):
        for row in batch.rows:
            own = row["properties"]
            holds = zip(own["begin_earliest"], own["end_latest"], own["confidence"], strict=True)
            if own["predicate"] in FILTER["predicates"] and any(
                b <= FILTER["last"] and e >= FILTER["first"] and c >= 1 for b, e, c in holds
            ):
                out.setdefault(row["subject"], []).append(row["object"])
    starts, found = sorted(out), []
    while len(found) < count:
        walk = [starts[random.integers(len(starts))]]
        while len(walk) < 4 and walk[-1] in out:
            walk.append(out[walk[-1]][random.integers(len(out[walk[-1]]))])
        if len(walk) == 4 and len(set(walk)) == 4:
            found.append((walk[0], walk[-1]))
    return found


def asked(
    connection: Connection, model: str, hops: int, pairs: list[tuple[str, str]]
) -> tuple[list[float], list[int | None]]:
    """Return the seconds and the count of paths of each pair, no count where it took too long."""
    query = _PATHS.format(hops=hops, **MODELS[model])
    seconds, counts = [], []
    connection.read(query, start=pairs[0][0], goal=pairs[0][1], **FILTER)
    for start, goal in pairs:
        begin = time.perf_counter()
        try:
            counts.append(connection.read(query, start=start, goal=goal, **FILTER)[0]["n"])
        except StoreError:
            counts.append(None)
        seconds.append(time.perf_counter() - begin)
    return seconds, counts


def compare(server: Server, data: Dataset, pairs: int) -> bool:
    """Measure both models; return whether their counts are equal where both have one."""
    chosen = pairs_of(data, pairs)
    found: dict[tuple[str, int], list[int | None]] = {}
    for model in MODELS:
        server.empty()
        connection = server.connection()
        begin = time.perf_counter()
        if model == "A":
            load(connection, data)
            seconds = time.perf_counter() - begin
        else:
            seconds = load_b(connection, data)
        [row] = connection.read("MATCH ()-[r]->() RETURN count(*) AS n")
        print(f"  {model}: load {seconds:.1f} s, {row['n']:,} relationships")
        for hops in (3, 4):
            taken, counts = asked(connection, model, hops, chosen)
            found[model, hops] = counts
            late = counts.count(None)
            said = f"median {median(taken) * 1000:,.0f} ms, worst {max(taken) * 1000:,.0f} ms"
            many = sum(each or 0 for each in counts)
            print(f"     {hops} hops: {said}, {many:,} paths, {late} too late", flush=True)
    return all(
        a == b or None in (a, b)
        for hops in (3, 4)
        for a, b in zip(found["A", hops], found["B", hops], strict=True)
    )


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Compare two models in Neo4j.")
    parser.add_argument("statements", type=int, nargs="?", default=100_000)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    assert set(FILTER["predicates"]) <= set(PREDICATES)
    equal = True
    with own_server(f"db.transaction.timeout={given.seconds}s") as server:
        for often in (False, True):
            data = made(given.statements, often=often)
            per = len(data.tables["statement"]) / len(data.relations)
            print(f"{given.statements:,} statements, {per:.1f} a relation")
            equal &= compare(server, data, given.pairs)
    print("counts are equal" if equal else "COUNTS DIFFER")
    return not equal


if __name__ == "__main__":
    sys.exit(main())

"""The question of influence paths in Neo4j, beside Cypher by hand, and with ten statements each.

    python benchmarks/neo4j_paths.py [STATEMENTS] [--pairs 10] [--seconds 60]

First a graph of `path_world.py` without parts, so that a query by hand needs no rule of inclusion,
and pairs that are three and four hops apart. The three queries by hand are what a person would
write: one quantified path pattern, one variable-length pattern, and a union of fixed lengths, which
the planner may join in the middle; each with the filter inside the pattern and the topic gate after
it, in the words of `queries/influence_paths.cypher`. All must find as many paths as the question
does in memory, which is timed too. Then the same relations said once and ten times each: database
work by PROFILE. The server is one of its own, made for the run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from path_world import generated

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from diaspora_graph import MemoryGraph, Scope, influence_paths, question
from diaspora_graph.dataset.columns import Cells, string_array, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dates import window
from diaspora_graph.errors import StoreError
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.graph import query_file
from diaspora_graph.graphs.neo4j.loading import load
from neo4j_server import Server, own_server

QUESTION = question("influence_paths")
DURING = "2000/2001"
OURS = query_file(QUESTION).read_text("utf-8")
_GATE = OURS[OURS.index("// through a gate") : OURS.index("RETURN substring")]

_OPEN = (
    "any(n IN range(0, size({0}.status) - 1) WHERE {0}.status[n] IN ['accepted', 'disputed']"
    " AND {0}.begin_earliest[n] <= $last AND {0}.end_latest[n] >= $first)"
)
_ENDS = "MATCH (start:Dg:Thing {key: $start}) MATCH (goal:Dg:Thing {key: $goal})\n"
_SIMPLE = "all(n IN range(0, size(path) - 2) WHERE NOT path[n] IN path[n + 1..])"
_REST = "WITH path, way, size(way) AS hops, ['accepted', 'disputed'] AS open\n" + _GATE


def _fixed(hops: int) -> str:
    """Return a pattern of so many hops."""
    things = ["start", *(f"t{n}" for n in range(1, hops)), "goal"]
    steps = "".join(f"-[r{n}:INFLUENCES]->({things[n + 1]})" for n in range(hops))
    tests = [_OPEN.format(f"r{n}") for n in range(hops)] + [f"{t}.passes" for t in things[1:-1]]
    tests += [f"{a} <> {b}" for n, a in enumerate(things) for b in things[n + 1 :]]
    way = ", ".join(f"r{n}" for n in range(hops))
    return (
        f"MATCH (start){steps} WHERE {' AND '.join(tests)}\n"
        f"RETURN [{', '.join(things)}] AS path, [{way}] AS way"
    )


BY_HAND = {
    "one quantified pattern": _ENDS
    + f"MATCH p = (start) (()-[r:INFLUENCES WHERE {_OPEN.format('r')}]->"
    + "(t:Dg WHERE t.passes OR t.key = $goal)){1,4} (goal)\n"
    + f"WITH nodes(p) AS path, r AS way WHERE {_SIMPLE}\n"
    + _REST,
    "one variable-length pattern": _ENDS
    + "MATCH p = (start)-[:INFLUENCES*1..4]->(goal)\n"
    + f"WHERE all(r IN relationships(p) WHERE {_OPEN.format('r')})\n"
    + "  AND all(t IN nodes(p)[1..-1] WHERE t.passes)\n"
    + f"WITH nodes(p) AS path, relationships(p) AS way WHERE {_SIMPLE}\n"
    + _REST,
    "four lengths joined": _ENDS
    + "CALL (start, goal) {\n"
    + "\nUNION ALL\n".join(_fixed(hops) for hops in (1, 2, 3, 4))
    + "\n}\n"
    + _REST,
}
_COUNT = "RETURN count(*) AS n"


def world(statements: int, *, per: int = 0) -> Dataset:
    """Return a generated dataset without parts; ``per``: every relation is said so many times."""
    data = generated(statements)
    table = data.tables["statement"]
    rows = np.flatnonzero(
        ~table["predicate"].where(lambda name: name == "partOf")[table["predicate"].codes]
    )
    if per:
        keys = np.stack([table[name].codes[rows] for name in ("subject", "predicate", "object")])
        first = np.sort(np.unique(keys, axis=1, return_index=True)[1])
        rows = np.repeat(rows[first], per)
    taken = table.take(rows)
    ids = string_array([f"t{n:09}" for n in range(len(rows))])
    named = {"id": Cells(np.arange(len(rows), dtype=np.int32), ids)}
    tables = dict(data.tables) | {"statement": replace(taken, columns={**taken.columns, **named})}
    tables["dataset"] = table_of("dataset", [{"name": "made", "format": "1"}])
    return Dataset(data.schema, tables, ("made",))


def pairs_of(data: Dataset, apart: int, count: int) -> list[tuple[str, str]]:
    """Draw pairs whose shortest path has so many hops."""
    random, found = np.random.default_rng(apart), []
    entities = data.tables["entity"]["id"].all()
    while len(found) < count:
        start, goal = (entities[n] for n in random.choice(len(entities), 2, replace=False))
        first = next(influence_paths(data, start, goal, scope=Scope(as_of=DURING)), None)
        if first is not None and first.hops == apart:
            found.append((start, goal))
    return found


def bound(pair: tuple[str, str]) -> dict[str, object]:
    """Return the parameters of the queries."""
    first, last = window(DURING)
    return {"start": pair[0], "goal": pair[1], "first": first, "last": last, "least": 0}


def timed(connection: Connection, query: str, pair: tuple[str, str]) -> tuple[float, int | None]:
    """Return the seconds that a query takes and what it counts, nothing where it took too long."""
    begin = time.perf_counter()
    try:
        rows = connection.read(query, **bound(pair))
    except StoreError:
        return time.perf_counter() - begin, None
    return time.perf_counter() - begin, rows[0]["n"] if "n" in rows[0] else len(rows)


def by_hand(connection: Connection, data: Dataset, apart: int, count: int) -> bool:
    """Measure all ways of asking; return whether all counts that there are agree."""
    counted = OURS[: OURS.index("RETURN substring")] + _COUNT
    ways = {"the question": counted} | {name: text + _COUNT for name, text in BY_HAND.items()}
    pairs, memory = pairs_of(data, apart, count), MemoryGraph(data)
    taken: dict[str, list[float]] = {name: [] for name in [*ways, "in memory"]}
    late, agree, paths = dict.fromkeys(ways, 0), True, 0
    for text in ways.values():  # planned once, which is not measured
        timed(connection, text, pairs[0])
    memory.answer(QUESTION, start=pairs[0][0], goal=pairs[0][1], during=DURING)
    for pair in pairs:
        begin = time.perf_counter()
        rows = memory.answer(QUESTION, start=pair[0], goal=pair[1], during=DURING).rows
        taken["in memory"].append(time.perf_counter() - begin)
        paths += len(rows)
        for name, text in ways.items():
            seconds, n = timed(connection, text, pair)
            taken[name].append(seconds)
            late[name] += n is None
            agree &= n in {None, len(rows)}
    print(f"  {count} pairs {apart} hops apart, {paths:,} paths")
    for name, seconds in taken.items():
        said = f"median {median(seconds) * 1000:,.1f} ms, worst {max(seconds) * 1000:,.0f} ms"
        print(f"     {name}: {said}, {late.get(name, 0)} broken off", flush=True)
    return agree


def work(server: Server, pairs: list[tuple[str, str]]) -> tuple[int, int]:
    """Return the database hits of the question and how many paths it found."""
    from neo4j import GraphDatabase

    hits = paths = 0
    auth = (server.user, server.password)
    with (
        GraphDatabase.driver(server.uri, auth=auth) as driver,
        driver.session(database="neo4j") as session,
    ):
        for pair in pairs:
            result = session.run("PROFILE " + OURS, bound(pair))
            paths += len(list(result))
            hits += _hits(result.consume().profile or {})
    return hits, paths


def _hits(plan: Mapping[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(map(_hits, plan.get("children", ())))


def often(server: Server, statements: int, count: int) -> bool:
    """Measure the database work with one and with ten statements a relation."""
    hits: dict[int, int] = {}
    paths: dict[int, int] = {}
    pairs: list[tuple[str, str]] = []
    for per in (1, 10):
        data = world(statements, per=per)
        server.empty()
        load(server.connection(), data)
        pairs = pairs or [*pairs_of(data, 3, count), *pairs_of(data, 4, count)]
        hits[per], paths[per] = work(server, pairs)
        print(f"  {per} a relation, {len(data.tables['statement']):,} statements:", end=" ")
        print(f"{hits[per]:,} database hits, {paths[per]:,} paths", flush=True)
    print(f"  {hits[10] / hits[1]:.2f} times the work")
    return paths[1] == paths[10]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure influence paths in Neo4j.")
    parser.add_argument("statements", type=int, nargs="?", default=100_000)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--seconds", type=int, default=60)
    given = parser.parse_args()
    with own_server(f"db.transaction.timeout={given.seconds}s") as server:
        data = world(given.statements)
        load(server.connection(), data)
        print(f"{len(data.tables['statement']):,} statements, {len(data.relations):,} relations")
        agree = True
        for hops in (3, 4):
            agree &= by_hand(server.connection(), data, hops, given.pairs)
        agree &= often(server, given.statements, given.pairs)
    print("counts agree" if agree else "COUNTS DIFFER")
    return not agree


if __name__ == "__main__":
    sys.exit(main())

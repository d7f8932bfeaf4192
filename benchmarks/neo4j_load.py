"""Load a dataset folder into Neo4j, side by side with a bare driver loop, and load it once more.

    python benchmarks/generate.py 100000 DIR --seed 1
    python benchmarks/neo4j_load.py DIR [--runs 1]

The bare loop writes the very same rows by ``UNWIND … CREATE``: nodes first, then relationships
one type after the other, in batches of the same size, on a constraint that was made before, and
nothing else. Its rows are made before its time is taken. The two take turns in one server, emptied
in between, and the program ends with 1 if they leave different numbers of nodes or relationships.
The server is the one that the tests start, or the one that `DIASPORA_NEO4J_URI` names: **it is
emptied**.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "support"))

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.loading import load
from diaspora_graph.graphs.neo4j.projection import Projection
from diaspora_graph.graphs.neo4j.shape import LINKS, all_labels
from diaspora_graph.reading.load import load_dataset
from neo4j_server import Server, any_server

BATCH = 5_000


def bare_rows(data: Dataset) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the queries of the bare loop with their parameters."""
    projection = Projection(data)
    links: dict[str, list[Any]] = {name: [] for name in LINKS}
    for kind, table in data.tables.items():
        by_labels: dict[tuple[str, ...], list[Any]] = {}
        for row in chain.from_iterable(projection.nodes(kind, np.arange(len(table)))):
            by_labels.setdefault(row["labels"], []).append(row)
        for named, every in by_labels.items():
            labels = ":".join(f"`{name}`" for name in named)
            for at in range(0, len(every), BATCH):
                rows = [row["properties"] for row in every[at : at + BATCH]]
                yield f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", {"rows": rows}
            for row in every:
                for name in links.keys() & row.keys():
                    links[name] += [[row["key"], key, at] for at, key in enumerate(row[name])]
    for name, ends in links.items():
        for rows in (ends[at : at + BATCH] for at in range(0, len(ends), BATCH)):
            yield (
                "UNWIND $rows AS row MATCH (a:Dg {key: row[0]}) MATCH (b:Dg {key: row[1]})"
                f" CREATE (a)-[:{name} {{position: row[2]}}]->(b)",
                {"rows": rows},
            )
    yield from _bare_relations(projection)


def _bare_relations(projection: Projection) -> Iterator[tuple[str, dict[str, Any]]]:
    relating = projection.relating
    by_type: dict[str, list[Any]] = {}
    for batch in relating.batches(np.arange(len(relating.relations))):
        for row in batch.rows:
            for name, along, said in batch.form.relationships(row):
                ends = ("subject", "object") if along else ("object", "subject")
                by_type.setdefault(name, []).append([row[ends[0]], row[ends[1]], said])
    for name, every in by_type.items():
        for rows in (every[at : at + BATCH] for at in range(0, len(every), BATCH)):
            yield (
                "UNWIND $rows AS row MATCH (a:Dg {key: row[0]}) MATCH (b:Dg {key: row[1]})"
                f" CREATE (a)-[r:{name}]->(b) SET r = row[2]",
                {"rows": rows},
            )


def prepare(server: Server, data: Dataset) -> Connection:
    """Empty the server, make the constraint, and let it know the labels, which no one measures."""
    server.empty()
    connection = server.connection()
    connection.write("CREATE CONSTRAINT dg_key FOR (n:Dg) REQUIRE n.key IS UNIQUE")
    query = "UNWIND $names AS name CALL db.createLabel(name)"
    connection.write(query, names=list(all_labels(data.schema)))
    connection.read("CALL db.awaitIndexes(60)")
    return connection


def counted(connection: Connection) -> tuple[int, int]:
    """Return how many nodes and relationships there are."""
    nodes = connection.read("MATCH (n) RETURN count(*) AS n")[0]["n"]
    return nodes, connection.read("MATCH ()-[r]->() RETURN count(*) AS n")[0]["n"]


def bare(server: Server, data: Dataset) -> tuple[float, tuple[int, int]]:
    """Run the bare loop."""
    import neo4j

    prepare(server, data)
    steps = [*bare_rows(data)]
    gc.collect()
    auth = (server.user, server.password)
    with neo4j.GraphDatabase.driver(server.uri, auth=auth) as driver:
        start = time.perf_counter()
        with driver.session(database="neo4j") as session:
            for query, parameters in steps:
                session.run(query, parameters).consume()
        seconds = time.perf_counter() - start
    return seconds, counted(server.connection())


def ours(server: Server, data: Dataset) -> tuple[float, float, tuple[int, int]]:
    """Load, and load again."""
    connection = prepare(server, data)
    start = time.perf_counter()
    load(connection, data)
    first = time.perf_counter() - start
    start = time.perf_counter()
    assert load(connection, data).is_empty
    return first, time.perf_counter() - start, counted(connection)


def peak() -> int:
    """Return the most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Measure loading into Neo4j.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=1)
    given = parser.parse_args()
    wrong = False
    with any_server() as server:
        warm = load_dataset()
        ours(server, warm)  # the first queries of a server are slow
        bare(server, warm)
        for _ in range(given.runs):
            data = load_dataset(given.folder)
            before = peak()
            first, again, count = ours(server, data)
            used = peak() - before
            seconds, other = bare(server, load_dataset(given.folder))
            wrong |= count != other
            print(f"nodes, relationships: {count}, bare {other}")
            print(f"load {first:.1f} s, bare {seconds:.1f} s: {seconds / first:.2f} of its rate")
            print(
                f"again {again:.1f} s: {again / first:.0%} of the first; {used} MiB more",
                flush=True,
            )
    return wrong


if __name__ == "__main__":
    sys.exit(main())

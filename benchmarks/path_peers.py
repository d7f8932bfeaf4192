"""What a user would pick instead, each asked for the same paths over the same relations.

All but the databases search a copy of what the filter keeps. Relations are the edges: several
between two things are several paths. A peer that only gives things in a row is helped: the
relations between them are counted and multiplied.
"""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import Scope

Pairs = list[tuple[int, int]]
Peer = Callable[[Dataset, Scope, Pairs, int], tuple[float, float, Iterator[dict[str, Any]]]]


def edges(data: Dataset, scope: Scope) -> np.ndarray:
    """Return the relations that have a statement that passes: their ends, one row each."""
    kept = data.relations.any(passing(data, scope))
    relations = data.relations
    return np.stack([relations.subject[kept], relations.object[kept]], axis=1).astype(np.int64)


def _timed(count: Callable[[int, int], int], pairs: Pairs) -> Iterator[dict[str, Any]]:
    for start, goal in pairs:
        begun = time.perf_counter()
        number = count(start, goal)
        yield {"seconds": time.perf_counter() - begun, "count": number}


def with_networkx(data: Dataset, scope: Scope, pairs: Pairs, hops: int) -> Any:
    """All simple edge paths of a MultiDiGraph that holds what the filter keeps."""
    import networkx as nx

    begun = time.perf_counter()
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(data.ids)))
    graph.add_edges_from(edges(data, scope).tolist())
    copy = time.perf_counter() - begun

    def count(start: int, goal: int) -> int:
        return sum(1 for _ in nx.all_simple_edge_paths(graph, start, goal, cutoff=hops))

    return 0.0, copy, _timed(count, pairs)


def with_igraph(data: Dataset, scope: Scope, pairs: Pairs, hops: int) -> Any:
    """All simple paths over things; the relations between them multiplied in."""
    import igraph

    begun = time.perf_counter()
    ends = edges(data, scope)
    graph = igraph.Graph(n=len(data.ids), edges=np.unique(ends, axis=0).tolist(), directed=True)
    several = Counter(map(tuple, ends.tolist()))
    copy = time.perf_counter() - begun

    def count(start: int, goal: int) -> int:
        paths = graph.get_all_simple_paths(start, goal, maxlen=hops)
        return sum(_product(several, path) for path in paths)

    return 0.0, copy, _timed(count, pairs)


def _product(several: Mapping[tuple[int, int], int], path: list[int]) -> int:
    number = 1
    for pair in pairwise(path):
        number *= several[pair]
    return number


def with_rustworkx(data: Dataset, scope: Scope, pairs: Pairs, hops: int) -> Any:
    """All simple paths; parallel relations repeat a path."""
    import rustworkx

    begun = time.perf_counter()
    graph = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(list(range(len(data.ids))))
    graph.add_edges_from_no_data([tuple(each) for each in edges(data, scope).tolist()])
    copy = time.perf_counter() - begun

    def count(start: int, goal: int) -> int:
        return len(rustworkx.all_simple_paths(graph, start, goal, cutoff=hops + 1))

    return 0.0, copy, _timed(count, pairs)


def _statements(data: Dataset) -> dict[str, np.ndarray]:
    days = data.bounds("statement")[data.tables["statement"]["valid"].codes]
    families = list(dict.fromkeys(each.family for each in data.schema.predicates.values()))
    of_predicate = np.array([families.index(e.family) for e in data.schema.predicates.values()])
    standing = ~data.denied & (data.words("statement", "status") >= 2)
    return {
        "relation": data.relations.of_statement,
        "subject": data.subject,
        "object": data.object,
        "family": of_predicate[data.predicate].astype(np.int32),
        "confidence": data.words("statement", "confidence"),
        "begins": days[:, 0],
        "ends": days[:, 3],
        "standing": standing,
    }


def _kept(data: Dataset, scope: Scope) -> str:
    from diaspora_graph.filters.scope import as_window

    families = list(dict.fromkeys(each.family for each in data.schema.predicates.values()))
    chosen = [
        n for n, name in enumerate(families) if name.removesuffix("_family") in scope.families
    ]
    first, last = as_window(scope.as_of)
    least = data.schema.words("confidence").index(scope.min_confidence)
    return (
        f"standing AND begins <= {last} AND ends >= {first} AND confidence >= {least} "
        f"AND family IN ({', '.join(map(str, chosen))})"
    )


def with_duckdb(data: Dataset, scope: Scope, pairs: Pairs, hops: int) -> Any:
    """A recursive common table expression over statements, the filter inside."""
    import duckdb
    import pandas as pd

    begun = time.perf_counter()
    base = duckdb.connect()
    frame = pd.DataFrame(_statements(data))
    base.execute("CREATE TABLE said AS SELECT * FROM frame ORDER BY subject")
    load = time.perf_counter() - begun
    del frame
    query = f"""
        WITH RECURSIVE kept AS MATERIALIZED (
            SELECT DISTINCT relation, subject, object FROM said WHERE {_kept(data, scope)}
        ), walk AS (
            SELECT [CAST(? AS INTEGER)] AS things, CAST(? AS INTEGER) AS here, 0 AS hops
            UNION ALL
            SELECT list_append(walk.things, kept.object), kept.object, hops + 1
            FROM walk JOIN kept ON kept.subject = walk.here
            WHERE hops < {hops} AND walk.here <> ? AND NOT list_contains(walk.things, kept.object)
        )
        SELECT count(*) FROM walk WHERE here = ?
    """  # noqa: S608 (numbers of ours)

    def count(start: int, goal: int) -> int:
        return int(base.execute(query, [start, start, goal, goal]).fetchone()[0])

    return load, 0.0, _timed(count, pairs)


def with_ladybug(data: Dataset, scope: Scope, pairs: Pairs, hops: int) -> Any:
    """Cypher in an embedded database over what the filter keeps, with `is_acyclic`."""
    import ladybug

    begun = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="paths-"))
    ends = edges(data, scope)
    things, rows = folder / "things.csv", folder / "rows.csv"
    things.write_text("\n".join(map(str, range(len(data.ids)))) + "\n", encoding="utf-8")
    lines = "\n".join(f"{a},{b}" for a, b in ends.tolist())
    rows.write_text(lines + "\n", encoding="utf-8")
    link = ladybug.Connection(ladybug.Database(str(folder / "base")))
    link.execute("CREATE NODE TABLE Thing(id INT64, PRIMARY KEY (id))")
    link.execute("CREATE REL TABLE Acts(FROM Thing TO Thing)")
    link.execute(f'COPY Thing FROM "{things}" (header=false)')
    link.execute(f'COPY Acts FROM "{rows}" (header=false)')
    copy = time.perf_counter() - begun

    def count(start: int, goal: int) -> int:
        found = link.execute(
            f"MATCH p = (a:Thing)-[:Acts*1..{hops}]->(b:Thing) "
            f"WHERE a.id = {start} AND b.id = {goal} AND is_acyclic(p) RETURN count(*)"
        )
        return int(found.get_next()[0])

    return 0.0, copy, _timed(count, pairs)


PEERS: Mapping[str, Peer] = {
    "networkx": with_networkx,
    "igraph": with_igraph,
    "rustworkx": with_rustworkx,
    "LadybugDB": with_ladybug,
    "DuckDB": with_duckdb,
}

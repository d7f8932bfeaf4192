"""Find influence paths in several ways, side by side, and check that all count the same.

    python benchmarks/paths.py [--sizes 10000 100000 1000000] [--hops 4 5] [--budget 60]

A filter keeps about a sixth of the statements: a year, two words of confidence of three, two
families of relations. Every engine is asked for the paths over relations between 20 pairs that are
joined, drawn from the kept part, rules of influence aside: what any multigraph can be asked. Each
engine runs in a fresh process on the same seeded data and is stopped after its budget of seconds.
Told are the median, the mean and the worst of the pairs that it finished; what it pays for loading
and, where it cannot filter while it searches, for a filtered copy, which is paid again for every
filter. Ours is then asked once more with all rules of influence on, and for the ten best paths
under each ranking. The program ends with 1 if two engines count differently.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from path_peers import PEERS
from path_world import generated

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.masks import codebook
from diaspora_graph.filters.rules import RULES, Rules
from diaspora_graph.filters.scope import Scope
from diaspora_graph.paths.influence_graph import AGAINST, HOP
from diaspora_graph.paths.kernels import PURE, Kernel, fast
from diaspora_graph.paths.rankings import RANKINGS
from diaspora_graph.paths.search import Search
from diaspora_graph.paths.subgraph import Query

HERE = Path(__file__).parent
PLAIN = Rules(topic_gate=False, end_only=False, influence_only=False)
SCOPE = Scope(as_of="2018", min_confidence="medium", families=frozenset({"influence", "support"}))
PAIRS = 20
MEMORY = "memory"
OURS: Mapping[str, Callable[[], Kernel]] = {"ours, fast": fast, "ours, pure": lambda: PURE}
PACKAGES = ("numpy", "numba", "networkx", "igraph", "rustworkx", "ladybug", "duckdb")


@dataclass(frozen=True)
class Asked:
    """What one engine is asked: the pairs, and how far to go."""

    pairs: list[tuple[int, int]]
    hops: int


def drawn(data: Dataset, rules: Rules, hops: int, seed: int = 3) -> list[tuple[int, int]]:
    """Draw pairs that are joined by a walk of so many hops through what the filter keeps."""
    search = Search(data, SCOPE, rules, kernel=PURE)
    random = np.random.default_rng(seed)
    query = search.query(0, 1, hops)
    found: list[tuple[int, int]] = []
    while len(found) < PAIRS:
        walk = [int(random.integers(len(data.ids)))]
        for _ in range(hops):
            onward = [end for end in _onward(search, query, walk[-1]) if end not in walk]
            if not onward:
                break
            walk.append(int(random.choice(onward)))
        else:
            found.append((walk[0], walk[-1]))
    return found


def _onward(search: Search, query: Query, thing: int) -> list[int]:
    arcs = search.arcs
    places = np.arange(arcs.starts[thing], arcs.starts[thing + 1])
    kept = query.open(arcs.relation[places]) & query.masks.predicate[arcs.predicate[places]]
    kept &= (arcs.way[places] & ~AGAINST) == HOP
    ends: list[int] = arcs.end[places[kept]].tolist()
    return ends


def ours(data: Dataset, kernel: Kernel, rules: Rules, asked: Asked) -> Iterator[dict[str, object]]:
    """Yield what it takes to list the paths of each pair, and to come to the first of them."""
    Search(data, SCOPE, rules, kernel=kernel).arcs  # noqa: B018 (the index is made once)
    for round_ in range(2):  # the first round compiles and warms
        for start, goal in asked.pairs:
            begun, first, number = time.perf_counter(), 0.0, 0
            search = Search(data, SCOPE, rules, kernel=kernel)
            for batch in search.batches(start, goal, asked.hops):
                if batch and not first:
                    first = time.perf_counter() - begun
                number += len(batch)
            seconds = time.perf_counter() - begun
            if round_:
                yield {"seconds": seconds, "count": number, "first": first}


def ranked(data: Dataset, kernel: Kernel, by: str, asked: Asked) -> Iterator[dict[str, object]]:
    """Yield what it takes to find the ten best paths of each pair."""
    for round_ in range(2):
        for start, goal in asked.pairs:
            begun, number = time.perf_counter(), 0
            search = Search(data, SCOPE, RULES, kernel=kernel)
            for batch in search.batches(start, goal, asked.hops, RANKINGS[by]):
                number += len(batch)
                if number >= 10:
                    break
            if round_:
                yield {"seconds": time.perf_counter() - begun, "count": number}


def worker(engine: str, statements: int, hops: int) -> None:
    """Do the work of one engine and print a line of JSON for each pair."""
    data = generated(statements)
    begun = time.perf_counter()
    codebook(data), data.relations, data.type
    index = time.perf_counter() - begun
    rules = RULES if engine.endswith(("rules", *(f"best by {by}" for by in RANKINGS))) else PLAIN
    asked = Asked(drawn(data, rules, hops), hops)
    if engine == MEMORY:
        print(json.dumps(_bytes(data)), flush=True)
        return
    if engine in PEERS:
        load, copy, answers = PEERS[engine](data, SCOPE, asked.pairs, hops)
        print(json.dumps({"load": load, "copy": copy}), flush=True)
    else:
        print(json.dumps({"load": index, "copy": 0.0}), flush=True)
        kernel = OURS[engine.partition(";")[0]]()
        by = engine.rpartition("best by ")[2]
        answers = (
            ranked(data, kernel, by, asked) if by in RANKINGS else ours(data, kernel, rules, asked)
        )
    for answer in answers:
        print(json.dumps(answer), flush=True)


def run(engine: str, statements: int, hops: int, budget: float) -> list[dict[str, float]]:
    """Run one engine in a process of its own; return what it said before its time was up."""
    command = [sys.executable, str(HERE / "paths.py"), "--worker", engine, str(statements)]
    process = subprocess.Popen(
        [*command, str(hops)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        said, _ = process.communicate(timeout=budget + 30 + statements / 200_000)
    except subprocess.TimeoutExpired:
        process.kill()
        said, _ = process.communicate()
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


def table(statements: int, hops: int, budget: float, engines: list[str]) -> bool:
    """Print one table; return whether all that were compared count the same."""
    print(f"\n### {statements:,} statements, {hops} hops\n")
    print("| engine | median ms | mean | worst | first, worst | pairs | paths | load s | copy s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    counts: dict[str, list[float]] = {}
    for engine in engines:
        head, *answers = run(engine, statements, hops, budget) or [{}]
        if not answers:
            print(f"| {engine} | no pair in {budget:g} s | | | | 0 | | | |", flush=True)
            continue
        ms = [1000 * each["seconds"] for each in answers]
        first = max((1000 * each.get("first", 0) for each in answers), default=0)
        if ";" not in engine:
            counts[engine] = [each["count"] for each in answers]
        print(
            f"| {engine} | {statistics.median(ms):.2f} | {statistics.mean(ms):.2f} "
            f"| {max(ms):.1f} | {f'{first:.1f}' if first else ''} | {len(answers)} "
            f"| {sum(int(each['count']) for each in answers):,} "
            f"| {head['load']:.2f} | {head['copy']:.2f} |",
            flush=True,
        )
    return _agree(counts)


def _bytes(data: Dataset) -> dict[str, float]:
    """Return what the index and the codes of searches take, in bytes a statement."""
    search = Search(data, kernel=PURE)
    book, relations, arcs = codebook(data), data.relations, search.arcs
    held = {
        "codes": [data.subject, data.predicate, data.object, book.codes],
        "relations": list(vars(relations).values()),
        "arcs": [*vars(arcs).values(), *vars(arcs.into).values()],
    }
    statements = len(data.tables["statement"])
    return {
        name: sum(each.nbytes for each in arrays if isinstance(each, np.ndarray)) / statements
        for name, arrays in held.items()
    }


def _agree(counts: Mapping[str, list[float]]) -> bool:
    reference = counts.get("ours, fast") or next(iter(counts.values()), [])
    wrong = [
        engine
        for engine, found in counts.items()
        if found[: len(reference)] != reference[: len(found)]
    ]
    print(f"\ncounts: {'all alike' if not wrong else 'NOT ALIKE: ' + ', '.join(wrong)}", flush=True)
    return not wrong


def _versions() -> str:
    found = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} not installed")
    return ", ".join(found)


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(description="Find influence paths in several ways.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--hops", type=int, nargs="+", default=[4, 5])
    parser.add_argument("--budget", type=float, default=60, help="seconds for an engine")
    parser.add_argument("--only", nargs="+", help="these engines")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        engine, statements, hops = given.worker
        worker(engine, int(statements), int(hops))
        return
    print(f"Python {platform.python_version()}, {_versions()}; {os.cpu_count()} cores")
    alike = True
    for statements in given.sizes:
        (held,) = run(MEMORY, statements, 1, given.budget)
        parts = ", ".join(f"{name} {each:.1f}" for name, each in held.items())
        print(f"{statements:,} statements: {sum(held.values()):.1f} bytes a statement ({parts})")
    for statements in given.sizes:
        for hops in given.hops:
            rules = [f"{name}; all rules" for name in OURS]
            best = [f"ours, fast; best by {by}" for by in RANKINGS]
            engines = given.only or [*OURS, *PEERS, *rules, *best]
            alike &= table(statements, hops, given.budget, engines)
    raise SystemExit(not alike)


if __name__ == "__main__":
    main()

"""Measure a network of many statements, side by side with bare scipy, and check that they agree.

    pip install scipy
    python benchmarks/measures.py [--sizes 100000 1000000] [--runs 3]

Three cases on the same seeded data, in turns: PageRank against a loop of bare products of a scipy
matrix and a vector of the same size and as many rounds, without damping or a test for the end;
brokerage by class and by 200 groups against the count of two-paths with products of scipy matrices.
Told is the best of the runs. The program ends with 1 if two ways count differently.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from path_world import generated
from scipy import sparse

from diaspora_graph.measures.brokerage import brokerage
from diaspora_graph.measures.network import Network, network_of
from diaspora_graph.measures.pagerank import pagerank
from diaspora_graph.measures.partition import class_partition

Result = TypeVar("Result")
Floats = npt.NDArray[np.float64]
GROUPS = 200


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Return how many seconds a piece of work took, and what came of it."""
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def bare(network: Network, rounds: int) -> Floats:
    """Return a vector after as many products with the network's matrix as PageRank took."""
    size = len(network)
    ones = np.ones(len(network.begin))
    matrix = sparse.csr_array((ones, (network.end, network.begin)), shape=(size, size))
    vector = np.full(size, 1 / size)
    for _ in range(rounds):
        vector = matrix @ vector
    return vector


def open_paths(network: Network, rows_at_once: int = 1_000) -> float:
    """Return the number of open two-paths, by products of scipy matrices, block by block."""
    size = len(network)
    matrix = sparse.csr_array(
        (np.ones(len(network.begin)), (network.begin, network.end)), shape=(size, size)
    )
    found = 0.0
    for first in range(0, size, rows_at_once):
        some = matrix[first : first + rows_at_once]
        two = some @ matrix
        back = two.diagonal(k=first).sum()
        found += two.sum() - back - two.multiply(some).sum()
    return found


def table(statements: int, runs: int) -> bool:
    """Print one table; return whether the two ways to count agree."""
    data = generated(statements)
    first, network = timed(lambda: network_of(data))
    again, network = timed(lambda: network_of(data))
    classes = class_partition(data)
    drawn = np.random.default_rng(1).integers(0, GROUPS, len(network))
    groups = {id: f"g{at}" for id, at in zip(network.ids, drawn.tolist(), strict=True)}
    _, rounds = pagerank(network)
    cases: dict[str, Callable[[], object]] = {
        f"PageRank, {rounds} rounds": lambda: pagerank(network),
        f"scipy, {rounds} products": lambda: bare(network, rounds),
        "brokerage by class": lambda: brokerage(network, classes),
        f"brokerage by {GROUPS} groups": lambda: brokerage(network, groups),
        "scipy, open two-paths in all": lambda: open_paths(network),
    }
    best = dict.fromkeys(cases, float("inf"))
    results: dict[str, object] = {}
    for _ in range(runs):
        for name, work in cases.items():
            seconds, results[name] = timed(work)
            best[name] = min(best[name], seconds)
    print(
        f"\n### {statements:,} statements, {len(network):,} actors, {len(network.begin):,} edges\n"
    )
    print("| case | best s |\n| --- | --- |")
    print(f"| the network, first time | {first:.3f} |\n| again | {again:.3f} |")
    for name, seconds in best.items():
        print(f"| {name} | {seconds:.3f} |")
    _, theirs, *_ = best.values()
    print(f"\nPageRank / bare products: {next(iter(best.values())) / theirs:.2f}")
    ours = [each.raw[:, -1].sum() for each in results.values() if hasattr(each, "raw")]
    agree = {*ours, results["scipy, open two-paths in all"]}
    print(f"open two-paths: {', '.join(f'{each:,.0f}' for each in agree)}", flush=True)
    return len(agree) == 1


def main() -> int:
    """Print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    wrong = [size for size in asked.sizes if not table(size, asked.runs)]
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())

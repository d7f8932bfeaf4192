"""How long a layout takes, beside networkx's spring layout of the same graph.

    python benchmarks/pictures.py [NODES…]

networkx places points; ours places boxes that do not overlap and leads every line round the others,
so the ratio says what that costs. Graphs are trees with half as many lines more, from a seed. At
1,000 nodes, beyond the most that a picture shows, only the inner steps run.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import networkx as nx
import numpy as np

from diaspora_graph.pictures import layout as layouts
from diaspora_graph.pictures.layout.graphviz import find_graphviz
from diaspora_graph.pictures.layout.starting import Task

SIZES = (100, 300, 500, 1000)


def task_of(nodes: int, seed: int = 1) -> Task:
    """Return boxes as large as labels and lines between them."""
    chance = np.random.default_rng(seed)
    boxes = np.column_stack(
        [chance.uniform(40, 90, nodes), chance.choice([14.0, 22.6, 31.2], nodes)]
    )
    tree = [(int(chance.integers(0, each // 3 + 1)), each) for each in range(1, nodes)]
    more = [tuple(sorted(pair)) for pair in chance.integers(0, nodes, (nodes // 2, 2)).tolist()]
    lines = sorted({*tree, *((a, b) for a, b in more if a != b)})
    return Task(boxes, np.array(lines, dtype=np.int64), np.full(len(lines), 20.0))


def seconds(run: Callable[[], object]) -> float:
    """Return the processor time of a run, Graphviz's included: others may use the machine too."""
    begin = sum(os.times()[:4])
    run()
    return sum(os.times()[:4]) - begin


def spring(task: Task) -> None:
    """Lay out the same graph as points."""
    graph = nx.Graph(task.ends.tolist())
    nx.spring_layout(
        graph, seed=1, iterations=200, method="force" if len(graph) < 500 else "energy"
    )


def main() -> None:
    """Print one line a size."""
    program = find_graphviz()
    print("nodes  lines  layout s  networkx s  ratio  lines in the way")
    for nodes in map(int, sys.argv[1:] or SIZES):
        task = task_of(nodes)
        ends = []

        def ours(task: Task = task, ends: list[int] = ends) -> None:
            best = min(layouts.ends(task, program, None, 1), key=lambda end: end.fault)
            ends.append(best.fault[1])
            layouts.choose_bends(task.ends, best.middles, task.sizes / 2)

        us, them = seconds(ours), seconds(lambda task=task: spring(task))
        print(
            f"{nodes:>5}  {len(task.ends):>5}  {us:>8.1f}  {them:>10.2f}  {us / them:>5.1f}"
            f"  {ends[-1]:>16}"
        )


if __name__ == "__main__":
    main()

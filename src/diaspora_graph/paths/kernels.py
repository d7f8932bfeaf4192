"""The two kernels of path searches: Python, and machine code where numba is installed.

Both give exactly the same list. The compiled one is faster only on large graphs: it takes half
a second to import, so small graphs are searched without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.paths import enumerate as plain
from diaspora_graph.paths.bounds import Costs, Reachability, reachability
from diaspora_graph.paths.enumerate import Arcs
from diaspora_graph.paths.subgraph import Query, Subgraph, subgraph
from diaspora_graph.paths.topic_gates import Gates

FAST_FROM = 20_000
"""The number of relations from which the compiled kernel is used."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """Functions that find paths; the last three take the result of ``space``."""

    name: str
    subgraph: Callable[[Query, int], Subgraph | None]
    reachability: Callable[[Subgraph, Mask, Mask], Reachability]
    space: Callable[[Subgraph, Gates], Any]
    enumerate_paths: Callable[[Any, Reachability, int], Iterator[list[Arcs]]]
    path_counts: Callable[[Any, Reachability, int], Iterator[int]]
    cheapest_paths: Callable[[Any, Costs, Costs, int], Iterator[list[tuple[int, Arcs]]]]


PURE = Kernel(
    "pure",
    subgraph,
    reachability,
    plain.SearchSpace,
    plain.enumerate_paths,
    plain.path_counts,
    lambda space, cost, bound, hops: plain.cheapest_paths(space, cost.tolist(), bound, hops),
)
"""The kernel in Python and numpy, always available."""


def has_fast() -> bool:
    """Return whether the compiled kernel can be used: whether numba is installed."""
    return find_spec("numba") is not None


@cache
def fast() -> Kernel:
    """Return the compiled kernel. Raises `ImportError` without numba (the extra ``fast``)."""
    from diaspora_graph.paths.compiled import cheapest, enumerate, subgraph

    return Kernel(
        "fast",
        subgraph.subgraph,
        enumerate.reachability,
        enumerate.SearchSpace,
        enumerate.enumerate_paths,
        enumerate.path_counts,
        cheapest.cheapest_paths,
    )


def kernel_for(data: Dataset) -> Kernel:
    """Return the kernel for searches in a dataset."""
    return fast() if len(data.relations) >= FAST_FROM and has_fast() else PURE

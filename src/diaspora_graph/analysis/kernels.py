"""The two kernels of path searches: Python, and machine code where numba is installed.

Both give the same list, to the last tie. The compiled one pays on large graphs only: it takes half
a second to import, so small graphs are searched without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

from diaspora_graph.analysis import walks
from diaspora_graph.analysis.near import Near, Query, near
from diaspora_graph.analysis.topics import Gates
from diaspora_graph.analysis.walks import Walk
from diaspora_graph.analysis.ways import Costs, Ways, ways
from diaspora_graph.dataset import Dataset
from diaspora_graph.tables import Mask

FAST_FROM = 20_000
"""Relations from which on the compiled kernel is used."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """Functions that find paths; what ``terrain`` makes is what the last three take."""

    name: str
    near: Callable[[Query, int], Near | None]
    ways: Callable[[Near, Mask, Mask], Ways]
    terrain: Callable[[Near, Gates], Any]
    walks: Callable[[Any, Ways, int], Iterator[list[Walk]]]
    counts: Callable[[Any, Ways, int], Iterator[int]]
    cheapest_walks: Callable[[Any, Costs, Costs, int], Iterator[list[tuple[int, Walk]]]]


PURE = Kernel(
    "pure", near, ways, walks.Terrain, walks.walks, walks.counts,
    lambda terrain, cost, bound, hops: walks.cheapest_walks(terrain, cost.tolist(), bound, hops),
)  # fmt: skip
"""The kernel in Python and numpy, always there."""


def has_fast() -> bool:
    """Return whether the compiled kernel can be used: whether numba is installed."""
    return find_spec("numba") is not None


@cache
def fast() -> Kernel:
    """Return the compiled kernel. Raises `ImportError` without numba (the extra ``fast``)."""
    from diaspora_graph.analysis.compiled import cheapest, near, walks

    return Kernel(
        "fast",
        near.near,
        walks.ways,
        walks.Terrain,
        walks.walks,
        walks.counts,
        cheapest.cheapest_walks,
    )


def kernel_for(data: Dataset) -> Kernel:
    """Return the kernel that searches of a dataset use."""
    return fast() if len(data.relations) >= FAST_FROM and has_fast() else PURE

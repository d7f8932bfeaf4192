"""Small made-up networks, and the numbers that R gives for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.dataset import Dataset
from samples import PASSAGE, Row, sample

Edge = tuple[int, int]
Matrix = npt.NDArray[np.float64]

TEN: tuple[Edge, ...] = (
    (0, 1), (0, 4), (0, 7), (1, 0), (1, 2), (1, 5), (2, 3), (2, 6), (3, 0), (3, 9), (4, 2), (4, 5),
    (4, 8), (5, 6), (5, 1), (6, 4), (6, 8), (7, 8), (7, 0), (8, 9), (8, 3), (9, 7), (9, 5), (9, 2),
)  # fmt: skip
"""Ten actors in three groups, some edges mutual, some two-paths closed."""

GROUPS = ("a", "a", "a", "a", "b", "b", "b", "c", "c", "c")


def joined(edges: Iterable[Edge], size: int, **more: str) -> Dataset:
    """Return the sample with actors ``n00`` … and a statement for each edge between them."""
    statements = [stated(f"x{at:05}", *edge, **more) for at, edge in enumerate(edges)]
    entities = [{"id": named(at), "type": "Group", "label_en": named(at)} for at in range(size)]
    return sample({"entity": entities, "statement": statements})


def stated(id: str, begin: int, end: int, **more: str) -> Row:
    """Return a statement that joins two actors; its relation occurs nowhere else."""
    plain = {
        "id": id, "subject": named(begin), "predicate": "actsToward", "object": named(end),
        "source": "doe2020", "locator": "p. 1", "passage": PASSAGE, "confidence": "high",
    }  # fmt: skip
    return {**plain, **more}


def named(at: int) -> str:
    """Return the id of an actor; ids sort as numbers do."""
    return f"n{at:02}"


def partition(groups: Sequence[str]) -> Mapping[str, str]:
    """Return the groups of the actors by id."""
    return {named(at): group for at, group in enumerate(groups)}


def drawn(size: int, edges: int, seed: int) -> tuple[Edge, ...]:
    """Return edges at random, each once, none to itself."""
    random = np.random.default_rng(seed)
    pairs = random.permutation(size * size)
    kept = [divmod(int(pair), size) for pair in pairs if pair // size != pair % size]
    return tuple(sorted(kept[:edges]))


def matrices(edges: Sequence[Edge], size: int) -> tuple[Matrix, Matrix, Matrix]:
    """Return a matrix to explain and two that may explain it, made without chance."""
    rows, columns = np.indices((size, size))
    one = np.zeros((size, size))
    for begin, end in edges:
        one[begin, end] = 1
    other = np.abs(rows - columns) / size
    return 2 * one - other + np.sin(rows * 3 + columns * 7), one, other

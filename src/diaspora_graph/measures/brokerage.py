"""Brokerage: how often an actor stands between two others that have no direct edge.

Gould and Fernandez (1989), "Structures of Mediation", Sociological Methodology 19: a broker v of
the open two-path from i over v to j (i to v, v to j, no edge from i to j) has one of five roles, by
the groups of the three. Expectations and variances are those of a random network with the same
density, given the sizes of the groups, as R's ``sna::brokerage`` computes them (Butts, sna 2.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.measures.measured import Measured
from diaspora_graph.measures.network import Network
from diaspora_graph.measures.partition import PARTITIONS, Partition, covered, groups_of
from diaspora_graph.measures.triangles import triangles

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")
"""A-A-A, A-B-A, A-A-B, A-B-B, A-B-C (the broker in the middle), and all five together.

In sna they are called w_I, w_O, b_IO, b_OI, b_O and t.
"""

PARTS = ("raw", "expected", "variance", "z")
LEAST = 3


@dataclass(frozen=True, eq=False, repr=False)
class Brokerage:
    """The brokerage of each actor in each role.

    ``raw``, ``expected``, ``variance`` and ``z`` have shape (actors, 6), the roles in the order of
    `ROLES`. ``z`` is (raw - expected) / sqrt(variance), NaN where the variance is 0. ``groups`` is
    the group of each actor, ``left_out`` the ids of actors without a group. In a network of
    influence, actors that influence only begins or ends at (states) broker nothing: all their four
    values are NaN.

    >>> from diaspora_graph import load_dataset, network_of
    >>> brokerage_by(network_of(load_dataset()), "class").to_pandas(limit=1)["role"].tolist()
    ['coordinator', 'itinerant', 'representative', 'gatekeeper', 'liaison', 'total']
    """

    network: Network
    groups: tuple[str, ...]
    raw: Floats
    expected: Floats
    variance: Floats
    z: Floats
    left_out: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Brokerage({len(set(self.groups))} groups in {self.network!r})"

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the actors, sorted."""
        return self.network.ids

    @property
    def filters(self) -> str:
        """The filters of the scope in words."""
        return self.network.filters

    @cached_property
    def statements(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the statements that each actor's edges rest on."""
        return tuple(self.network.actor_statements())

    def of(self, name: str) -> dict[str, float]:
        """Return the raw count of an actor in each role, by id, label or alias."""
        place = self.network.position(name)
        return dict(zip(ROLES, self.raw[place].tolist(), strict=True))

    def top(self, limit: int | None = None) -> list[int]:
        """Return the positions of the actors that broker, most often first, then by id."""
        total = np.nan_to_num(self.raw[:, -1])
        order = np.lexsort((np.arange(len(total)), -total))
        return [int(place) for place in order[:limit] if total[place] > 0]

    def measured(self, role: str = "total", part: str = "raw") -> Measured:
        """Return one role as a measure, for `sensitivity`. ``part`` is one of `PARTS`."""
        if role not in ROLES:
            raise UnknownNameError("role", role, ROLES)
        if part not in PARTS:
            raise UnknownNameError("part of brokerage", part, PARTS)
        values: Floats = getattr(self, part)[:, ROLES.index(role)]
        return Measured(f"{role}, {part}", self.network, {role: values})

    def rows(self, limit: int | None = None) -> Iterator[tuple[str | float, ...]]:
        """Yield a row for each broker and role: see `to_pandas`."""
        places = self.top(limit)
        rests = self.network.actor_statements(places)
        for place, statements in zip(places, rests, strict=True):
            for at, role in enumerate(ROLES):
                numbers = (float(getattr(self, part)[place, at]) for part in PARTS)
                head = self.ids[place], self.groups[place], role
                yield (*head, *numbers, "|".join(statements))

    def to_pandas(self, limit: int | None = None) -> pd.DataFrame:
        """Return a row for each actor that brokers and each role, those who broker most first.

        Columns: actor, group, role, raw, expected, variance, z, statements (ids, with ``|``).
        """
        import pandas as pd

        columns = ("actor", "group", "role", *PARTS, "statements")
        return pd.DataFrame(list(self.rows(limit)), columns=list(columns))


def brokerage(network: Network, partition: Partition) -> Brokerage:
    """Return how often each actor brokers in each of the five roles, and what chance would give.

    ``partition`` is the group of each actor, by id, label or alias, or one that
    `country_partition` or `class_partition` made. Raises `ParameterError` for a network without
    edges or with fewer than three actors, and for a partition that does not cover all actors (see
    `covered`).

    >>> from diaspora_graph import class_partition, load_dataset, network_of
    >>> data = load_dataset()
    >>> found = brokerage(network_of(data), class_partition(data))
    >>> found.of("anca")["liaison"] > 0
    True
    """
    network.needs(LEAST, "brokerage")
    groups = groups_of(network, partition)
    names, group = np.unique(groups, return_inverse=True)
    raw = _counts(network, group.astype(np.int64), len(names)).astype(np.float64)
    expected, variance = chances(np.bincount(group), len(network.begin))
    expected, variance = expected[group], variance[group]
    z = np.full(raw.shape, np.nan)
    np.divide(raw - expected, np.sqrt(variance), out=z, where=variance > 0)
    for part in (raw, expected, variance, z):
        part[~network.passes] = np.nan
    return Brokerage(network, tuple(groups), raw, expected, variance, z)


def brokerage_by(network: Network, by: str | Partition) -> Brokerage:
    """Return the brokerage of actors by ``country``, by ``class`` or by a partition.

    By country it is that of the network among the actors that belong to one state: most actors of
    a network may belong to none; ``left_out`` names them. Raises `UnknownNameError` for another
    word, `ParameterError` as `brokerage` does.

    >>> from diaspora_graph import load_dataset, network_of
    >>> found = brokerage_by(network_of(load_dataset()), "country")
    >>> found.groups[found.ids.index("government-of-india")]
    'india'
    """
    if not isinstance(by, str):
        return brokerage(network, by)
    if by not in PARTITIONS:
        raise UnknownNameError("partition", by, PARTITIONS)
    partition = PARTITIONS[by](network.data)
    network.needs(LEAST, "brokerage")
    inner, left_out = covered(network, partition)
    if not len(inner.begin):
        raise ParameterError(
            f"no edge joins two actors that belong to a {by}; give a partition of your own"
        )
    return replace(brokerage(inner, partition), left_out=left_out)


def _counts(network: Network, group: Counts, groups: int) -> Counts:
    """Return the open two-paths of each actor by role, the last column their sum."""
    two = _two_paths(network, group, groups)
    for closed, role in _closed(network, group):
        np.subtract.at(two, (closed, role), 1)
    two[:, -1] = two[:, :-1].sum(axis=1)
    return two


def _two_paths(network: Network, group: Counts, groups: int) -> Counts:
    """Return all two-paths between different actors, open or closed, by the role of the middle.

    Counted from the numbers of edges that each actor has from and to each group.
    """
    size = len(network)
    begin, end = network.begin.astype(np.int64), network.end.astype(np.int64)
    from_own = _within(begin, end, group, end, size)
    to_own = _within(begin, end, group, begin, size)
    from_all = np.bincount(end, minlength=size)
    to_all = np.bincount(begin, minlength=size)
    same = _same_group(network, group, groups)
    # a two-path that comes back to where it began is none
    both = _mutual(network)
    back = np.bincount(begin[both], minlength=size)
    back_own = np.bincount(begin[both & (group[begin] == group[end])], minlength=size)
    found = np.zeros((size, len(ROLES)), np.int64)
    found[:, 0] = from_own * to_own - back_own
    found[:, 1] = same - from_own * to_own - (back - back_own)
    found[:, 2] = from_own * (to_all - to_own)
    found[:, 3] = (from_all - from_own) * to_own
    found[:, 4] = from_all * to_all - back - found[:, :4].sum(axis=1)
    return found


def _within(begin: Counts, end: Counts, group: Counts, middle: Counts, size: int) -> Counts:
    """Return how many edges each middle has from, or to, its own group."""
    return np.bincount(middle[group[begin] == group[end]], minlength=size)


def _same_group(network: Network, group: Counts, groups: int) -> Counts:
    """Return for each actor the pairs of an edge in and an edge out whose far ends share a group.

    One number for each actor and group that it has edges from, and one for each that it has edges
    to; where both exist they are multiplied.
    """
    into, in_counts = np.unique(
        network.end.astype(np.int64) * groups + group[network.begin], return_counts=True
    )
    out, out_counts = np.unique(
        network.begin.astype(np.int64) * groups + group[network.end], return_counts=True
    )
    shared, at, to = np.intersect1d(into, out, assume_unique=True, return_indices=True)
    found = np.zeros(len(network), np.int64)
    np.add.at(found, shared // groups, in_counts[at] * out_counts[to])
    return found


def _mutual(network: Network) -> npt.NDArray[np.bool_]:
    """Return which edges have an edge in the other direction."""
    size = max(len(network), 1)
    key = network.begin.astype(np.int64) * size + network.end
    turned = network.end.astype(np.int64) * size + network.begin
    place = np.searchsorted(key, turned).clip(max=len(key) - 1)
    return np.asarray(key[place] == turned, np.bool_)


def _closed(network: Network, group: Counts) -> Iterator[tuple[Counts, Counts]]:
    """Yield the middles of two-paths that a direct edge closes, and the roles that they had."""
    for corners, ways in triangles(network.begin, network.end, len(network)):
        for first, middle, last in ((0, 1, 2), (0, 2, 1), (1, 0, 2)):
            for one, other in ((first, last), (last, first)):
                closed = ways[one, middle] & ways[middle, other] & ways[one, other]
                i, v, j = (corners[at][closed] for at in (one, middle, other))
                yield v, role_of(group[i], group[v], group[j])


def role_of(first: Counts, middle: Counts, last: Counts) -> Counts:
    """Return the role, as a position in `ROLES`, of the middle of two-paths, by their groups."""
    own_first, own_last, same = first == middle, last == middle, first == last
    found: Counts = np.select(
        [own_first & own_last, same, own_first, own_last], [0, 1, 2, 3], default=4
    ).astype(np.int64)
    return found


def chances(sizes: Counts, edges: int) -> tuple[Floats, Floats]:
    """Return the expected brokerage and its variance by group and role, shape (groups, 6).

    ``sizes`` are the numbers of actors of the groups. Each of the possible edges exists with the
    density of the network, independently of the others.
    """
    n, size = sizes.astype(np.float64), float(sizes.sum())
    density = edges / (size * (size - 1))
    open_ = density**2 * (1 - density)
    twice = density**3 * (1 - density) ** 3
    others = size - n
    squares, cubes = (n**2).sum() - n**2, (n**3).sum() - n**3
    same_outside = squares - others  # pairs in one other group, ordered: the sum of n_j (n_j - 1)
    pairs = np.stack([
        (n - 1) * (n - 2),
        same_outside,
        others * (n - 1),
        others * (n - 1),
        others**2 - squares,
        np.full(len(n), (size - 1) * (size - 2)),
    ], axis=1)  # fmt: skip
    across = (n - 1) * _two_of(others) + others * _two_of(n - 1)
    # the sum over other groups j of n_j times the pairs among those in neither group
    apart = (others * (others**2 - others) + squares * (1 - 2 * others) + cubes) / 2
    overlaps = np.stack([
        2 * (n - 1) * (n - 2) * (n - 3),
        2 * (cubes - 3 * squares + 2 * others),
        2 * across,
        2 * across,
        4 * apart,
        np.full(len(n), 2 * (size - 1) * (size - 2) * (size - 3)),
    ], axis=1)  # fmt: skip
    expected = open_ * pairs
    return expected, expected * (1 - open_) + overlaps * twice


def _two_of(number: Floats) -> Floats:
    return number * (number - 1) / 2

"""Partitions: the group of each actor of a network, by country, by class or as a user gives it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.dataset.names import resolve
from diaspora_graph.errors import FileError, ParameterError
from diaspora_graph.measures.countries import states_of, things_of
from diaspora_graph.measures.network import Network

Partition = Mapping[str, str]
"""The name of the group of each actor, by its id, label or alias."""

_NAMED = 5
"""How many actors an error names."""


def country_partition(data: Dataset) -> Partition:
    """Return the country of each thing that belongs to exactly one state, by ids.

    A state is a country of its own. A thing belongs to a state as `coverage_by_country` says: an
    organ or a part of it, what these made, or a community whose homeland it is.

    >>> from diaspora_graph import load_dataset
    >>> country_partition(load_dataset())["armenian-diaspora"]
    'armenia'
    """
    return _countries(data)


@once
def _countries(data: Dataset) -> Partition:
    states = states_of(data)
    times = np.zeros(len(data.ids), np.int32)
    country = np.full(len(data.ids), -1, np.int32)
    for state in sorted(states):
        mine = things_of(data, state, states)
        times += mine
        country[mine] = data.number(state)
    ids = data.id_list
    return {ids[at]: ids[country[at]] for at in np.flatnonzero(times == 1).tolist()}


def class_partition(data: Dataset) -> Partition:
    """Return the class of each thing, by ids.

    >>> from diaspora_graph import load_dataset
    >>> class_partition(load_dataset())["anca"]
    'LobbyOrganisation'
    """
    types = data.schema.types
    return {id: types[at] for id, at in zip(data.id_list, data.type.tolist(), strict=True)}


def read_partition(path: str | Path) -> Partition:
    """Return a partition from a CSV file with a header: a column of actors, a column of groups.

    Raises `FileError` for a file that cannot be read or has other columns, and for an actor that
    has two groups.
    """
    try:
        text = Path(path).read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(path, "is not UTF-8; save it as CSV UTF-8") from error
    except OSError as error:
        names = ", ".join(PARTITIONS)
        reason = f"cannot be read: {error.strerror or error}"
        raise FileError(path, f"{reason}; a partition is {names} or a CSV file") from error
    found: dict[str, str] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        cells = [cell.strip() for cell in row]
        if number == 1 or not any(cells):
            continue
        if len(cells) != 2 or not all(cells):
            raise FileError(path, f"row {number}: expected an actor and its group, found {row}")
        if found.setdefault(cells[0], cells[1]) != cells[1]:
            raise FileError(path, f"row {number}: {cells[0]!r} is already in {found[cells[0]]!r}")
    if not found:
        raise FileError(path, "no rows; expected a header, then an actor and its group in each row")
    return found


def groups_of(network: Network, partition: Partition) -> list[str]:
    """Return the group of each actor of a network.

    Raises `ParameterError` if some have none, `UnknownNameError` for a name that no entity has.
    """
    groups = dict(partition)
    known = set(network.data.id_list)
    for name, group in partition.items():
        if name not in known:
            groups.setdefault(resolve(network.data, name), group)
    missing = [id for id in network.ids if id not in groups]
    if missing:
        more = f" and {len(missing) - _NAMED:,} more" if len(missing) > _NAMED else ""
        raise ParameterError(
            f"the partition does not cover {len(missing):,} of {len(network):,} actors: "
            f"{', '.join(missing[:_NAMED])}{more}; give each a group, or narrow the network to "
            "those that have one (`covered`)"
        )
    return [groups[id] for id in network.ids]


def covered(network: Network, partition: Partition) -> tuple[Network, tuple[str, ...]]:
    """Return the network among the actors that have a group, and the ids that are left out.

    An actor with a group but without an edge to another such actor is left out too.

    >>> from diaspora_graph import load_dataset, network_of
    >>> data = load_dataset()
    >>> inner, left_out = covered(network_of(data), country_partition(data))
    >>> "anca" in left_out, "anca" in inner.ids
    (True, False)
    """
    kept = np.array([id in partition for id in network.ids], np.bool_)
    inner = network.only(kept)
    return inner, tuple(sorted(set(network.ids).difference(inner.ids)))


PARTITIONS: Mapping[str, Callable[[Dataset], Partition]] = {
    "country": country_partition,
    "class": class_partition,
}
"""The partitions that the data give, by name."""

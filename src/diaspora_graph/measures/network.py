"""The network of actors that a scope leaves: who is joined to whom, and by which statements.

Two views of the same statements. ``relations`` takes each relation as it is written, from its
subject to its object, and a symmetric relation in both directions. ``influence`` takes only the
relations along which influence flows, in the direction of the flow, and the step from a whole to
its part. A rule about a whole path (topics, two inclusions in a row) says nothing about one edge,
so it is not applied; `influence_paths` applies it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Codes, Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_term
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.influence_graph import AGAINST, UP, influence_graph
from diaspora_graph.paths.subgraph import ranges

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

View = Literal["relations", "influence"]
VIEWS: tuple[View, ...] = get_args(View)
"""How a network takes statements: as plain relations, or as the rules of influence see them."""

ACTORS = ("Actor",)
"""The classes of the things of a network, if no others are named."""


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Actors and the edges between them, each edge once, however many statements it rests on.

    ``ids`` are sorted; ``begin`` and ``end`` are positions in it, edges in their order. Every actor
    has an edge; none has one to itself. The relations of edge e are
    ``relation[starts[e]:starts[e + 1]]``, as positions in ``data.relations``, ``statement`` marks
    the statements that pass. ``passes`` marks the actors that a path may go through.

    >>> from diaspora_graph import load_dataset
    >>> network_of(load_dataset(), scope=Scope(relations="rivalOf"))
    Network(... actors, ... edges, relations, only rivalOf)
    """

    data: Dataset
    scope: Scope
    view: View
    things: Codes
    begin: Codes
    end: Codes
    relation: Codes
    starts: Codes
    statement: Mask

    def __repr__(self) -> str:
        size = f"{len(self.things):,} actors, {len(self.begin):,} edges, {self.view}"
        return f"Network({size}{self.filters and f', {self.filters}'})"

    def __len__(self) -> int:
        return len(self.things)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the actors, sorted."""
        found: list[str] = self.data.ids.take(self.things).to_pylist()
        return tuple(found)

    @property
    def filters(self) -> str:
        """The filters of the scope in words; nothing if there are none."""
        return self.scope.describe()

    @property
    def passes(self) -> Mask:
        """Which actors pass on what they get: as plain relations all, else by their class."""
        classes = self.data.schema.classes.values()
        through = np.array([each.passes or self.view == "relations" for each in classes], np.bool_)
        return np.asarray(through[self.data.type[self.things]], np.bool_)

    def position(self, name: str) -> int:
        """Return the position of an actor in ``ids``, by id, label or alias.

        Raises `UnknownNameError`, `AmbiguousNameError`, and `ParameterError` for a thing that has
        no edge in the network.
        """
        number = self.data.number(resolve(self.data, name))
        place = int(np.searchsorted(self.things, number))
        if place == len(self.things) or self.things[place] != number:
            raise ParameterError(f"{name!r} has no edge in this network: {self!r}")
        return place

    def edge_statements(self, begin: str, end: str) -> tuple[str, ...]:
        """Return the ids of the statements that the edge between two actors rests on.

        >>> from diaspora_graph import load_dataset, network_of
        >>> network_of(load_dataset()).edge_statements("aaa", "us-congress")
        ('st-aaa-lobbies-us-congress',...)
        """
        at, to = self.position(begin), self.position(end)
        edge = np.flatnonzero((self.begin == at) & (self.end == to))
        owner, rows = self._resting
        return self._named(rows[np.isin(owner, edge)])

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The ids of all statements that the network rests on, sorted."""
        return self._named(np.unique(self._resting[1]))

    def actor_statements(self, things: Sequence[int] | None = None) -> list[tuple[str, ...]]:
        """Return for each actor, or each of some positions, the ids of its edges' statements."""
        owner, rows = self._resting
        actor = np.concatenate([self.begin[owner], self.end[owner]]).astype(np.int64)
        width = max(len(self.statement), 1)
        key = actor * width + np.concatenate([rows, rows])
        if things is not None:
            key = key[np.isin(actor, things)]
        key = np.unique(key)
        asked = np.arange(len(self)) if things is None else np.asarray(things, np.int64)
        ids = self._named(key % width)
        first = np.searchsorted(key // width, asked)
        last = np.searchsorted(key // width, asked, side="right")
        return [ids[a:b] for a, b in zip(first.tolist(), last.tolist(), strict=True)]

    @cached_property
    def _resting(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Pairs of an edge and the row of a statement that it rests on, each once, in order."""
        relations = self.data.relations
        edge = np.repeat(np.arange(len(self.begin)), np.diff(self.starts))
        first = relations.starts[self.relation]
        counts = relations.starts[self.relation + 1] - first
        rows = relations.statements[ranges(first, counts)].astype(np.int64)
        owner = np.repeat(edge, counts)
        kept = self.statement[rows]
        width = max(len(self.statement), 1)
        key = np.unique(owner[kept] * width + rows[kept])
        return key // width, key % width

    def _named(self, rows: npt.NDArray[np.int64]) -> tuple[str, ...]:
        return tuple(self.data.tables["statement"]["id"].at(rows))

    def only(self, kept: Mask) -> Network:
        """Return the network among some actors; those of them without an edge are left out."""
        edges = kept[self.begin] & kept[self.end]
        per_edge = np.repeat(edges, np.diff(self.starts))
        return _network(
            self.data, self.scope, self.view, self.statement,
            np.repeat(self.things[self.begin], np.diff(self.starts))[per_edge],
            np.repeat(self.things[self.end], np.diff(self.starts))[per_edge],
            self.relation[per_edge],
        )  # fmt: skip

    def to_pandas(self) -> pd.DataFrame:
        """Return one row for each edge: from, to, the ids of its statements, separated by ``|``."""
        import pandas as pd

        owner, rows = self._resting
        ids, cuts = self._named(rows), np.searchsorted(owner, np.arange(len(self.begin) + 1))
        names = self.ids
        return pd.DataFrame(
            {
                "from": [names[at] for at in self.begin.tolist()],
                "to": [names[at] for at in self.end.tolist()],
                "statements": ["|".join(ids[a:b]) for a, b in pairwise(cuts.tolist())],
            }
        )

    def to_matrix(self, ids: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the adjacency matrix, 1 for an edge, rows and columns by id.

        With ``ids`` it has these rows and columns: actors without an edge here are rows of zeros.
        """
        import pandas as pd

        names = list(self.ids if ids is None else ids)
        place = {id: position for position, id in enumerate(names)}
        own = np.array([place.get(id, -1) for id in self.ids], np.int64)
        begin, end = own[self.begin], own[self.end]
        inside = (begin >= 0) & (end >= 0)
        matrix = np.zeros((len(names), len(names)))
        matrix[begin[inside], end[inside]] = 1
        return pd.DataFrame(matrix, index=names, columns=names)

    def to_networkx(self) -> nx.DiGraph[int]:
        """Return the edges as a networkx ``DiGraph`` over positions in ``ids``."""
        import networkx as nx

        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_nodes_from(range(len(self)))
        graph.add_edges_from(zip(self.begin.tolist(), self.end.tolist(), strict=True))
        return graph

    def needs(self, actors: int, what: str) -> Network:
        """Return the network if it has edges and so many actors. Raises `ParameterError`."""
        if not len(self.begin):
            within = f" within the filters ({self.filters})" if self.filters else ""
            raise ParameterError(
                f"the network has no edges: no statement{within} joins two different actors as "
                f"{self.view}; lift a filter, or name other classes"
            )
        if len(self) < actors:
            raise ParameterError(f"{what} needs at least {actors} actors; there are {len(self)}")
        return self


def network_of(
    data: Dataset,
    *,
    scope: Scope = EVERYTHING,
    view: View = "relations",
    classes: Iterable[str] = ACTORS,
) -> Network:
    """Return the directed network of the actors that statements within a scope join.

    ``view`` is ``relations`` (every relation, from subject to object) or ``influence`` (only
    relations along which influence flows, in its direction). ``classes`` are names of the ontology:
    both ends of an edge belong to one of these or to a class below it. Denials are never edges.
    Raises `ParameterError` for a filter of whole paths, `UnknownNameError` for an unknown name.

    >>> from diaspora_graph import load_dataset
    >>> network_of(load_dataset(), scope=Scope(relations="reliesOn"), view="influence")
    Network(... actors, ... edges, influence, only reliesOn)
    """
    return network_from(data, passing(data, scope.of_claims("a measure")), scope, view, classes)


def network_from(
    data: Dataset, statement: Mask, scope: Scope, view: View, classes: Iterable[str] = ACTORS
) -> Network:
    """Return the network of the statements that a mask marks; see `network_of`."""
    if view not in VIEWS:
        raise UnknownNameError("view of a network", view, VIEWS)
    kept = data.relations.any(statement)
    begin, end, relation = _arcs(data, view)
    member = of_class(data, classes)
    inside = kept[relation] & member[begin] & member[end] & (begin != end)
    return _network(data, scope, view, statement, begin[inside], end[inside], relation[inside])


def of_class(data: Dataset, classes: Iterable[str]) -> Mask:
    """Return which things belong to one of these classes or to a class below one of them."""
    schema = data.schema
    names = [classes] if isinstance(classes, str) else list(classes)
    roots = [resolve_term(schema, "class", name) for name in names]
    by_type = np.array([schema.descends(name, roots) for name in schema.types], np.bool_)
    return np.asarray(by_type[data.type], np.bool_)


def _arcs(data: Dataset, view: View) -> tuple[Codes, Codes, Codes]:
    """Return begin, end and relation of every edge that a view can have."""
    if view == "influence":
        arcs = influence_graph(data)
        kept = (arcs.way & ~AGAINST) != UP
        return arcs.begin[kept], arcs.end[kept], arcs.relation[kept]
    relations = data.relations
    symmetric = np.array([each.symmetric for each in data.schema.predicates.values()], np.bool_)
    turned = np.flatnonzero(symmetric[relations.predicate]).astype(np.int32)
    every = np.arange(len(relations), dtype=np.int32)
    return (
        np.concatenate([relations.subject, relations.object[turned]]),
        np.concatenate([relations.object, relations.subject[turned]]),
        np.concatenate([every, turned]),
    )


def _network(
    data: Dataset, scope: Scope, view: View, statement: Mask, begin: Codes, end: Codes,
    relation: Codes,
) -> Network:  # fmt: skip
    """Return a network from arcs between things, several of them for one edge."""
    used = np.zeros(len(data.ids), np.bool_)
    used[begin] = used[end] = True
    things = np.flatnonzero(used).astype(np.int32)
    place = np.cumsum(used) - 1
    key = place[begin] * max(len(things), 1) + place[end]
    order = np.argsort(key, kind="stable")
    key = key[order]
    new = np.ones(len(key), np.bool_)
    new[1:] = key[1:] != key[:-1]
    first = np.flatnonzero(new)
    edges = key[first]
    return Network(
        data, scope, view, things,
        (edges // max(len(things), 1)).astype(np.int32),
        (edges % max(len(things), 1)).astype(np.int32),
        relation[order], np.append(first, len(key)).astype(np.int32), statement,
    )  # fmt: skip

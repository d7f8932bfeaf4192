"""The steps that influence can take, indexed once for a dataset, without filters.

Every relation along which influence flows gives an arc in the direction of flow, two where it
flows both ways; ``partOf`` gives an inclusion down to the part and one up to the whole. The search
decides which arc may follow which.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.columns import Codes
from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.filters.rules import Rules
from diaspora_graph.ontology.schema import BACKWARD, FORWARD, SCOPE

HOP, DOWN, UP = 0, 1, 2
"""Kinds of arc: an influence hop, whole → part, part → whole."""

AGAINST = 4
"""Added to the kind of an arc that runs from the object of its relation to the subject."""


@dataclass(frozen=True, eq=False)
class Into:
    """Arcs in the order of their ends, with the values that a search needs first."""

    arc: Codes
    begin: Codes
    relation: Codes
    predicate: npt.NDArray[np.int16]
    way: npt.NDArray[np.int8]


@dataclass(frozen=True, eq=False)
class InfluenceGraph:
    """Arcs in the order of their begin, end and relation; a position here is the id of an arc.

    Arcs out of thing t are ``starts[t]:starts[t + 1]``. ``way`` is the kind of each arc, with
    `AGAINST` where influence runs against the relation. ``into`` is the same table in the order of
    the ends, with ``ends`` as its offsets: a search that goes backwards reads it in order.
    """

    begin: Codes
    end: Codes
    relation: Codes
    predicate: npt.NDArray[np.int16]
    way: npt.NDArray[np.int8]
    starts: Codes
    into: Into
    ends: Codes

    def along(self, arc: int) -> bool:
        """Return whether influence runs from the subject of the relation to its object."""
        return not self.way[arc] & AGAINST

    def kind(self, arc: int) -> int:
        """Return whether an arc is a hop or an inclusion, down or up."""
        return int(self.way[arc]) & ~AGAINST


def graph_under(data: Dataset, rules: Rules) -> InfluenceGraph:
    """Return the arcs that a search under these rules may take."""
    if rules.directed:
        return influence_graph(data) if rules.influence_only else full_graph(data)
    return both_directions(data, influence_only=rules.influence_only)


@once
def influence_graph(data: Dataset) -> InfluenceGraph:
    """Return the arcs of all relations that carry influence or scope."""
    relations = data.relations
    flow = np.array([each.flow for each in data.schema.predicates.values()], np.int8)
    flows = flow[relations.predicate]
    parts = [
        _part(data, np.flatnonzero(flows & FORWARD), HOP),
        _part(data, np.flatnonzero(flows & BACKWARD), HOP | AGAINST),
        _part(data, np.flatnonzero(flows & SCOPE), DOWN | AGAINST),
        _part(data, np.flatnonzero(flows & SCOPE), UP),
    ]
    return _indexed(data, parts)


@once
def full_graph(data: Dataset) -> InfluenceGraph:
    """Return an arc for every relation of any kind, in the direction of the relation."""
    return _indexed(data, [_part(data, np.arange(len(data.relations)), HOP)])


@once
def both_directions(data: Dataset, *, influence_only: bool) -> InfluenceGraph:
    """Return the arcs of influence, or of all relations, with each hop in both directions."""
    arcs = influence_graph(data) if influence_only else full_graph(data)
    hops = (arcs.way & ~AGAINST) == HOP
    turned = arcs.end[hops], arcs.begin[hops], arcs.relation[hops], arcs.way[hops] ^ AGAINST
    return _indexed(data, [(arcs.begin, arcs.end, arcs.relation, arcs.way), turned])


_Part = tuple[Codes, Codes, Codes, npt.NDArray[np.int8]]


def _part(data: Dataset, rows: npt.NDArray[np.int64], way: int) -> _Part:
    relations = data.relations
    begin, end = relations.subject[rows], relations.object[rows]
    if way & AGAINST:
        begin, end = end, begin
    return begin, end, rows.astype(np.int32), np.full(len(rows), way, np.int8)


def _indexed(data: Dataset, parts: list[_Part]) -> InfluenceGraph:
    things = len(data.ids)
    begin, end, relation, way = (np.concatenate(each) for each in zip(*parts, strict=True))
    ends = begin.astype(np.int64) * things + end  # two numbers for each arc sort faster than five
    order = np.lexsort((relation.astype(np.int64) * (2 * AGAINST) + (way ^ AGAINST), ends))
    begin, end, relation, way = begin[order], end[order], relation[order], way[order]
    predicate = data.relations.predicate[relation].astype(np.int16)
    arc = np.argsort(end, kind="stable").astype(np.int32)
    into = Into(arc, begin[arc], relation[arc], predicate[arc], way[arc])
    starts, back = _offsets(begin, things), _offsets(end, things)
    return InfluenceGraph(begin, end, relation, predicate, way, starts, into, back)


def _offsets(things: Codes, count: int) -> Codes:
    offsets = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(things, minlength=count), out=offsets[1:])
    return offsets


@once
def neighbours(data: Dataset) -> Codes:
    """Return for each thing how many others it has a hop of influence to or from, unfiltered."""
    arcs = influence_graph(data)
    hops = (arcs.way & ~AGAINST) == HOP
    one, other = arcs.begin[hops].astype(np.int64), arcs.end[hops].astype(np.int64)
    things = len(data.ids)
    pairs = np.unique(np.concatenate([one * things + other, other * things + one]))
    return np.bincount(pairs // max(things, 1), minlength=things).astype(np.int32)

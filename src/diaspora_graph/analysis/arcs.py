"""The steps that influence can take, indexed once for a dataset; filters stay outside.

Every relation along which influence flows gives an arc in the direction of flow, two where it
flows both ways; ``partOf`` gives an inclusion down to the part and one up to the whole. What may
follow what is the search's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset import Dataset
from diaspora_graph.schema import BACKWARD, FORWARD, SCOPE
from diaspora_graph.tables import Codes, Mask

HOP, DOWN, UP = 0, 1, 2
"""Kinds of arc: an influence hop, whole → part, part → whole."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Arcs in the order of their begin, end and relation.

    Arcs out of thing t are ``starts[t]:starts[t + 1]``. ``into`` lists arcs by their end, with
    ``ends`` as its offsets. ``along`` is false where influence runs against the relation.
    """

    begin: Codes
    end: Codes
    relation: Codes
    along: Mask
    kind: npt.NDArray[np.int8]
    starts: npt.NDArray[np.int64]
    into: Codes
    ends: npt.NDArray[np.int64]

    def out_of(self, thing: int) -> range:
        """Return the arcs that begin at a thing."""
        return range(int(self.starts[thing]), int(self.starts[thing + 1]))

    def into_(self, thing: int) -> list[int]:
        """Return the arcs that end at a thing."""
        found: list[int] = self.into[self.ends[thing] : self.ends[thing + 1]].tolist()
        return found


@lru_cache(maxsize=4)
def influence_arcs(data: Dataset) -> Arcs:
    """Return the arcs of all relations that carry influence or scope."""
    relations = data.relations
    flow = np.array([each.flow for each in data.schema.predicates.values()], np.int8)
    flows = flow[relations.predicate]
    parts = [
        _part(data, np.flatnonzero(flows & FORWARD), along=True, kind=HOP),
        _part(data, np.flatnonzero(flows & BACKWARD), along=False, kind=HOP),
        _part(data, np.flatnonzero(flows & SCOPE), along=False, kind=DOWN),
        _part(data, np.flatnonzero(flows & SCOPE), along=True, kind=UP),
    ]
    return _indexed(parts, len(data.ids))


@lru_cache(maxsize=2)
def all_arcs(data: Dataset) -> Arcs:
    """Return an arc for every relation of any kind, in the direction of the relation."""
    return _indexed(
        [_part(data, np.arange(len(data.relations)), along=True, kind=HOP)], len(data.ids)
    )


@lru_cache(maxsize=4)
def both_ways(data: Dataset, arcs: Arcs) -> Arcs:
    """Return the same arcs, and each hop turned round as well."""
    hops = arcs.kind == HOP
    turned = (
        arcs.end[hops],
        arcs.begin[hops],
        arcs.relation[hops],
        ~arcs.along[hops],
        arcs.kind[hops],
    )
    own = (arcs.begin, arcs.end, arcs.relation, arcs.along, arcs.kind)
    return _indexed([own, turned], len(data.ids))


_Part = tuple[Codes, Codes, Codes, Mask, npt.NDArray[np.int8]]


def _part(data: Dataset, rows: npt.NDArray[np.int64], *, along: bool, kind: int) -> _Part:
    relations = data.relations
    begin, end = relations.subject[rows], relations.object[rows]
    if not along:
        begin, end = end, begin
    size = len(rows)
    return begin, end, rows.astype(np.int32), np.full(size, along), np.full(size, kind, np.int8)


def _indexed(parts: list[_Part], things: int) -> Arcs:
    begin, end, relation, along, kind = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.lexsort((kind, along, relation, end, begin))
    begin, end, relation = begin[order], end[order], relation[order]
    into = np.argsort(end, kind="stable").astype(np.int32)
    offsets = np.arange(things + 1)
    return Arcs(
        begin, end, relation, along[order], kind[order],
        np.searchsorted(begin, offsets), into, np.searchsorted(end[into], offsets),
    )  # fmt: skip

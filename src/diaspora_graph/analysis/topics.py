"""What a relation is about: the topics that a gate asks two hops to share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from diaspora_graph.dataset import Dataset
from diaspora_graph.model import SEPARATOR
from diaspora_graph.tables import Mask


class Topics:
    """The topics of relations, worked out when they are asked for.

    They are the union, over the statements that pass, of ``about``, of the object where its class
    is a topic (issues, policies), and of what that object concerns.
    """

    def __init__(self, data: Dataset, passing: Mask) -> None:
        self.data = data
        self.passing = passing
        self._known: dict[int, frozenset[int]] = {}

    def of(self, relation: int) -> frozenset[int]:
        """Return the topics of a relation, as numbers of things."""
        if relation not in self._known:
            self._known[relation] = frozenset(self._of(relation))
        return self._known[relation]

    def _of(self, relation: int) -> set[int]:
        data = self.data
        rows = [int(row) for row in data.relations.rows(relation) if self.passing[row]]
        about = data.tables["statement"]["about"]
        found = {self._number[id] for row in rows for id in about[row].split(SEPARATOR) if id}
        object_ = int(data.relations.object[relation])
        if rows and self._is_topic[data.type[object_]]:
            found |= {object_, *self._concerns.get(object_, ())}
        return found

    @cached_property
    def _number(self) -> Mapping[str, int]:
        return {id: number for number, id in enumerate(self.data.id_list)}

    @cached_property
    def _is_topic(self) -> Mask:
        return np.array([term.topic for term in self.data.schema.classes.values()])

    @cached_property
    def _concerns(self) -> Mapping[int, frozenset[int]]:
        """What each thing concerns, by the relations that the ontology calls sources of topics."""
        data = self.data
        sources = np.array([term.topic_source for term in data.schema.predicates.values()])
        found: dict[int, set[int]] = {}
        for row in np.flatnonzero(sources[data.predicate] & self.passing):
            found.setdefault(int(data.subject[row]), set()).add(int(data.object[row]))
        return {thing: frozenset(topics) for thing, topics in found.items()}

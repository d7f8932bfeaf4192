"""Influence paths: how one actor can reach another, hop by hop, under the rules of the ontology.

A path is simple over things. Its hops run along influence; an inclusion (whole → part, or as the
last step part → whole) is free and never follows another. A thing whose class does not pass
influence on may only begin or end a path. Through a thing whose class gates, the hop in and the
hop out share a topic, unless the relation of one of them is exempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.analysis.arcs import HOP, UP, Arcs, all_arcs, both_ways, influence_arcs
from diaspora_graph.analysis.scope import EVERYTHING, Scope, passing
from diaspora_graph.analysis.topics import Topics
from diaspora_graph.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.tables import Mask

MOST_HOPS = 12
FAR = 1 << 20


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of influence; each may be lifted by the curious, and the output says so."""

    topic_gate: bool = True
    end_only: bool = True
    influence_only: bool = True
    directed: bool = True

    def lifted(self) -> tuple[str, ...]:
        """Return the rules that are lifted, in words."""
        words = {
            "topic_gate": "any topic",
            "end_only": "through states, places and issues",
            "influence_only": "any relation",
            "directed": "against the flow of influence too",
        }
        return tuple(text for name, text in words.items() if not getattr(self, name))


RULES = Rules()
"""The rules of influence, none lifted."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a hop, or an inclusion, over one relation.

    ``relation`` is its position in ``data.relations``; ``along`` is false where the step runs from
    the object to the subject.
    """

    begin: int
    end: int
    relation: int
    along: bool
    inclusion: bool


@dataclass(frozen=True, slots=True)
class InfluencePath:
    """Steps from one thing to another; things are numbers, positions in ``data.ids``."""

    steps: tuple[Step, ...]

    @property
    def hops(self) -> int:
        """The number of influence hops; inclusions do not count."""
        return sum(not step.inclusion for step in self.steps)

    @property
    def things(self) -> tuple[int, ...]:
        """The things on the path, from start to goal."""
        return (self.steps[0].begin, *(step.end for step in self.steps))


def influence_paths(
    data: Dataset,
    start: str,
    goal: str,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
) -> Iterator[InfluencePath]:
    """Yield the relation paths from one thing to another, fewest hops first, then by ids.

    ``start`` and ``goal`` are ids, ``hops`` the most influence hops (1 to 12). Paths are found one
    by one; nothing is built whole first. Raises `UnknownNameError` and `ParameterError`.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> path = next(influence_paths(data, "armenian-diaspora", "us-policy-toward-armenia"))
    >>> [data.id_list[thing] for thing in path.things][-1]
    'us-policy-toward-armenia'
    """
    if start == goal:
        raise ParameterError(f"{start!r} is both start and goal; a path joins two things")
    if not 1 <= hops <= MOST_HOPS:
        raise ParameterError(f"{hops} hops: expected 1 to {MOST_HOPS}")
    search = Search(data, passing(data, scope), rules)
    return search.paths(search.number(start), search.number(goal), hops)


class Search:
    """A search over the statements that pass a scope, under rules."""

    def __init__(self, data: Dataset, statements: Mask, rules: Rules = RULES) -> None:
        self.data = data
        self.rules = rules
        arcs = influence_arcs(data) if rules.influence_only else all_arcs(data)
        self.arcs: Arcs = arcs if rules.directed else both_ways(data, arcs)
        self.open = data.relations.any(statements)[self.arcs.relation]
        self.topics = Topics(data, statements)
        classes = list(data.schema.classes.values())
        lifted = not (rules.end_only and rules.influence_only)
        self.passes: Mask = np.array([each.passes or lifted for each in classes])[data.type]
        gating = np.array([each.gates and rules.topic_gate for each in classes])
        self.gates: Mask = gating[data.type]
        exempt = np.array([each.exempt for each in data.schema.predicates.values()])
        self.exempt: Mask = exempt[data.relations.predicate]

    def number(self, id: str) -> int:
        """Return the number of a thing. Raises `UnknownNameError`."""
        self.data.kind_of(id)
        return self.data.id_list.index(id)

    def paths(self, start: int, goal: int, hops: int) -> Iterator[InfluencePath]:
        """Yield the paths with fewest hops first, equal ones by the things they pass."""
        distance = self.distances(goal, hops)
        for exactly in range(1, hops + 1):
            for steps in self._extend(start, goal, exactly, distance):
                yield InfluencePath(steps)

    def distances(self, goal: int, hops: int) -> npt.NDArray[np.int32]:
        """Return for each thing the fewest hops to the goal, ignoring gates; `FAR` if more.

        An inclusion costs nothing, so this is a true lower bound for the search.
        """
        distance = np.full(len(self.data.ids), FAR, np.int32)
        distance[goal] = 0
        level = [goal]
        for far in range(hops + 1):
            queue = level
            following: list[int] = []
            for thing in queue:  # grows while it is walked: inclusions stay on the same level
                if thing != goal and not self.passes[thing]:
                    continue
                for arc in self.arcs.into_(thing):
                    begin = int(self.arcs.begin[arc])
                    cost = far + (self.arcs.kind[arc] == HOP)
                    if self.open[arc] and cost < distance[begin] and cost <= hops:
                        distance[begin] = cost
                        (queue if cost == far else following).append(begin)
            level = following
        return distance

    def _extend(
        self, start: int, goal: int, hops: int, distance: npt.NDArray[np.int32]
    ) -> Iterator[tuple[Step, ...]]:
        """Depth first over paths of exactly so many hops, with a stack of our own."""
        steps: list[Step] = []
        on_path = {start}
        left = hops
        stack = [iter(self._onward(start, None, left, distance, goal))]
        while stack:
            step = next(stack[-1], None)
            if step is None:
                stack.pop()
                if steps:
                    last = steps.pop()
                    on_path.discard(last.end)
                    left += not last.inclusion
                continue
            if step.end in on_path:
                continue
            cost = not step.inclusion
            if step.end == goal:
                if left == cost:
                    yield (*steps, step)
                continue
            steps.append(step)
            on_path.add(step.end)
            left -= cost
            stack.append(iter(self._onward(step.end, step, left, distance, goal)))

    def _onward(
        self, thing: int, before: Step | None, left: int, distance: npt.NDArray[np.int32], goal: int
    ) -> list[Step]:
        """Return the steps that may follow, in the order of their ends and relations."""
        if before is not None and not self.passes[thing]:
            return []
        arcs = self.arcs
        found = []
        for arc in arcs.out_of(thing):
            kind, end = int(arcs.kind[arc]), int(arcs.end[arc])
            if not self.open[arc] or distance[end] > left - (kind == HOP):
                continue
            if kind == UP and end != goal:
                continue
            step = Step(thing, end, int(arcs.relation[arc]), bool(arcs.along[arc]), kind != HOP)
            if before is None or self._may_follow(before, step):
                found.append(step)
        return found

    def _may_follow(self, before: Step, after: Step) -> bool:
        if before.inclusion and after.inclusion:
            return False
        return not self.gates[after.begin] or self._gate_opens(before, after)

    def _gate_opens(self, before: Step, after: Step) -> bool:
        if self.exempt[before.relation] or self.exempt[after.relation]:
            return True
        return not self.topics.of(before.relation).isdisjoint(self.topics.of(after.relation))

"""A path as the search finds it: positions of arcs; `Search.value` turns them into ids."""

from __future__ import annotations

from typing import NamedTuple

from diaspora_graph.paths.influence_graph import HOP, InfluenceGraph


class ArcStep(NamedTuple):
    """One step: a hop, or an inclusion, over one relation.

    ``relation`` is its position in ``data.relations``; ``along`` is false where the step runs from
    the object to the subject.
    """

    begin: int
    end: int
    relation: int
    along: bool
    inclusion: bool


class ArcPath(NamedTuple):
    """Arcs from one thing to another, as positions in ``graph``, and what they cost.

    Things are numbers, positions in ``data.ids``.
    """

    graph: InfluenceGraph
    arcs: tuple[int, ...]
    cost: int = 0

    def step(self, arc: int) -> ArcStep:
        """Return an arc of the graph as a step."""
        graph = self.graph
        return ArcStep(
            int(graph.begin[arc]), int(graph.end[arc]), int(graph.relation[arc]),
            graph.along(arc), graph.kind(arc) != HOP,
        )  # fmt: skip

    @property
    def steps(self) -> tuple[ArcStep, ...]:
        """The steps of the path, from start to goal."""
        return tuple(map(self.step, self.arcs))

    @property
    def hops(self) -> int:
        """The number of influence hops; inclusions do not count."""
        return sum(self.graph.kind(arc) == HOP for arc in self.arcs)

    @property
    def things(self) -> tuple[int, ...]:
        """The things on the path, from start to goal."""
        graph = self.graph
        return (int(graph.begin[self.arcs[0]]), *(int(graph.end[arc]) for arc in self.arcs))

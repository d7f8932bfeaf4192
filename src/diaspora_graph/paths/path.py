"""A path as a value: its steps, its things, what it costs."""

from __future__ import annotations

from typing import NamedTuple

from diaspora_graph.paths.influence_graph import HOP, InfluenceGraph


class Step(NamedTuple):
    """One step of a path: a hop, or an inclusion, over one relation.

    ``relation`` is its position in ``data.relations``; ``along`` is false where the step runs from
    the object to the subject.
    """

    begin: int
    end: int
    relation: int
    along: bool
    inclusion: bool


class InfluencePath(NamedTuple):
    """Steps from one thing to another, and what the path costs under the ranking asked for.

    ``arcs`` are positions in ``table``. Things are numbers, positions in ``data.ids``.
    """

    table: InfluenceGraph
    arcs: tuple[int, ...]
    cost: int = 0

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the path, from start to goal."""
        table = self.table
        return tuple(
            Step(
                int(table.begin[arc]), int(table.end[arc]), int(table.relation[arc]),
                table.along(arc), table.kind(arc) != HOP,
            )
            for arc in self.arcs
        )  # fmt: skip

    @property
    def hops(self) -> int:
        """The number of influence hops; inclusions do not count."""
        return sum(self.table.kind(arc) == HOP for arc in self.arcs)

    @property
    def things(self) -> tuple[int, ...]:
        """The things on the path, from start to goal."""
        table = self.table
        return (int(table.begin[self.arcs[0]]), *(int(table.end[arc]) for arc in self.arcs))

"""What lies within what, at any depth: chains of one relation, with the statements behind them."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.questions.claims import naming, rows

Pairs = dict[int, set[int]]


class Inclusion:
    """What is within what by one relation, at any depth, by affirmed statements."""

    def __init__(self, data: Dataset, affirmed: Mask, predicate: str) -> None:
        self.links = list(rows(affirmed & naming(data, "statement", "predicate", predicate)))
        self.data = data
        self.up: Pairs = {}
        self.down: Pairs = {}
        for row in self.links:
            low, high = int(data.subject[row]), int(data.object[row])
            self.up.setdefault(low, set()).add(high)
            self.down.setdefault(high, set()).add(low)

    def reached(self, start: int) -> Iterator[tuple[int, str, list[int]]]:
        """Yield a thing itself, its parts and its wholes, each with the statements in between."""
        yield start, "itself", []
        parts = self.within(start)
        for part in sorted(parts - {start}):
            yield part, "part", self.between(part, start)
        for whole in sorted(self.around(start) - parts - {start}):
            yield whole, "whole", self.between(start, whole)

    def within(self, start: int) -> set[int]:
        """Return a thing and all that lies within it."""
        return _closure(self.down, start)

    def around(self, start: int) -> set[int]:
        """Return a thing and all that it lies within."""
        return _closure(self.up, start)

    def between(self, low: int, high: int) -> list[int]:
        """Return the statements on any chain from a part up to a whole."""
        if low == high:
            return []
        above, below = self.around(low), self.within(high)
        return [
            row
            for row in self.links
            if int(self.data.subject[row]) in above and int(self.data.object[row]) in below
        ]


def _closure(steps: Pairs, start: int) -> set[int]:
    found, ahead = {start}, [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - found
        found |= new
        ahead += sorted(new)
    return found

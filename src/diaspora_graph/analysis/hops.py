"""What each step of a path rests on: its statements, how many say it, what is said against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from diaspora_graph.analysis.search import Search
from diaspora_graph.analysis.sieve import sieve_of
from diaspora_graph.analysis.steps import InfluencePath, Step
from diaspora_graph.tables import Codes


@dataclass(frozen=True, slots=True)
class Support:
    """What a step rests on within the scope of a search; ids of statements and sources.

    ``origins`` are the independent sources: those that the claim comes from, each once. ``best``
    and ``worst`` are words of confidence. ``disputed`` are supporting statements under dispute,
    ``against`` statements that deny the same.
    """

    statements: tuple[str, ...]
    origins: tuple[str, ...]
    best: str
    worst: str
    disputed: tuple[str, ...]
    against: tuple[str, ...]


class Supports:
    """The support of the steps of a search."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.data = search.data

    def of(self, step: Step) -> Support:
        """Return what a step rests on."""
        rows = self.search.passing(step.relation)
        words = self.data.schema.words("confidence")
        codes = self.data.words("statement", "confidence")[rows]
        disputed = [row for row in rows if self._is_disputed(int(row))]
        denials = self._denials.passing(step.relation)
        return Support(
            self._ids(rows), self._origins(rows), words[codes.max()], words[codes.min()],
            self._ids(disputed), self._ids(denials),
        )  # fmt: skip

    def weakest(self, path: InfluencePath) -> Step:
        """Return the hop with the lowest best confidence, then fewest independent sources."""
        words = self.data.schema.words("confidence")
        hops = [step for step in path.steps if not step.inclusion]

        def strength(step: Step) -> tuple[int, int]:
            found = self.of(step)
            return words.index(found.best), len(found.origins)

        return min(hops, key=strength)

    @cached_property
    def _denials(self) -> Search:
        search = self.search
        return Search(
            self.data, sieve=sieve_of(self.data, search.scope, search.rules, denials=True)
        )

    def _ids(self, rows: Iterable[int]) -> tuple[str, ...]:
        ids = self.data.tables["statement"]["id"]
        return tuple(ids[int(row)] for row in rows)

    def _origins(self, rows: Codes) -> tuple[str, ...]:
        table = self.data.tables["statement"]
        cited = (table["cited"][int(row)].partition("|")[0] for row in rows)
        said = (table["source"][int(row)] for row in rows)
        return tuple(sorted({each or source for each, source in zip(cited, said, strict=True)}))

    def _is_disputed(self, row: int) -> bool:
        schema, table = self.data.schema, self.data.tables["statement"]
        return table["status"][row] not in {"", schema.default("status")}

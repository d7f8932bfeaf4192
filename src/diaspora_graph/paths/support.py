"""What each step of a path rests on: its statements, how many say it, what is said against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from diaspora_graph.filters.masks import Masks, codebook, masks_of
from diaspora_graph.paths.path import InfluencePath, Step
from diaspora_graph.paths.search import Search


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
        book, words = codebook(self.data), self.data.schema.words("confidence")
        places = self.search.masks.places(self.data, step.relation)
        denials = self._denials.places(self.data, step.relation)
        grade, voice, _ = book.codes[places].T
        confidence = book.confidence[grade]
        origins = {book.names[code] for code in book.origin[voice].tolist()}
        rows = self.data.relations.statements[places].tolist()
        return Support(
            self._ids(rows), tuple(sorted(origins)),
            words[confidence.max()], words[confidence.min()],
            self._ids(row for row in rows if self._is_disputed(row)),
            self._ids(self.data.relations.statements[denials].tolist()),
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
    def _denials(self) -> Masks:
        return masks_of(self.data, self.search.scope, self.search.rules, denials=True)

    def _ids(self, rows: Iterable[int]) -> tuple[str, ...]:
        ids = self.data.tables["statement"]["id"]
        return tuple(ids[row] for row in rows)

    def _is_disputed(self, row: int) -> bool:
        schema, table = self.data.schema, self.data.tables["statement"]
        return table["status"][row] not in {"", schema.default("status")}

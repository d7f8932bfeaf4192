"""The filters of every search, in one value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from diaspora_graph.dates import DateError, window
from diaspora_graph.errors import ParameterError

Names = frozenset[str]
_NONE: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which statements a search may rest on, and which things it may pass.

    ``as_of`` is a day, a month, a year or a span such as ``2008/2010``; statements that certainly
    do not hold in it are left out, those of which nobody can say only with ``certain_time``.
    ``min_confidence`` and ``min_certainty`` are the lowest words to keep; a statement of which no
    certainty is recorded is kept. ``statuses`` are words of ``status``, ``source_classes`` of
    ``source_class``. ``sources`` keeps what only these sources say; ``without_sources`` leaves out
    what one of these says or is credited with. ``families`` and ``relations`` are names of the
    ontology, ``through`` and ``avoiding`` classes of the things between start and goal. An empty
    set filters nothing.

    ``coherent`` and ``sequential`` are about whole paths: ``unknown`` keeps those of which it may
    be so, ``yes`` those of which the sources are certain (see `Coherence`).
    """

    as_of: str = ""
    certain_time: bool = False
    min_confidence: str = ""
    min_certainty: str = ""
    statuses: Names = frozenset({"accepted", "disputed"})
    source_classes: Names = _NONE
    sources: Names = _NONE
    without_sources: Names = _NONE
    families: Names = _NONE
    relations: Names = _NONE
    through: Names = _NONE
    avoiding: Names = _NONE
    coherent: str = ""
    sequential: str = ""

    def filters(self) -> tuple[str, ...]:
        """Return the names of the filters that are set."""
        plain = Scope()
        return tuple(
            each.name
            for each in fields(self)
            if getattr(self, each.name) != getattr(plain, each.name)
        )

    def without(self, name: str) -> Scope:
        """Return the same scope with one filter lifted.

        >>> Scope(as_of="2008").without("as_of") == Scope()
        True
        """
        return replace(self, **{name: getattr(Scope(), name)})

    def describe(self) -> str:
        """Return the filters in words, for a heading.

        >>> Scope(as_of="2008", min_confidence="medium").describe()
        'as of 2008, confidence medium or better'
        """
        parts = []
        if self.as_of:
            parts.append(f"{'certainly ' if self.certain_time else ''}as of {self.as_of}")
        if self.min_confidence:
            parts.append(f"confidence {self.min_confidence} or better")
        if self.min_certainty:
            parts.append(f"certainty {self.min_certainty} or better")
        if self.statuses != Scope().statuses:
            parts.append(f"status {_listed(self.statuses)}")
        for words, names in (
            ("sources that are", self.source_classes),
            ("only by", self.sources),
            ("without", self.without_sources),
            ("relations of", self.families),
            ("only", self.relations),
            ("through", self.through),
            ("not through", self.avoiding),
        ):
            parts += [f"{words} {_listed(names)}"] if names else []
        for word, least in (("coherent", self.coherent), ("sequential", self.sequential)):
            parts += [f"{'certainly' if least == 'yes' else 'possibly'} {word}"] if least else []
        return ", ".join(parts)


EVERYTHING = Scope()
"""No filter but the default: what is accepted or disputed."""


def _listed(names: Names) -> str:
    return ", ".join(sorted(names))


def as_window(text: str) -> tuple[int, int]:
    """Return the days of a window that a user names. Raises `ParameterError`."""
    try:
        return window(text)
    except DateError as error:
        raise ParameterError(f"{text!r} is no time: expected {error}") from error

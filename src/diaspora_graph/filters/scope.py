"""The filters of every search, in one value."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from diaspora_graph.dates import DateError, window
from diaspora_graph.errors import ParameterError
from diaspora_graph.wording.words import say

Names = frozenset[str]
_NONE: Names = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """The statements that a search may use, and the things that its paths may pass.

    ``as_of`` is a day, a month, a year or a span such as ``2008/2010``; claims that certainly do
    not hold in it are left out, and with ``certain_time`` also those that may not hold.
    ``min_confidence`` and ``min_certainty`` are the lowest words to keep; a claim of which no
    certainty is recorded is kept. ``statuses`` are words of ``status``; without them the words that
    count (`dg:counts` in the ontology). ``source_classes`` are words of ``source_class``.
    ``sources`` keeps only claims of these sources; ``without_sources`` leaves out the claims that
    one of these makes or is credited with. ``families`` and ``relations`` are names of the ontology
    and keep statements of these alone, ``through`` and ``avoiding`` classes of the things between
    start and goal. An empty set filters nothing; a set may be given as a list or as a single word.

    ``coherent`` and ``sequential`` are about whole paths: ``unknown`` keeps those for which it may
    be true, ``yes`` those for which the sources are certain (see `Coherence`).

    >>> Scope(as_of=2008, families="influence").describe()
    'as of 2008, relations of influence'
    """

    as_of: str = ""
    certain_time: bool = False
    min_confidence: str = ""
    min_certainty: str = ""
    statuses: Names = _NONE
    source_classes: Names = _NONE
    sources: Names = _NONE
    without_sources: Names = _NONE
    families: Names = _NONE
    relations: Names = _NONE
    through: Names = _NONE
    avoiding: Names = _NONE
    coherent: str = ""
    sequential: str = ""

    def __post_init__(self) -> None:
        """Accept a list or a single word as a set, and a year as a number."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.type == "Names" and not isinstance(value, frozenset):
                names = {value} if isinstance(value, str) else set(value)
                object.__setattr__(self, each.name, frozenset(names - {""}))
        if not isinstance(self.as_of, str):
            object.__setattr__(self, "as_of", str(self.as_of))

    def filters(self) -> tuple[str, ...]:
        """Return the names of the filters that are set."""
        plain = Scope()
        return tuple(
            each.name
            for each in fields(self)
            if getattr(self, each.name) != getattr(plain, each.name)
        )

    def of_claims(self, asker: str) -> Scope:
        """Return the scope if all its filters are about claims.

        Raises `ParameterError` for filters of whole paths, which ``asker`` does not use.
        """
        for name in ("through", "avoiding", "coherent", "sequential"):
            if getattr(self, name):
                raise ParameterError(f"{asker} has no paths, so the filter {name!r} cannot be used")
        return self

    def without(self, name: str) -> Scope:
        """Return the same scope with one filter lifted.

        >>> Scope(as_of="2008").without("as_of") == Scope()
        True
        """
        return replace(self, **{name: getattr(Scope(), name)})

    def describe(self, language: str = "en") -> str:
        """Return the filters in words, for a heading; nothing if there are none.

        >>> Scope(as_of="2008", min_confidence="medium").describe()
        'as of 2008, confidence medium or better'
        """
        parts = []
        if self.as_of:
            phrase = "certainly as of" if self.certain_time else "as of"
            parts.append(say(phrase, language, time=self.as_of))
        for phrase, word in (
            ("confidence least", self.min_confidence),
            ("certainty least", self.min_certainty),
        ):
            parts += [say(phrase, language, word=word)] if word else []
        for phrase, names in (
            ("status", self.statuses),
            ("source classes", self.source_classes),
            ("sources", self.sources),
            ("without sources", self.without_sources),
            ("families", self.families),
            ("relations", self.relations),
            ("through", self.through),
            ("avoiding", self.avoiding),
        ):
            parts += [say(phrase, language, names=", ".join(sorted(names)))] if names else []
        for name, least in (("coherent", self.coherent), ("sequential", self.sequential)):
            how = "certainly" if least == "yes" else "possibly"
            parts += [say(f"{how} {name}", language)] if least else []
        return ", ".join(parts)


EVERYTHING = Scope()
"""No filter but the default: claims whose status counts."""


def as_window(text: str) -> tuple[int, int]:
    """Return the days of a window that a user names. Raises `ParameterError`."""
    try:
        return window(text)
    except DateError as error:
        raise ParameterError(f"{text!r} is not a time: expected {error}") from error

"""The filters of every search, in one value, and the statements that pass them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from diaspora_graph.dataset import Dataset
from diaspora_graph.dates import DateError, window
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.tables import Mask


@dataclass(frozen=True, slots=True)
class Scope:
    """Which statements a search may rest on.

    ``as_of`` is a day, a month, a year or a span such as ``2008/2010``; statements that certainly
    do not hold in it are left out, those of which nobody can say only with ``certain_time``.
    ``statuses`` are the words of ``status`` to keep.
    """

    as_of: str = ""
    certain_time: bool = False
    min_confidence: str = ""
    statuses: frozenset[str] = frozenset({"accepted", "disputed"})
    without_sources: frozenset[str] = frozenset()

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
        if self.statuses != Scope().statuses:
            parts.append(f"status {', '.join(sorted(self.statuses))}")
        if self.without_sources:
            parts.append(f"without {', '.join(sorted(self.without_sources))}")
        return ", ".join(parts)


EVERYTHING = Scope()
"""No filter but the default: what is accepted or disputed."""


def passing(data: Dataset, scope: Scope, *, denials: bool = False) -> Mask:
    """Return which statements pass: affirmed (or denied, if asked for) and within all filters.

    Raises `ParameterError` for a date that is none, `UnknownNameError` for a word or source that
    the ontology or the dataset does not have.
    """
    keep = data.denied == denials
    if scope.min_confidence:
        words = data.schema.words("confidence")
        if scope.min_confidence not in words:
            raise UnknownNameError("confidence", scope.min_confidence, words)
        keep &= data.words("statement", "confidence") >= words.index(scope.min_confidence)
    statuses = data.schema.words("status")
    for word in sorted(scope.statuses):
        if word not in statuses:
            raise UnknownNameError("status", word, statuses)
    kept = np.array([word in scope.statuses for word in statuses])
    keep &= kept[data.words("statement", "status")]
    if scope.without_sources:
        for source in sorted(scope.without_sources):
            data.row("source", source)
        cells = data.tables["statement"]["source"]
        keep &= ~cells.where(lambda text: text in scope.without_sources)[cells.codes]
    if scope.as_of:
        first, last = as_window(scope.as_of)
        keep &= data.holds("statement", first, last) >= (1 if scope.certain_time else 0)
    return np.asarray(keep, np.bool_)


def as_window(text: str) -> tuple[int, int]:
    """Return the days of a window that a user names. Raises `ParameterError`."""
    try:
        return window(text)
    except DateError as error:
        raise ParameterError(f"{text!r} is no time: expected {error}") from error

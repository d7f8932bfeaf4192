"""The rules of influence, each of which a user may lift."""

from __future__ import annotations

from dataclasses import dataclass

from diaspora_graph.errors import ParameterError
from diaspora_graph.wording.words import say

MOST_HOPS = 12


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of influence; a user may lift each of them, and the output reports it.

    >>> Rules(topic_gate=False).lifted()
    ('any topic',)
    """

    topic_gate: bool = True
    end_only: bool = True
    influence_only: bool = True
    directed: bool = True

    def lifted(self, language: str = "en") -> tuple[str, ...]:
        """Return the rules that are lifted, in words."""
        phrases = {
            "topic_gate": "any topic",
            "end_only": "any class",
            "influence_only": "any relation",
            "directed": "either direction",
        }
        return tuple(
            say(phrase, language) for name, phrase in phrases.items() if not getattr(self, name)
        )


RULES = Rules()
"""The rules of influence, none lifted."""


def checked_hops(hops: int) -> int:
    """Return the number of hops if a search accepts it. Raises `ParameterError`."""
    if not 1 <= hops <= MOST_HOPS:
        raise ParameterError(f"{hops} hops: expected 1 to {MOST_HOPS}")
    return hops

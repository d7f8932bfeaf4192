"""The phrases of the program in three languages, each of them once, by subject."""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.wording.phrases import claims, coding, filters, networks, paths, policies

Phrase = tuple[str, str, str]
"""A phrase in English, Kazakh and Russian; ``{names}`` are filled in."""

SUBJECTS: tuple[Mapping[str, Phrase], ...] = (
    claims.PHRASES,
    paths.PHRASES,
    filters.PHRASES,
    networks.PHRASES,
    policies.PHRASES,
    coding.PHRASES,
)

PHRASES: Mapping[str, Phrase] = {name: text for part in SUBJECTS for name, text in part.items()}

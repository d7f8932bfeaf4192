"""Obstacles and removed evidence in words that a person reads."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.diagnosis.robustness import Loss
from diaspora_graph.diagnosis.why_not import Obstacle
from diaspora_graph.wording.sentences import credit, evidence_of, stated, word
from diaspora_graph.wording.words import say

ACTING_SHOWN = 10
"""The largest number of actors on a goal that are named."""


def obstacle_lines(data: Dataset, obstacle: Obstacle, language: str = "en") -> Iterator[str]:
    """Yield an obstacle as lines: what it is, where, and the path without it."""
    yield f"{say('why not', language)}: {obstacle.reason.describe(language)}"
    at = say("at", language)
    if obstacle.path is None:
        for id, reason in zip(obstacle.where, obstacle.because, strict=True):
            yield f"  {at} {data.label(id, language)}: {reason.describe(language)}"
    else:
        yield from (f"  {at} {_named(data, id, language)}" for id in obstacle.where)
        way = " → ".join(data.label(id, language) for id in obstacle.path.nodes)
        yield f"  {say('without that', language)}: {way}"
    if obstacle.acting:
        yield f"  {say('acting', language)}: {_acting(data, obstacle, language)}"


def loss_text(data: Dataset, loss: Loss, language: str = "en") -> str:
    """Return the removed evidence in words; a source by its id."""
    if loss.kind == "source":
        return loss.what
    words = {"class": "source_class", "confidence": "confidence"}
    name = word(data.schema, words[loss.kind], loss.what, language) if loss.what else ""
    return say(f"loss {loss.kind}", language, name=name)


def _acting(data: Dataset, obstacle: Obstacle, language: str) -> str:
    names = sorted(data.label(id, language) for id in obstacle.acting)
    more = len(names) - ACTING_SHOWN
    rest = f" {say('and more', language, number=more)}" if more > 0 else ""
    return f"{', '.join(names[:ACTING_SHOWN])}{rest}"


def _named(data: Dataset, id: str, language: str) -> str:
    if data.kind_of(id) == "statement":
        found = evidence_of(data, id)
        return f"“{stated(found, language)}” ({credit(found, language)}) [{id}]"
    return data.label(id, language)

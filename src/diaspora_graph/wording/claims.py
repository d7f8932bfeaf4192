"""Claims as lines for a reader: the sentence, its source, its confidence, and the doubts."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind
from diaspora_graph.wording.sentences import (
    Evidence,
    credit,
    doubts,
    stated,
    usual_status,
    when,
    word,
)
from diaspora_graph.wording.words import say


def claim_lines(
    data: Dataset, found: Evidence, language: str = "en", *, indent: str = "  "
) -> Iterator[str]:
    """Yield a claim as lines: the sentence, its source, then doubts."""
    yield f"{indent}{stated(found, language)}"
    if found.gist:
        yield f"{indent}    {found.gist}"
    yield f"{indent}    {sourced(data, found, language)} [{found.id}]"
    for flag in doubts(data, found.id, language):
        yield f"{indent}    {say('doubt', language)}: {flag}"


def sourced(data: Dataset, found: Evidence, language: str = "en") -> str:
    """Return the source of a claim, its confidence, when it holds, and its status."""
    level = word(data.schema, "confidence", found.confidence, language)
    sure = f"{say('confidence', language)} {level}"
    mark = standing(data, found, language)
    return f"{credit(found, language)} · {sure} · {when(found, language)}{mark}"


def standing(data: Dataset, found: Evidence, language: str = "en") -> str:
    """Return the status of a claim as a mark, nothing for the default status."""
    kind: Kind = data.kind_of(found.id)
    if found.status == usual_status(data.schema, kind):
        return ""
    vocabulary = "coding_status" if kind == "coding" else "status"
    return f" · {word(data.schema, vocabulary, found.status, language).upper()}"

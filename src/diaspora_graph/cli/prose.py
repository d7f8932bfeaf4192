"""Claims, paths and comparisons as text that a person reads."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.paths.explanation import sentence_of
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.search import Search
from diaspora_graph.policies.compare import Point
from diaspora_graph.wording.sentences import (
    Evidence,
    credit,
    evidence_of,
    stated,
    usual_status,
    when,
)


def claim_lines(
    data: Dataset, found: Evidence, language: str = "en", *, indent: str = "  "
) -> Iterator[str]:
    """Yield a claim as lines: the sentence, who says it, then doubts."""
    yield f"{indent}{stated(found, language)}"
    if found.gist:
        yield f"{indent}    {found.gist}"
    yield f"{indent}    {_sourced(data, found)} [{found.id}]"
    for flag in found.flags:
        yield f"{indent}    doubt: {flag}"


def path_lines(
    search: Search, number: int, path: InfluencePath, language: str = "en"
) -> Iterator[str]:
    """Yield a path hop by hop, with every statement that each hop rests on, and against it."""
    data = search.data
    hops = f"{path.hops} hop{'' if path.hops == 1 else 's'}"
    yield f"{number}. {hops}: " + " → ".join(data.label(each, language) for each in path.nodes)
    yield f"   {_in_time(search, path)}"
    for step in path.steps:
        mark = "↳" if step.inclusion else "→"  # an inclusion is no hop
        yield f"   {mark} {sentence_of(data, step, language)}"
        for id in (*step.statements, *step.denials):
            found = evidence_of(data, id)
            denial = " · DENIES IT" if found.denied else ""
            yield f"      {_sourced(data, found)}{denial} [{found.id}]"
            yield from (f"        doubt: {flag}" for flag in found.flags)


def _sourced(data: Dataset, found: Evidence) -> str:
    """Return who says a claim, how surely, when it holds, and where it stands."""
    status = _status(data, found)
    return f"{credit(found)} · confidence {found.confidence} · {when(found)}{status}"


def _status(data: Dataset, found: Evidence) -> str:
    """Return where a claim stands, nothing where that goes without saying."""
    usual = found.status == usual_status(data.schema, found.kind)
    return "" if usual else f" · {found.status.upper()}"


def _in_time(search: Search, path: InfluencePath) -> str:
    """Return whether the steps of a path hold together, and one after the other."""
    if len(path.steps) == 1:
        return "all steps at one time: yes, it is one"
    return f"all steps at one time: {search.coherent(path)} · in turn: {search.sequential(path)}"


def point_line(data: Dataset, point: Point, language: str, *, is_item: bool) -> str:
    """Return a point of a comparison: what it says and who says it."""
    said = point.value if is_item else data.label(point.value, language)
    denied = " (denied)" if point.denied else ""
    found = [evidence_of(data, id) for id in point.claims]
    sources = "; ".join(dict.fromkeys(filter(None, map(credit, found))))
    marks = dict.fromkeys(_status(data, each) for each in found)
    return f"{said}{denied} — {sources}{''.join(marks)} [{', '.join(point.claims)}]"

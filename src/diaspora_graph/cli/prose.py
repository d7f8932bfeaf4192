"""Claims, paths and comparisons as text that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diaspora_graph.analysis.paths import InfluencePath, Step
from diaspora_graph.dataset import Dataset
from diaspora_graph.evidence import Evidence, evidence_of


def credit(found: Evidence) -> str:
    """Return who says a claim and where: ``Nurbek et al. 2025, Results ¶3, after Zarifian``."""
    parts = [found.citation, found.locator]
    if found.cited:
        parts.append("after " + ", ".join(found.cited))
    return ", ".join(part for part in parts if part)


def when(found: Evidence) -> str:
    """Return when a claim holds, as far as the source says."""
    if found.valid:
        return found.valid
    return f"time not said, not after {found.not_after}" if found.not_after else "time not said"


def stated(found: Evidence, language: str = "en") -> str:
    """Return what a claim says, with a mark before what the source denies."""
    mark = f"[{found.polarity}] " if found.denied else ""
    return f"{mark}{found.text[language]}"


def claim_lines(found: Evidence, language: str = "en", *, indent: str = "  ") -> Iterator[str]:
    """Yield a claim as lines: the sentence, who says it, then doubts."""
    yield f"{indent}{stated(found, language)}"
    if found.gist:
        yield f"{indent}    {found.gist}"
    marks = [f"confidence {found.confidence}", when(found)]
    if found.status not in {"", "accepted"}:
        marks.append(found.status.upper())
    yield f"{indent}    {credit(found)} · {' · '.join(marks)} [{found.id}]"
    for flag in found.flags:
        yield f"{indent}    doubt: {flag}"


def path_lines(
    data: Dataset, number: int, path: InfluencePath, language: str = "en"
) -> Iterator[str]:
    """Yield a path hop by hop, with every statement that each hop rests on."""
    hops = f"{path.hops} hop{'' if path.hops == 1 else 's'}"
    yield f"{number}. {hops}: " + " → ".join(
        data.label(data.id_list[each], language) for each in path.things
    )
    for step in path.steps:
        yield f"   {step_line(data, step, language)}"
        for found in _statements(data, step):
            denial = " · DENIES IT" if found.denied else ""
            status = (
                f" · {found.status.upper()}"
                if found.status != data.schema.default("status")
                else ""
            )
            yield (
                f"      {credit(found)} · confidence {found.confidence} · {when(found)}"
                f"{status}{denial} [{found.id}]"
            )
            yield from (f"        doubt: {flag}" for flag in found.flags)


def step_line(data: Dataset, step: Step, language: str = "en") -> str:
    """Return one step as a sentence; an inclusion, which is no hop, is marked as one."""
    begin = data.label(data.id_list[step.begin], language)
    end = data.label(data.id_list[step.end], language)
    predicate = list(data.schema.predicates.values())[data.relations.predicate[step.relation]]
    mark = "↳" if step.inclusion else "→"
    if step.along:
        return f"{mark} {begin} {predicate.label(language)} {end}"
    inverse = predicate.inverse_label(language)
    if inverse:
        return f"{mark} {begin} {inverse} {end}"
    return f"{mark} {end} {predicate.label(language)} {begin}"


def _statements(data: Dataset, step: Step) -> Iterable[Evidence]:
    ids = data.tables["statement"]["id"]
    return (evidence_of(data, ids[int(row)]) for row in data.relations.rows(step.relation))

"""A path in sentences: each step, its sources and times, and the claims against it."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.paths.path import InfluencePath, Step
from diaspora_graph.paths.rankings import ranking
from diaspora_graph.paths.search import Search
from diaspora_graph.paths.support import support_of, weakest
from diaspora_graph.wording.claims import sourced
from diaspora_graph.wording.sentences import Evidence, credit, doubts, evidence_of, when, word
from diaspora_graph.wording.words import counted, say


def explained(data: Dataset, path: InfluencePath, *, language: str = "en") -> Iterator[str]:
    """Yield a path as lines: each step as a sentence, its sources, and the weakest link last.

    ``language`` is en, kk or ru. A step against the direction of its relation is written from
    the side of the relation's object if the ontology has words for that.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> data = load_dataset()
    >>> path = next(influence_paths(data, "aipac", "us-policy-toward-israel"))
    >>> next(explained(data, path))
    '1. American Israel Public Affairs Committee shapes US policy toward Israel.'
    """
    for number, step in enumerate(path.steps, 1):
        yield f"{number}. {sentence_of(data, step, language)}."
        yield f"   {_strength(data, step, language)}"
        for id in step.statements:
            yield f"   {_said(data, evidence_of(data, id), language)}"
        for id in step.denials:
            yield f"   {say('against', language)}: {_said(data, evidence_of(data, id), language)}"
    yield f"{say('weakest', language)}: {sentence_of(data, weakest(data, path), language)}."


def sentence_of(data: Dataset, step: Step, language: str = "en") -> str:
    """Return a step as a sentence, without a full stop.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> data = load_dataset()
    >>> sentence_of(data, next(influence_paths(data, "india", "united-kingdom")).steps[0])
    'India supports Indian diaspora'
    """
    begin, end = data.label(step.begin, language), data.label(step.end, language)
    predicate = data.schema.predicates[step.predicate]
    if step.along:
        return f"{begin} {predicate.label(language)} {end}"
    inverse = predicate.inverse_label(language)
    return f"{begin} {inverse} {end}" if inverse else f"{end} {predicate.label(language)} {begin}"


def heading(
    search: Search, start: str, goal: str, hops: int, by: str, language: str = "en"
) -> list[str]:
    """Return what was asked, as lines: the ends, then hops, ranking, filters and lifted rules."""
    data = search.data
    ends = (data.label(resolve(data, name), language) for name in (start, goal))
    settings = [
        say("at most", language, number=hops),
        ranking(by).describe(language),
        search.scope.describe(language),
        *search.rules.lifted(language),
    ]
    return [" → ".join(ends), ", ".join(filter(None, settings))]


def path_lines(
    search: Search, number: int, path: InfluencePath, language: str = "en"
) -> Iterator[str]:
    """Yield a path hop by hop, with every statement for and against each hop."""
    data = search.data
    names = " → ".join(data.label(each, language) for each in path.nodes)
    yield f"{number}. {counted('hop', path.hops, language)}: {names}"
    yield f"   {_in_time(search, path, language)}"
    for step in path.steps:
        mark = "↳" if step.inclusion else "→"  # an inclusion is not a hop
        yield f"   {mark} {sentence_of(data, step, language)}"
        for id in (*step.statements, *step.denials):
            found = evidence_of(data, id)
            denial = f" · {say('denies it', language)}" if found.denied else ""
            yield f"      {sourced(data, found, language)}{denial} [{found.id}]"
            flags = doubts(data, id, language)
            yield from (f"        {say('doubt', language)}: {flag}" for flag in flags)


def _in_time(search: Search, path: InfluencePath, language: str) -> str:
    """Return whether the steps of a path hold together, and one after the other."""
    together = say("one time", language)
    if len(path.steps) == 1:
        return f"{together}: {say('one step', language)}"
    at_once, after = search.coherent(path), search.sequential(path)
    return (
        f"{together}: {say(at_once, language)} · {say('in turn', language)}: {say(after, language)}"
    )


def _strength(data: Dataset, step: Step, language: str) -> str:
    support = support_of(data, step)
    best = word(data.schema, "confidence", support.best, language)
    worst = word(data.schema, "confidence", support.worst, language)
    confidence = best if best == worst else f"{worst}–{best}"
    parts = [("claims", len(step.statements)), ("origins", len(support.origins))]
    counts = ", ".join(f"{say(name, language)}: {number}" for name, number in parts)
    disputed = len(support.disputed)
    dispute = f", {say('disputed', language)}: {disputed}" if disputed else ""
    return f"{counts}, {say('confidence', language)}: {confidence}{dispute}"


def _said(data: Dataset, found: Evidence, language: str) -> str:
    """Return the source of a claim, its place and time, with the doubts about it."""
    flags = doubts(data, found.id, language)
    doubted = "".join(f" — {say('doubt', language)}: {flag}" for flag in flags)
    return f"{credit(found, language)} ({when(found, language)}) [{found.id}]{doubted}"

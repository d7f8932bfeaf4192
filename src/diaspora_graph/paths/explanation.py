"""A path told in sentences: each step, who says it and when, what is said against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.paths.path import InfluencePath, Step
from diaspora_graph.paths.support import support_of, weakest
from diaspora_graph.wording.sentences import Evidence, credit, evidence_of, when, word

Words = Mapping[str, str]

_WORDS: Mapping[str, Words] = {
    "en": {
        "against": "Against it", "claims": "claims", "confidence": "confidence", "doubt": "doubt",
        "origins": "independent sources", "weakest": "The weakest link", "disputed": "disputed",
    },
    "kk": {
        "against": "Қарсы пікір", "claims": "тұжырым", "confidence": "сенімділік",
        "doubt": "күмән", "origins": "тәуелсіз дереккөз", "weakest": "Ең әлсіз буын",
        "disputed": "даулы",
    },
    "ru": {
        "against": "Против", "claims": "утверждений", "confidence": "уверенность",
        "doubt": "сомнение", "origins": "независимых источников",
        "weakest": "Самое слабое звено", "disputed": "оспаривается",
    },
}  # fmt: skip
"""The words between what the ontology and the sources say, by language."""


def explained(data: Dataset, path: InfluencePath, *, language: str = "en") -> Iterator[str]:
    """Yield a path as lines: each step as a sentence, its sources, and the weakest link last.

    ``language`` is en, kk or ru. A step against the direction of its relation is told from the
    side of the relation's object where the ontology has words for that.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> data = load_dataset()
    >>> path = next(influence_paths(data, "aipac", "us-policy-toward-israel"))
    >>> next(explained(data, path))
    '1. American Israel Public Affairs Committee shapes US policy toward Israel.'
    """
    words = _WORDS[language]
    for number, step in enumerate(path.steps, 1):
        yield f"{number}. {sentence_of(data, step, language)}."
        yield f"   {_strength(data, step, words, language)}"
        for id in step.statements:
            yield f"   {_said(evidence_of(data, id), words, language)}"
        for id in step.denials:
            yield f"   {words['against']}: {_said(evidence_of(data, id), words, language)}"
    yield f"{words['weakest']}: {sentence_of(data, weakest(data, path), language)}."


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


def _strength(data: Dataset, step: Step, words: Words, language: str) -> str:
    support = support_of(data, step)
    best = word(data.schema, "confidence", support.best, language)
    worst = word(data.schema, "confidence", support.worst, language)
    confidence = best if best == worst else f"{worst}–{best}"
    counts = (
        f"{words['claims']}: {len(step.statements)}, {words['origins']}: {len(support.origins)}"
    )
    dispute = f", {words['disputed']}: {len(support.disputed)}" if support.disputed else ""
    return f"{counts}, {words['confidence']}: {confidence}{dispute}"


def _said(found: Evidence, words: Words, language: str) -> str:
    """Return who says a claim, where and of when, with the doubts about it."""
    doubts = "".join(f" — {words['doubt']}: {flag}" for flag in found.flags)
    return f"{credit(found, language)} ({when(found, language)}) [{found.id}]{doubts}"

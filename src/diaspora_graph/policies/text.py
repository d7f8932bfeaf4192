"""A comparison as lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.policies.compare import Aspect, Comparison, Point
from diaspora_graph.wording.claims import standing
from diaspora_graph.wording.sentences import credit, evidence_of
from diaspora_graph.wording.words import say


def comparison_lines(data: Dataset, found: Comparison, language: str = "en") -> Iterator[str]:
    """Yield a comparison: aspect by aspect, for each subject its points and their sources."""
    for aspect in found.aspects:
        terms = data.schema.items if aspect.is_item else data.schema.predicates
        yield terms[aspect.name].label(language) + _scale(data, aspect, language)
        silent = []
        for subject, points in zip(found.subjects, aspect.cells, strict=True):
            name = data.label(subject, language)
            silent += [] if points else [name]
            for point in points:
                yield f"  {name}: {point_line(data, point, language, is_item=aspect.is_item)}"
        if silent:
            yield f"  {say('not stated', language)}: {', '.join(silent)}"
        yield ""


def point_line(data: Dataset, point: Point, language: str, *, is_item: bool) -> str:
    """Return a point of a comparison: its value and its sources."""
    value = point.value if is_item else data.label(point.value, language)
    denied = f" ({say('denied', language)})" if point.denied else ""
    denied += f" ({point.valid})" if point.valid else ""
    found = [evidence_of(data, id) for id in point.claims]
    # a coding without a source of its own has those of its evidence, which follow it
    own = not is_item or len(found) == 1 or data.coding(point.claims[0]).source
    crediting = found if own else found[1:]
    sources = "; ".join(dict.fromkeys(filter(None, (credit(each, language) for each in crediting))))
    marks = "".join(dict.fromkeys(standing(data, each, language) for each in found))
    return f"{value}{denied} — {sources}{marks} [{', '.join(point.claims)}]"


def _scale(data: Dataset, aspect: Aspect, language: str) -> str:
    """Return the question of an item and its possible values, lowest first."""
    if not aspect.is_item:
        return ""
    item = data.schema.items[aspect.name]
    question = item.question.get(language) or item.question.get("en", "")
    return f" — {question} ({' < '.join(item.scale)})"

"""The support of a step of a path: the number of claims, their confidence, denials."""

from __future__ import annotations

from dataclasses import dataclass

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.paths.path import InfluencePath, Step


@dataclass(frozen=True, slots=True)
class Support:
    """The support of a step.

    ``origins`` are the independent sources, as ids: those that the claims come from, each once.
    ``best`` and ``worst`` are words of confidence. ``disputed`` are the ids of supporting
    statements under dispute.

    >>> from diaspora_graph import influence_paths, load_dataset, support_of
    >>> data = load_dataset()
    >>> support_of(data, next(influence_paths(data, "India", "United Kingdom")).steps[0]).best
    'high'
    """

    origins: tuple[str, ...]
    best: str
    worst: str
    disputed: tuple[str, ...]


def support_of(data: Dataset, step: Step) -> Support:
    """Return the support that the statements of a step give together.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> data = load_dataset()
    >>> path = next(influence_paths(data, "aipac", "us-policy-toward-israel"))
    >>> support_of(data, path.steps[0]).best
    'medium'
    """
    words, usual = data.schema.words("confidence"), data.schema.default("status")
    statements = [data.statement(id) for id in step.statements or step.denials]
    ranks = [words.index(each.confidence) for each in statements]
    return Support(
        tuple(sorted({each.cited.split(SEPARATOR)[0] or each.source for each in statements})),
        words[max(ranks)],
        words[min(ranks)],
        tuple(each.id for each in statements if each.status not in {"", usual}),
    )


def weakest(data: Dataset, path: InfluencePath) -> Step:
    """Return the hop with the lowest best confidence, then fewest independent sources.

    >>> from diaspora_graph import influence_paths, load_dataset
    >>> data = load_dataset()
    >>> weakest(data, next(influence_paths(data, "India", "United Kingdom"))).predicate
    'influences'
    """
    words = data.schema.words("confidence")

    def strength(step: Step) -> tuple[int, int]:
        found = support_of(data, step)
        return words.index(found.best), len(found.origins)

    return min((step for step in path.steps if not step.inclusion), key=strength)

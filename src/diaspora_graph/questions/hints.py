"""Hints if a question finds no rows: what the data have instead."""

from __future__ import annotations

from collections.abc import Iterable

from diaspora_graph.answers import Answer
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.graphs.protocol import Graph
from diaspora_graph.questions.numbers import observations_of

NAMED = 5
"""The largest number of subjects in a hint."""

_STEM = 5


def hint(graph: Graph, answer: Answer) -> str:
    """Return a hint if a question found no rows, else nothing.

    >>> from diaspora_graph import open_graph
    >>> graph = open_graph()
    >>> found = graph.answer(observations_of, subject="Armenia", measure="remittances_sent")
    >>> hint(graph, found).partition(";")[0]
    'no figures for Armenia'
    """
    asked = answer.parameters
    if answer.rows or answer.question.name != observations_of.name or not asked["subject"]:
        return ""
    others = {name: asked[name] for name in ("measure", "during")}
    place = answer.columns.index("subject")
    found = {str(row[place]) for row in graph.answer(observations_of, **others).rows}
    data = graph.part({*found, str(asked["subject"])})
    label = data.label(str(asked["subject"]))
    near = _sharing_a_word(data, label, found)
    names = ", ".join(near[:NAMED])
    return f"no figures for {label}" + (f"; there are for {names}" if names else "")


def _sharing_a_word(data: Dataset, label: str, ids: Iterable[str]) -> list[str]:
    """Return labels that share the beginning of a word with another; all if none does."""
    stems = {word[:_STEM].casefold() for word in label.split() if len(word) >= _STEM}
    labels = sorted({data.label(id) for id in ids})
    near = [
        each
        for each in labels
        if not stems.isdisjoint(word[:_STEM].casefold() for word in each.split())
    ]
    return near or labels

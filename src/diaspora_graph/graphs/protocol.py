"""The methods of every graph: answer a question, and return the dataset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from diaspora_graph.answers import Answer, Cell, Question
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.ontology.schema import Schema


class Graph(Protocol):
    """A dataset that answers questions: every graph gives the same rows in the same order.

    Rows come in the order that the question states, by ids only, so that the sorting rules of an
    engine do not matter. A graph that has no twin of a question in its own language answers from
    ``dataset()``, and the answer's ``engine`` says so.

    >>> from diaspora_graph import open_graph
    >>> open_graph().dataset().label("india")
    'India'
    """

    @property
    def schema(self) -> Schema:
        """The ontology by which the data was checked."""
        ...

    def answer(self, question: Question, /, **parameters: Cell) -> Answer:
        """Answer a question; parameters are given by name, ids and terms as they are written.

        Raises `UnknownNameError` with the nearest names, `ParameterError`.
        """
        ...

    def dataset(self) -> Dataset:
        """Return all of it as a dataset, without loss."""
        ...

    def part(self, ids: Iterable[str]) -> Dataset:
        """Return at least the rows of these ids and all sources: enough to name and cite them.

        The result may have more rows and is not checked; ids that no row has are ignored.
        """
        ...

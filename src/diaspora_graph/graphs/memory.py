"""The graph in memory: a question's Python on the columns of a dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from diaspora_graph.answers import Answer, Cell, Question
from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.graphs.parameters import NamesOf, asked
from diaspora_graph.ontology.schema import Schema

if TYPE_CHECKING:
    import networkx as nx


class MemoryGraph:
    """A dataset as a graph that answers from its columns and converts to networkx.

    >>> from diaspora_graph import load_dataset, question
    >>> graph = MemoryGraph(load_dataset())
    >>> answer = graph.answer(question("who_acts_on"), thing="us-policy-toward-armenia")
    >>> [row[:2] for row in answer.rows][:2]
    [('aaa', 'lobbiesOn'), ('anca', 'lobbiesOn')]
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data

    @property
    def schema(self) -> Schema:
        """The ontology by which the data was checked."""
        return self._data.schema

    def answer(self, question: Question, /, **parameters: Cell) -> Answer:
        """Answer a question from the columns. Raises `UnknownNameError`, `ParameterError`."""
        what = asked(question, parameters, NamesOf(self._data))
        rows = tuple(question.python(self._data, **what.bound))
        found = self._data
        return Answer(question, what.given, rows, "memory", found.version, digest(found))

    def dataset(self) -> Dataset:
        """Return the dataset that it holds."""
        return self._data

    def part(self, ids: Iterable[str]) -> Dataset:
        """Return the dataset that it holds, which has the rows of these ids."""
        return self._data

    def to_networkx(
        self,
        statements: Sequence[str] | None = None,
        *,
        denials: bool = False,
        weights: str = "claims",
    ) -> nx.MultiDiGraph[str]:
        """Return all of it or, by ids of statements, a part; see the function `to_networkx`."""
        from diaspora_graph.exchange.networkx import to_networkx

        return to_networkx(self._data, statements, denials=denials, weights=weights)

    @classmethod
    def from_networkx(
        cls, graph: nx.MultiDiGraph[str], schema: Schema | None = None
    ) -> MemoryGraph:
        """Return a graph from what `to_networkx` made. Raises `DatasetError`."""
        from diaspora_graph.exchange.networkx import from_networkx

        return cls(from_networkx(graph, schema))

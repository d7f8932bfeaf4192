"""A matrix of items and states as values: readings, cells, rows, the whole comparison.

A cell says one of five things: a value of the scale, contested (readings differ), not found (was
looked for), not applicable, or nothing (nobody coded it). They are never mixed up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_term
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.ontology.schema import Dimension, Schema
from diaspora_graph.wording.sentences import evidence_of

if TYPE_CHECKING:
    import pandas as pd

VALUE, CONTESTED, NOTHING = "value", "contested", "none"
"""The outcomes that need no coding with that word: a step of the scale, differing ones, nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One coding of an item for a state: ``claims`` are the coding and the evidence that passes.

    ``valid`` is when it holds, as entered; ``is_certain`` whether it certainly holds at the time
    asked for (without a time: whether it is dated).

    >>> from diaspora_graph import compare, load_dataset
    >>> compare(load_dataset(), ["KZ"]).cell("KZ", "B1").readings[0].coder
    'first coder'
    """

    coding: str
    value: str
    valid: str
    coder: str
    is_certain: bool
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the data say on an item for a state at a time.

    ``outcome`` is ``value``, ``contested``, ``not_found``, ``not_applicable`` or ``none``;
    ``value`` a word of the item's scale, empty for any other outcome. ``readings`` are the codings
    that decide: those that hold at the time, or without a time the latest. ``is_certain`` is false
    where no source says that they hold at that time.

    >>> from diaspora_graph import compare, load_dataset
    >>> cell = compare(load_dataset(), ["KZ"]).cell("KZ", "dual citizenship")
    >>> cell.outcome, cell.value
    ('value', '0')
    """

    state: str
    item: str
    outcome: str
    value: str
    readings: tuple[Reading, ...] = ()
    is_certain: bool = True

    def claims(self) -> tuple[str, ...]:
        """Return every claim that the cell rests on, once: codings, then their evidence."""
        return tuple(dict.fromkeys(id for each in self.readings for id in each.claims))


@dataclass(frozen=True, slots=True)
class Row:
    """An item with a cell for each state; ``dimension`` is its dimension in the framework.

    >>> from diaspora_graph import compare, load_dataset
    >>> row = compare(load_dataset(), ["KZ"]).rows[0]
    >>> row.code, row.dimension
    ('A1', 'items-institutions')
    """

    item: str
    code: str
    dimension: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """Items of a framework by states: ``rows`` have a cell for each of ``states``, in order.

    ``framework`` is its name in the ontology, empty for the groups of the codebook. ``uncoded`` are
    the items that nobody coded for any of the states; they have no row. ``filters`` are the filters
    of its scope in words. Two comparisons are equal if all these are. ``data`` is the dataset, none
    after pickling.

    >>> from diaspora_graph import compare, load_dataset
    >>> compare(load_dataset(), ["Armenia", "KZ"], framework="emix")
    Comparison(armenia, kazakhstan: ... items, emix)
    """

    states: tuple[str, ...]
    rows: tuple[Row, ...]
    framework: str = ""
    uncoded: tuple[str, ...] = ()
    filters: str = ""
    data: Dataset | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        parts = [f"{len(self.rows)} items", *filter(None, [self.framework, self.filters])]
        return f"Comparison({', '.join(self.states)}: {', '.join(parts)})"

    def __reduce__(self) -> tuple[Any, ...]:
        parts = self.states, self.rows, self.framework, self.uncoded, self.filters
        return Comparison, parts

    def cells(self) -> tuple[Cell, ...]:
        """Return every cell, item by item."""
        return tuple(cell for row in self.rows for cell in row.cells)

    def cell(self, state: str, item: str) -> Cell:
        """Return one cell by names: of a state as in `compare`, of an item by id, label or code.

        Raises `UnknownNameError` for a state or an item that is not in the comparison, and
        `ParameterError` for a comparison that was pickled without its data, unless both are ids.
        """
        names = {row.item: row for row in self.rows}
        if self.data:
            state = state if state in self.states else resolve(self.data, state)
            item = resolve_term(self.data.schema, "item", item)
        if state not in self.states:
            raise UnknownNameError("state of the comparison", state, self.states)
        if item not in names:
            known = [name for row in self.rows for name in (row.item, row.code) if name]
            raise UnknownNameError("item of the comparison", item, known)
        return names[item].cells[self.states.index(state)]

    def claims(self) -> tuple[str, ...]:
        """Return every claim that the comparison rests on, once, sorted."""
        return tuple(sorted({id for cell in self.cells() for id in cell.claims()}))

    def to_pandas(self) -> pd.DataFrame:
        """Return the matrix: a row for each item, a column for each state.

        The index has three levels: dimension, code, item (labels). A cell is the value as a
        number, or the word of another outcome: ``contested``, ``not_found``, ``not_applicable``,
        ``none``. ``attrs["filters"]`` are the filters in words.
        """
        import pandas as pd

        index = pd.MultiIndex.from_tuples(
            [(self._dimension(row), row.code, self._item(row.item)) for row in self.rows],
            names=["dimension", "code", "item"],
        )
        columns = {
            self._label(state): [_shown(row.cells[place]) for row in self.rows]
            for place, state in enumerate(self.states)
        }
        found = pd.DataFrame(columns, index=index)
        found.attrs["filters"] = self.filters
        return found

    def evidence(self) -> pd.DataFrame:
        """Return one row for each claim behind each cell, with its source and place.

        Columns: state, item, code, outcome, value, valid, certain, coding, coder, claim, citation,
        locator, confidence. A cell without a coding has one row with empty claims. Raises
        `ParameterError` for a comparison that was pickled without its data.
        """
        import pandas as pd

        found = pd.DataFrame(self.evidence_rows(), columns=list(EVIDENCE))
        found.attrs["filters"] = self.filters
        return found

    def evidence_rows(self) -> list[tuple[Any, ...]]:
        """Return the rows of `evidence`."""
        if self.data is None:
            raise ParameterError("this comparison was pickled without its data: compare again")
        rows: list[tuple[Any, ...]] = []
        for row in self.rows:
            for cell in row.cells:
                head = cell.state, cell.item, row.code, cell.outcome, cell.value
                rows += [(*head, *rest) for rest in _evidence(self.data, cell)]
        return rows

    def _repr_html_(self) -> str:
        from diaspora_graph.policies.tables import html

        return html(self)

    def _label(self, id: str) -> str:
        return self.data.label(id) if self.data else id

    def _item(self, name: str) -> str:
        return self.data.schema.items[name].label() if self.data else name

    def _dimension(self, row: Row) -> str:
        if self.data is None or not row.dimension:
            return row.dimension
        return dimensions_of(self.data.schema, self.framework)[row.dimension].label()


EVIDENCE = (
    "state", "item", "code", "outcome", "value", "valid", "certain", "coding", "coder", "claim",
    "citation", "locator", "confidence",
)  # fmt: skip
"""The columns of `Comparison.evidence`."""


def _shown(cell: Cell) -> float | str:
    return float(cell.value) if cell.outcome == VALUE else cell.outcome


def _evidence(data: Dataset, cell: Cell) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for reading in cell.readings:
        head = reading.valid, reading.is_certain, reading.coding, reading.coder
        own = data.coding(reading.coding).source
        for claim in reading.claims if own else reading.claims[1:] or reading.claims:
            found = evidence_of(data, claim)
            rows.append((*head, claim, found.citation, found.locator, found.confidence))
    return rows or [("", False, "", "", "", "", "", "")]


def dimensions_of(schema: Schema, framework: str) -> Mapping[str, Dimension]:
    """Return the dimensions of a framework, or the groups of the codebook, by name, in order."""
    return schema.frameworks[framework].dimensions if framework else schema.item_groups

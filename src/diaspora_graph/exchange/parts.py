"""A part of a dataset that is itself a dataset: some statements with all that they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from diaspora_graph.dataset.columns import Table, cells
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind, columns

_CORRECTED = "corrected"


def part_of(data: Dataset, statements: Sequence[str]) -> dict[Kind, Table]:
    """Return the tables of a part: these statements and everything that they refer to.

    This includes their ends, topics, means, sources and credited sources; the claims that correct
    them or that they correct, with everything that these refer to; the names of all these, and
    the flags on them (a flag keeps only the targets that are in the part). Exclusions are left
    out. Raises `UnknownNameError` for an id of no statement.
    """
    for id in statements:
        data.row("statement", id)
    found = _Closure(data).of(statements)
    tables = {kind: table.take(_rows(found.get(kind, ()))) for kind, table in data.tables.items()}
    tables["dataset"] = data.tables["dataset"]
    tables["flag"] = _on_these(tables["flag"], tables)
    return tables


def _rows(rows: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(sorted(rows), np.int64)


def _on_these(flags: Table, tables: Mapping[Kind, Table]) -> Table:
    """Return flags with the targets that are among the rows of the part."""
    here = {id for table in tables.values() if "id" in table.columns for id in table["id"].all()}
    kept = [
        SEPARATOR.join(target for target in cell.split(SEPARATOR) if target in here)
        for cell in flags["target"].all()
    ]
    return Table(
        flags.kind, {**flags.columns, "target": cells(kept)}, flags.folder, flags.row, flags.extra
    )


@dataclass
class _Closure:
    """Follows references until nothing new is found."""

    data: Dataset
    rows: dict[Kind, set[int]] = field(default_factory=dict)

    def of(self, ids: Iterable[str]) -> Mapping[Kind, set[int]]:
        waiting = list(ids)
        while waiting:
            id = waiting.pop()
            kind = self.data.kind_of(id)
            row = self.data.row(kind, id)
            if row not in self.rows.setdefault(kind, set()):
                self.rows[kind].add(row)
                waiting.extend(self._needs(kind, row, id))
        return self.rows

    def _needs(self, kind: Kind, row: int, id: str) -> Iterator[str]:
        yield from self._references(kind, row)
        yield from self.data.flagged.get(id, ())
        if kind == "entity":
            for name in self._names.get(id, ()):
                self.rows.setdefault("alias", set()).add(name)
                yield from self._references("alias", name)
        if kind in CLAIMS and self.data.tables[kind]["status"][row] == _CORRECTED:
            yield from self._corrections.get(id, ())
        if kind == "observation":
            base = self.data.tables[kind]["base"][row]
            if base and base not in self.data.schema.measures:
                yield base

    def _references(self, kind: Kind, row: int) -> Iterator[str]:
        """Yield the ids that a row needs; a flag does not need all of its targets."""
        for column in columns(kind):
            if column.holds == "reference" and not (kind == "flag" and column.name == "target"):
                text = self.data.tables[kind][column.name][row]
                yield from filter(None, text.split(SEPARATOR))

    @cached_property
    def _names(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = {}
        for row, entity in enumerate(self.data.tables["alias"]["entity"].all()):
            found.setdefault(entity, []).append(row)
        return found

    @cached_property
    def _corrections(self) -> Mapping[str, list[str]]:
        """The claims that correct a claim, by its id."""
        found: dict[str, list[str]] = {}
        for kind in CLAIMS:
            table = self.data.tables[kind]
            for correcting, cell in zip(table["id"].all(), table["corrects"].all(), strict=True):
                for id in filter(None, cell.split(SEPARATOR)):
                    found.setdefault(id, []).append(correcting)
        return found

"""Rows from one file or one graph → a dataset, checked by the rules of a folder.

A cell is a text in a column of the format that a file can hold; everything else is reported at
its place. In merged datasets the prefix of an id gives the dataset of a row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from diaspora_graph.dataset.columns import Table, cells, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS, Kind, column_names, has_id
from diaspora_graph.errors import DatasetError, Fault, did_you_mean
from diaspora_graph.ontology.load import Extension
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.reading.load import assembled

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_RULE = "the form of the file"

_NONE: Mapping[str, Extension] = {}

Place = Callable[[int], tuple[str, int]]
"""Row number → the file and row that a message names."""


@dataclass
class Rows:
    """The rows read so far and the faults of their form; ``place`` gives the place of a row."""

    place: Place
    rows: dict[Kind, list[Mapping[str, str]]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[Kind, list[int]] = field(default_factory=lambda: defaultdict(list))
    faults: list[Fault] = field(default_factory=list)

    def fault(self, number: int, column: str, said: str, expected: str, hint: str = "") -> None:
        """Report a fault in the form of a row."""
        file, row = self.place(number)
        hint = hint.removeprefix("; ")
        self.faults.append(Fault(file, row, _shown(column), _shown(said), expected, hint, _RULE))

    def add(self, kind: Kind, number: int, found: Mapping[str, object]) -> None:
        """Add a row, given as cells by column; names that begin with ``_`` are the user's own."""
        sound: dict[str, str] = {}
        for name, value in found.items():
            if name not in column_names(kind) and not name.startswith("_"):
                hint = did_you_mean(name, column_names(kind)) or "names of your own begin with _"
                self.fault(number, name, name, f"a column of this kind of row ({kind})", hint)
            elif not isinstance(value, str):
                self.fault(number, name, str(value), "text as it was entered")
            elif _UNFIT.search(value):
                self.fault(
                    number, name, value, "text, tabs and line feeds, without control characters"
                )
            else:
                sound[name] = value
        self.rows[kind].append(sound)
        self.numbers[kind].append(number)

    def dataset(
        self, schema: Schema | None = None, extensions: Mapping[str, Extension] = _NONE
    ) -> Dataset:
        """Return the checked dataset; ``extensions`` are own ontologies by the dataset's name.

        Raises `DatasetError` with all faults of form; if there are none, with all of the rules.
        """
        if not self.faults and not self.rows["dataset"]:
            file, _ = self.place(0)
            expected = "a row of kind dataset, which names the dataset"
            self.faults.append(Fault(file, 0, "", "no dataset", expected, rule=_RULE))
        if self.faults:
            raise DatasetError(self.faults)
        names = [row.get("name", "") for row in self.rows["dataset"]]
        own = {at: each for at, each in enumerate(map(extensions.get, names)) if each}
        return assembled(self._tables(), schema, names, own, self._placed)

    def _placed(self, fault: Fault) -> Fault:
        file, row = self.place(fault.row)
        return replace(fault, file=file, row=row)

    def _tables(self) -> dict[Kind, Table]:
        folder = {row.get("prefix", ""): at for at, row in enumerate(self.rows["dataset"])}
        return {kind: self._table(kind, folder) for kind in RECORDS}

    def _table(self, kind: Kind, folder: Mapping[str, int]) -> Table:
        rows = self.rows[kind]
        if kind == "dataset":
            home = list(range(len(rows)))
        else:
            key = "id" if has_id(kind) else "entity"
            home = [folder.get(_prefix(row.get(key, "")), 0) for row in rows]
        own = sorted({name for row in rows for name in row if name.startswith("_")})
        return Table(
            kind,
            table_of(kind, rows).columns,
            np.array(home, np.int16),
            np.array(self.numbers[kind], np.int32),
            {name: cells([row.get(name, "") for row in rows]) for name in own},
        )


def _shown(text: str) -> str:
    """Return a text that can be printed: lone surrogates as their escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def _prefix(id: str) -> str:
    prefix, colon, _ = id.partition(":")
    return prefix if colon else ""

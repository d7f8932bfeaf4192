"""Folders → a dataset: read and checked completely, opened only if it passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.checks import Case, check_tables
from diaspora_graph.dataset.columns import Table, codes_of, stacked, table_of
from diaspora_graph.dataset.dataset import SEED, Dataset
from diaspora_graph.dataset.records import RECORDS, SEPARATOR, Kind
from diaspora_graph.errors import DatasetError, Fault, SchemaError
from diaspora_graph.ontology.load import Extension, read_extension, schema_with
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.reading.folder import Reading, read_folder
from diaspora_graph.resources import resource


def load_dataset(*folders: str | Path, schema: Schema | None = None) -> Dataset:
    """Open dataset folders together, with what they use; no folder means the shipped seed.

    Raises `DatasetError` with every fault of every file, `SchemaError` for a faulty
    ontology folder, `FileError` for a folder that cannot be read.

    >>> data = load_dataset()
    >>> data.entity("anca").type
    'LobbyOrganisation'
    """
    return examine(*folders, schema=schema).dataset()


def examine(
    *folders: str | Path, schema: Schema | None = None, instead: Mapping[str, bytes] | None = None
) -> Examined:
    """Read and check dataset folders, with the datasets that they use, and return all faults.

    ``instead`` are files, by name, that replace those of the first folder, to check them before
    they are written.

    >>> examine().dataset().label("india")
    'India'
    """
    readings = _read(folders, instead or {})
    extensions = {
        place: read_extension(each.folder / "ontology")
        for place, each in enumerate(readings)
        if (each.folder / "ontology").is_dir() and each.folder != resource("seed")
    }
    try:
        schema = schema or schema_with(*extensions.values())
    except SchemaError as error:  # rows cannot be checked without it, files can
        raise SchemaError([*error.faults, *(f for each in readings for f in each.faults)]) from None
    tables = {kind: stacked([each.tables[kind] for each in readings]) for kind in RECORDS}
    absent = {(kind, place, c) for place, each in enumerate(readings) for kind, c in each.absent}
    lost = {name for each in readings for name in each.lost}
    names = tuple(each.name for each in readings)
    case = check_tables(schema, tables, names, absent, lost)
    return Examined(case, names, readings, extensions)


def dataset_of(tables: Mapping[Kind, Table], schema: Schema | None = None) -> Dataset:
    """Return a dataset from tables that were made in memory, checked by the same rules.

    A kind of row without a table has no rows. Raises `DatasetError` with all faults.

    >>> data = load_dataset()
    >>> dataset_of(data.tables).label("india")
    'India'
    """
    every = {kind: tables.get(kind) or table_of(kind, []) for kind in RECORDS}
    return assembled(every, schema, ("in memory",))


def assembled(
    tables: Mapping[Kind, Table],
    schema: Schema | None,
    names: Sequence[str],
    extensions: Mapping[int, Extension] | None = None,
    place: Callable[[Fault], Fault] | None = None,
) -> Dataset:
    """Return a dataset from the tables of several datasets, checked by the rules of a folder.

    ``names`` are those of the datasets, in the order of ``Table.folder``; ``extensions`` their own
    ontologies by position; without ``schema`` these extend the shipped one. ``place`` puts a fault
    where a reader finds it. Raises `DatasetError` with all faults.
    """
    own = extensions or {}
    case = check_tables(schema or schema_with(*own.values()), tables, names)
    if place:
        for found in (case.faults, case.warnings):
            found[:] = map(place, found)
    return Examined(case, tuple(names), (), own).dataset()


@dataclass(frozen=True)
class Examined:
    """Checked tables, the folders that they were read from, and their own ontologies.

    >>> len(examine().faults)
    0
    """

    case: Case
    names: tuple[str, ...]
    readings: Sequence[Reading]
    extensions: Mapping[int, Extension]

    @property
    def faults(self) -> list[Fault]:
        """All faults: of the files first, then by rule."""
        return [fault for each in self.readings for fault in each.faults] + self.case.faults

    @property
    def warnings(self) -> list[Fault]:
        """Warnings: not faults, but possible mistakes."""
        return [fault for each in self.readings for fault in each.warnings] + self.case.warnings

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each rule is broken."""
        return sum((each.counts for each in self.readings), Counter(self.case.counts))

    def dataset(self) -> Dataset:
        """Return the dataset. Raises `DatasetError` with every fault."""
        if self.faults:
            raise DatasetError(self.faults, self.counts)
        tables = _sorted(self.case.tables)
        warnings = tuple(self.warnings)
        return Dataset(self.case.schema, tables, self.names, self.extensions, warnings)


def _read(folders: Sequence[str | Path], instead: Mapping[str, bytes]) -> list[Reading]:
    readings: list[Reading] = []
    if not folders:
        return [read_folder(resource("seed"), 0, name="seed")]
    for folder in folders:
        path = Path(folder)
        if not any(_is_same(path, each.folder) for each in readings):
            own = {} if readings else instead
            readings.append(read_folder(path, len(readings), name=str(path), instead=own))
    used = {name for each in readings for name in _listed(each, "uses")}
    named = {name for each in readings for name in _listed(each, "name")}
    if SEED in used - named:
        readings.append(read_folder(resource("seed"), len(readings), name="seed"))
    return readings


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def _listed(reading: Reading, column: str) -> list[str]:
    return [
        name for cell in reading.tables["dataset"][column].all() for name in cell.split(SEPARATOR)
    ]


def _sorted(tables: Mapping[Kind, Table]) -> dict[Kind, Table]:
    keys: dict[Kind, tuple[str, ...]] = {
        "dataset": ("name",),
        "alias": ("entity", "alias", "language", "source"),
    }
    return {kind: _by(table, keys.get(kind, ("id",))) for kind, table in tables.items()}


def _by(table: Table, names: Sequence[str]) -> Table:
    """Return a table in the order of these columns; one that is in order is returned as it is."""
    if len(names) == 1:
        ids = table[names[0]].arrow()
        if len(ids) < 2 or pc.all(pc.less(ids[:-1], ids[1:])).as_py():
            return table
        return table.take(np.asarray(codes_of(pc.sort_indices(ids).cast(pa.int32()))))
    rows = list(zip(*(table[name].all() for name in names), strict=True))
    return table.take(np.array(sorted(range(len(rows)), key=rows.__getitem__), np.int32))

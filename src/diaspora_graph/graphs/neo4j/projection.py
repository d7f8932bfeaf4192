"""A dataset as rows of nodes and relationships, slice by slice: memory stays flat with size.

Every row of every file is a node that holds its cells as entered. What can be worked out of a row
and the ontology stands beside them and is never read back. A relation with an affirming statement
is one relationship named by the ontology, and one or two of influence, with aligned lists.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from diaspora_graph.dataset import Dataset
from diaspora_graph.formats.triples import denied, withdrawn
from diaspora_graph.graphs.neo4j.lines import lines_of
from diaspora_graph.graphs.neo4j.relating import NOBODY, Others, Relating
from diaspora_graph.model import CLAIMS, RECORDS, SEPARATOR, Kind, column_names, columns, has_id
from diaspora_graph.schema import Schema
from diaspora_graph.tables import Table, string_array

SLICE = 5_000
"""Rows in a batch."""

BASE = "Dg"
"""The label of every node of ours."""

THINGS: tuple[Kind, ...] = ("entity", "source")
DAYS = ("begin_earliest", "begin_latest", "end_earliest", "end_latest")
BESIDE = (
    *DAYS, "denied", "standing", "confidence_rank", "status_word", "passes", "gates", "is_topic",
    "names", "family", "own_policy",
)  # fmt: skip
"""Properties that are worked out and never read back."""

OWN = "own_columns"
"""The property that holds the user's own columns (``_…``), as JSON."""

EXTENSION = "extension"
"""The property of a dataset's node that holds the files of its own ontology, as JSON."""

PROPERTIES = tuple(
    dict.fromkeys(
        ["key", "dataset", "digest", "held", OWN, EXTENSION, *BESIDE]
        + [name for kind in RECORDS for name in column_names(kind)]
    )
)
"""Every property of ours on any node, but for what a finished load leaves on a dataset's node."""

Row = dict[str, Any]
Digests = npt.NDArray[np.uint8]
"""Shape (rows, 32): SHA-256."""


def link_types(kind: Kind) -> dict[str, str]:
    """Return the columns of a kind that name other rows, and the relationships made of them.

    >>> link_types("alias")
    {'entity': 'NAMES', 'source': 'SOURCE'}
    """
    named = [field.name for field in columns(kind) if field.holds == "reference"]
    if kind == "observation":
        named.append("base")
    return {
        name: "NAMES" if (kind, name) == ("alias", "entity") else name.upper() for name in named
    }


LINKS = tuple(dict.fromkeys(each for kind in RECORDS for each in link_types(kind).values()))
"""Every type of relationship from a row to what it names."""

LATE = frozenset({"CORRECTS", "EVIDENCE", "TARGET", "BASE"})
"""Relationships to claims, which are written when all claims are there."""


def labels(schema: Schema, kind: Kind, of_type: str = "") -> tuple[str, ...]:
    """Return the labels of a row; ``of_type`` is the class of an entity or source.

    >>> from diaspora_graph.ontology import load_schema
    >>> labels(load_schema(), "entity", "State")
    ('Dg', 'Entity', 'Thing', 'State', 'Actor')
    """
    family = "Claim" if kind in CLAIMS else "Thing" if kind in THINGS else ""
    above = schema.classes[of_type].ancestors if kind in THINGS else ()
    return tuple(dict.fromkeys(filter(None, (BASE, kind.capitalize(), family, *above))))


def all_labels(schema: Schema) -> tuple[str, ...]:
    """Return every label of ours."""
    kinds = [labels(schema, kind) for kind in RECORDS if kind not in THINGS]
    classes = [labels(schema, kind, name) for kind in THINGS for name in schema.classes]
    return tuple(dict.fromkeys(each for one in (*kinds, *classes) for each in one))


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one kind with the same labels.

    A row has ``key``, ``digest``, ``properties`` without empty ones, and for each relationship
    that it has a list of keys.
    """

    kind: Kind
    labels: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True, eq=False)
class Projection:
    """What is stored of a dataset; ``others`` are datasets in the store that share things."""

    data: Dataset
    others: Others = field(default=NOBODY)

    def beside(self, others: Others) -> Projection:
        """Return the same with what other datasets say; the digests of rows stay as they are."""
        if others is self.others:
            return self
        found = Projection(self.data, others)
        found.__dict__["fingerprints"] = self.fingerprints
        return found

    @cached_property
    def names(self) -> list[str]:
        """The names of the datasets, by the numbers of their folders."""
        table = self.data.tables["dataset"]
        by_folder = dict(zip(table.folder.tolist(), table["name"].all(), strict=True))
        return [by_folder[folder] for folder in sorted(by_folder)]

    @cached_property
    def starts(self) -> dict[Kind, int]:
        """The number of the first row of each kind, where rows are numbered through all kinds."""
        starts, total = {}, 0
        for kind, table in self.data.tables.items():
            starts[kind] = total
            total += len(table)
        return starts

    @cached_property
    def folders(self) -> npt.NDArray[np.int16]:
        """The number of the folder of each row."""
        return np.concatenate([table.folder for table in self.data.tables.values()])

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all but the rows that stored properties depend on: the ontology."""
        schema = self.data.schema
        said = {
            "classes": {
                n: [c.ancestors, c.passes, c.gates, c.topic] for n, c in schema.classes.items()
            },
            "predicates": {
                name: [p.upper, p.flow, p.exempt, p.topic_source, p.family, p.own_policy]
                for name, p in schema.predicates.items()
            },
            "words": {n: [schema.words(n), schema.default(n)] for n in schema.vocabularies},
            "extension": [self.extension(place) for place in range(len(self.names))],
        }
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    def extension(self, place: int) -> str:
        """Return the files of the ontology of a dataset's own, as JSON, or nothing."""
        from pathlib import Path

        folders = self.data.folders
        files = {
            path.name: path.read_text("utf-8")
            for folder in self.data.extensions
            if len(self.names) == 1 or folder.parent == Path(folders[place])
            for path in sorted(folder.glob("*.ttl"))
        }
        return json.dumps(files, ensure_ascii=False) if files else ""

    @cached_property
    def fingerprints(self) -> tuple[pa.StringArray, Digests]:
        """The key and the digest of every row, in the order of the exchange format."""
        found = [self._fingerprints(kind) for kind in self.data.tables]
        return pa.concat_arrays([keys for keys, _ in found]), np.concatenate([d for _, d in found])

    def _fingerprints(self, kind: Kind) -> tuple[pa.StringArray, Digests]:
        table = self.data.tables[kind]
        digests = np.zeros((len(table), 32), np.uint8)
        for start in range(0, len(table), SLICE):
            part = part_of(table, np.arange(start, min(start + SLICE, len(table))))
            found = b"".join(digests_of(part, self.data.schema))
            digests[start : start + len(part)] = np.frombuffer(found, np.uint8).reshape(-1, 32)
        if has_id(kind):
            return table["id"].arrow(), digests
        return string_array(_keys(table, [each.tobytes().hex() for each in digests])), digests

    def nodes(self, kind: Kind, rows: npt.NDArray[Any]) -> Iterator[Batch]:
        """Yield some rows of a kind, by their places in its table."""
        table = self.data.tables[kind]
        if kind not in THINGS:
            own = labels(self.data.schema, kind)
            for part in _slices(rows):
                yield Batch(kind, own, self._rows(kind, part))
            return
        types = table["type"]
        for code in np.unique(types.codes[rows]).tolist():
            own = labels(self.data.schema, kind, types.listed()[code])
            for part in _slices(rows[types.codes[rows] == code]):
                yield Batch(kind, own, self._rows(kind, part))

    def _rows(self, kind: Kind, places: npt.NDArray[Any]) -> list[Row]:
        """Return some rows of a table as they are written."""
        part = part_of(self.data.tables[kind], places)
        digests = [
            each.tobytes().hex() for each in self.fingerprints[1][self.starts[kind] + places]
        ]
        names = list(part.columns)
        cells = zip(*(part[name].all() for name in names), strict=True)
        rows: list[Row] = []
        beside = self._beside(part)
        keys = _keys(part, digests)
        for at, (texts, more) in enumerate(zip(cells, beside, strict=True)):
            said = {name: text for name, text in zip(names, texts, strict=True) if text}
            own = {"key": keys[at], "dataset": self.names[part.folder[at]], "digest": digests[at]}
            links = self._links(part.kind, said)
            rows.append({"key": keys[at], "properties": {**said, **more, **own}, **links})
        return rows

    def _links(self, kind: Kind, said: Mapping[str, str]) -> dict[str, list[str]]:
        links = {
            name: said[column].split(SEPARATOR)
            for column, name in link_types(kind).items()
            if column in said
        }
        if "BASE" in links and said["base"] in self.data.schema.measures:
            del links["BASE"]
        return links

    def _beside(self, part: Table) -> Iterator[Row]:
        """Yield for each row the properties that are worked out."""
        own = own_columns(part)
        if part.kind in CLAIMS:
            found = self._of_claims(part)
        elif part.kind in THINGS:
            found = self._of_things(part)
        elif part.kind == "dataset":
            found = iter([self._of_dataset(place) for place in part.folder.tolist()])
        else:
            found = iter([{} for _ in range(len(part))])
        for more, kept in zip(found, own, strict=True):
            yield more | ({OWN: kept} if kept else {})

    def _of_dataset(self, place: int) -> Row:
        files = self.extension(place)
        return {EXTENSION: files} if files else {}

    def _of_claims(self, part: Table) -> Iterator[Row]:
        kind, data = part.kind, _alone(part, self.data.schema)
        no = denied(data, kind)
        status = "coding_status" if kind == "coding" else "status"
        words = data.schema.words(status)
        columns_ = (
            *(column.tolist() for column in data.bounds(kind)[part["valid"].codes].T),
            no.tolist(), (~no & ~withdrawn(part)).tolist(), data.words(kind, "confidence").tolist(),
            [words[code] for code in data.words(kind, "status", status).tolist()],
        )  # fmt: skip
        names = part["predicate"].all() if kind == "statement" else [""] * len(part)
        for name, *values in zip(names, *columns_, strict=True):
            found = dict(zip(BESIDE[: len(columns_)], values, strict=True))
            yield found | (self._of_predicate(name) if name else {})

    def _of_predicate(self, name: str) -> Row:
        term = self.data.schema.predicates[name]
        return {"family": term.family, "own_policy": term.own_policy}

    def _of_things(self, part: Table) -> Iterator[Row]:
        classes = self.data.schema.classes
        for row, name in enumerate(part["type"].all()):
            of = classes[name]
            found: Row = {"passes": of.passes, "gates": of.gates, "is_topic": of.topic}
            yield found | {"names": self._names(part, row)}

    def _names(self, part: Table, row: int) -> list[str]:
        if part.kind == "source":
            return [part["title"][row]]
        said = [part[f"label_{each}"][row] for each in ("en", "kk", "ru", "native")]
        more = self._aliases.get(part["id"][row], [])
        every = (*said, *part["aliases"][row].split(SEPARATOR), *more)
        return list(dict.fromkeys(filter(None, every)))

    @cached_property
    def _aliases(self) -> Mapping[str, list[str]]:
        table = self.data.tables["alias"]
        found: dict[str, list[str]] = {}
        pairs = [*zip(table["entity"].all(), table["alias"].all(), strict=True)]
        for entity, alias in [*pairs, *self.others.aliases]:
            found.setdefault(entity, []).append(alias)
        return found

    @cached_property
    def relating(self) -> Relating:
        """The relations that some statement affirms."""
        return Relating(self.data, self.names, self.others)


def part_of(table: Table, rows: npt.NDArray[Any]) -> Table:
    """Return some rows of a table with no texts but their own."""
    taken = table.take(rows)
    return replace(
        taken,
        columns={name: cells.used() for name, cells in taken.columns.items()},
        extra={name: cells.used() for name, cells in taken.extra.items()},
    )


def digests_of(part: Table, schema: Schema) -> Iterator[bytes]:
    """Yield the SHA-256 of the JSON line of each row, with the user's own columns at its end."""
    for line, more in zip(lines_of(part, schema), own_columns(part), strict=True):
        text = f"{line[:-2]}, {more[1:]}\n" if more else line
        yield hashlib.sha256(text.encode()).digest()


def own_columns(part: Table) -> list[str]:
    """Return the user's own columns of each row as JSON, nothing where they are empty."""
    names = sorted(part.extra)
    if not names:
        return [""] * len(part)
    cells = zip(*(part.extra[name].all() for name in names), strict=True)
    rows = ({n: text for n, text in zip(names, texts, strict=True) if text} for texts in cells)
    return [json.dumps(row, ensure_ascii=False) if row else "" for row in rows]


def _alone(part: Table, schema: Schema) -> Dataset:
    """Return a part of one table as a dataset of its own, to be asked about its own cells only."""
    return Dataset(schema, {part.kind: part}, ())


def _slices(rows: npt.NDArray[Any]) -> Iterator[npt.NDArray[Any]]:
    return (rows[start : start + SLICE] for start in range(0, len(rows), SLICE))


def _keys(part: Table, digests: Sequence[str]) -> list[str]:
    if has_id(part.kind):
        return part["id"].all()
    if part.kind == "dataset":
        return [f"dataset:{name}" for name in part["name"].all()]
    return [f"alias:{each[:32]}" for each in digests]

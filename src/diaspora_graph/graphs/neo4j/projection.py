"""A dataset as rows of nodes and relationships, slice by slice: memory does not grow with size.

Every row of every file is a node that holds its cells as entered. Values derived from a row and
the ontology are stored next to them and never read back. A relation with an affirming statement
is one relationship named by the ontology, and one or two of influence, with aligned lists.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from diaspora_graph.dataset.canonical import lines_of
from diaspora_graph.dataset.claims import counted, denied
from diaspora_graph.dataset.columns import Table, int_array, string_array
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind, has_id
from diaspora_graph.graphs.neo4j.relating import NOBODY, Others, Relating
from diaspora_graph.graphs.neo4j.shape import (
    EXTENSION,
    FINISHED,
    OF_CLAIMS,
    OWN,
    THINGS,
    labels,
    link_types,
)
from diaspora_graph.ontology.schema import Schema

SLICE = 5_000
"""Rows in a batch."""

LAYOUT = 1
"""Increased whenever the stored form of the same data changes; stores are then rewritten."""

_WORDS = ("status", "coding_status", "confidence")
"""The vocabularies that stored properties are derived from."""

Row = dict[str, Any]
Digests = npt.NDArray[np.uint8]
"""Shape (rows, 32): SHA-256."""


@dataclass(frozen=True, eq=False)
class Projection:
    """The stored form of a dataset; ``others`` are datasets in the store that share things."""

    data: Dataset
    others: Others = field(default=NOBODY)

    def beside(self, others: Others) -> Projection:
        """Return the same with the claims of other datasets; the digests of rows stay the same."""
        if others is self.others:
            return self
        found = Projection(self.data, others)
        found.__dict__["_digested"] = self._digested
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
    def finished(self) -> list[Row]:
        """The properties of each dataset's node after a finished load, and its ``key``."""
        together = sorted(self.names)
        return [
            {"key": f"dataset:{name}", "properties": dict(zip(FINISHED, values, strict=True))}
            for place, name in enumerate(self.names)
            for values in [(self._terms(place), together, self.content)]
        ]

    def _terms(self, place: int) -> str:
        """Return a digest of the parts of the ontology that the stored rows of a dataset use."""
        schema, tables = self.data.schema, self.data.tables
        types = {name for kind in THINGS for name in _used(tables[kind], "type", place)}
        classes = {name: schema.classes[name] for name in sorted(types)}
        verbs = sorted(_used(tables["statement"], "predicate", place))
        predicates = {name: schema.predicates[name] for name in verbs}
        used = {
            "classes": {
                name: [of.ancestors, of.passes, of.gates, of.topic] for name, of in classes.items()
            },
            "predicates": {
                name: [
                    of.upper,
                    of.flow,
                    of.exempt,
                    of.topic_source,
                    of.family,
                    of.own_policy,
                    of.role,
                ]
                for name, of in predicates.items()
            },
            "words": {name: [schema.words(name), schema.default(name)] for name in _WORDS},
            "extension": self.extension(place),
            "layout": LAYOUT,
        }
        return hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest()

    def extension(self, place: int) -> str:
        """Return the files of a dataset's own ontology, as JSON, or nothing."""
        own = self.data.extensions.get(place)
        files = {name: turtle.decode() for name, turtle in own.files} if own else {}
        return json.dumps(files, ensure_ascii=False) if files else ""

    @property
    def fingerprints(self) -> tuple[pa.StringArray, Digests]:
        """The key and the digest of every row, in the order of the exchange format."""
        return self._digested[:2]

    @property
    def content(self) -> str:
        """The digest of the whole dataset, that of `diaspora_graph.dataset.canonical.digest`."""
        return self._digested[2]

    @cached_property
    def _digested(self) -> tuple[pa.StringArray, Digests, str]:
        total = hashlib.sha256()
        found = [self._fingerprints(kind, total.update) for kind in self.data.tables]
        keys = pa.concat_arrays([keys for keys, _ in found])
        return keys, np.concatenate([digests for _, digests in found]), total.hexdigest()

    def _fingerprints(
        self, kind: Kind, tell: Callable[[bytes], None]
    ) -> tuple[pa.StringArray, Digests]:
        """Return the keys and digests of the rows of a kind, and pass on their lines."""
        table = self.data.tables[kind]
        digests = np.zeros((len(table), 32), np.uint8)
        for start in range(0, len(table), SLICE):
            part = table.part(np.arange(start, min(start + SLICE, len(table))))
            lines = [*lines_of(part, self.data.schema)]
            tell("".join(lines).encode())
            found = b"".join(digests_of(lines, own_columns(part)))
            digests[start : start + len(part)] = np.frombuffer(found, np.uint8).reshape(-1, 32)
        if has_id(kind):
            return table["id"].arrow(), digests
        return string_array(_keys(table, self.names, digests)), digests

    def nodes(self, kind: Kind, places: npt.NDArray[Any]) -> Iterator[list[Row]]:
        """Yield some rows of a kind, by their places in its table, slice by slice.

        A row has ``key``, ``labels``, ``properties`` without empty ones, and a list of keys for
        each of its types of relationship.
        """
        for start in range(0, len(places), SLICE):
            yield self._rows(kind, places[start : start + SLICE])

    def _rows(self, kind: Kind, places: npt.NDArray[Any]) -> list[Row]:
        """Return some rows of a table as they are written."""
        part = self.data.tables[kind].part(places)
        digests = [
            each.tobytes().hex() for each in self.fingerprints[1][self.starts[kind] + places]
        ]
        names = list(part.columns)
        cells = zip(*(part[name].all() for name in names), strict=True)
        rows: list[Row] = []
        derived = self._beside(part)
        keys = self.fingerprints[0].take(int_array(self.starts[kind] + places)).to_pylist()
        own_labels = self._labels(part)
        types = link_types(kind)
        for at, (texts, more) in enumerate(zip(cells, derived, strict=True)):
            filled = {name: text for name, text in zip(names, texts, strict=True) if text}
            own = {"key": keys[at], "dataset": self.names[part.folder[at]], "digest": digests[at]}
            links = self._links(types, filled)
            row = {
                "key": keys[at],
                "labels": own_labels[at],
                "properties": {**filled, **more, **own},
            }
            rows.append(row | links)
        return rows

    def _labels(self, part: Table) -> list[tuple[str, ...]]:
        schema = self.data.schema
        if part.kind not in THINGS:
            return [labels(schema, part.kind)] * len(part)
        types = part["type"]
        of_type = [labels(schema, part.kind, name) for name in types.listed()]
        return [of_type[code] for code in types.codes.tolist()]

    def _links(self, types: Mapping[str, str], filled: Mapping[str, str]) -> dict[str, list[str]]:
        links = {
            name: filled[column].split(SEPARATOR)
            for column, name in types.items()
            if column in filled
        }
        if "BASE" in links and filled["base"] in self.data.schema.measures:
            del links["BASE"]
        return links

    def _beside(self, part: Table) -> Iterator[Row]:
        """Yield the derived properties of each row."""
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
        columns_ = (
            *(column.tolist() for column in data.bounds(kind)[part["valid"].codes].T),
            denied(data, kind).tolist(), counted(data, kind).tolist(),
            data.words(kind, "confidence").tolist(),
        )  # fmt: skip
        names = part["predicate"].all() if kind == "statement" else [""] * len(part)
        for name, *values in zip(names, *columns_, strict=True):
            found = dict(zip(OF_CLAIMS, values, strict=True))
            yield found | (self._of_predicate(name) if name else {})

    def _of_predicate(self, name: str) -> Row:
        term = self.data.schema.predicates[name]
        found: Row = {"family": term.family, "own_policy": term.own_policy}
        return found | ({"role": term.role} if term.role else {})

    def _of_things(self, part: Table) -> Iterator[Row]:
        classes = self.data.schema.classes
        for row, name in enumerate(part["type"].all()):
            of = classes[name]
            found: Row = {"passes": of.passes, "gates": of.gates, "is_topic": of.topic}
            yield found | {"names": self._names(part, row)}

    def _names(self, part: Table, row: int) -> list[str]:
        if part.kind == "source":
            return [part["title"][row]]
        labels = [part[f"label_{each}"][row] for each in ("en", "kk", "ru", "native")]
        more = self._aliases.get(part["id"][row], [])
        every = (*labels, *part["aliases"][row].split(SEPARATOR), *more)
        return list(dict.fromkeys(filter(None, every)))

    @cached_property
    def _aliases(self) -> Mapping[str, list[str]]:
        table = self.data.tables["alias"]
        found: dict[str, list[str]] = {}
        pairs = [*zip(table["entity"].all(), table["alias"].all(), strict=True)]
        for entity, alias in sorted([*pairs, *self.others.aliases]):
            found.setdefault(entity, []).append(alias)
        return found

    @cached_property
    def relating(self) -> Relating:
        """The relations that some statement affirms."""
        return Relating(self.data, self.names, self.others)


def _used(table: Table, column: str, place: int) -> set[str]:
    return set(table[column].at(np.flatnonzero(table.folder == place)))


def digests_of(lines: Iterable[str], own: Iterable[str]) -> Iterator[bytes]:
    """Yield the SHA-256 of each row's JSON line, with the user's own columns at the end."""
    for line, more in zip(lines, own, strict=True):
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
    """Return a part of one table as a dataset, used only for its own cells."""
    return Dataset(schema, {part.kind: part}, ())


def _keys(table: Table, names: Sequence[str], digests: Digests) -> list[str]:
    """Return keys for the rows of a kind without ids; the same alias may occur twice."""
    if table.kind == "dataset":
        return [f"dataset:{name}" for name in table["name"].all()]
    seen: Counter[str] = Counter()
    keys = []
    for place, each in zip(table.folder.tolist(), digests, strict=True):
        key = f"alias:{names[place]}:{each[:16].tobytes().hex()}"
        keys.append(f"{key}:{seen[key]}" if seen[key] else key)
        seen[key] += 1
    return keys

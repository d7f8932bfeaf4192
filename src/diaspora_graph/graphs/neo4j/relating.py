"""Relations as relationships: aligned lists of what each affirming statement says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset import Dataset
from diaspora_graph.schema import BACKWARD, FORWARD, Predicate, Schema
from diaspora_graph.tables import int_array, string_array

if TYPE_CHECKING:
    import pyarrow as pa

LISTS = (
    "statements", "datasets", "begin_earliest", "begin_latest", "end_earliest", "end_latest",
    "confidence", "status", "sources", "topics",
)  # fmt: skip
"""The aligned lists, one value a statement, in the order of the statements' ids."""

INFLUENCES = "INFLUENCES"
ON_RELATIONS = ("key", "digest", "predicate", *LISTS, "along", "exempt", "tells_topics")
RELATIONS = 2_000
"""Relations in a batch."""

Entry = tuple[Any, ...]
"""What one statement says, in the order of `LISTS`."""


@dataclass(frozen=True)
class Others:
    """What datasets that are stored and not open say of the same things."""

    aliases: Sequence[tuple[str, str]] = ()
    entries: Mapping[str, list[Entry]] = field(default_factory=dict)


NOBODY = Others()


@dataclass(frozen=True, slots=True)
class RelationBatch:
    """Relations of one predicate; a row has ``subject``, ``object`` and ``properties``."""

    predicate: str
    type: str
    along: tuple[bool, ...]
    exempt: bool
    rows: list[dict[str, Any]]

    @staticmethod
    def of(predicate: Predicate, said: Iterable[tuple[str, list[Entry]]]) -> RelationBatch:
        """Return a batch from the keys and entries of relations of one predicate."""
        ways = [(FORWARD, True), (BACKWARD, False)]
        along = tuple(way for flag, way in ways if predicate.flow & flag)
        of = {"exempt": predicate.exempt, "tells_topics": predicate.topic_source}
        rows = [_row(key, entries, of) for key, entries in said]
        return RelationBatch(predicate.name, predicate.upper, along, predicate.exempt, rows)

    @staticmethod
    def of_entries(entries: Mapping[str, list[Entry]], schema: Schema) -> Iterator[RelationBatch]:
        """Yield batches of relations of any predicates."""
        by_name: dict[str, list[str]] = {}
        for key in sorted(entries):
            by_name.setdefault(key.split(" ")[1], []).append(key)
        for name, keys in by_name.items():
            said = ((key, entries[key]) for key in keys)
            yield RelationBatch.of(schema.predicates[name], said)


@dataclass(frozen=True, eq=False)
class Relating:
    """The relations of a dataset that at least one statement affirms.

    A place is a position among them; they stand in the order of predicate, subject and object.
    """

    data: Dataset
    names: Sequence[str]
    others: Others

    @cached_property
    def relations(self) -> npt.NDArray[np.int64]:
        """Which relations of the dataset these are."""
        relations = self.data.relations
        found = np.flatnonzero(relations.any(~self.data.denied))
        return found[np.argsort(relations.predicate[found], kind="stable")]

    @cached_property
    def ways(self) -> npt.NDArray[np.int64]:
        """How many relationships each is stored as."""
        flows = np.array([each.flow for each in self.data.schema.predicates.values()], np.int64)
        plain = [each.upper != INFLUENCES for each in self.data.schema.predicates.values()]
        many = np.array(plain, np.int64) + ((flows & FORWARD) > 0) + ((flows & BACKWARD) > 0)
        return many[self.data.relations.predicate[self.relations]]

    @cached_property
    def fingerprints(self) -> tuple[pa.StringArray, list[str]]:
        """The key and the digest of every relation."""
        keys: list[str] = []
        digests: list[str] = []
        for start in range(0, len(self.relations), RELATIONS):
            for key, entries in self._entries(np.arange(start, self._end(start))):
                keys.append(key)
                digests.append(_digest(entries))
        return string_array(keys), digests

    def _end(self, start: int) -> int:
        return min(start + RELATIONS, len(self.relations))

    def batches(self, places: npt.NDArray[Any]) -> Iterator[RelationBatch]:
        """Yield some relations, by their places."""
        predicates = self.data.relations.predicate[self.relations[places]]
        for code in np.unique(predicates).tolist():
            chosen = places[predicates == code]
            for start in range(0, len(chosen), RELATIONS):
                yield self._batch(code, chosen[start : start + RELATIONS])

    def _batch(self, code: int, places: npt.NDArray[Any]) -> RelationBatch:
        predicate = list(self.data.schema.predicates.values())[code]
        return RelationBatch.of(predicate, self._entries(places))

    def _entries(self, places: npt.NDArray[Any]) -> Iterator[tuple[str, list[Entry]]]:
        """Yield the key and the entries of some relations."""
        relations, number = self.data.relations, self.relations[places]
        rows = [r[~self.data.denied[r]] for r in map(relations.rows, number.tolist())]
        said = self._said(np.concatenate(rows) if rows else np.zeros(0, np.int64))
        predicates = list(self.data.schema.predicates)
        subjects = _taken(self.data.ids, relations.subject[number])
        objects = _taken(self.data.ids, relations.object[number])
        start = 0
        for at, own in enumerate(rows):
            verb = predicates[relations.predicate[number[at]]]
            key = f"{subjects[at]} {verb} {objects[at]}"
            entries = said[start : start + len(own)]
            start += len(own)
            more = self.others.entries.get(key)
            yield key, sorted([*entries, *more]) if more else entries

    def _said(self, rows: npt.NDArray[Any]) -> list[Entry]:
        table, data = self.data.tables["statement"], self.data
        days = self._days[table["valid"].codes[rows]]
        statuses = data.schema.words("status")
        columns = (
            table["id"].at(rows), [self.names[place] for place in table.folder[rows].tolist()],
            *(column.tolist() for column in days.T), self._confidence[rows].tolist(),
            [statuses[code] for code in self._status[rows].tolist()],
            table["source"].at(rows), table["about"].at(rows),
        )  # fmt: skip
        return list(zip(*columns, strict=True))

    @cached_property
    def _days(self) -> npt.NDArray[np.int32]:
        return self.data.bounds("statement")

    @cached_property
    def _confidence(self) -> npt.NDArray[np.int32]:
        return self.data.words("statement", "confidence")

    @cached_property
    def _status(self) -> npt.NDArray[np.int32]:
        return self.data.words("statement", "status")


def _row(key: str, entries: list[Entry], of: Mapping[str, bool]) -> dict[str, Any]:
    """Return a relation as it is written; ``of`` is what its predicate says of every hop."""
    subject, predicate, object_ = key.split(" ")
    own = {"key": key, "digest": _digest(entries), "predicate": predicate, **of}
    lists = dict(zip(LISTS, map(list, zip(*entries, strict=True)), strict=True))
    return {"subject": subject, "object": object_, "properties": own | lists}


def _taken(ids: pa.StringArray, numbers: npt.NDArray[Any]) -> list[str]:
    texts: list[str] = ids.take(int_array(numbers)).to_pylist()
    return texts


def _digest(entries: list[Entry]) -> str:
    return hashlib.sha256(repr(entries).encode()).hexdigest()[:32]

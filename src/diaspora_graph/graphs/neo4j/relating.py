"""Relations as relationships: aligned lists with a value for each affirming statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from diaspora_graph.dataset.claims import counted
from diaspora_graph.dataset.columns import Mask, int_array, string_array
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.ontology.schema import BACKWARD, FORWARD, Predicate, Schema

if TYPE_CHECKING:
    import pyarrow as pa

LISTS = (
    "statements", "datasets", "begin_earliest", "begin_latest", "end_earliest", "end_latest",
    "confidence", "counts", "status", "sources", "topics",
)  # fmt: skip
"""The aligned lists, one value for each statement, in the order of the statements' ids."""

INFLUENCES = "INFLUENCES"
ON_RELATIONS = ("key", "digest", "predicate", *LISTS, "along", "exempt", "tells_topics")
RELATIONS = 2_000
"""Relations in a batch."""

Entry = tuple[Any, ...]
"""The values of one statement, in the order of `LISTS`."""


@dataclass(frozen=True)
class Others:
    """The claims of stored datasets that are not open about the same things."""

    aliases: Sequence[tuple[str, str]] = ()
    entries: Mapping[str, list[Entry]] = field(default_factory=dict)


NOBODY = Others()


@dataclass(frozen=True, slots=True)
class Form:
    """The relationships that store a relation; many predicates have the same form.

    One of the predicate's own type if ``plain``, and one of influence for each of ``along``: true
    from subject to object, false the other way. The relation ``influences`` has only
    the type of influence itself.
    """

    plain: bool
    along: tuple[bool, ...]

    @staticmethod
    def of(predicate: Predicate) -> Form:
        """Return the form of relations of a predicate."""
        ways = [(FORWARD, True), (BACKWARD, False)]
        along = tuple(way for flag, way in ways if predicate.flow & flag)
        return Form(predicate.upper != INFLUENCES, along)

    def relationships(
        self, row: Mapping[str, Any]
    ) -> Iterator[tuple[str, bool, Mapping[str, Any]]]:
        """Yield the relationships that store a relation: type, whether forward, properties."""
        properties = row["properties"]
        if self.plain:
            yield row["type"], True, properties
        for along in self.along:
            yield INFLUENCES, along, {**properties, "along": along}


@dataclass(frozen=True, slots=True)
class RelationBatch:
    """Relations of one form; a row has ``subject``, ``object``, ``type`` and ``properties``."""

    form: Form
    rows: list[dict[str, Any]]


def batches_of(
    entries: Iterable[tuple[str, list[Entry]]], schema: Schema
) -> Iterator[RelationBatch]:
    """Yield batches of relations from their keys and entries."""
    by_form: dict[Form, list[dict[str, Any]]] = {}
    for key, values in entries:
        predicate = schema.predicates[key.split(" ")[1]]
        by_form.setdefault(Form.of(predicate), []).append(_row(key, values, predicate))
    for form, rows in by_form.items():
        yield RelationBatch(form, rows)


@dataclass(frozen=True, eq=False)
class Relating:
    """The relations of a dataset that at least one statement affirms.

    A place is a position among them; they are in the order of predicate, subject and object.
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
        """The number of relationships that store each relation."""
        forms = map(Form.of, self.data.schema.predicates.values())
        many = np.array([form.plain + len(form.along) for form in forms], np.int64)
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
        for start in range(0, len(places), RELATIONS):
            entries = self._entries(places[start : start + RELATIONS])
            yield from batches_of(entries, self.data.schema)

    def _entries(self, places: npt.NDArray[Any]) -> Iterator[tuple[str, list[Entry]]]:
        """Yield the key and the entries of some relations."""
        relations, number = self.data.relations, self.relations[places]
        rows = [r[~self.data.denied[r]] for r in map(relations.rows, number.tolist())]
        values = self._said(np.concatenate(rows) if rows else np.zeros(0, np.int64))
        predicates = list(self.data.schema.predicates)
        subjects = _taken(self.data.ids, relations.subject[number])
        objects = _taken(self.data.ids, relations.object[number])
        start = 0
        for at, own in enumerate(rows):
            verb = predicates[relations.predicate[number[at]]]
            key = f"{subjects[at]} {verb} {objects[at]}"
            entries = values[start : start + len(own)]
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
            self._counts[rows].tolist(),
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
    def _counts(self) -> Mask:
        return counted(self.data, "statement")

    @cached_property
    def _status(self) -> npt.NDArray[np.int32]:
        return self.data.words("statement", "status")


def _row(key: str, entries: list[Entry], predicate: Predicate) -> dict[str, Any]:
    """Return a relation as it is written."""
    subject, name, object_ = key.split(" ")
    of_every_hop = {"exempt": predicate.exempt, "tells_topics": predicate.topic_source}
    own = {"key": key, "digest": _digest(entries), "predicate": name, **of_every_hop}
    lists = dict(zip(LISTS, map(list, zip(*entries, strict=True)), strict=True))
    return {
        "subject": subject, "object": object_, "type": predicate.upper, "properties": own | lists,
    }  # fmt: skip


def _taken(ids: pa.StringArray, numbers: npt.NDArray[Any]) -> list[str]:
    texts: list[str] = ids.take(int_array(numbers)).to_pylist()
    return texts


def _digest(entries: list[Entry]) -> str:
    return hashlib.sha256(repr(entries).encode()).hexdigest()[:32]

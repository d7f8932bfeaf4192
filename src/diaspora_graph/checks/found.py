"""The tables that the rules look at, and the faults that they report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.dataset.columns import (
    Cells,
    Codes,
    Mask,
    Table,
    codes_of,
    positions,
    string_array,
)
from diaspora_graph.dataset.records import FILES, SEPARATOR, Kind, has_id
from diaspora_graph.errors import Fault
from diaspora_graph.ontology.schema import Schema

TOLD_PER_RULE = 1000
"""After this number of faults of one rule, further ones are only counted, not reported."""

HINTED = 20
"""A rule looks for hints for this number of texts at a time: finding near names is slow."""

LONGEST_HINTED = 200
"""No near names are looked for texts longer than this."""

_DOUBTED = {"corrected", "disputed"}

Hint = str | Callable[[str], str]
Column = tuple[Kind, int, str]
"""A column of one file: the kind of its rows, the position of its folder, its name."""


@dataclass
class Case:
    """Tables to check, the ontology to check them by, and the faults found so far.

    ``absent`` are columns that could not be read, ``lost`` the names in records that could not be
    read: no rule reports these as missing.
    """

    schema: Schema
    tables: Mapping[Kind, Table]
    folders: Sequence[str]
    absent: frozenset[Column] = frozenset()
    lost: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)
    things: Things = field(init=False, repr=False)
    """Entities and sources: what may be joined by a relation."""
    _ids: dict[tuple[Kind, ...], pa.StringArray] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.things = Things(self.schema, self.tables["entity"], self.tables["source"])

    def tell(
        self,
        rule: str,
        table: Table,
        rows: Iterable[int],
        column: str,
        expected: str,
        hint: Hint = "",
    ) -> None:
        """Report that these rows break a rule; a hint may be a function of the cell's text."""
        for fault in self._reported(self.counts, rule, table, rows, column, expected, hint):
            self.faults.append(fault)

    def warn(
        self,
        rule: str,
        table: Table,
        rows: Iterable[int],
        column: str,
        expected: str,
        hint: Hint = "",
    ) -> None:
        """Report what is not a fault but may be a mistake."""
        for fault in self._reported(self.warned, rule, table, rows, column, expected, hint):
            self.warnings.append(fault)

    def _reported(
        self,
        counts: Counter[str],
        rule: str,
        table: Table,
        rows: Iterable[int],
        column: str,
        expected: str,
        hint: Hint,
    ) -> Iterator[Fault]:
        unread = {
            place for kind, place, name in self.absent if (kind, name) == (table.kind, column)
        }
        hints = _Hints(hint)
        for row in rows:
            if unread and table.folder[row] in unread:
                continue
            if not _has_room(counts, rule):
                continue
            said = table[column][row] if column in table.columns else ""
            place = f"{self.folders[table.folder[row]]}/{FILES[table.kind]}"
            yield Fault(place, int(table.row[row]), column, said, expected, hints.of(said), rule)

    def tell_texts(
        self, rule: str, table: Table, texts: Mask, column: str, expected: str, hint: Hint = ""
    ) -> None:
        """Report the rows whose text in a column is marked among the distinct texts."""
        if texts.any():
            rows = table[column].rows(texts).tolist()
            self.tell(rule, table, rows, column, expected, hint)

    def apart(self) -> Case:
        """Return the same case without the faults found so far, to be checked in parallel."""
        part = copy(self)
        part.faults, part.warnings = [], []
        part.counts, part.warned = Counter(), Counter()
        return part

    def join(self, part: Case) -> None:
        """Add the faults of a part, as if they had been reported here."""
        reported, warned = Counter(self.counts), Counter(self.warned)
        self.faults.extend(fault for fault in part.faults if _has_room(reported, fault.rule))
        self.warnings.extend(fault for fault in part.warnings if _has_room(warned, fault.rule))
        self.counts.update(part.counts)
        self.warned.update(part.warned)

    def sees(self, kind: Kind, *names: str) -> bool:
        """Return whether these columns of a kind of row could be read in every folder."""
        return not any(each == kind and name in names for each, _, name in self.absent)

    def unexcused(self, table: Table, rows: Sequence[int]) -> list[int]:
        """Return those of these rows that are not marked as "entered as printed".

        A mistake that the source prints is excused by a flag on the row or on its source, or by a
        status that records it.
        """
        if not rows or not self.sees("flag", "target"):
            return []
        flags = self.tables["flag"]["target"]
        excuses = self.lost | {id for cell in flags.all() for id in cell.split(SEPARATOR)}
        names = [name for name in ("id", "source") if name in table.columns]
        return [
            row
            for row in rows
            if not any(table[name][row] in excuses for name in names)
            and not ("status" in table.columns and table["status"][row] in _DOUBTED)
        ]

    def ids(self, kinds: Sequence[Kind]) -> pa.StringArray:
        """Return the ids of all rows of these kinds."""
        key = tuple(kinds)
        if key not in self._ids:
            found = [self.tables[kind]["id"].arrow() for kind in kinds if has_id(kind)]
            self._ids[key] = pa.concat_arrays(found)
        return self._ids[key]


def _has_room(counts: Counter[str], rule: str) -> bool:
    """Count one more fault of a rule, and return whether it is still reported."""
    counts[rule] += 1
    return counts[rule] <= TOLD_PER_RULE


class _Hints:
    """Hints by the text of a cell, each looked up once, up to a limit."""

    def __init__(self, hint: Hint) -> None:
        self.hint = hint
        self.found: dict[str, str] = {}

    def of(self, said: str) -> str:
        if not callable(self.hint):
            return self.hint.removeprefix("; ")
        if said not in self.found:
            if len(said) > LONGEST_HINTED or len(self.found) == HINTED:
                return ""
            self.found[said] = self.hint(said).removeprefix("; ")
        return self.found[said]


class Things:
    """Entities and sources in one numbering: first the rows of entities, then those of sources."""

    def __init__(self, schema: Schema, entities: Table, sources: Table) -> None:
        ids = pa.concat_arrays([entities["id"].arrow(), sources["id"].arrow()])
        nothing, no_id = string_array(["", "\0"])  # an empty cell names no thing without an id
        self.ids = pc.if_else(pc.equal(ids, nothing), no_id, ids)
        code = {name: position for position, name in enumerate(schema.types)}
        self.type: Codes = np.concatenate([_types(entities, code), _types(sources, code)])
        self.entities = len(entities)
        self._named: dict[tuple[Cells, bool], tuple[Parts, Codes]] = {}

    def named(self, column: Cells, *, many: bool = True) -> tuple[Parts, Codes]:
        """Return the parts of a column and the thing that each names, -1 for none; made once."""
        found = self._named.get((column, many))
        if not found:
            parts = Parts(column, many=many)
            found = self._named[column, many] = parts, parts.places(self.ids)
        return found

    def of(self, column: Cells) -> Codes:
        """Return for each row the number of the thing that it names, -1 for none or unknown."""
        return self.named(column, many=False)[1][column.codes]

    def types_of(self, column: Cells) -> Codes:
        """Return for each row the type of the thing that it names, -1 where that is not known."""
        return self.types_at(self.named(column, many=False)[1])[column.codes]

    def types_at(self, things: Codes) -> Codes:
        """Return the types of things by number, -1 for none."""
        if not len(self.type):
            return np.full(len(things), -1, np.int32)
        return np.where(things < 0, -1, self.type[things])


def _types(table: Table, code: Mapping[str, int]) -> Codes:
    column = table["type"]
    by_text = np.array([code.get(text, -1) for text in column.listed()], np.int32)
    return by_text[column.codes]


class Parts:
    """The parts of cells that hold several values: each distinct cell split at ``|``."""

    def __init__(self, column: Cells, *, many: bool = True) -> None:
        self.column = column
        if many:
            split = pc.split_pattern(column.texts, SEPARATOR)
            self.texts: pa.StringArray = split.flatten()
            lengths = pc.list_value_length(split)
            counts = codes_of(lengths)
        else:
            self.texts = column.texts
            counts = np.ones(len(column.texts), np.int32)
        self.counts = counts
        self.owner = np.repeat(np.arange(len(counts)), counts)
        """The distinct cell that each part is in."""

    def any(self, parts: Mask) -> Mask:
        """Return which distinct cells have a part that is marked."""
        return np.bincount(self.owner[parts], minlength=len(self.counts)) > 0

    def known(self, ids: pa.StringArray) -> Mask:
        """Return which parts are among these ids."""
        return self.places(ids) >= 0

    def places(self, ids: pa.StringArray) -> npt.NDArray[np.int32]:
        """Return the position of each part among these ids, -1 for none."""
        return positions(self.texts, ids)

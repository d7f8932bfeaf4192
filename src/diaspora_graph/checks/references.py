"""Rules on identity: every id once, under its folder's prefix; every reference names a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.checks.cells import ID
from diaspora_graph.checks.found import Case, Parts
from diaspora_graph.dataset.columns import (
    Cells,
    Codes,
    Table,
    bool_array,
    codes_of,
    equal_to,
    positions,
)
from diaspora_graph.dataset.records import (
    FILES,
    FORMAT,
    RECORDS,
    SEPARATOR,
    Field,
    Kind,
    columns,
    has_id,
)
from diaspora_graph.errors import Fault, did_you_mean

_RULE = "unknown references"
_TWICE = "names that are used twice"
_MOST_LIKELY = 2000


def check_references(case: Case) -> None:
    """Report ids that are used twice or have a wrong prefix, and references to nothing."""
    _formats(case)
    _one_row(case)
    for column in ("name", "prefix"):
        _own(case, column)
    _uses(case)
    _unique(case)
    for table in case.tables.values():
        if has_id(table.kind) and len(table):
            _prefixes(case, table)
        for field in columns(table.kind):
            if field.holds == "reference" and len(table):
                _reference(case, table, field)


def _formats(case: Case) -> None:
    """A folder has a format version that this program reads."""
    table = case.tables["dataset"]
    for row, form in enumerate(table["format"].all()):
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", form):
            continue
        expected = f"format {FORMAT} or older"
        if "." in form or not form.strip("0"):
            case.tell("the format", table, [row], "format", expected)
        elif len(form) > 9 or int(form) > FORMAT:
            hint = "the folder was made for a newer diaspora-graph: update the program"
            case.tell("the format", table, [row], "format", expected, hint)


def _one_row(case: Case) -> None:
    """A folder is one dataset, described in one row."""
    table = case.tables["dataset"]
    unread = {folder for kind, folder, name in case.absent if (kind, name) == ("dataset", "name")}
    for folder, name in enumerate(case.folders):
        rows = np.flatnonzero(table.folder == folder).tolist()
        case.tell("the files", table, rows[1:], "name", "one row: a folder is one dataset")
        if not rows and folder not in unread:
            expected = "one row, which names the dataset"
            place = f"{name}/{FILES['dataset']}"
            case.counts["the files"] += 1
            case.faults.append(Fault(place, 2, "name", "no row", expected, rule="the files"))


def _own(case: Case, column: str) -> None:
    """No two folders have the same name or prefix."""
    table = case.tables["dataset"]
    seen: dict[str, int] = {}
    for row, value in enumerate(table[column].all()):
        if ("dataset", int(table.folder[row]), column) in case.absent:
            continue
        first = seen.setdefault(value, row)
        if first != row and table.folder[first] != table.folder[row]:
            hint = f"{case.folders[table.folder[first]]} has it"
            case.tell(_TWICE, table, [row], column, f"a {column} that no other folder has", hint)


def _uses(case: Case) -> None:
    """The datasets that a folder uses are open."""
    table = case.tables["dataset"]
    names = set(table["name"].all())
    if not case.sees("dataset", "name"):
        return
    for row, uses in enumerate(table["uses"].all()):
        if any(used and used not in names for used in uses.split(SEPARATOR)):
            hint = "open it too, with --graph"
            case.tell(_RULE, table, [row], "uses", "a dataset that is open", hint)


def _unique(case: Case) -> None:
    """Ids are unique over all kinds and all folders."""
    tables = [table for kind, table in case.tables.items() if has_id(kind) and len(table)]
    if not tables:
        return
    if _all_differ([table["id"] for table in tables]):
        return
    encoded = case.ids([table.kind for table in tables]).dictionary_encode()
    _twice(case, tables, codes_of(encoded.indices), encoded.dictionary)


def _all_differ(columns: Sequence[Cells]) -> bool:
    """Return whether no two rows have the same text; the many texts are not put in one table."""
    if any(np.bincount(each.codes).max() > 1 for each in columns):
        return False
    texts = sorted((each.texts for each in columns), key=len)
    return all(
        np.all(positions(pa.concat_arrays(texts[:number]), texts[number]) < 0)
        for number in range(1, len(texts))
    )


def _twice(case: Case, tables: Sequence[Table], code: Codes, names: pa.StringArray) -> None:
    starts = np.cumsum([0, *(len(table) for table in tables)])
    first = np.full(len(names), -1)
    first[code[::-1]] = np.arange(len(code))[::-1]
    empty = next(iter(np.flatnonzero(equal_to(names, "")).tolist()), -1)
    again = (first[code] != np.arange(len(code))) & (code != empty)

    def at(place: int) -> tuple[Table, int]:
        number = int(np.searchsorted(starts, place, "right")) - 1
        return tables[number], int(place - starts[number])

    for place in np.flatnonzero(again).tolist():
        table, row = at(place)
        other, other_row = at(int(first[code[place]]))
        where = f"{case.folders[other.folder[other_row]]}/{FILES[other.kind]}"
        hint = f"{where} row {other.row[other_row]} has it"
        case.tell(_TWICE, table, [row], "id", "an id that no other row has", hint)


def _prefixes(case: Case, table: Table) -> None:
    """The ids that a folder defines are ``prefix:slug``; the seed's prefix is empty."""
    column = table["id"]
    for folder, prefix in _prefix_of(case):
        start = f"{prefix}:" if prefix else ""
        sound = bool_array(pc.starts_with(column.texts, start))
        if not prefix:
            sound = sound & ~bool_array(pc.match_substring(column.texts, ":"))
        if sound.all():
            continue
        an_id = column.matching(ID)
        wrong = np.flatnonzero((an_id & ~sound)[column.codes] & (table.folder == folder)).tolist()
        expected = f"an id that begins with {start}" if prefix else "an id without a prefix"
        case.tell("ids", table, wrong, "id", expected, f"dataset.csv gives the prefix {prefix!r}")


def _prefix_of(case: Case) -> Iterator[tuple[int, str]]:
    """Yield the prefix of each folder that has one, from its first row."""
    table = case.tables["dataset"]
    seen: set[int] = set()
    for folder, prefix in zip(table.folder.tolist(), table["prefix"].all(), strict=True):
        if folder not in seen and ("dataset", folder, "prefix") not in case.absent:
            yield folder, prefix
        seen.add(folder)


def _reference(case: Case, table: Table, field: Field) -> None:
    kinds = [cast("Kind", kind) for kind in field.what.split("|")]
    if field.what == "any":
        kinds = [kind for kind in RECORDS if has_id(kind)]
    column = table[field.name]
    if not column.filled().any() or not all(case.sees(kind, "id") for kind in kinds):
        return
    if kinds == ["entity", "source"]:
        parts, things = case.things.named(column, many=field.many)
        wrong = things < 0
    else:
        parts = Parts(column, many=field.many)
        wrong = ~parts.known(case.ids(kinds))
    wrong &= ~equal_to(parts.texts, "")
    if wrong.any() and case.lost:
        wrong &= np.array([text not in case.lost for text in parts.texts.to_pylist()])
    texts = parts.any(wrong)
    if not texts.any():
        return
    listed = cast("list[str]", case.ids(kinds).to_pylist())
    known = set(listed)

    def hint(said: str) -> str:
        values = said.split(SEPARATOR) if field.many else [said]
        part = next((each for each in values if each and each not in known), said)
        return _elsewhere(case, part) or did_you_mean(part, _likely(part, listed))

    expected = "the id of a row" if field.what == "any" else f"the id of {_one_of(kinds)}"
    case.tell(_RULE, table, column.rows(texts).tolist(), field.name, expected, hint)


def _likely(name: str, known: Sequence[str]) -> Sequence[str]:
    """Return the names that may be near to a name: those with the same first letter."""
    if len(known) <= _MOST_LIKELY:
        return known
    return [each for each in known if each[:1] == name[:1]][:_MOST_LIKELY]


def _one_of(kinds: Sequence[str]) -> str:
    names = [f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" for kind in kinds]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _elsewhere(case: Case, name: str) -> str:
    """Return a hint if a reference names a row of another kind."""
    for kind, table in case.tables.items():
        if has_id(kind) and table["id"].code(name) >= 0:
            return f"{name} is a row of {FILES[kind]}"
    return ""

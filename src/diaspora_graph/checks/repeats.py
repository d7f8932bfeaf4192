"""Warnings on repeated rows: rows that differ only in their ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from diaspora_graph.checks.found import Case
from diaspora_graph.dataset.columns import Cells, Codes, Mask, Table
from diaspora_graph.dataset.records import FILES, SEPARATOR, Field, columns

_RULE = "repeated rows"
_MIX = np.uint64(0x9E3779B97F4A7C15)


def check_repeats(case: Case) -> None:
    """Warn of a row with the same content as another one: it was probably pasted twice.

    Default words, the order of lists and the user's own columns make no difference.
    """
    for table in case.tables.values():
        if table.kind != "dataset" and len(table) > 1:
            _repeats(case, table)


def _repeats(case: Case, table: Table) -> None:
    fields = columns(table.kind)[int("id" in table.columns) :]  # all but the row's own id
    varied = [each for each in fields if len(table[each.name].texts) > 1]
    coded = [_said(case, table[field.name], field) for field in varied]
    complete = [codes for codes in coded if len(codes) == len(table)]
    keys = _keys(complete, len(table))
    ordered = np.sort(keys)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(again):
        return
    name = "id" if "id" in table.columns else "entity"
    first: dict[tuple[int, ...], int] = {}
    for row in np.flatnonzero(np.isin(keys, again) & _judged(table)).tolist():
        home = int(table.folder[row]) if table.kind == "entity" else 0  # folders share names
        other = first.setdefault((home, *(int(codes[row]) for codes in complete)), row)
        if other != row:
            hint = f"{_place(case, table, other, row)} has the same content; delete one of the two"
            case.warn(_RULE, table, [row], name, "a row that no other row repeats", hint)


def _place(case: Case, table: Table, other: int, row: int) -> str:
    """Return the place of the other row, with its file if that is another one."""
    place = f"row {table.row[other]}"
    if table.folder[other] != table.folder[row]:
        place = f"{case.folders[table.folder[other]]}/{FILES[table.kind]} {place}"
    return f"{place} ({table['id'][other]})" if "id" in table.columns else place


def _judged(table: Table) -> Mask:
    """Return the rows to compare: too little is known of sources that nobody has read.

    Another rule warns of entities with the same Wikidata item.
    """
    if table.kind == "source":
        return table["source_class"].filled()
    if table.kind == "entity":
        return ~table["wikidata"].filled()
    return np.ones(len(table), np.bool_)


def _said(case: Case, column: Cells, field: Field) -> Codes:
    """Return codes that are equal where two cells have the same content."""
    if field.holds == "word":
        default = case.schema.default(field.what)
        texts = [text or default for text in column.listed()]
    elif field.many and field.holds == "reference":
        texts = [SEPARATOR.join(sorted(text.split(SEPARATOR))) for text in column.listed()]
    else:
        return column.codes
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(text, len(known)) for text in texts], np.int32)
    return codes if len(known) == 1 else codes[column.codes]


def _keys(coded: Sequence[Codes], rows: int) -> npt.NDArray[np.uint64]:
    """Return a number for each row, equal where all codes are equal and rarely elsewhere."""
    total = np.zeros(rows, np.uint64)
    for codes in coded:
        np.multiply(total, _MIX, out=total)
        np.add(total, codes.astype(np.uint64), out=total)
    return total

"""Warnings on rows that stand twice: they differ in nothing but their ids."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from diaspora_graph.checks.found import Case
from diaspora_graph.dataset.columns import Cells, Codes, Mask, Table
from diaspora_graph.dataset.records import FILES, SEPARATOR, Field, columns

_RULE = "rows that stand twice"
_MIX = np.uint64(0x9E3779B97F4A7C15)


def check_repeats(case: Case) -> None:
    """Warn of a row that says the same as another one: it was probably pasted twice.

    What an empty cell stands for and the order of lists make no difference, the user's own columns
    neither.
    """
    for table in case.tables.values():
        if table.kind != "dataset" and len(table) > 1:
            _repeats(case, table)


def _repeats(case: Case, table: Table) -> None:
    fields = columns(table.kind)[int("id" in table.columns) :]  # but for the row's own name
    varied = [each for each in fields if len(table[each.name].texts) > 1]
    coded = [_said(case, table[field.name], field) for field in varied]
    said = [codes for codes in coded if len(codes) == len(table)]
    keys = _keys(said, len(table))
    ordered = np.sort(keys)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(again):
        return
    name = "id" if "id" in table.columns else "entity"
    first: dict[tuple[int, ...], int] = {}
    for row in np.flatnonzero(np.isin(keys, again) & _judged(table)).tolist():
        home = int(table.folder[row]) if table.kind == "entity" else 0  # folders share names
        other = first.setdefault((home, *(int(codes[row]) for codes in said)), row)
        if other != row:
            hint = f"{_place(case, table, other, row)} says the same; delete one of the two"
            case.warn(_RULE, table, [row], name, "a row that no other row repeats", hint)


def _place(case: Case, table: Table, other: int, row: int) -> str:
    """Return where the other row stands, with its file if that is another one."""
    place = f"row {table.row[other]}"
    if table.folder[other] != table.folder[row]:
        place = f"{case.folders[table.folder[other]]}/{FILES[table.kind]} {place}"
    return f"{place} ({table['id'][other]})" if "id" in table.columns else place


def _judged(table: Table) -> Mask:
    """Return the rows that may be judged: of sources that nobody has read too little is known.

    Of entities that have the same Wikidata item another rule warns.
    """
    if table.kind == "source":
        return table["source_class"].filled()
    if table.kind == "entity":
        return ~table["wikidata"].filled()
    return np.ones(len(table), np.bool_)


def _said(case: Case, column: Cells, field: Field) -> Codes:
    """Return codes that are the same where two cells say the same."""
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


def _keys(said: Sequence[Codes], rows: int) -> npt.NDArray[np.uint64]:
    """Return a number for each row, the same where all codes are; few others share one."""
    total = np.zeros(rows, np.uint64)
    for codes in said:
        np.multiply(total, _MIX, out=total)
        np.add(total, codes.astype(np.uint64), out=total)
    return total

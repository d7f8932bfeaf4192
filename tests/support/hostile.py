"""Text that `check` accepts and that breaks a careless writer, in every text field."""

from __future__ import annotations

from collections.abc import Sequence

from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES, Kind, columns
from diaspora_graph.errors import DatasetError
from diaspora_graph.reading.load import dataset_of
from samples import ROWS, Row

HOSTILE = (
    "`) DETACH DELETE n //", "'}) MATCH (m) DETACH DELETE m //", '"; DROP', "$rows", "{key: 1}",
    "a\nb\n\nc", "a\ttab", "\\u0027 \\' \\", '\\"', '""', "ends in a backslash \\", "a;b,c", "null",
    "a\u2028b", "қазақ 한국 עברית", "x" * 100_000,
)  # fmt: skip
_KINDS = {file: kind for kind, file in FILES.items()}


def hostile(first: int = 0) -> Dataset:
    """The sample with one of the texts in every text field that may hold it.

    They take turns along the rows and columns; after as many firsts as there are texts, every
    field has held every one.
    """
    rows = {kind: [{**row} for row in each] for kind, each in ROWS.items()}
    for kind, each in rows.items():
        for number, row in enumerate(each, first):
            for place, name in enumerate(_fields(kind, row), number):
                row[name] = HOSTILE[place % len(HOSTILE)]
    while True:
        try:
            return dataset_of({kind: table_of(kind, each) for kind, each in rows.items()})
        except DatasetError as error:
            for fault in error.faults:
                kind = _KINDS[fault.file.rpartition("/")[2]]
                before, now = ROWS[kind][fault.row - 2], rows[kind][fault.row - 2]
                assert now != before, fault
                changed = now.get(fault.column, "") != before.get(fault.column, "")
                # at fault is another column, because of what stands in this one
                now.update({fault.column: before.get(fault.column, "")} if changed else before)


def _fields(kind: Kind, row: Row) -> Sequence[str]:
    """What holds free text; a second locator would want a second passage, a prefix other ids."""
    names = [field.name for field in columns(kind) if field.holds == "text"]
    alone = bool(row.get("locator")) and "|" not in row["locator"]
    return [name for name in names if name != "prefix" and (alone or name != "locator")]

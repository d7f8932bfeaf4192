"""Text → records: cells in CSV quoting, with the row of each as a spreadsheet counts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv

from diaspora_graph.dataset.columns import POOL
from diaspora_graph.reading.quoting import plainly_quoted
from diaspora_graph.reading.text import is_text, is_utf8, long_cells, marked

BLOCK = 1 << 22
"""Bytes that Arrow reads at a time."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: its cells, or why they cannot be separated."""

    row: int
    cells: list[str]
    text: str = ""
    reason: str = ""


def header_of(data: bytes) -> list[str]:
    """Return the header of a file that Arrow reads like the csv module, else nothing.

    Also nothing for a file with one column, which is never a file of the format.
    """
    with ThreadPoolExecutor(pa.cpu_count()) as pool, long_cells():
        plain, *text = pool.map(lambda judge: judge(data), (plainly_quoted, is_text, is_utf8))
        if not all(text):
            return []
        try:
            header = next(csv.reader(_lines(data), strict=True), [])
            return header if len(header) > 1 and (plain or _evenly_wide(data)) else []
        except csv.Error:
            return []


def _evenly_wide(data: bytes) -> bool:
    """Return whether the csv module finds no fault in quoting that is not plain."""
    return len(set(map(len, csv.reader(_lines(data), strict=True)))) == 1


def _lines(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def delimiter(data: bytes) -> str:
    """Return the separator of the cells in the first line: a comma unless there is none."""
    first = data.partition(b"\n")[0]
    if b"," not in first:
        if b";" in first:
            return ";"
        if b"\t" in first:
            return "\t"
    return ","


def records(data: bytes, mark: str) -> Iterator[Record]:
    """Yield every record of marked text; after an unreadable one, continue at its second line.

    So a quotation mark that is never closed affects only its own line.
    """
    lines = list(io.StringIO(marked(data), newline="\n"))
    at = 0

    def feed() -> Iterator[str]:
        nonlocal at
        while at < len(lines):
            at += 1
            yield lines[at - 1]

    reader = csv.reader(feed(), strict=True, delimiter=mark)
    row = 0
    with long_cells():
        while True:
            row += 1
            start = at
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Record(row, [], lines[start], _reason(error, at - start))
                at = start + 1
                reader = csv.reader(feed(), strict=True, delimiter=mark)
            else:
                yield Record(row, cells)


def _reason(error: csv.Error, lines: int) -> str:
    text = str(error)
    if "unexpected end" in text or lines > 1:
        return "a quotation mark that is never closed"
    return "text after a closing quotation mark" if "expected after" in text else text


def rewritten(header: Sequence[str], kept: Sequence[Sequence[str]]) -> bytes:
    """Return records as a file that `read_columns` reads."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *kept])
    return out.getvalue().encode()


def read_columns(header: Sequence[str], data: bytes) -> dict[str, pa.ChunkedArray]:
    """Read CSV into columns, every cell as text; None if a record has another width."""
    try:
        table = _read(header, data, BLOCK)
    except pa.ArrowInvalid:  # or a record that is longer than a block
        try:
            table = _read(header, data, len(data) + 1)
        except pa.ArrowInvalid:
            return {}
    return dict(zip(table.column_names, table.columns, strict=True))


def _read(header: Sequence[str], data: bytes, block: int) -> pa.Table:
    return pyarrow.csv.read_csv(
        pa.BufferReader(data),
        memory_pool=POOL,
        read_options=pyarrow.csv.ReadOptions(block_size=block),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=b'"' in data),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()),
            strings_can_be_null=False,
            check_utf8=False,  # `header_of` has, and `rewritten` makes nothing else
        ),
    )

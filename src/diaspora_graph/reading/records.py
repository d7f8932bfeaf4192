"""Text → records: cells in CSV quoting, with the row of each as a spreadsheet counts."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv

from diaspora_graph.reading.text import is_text, long_cells, marked

BLOCK = 1 << 24


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a file: its cells, or why they cannot be told apart."""

    row: int
    cells: list[str]
    text: str = ""
    reason: str = ""


def sound(data: bytes) -> tuple[list[str], int]:
    """Return the header and the number of records of a file in which every record is as wide.

    Both are nothing for a file that has a fault, or that has one column and so none of ours.
    """
    nothing: tuple[list[str], int] = ([], 0)
    if not is_text(data):
        return nothing
    try:
        with long_cells():
            widths = Counter(map(len, csv.reader(_lines(data), strict=True)))
            if len(widths) != 1 or min(widths) < 2:
                return nothing
            return next(csv.reader(_lines(data), strict=True)), widths.total()
    except (csv.Error, UnicodeDecodeError):
        return nothing


def _lines(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="")


def delimiter(data: bytes) -> str:
    """Return what parts the cells of the first line: a comma unless there is none."""
    first = data.partition(b"\n")[0]
    if b"," not in first:
        if b";" in first:
            return ";"
        if b"\t" in first:
            return "\t"
    return ","


def records(data: bytes, mark: str) -> Iterator[Record]:
    """Yield every record of marked text; after one that cannot be told, go on at its second line.

    So a quotation mark that is never closed costs its own line and hides no other.
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
    """Read sound CSV into dictionary-coded columns, every cell as the text that it is."""
    try:
        table = _read(header, data, BLOCK)
    except pa.ArrowInvalid:  # a record that is longer than a block
        table = _read(header, data, len(data) + 1)
    return dict(zip(table.column_names, table.columns, strict=True))


def _read(header: Sequence[str], data: bytes, block: int) -> pa.Table:
    coded = pa.dictionary(pa.int32(), pa.string())
    return pyarrow.csv.read_csv(
        pa.BufferReader(data),
        read_options=pyarrow.csv.ReadOptions(block_size=block),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=b'"' in data),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(header, coded), strings_can_be_null=False
        ),
    )

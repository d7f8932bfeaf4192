"""How results leave the program: tables on a terminal, plain text in a pipe, CSV or JSON.

The one place that knows rich. What people read is in their language; CSV and JSON are for programs.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import click

from diaspora_graph.files import write_bytes, write_text

FORMATS = ("table", "csv", "json")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``title`` and ``notes`` are above and below, not in CSV or JSON.

    ``language`` is that of the headings for people; CSV and JSON keep ``columns``.
    """

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    title: str = ""
    notes: tuple[str, ...] = ()
    language: str = "en"

    def shown(self) -> list[tuple[str, ...]]:
        """Return the headings and the cells as a person reads them."""
        from diaspora_graph.wording.headings import headings

        names = headings(self.columns, self.language)
        return [names, *(tuple(_shown(cell, self.language) for cell in row) for row in self.rows)]


def write(table: Table, form: str = "table", file: str | Path | None = None) -> None:
    """Write a table to standard output or to a file, whole or not at all."""
    if file is None and form == "table" and _is_terminal():
        _draw(table)
        return
    text = {"table": plain, "csv": as_csv, "json": as_json}[form](table)
    emit(text, file)


def emit(text: str, file: str | Path | None = None) -> None:
    """Write text to standard output, or to a file that is then named on stderr."""
    if file is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        write_text(Path(file), text if text.endswith("\n") else f"{text}\n")
        click.echo(f"wrote {file}", err=True)


def emit_bytes(content: bytes, file: str | Path) -> None:
    """Write bytes to a file, whole or not at all; it is then named on stderr."""
    write_bytes(Path(file), content)
    click.echo(f"wrote {file}", err=True)


def speak_utf8() -> None:
    """Write UTF-8 with line feeds to files and pipes, on every system.

    A terminal keeps its own encoding; letters that it does not know are shown as escapes.
    """
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue  # a program that calls us has its own
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _is_terminal() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _draw(table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    console = Console()
    rows = table.shown()
    if not _widths(rows, console.width):
        console.print(Text("\n".join(_records(rows, console.width))))
    else:
        drawn = Drawn(
            box=SIMPLE_HEAD, title=table.title or None, title_justify="left", pad_edge=False
        )
        for column in rows[0]:
            drawn.add_column(column, overflow="fold")
        for row in rows[1:]:
            drawn.add_row(*(Text(cell) for cell in row))
        console.print(drawn)
    for note in table.notes:
        console.print(Text(note))


WIDEST = 120
"""The longest line of a table in characters; longer cells are broken over several lines."""

_LONGEST_WORDS = (60, 36, 20)
"""Words up to this length are not broken if there is room."""


def plain(table: Table) -> str:
    """Return a table as lines with aligned columns, for pipes, logs and letters.

    Where a line would be longer than `WIDEST`, the longest cells are broken at blanks. Where there
    are too many columns for that, each row is a block, with a line a column; empty cells are left
    out.

    >>> print(plain(Table(("id", "n"), [("anca", 2)], notes=("1 row",))))
    id    n
    anca  2
    <BLANKLINE>
    1 row
    """
    rows = table.shown()
    lines = [table.title, ""] if table.title else []
    widths = _widths(rows, WIDEST)
    lines += _aligned(rows, widths) if widths else _records(rows, WIDEST)
    if table.notes:
        lines += ["", *table.notes]
    return "\n".join(lines)


def _aligned(rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for row in rows:
        broken = [_broken(cell, width) for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*broken, fillvalue=""):
            padded = (part.ljust(width) for part, width in zip(parts, widths, strict=True))
            yield "  ".join(padded).rstrip()


def _records(rows: Sequence[Sequence[str]], widest: int) -> Iterator[str]:
    """Yield a block of lines a row: the name of each column and what the row has there."""
    names, *records = rows
    head = max(map(len, names))
    for number, record in enumerate(records):
        yield from [""] if number else []
        kept = [pair for pair in zip(names, record, strict=True) if pair[1]]
        yield from _aligned(kept, (head, max(widest - head - 2, _LONGEST_WORDS[-1])))


def _widths(rows: Sequence[Sequence[str]], widest: int) -> list[int]:
    """Return the width of each column: that of its longest cell, or less if there is no room.

    Return nothing if there are so many columns that even short words would be broken.
    """
    columns = list(zip(*rows, strict=True))
    whole = [max(map(len, column)) for column in columns]
    words = [
        max((len(w) for cell in column for w in cell.split()), default=0) for column in columns
    ]
    room = widest - 2 * (len(columns) - 1)
    for longest in _LONGEST_WORDS:
        least = [min(*each, longest) for each in zip(whole, words, strict=True)]
        if sum(least) <= room:
            break
    for most in range(max(whole), 0, -1):
        widths = [max(low, min(width, most)) for low, width in zip(least, whole, strict=True)]
        if sum(widths) <= room:
            return widths
    return []


def _broken(cell: str, width: int) -> list[str]:
    """Return a cell as lines of a width."""
    if len(cell) <= width:
        return [cell]
    from textwrap import wrap

    return wrap(cell, width, break_on_hyphens=False) or [""]


def _shown(cell: object, language: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        from diaspora_graph.wording.words import say

        return say("yes" if cell else "no", language)
    return str(cell).replace("\n", " ")


def as_csv(table: Table) -> str:
    """Return a table as CSV with a header row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)
    return out.getvalue()


def as_json(table: Table) -> str:
    """Return a table as a JSON list with one object a row."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def progress(text: str) -> None:
    """Report progress on stderr, only if a person at a terminal reads it."""
    if sys.stderr.isatty():
        click.echo(text, err=True)

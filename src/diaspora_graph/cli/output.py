"""How results leave the program: tables on a terminal, plain text in a pipe, CSV or JSON.

The one place that knows rich.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from diaspora_graph.files import write_text

FORMATS = ("table", "csv", "json")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; ``title`` and ``notes`` stand above and below, not in CSV or JSON."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    title: str = ""
    notes: tuple[str, ...] = ()


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
        _write_out(text if text.endswith("\n") else f"{text}\n")
    else:
        write_text(Path(file), text if text.endswith("\n") else f"{text}\n")
        click.echo(f"wrote {file}", err=True)


def _write_out(text: str) -> None:
    """Write to a stream that may not know every letter: those are then written as escapes."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)


def _is_terminal() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _draw(table: Table) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    console = Console()
    drawn = Drawn(box=SIMPLE_HEAD, title=table.title or None, title_justify="left", pad_edge=False)
    for column in table.columns:
        drawn.add_column(column, overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(_shown(cell)) for cell in row))
    console.print(drawn)
    for note in table.notes:
        console.print(Text(note))


def plain(table: Table) -> str:
    """Return a table as lines with aligned columns, for pipes, logs and letters.

    >>> print(plain(Table(("id", "n"), [("anca", 2)], notes=("1 row",))))
    id    n
    anca  2
    <BLANKLINE>
    1 row
    """
    rows = [tuple(table.columns), *(tuple(_shown(cell) for cell in row) for row in table.rows)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    lines = [table.title, ""] if table.title else []
    for row in rows:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(padded).rstrip())
    if table.notes:
        lines += ["", *table.notes]
    return "\n".join(lines)


def _shown(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
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
    """Say on stderr what goes on, to a person at a terminal only."""
    if sys.stderr.isatty():
        click.echo(text, err=True)

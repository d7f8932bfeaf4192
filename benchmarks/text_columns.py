"""Read statements.csv into columns of text in several ways, side by side.

    python benchmarks/text_columns.py DIR [--runs 3]

* numpy: the csv module, strict, a block of records at a time into numpy's StringDType.
* pyarrow, counted: the csv module counts the cells of every record, strict; then Arrow reads.
* pyarrow, scanned: what the program does: numpy looks at the quotation marks, then Arrow reads.

The last two end with each distinct text once and a code for each row. Each way runs in a fresh
process; they take turns. All must find the same number of records and of characters a column.
"""

from __future__ import annotations

import argparse
import csv
import json
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from measured import Measured, measured

from diaspora_graph.dataset.columns import Cells, coded
from diaspora_graph.reading.records import header_of, read_columns

BLOCK = 65_536

Texts = np.ndarray[Any, Any]


Columns = Mapping[str, Cells] | Mapping[str, Texts]


def numpy_columns(path: Path) -> Columns:
    """Read with the csv module into StringDType."""
    kind = np.dtypes.StringDType()
    blocks: list[list[Texts]] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader)
        while rows := list(islice(reader, BLOCK)):
            blocks.append([np.array(cells, kind) for cells in zip(*rows, strict=True)])
    columns = [np.concatenate(parts) for parts in zip(*blocks, strict=True)]
    return dict(zip(header, columns, strict=True))


def counted_columns(path: Path) -> Columns:
    """Count the cells with the csv module, then read with Arrow."""
    with path.open(encoding="utf-8", newline="") as file:
        widths = Counter(map(len, csv.reader(file, strict=True)))
    assert len(widths) == 1
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    return coded(read_columns(header, path.read_bytes()))


def scanned_columns(path: Path) -> Columns:
    """Read as the program does."""
    data = path.read_bytes()
    header = header_of(data)
    arrow = read_columns(header, data)
    del data
    return coded(arrow)


def sizes(columns: Columns) -> dict[str, int]:
    """Return how many characters each column has, and how many rows there are."""
    found: dict[str, int] = {}
    for name, column in columns.items():
        if isinstance(column, Cells):
            lengths = np.asarray(pc.utf8_length(column.texts).to_pylist() or [0])[column.codes]
        else:
            lengths = np.strings.str_len(column)
        found |= {name: int(lengths.sum()), "": len(lengths)}
    return found


WAYS: dict[str, Callable[[Path], Columns]] = {
    "numpy": numpy_columns,
    "pyarrow, counted": counted_columns,
    "pyarrow, scanned": scanned_columns,
}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Read text columns in several ways.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--way", choices=list(WAYS), help=argparse.SUPPRESS)
    given = parser.parse_args()
    path = given.folder / "statements.csv"
    if given.way:
        measured(lambda: WAYS[given.way](path), sizes)
        return
    results: dict[str, list[Measured]] = {way: [] for way in WAYS}
    for _ in range(given.runs):
        for way, runs in results.items():
            command = [sys.executable, __file__, str(given.folder), "--way", way]
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
            runs.append(Measured(**json.loads(done.stdout)))
    print(f"{path.stat().st_size / 1e6:,.0f} MB; numpy {np.__version__}, pyarrow {pa.__version__}")
    print("| | best s | median s | CPU s | peak MiB |\n| --- | --- | --- | --- | --- |")
    for way, runs in results.items():
        best = min(runs, key=lambda each: each.seconds)
        median = statistics.median(each.seconds for each in runs)
        peak = max(each.peak for each in runs)
        print(f"| {way} | {best.seconds:.1f} | {median:.1f} | {best.cpu:.1f} | {peak:,} |")
    same = all(
        each.counts == results["numpy"][0].counts for runs in results.values() for each in runs
    )
    print("records and characters a column: all the same" if same else "NOT the same cells")
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()

"""Load one dataset folder in several ways, side by side, and check that all saw the same.

    python benchmarks/load.py DIR [--runs 3] [--kgx PYTHON] [--kgx-runs 1]

Each case runs in a fresh process; the cases take turns. Told are the best and the median wall time,
the processor time of the best, the peak of resident memory and the ratios to ours. ``--kgx`` names
the Python of an environment in which KGX is installed; without it, and without KGX here, its row
says so. What each case counted is held against a count by the csv module; the program ends with 1
if a count is wrong.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measured import Measured, measured

HERE = Path(__file__).parent
OURS, NETWORKX, KGX = "diaspora-graph", "pandas, networkx", "KGX"
NOT_INSTALLED = "not installed"


def load_ours(folder: Path) -> Any:
    """Read, check, sort and index by relation."""
    from diaspora_graph.reading.load import examine

    examined = examine(folder)
    assert not examined.faults, examined.faults[0]
    data = examined.dataset()
    assert len(data.relations)
    return data


def count_ours(data: Any) -> dict[str, int]:
    """Count what a dataset has."""
    return {
        "rows": sum(map(len, data.tables.values())),
        "nodes": len(data.ids),
        "statements": len(data.tables["statement"]),
        "relations": len(data.relations),
    }


def load_networkx(folder: Path) -> Any:
    """Read all files with pandas, put things and statements with all columns in a MultiDiGraph."""
    import networkx as nx
    import pandas as pd

    frames = {
        path.stem: pd.read_csv(path, dtype=str, keep_default_na=False)
        for path in sorted(folder.glob("*.csv"))
    }
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in ("entities", "sources"):
        columns: dict[str, list[str]] = frames[name].to_dict("list")  # type: ignore[assignment]
        names = list(columns)
        rows = zip(*columns.values(), strict=True)
        graph.add_nodes_from((row[0], dict(zip(names, row, strict=True))) for row in rows)
    columns = frames["statements"].to_dict("list")  # type: ignore[assignment]
    names = list(columns)
    ends = zip(columns["subject"], columns["object"], columns["id"], strict=True)
    rows = zip(*columns.values(), strict=True)
    graph.add_edges_from(
        (*end, dict(zip(names, row, strict=True)))  # type: ignore[misc]
        for end, row in zip(ends, rows, strict=True)
    )
    return sum(map(len, frames.values())), graph


def count_networkx(loaded: Any) -> dict[str, int]:
    """Count what a graph has; its rows were counted in the tables."""
    rows, graph = loaded
    return {
        "rows": rows,
        "nodes": graph.number_of_nodes(),
        "statements": graph.number_of_edges(),
    }


CASES: dict[str, tuple[Callable[[Path], Any], Callable[[Any], dict[str, int]]]] = {
    OURS: (load_ours, count_ours),
    NETWORKX: (load_networkx, count_networkx),
}


def counted(folder: Path) -> dict[str, int]:
    """Count with the csv module what every case must find."""
    rows = statements = 0
    found: dict[str, set[tuple[str, ...]]] = {"ids": set(), "triples": set()}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            for row in reader:
                rows += 1
                if path.stem == "statements":
                    statements += 1
                    found["triples"].add((row["subject"], row["predicate"], row["object"]))
                elif path.stem in {"entities", "sources"}:
                    found["ids"].add((row["id"],))
    return {
        "rows": rows,
        "nodes": len(found["ids"]),
        "statements": statements,
        "relations": len(found["triples"]),
    }


def run(command: Sequence[str]) -> Measured:
    """Run one case in a process of its own."""
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def commands(folder: Path, kgx: str, converted: Path) -> dict[str, list[str]]:
    """Return the command of each case, none for one that is not installed."""
    own = [sys.executable, str(HERE / "load.py"), str(folder), "--case"]
    found = {name: [*own, name] for name in CASES}
    python = kgx or (sys.executable if importlib.util.find_spec("kgx") else "")
    found[KGX] = [python, str(HERE / "load_kgx.py"), str(converted)] if python else []
    return found


def compare(folder: Path, runs: int, kgx: str, kgx_runs: int) -> dict[str, list[Measured]]:
    """Run all cases in turns."""
    results: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(runs):
            for name, command in commands(folder, kgx, Path(scratch)).items():
                results.setdefault(name, [])
                if not command or (name == KGX and number >= kgx_runs):
                    continue
                if name == KGX and not number:
                    subprocess.run([*command[:2], "--convert", str(folder), scratch], check=True)
                results[name].append(run(command))
    return results


def table(results: dict[str, list[Measured]]) -> str:
    """Return the results as a table in Markdown."""
    ours = min(each.seconds for each in results[OURS])
    lines = [
        "| | best s | median s | CPU s | peak MiB | best / ours | runs | found |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, told in results.items():
        if not told:
            lines.append(f"| {name} | {NOT_INSTALLED} | | | | | | |")
            continue
        best = min(told, key=lambda each: each.seconds)
        median = statistics.median(each.seconds for each in told)
        peak = max(each.peak for each in told)
        found = ", ".join(f"{count:,} {what}" for what, count in best.counts.items())
        lines.append(
            f"| {name} | {best.seconds:.1f} | {median:.1f} | {best.cpu:.1f} | {peak:,} "
            f"| {best.seconds / ours:.1f} | {len(told)} | {found} |"
        )
    return "\n".join(lines)


def wrong(results: dict[str, list[Measured]], expected: dict[str, int]) -> list[str]:
    """Return what a case counted otherwise."""
    return [
        f"{name}: {each.counts[what]:,} {what}, expected {count:,}"
        for name, measured in results.items()
        for each in measured
        for what, count in expected.items()
        if what in each.counts and each.counts[what] != count
    ]


def setting(folder: Path) -> str:
    """Return what was measured on what."""
    names = ("numpy", "pyarrow", "pandas", "networkx")
    size = sum(path.stat().st_size for path in folder.glob("*.csv")) / 1e6
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{size:,.0f} MB of CSV; Python {platform.python_version()}, {versions}; "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Load a dataset folder in several ways.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kgx", default="", metavar="PYTHON", help="a Python that has KGX")
    parser.add_argument("--kgx-runs", type=int, default=1)
    parser.add_argument("--case", choices=list(CASES), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.case:
        work, count = CASES[given.case]
        measured(lambda: work(given.folder), count)
        return
    print(setting(given.folder), flush=True)
    results = compare(given.folder, given.runs, given.kgx, given.kgx_runs)
    print(table(results))
    faults = wrong(results, counted(given.folder))
    print("\n".join(faults) or "counts: all as the csv module counts them")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()

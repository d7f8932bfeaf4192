"""Compare twenty states on all items, side by side with a bare pivot table, and check the values.

    python benchmarks/comparison.py [--states 20] [--runs 5]

Made-up codings: each state has two dated codings of each of the 48 items of the codebook, a second
coder and some that were not found. The matrix with its evidence is timed against what pandas takes
to pivot the same latest values from a plain table. The program ends with 1 if a value differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pandas as pd

from diaspora_graph import Dataset, compare, dataset_of, distances, load_schema, scores
from diaspora_graph.dataset.columns import table_of

Result = TypeVar("Result")
CODERS = (
    ("one", "1991/2005", ""), ("one", "2006/2024", ""), ("two", "2006/2024", "alternative"),
)  # fmt: skip
PLACE = {
    "source": "made", "locator": "p. 1", "passage": "p7c36ab6a31bfc0c7:212", "confidence": "high",
}  # fmt: skip


def timed(work: Callable[[], Result], runs: int) -> tuple[float, Result]:
    """Return the best of several runs in seconds, and what came of the last."""
    best = float("inf")
    for _ in range(runs):
        begun = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - begun)
    return best, result


def made(count: int) -> tuple[Dataset, list[str], pd.DataFrame]:
    """Return a dataset, its states, and the latest accepted values as a plain table."""
    draw = random.Random(13)  # noqa: S311 (no secret)
    states = [f"state{number}" for number in range(count)]
    items = [name for name, item in load_schema().items.items() if item.code]
    rows: dict[str, list[dict[str, str]]] = {
        "dataset": [
            {
                "name": "made", "prefix": "", "namespace": "https://example.org/", "version": "1",
                "format": "1", "ontology": "0.1.0", "licence": "CC0-1.0", "creator": "A. Nobody",
            }
        ],
        "source": [
            {"id": "made", "type": "Report", "title": "Made up", "source_class": "official"}
        ],
        "entity": [
            *({"id": id, "type": "State", "label_en": id.title()} for id in states),
            {"id": "people", "type": "Diaspora", "label_en": "People"},
        ],
        "statement": [
            {"id": f"st-{id}", "subject": id, "predicate": "engages", "object": "people", **PLACE}
            for id in states
        ],
        "coding": [],
    }  # fmt: skip
    latest = []
    for state in states:
        for item in items:
            for coder, valid, status in CODERS:
                value = draw.choice(["0", "0.5", "1", "not_found"])
                key = f"co-{state}-{item}-{coder}-{valid[:4]}".replace("_", "-")
                rows["coding"].append(
                    {
                        "id": key, "subject": state, "item": item, "value": value, "coder": coder,
                        "valid": valid, "status": status, "evidence": f"st-{state}", **PLACE,
                    }
                )  # fmt: skip
                if not status:
                    latest.append({"state": state, "item": item, "valid": valid, "value": value})
    tables: Any = {kind: table_of(kind, each) for kind, each in rows.items()}  # type: ignore[arg-type]
    return dataset_of(tables), states, pd.DataFrame(latest)


def bare(table: pd.DataFrame) -> pd.DataFrame:
    """Return the latest value of each item and state, where something was found."""
    found = table[table["value"] != "not_found"].sort_values("valid")
    return found.pivot_table(index="item", columns="state", values="value", aggfunc="last")


def main() -> int:
    """Measure, print and compare the values."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--states", type=int, default=20)
    arguments.add_argument("--runs", type=int, default=5)
    given = arguments.parse_args()
    data, states, plain = made(given.states)
    own, found = timed(lambda: compare(data, states), given.runs)
    theirs, pivot = timed(lambda: bare(plain), given.runs)
    scored, _ = timed(lambda: scores(data, states), 1)
    apart, _ = timed(lambda: distances(data, states), given.runs)
    print(f"{len(states)} states, {len(found.rows)} items, {len(data.tables['coding'])} codings")
    print(f"compare {own:.3f} s, bare pivot {theirs:.3f} s; distances {apart:.3f} s")
    print(f"scores with every variant {scored:.1f} s")
    wrong = [
        cell
        for cell in found.cells()
        if cell.value and pivot.loc[cell.item, cell.state] != cell.value
    ]
    values = int(pivot.notna().to_numpy().sum())
    missing = values - sum(bool(cell.value) for cell in found.cells())
    print(f"{values} values, {len(wrong)} differ, {missing} missing")
    return int(bool(wrong or missing))


if __name__ == "__main__":
    sys.exit(main())

"""Compare the measures with R: ``make oracle``, where R has sna and igraph.

On Debian: ``apt install r-cran-sna r-cran-igraph``. The numbers in ``tests/test_measures.py`` are
those that this prints for ten actors with ``--print``.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from diaspora_graph import Scope, brokerage, measure, mrqap, network_of, qap_correlation
from diaspora_graph.measures.brokerage import PARTS, ROLES
from networks import GROUPS, TEN, Edge, drawn, joined, matrices, partition

Numbers = dict[str, dict[str, float]]
SHARED = ("betweenness", "closeness", "eigenvector", "pagerank", "constraint", "core")
DRAWS = 2_000
BY_CHANCE = 0.05
"""How far p values of 2,000 permutations may be apart: four standard errors at one half."""


def of_r(edges: Sequence[Edge], groups: Sequence[str]) -> Numbers:
    """Return what R says of a network and of the made-up matrices of its size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["begin,end", *(f"{begin},{end}" for begin, end in edges)]
        (folder / "edges.csv").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "groups.csv").write_text("\n".join(["group", *groups]) + "\n", "utf-8")
        files = [folder / "edges.csv", folder / "groups.csv"]
        for at, matrix in enumerate(matrices(edges, len(groups))):
            files.append(folder / f"m{at}.csv")
            np.savetxt(files[-1], matrix, delimiter=",", fmt="%.17g")
        script = Path(__file__).with_name("oracle.R")
        run = subprocess.run(
            ["Rscript", str(script), *map(str, files)],  # noqa: S607
            check=True, capture_output=True, encoding="utf-8",
        )  # fmt: skip
    found: Numbers = {}
    for what, place, number in csv.reader(run.stdout.splitlines()):
        found.setdefault(what, {})[place] = float(number.replace("NA", "nan"))
    return found


def of_us(edges: Sequence[Edge], groups: Sequence[str]) -> Numbers:
    """Return the same numbers as we compute them."""
    network = network_of(joined(edges, len(groups)), scope=Scope(relations="actsToward"))
    found: Numbers = {}
    brokers = brokerage(network, partition(groups))
    for at, role in enumerate(ROLES):
        for part in PARTS:
            found[f"{part} {role}"] = _placed(getattr(brokers, part)[:, at])
    for name in SHARED:
        found[name] = _placed(measure(network, name).values)
    y, *xs = matrices(edges, len(groups))
    tested = qap_correlation(y, xs[0], permutations=DRAWS)
    found["correlation"] = {"0": tested.correlation}
    found["correlation at least"] = {"0": tested.at_least}
    found["correlation at most"] = {"0": tested.at_most}
    fitted = mrqap(y, {"one": xs[0], "other": xs[1]}, permutations=DRAWS).coefficients
    found["coefficient"] = _placed([each.coefficient for each in fitted])
    found["t"] = _placed([each.t for each in fitted])
    for what in ("at least", "as far"):
        shares = [getattr(each, what.replace(" ", "_")) for each in fitted]
        found[f"coefficient {what}"] = _placed([np.nan, *shares[1:]])
    return found


def _placed(values: npt.ArrayLike) -> dict[str, float]:
    return {str(at): float(value) for at, value in enumerate(np.asarray(values, np.float64))}


def compared(edges: Sequence[Edge], groups: Sequence[str]) -> list[str]:
    """Return a line for each number that is not as R has it."""
    theirs, ours = of_r(edges, groups), of_us(edges, groups)
    lines = []
    for what, numbers in theirs.items():
        by_chance = what.endswith(("at least", "at most", "as far"))
        for place, number in numbers.items():
            mine = ours[what][place]
            if by_chance and np.isnan(mine):
                continue  # the intercept, which we do not permute
            bound = BY_CHANCE if by_chance else 1e-6 * max(1.0, abs(number))
            if not (abs(mine - number) <= bound or (np.isnan(mine) and not np.isfinite(number))):
                lines.append(f"{what} of {place}: R {number:.9g}, ours {mine:.9g}")
    return lines


def main() -> int:
    """Compare ten actors, and some networks at random; return how many differ."""
    if shutil.which("Rscript") is None:
        sys.stderr.write("R is not here; on Debian: apt install r-cran-sna r-cran-igraph\n")
        return 1
    if "--print" in sys.argv:
        for what, numbers in of_r(TEN, GROUPS).items():
            sys.stdout.write(f"{what}: {[round(each, 9) for each in numbers.values()]}\n")
        return 0
    worlds = [("ten actors", TEN, GROUPS)]
    for seed, (size, edges, kinds) in enumerate(((30, 140, 4), (60, 300, 7), (25, 400, 2)), 1):
        groups = tuple(f"g{at}" for at in np.random.default_rng(seed).integers(0, kinds, size))
        worlds.append((f"{size} actors, {edges} edges", drawn(size, edges, seed), groups))
    wrong = 0
    for name, pairs, groups in worlds:
        lines = compared(pairs, groups)
        wrong += bool(lines)
        sys.stdout.write("\n".join([f"{name}: {'as R' if not lines else 'NOT as R'}", *lines, ""]))
    return wrong


if __name__ == "__main__":
    sys.exit(main())

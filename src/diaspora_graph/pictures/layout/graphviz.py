"""Positions from the Graphviz program that comes with the package ``graphviz-pure``."""

from __future__ import annotations

import json
import os
import subprocess
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from diaspora_graph.errors import DiasporaGraphError
from diaspora_graph.pictures.layout.routes import Floats

SECONDS = 60.0
"""How long one layout may take."""

_SHAFT = 26.0


def find_graphviz() -> Path | None:
    """Return the program ``graphviz-pure`` from the scripts folders of this Python, or nothing."""
    name = "graphviz-pure.exe" if os.name == "nt" else "graphviz-pure"
    for scheme in (sysconfig.get_default_scheme(), sysconfig.get_preferred_scheme("user")):
        path = Path(sysconfig.get_path("scripts", scheme)) / name
        if path.is_file():
            return path
    return None


def place(program: Path, sizes: Floats, pairs: Iterable[tuple[int, int]], *, seed: int) -> Floats:
    """Return a first layout by ``neato``: middles in points, nodes may overlap.

    ``sizes`` are widths and heights in points; ``pairs`` are the nodes that lines join.
    """
    rows = [f"graph{{graph[start={seed},overlap=true,splines=false];", *_nodes(sizes)]
    for a, b in pairs:
        length = float(sizes[a].sum() + sizes[b].sum()) / 4 + _SHAFT
        rows.append(f"{a}--{b}[len={length / 72:.4f}];")
    return _run(program, [*rows, "}"], len(sizes))


def move_apart(program: Path, sizes: Floats, middles: Floats, *, gap: float) -> Floats:
    """Return middles near the given ones at which no two nodes overlap, by the method ``prism``."""
    head = f'graph{{graph[overlap=prism,overlap_scaling=0,splines=false,sep="+{gap / 2:g}"];'
    return _run(program, [head, *_nodes(sizes, middles), "}"], len(sizes), "-n1")


def _nodes(sizes: Floats, middles: Floats | None = None) -> Iterator[str]:
    """Yield nodes as DOT, named by their position: labels and ids are never in it."""
    yield 'node[shape=box,fixedsize=true,label=""];'
    for number, (width, height) in enumerate(sizes.tolist()):
        at = "" if middles is None else f',pos="{middles[number, 0]:.3f},{-middles[number, 1]:.3f}"'
        yield f"{number}[width={width / 72:.5f},height={height / 72:.5f}{at}];"


def _run(program: Path, rows: Iterable[str], count: int, *options: str) -> Floats:
    command = [str(program), "-Kneato", *options, "-Tjson"]
    try:
        done = subprocess.run(  # noqa: S603 the program of our own requirement, and no shell
            command,
            input="\n".join(rows).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise DiasporaGraphError(
            f"Graphviz found no layout within {SECONDS:g} s: draw fewer nodes"
        ) from None
    except (OSError, subprocess.CalledProcessError) as error:
        output = getattr(error, "stderr", None) or str(error).encode()
        text = output.decode(errors="replace").strip()
        raise DiasporaGraphError(f"{program.name} failed: {text[:300]}") from None
    found = {int(each["name"]): each["pos"] for each in json.loads(done.stdout)["objects"]}
    points = [[float(part) for part in found[number].split(",")[:2]] for number in range(count)]
    return np.array(points) * (1, -1)

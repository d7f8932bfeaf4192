"""How well a set is a subset of the outcome (sufficiency) or the outcome of it (necessity).

Consistency and coverage: Ragin 2006; PRI: Schneider and Wagemann 2012; relevance of necessity
(RoN): Schneider and Wagemann 2012. A value whose denominator is 0 does not exist: None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diaspora_graph.policies.qca.calibration import Floats

NECESSITY = ("condition", "consistency", "coverage", "ron")
"""Columns of `necessity_rows`."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Sufficiency of a set for the outcome: each value is 0 to 1, or None where there is none.

    >>> sufficiency(np.array([0.25, 0.75]), np.array([0.5, 0.5])).consistency
    0.75
    """

    consistency: float | None
    pri: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Necessity:
    """How necessary a condition (``~``: its absence) is for the outcome.

    >>> necessity("A", np.array([1.0, 1.0]), np.array([1.0, 0.0]))
    Necessity(condition='A', consistency=1.0, coverage=0.5, ron=0.0)
    """

    condition: str
    consistency: float | None
    coverage: float | None
    ron: float | None


def sufficiency(members: Floats, outcome: Floats) -> Fit:
    """Return how far a set is a subset of the outcome."""
    shared = np.minimum(members, outcome).sum()
    both = np.minimum(np.minimum(members, outcome), 1 - outcome).sum()
    return Fit(
        _share(shared, members.sum()),
        _share(shared - both, members.sum() - both),
        _share(shared, outcome.sum()),
    )


def necessity(name: str, members: Floats, outcome: Floats) -> Necessity:
    """Return how far the outcome is a subset of a set, and how relevant that is."""
    shared = np.minimum(members, outcome)
    return Necessity(
        name,
        _share(shared.sum(), outcome.sum()),
        _share(shared.sum(), members.sum()),
        _share((1 - members).sum(), (1 - shared).sum()),
    )


def necessities(names: Sequence[str], members: Floats, outcome: Floats) -> tuple[Necessity, ...]:
    """Return the necessity of each condition and of its absence; ``members``: cases × sets."""
    present = [necessity(name, members[:, at], outcome) for at, name in enumerate(names)]
    absent = [necessity(f"~{name}", 1 - members[:, at], outcome) for at, name in enumerate(names)]
    return (*present, *absent)


def necessity_rows(found: Sequence[Necessity]) -> list[tuple[object, ...]]:
    """Return one row for each condition, under the columns `NECESSITY`."""
    return [(each.condition, each.consistency, each.coverage, each.ron) for each in found]


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if whole > 1e-12 else None

"""What one case took, told by its own process. Needs nothing but Python: KGX's has only that."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Measured:
    """Wall time from the first import on, processor time and peak memory of the process by then."""

    seconds: float
    cpu: float
    peak: int
    counts: dict[str, int]


def measured(work: Callable[[], Result], count: Callable[[Result], dict[str, int]]) -> None:
    """Do the work, then count what came of it, and print both as one line of JSON."""
    start = time.perf_counter()
    result = work()
    seconds, cpu = time.perf_counter() - start, sum(os.times()[:2])
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // (1 << 20)
    print(json.dumps(asdict(Measured(seconds, cpu, peak, count(result)))))

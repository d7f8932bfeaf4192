"""Coverage: the number of claims of each source, by kind and place, and exclusions."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind
from diaspora_graph.wording.sentences import citation

if TYPE_CHECKING:
    import pandas as pd

COUNTED: tuple[Kind, ...] = (*CLAIMS, "exclusion")
COLUMNS = ("source", "citation", "place", *(f"{kind}s" for kind in COUNTED))


def coverage(data: Dataset) -> pd.DataFrame:
    """Return the number of claims of each source, by place in it, as a pandas table.

    Columns: source (its id), citation, place, and one for each kind of claim and for exclusions.
    A claim that rests on several places counts at each. Rows are sorted by source and place.

    >>> from diaspora_graph import load_dataset
    >>> coverage(load_dataset()).columns.tolist()[:4]
    ['source', 'citation', 'place', 'statements']
    """
    import pandas as pd

    return pd.DataFrame(coverage_rows(data), columns=list(COLUMNS))


def coverage_rows(data: Dataset) -> list[tuple[str | int, ...]]:
    """Return the rows of `coverage`."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for kind in COUNTED:
        table = data.tables[kind]
        for source, cell in zip(table["source"].all(), table["locator"].all(), strict=True):
            for place in cell.split(SEPARATOR):
                counts[source, _section(place), kind] += 1
    places = sorted({(source, place) for source, place, _ in counts})
    return [
        (
            source,
            citation(data, source) if source else "",
            place,
            *(counts[source, place, kind] for kind in COUNTED),
        )
        for source, place in places
    ]


def _section(locator: str) -> str:
    """Return the part of a locator before its paragraph or row."""
    return locator.partition("¶")[0].partition(", row")[0].strip(" ,")

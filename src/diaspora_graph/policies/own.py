"""A state's own policies: the ontology says which relations make them so (`dg:ownPolicy`)."""

from __future__ import annotations

import numpy as np

from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset


def own_policies(data: Dataset, subject: int, statements: Mask) -> dict[int, list[int]]:
    """Return a thing and the policies that it has made its own, each with the rows that say so.

    ``statements`` marks the rows that may say it; things are numbers, positions in ``data.ids``.
    The thing itself comes first, with no rows.
    """
    owning = np.array([term.own_policy for term in data.schema.predicates.values()], np.bool_)
    found: dict[int, list[int]] = {subject: []}
    for row in np.flatnonzero(statements & owning[data.predicate] & (data.subject == subject)):
        found.setdefault(int(data.object[row]), []).append(int(row))
    return found

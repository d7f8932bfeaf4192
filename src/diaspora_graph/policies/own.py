"""A state's own policies: the ontology defines the relations for this (`dg:ownPolicy`)."""

from __future__ import annotations

import numpy as np

from diaspora_graph.dataset.claims import standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset

STATES = 5
"""The number of states that are compared and drawn without names."""


def own_policies(data: Dataset, subject: int, statements: Mask) -> dict[int, list[int]]:
    """Return a thing and the policies that it has made its own, each with the rows for this.

    ``statements`` marks the rows to look at; things are numbers, positions in ``data.ids``.
    The thing itself comes first, with no rows.
    """
    owning = np.array([term.own_policy for term in data.schema.predicates.values()], np.bool_)
    found: dict[int, list[int]] = {subject: []}
    for row in np.flatnonzero(statements & owning[data.predicate] & (data.subject == subject)):
        found.setdefault(int(data.object[row]), []).append(int(row))
    return found


def leading_states(data: Dataset, most: int = STATES) -> tuple[str, ...]:
    """Return the ids of the states with the most data on their policies, by id.

    They are the subjects of codings that have policies of their own. The evidence is their codings
    and the statements about their policies.

    >>> from diaspora_graph import load_dataset
    >>> leading_states(load_dataset(), 2)
    (...)
    """
    counted = standing(data, "statement")
    codings = data.tables["coding"]["subject"].all()
    found = []
    for state in sorted(set(codings)):
        own = own_policies(data, data.number(state), counted)
        policies = [policy for policy, rows in own.items() if rows]
        about = np.isin(data.subject, policies) | np.isin(data.object, policies)
        if policies:
            found.append((-int((counted & about).sum()) - codings.count(state), state))
    return tuple(sorted(state for _, state in sorted(found)[:most]))

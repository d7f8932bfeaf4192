"""What a picture shows when nothing is named, and what it keeps when not everything fits.

Nothing here is named in the program: the data say whose policies they hold, and the ontology says
along which relations influence runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.pictures.staging import Selection, around, whole
from diaspora_graph.policies.own import leading_states


def acting(data: Dataset, scope: Scope = EVERYTHING) -> Scope:
    """Return a scope narrowed to the families of relations most of which pass influence on.

    A scope that names families or relations stays as it is.
    """
    if scope.families or scope.relations:
        return scope
    flows: dict[str, list[bool]] = {}
    for term in data.schema.predicates.values():
        flows.setdefault(term.family, []).append(bool(term.flow))
    families = [name for name, each in flows.items() if sum(each) * 2 > len(each)]
    return replace(scope, families=frozenset(families))


def openings(data: Dataset, scope: Scope = EVERYTHING) -> Iterator[Selection]:
    """Yield what a picture may open on, more first: everything, then parts of it.

    The parts are what acts on and for the leading states, two relations deep and then one; where
    the data have no such states, what surrounds the entity with the most relations. Raises
    `ParameterError` if nothing passes the scope.
    """
    everything = whole(data, scope=scope)
    if not everything:
        raise ParameterError("nothing to draw: no statement passes the filters")
    yield everything
    centres = leading_states(data) or _busiest(data)
    for hops, narrowed in ((2, acting(data, scope)), (1, scope), (1, acting(data, scope))):
        try:
            yield around(data, centres, hops=hops, scope=narrowed)
        except ParameterError:
            continue


def _busiest(data: Dataset) -> tuple[str, ...]:
    rows = [data.row("statement", id) for id in whole(data)]
    ends = np.concatenate([data.subject[rows], data.object[rows]])
    return (str(data.ids[int(np.bincount(ends).argmax())]),)

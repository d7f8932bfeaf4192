"""The part of the data that a picture shows without names, or when not everything fits.

The program names no entity here: the data show whose policies they hold, and the ontology defines
along which relations influence runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.ontology.schema import Family
from diaspora_graph.pictures.staging import Selection, around, whole
from diaspora_graph.policies.own import leading_states

FEWER = (60, 45, 30, 20, 12, 6)
"""Numbers of entities next to the centres, tried one after the other until they fit."""


def acting(data: Dataset, scope: Scope = EVERYTHING) -> Scope:
    """Return a scope limited to the families in which most relations pass influence on.

    A scope that names families or relations stays as it is.
    """
    if scope.families or scope.relations:
        return scope
    flows: dict[str, list[bool]] = {}
    for term in data.schema.predicates.values():
        flows.setdefault(term.family, []).append(bool(term.flow))
    families = [Family.word(name) for name, each in flows.items() if sum(each) * 2 > len(each)]
    return replace(scope, families=frozenset(families))


def openings(data: Dataset, scope: Scope = EVERYTHING) -> Iterator[Selection]:
    """Yield the selections that a picture may open on, largest first: everything, then parts of it.

    The parts are the influence on and by the leading states, two relations deep and then one; if
    the data have no such states, the neighbours of the entity with the most relations. Raises
    `ParameterError` if nothing passes the scope.
    """
    everything = whole(data, scope=scope)
    if not everything:
        raise ParameterError("nothing to draw: no statement passes the filters")
    yield everything
    centres = leading_states(data) or _busiest(data)
    last: Selection | None = None
    for hops, narrowed in ((2, acting(data, scope)), (1, scope), (1, acting(data, scope))):
        try:
            last = around(data, centres, hops=hops, scope=narrowed)
        except ParameterError:
            continue
        yield last
    if last is not None:
        for most in FEWER:
            yield best_attested(data, last, centres, most)


def best_attested(data: Dataset, chosen: Selection, centres: Sequence[str], most: int) -> Selection:
    """Return the part of a selection that joins the centres to those with the most claims.

    At most ``most`` entities are kept next to the centres: those in the most statements of the
    selection, equal ones by id.
    """
    counts: Counter[str] = Counter()
    for id in chosen:
        statement = data.statement(id)
        counts.update({statement.subject, statement.object} - set(centres))
    ranked = sorted(counts, key=lambda id: (-counts[id], id))
    kept = {*centres, *ranked[:most]}
    part = f"the {most} of {len(ranked)} entities with most claims" if len(ranked) > most else ""
    statements = tuple(
        id for id in chosen if {data.statement(id).subject, data.statement(id).object} <= kept
    )
    return Selection(statements, chosen.scope, part)


def _busiest(data: Dataset) -> tuple[str, ...]:
    rows = [data.row("statement", id) for id in whole(data)]
    ends = np.concatenate([data.subject[rows], data.object[rows]])
    return (str(data.ids[int(np.bincount(ends).argmax())]),)

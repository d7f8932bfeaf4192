"""Why a relation is in the graph: every claim that affirms or denies it."""

from __future__ import annotations

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve, resolve_term
from diaspora_graph.errors import ParameterError
from diaspora_graph.wording.sentences import Evidence, evidence_of


def why(data: Dataset, subject: str, predicate: str, object: str) -> tuple[Evidence, ...]:
    """Return the claims for and against a relation, by id.

    ``subject`` and ``object`` are ids, labels or aliases, ``predicate`` a name or label of the
    ontology. Raises `UnknownNameError`, `AmbiguousNameError`, and `ParameterError` if no source
    affirms or denies it, with the relations between the two.

    >>> from diaspora_graph import load_dataset
    >>> [each.id for each in why(load_dataset(), "ANCA", "lobbies on", "us-policy-toward-armenia")]
    ['st-anca-lobbies-us-policy']
    """
    begin, end = resolve(data, subject), resolve(data, object)
    name = resolve_term(data.schema, "predicate", predicate, "relation")
    table, predicates = data.tables["statement"], list(data.schema.predicates)
    between = (data.subject == data.number(begin)) & (data.object == data.number(end))
    rows = np.flatnonzero(between & (data.predicate == predicates.index(name)))
    if not len(rows):
        verb = data.schema.predicates[name].label()
        others = sorted({predicates[code] for code in data.predicate[between].tolist()})
        hint = f"there is {' and '.join(others)}" if others else "try `why-not`"
        sentence = f"{data.label(begin)} {verb} {data.label(end)}"
        raise ParameterError(f"no source affirms or denies that {sentence}; {hint}")
    return tuple(evidence_of(data, id) for id in table["id"].at(rows))

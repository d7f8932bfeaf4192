"""A state's policy history: what it and its organs founded, adopted, ran and ended, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from diaspora_graph.dataset.claims import mentioning, standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import Kind
from diaspora_graph.wording.sentences import credit, evidence_of, stated


def policy_history(data: Dataset, name: str) -> tuple[str, ...]:
    """Return the ids of the dated statements of a state's governance, the earliest first.

    They are the statements of the family of relations to which the relation of an organ to its
    state belongs (``dg:exemptFromGate`` in the ontology), whose subject is the state, one of its
    organs (or of theirs), or what these have founded or adopted. ``name`` is an id, a label or an
    alias. Raises `UnknownNameError` and `AmbiguousNameError`.

    >>> from diaspora_graph import load_dataset
    >>> len(policy_history(load_dataset(), "Armenia")) > 10
    True
    """
    terms = list(data.schema.predicates.values())
    organ = np.array([term.exempt for term in terms], np.bool_)
    families = {term.family for term in terms if term.exempt}
    governing = np.array([term.family in families for term in terms], np.bool_)
    counted = standing(data, "statement")
    own = {data.number(resolve(data, name))}
    size = 0
    while size < len(own):  # organs of organs too
        size = len(own)
        below = counted & organ[data.predicate] & np.isin(data.object, list(own))
        own |= _ends(data, below, "subject")
    acts = counted & governing[data.predicate] & ~organ[data.predicate]
    made = _ends(data, acts & np.isin(data.subject, list(own)), "object")
    dated = np.array([bool(text) for text in data.tables["statement"]["valid"].all()], np.bool_)
    rows = np.flatnonzero(acts & dated & np.isin(data.subject, list(own | made)))
    days = data.bounds("statement")[data.tables["statement"]["valid"].codes]
    ids = data.tables["statement"]["id"]
    return tuple(ids[row] for row in sorted(rows.tolist(), key=lambda row: (*days[row][:2], row)))


def about_things(data: Dataset, kind: Kind, things: Sequence[str]) -> Mask:
    """Return which claims are about one of these things, by ids; all if there are none.

    They have it as subject, object, partner, topic or means, or belong to its policy history.
    """
    if not things:
        return np.ones(len(data.tables[kind]), np.bool_)
    about = mentioning(data, kind, things)
    if kind == "statement":
        acts = (id for thing in things for id in policy_history(data, thing))
        about[[data.row(kind, id) for id in acts]] = True
    return about


def history_lines(data: Dataset, id: str, language: str = "en") -> Iterator[str]:
    """Yield a state's policy history, one line for each statement: when, what, and the source."""
    for claim in policy_history(data, id):
        found = evidence_of(data, claim)
        yield f"  {found.valid}  {stated(found, language)} — {credit(found, language)} [{claim}]"


def _ends(data: Dataset, statements: Mask, end: str) -> set[int]:
    numbers = data.subject if end == "subject" else data.object
    return set(numbers[statements].tolist())

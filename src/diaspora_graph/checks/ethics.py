"""The ethics rules: no origin of persons or firms; influence claims have an author and a doubt.

The ontology (dg:EthicsRule, dg:needsAuthor) lists the classes that a rule protects, the classes
that they must not be joined to, and the acts that are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np

from diaspora_graph.checks.found import Case
from diaspora_graph.dataset.columns import Cells, Mask, Table
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.ontology.schema import EthicsRule

_RULE = "ethics"
_HINT = "put it into exclusions.csv, by its place in the source and without the name"
_DOUBTS = {"contested", "unsupported"}


def check_ethics(case: Case) -> None:
    """Report rows that record the origin of a person or firm, and influence without an author."""
    for rule in case.schema.ethics:
        _statements(case, rule)
        _observations(case, rule)
    _exclusions(case)
    claiming = _claiming(case)
    _authors(case, claiming)
    _doubts(case, claiming)


def _classes(case: Case, names: Iterable[str]) -> Mask:
    return np.array([case.schema.descends(name, names) for name in case.schema.types])


def _holds(case: Case, column: Cells, classes: Mask) -> Mask:
    """Return which rows name at least one thing of these classes."""
    if not len(column):
        return np.zeros(0, np.bool_)
    parts, things = case.things.named(column)
    types = case.things.types_at(things)
    return parts.any((types >= 0) & classes[types])[column.codes]


def _statements(case: Case, rule: EthicsRule) -> None:
    table = case.tables["statement"]
    if not len(table):
        return
    protected, origin = _classes(case, rule.protects), _classes(case, rule.origin)
    person = {name: _holds(case, table[name], protected) for name in _ENDS}
    group = {name: _holds(case, table[name], origin) for name in _ENDS}
    predicate = table["predicate"]
    as_subject = predicate.where(lambda text: text in rule.as_subject)[predicate.codes]
    as_object = predicate.where(lambda text: text in rule.as_object)[predicate.codes]
    joined = _any(person.values()) & _any(group.values())
    act = (person["subject"] & as_subject) | (person["object"] & as_object)
    context = person["about"] | person["means"]
    rows = np.flatnonzero(joined & (~act | context)).tolist()
    case.tell(_RULE, table, rows, "predicate", _expected(rule), _HINT)


_ENDS = ("subject", "object", "about", "means")


def _any(masks: Iterable[Mask]) -> Mask:
    return reduce(np.logical_or, masks)


def _observations(case: Case, rule: EthicsRule) -> None:
    table = case.tables["observation"]
    if not len(table):
        return
    protected, origin = _classes(case, rule.protects), _classes(case, rule.origin)
    columns = ("subject", "partner", "category")
    joined = _any(_holds(case, table[name], protected) for name in columns)
    joined &= _any(_holds(case, table[name], origin) for name in columns)
    rows = np.flatnonzero(joined).tolist()
    case.tell(_RULE, table, rows, "category", _expected(rule), _HINT)


def _expected(rule: EthicsRule) -> str:
    acts = " or ".join(sorted(rule.as_subject | rule.as_object))
    if not acts:
        return "no person or firm joined to an ethnic or religious concept"
    return f"between a person or firm and a community only an act ({acts})"


def _exclusions(case: Case) -> None:
    """An exclusion does not name the person or firm that it is about."""
    table = case.tables["exclusion"]
    if not len(table):
        return
    protected = _classes(case, {name for rule in case.schema.ethics for name in rule.protects})
    rows = np.flatnonzero(_holds(case, table["about"], protected)).tolist()
    case.tell(_RULE, table, rows, "about", "neither a person nor a firm", "leave the name out")


def _claiming(case: Case) -> Mask:
    """Return which statements claim an influence that needs an author (dg:needsAuthor)."""
    table = case.tables["statement"]
    claiming = np.zeros(len(table), np.bool_)
    if not len(table):
        return claiming
    types = case.things.types_of(table["subject"])
    for name, term in case.schema.predicates.items():
        if term.needs_author:
            subjects = _classes(case, term.needs_author)
            named = table["predicate"].codes == table["predicate"].code(name)
            claiming |= named & (types >= 0) & subjects[types]
    return claiming


def _authors(case: Case, claiming: Mask) -> None:
    """A claim of influence by an actor has an author: one that the source cites, or its own."""
    table, sources = case.tables["statement"], case.tables["source"]
    if not claiming.any() or not case.sees("source", "id", "author"):
        return
    nameless = set(sources["id"].all()) - _authored(sources)
    bare = table["source"].where(nameless.__contains__)[table["source"].codes]
    rows = np.flatnonzero(claiming & ~table["cited"].filled() & bare).tolist()
    expected = "the author who claims it (or a source that has one)"
    case.tell(_RULE, table, rows, "cited", expected)


def _doubts(case: Case, claiming: Mask) -> None:
    """A claim of influence by an actor has a conflict group or a flag."""
    table = case.tables["statement"]
    seen = case.sees("flag", "target", "kind") and case.sees("statement", "id", "conflict_group")
    if not claiming.any() or not seen:
        return
    doubted = _doubted(case)
    rows = np.flatnonzero(claiming & ~table["conflict_group"].filled())
    excused = doubted | case.lost
    ids = table["id"].at(rows)
    alone = [row for row, id in zip(rows.tolist(), ids, strict=True) if id not in excused]
    expected = "a conflict_group, or a flag contested or unsupported"
    hint = "every claim of influence needs the doubt about it"
    case.tell(_RULE, table, alone, "conflict_group", expected, hint)


def _authored(sources: Table) -> set[str]:
    return {sources["id"][row] for row in np.flatnonzero(sources["author"].filled()).tolist()}


def _doubted(case: Case) -> set[str]:
    flags = case.tables["flag"]
    return {
        target
        for row in range(len(flags))
        if flags["kind"][row] in _DOUBTS
        for target in flags["target"][row].split(SEPARATOR)
    }

"""Datasets that hypothesis makes up: rows at random, without those that the checks refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from diaspora_graph.answers import Question
from diaspora_graph.checks import check_tables
from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES, Kind
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.reading.load import dataset_of
from samples import ROWS, Row

# few classes and mostly these relations, so that parallel statements, chains of parts and
# programmes with runners come up often
TYPES = ("Diaspora", "Diaspora", "Group", "Programme", "GovernmentBody", "State", "Issue", "Law")
OFTEN = (
    "partOf", "targets", "administers", "pursues", "hasStrongPoint", "engages", "organOf",
    "replaces", "abolishes", "adopts",
)  # fmt: skip
VALID = ("", "", "2008", "2008-10-01/2019-06", "1991/..", "1991/", "../2004", "2007~", "199X")
LOCATED = {"locator": "p. 1", "passage": "p7c36ab6a31bfc0c7:212"}
SOURCES = ("doe2020", "roe2018", "survey-data")


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """A checked dataset of up to 8 entities and 40 claims."""
    number = st.integers(0, 7)
    types = [draw(st.sampled_from(TYPES)) for _ in range(8)]
    rows: dict[Kind, list[Row]] = {kind: [] for kind in ROWS}
    rows["dataset"], rows["source"] = list(ROWS["dataset"]), list(ROWS["source"])
    rows["entity"] = [_entity(draw, f"e{at}", name) for at, name in enumerate(types)]
    for at in range(draw(st.integers(4, 24))):
        rows["statement"] += _statements(draw, f"s{at}", types, draw(number), draw(number))
    for at in range(draw(st.integers(0, 6))):
        rows["observation"].append(_observation(draw, f"o{at}", f"e{draw(number)}"))
    for at in range(draw(st.integers(0, 4))):
        rows["coding"].append(_coding(draw, f"c{at}", f"e{draw(number)}"))
    for at in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(["contested", "unit", "citation"]))
        target = draw(st.sampled_from(["s0", "s1|s2", "o0", "c0", "doe2020"]))
        rows["flag"].append({"id": f"f{at}", "target": target, "kind": kind, "note": "doubt"})
    for _ in range(draw(st.integers(0, 3))):
        alias = draw(st.sampled_from(["NA", "Қазақ", 'a "b"', "АНК"]))
        rows["alias"].append({"entity": f"e{draw(number)}", "alias": alias, "language": "kk"})
    return _sound(rows)


def _entity(draw: st.DrawFn, id: str, type: str) -> Row:
    label = draw(st.sampled_from([id, 'a "quoted"\nname', "Отандастар", "=1+1"]))
    return {
        "id": id,
        "type": type,
        "label_en": label,
        "aliases": draw(st.sampled_from(["", "x|y"])),
    }


def _doubts(draw: st.DrawFn) -> Row:
    return {
        "source": draw(st.sampled_from(SOURCES)),
        "confidence": draw(st.sampled_from(["high", "medium", "low"])),
        "polarity": draw(st.sampled_from(["", "", "", "affirms", "denies"])),
        "status": draw(st.sampled_from(["", "", "", "accepted", "disputed", "deprecated"])),
        "conflict_group": draw(st.sampled_from(["", "", "g1"])),
        "valid": draw(st.sampled_from(VALID)),
        **LOCATED,
    }


def _statements(draw: st.DrawFn, id: str, types: Sequence[str], start: int, end: int) -> list[Row]:
    schema = load_schema()
    codes = schema.types.index(types[start]), schema.types.index(types[end])
    names = list(schema.predicates)
    allowed = [names[code] for code in np.flatnonzero(schema.allowed[:, codes[0], codes[1]])]
    if start == end or not allowed:
        return []
    likely = [name for name in OFTEN if name in allowed]
    predicate = draw(st.sampled_from(likely or allowed) | st.sampled_from(allowed))
    ends = {"subject": f"e{start}", "predicate": predicate, "object": f"e{end}"}
    row = {"id": id, **ends, **_doubts(draw)}
    if draw(st.integers(0, 9)):
        return [row]
    return [{**row, "status": "corrected"}, {**row, "id": f"{id}-c", "status": "", "corrects": id}]


def _observation(draw: st.DrawFn, id: str, subject: str) -> Row:
    measure, unit, value = draw(
        st.sampled_from(
            [("diaspora_size", "persons", "1.50"), ("population", "persons", "007"),
             ("influence", "level", "rising"), ("founded", "date", "199X")]
        )
    )  # fmt: skip
    more = {"definition": "unclear"} if measure == "diaspora_size" else {}
    bound = draw(st.sampled_from(["", "about", "exact"]))
    named = {"measure": measure, "unit": unit, "value": value, "bound": bound}
    return {"id": id, "subject": subject, **named, **more, **_doubts(draw)}


def _coding(draw: st.DrawFn, id: str, subject: str) -> Row:
    item = draw(st.sampled_from(["diaspora_ministry", "return_programme"]))
    value = draw(st.sampled_from(["0", "0.5", "1", "not_found"]))
    evidence = draw(st.sampled_from(["s0", "s1|s0", "o0"]))
    status = draw(st.sampled_from(["", "alternative", "disputed"]))
    made = {"evidence": evidence, "coder": "a", "status": status}
    return {"id": id, "subject": subject, "item": item, "value": value, **_doubts(draw), **made}


def _sound(rows: Mapping[Kind, list[Row]]) -> Dataset:
    """Drop rows that the checks refuse, repeatedly, since rows depend on each other."""
    while True:
        tables = {kind: table_of(kind, each) for kind, each in rows.items()}
        case = check_tables(load_schema(), tables, ["x"])
        if not case.faults:
            return dataset_of(tables)
        for kind, each in rows.items():
            bad = {fault.row for fault in case.faults if fault.file == f"x/{FILES[kind]}"}
            each[:] = [row for at, row in enumerate(each) if at + 2 not in bad]


def parameters_for(data: Dataset, question: Question) -> list[dict[str, str]]:
    """Return useful sets of parameters for a question: all values, only related pairs."""
    names = list(question.parameters)
    if {"one", "other"} <= set(names):
        return _pairs(data, names)
    if names == ["subject", "predicate", "object"]:
        return _used(data, "statement", names)
    if names[0] == "subject":
        kind: Kind = "coding" if "item" in names else "observation"
        asked = [{"subject": id} for id in data.tables["entity"]["id"].all()]
        asked += _used(data, kind, names[:2]) + ([{}] if kind == "coding" else [])
    elif names == ["coder", "item"]:
        asked = _used(data, "coding", names) + _used(data, "coding", names[:1])
    else:
        (name, parameter), *_ = question.parameters.items()
        asked = [{}] if parameter.optional else []
        asked += [{name: id} for id in _values(data, parameter.what)]
    times: Sequence[dict[str, str]] = ({},)
    if "during" in names:
        times = ({}, {"during": "2008"}, {"during": "1985/1995"})
    elif "before" in names:
        times = ({"before": "2007", "after": "2019"}, {"before": "1985/1995", "after": "2008-10"})
    more = [dict(each) for each in _SECOND.get(question.name, ({},))]
    return [each | time | other for each in asked for time in times for other in more]


_SECOND: Mapping[str, Sequence[Mapping[str, str]]] = {
    "sources_about": ({}, {"of_class": "scholarly"}),
}
"""Values of a second parameter."""


def _pairs(data: Dataset, names: Sequence[str]) -> list[dict[str, str]]:
    """Return pairs of things with a common neighbour, some with the relation to it."""
    rows = _used(data, "statement", ["object", "predicate", "subject"])
    by_object: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_object.setdefault(row["object"], []).append(row)
    found = []
    for each in by_object.values():
        for one, other in pairwise(each):
            pair = {"one": one["subject"], "other": other["subject"]}
            if pair["one"] != pair["other"]:
                found += [pair] + [pair | {"predicate": one["predicate"]}] * ("predicate" in names)
    return found


def _values(data: Dataset, what: str) -> list[str]:
    """Return all ids, or all names that claims use."""
    kinds: Mapping[str, Kind] = {"predicate": "statement", "measure": "observation"}
    if what in {"predicate", "measure", "item"}:
        return sorted(set(data.tables[kinds.get(what, "coding")][what].all()))
    return list(data.id_list) if what == "thing" else _ids(data, what)


def _used(data: Dataset, kind: Kind, columns: Sequence[str]) -> list[dict[str, str]]:
    cells = zip(*(data.tables[kind][column].all() for column in columns), strict=True)
    return [dict(zip(columns, each, strict=True)) for each in sorted(set(cells))]


def _ids(data: Dataset, what: str) -> list[str]:
    return data.tables["source" if what == "source" else "entity"]["id"].all()

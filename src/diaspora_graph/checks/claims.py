"""Rules on claims: which relations may join which classes, and doubts and corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.checks.found import Case, Parts
from diaspora_graph.dataset.columns import Mask, Table, codes_of, positions
from diaspora_graph.dataset.records import CLAIMS, SEPARATOR, Kind, columns

_JOIN = "relations between these classes"
_DOUBT = "disputes and corrections"
_READ_IN: tuple[Kind, ...] = (*CLAIMS, "flag", "exclusion")
_NO_WORDS = {"unreadable", "picture_only"}


def check_claims(case: Case) -> None:
    """Report statements that the ontology does not allow, and doubts without a reason."""
    if len(case.tables["statement"]):
        _itself(case)
        _domain_and_range(case)
        _qualifiers(case)
    for kind in _READ_IN:
        table = case.tables[kind]
        if len(table):
            _ranges(case, table)
            _even(case, table)
            _placed(case, table)
            _passages(case, table)
    for kind in CLAIMS:
        table = case.tables[kind]
        if len(table):
            _corrected(case, table)
            _disputed(case, table)
            _correcting(case, table)
    _source_classes(case)
    _recorded(case)
    _conflicts(case)


def _itself(case: Case) -> None:
    table = case.tables["statement"]
    subject, object_ = case.things.of(table["subject"]), case.things.of(table["object"])
    same = np.flatnonzero((subject == object_) & (subject >= 0)).tolist()
    expected = "another entity than the subject"
    case.tell("statements with themselves", table, same, "object", expected)


def _domain_and_range(case: Case) -> None:
    """Shape: dg:StatementShape, domain and range."""
    table = case.tables["statement"]
    schema = case.schema
    code = {name: position for position, name in enumerate(schema.predicates)}
    by_text = [code.get(text, -1) for text in table["predicate"].listed()]
    predicate = np.array(by_text, np.int32)[table["predicate"].codes]
    subject = case.things.types_of(table["subject"])
    object_ = case.things.types_of(table["object"])
    known = (predicate >= 0) & (subject >= 0) & (object_ >= 0)
    wrong = known & ~schema.allowed[predicate, subject, object_]
    predicates, types = list(schema.predicates.values()), schema.types
    for row in np.flatnonzero(wrong).tolist():
        each = predicates[predicate[row]]
        expected = f"a relation between {types[subject[row]]} and {types[object_[row]]}"
        same = " of the same root class" if each.same_root else ""
        ends = f"{' or '.join(each.subjects)} to {' or '.join(each.objects)}"
        case.tell(_JOIN, table, [row], "predicate", expected, f"{each.name} joins {ends}{same}")


def _qualifiers(case: Case) -> None:
    table, predicates = case.tables["statement"], case.schema.predicates
    column = table["predicate"]
    for name in ("about", "means"):
        bare = {each for each, term in predicates.items() if name not in term.qualifiers}
        refusing = column.where(bare.__contains__)
        wrong = np.flatnonzero(table[name].filled() & refusing[column.codes]).tolist()
        expected = f"an empty cell: this relation takes no {name}"
        hint = "the ontology lists the relations that take it"
        case.tell("qualifiers", table, wrong, name, expected, hint)


def _ranges(case: Case, table: Table) -> None:
    """Report references of a class that the column does not take (dg:ColumnRange)."""
    for field in columns(table.kind):
        classes = case.schema.ranges.get(field.name)
        if not classes or field.holds != "reference" or not table[field.name].filled().any():
            continue
        parts, things = case.things.named(table[field.name], many=field.many)
        types = case.things.types_at(things)
        taken = np.array([case.schema.descends(name, classes) for name in case.schema.types])
        wrong = (types >= 0) & ~taken[types]
        rows = table[field.name].rows(parts.any(wrong)).tolist()
        expected = f"one of class {', '.join(classes)}"
        case.tell("classes of a column", table, rows, field.name, expected)


def _even(case: Case, table: Table) -> None:
    """There are as many fingerprints as locators."""
    if not case.sees(table.kind, "locator"):
        return
    passage, locator = table["passage"], table["locator"]
    fingerprints, places = (Parts(each).counts[each.codes] for each in (passage, locator))
    uneven = np.flatnonzero(passage.filled() & (fingerprints != places)).tolist()
    case.tell("passages", table, uneven, "passage", "one fingerprint for each locator")


def _placed(case: Case, table: Table) -> None:
    """A row with a locator or a passage names the source that they are in."""
    if next(each for each in columns(table.kind) if each.name == "source").filled:
        return
    placed = table["locator"].filled() | table["passage"].filled()
    bare = np.flatnonzero(placed & ~table["source"].filled()).tolist()
    case.tell("places", table, bare, "source", "a source for the locator and passage")


def _passages(case: Case, table: Table) -> None:
    """Only rows of a data set, pictures and unreadable sources may lack a fingerprint."""
    source, locator = table["source"], table["locator"]
    needs = source.filled() & ~table["passage"].filled()
    seen = case.sees(table.kind, "locator", "reason")
    if table.kind == "flag" or not seen or not needs.any():
        return
    picture = locator.matching(r"^(Figure|Map|Picture|Photo)\b")[locator.codes]
    sources = case.tables["source"]
    texts = [name for name, term in case.schema.classes.items() if not term.passage_optional]
    of_text = sources["type"].where(set(texts).__contains__)[sources["type"].codes]
    written = {sources["id"][row] for row in np.flatnonzero(of_text).tolist()}
    quotable = source.where(written.__contains__)[source.codes]
    bare = needs & ~picture & quotable
    if table.kind == "exclusion":
        bare &= ~table["reason"].where(_NO_WORDS.__contains__)[table["reason"].codes]
    hint = "add a column `quote` with the words of the source and run `diaspora-graph seal`"
    rows = np.flatnonzero(bare).tolist()
    case.tell("passages", table, rows, "passage", "the fingerprint of a passage", hint)


def _corrected(case: Case, table: Table) -> None:
    """A row is ``corrected`` if and only if another row's ``corrects`` names it."""
    if not case.sees(table.kind, "id", "status"):
        return
    marked = table["status"].where(lambda text: text == "corrected")[table["status"].codes]
    named = _named(case, table, "corrects", CLAIMS)
    if all(case.sees(kind, "corrects") for kind in CLAIMS):
        alone = _not_lost(case, table, marked & ~named)
        case.tell(_DOUBT, table, alone, "status", "a row whose `corrects` names this one")
    silent = np.flatnonzero(named & ~marked).tolist()
    by = _targets(case, "corrects", CLAIMS) if silent else {}
    for row in silent:
        hint = f"{by[table['id'][row]]} corrects it"
        case.tell(_DOUBT, table, [row], "status", "corrected", hint)


def _disputed(case: Case, table: Table) -> None:
    """``disputed`` needs a flag or a conflict group that gives the reason."""
    if not (case.sees("flag", "target") and case.sees(table.kind, "id", "conflict_group")):
        return
    flagged = _named(case, table, "target", ("flag",))
    marked = table["status"].where(lambda text: text == "disputed")[table["status"].codes]
    bare = _not_lost(case, table, marked & ~table["conflict_group"].filled() & ~flagged)
    case.tell(_DOUBT, table, bare, "status", "a flag on this row or a conflict_group")


def _correcting(case: Case, table: Table) -> None:
    """A row corrects another one; a corrected value is derived and its note shows the sum."""
    correcting = np.flatnonzero(table["corrects"].filled())
    rows = correcting.tolist()
    cells = zip(rows, table["id"].at(correcting), table["corrects"].at(correcting), strict=True)
    itself = [row for row, id, corrects in cells if id in corrects.split(SEPARATOR)]
    case.tell(_DOUBT, table, itself, "corrects", "another row than itself")
    if table.kind != "observation" or not case.sees("observation", "obs_status", "note"):
        return
    bare = [r for r in rows if table["obs_status"][r] != "derived" or not table["note"][r]]
    case.tell(_DOUBT, table, bare, "corrects", "obs_status derived, and the sum in note")


def _named(case: Case, table: Table, column: str, kinds: Sequence[Kind]) -> Mask:
    """Return which rows of a table are named in a column of these kinds of rows."""
    columns = [case.tables[kind][column] for kind in kinds]
    filled = [each.take(np.flatnonzero(each.filled())).used() for each in columns]
    names = pa.concat_arrays([Parts(each).texts for each in filled])
    ids = table["id"]
    return (positions(ids.texts, names) >= 0)[ids.codes]


def _not_lost(case: Case, table: Table, rows: Mask) -> list[int]:
    """Return the marked rows, without those that an unreadable record may excuse."""
    marked = np.flatnonzero(rows)
    ids = table["id"].at(marked)
    return [row for row, id in zip(marked.tolist(), ids, strict=True) if id not in case.lost]


def _targets(case: Case, column: str, kinds: Sequence[Kind]) -> dict[str, str]:
    """Return the ids in a column of these kinds of rows, each with a row that names it."""
    found: dict[str, str] = {}
    for kind in kinds:
        table = case.tables[kind]
        for row in np.flatnonzero(table[column].filled()).tolist():
            for id in table[column][row].split(SEPARATOR):
                found.setdefault(id, table["id"][row])
    return found


def _source_classes(case: Case) -> None:
    """A source that was read has a class; a source that is only cited by others has none."""
    sources = case.tables["source"]
    if not len(sources):
        return
    read: Mask = np.zeros(len(sources.columns["id"].texts), np.bool_)
    for kind in _READ_IN:
        column = case.tables[kind]["source"]
        if len(column):
            read |= codes_of(pc.index_in(sources["id"].texts, value_set=column.texts)) >= 0
    bare = read[sources["id"].codes] & sources["id"].filled() & ~sources["source_class"].filled()
    expected = "a source_class: claims were read in this source"
    case.tell("sources", sources, np.flatnonzero(bare).tolist(), "source_class", expected)


def _recorded(case: Case) -> None:
    """Sources are in sources.csv, everything else in entities.csv."""
    homes: tuple[tuple[Kind, str], ...] = (("entity", "sources.csv"), ("source", "entities.csv"))
    for kind, home in homes:
        table = case.tables[kind]
        classes = case.schema.classes.items()
        misplaced = {name for name, term in classes if (term.recorded_as or "entity") != kind}
        rows = table["type"].rows(table["type"].where(misplaced.__contains__)).tolist()
        expected = f"a class of this file; this class belongs in {home}"
        case.tell("the files", table, rows, "type", expected)


def _conflicts(case: Case) -> None:
    """A conflict has two sides."""
    if not all(case.sees(kind, "conflict_group") for kind in CLAIMS):
        return
    members: Counter[str] = Counter()
    for kind in CLAIMS:
        column = case.tables[kind]["conflict_group"]
        counts = np.bincount(column.codes, minlength=len(column.texts)).tolist()
        members.update(dict(zip(column.listed(), counts, strict=True)))
    del members[""]
    alone = {name for name, count in members.items() if count == 1 and name not in case.lost}
    for kind in CLAIMS:
        table = case.tables[kind]
        rows = table["conflict_group"].rows(table["conflict_group"].where(alone.__contains__))
        expected = "at least two claims in a conflict"
        case.warn("conflicts", table, rows.tolist(), "conflict_group", expected)

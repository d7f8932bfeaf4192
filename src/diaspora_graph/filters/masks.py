"""The filters of a scope as small tables over codes, and the codes of the claims.

A filter never copies the data: it is one boolean for each word, source or class, made once for
each query, and a claim passes if the boolean at its code is true. `Codebook` holds the codes once
for a dataset and a kind of claim; those of statements are in the order of the relations, so that
the statements of one relation are next to each other. Only `passing` decides which claims of any
kind pass a scope.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from diaspora_graph.dataset.claims import status_vocabulary
from diaspora_graph.dataset.columns import Codes, Mask, Table
from diaspora_graph.dataset.dataset import Dataset, Days, once
from diaspora_graph.dataset.records import SEPARATOR, Kind
from diaspora_graph.dates import EVER, NEVER
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.filters.rules import RULES, Rules
from diaspora_graph.filters.scope import Scope, as_window
from diaspora_graph.ontology.schema import Family

_GRADED = ("polarity", "confidence", "certainty", "status")
"""The columns of which every combination of words is one grade."""

GRADE, VOICE, VALID = 0, 1, 2
"""Columns of ``Codebook.codes``."""

SURE, MAYBE, ANY_TIME = 1, 0, -1
"""The condition on a statement in a window of days: it holds, it may hold, anything."""


@dataclass(frozen=True, eq=False)
class Codebook:
    """Codes of claims: statements in the order of ``data.relations.statements``, others by row.

    A row of ``codes`` is the grade (polarity, confidence, certainty and status together), the voice
    (the source and whom it credits), and the row of its validity in ``days``. ``confidence`` is
    that of each grade. For each voice, ``says`` is the source and ``origin`` where the claim comes
    from, as positions in ``names``; ``credits`` are all that it credits.
    """

    codes: Codes
    days: Days
    confidence: npt.NDArray[np.int8]
    names: list[str]
    says: Codes
    origin: Codes
    credits: tuple[tuple[int, ...], ...]


@once
def codebook(data: Dataset, kind: Kind = "statement") -> Codebook:
    """Return the codes of the claims of a kind."""
    table = data.tables[kind]
    grade = np.zeros(len(table), np.int16)
    sizes = []
    for column in _GRADED:
        vocabulary = status_vocabulary(kind) if column == "status" else column
        sizes.append(len(data.schema.words(vocabulary)) + 1)  # 0: nothing is said
        codes = data.words(kind, column, vocabulary)
        grade = grade * np.int16(sizes[-1]) + (codes + 1).astype(np.int16)
    confidence = np.unravel_index(np.arange(np.prod(sizes)), sizes)[1].astype(np.int8) - np.int8(1)
    voice, pairs = _voices(table)
    names, says, credited = _names(table, pairs)
    origin = [each[0] if each else said for said, each in zip(says, credited, strict=True)]
    codes = np.stack([grade, voice, table["valid"].codes], axis=1).astype(np.int32)
    return Codebook(
        codes[data.relations.statements] if kind == "statement" else codes,
        data.bounds(kind), confidence, names,
        np.array(says, np.int32), np.array(origin, np.int32), credited,
    )  # fmt: skip


def _voices(table: Table) -> tuple[Codes, list[tuple[int, int]]]:
    """Return for each claim the number of its pair of source and credit, and the pairs."""
    width = max(len(table["cited"].texts), 1)
    key = table["source"].codes.astype(np.int64) * width + table["cited"].codes
    whole = pa.Int64Array.from_buffers(pa.int64(), len(key), [None, pa.py_buffer(key)])
    encoded = whole.dictionary_encode()
    codes = np.frombuffer(encoded.indices.buffers()[1] or b"", np.int32, len(key))
    return codes, [divmod(pair, width) for pair in encoded.dictionary.to_pylist()]


def _names(
    table: Table, pairs: list[tuple[int, int]]
) -> tuple[list[str], list[int], tuple[tuple[int, ...], ...]]:
    sources, cells = table["source"].listed(), table["cited"].listed()
    known: dict[str, int] = {}
    says = [known.setdefault(sources[source], len(known)) for source, _ in pairs]
    credited = tuple(
        tuple(known.setdefault(id, len(known)) for id in cells[cited].split(SEPARATOR) if id)
        for _, cited in pairs
    )
    return list(known), says, credited


@dataclass(frozen=True, eq=False)
class Masks:
    """One boolean for each code: grades, voices and predicates that pass, classes inside a path.

    ``first`` and ``last`` are days; ``time`` is the condition on them. ``gates`` marks the
    classes that a path goes through only on a shared topic.
    """

    grade: Mask
    voice: Mask
    predicate: Mask
    inner: Mask
    gates: Mask
    first: int
    last: int
    time: int

    def passing(self, book: Codebook, places: npt.NDArray[np.integer]) -> Mask:
        """Return which statements, by their places in the codebook, pass; relations aside."""
        grade, voice, valid = book.codes[places].T
        kept = self.grade[grade] & self.voice[voice]
        if self.time != ANY_TIME:
            days = book.days[valid]
            if self.time == SURE:
                kept &= (days[:, 1] <= self.last) & (days[:, 2] >= self.first)
            else:
                kept &= (days[:, 0] <= self.last) & (days[:, 3] >= self.first)
        return np.asarray(kept, np.bool_)

    def places(self, data: Dataset, relation: int) -> npt.NDArray[np.int64]:
        """Return the places in the codebook of the statements of one relation that pass."""
        starts = data.relations.starts
        places = np.arange(starts[relation], starts[relation + 1])
        return places[self.passing(codebook(data), places)]


def masks_of(
    data: Dataset,
    scope: Scope,
    rules: Rules = RULES,
    *,
    kind: Kind = "statement",
    denials: bool = False,
) -> Masks:
    """Return the tables of a scope and of the rules of influence for classes.

    Raises `ParameterError` for a wrong date, `UnknownNameError` for a name that neither the
    ontology nor the dataset has.
    """
    first, last = as_window(scope.as_of) if scope.as_of else (NEVER, EVER)
    time = ANY_TIME if not scope.as_of else SURE if scope.certain_time else MAYBE
    return Masks(
        _grades(data, scope, kind, denials=denials), _voices_kept(data, scope, kind),
        _predicates(data, scope), _inner(data, scope, rules),
        np.array([each.gates and rules.topic_gate for each in data.schema.classes.values()]),
        first, last, time,
    )  # fmt: skip


def passing(
    data: Dataset, scope: Scope, kind: Kind = "statement", *, denials: bool = False
) -> Mask:
    """Return which claims of a kind pass: affirmed (or denied, if asked for), within all filters.

    Only statements of these pass a filter by relation or family. A coding that has evidence passes
    if some of it passes (see `evidence_passing`); a coding without a source of its own has the
    sources of its evidence. Raises `ParameterError` and `UnknownNameError`.
    """
    masks, book = masks_of(data, scope, kind=kind, denials=denials), codebook(data, kind)
    found = masks.passing(book, np.arange(len(book.codes)))
    if kind == "statement":
        kept = np.zeros(len(found), np.bool_)
        kept[data.relations.statements] = found
        return np.asarray(kept & masks.predicate[data.predicate], np.bool_)
    if kind == "coding":
        return found & _rests(data, scope)
    return found & np.bool_(not (scope.families or scope.relations))


def settled(data: Dataset, scope: Scope) -> Scope | None:
    """Return a scope without what is disputed, None if it has nothing but that or nothing of it."""
    chosen = scope.statuses or frozenset(data.schema.counting("status"))
    kept = chosen & {data.schema.default("status")}
    return replace(scope, statuses=kept) if kept and kept != chosen else None


def evidence_passing(data: Dataset, scope: Scope) -> frozenset[str]:
    """Return the ids of all statements and observations that a coding may rest on in a scope.

    They pass every filter but that of time, affirmed or denied. An act of 2007 does not hold in
    2019 but is good evidence for later years; so the only condition on time is that a claim does
    not begin after the time of the scope.
    """
    timeless = scope.without("as_of").without("certain_time")
    last = as_window(scope.as_of)[1] if scope.as_of else EVER
    found: set[str] = set()
    for kind in ("statement", "observation"):
        table = data.tables[kind]
        kept = passing(data, timeless, kind) | passing(data, timeless, kind, denials=True)
        kept &= data.bounds(kind)[table["valid"].codes, 0] <= last
        found.update(table["id"].at(np.flatnonzero(kept)))
    return frozenset(found)


def _rests(data: Dataset, scope: Scope) -> Mask:
    """Return which codings have no evidence except their own source, or some that passes."""
    table = data.tables["coding"]
    if not any(scope.filters()):
        return np.ones(len(table), np.bool_)
    evidence, kept = table["evidence"].all(), evidence_passing(data, scope)
    related = bool(scope.families or scope.relations)
    return np.array(
        [not kept.isdisjoint(cell.split(SEPARATOR)) if cell else not related for cell in evidence],
        np.bool_,
    )


def _grades(data: Dataset, scope: Scope, kind: Kind, *, denials: bool) -> Mask:
    schema = data.schema
    affirms = schema.default("polarity")
    kept = [
        [(word != affirms) == denials for word in schema.words("polarity")],
        _at_least(data, "confidence", scope.min_confidence),
        _at_least(data, "certainty", scope.min_certainty),
        _statuses(data, scope, status_vocabulary(kind)),
    ]
    table = np.ones(1, np.bool_)
    for each, unsaid in zip(kept, (False, False, True, False), strict=True):
        table = np.logical_and.outer(table, [unsaid, *each]).ravel()
    return np.asarray(table, np.bool_)


def _at_least(data: Dataset, vocabulary: str, lowest: str) -> list[bool]:
    words = data.schema.words(vocabulary)
    if lowest and lowest not in words:
        raise UnknownNameError(vocabulary, lowest, words)
    least = words.index(lowest) if lowest else 0
    return [position >= least for position in range(len(words))]


def _statuses(data: Dataset, scope: Scope, vocabulary: str) -> list[bool]:
    schema = data.schema
    known = {*schema.words("status"), *schema.words("coding_status")}
    for name in sorted(scope.statuses - known):
        raise UnknownNameError("status", name, schema.words("status"))
    chosen = scope.statuses or frozenset(schema.counting(vocabulary))
    return [word in chosen for word in schema.words(vocabulary)]


def _among(known: tuple[str, ...], chosen: frozenset[str], what: str, *, empty: bool) -> list[bool]:
    """Return which names are chosen; ``empty``: no choice means all."""
    for name in sorted(chosen):
        if name not in known:
            raise UnknownNameError(what, name, known)
    return [name in chosen or (empty and not chosen) for name in known]


def _voices_kept(data: Dataset, scope: Scope, kind: Kind) -> Mask:
    book = codebook(data, kind)
    kept = np.ones(len(book.says), np.bool_)
    if not (scope.sources or scope.without_sources or scope.source_classes):
        return kept
    for source in sorted(scope.sources | scope.without_sources):
        data.row("source", source)
    if scope.sources:
        kept &= np.array([name in scope.sources for name in book.names], np.bool_)[book.says]
    if scope.without_sources:
        out = {n for n, name in enumerate(book.names) if name in scope.without_sources}
        voices = zip(book.says.tolist(), book.credits, strict=True)
        kept &= np.array([out.isdisjoint({one, *credited}) for one, credited in voices], np.bool_)
    if scope.source_classes:
        words = data.schema.words("source_class")
        _among(words, scope.source_classes, "source class", empty=True)
        says = book.says.tolist()
        sources = {code: book.names[code] for code in set(says)}
        word = {code: data.source(id).source_class if id else "" for code, id in sources.items()}
        kept &= np.array([word[code] in scope.source_classes for code in says], np.bool_)
    if kind == "coding":  # one without a source of its own has that of its evidence
        unsaid = np.array([not name for name in book.names], np.bool_)[book.says]
        kept |= unsaid
    return kept


def _predicates(data: Dataset, scope: Scope) -> Mask:
    terms = data.schema.predicates
    kept = np.array(_among(tuple(terms), scope.relations, "relation", empty=True), np.bool_)
    if scope.families:
        families = tuple(map(Family.word, data.schema.families))
        chosen = frozenset(map(Family.word, scope.families))
        _among(families, chosen, "relation family", empty=True)
        kept &= np.array([Family.word(each.family) in chosen for each in terms.values()])
    return kept


def _inner(data: Dataset, scope: Scope, rules: Rules) -> Mask:
    lifted = not (rules.end_only and rules.influence_only)
    classes = data.schema.classes
    for name in sorted(scope.through | scope.avoiding):
        if name not in classes:
            raise UnknownNameError("class", name, classes)
    return np.array(
        [
            (each.passes or lifted)
            and (not scope.through or not scope.through.isdisjoint(each.ancestors))
            and scope.avoiding.isdisjoint(each.ancestors)
            for each in classes.values()
        ],
        np.bool_,
    )

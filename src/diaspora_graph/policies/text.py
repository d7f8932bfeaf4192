"""A comparison as lines that a person reads: the matrix with notes, a cell, the points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.measures.agreement import overall
from diaspora_graph.policies.attention import attention, uneven
from diaspora_graph.policies.comparison import Cell, Comparison, dimensions_of
from diaspora_graph.policies.over_time import SAME, PolicyChanges
from diaspora_graph.policies.points import Point, PointComparison
from diaspora_graph.wording.claims import claim_lines, standing
from diaspora_graph.wording.sentences import credit, evidence_of, word
from diaspora_graph.wording.words import say

WIDEST = 100
"""The longest line of a matrix."""

STATES_IN_BLOCK = 5
"""The largest number of states next to each other; more states come in further blocks."""

_COLUMN = 11
_COUNTS = ("value", "items", "not_found", "none", "sources")
_MARKS = {"contested": "ct", "not_found": "nf", "not_applicable": "na", "none": "–"}
"""What a cell of a matrix shows for each outcome but a value."""


def mark(cell: Cell) -> str:
    """Return what a cell shows: its value, or a mark; ``?`` where the time is not certain.

    >>> mark(Cell("kazakhstan", "return_quota", "not_found", "")), mark(Cell("a", "b", "none", ""))
    ('nf', '–')
    """
    doubt = "" if cell.is_certain or not cell.readings or cell.outcome == "not_found" else "?"
    return f"{cell.value or _MARKS[cell.outcome]}{doubt}"


def matrix_lines(data: Dataset, found: Comparison, language: str = "en") -> Iterator[str]:
    """Yield the matrix by dimension, then the meaning of its marks, then a note for each cell."""
    notes = numbered(found)
    for first in range(0, len(found.states), STATES_IN_BLOCK):
        places = range(first, min(first + STATES_IN_BLOCK, len(found.states)))
        yield from _block(data, found, places, notes, language)
        yield ""
    yield from legend(data, found, language)
    yield ""
    yield from attention_lines(data, found, language)
    yield ""
    for cell, number in notes.items():
        yield from _wrapped(f"[{number}]", note(data, found, cell, language))


def numbered(found: Comparison) -> dict[Cell, int]:
    """Return the cells that have codings with their numbers, item by item."""
    cells = (cell for cell in found.cells() if cell.readings)
    return {cell: number for number, cell in enumerate(cells, 1)}


def _block(
    data: Dataset,
    found: Comparison,
    places: Sequence[int],
    notes: Mapping[Cell, int],
    language: str,
) -> Iterator[str]:
    room = WIDEST - _COLUMN * len(places)
    names = [_cut(data.label(found.states[place], language), _COLUMN) for place in places]
    names = [*(_cut(name, _COLUMN - 1) for name in names[:-1]), names[-1]]
    yield (" " * room + "".join(name.ljust(_COLUMN) for name in names)).rstrip()
    terms = dimensions_of(data.schema, found.framework)
    dimension = None
    for row in found.rows:
        if row.dimension != dimension:
            dimension = row.dimension
            yield terms[dimension].label(language)
        label = data.schema.items[row.item].label(language)
        head = f"  {row.code:<3} {label}" if row.code else f"  {label}"
        cells = (row.cells[place] for place in places)
        shown = (f"{mark(cell)} [{notes[cell]}]" if cell in notes else mark(cell) for cell in cells)
        line = _cut(head, room - 1).ljust(room) + "".join(each.ljust(_COLUMN) for each in shown)
        yield line.rstrip()


def legend(data: Dataset, found: Comparison, language: str = "en") -> Iterator[str]:
    """Yield what the marks of a matrix mean, those that occur in it, and what has no row."""
    marks = {mark(cell).rstrip("?"): cell.outcome for cell in found.cells()}
    words = [
        f"{sign} {outcome_label(data, outcome, language)}"
        for sign, outcome in marks.items()
        if outcome != "value"
    ]
    if any(mark(cell).endswith("?") for cell in found.cells()):
        words.append(f"? {say('uncertain time', language)}")
    if words:
        yield "; ".join(words)
    if found.uncoded:
        items = data.schema.items
        names = ", ".join(items[each].code or items[each].label(language) for each in found.uncoded)
        yield from wrap(f"{say('no coding of', language)}: {names}", WIDEST)


def change_rows(data: Dataset, found: PolicyChanges, language: str = "en") -> list[tuple[str, ...]]:
    """Return a row for each item: its name, and for each state its marks at the two times."""
    rows: dict[str, list[str]] = {}
    for each in found.rows:
        marks = mark(each.before), mark(each.after)
        same = each.direction == SAME
        shown = f"= {marks[1]}" if same else f"{marks[0]} → {marks[1]}"
        rows.setdefault(each.item, []).append(shown)
    items = data.schema.items
    return [
        (f"{items[item].code} {items[item].label(language)}".strip(), *cells)
        for item, cells in rows.items()
    ]


def attention_lines(data: Dataset, found: Comparison, language: str = "en") -> Iterator[str]:
    """Yield how much is known of each state, and where a difference may be one of attention."""
    yield say("rests on", language)
    for row in attention(found):
        if not row.dimension:
            years = "–".join(str(each) for each in (row.first, row.last) if each is not None)
            counts = {name: getattr(row, name) for name in _COUNTS}
            known = say("known of", language, **counts, years=years or say("no time", language))
            yield from _wrapped(f"  {data.label(row.state, language)}:", known)
    for better, worse in uneven(found):
        names = (data.label(row.state, language) for row in (better, worse))
        more, less = names
        yield from _wrapped(" ", say("uneven", language, more=more, less=less))
    pairs, same, alpha = overall(data)
    if alpha is not None:
        agreed = say("coders agree", language, same=same, pairs=pairs, alpha=f"{alpha:.2f}")
        yield from _wrapped(" ", agreed)


def outcome_label(data: Dataset, outcome: str, language: str = "en") -> str:
    """Return an outcome of a cell in words."""
    if outcome == "none":
        return say("none", language)
    return word(data.schema, "coding_value", outcome, language)


def note(data: Dataset, found: Comparison, cell: Cell, language: str = "en") -> str:
    """Return a cell in one line: the state, the item, when it holds, and who says so where."""
    item = data.schema.items[cell.item]
    when = ", ".join(dict.fromkeys(each.valid for each in cell.readings if each.valid))
    head = f"{data.label(cell.state, language)}, {item.code or item.label(language)}"
    head += f", {when or say('no time', language)}"
    return f"{head}: {'; '.join(credits_of(data, cell, language)) or say('not stated', language)}"


def credits_of(data: Dataset, cell: Cell, language: str = "en") -> list[str]:
    """Return the sources of a cell with their places, each once."""
    found = []
    for reading in cell.readings:
        own = data.coding(reading.coding).source
        claims = reading.claims if own else reading.claims[1:]
        found += [credit(evidence_of(data, claim), language) for claim in claims]
    return list(dict.fromkeys(filter(None, found)))


def cell_lines(data: Dataset, found: Comparison, cell: Cell, language: str = "en") -> Iterator[str]:
    """Yield why a cell says what it says: the question, the rule, the codings, their evidence.

    Codings that do not decide (another time, another coder) follow under a heading of their own.
    """
    item = data.schema.items[cell.item]
    name = f"{item.code} {item.label(language)}".strip()
    shown = cell.value or outcome_label(data, cell.outcome, language)
    yield f"{data.label(cell.state, language)} · {name}: {shown}"
    yield item.question.get(language) or item.question.get("en", "")
    rule = item.rules.get(cell.value, {})
    if rule:
        yield f"{cell.value}: {rule.get(language) or rule.get('en', '')}"
    if found.filters:
        yield f"{say('filters', language)}: {found.filters}"
    for reading in cell.readings:
        yield ""
        yield from claim_lines(data, evidence_of(data, reading.coding), language, indent="")
        yield from _remark(data, reading.coding)
        for claim in reading.claims[1:]:
            yield from claim_lines(data, evidence_of(data, claim), language, indent="    ")
    deciding = {each.coding for each in cell.readings}
    table = data.tables["coding"]
    others = [
        id
        for id, state, item_id in zip(
            table["id"].all(), table["subject"].all(), table["item"].all(), strict=True
        )
        if (state, item_id) == (cell.state, cell.item) and id not in deciding
    ]
    if others:
        yield ""
        yield say("other codings", language)
        for id in others:
            yield from claim_lines(data, evidence_of(data, id), language)


def _remark(data: Dataset, coding: str) -> Iterator[str]:
    if remark := data.coding(coding).note:
        yield f"    {remark}"


def point_lines(data: Dataset, found: PointComparison, language: str = "en") -> Iterator[str]:
    """Yield points: relation by relation, for each subject its points and their sources."""
    for aspect in found.aspects:
        yield data.schema.predicates[aspect.name].label(language)
        silent = []
        for subject, points in zip(found.subjects, aspect.cells, strict=True):
            name = data.label(subject, language)
            silent += [] if points else [name]
            for point in points:
                yield f"  {name}: {point_line(data, point, language)}"
        if silent:
            yield f"  {say('not stated', language)}: {', '.join(silent)}"
        yield ""


def point_line(data: Dataset, point: Point, language: str) -> str:
    """Return a point of a policy and its sources."""
    denied = f" ({say('denied', language)})" if point.denied else ""
    found = [evidence_of(data, id) for id in point.claims]
    sources = "; ".join(dict.fromkeys(filter(None, (credit(each, language) for each in found))))
    marks = "".join(dict.fromkeys(standing(data, each, language) for each in found))
    label = data.label(point.value, language)
    return f"{label}{denied} — {sources}{marks} [{', '.join(point.claims)}]"


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _wrapped(head: str, text: str) -> Iterator[str]:
    yield from wrap(f"{head} {text}", WIDEST, subsequent_indent="     ", break_on_hyphens=False)

"""The tables of `coverage`: by source, by country, by coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from textwrap import wrap

from diaspora_graph.cli.output import Table
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.measures.agreement import COLUMNS as AGREEMENT
from diaspora_graph.measures.agreement import agreement_rows
from diaspora_graph.measures.countries import OUTCOMES, columns, country_rows
from diaspora_graph.measures.coverage import COLUMNS, coverage_rows
from diaspora_graph.wording.headings import headings as translated
from diaspora_graph.wording.sentences import word
from diaspora_graph.wording.words import say

Counts = Mapping[str, str | int | None]
_KINDS = {
    "statement": "statements",
    "observation": "observations",
    "coding": "codings",
    "claim": "in all",
}
_WIDEST = 100
"""Characters of a line of the table by country."""

LABEL = 30
"""The longest label of an item in a table that is read."""


def by_source(data: Dataset, language: str, *, whole: bool) -> Table:
    """Return the claims of each source, by place; with totals where a person reads."""
    rows = coverage_rows(data)
    if whole:
        return Table(COLUMNS, rows)
    other = say("other claims", language)
    shown = [(row[1] or other, *row[2:]) for row in rows]
    totals = [sum(int(row[place]) for row in shown) for place in range(2, len(COLUMNS) - 1)]
    return Table(COLUMNS[1:], [*shown, (say("in all", language), "", *totals)])


def by_country(data: Dataset, language: str, *, whole: bool) -> Table:
    """Return the claims on each state: every row, or for a person a few lines a state."""
    names, rows = columns(data), country_rows(data)
    if whole:
        return Table(names, rows)
    headings = ("country", "what", "claims", "dated", "sources", "of these")
    lines: list[tuple[tuple[object, ...], list[str]]] = []
    counts = [dict(zip(names, row, strict=True)) for row in rows]
    for state, group in groupby(counts, key=lambda each: str(each["country"])):
        label = data.label(state, language)
        for first, (head, parts) in enumerate(_lines(data, list(group), language)):
            lines.append((("" if first else label, *head), parts))
    heads = [translated(headings, language)[:-1], *(head for head, _ in lines)]
    room = _WIDEST - sum(
        2 + max(len(str(cell)) for cell in column) for column in zip(*heads, strict=True)
    )
    broken = [line for head, parts in lines for line in _broken(head, parts, room)]
    sentences = ("belongs to", "shares overlap") if lines else ("no coded state",)
    notes = tuple(part for each in sentences for part in wrap(say(each, language), _WIDEST))
    return Table(headings, broken, notes=notes)


def _lines(
    data: Dataset, rows: list[Counts], language: str
) -> Iterator[tuple[tuple[object, ...], list[str]]]:
    """Yield the lines of one state: each kind by decade, the classes of sources, the items."""
    for kind, group in groupby(rows, key=lambda each: str(each["kind"])):
        whole, *decades = group
        dated = f"{100 * int(whole['dated'] or 0) // max(int(whole['claims'] or 0), 1)} %"
        spread = [f"{_decade(str(each['decade']), language)} {each['claims']}" for each in decades]
        head = (say(_KINDS[kind], language), whole["claims"], dated, whole["sources"])
        yield head, spread
        if kind == "claim":
            classes = [
                f"{word(data.schema, 'source_class', name, language)} {whole[name]} %"
                for name in reversed(data.schema.words("source_class"))
            ]
            yield (say("source classes of", language), "", "", ""), classes
        elif kind == "coding":
            yield (say("items", language), "", "", ""), _items(data, whole, language)


def _items(data: Dataset, row: Counts, language: str) -> list[str]:
    outcomes = {each: word(data.schema, "coding_value", each, language) for each in OUTCOMES}
    names = {"value": say("value", language), **outcomes, "none": say("none", language)}
    return [f"{name} {row[f'items_{outcome}']}" for outcome, name in names.items()]


def _decade(name: str, language: str) -> str:
    if name in {"undated", "unclear"}:
        return say(name, language)
    return say("decade", language, year=name.removesuffix("s"))


def _broken(head: tuple[object, ...], parts: list[str], room: int) -> Iterator[tuple[object, ...]]:
    """Yield a line with its parts in the last column, and more lines where they need the room."""
    tied = [part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts]
    for first, text in enumerate(wrap(", ".join(tied), room) or [""]):
        line = text.replace("\N{NO-BREAK SPACE}", " ")
        yield (*(head if not first else ("",) * len(head)), line)


def by_coder(data: Dataset, language: str, *, whole: bool) -> Table:
    """Return the agreement of coders: every column, or for a person those that matter."""
    rows = agreement_rows(data, language)
    if whole:
        return Table(AGREEMENT, rows)
    shown: list[tuple[object, ...]] = []
    notes: list[str] = []
    for row in rows:
        each = dict(zip(AGREEMENT, row, strict=True))
        name = _part(data, str(each["part"]), str(each["name"]), language)
        label = f"{each['code']} {name}".strip()
        nominal, ordinal = (_alpha(each, level, language) for level in ("nominal", "ordinal"))
        shown.append(
            (
                _cut(label),
                each["pairs"],
                each["same"],
                nominal,
                each["with_values"],
                ordinal,
            )
        )
        if each["note"]:
            notes.append(f"{label}: {each['note']}")
    headings = ("items", "pairs", "same", "nominal", "with values", "ordinal")
    lines = [part for note in (say("alpha means", language), *notes) for part in wrap(note, 100)]
    return Table(headings, shown, notes=tuple(lines))


def _part(data: Dataset, part: str, name: str, language: str) -> str:
    if part == "all":
        return say("all items", language)
    terms = data.schema.item_groups if part == "group" else data.schema.items
    return terms[name].label(language)


def _cut(label: str) -> str:
    """Return the beginning of a label, so that the table fits a page."""
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


def _alpha(row: Mapping[str, object], level: str, language: str) -> str:
    if row[level] == "":
        return ""
    low, high = (f"{row[f'{level}_{end}']:.2f}" for end in ("low", "high"))
    return f"{row[level]:.2f} ({say('from to', language, low=low, high=high)})"

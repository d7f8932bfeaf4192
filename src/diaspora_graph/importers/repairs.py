"""Cells as people fill them → cells of the format, if they can mean only one thing.

Blanks at the ends, capitals, labels instead of names and ids, addresses instead of DOIs, dates as
historians write them. Each repair is reported; a cell that may mean several things stays as it is,
and the rules report it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from diaspora_graph.countries import codes_meant, countries, is_code
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.keys import OWN_LETTERS, key_of, keys_of, words_of
from diaspora_graph.dataset.records import SEPARATOR, Field, Kind, columns, has_id
from diaspora_graph.dates import DateError, parse_validity, repaired
from diaspora_graph.importers.mapping import squeezed
from diaspora_graph.importers.result import Repair
from diaspora_graph.ontology.schema import Schema, Term

_ID = re.compile(r"([a-z0-9][a-z0-9-]*:)?[a-z0-9][a-z0-9-]*")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DOI = re.compile(
    r"(?:https?://)?(?:(?:www\.|dx\.)?doi\.org/|doi:?\s*)(10\.\d{4,9}/\S+?)[.,;]?", re.IGNORECASE
)
_WIKIDATA = re.compile(
    r"(?:https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/|wd:)?(q[1-9]\d*)", re.IGNORECASE
)
_GROUPED = re.compile(
    r"-?\d{1,3}([ \u00a0\u202f'’])\d{3}(\1\d{3})*(\.\d+)?|-?\d{1,3}(,\d{3}){2,}(\.\d+)?"
)
_LANGUAGES: Mapping[str, str] = {
    "english": "en", "russian": "ru", "kazakh": "kk", "armenian": "hy", "german": "de",
    "french": "fr", "spanish": "es", "italian": "it", "turkish": "tr", "polish": "pl",
    "ukrainian": "uk", "hebrew": "he", "arabic": "ar", "chinese": "zh", "korean": "ko",
    "japanese": "ja", "hindi": "hi", "portuguese": "pt", "dutch": "nl", "greek": "el",
    "uzbek": "uz", "kyrgyz": "ky", "tajik": "tg", "georgian": "ka", "azerbaijani": "az",
    "hungarian": "hu", "romanian": "ro", "czech": "cs", "irish": "ga", "persian": "fa",
    "английский": "en", "русский": "ru", "казахский": "kk", "қазақ": "kk", "қазақша": "kk",
}  # fmt: skip

Rows = list[list[str]]


@dataclass
class Sheet:
    """The rows of one kind: a header, cells, and the row of each in the spreadsheet."""

    name: str
    kind: Kind
    header: list[str]
    rows: Rows
    numbers: list[int]

    def cells(self) -> Iterator[dict[str, str]]:
        """Yield each row by its columns."""
        return (dict(zip(self.header, row, strict=True)) for row in self.rows)

    def at(self, column: str) -> int:
        """Return the position of a column, -1 if it is not there."""
        return self.header.index(column) if column in self.header else -1


@dataclass
class Repairs:
    """Repairs the sheets of one dataset together: one sheet defines ids, others refer to them.

    ``others`` are the data that the dataset uses, if available; ``prefix`` is the prefix of its
    ids.
    """

    book: str
    sheets: Mapping[Kind, Sheet]
    schema: Schema
    prefix: str
    others: Dataset | None = None
    told: list[Repair] = field(default_factory=list)
    _renamed: dict[str, str] = field(default_factory=dict)

    def run(self) -> list[Repair]:
        """Change the rows in place and return the repairs."""
        for sheet in self.sheets.values():
            self._each(sheet, lambda _field: _clean)
        for sheet in self.sheets.values():
            if has_id(sheet.kind):
                self._name(sheet)
        for sheet in self.sheets.values():
            self._each(sheet, self._way)
            self._values(sheet)
        return self.told

    def _values(self, sheet: Sheet) -> None:
        """Repair values by the type of the measure in their row."""
        at, measure = sheet.at("value"), sheet.at("measure")
        if at < 0:
            return
        for number, row in zip(sheet.numbers, sheet.rows, strict=True):
            term = self.schema.measures.get(row[measure]) if measure >= 0 else None
            way = self._value_ways.get(term.value_type if term else sheet.kind)
            self._repair(sheet, number, row, at, way)

    @cached_property
    def _value_ways(self) -> Mapping[str, _Way]:
        words = {name: self.schema.vocabularies[name] for name in ("level", "coding_value")}
        return {
            "number": _number,
            "date": _date,
            "level": _Terms(words["level"], "a word of the list").of,
            "coding": _Terms(words["coding_value"], "a word of the list").of,
        }

    def _each(self, sheet: Sheet, way: Callable[[Field], _Way | None]) -> None:
        for field_ in columns(sheet.kind):
            at, repair = sheet.at(field_.name), way(field_)
            if at < 0 or repair is None:
                continue
            for number, row in zip(sheet.numbers, sheet.rows, strict=True):
                self._repair(sheet, number, row, at, repair)

    def _repair(self, sheet: Sheet, number: int, row: list[str], at: int, way: _Way | None) -> None:
        became, why = way(row[at]) if way and row[at] else (row[at], "")
        if became != row[at]:
            place = f"{self.book}:{sheet.name}"
            self.told.append(Repair(place, number, sheet.header[at], row[at], became, why))
            row[at] = became

    def _way(self, field_: Field) -> _Way | None:
        """Return the function that repairs cells of a column."""
        if field_.holds == "reference":
            return lambda text: self._references(text, field_)
        if field_.holds == "word":
            return _Terms(self.schema.vocabularies[field_.what], "a word of the list").of
        if field_.holds == "term":
            words = self.schema.terms(field_.what)
            return _Terms(words, f"the name of the {field_.what} in the ontology").of
        if field_.name == "base":
            return self._base
        return _WAYS.get(field_.name) or _WAYS.get(field_.holds)

    def _base(self, text: str) -> tuple[str, str]:
        if text in self.schema.measures:
            return text, ""
        term, why = _Terms(self.schema.measures, "the name of the measure").of(text)
        return (term, why) if term != text else self._references(text, _BASE)

    def _name(self, sheet: Sheet) -> None:
        """Give ids their form and prefix, unless another row already has the resulting id."""
        at = sheet.at("id")
        if at < 0:
            return
        taken = {row[at] for row in sheet.rows} | self._foreign
        for number, row in zip(sheet.numbers, sheet.rows, strict=True):
            text = row[at]
            became = self._id(text)
            if not text or became == text or became in taken or text in self._foreign:
                continue
            why = f"ids are small letters, digits and hyphens after {self.prefix or 'no'}:"
            place = f"{self.book}:{sheet.name}"
            self.told.append(Repair(place, number, "id", text, became, why))
            taken.add(became)
            row[at] = became
            self._renamed.setdefault(text, became)

    def _id(self, text: str) -> str:
        start, colon, rest = text.rpartition(":")
        plain = normalize("NFKD", rest).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        if not slug or (colon and start.strip().lower() != self.prefix):
            return text
        return f"{self.prefix}:{slug}" if self.prefix else slug

    def _references(self, text: str, field_: Field) -> tuple[str, str]:
        """Return ids for the names of a cell, if each of them names only one row."""
        parts = [part.strip() for part in text.split(SEPARATOR)] if field_.many else [text]
        parts = [part for part in parts if part]
        found = [self._reference(part, field_) for part in parts]
        if field_.many and len(parts) == 1 and not found[0]:
            for mark in (";", ",", "\n", "/"):
                pieces = [piece.strip() for piece in text.split(mark) if piece.strip()]
                ids = [self._reference(piece, field_) for piece in pieces]
                if len(pieces) > 1 and all(ids):
                    return SEPARATOR.join(dict.fromkeys(ids)), "several ids, separated by |"
        ids = [id or part for id, part in zip(found, parts, strict=True)]
        return SEPARATOR.join(ids), "the id of the row that has this name"

    def _reference(self, text: str, field_: Field) -> str:
        """Return the id that a text means, nothing if it may mean several or none."""
        if text in self._ids:
            return text
        for id in (self._renamed.get(text, ""), f"{self.prefix}:{text}", self._id(text)):
            if id in self._ids:
                return id
        wanted = {"entity", "source"} if field_.what == "any" else set(field_.what.split("|"))
        ids = set(self._meant(text, wanted))
        return ids.pop() if len(ids) == 1 else ""

    def _meant(self, text: str, wanted: Collection[str]) -> list[str]:
        """Return the ids that a text may name; a name of an entity comes before a title."""
        found = [pair for pair in self._named.get(key_of(text), ()) if pair[0] in wanted]
        entities = [pair for pair in found if pair[0] == "entity"]
        return sorted({id for _, id in entities or found})

    def hint(self, said: str) -> str:
        """Return the advice on a name that is the id of no row."""
        parts = [part for part in said.split(SEPARATOR) if part and part not in self._ids]
        for part in parts:
            ids = self._meant(part, {"entity", "source"})
            if len(ids) > 1:
                return f"{part!r} may be {' or '.join(ids)}: write the id that is meant"
            if not _ID.fullmatch(part):
                return f"add a row for it, or look it up: diaspora-graph find {part!r}"
        return ""

    @cached_property
    def _foreign(self) -> set[str]:
        """The ids of the data that are used."""
        if not self.others:
            return set()
        return {id for table in self.others.tables.values() if "id" in table.columns
                for id in table["id"].all()}  # fmt: skip

    @cached_property
    def _ids(self) -> set[str]:
        own = {
            row[sheet.at("id")]
            for sheet in self.sheets.values()
            if sheet.at("id") >= 0
            for row in sheet.rows
        }
        return (own | self._foreign) - {""}

    @cached_property
    def _named(self) -> dict[str, set[tuple[str, str]]]:
        """The kind and id of the rows that have each name, by the key of the name."""
        named = [each for each in self._names() if each[2]]
        found: dict[str, set[tuple[str, str]]] = {}
        keys = keys_of(words_of([name for *_, name in named], OWN_LETTERS)) if named else []
        for key, (kind, id, _) in zip(keys, named, strict=True):
            if key:
                found.setdefault(key, set()).add((kind, id))
        return found

    def _names(self) -> Iterator[tuple[str, str, str]]:
        """Yield kind, id and name."""
        labels = ("label_en", "label_kk", "label_ru", "label_native", "iso3", "aliases", "id")
        of_kinds: dict[Kind, tuple[str, ...]] = {"entity": labels, "source": ("title", "id")}
        for kind, names in of_kinds.items():
            for cells in self.sheets[kind].cells() if kind in self.sheets else ():
                yield kind, cells.get("id", ""), cells.get("id", "").rpartition(":")[2]
                for name in names:
                    for text in cells.get(name, "").split(SEPARATOR):
                        yield kind, cells.get("id", ""), text
            if self.others:
                table = self.others.tables[kind]
                for name in names:
                    for id, cell in zip(table["id"].all(), table[name].all(), strict=True):
                        yield from ((kind, id, text) for text in cell.split(SEPARATOR))
        if self.others:
            aliases = self.others.tables["alias"]
            for id, text in zip(aliases["entity"].all(), aliases["alias"].all(), strict=True):
                yield "entity", id, text


_Way = Callable[[str], tuple[str, str]]
"""A cell → its repaired text, and the reason."""


class _Terms:
    """Words that a column takes, by their labels in every language."""

    def __init__(self, known: Mapping[str, Term], why: str) -> None:
        self.known, self.why = known, why
        self.by_key: dict[str, set[str]] = {}
        for name, term in known.items():
            if not term.deprecated:
                for text in (name, *term.labels.values()):
                    self.by_key.setdefault(squeezed(text), set()).add(name)

    def of(self, text: str) -> tuple[str, str]:
        """Return the word that equals a text or has it as its label."""
        if text in self.known:
            return text, ""
        names = self.by_key.get(squeezed(text), set())
        return (next(iter(names)), self.why) if len(names) == 1 else (text, "")


def _clean(text: str) -> tuple[str, str]:
    plain = normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if plain == text:
        return text, ""
    return plain, "no blanks at the ends" if plain == text.strip() else "no hidden marks"


def _doi(text: str) -> tuple[str, str]:
    found = _DOI.fullmatch(text)
    return (found[1], "a DOI without its address") if found else (text, "")


def _wikidata(text: str) -> tuple[str, str]:
    found = _WIKIDATA.fullmatch(text)
    return (found[1].upper(), "the item without its address") if found else (text, "")


def _iso3(text: str) -> tuple[str, str]:
    codes = codes_meant(text)
    known = countries()
    same = len(codes) == 1 and (
        text.upper() == codes[0] or text.upper() in known[codes[0]].values()
    )
    return (codes[0], "the code of three letters") if same and not is_code(text) else (text, "")


def _language(text: str) -> tuple[str, str]:
    parts = [part.strip() for part in re.split(r"[|;,]", text)]
    short = [part.lower() if len(part) in {2, 3} else part for part in parts]
    tags = [_LANGUAGES.get(part.casefold(), part) for part in short]
    return SEPARATOR.join(tags), "the tag of the language"


def _date(text: str) -> tuple[str, str]:
    try:
        parse_validity(text)
    except DateError:
        return repaired(text) or text, "the same time in EDTF"
    return text, ""


def _number(text: str) -> tuple[str, str]:
    if _GROUPED.fullmatch(text):
        return re.sub(r"[ ,\u00a0\u202f'’]", "", text), "digits without separators"
    return text.removeprefix("+") if re.fullmatch(
        r"\+\d+(\.\d+)?", text
    ) else text, "without a sign"


def _group(text: str) -> tuple[str, str]:
    plain = re.sub(r"[^a-z0-9:]+", "-", text.lower()).strip("-")
    return plain or text, "small letters, digits and hyphens"


_WAYS: Mapping[str, _Way] = {
    "doi": _doi,
    "wikidata": _wikidata,
    "iso3": _iso3,
    "language": _language,
    "native_language": _language,
    "date": _date,
    "number": _number,
    "conflict_group": _group,
}
"""The repairs of cells, by the name of their column or by its kind of content."""

_BASE = Field("base", "reference", "observation", required=False, filled=False, many=False)


def column_meant(title: str, kind: Kind, header: Sequence[str]) -> str:
    """Return the column that a title means, ignoring capitals, blanks and marks, else nothing."""
    names = {squeezed(name): name for name in (*(each.name for each in columns(kind)), "quote")}
    name = names.get(squeezed(title), "")
    return "" if name in header else name

"""How the columns of a user's own sheet map to ours: advice only, nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from diaspora_graph.dataset.records import FILES, Kind, columns

SYNONYMS: Mapping[str, str] = {
    "name": "label_en label title alias", "label": "label_en", "english": "label_en",
    "organisation": "label_en subject", "organization": "label_en subject",
    "institution": "label_en", "actor": "subject label_en", "entity": "entity subject label_en",
    "russian": "label_ru", "kazakh": "label_kk", "nativename": "label_native",
    "class": "type", "kind": "kind type", "category": "category type", "typeofactor": "type",
    "country": "subject", "state": "subject", "reporter": "subject", "hostcountry": "subject",
    "from": "subject", "origin": "subject", "source": "source subject", "sender": "subject",
    "to": "object", "target": "object target", "destination": "object partner",
    "recipient": "object", "partnercountry": "partner", "homeland": "partner object",
    "relation": "predicate", "relationship": "predicate", "verb": "predicate",
    "action": "predicate", "link": "predicate url", "tie": "predicate",
    "issue": "about issue", "topic": "about", "year": "valid date", "date": "valid date",
    "time": "valid", "period": "valid", "years": "valid", "when": "valid", "start": "valid",
    "indicator": "measure", "variable": "measure item", "amount": "value", "number": "value number",
    "count": "value", "figure": "value", "population": "value", "size": "value",
    "currency": "unit", "units": "unit", "page": "locator", "pages": "locator pages",
    "place": "locator", "reference": "source", "citation": "source", "document": "source title",
    "quotation": "quote", "text": "quote text", "excerpt": "quote", "comment": "note",
    "comments": "note", "notes": "note", "remark": "note", "remarks": "note",
    "description": "description gist", "summary": "gist", "authors": "author",
    "journal": "container",
    "publication": "container", "weblink": "url", "website": "url", "web": "url", "address": "url",
    "certainty": "confidence", "reliability": "confidence", "trust": "confidence",
    "iso": "iso3", "countrycode": "iso3", "code": "iso3 id", "qid": "wikidata", "identifier": "id",
    "question": "item", "score": "value", "answer": "value", "codedby": "coder",
}  # fmt: skip
"""Usual names of columns, and our columns that they may mean."""

_TELLING: Mapping[str, Kind] = {
    "organisation": "entity", "organization": "entity", "institution": "entity", "actor": "entity",
    "wikidata": "entity", "author": "source", "authors": "source", "journal": "source",
    "publisher": "source", "doi": "source", "relation": "statement", "relationship": "statement",
    "predicate": "statement", "target": "statement", "verb": "statement", "amount": "observation",
    "measure": "observation", "indicator": "observation", "value": "observation",
    "question": "coding", "coder": "coding", "score": "coding",
}  # fmt: skip
"""Words in a header that show the kind of the rows."""

_SHOWN = 12


def squeezed(name: str) -> str:
    """Return the small letters and digits of a name, by which headers are compared.

    >>> squeezed("Label (EN)"), squeezed("obs_status ")
    ('labelen', 'obsstatus')
    """
    return re.sub(r"[\W_]+", "", name).casefold()


def mapped(header: Sequence[str], kind: Kind) -> dict[str, str]:
    """Return for each column of the user the column of our sheet that it may be, each once."""
    names = [*(field.name for field in columns(kind)), "quote"]
    known = {squeezed(name): name for name in names}
    found: dict[str, str] = {}
    for title in filter(None, header):
        key = squeezed(title)
        words = [key, *(squeezed(word) for word in re.split(r"[\W_]+", title) if word)]
        meant = [known[key]] if key in known else []
        meant += [each for word in words for each in SYNONYMS.get(word, "").split()]
        meant += [known[word] for word in words[1:] if word in known]
        free = next((each for each in meant if each in names and each not in found.values()), "")
        if free:
            found[title] = free
    return found


def _matching(header: Sequence[str], kind: Kind) -> int:
    words = (word.casefold() for title in header for word in re.split(r"[\W_]+", title))
    return sum(_TELLING.get(word) == kind for word in words)


def advice(sheets: Mapping[str, Sequence[str]], command: str) -> str:
    """Return how to import a workbook that has no sheet of the template.

    ``sheets`` are the headers by the names of the sheets.
    """
    names = ", ".join(name.removesuffix(".csv") for name in FILES.values())
    lines = [f"it has none of the template's sheets ({names})"]
    for name, header in sheets.items():
        lines += _of_sheet(name, header)
    lines.append(f"`{command}` makes a workbook with all sheets and notes on every column")
    return "\n".join(lines)


def _of_sheet(name: str, header: Sequence[str]) -> Iterable[str]:
    titles = [title for title in header if title]
    if not titles:
        yield f"sheet {name!r} has no column names in its first row"
        return
    kinds: list[Kind] = [kind for kind in FILES if kind != "dataset"]
    kind = max(kinds, key=lambda each: len(mapped(titles, each)) + _matching(titles, each))
    found = mapped(titles, kind)
    sheet = FILES[kind].removesuffix(".csv")
    yield f"sheet {name!r}: name it {sheet!r}, if its rows are {sheet}, and rename its columns:"
    for title in titles[:_SHOWN]:
        yield f"  {title} → {found.get(title) or f'_{title} (your own, kept and ignored)'}"
    if len(titles) > _SHOWN:
        yield f"  and {len(titles) - _SHOWN} more: see the template's notes, or begin them with _"
    missing = [each.name for each in columns(kind) if each.required]
    missing = [each for each in missing if each not in found.values()]
    if missing:
        yield f"  columns that are also required: {', '.join(missing)}"

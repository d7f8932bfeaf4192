"""What to write in each column, in plain words: the notes of the spreadsheet template.

The content of a column comes from the format and its words from the ontology; its purpose is
described here, once for every name.
"""

from __future__ import annotations

from collections.abc import Mapping

from diaspora_graph.dataset.records import FILES, Field, Kind
from diaspora_graph.ontology.schema import Schema

QUOTE = (
    "The words of the source, copied exactly: 1 to 150 words in a row. "
    "`seal` replaces them with a fingerprint."
)

PURPOSE: Mapping[str, str] = {
    "about": "What it is about: the topic, aim or issue.",
    "accessed": "The day on which you opened the web page.",
    "alias": "One more name, in any script.",
    "aliases": "Other names and abbreviations by which people search for it.",
    "archived_url": "An archived copy of the web page.",
    "author": "Persons as Family, Given; an institution by its name, in braces if it has a comma.",
    "base": "The whole of a share, rank or change: the id of an observation, or a measure.",
    "bound": "Whether the value is exact, or about, over, under and so on.",
    "category": "Which part is counted: a profession, an education, a survey answer.",
    "certainty": "How sure the source itself is.",
    "cited": "Whom the source credits, the origin first. Empty: the source speaks for itself.",
    "coder": "Who coded this row.",
    "confidence": "How sure you are that it is true.",
    "conflict_group": "The same name of your choice on all rows that contradict each other.",
    "container": "The journal, book or site in which it appeared.",
    "corrects": "The rows that this row corrects.",
    "creator": "Your name or that of your project.",
    "date": "When the document was published.",
    "definition": "What was counted as the diaspora.",
    "description": "One or two sentences on what it is.",
    "doi": "The DOI without an address: 10.1234/abc.",
    "entity": "Whose name it is.",
    "evidence": "The statements and observations on which the coding rests.",
    "format": "The version of the dataset format. Leave it as it is.",
    "gist": "What the source says beyond the other columns, in your own words, at most 25.",
    "id": "What the row is called. For claims leave it to `seal`; never change it later.",
    "iso3": "For states: the three letters of ISO 3166, such as KAZ.",
    "issue": "The issue of the journal.",
    "item": "The policy question that is answered.",
    "kind": "The kind of doubt.",
    "label_en": "What it is called in English.",
    "label_kk": "What it is called in Kazakh.",
    "label_native": "What it calls itself, in its own script.",
    "label_ru": "What it is called in Russian.",
    "language": "A language tag such as en, kk or zh-Hant.",
    "licence": "How it may be used, such as CC BY 4.0.",
    "locator": "Where in the source: p. 12, Table 1, row Armenia.",
    "means": "By what: the programme, event, mechanism or medium used.",
    "measure": "What is measured.",
    "name": "What the dataset is called.",
    "namespace": "The web address that its ids begin with; the page need not exist.",
    "native_language": "The language of label_native, such as hy.",
    "note": "What you want to say about the row.",
    "number": "The number of the document, law or report.",
    "object": "Whom or what the relation leads to.",
    "obs_status": "Where the figure comes from.",
    "ontology": "The version of the ontology that you use. Leave it as it is.",
    "pages": "First and last page, such as 12-34.",
    "partner": "For a flow between two states: the other state.",
    "passage": "The fingerprint of the passage. Leave it empty, fill quote and run `seal`.",
    "polarity": "Whether the source affirms or denies it.",
    "predicate": "What the subject does or is to the object.",
    "prefix": "What the ids that you define begin with.",
    "publisher": "Who published it.",
    "reason": "Why it was left out.",
    "source": "The document that makes the claim.",
    "source_class": "The kind of document. Empty only if others cite it and nobody read it.",
    "status": "The state of the row now: accepted, disputed and so on.",
    "subject": "Who or what the row is about: the beginning of the relation.",
    "target": "The rows or the source that the doubt is about.",
    "text": "The fingerprint of the whole text. Leave it empty; `seal` fills it.",
    "title": "The title, in the language of the document.",
    "type": "The class of the entity or source.",
    "unit": "The unit of the value.",
    "url": "The address of the document.",
    "uses": "Other datasets whose ids you refer to.",
    "valid": "When it was true, only as far as the source says; empty if it does not say.",
    "value": "The value as the source gives it; a number in full: 1146400, not 1,146.4 thousand.",
    "value_high": "The higher end, if the source gives a range.",
    "version": "The version of your data, such as 0.1.0.",
    "volume": "The volume of the journal.",
    "wikidata": "The Wikidata item, such as Q232.",
}
"""The purpose of each column of the format, by its name."""

_FORMS = {
    "id": "Small Latin letters, digits and hyphens, after your prefix and a colon: my:anca.",
    "date": "2019, 2019-06, 2019-06-11, 199X, 2007~ (about), 1997/2023 or 1991/.. (still true).",
    "number": "Only digits, with a point before decimals.",
    "passage": "",
    "url": "Begins with http:// or https://.",
    "text": "",
}


def note(kind: Kind, field: Field, schema: Schema) -> str:
    """Return what to write in a column: whether it must be filled, its purpose and its form.

    >>> from diaspora_graph.dataset.records import columns
    >>> from diaspora_graph.ontology.load import load_schema
    >>> print(note("alias", columns("alias")[0], load_schema()))
    Must be filled.
    Whose name it is.
    The id of a row of entities.
    """
    lines = [
        "Must be filled." if field.filled else "May stay empty.",
        PURPOSE[field.name],
        _form(kind, field),
    ]
    if field.many:
        lines.append("Several values: put | between them.")
    if field.holds == "word":
        lines.extend(_words(field, schema))
    return "\n".join(line for line in lines if line)


def _form(kind: Kind, field: Field) -> str:
    if field.holds == "reference":
        return f"The id of a row of {_sheets(field.what)}."
    if field.holds == "term":
        return f"A {field.what} of the ontology: choose from the list."
    if field.holds == "word":
        return "One of these words:"
    return "" if kind == "dataset" else _FORMS[field.holds]


def _sheets(what: str) -> str:
    if what == "any":
        return "any sheet"
    return " or ".join(FILES[kind].removesuffix(".csv") for kind in what.split("|"))  # type: ignore[index]


def _words(field: Field, schema: Schema) -> list[str]:
    words = schema.vocabularies[field.what].values()
    empty = {True: " (empty means this)", False: ""}
    return [
        f"- {word.name}{empty[word.default]}: {word.definitions.get('en', '')}" for word in words
    ]

"""Rules on single cells: filled, clean, in the right form, a word of the ontology."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import pyarrow.compute as pc

from diaspora_graph.checks.clean import check_clean
from diaspora_graph.checks.found import Case, Hint, Parts
from diaspora_graph.countries import codes_meant, is_code
from diaspora_graph.dataset.columns import (
    Mask,
    Table,
    bool_array,
    codes_of,
    equal_to,
    int_array,
)
from diaspora_graph.dataset.records import Field, columns
from diaspora_graph.dates import BackwardError, DateError, days_of, parse_validity
from diaspora_graph.errors import did_you_mean
from diaspora_graph.ontology.schema import Term

GIST_WORDS = 25
_GIST = f"at most {GIST_WORDS} words"
_TOO_LONG = rf"^[\s\p{{Z}}]*(?:[^\s\p{{Z}}]+[\s\p{{Z}}]+){{{GIST_WORDS}}}[^\s\p{{Z}}]"
NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
ID = r"^([a-z0-9][a-z0-9-]*:)?[a-z0-9][a-z0-9-]*$"

_SLUG = r"^[a-z0-9][a-z0-9-]*$"
_LANGUAGE = (r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "a language tag such as kk or zh-Hant")
_FORMS = {
    "prefix": (_SLUG, "small ASCII letters, digits and hyphens, or nothing"),
    "wikidata": (r"^Q[1-9][0-9]*$", "a Wikidata item such as Q232"),
    "native_language": _LANGUAGE,
    "language": _LANGUAGE,
    "doi": (r"^10\.[0-9]{4,9}/\S+$", "a DOI without address: 10.3389/fpos.2025.1583799"),
    "conflict_group": (r"^[a-z0-9][a-z0-9:-]*$", "a name in small letters, digits and hyphens"),
}


def cell_rules(case: Case) -> Iterator[Callable[[Case], None]]:
    """Yield the rules of every column, each to be called with a case."""
    for table in case.tables.values():
        fields = columns(table.kind) if len(table) else ()
        for field in fields:
            yield partial(_column, table=table, field=field)
        for field in fields:
            if field.name == "gist":
                yield partial(_gist, table=table)


def _column(case: Case, table: Table, field: Field) -> None:
    _filled(case, table, field)
    check_clean(case, table, field.name)
    _form(case, table, field)


def _filled(case: Case, table: Table, field: Field) -> None:
    if not field.filled:
        return
    hint = "run `diaspora-graph seal` to fill empty ids" if field.name == "id" else ""
    empty = np.flatnonzero(~table[field.name].filled()).tolist()
    rule = "ids to fill" if field.name == "id" else "empty cells"
    article = "an" if field.name[0] in "aeio" else "a"  # a unit
    case.tell(rule, table, empty, field.name, f"{article} {field.name}", hint)


def _form(case: Case, table: Table, field: Field) -> None:
    if field.many:
        _lists(case, table, field)
    if field.holds == "date":
        _dates(case, table, field.name)
    elif field.holds in {"term", "word"}:
        _names(case, table, field)
    elif field.holds in _PATTERNS:
        rule, pattern, expected, hint = _PATTERNS[field.holds]
        if table.kind == "dataset" and field.holds == "id":
            pattern = _SLUG  # a dataset's name has no prefix
        _pattern(case, table, field, rule, pattern, expected, hint)
    elif field.name == "iso3":
        _countries(case, table, field)
    elif field.name in _FORMS:
        _pattern(case, table, field, "cells of a fixed form", *_FORMS[field.name])


def _pattern(
    case: Case,
    table: Table,
    field: Field,
    rule: str,
    pattern: str,
    expected: str,
    hint: Hint = "",
) -> None:
    parts = Parts(table[field.name], many=field.many)
    sound = bool_array(pc.match_substring_regex(parts.texts, pattern))
    wrong = ~sound & ~equal_to(parts.texts, "")
    case.tell_texts(rule, table, parts.any(wrong), field.name, expected, hint)


def _countries(case: Case, table: Table, field: Field) -> None:
    wrong = table[field.name].where(lambda text: bool(text) and not is_code(text))
    expected = "a code of ISO 3166-1 alpha-3 such as KAZ"
    case.tell_texts("cells of a fixed form", table, wrong, field.name, expected, _code_hint)


def _code_hint(said: str) -> str:
    codes = codes_meant(said)
    return f"did you mean {' or '.join(codes)}?" if codes else "leave the cell empty if it has none"


def _lists(case: Case, table: Table, field: Field) -> None:
    """Report lists with an empty value, and lists that have a value twice."""
    parts = Parts(table[field.name])
    several = parts.counts > 1
    if not several.any():
        return
    gaps = parts.any(equal_to(parts.texts, "")) & several
    rule = "lists in a cell"
    case.tell_texts(rule, table, gaps, field.name, "values separated by single |")
    if field.name in {"locator", "passage"}:
        return
    case.tell_texts(rule, table, _twice(parts) & ~gaps, field.name, "each value once")


def _twice(parts: Parts) -> Mask:
    """Return which distinct cells have the same part more than once."""
    of_several = np.flatnonzero((parts.counts > 1)[parts.owner])
    encoded = parts.texts.take(int_array(of_several)).dictionary_encode()
    names = max(len(encoded.dictionary), 1)
    part = np.sort(parts.owner[of_several] * names + codes_of(encoded.indices))
    again = part[1:][part[1:] == part[:-1]] // names
    return np.bincount(again, minlength=len(parts.counts)) > 0


def _dates(case: Case, table: Table, name: str) -> None:
    column = table[name]
    found: dict[str, DateError] = {}
    unsound = column.texts.take(int_array(np.flatnonzero(~days_of(column.texts)[1])))
    for text in unsound.to_pylist():
        try:
            parse_validity(text)
        except DateError as error:
            found[text] = error
    for reason in sorted({error.reason for error in found.values()}):
        of_reason = {text: error for text, error in found.items() if error.reason == reason}
        rows = column.rows(column.where(of_reason.__contains__)).tolist()
        if all(isinstance(error, BackwardError) for error in of_reason.values()):
            rows = case.unexcused(table, rows)
        case.tell("dates", table, rows, name, reason, lambda text: found[text].hint)


def _names(case: Case, table: Table, field: Field) -> None:
    """Report words that the ontology lacks; warn of those that it has replaced."""
    column = table[field.name]
    known: Mapping[str, Term]
    if field.holds == "term":
        known = case.schema.terms(field.what)
    else:
        known = case.schema.vocabularies[field.what]
    few = field.holds == "word" and len(known) < 12
    expected = f"one of {', '.join(known)}" if few else f"a {field.what} of the ontology"
    wrong = column.where(lambda text: bool(text) and text not in known)

    codes = {term.code: name for name, term in known.items() if term.code}

    def near(text: str) -> str:
        if text in codes:
            return f"write {codes[text]}"
        return did_you_mean(text, known) or _by_label(text, known)

    case.tell_texts("words of the ontology", table, wrong, field.name, expected, near)
    old = column.where(lambda text: text in known and known[text].deprecated)
    if old.any():
        rows = column.rows(old).tolist()
        rule = "words that were replaced"
        case.warn(rule, table, rows, field.name, "a current term", _instead(known))


def _by_label(text: str, known: Mapping[str, Term]) -> str:
    """Return a clause with the terms whose labels are near to a text, or nothing."""
    from difflib import get_close_matches

    names = {
        label.casefold(): name for name, term in known.items() for label in term.labels.values()
    }
    near = get_close_matches(text.casefold(), names, n=2, cutoff=0.7)
    found = dict.fromkeys(names[label] for label in near)
    return f"did you mean {' or '.join(map(repr, found))}?" if found else ""


def _instead(known: Mapping[str, Term]) -> Callable[[str], str]:
    def hint(text: str) -> str:
        return f"use {known[text].replaced_by}" if known[text].replaced_by else ""

    return hint


def _gist(case: Case, table: Table) -> None:
    case.tell_texts("gists", table, table["gist"].matching(_TOO_LONG), "gist", _GIST)


def _id_hint(said: str) -> str:
    if _SHORTENED.fullmatch(said):
        return "a spreadsheet turned it into a number; keep the column as text"
    if _MADE_A_DATE.fullmatch(said):
        return "a spreadsheet turned it into a date; keep the column as text"
    prefix, colon, name = said.lower().rpartition(":")  # what a folder defines keeps its prefix
    slug, prefix = (re.sub(r"[^a-z0-9]+", "-", each).strip("-") for each in (name, prefix))
    slug = f"{prefix}:{slug}" if colon and prefix and slug else slug or prefix
    return f"perhaps {slug}" if slug else ""


def _passage_hint(said: str) -> str:
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?", said, re.IGNORECASE):
        return "a spreadsheet turned it into a number; keep the column as text"
    return "put the words of the source in a column `quote` and run `diaspora-graph seal`"


def number_hint(said: str) -> str:
    """Return what a cell that is not a number may mean.

    >>> number_hint("1,146.4")
    'write it in full, without separators or words'
    """
    if _SHORTENED.fullmatch(said):
        return f"a spreadsheet shortened it; perhaps {float(said):.0f}"
    if re.search(r"[0-9]", said):
        return "write it in full, without separators or words"
    return ""


_SHORTENED = re.compile(r"-?[0-9]+(\.[0-9]+)?E\+?[0-9]{1,2}", re.IGNORECASE)
_MADE_A_DATE = re.compile(r"[A-Za-z]{3}-[0-9]{2}|[0-9]{1,2}-[A-Za-z]{3}|[0-9.]+\.[0-9]{2,4}")
_PATTERNS: Mapping[str, tuple[str, str, str, Hint]] = {
    "id": ("ids", ID, "small ASCII letters, digits and hyphens", _id_hint),
    "passage": (
        "passages",
        r"^p[0-9a-f]{16}:[0-9]+$",
        "a fingerprint such as p7c36ab6a31bfc0c7:212",
        _passage_hint,
    ),
    "number": ("numbers", NUMBER, "a number in full such as 1146400", number_hint),
    "url": (
        "addresses",
        r"^https?://[^\s/?#]+(\S*)$",
        "an address that begins with http:// or https://",
        lambda said: (
            f"perhaps https://{said}" if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", said) else ""
        ),
    ),
}

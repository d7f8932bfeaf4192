"""A claim as evidence: its sentence, its source and place, and its confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from diaspora_graph.bibliography.entries import citations
from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.dataset.records import SEPARATOR, Coding, Observation, Source, Statement
from diaspora_graph.dates import EVER, NEVER, days_said, year_of
from diaspora_graph.ontology.schema import LANGUAGES, Schema
from diaspora_graph.wording.words import say

Labels = Mapping[str, str]
"""A text by language: ``{"en": …, "kk": …, "ru": …}``."""

Years = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim and its place; ``years`` are the first and last in which it may hold.

    ``None`` in ``years`` means open or not known. ``sure`` are the first and last year in which it
    certainly holds, ``None`` in them means open; nothing if there is no such year. ``not_after`` is
    the date of the source where the source gives no time. ``flags``, the doubts about the claim
    itself, and ``cited`` are texts to be read.

    >>> from diaspora_graph import evidence_of, load_dataset
    >>> evidence_of(load_dataset(), "st-aaa-lobbies-us-policy").citation
    'Nurbek, Kalashnikova, and Sydyknazarov 2025'
    """

    id: str
    kind: str
    subject: str
    object: str = ""
    text: Labels
    gist: str = ""
    valid: str = ""
    not_after: str = ""
    years: Years = (None, None)
    sure: Years | None = None
    source: str
    citation: str
    locator: str = ""
    url: str = ""
    cited: tuple[str, ...] = ()
    confidence: str = ""
    certainty: str = ""
    status: str = ""
    polarity: str = ""
    denied: bool = False
    flags: tuple[str, ...] = ()
    note: str = ""


def evidence_of(data: Dataset, id: str) -> Evidence:
    """Return a claim as evidence. Raises `UnknownNameError`.

    >>> from diaspora_graph import load_dataset
    >>> found = evidence_of(load_dataset(), "st-aaa-lobbies-us-policy")
    >>> found.text["en"]
    'Armenian Assembly of America lobbies on US policy toward Armenia'
    """
    claim, kind = data.claim(id), data.kind_of(id)
    return Evidence(
        id=id,
        kind=kind,
        subject=claim.subject,
        object=claim.object if isinstance(claim, Statement) else "",
        text={language: sentence(data, claim, language) for language in LANGUAGES},
        gist=claim.gist,
        valid=claim.valid,
        not_after="" if claim.valid else _not_after(data, claim),
        years=years(claim.valid),
        sure=sure_years(claim.valid),
        source=claim.source,
        citation=_credit(data, claim),
        locator="; ".join(dict.fromkeys(claim.locator.split(SEPARATOR))),
        url=address(data.source(claim.source)) if claim.source else "",
        cited=tuple(_credited(data, each) for each in claim.cited.split(SEPARATOR) if each),
        confidence=claim.confidence,
        certainty=claim.certainty,
        status=claim.status or usual_status(data.schema, kind),
        polarity=claim.polarity or data.schema.default("polarity"),
        denied=claim.polarity not in {"", data.schema.default("polarity")},
        flags=doubts(data, id),
        note=claim.note,
    )


def credit(found: Evidence, language: str = "en") -> str:
    """Return who says a claim and where: ``Esman 2009, p. 14, after Sheffer 2003``."""
    derived = f"{say('worked out')} "
    citation = found.citation
    if citation.startswith(derived):
        citation = f"{say('worked out', language)} {citation.removeprefix(derived)}"
    parts = [citation, found.locator]
    if found.cited:
        parts.append(f"{say('after', language)} {', '.join(found.cited)}")
    return ", ".join(part for part in parts if part)


def when(found: Evidence, language: str = "en") -> str:
    """Return when a claim holds, as far as the source says."""
    if found.valid:
        return found.valid
    unknown = say("no time", language)
    limit = f"{say('not after', language)} {found.not_after}"
    return f"{unknown}, {limit}" if found.not_after else unknown


def stated(found: Evidence, language: str = "en") -> str:
    """Return a claim as a sentence, with a mark if the source denies it."""
    mark = f"{say('denies mark', language)} " if found.denied else ""
    return f"{mark}{found.text[language]}"


def usual_status(schema: Schema, kind: str) -> str:
    """Return the status that an empty cell of this kind of claim means."""
    return schema.default("coding_status" if kind == "coding" else "status")


def _credit(data: Dataset, claim: Statement | Observation | Coding) -> str:
    """Return the author of a claim: the source, or we ourselves if it is derived from a source."""
    if not claim.source:
        return _rests_on(data, claim)
    derived = isinstance(claim, Observation) and claim.obs_status == "derived"
    return f"{say('worked out') + ' ' if derived else ''}{citation(data, claim.source)}"


def _rests_on(data: Dataset, claim: Statement | Observation | Coding) -> str:
    """Return the sources of a coding's evidence, if the coding has no source of its own."""
    evidence = claim.evidence.split(SEPARATOR) if isinstance(claim, Coding) else []
    found = [data.claim(id) for id in evidence]
    places = (f"{citation(data, each.source)}, {each.locator}" for each in found if each.source)
    return "; ".join(dict.fromkeys(places)).replace(SEPARATOR, "; ")


def sentence(data: Dataset, claim: Statement | Observation | Coding, language: str = "en") -> str:
    """Return the content of a claim as a sentence; ``polarity`` says whether it is denied."""
    subject = data.label(claim.subject, language)
    if isinstance(claim, Statement):
        text = _statement(data, claim, subject, language)
    elif isinstance(claim, Observation):
        text = f"{subject}: {_measured(data, claim, language)}"
    else:
        value = claim.value  # English cells hold English words
        value = value if language == "en" else word(data.schema, "coding_value", value, language)
        text = f"{subject}: {data.schema.items[claim.item].label(language)}: {value}"
    return text


def _statement(data: Dataset, claim: Statement, subject: str, language: str) -> str:
    phrase = data.schema.predicates[claim.predicate].label(language)
    text = f"{subject} {phrase} {data.label(claim.object, language)}"
    details = [
        ", ".join(data.label(id, language) for id in cell.split(SEPARATOR))
        for cell in (claim.about, claim.means)
        if cell
    ]
    return f"{text} ({'; '.join(details)})" if details else text


def _measured(data: Dataset, claim: Observation, language: str) -> str:
    schema = data.schema
    measure = schema.measures[claim.measure].label(language)
    bound = "" if not claim.bound else word(schema, "bound", claim.bound, language) + " "
    unit = word(schema, "unit", claim.unit, language)
    value = grouped(claim.value) + (f"–{grouped(claim.value_high)}" if claim.value_high else "")
    if schema.measures[claim.measure].value_type == "level":
        value = word(schema, "level", claim.value, language)
    details = [data.label(id, language) for id in claim.category.split(SEPARATOR) if id]
    details += [data.label(claim.partner, language)] if claim.partner else []
    details += [word(schema, "definition", claim.definition, language)] if claim.definition else []
    shown = f"{measure} {bound}{value}"
    if schema.measures[claim.measure].value_type == "number":
        shown += f" {unit}"
    return f"{shown} ({'; '.join(details)})" if details else shown


def observed(data: Dataset, claim: Observation, language: str = "en") -> str:
    """Return what an observation is of, without its value: ``Kazakhstan: emigrants (Kyrgyzstan)``.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> observed(data, data.observation("ob-kazakhstan-emigrants-kyrgyzstan-2007"))
    'Kazakhstan: emigrants (Kyrgyzstan)'
    """
    details = [*claim.category.split(SEPARATOR), claim.partner]
    labels = "; ".join(data.label(id, language) for id in details if id)
    measure = data.schema.measures[claim.measure].label(language)
    return f"{data.label(claim.subject, language)}: {measure}{f' ({labels})' if labels else ''}"


def word(schema: Schema, vocabulary: str, name: str, language: str = "en") -> str:
    """Return a word of a vocabulary in a language."""
    term = schema.vocabularies[vocabulary].get(name)
    return term.label(language) if term else name


def grouped(number: str) -> str:
    """Return a number as entered, with separators between thousands.

    >>> grouped("1146400"), grouped("0.21"), grouped("1997")
    ('1,146,400', '0.21', '1997')
    """
    whole, point, rest = number.partition(".")
    if not whole.lstrip("-").isdigit() or len(whole) < 5:
        return number
    return f"{int(whole):,}{point}{rest}"


def years(valid: str) -> Years:
    """Return the first and last year in which something may hold, None where open or unknown.

    >>> years("1997/2023"), years("1991/.."), years("")
    ((1997, 2023), (1991, None), (None, None))
    """
    days = days_said(valid)
    return year_of(days.begin_earliest), year_of(days.end_latest)


def sure_years(valid: str) -> Years | None:
    """Return the first and last year in which something certainly holds, None in them where open.

    >>> sure_years("1997/2023"), sure_years("1991/.."), sure_years("/2029"), sure_years("")
    ((1997, 2023), (1991, None), (2029, 2029), None)
    """
    days = days_said(valid)
    if days.begin_latest == EVER or days.end_earliest == NEVER:
        return None
    first, last = year_of(days.begin_latest), year_of(days.end_earliest)
    return None if first is not None and last is not None and first > last else (first, last)


def citation(data: Dataset, source: str) -> str:
    """Return how a source is named in a line, unlike any other source of the data."""
    return _citations(data)[source]


@once
def _citations(data: Dataset) -> Mapping[str, str]:
    return citations(cast("Source", each) for each in data.tables["source"].records())


def address(source: Source) -> str:
    """Return where a source can be opened: its DOI, else its address, else nothing."""
    return f"https://doi.org/{source.doi}" if source.doi else source.url


def _credited(data: Dataset, id: str) -> str:
    if data.kind_of(id) == "source":
        return citation(data, id)
    return data.label(id)


def _not_after(data: Dataset, claim: Statement | Observation | Coding) -> str:
    """Return the date of the first cited source, else of the source: it cannot be later."""
    for id in (*claim.cited.split(SEPARATOR), claim.source):
        if id and data.kind_of(id) == "source" and data.source(id).date:
            return data.source(id).date
    return ""


def doubts(data: Dataset, id: str, language: str = "en") -> tuple[str, ...]:
    """Return the doubts about a row or a source, as texts to be read.

    >>> from diaspora_graph import load_dataset
    >>> doubts(load_dataset(), "ob-kazakhs-tajikistan-share")[0].partition(":")[0]
    'arithmetic'
    """
    table = data.tables["flag"]
    rows = [data.row("flag", flag) for flag in data.flagged.get(id, ())]
    return tuple(
        f"{word(data.schema, 'flag_kind', table['kind'][row], language)}: {table['note'][row]}"
        for row in rows
    )

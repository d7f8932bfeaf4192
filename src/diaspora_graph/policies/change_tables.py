"""Changes, timelines, disagreements and scenarios as rows that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind
from diaspora_graph.measures.reconcile import Reconciled
from diaspora_graph.policies.change import Changes, Difference
from diaspora_graph.policies.disagreement import Disagreement, Disagreements
from diaspora_graph.policies.scenario import Foreseen, Foresight, Indicator, IndicatorValue
from diaspora_graph.policies.timeline import Event, Timeline
from diaspora_graph.wording.claims import standing
from diaspora_graph.wording.sentences import credit, evidence_of, observed, stated, when, word
from diaspora_graph.wording.words import counted, say

Row = tuple[str, ...]

NEWEST = 3
"""How many values of an indicator are shown to a person; CSV and JSON have all."""

_KINDS: dict[Kind, str] = {
    "statement": "statements",
    "observation": "observations",
    "coding": "codings",
}


def change_rows(data: Dataset, found: Changes, language: str = "en") -> list[Row]:
    """Return a row for each change: how, what, at both times, time, sources."""
    return [
        (
            say(row.how, language),
            _what(data, row, language),
            _at(data, row, row.before, row.first, language),
            _at(data, row, row.after, row.second, language),
            "; ".join(row.times),
            _sources(data, (*row.claims, *row.denials), language),
        )
        for row in found.rows
    ]


def change_notes(found: Changes, language: str = "en") -> Iterator[str]:
    """Yield the counts of what the rows do not list, a line for each kind of claim."""
    if not found.rows:
        yield say("no change", language)
    for each in found.unlisted:
        counts = (
            (each.same, "same both"),
            (each.unknown, "unknown one"),
            (each.undated, "without time"),
        )
        parts = ", ".join(f"{number:,} {say(phrase, language)}" for number, phrase in counts)
        yield f"{say(_KINDS[each.kind], language)}: {parts}"


def _what(data: Dataset, row: Difference, language: str) -> str:
    if row.kind == "observation":
        text = observed(data, data.observation(row.claims[0]), language)
    else:
        terms = data.schema.terms("predicate" if row.kind == "statement" else "item")
        subject, term = data.label(row.subject, language), terms[row.term].label(language)
        object_ = data.label(row.object, language) if row.object else ""
        text = f"{subject} {term} {object_}" if object_ else f"{subject}: {term}"
    marks = [say("disputed", language)] if row.disputed else []
    marks += [say("denied", language)] if row.denials else []
    return f"{text} ({', '.join(marks)})" if marks else text


def _at(data: Dataset, row: Difference, values: Iterable[str], truth: str, language: str) -> str:
    """Return what is so at a time: the values, else yes, no or unknown."""
    texts = [_value(data, row.kind, value, language) for value in values]
    return "; ".join(texts) or say(truth, language)


def _value(data: Dataset, kind: str, value: str, language: str) -> str:
    """Return a value in words, if it is a word."""
    return word(data.schema, "coding_value" if kind == "coding" else "level", value, language)


def _sources(data: Dataset, claims: Iterable[str], language: str) -> str:
    return "; ".join(_source(data, id, language) for id in claims)


def _source(data: Dataset, id: str, language: str) -> str:
    return f"{credit(evidence_of(data, id), language)} [{id}]"


def event_rows(found: Timeline, language: str = "en") -> list[Row]:
    """Return a row for each event: time, what, marks, source; those without a time last."""
    return [_event_row(each, language) for each in (*found.events, *found.undated)]


def _event_row(event: Event, language: str) -> Row:
    marks = ("ended", event.ended), ("denied", event.denied), ("disputed", event.disputed)
    shown = ", ".join(say(name, language) for name, is_so in marks if is_so)
    more = f" … +{len(event.claims) - 1}" if len(event.claims) > 1 else ""
    source = f"{event.source[language]} [{event.claims[0]}{more}]"
    time = event.time or say("no time", language)
    if event.not_after:
        time += f", {say('not after', language)} {event.not_after}"
    return time, event.text[language], shown, source


def event_notes(found: Timeline, language: str = "en") -> Iterator[str]:
    """Yield how many events have a time, and how many have none."""
    if not found.events:
        yield say("no events", language)
    dated = counted("event", len(found.events), language)
    yield f"{dated}, {say('without time', language)}: {len(found.undated):,}"


def disagreement_rows(data: Dataset, found: Disagreements, language: str = "en") -> list[Row]:
    """Return a row for each claim: group and reasons, claim, time, source, result of the policy."""
    return [row for each in found.rows for row in _group_rows(data, each, language)]


def _group_rows(data: Dataset, group: Disagreement, language: str) -> Iterator[Row]:
    reasons = ", ".join(say(reason, language) for reason in group.reasons)
    head = f"{group.group}: {reasons}"
    results = {each.claims[0]: each.text() for each in group.numbers if each.claims}
    for place, id in enumerate(group.claims):
        claim = evidence_of(data, id)
        sure = word(data.schema, "confidence", claim.confidence, language)
        yield (
            "" if place else head,
            f"{stated(claim, language)}{standing(data, claim, language)}",
            when(claim, language) if claim.kind != "observation" or claim.valid else "",
            sure,
            f"{credit(claim, language)} [{id}]",
            results.get(id, ""),
        )


def disagreement_notes(found: Disagreements, language: str = "en") -> Iterator[str]:
    """Yield how many groups there are, what time leaves open, and the policy for numbers."""
    yield counted("group", len(found.rows), language)
    if found.undated:
        yield say("time open", language, number=found.undated)
    yield policy_note(found.policy, language)


def policy_note(policy: str, language: str = "en") -> str:
    """Return a policy for numbers in words.

    >>> policy_note("median"), policy_note("source=esman")
    ('numbers: the median', 'numbers: only of esman')
    """
    name, _, source = policy.partition("=")
    return say(f"policy {name}", language, source=source)


def scenario_rows(data: Dataset, found: Foresight, language: str = "en") -> list[Row]:
    """Return a row for each scenario and step, and below a step its newest observations."""
    rows: list[Row] = []
    for row in found.rows:
        name = data.label(row.scenario, language)
        rows.append(
            (
                _kind(data, row.scenario, language),
                name,
                "",
                "",
                "",
                _sources(data, row.claims, language),
            )
        )
        for step in row.steps:
            rows += _step_rows(data, step, language)
    return rows


def _kind(data: Dataset, id: str, language: str) -> str:
    return data.schema.classes[data.entity(id).type].label(language)


def _step_rows(data: Dataset, step: Foreseen, language: str) -> Iterator[Row]:
    sources = _sources(data, step.claims, language)
    yield _kind(data, step.thing, language), data.label(step.thing, language), "", "", "", sources
    for each in step.indicators:
        for place, value in enumerate(each.values[:NEWEST]):
            name = (
                "" if place else observed(data, data.observation(value.numbers.claims[0]), language)
            )
            yield "", name, *_value_cells(data, each, value, language)
        if len(each.values) > NEWEST:
            more = say("older values", language, number=len(each.values) - NEWEST)
            yield "", more, "", "", "", ""
    if not step.indicators:
        yield "", say("no indicator", language), "", "", say("unknown", language), ""


def _value_cells(data: Dataset, of: Indicator, value: IndicatorValue, language: str) -> Row:
    schema = data.schema
    unit = word(schema, "unit", of.unit, language)
    numeric = schema.measures[of.measure].value_type == "number"
    text = f"{value.numbers.text()} {unit}" if numeric else _words(data, value.numbers, language)
    time = value.valid or say("no time", language)
    return text, time, say(value.holds, language), _sources(data, value.numbers.claims, language)


def _words(data: Dataset, numbers: Reconciled, language: str) -> str:
    return "; ".join(_value(data, "observation", each, language) for each in numbers.values)


def scenario_notes(found: Foresight, language: str = "en") -> Iterator[str]:
    """Yield how many scenarios there are, and the policy for numbers."""
    yield counted("scenario", len(found.rows), language)
    yield policy_note(found.policy, language)

"""The profile of an entity: its policies, its acts, acts of others on it, figures, doubts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from diaspora_graph.dataset.claims import mentioning
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import CLAIMS, Entity, Kind, Observation
from diaspora_graph.measures.series import Series, series_of
from diaspora_graph.policies.history import history_lines
from diaspora_graph.policies.points import PointComparison, compare_points
from diaspora_graph.policies.text import point_line
from diaspora_graph.wording.claims import claim_lines
from diaspora_graph.wording.sentences import Evidence, citation, doubts, evidence_of, observed, word
from diaspora_graph.wording.words import say

HISTORY = 5
"""The smallest number of dated acts that are shown as a history."""


def profile(data: Dataset, name: str, *, language: str = "en") -> str:
    """Return everything known about an entity as text, each claim with its source and place.

    ``name`` is an id, a label or an alias. Raises `UnknownNameError` and `AmbiguousNameError`.

    >>> from diaspora_graph import load_dataset
    >>> profile(load_dataset(), "AIPAC").partition(" [")[0]
    'American Israel Public Affairs Committee — lobby organisation'
    """
    return "\n".join(profile_lines(data, resolve(data, name), language))


def profile_lines(data: Dataset, id: str, language: str = "en") -> Iterator[str]:
    """Yield everything known about an entity, as lines."""
    entity = data.entity(id)
    yield f"{data.label(id, language)} — {data.schema.classes[entity.type].label(language)} [{id}]"
    yield from _names(data, entity, language)
    if entity.description:
        yield entity.description
    ids = {kind: list(_claims_on(data, kind, id)) for kind in CLAIMS}
    yield from _points(data, compare_points(data, [id]), language)
    yield from _history(data, id, language)
    statements = _in_order(data, (evidence_of(data, each) for each in ids["statement"]))
    for heading, found in (
        (
            say("does", language),
            [each for each in statements if each.subject == id and not each.denied],
        ),
        (
            say("done to", language),
            [each for each in statements if each.subject != id and not each.denied],
        ),
        (say("denied section", language), [each for each in statements if each.denied]),
    ):
        yield from _section(data, heading, found, language)
    yield from _figures(data, ids["observation"], language)
    yield from _section(
        data,
        say("codings", language),
        [evidence_of(data, each) for each in ids["coding"]],
        language,
    )
    if not any(ids.values()):
        yield ""
        yield say("says nothing", language)
    yield from (f"{say('doubt', language)}: {doubt}" for doubt in doubts(data, id, language))
    yield from _sources(data, ids, language)


def _names(data: Dataset, entity: Entity, language: str) -> Iterator[str]:
    shown = data.label(entity.id, language)
    others = [name for name in data.names_of(entity.id) if name != shown]
    if others:
        yield f"{say('also', language)} {', '.join(others)}"
    codes = [f"Wikidata {entity.wikidata}" if entity.wikidata else "", entity.iso3]
    if any(codes):
        yield ", ".join(code for code in codes if code)


def _claims_on(data: Dataset, kind: Kind, id: str) -> Iterator[str]:
    """Yield the claims in which a thing is subject, object, partner, topic or means."""
    yield from data.tables[kind]["id"].at(np.flatnonzero(mentioning(data, kind, [id])))


def _history(data: Dataset, id: str, language: str) -> Iterator[str]:
    """Yield the acts of a state and its organs, in order, if there are more than a few."""
    lines = list(history_lines(data, id, language))
    if len(lines) >= HISTORY:
        yield ""
        yield f"{say('history', language)} ({len(lines)})"
        yield from lines


def _points(data: Dataset, found: PointComparison, language: str) -> Iterator[str]:
    """Yield the claims about the policies that the entity has made its own."""
    for aspect in found.aspects:
        if any(aspect.cells):
            yield ""
            verb = data.schema.predicates[aspect.name].label(language)
            yield say("its policy", language, verb=verb)
            for point in aspect.cells[0]:
                yield f"  {point_line(data, point, language)}"


def _in_order(data: Dataset, found: Iterable[Evidence]) -> list[Evidence]:
    """Return statements by family of relation, relation and text."""
    schema = data.schema

    def place(each: Evidence) -> tuple[int, int, str]:
        predicate = schema.predicates[data.statement(each.id).predicate]
        return schema.families[predicate.family].position, predicate.position, each.text["en"]

    return sorted(found, key=place)


def _section(
    data: Dataset, heading: str, found: Sequence[Evidence], language: str
) -> Iterator[str]:
    if found:
        yield ""
        yield f"{heading} ({len(found)})"
        for each in found:
            yield from claim_lines(data, each, language)


def _figures(data: Dataset, ids: Sequence[str], language: str) -> Iterator[str]:
    """Yield observations; those of one thing year by year as one line."""
    rows = [data.observation(id) for id in ids]
    series, rest = series_of(rows)
    if rows:
        yield ""
        yield f"{say('figures', language)} ({len(rows)})"
    for each in rest:
        yield from claim_lines(data, evidence_of(data, each.id), language)
    for one in series:
        yield from _series_lines(data, one, language)


def _series_lines(data: Dataset, one: Series, language: str) -> Iterator[str]:
    first = evidence_of(data, one.rows[0].id)
    unit = word(data.schema, "unit", one.rows[0].unit, language)
    span = f"{one.rows[0].valid}–{one.rows[-1].valid}"
    yield f"  {observed(data, one.rows[0], language)}, {span}, {unit}"
    for start in range(0, len(one.rows), 8):
        yield "    " + "  ".join(
            f"{each.valid}: {_value(each)}" for each in one.rows[start : start + 8]
        )
    table = first.locator.partition(", row")[0]
    ids = f"[{one.rows[0].id} … {one.rows[-1].id}]"
    level = word(data.schema, "confidence", first.confidence, language)
    yield f"    {first.citation}, {table} · {say('confidence', language)} {level} {ids}"
    found = dict.fromkeys(doubt for each in one.rows for doubt in doubts(data, each.id, language))
    yield from (f"    {say('doubt', language)}: {doubt}" for doubt in found)


def _value(row: Observation) -> str:
    return row.value + (f"–{row.value_high}" if row.value_high else "")


def _sources(data: Dataset, ids: dict[Kind, list[str]], language: str) -> Iterator[str]:
    """Yield the doubts about the whole sources of the claims, each once."""
    sources = {data.claim(id).source for found in ids.values() for id in found} - {""}
    shown = [
        (source, doubt) for source in sorted(sources) for doubt in doubts(data, source, language)
    ]
    if shown:
        yield ""
        yield say("source doubts", language)
        for source, doubt in shown:
            yield f"  {citation(data, source)}: {doubt}"

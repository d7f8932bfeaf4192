"""Made-up statements: triples that the ontology allows, with doubts that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from world import (
    ENGLISH,
    PREFIX,
    Columns,
    Mask,
    Numbers,
    World,
    dates,
    drawn_from,
    notes,
    places,
    sentences,
)

from diaspora_graph.ontology.schema import SCOPE

BLOCK = 50_000


@dataclass(frozen=True)
class Plan:
    """What each statement says, before it is written down."""

    subject: Numbers
    predicate: Numbers
    object: Numbers
    status: list[str]
    denied: Mask
    corrects: dict[int, int]
    conflict: dict[int, str]
    flagged: Numbers


def forbidden(world: World) -> Mask:
    """Return what the ethics rules forbid, as a table over predicate, subject and object class."""
    names = list(world.schema.predicates)
    table = np.zeros_like(world.schema.allowed)
    for rule in world.schema.ethics:
        protects, origin = world.classes(sorted(rule.protects)), world.classes(sorted(rule.origin))
        as_subject = np.isin(names, list(rule.as_subject))[:, None, None]
        as_object = np.isin(names, list(rule.as_object))[:, None, None]
        table |= (protects[:, None] & origin[None, :]) & ~as_subject
        table |= (origin[:, None] & protects[None, :]) & ~as_object
    return table


def triples(world: World, count: int) -> tuple[Numbers, Numbers, Numbers]:
    """Draw triples that the ontology allows; what contains is of a lower number than its parts."""
    terms = list(world.schema.predicates.values())
    allowed = world.schema.allowed & ~forbidden(world)
    scope = np.array([bool(term.flow & SCOPE) for term in terms])
    weights = 1 / (4 + world.random.permutation(len(terms)))
    predicate = world.random.choice(len(terms), count, p=weights / weights.sum())
    subject, object_ = np.zeros(count, np.int64), np.zeros(count, np.int64)
    pools = [(world.pool(term.subjects), world.pool(term.objects)) for term in terms]
    rows = np.arange(count)
    while len(rows):
        for position, (subjects, objects) in enumerate(pools):
            here = rows[predicate[rows] == position]
            subject[here], object_[here] = (
                world.pick(subjects, len(here)),
                world.pick(objects, len(here)),
            )
        s, p, o = subject[rows], predicate[rows], object_[rows]
        sound = allowed[p, world.types[s], world.types[o]] & (s != o) & (~scope[p] | (s > o))
        rows = rows[~sound]
    return subject, predicate, object_


def make_plan(world: World, count: int) -> Plan:
    """Draw statements, then denials, corrections, conflicts and flags that hang together."""
    random = world.random
    subject, predicate, object_ = triples(world, count)
    copies = np.sort(random.choice(count, count * 12 // 100, replace=False))
    originals = random.choice(np.setdiff1d(np.arange(count), copies), len(copies))
    for column in (subject, predicate, object_):
        column[copies] = column[originals]
    sort = random.random(len(copies))
    denied = np.zeros(count, np.bool_)
    denied[copies[sort < 0.45]] = True
    pairs = list(zip(copies.tolist(), originals.tolist(), sort.tolist(), strict=True))
    conflict = {row: f"dispute-{of}" for copy, of, s in pairs if s < 0.45 for row in (copy, of)}
    corrects = {copy: of for copy, of, s in pairs if s > 0.9}
    claims = [
        row
        for row in np.flatnonzero(_claims(world, subject, predicate)).tolist()
        if row not in conflict
    ]
    for number, row in enumerate(claims):
        conflict[row] = f"claims-{min(number, max(len(claims) - 2, 0)) // 2}"
    flagged = np.flatnonzero(random.random(count) < 0.005)
    status = drawn_from(
        random, ("accepted", "accepted", "", "", "", "", "", "", "", "deprecated"), count
    )
    for row in [*list(conflict)[::3], *flagged.tolist()]:
        status[row] = "disputed"
    for row in corrects.values():
        status[row] = "corrected"
    return Plan(subject, predicate, object_, status, denied, corrects, conflict, flagged)


def _claims(world: World, subject: Numbers, predicate: Numbers) -> Mask:
    """Return which statements need an author and a doubt beside them."""
    terms = world.schema.predicates.values()
    needs = np.array([world.classes(term.needs_author) for term in terms])
    return np.asarray(needs[predicate, world.types[subject]])


def statement_ids(world: World, plan: Plan) -> list[str]:
    """Return the ids of statements, in no order."""
    slugs = [name.lower() for name in world.schema.predicates]
    ends = zip(world.named(plan.subject), plan.predicate.tolist(), strict=True)
    return [f"{PREFIX}:st-{s.partition(':')[2]}-{slugs[p]}-{n}" for n, (s, p) in enumerate(ends)]


def statements(world: World, plan: Plan, ids: list[str]) -> Iterator[Columns]:
    """Yield the columns of statements.csv block by block."""
    terms = list(world.schema.predicates.values())
    pools = {"about": world.pool(["Issue"]), "means": world.pool(["Mechanism", "Event"])}
    taking = {name: np.array([name in term.qualifiers for term in terms]) for name in pools}
    sources = np.arange(world.entities, len(world.ids))
    cited = world.pool(world.schema.ranges["cited"])
    for start in range(0, len(ids), BLOCK):
        rows = range(start, min(start + BLOCK, len(ids)))
        part, count = slice(rows.start, rows.stop), len(rows)
        takes = {name: taking[name][plan.predicate[part]].tolist() for name in pools}
        qualifiers = {
            name: [
                cell if t else ""
                for cell, t in zip(world.lists(pool, count), takes[name], strict=True)
            ]
            for name, pool in pools.items()
        }
        yield {
            "id": ids[part],
            "subject": world.named(plan.subject[part]),
            "predicate": [terms[each].name for each in plan.predicate[part].tolist()],
            "object": world.named(plan.object[part]),
            **qualifiers,
            "polarity": ["denies" if each else "affirms" for each in plan.denied[part].tolist()],
            **claim(world, sources, cited, count),
            "status": plan.status[part],
            "corrects": [ids[plan.corrects[row]] if row in plan.corrects else "" for row in rows],
            "conflict_group": [plan.conflict.get(row, "") for row in rows],
        }


def claim(world: World, sources: Numbers, cited: Numbers, count: int) -> dict[str, Sequence[str]]:
    """Draw the columns that all claims have and that no rule ties to others."""
    locators, passages = places(world.random, count)
    return {
        "valid": dates(world.random, count),
        "gist": sentences(world.random, ENGLISH, 14, count),
        "source": world.named(world.pick(sources, count)),
        "locator": locators,
        "passage": passages,
        "cited": world.lists(cited, count),
        "confidence": world.words("confidence", count),
        "certainty": world.words("certainty", count),
        "note": notes(world.random, count),
    }

"""Why there is no path: the one denial, filter or rule that is in the way, each tried alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.masks import Masks, masks_of
from diaspora_graph.filters.rules import MOST_HOPS, RULES, Rules
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.search import Search
from diaspora_graph.paths.subgraph import Query

FARTHEST = 10_000
"""Things that are looked at to say where influence stops."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What keeps two things apart.

    ``cut`` names the filter or rule, ``where`` the ids of things or statements at which it cuts,
    ``path`` is what stands once it is lifted, if anything does. ``lifted`` is the name of the field
    of `Scope` or `Rules` that lifts it. Where influence stops, ``because`` says why at each place.
    """

    cut: str
    where: tuple[str, ...] = ()
    path: InfluencePath | None = None
    lifted: str = ""
    because: tuple[str, ...] = ()


def why_not(
    data: Dataset,
    start: str,
    goal: str,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
) -> tuple[Obstacle, ...]:
    """Return what is in the way between two things that no path joins, at least one obstacle.

    Each lifts one thing alone, in this order: a denial taken for an affirmation, each filter, each
    rule, two hops more; those that yield a path are obstacles. If none does, the one that is
    returned says how far influence reaches.

    >>> from diaspora_graph import load_dataset
    >>> nearest_misses(load_dataset(), "kazakhs-in-tajikistan", "investment-in-tajikistan")[0].cut
    'a source denies it'
    """
    found = tuple(_tried(_Case(data, start, goal, scope, rules, hops)))
    return found or (_stop(Search(data, scope, rules), start, goal, hops),)


_RULES = {
    "topic_gate": "no shared topic at a body that needs one",
    "end_only": "a thing that does not pass influence on",
    "directed": "influence runs the other way",
    "influence_only": "only relations that carry no influence",
}


@dataclass(frozen=True, slots=True)
class _Case:
    data: Dataset
    start: str
    goal: str
    scope: Scope
    rules: Rules
    hops: int

    def first(
        self, scope: Scope, rules: Rules, hops: int, masks: Masks | None = None
    ) -> InfluencePath | None:
        search = Search(self.data, scope, rules, masks=masks)
        ends = search.number(self.start), search.number(self.goal)
        return next(search.paths(*ends, hops), None)


def _tried(case: _Case) -> Iterator[Obstacle]:
    scope, rules, hops = case.scope, case.rules, case.hops
    yield from _denied(case)
    for name in scope.filters():
        wider = scope.without(name)
        path = case.first(wider, rules, hops)
        if path:
            yield Obstacle(f"the filter {name}", _failing(case, path), path, name)
    for name, words in _RULES.items():
        lifted = replace(rules, **{name: False})
        path = case.first(scope, lifted, hops) if lifted != rules else None
        if path:
            yield Obstacle(words, _cut_at(case, path, name), path, name)
    more = min(hops + 2, MOST_HOPS)
    path = case.first(scope, rules, more) if more > hops else None
    if path:
        yield Obstacle(f"more than {hops} hops", (), path, "hops")


def _denied(case: _Case) -> Iterator[Obstacle]:
    """Take denials for affirmations; name those that then stand on the way."""
    data = case.data
    affirmed = masks_of(data, case.scope, case.rules)
    denied = masks_of(data, case.scope, case.rules, denials=True)
    either = replace(affirmed, grade=affirmed.grade | denied.grade)
    path = case.first(case.scope, case.rules, case.hops, either)
    if path is None:
        return
    ids, statements = data.tables["statement"]["id"], data.relations.statements
    yield Obstacle(
        "a source denies it",
        tuple(
            ids[int(row)]
            for step in path.steps
            if not len(affirmed.places(data, step.relation))
            for row in statements[denied.places(data, step.relation)]
        ),
        path,
    )


def _failing(case: _Case, path: InfluencePath) -> tuple[str, ...]:
    """Return the statements of hops that have none left, or the things that may not be passed."""
    data, search = case.data, Search(case.data, case.scope, case.rules)
    ids = data.tables["statement"]["id"]
    kept = search.masks.predicate[data.relations.predicate]
    cut = tuple(
        ids[int(row)]
        for step in path.steps
        if not (kept[step.relation] and len(search.passing(step.relation)))
        for row in data.relations.rows(step.relation)
        if not data.denied[row]
    )
    return cut or _outside(search, path)


def _outside(search: Search, path: InfluencePath) -> tuple[str, ...]:
    """Return the ids of the things between that a path may not pass."""
    inner = search.masks.inner[search.data.type]
    return tuple(_id(search, thing) for thing in path.things[1:-1] if not inner[thing])


def _cut_at(case: _Case, path: InfluencePath, rule: str) -> tuple[str, ...]:
    """Return the things on the path at which a rule cuts."""
    search = Search(case.data, case.scope, case.rules)
    if rule == "end_only":
        return _outside(search, path)
    if rule == "topic_gate":
        gated = search.masks.gates[case.data.type]
        return tuple(_id(search, thing) for thing in path.things[1:-1] if gated[thing])
    return ()


def _stop(search: Search, start: str, goal: str, hops: int) -> Obstacle:
    """Say where influence from the start ends: the things reached that lead no further."""
    begin = search.number(start)
    query = search.query(begin, search.number(goal), hops)
    reached, level, ends = {begin}, [begin], []
    for _ in range(hops):
        following: list[int] = []
        for thing in level:
            onward = _onward(search, query, thing) if _passes(query, thing) else []
            if not onward and thing != begin:
                ends.append(thing)
            fresh = [end for end in dict.fromkeys(onward) if end not in reached]
            reached.update(fresh)
            following += fresh
        level = following
        if len(reached) > FARTHEST:
            return Obstacle(f"none of the first {len(reached):,} things on the way leads to it")
    if len(reached) == 1:
        return Obstacle("nothing leads on from the start")
    farthest = sorted({*ends, *level}) or sorted(reached - {begin})
    return Obstacle(
        "it stops on the way",
        tuple(_id(search, thing) for thing in farthest),
        because=tuple(_reason(search, query, thing, hops, level) for thing in farthest),
    )


def _reason(search: Search, query: Query, thing: int, hops: int, last: list[int]) -> str:
    if not _passes(query, thing):
        name = search.data.schema.types[query.type[thing]]
        return f"things of class {name} may begin or end a path, not stand inside it"
    if thing in last:
        return f"{hops} hops are used up"
    if _onward(search, query, thing):
        return "all that it acts on has been passed"
    return "no source says whom it acts on"


def _passes(query: Query, thing: int) -> bool:
    return thing == query.start or bool(query.masks.inner[query.type[thing]])


def _onward(search: Search, query: Query, thing: int) -> list[int]:
    arcs = search.arcs
    places = np.arange(arcs.starts[thing], arcs.starts[thing + 1])
    relations = arcs.relation[places]
    kept = query.open(relations) & query.masks.predicate[query.relations.predicate[relations]]
    ends: list[int] = arcs.end[places[kept]].tolist()
    return ends


def _id(search: Search, thing: int) -> str:
    return str(search.data.ids[thing].as_py())

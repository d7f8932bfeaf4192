"""Why there is no path: the denial, filter or rule that blocks it, each tested on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.rules import MOST_HOPS, RULES, Rules
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.arc_path import ArcPath, ArcStep
from diaspora_graph.paths.influence_graph import AGAINST, HOP
from diaspora_graph.paths.path import InfluencePath
from diaspora_graph.paths.search import Search
from diaspora_graph.paths.subgraph import Query
from diaspora_graph.wording.words import say

FARTHEST = 10_000
"""The largest number of things to search for the places where influence stops."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in any language: a phrase and the values that fill it in.

    >>> Reason("cut hops", (("number", "4"),)).describe("ru")
    'шагов больше, чем 4'
    """

    phrase: str
    values: tuple[tuple[str, str], ...] = ()

    def describe(self, language: str = "en") -> str:
        """Return the reason in words."""
        return say(self.phrase, language, **dict(self.values))

    def __str__(self) -> str:
        return self.describe()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A cause that there is no path between two things.

    ``reason`` names the filter, rule or other cause, ``where`` the ids of things or statements at
    which it blocks, ``path`` is a path without it, if there is one. ``lifted`` is the field of
    `Scope` or `Rules` that lifts it. Where influence stops, ``because`` gives the reason at each
    place. ``acting`` are the ids of those that act on the goal in one step, where that helps.

    >>> from diaspora_graph import load_dataset, why_not
    >>> obstacle = why_not(load_dataset(), "United Kingdom", "India")[0]
    >>> obstacle.cut, obstacle.lifted
    ('influence runs the other way', 'directed')
    """

    reason: Reason
    where: tuple[str, ...] = ()
    path: InfluencePath | None = None
    lifted: str = ""
    because: tuple[Reason, ...] = ()
    acting: tuple[str, ...] = ()

    @property
    def cut(self) -> str:
        """The cause that there is no path, in English words."""
        return self.reason.describe()


def why_not(
    data: Dataset,
    start: str,
    goal: str,
    *,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
) -> tuple[Obstacle, ...]:
    """Return why no path joins two things: at least one obstacle.

    ``start`` and ``goal`` are ids, labels or aliases. These are lifted one at a time, in
    this order: denials (read as affirmations), each filter, each rule, the limit of hops (two
    more); those that then give a path are obstacles. If none does, the only obstacle says how far
    influence reaches, and who acts on the goal. Raises as `influence_paths` does.

    >>> from diaspora_graph import load_dataset
    >>> why_not(load_dataset(), "kazakhs-in-tajikistan", "investment-in-tajikistan")[0].cut
    'a source denies it'
    """
    return obstacles(Search(data, scope, rules), start, goal, hops)


def obstacles(search: Search, start: str, goal: str, hops: int) -> tuple[Obstacle, ...]:
    """Return the obstacles under a search; see `why_not`."""
    case = _Case(search, search.number(start), search.number(goal), hops)
    return tuple(_tried(case)) or (_stop(case),)


_RULES = ("topic_gate", "end_only", "directed", "influence_only")
"""Rules in the order in which they are lifted."""

_AGAINST = frozenset({"directed", "influence_only"})
"""Rules for which the blocked relations, and those that act on the goal, are named."""


@dataclass(frozen=True, slots=True)
class _Case:
    """The search in which there is no path, and its ends as numbers of things."""

    search: Search
    start: int
    goal: int
    hops: int

    def first(self, search: Search, hops: int = 0) -> ArcPath | None:
        """Return the first path of another search between the same ends."""
        return next(search.arc_paths(self.start, self.goal, hops or self.hops), None)


def _tried(case: _Case) -> Iterator[Obstacle]:
    search, hops = case.search, case.hops
    data, scope, rules = search.data, search.scope, search.rules
    yield from _denied(case)
    for name in scope.filters():
        wider = Search(data, scope.without(name), rules)
        path = case.first(wider)
        if path:
            reason = Reason("cut filter", (("name", name),))
            yield Obstacle(reason, _failing(search, path), wider.value(path), name)
    for name in _RULES:
        lifted = replace(rules, **{name: False})
        freer = Search(data, scope, lifted)
        path = case.first(freer) if lifted != rules else None
        if path:
            acting = _acting(case) if name in _AGAINST else ()
            at = _cut_at(search, path, name)
            yield Obstacle(Reason(f"cut {name}"), at, freer.value(path), name, acting=acting)
    more = min(hops + 2, MOST_HOPS)
    path = case.first(search, more) if more > hops else None
    if path:
        reason = Reason("cut hops", (("number", str(hops)),))
        yield Obstacle(reason, (), search.value(path), "hops")


def _denied(case: _Case) -> Iterator[Obstacle]:
    """Read denials as affirmations; name those that are then on the path."""
    search = case.search
    affirmed, denied = search.masks, search.denials
    either = replace(affirmed, grade=affirmed.grade | denied.grade)
    wider = Search(search.data, search.scope, search.rules, masks=either)
    path = case.first(wider)
    if path is None:
        return
    value = wider.value(path)
    where = (id for step in value.steps if not step.statements for id in step.denials)
    yield Obstacle(Reason("cut denial"), tuple(where), value)


def _failing(search: Search, path: ArcPath) -> tuple[str, ...]:
    """Return the statements of hops without others, or the things that a path may not pass."""
    data = search.data
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


def _outside(search: Search, path: ArcPath) -> tuple[str, ...]:
    """Return the ids of the things between that a path may not pass."""
    inner = search.masks.inner[search.data.type]
    return tuple(_id(search, thing) for thing in path.things[1:-1] if not inner[thing])


def _cut_at(search: Search, path: ArcPath, rule: str) -> tuple[str, ...]:
    """Return the things on the path at which a rule blocks it."""
    if rule == "end_only":
        return _outside(search, path)
    if rule == "topic_gate":
        gated = search.masks.gates[search.data.type]
        return tuple(_id(search, thing) for thing in path.things[1:-1] if gated[thing])
    ids = search.data.tables["statement"]["id"]
    against = [step for step in path.steps if not _is_taken(search, step)]
    found = tuple(ids[int(row)] for step in against for row in search.passing(step.relation))
    return found or _outside(search, path)


def _is_taken(search: Search, step: ArcStep) -> bool:
    """Return whether the rules of a search allow a step, in its direction."""
    arcs = search.arcs
    places = np.arange(arcs.starts[step.begin], arcs.starts[step.begin + 1])
    same = (arcs.end[places] == step.end) & (arcs.relation[places] == step.relation)
    return bool(same.any())


def _acting(case: _Case) -> tuple[str, ...]:
    """Return who acts on the goal in one step, as ids, sorted."""
    search = case.search
    query, into = search.query(case.start, case.goal, case.hops), search.arcs.into
    places = np.arange(search.arcs.ends[case.goal], search.arcs.ends[case.goal + 1])
    kept = query.open(into.relation[places]) & search.masks.predicate[into.predicate[places]]
    kept &= (into.way[places] & ~AGAINST) == HOP
    return tuple(sorted({_id(search, int(thing)) for thing in into.begin[places[kept]]}))


def _stop(case: _Case) -> Obstacle:
    """Return where influence from the start ends: the reached things that lead no further."""
    search, begin, hops = case.search, case.start, case.hops
    query = search.query(begin, case.goal, hops)
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
            reason = Reason("cut far", (("number", f"{len(reached):,}"),))
            return Obstacle(reason, acting=_acting(case))
    if len(reached) == 1:
        return Obstacle(Reason("cut start"), acting=_acting(case))
    farthest = sorted({*ends, *level}) or sorted(reached - {begin})
    return Obstacle(
        Reason("cut stops"),
        tuple(_id(search, thing) for thing in farthest),
        because=tuple(_reason(search, query, thing, hops, level) for thing in farthest),
        acting=_acting(case),
    )


def _reason(search: Search, query: Query, thing: int, hops: int, last: list[int]) -> Reason:
    if not _passes(query, thing):
        return Reason("because class", (("name", search.data.schema.types[query.type[thing]]),))
    if thing in last:
        return Reason("because hops", (("number", str(hops)),))
    if _onward(search, query, thing):
        return Reason("because passed")
    return Reason("because silent")


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

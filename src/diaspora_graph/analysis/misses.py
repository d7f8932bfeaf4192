"""Why no path: the nearest miss, and the one filter or rule that cut it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from diaspora_graph.analysis.arcs import HOP
from diaspora_graph.analysis.paths import MOST_HOPS, RULES, InfluencePath, Rules, Search
from diaspora_graph.analysis.scope import EVERYTHING, Scope, passing
from diaspora_graph.dataset import Dataset
from diaspora_graph.tables import Mask


@dataclass(frozen=True, slots=True)
class Miss:
    """What keeps two things apart.

    ``cut`` names the filter or rule, ``where`` the ids of things or statements at which it cuts,
    ``path`` is what stands once it is lifted, if anything does.
    """

    cut: str
    where: tuple[str, ...] = ()
    path: InfluencePath | None = None


def nearest_miss(
    data: Dataset,
    start: str,
    goal: str,
    scope: Scope = EVERYTHING,
    rules: Rules = RULES,
    hops: int = 4,
) -> Miss:
    """Return the nearest miss between two things that no path joins.

    Tried in this order, the first that yields a path wins: a denial taken for an affirmation, each
    filter lifted, each rule lifted, two hops more. Else it says how far influence reaches.

    >>> from diaspora_graph import load_dataset
    >>> nearest_miss(load_dataset(), "kazakhs-in-tajikistan", "investment-in-tajikistan").cut
    'a source denies it'
    """
    for miss in _tried(data, start, goal, scope, rules, hops):
        if miss.path is not None:
            return miss
    return _stop(data, start, scope, rules, hops)


def _tried(
    data: Dataset, start: str, goal: str, scope: Scope, rules: Rules, hops: int
) -> Iterator[Miss]:
    affirmed = passing(data, scope)
    yield _denied(data, start, goal, affirmed, passing(data, scope, denials=True), rules, hops)
    for name in scope.filters():
        path = _first(data, start, goal, passing(data, scope.without(name)), rules, hops)
        yield Miss(f"the filter {name}", _failing(data, path, affirmed), path)
    for name, words in _RULES.items():
        if getattr(rules, name):
            lifted = replace(rules, **{name: False})
            path = _first(data, start, goal, affirmed, lifted, hops)
            yield Miss(words, _cut_at(data, path, name, affirmed, rules), path)
    more = min(hops + 2, MOST_HOPS)
    yield Miss(f"more than {hops} hops", (), _first(data, start, goal, affirmed, rules, more))


_RULES = {
    "topic_gate": "no shared topic at a body that needs one",
    "end_only": "a thing that does not pass influence on",
    "directed": "influence runs the other way",
    "influence_only": "only relations that carry no influence",
}


def _first(
    data: Dataset, start: str, goal: str, statements: Mask, rules: Rules, hops: int
) -> InfluencePath | None:
    search = Search(data, statements, rules)
    return next(search.paths(search.number(start), search.number(goal), hops), None)


def _denied(
    data: Dataset, start: str, goal: str, affirmed: Mask, denied: Mask, rules: Rules, hops: int
) -> Miss:
    path = _first(data, start, goal, affirmed | denied, rules, hops)
    ids = data.tables["statement"]["id"]
    where = tuple(
        ids[int(row)]
        for step in (path.steps if path else ())
        for row in data.relations.rows(step.relation)
        if denied[row] and not affirmed[data.relations.rows(step.relation)].any()
    )
    return Miss("a source denies it", where, path)


def _failing(data: Dataset, path: InfluencePath | None, affirmed: Mask) -> tuple[str, ...]:
    """Return the statements of the hops that have none left under the filter."""
    ids = data.tables["statement"]["id"]
    return tuple(
        ids[int(row)]
        for step in (path.steps if path else ())
        if not affirmed[data.relations.rows(step.relation)].any()
        for row in data.relations.rows(step.relation)
        if not data.denied[row]
    )


def _cut_at(
    data: Dataset, path: InfluencePath | None, rule: str, statements: Mask, rules: Rules
) -> tuple[str, ...]:
    """Return the things on the path at which a rule cuts."""
    if path is None:
        return ()
    inner = path.things[1:-1]
    search = Search(data, statements, rules)
    if rule == "end_only":
        return tuple(data.id_list[thing] for thing in inner if not search.passes[thing])
    if rule == "topic_gate":
        return tuple(data.id_list[thing] for thing in inner if search.gates[thing])
    return ()


def _stop(data: Dataset, start: str, scope: Scope, rules: Rules, hops: int) -> Miss:
    """Say where influence from the start ends: the things reached that lead no further."""
    search = Search(data, passing(data, scope), rules)
    begin = search.number(start)
    reached, level, ends = {begin}, [begin], []
    for _ in range(hops):
        following: list[int] = []
        for thing in level:
            onward = _onward(search, thing, begin)
            if not onward and thing != begin:
                ends.append(thing)
            for end in onward:
                if end not in reached:
                    reached.add(end)
                    following.append(end)
        level = following
    if len(reached) == 1:
        return Miss("nothing leads on from the start")
    farthest = sorted({*ends, *level}) or sorted(reached - {begin})
    return Miss("it stops on the way", tuple(data.id_list[thing] for thing in farthest))


def _onward(search: Search, thing: int, begin: int) -> list[int]:
    if thing != begin and not search.passes[thing]:
        return []
    arcs = search.arcs
    return [
        int(arcs.end[arc])
        for arc in arcs.out_of(thing)
        if search.open[arc] and (arcs.kind[arc] == HOP or arcs.begin[arc] != arcs.end[arc])
    ]

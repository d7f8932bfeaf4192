"""The subgraph of the paths, in machine code: the twin of `diaspora_graph.paths.subgraph`."""

from __future__ import annotations

import threading

import numpy as np
from numba import njit

from diaspora_graph.dataset.columns import Codes
from diaspora_graph.filters.masks import ANY_TIME, SURE
from diaspora_graph.paths.influence_graph import AGAINST, HOP, UP
from diaspora_graph.paths.subgraph import FAR, Query, Subgraph, empty_subgraph

_work = threading.local()


@njit(cache=True)
def _is_open(relation, starts, codes, days, masks):  # type: ignore[no-untyped-def]
    grades, voices, _, first, last, time = masks
    for place in range(starts[relation], starts[relation + 1]):
        grade, voice, valid = codes[place]
        if not grades[grade] or not voices[voice]:
            continue
        if time == ANY_TIME:
            return True
        four = days[valid]
        if time == SURE:
            if four[1] <= last and four[2] >= first:
                return True
        elif four[0] <= last and four[3] >= first:
            return True
    return False


@njit(cache=True)
def _width(things, count, offsets):  # type: ignore[no-untyped-def]
    width = 0
    for place in range(count):
        width += offsets[things[place] + 1] - offsets[things[place]]
    return width


@njit(cache=True)
def _level(  # type: ignore[no-untyped-def]
    forward, reach, level, now, count, following, seen, counts, away, left, met,
    graph, statements, masks, things, ends_, hops,
):  # fmt: skip
    """Mark the things one hop farther; return how many they may be.

    ``reach`` 0 marks only things that inclusions reach.
    ``counts`` holds how many of ``seen`` are filled; ``seen`` has all marked things.
    """
    out, into = graph
    far, relation, predicate, way, offsets = out if forward else into
    rstarts, codes, days = statements
    type_, inner = things
    start, goal = ends_
    own, other = (start, goal) if forward else (goal, start)
    distance = away if forward else left
    found = 0
    place = 0
    while place < count:
        thing = now[place]
        place += 1
        if distance[thing] != level or thing == other:
            continue  # an inclusion reached it earlier, or the search ends here
        for arc in range(offsets[thing], offsets[thing + 1]):
            if not masks[2][predicate[arc]]:
                continue
            kind = way[arc] & ~AGAINST
            reached = far[arc]
            if kind == UP and (reached if forward else thing) != goal:
                continue
            cost = 1 if kind == HOP else 0
            if cost > reach or distance[reached] <= level + cost or reached == own:
                continue
            if met and left[reached] + level + cost > hops:
                continue
            if reached != other and not inner[type_[reached]]:
                continue
            if not _is_open(relation[arc], rstarts, codes, days, masks):
                continue
            if distance[reached] == FAR:
                seen[counts[0]] = reached
                counts[0] += 1
            distance[reached] = level + cost
            if cost:
                following[found] = reached
                found += 1
            else:
                now[count] = reached
                count += 1
    return found


@njit(cache=True)
def _candidates(  # type: ignore[no-untyped-def]
    start, goal, hops, most, graph, statements, masks, things, away, left, queues
):
    end, relation, predicate, way, starts = graph[0]
    ends = graph[1][4]
    rstarts, codes, days = statements
    out, back, following, seen_out, seen_back = queues
    count_out = np.ones(1, np.int64)
    count_back = np.ones(1, np.int64)
    away[start] = 0
    left[goal] = 0
    out[0] = seen_out[0] = start
    back[0] = seen_back[0] = goal
    n_out, n_back, gone, come = 1, 1, 0, 0
    pair = (start, goal)
    while gone + come < hops and n_out and n_back:
        ahead, behind = _width(out, n_out, starts), _width(back, n_back, ends)
        most -= min(ahead, behind)
        if most < 0:
            break
        if ahead <= behind:
            n_out = _level(
                True, 1, gone, out, n_out, following, seen_out, count_out, away, left, False,
                graph, statements, masks, things, pair, hops,
            )  # fmt: skip
            out, following = following, out
            gone += 1
        else:
            n_back = _level(
                False, 1, come, back, n_back, following, seen_back, count_back, away, left,
                False, graph, statements, masks, things, pair, hops,
            )  # fmt: skip
            back, following = following, back
            come += 1
    if most >= 0:  # inclusions reach on at no cost
        _level(
            False, 0, come, back, n_back, following, seen_back, count_back, away, left, False,
            graph, statements, masks, things, pair, hops,
        )  # fmt: skip
    unseen = come + 1 if n_back else FAR
    for level in range(gone, hops if most >= 0 else 0):
        kept = 0
        for place in range(n_out):
            if left[out[place]] + level <= hops:
                out[kept] = out[place]
                kept += 1
        n_out = _level(
            True, 1, level, out, kept, following, seen_out, count_out, away, left, True,
            graph, statements, masks, things, pair, hops,
        )  # fmt: skip
        out, following = following, out
    if most >= 0:
        _level(
            True, 0, hops, out, n_out, following, seen_out, count_out, away, left, True,
            graph, statements, masks, things, pair, hops,
        )  # fmt: skip
    arcs = np.empty(1024, np.int32)
    found = 0
    order = np.sort(seen_out[: count_out[0] if most >= 0 else 0])
    for place in range(len(order)):
        thing = order[place]
        if thing == goal or away[thing] + min(left[thing], unseen) > hops:
            continue
        for arc in range(starts[thing], starts[thing + 1]):
            if not masks[2][predicate[arc]]:
                continue
            kind = way[arc] & ~AGAINST
            reached = end[arc]
            cost = 1 if kind == HOP else 0
            if (kind == UP and reached != goal) or reached == start or away[reached] == FAR:
                continue
            if away[thing] + cost + min(left[reached], unseen) > hops:
                continue
            if not _is_open(relation[arc], rstarts, codes, days, masks):
                continue
            if found == len(arcs):
                more = np.empty(2 * found, np.int32)
                more[:found] = arcs
                arcs = more
            arcs[found] = arc
            found += 1
    for place in range(count_out[0]):
        away[seen_out[place]] = FAR
    for place in range(count_back[0]):
        left[seen_back[place]] = FAR
    return arcs[:found], most >= 0


@njit(cache=True)
def _distances(count, of, near, far, hop, hops):  # type: ignore[no-untyped-def]
    distance = np.full(count, FAR, np.int32)
    distance[of] = 0
    for level in range(hops + 1):
        changed = True
        while changed:
            changed = False
            for arc in range(len(near)):
                if not hop[arc] and distance[far[arc]] == level and distance[near[arc]] > level:
                    distance[near[arc]] = level
                    changed = True
        for arc in range(len(near)):
            if hop[arc] and distance[far[arc]] == level and distance[near[arc]] > level + 1:
                distance[near[arc]] = level + 1
    return distance


@njit(cache=True)
def _part(arcs, begins, ends, way, start, goal, hops):  # type: ignore[no-untyped-def]
    """Return things, arcs and ends of the part that is left, with its own numbers."""
    while len(arcs):
        things = np.unique(np.concatenate((begins[arcs], ends[arcs])))
        begin = np.searchsorted(things, begins[arcs]).astype(np.int32)
        end = np.searchsorted(things, ends[arcs]).astype(np.int32)
        hop = (way[arcs] & ~AGAINST) == HOP
        first, last = np.searchsorted(things, start), np.searchsorted(things, goal)
        if first == len(things) or things[first] != start:
            break
        if last == len(things) or things[last] != goal:
            break
        away = _distances(len(things), first, end, begin, hop, hops)
        left = _distances(len(things), last, begin, end, hop, hops)
        kept = np.zeros(len(arcs), np.bool_)
        for arc in range(len(arcs)):
            kept[arc] = away[begin[arc]] + hop[arc] + left[end[arc]] <= hops
        if kept.all():
            return things, arcs, begin, end, hop, first, last
        arcs = arcs[kept]
    none = np.zeros(0, np.int32)
    return none, none, none, none, np.zeros(0, np.bool_), -1, -1


def _exactly(query: Query, arcs: Codes) -> Subgraph:
    """Return the part that consists of some arcs, without arcs that are on no short enough walk."""
    all_ = query.arcs
    things, arcs, begin, end, hop, start, goal = _part(
        arcs, all_.begin, all_.end, all_.way, query.start, query.goal, query.hops
    )
    if start < 0:
        return empty_subgraph(query)
    starts = np.searchsorted(begin, np.arange(len(things) + 1)).astype(np.int32)
    return Subgraph(
        things, arcs, begin, end, all_.relation[arcs], hop, starts, int(start), int(goal),
        query.hops,
    )  # fmt: skip


def subgraph(query: Query, most: int) -> Subgraph | None:
    """Return the part of the graph with the paths of a query; nothing beyond ``most`` arcs."""
    arcs, masks, book, into = query.arcs, query.masks, query.book, query.arcs.into
    graph = (
        (arcs.end, arcs.relation, arcs.predicate, arcs.way, arcs.starts),
        (into.begin, into.relation, into.predicate, into.way, arcs.ends),
    )
    kept = masks.grade, masks.voice, masks.predicate, masks.first, masks.last, masks.time
    away, left, queues = _workspace(len(query.type))
    found, whole = _candidates(
        query.start, query.goal, query.hops, most, graph,
        (query.relations.starts, book.codes, book.days), kept, (query.type, masks.inner),
        away, left, queues,
    )  # fmt: skip
    return _exactly(query, found) if whole else None


def _workspace(things: int) -> tuple[Codes, Codes, tuple[Codes, ...]]:
    """Return the arrays of a search, made once for each thread; each search resets them."""
    if getattr(_work, "things", -1) != things:
        _work.away = np.full(things, FAR, np.int32)
        _work.left = np.full(things, FAR, np.int32)
        _work.queues = tuple(np.empty(2 * things + 2, np.int32) for _ in range(5))
        _work.things = things
    return _work.away, _work.left, _work.queues

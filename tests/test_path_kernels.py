"""Path kernels: the compiled one, the one in Python, a naive reference and networkx agree."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, pairwise, permutations
from math import log, log2, prod
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import samples
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.masks import passing
from diaspora_graph.filters.rules import RULES, Rules
from diaspora_graph.filters.scope import EVERYTHING, Scope
from diaspora_graph.paths.api import count_paths, influence_paths
from diaspora_graph.paths.arc_path import ArcPath
from diaspora_graph.paths.influence_graph import neighbours
from diaspora_graph.paths.kernels import PURE, fast
from diaspora_graph.paths.rankings import RANKINGS
from diaspora_graph.paths.search import Search
from diaspora_graph.reading.load import load_dataset
from influences import datasets, made, naive, said

KERNELS = [PURE, fast()]

scopes = st.builds(
    Scope,
    as_of=st.sampled_from(["", "", "2008", "1995-06-01", "2000/2010"]),
    certain_time=st.booleans(),
    min_confidence=st.sampled_from(["", "low", "medium", "high"]),
    without_sources=st.sampled_from([frozenset(), frozenset({"x"})]),
    relations=st.sampled_from([frozenset(), frozenset({"lobbies", "cooperatesWith", "partOf"})]),
    avoiding=st.sampled_from([frozenset(), frozenset({"Group"})]),
)


def things(data: Dataset) -> list[int]:
    return [number for number, id in enumerate(data.id_list) if id.startswith("e")]


@given(data=datasets(), scope=scopes, hops=st.integers(1, 4))
def test_paths_equal_the_naive_reference(data: Dataset, scope: Scope, hops: int) -> None:
    for kernel in KERNELS:
        search = Search(data, scope, kernel=kernel)
        for start, goal in permutations(things(data), 2):
            found = list(search.arc_paths(start, goal, hops))
            ours = [tuple((s.relation, s.end, not s.inclusion) for s in p.steps) for p in found]
            assert sorted(ours) == naive(data, start, goal, scope, hops)
            assert sum(search.path_counts(start, goal, hops)) == len(ours)
            order = [(path.hops, path.arcs) for path in found]
            assert order == sorted(order)


rules = st.builds(
    Rules,
    topic_gate=st.booleans(),
    end_only=st.booleans(),
    influence_only=st.booleans(),
    directed=st.booleans(),
)


@given(data=datasets(ties=True), scope=scopes, rules=rules, by=st.sampled_from(list(RANKINGS)))
def test_both_kernels_give_the_same_list_in_the_order_of_the_rule(
    data: Dataset, scope: Scope, rules: Rules, by: str
) -> None:
    one, other = (Search(data, scope, rules, kernel=kernel) for kernel in KERNELS)
    for start, goal in permutations(things(data), 2):
        lists = [
            [path for batch in search.batches(start, goal, 4, RANKINGS[by]) for path in batch]
            for search in (one, other)
        ]
        assert lists[0] == lists[1]
        costs = {path.arcs: cost_of(one, path, by) for path in lists[0]}
        assert [path.cost for path in lists[0]] == [costs[path.arcs] for path in lists[0]]
        ranked = sorted(
            one.arc_paths(start, goal, 4), key=lambda p: (costs[p.arcs], p.hops, p.arcs)
        )
        assert [path.arcs for path in lists[0]] == [path.arcs for path in ranked]


@given(data=datasets(), scope=scopes, rules=rules, time=st.sampled_from(["", "unknown", "yes"]))
def test_a_path_holds_where_a_search_finds_it(
    data: Dataset, scope: Scope, rules: Rules, time: str
) -> None:
    lesser = [
        Search(data, replace(each, coherent=time), rules, kernel=kernel)
        for each in (scope, replace(scope, sources=frozenset({"s"})))
        for kernel in KERNELS
    ]
    for start, goal in permutations(things(data), 2):
        every = Search(data, EVERYTHING, rules)
        paths = list(every.arc_paths(start, goal, 3))
        for search in lesser:
            found = {path.arcs for path in search.arc_paths(start, goal, 3)}
            held = [search.holds(every.value(path)) for path in paths]
            assert held == [path.arcs in found for path in paths]


def cost_of(search: Search, path: ArcPath, by: str) -> int:
    """The cost of a path, in a second, simple version."""
    data = search.data
    table, words = data.tables["statement"], data.schema.words("confidence")
    weights = [float(word.weight) for word in data.schema.vocabularies["confidence"].values()]
    best, sources = [], []
    for step in path.steps:
        if not step.inclusion:
            rows = [int(row) for row in search.passing(step.relation)]
            best.append(max(words.index(table["confidence"][row]) for row in rows))
            origins = {table["cited"][row].split("|")[0] or table["source"][row] for row in rows}
            sources.append(len(origins))
    hubs = [round(log2(max(int(neighbours(data)[t]), 1)) * 1e6) for t in path.things[1:-1]]
    return {
        "hops": 0,
        "weakest": len(words) - 1 - min(best),
        "product": sum(round(-log(weights[each]) * 1e6) for each in best),
        "sources": -min(sources),
        "hub": sum(hubs),
    }[by]


@given(data=datasets(), scope=scopes, hops=st.integers(1, 3))
def test_relation_paths_equal_networkx(data: Dataset, scope: Scope, hops: int) -> None:
    """Gate, scope and end-only rules off: simple edge paths of a multigraph keyed by relation."""
    rows = passing(data, scope)
    relations, statements = nx.MultiDiGraph(), nx.MultiDiGraph()
    relations.add_nodes_from(range(len(data.id_list)))
    statements.add_nodes_from(range(len(data.id_list)))
    for row in np.flatnonzero(rows):
        ends = int(data.subject[row]), int(data.object[row])
        relations.add_edge(*ends, key=int(data.relations.of_statement[row]))
        statements.add_edge(*ends, key=int(row))
    rules = Rules(topic_gate=False, end_only=False, influence_only=False)
    searches = [Search(data, scope, rules, kernel=kernel) for kernel in KERNELS]
    inner = searches[0].masks.inner[data.type]
    for start, goal in permutations(range(len(data.id_list)), 2):
        shut = [n for n in range(len(inner)) if not inner[n] and n not in {start, goal}]
        theirs, by_row = (
            list(nx.all_simple_edge_paths(without(graph, shut), start, goal, cutoff=hops))
            for graph in (relations, statements)
        )
        for search in searches:
            found = list(search.arc_paths(start, goal, hops))
            ours = sorted(tuple((s.begin, s.end, s.relation) for s in p.steps) for p in found)
            assert ours == sorted(map(tuple, theirs))
            weights = (prod(len(search.passing(s.relation)) for s in p.steps) for p in found)
            assert sum(weights) == len(by_row)


def without(graph: Any, things: list[int]) -> Any:
    return nx.restricted_view(graph, things, [])


@pytest.mark.parametrize("hops", [1, 2, 3, 4, 5])
def test_the_sample_has_the_paths_of_the_naive_reference(hops: int) -> None:
    data = samples.sample()
    numbers = [data.number(id) for id in data.tables["entity"]["id"].all()]
    searches = [Search(data, kernel=kernel) for kernel in KERNELS]
    found = 0
    for start, goal in permutations(numbers, 2):
        expected = naive(data, start, goal, EVERYTHING, hops)
        found += len(expected)
        for search in searches:
            paths = search.arc_paths(start, goal, hops)
            ours = [tuple((s.relation, s.end, not s.inclusion) for s in p.steps) for p in paths]
            assert sorted(ours) == expected, (data.id_list[start], data.id_list[goal])
    assert found > 20


@pytest.mark.parametrize("kernel", KERNELS, ids=lambda kernel: kernel.name)
@pytest.mark.parametrize("by", RANKINGS)
def test_the_first_paths_do_not_wait_for_the_rest(kernel: object, by: str) -> None:
    """Eight layers of six: 6⁷ paths, of which three are asked for."""
    layers = [[f"e{layer}-{n}" for n in range(6)] for layer in range(7)]
    ends = [["e"], *layers, ["ez"]]
    entities = [{"id": id, "type": "Group", "label_en": id} for each in ends for id in each]
    pairs = [(a, b) for one, two in pairwise(ends) for a in one for b in two]
    data = made(entities, [said(n, a, "actsToward", b) for n, (a, b) in enumerate(pairs)])
    search = Search(data, kernel=kernel)  # type: ignore[arg-type]
    begin, end = search.number("e"), search.number("ez")
    batches = search.batches(begin, end, 8, RANKINGS[by])
    found = list(islice((path for batch in batches for path in batch), 3))
    assert [path.hops for path in found] == [8, 8, 8]
    assert [path.arcs for path in found] == sorted(path.arcs for path in found)


def test_the_compiled_kernel_counts_what_it_does_not_list() -> None:
    layers = [[f"e{layer}-{n}" for n in range(9)] for layer in range(5)]
    ends = [["e"], *layers, ["ez"]]
    entities = [{"id": id, "type": "Group", "label_en": id} for each in ends for id in each]
    pairs = [(a, b) for one, two in pairwise(ends) for a in one for b in two]
    data = made(entities, [said(n, a, "actsToward", b) for n, (a, b) in enumerate(pairs)])
    for kernel in KERNELS:
        search = Search(data, kernel=kernel)
        ends_ = search.number("e"), search.number("ez")
        assert sum(search.path_counts(*ends_, 6)) == 9**5
        assert sum(1 for _ in search.arc_paths(*ends_, 6)) == 9**5


def test_an_empty_graph_has_no_path() -> None:
    entities = [{"id": id, "type": "Group", "label_en": id} for id in ("e0", "e1")]
    data = made(entities, [])
    for kernel in KERNELS:
        search = Search(data, kernel=kernel)
        assert list(search.paths("e0", "e1")) == []
    assert count_paths(data, "e0", "e1").number == 0


def test_the_seed_gives_the_same_lists_under_both_kernels() -> None:
    data = load_dataset()
    for by in RANKINGS:
        lists = []
        for kernel in KERNELS:
            search = Search(data, EVERYTHING, RULES, kernel=kernel)
            ends = search.number("armenian-diaspora"), search.number("us-policy-toward-armenia")
            lists.append([p for some in search.batches(*ends, 6, RANKINGS[by]) for p in some])
        assert lists[0] == lists[1]
        assert lists[0]
    assert next(influence_paths(data, "armenian-diaspora", "us-policy-toward-armenia"))

"""Measures of a network, projections, matrices, and what changes when evidence is left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest
from click.testing import CliRunner

from diaspora_graph import (
    MEASURES,
    Network,
    ParameterError,
    Scope,
    UnknownNameError,
    brokerage,
    load_dataset,
    measure,
    mrqap,
    network_of,
    projection,
    qap_correlation,
    sensitivity,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.dataset import Dataset
from networks import GROUPS, TEN, drawn, joined, matrices, named, partition, stated
from samples import sample

ACTS = Scope(relations="actsToward")

# R 4.2.2, igraph 1.3.5: make oracle
OF_IGRAPH: Mapping[str, list[float]] = {
    "betweenness": [14.0, 6.583333333, 8.916666667, 9.666666667, 8.083333333, 7.916666667,
                    7.166666667, 4.5, 12.833333333, 12.333333333],
    "closeness": [0.5, 0.529411765, 0.473684211, 0.5, 0.529411765, 0.473684211, 0.473684211, 0.45,
                  0.473684211, 0.5625],
    "eigenvector": [0.260899652, 0.212777922, 0.366685308, 0.314408497, 0.373191986, 0.294101885,
                    0.324258173, 0.229756602, 0.370604957, 0.363728525],
    "pagerank": [0.119100495, 0.089923117, 0.096889357, 0.105371719, 0.09012142, 0.096889357,
                 0.097355953, 0.079621878, 0.115749981, 0.108976722],
    "constraint": [0.277777778, 0.36, 0.2802, 0.365, 0.3299, 0.3201, 0.43, 0.43, 0.3253, 0.3285],
    "core": [3.0] * 10,
}  # fmt: skip


@cache
def ten() -> Network:
    return network_of(joined(TEN, 10), scope=ACTS)


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


@pytest.mark.parametrize("name", OF_IGRAPH)
def test_a_measure_is_that_of_igraph(name: str) -> None:
    np.testing.assert_allclose(measure(ten(), name).values, OF_IGRAPH[name], rtol=1e-6, atol=1e-8)


def test_pagerank_on_hubs_and_sinks_is_that_of_its_equation() -> None:
    edges = {
        *drawn(40, 90, seed=3),
        *((at, 40) for at in range(38)),
        *((at, 41) for at in range(30)),
    }
    network = network_of(joined(sorted(edges), 42), scope=ACTS)
    size = len(network)
    matrix = network.to_matrix().to_numpy()
    out = matrix.sum(axis=1, keepdims=True)
    assert (out == 0).any()
    assert matrix.sum(axis=0).max() > 24  # more edges into one than there are layers
    passed = np.where(out > 0, matrix / np.maximum(out, 1), 1 / size)
    exact = np.linalg.solve(np.eye(size) - 0.85 * passed.T, np.full(size, 0.15 / size))
    np.testing.assert_allclose(measure(network, "pagerank").values, exact, atol=1e-9)


def test_the_effective_size_of_a_star_with_one_tie_between_its_points() -> None:
    # a hub with three contacts, two of them joined: 3 - 2 * 1 / 3 (Borgatti 1997)
    edges = [(0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0), (1, 2), (2, 1)]
    found = measure(network_of(joined(edges, 4), scope=ACTS), "effective-size")
    assert found.of("n00") == pytest.approx(3 - 2 / 3)
    assert found.of("n03") == pytest.approx(1)


def test_degree_counts_others_and_tells_families_apart(seed: Dataset) -> None:
    frame = measure(network_of(seed), "degree").to_pandas().set_index("actor")
    row = frame.loc["us-congress"]
    assert row["in"] + row["out"] >= row["degree"] >= row["influence"] > 0
    assert measure(ten(), "degree").of("n00") == 4  # 1, 3, 4, 7


def test_communities_are_the_same_for_a_seed_and_the_largest_comes_first() -> None:
    clique = [(a, b) for a in range(4) for b in range(4) if a != b]
    edges = [*clique, *((a + 4, b + 4) for a, b in clique if 3 not in (a, b)), (0, 4)]
    network = network_of(joined(edges, 7), scope=ACTS)
    found = measure(network, "communities", seed=5)
    assert found.values.tolist() == [1, 1, 1, 1, 2, 2, 2]
    # 10 edges: 6 and 3 inside; (6/10 - (13/20)²) + (3/10 - (7/20)²)
    assert found.whole["modularity"] == pytest.approx(0.9 - (13**2 + 7**2) / 400)
    assert found.to_pandas(limit=1)["communities"].item() == 1


def test_no_path_of_influence_goes_through_a_state() -> None:
    entities = [{"id": "land", "type": "State", "label_en": "Land"}]
    entities += [{"id": named(at), "type": "Group", "label_en": named(at)} for at in range(3)]
    rows = [
        {**stated("y0", 0, 0), "object": "land"},
        {**stated("y1", 0, 1), "subject": "land"},
        stated("y2", 1, 2),
    ]
    data = sample({"entity": entities, "statement": rows})
    plain, flows = (network_of(data, scope=ACTS, view=view) for view in ("relations", "influence"))
    assert plain.to_pandas().equals(flows.to_pandas())
    assert measure(plain, "betweenness").of("land") == 2
    assert measure(flows, "betweenness").of("land") == 0
    assert measure(flows, "betweenness").of("n01") == 1  # from the state to n02
    assert measure(plain, "closeness").of("n00") == pytest.approx(3 / 6)  # distances 1, 2, 3
    assert measure(flows, "closeness").of("n00") == pytest.approx(1 / 3)  # the state alone


def test_a_way_back_to_a_state_joins_no_two_actors() -> None:
    entities = [{"id": "land", "type": "State", "label_en": "Land"}]
    entities += [{"id": named(at), "type": "Group", "label_en": named(at)} for at in range(2)]
    rows = [
        {**stated("y0", 0, 0), "subject": "land"},
        stated("y1", 0, 1),
        {**stated("y2", 1, 1), "object": "land"},
    ]
    data = sample({"entity": entities, "statement": rows})
    found = measure(network_of(data, scope=ACTS, view="influence"), "betweenness")
    assert found.ids == ("land", "n00", "n01")
    assert found.values.tolist() == [0, 1, 1]
    assert measure(found.network, "closeness").of("land") == pytest.approx(2 / 3)


def test_every_value_rests_on_statements_of_the_network(seed: Dataset) -> None:
    found = measure(network_of(seed, scope=Scope(families="support")), "pagerank")
    assert found.filters == "relations of support"
    assert all(found.statements)
    assert {id for each in found.statements for id in each} == set(found.network.statements)
    for id in found.network.statements:
        term = seed.schema.predicates[seed.statement(id).predicate]
        assert term.family == "support_family"


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'pagerank'"):
        measure(ten(), "page-rank")
    empty = network_of(sample(), scope=Scope(relations="sameAs"))
    for name in MEASURES:
        with pytest.raises(ParameterError, match=r"no edges.*only sameAs"):
            measure(empty, name)
    with pytest.raises(ParameterError, match="names; they have no sensitivity"):
        sensitivity(joined(TEN, 10), "communities")


# --- two modes ----------------------------------------------------------------------------------


@cache
def concerned() -> Dataset:
    """Return actors on issues: a and b on one and two, c on one."""
    entities = [
        {"id": id, "type": "Group" if len(id) == 2 else "Issue", "label_en": id}
        for id in ("ga", "gb", "gc", "one", "two")
    ]
    pairs = (("ga", "one"), ("gb", "one"), ("gc", "one"), ("ga", "two"), ("gb", "two"))
    rows = [
        {**stated(f"y{at}", 0, 0), "subject": subject, "predicate": "lobbiesOn", "object": thing}
        for at, (subject, thing) in enumerate(pairs)
    ]
    return sample({"entity": entities, "statement": rows})


@pytest.mark.parametrize(
    ("rule", "weights"),
    [
        ("shared", {("ga", "gb"): 2, ("ga", "gc"): 1, ("gb", "gc"): 1}),
        ("newman", {("ga", "gb"): 1.5, ("ga", "gc"): 0.5, ("gb", "gc"): 0.5}),
        ("jaccard", {("ga", "gb"): 1, ("ga", "gc"): 0.5, ("gb", "gc"): 0.5}),
    ],
)
def test_a_projection_weighs_by_its_rule(
    rule: str, weights: Mapping[tuple[str, str], float]
) -> None:
    found = projection(concerned(), ["Issue"], scope=Scope(relations="lobbiesOn"), rule=rule)
    assert {(each.one, each.other): each.weight for each in found} == weights
    assert repr(found).startswith(f"Projection(3 pairs, {rule}: ")
    assert found.pairs[0].shared == ("one", "two")
    assert found.pairs[0].statements == ("y0", "y1", "y3", "y4")
    assert found.to_networkx().graph["rule"] == rule


def test_a_projection_that_cannot_be_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'shared'"):
        projection(concerned(), ["Issue"], rule="share")
    with pytest.raises(ParameterError, match="modes overlap"):
        projection(concerned(), ["Group"])
    with pytest.raises(ParameterError, match=r"no statement within the filters \(only rivalOf\)"):
        projection(concerned(), ["Issue"], scope=Scope(relations="rivalOf"))


# --- matrices -----------------------------------------------------------------------------------


def test_correlation_and_regression_are_those_of_sna() -> None:
    y, one, other = matrices(TEN, 10)
    found = qap_correlation(y, one, permutations=200)
    assert found.correlation == pytest.approx(0.798972923)
    assert (found.at_least, found.at_most) == (0, 1)
    fitted = mrqap(y, {"one": one, "other": other}, permutations=500)
    assert [each.coefficient for each in fitted.coefficients] == pytest.approx(
        [0.011240003, 2.109417147, -1.096766998]
    )
    assert [each.t for each in fitted.coefficients] == pytest.approx(
        [0.071901416, 12.498722458, -3.249282942]
    )
    _, first, second = fitted.coefficients
    assert first.at_least == 0
    assert second.at_least == pytest.approx(0.999, abs=0.01)  # sna: 0.999 of 2,000 permutations
    assert second.as_far == pytest.approx(0.0015, abs=0.01)
    assert "double semi-partialling" in fitted.method


def test_a_seed_gives_the_same_p_values_and_another_others() -> None:
    y, one, other = (np.random.default_rng(at).random((9, 9)) for at in range(3))
    given = {"one": one, "other": other}
    first, again, third = (mrqap(y, given, permutations=300, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first.to_pandas()["as_far"].iloc[1] != third.to_pandas()["as_far"].iloc[1]
    assert qap_correlation(y, one, seed=4) == qap_correlation(y, one, seed=4)


def test_networks_are_aligned_by_their_actors(seed: Dataset) -> None:
    one, other = (network_of(seed, scope=Scope(families=name)) for name in ("support", "influence"))
    found = qap_correlation(one, other, permutations=20)
    assert found.ids == tuple(sorted({*one.ids, *other.ids}))
    assert found.statements == tuple(sorted({*one.statements, *other.statements}))
    assert found.filters == "relations of support; relations of influence"


def test_matrices_that_do_not_fit_are_refused() -> None:
    ring = np.roll(np.eye(6), 1, axis=1)
    for wrong, why in (
        (np.eye(5), "square and of one size; these are 6 × 6, 5 × 5"),
        (np.zeros((6, 5)), "square"),
        (np.zeros((6, 6)), "all cells of a matrix are the same"),
        (np.full((6, 6), np.nan), "cells without a number"),
    ):
        with pytest.raises(ParameterError, match=why):
            qap_correlation(ring, wrong)
    with pytest.raises(ParameterError, match="at least 4 actors are needed; there are 3"):
        qap_correlation(np.eye(3), np.eye(3))
    with pytest.raises(ParameterError, match="sum of the others"):
        mrqap(ring, {"a": ring, "b": 2 * ring})
    with pytest.raises(ParameterError, match="at least one predictor"):
        mrqap(ring, {})
    with pytest.raises(ParameterError, match="0 permutations"):
        qap_correlation(ring, ring, permutations=0)
    with pytest.raises(ParameterError, match="no row and column for 4 of 10 actors"):
        qap_correlation(ten(), ten().to_matrix().iloc[:6, :6])


# --- sensitivity --------------------------------------------------------------------------------


def doubted() -> Dataset:
    """Return a hub of four edges: two of one source, one undated, one disputed."""
    entities = [{"id": named(at), "type": "Group", "label_en": named(at)} for at in range(5)]
    dated = {"valid": "2019", "source": "doe2020"}
    rows = [
        stated("y1", 0, 1, **{**dated, "source": "roe2018"}),
        stated("y2", 0, 2, **{**dated, "cited": "roe2018"}),
        stated("y3", 0, 3, **{**dated, "valid": ""}),
        stated("y4", 0, 4, **{**dated, "status": "disputed"}),
    ]
    flag = {"id": "f9", "target": "y4", "kind": "contested", "note": "doubt"}
    return sample({"entity": entities, "statement": rows, "flag": [flag]})


def test_each_removal_of_evidence_shows_in_the_value() -> None:
    found = sensitivity(doubted(), "degree", scope=ACTS, limit=2)
    assert (found.ids, found.values) == (("n00", "n01"), (4, 1))
    values = {each.name(): each.values for each in found.losses}
    assert values["roe2018"][0] == 2  # it says one and is credited with another
    assert values["doe2020"][0] == 1
    assert values["what is undated"][0] == 3
    assert values["what is disputed"][0] == 3
    assert np.isnan(values["roe2018"][1])  # its only edge is gone
    assert {each.name(): each.statements for each in found.losses}["doe2020"] == 3
    assert found.ranges()[0] == (1, "doe2020", 4, "")
    assert np.isnan(found.ranges()[1][0])
    assert found.to_pandas().shape == (8, 6)
    assert found.statements[0] == ("y1", "y2", "y3", "y4")


def test_brokerage_has_a_sensitivity_too() -> None:
    found = sensitivity(
        joined(TEN, 10), lambda network: brokerage(network, partition(GROUPS)).measured("liaison"),
        scope=ACTS, limit=1,
    )  # fmt: skip
    assert (found.ids, found.values) == (("n08",), (2,))
    assert np.isnan([each.values[0] for each in found.losses if each.what == "doe2020"]).all()


# --- the command --------------------------------------------------------------------------------


def said(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("name", MEASURES)
def test_the_command_prints_every_measure_with_its_rule(name: str) -> None:
    text = said("measure", name, "--limit", "2", "--family", "ties")
    assert "edges are relations as they are written" in text
    assert "filters: relations of ties" in text
    assert "2 of " in text


def test_rows_for_programs_hold_the_statements_and_numbers() -> None:
    (row,) = json.loads(said("measure", "pagerank", "--limit", "1", "--format", "json"))
    assert row["actor_label"]
    assert row["view"] == "relations"
    assert 0 < row["pagerank"] < 1
    assert row["statements"].count("|") > 1


def test_the_command_shows_how_values_change() -> None:
    text = said("measure", "degree", "--limit", "1", "--relation", "reliesOn", "--sensitivity")
    assert "lowest without" in text
    assert "what is undated" in text or "gone" in text


def test_the_command_names_near_measures() -> None:
    done = CliRunner().invoke(main, ["measure", "betweeness"])
    assert done.exit_code == 1
    assert "did you mean 'betweenness'" in done.output


def test_help_names_every_measure() -> None:
    text = " ".join(said("measure", "--help").split())
    assert all(name in text for name in MEASURES)

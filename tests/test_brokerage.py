"""The network that a scope leaves, partitions of it, and who brokers between groups."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from diaspora_graph import (
    FileError,
    Network,
    ParameterError,
    Scope,
    UnknownNameError,
    brokerage,
    brokerage_by,
    class_partition,
    country_partition,
    covered,
    load_dataset,
    network_of,
    read_partition,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.measures.brokerage import PARTS, ROLES
from diaspora_graph.measures.network import network_from
from networks import GROUPS, TEN, Edge, joined, named, partition, stated
from samples import sample

ACTS = Scope(relations="actsToward")

# R 4.2.2, sna 2.7-1: make oracle
RAW = {
    "coordinator": [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    "itinerant": [0, 0, 1, 0, 1, 0, 0, 0, 0, 1],
    "representative": [4, 1, 1, 1, 1, 1, 1, 1, 1, 2],
    "gatekeeper": [1, 2, 2, 1, 1, 2, 1, 1, 2, 1],
    "liaison": [1, 0, 1, 0, 1, 1, 1, 0, 2, 1],
    "total": [7, 4, 6, 3, 5, 5, 4, 3, 6, 6],
}
# of the group of four, and of a group of three
EXPECTED = {
    "coordinator": (0.312888889, 0.104296296),
    "itinerant": (0.625777778, 0.938666667),
    "representative": (0.938666667, 0.730074074),
    "gatekeeper": (0.938666667, 0.730074074),
    "liaison": (0.938666667, 1.251555556),
    "total": (3.754666667, 3.754666667),
}
VARIANCE = {
    "coordinator": (0.386313481, 0.098857438),
    "itinerant": (0.772626963, 1.338422782),
    "representative": (1.83199921, 1.424888274),
    "gatekeeper": (1.83199921, 1.424888274),
    "liaison": (1.428163951, 2.083700938),
    "total": (11.097125926, 11.097125926),
}
Z_TOTAL = [
    0.974213298, 0.073646363, 0.67402432, -0.226542616, 0.373835341, 0.373835341, 0.073646363,
    -0.226542616, 0.67402432, 0.67402432,
]  # fmt: skip


@cache
def ten() -> Network:
    return network_of(joined(TEN, 10), scope=ACTS)


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


@pytest.mark.parametrize("role", ROLES)
def test_brokerage_is_that_of_sna(role: str) -> None:
    found = brokerage(ten(), partition(GROUPS))
    at = ROLES.index(role)
    assert found.raw[:, at].tolist() == RAW[role]
    four, three = EXPECTED[role]
    np.testing.assert_allclose(found.expected[:, at], [four] * 4 + [three] * 6, rtol=1e-8)
    four, three = VARIANCE[role]
    np.testing.assert_allclose(found.variance[:, at], [four] * 4 + [three] * 6, rtol=1e-8)


def test_z_is_that_of_sna() -> None:
    found = brokerage(ten(), partition(GROUPS))
    np.testing.assert_allclose(found.z[:, -1], Z_TOTAL, rtol=1e-7)


PAIRS = tuple(permutations(range(7), 2))


@cache
def seven() -> Dataset:
    return joined(PAIRS, 7)


@given(
    st.sets(st.sampled_from(PAIRS), min_size=3),
    st.lists(st.sampled_from("abc"), min_size=7, max_size=7),
)
@settings(max_examples=60, deadline=None)
def test_brokerage_counts_what_one_can_count_by_hand(edges: set[Edge], groups: list[str]) -> None:
    chosen = [f"x{at:05}" for at, pair in enumerate(PAIRS) if pair in edges]
    kept = np.isin(seven().tables["statement"]["id"].all(), chosen)
    network = network_from(seven(), kept, ACTS, "relations")
    found = brokerage(network, partition(groups))
    by_hand = dict.fromkeys(((id, role) for id in network.ids for role in ROLES), 0)
    for i, v, j in permutations(range(7), 3):
        if (i, v) in edges and (v, j) in edges and (i, j) not in edges:
            by_hand[named(v), _role(groups[i], groups[v], groups[j])] += 1
            by_hand[named(v), "total"] += 1
    for id, role in by_hand:
        assert found.of(id)[role] == by_hand[id, role], (id, role)


def _role(i: str, v: str, j: str) -> str:
    if i == j:
        return "coordinator" if v == i else "itinerant"
    return "representative" if i == v else "gatekeeper" if j == v else "liaison"


def test_a_row_names_the_statements_of_the_brokers_edges() -> None:
    row = brokerage(ten(), partition(GROUPS)).to_pandas(limit=1).iloc[0]
    assert row["actor"] == "n00"
    mine = [f"x{at:05}" for at, edge in enumerate(TEN) if 0 in edge]
    assert row["statements"].split("|") == mine


def test_several_statements_are_one_edge_and_denials_none() -> None:
    extra = [
        stated("y1", 0, 1, source="roe2018"),
        stated("y2", 1, 2, polarity="denies"),
        stated("y3", 2, 3, status="deprecated"),
    ]
    entities = [{"id": named(at), "type": "Group", "label_en": named(at)} for at in range(4)]
    data = sample({"entity": entities, "statement": [stated("y0", 0, 1), *extra]})
    network = network_of(data, scope=ACTS)
    assert network.ids == ("n00", "n01")
    assert network.edge_statements("n00", "n01") == ("y0", "y1")
    assert network.to_pandas().values.tolist() == [["n00", "n01", "y0|y1"]]


def test_the_two_views_of_a_relation() -> None:
    data = sample()
    relies = Scope(relations="reliesOn")  # aland-lobby relies on alans-beland: influence runs back
    plain, flows = (
        network_of(data, scope=relies, view=view) for view in ("relations", "influence")
    )
    assert plain.to_pandas().values.tolist() == [["aland-lobby", "alans-beland", "s008"]]
    assert flows.to_pandas().values.tolist() == [["alans-beland", "aland-lobby", "s008"]]
    parts = network_of(data, scope=Scope(relations="partOf"), view="influence").to_pandas()
    edges = set(zip(parts["from"], parts["to"], strict=True))
    assert ("alans", "alans-beland") in edges
    assert ("alans-beland", "alans") not in edges  # a part influences the whole only at the end
    rivals = network_of(data, scope=Scope(relations="rivalOf"))
    assert len(rivals.begin) == 2  # symmetric
    with pytest.raises(ParameterError, match="no edges"):
        network_of(data, scope=Scope(relations="rivalOf"), view="influence").needs(2, "degree")


def test_only_the_classes_asked_for_are_joined() -> None:
    laws = network_of(sample(), classes=["Actor", "policy"])
    assert "aid-law" in laws.ids
    assert "aid-law" not in network_of(sample()).ids
    with pytest.raises(UnknownNameError, match="Actor"):
        network_of(sample(), classes="Actr")


def test_a_state_brokers_no_influence(seed: Dataset) -> None:
    network = network_of(seed, view="influence")
    found = brokerage_by(network, "class")
    place = network.position("kazakhstan")
    assert all(np.isnan(getattr(found, part)[place]).all() for part in PARTS)
    assert place not in found.top()
    plain = brokerage_by(network_of(seed), "class")
    assert plain.of("kazakhstan")["total"] > 0


def test_the_partition_by_country_leaves_out_whom_it_does_not_cover(seed: Dataset) -> None:
    network = network_of(seed)
    found = brokerage_by(network, "country")
    countries = country_partition(seed)
    assert set(found.groups) <= {"armenia", *countries.values()}
    assert [countries[id] for id in found.ids] == list(found.groups)
    assert sorted([*found.ids, *found.left_out]) == list(network.ids)
    assert countries["president-of-kazakhstan"] == "kazakhstan"  # no organ of the Soviet Union


def test_a_partition_may_name_actors_by_label() -> None:
    network = network_of(sample(), scope=Scope(relations="reliesOn"))
    names = {"Aland Committee": "a", "Alan diaspora in Beland": "b"}
    assert covered(network, {"aland-lobby": "a"})[1] == ("aland-lobby", "alans-beland")
    with pytest.raises(ParameterError, match="at least 3 actors; there are 2"):
        brokerage(network, names)


def test_a_partition_must_cover_the_network() -> None:
    groups = dict(list(partition(GROUPS).items())[:7])
    with pytest.raises(ParameterError, match="does not cover 3 of 10 actors: n07, n08, n09"):
        brokerage(ten(), groups)
    with pytest.raises(UnknownNameError, match="n99"):
        brokerage(ten(), {**partition(GROUPS), "n99": "a"})
    with pytest.raises(UnknownNameError, match="did you mean 'country'"):
        brokerage_by(ten(), "contry")
    with pytest.raises(ParameterError, match="no edge joins two actors that belong to a country"):
        brokerage_by(ten(), "country")


def test_a_view_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'influence'"):
        network_of(sample(), view="influences")
    with pytest.raises(ParameterError, match="no paths"):
        network_of(sample(), scope=Scope(through="Group"))
    with pytest.raises(ParameterError, match="no edge in this network"):
        ten().position("aland")


def test_a_partition_is_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text("\ufeffactor,group\nANCA,lobby\n\nkazakhstan, state \n", "utf-8")
    assert read_partition(file) == {"ANCA": "lobby", "kazakhstan": "state"}
    for text, why in (
        ("actor,group\n", "no rows"),
        ("actor,group\nanca\n", "row 2: expected an actor and its group"),
        ("actor,group\nanca,a\nanca,b\n", "row 3: 'anca' is already in 'a'"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(FileError, match=why):
            read_partition(file)
    file.write_bytes("actor,group\nЖ,а\n".encode("cp1251"))
    with pytest.raises(FileError, match="not UTF-8"):
        read_partition(file)
    with pytest.raises(FileError, match="country, class or a CSV file"):
        read_partition(tmp_path / "missing.csv")


def said(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_says_what_it_counted() -> None:
    text = said("brokers", "--by", "class", "--view", "influence", "--limit", "2")
    assert "Gould and Fernandez 1989" in text
    assert "edges are the flow of influence" in text
    assert "2 of " in text
    assert "left out: " in said("brokers", "--limit", "1")
    rows = said("brokers", "--by", "class", "--limit", "1", "--format", "csv", "--ids").splitlines()
    assert rows[0] == "actor,group,role,raw,expected,variance,z,statements,by,view,filters"
    assert len(rows) == 1 + len(ROLES)


def test_the_command_takes_a_file_and_refuses_one_that_does_not_cover(tmp_path: Path) -> None:
    file = tmp_path / "groups.csv"
    file.write_text("actor,group\nANCA,lobby\n", "utf-8")
    done = CliRunner().invoke(main, ["brokers", "--by", str(file)])
    assert done.exit_code == 1
    assert "does not cover" in done.output


def test_the_partition_by_class_covers_everything(seed: Dataset) -> None:
    network = network_of(seed)
    assert covered(network, class_partition(seed))[1] == ()

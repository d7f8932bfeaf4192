"""Scores, ranks and distances, worked by hand on small codings, and their invariants on any."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph import (
    Dataset,
    ParameterError,
    Scores,
    contrasts,
    distances,
    load_dataset,
    scores,
)
from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.records import Kind
from diaspora_graph.policies.aggregation import RULES
from diaspora_graph.policies.scores import TOTAL
from diaspora_graph.reading.load import dataset_of
from samples import ROWS, Row

ITEMS = (
    "diaspora_ministry", "diaspora_agency", "parliament_body", "diaspora_fund",
    "dual_citizenship", "voting_from_abroad", "reserved_seats", "property_right", "right_of_return",
    "ancestry_naturalisation", "ethnic_status", "citizenship_loss",
)  # fmt: skip
"""Four institutions, and eight on status and rights; the last one means less engagement."""


PLACE = {
    "source": "doe2020", "locator": "p. 1", "passage": "p7c36ab6a31bfc0c7:212",
    "confidence": "high",
}  # fmt: skip


def coded(values: dict[str, dict[str, str]]) -> Dataset:
    """Return a dataset with states of these names and these values of items."""
    rows: dict[Kind, list[Row]] = {
        "dataset": [*ROWS["dataset"]],
        "source": [each for each in ROWS["source"] if each["id"] == "doe2020"],
        "entity": [
            *({"id": name, "type": "State", "label_en": name.title()} for name in values),
            {"id": "people", "type": "Diaspora", "label_en": "People"},
        ],
        "statement": [
            {"id": "st-one", "subject": next(iter(values)), "predicate": "engages",
             "object": "people", **PLACE},
        ],
        "coding": [
            {
                "id": f"co-{state}-{item}".replace("_", "-"), "subject": state, "item": item,
                "value": value, "coder": "me", "valid": "2000/", "evidence": "st-one", **PLACE,
            }
            for state, given in values.items()
            for item, value in given.items()
        ],
    }  # fmt: skip
    return dataset_of({kind: table_of(kind, each) for kind, each in rows.items()})


def value(found: Scores, state: str, rule: str, dimension: str = TOTAL) -> float | None:
    return found.of(state, dimension=dimension, rule=rule).value


WORKED = {
    # institutions: 1, 0.5 → 0.75; status and rights: 1, 0 and a loss of citizenship of 1 → 1, 0, 0
    "one": {
        "diaspora_ministry": "1", "diaspora_agency": "0.5", "dual_citizenship": "1",
        "voting_from_abroad": "0", "citizenship_loss": "1",
    },
    # institutions: 0.5, 0.5; status and rights: 0.5, 0.5, 1 - 0.5
    "two": {
        "diaspora_ministry": "0.5", "diaspora_agency": "0.5", "dual_citizenship": "0.5",
        "voting_from_abroad": "0.5", "citizenship_loss": "0.5",
    },
    # institutions: 0, not found; status and rights: contested, not applicable, 1
    "three": {
        "diaspora_ministry": "0", "diaspora_agency": "not_found", "dual_citizenship": "contested",
        "voting_from_abroad": "not_applicable", "citizenship_loss": "0",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def worked() -> Scores:
    return scores(coded(WORKED), ["one", "two", "three"])


def test_the_arithmetic_rule(worked: Scores) -> None:
    assert value(worked, "one", "arithmetic", "items-institutions") == pytest.approx(0.75)
    assert value(worked, "one", "arithmetic", "items-status_and_rights") == pytest.approx(1 / 3)
    assert value(worked, "one", "arithmetic") == pytest.approx((0.75 + 1 / 3) / 2)
    assert value(worked, "two", "arithmetic") == pytest.approx(0.5)
    assert value(worked, "three", "arithmetic") == pytest.approx((0 + 1) / 2)


def test_the_geometric_rule_makes_up_for_no_zero(worked: Scores) -> None:
    institutions = value(worked, "one", "geometric", "items-institutions")
    assert institutions == pytest.approx(math.sqrt(0.5))
    assert value(worked, "one", "geometric", "items-status_and_rights") == 0
    assert value(worked, "one", "geometric") == pytest.approx(math.sqrt(0.75 / 3))
    assert value(worked, "two", "geometric") == pytest.approx(0.5)
    assert value(worked, "three", "geometric") == 0


def test_the_noncompensatory_rule_counts_wins(worked: Scores) -> None:
    """Weights: half for each institution, a third for each right.

    One beats two: the ministry (1/2), dual citizenship (1/3) against voting and loss (2/3).
    Three is lower than both on the ministry (1/2) and higher on loss (1/3).
    """
    assert value(worked, "one", "noncompensatory") == 1
    assert value(worked, "two", "noncompensatory") == 0
    assert value(worked, "three", "noncompensatory") == -1


def test_missing_items_open_bounds_and_are_never_zero(worked: Scores) -> None:
    three = worked.of("three", rule="arithmetic")
    assert (three.items, three.missing) == (2, 2)
    assert three.low == pytest.approx((0 + (0 + 1) / 2) / 2)
    assert three.high == pytest.approx(((0 + 1) / 2 + 1) / 2)
    one = worked.of("one", rule="arithmetic")
    assert one.low == one.value == one.high
    assert [worked.of(state, rule="arithmetic").best for state in ("two", "three")] == [2, 1]


def test_ranks_change_with_the_rule(worked: Scores) -> None:
    ranks = {rule: worked.of("three", rule=rule).rank for rule in RULES}
    assert ranks == {"arithmetic": 2, "geometric": 3, "noncompensatory": 3}


def test_every_item_class_and_coder_is_left_out_once(worked: Scores) -> None:
    left = {(each.kind, each.without) for each in worked.variants}
    assert {name for kind, name in left if kind == "item"} == set(WORKED["one"])
    assert ("coder", "me") in left
    assert {name for kind, name in left if kind == "source_class"}
    variant = next(
        each for each in worked.variants
        if (each.without, each.rule) == ("diaspora_ministry", "arithmetic")
    )  # fmt: skip
    # without it: one (0.5 + 1/3) / 2, two 0.5, three 1 (its rights alone)
    assert variant.ranks == (3, 2, 1)
    nothing = next(each for each in worked.variants if each.without == "me")
    assert nothing.ranks == (None, None, None)


_VALUES = st.sampled_from(["0", "0.5", "1", "not_found", "contested", "not_applicable", ""])
_STATES = ("ay", "bee", "see")
_MATRICES = st.fixed_dictionaries(
    {name: st.fixed_dictionaries(dict.fromkeys(ITEMS, _VALUES)) for name in _STATES}
)


@given(_MATRICES)
def test_invariants(matrix: dict[str, dict[str, str]]) -> None:
    values = {
        state: {item: value for item, value in given.items() if value}
        for state, given in matrix.items()
    }
    found = scores(coded(values), _STATES)
    turned = scores(coded(values), tuple(reversed(_STATES)))
    for row in found.rows:
        if row.value is not None:
            if row.rule != "noncompensatory":
                assert row.low - 1e-9 <= row.value <= row.high + 1e-9
            assert row.rank is not None
            assert row.best <= row.worst
            if not any(r.missing for r in found.rows if r.dimension == row.dimension):
                assert row.low == pytest.approx(row.value) == pytest.approx(row.high)
                assert row.best == row.rank == row.worst
        again = turned.of(row.state, dimension=row.dimension, rule=row.rule)
        assert again == row  # the order of the states changes nothing


def test_distances_by_hand() -> None:
    ten = dict.fromkeys(ITEMS[:10], "1")
    values = {
        "one": ten,
        "two": {**ten, "diaspora_ministry": "0", "diaspora_agency": "0.5"},
        "three": {**dict.fromkeys(ITEMS[:9], "1"), "right_of_return": "not_found"},
        "four": {**ten, "citizenship_loss": "0"},
    }
    found = distances(coded(values), list(values))
    pairs = {(pair.first, pair.second): pair for pair in found.pairs}
    assert pairs["one", "two"].distance == pytest.approx(1.5 / 10)
    assert pairs["one", "two"].differing == ("diaspora_ministry", "diaspora_agency")
    assert pairs["one", "four"].distance == 0
    thin = pairs["one", "three"]
    assert (thin.distance, thin.shared) == (None, 8 + ("ancestry_naturalisation" in ITEMS[:9]))
    with pytest.raises(ParameterError, match="one and three share"):
        found.merges()
    with pytest.raises(ParameterError, match="at least 4"):
        distances(coded(values), ["one", "two", "four"]).merges()


def test_groups_by_average_linkage() -> None:
    ten = dict.fromkeys(ITEMS[:10], "0")

    def with_ones(count: int) -> dict[str, str]:
        return {**ten, **dict.fromkeys(ITEMS[:count], "1")}

    values = {"a": with_ones(0), "b": with_ones(1), "c": with_ones(6), "d": with_ones(10)}
    merges = distances(coded(values), list("abcd")).merges()
    # ab at 0.1; cd at 0.4; then the mean of ac 0.6, ad 1, bc 0.5, bd 0.9
    assert [group for _, group in merges] == [("a", "b"), ("c", "d"), ("a", "b", "c", "d")]
    assert [distance for distance, _ in merges] == pytest.approx([0.1, 0.4, 0.75])


def test_contrasts_are_the_pairs_of_the_two_designs() -> None:
    eleven = dict.fromkeys(ITEMS[:11], "1")
    values = {
        "one": eleven,
        "two": {**eleven, "dual_citizenship": "0"},
        "three": {**dict.fromkeys(ITEMS[:11], "0"), "dual_citizenship": "1"},
    }
    found = contrasts(coded(values), list(values), "B1")
    assert [(each.design, each.pair.first, each.pair.second) for each in found] == [
        ("most_similar", "one", "two"),
        ("most_similar", "two", "three"),
        ("most_different", "one", "three"),
    ]
    assert found[0].pair.distance == 0
    with pytest.raises(ParameterError, match="an outcome needs two"):
        contrasts(coded(values), list(values), "C2")


def test_too_few_states(tmp_path: Path) -> None:
    seed = load_dataset()
    with pytest.raises(ParameterError, match="at least two states"):
        scores(seed, ["Armenia"])
    with pytest.raises(ParameterError, match="at least two states"):
        distances(seed, ["Armenia"])
    with pytest.raises(ParameterError, match="no score of"):
        scores(seed, ["Armenia", "KZ"]).of("KZ", rule="harmonic")


def test_no_score_stands_alone() -> None:
    found = scores(load_dataset(), ["AM", "IL", "IN", "KR", "KZ"])
    for state in found.states:
        for dimension in {row.dimension for row in found.rows}:
            assert {r.rule for r in found.rows if (r.state, r.dimension) == (state, dimension)} == (
                set(RULES)
            )
            first = found.of(state, dimension=dimension, rule="arithmetic")
            assert first.items + first.missing > 0

"""Numbers that differ, the policies for them, and groups of claims that disagree."""

from __future__ import annotations

import csv
import io
import statistics
from collections.abc import Sequence

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph import (
    Dataset,
    Disagreements,
    Figure,
    ParameterError,
    Scope,
    UnknownNameError,
    disagreements,
    load_dataset,
    reconciled,
)
from diaspora_graph.cli import main
from diaspora_graph.cli.output import WIDEST
from diaspora_graph.measures.reconcile import POLICIES, checked_policy, figures_of
from diaspora_graph.measures.series import by_time
from samples import PASSAGE, Row, sample


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 1, result.output
    return result.output


def figures(*values: str, **more: str) -> list[Figure]:
    return [Figure(claim=f"o{n}", value=value, source=f"s{n}", unit="persons", **more)  # type: ignore[arg-type]
            for n, value in enumerate(values)]  # fmt: skip


# --- the policies: each by hand


@pytest.mark.parametrize(
    ("policy", "values", "text"),
    [
        ("all", ["7000000", "5500000", "7000000"], "5,500,000; 7,000,000"),
        ("range", ["7000000", "5500000", "6000000"], "5,500,000–7,000,000"),
        ("range", ["100", "100.0"], "100"),
        ("median", ["1", "2", "10"], "2"),
        ("median", ["1", "2", "3", "10"], "2.5"),
        ("median", ["0.1", "0.2"], "0.15"),
        ("median", [], ""),
        ("range", [], ""),
        ("all", [], ""),
    ],
)
def test_policies(policy: str, values: Sequence[str], text: str) -> None:
    found = reconciled(figures(*values), policy)
    assert found.text() == text
    assert found.total == len(values)
    assert found.claims == tuple(f"o{n}" for n in range(len(values)))


def test_a_range_counts_with_its_ends_and_with_its_middle() -> None:
    said = [Figure(claim="a", value="3000000", high="5000000"), Figure(claim="b", value="7000000")]
    assert reconciled(said, "range").values == ("3000000", "7000000")
    assert reconciled(said, "median").values == ("5500000",)
    assert reconciled(said).text() == "3,000,000–5,000,000; 7,000,000"
    below = [Figure(claim="a", value="-5", high="0"), Figure(claim="b", value="-2")]
    assert reconciled(below, "range").values == ("-5", "0")


def test_the_best_class_of_source_speaks_alone() -> None:
    said = [Figure(claim="wiki", value="1", rank=0), Figure(claim="law", value="3", rank=5),
            Figure(claim="none", value="9"), Figure(claim="law-2", value="2", rank=5)]  # fmt: skip
    found = reconciled(said, "best-source")
    assert (found.text(), found.claims, found.total) == ("2; 3", ("law", "law-2"), 4)


def test_one_source_speaks_alone() -> None:
    assert reconciled(figures("5", "6"), "source=s1").claims == ("o1",)
    assert reconciled(figures("5", "6"), "source=nobody").values == ()


def test_what_many_repeat_from_one_origin_counts_once() -> None:
    copies = [Figure(claim=f"c{n}", value="10", origin="census") for n in range(5)]
    own = [Figure(claim="d", value="20", origin="embassy"),
           Figure(claim="e", value="30", origin="census")]  # fmt: skip
    assert reconciled([*copies, *own], "median").text() == "20"


@pytest.mark.parametrize("policy", ["range", "median"])
def test_dates_and_words_have_no_middle(policy: str) -> None:
    dates = [
        Figure(claim="a", value="1995", unit="date"),
        Figure(claim="b", value="1990", unit="date"),
    ]
    found = reconciled(dates, policy)
    assert (found.policy, found.values) == ("all", ("1990", "1995"))
    assert reconciled([Figure(claim="a", value="low", unit="level")], policy).values == ("low",)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=8))
def test_the_median_is_that_of_the_library(values: list[int]) -> None:
    found = reconciled(figures(*map(str, values)), "median")
    assert float(found.values[0]) == statistics.median(values)


def test_mistakes_in_a_policy() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'median'"):
        reconciled([], "medain")
    with pytest.raises(UnknownNameError, match="did you mean 'best-source'"):
        reconciled([], "best_source")
    with pytest.raises(ParameterError, match="write source=ID"):
        reconciled([], "source=")
    with pytest.raises(ParameterError, match="percent and persons cannot be reconciled"):
        reconciled([*figures("1"), Figure(claim="x", value="2", unit="percent")])
    with pytest.raises(UnknownNameError, match="nurbek2025"):
        checked_policy(load_dataset(), "source=nurbek2052")
    with pytest.raises(UnknownNameError):
        checked_policy(load_dataset(), "source=armenia")


def test_the_rank_of_a_source_is_that_of_the_ontology() -> None:
    data = load_dataset()
    rows = [data.observation(id) for id in data.tables["observation"]["id"].all()]
    words = data.schema.words("source_class")
    assert words.index("wiki") < words.index("news") < words.index("primary_law")
    for row, figure in zip(rows, figures_of(data, rows), strict=True):
        word = data.source(row.source).source_class
        assert figure.rank == (words.index(word) if word else -1)


def test_a_series_takes_a_policy() -> None:
    rows = [counts("a1", "10", "2001"), counts("a2", "30", "2001", source="roe2018"),
            counts("a3", "50", "1999"), counts("a4", "1", "2001", unit="percent")]  # fmt: skip
    data = sample({"observation": rows})
    found = by_time(data, [data.observation(row["id"]) for row in rows], "range")
    assert [{time: each.text() for time, each in times.items()} for times in found.values()] == [
        {"1999": "50", "2001": "10–30"},
        {"2001": "1"},
    ]


# --- groups of claims that disagree


def claim(id: str, **more: str) -> Row:
    given = {"source": "doe2020", "locator": "p. 12", "passage": PASSAGE, "confidence": "medium"}
    return {"id": id} | given | more


def counts(id: str, value: str, valid: str = "", **more: str) -> Row:
    given = {"subject": "cela", "measure": "tourists", "unit": "persons"}
    return claim(id, value=value, valid=valid, **(given | more))


def says(id: str, object_: str, **more: str) -> Row:
    return claim(id, subject="rival-lobby", predicate="lobbiesOn", object=object_, **more)


def groups(found: Disagreements) -> dict[str, tuple[str, ...]]:
    return {each.group: each.claims for each in found.rows}


def of(rows: Sequence[Row], **more: object) -> Disagreements:
    return disagreements(sample({"observation": rows}), subject="cela", **more)  # type: ignore[arg-type]


def test_different_values_for_one_time_disagree() -> None:
    found = of([counts("a1", "10", "2001"), counts("a2", "12", "2001"), counts("a3", "9", "2002")])
    assert groups(found) == {"a1": ("a1", "a2")}
    assert found.rows[0].reasons == ("different values",)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"value": "10"}, {"value": "10.0"}, False),
        ({"value": "10", "bound": "over"}, {"value": "12"}, False),
        ({"value": "10", "bound": "up_to"}, {"value": "12"}, True),
        ({"value": "10", "value_high": "20"}, {"value": "15"}, False),
        ({"value": "10", "value_high": "20"}, {"value": "21"}, True),
        ({"value": "10"}, {"value": "12", "partner": "aland"}, False),
        ({"value": "10"}, {"value": "12", "unit": "percent"}, False),
        ({"value": "10"}, {"value": "12", "source": "roe2018"}, True),
    ],
)
def test_what_fits_together_does_not_disagree(
    one: dict[str, str], other: dict[str, str], *, apart: bool
) -> None:
    rows = [counts(id, valid="2001", **each) for id, each in (("a1", one), ("a2", other))]
    assert bool(of(rows).rows) == apart


@pytest.mark.parametrize(("one", "other", "apart"), [
    ("1963", "1963-01-03", False), ("1963", "1964", True), ("196X", "1964-05", False),
])  # fmt: skip
def test_dates_disagree_if_no_day_fits_both(one: str, other: str, *, apart: bool) -> None:
    rows = [counts(f"a{n}", value, measure="founded", unit="date", subject="aland-lobby")
            for n, value in enumerate((one, other))]  # fmt: skip
    found = disagreements(sample({"observation": rows}), measure="founded", subject="aland-lobby")
    # o007 of the sample says 1972-04: it disagrees with all of these
    assert len(found.rows) == 1
    pair = disagreements(
        sample({"observation": [{**row, "subject": "rival-lobby"} for row in rows]}),
        subject="rival-lobby",
    )
    assert bool(pair.rows) == apart


def test_values_without_a_time_may_disagree_and_are_counted() -> None:
    found = of([counts("a1", "10"), counts("a2", "12")])
    assert (found.rows, found.undated) == ((), 1)


def test_a_conflict_group_holds_claims_of_every_kind() -> None:
    data = sample()
    found = disagreements(data)
    # s003 denies what s001 and s002 affirm, and is in one conflict with s004
    assert groups(found)["lobby-1"] == ("s001", "s002", "s003", "s004")
    assert groups(found)["power-1"] == ("s027", "s028")
    power = next(each for each in found.rows if each.group == "power-1")
    assert power.reasons == ("in conflict", "affirmed and denied")


def test_a_group_needs_two_claims_that_pass() -> None:
    scope = Scope(without_sources="roe2018")
    assert "power-1" not in groups(disagreements(sample(), scope=scope))


@pytest.mark.parametrize(
    ("denial", "apart"),
    [
        ({"valid": "2001"}, True),
        ({"valid": "2010"}, False),
        ({}, True),
        ({"status": "deprecated"}, False),
    ],
)
def test_a_denial_disagrees_at_the_same_time(denial: dict[str, str], *, apart: bool) -> None:
    rows = [
        says("b1", "trade", valid="2000/2005"),
        says("b2", "trade", polarity="denies", **denial),
    ]
    found = disagreements(sample({"statement": rows}), subject="rival-lobby")
    assert groups(found) == ({"b1": ("b1", "b2")} if apart else {})


def test_a_denial_of_another_topic_is_none() -> None:
    both = {"subject": "rival-lobby", "predicate": "lobbies", "object": "beland-assembly"}
    rows = [
        claim("b1", about="trade", **both),
        claim("b2", about="recognition", polarity="denies", **both),
    ]
    assert groups(disagreements(sample({"statement": rows}), subject="rival-lobby")) == {}


def test_groups_that_share_a_claim_are_one() -> None:
    rows = [counts("a1", "10", "2001", conflict_group="g"), counts("a2", "12", "2001"),
            counts("a3", "50", "1999", conflict_group="g")]  # fmt: skip
    found = of(rows)
    assert groups(found) == {"g": ("a1", "a2", "a3")}
    assert found.rows[0].reasons == ("in conflict", "different values")


def test_a_disagreement_between_two_groups_makes_them_one() -> None:
    rows = [counts("a1", "10", "2001", conflict_group="g"), counts("a2", "12", "2001",
            conflict_group="h"), counts("a3", "1", "1999", conflict_group="g"),
            counts("a4", "1", "1998", conflict_group="h")]  # fmt: skip
    assert groups(of(rows)) == {"g": ("a1", "a2", "a3", "a4")}


def test_numbers_of_a_group_are_reconciled() -> None:
    rows = [counts("a1", "10", "2001"), counts("a2", "12", "2001", source="roe2018")]
    (row,) = of(rows, policy="range").rows
    assert [each.text() for each in row.numbers] == ["10–12"]
    (row,) = of(rows, policy="best-source").rows  # scholarly before organisation
    assert row.numbers[0].claims == ("a1",)
    (row,) = of(rows, policy="source=roe2018").rows
    assert row.numbers[0].values == ("12",)


def test_the_table_names_claim_source_and_class() -> None:
    rows = [counts("a1", "10", "2001"), counts("a2", "12", "2001", source="roe2018")]
    frame = of(rows, policy="median").to_pandas()
    assert frame["claim"].tolist() == ["a1", "a2"]
    assert frame["source_class"].tolist() == ["scholarly", "organisation"]
    assert frame["reconciled"].tolist() == ["11", "11"]
    assert frame.attrs["policy"] == "median"


def test_names_are_checked(seed: Dataset) -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        disagreements(seed, measure="diaspora_sise")
    with pytest.raises(UnknownNameError, match="did you mean"):
        disagreements(seed, subject="Armeniaa")
    with pytest.raises(UnknownNameError, match="policy for numbers"):
        disagreements(seed, policy="mean")


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def test_every_conflict_of_the_seed_is_a_group(seed: Dataset) -> None:
    found = groups(disagreements(seed))
    for kind in ("statement", "observation"):
        frame = seed.frame(kind)  # type: ignore[arg-type]
        for name, rows in frame[~frame["status"].isin(["deprecated", "corrected"])].groupby(
            "conflict_group"
        ):
            if name and len(rows) > 1:
                assert set(rows["id"]) <= set(found[str(name)]), name


def test_the_command_prints_groups_and_the_policy() -> None:
    text = said("disagreements", "--measure", "size of the diaspora", "--numbers", "range")
    assert "numbers: from the lowest to the highest" in text
    assert "35,000,000–50,000,000" in text
    assert max(map(len, text.splitlines())) <= WIDEST
    rows = list(csv.DictReader(io.StringIO(
        said("disagreements", "--subject", "Kazakh diaspora", "--format", "csv")
    )))  # fmt: skip
    assert "cg-kazakhs-abroad" in {row["group"] for row in rows}
    assert "did you mean 'median'" in refused("disagreements", "--numbers", "medain")


@pytest.mark.parametrize("policy", POLICIES)
def test_each_policy_has_its_words(policy: str) -> None:
    for language in ("en", "kk", "ru"):
        assert said(
            "disagreements", "--measure", "wealth", "--numbers", policy, "--language", language
        )

"""Scenarios for a state, step by step, and the present state of each step."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from broken import sound
from diaspora_graph import (
    Dataset,
    Foresight,
    ParameterError,
    SchemaError,
    Scope,
    UnknownNameError,
    load_dataset,
    scenarios,
)
from diaspora_graph.cli import main
from diaspora_graph.cli.output import WIDEST
from diaspora_graph.dataset.records import CLAIMS
from samples import sample


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


@pytest.fixture(scope="module")
def found(seed: Dataset) -> Foresight:
    return scenarios(seed, "KZ")


def steps(found: Foresight, scenario: str) -> list[tuple[str, str]]:
    (row,) = (each for each in found.rows if each.scenario == scenario)
    return [(step.relation, step.thing) for step in row.steps]


def test_the_scenarios_of_the_article_are_told_in_order(found: Foresight) -> None:
    """Row 3 of Table 3 of nurbek2025: one trend, three risks, two consequences."""
    assert len(found.rows) == 4
    assert steps(found, "scenario-weaker-international-presence") == [
        ("hasTrend", "fall-of-international-influence"),
        ("hasRisk", "decline-of-cultural-influence"),
        ("hasRisk", "decline-of-political-influence"),
        ("hasRisk", "decline-of-recognition-abroad"),
        ("hasConsequence", "loss-of-positions-in-diplomacy"),
        ("hasConsequence", "weak-promotion-of-kazakh-interests"),
    ]


ARTICLE = Scope(sources="nurbek2025")
"""Its numbers do not grow when the seed does."""


def test_indicators_are_the_newest_observations_first(seed: Dataset) -> None:
    found = scenarios(seed, "KZ", scope=ARTICLE)
    (step,) = (s for row in found.rows for s in row.steps if s.thing == "emigration-trend")
    values = {each.measure: each.values for each in step.indicators}
    migration = values["net_migration"]
    assert [(v.valid, v.holds, v.numbers.values) for v in migration] == [
        ("2024", "yes", ("20000",)),
        ("", "unknown", ("10200",)),
    ]
    assert [v.valid for v in values["emigrants"]] == [
        "2011/2022",
        "2021",
        "2019/2021",
        "2020",
        "2019",
    ]
    assert [v.holds for v in values["emigrants"]] == ["yes", "no", "no", "no", "no"]


def test_a_time_asked_for_decides_what_holds(seed: Dataset) -> None:
    found = scenarios(seed, "KZ", scope=Scope(as_of=2021, sources="nurbek2025"))
    (step,) = (s for row in found.rows for s in row.steps if s.thing == "emigration-trend")
    values = {each.measure: each.values for each in step.indicators}
    assert {v.valid: v.holds for v in values["emigrants"]} == {
        "2011/2022": "yes",
        "2021": "yes",
        "2019/2021": "yes",
    }
    assert {v.valid: v.holds for v in values["net_migration"]} == {"": "unknown"}


def test_values_of_another_source_do_not_decide_what_is_newest(seed: Dataset) -> None:
    found = scenarios(seed, "KZ", policy="source=nurbek2025")
    (step,) = (s for row in found.rows for s in row.steps if s.relation == "hasTrend"
               and s.thing == "emigration-trend")  # fmt: skip
    for each in step.indicators:
        assert each.values[0].holds == "yes"
        sources = {seed.observation(id).source for v in each.values for id in v.numbers.claims}
        assert sources == {"nurbek2025"}


def test_parts_and_surveys_of_what_a_scenario_is_about_are_looked_up(found: Foresight) -> None:
    subjects = {each.subject for row in found.rows for s in row.steps for each in s.indicators}
    assert {"kazakhstan", "kazakhs-in-tajikistan", "survey-of-kazakhs-in-kyrgyzstan"} <= subjects
    assert "armenian-diaspora-in-usa" not in subjects


def test_a_step_that_nobody_observes_has_no_indicator(found: Foresight) -> None:
    (step,) = (
        s for r in found.rows for s in r.steps if s.thing == "loss-of-positions-in-diplomacy"
    )
    assert step.indicators == ()
    assert step.claims
    rows = found.to_pandas()
    assert len(rows[rows["thing"] == "loss-of-positions-in-diplomacy"]) == 1


def test_every_value_names_its_claims(seed: Dataset, found: Foresight) -> None:
    ids = {id for kind in CLAIMS for id in seed.tables[kind]["id"].all()}
    assert set(found.claims()) <= ids
    frame = found.to_pandas()
    with_value = frame[frame["value"] != ""]
    assert all(with_value["claims"])
    assert all(frame["evidence"])


def test_the_shipped_indicators_stand_for_steps_that_the_seed_has(seed: Dataset) -> None:
    kinds = {"Trend", "Risk", "Consequence"}
    for step, measures in seed.schema.indicators.items():
        assert seed.entity(step).type in kinds
        assert set(measures) <= set(seed.schema.measures)


def test_a_state_without_scenarios_is_told_which_have_some(seed: Dataset) -> None:
    with pytest.raises(
        ParameterError, match=r"no source at hand has a scenario for Armenia.*Kazakh"
    ):
        scenarios(seed, "Armenia")
    with pytest.raises(ParameterError, match=r"\(without nurbek2025\).*for no state"):
        scenarios(seed, "KZ", scope=Scope(without_sources="nurbek2025"))
    with pytest.raises(UnknownNameError, match="did you mean"):
        scenarios(seed, "Kazakstaan")
    with pytest.raises(UnknownNameError, match="policy for numbers"):
        scenarios(seed, "KZ", policy="mean")


def test_a_denied_step_is_none() -> None:
    row = {"id": "z1", "subject": "return-wave", "predicate": "hasTrend", "object": "ageing",
           "source": "doe2020", "locator": "p. 1", "passage": "p7c36ab6a31bfc0c7:212",
           "confidence": "low", "polarity": "denies"}  # fmt: skip
    assert "z1" not in scenarios(sample({"statement": [row]}), "beland").claims()


TURTLE = """
@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
my:brings a owl:ObjectProperty ; rdfs:label "brings"@en ;
    schema:domainIncludes dg:Scenario ; schema:rangeIncludes dg:Trend ;
    dg:family dg:foresight_family ; dg:influenceFlow "none" ; dg:foresightStep 2 .
my:stock a dg:Indicator ; rdfs:label "stock"@en ; dg:ofStep "t:ageing" ; dg:byMeasure dg:MEASURE .
"""


def own(folder: Path, measure: str = "tourists") -> Path:
    files = sound()
    place = "t:doe2020,p. 1,p7c36ab6a31bfc0c7:212,high"
    files["entities.csv"] += "t:wave,Scenario,Wave,\nt:ageing,Trend,Ageing,\n"
    files["statements.csv"] += (
        f"t:s8,t:wave,scenarioFor,t:aland,{place}\nt:s9,t:wave,brings,t:ageing,{place}\n"
    )
    files["observations.csv"] = (
        "id,subject,measure,value,unit,valid,source,locator,passage,confidence\n"
        f"t:o1,t:aland,tourists,7,persons,2020,{place}\n"
    )
    (folder / "ontology").mkdir()
    (folder / "ontology" / "my.ttl").write_text(TURTLE.replace("MEASURE", measure), "utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_dataset_brings_its_own_steps_and_indicators(tmp_path: Path) -> None:
    found = scenarios(load_dataset(own(tmp_path)), "Aland")
    (step,) = found.rows[0].steps
    assert (step.relation, step.thing, step.measures) == ("brings", "t:ageing", ("tourists",))
    assert step.indicators[0].values[0].numbers.claims == ("t:o1",)


def test_an_indicator_needs_a_measure_that_is_defined(tmp_path: Path) -> None:
    with pytest.raises(
        SchemaError, match=r"'turists', expected a measure.*did you mean 'tourists'"
    ):
        load_dataset(own(tmp_path, "turists"))


def test_the_command_shows_chain_state_and_sources() -> None:
    text = said("scenarios", "KZ")
    assert "no observation" in text
    assert "Table 3, row 4" in text
    assert "367,100 persons" in text
    assert max(map(len, text.splitlines())) <= WIDEST
    rows = list(csv.DictReader(io.StringIO(said("scenarios", "KZ", "--format", "csv", "--ids"))))
    assert [tuple(row.values()) for row in rows] == scenarios(load_dataset(), "KZ").table()
    result = CliRunner().invoke(main, ["scenarios", "israel"])
    assert result.exit_code == 1
    assert "there are scenarios for Kazakhstan" in result.output

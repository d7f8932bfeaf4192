"""Coverage by country and agreement of coders, on small made-up data and on published examples."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from broken import sound
from diaspora_graph import (
    ParameterError,
    agreement,
    coverage_by_country,
    krippendorff_alpha,
    load_dataset,
)
from diaspora_graph.cli import main

_: None = None
WORKED = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3),
    (_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _),
)
"""Krippendorff (2011), example C: four observers, twelve units."""

ITEMS = (
    "diaspora_ministry", "diaspora_agency", "return_programme", "diaspora_fund",
    "dual_citizenship", "diaspora_bond",
)  # fmt: skip
PLACE = "t:doe2020,p. 1,p7c36ab6a31bfc0c7:212,high"


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def folder(root: Path, codings: Sequence[str], statements: Sequence[str] = ()) -> Path:
    """Write a dataset: codings are subject, item, value, coder, valid and status."""
    files = sound()
    files["entities.csv"] += (
        "t:cabinet,GovernmentBody,Cabinet,\nt:office,GovernmentBody,Office,\n"
        "t:law,Law,Law,\nt:people,Diaspora,People,\nt:far,LobbyOrganisation,Far,\n"
    )
    head = "id,subject,predicate,object,valid,source,locator,passage,confidence\n"
    rows = [f"t:s{at},{row},{PLACE}\n" for at, row in enumerate(statements, 10)]
    base = [f"t:s1,t:lobby,cooperatesWith,t:aland,,{PLACE}\n"]
    files["statements.csv"] = head + "".join(base + rows)
    names = "id,subject,item,value,coder,valid,status,evidence,source,locator,passage,confidence\n"
    files["codings.csv"] = names + "".join(
        f"t:c{at},{row},t:s1,,,,high\n" for at, row in enumerate(codings)
    )
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_is_that_of_the_printed_example(level: str, alpha: float) -> None:
    found = krippendorff_alpha(zip(*WORKED, strict=True), level)  # type: ignore[arg-type]
    assert found == pytest.approx(alpha, abs=0.0005)


def test_alpha_of_two_observers_is_the_printed_one() -> None:
    """Example A of the same paper: ten units, two values: 0.095."""
    first, second = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
    found = krippendorff_alpha(zip(first, second, strict=True))
    assert found == pytest.approx(0.095, abs=0.0005)


@given(
    st.lists(st.tuples(*[st.sampled_from([0.0, 0.5, 1.0, None])] * 3), min_size=2, max_size=12),
    st.sampled_from(["nominal", "ordinal", "interval"]),
)
def test_alpha_is_that_of_the_library(units: list[tuple[float | None, ...]], level: str) -> None:
    found = krippendorff_alpha(units, level)  # type: ignore[arg-type]
    paired = [unit for unit in units if sum(value is not None for value in unit) > 1]
    if len({value for unit in paired for value in unit} - {None}) < 2:
        assert found is None
    else:
        table = np.array(paired, dtype=float).T
        assert found == pytest.approx(
            krippendorff.alpha(table, level_of_measurement=level)  # type: ignore[arg-type]
        )


def test_no_other_level() -> None:
    with pytest.raises(ParameterError, match="ratios"):
        krippendorff_alpha([(0, 1)], "ratios")  # type: ignore[arg-type]


def test_too_few_pairs_is_said_and_how_many_are_missing(tmp_path: Path) -> None:
    rows = [f"t:aland,{item},1,{who},,{how}" for item in ITEMS[:3]
            for who, how in (("me", ""), ("you", "alternative"))]  # fmt: skip
    place = str(folder(tmp_path, rows))
    (first, *_) = json.loads(
        said("coverage", "--by", "coder", "--format", "json", "--graph", place)
    )
    assert (first["pairs"], first["same"], first["nominal"]) == (3, 3, "")
    assert "3 pairs" in first["note"]
    assert "7 are missing" in first["note"]
    assert "не хватает 7" in said("coverage", "--by", "coder", "--language", "ru", "--graph", place)


def test_agreement_of_enough_pairs(tmp_path: Path) -> None:
    values = ["1 1", "0 0", "0.5 1", "1 1", "0 0.5", "1 1", "0 0", "1 0", "0.5 0.5", "1 1", "0 0",
              "not_found 1"]  # fmt: skip
    cells = [(state, item) for state in ("t:aland", "t:beland") for item in ITEMS]
    rows = []
    for (state, item), pair in zip(cells, values, strict=True):
        mine, yours = pair.split()
        rows += [f"{state},{item},{mine},me,,", f"{state},{item},{yours},you,,alternative"]
    data = load_dataset(folder(tmp_path, rows))
    found = agreement(data).iloc[0]
    assert (found["pairs"], found["same"], found["with_values"]) == (12, 8, 11)
    steps = [tuple(map(float, pair.split())) for pair in values[:-1]]
    expected = krippendorff.alpha(np.array(steps).T, level_of_measurement="ordinal")
    assert found["ordinal"] == round(expected, 3)
    assert found["ordinal_low"] < found["ordinal"] < found["ordinal_high"] <= 1
    assert found.tolist() == agreement(data).iloc[0].tolist()
    items = agreement(data).query("part == 'item'")
    assert items["pairs"].sum() == 12
    assert set(items["nominal"]) == {""}


def test_pairs_are_of_two_coders_in_one_time_and_each_coding_once(tmp_path: Path) -> None:
    rows = [
        "t:aland,diaspora_ministry,0,me,/2008,",
        "t:aland,diaspora_ministry,1,me,2009/2018,",
        "t:aland,diaspora_ministry,1,you,2008/2018,alternative",  # shares most with the second
        "t:aland,diaspora_agency,1,me,1990/1995,",
        "t:aland,diaspora_agency,1,you,2000/2005,alternative",
        "t:beland,diaspora_agency,1,me,,",
        "t:beland,diaspora_agency,0.5,you,,deprecated",
    ]
    found = agreement(load_dataset(folder(tmp_path, rows))).iloc[0]
    assert (found["pairs"], found["same"]) == (1, 1)


TIES = (
    "t:cabinet,organOf,t:aland,1991/..",
    "t:office,organOf,t:cabinet,/2029",
    "t:office,establishes,t:far,20XX",
    "t:people,hasHomeland,t:aland,199X",
    "t:people,livesIn,t:beland,2006",
    "t:far,cooperatesWith,t:lobby,2004",
    "t:lobby,cooperatesWith,t:beland,2005",
)


def test_a_claim_belongs_to_a_state_by_its_organs_works_and_community(tmp_path: Path) -> None:
    codings = [
        "t:aland,diaspora_ministry,1,me,2009/2018,",
        "t:aland,diaspora_agency,not_found,me,,",
    ]
    found = coverage_by_country(load_dataset(folder(tmp_path, codings, TIES)))
    assert set(found["country"]) == {"t:aland"}  # beland has no coding
    statements = found[found["kind"] == "statement"].set_index("decade")["claims"].to_dict()
    assert statements == {
        "all": 7, "1990s": 2, "2000s": 2, "2020s": 1, "unclear": 1, "undated": 1,
    }  # fmt: skip
    whole = found[(found["kind"] == "coding") & (found["decade"] == "all")].iloc[0]
    assert (whole["claims"], whole["dated"], whole["undated"], whole["sources"]) == (2, 1, 1, 1)
    assert (whole["official"], whole["news"]) == (100, 0)
    assert (whole["items_value"], whole["items_not_found"], whole["items_contested"]) == (1, 1, 0)
    assert whole["items_none"] == len(load_dataset(tmp_path).schema.items) - 2
    every = found[(found["kind"] == "claim") & (found["decade"] == "all")].iloc[0]
    assert every["claims"] == 9


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("by", ["country", "coder"])
def test_tables_fit_a_page(by: str, language: str) -> None:
    text = said("coverage", "--by", by, "--language", language)
    assert max(map(len, text.splitlines())) <= 100


def test_decades_add_up_and_csv_has_all_columns() -> None:
    text = said("coverage", "--by", "country", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == coverage_by_country(load_dataset()).columns.tolist()
    for whole in (row for row in rows if row["decade"] == "all"):
        group = [row for row in rows if row["country"] == whole["country"]]
        parts = [row for row in group if row["kind"] == whole["kind"] and row != whole]
        assert sum(int(row["claims"]) for row in parts) == int(whole["claims"])
        assert int(whole["dated"]) + int(whole["undated"]) == int(whole["claims"])


def test_data_without_codings_say_so(tmp_path: Path) -> None:
    assert "no state has a coding" in said(
        "coverage", "--by", "country", "--graph", str(folder(tmp_path, []))
    )

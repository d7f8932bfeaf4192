"""Tables of numbers: one row for each thing and time, and one policy for different numbers."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from diaspora_graph import (
    AmbiguousNameError,
    Dataset,
    ParameterError,
    Scope,
    UnknownNameError,
    load_dataset,
    numbers,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.claims import denied
from diaspora_graph.measures.numbers import COLUMNS


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def said(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def test_the_golden_corridor(seed: Dataset) -> None:
    table = numbers(seed, "remittances received", ["KZ"]).to_pandas()
    total = table[(table["partner"] == "") & (table["valid"] == "2017")]
    assert total["value"].tolist() == ["355,000,000"]
    russia = table[(table["partner"] == "russia") & (table["valid"] == "2017")]
    assert russia["low"].tolist() == [225_589_000]


def test_each_policy_gives_its_own_table(seed: Dataset) -> None:
    asked = ("diaspora_size", ["Armenian diaspora"])
    every = numbers(seed, *asked)
    ranges = numbers(seed, *asked, policy="range")
    middle = numbers(seed, *asked, policy="median")
    key = ("", "", "ethnic_community", "persons", "")

    def row(found: object) -> dict[str, object]:
        table = found.to_pandas()  # type: ignore[attr-defined]
        keys = ["partner", "category", "definition", "unit", "valid"]
        rows = table.to_dict("records")
        (only,) = (each for each in rows if tuple(each[name] for name in keys) == key)
        return dict(only)

    assert ";" in str(row(every)["value"])
    assert (row(ranges)["low"], row(ranges)["high"]) == (row(every)["low"], row(every)["high"])
    assert row(ranges)["low"] < row(middle)["low"] < row(ranges)["high"]  # type: ignore[operator]
    assert row(middle)["claims"] == row(every)["claims"]
    only = numbers(seed, *asked, policy="source=nurbek2025")
    assert {seed.claim(id).source for id in only.claims()} == {"nurbek2025"}


def test_every_number_of_a_measure_is_there_once(seed: Dataset) -> None:
    table = seed.tables["observation"]
    affirmed = ~denied(seed, "observation")
    for measure in ("founded", "remittances_received", "diaspora_size", "budget"):
        there = {
            table["id"][row]
            for row in range(len(table))
            if table["measure"][row] == measure
            and affirmed[row]
            and table["status"][row] in {"", "disputed"}
        }
        assert set(numbers(seed, measure).claims()) == there
        rows = numbers(seed, measure).table()
        assert len({row[:7] for row in rows}) == len(rows)


def test_filters_and_names(seed: Dataset) -> None:
    found = numbers(seed, "diaspora_size", scope=Scope(source_classes="official"))
    classes = {seed.source(seed.claim(id).source).source_class for id in found.claims()}
    assert classes == {"official"}
    assert found.filters == found.to_pandas().attrs["filters"]
    with pytest.raises(UnknownNameError, match="diaspora_size"):
        numbers(seed, "diaspora_sise")
    with pytest.raises(UnknownNameError, match="median"):
        numbers(seed, "diaspora_size", policy="medion")
    with pytest.raises(ParameterError, match="list of names"):
        numbers(seed, "diaspora_size", "Armenia")
    with pytest.raises((UnknownNameError, AmbiguousNameError)):
        numbers(seed, "diaspora_size", ["Nowhere at all"])


def test_the_verb(seed: Dataset) -> None:
    text = said("numbers", "diaspora_size", "Armenian diaspora", "--numbers", "range")
    assert "5,700,000–12,000,000" in text
    rows = json.loads(said("numbers", "diaspora_size", "--format", "json", "--ids"))
    assert tuple(rows[0]) == (*COLUMNS, "filters")
    text = said("numbers", "founded", "anca", "--language", "ru")
    assert not any(letter in "abcdefghij" for letter in text.splitlines()[0])


def test_contrasts_as_a_table() -> None:
    text = said("contrasts", "B1")
    first = text.splitlines()[1]
    assert first.split()[:3] == ["most", "similar", "Kazakhstan"]
    rows = json.loads(said("contrasts", "B1", "AM", "IN", "--format", "json"))
    assert [row["design"] for row in rows] == ["most_similar"]
    done = CliRunner().invoke(main, ["contrasts", "Z9"])
    assert done.exit_code == 1
    assert "Traceback" not in done.output

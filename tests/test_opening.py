"""The content of pictures without names: from the data, never from a fixed list."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph.cli import main
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.filters.scope import Scope
from diaspora_graph.pictures.opening import acting, openings
from diaspora_graph.pictures.staging import nodes_of, whole
from diaspora_graph.policies.own import leading_states
from diaspora_graph.reading.load import load_dataset
from samples import sample


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def test_the_states_are_those_with_most_evidence_on_their_own_policies(seed: Dataset) -> None:
    states = leading_states(seed)
    assert states == ("armenia", "india", "israel", "kazakhstan", "south-korea")
    assert set(leading_states(seed, most=1)) < set(states)


def test_influence_runs_along_the_families_that_the_ontology_says(seed: Dataset) -> None:
    families = acting(seed).families
    assert families == {"influence", "support", "governance"}
    chosen = Scope(families=frozenset({"ties_family"}))
    assert acting(seed, chosen) == chosen


def test_openings_show_more_first_and_hold_the_states(seed: Dataset) -> None:
    everything, *parts = openings(seed)
    assert everything == whole(seed)
    for part in parts:
        assert part.part or set(leading_states(seed)) <= set(nodes_of(seed, part))
    sizes = [len(nodes_of(seed, part)) for part in parts]
    assert sizes[-1] < 30 < sizes[0]
    assert any(size <= 150 for size in sizes)


def test_small_data_open_whole() -> None:
    data = sample()
    assert next(openings(data)) == whole(data)


def test_a_figure_whose_lines_find_no_way_shows_less_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["figure", "--width", "85", "-o", "small.svg"])
    assert done.exit_code == 0, done.output
    assert "not everything fits; drawn: " in done.stderr
    assert "entities with most claims" in done.stderr
    assert (tmp_path / "small.svg").is_file()


def test_a_figure_that_is_narrowed_says_so_and_names_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["figure", "kazakhstan", "-o", "k.svg"])
    assert done.exit_code == 0, done.output
    assert "not everything fits on a page" in done.stderr
    assert "governance, influence, support" in done.stderr
    assert "entities with most claims" in done.stderr
    assert "`diaspora-graph explore kazakhstan`" in done.stderr
    assert "governance, influence, support" in (tmp_path / "k.json").read_text("utf-8")

"""The seed: the features that it must use, and its texts where they are available."""

from __future__ import annotations

import csv
import io
import re
from itertools import product
from pathlib import Path

import pytest

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.passages import Text, kept
from diaspora_graph.dataset.records import CLAIMS, FILES
from diaspora_graph.reading.load import load_dataset
from diaspora_graph.reading.sealing import verify
from diaspora_graph.resources import resource

TEXTS = Path(__file__).parents[2] / "shared" / "seeds"
NAMES = {
    "nurbek2025": "000_f4b94f53699f623c.txt",
    "fpos2025": "001_8f5444ab9f62ce1b.txt",
    "bimanov-qazalem": "003_e3c37b4d741d001d.txt",
}


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


@pytest.fixture(scope="module")
def texts() -> dict[str, Text]:
    if not TEXTS.is_dir():
        pytest.skip("the three documents are not beside the checkout; they are not ours to ship")
    return {id: Text((TEXTS / name).read_text("utf-8")) for id, name in NAMES.items()}


def test_there_are_no_warnings(seed: Dataset) -> None:
    assert seed.warnings == ()


def test_every_file_has_rows_and_every_claim_a_passage(seed: Dataset) -> None:
    for kind in FILES:
        assert len(seed.tables[kind]), kind
    assert sum(len(seed.tables[kind]) for kind in CLAIMS) >= 2000
    for kind in ("statement", "observation"):
        table = seed.tables[kind]
        for source, passage in zip(table["source"].all(), table["passage"].all(), strict=True):
            assert passage or seed.schema.classes[seed.source(source).type].passage_optional


def test_every_awkward_case_is_there(seed: Dataset) -> None:
    said, seen, coded = (seed.tables[kind] for kind in CLAIMS)
    assert "denies" in said["polarity"].all()
    assert any("|" in cell for cell in said["cited"].all())  # credited through another
    assert any(seen["value_high"].all())
    assert {"about", "over", "under", "up_to"} <= set(seen["bound"].all())
    assert {"corrected"} <= set(seen["status"].all())
    assert any(seen["corrects"].all())
    assert "derived" in seen["obs_status"].all()
    assert any(
        re.fullmatch(r"\d+X+", each) for each in (*seen["valid"].all(), *seen["value"].all())
    )
    assert {"percent", "rank", "level", "date", "score_1_5"} <= set(seen["unit"].all())
    assert any(seen["base"].all())
    assert any(seen["partner"].all())
    assert {"disputed"} <= set(said["status"].all())
    assert {"0", "not_found"} <= set(coded["value"].all())
    kinds = set(seed.tables["flag"]["kind"].all())
    assert {"arithmetic", "unit", "scope", "contradiction", "contested", "unsupported"} <= kinds
    predicates = set(said["predicate"].all())
    assert {
        "hasRisk",
        "hasTrend",
        "hasConsequence",
        "scenarioFor",
        "recommends",
        "addressedTo",
        "modelledOn",
    } <= predicates


def test_every_yearly_flow_is_there_once(seed: Dataset) -> None:
    printed = [row for row in seed.tables["observation"].records() if row.obs_status != "derived"]
    rows = [row for row in printed if "Table 2, row 20" in row.locator]
    flows = [(row.measure, row.partner, row.valid) for row in rows if row.source == "fpos2025"]
    partners = ("kyrgyzstan", "tajikistan", "turkmenistan", "uzbekistan")
    wanted = product(("emigrants", "immigrants"), partners, map(str, range(2000, 2024)))
    assert sorted(flows) == sorted(wanted)
    assert {row.subject for row in rows} == {"kazakhstan"}


def test_the_population_table_and_its_ratios_are_there(seed: Dataset) -> None:
    rows = [
        row for row in seed.tables["observation"].records() if row.locator.startswith("Table 1")
    ]
    assert len({row.locator for row in rows}) == 5
    corrected = {row.corrects: row.value for row in seed.tables["observation"].records()}
    assert corrected["ob-kazakhs-tajikistan-share"] == "0.022"


def test_the_documents_mistakes_are_flagged_and_their_denials_entered(seed: Dataset) -> None:
    assert len(seed.tables["flag"]) >= 80
    assert sum(seed.denied) >= 20
    scenarios = {
        row.subject for row in seed.tables["statement"].records() if row.predicate == "scenarioFor"
    }
    assert len(scenarios) == 4


def test_actors_policies_and_places_have_kazakh_and_russian_labels(seed: Dataset) -> None:
    table = seed.tables["entity"]
    assert all(table["label_kk"].all())
    assert all(table["label_ru"].all())


def test_every_passage_is_found_in_its_text(seed: Dataset, texts: dict[str, Text]) -> None:
    results = list(verify(seed, texts))
    assert len(results) >= 2500
    at_hand = [each for each in results if each.source in texts]
    assert len(at_hand) >= 2500
    assert [each for each in at_hand if each.outcome != "found"] == []


def test_no_eight_words_are_shared_with_the_documents(texts: dict[str, Text]) -> None:
    """Facts carry over, sentences do not."""
    runs: set[tuple[str, ...]] = set()
    for text in texts.values():
        words = [kept(word) for word in text.text.split() if kept(word)]
        runs |= {tuple(words[place : place + 8]) for place in range(len(words) - 7)}
    for path in sorted(resource("seed").glob("*.csv")):
        if path.name == FILES["source"]:
            continue  # titles are titles
        for number, row in enumerate(csv.reader(io.StringIO(path.read_text("utf-8"))), 1):
            for cell in row:
                words = [kept(word) for word in cell.split() if kept(word)]
                shared = [
                    words[p : p + 8]
                    for p in range(len(words) - 7)
                    if tuple(words[p : p + 8]) in runs
                ]
                assert not shared, f"{path.name}:{number}: {' '.join(shared[0])}"

"""The codebook: generated from the ontology and the files, and complete."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph.cli import main
from diaspora_graph.dataset.names import resolve_term
from diaspora_graph.errors import SchemaError
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import LANGUAGES, Item, Schema
from diaspora_graph.resources import resource

CODES = [f"{letter}{number}" for letter in "ABCDEF" for number in range(1, 9)]
SCHEMA = load_schema()


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["codebook", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_codebook_beside_the_seed_is_fresh() -> None:
    shipped = (resource("seed") / "README.md").read_text("utf-8")
    assert shipped == printed(), "make readme writes it again"


def test_every_item_and_border_stands_in_it() -> None:
    book = printed()
    for item in SCHEMA.items.values():
        for text in (*item.question.values(), *(each["en"] for each in item.rules.values())):
            assert text in book
    for name in ("fosters", "contributesTo", "promotes", "supports", "servesAs", "classifiedAs"):
        assert f"* `{name}` (" in book


def test_the_codes_run_from_a1_to_f8() -> None:
    coded = {each.code: each for each in SCHEMA.items.values() if each.code}
    assert list(coded) == CODES
    for code, item in coded.items():
        assert SCHEMA.item_groups[item.group].code == code[0]


@pytest.mark.parametrize("item", SCHEMA.items.values(), ids=SCHEMA.items)
def test_an_item_says_all_that_a_coder_needs(item: Item) -> None:
    for texts in (item.labels, item.definitions, item.question):
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) >= 2 or item.code == "D4"  # a word that Kazakh borrows
    assert tuple(item.rules) == tuple(item.worked) == item.scale
    assert all(each.get("en") for each in (*item.rules.values(), *item.worked.values()))
    assert item.evidence["en"]
    assert item.notes["en"]
    assert item.direction in {"more", "less"}


@pytest.mark.parametrize("item", SCHEMA.items.values(), ids=SCHEMA.items)
def test_a_framework_has_a_dimension_for_an_item_or_it_is_outside(item: Item) -> None:
    for framework in SCHEMA.frameworks.values():
        has = not framework.dimensions.keys().isdisjoint(item.dimensions)
        assert has != (framework.name in item.outside), framework.name


def test_frameworks_speak_three_languages() -> None:
    assert list(SCHEMA.frameworks) == ["gamlen", "ragazzi", "emix", "eudif", "brinkerhoff"]
    dimensions = [each for one in SCHEMA.frameworks.values() for each in one.dimensions.values()]
    for term in (*SCHEMA.frameworks.values(), *dimensions, *SCHEMA.item_groups.values()):
        assert set(term.labels) == set(term.definitions) == set(LANGUAGES), term.name


def test_notes_name_relations_that_there_are() -> None:
    for term in SCHEMA.predicates.values():
        named = re.findall(r"\b[a-z]+[A-Z]\w*", term.notes.get("en", ""))
        assert set(named) <= set(SCHEMA.predicates), term.name


def test_an_item_is_found_by_its_code() -> None:
    assert resolve_term(SCHEMA, "item", "c4") == "return_housing"


def test_a_code_in_a_cell_is_told_with_the_name_to_write(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "broken" / "codings"
    shutil.copytree(folder, tmp_path / "codings")
    file = tmp_path / "codings" / "codings.csv"
    file.write_text(file.read_text("utf-8").replace(",dual_citizenship,", ",B1,"), "utf-8")
    told = CliRunner().invoke(main, ["check", str(tmp_path / "codings")]).output
    assert "write dual_citizenship" in told


# --- a user's own dataset ------------------------------------------------------------------------

TURTLE = """
@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .
@prefix my: <https://example.org/my#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
my:sport a dg:Item ; rdfs:label "sport"@en ; dg:question "Are there games?"@en ;
    dg:scale "no" , "yes" ; dg:direction "more" ; dg:position 60 """


def _extended(folder: Path, more: str) -> Schema:
    (folder / "ontology").mkdir()
    (folder / "ontology" / "mine.ttl").write_text(f"{TURTLE}{more} .", "utf-8")
    return load_schema(folder / "ontology")


def test_an_item_of_ones_own_needs_no_code(tmp_path: Path) -> None:
    item = _extended(tmp_path, '; dg:codingRule "yes: Games are held."@en').items["sport"]
    assert (item.code, item.rules) == ("", {"yes": {"en": "Games are held."}})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('; dg:codingRule "1: Games are held."@en', "a value of sport"),
        ("; skos:broadMatch dg:emix-sport", "a dimension of a framework"),
        ("; dg:outside dg:emixx", "did you mean 'emix'"),
    ],
)
def test_a_rule_without_a_value_or_an_unknown_dimension_is_told(
    more: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(SchemaError, match=told):
        _extended(tmp_path, more)


def test_the_codebook_of_a_folder_begins_with_what_its_curators_say(tmp_path: Path) -> None:
    shutil.copytree(resource("seed"), tmp_path / "seed")
    (tmp_path / "seed" / "about.md").write_text("Read by two of us.\n", "utf-8")
    assert "\n\nRead by two of us.\n\n## What is in it\n" in printed(
        "--graph", str(tmp_path / "seed")
    )

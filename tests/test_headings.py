"""Tables that people read are wholly in their language; those for programs never change."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from diaspora_graph.cli import main
from diaspora_graph.cli.output import WIDEST, Table, plain
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.questions import QUESTIONS
from diaspora_graph.wording.headings import headings, in_words
from diaspora_graph.wording.phrases import PHRASES, SUBJECTS
from diaspora_graph.wording.tables import with_labels
from samples import sample

LATIN = re.compile("[A-Za-z]")

TABLES = (
    ("find", "Korea"),
    ("flags", "--kind", "unit"),
    ("coverage",),
    ("coverage", "--by", "country"),
    ("coverage", "--by", "coder"),
    ("robust", "anca", "us-congress", "--limit", "2"),
    ("diff", "2007", "2019", "otandastar-foundation"),
    ("timeline", "anca"),
    ("compare", "AM", "KZ", "--between", "2000", "2010"),
    ("scores", "AM", "KZ"),
    ("distances", "AM", "KZ"),
    ("contrasts", "B1"),
    ("diffusion", "B1"),
    ("numbers", "founded", "anca"),
    ("disagreements", "--measure", "founded"),
    ("scenarios", "KZ"),
    ("brokers", "--limit", "2"),
    ("measure", "degree", "--limit", "2"),
    ("measure", "core", "--limit", "2", "--relation", "reliesOn", "--sensitivity"),
)
ASKED = (
    ("ask", "statements_of", "thing=anca"),
    ("ask", "programmes_for", "community=kazakh-diaspora"),
    ("ask", "observations_of", "subject=armenian-diaspora"),
    ("ask", "codings_of", "subject=armenia"),
    ("ask", "disputed", "thing=armenia"),
)


def said(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("words", TABLES, ids=" ".join)
def test_the_headings_of_a_table_are_in_the_language(words: tuple[str, ...], language: str) -> None:
    first = said(*words, "--language", language).splitlines()[0]
    assert not LATIN.search(first), first


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_words_in_cells_are_in_the_language(words: tuple[str, ...], language: str) -> None:
    text = said(*words, "--language", language)
    for line in text.splitlines():
        for word in ("yes", "no", "subject", "statement", "high", "medium", "official", "persons"):
            assert not line.endswith(f"  {word}"), line


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_column_of_a_question_has_a_name(language: str) -> None:
    for question in QUESTIONS.values():
        columns, _ = with_labels(sample(), question.columns, [], language)
        for name in headings(columns, language):
            assert not LATIN.search(name), (question.name, name)


@pytest.mark.parametrize("words", [*TABLES, *ASKED], ids=" ".join)
def test_csv_is_headed_alike_in_every_language(words: tuple[str, ...]) -> None:
    heads = {
        said(*words, "--format", "csv", "--language", language).splitlines()[0]
        for language in ("en", "kk", "ru")
    }
    if words[0] != "robust":  # whose columns are paths
        assert len(heads) == 1


def test_a_word_that_is_not_ours_stays() -> None:
    columns = ("status", "denied", "mine")
    rows = [("accepted", True, "high"), ("", False, "yes")]
    assert in_words(load_schema(), columns, rows) == rows
    words = in_words(load_schema(), columns, rows, "ru")
    assert [row[2] for row in words] == ["high", "yes"]
    assert [row[1] for row in words] == ["да", "нет"]
    assert words[0][0] != "accepted"


def test_many_columns_become_a_block_a_row() -> None:
    names = tuple(f"column{number}" for number in range(12))
    rows = [tuple(f"{name}-of-the-first-row" for name in names), ("b", "", *names[2:])]
    lines = plain(Table(names, rows, notes=("2 rows",))).splitlines()
    assert lines[0] == "column0   column0-of-the-first-row"
    assert max(map(len, lines)) <= WIDEST
    assert lines[12] == ""
    assert lines[13].split() == ["column0", "b"]
    assert lines[14].split() == ["column2", "column2"]  # an empty cell is left out
    assert lines[-2:] == ["", "2 rows"]


def test_a_long_cell_of_a_block_is_broken() -> None:
    names = tuple(f"column{number}" for number in range(12))
    rows = [(" ".join(["word"] * 100), *(f"{name}-of-the-first-row" for name in names[1:]))]
    text = plain(Table(names, rows))
    assert max(map(len, text.splitlines())) <= WIDEST
    assert text.count("word") == 100


def test_a_phrase_is_written_once_and_fills_in_alike_in_three_languages() -> None:
    names = [name for part in SUBJECTS for name in part]
    assert len(names) == len(set(names))
    for name, texts in PHRASES.items():
        held = [sorted(re.findall(r"{(\w+)}", text)) for text in texts]
        assert held[0] == held[1] == held[2], name

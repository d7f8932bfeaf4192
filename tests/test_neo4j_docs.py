"""The answers in docs/neo4j.md are those of a database with the seed; its verbs exist."""

from __future__ import annotations

import re

import pytest

from diaspora_graph.cli.group import VERBS
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.loading import load
from diaspora_graph.reading.load import load_dataset
from neo4j_page import BLOCK, PAGE, printed
from neo4j_server import Server

BLOCKS = BLOCK.findall(PAGE.read_text("utf-8"))


@pytest.fixture(scope="module")
def connection(neo4j_server: Server) -> Connection:
    neo4j_server.empty()
    load(neo4j_server.connection(), load_dataset())
    return neo4j_server.connection()


def test_there_are_ten_questions() -> None:
    text = PAGE.read_text("utf-8")
    assert len(BLOCKS) == text.count("```cypher") == 10


@pytest.mark.thorough
def test_every_answer_is_what_the_database_says(connection: Connection) -> None:
    for query, shown in BLOCKS:
        assert printed(connection, query) == shown, (
            "python tests/support/neo4j_page.py writes them again"
        )


def test_every_verb_is_one() -> None:
    verbs = {verb for section in VERBS.values() for verb in section}
    assert set(re.findall(r"diaspora-graph ([a-z-]+) ", PAGE.read_text("utf-8"))) <= verbs

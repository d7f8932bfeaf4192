"""The queries of docs/neo4j.md: the page shows the answers of a database with the seed.

    python tests/support/neo4j_page.py

starts a server, loads the seed into it and writes the answers again; `test_neo4j_docs.py` checks
the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from diaspora_graph.cli.output import Table, plain
from diaspora_graph.graphs.neo4j.connection import Connection
from diaspora_graph.graphs.neo4j.loading import load
from diaspora_graph.reading.load import load_dataset
from neo4j_server import own_server

PAGE = Path(__file__).parents[2] / "docs" / "neo4j.md"
BLOCK = re.compile(r"```cypher\n(.*?)\n```\n\n```\n(.*?)\n```", re.DOTALL)


def printed(connection: Connection, query: str) -> str:
    """The rows of a query as lines with aligned columns."""
    rows = connection.read(query)
    if not rows:
        return "(no rows)"
    return plain(Table(tuple(rows[0]), [tuple(row.values()) for row in rows]))


def renewed(text: str, answer: Callable[[str], str]) -> str:
    """The page with every answer as it should be."""
    return BLOCK.sub(
        lambda found: f"```cypher\n{found[1]}\n```\n\n```\n{answer(found[1])}\n```", text
    )


if __name__ == "__main__":
    with own_server() as server:
        connection = server.connection()
        load(connection, load_dataset())
        text = renewed(PAGE.read_text("utf-8"), lambda query: printed(connection, query))
    PAGE.write_text(text, encoding="utf-8")

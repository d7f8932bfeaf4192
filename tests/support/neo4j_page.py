"""The queries of docs/neo4j.md: what the page shows is what a database answers that holds the seed.

    DIASPORA_NEO4J_URI=… python tests/neo4j_page.py

writes the answers anew from a server into which the seed was loaded; `test_neo4j_docs.py` holds the
page to them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from diaspora_graph.cli.output import Table, plain
from diaspora_graph.graphs.neo4j.connection import Connection, connect

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
    server = connect(os.environ["DIASPORA_NEO4J_URI"])
    text = renewed(PAGE.read_text("utf-8"), lambda query: printed(server, query))
    PAGE.write_text(text, encoding="utf-8")

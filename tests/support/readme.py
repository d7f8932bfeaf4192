"""The console blocks of README and of pages in docs: they show what the commands print.

    python tests/support/readme.py

writes them again; `test_readme.py` checks them. ``...`` stands for the digest, which changes with
the data.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from diaspora_graph.cli import main

README = Path(__file__).parents[2] / "README.md"
DOCS = README.parent / "docs"
PAGES = (README, DOCS / "comparison.md", DOCS / "qca.md")
BLOCK = re.compile(r"```console\n\$ diaspora-graph (.*?)\n(.*?)```", re.DOTALL)


def printed(command: str) -> str:
    """What a command prints, with its digest left out."""
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output
    return re.sub(r"(digest +)[0-9a-f]{16,64}", r"\1...", result.output)


def renewed(text: str) -> str:
    """A page with every block as it should be."""
    return BLOCK.sub(
        lambda found: f"```console\n$ diaspora-graph {found[1]}\n{printed(found[1])}```", text
    )


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(renewed(page.read_text("utf-8")), encoding="utf-8")

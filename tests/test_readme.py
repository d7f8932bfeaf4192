"""Console blocks show the real output, and the commands that README names work."""

from __future__ import annotations

import re
import shlex

import pytest
from click.testing import CliRunner

from diaspora_graph.cli import main
from readme import BLOCK, PAGES, README, printed

BLOCKS = [block for page in PAGES for block in BLOCK.findall(page.read_text("utf-8"))]
VERBS = re.findall(
    r"`diaspora-graph (cite|show|compare|why|flags|ask|questions|coverage)([^`]*)`",
    README.read_text("utf-8"),
)


@pytest.mark.parametrize(("command", "shown"), BLOCKS)
def test_console_blocks(command: str, shown: str) -> None:
    assert printed(command) == shown, "make readme writes the blocks anew"


@pytest.mark.parametrize(("verb", "rest"), VERBS)
def test_commands_that_readme_names_work(verb: str, rest: str) -> None:
    if "mydata" in rest:
        return  # a folder of the reader's; tests/test_template.py makes one
    result = CliRunner().invoke(main, [verb, *shlex.split(rest)])
    assert result.exit_code == 0, result.output


def test_readme_has_blocks() -> None:
    assert len(BLOCKS) >= 3
    assert len(VERBS) >= 6

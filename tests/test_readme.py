"""README's console blocks print what they show; ``...`` stands for what may change."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph.cli import main

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(
    r"```console\n\$ diaspora-graph (.*?)\n(.*?)```", README.read_text("utf-8"), re.DOTALL
)
VERBS = re.findall(
    r"`diaspora-graph (cite|show|compare|why|flags|ask|questions|coverage)([^`]*)`",
    README.read_text("utf-8"),
)


@pytest.mark.parametrize(("command", "shown"), BLOCKS)
def test_console_blocks(command: str, shown: str) -> None:
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output
    pattern = re.escape(shown).replace(re.escape("..."), ".*")
    assert re.fullmatch(pattern, result.output, re.DOTALL), result.output


@pytest.mark.parametrize(("verb", "rest"), VERBS)
def test_commands_that_readme_names_work(verb: str, rest: str) -> None:
    if "mydata" in rest:
        return  # a folder of the reader's; tests/test_template.py makes one
    result = CliRunner().invoke(main, [verb, *shlex.split(rest)])
    assert result.exit_code == 0, result.output


def test_readme_has_blocks() -> None:
    assert len(BLOCKS) >= 3
    assert len(VERBS) >= 6

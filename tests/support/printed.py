"""The printed commands: in pages, in help, in hints of the program."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "CONTRIBUTING.md", "docs/*.md", "queries/*.md", "ontology/*.md", "seed/*.md")
FIELD = "…"
"""What stands for a part that the program fills in when it prints a command."""

_CALLED = re.compile(r"(?:^|[\s;$(/])diaspora-graph +(?P<rest>[a-z][^\n]*)")
_QUOTED = re.compile(r"`(?:\S*/)?diaspora-graph\s+([^`]+)`")
_BLOCK = re.compile(r"^```[a-z]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
_REMARK = re.compile(r"\s{2,}.*|\s+#.*|;.*")


@dataclass(frozen=True, order=True)
class Printed:
    """A command without the program's name, on one line, the file, and whether in backticks."""

    command: str
    file: str
    quoted: bool


def printed_commands() -> list[Printed]:
    """Every command, each once a file."""
    found = {
        Printed(command, file, quoted)
        for file, text in _texts()
        for command, quoted in _commands(text)
    }
    return sorted(found)


def _texts() -> Iterator[tuple[str, str]]:
    for pattern in PAGES:
        for path in sorted(ROOT.glob(pattern)):
            yield str(path.relative_to(ROOT).as_posix()), path.read_text("utf-8")
    for path in sorted((ROOT / "src").rglob("*.py")):
        for text in _strings(ast.parse(path.read_text("utf-8"))):
            yield str(path.relative_to(ROOT).as_posix()), text


def _strings(tree: ast.AST) -> Iterator[str]:
    """Every string of a module; an f-string whole, with a field for each value in it."""
    parts = {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr)
             for part in each.values}  # fmt: skip
    for each in ast.walk(tree):
        if isinstance(each, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else FIELD for part in each.values
            )
        elif (
            isinstance(each, ast.Constant) and isinstance(each.value, str) and id(each) not in parts
        ):
            yield each.value


def _commands(text: str) -> Iterator[tuple[str, bool]]:
    for quoted in _QUOTED.findall(text):
        yield " ".join(quoted.split()), True
    blocks = _BLOCK.findall(text) if "```" in text else [re.sub(r"`[^`]*`", "", text)]
    for block in blocks:
        for line in block.splitlines():
            found = _CALLED.search(line)
            if found:
                yield " ".join(_REMARK.sub("", found["rest"]).split()), False

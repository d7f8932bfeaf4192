"""Every printed command runs as it is printed."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from diaspora_graph import load_dataset
from diaspora_graph.cli import main
from diaspora_graph.exchange import export
from printed import FIELD, ROOT, Printed, printed_commands

VERBS = main.list_commands(click.Context(main))

# Values for the parts of a printed command that the reader fills in.
_PLACES: Mapping[str, Mapping[str, str]] = {
    "template": {"DIR": "new"},
    "find": {"NAME": "anca"},
    "check": {"DIR": "mydata", "FOLDER": "mydata", FIELD: "mydata"},
    "seal": {
        "FOLDER": "mydata", FIELD: "mydata",
        "ID=FILE": "mydata:smith2020=smith.txt", "SOURCE=FILE": "mydata:smith2020=smith.txt",
    },
    "import": {"FOLDER": "mydata", "template.xlsx": "mydata/template.xlsx"},
}  # fmt: skip
_FILLED_IN = {
    "find …": "find ANCA",
    "import xlsx … -o …": "import xlsx mydata/template.xlsx -o mydata",
    "import labels FILE -o FOLDER": "import labels labels.xlsx -o seed",
    "why-not … …": "why-not kazakhs-in-tajikistan investment-in-tajikistan",
}
_SERVER = "needs a Neo4j server: tests/test_neo4j_load.py and test_neo4j_questions.py run its verbs"
_TEXT = "needs the text of the article, which is not ours to give: tests/test_sealing.py has others"


def _not_here(command: str) -> str:
    """The reason why a command cannot run here, or nothing."""
    if command.split(maxsplit=1)[0] in {"load", "plan", "status", "status-deep", "unload"}:
        return "" if "--help" in command else _SERVER
    if "neo4j://" in command:
        return _SERVER
    return _TEXT if "article.txt" in command else ""


def _is_command(found: Printed) -> bool:
    """Whether a line with the program's name is a command, not prose or output."""
    return found.quoted or found.command.split()[0] in VERBS


COMMANDS = sorted({each.command for each in printed_commands() if _is_command(each)})
HERE = [command for command in COMMANDS if not _not_here(command)]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Folders of a reader: before the template, with it filled, imported, and sealed."""
    base = tmp_path_factory.mktemp("desks")
    desks = {name: base / name for name in ("empty", "filled", "imported", "sealed")}
    desks["empty"].mkdir()
    shutil.copytree(ROOT / "seed", desks["empty"] / "seed")
    shutil.copytree(ROOT / "docs" / "qca", desks["empty"] / "docs" / "qca")
    (desks["empty"] / "smith.txt").write_text("They wrote that ANCA Youth acts for ANCA.", "utf-8")
    _next(desks["empty"], desks["filled"], "template mydata")
    _fill(desks["filled"] / "mydata" / "template.xlsx")
    export(load_dataset(), "labels", desks["filled"] / "labels.xlsx")
    _next(desks["filled"], desks["imported"], "import xlsx mydata/template.xlsx -o mydata")
    seal = "seal mydata --source-text mydata:smith2020=smith.txt"
    _next(desks["imported"], desks["sealed"], seal)
    return desks


def _next(before: Path, after: Path, command: str) -> None:
    shutil.copytree(before, after)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(after)
        result = CliRunner().invoke(main, shlex.split(command))
    assert result.exit_code == 0, result.output


def _fill(file: Path) -> None:
    rows = {
        "dataset": {"creator": "A Reader", "licence": "CC-BY-4.0"},
        "entities": {"id": "mydata:anca-youth", "type": "Association", "label_en": "ANCA Youth"},
        "sources": {
            "id": "mydata:smith2020", "type": "Source", "title": "On ANCA Youth",
            "source_class": "scholarly",
        },
        "statements": {
            "subject": "mydata:anca-youth", "predicate": "actsFor", "object": "anca",
            "source": "mydata:smith2020", "locator": "p. 1", "confidence": "medium",
            "quote": "ANCA Youth acts for ANCA",
        },
    }  # fmt: skip
    book = load_workbook(file)
    for name, cells in rows.items():
        at = {cell.value: cell.column for cell in book[name][1]}
        for column, value in cells.items():
            book[name].cell(2, at[column]).value = value
    book.save(file)
    book.close()


def _runnable(command: str) -> list[str]:
    words = shlex.split(_FILLED_IN.get(command, command))
    if len(words) == 1 and any(
        isinstance(each, click.Argument) and each.required for each in _verb(words[0]).params
    ):
        return [*words, "--help"]  # a verb that is named, not a command to type
    return [_PLACES.get(words[0], {}).get(word, word) for word in words]


def _verb(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert found, f"there is no verb {name}"
    return found


def _desk(words: list[str]) -> str:
    needs = {"template": "empty", "import": "filled", "seal": "imported"}
    return needs.get(words[0], "sealed")


@pytest.mark.parametrize("command", HERE)
def test_printed_commands_run(
    command: str, desks: Mapping[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = _runnable(command)
    shutil.copytree(desks[_desk(words)], tmp_path / "desk")
    monkeypatch.chdir(tmp_path / "desk")
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, f"{shlex.join(words)}\n{result.output}"


def test_commands_are_found_where_they_are_printed() -> None:
    files = {each.file for each in printed_commands() if _is_command(each)}
    assert {"README.md", "CONTRIBUTING.md", "docs/format.md", "docs/neo4j.md"} <= files
    assert {"src/diaspora_graph/cli/group.py", "src/diaspora_graph/pictures/staging.py"} <= files
    assert {"explore", "template DIR", "why-not … …"} <= set(COMMANDS)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(("explore", "kazakhstan", "--hops", "3"), marks=pytest.mark.thorough),
        ("explore", "kazakhstan", "--hops", "2"),
        ("figure", "--path", "kazakhstan", "kazakh-diaspora", "--width", "85"),
    ],
    ids=" ".join,
)
def test_a_refusal_names_a_command_that_works(
    asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("the refusal came after the work")

    with monkeypatch.context() as patch:
        patch.setattr("diaspora_graph.pictures.layout.layout.polish", never)
        patch.setattr("diaspora_graph.pictures.layout.layout.start", never)
        refused = CliRunner().invoke(main, asked)
    assert isinstance(refused.exception, SystemExit), refused.output
    assert refused.exit_code == 1
    assert list(tmp_path.iterdir()) == []
    (advice,) = re.findall(r"`diaspora-graph ([^`]+)`", refused.output)
    assert shlex.split(advice) != list(asked)
    done = CliRunner().invoke(main, shlex.split(advice))
    assert done.exit_code == 0, done.output
    assert list(tmp_path.iterdir())

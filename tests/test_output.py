"""Output of the program: UTF-8 in files and pipes, lines that a terminal shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from diaspora_graph.cli.output import WIDEST, Table, plain
from diaspora_graph.reading.load import load_dataset


def piped(encoding: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose output goes to a pipe, on a system with another code page."""
    env = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "diaspora_graph", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=env)


@pytest.mark.parametrize("encoding", ["cp1252", "cp1251", "ascii", "utf-16"])
@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_pipe_gets_what_a_file_gets(encoding: str, form: str, tmp_path: Path) -> None:
    asked = ("find", "Отандастар", "--limit", "2", "--format", form)
    done = piped(encoding, *asked)
    assert done.returncode == 0, done.stderr
    piped(encoding, *asked, "-o", str(tmp_path / "out"))
    assert done.stdout == (tmp_path / "out").read_bytes()
    assert "Отандастар" in done.stdout.decode()
    assert b"\r" not in done.stdout


def test_help_and_errors_are_utf8_too() -> None:
    assert "қ" in piped("cp1252", "show", "Қазақстан", "--language", "kk").stdout.decode()
    done = piped("cp1252", "show", "Қазақстан туралы ештеңе")
    assert done.returncode == 1
    assert "Қазақстан" in done.stderr.decode()


def test_a_long_cell_makes_no_row_wide() -> None:
    long = " ".join(["word"] * 2000)
    text = plain(Table(("id", "many", "note"), [("a", "b", "c"), ("d", long, "beside it")]))
    lines = text.splitlines()
    assert max(map(len, lines)) <= WIDEST
    assert lines[1].split() == ["a", "b", "c"]
    assert lines[2].endswith("beside it")
    assert text.count("word") == 2000
    assert len(text) < 3 * len(long)


def test_short_tables_stay_as_they_are() -> None:
    rows = [("anca", "Armenian National Committee"), ("aaa", "Assembly")]
    assert plain(Table(("id", "label"), rows)).splitlines() == [
        "id    label",
        "anca  Armenian National Committee",
        "aaa   Assembly",
    ]


def test_words_stay_whole_where_there_is_room() -> None:
    rows = [("st-" + "a" * 50, "word " * 60)]
    text = plain(Table(("id", "note"), rows))
    assert "st-" + "a" * 50 in text
    assert max(map(len, text.splitlines())) <= WIDEST


def test_flags_fit_and_lists_are_whole_in_csv() -> None:
    shown = piped("utf-8", "flags").stdout.decode()
    flags = load_dataset().tables["flag"]
    longest = max(flags["target"].all(), key=len)
    assert max(map(len, shown.splitlines())) <= WIDEST + 10
    assert len(shown) < 200_000
    assert f"… +{len(longest.split('|')) - 3:,}" in shown
    whole = piped("utf-8", "flags", "--format", "csv").stdout.decode()
    assert longest.replace("|", ", ") in whole

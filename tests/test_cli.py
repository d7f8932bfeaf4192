"""The command line: every verb on the seed, its errors, and its start-up cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from diaspora_graph.cli import main
from diaspora_graph.cli.group import VERBS
from diaspora_graph.policies.points import POINT_EVIDENCE

REQUIRED = {
    "ask", "check", "cite", "compare", "coverage", "demo", "explore", "export", "figure", "find",
    "flags", "import", "info", "paths", "questions", "seal", "show", "template", "verify", "why",
    "why-not",
}  # fmt: skip


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def said(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 1, (result.exit_code, result.output)
    assert "Traceback" not in result.output
    return result.output


def test_every_verb_has_help_and_its_line_is_the_docstring() -> None:
    assert {verb for section in VERBS.values() for verb in section} >= REQUIRED
    for section in VERBS.values():
        for verb in section:
            assert "Usage:" in said(verb, "--help")
            assert verb in said("--help")


def test_a_misspelt_verb_gets_a_hint() -> None:
    result = run("pths")
    assert result.exit_code == 2
    assert "Did you mean 'paths'" in result.output


@pytest.mark.parametrize("name", ["ANCA", "anca", "Армянский национальный комитет Америки", "АНКА"])
def test_show_takes_any_name(name: str) -> None:
    text = said("show", name)
    assert "Armenian National Committee of America — lobby organisation [anca]" in text
    assert "Nurbek, Kalashnikova, and Sydyknazarov 2025, Results ¶3" in text
    assert "digest" in text


def test_show_tells_denials_apart() -> None:
    text = said("show", "kazakhs-in-tajikistan")
    assert text.index("\ndenied (") > text.index("what it does and is")
    assert "[denies] Kazakhs in Tajikistan" in text


def test_what_is_disputed_is_marked_wherever_it_is_compared() -> None:
    points = said("compare", "armenia", "israel", "--framework", "points")
    for text in (points, said("show", "armenia")):
        line = next(line for line in text.splitlines() if "st-armenia-policy-strong-youth" in line)
        assert " · DISPUTED [" in line
        sure = next(each for each in text.splitlines() if "-strong-financial-support" in each)
        assert "DISPUTED" not in sure


ROWS = [
    "st-anca-lobbies-us-policy", "ob-kazakhs-tajikistan-share", "co-armenia-diaspora-ministry",
    "nurbek2025", "fl-tajikistan-share", "ex-inborn-traits",
]  # fmt: skip


@pytest.mark.parametrize("id", ROWS)
def test_show_takes_the_id_of_any_row(id: str) -> None:
    assert id in said("show", id)


def test_find_in_three_scripts_and_with_a_typo() -> None:
    for name in ("Қазақстан", "Казахстан", "Qazaqstan", "kazakstan", "KAZ"):
        rows = json.loads(said("find", name, "--format", "json"))
        assert rows[0]["id"] == "kazakhstan", name


def test_paths_hop_by_hop_with_sources() -> None:
    text = said("paths", "Armenian diaspora", "us-policy-toward-armenia")
    assert "↳ Armenian diaspora includes Armenian diaspora in the United States" in text
    assert "→ Armenian lobby in the United States relies on Armenian diaspora" in text
    assert "Nurbek, Kalashnikova, and Sydyknazarov 2025, Results ¶3, after Troickij 2017" in text
    rows = json.loads(said("paths", "anca", "us-policy-toward-armenia", "--format", "json"))
    assert rows[0]["statements"] == "st-anca-lobbies-us-policy"


def test_paths_say_why_there_is_none() -> None:
    text = said("paths", "Kazakhs in Tajikistan", "investment-in-tajikistan")
    assert "no path" in text
    assert "a source denies it" in text
    assert "st-kazakhs-in-tajikistan-no-investment" in text


def test_lifted_rules_are_named_in_the_output() -> None:
    text = said("paths", "united-kingdom", "india", "--undirected", "--any-topic")
    assert "any topic" in text
    assert "against the flow of influence too" in text


def test_why_shows_both_sides() -> None:
    text = said(
        "why", "migration-policy-concept-2023-2027", "concerns", "cooperation-with-kazakh-diaspora"
    )
    assert "DISPUTED" in text
    assert "[denies]" in text


def test_points_keep_not_stated_apart() -> None:
    text = said("compare", "--framework", "points")
    cited = "Nurbek, Kalashnikova, and Sydyknazarov 2025, Table 1, row Armenia"
    assert f"Armenia: Financial support — {cited}" in text
    assert "not stated: South Korea" in text
    asked = ("compare", "armenia", "--framework", "points", "--format", "json")
    rows = json.loads(said(*asked))
    ids = set(POINT_EVIDENCE) | {"filters"}
    assert set(rows[0]) == ids | {"aspect_label", "subject_label", "value_label"}
    (row, *_) = json.loads(said(*asked, "--ids"))
    assert set(row) == ids


def test_flags_coverage_info_questions() -> None:
    assert "fl-tajikistan-share" in said("flags", "--kind", "arithmetic")
    assert "in all" in said("coverage")
    assert "digest" in said("info")
    assert "programmes_for" in said("questions")


def test_ask_names_things_by_label() -> None:
    text = said("ask", "programmes_for", "community=Kazakh diaspora", "--format", "csv")
    assert "qazaq-house" in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "ankca"), "anca"),
        (("paths", "anca", "anca"), "both start and goal"),
        (("paths", "anca", "aaa", "--max-hops", "40"), "1 to 12"),
        (("paths", "anca", "aaa", "--as-of", "2021-02-29"), "2021-02"),
        (("why", "anca", "lobies", "aaa"), "lobbies"),
        (("why", "anca", "lobbies", "aaa"), "no source affirms"),
        (("ask", "programes_for"), "programmes_for"),
        (("ask", "programmes_for", "kazakh-diaspora"), "NAME=VALUE"),
        (("cite", "nurbek"), "nurbek2025"),
        (("flags", "--kind", "arithmetics"), "arithmetic"),
        (("verify", "--source-text", "nurbek=x.txt"), "nurbek2025"),
        (("verify", "--source-text", "nurbek2025=missing.txt"), "missing.txt"),
        (("info", "--graph", "no-such-folder"), "no such folder"),
        (("check", "no-such-folder"), "no such folder"),
        (("figure", "zanzibar"), "zanzibar"),
        (("figure", "mongolia", "-o", "figure.docx"), ".pdf"),
    ],
)
def test_mistakes_get_clear_lines(arguments: tuple[str, ...], says: str) -> None:
    assert says in refused(*arguments)


def test_check_without_folders_judges_the_seed() -> None:
    assert said("check").startswith("no faults: ")


def test_cite_the_data_and_the_sources() -> None:
    assert "SHA-256" in said("cite")
    assert "10.3389/fpos.2025.1583799" in said("cite", "fpos2025")
    assert said("cite", "nurbek2025", "--style", "bibtex").startswith("@article{nurbek2025,")
    assert json.loads(said("cite", "all", "--style", "csl-json"))


@pytest.mark.parametrize("form", ["jsonl", "graphml", "gexf", "ttl", "csv", "folder"])
def test_export_writes_the_same_bytes_each_time(form: str, tmp_path: Path) -> None:
    ending = "" if form in {"csv", "folder"} else f".{form}"
    first, second = tmp_path / f"a{ending}", tmp_path / f"b{ending}"
    said("export", "--format", form, "-o", str(first))
    said("export", "--format", form, "-o", str(second))
    files = (
        [first] if first.is_file() else sorted(each for each in first.rglob("*") if each.is_file())
    )
    assert files
    for each in files:
        assert (
            each.read_bytes()
            == (second / each.relative_to(first) if first.is_dir() else second).read_bytes()
        )


def test_output_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", "utf-8")
    text = refused("compare", "-o", str(tmp_path / "file" / "below.txt"))
    assert "cannot be written" in text
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_look_up_loads_no_heavy_library() -> None:
    code = (
        "import sys\nfrom diaspora_graph.cli import main\n"
        "try: main(['show', 'ANCA'])\nexcept SystemExit: pass\n"
        "heavy = {'pandas', 'networkx', 'rdflib', 'pyvis', 'matplotlib', 'neo4j', 'rich'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, encoding="utf-8", env=env
    )
    assert done.stdout.endswith("loaded: []\n")


def test_a_terminal_that_knows_no_kazakh_is_no_reason_to_fail() -> None:
    for encoding in ("cp1251", "ascii"):
        env = {**os.environ, "PYTHONIOENCODING": encoding}
        command = [sys.executable, "-m", "diaspora_graph", "show", "kazakhstan", "--language", "kk"]
        done = subprocess.run(command, capture_output=True, check=False, env=env)
        assert done.returncode == 0, done.stderr
        assert b"diaspora-graph 0.1.0" in done.stdout

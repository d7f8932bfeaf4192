"""What the program wrote as JSON Lines or RDF comes back by `import`, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph import digest, load_dataset, write_dataset
from diaspora_graph.cli import main
from diaspora_graph.exchange.jsonl import write as write_jsonl
from diaspora_graph.exchange.rdf import write as write_rdf
from samples import sample
from test_questions import _own_folder

WRITERS = {"jsonl": write_jsonl, "ttl": write_rdf}


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(words))
    return done.exit_code, done.output


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("form", WRITERS)
def test_a_dataset_comes_back_as_a_folder(form: str, tmp_path: Path) -> None:
    write_dataset(sample(), tmp_path / "before")
    WRITERS[form](sample(), tmp_path / f"data.{form}")
    code, text = run("import", form, str(tmp_path / f"data.{form}"), "-o", str(tmp_path / "after"))
    assert code == 0, text
    assert f"next: diaspora-graph info --graph {tmp_path / 'after'}" in text
    assert files(tmp_path / "after") == files(tmp_path / "before")


def test_several_datasets_become_a_folder_each(tmp_path: Path) -> None:
    both = load_dataset(_seed(), _own_folder(tmp_path))
    write_rdf(both, tmp_path / "data.ttl")
    code, text = run("import", "ttl", str(tmp_path / "data.ttl"), "-o", str(tmp_path / "out"))
    assert code == 0, text
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"diaspora-graph", "mine"}
    again = load_dataset(tmp_path / "out" / "diaspora-graph", tmp_path / "out" / "mine")
    assert digest(again) == digest(both)


def _seed() -> Path:
    return Path(__file__).parents[1] / "seed"


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_is_replaced(form: str, tmp_path: Path) -> None:
    WRITERS[form](sample(), tmp_path / f"data.{form}")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sources.csv").write_text("mine", "utf-8")
    code, text = run("import", form, str(tmp_path / f"data.{form}"), "-o", str(tmp_path / "out"))
    assert code == 1
    assert "name a folder that is new" in text
    assert files(tmp_path / "out") == {"sources.csv": b"mine"}


@pytest.mark.parametrize(
    ("form", "content", "said"),
    [("jsonl", '{"kind":"entity"', "data.jsonl:1"), ("ttl", "<a> <b> .", "data.ttl")],
)
def test_faults_are_told_and_nothing_is_written(
    form: str, content: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / f"data.{form}"
    file.write_text(content, "utf-8")
    code, text = run("import", form, str(file), "-o", str(tmp_path / "out"))
    assert code == 1
    assert said in text
    assert not (tmp_path / "out").exists()

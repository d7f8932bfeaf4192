"""Labels go out in a workbook; corrections of a native reader come back, or are all refused."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from diaspora_graph import load_dataset, write_dataset
from diaspora_graph.cli import main
from diaspora_graph.exchange import export
from samples import sample


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_dataset(sample(), tmp_path / "data")
    return tmp_path / "data"


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def _sent(folder: Path, cells: Mapping[tuple[str, str], str], name: str = "labels.xlsx") -> Path:
    """Export the labels, write ``cells`` by id and column, and return the workbook."""
    (file,) = export(load_dataset(folder), "labels", folder.parent / name)
    book = load_workbook(file)
    sheet = book["labels"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, columns["id"]).value: row for row in range(2, sheet.max_row + 1)}
    for (id, column), text in cells.items():
        sheet.cell(rows[id], columns[column]).value = text
    book.save(file)
    book.close()
    return file


def _entities(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "entities.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_every_entity_goes_out_with_its_labels_and_empty_cells(folder: Path) -> None:
    sheet = load_workbook(_sent(folder, {}))["labels"]
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == (
        "id", "type", "label_en", "label_native", "label_kk", "label_kk_better", "label_ru",
        "label_ru_better", "remark",
    )  # fmt: skip
    known = _entities(folder)
    assert [row[0] for row in rows] == list(known)
    for row in rows:
        said = dict(zip(head, row, strict=True))
        assert (said["label_kk"] or "") == known[str(row[0])].get("label_kk", "")
        assert said["label_kk_better"] is said["label_ru_better"] is said["remark"] is None


def test_the_same_data_give_the_same_workbook(tmp_path: Path) -> None:
    first, second = (export(sample(), "labels", tmp_path / name)[0] for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


def test_what_a_reader_corrects_comes_back_and_nothing_else_changes(folder: Path) -> None:
    before = _entities(folder)
    rest = {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "entities.csv"
    }
    file = _sent(
        folder,
        {
            ("aland", "label_kk_better"): "  Жаңа   Аланд ",
            ("aland-lobby", "label_ru_better"): "Комитет Аланда",
            ("aland-lobby", "remark"): "as on its page",
        },
    )
    done = _run("import", "labels", file, "-o", folder)
    assert done.exit_code == 0, done.output
    assert "3 changes" in done.output
    assert "'Комитет Аланда' (label of aland-lobby)" in done.output
    assert "remark on aland-lobby" in done.output
    after = _entities(folder)
    assert after["aland"]["label_kk"] == "Жаңа Аланд"
    assert after["aland-lobby"]["label_ru"] == "Комитет Аланда"
    changed = {
        (id, name)
        for id, row in after.items()
        for name in row
        if row[name] != before[id].get(name, "")
    }
    assert changed == {("aland", "label_kk"), ("aland-lobby", "label_ru")}
    assert rest == {
        path.name: path.read_bytes() for path in folder.iterdir() if path.name != "entities.csv"
    }
    again = _run("import", "labels", file, "-o", folder)
    assert again.exit_code == 0
    assert _entities(folder) == after


def test_what_does_not_fit_the_data_is_all_reported_and_nothing_is_written(folder: Path) -> None:
    file = _sent(
        folder,
        {
            ("aland", "label_kk"): "a label that was another",
            ("aland", "label_kk_better"): "Аланд",
            ("aland-lobby", "label_ru_better"): "Комитет",
            ("aland-lobby", "id"): "aland-loby",
        },
    )
    before = (folder / "entities.csv").read_bytes()
    done = _run("import", "labels", file, "-o", folder)
    assert done.exit_code == 1
    assert "2 faults" in done.output
    assert "a correction of the label as it is now" in done.output
    assert "did you mean 'aland-lobby'" in done.output
    assert (folder / "entities.csv").read_bytes() == before


def test_a_label_that_the_format_refuses_is_refused_here(folder: Path) -> None:
    file = _sent(folder, {("aland", "label_kk_better"): "Аланд\u200bелі"})
    before = (folder / "entities.csv").read_bytes()
    done = _run("import", "labels", file, "-o", folder)
    assert done.exit_code == 1, done.output
    assert "label_kk" in done.output
    assert (folder / "entities.csv").read_bytes() == before


def test_another_file_is_refused_with_what_is_expected(folder: Path, tmp_path: Path) -> None:
    done = _run("import", "labels", folder / "entities.csv", "-o", folder)
    assert (done.exit_code, "is not a workbook" in done.output) == (1, True)
    book = load_workbook(_sent(folder, {}))
    book["labels"].delete_cols(5, 2)
    book.save(tmp_path / "cut.xlsx")
    book["labels"].title = "other"
    book.save(tmp_path / "other.xlsx")
    book.close()
    done = _run("import", "labels", tmp_path / "cut.xlsx", "-o", folder)
    assert (done.exit_code, "it lacks label_kk, label_kk_better" in done.output) == (1, True)
    done = _run("import", "labels", tmp_path / "other.xlsx", "-o", folder)
    assert (done.exit_code, "export --format labels" in done.output) == (1, True)
    book = load_workbook(_sent(folder, {}))
    book["labels"].cell(1_048_576, 30).value = "stray"
    book.save(tmp_path / "far.xlsx")
    book.close()
    done = _run("import", "labels", tmp_path / "far.xlsx", "-o", folder)
    assert (done.exit_code, "has a cell far out" in done.output) == (1, True)
    done = _run("import", "labels", tmp_path / "cut.xlsx", "-o", tmp_path / "nowhere")
    assert done.exit_code == 1
    assert not (tmp_path / "nowhere").exists()

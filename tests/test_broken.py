"""Bad input: every planted fault is found in one run at its place, and no other fault."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broken import (
    EXPECTED,
    FOLDERS,
    MADE,
    MANY,
    MANY_WIDE,
    Planted,
    opened,
    place_of,
    planted,
    standing,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.canonical import digest, write_dataset
from diaspora_graph.dataset.columns import Table, table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES, Kind, columns
from diaspora_graph.errors import DatasetError, Fault, FileError, SchemaError, fault_report
from diaspora_graph.reading.load import dataset_of, examine, load_dataset
from samples import sample


@cache
def _found(root: Path) -> tuple[list[Fault], list[Fault]]:
    """Return the faults and the warnings of one run."""
    try:
        examined = examine(*opened(root))
    except SchemaError as error:
        return list(error.faults), []
    return examined.faults, examined.warnings


def _held(root: Path, expected: list[Planted]) -> None:
    """Compare the found faults with the planted ones, in both directions."""
    faults, warnings = _found(root)
    for found, planted_here in (
        (faults, [each for each in expected if not each.warning]),
        (warnings, [each for each in expected if each.warning]),
    ):
        places = Counter(place_of(fault, root) for fault in found)
        said = "\n".join(map(str, found))
        assert places == Counter(each.place for each in planted_here), said
        for each in planted_here:
            messages = [str(fault) for fault in found if place_of(fault, root) == each.place]
            assert any(each.words in message for message in messages), (each.words, messages)


@pytest.mark.parametrize("name", standing())
def test_faults_of_a_folder_are_found_and_none_is_invented(name: str) -> None:
    expected = (FOLDERS / name / EXPECTED).read_text(encoding="utf-8")
    _held(FOLDERS / name, planted(expected))


@pytest.mark.parametrize("name", sorted(MADE))
def test_faults_of_a_made_folder_are_found_and_none_is_invented(name: str, tmp_path: Path) -> None:
    MADE[name].write(tmp_path)
    _held(tmp_path, planted(MADE[name].expected))


@pytest.mark.parametrize("name", standing())
def test_a_broken_folder_is_not_loaded(name: str) -> None:
    faults, _ = _found(FOLDERS / name)
    if not faults:
        assert load_dataset(*opened(FOLDERS / name)).folders
        return
    with pytest.raises((DatasetError, SchemaError)) as caught:
        load_dataset(*opened(FOLDERS / name))
    assert caught.value.faults == tuple(faults)


@pytest.mark.parametrize("name", standing())
def test_check_tells_faults_without_a_traceback(name: str) -> None:
    faults, _ = _found(FOLDERS / name)
    done = CliRunner().invoke(main, ["check", *map(str, opened(FOLDERS / name))])
    assert done.exit_code == (1 if faults else 0), done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    for fault in faults[:5]:
        assert fault.file in done.output


def test_check_on_a_console_of_another_alphabet() -> None:
    folders = [FOLDERS / "ids_of_no_form", FOLDERS / "cells_that_are_not_clean"]
    run = "import sys; from diaspora_graph.cli import main; main(sys.argv[1:])"
    for folder in folders:
        done = subprocess.run(
            [sys.executable, "-X", "utf8=0", "-c", run, "check", str(folder)],
            env={**os.environ, "PYTHONIOENCODING": "cp1251"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
        assert b"entities.csv:2:" in done.stderr


# --- the report


def test_report_groups_faults_by_rule_and_counts_what_it_does_not_show(tmp_path: Path) -> None:
    MANY.write(tmp_path)
    examined = examine(tmp_path)
    assert len(examined.faults) == 1000
    lines = fault_report(examined.faults, examined.counts).splitlines()
    assert lines[:2] == ["1,500 faults", "unknown references (1,500)"]
    assert [line.partition(":")[2].partition(":")[0] for line in lines[2:7]] == list("45678")
    assert lines[7:] == ["  … and 1,495 more like these"]


def test_report_counts_what_is_wrong_with_the_form_of_a_file(tmp_path: Path) -> None:
    MANY_WIDE.write(tmp_path)
    with pytest.raises(DatasetError) as caught:
        load_dataset(tmp_path)
    assert str(caught.value).startswith("1,200 faults\nthe form of the file (1,200)\n")
    assert len(caught.value.faults) == 1000


def test_report_adds_up_over_files_and_rules() -> None:
    with pytest.raises(DatasetError) as caught:
        load_dataset(FOLDERS / "lost_rows")
    lines = str(caught.value).splitlines()
    assert lines[0] == "6 faults"
    assert [line for line in lines if not line.startswith(" ")][1:] == [
        "the form of the file (4)",
        "unknown references (2)",
    ]


def test_warnings_do_not_count_as_faults() -> None:
    examined = examine(FOLDERS / "shares")
    assert len(examined.warnings) == 1
    assert examined.warnings[0].rule == "shares"
    assert examined.counts["shares"] == 4


def test_hints_are_sought_for_the_first_names_only(tmp_path: Path) -> None:
    MANY.write(tmp_path)
    rows = "".join(f"t:nobody-{n:05},State,Country {n},Страна\n" for n in range(20_000))
    entities = (tmp_path / "entities.csv").read_text(encoding="utf-8") + rows
    (tmp_path / "entities.csv").write_text(entities, encoding="utf-8")
    hints = [fault.hint for fault in examine(tmp_path).faults]
    assert [bool(hint) for hint in hints] == [True] * 20 + [False] * 980


# --- no other faults are found


def _files(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(root.glob("*.csv"))}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder without faults, with every kind of row."""
    root = tmp_path_factory.mktemp("whole")
    write_dataset(sample(), root)
    assert examine(root).faults == []
    return root


def _records(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@pytest.mark.parametrize("file", [file for kind, file in FILES.items() if kind != "dataset"])
def test_a_row_that_cannot_be_read_is_the_only_fault(
    file: str, whole: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copy"
    shutil.copytree(whole, copied)
    known = {(each.column, each.rule) for each in examine(whole).warnings}
    records = _records((whole / file).read_bytes())
    for row in range(1, len(records), 1 + len(records) // 15):
        broken = [*records[:row], [*records[row], "one more"], *records[row + 1 :]]
        _rewrite(copied / file, broken)
        examined = examine(copied)
        found = [(each.row, each.rule) for each in examined.faults]
        assert found == [(row + 1, "the form of the file")]
        assert {(each.column, each.rule) for each in examined.warnings} <= known


@pytest.mark.parametrize("file", [file for kind, file in FILES.items() if kind != "dataset"])
def test_a_quotation_mark_that_is_not_closed_costs_its_own_row(
    file: str, whole: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copy"
    shutil.copytree(whole, copied)
    lines = (whole / file).read_text(encoding="utf-8").split("\n")
    starts = {line for line in lines[1:] if '"' not in line and line.count(",") > 1}
    records = _records((whole / file).read_bytes())
    for row, record in list(enumerate(records, 1))[1::3]:
        line = ",".join(record)
        if line not in starts:
            continue
        open_line = line.replace(",", ',"', 1)
        damaged = [open_line if each == line else each for each in lines]
        (copied / file).write_text("\n".join(damaged), encoding="utf-8", newline="")
        found = [(each.row, each.said) for each in examine(copied).faults]
        assert found == [(row, "a quotation mark that is never closed")]


@pytest.mark.parametrize("file", [file for kind, file in FILES.items() if kind != "dataset"])
def test_a_file_that_cannot_be_read_is_the_only_fault(
    file: str, whole: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copy"
    shutil.copytree(whole, copied)
    for data in (b"", b'"' + (whole / file).read_bytes()):
        (copied / file).write_bytes(data)
        found = [(each.file, each.row) for each in examine(copied).faults]
        assert found == [(f"{copied}/{file}", 1)]


def _rewrite(path: Path, records: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(records)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")


@pytest.mark.parametrize("kind", FILES)
def test_a_column_that_is_missing_is_the_only_fault(
    kind: Kind, whole: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copy"
    shutil.copytree(whole, copied)
    records = _records((whole / FILES[kind]).read_bytes())
    for field in columns(kind):
        if field.required:
            place = records[0].index(field.name)
            _rewrite(copied / FILES[kind], [[*row[:place], *row[place + 1 :]] for row in records])
            found = [(each.row, each.column, each.rule) for each in examine(copied).faults]
            assert found == [(1, field.name, "the columns")]


@pytest.mark.parametrize("kind", FILES)
def test_a_column_that_stands_twice_is_the_only_fault(
    kind: Kind, whole: Path, tmp_path: Path
) -> None:
    copied = tmp_path / "copy"
    shutil.copytree(whole, copied)
    records = _records((whole / FILES[kind]).read_bytes())
    for place, name in enumerate(records[0]):
        twice = [[*row, name if row is records[0] else f"x{n}"] for n, row in enumerate(records)]
        assert twice[0].count(records[0][place]) == 2
        _rewrite(copied / FILES[kind], twice)
        found = [(each.row, each.column, each.rule) for each in examine(copied).faults]
        assert found == [(1, name, "the columns")]


_NASTY = st.sampled_from(
    rb""", " "" \n \r \r\n ; | \t \x20 \x00 \x1b \xff \xd0 \xef\xbb\xbf NA - 999999999999999999 /
    \xe2\x80\xae \xcc\x8a \xc2\xb2 \xed\xa0\x80 \xe2\x80\xa8 \xc2\x85 =1+1 aland 1E+999
    2019-13""".split()
).map(lambda text: text.decode("unicode_escape").encode("latin-1"))


@given(
    file=st.sampled_from(sorted(FILES.values())),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), _NASTY), min_size=1, max_size=4
    ),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_are_told_or_loaded_whole(
    file: str, changes: list[tuple[float, int, bytes]], whole: Path
) -> None:
    data = (whole / file).read_bytes()
    for place, gone, new in changes:
        at = int(place * len(data))
        data = data[:at] + new + data[at + gone :]
    with TemporaryDirectory() as name:
        root = Path(name) / "damaged"
        shutil.copytree(whole, root)
        (root / file).write_bytes(data)
        faults = examine(root).faults
        assert all(str(fault) and fault.row >= 0 and fault.rule for fault in faults)
        if faults:
            return
        loaded = load_dataset(root)
        write_dataset(loaded, Path(name) / "again")
        assert digest(load_dataset(Path(name) / "again")) == digest(loaded)


def test_rows_in_memory_are_judged_as_rows_of_a_folder(whole: Path) -> None:
    tables = load_dataset(whole).tables
    rows: list[Mapping[str, str]] = [
        {"id": "a", "type": "State", "label_en": "A\x00land"},
        {"id": "b", "type": "State", "label_en": "Be\rland"},
        {"id": "c", "type": "Stat", "label_en": "Cela"},
    ]
    with pytest.raises(DatasetError) as caught:
        dataset_of({**_empty(tables), "entity": table_of("entity", rows)})
    found = [(each.file, each.row, each.column, each.rule) for each in caught.value.faults]
    assert found == [
        ("in memory/entities.csv", 4, "type", "words of the ontology"),
        ("in memory/entities.csv", 2, "label_en", "cells that are not clean"),
        ("in memory/entities.csv", 3, "label_en", "cells that are not clean"),
    ]


def _empty(tables: Mapping[Kind, Table]) -> dict[Kind, Table]:
    """Return tables without rows, except the dataset's own row."""
    return {
        kind: table if kind == "dataset" else table.take(np.array([], np.int32))
        for kind, table in tables.items()
    }


# --- folders and files that cannot be read or written

_IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
_NOBODY = 65534
_POSIX = pytest.mark.skipif(os.name != "posix", reason="rights work differently there")


@cache
def _made_up() -> Dataset:
    return sample()


@cache
def _other() -> Dataset:
    return load_dataset(FOLDERS / "namibia")


@pytest.fixture
def ordinary() -> Iterator[Path]:
    """A folder of a user without some rights, also when root runs the tests."""
    (
        _made_up(),
        _other(),
        _found(FOLDERS / "lost_rows"),
    )  # that user may not be allowed to read these
    with TemporaryDirectory() as name:
        if _IS_ROOT:
            os.chown(name, _NOBODY, -1)
            os.setresuid(_NOBODY, _NOBODY, 0)
        try:
            yield Path(name)
        finally:
            if _IS_ROOT:
                os.setresuid(0, 0, 0)


@pytest.mark.parametrize("name", ["nowhere", "a file", "a loop", "a\0name"])
def test_a_folder_that_cannot_be_opened_is_one_clear_line(name: str, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("text", encoding="utf-8")
    (tmp_path / "a loop").symlink_to(tmp_path / "a loop")
    with pytest.raises(FileError) as caught:
        load_dataset(FOLDERS / "namibia", tmp_path / name)
    assert len(str(caught.value).splitlines()) == 1


@_POSIX
def test_a_file_without_permission_is_a_fault(ordinary: Path) -> None:
    write_dataset(_made_up(), ordinary)
    (ordinary / "entities.csv").chmod(0)
    found = [(each.file, each.said) for each in examine(ordinary).faults]
    assert found == [(f"{ordinary}/entities.csv", "Permission denied")]


@_POSIX
def test_a_folder_without_permission_is_one_clear_line(ordinary: Path) -> None:
    (ordinary / "study").mkdir(mode=0)
    with pytest.raises(FileError, match="Permission denied"):
        load_dataset(ordinary / "study")


def _tree(root: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(root)): None if path.is_dir() else path.read_bytes()
        for path in sorted(root.rglob("*"))
    }


def test_a_file_stands_where_the_folder_should(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    before = _tree(tmp_path)
    with pytest.raises(FileError, match="taken"):
        write_dataset(_made_up(), tmp_path / "taken")
    with pytest.raises(FileError, match="taken"):
        write_dataset(_made_up(), tmp_path / "taken" / "deeper")
    assert _tree(tmp_path) == before


@pytest.mark.parametrize("file", ["dataset.csv", "statements.csv", "exclusions.csv"])
def test_a_file_that_cannot_be_written_leaves_all_others_as_they_were(
    file: str, tmp_path: Path
) -> None:
    root = tmp_path / "study"
    write_dataset(_other(), root)
    (root / file).unlink(missing_ok=True)
    (root / file).mkdir()
    before = _tree(root)
    with pytest.raises(FileError, match=file):
        write_dataset(_made_up(), root)
    assert _tree(root) == before


@_POSIX
def test_a_file_that_is_protected_stays_as_it_was(ordinary: Path) -> None:
    write_dataset(_other(), ordinary)
    (ordinary / "entities.csv").chmod(0o444)
    before = _tree(ordinary)
    with pytest.raises(FileError, match="read-only"):
        write_dataset(_made_up(), ordinary)
    assert _tree(ordinary) == before


@_POSIX
def test_a_folder_that_is_protected_stays_as_it_was(ordinary: Path) -> None:
    root = ordinary / "study"
    root.mkdir()
    root.chmod(0o555)
    with pytest.raises(FileError, match="cannot be written"):
        write_dataset(_made_up(), root)
    assert _tree(root) == {}


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that nobody may write to")
def test_a_place_that_takes_no_files(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written"):
        write_dataset(_made_up(), "/proc/self/study")


def test_namibia_comes_back(tmp_path: Path) -> None:
    write_dataset(_other(), tmp_path)
    data = load_dataset(tmp_path)
    namibia = data.entity("t:namibia")
    assert (namibia.iso3, namibia.label_native, namibia.description) == ("NAM", "NA", "N/A")
    assert namibia.aliases == "NA|NAM|null|None|nan"
    assert data.tables["alias"]["alias"].all() == ["NA", "NULL"]


def test_quoted_newlines_pass_and_keep_the_rows(tmp_path: Path) -> None:
    broken = (FOLDERS / "quoted_newlines" / "entities.csv").read_text(encoding="utf-8")
    shutil.copytree(FOLDERS / "quoted_newlines", tmp_path / "mended")
    mended = tmp_path / "mended" / "entities.csv"
    mended.write_text(broken.replace(",Stat,", ",State,"), encoding="utf-8")
    data = load_dataset(tmp_path / "mended")
    assert data.entity("t:beland").label_en == "Be\nland"
    assert data.entity("t:aland").description.count("\n") == 3

"""From files to cells: as the strict csv module reads them, cell for cell and row for row."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broken import sound
from diaspora_graph.dataset.canonical import csv_text
from diaspora_graph.dataset.columns import Table, table_of
from diaspora_graph.dataset.records import FILES, column_names
from diaspora_graph.errors import FileError
from diaspora_graph.reading import Reading, read_folder, records
from samples import sample

FORM = "the form of the file"
HEADER = ["id", "type", "label_en"]


def _read(data: bytes, file: str = "entities.csv") -> Reading:
    """Read a folder in which one file holds these bytes."""
    with TemporaryDirectory() as name:
        (Path(name) / "dataset.csv").write_text(sound()["dataset.csv"], encoding="utf-8")
        (Path(name) / file).write_bytes(data)
        return read_folder(Path(name))


def _rows(table: Table, names: Sequence[str]) -> list[list[str]]:
    return [list(row) for row in zip(*(table[name].all() for name in names), strict=True)]


# --- the strict csv module is the judge

_PIECES = st.lists(
    st.sampled_from(
        [
            '"',
            '""',
            ",",
            "\n",
            ",",
            "\n",
            "a",
            "b ",
            " c",
            "é",
            "NA",
            "\t",
            "\u2028",
            "\x85",
            "|",
            ";",
            "'",
        ]
    ),
    max_size=30,
).map("".join)


def _judged(text: str) -> list[list[str]] | None:
    """Return the records, None if the strict csv module refuses one or they differ in width."""
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None
    return found if all(len(record) == len(HEADER) for record in found) else None


@given(_PIECES)
@example('x"y,z,"')
@example('"x"y,a,b')
@example('a,"b\n\nc","""d"""\n')
@example('"","",""\n')
@example(' "a",b,c')
@example('a,b,"c"')
@example('""a,b,c\n')
def test_cells_are_what_the_strict_csv_module_reads(body: str) -> None:
    expected = _judged("id,type,label_en\n" + body)
    reading = _read(("id,type,label_en\n" + body).encode())
    found = _rows(reading.tables["entity"], HEADER)
    if expected is None:
        assert {fault.rule for fault in reading.faults} == {FORM}
        return
    kept = [(n, cells) for n, cells in enumerate(expected, 1) if any(cells) and cells != HEADER]
    assert found == [cells for _, cells in kept]
    assert reading.tables["entity"].row.tolist() == [row for row, _ in kept]
    assert len(reading.faults) == len(expected) - 1 - len(kept)


_LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from('\t\n",')
)


@given(st.lists(st.tuples(_LINES, _LINES), min_size=1, max_size=6), st.sampled_from([0, 1, 3]))
def test_hostile_text_comes_back(cells: list[tuple[str, str]], quoting: int) -> None:
    rows = [[f"t:e{n}", *row] for n, row in enumerate(cells)]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL if quoting == 1 else 0).writerows(
        [HEADER, *rows]
    )
    reading = _read(out.getvalue().encode())
    assert reading.faults == []
    assert _rows(reading.tables["entity"], HEADER) == rows
    assert reading.tables["entity"].row.tolist() == list(range(2, len(rows) + 2))


def test_every_file_of_a_dataset_comes_back_as_it_was_written(tmp_path: Path) -> None:
    data = sample()
    for kind, table in data.tables.items():
        text = csv_text(table, data.schema)
        (tmp_path / FILES[kind]).write_text(text, encoding="utf-8", newline="")
    reading = read_folder(tmp_path)
    assert reading.faults == reading.warnings == []
    for kind, table in data.tables.items():
        names = column_names(kind)
        written = _rows(table, names)
        defaults = {"affirms", "exact", "accepted", "asserted"}
        plain = [["" if cell in defaults else cell for cell in row] for row in written]
        read = _rows(reading.tables[kind], names)
        assert [["" if cell in defaults else cell for cell in row] for row in read] == plain


# --- what is damaged does not change what is sound


@given(
    st.lists(st.tuples(_LINES, _LINES), min_size=1, max_size=6),
    st.sampled_from(["one cell", "a,b,c,d", 'x"y",a,"b"c', "\x00,a,b", 'a,"b"c,d']),
    st.data(),
)
def test_a_damaged_record_changes_no_other(
    cells: list[tuple[str, str]], damaged: str, data: st.DataObject
) -> None:
    rows = [[f"t:e{n}", *row] for n, row in enumerate(cells)]
    at = data.draw(st.integers(0, len(rows)))
    lines = [_line(row) for row in (HEADER, *rows)]
    lines.insert(at + 1, damaged + "\n")
    reading = _read("".join(lines).encode())
    told = {fault.row for fault in reading.faults}
    assert told == {at + 2}
    table = reading.tables["entity"]
    others = [
        row for row, place in zip(_rows(table, HEADER), table.row, strict=True) if place != at + 2
    ]
    assert others == rows
    places = [place for place in table.row.tolist() if place != at + 2]
    assert places == [place for place in range(2, len(rows) + 3) if place != at + 2]


def _line(row: Sequence[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


@given(
    st.lists(st.tuples(_LINES, _LINES), min_size=1, max_size=8), st.sampled_from([64, 200, 1000])
)
@example([("x" * 500, "\n" * 300), ("\n,\n" * 99, '"')], 64)
@example([("a\nb", "c")] * 50, 64)
def test_cells_do_not_depend_on_how_much_is_read_at_a_time(
    cells: list[tuple[str, str]], block: int
) -> None:
    rows = [[f"t:e{n}", *row] for n, row in enumerate(cells)]
    data = "".join(map(_line, (HEADER, *rows))).encode()
    whole, records.BLOCK = records.BLOCK, block
    try:
        reading = _read(data)
    finally:
        records.BLOCK = whole
    assert _rows(reading.tables["entity"], HEADER) == rows


# --- encodings


@given(
    st.lists(st.text("абвгқ, \n\"'aé", min_size=1), min_size=1, max_size=4),
    st.sampled_from(["utf-16", "utf-16-le", "utf-16-be"]),
)
def test_a_file_in_utf_16_is_told_once_and_read(labels: list[str], encoding: str) -> None:
    rows = [[f"t:entity-{n}", "State", label] for n, label in enumerate(labels)]
    reading = _read("".join(map(_line, (HEADER, *rows))).encode(encoding))
    assert [fault.said for fault in reading.faults] == ["UTF-16"]
    assert _rows(reading.tables["entity"], HEADER) == rows


@given(
    st.lists(
        st.sampled_from(["дома", "Дом, дружбы", "фонд\nмира", "и совет"]), min_size=1, max_size=4
    )
)
def test_a_file_in_windows_1251_is_told_once_and_read(labels: list[str]) -> None:
    rows = [[f"t:e{n}", "State", f"Союз армян России {label}"] for n, label in enumerate(labels)]
    reading = _read("".join(map(_line, (HEADER, *rows))).encode("cp1251"))
    assert [fault.said for fault in reading.faults] == ["Windows-1251 (Cyrillic)"]
    assert [fault.row for fault in reading.faults] == [2]
    assert _rows(reading.tables["entity"], HEADER) == rows


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", ["", "end"])
def test_line_ends_and_marks_change_nothing(end: str, mark: bytes, last: str) -> None:
    text = end.join(["id,type,label_en", 't:a,State,"x\ny"', "t:b,State,Ә"]) + (end if last else "")
    reading = _read(mark + text.encode())
    assert reading.faults == []
    assert len(reading.warnings) == bool(mark)
    assert _rows(reading.tables["entity"], HEADER) == [
        ["t:a", "State", "x\ny"],
        ["t:b", "State", "Ә"],
    ]


# --- columns and folders


def test_columns_stand_in_any_order_and_ones_own_are_kept() -> None:
    reading = _read(b"_mine,label_en,_2,id,type\nx,Aland,,t:a,State\n")
    table = reading.tables["entity"]
    assert reading.faults == []
    assert _rows(table, HEADER) == [["t:a", "State", "Aland"]]
    assert {name: column.all() for name, column in table.extra.items()} == {
        "_2": [""],
        "_mine": ["x"],
    }


def test_files_that_are_not_there_have_no_rows() -> None:
    reading = _read(b"id,type,label_en\n")
    assert reading.faults == []
    assert {kind: len(table) for kind, table in reading.tables.items() if len(table)} == {
        "dataset": 1
    }


def test_what_a_spreadsheet_keeps_open_is_not_a_file_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dataset.csv").write_text(sound()["dataset.csv"], encoding="utf-8")
    for name in ("~$entities.csv", ".~lock.entities.csv#", ".entities.csv", "notes.txt"):
        (tmp_path / name).write_text("anything", encoding="utf-8")
    assert read_folder(tmp_path).faults == []


def test_there_is_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such folder"):
        read_folder(tmp_path / "nowhere")


def test_a_table_of_rows_reads_like_a_file() -> None:
    table = table_of("alias", [{"entity": "t:a", "alias": "А", "language": "ru"}])
    reading = _read("entity,alias,language\nt:a,А,ru\n".encode(), "aliases.csv")
    names = column_names("alias")
    assert _rows(reading.tables["alias"], names) == _rows(table, names)
    assert reading.tables["alias"].row.tolist() == table.row.tolist()

"""The template and its import: the dataset has what a researcher fills in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from diaspora_graph.dataset.canonical import digest
from diaspora_graph.dataset.dataset import SEED
from diaspora_graph.dataset.records import FILES, RECORDS, Kind, columns
from diaspora_graph.errors import DatasetError, Fault, FileError
from diaspora_graph.exchange.guidance import PURPOSE
from diaspora_graph.exchange.template import LISTS, README, SHEETS, WORKBOOK, write_template
from diaspora_graph.importers.xlsx import import_xlsx, prepare
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.reading.load import examine, load_dataset
from samples import ROWS, sample

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

QUOTED = {"statement", "observation", "coding", "flag", "exclusion"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "My project"
    write_template(folder)
    return folder


def _columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def _put(sheet: Worksheet, row: int, cells: Mapping[str, Any]) -> None:
    at = _columns(sheet)
    for name, value in cells.items():
        cell = sheet.cell(row, at[name])
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl would make a formula of =1+1


def _filled(template: Path, file: Path, rows: Mapping[Kind, Any]) -> Path:
    book = load_workbook(template / WORKBOOK)
    for kind, cells in rows.items():
        for row, each in enumerate(cells, 2):
            _put(book[FILES[kind].removesuffix(".csv")], row, each)
    book.save(file)
    book.close()
    return file


def _named(**cells: str) -> Mapping[str, str]:
    return {"creator": "me", "licence": "CC BY 4.0", "uses": "", **cells}


# --- the template ------------------------------------------------------------------------------


def test_one_sheet_a_file_one_column_a_field(template: Path) -> None:
    book = load_workbook(template / WORKBOOK)
    assert book.sheetnames == [README, *SHEETS, LISTS]
    assert {FILES[kind] for kind in SHEETS.values()} == {f"{name}.csv" for name in SHEETS}
    for name, kind in SHEETS.items():
        names = [field.name for field in columns(kind)]
        if kind in QUOTED:
            names.insert(names.index("passage") + 1, "quote")
        assert list(_columns(book[name])) == names


def test_headers_stay_in_sight_and_say_what_must_be_filled(template: Path) -> None:
    book = load_workbook(template / WORKBOOK)
    for name, kind in SHEETS.items():
        sheet = book[name]
        assert sheet.freeze_panes == "A2"
        filled = {field.name for field in columns(kind) if field.filled}
        looks: dict[bool, set[str]] = {True: set(), False: set()}
        for cell in sheet[1]:
            assert cell.font.bold
            looks[cell.value in filled].add(cell.fill.fgColor.rgb)
            start = "Must be filled." if cell.value in filled else ("May stay empty.", "The words")
            assert cell.comment.text.startswith(start), (name, cell.value)
        assert looks[True].isdisjoint(looks[False])


def test_every_cell_is_text(template: Path) -> None:
    book = load_workbook(template / WORKBOOK)
    for name in SHEETS:
        sheet = book[name]
        styled: set[int] = set()
        for dimension in sheet.column_dimensions.values():
            assert dimension.number_format == "@"
            styled |= set(range(dimension.min, dimension.max + 1))
        assert styled >= set(_columns(sheet).values())
        for row in sheet.iter_rows():
            filled = [cell for cell in row if cell.value is not None]
            assert {(cell.number_format, cell.data_type) for cell in filled} == {("@", "s")}


def _offered(book: Workbook, sheet: Worksheet) -> dict[str, list[str]]:
    """Return the words that each drop-down of a sheet offers, by column."""
    names = {column: name for name, column in _columns(sheet).items()}
    found = {}
    for choice in sheet.data_validations.dataValidation:
        (area,) = choice.sqref.ranges
        assert (area.min_row, area.max_row) == (2, 1_048_576)
        assert choice.errorStyle == "warning"
        cells = book[LISTS][choice.formula1.removeprefix(f"{LISTS}!").replace("$", "")]
        found[names[area.min_col]] = [row[0].value for row in cells]
    return found


def test_the_lists_are_those_of_the_ontology(template: Path, schema: Schema) -> None:
    book = load_workbook(template / WORKBOOK)
    assert book[LISTS].sheet_state == "hidden"
    offered: list[str] = []
    for name, kind in SHEETS.items():
        lists = _offered(book, book[name])
        for field in columns(kind):
            if field.holds == "word":
                assert lists.pop(field.name) == list(schema.words(field.what))
            elif field.holds == "term":
                words = lists.pop(field.name)
                assert set(words) <= set(schema.terms(field.what))
                offered += words
        assert lists == {}
    terms = (schema.classes, schema.predicates, schema.measures, schema.items)
    current = [name for each in terms for name, term in each.items() if not term.deprecated]
    assert sorted(offered) == sorted(current), "each term on one sheet"


def test_notes_say_what_each_column_is_for(template: Path, schema: Schema) -> None:
    assert set(PURPOSE) == {field.name for kind in RECORDS for field in columns(kind)}
    sheet = load_workbook(template / WORKBOOK)["observations"]
    note = sheet.cell(1, _columns(sheet)["definition"]).comment.text
    assert all(f"- {word}" in note for word in schema.words("definition"))


def test_the_csv_files_are_headers_and_a_dataset_to_be_filled(template: Path) -> None:
    for kind, name in FILES.items():
        rows = list(csv.reader((template / name).read_text("utf-8").splitlines()))
        assert rows[0] == [field.name for field in columns(kind)]
        assert len(rows) == (2 if kind == "dataset" else 1)
    found = examine(template)
    own = [fault for fault in found.faults if fault.file.startswith(str(template))]
    assert [(Path(fault.file).name, fault.row, fault.column) for fault in own] == [
        ("dataset.csv", 2, "licence"),
        ("dataset.csv", 2, "creator"),
    ]


@pytest.mark.parametrize(
    ("folder", "name"), [("My project", "my-project"), ("Қазақ", "my-data"), ("Été 2", "ete-2")]
)
def test_the_dataset_is_called_after_the_folder(folder: str, name: str, tmp_path: Path) -> None:
    write_template(tmp_path / folder)
    row = (tmp_path / folder / "dataset.csv").read_text("utf-8").splitlines()[1]
    assert row.startswith(f"{name},{name},https://example.org/{name}/,")


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "statements.csv").write_text("id\nmine\n", "utf-8")
    with pytest.raises(FileError, match=r"statements\.csv: exists already"):
        write_template(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["statements.csv"]


def test_terms_of_ones_own_ontology_are_offered(tmp_path: Path) -> None:
    own = tmp_path / "ontology"
    own.mkdir()
    (own / "own.ttl").write_text(
        """
        @prefix dg: <https://w3id.org/diaspora-graph/ontology#> .
        @prefix my: <https://example.org/own#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix schema: <https://schema.org/> .
        my:Chamber a owl:Class ; rdfs:subClassOf dg:Organisation ; rdfs:label "chamber"@en .
        my:Guild a owl:Class ; rdfs:subClassOf dg:Organisation ; rdfs:label "guild"@en ;
            owl:deprecated true .
        my:advises a owl:ObjectProperty ; rdfs:label "advises"@en ;
            schema:domainIncludes dg:Organisation ; schema:rangeIncludes dg:GovernmentBody ;
            dg:family dg:influence_family ; dg:influenceFlow "forward" .
        """,
        "utf-8",
    )
    write_template(tmp_path / "new", load_schema(own))
    book = load_workbook(tmp_path / "new" / WORKBOOK)
    classes = _offered(book, book["entities"])["type"]
    assert "Chamber" in classes
    assert "Guild" not in classes, "deprecated"
    assert "advises" in _offered(book, book["statements"])["predicate"]


# --- the way back ------------------------------------------------------------------------------


def test_a_filled_template_is_the_dataset(template: Path, tmp_path: Path) -> None:
    file = _filled(
        template,
        tmp_path / "filled.xlsx",
        {**ROWS, "dataset": [{**ROWS["dataset"][0], "uses": ""}]},
    )
    written = import_xlsx(file, tmp_path / "data")
    assert [path.name for path in written] == list(FILES.values())
    assert digest(load_dataset(tmp_path / "data")) == digest(sample())


plain_texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"),
    min_size=1,
    max_size=20,
) | st.sampled_from(
    ["=1+1", "007", "1e5", "NA", "TRUE", "2019-06", "_x000D_", " a ", "#N/A", "25%"]
)


def _clean(text: str) -> str:
    """Return a text without blanks at its ends and without hidden marks, in composed letters."""
    hidden = "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
    return normalize("NFC", re.sub(hidden, "", text)).strip()


seen_texts = plain_texts.filter(_clean)


@given(st.lists(st.tuples(seen_texts, seen_texts), min_size=1, max_size=5))
@settings(max_examples=12)
def test_text_comes_back_as_it_was_typed(
    template: Path, tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("typed")
    rows = [{"entity": one, "alias": other} for one, other in pairs]
    _typed(folder / "typed.xlsx", "aliases", rows)
    text = prepare(folder / "typed.xlsx", folder / "data").texts["aliases.csv"]
    read = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    found = [(row["entity"], row["alias"]) for row in read]
    assert found == [(_clean(one), _clean(other)) for one, other in pairs]


def _typed(file: Path, name: str, rows: list[dict[str, str]]) -> None:
    """Write rows as text with xlsxwriter, which escapes as Excel does."""
    import xlsxwriter

    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet(name)
        for column, title in enumerate(["entity", "alias", "language"]):
            sheet.write_string(0, column, title)
            for number, row in enumerate(rows, 1):
                sheet.write_string(number, column, row.get(title, ""))


def test_numbers_typed_as_numbers_are_the_text_that_one_sees(
    template: Path, tmp_path: Path
) -> None:
    numbers = {"value": 1146400, "value_high": 0.1 + 0.2, "valid": 2008, "note": -3.5, "gist": 1e-7}
    file = _filled(template, tmp_path / "n.xlsx", {"observation": [numbers]})
    texts = prepare(file, tmp_path / "data").texts
    (row,) = csv.DictReader(texts["observations.csv"].splitlines())
    found = {name: row[name] for name in numbers}
    assert found == {
        "value": "1146400",
        "value_high": "0.3",
        "valid": "2008",
        "note": "-3.5",
        "gist": "0.0000001",
    }


def test_a_working_copy_keeps_its_quotes_and_leaves_empty_columns_out(
    template: Path, tmp_path: Path
) -> None:
    row = {"subject": "aland", "quote": 'It says: "yes",\nand so on'}
    file = _filled(template, tmp_path / "q.xlsx", {"statement": [row]})
    texts = prepare(file, tmp_path / "data").texts
    assert list(texts) == ["dataset.csv", "statements.csv"]
    text = texts["statements.csv"]
    required = [field.name for field in columns("statement") if field.required]
    assert sorted(text.splitlines()[0].split(",")) == sorted([*required, "quote"])
    assert '"It says: ""yes"",\nand so on"' in text


def _told(file: Path, folder: Path) -> dict[tuple[str, int, str], Fault]:
    with pytest.raises(DatasetError) as caught:
        import_xlsx(file, folder)
    assert not folder.exists(), "nothing is written"
    told = [fault for fault in caught.value.faults if fault.rule == "cells of the workbook"]
    found = {(fault.file, fault.row, fault.column): fault for fault in told}
    assert len(found) == len(told)
    return found


def test_all_that_a_spreadsheet_did_is_told_in_one_run(template: Path, tmp_path: Path) -> None:
    book = load_workbook(template / WORKBOOK)
    sheet = book["statements"]
    moment = dt.datetime(2019, 6, 11, 3, 4)  # noqa: DTZ001 (a spreadsheet knows no zones)
    _put(sheet, 2, {"subject": "a", "valid": dt.date(2019, 6, 1), "note": moment})
    sheet.cell(2, _columns(sheet)["note"]).number_format = "d-mmm"
    _put(sheet, 3, {"subject": True, "gist": dt.time(3, 4), "valid": dt.date(2019, 1, 1)})
    _put(sheet, 4, {"subject": "a", "id": 1.2e15, "locator": 0.25, "note": 0.255})
    sheet.cell(4, _columns(sheet)["locator"]).number_format = "0%"
    sheet.cell(4, _columns(sheet)["note"]).number_format = '0.0" "%'
    sheet.cell(5, _columns(sheet)["gist"]).value = "=A1&B1"
    _put(sheet, 7, {"subject": "a"})
    sheet.cell(7, 30).value = "stray"
    book["entities"]["A2"].value = "#N/A"
    book["entities"]["A2"].data_type = "e"
    book.create_sheet("statments")
    book.create_sheet("_scratch")["A1"] = dt.date(2019, 1, 1)
    book.save(tmp_path / "all.xlsx")
    told = _told(tmp_path / "all.xlsx", tmp_path / "data")
    here = "all.xlsx:statements"
    wanted = {
        ("all.xlsx:statments", 0, ""): "did you mean 'statements'",
        (here, 2, "note"): "type the year too",
        (here, 3, "subject"): "'TRUE', expected text",
        (here, 3, "gist"): "turned it into a time",
        (here, 4, "id"): "keeps 15 digits",
        (
            here,
            4,
            "locator",
        ): "format the cell as text and type 25, with the unit percent",
        (here, 4, "note"): "type 25.5, with the unit percent",
        (here, 5, "gist"): "a formula without a value",
        (here, 7, "column 30"): "'stray', expected a column with a name",
        ("all.xlsx:entities", 2, "id"): "'#N/A'",
    }
    assert set(told) == set(wanted)
    for place, words in wanted.items():
        assert words in str(told[place]), place


def _rewritten(file: Path, pattern: str, by: str) -> None:
    """Change the XML of the sheets of a workbook, as another program may have written it."""
    with zipfile.ZipFile(file) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(file, "w") as book:
        for name, data in parts.items():
            if name.startswith("xl/worksheets/sheet"):
                data = re.sub(pattern.encode(), by.encode(), data)  # noqa: PLW2901
            book.writestr(name, data)


@pytest.mark.parametrize(
    ("value", "said"),
    [("<v></v>", "a formula without a value"), ("<v>7</v>", ""), ("", "a formula without a value")],
)
def test_a_formula_needs_its_value(value: str, said: str, template: Path, tmp_path: Path) -> None:
    file = _filled(template, tmp_path / "f.xlsx", {"alias": [{"entity": "a", "language": "en"}]})
    book = load_workbook(file)
    book["aliases"]["B2"] = "=3+4"
    book.save(file)
    _rewritten(file, r"<f>3\+4</f><v ?/?>(</v>)?", f"<f>3+4</f>{value}")
    if said:
        (fault,) = _told(file, tmp_path / "data").values()
        assert (fault.row, fault.column, fault.said) == (2, "alias", said)
    else:
        assert "a,7,en" in prepare(file, tmp_path / "data").texts["aliases.csv"]


def test_a_cell_far_out_is_told_and_not_read(template: Path, tmp_path: Path) -> None:
    book = load_workbook(template / WORKBOOK)
    book["flags"]["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    (fault,) = _told(tmp_path / "far.xlsx", tmp_path / "data").values()
    assert (fault.file, fault.row) == ("far.xlsx:flags", 1_048_576)


def test_what_is_no_workbook(template: Path, tmp_path: Path) -> None:
    for name, data in {
        "text.xlsx": b"id,type\n",
        "empty.xlsx": b"",
        "protected.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "cut.xlsx": (template / WORKBOOK).read_bytes()[:3000],
    }.items():
        (tmp_path / name).write_bytes(data)
        with pytest.raises(FileError, match=rf"{name}: is not a workbook"):
            import_xlsx(tmp_path / name, tmp_path / "data")
    with zipfile.ZipFile(tmp_path / "zip.xlsx", "w") as other:
        other.writestr("a.txt", "a")
    with pytest.raises(FileError, match="is not a workbook"):
        import_xlsx(tmp_path / "zip.xlsx", tmp_path / "data")
    for name in ("none.xlsx", "."):
        with pytest.raises(FileError, match="cannot be read"):
            import_xlsx(tmp_path / name, tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_document_type_in_a_workbook_is_refused(template: Path, tmp_path: Path) -> None:
    file = _filled(template, tmp_path / "trap.xlsx", {"alias": [{"entity": "a"}]})
    _rewritten(file, "<worksheet", '<!DOCTYPE w [<!ENTITY a "ha">]><worksheet')
    with pytest.raises(FileError, match="document type"):
        import_xlsx(file, tmp_path / "data")


def test_a_workbook_without_rows(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "entities"  # type: ignore[union-attr]
    book.save(tmp_path / "empty.xlsx")
    (fault,) = _told(tmp_path / "empty.xlsx", tmp_path / "data").values()
    assert fault.said == "no rows"


def test_rows_that_are_there_are_not_written_over(template: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    write_template(place)
    alias = {"entity": "anca", "alias": "b", "language": "en"}
    rows: dict[Kind, Any] = {"dataset": [_named(uses=SEED)], "alias": [alias]}
    file = _filled(place, tmp_path / "one.xlsx", rows)
    import_xlsx(file, place)  # over the files of the template
    assert "me" in (place / "dataset.csv").read_text("utf-8")
    import_xlsx(file, place)  # the same once more
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    rows["alias"] = [{**alias, "alias": "c"}]
    named = _named(name="place", uses=SEED)
    changed = _filled(template, tmp_path / "two.xlsx", rows | {"dataset": [named]})
    with pytest.raises(FileError, match=r"aliases\.csv: holds rows already"):
        import_xlsx(changed, place)
    another = _named(name="other", uses=SEED)
    other = _filled(template, tmp_path / "three.xlsx", {"dataset": [another]})
    with pytest.raises(FileError, match="holds rows already"):
        import_xlsx(other, place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before

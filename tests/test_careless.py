"""A carelessly filled template is imported in two rounds; a user's own sheet gets advice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from diaspora_graph import DatasetError, FileError, import_xlsx, load_dataset, write_template
from diaspora_graph.cli import main
from diaspora_graph.exchange.template import WORKBOOK
from diaspora_graph.importers.xlsx import prepare
from diaspora_graph.reading.load import examine

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TEXT = "The committee lobbied the parliament for the law on compatriots in 2008, it is said."

ENTITIES = [
    ("Korea Committee", "Lobby organisation", "Korea Committee "),
    ("Korean Diaspora", "diaspora", "Korean diaspora of Otherland"),
    ("Law 2008", "law", "Law on Compatriots Abroad"),
    ("parliament", "Government body", "Parliament of Otherland"),
    ("KOTRA2", "Company", " Trade Agency"),
    ("otherland", "State", "Otherland"),
    ("Mr. Kim", "person", "Kim Example"),
    ("aid-programme", "programme", "Aid Programme"),
]
SOURCES = [
    ("Doe 2020", "Journal article", "Doe, Jane", "On Compatriots", "2020",
     "https://doi.org/10.1234/abc.2020", "Academic"),
    ("roe2021", "report", "Roe, Richard", "A Report", "June 2021", "doi:10.5555/xyz", "official"),
    ("Poe", "Report", "Poe, Edgar", "Tales", "c. 2019", "", "Organisation"),
]  # fmt: skip
STATEMENTS = [
    ("Korea Committee", "lobbies", "Parliament of Otherland", "2008", "High"),
    ("korea committee", "Lobbies", "parliament", "since 1991", "high "),
    ("Korea Committee", "lobbies on", "Law on compatriots abroad", "June 2008", "HIGH"),
    ("Korea Committee", "Acts for", "Korean Diaspora", "1991-present", "medium"),
    ("Trade Agency", "funds", "Korea Committee", "2005-2008", "Medium"),
    ("Otherland", "pursues", "Law 2008", dt.date(2008, 12, 10), "low"),
    ("parliament", "located in", "Otherland", "", "high"),
    ("Korea Committee", "based in", "otherland", "c. 1915", "high"),
    ("Mr. Kim", "holds post in", "Korea Committee", "1996/97", "High"),
    ("Trade Agency", "Cooperates with", "korea committee", "1950s", "high"),
    ("Aid Programme", "targets", "Korean Diaspora of Otherland", "2008-Q1", "high"),
    ("Korea Committee", "operates in", "Kazakhstan", "2010-05", "high"),
    ("Korea Committee", "operates in", "Қазақстан", dt.date(2011, 5, 1), "high"),
    ("Korea Committee", "cooperates with", "ANCA", 2012, "high"),
    ("Korea Committee", "operates in", "Armenia", "before 2008", "high"),
    ("Korea Committee", "operates in", "Freedonia", "2008-2010", "high"),
    ("Korea Committee", "operates in", "India", " 2009", "high"),
    ("Korea Committee", "operates in", "kazakhstan", "2015", "high"),
    ("Korea Committee", "operates in", "Atlantis", "2016", "high"),
    ("Korea Committee", "operates in", "Armenia", "spring 2008", "high"),
]
OBSERVATIONS = [
    (
        "Otherland",
        "Remittances received",
        "1 146 400",
        "USD/year",
        "Kazakhstan",
        "Estimate",
        "2008",
    ),
    ("Otherland", "remittances_received", "2,146,400,000", "USD/year", "Armenia", "official", 2009),
    ("Korean Diaspora", "Population", 110000, "Persons", "", "Official", dt.date(2009, 1, 1)),
]


def put(sheet: Worksheet, row: int, cells: Mapping[str, Any]) -> None:
    at = {cell.value: cell.column for cell in sheet[1]}
    for name, value in cells.items():
        sheet.cell(row, at[name]).value = value


def careless(folder: Path) -> Path:
    """Fill the template without reading its notes; return the workbook."""
    write_template(folder)
    book = load_workbook(folder / WORKBOOK)
    put(book["dataset"], 2, {"creator": "me ", "licence": "CC BY 4.0", "prefix": "mine"})
    for row, (id, type_, label) in enumerate(ENTITIES, 2):
        put(book["entities"], row, {"id": id, "type": type_, "label_en": label})
    for row, (id, type_, author, title, date, doi, class_) in enumerate(SOURCES, 2):
        cells = {"id": id, "type": type_, "author": author, "title": title, "date": date}
        put(
            book["sources"],
            row,
            {**cells, "doi": doi, "source_class": class_, "language": "English"},
        )
    quote = {"source": "Doe 2020", "locator": "p. 1", "quote": TEXT}
    for row, (subject, predicate, object_, valid, confidence) in enumerate(STATEMENTS, 2):
        said = {"subject": subject, "predicate": predicate, "object": object_, "valid": valid}
        put(book["statements"], row, {**said, "confidence": confidence, **quote})
    valid = _column(book["statements"], "valid")
    book["statements"].cell(14, valid).number_format = "mmm-yy"  # so Excel shows what was 2011-05
    for row, (subject, measure, value, unit, partner, status, valid) in enumerate(OBSERVATIONS, 2):
        seen = {"subject": subject, "measure": measure, "value": value, "unit": unit}
        more = {"partner": partner, "obs_status": status, "valid": valid, "confidence": "High"}
        defined = {"definition": "Ethnic community"} if measure == "Population" else {}
        put(book["observations"], row, {**seen, **more, **defined, **quote})
    sheet = book.create_sheet("Sheet1")
    sheet["A1"] = "my notes"
    sheet = book["aliases"]
    put(sheet, 3, {"entity": "Korea Committee", "alias": "KC", "language": "English"})
    book["observations"].delete_cols(_column(book["observations"], "passage"))
    book.save(folder / "filled.xlsx")
    return folder / "filled.xlsx"


def _column(sheet: Worksheet, name: str) -> int:
    return int(next(cell.column for cell in sheet[1] if cell.value == name))


def said(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


LEFT = {
    ("statements", 8, "predicate"): "basedIn",
    ("statements", 17, "object"): "russia",
    ("statements", 20, "object"): "india",
    ("statements", 21, "valid"): "2008-03/2008-05",
    ("sources", 2, "source_class"): "scholarly",
}
"""The corrections that only the researcher can make."""


def test_a_careless_workbook_comes_in_within_two_rounds(tmp_path: Path) -> None:
    file = careless(tmp_path / "project")
    rows = sum(map(len, (ENTITIES, SOURCES, STATEMENTS, OBSERVATIONS))) + 2
    assert rows >= 36
    target = tmp_path / "data"
    code, told = said("import", "xlsx", str(file), "-o", str(target))
    assert code == 1
    assert not target.exists(), "nothing is written"
    assert "more like these" not in told
    faults = {(f.file.partition(":")[2], f.row, f.column) for f in prepare(file, target).faults}
    assert faults == set(LEFT)
    book = load_workbook(file)
    for (sheet, row, column), cell in LEFT.items():
        put(book[sheet], row, {column: cell})
    book.save(file)
    code, told = said("import", "xlsx", str(file), "-o", str(target))
    assert code == 0, told
    text = tmp_path / "doe.txt"
    text.write_text(TEXT, "utf-8")
    code, told = said("seal", str(target), "--source-text", f"mine:doe-2020={text}")
    assert code == 0, told
    code, told = said("check", str(target))
    assert code == 0, told
    data = load_dataset(target)
    own = [data.statement(id) for id in data.tables["statement"]["id"].all() if "mine:" in id]
    assert len(own) == len(STATEMENTS)
    assert {each.confidence for each in own} == {"high", "medium", "low"}
    found = {(each.object, each.valid) for each in own}
    assert {("kazakhstan", "2010-05"), ("kazakhstan", "2011-05"), ("anca", "2012")} <= found
    assert {
        ("mine:otherland", "1915~"),
        ("armenia", "../2008"),
        ("mine:law-2008", "2008-12-10"),
    } <= found
    seen = [data.observation(id) for id in data.tables["observation"]["id"].all() if "mine:" in id]
    assert sorted(each.value for each in seen) == ["110000", "1146400", "2146400000"]
    assert data.source("mine:doe-2020").doi == "10.1234/abc.2020"
    assert data.source("mine:roe2021").date == "2021-06"
    assert data.source("mine:poe").language == "en"


@pytest.mark.parametrize(
    "line",
    [
        "filled.xlsx:Sheet1: 'Sheet1' (not a sheet of the template: left out)",
        "filled.xlsx:observations:1:passage: 'no such column' (added, empty: the format",
        "filled.xlsx:dataset:2:creator: 'me ' → 'me' (no blanks at the ends)",
        "filled.xlsx:entities:2:id: 'Korea Committee' → 'mine:korea-committee'",
        "filled.xlsx:entities:2:type: 'Lobby organisation' → 'LobbyOrganisation'",
        "filled.xlsx:statements:2,4,10:confidence: ",
        "filled.xlsx:statements:2-21:source: 'Doe 2020' → 'mine:doe-2020'",
        "filled.xlsx:statements:14:object: 'Қазақстан' → 'kazakhstan'",
        "filled.xlsx:statements:14:valid: 'a date of the spreadsheet, 2011-05-01' → '2011-05'",
        "filled.xlsx:statements:7:valid: 'a date of the spreadsheet, 2008-12-10' → '2008-12-10'",
        "filled.xlsx:statements:9:valid: 'c. 1915' → '1915~'",
        "filled.xlsx:observations:2:value: '1 146 400' → '1146400'",
        "filled.xlsx:sources:2:doi: 'https://doi.org/10.1234/abc.2020' → '10.1234/abc.2020'",
    ],
)
def test_each_repair_is_told(line: str, report: str) -> None:
    if line.endswith("confidence: "):
        line = "filled.xlsx:statements:2,10:confidence: 'High' → 'high'"
    assert line in report


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("careless")
    return said("import", "xlsx", str(careless(place / "p")), "-o", str(place / "d"))[1]


def test_what_is_left_says_what_to_do(report: str) -> None:
    assert "'Freedonia', expected the id of an entity or a source; add a row for it" in report
    assert "diaspora-graph find 'Freedonia'" in report
    assert "write 2008-03/2008-05" in report
    assert report.count("expected") == len(LEFT)


def test_a_name_that_several_bear_is_not_guessed(tmp_path: Path) -> None:
    file = careless(tmp_path / "p")
    book = load_workbook(file)
    put(book["entities"], 10, {"id": "twin", "type": "State", "label_en": "Trade agency"})
    book.save(file)
    told = {(f.row, f.column): f.hint for f in prepare(file, tmp_path / "d").faults}
    assert told[6, "subject"] == (
        "'Trade Agency' may be mine:kotra2 or mine:twin: write the id that is meant"
    )


def test_many_faults_are_all_listed(tmp_path: Path) -> None:
    file = careless(tmp_path / "p")
    book = load_workbook(file)
    for row in range(2, 22):
        put(book["statements"], row, {"object": f"Nowhere {row}"})
    book.save(file)
    with pytest.raises(DatasetError) as told:
        import_xlsx(file, tmp_path / "d")
    assert all(f"'Nowhere {row}'" in str(told.value) for row in range(2, 22))
    assert "more like these" not in str(told.value)


# --- merged cells


def merged(file: Path, folder: Path, area: str, sheet: str = "statements") -> Path:
    book = load_workbook(file)
    book[sheet].merge_cells(area)
    book.save(folder / "merged.xlsx")
    return folder / "merged.xlsx"


def test_merged_cells_give_each_row_their_value(tmp_path: Path) -> None:
    file = careless(tmp_path / "p")
    book = load_workbook(file)
    sheet = book["statements"]
    for row in range(13, 16):
        put(sheet, row, {"object": "Kazakhstan" if row == 13 else None})
    letter = sheet.cell(1, _column(sheet, "object")).column_letter
    sheet.merge_cells(f"{letter}13:{letter}15")
    book.save(file)
    found = prepare(file, tmp_path / "d")
    repairs = [each for each in found.repairs if "merged" in each.said]
    assert [(each.row, each.column, each.became) for each in repairs] == [
        (13, "object", "Kazakhstan")
    ]
    assert f"{letter}13:{letter}15" in repairs[0].said
    rows = found.texts["statements.csv"].splitlines()
    assert [row.split(",")[1:4].count("kazakhstan") for row in rows[12:15]] == [1, 1, 1]


@pytest.mark.parametrize("area", ["B5:C5", "A1:C1", "B2:D4"])
def test_cells_merged_over_columns_are_refused_by_their_name(area: str, tmp_path: Path) -> None:
    file = merged(careless(tmp_path / "p"), tmp_path, area)
    faults = [f for f in prepare(file, tmp_path / "d").faults if "merged" in f.said]
    assert [f.said for f in faults] == [f"merged cells {area}"]
    assert "statements" in faults[0].file


# --- a user's own sheet


def own_sheet(folder: Path, name: str, *rows: tuple[Any, ...]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(row)
    book.save(folder / "own.xlsx")
    return folder / "own.xlsx"


def test_a_sheet_of_ones_own_is_told_how_to_map_its_columns(tmp_path: Path) -> None:
    head = ("Organisation", "Relation", "Target", "Year", "Source", "Page", "Shoe size")
    file = own_sheet(tmp_path, "Tabelle1", head, ("ANCA", "lobbies", "USA", 2008, "Doe", 3, 44))
    with pytest.raises(FileError) as told:
        import_xlsx(file, tmp_path / "d")
    text = str(told.value)
    for line in (
        "sheet 'Tabelle1': name it 'statements'",
        "Organisation → subject",
        "Relation → predicate",
        "Target → object",
        "Year → valid",
        "Source → source",
        "Page → locator",
        "Shoe size → _Shoe size",
        "id, passage, confidence",
        "diaspora-graph template",
    ):
        assert line in text, text
    code, output = said("import", "xlsx", str(file), "-o", str(tmp_path / "d"))
    assert code == 1
    assert text in output


def test_figures_go_to_observations(tmp_path: Path) -> None:
    head = ("Country", "Indicator", "Partner", "Value", "Unit", "Year")
    file = own_sheet(
        tmp_path, "Sheet1", head, ("Armenia", "Migrants", "Russia", 5, "persons", 2010)
    )
    with pytest.raises(FileError, match="name it 'observations'") as told:
        import_xlsx(file, tmp_path / "d")
    assert "Indicator → measure" in str(told.value)


def test_names_of_sheets_and_columns_are_repaired(tmp_path: Path) -> None:
    file = careless(tmp_path / "p")
    book = load_workbook(file)
    book["statements"].title = "Statements "
    book["Statements "].cell(1, _column(book["Statements "], "subject")).value = " Subject"
    book.save(file)
    found = prepare(file, tmp_path / "d")
    assert {(f.row, f.column) for f in found.faults} == {key[1:] for key in LEFT}
    told = {each.said for each in found.repairs}
    assert {"Statements ", " Subject"} <= told


# --- every fault of a folder can be seen


def test_check_lists_every_fault_as_a_table(tmp_path: Path) -> None:
    write_template(tmp_path / "t")
    rows = "".join(f"t:e{n},Stat,Name {n}\n" for n in range(40))
    (tmp_path / "t" / "entities.csv").write_text(f"id,type,label_en\n{rows}", "utf-8")
    code, told = said("check", str(tmp_path / "t"))
    assert code == 1
    assert "more like these" in told
    assert "--format csv" in told
    code, told = said("check", str(tmp_path / "t"), "--format", "csv")
    assert code == 1
    lines = [line for line in told.splitlines() if ",words of the ontology," in line]
    assert len(lines) == 40
    assert told.splitlines()[0] == "level,file,row,column,rule,said,expected,hint"
    assert len(examine(tmp_path / "t").faults) == sum(
        line.startswith("fault,") for line in told.splitlines()
    )

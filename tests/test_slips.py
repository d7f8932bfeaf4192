"""Slips that a check names: codes, rows pasted twice, markup, code pages, times as printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph import Fault, Scope, influence_paths, load_dataset, write_dataset
from diaspora_graph.cli import main
from diaspora_graph.countries import codes_meant, countries
from diaspora_graph.dates import EVER, NEVER
from diaspora_graph.reading.load import examine

FINGER = "p7c36ab6a31bfc0c7:212"
FILES = {
    "dataset.csv": "name,prefix,namespace,version,format,ontology,licence,creator\n"
    "t,t,https://example.org/t/,1,1,0.1.0,CC-BY-4.0,me\n",
    "entities.csv": "id,type,label_en,iso3\nt:anland,State,Anland,KAZ\nt:beland,State,Beland,\n"
    "t:union,DiasporaOrganisation,Union,\nt:law,Law,Law One,\n",
    "sources.csv": 'id,type,author,title,date,source_class\nt:s1,Report,"Doe, A.",A report,2020,'
    "official\n",
    "statements.csv": "id,subject,predicate,object,valid,source,locator,passage,confidence\n"
    f"t:a,t:union,lobbiesOn,t:law,,t:s1,p. 1,{FINGER},high\n",
}


def write(folder: Path, **files: str) -> Path:
    for name, text in (FILES | {f"{each}.csv": text for each, text in files.items()}).items():
        (folder / name).write_text(text, "utf-8")
    return folder


def faults(folder: Path) -> list[Fault]:
    return examine(folder).faults


def test_the_folder_is_sound(tmp_path: Path) -> None:
    assert examine(write(tmp_path)).warnings == []
    assert faults(tmp_path) == []


# --- codes of countries


def test_the_table_has_the_codes_of_iso() -> None:
    known = countries()
    assert sum(not row["standing"] for row in known.values()) == 249
    assert all(len(code) == 3 and code.isupper() and code.isascii() for code in known)
    current = [row for row in known.values() if not row["standing"]]
    assert len({row["iso2"] for row in current}) == len({row["number"] for row in current}) == 249
    assert known["KAZ"]["iso2"] == "KZ"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("KZA", "KAZ"), ("kaz", "KAZ"), ("KZ", "KAZ"), ("398", "KAZ"), ("UZK", "UZB"), ("ARN", "ARM")],
)
def test_what_is_no_code_is_a_fault(said: str, meant: str, tmp_path: Path) -> None:
    entities = FILES["entities.csv"].replace("KAZ", said)
    (fault,) = faults(write(tmp_path, entities=entities))
    assert (fault.row, fault.column, fault.said) == (2, "iso3", said)
    assert meant in codes_meant(said)
    assert fault.hint.startswith("did you mean")
    assert meant in fault.hint


@pytest.mark.parametrize("code", ["SUN", "YUG", "CSK", "XKX", "XAA"])
def test_former_codes_and_those_left_to_users_are_taken(code: str, tmp_path: Path) -> None:
    assert faults(write(tmp_path, entities=FILES["entities.csv"].replace("KAZ", code))) == []


# --- repeated rows

OBSERVATIONS = (
    "id,subject,measure,value,unit,partner,obs_status,source,locator,passage,confidence\n"
    f"t:o1,t:anland,remittances_received,100,USD/year,t:beland,estimate,t:s1,p. 1,{FINGER},high\n"
)


def twice(text: str, old: str, new: str, *more: tuple[str, str]) -> str:
    """Return a file with a changed copy of its last row."""
    row = text.splitlines()[-1].replace(old, new, 1)
    for one, other in more:
        row = row.replace(one, other)
    return f"{text}{row}\n"


@pytest.mark.parametrize(
    ("file", "text", "row"),
    [
        ("statements", twice(FILES["statements.csv"], "t:a,", "t:b,"), 3),
        ("observations", twice(OBSERVATIONS, "t:o1", "t:o2"), 3),
        ("sources", twice(FILES["sources.csv"], "t:s1", "t:s2"), 3),
        ("entities", twice(FILES["entities.csv"], "t:law", "t:law-2"), 6),
        ("aliases", "entity,alias,language\nt:law,L1,en\nt:law,L1,en\n", 3),
        (
            "flags",
            "id,target,kind,note\nt:f,t:law|t:union,missing,x\nt:g,t:union|t:law,missing,x\n",
            3,
        ),
    ],
)
def test_a_row_pasted_twice_is_a_warning(file: str, text: str, row: int, tmp_path: Path) -> None:
    found = examine(write(tmp_path, **{file: text}))
    assert found.faults == []
    (warning,) = found.warnings
    assert (warning.rule, warning.row) == ("repeated rows", row)
    assert warning.file.endswith(f"{file}.csv")
    assert f"row {row - 1}" in warning.hint


def test_an_empty_cell_says_what_it_stands_for(tmp_path: Path) -> None:
    head, row = FILES["statements.csv"].splitlines()
    text = f"{head},polarity,status\n{row},,\n{row.replace('t:a', 't:b')},affirms,accepted\n"
    (warning,) = examine(write(tmp_path, statements=text)).warnings
    assert warning.said == "t:b"


def test_rows_that_differ_are_not_told(tmp_path: Path) -> None:
    text = twice(FILES["statements.csv"], "t:a,", "t:b,", ("p. 1", "p. 2"))
    assert examine(write(tmp_path, statements=text)).warnings == []


# --- traces of other programs


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("R&amp;D and <i>home</i>: Caf&#233; trade", "R&D and home: Café trade"),
        ("Migration &ndash; a review", "Migration – a review"),
        ("Caf&eacute; &#x2013; &amp;amp;", "Café – &"),
        ("H<sub>2</sub>O<br/>and <b>bold</b>", "H2Oand bold"),
        ("<jats:p>Abstract</jats:p>", "Abstract"),
        ("KazakhstÃ¡n â€“ FranÃ§ais", "Kazakhstán – Français"),
        ("РљР°Р·Р°С…СЃС‚Р°РЅ", "Казахстан"),
        (r"Universit\'{e} de Gen{\`e}ve \& co", "Université de Genève & co"),
    ],
)
def test_markup_in_a_title_is_a_warning(said: str, plain: str, tmp_path: Path) -> None:
    sources = FILES["sources.csv"].replace("A report", f'"{said}"')
    found = examine(write(tmp_path, sources=sources))
    assert found.faults == []
    (warning,) = found.warnings
    assert (warning.column, warning.said) == ("title", said)
    assert repr(plain) in warning.hint


@pytest.mark.parametrize(
    "said",
    [
        "AT&T; a history",
        "a < b & c > d",
        "Société Générale",
        "Тәуелсіздік Сірә",
        "100 % — Ò",
        "<1950",
    ],
)
def test_signs_that_are_meant_are_not_told(said: str, tmp_path: Path) -> None:
    sources = FILES["sources.csv"].replace("A report", f'"{said}"')
    assert examine(write(tmp_path, sources=sources)).warnings == []


# --- code pages


@pytest.mark.parametrize(
    ("page", "label"),
    [
        ("cp1255", "הסוכנות היהודית"),
        ("cp1253", "Συμβούλιο Απόδημου Ελληνισμού"),
        ("cp949", "대한민국 재외동포청"),
        ("gb18030", "中华人民共和国侨务办公室"),
        ("shift_jis", "日本外務省"),
        ("cp1256", "وزارة الهجرة"),
        ("koi8-r", "Союз армян России"),
        ("cp1254", "Şğıİ Türkiye Çağ"),
    ],
)
def test_a_code_page_is_not_given_a_wrong_name(page: str, label: str, tmp_path: Path) -> None:
    write(tmp_path)
    text = FILES["entities.csv"].replace("Beland", label)
    (tmp_path / "entities.csv").write_bytes(text.encode(page))
    told = "\n".join(map(str, faults(tmp_path)))
    assert "UTF-8" in told
    assert "1251" not in told
    assert "Cyrillic" not in told


def test_cyrillic_is_named(tmp_path: Path) -> None:
    write(tmp_path)
    text = FILES["entities.csv"].replace("Beland", "Союз армян России")
    (tmp_path / "entities.csv").write_bytes(text.encode("cp1251"))
    (fault,) = faults(tmp_path)
    assert fault.said == "Windows-1251 (Cyrillic)"


# --- intervals as printed

PRINTED = "2023-11-14/2023-09-22"
FLAG = "id,target,kind,note\nt:f,{},implausible,The end is before the begin.\n"


def printed(folder: Path, target: str = "") -> Path:
    statements = FILES["statements.csv"].replace("t:law,,", f"t:law,{PRINTED},")
    return write(
        folder, statements=statements, **({"flags": FLAG.format(target)} if target else {})
    )


def test_an_interval_that_runs_backwards_is_a_fault_that_says_what_to_do(tmp_path: Path) -> None:
    (fault,) = faults(printed(tmp_path))
    assert (fault.row, fault.column, fault.said) == (2, "valid", PRINTED)
    assert "flag the row" in fault.hint
    assert "corrects" in fault.hint


@pytest.mark.parametrize("target", ["t:a", "t:s1"])
def test_a_flag_lets_it_stand_as_printed(target: str, tmp_path: Path) -> None:
    data = load_dataset(printed(tmp_path, target))
    assert data.statement("t:a").valid == PRINTED
    assert data.bounds("statement").tolist()[0] == [NEVER, EVER, NEVER, EVER]
    write_dataset(data, tmp_path / "again")
    assert load_dataset(tmp_path / "again").statement("t:a").valid == PRINTED
    assert list(influence_paths(data, "t:union", "t:law", scope=Scope(as_of="1900")))


@pytest.mark.parametrize("form", ["csv", "jsonl", "graphml", "gexf", "ttl", "folder"])
def test_a_flagged_interval_is_exported_as_printed(form: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    printed(tmp_path / "in", "t:a")
    target = tmp_path / f"out.{form}"
    asked = ["export", "--format", form, "-o", str(target), "--graph", str(tmp_path / "in")]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    files = [target] if target.is_file() else list(target.rglob("*.csv"))
    assert any(PRINTED in each.read_text("utf-8") for each in files)


def test_it_is_shown_and_drawn(tmp_path: Path) -> None:
    folder = str(printed(tmp_path, "t:a"))
    done = CliRunner().invoke(main, ["show", "t:union", "--graph", folder])
    assert done.exit_code == 0, done.output
    assert PRINTED in done.output


def test_a_flag_on_another_row_excuses_nothing(tmp_path: Path) -> None:
    assert len(faults(printed(tmp_path, "t:law"))) == 1


def test_dates_of_measures_and_sources_alike(tmp_path: Path) -> None:
    head, row = OBSERVATIONS.splitlines()
    row = row.replace("remittances_received,100,USD/year,t:beland", f"founded,{PRINTED},date,")
    sources = FILES["sources.csv"].replace("2020", "2020-05/2020-03")
    text = f"{head}\n{row}\n"
    assert len(faults(write(tmp_path, observations=text, sources=sources))) == 2
    flags = FLAG.format("t:o1|t:s1")
    assert faults(write(tmp_path, observations=text, sources=sources, flags=flags)) == []

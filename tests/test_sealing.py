"""From quotations to passages and back, on a made-up text."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph.cli import main
from diaspora_graph.dataset.passages import Text, fingerprint, kept
from diaspora_graph.errors import DatasetError, FileError
from diaspora_graph.reading.load import load_dataset
from diaspora_graph.reading.sealing import read_texts, seal, verify

TEXT = """The Office for Compatriots was founded in 1999.  It funds the Youth
League – “a bridge”, says its head – with about 1,200 thousand tenge a year.
The League denies that it lobbies the Assembly."""

FILES = {
    "dataset.csv": "name,prefix,namespace,version,format,ontology,licence,creator\n"
    "mine,my,https://example.org/id/,1,1,0.1.0,CC0-1.0,me\n",
    "entities.csv": "id,type,label_en\nmy:league,Association,Youth League\n"
    "my:office,GovernmentBody,Office for Compatriots\nmy:assembly,Legislature,Assembly\n",
    "sources.csv": "id,type,author,title,source_class\nmy:s,Report,Me,A report,organisation\n",
    "statements.csv": "id,subject,predicate,object,polarity,source,locator,passage,"
    "confidence,quote\n"
    ",my:office,funds,my:league,,my:s,p. 1,,high,It funds the Youth League\n"
    "my:st-2,my:league,lobbies,my:assembly,denies,my:s,p. 1,,high,"
    "The League denies that it lobbies the Assembly.\n",
    "observations.csv": "id,subject,measure,value,unit,source,locator,passage,confidence,quote\n"
    "my:ob-1,my:office,founded,1999,date,my:s,p. 1,,high,was founded in 1999\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    for name, text in FILES.items():
        (tmp_path / "mine" / name).write_text(text, "utf-8")
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    return tmp_path / "mine"


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def test_a_fingerprint_is_what_the_format_says() -> None:
    letters = "theofficeforcompatriotswasfoundedin1999"
    expected = f"p{sha256(letters.encode()).hexdigest()[:16]}:{len(letters)}"
    assert fingerprint("The  Office for Compatriots\nwas founded in 1999.") == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«Ата  Жолы»", "ата жолы"),
        ("ﬁgure", "FIGURE"),
        ("1,146.4", "11464"),
        ("№5", "no5"),
        ("Straße", "STRASSE"),
    ],
)
def test_typography_does_not_matter(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


def test_marks_matter() -> None:
    assert kept("й") != kept("и")
    assert kept("क्षि") != kept("कष")


@given(st.text(max_size=80), st.text(min_size=1, max_size=40), st.text(max_size=80))
def test_what_is_found_is_placed(before: str, quote: str, after: str) -> None:
    text = Text(f"{before} {quote} {after}")
    passage = text.find(quote)
    assert bool(passage) == bool(kept(quote))
    if passage:
        place = text.place(passage)
        assert place is not None
        assert kept(quote) in kept(text.text[place[0] : place[1]])


def test_seal_check_verify(folder: Path) -> None:
    source = f"my:s={folder.parent / 'report.txt'}"
    assert "quotes to seal" in run("check", str(folder), code=1)
    assert "sealed 3 passages" in run("seal", str(folder), "--source-text", source)
    run("check", str(folder))
    text = run("verify", "--graph", str(folder), "--source-text", source, "--read")
    assert "3 passages: 3 found" in text
    assert "It funds the Youth League" in text
    header = (folder / "statements.csv").read_text("utf-8").splitlines()[0]
    assert "quote" not in header
    ids = load_dataset(folder).tables["statement"]["id"].all()
    assert ids[0] == "my:st-2" or ids[0].startswith("my:st-")
    assert all(ids)


def test_sealing_twice_is_sealing_once(folder: Path) -> None:
    texts = read_texts({"my:s": folder.parent / "report.txt"})
    seal(folder, texts)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert seal(folder, texts) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_quotation_that_is_not_there_leaves_the_folder_as_it_was(folder: Path) -> None:
    path = folder / "observations.csv"
    path.write_text(
        path.read_text("utf-8").replace("was founded in 1999", "was founded in 1998"), "utf-8"
    )
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(DatasetError, match="words that are in the text of my:s") as caught:
        seal(folder, read_texts({"my:s": folder.parent / "report.txt"}))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(2, "quote")]
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before


def test_a_text_that_is_not_given_is_asked_for(folder: Path) -> None:
    with pytest.raises(DatasetError, match="--source-text my:s=FILE"):
        seal(folder, {})


def test_four_outcomes(folder: Path, tmp_path: Path) -> None:
    texts = read_texts({"my:s": folder.parent / "report.txt"})
    seal(folder, texts)
    data = load_dataset(folder)
    assert {each.outcome for each in verify(data, texts)} == {"found"}
    assert {each.outcome for each in verify(data, {})} == {"not checked: no text"}
    other = {"my:s": Text(TEXT.replace("funds", "finances"))}
    found = {each.id: each.outcome for each in verify(data, other)}
    assert sorted(set(found.values())) == ["found", "other edition"]
    shutil.copytree(folder, tmp_path / "edition")
    sources = tmp_path / "edition" / "sources.csv"
    sources.write_text(FILES["sources.csv"], "utf-8")
    unknown = load_dataset(tmp_path / "edition")
    assert "not found" in {each.outcome for each in verify(unknown, other)}
    changed = tmp_path / "changed.txt"
    changed.write_text(TEXT.replace("funds", "finances"), "utf-8")
    assert "other edition" in run(
        "verify", "--graph", str(folder), "--source-text", f"my:s={changed}", code=1
    )


def test_a_passage_that_names_neither_end_is_warned_of(folder: Path) -> None:
    path = folder / "statements.csv"
    path.write_text(
        path.read_text("utf-8").replace("It funds the Youth League", "a bridge"), "utf-8"
    )
    texts = read_texts({"my:s": folder.parent / "report.txt"})
    seal(folder, texts)
    warned = [each for each in verify(load_dataset(folder), texts) if each.warning]
    assert [each.words for each in warned] == ["“a bridge”,"]


def test_a_sample_is_the_same_for_the_same_seed(folder: Path) -> None:
    source = f"my:s={folder.parent / 'report.txt'}"
    run("seal", str(folder), "--source-text", source)
    arguments = (
        "verify",
        "--graph",
        str(folder),
        "--source-text",
        source,
        "--sample",
        "2",
        "--read",
    )
    assert run(*arguments, "--seed", "7") == run(*arguments, "--seed", "7")
    assert "2 passages" in run(*arguments, "--seed", "7")


def test_a_text_that_is_not_there(folder: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_texts({"my:s": folder / "missing.txt"})

"""The canonical form: the same dataset, the same bytes, wherever and however often written."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broken import FOLDERS, sound
from diaspora_graph.dataset.canonical import digest, json_lines, write_dataset
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES, column_names
from diaspora_graph.reading.load import load_dataset
from diaspora_graph.resources import resource
from samples import sample


def _tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _write_sound(root: Path) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for name, text in sound().items():
        (root / name).write_text(text, encoding="utf-8", newline="")
    return root


@pytest.fixture(scope="module")
def made_up() -> Dataset:
    return sample()


# --- writing what was loaded, and loading what was written


def test_writing_twice_is_writing_once(made_up: Dataset, tmp_path: Path) -> None:
    write_dataset(made_up, tmp_path / "once")
    write_dataset(load_dataset(tmp_path / "once"), tmp_path / "twice")
    assert _tree(tmp_path / "twice") == _tree(tmp_path / "once")
    assert digest(load_dataset(tmp_path / "twice")) == digest(made_up)


def test_writing_over_the_folder_that_was_read(made_up: Dataset, tmp_path: Path) -> None:
    write_dataset(made_up, tmp_path)
    before = _tree(tmp_path)
    written = write_dataset(load_dataset(tmp_path), tmp_path)
    assert _tree(tmp_path) == before
    assert sorted(path.name for path in written) == sorted(before)


def test_the_seed_is_in_canonical_form(tmp_path: Path) -> None:
    write_dataset(load_dataset(), tmp_path)
    seed = {name: data for name, data in _tree(resource("seed")).items() if name.endswith(".csv")}
    assert _tree(tmp_path) == seed


def test_the_form_of_the_files(made_up: Dataset, tmp_path: Path) -> None:
    write_dataset(made_up, tmp_path)
    for kind, file in FILES.items():
        text = (tmp_path / file).read_bytes().decode("utf-8")
        assert not text.startswith("\ufeff")
        assert "\r" not in text
        assert text == normalize("NFC", text)
        header, *rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert header == [name for name in column_names(kind) if name in header]
        if "id" in header:
            assert [row[0] for row in rows] == sorted(row[0] for row in rows)


_TEXTS = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"])
        | st.sampled_from("\n\t\",'`;=+-@<&\\$%қәñ"),
        max_size=40,
    )
    .map(lambda text: normalize("NFC", text.strip()))
    .filter(lambda text: text == text.strip())
)


@settings(max_examples=max(10, settings().max_examples // 3))
@given(st.lists(st.tuples(_TEXTS, _TEXTS, _TEXTS), min_size=1, max_size=5))
def test_any_text_that_is_let_pass_comes_back(cells: list[tuple[str, str, str]]) -> None:
    extra = [
        {
            "id": f"z{n}",
            "type": "State",
            "label_en": label or "-",
            "description": text,
            "note": note,
        }
        for n, (label, text, note) in enumerate(cells)
    ]
    data = sample({"entity": extra})
    with TemporaryDirectory() as name:
        write_dataset(data, name)
        again = load_dataset(name)
    assert digest(again) == digest(data)
    for row in extra:
        entity = again.entity(row["id"])
        assert (entity.label_en, entity.description, entity.note) == (
            row["label_en"],
            row["description"],
            row["note"],
        )


def _untidy(root: Path, seed: int) -> None:
    """Write the files of a folder in another way that means the same."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    for kind, file in FILES.items():
        if not (root / file).exists():
            continue
        rows = list(csv.DictReader(io.StringIO((root / file).read_text("utf-8"), newline="")))
        names = [*column_names(kind)]
        chance.shuffle(names)
        chance.shuffle(rows)
        for row in rows:
            if "polarity" in names:
                row["polarity"] = row.get("polarity") or chance.choice(["", "affirms"])
            if "bound" in names:
                row["bound"] = row.get("bound") or chance.choice(["", "exact"])
        out = io.StringIO(newline="")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(names)
        writer.writerows([row.get(name) or "" for name in names] for row in rows)
        (root / file).write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())


@pytest.mark.parametrize("seed", range(4))
def test_what_means_the_same_becomes_the_same(seed: int, made_up: Dataset, tmp_path: Path) -> None:
    write_dataset(made_up, tmp_path / "tidy")
    shutil.copytree(tmp_path / "tidy", tmp_path / "untidy")
    _untidy(tmp_path / "untidy", seed)
    data = load_dataset(tmp_path / "untidy")
    assert digest(data) == digest(made_up)
    write_dataset(data, tmp_path / "untidy")
    assert _tree(tmp_path / "untidy") == _tree(tmp_path / "tidy")


def test_a_column_of_nothing_but_defaults_is_left_out(tmp_path: Path) -> None:
    root = _write_sound(tmp_path / "study")
    lines = (root / "statements.csv").read_text("utf-8").splitlines()
    words = ["polarity", "affirms", ""]
    text = "".join(f"{line},{word}\n" for line, word in zip(lines, words, strict=True))
    (root / "statements.csv").write_text(text, encoding="utf-8")
    write_dataset(load_dataset(root), tmp_path / "once")
    assert (tmp_path / "once" / "statements.csv").read_text("utf-8") == "\n".join([*lines, ""])


def test_numbers_stay_as_they_were_entered(made_up: Dataset, tmp_path: Path) -> None:
    write_dataset(made_up, tmp_path)
    values = load_dataset(tmp_path).tables["observation"]["value"].all()
    assert {"1.50", "007", "25.0", "-3.25"} <= set(values)


def test_ones_own_columns_are_kept(tmp_path: Path) -> None:
    root = _write_sound(tmp_path / "study")
    entities = (root / "entities.csv").read_text("utf-8").splitlines()
    own = ["_b,_a,_empty", ",seen,", "x,,", '"1, 2",,']
    text = "".join(f"{line},{more}\n" for line, more in zip(entities, own, strict=True))
    (root / "entities.csv").write_text(text, encoding="utf-8")
    write_dataset(load_dataset(root), tmp_path / "once")
    header, first, *_ = (tmp_path / "once" / "entities.csv").read_text("utf-8").splitlines()
    assert header == "id,type,label_en,label_ru,_a,_b"
    assert first == "t:aland,State,Aland,Аланд,seen,"
    assert digest(load_dataset(root)) == digest(load_dataset(_write_sound(tmp_path / "plain")))


def test_files_that_have_no_rows_any_more_go(made_up: Dataset, tmp_path: Path) -> None:
    write_dataset(made_up, tmp_path)
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    write_dataset(load_dataset(_write_sound(tmp_path / "study")), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted(
        [*sound(), "notes.txt"]
    )


# --- the exchange format and the digest

_LINES = """\
{"kind": "dataset", "name": "study", "prefix": "t", "namespace": "https://example.org/study/",
 "version": "1", "format": "1", "ontology": "0.1.0", "licence": "CC-BY-4.0", "creator": "A. Nobody"}
{"kind": "entity", "id": "t:aland", "type": "State", "labels": {"en": "Aland", "ru": "Аланд"}}
{"kind": "entity", "id": "t:beland", "type": "State", "labels": {"en": "Beland", "ru": "Беланд"}}
{"kind": "entity", "id": "t:lobby", "type": "LobbyOrganisation",
 "labels": {"en": "Committee", "ru": "Комитет"}}
{"kind": "statement", "id": "t:s1", "subject": "t:lobby", "predicate": "cooperatesWith",
 "object": "t:aland", "source": "t:doe2020", "locator": ["p. 1"],
 "passage": ["p7c36ab6a31bfc0c7:212"], "confidence": "high"}
{"kind": "statement", "id": "t:s2", "subject": "t:lobby", "predicate": "cooperatesWith",
 "object": "t:beland", "source": "t:doe2020", "locator": ["p. 1"],
 "passage": ["p7c36ab6a31bfc0c7:212"], "confidence": "high"}
{"kind": "source", "id": "t:doe2020", "type": "Report", "title": "On Aland",
 "source_class": "official"}
""".replace("\n ", " ")


def test_the_exchange_format_line_by_line(tmp_path: Path) -> None:
    data = load_dataset(_write_sound(tmp_path))
    assert list(json_lines(data)) == _LINES.splitlines(keepends=True)
    assert digest(data) == hashlib.sha256(_LINES.encode()).hexdigest()


def test_the_exchange_format_keeps_its_order(made_up: Dataset) -> None:
    rows = [json.loads(line) for line in json_lines(made_up)]
    at = 0
    for kind, table in made_up.tables.items():
        here, at = rows[at : at + len(table)], at + len(table)
        ids = [row.get("id", "") for row in here]
        assert ids == sorted(ids)
        names = [*column_names(kind)]
        for row in here:
            assert next(iter(row.items())) == ("kind", kind)
            keys = [each for each in row if each in names and each != "kind"]
            assert keys == sorted(keys, key=names.index)
            assert None not in row.values()
            assert "" not in row.values()
    assert at == len(rows)


def test_aliases_stand_in_one_order_whatever_theirs_was(tmp_path: Path) -> None:
    rows = ["t:aland,A,en,t:doe2020", "t:aland,A,en,", "t:aland,A,de,", "t:beland,B,en,"]
    digests = set()
    for order in (rows, rows[::-1], [rows[1], rows[3], rows[0], rows[2]]):
        root = _write_sound(tmp_path / "study")
        text = "\n".join(["entity,alias,language,source", *order, ""])
        (root / "aliases.csv").write_text(text, encoding="utf-8")
        digests.add(digest(load_dataset(root)))
    assert len(digests) == 1


# --- everywhere the same

_RUN = """
import sys
from pathlib import Path
from diaspora_graph.dataset.canonical import digest, json_lines, write_dataset
from diaspora_graph.reading.load import load_dataset
data = load_dataset(*sys.argv[2:])
written = write_dataset(data, sys.argv[1])
Path(sys.argv[1], "lines").write_bytes("".join(json_lines(data)).encode())
print(digest(data), *(path.name for path in written))
"""


def _run(out: Path, folder: Path, where: Path, **environment: str) -> bytes:
    done = subprocess.run(
        [
            sys.executable,
            "-X",
            "warn_default_encoding",
            "-W",
            "error",
            "-c",
            _RUN,
            str(out),
            folder,
        ],
        env={**os.environ, **environment, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=where,
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_the_same_bytes_under_any_hash_seed_locale_and_place(
    made_up: Dataset, tmp_path: Path
) -> None:
    write_dataset(made_up, tmp_path / "study")
    plain = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    said = {
        _run(
            tmp_path / "one", tmp_path / "study", tmp_path, PYTHONHASHSEED="1", LC_ALL="C", **plain
        ),
        _run(tmp_path / "two", Path("study"), tmp_path, PYTHONHASHSEED="2", LC_ALL="C.UTF-8"),
    }
    assert len(said) == 1
    assert said.pop().split()[0].decode() == digest(made_up)
    assert _tree(tmp_path / "one") == _tree(tmp_path / "two")


# --- several folders


def _dataset(name: str, prefix: str, uses: str = "") -> str:
    header = "name,prefix,namespace,version,format,ontology,licence,creator,uses\n"
    row = f"{name},{prefix},https://example.org/{name}/,1,1,0.1.0,CC-BY-4.0,A. Nobody,{uses}\n"
    return header + row


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of which the second uses the first and extends the ontology."""
    one, other = tmp_path / "first folder", tmp_path / "second folder"
    _write_sound(one)
    (one / "entities.csv").write_text(
        "id,type,label_en,_mine\nt:lobby,LobbyOrganisation,L,x\n"
        "t:aland,State,Aland,\nt:beland,State,Beland,\n",
        encoding="utf-8",
    )
    (other / "ontology").mkdir(parents=True)
    turtle = FOLDERS / "deprecated_terms" / "ontology" / "mine.ttl"
    shutil.copy(turtle, other / "ontology" / "guilds.ttl")
    (other / "dataset.csv").write_text(_dataset("guilds", "g", "study"), encoding="utf-8")
    (other / "entities.csv").write_text("id,type,label_en\ng:cooks,Guild,Cooks\n", encoding="utf-8")
    (other / "aliases.csv").write_text(
        "entity,alias,language\nt:aland,Аланд,kk\n", encoding="utf-8"
    )
    (other / "statements.csv").write_text(
        "id,subject,predicate,object,source,locator,passage,confidence\n"
        "g:s1,g:cooks,cooperatesWith,t:lobby,t:doe2020,p. 1,p7c36ab6a31bfc0c7:212,high\n",
        encoding="utf-8",
    )
    return one, other


def test_merged_folders_mean_the_same_in_any_order(two: tuple[Path, Path]) -> None:
    assert digest(load_dataset(*two)) == digest(load_dataset(*reversed(two)))


def test_merged_folders_come_apart_again(two: tuple[Path, Path], tmp_path: Path) -> None:
    data = load_dataset(*two)
    out = tmp_path / "out"
    write_dataset(data, out)
    assert sorted(path.name for path in out.iterdir()) == ["guilds", "study"]
    write_dataset(load_dataset(two[0]), tmp_path / "alone")
    assert _tree(out / "study") == _tree(tmp_path / "alone")
    assert _tree(out / "guilds") == _tree(two[1])
    again = load_dataset(out / "guilds", out / "study")
    assert digest(again) == digest(data)
    assert again.entity("g:cooks").type == "Guild"


def test_a_folder_that_uses_the_seed_is_opened_with_it(tmp_path: Path) -> None:
    root = _write_sound(tmp_path)
    (root / "dataset.csv").write_text(_dataset("study", "t", "diaspora-graph"), encoding="utf-8")
    data = load_dataset(root)
    assert [each.name for each in data.datasets()] == ["diaspora-graph", "study"]
    assert data.entity("kazakhstan").label_en == "Kazakhstan"
    assert digest(data) == digest(load_dataset(root, resource("seed")))
    assert digest(data) != digest(load_dataset())


def test_a_folder_named_twice_is_opened_once(tmp_path: Path) -> None:
    root = _write_sound(tmp_path / "study")
    (tmp_path / "same").symlink_to(root)
    assert digest(load_dataset(root, f"{root}/", tmp_path / "same")) == digest(load_dataset(root))

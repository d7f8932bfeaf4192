"""A loaded dataset needs only itself, shares nothing, and is freed when it is not used."""

from __future__ import annotations

import csv
import gc
import os
import shutil
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from diaspora_graph import (
    Dataset,
    MemoryGraph,
    compare,
    digest,
    export,
    find,
    influence_paths,
    load_dataset,
    question,
    resolve,
    write_dataset,
)
from diaspora_graph.exchange import jsonl, rdf
from diaspora_graph.reading.load import examine
from diaspora_graph.wording.sentences import citation
from test_extension import FILES

TURTLE = """
@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
my:YouthBranch a owl:Class ; rdfs:subClassOf dg:Organisation ; rdfs:label "youth branch"@en .
my:trains a owl:ObjectProperty ; rdfs:label "trains"@en ; dg:family dg:support_family ;
    schema:domainIncludes dg:Organisation ; schema:rangeIncludes dg:Organisation .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dataset with an ontology of its own and a file of shapes next to it."""
    place = tmp_path / "here"
    (place / "ontology").mkdir(parents=True)
    (place / "ontology" / "terms.ttl").write_text(TURTLE, "utf-8")
    (place / "ontology" / "shapes.ttl").write_text("# none\n", "utf-8")
    for name, text in FILES.items():
        (place / name).write_text(text, "utf-8")
    return place


def test_a_dataset_is_written_when_its_folder_is_gone(folder: Path, tmp_path: Path) -> None:
    data = load_dataset(folder)
    before = {path.name: path.read_bytes() for path in (folder / "ontology").iterdir()}
    shutil.rmtree(folder)
    write_dataset(data, tmp_path / "out")
    mine = tmp_path / "out" / "mine"
    assert {path.name: path.read_bytes() for path in (mine / "ontology").iterdir()} == before
    assert examine(mine).faults == []
    assert digest(load_dataset(mine)) == digest(data)


@pytest.mark.parametrize("ending", [".ttl", ".trig"])
def test_what_was_read_from_rdf_needs_no_file(folder: Path, tmp_path: Path, ending: str) -> None:
    file = rdf.write(load_dataset(folder), tmp_path / f"all{ending}")
    shutil.rmtree(folder)
    data = rdf.read(file)
    file.unlink()
    assert list(tmp_path.iterdir()) == []
    write_dataset(data, tmp_path / "out")
    assert examine(tmp_path / "out" / "mine").faults == []
    assert "trains" in (tmp_path / "out" / "mine" / "ontology" / "terms.ttl").read_text("utf-8")


def test_an_own_ontology_that_was_edited_is_read_anew(folder: Path) -> None:
    first = load_dataset(folder)
    terms = folder / "ontology" / "terms.ttl"
    terms.write_text(TURTLE.replace('"trains"', '"teaches"'), "utf-8")
    os.utime(terms, ns=(0, 0))
    assert load_dataset(folder).schema.predicates["trains"].label() == "teaches"
    assert first.schema.predicates["trains"].label() == "trains"


def _ask(data: Dataset) -> None:
    """Compute everything that is kept with a dataset."""
    digest(data)
    resolve(data, "Armenia")
    find(data, "diaspora")
    citation(data, data.tables["source"]["id"][0])
    next(influence_paths(data, "armenian-diaspora", "us-policy-toward-armenia"))
    compare(data, ["kazakhstan", "armenia"])


USES: list[Callable[[Dataset], object]] = [
    _ask,
    lambda data: MemoryGraph(data).answer(
        question("who_acts_on"), thing="us-policy-toward-armenia"
    ),
]


@pytest.mark.parametrize("use", USES)
def test_memory_returns_when_a_dataset_is_let_go(use: Callable[[Dataset], object]) -> None:
    data = load_dataset()
    use(data)
    table = weakref.ref(data.tables["statement"]["subject"].codes)
    gone = weakref.ref(data)
    del data
    gc.collect()
    assert gone() is None
    assert table() is None


def test_each_dataset_keeps_what_is_made_of_it_once(folder: Path) -> None:
    one, other = load_dataset(folder), load_dataset()
    assert digest(one) is digest(one)
    assert digest(one) != digest(other)
    assert resolve(one, "Youth of ANCA") == "my:youth"
    assert find(other, "Youth of ANCA") != find(one, "Youth of ANCA")


def test_two_threads_load_and_ask_at_once(folder: Path, tmp_path: Path) -> None:
    quoted = FILES["entities.csv"] + 'my:other,YouthBranch,"A ""quoted"" name"\n'
    (folder / "entities.csv").write_text(quoted, "utf-8")
    limit = csv.field_size_limit()
    start = threading.Barrier(4)

    def work(number: int) -> tuple[str, str]:
        start.wait()
        found = ("", "")
        for turn in range(3):
            data = load_dataset(folder)
            _ask(data)
            target = tmp_path / f"{number}-{turn}.jsonl"
            export(data, "jsonl", target)
            found = digest(data), target.read_text("utf-8")
        return found

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(work, range(4)))
    assert len(set(results)) == 1
    assert csv.field_size_limit() == limit
    assert results[0][0] == digest(load_dataset(folder))


def test_the_limit_of_cells_stays_while_another_thread_reads() -> None:
    from diaspora_graph.reading.text import long_cells

    limit = csv.field_size_limit()
    with long_cells():
        with long_cells():
            pass
        assert csv.field_size_limit() > limit, "the other one is still reading"
    assert csv.field_size_limit() == limit


def test_two_threads_write_one_file(tmp_path: Path) -> None:
    data = load_dataset()
    target = tmp_path / "all.ttl"
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: rdf.write(data, target), range(4)))
    assert [path.name for path in tmp_path.iterdir()] == ["all.ttl"]
    assert digest(rdf.read(target)) == digest(data)


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
@pytest.mark.parametrize(("mask", "rights"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_rights_that_the_system_gives(
    tmp_path: Path, mask: int, rights: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(mask)
    try:
        monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the mask belongs to all threads"))
        file = jsonl.write(load_dataset(), tmp_path / "out.jsonl")
        assert file.stat().st_mode & 0o777 == rights
        file.chmod(0o640)
        jsonl.write(load_dataset(), file)
        assert file.stat().st_mode & 0o777 == 0o640
    finally:
        monkeypatch.undo()
        os.umask(before)

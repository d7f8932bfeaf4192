"""Names: which entity each name finds, in which order, and the message if it finds none."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import Names, find, resolve
from diaspora_graph.dataset.records import RECORDS, Kind
from diaspora_graph.errors import AmbiguousNameError, ParameterError, UnknownNameError
from diaspora_graph.reading.load import dataset_of
from samples import HOSTILE, ROWS, sample

MORE: Mapping[Kind, Sequence[Mapping[str, str]]] = {
    "entity": [
        {"id": "anca", "type": "LobbyOrganisation", "label_en": "Armenian National Committee",
         "aliases": "ANCA|Armenian lobby"},
        {"id": "armenian-diaspora", "type": "Diaspora", "label_en": "Armenian diaspora"},
        {"id": "anka", "type": "Association", "label_en": "Anka"},
        {"id": "kazakhstan", "type": "State", "label_en": "Kazakhstan", "label_kk": "Қазақстан",
         "label_ru": "Казахстан", "iso3": "KAZ", "aliases": "KZ|Республика Казахстан"},
        {"id": "kazakhstan-business", "type": "Issue", "label_en": "Business in Kazakhstan",
         "label_kk": "Қазақстандағы бизнес"},
        {"id": "otandastar-foundation", "type": "Foundation", "label_en": "Compatriots",
         "label_kk": "«Отандастар қоры»"},
        {"id": "ivory-coast", "type": "State", "label_en": "Côte d’Ivoire"},
        {"id": "president", "type": "Person", "label_en": "A president", "label_kk": "Тоқаев"},
        {"id": "pravasi", "type": "Celebration", "label_en": "Overseas day",
         "label_native": "प्रवासी भारतीय दिवस"},
        {"id": "mir", "type": "Issue", "label_en": "World", "label_ru": "Мир"},
        {"id": "mirnyj", "type": "Issue", "label_en": "Peace", "label_ru": "мир"},
        {"id": "bank-a", "type": "Issue", "label_en": "Bank"},
        {"id": "bank-b", "type": "Place", "label_en": "bank"},
    ],
    "source": [
        {"id": "nurbek2025", "type": "JournalArticle", "title": "Diaspora diplomacy"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def data() -> Dataset:
    return sample(MORE)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("kazakhstan", "kazakhstan"),
        ("KAZAKHSTAN", "kazakhstan"),
        ("Қазақстан", "kazakhstan"),
        ("қазақстан", "kazakhstan"),
        ("Казахстан", "kazakhstan"),
        ("  Республика   Казахстан ", "kazakhstan"),
        ("Qazaqstan", "kazakhstan"),
        ("KAZ", "kazakhstan"),
        ("kaz", "kazakhstan"),
        ("KZ", "kazakhstan"),
        ("ANCA", "anca"),
        ("anca", "anca"),
        ("otandastar qory", "otandastar-foundation"),
        ("Отандастар қоры", "otandastar-foundation"),
        ("cote d'ivoire", "ivory-coast"),
        ("प्रवासी भारतीय दिवस", "pravasi"),
        ("nurbek2025", "nurbek2025"),
        ("Nurbek 2025", "nurbek2025"),
        ("diaspora DIPLOMACY", "nurbek2025"),
        ("Аландия", "aland"),
        ("アランド", "aland"),
        ("אלנד", "aland"),
        ("Republic of Aland", "aland"),
        ("@committee", "aland-lobby"),
        (HOSTILE, "rival-lobby"),
        ("Мир", "mir"),
        ("мир", "mirnyj"),
    ],
)
def test_a_name_in_any_script_leads_to_its_bearer(data: Dataset, name: str, id: str) -> None:
    assert resolve(data, name) == id


def test_every_name_is_a_name_whichever_way_its_accents_are_stored(data: Dataset) -> None:
    assert resolve(data, normalize("NFD", "Côte d’Ivoire")) == "ivory-coast"


def test_a_name_of_several_is_refused_with_all_of_them(data: Dataset) -> None:
    with pytest.raises(AmbiguousNameError) as error:
        resolve(data, "NA")
    assert error.value.candidates == (("aland", "Aland (State)"), ("beland", "Beland (State)"))
    assert "by its id" in str(error.value)
    with pytest.raises(AmbiguousNameError, match=r"bank-a.*\n.*bank-b"):
        resolve(data, "BANK")
    with pytest.raises(AmbiguousNameError):
        resolve(data, "МИР")


def test_the_same_capitals_tell_two_names_apart(data: Dataset) -> None:
    assert resolve(data, "Bank") == "bank-a"
    assert resolve(data, "bank") == "bank-b"


@pytest.mark.parametrize(
    ("name", "near"),
    [("kazakstan", "kazakhstan"), ("Отандастар", "otandastar-foundation"), ("Tokaev", "president")],
)
def test_an_unknown_name_is_answered_with_near_ones(data: Dataset, name: str, near: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        resolve(data, name)
    assert error.value.known[0] == near
    assert "did you mean" in str(error.value)
    assert f"({near})" in str(error.value)


def test_an_unknown_name_that_resembles_nothing_says_so(data: Dataset) -> None:
    for name in ("", "»", "ꙮꙮꙮ", "xyzzyxyzzy"):
        with pytest.raises(UnknownNameError, match="no entity or source named") as error:
            resolve(data, name)
        assert error.value.known == ()


def test_found_names_say_why_and_come_by_reason_then_score_then_id(data: Dataset) -> None:
    found = [(each.id, each.name, each.why) for each in find(data, "Қазақстан")]
    assert found == [
        ("kazakhstan", "Қазақстан", "same name"),
        ("beland", "Қазақстан үлгісі", "part of the name"),
        ("kazakhstan-business", "Қазақстандағы бизнес", "part of the name"),
    ]
    assert [each.why for each in find(data, "Qazaqstan")][:2] == [
        "same name in Latin letters",
        "part of the name",
    ]
    typo = find(data, "kazakstan")[0]
    assert (typo.id, typo.label, typo.type) == ("kazakhstan", "Kazakhstan", "State")
    assert (typo.name, typo.why, typo.score) == ("Kazakhstan", "similar letters", 94)


def test_accents_blanks_and_punctuation_may_differ_in_any_script(data: Dataset) -> None:
    for text in ("Cote d'Ivoire", "COTE-DIVOIRE", "отандастарқоры", "nurbek 2025"):
        assert find(data, text)[0].why == "same letters"


def test_ties_go_by_id_whichever_name_was_found() -> None:
    rows = [
        {"id": "tie-b", "type": "Issue", "label_en": "Zeta one"},
        {"id": "tie-a", "type": "Issue", "label_en": "Other", "label_ru": "Zeta two"},
    ]
    assert [each.id for each in find(sample({"entity": rows}), "zeta")] == ["tie-a", "tie-b"]


def test_words_of_a_name_find_it_in_any_order(data: Dataset) -> None:
    ids = [each.id for each in find(data, "diaspora armen")]
    assert ids == ["armenian-diaspora"]
    for text in ("Отандастар", "otandastar", "OTANDAS"):
        assert find(data, text)[0].id == "otandastar-foundation"


def test_sounds_find_what_letters_do_not() -> None:
    rows = [{"id": "qz", "type": "Issue", "label_en": "The steppe", "label_kk": "Қазақстан"}]
    found = find(sample({"entity": rows}), "Kazakhstan")
    assert [(each.id, each.why, each.score) for each in found] == [("qz", "similar sound", 88)]


def test_acronyms_are_not_joined_by_their_sound(data: Dataset) -> None:
    assert [each.id for each in find(data, "ANCA")] == ["anca"]
    assert [each.id for each in find(data, "Anka")] == ["anka"]


def test_each_thing_is_found_once_and_no_more_than_asked_for(data: Dataset) -> None:
    ids = [each.id for each in find(data, "a", 1000)]
    assert len(ids) == len(set(ids)) > 5
    assert [each.id for each in find(data, "a", 3)] == ids[:3]


@pytest.mark.parametrize(("text", "limit"), [("", 10), (" \t", 10), ("«»", 10), ("ANCA", 0)])
def test_a_search_for_nothing_is_refused(data: Dataset, text: str, limit: int) -> None:
    with pytest.raises(ParameterError):
        find(data, text, limit)


def test_the_order_of_rows_does_not_change_what_is_found(data: Dataset) -> None:
    turned = sample({kind: tuple(reversed(rows)) for kind, rows in MORE.items()})
    for text in ("bank", "armenian", "kazakstan", "a"):
        assert find(turned, text, 100) == find(data, text, 100)


def test_a_dataset_in_plain_letters_only_is_searched_too() -> None:
    tables = {
        kind: table_of(kind, ROWS["dataset"] if kind == "dataset" else []) for kind in RECORDS
    }
    assert find(dataset_of(tables), "anything") == ()
    tables["entity"] = table_of("entity", [{"id": "a", "type": "State", "label_en": "Aland"}])
    assert find(dataset_of(tables), "Alend")[0].id == "a"


def test_every_name_leads_to_its_bearer_or_to_a_choice_with_it(data: Dataset) -> None:
    names = Names(data)
    table = data.tables["entity"]
    for row, id in enumerate(table["id"].all()):
        for column in ("id", "label_en", "label_kk", "label_ru", "label_native", "iso3"):
            name = table[column][row]
            if not name:
                continue
            try:
                bearers = {names.resolve(name)}
            except AmbiguousNameError as error:
                bearers = {candidate for candidate, _ in error.candidates}
            assert id in bearers


@given(st.text(max_size=40))
def test_no_text_breaks_the_search(data: Dataset, text: str) -> None:
    with suppress(ParameterError):
        assert all(0 <= each.score <= 100 for each in find(data, text))
    with suppress(UnknownNameError, AmbiguousNameError):
        assert resolve(data, text) in data.id_list


def test_what_a_broken_terminal_sends_is_an_unknown_name(data: Dataset) -> None:
    with pytest.raises(UnknownNameError):
        resolve(data, "\udcff\udc80")


PROGRAM = """
import sys
sys.path.insert(0, "tests/support")
from samples import sample
data = sample()
before = set(sys.modules)
from diaspora_graph.dataset.names import find, resolve
resolve(data, "aland"), resolve(data, "Аланд"), find(data, "Aland Committee")
print(*(name for name in ("anyascii", "rapidfuzz", "pandas") if name in set(sys.modules) - before))
resolve(data, "Aland eli")
print("anyascii" in sys.modules, "rapidfuzz" in sys.modules)
find(data, "Alend")
print("rapidfuzz" in sys.modules)
"""


def test_libraries_that_guess_are_imported_only_to_guess(pytestconfig: pytest.Config) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", PROGRAM],
        check=True, capture_output=True, encoding="utf-8", cwd=pytestconfig.rootpath,
    )  # fmt: skip
    exact, latin, near = done.stdout.splitlines()
    assert (exact, latin, near) == ("", "True False", "True")

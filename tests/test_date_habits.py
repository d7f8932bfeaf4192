"""Dates as people write them: each habit is a fault whose hint gives the right form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph.dates import DateError, parse_validity, repaired

SURE = {
    "1915~": "c. 1915|ca. 1915|ca 1915|circa 1915|c1915|about 1915|around 1915|approx. 1915|~1915"
    "|1915 or so|около 1915|ок. 1915 г.|шамамен 1915|um 1915|vers 1915|1915 (approx.)|1915 ca.",
    "1915?": "1915 ?|1915(?)|[1915]|perhaps 1915|probably 1915|вероятно 1915|?1915|1915 г. (?)",
    "195X": "1950s|1950's|the 1950s|1950ies|1950-е|1950-х гг.|1950er Jahre|1950-жылдар|195x|195u",
    "18XX": "19th century|XIX век|XIX ғасыр|19 в.|19. yüzyıl|siglo XIX|18xx",
    "1991/..": "1991-present|1991–present|1991 to date|1991-now|1991 - today|1991/present"
    "|1991/open|since 1991|from 1991|after 1991|post-1991|1991 onwards|1991+|с 1991 года|с 1991 г."
    "|после 1991|1991 по настоящее время|1991 – н.в.|1991 жылдан бері|1991 жылдан бастап"
    "|1991 - қазір|seit 1991|depuis 1991|desde 1991|1991'den beri|1991年至今|>1991",
    "../1991": "before 1991|until 1991|till 1991|by 1991|pre-1991|до 1991|до 1991 г.|к 1991 году"
    "|1991 жылға дейін|bis 1991|avant 1991|hasta 1991|–1991|<1991",
    "1991/1995": "1991 - 1995|1991–1995|1991—1995|1991 to 1995|from 1991 to 1995|1991~1995"
    "|between 1991 and 1995|с 1991 по 1995 г.|1991-1995 гг.|1991–1995 жж."
    "|1991/95|1991-95|1991..1995",
    "1996/1997": "1996/97|1996-97|1996–97|1996/97 academic year",
    "2008-12": "12/2008|12.2008|12-2008|2008.12|December 2008|Dec 2008|Dec. 2008|2008 December"
    "|декабрь 2008|декабря 2008 г.|желтоқсан 2008|2008 жылғы желтоқсан|Dezember 2008|2008年12月",
    "2008-06-11": "11.06.2008|11 June 2008|June 11, 2008|11-Jun-2008|11th of June 2008|20080611"
    "|11 июня 2008 г.|2008 жылғы 11 маусым|2008/06/11|2008.06.11|2008-6-11|2008-06-11 00:00:00"
    "|2008-06-11T12:30:00Z|2008年6月11日",
    "2008-01/2008-03": "2008-Q1|Q1 2008|1Q 2008|2008 Q1|first quarter of 2008|1-й квартал 2008 г."
    "|I кв. 2008",
    "2008-01/2008-06": "H1 2008|first half of 2008|2008-S1",
    "1991": "1991 г.|1991 год|в 1991 году|1991 ж.|1991 жыл|1991年|１９９１|1991.0|AD 1991|1991.",
    "-0299": "300 BC|300 до н.э.",
    "1991/": "1991-?|1991/unknown",
    "198X/199X": "1980s-1990s|1980s to 1990s",
}


@pytest.mark.parametrize(
    ("text", "form"), [(text, form) for form, line in SURE.items() for text in line.split("|")]
)
def test_what_can_mean_one_thing_only(text: str, form: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_validity(text)
    assert caught.value.hint.split(",")[0] == f"write {form}"
    assert repaired(text) == form
    parse_validity(form)


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2014-21", ["2014-03/2014-05", "or 2014:", "2014/2021", "seasons are not taken"]),
        ("2014-22", ["2014-06/2014-08", "2014/2022"]),
        ("2014-24", ["2014-12/2015-02"]),
        ("2014-29", ["2014-09/2014-11"]),
        ("2014-33", ["2014-01/2014-03"]),
        ("Spring 2008", ["2008-03/2008-05", "or 2008:"]),
        ("autumn of 2008", ["2008-09/2008-11"]),
        ("весна 2008", ["2008-03/2008-05"]),
        ("күз 2008", ["2008-09/2008-11"]),
        ("Winter 2008/09", ["2008-12/2009-02"]),
        ("mid-1990s", ["199X", "1993/1996"]),
        ("early 1990s", ["199X", "1990/1993"]),
        ("конец 1990-х", ["199X", "1996/1999"]),
        ("1990-жылдардың басы", ["199X", "1990/1993"]),
        ("late 2008", ["2008,", "2008-09/2008-12"]),
        ("1900s", ["190X", "19XX"]),
        ("1991–", ["1991/..", "1991/ if"]),
        ("11/06/2019", ["2019-06-11", "2019-11-06"]),
        ("1996/7", ["1996/1997", "1996-07"]),
        ("2008/12", ["2008-12", "2008/2012"]),
        ("1998/02", ["1998/2002", "1998-02"]),
        ("1991 or 1992", ["a row for each time"]),
        ("1991, 1995", ["a row for each time"]),
        ("31.12.91", ["in full: 1991-12-31"]),
        ("'96", ["in full"]),
        ("90-е годы", ["199X"]),
        ("n.d.", ["leave the cell empty"]),
        ("б.г.", ["leave the cell empty"]),
        ("unknown", ["leave the cell empty"]),
    ],
)
def test_what_may_mean_several_things_is_not_repaired(text: str, forms: list[str]) -> None:
    with pytest.raises(DateError) as caught:
        parse_validity(text)
    for form in forms:
        assert form in caught.value.hint
    assert repaired(text) == ""


@given(st.text(alphabet="0123456789-/.~?XQ с'cadesbforпо", max_size=14) | st.text(max_size=14))
def test_a_repaired_date_is_a_date_and_a_hint_never_fails(text: str) -> None:
    if form := repaired(text):
        parse_validity(form)
    assert isinstance(str(DateError("a date", text=text)), str)


@pytest.mark.parametrize("text", ["soon", "Christmas", "12 monkeys", "1991/1992/1993"])
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert repaired(text) == ""

"""Dates and the four days that bound them, held against calendars and the `edtf` package."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dates import (
    EVER,
    NEVER,
    UNKNOWN,
    DateError,
    Days,
    day_number,
    days_in_month,
    parse_date,
    parse_validity,
    window,
)
from samples import sample

EPOCH = dt.date(1970, 1, 1).toordinal()


def _days(year: int, month: int, day: int) -> int:
    """Return the day number of a date of the calendar that Python knows."""
    return dt.date(year, month, day).toordinal() - EPOCH


# --- the calendar


@given(st.dates())
def test_days_count_as_the_calendar_does(date: dt.date) -> None:
    assert day_number(date.year, date.month, date.day) == date.toordinal() - EPOCH


@given(st.integers(-9999, 9999), st.integers(1, 12))
def test_days_run_on_without_a_gap_also_before_the_year_one(year: int, month: int) -> None:
    last = days_in_month(year, month)
    following = (year, month + 1, 1) if month < 12 else (year + 1, 1, 1)
    assert day_number(year, month, last) + 1 == day_number(*following)
    assert day_number(year, month, 1) + last - 1 == day_number(year, month, last)
    assert day_number(year + 400, month, 1) == day_number(year, month, 1) + 146_097


@pytest.mark.parametrize(
    ("year", "days"),
    [(2020, 29), (2021, 28), (1900, 28), (2000, 29), (0, 29), (-4, 29), (-100, 28)],
)
def test_leap_years(year: int, days: int) -> None:
    assert days_in_month(year, 2) == days


# --- against the edtf package, for what both take


def _whole_dates() -> st.SearchStrategy[str]:
    return st.dates(dt.date(1, 1, 1)).flatmap(
        lambda date: st.sampled_from(
            [f"{date.year:04}", f"{date.year:04}-{date.month:02}", date.isoformat()]
        )
    )


def _masked_dates() -> st.SearchStrategy[str]:
    return st.dates(dt.date(100, 1, 1)).flatmap(
        lambda date: st.sampled_from(
            [
                f"{date.year:04}"[:3] + "X",
                f"{date.year:04}"[:2] + "XX",
                f"{date.year:04}-XX",
                f"{date.year:04}-XX-XX",
                f"{date.year:04}-{date.month:02}-XX",
            ]
        )
    )


_DATES = st.one_of(_whole_dates(), _masked_dates())


@cache
def _oracle(text: str) -> Any:
    return parse_edtf(text)


def _strict(text: str) -> tuple[int, int]:
    """Return the first and last day that the edtf package gives."""
    parsed = _oracle(text)
    return _days(*parsed.lower_strict()[:3]), _days(*parsed.upper_strict()[:3])


@given(_DATES)
def test_a_date_means_the_days_that_edtf_says(text: str) -> None:
    assert parse_date(text) == _strict(text)
    assert parse_validity(text) == Days(*_strict(text), *_strict(text))


@settings(max_examples=max(15, settings().max_examples // 4))
@given(_whole_dates(), _whole_dates())
def test_an_interval_begins_and_ends_where_edtf_says(begin: str, end: str) -> None:
    assume(_strict(begin)[0] <= _strict(end)[0] and _strict(begin)[1] <= _strict(end)[1])
    days = parse_validity(f"{begin}/{end}")
    assert (days.begin_earliest, days.end_latest) == _strict(f"{begin}/{end}")
    assert (days.begin_earliest, days.begin_latest) == _strict(begin)
    assert (days.end_earliest, days.end_latest) == _strict(end)


@given(st.integers(2, 9998), st.sampled_from("~?"))
def test_an_approximate_year_is_a_year_wider_as_in_edtf(year: int, mark: str) -> None:
    fuzzy = _oracle(f"{year:04}{mark}")
    expected = _days(*fuzzy.lower_fuzzy()[:3]), _days(*fuzzy.upper_fuzzy()[:3])
    assert parse_date(f"{year:04}{mark}") == expected


_PIECES = st.lists(
    st.sampled_from(
        [
            "2004",
            "199",
            "-0100",
            "-",
            "-06",
            "-31",
            "-02-29",
            "X",
            "-XX",
            "/",
            "..",
            "~",
            "?",
            "%",
            "1",
        ]
    ),
    min_size=1,
    max_size=5,
).map("".join)


@given(_PIECES)
@example("2004-06-XX/2004-07-03")
@example("199X-06")
@example("-0000")
@example("2004-XX-05")
@example("../2004")
@example("20XX~")
def test_what_we_take_edtf_takes_too(text: str) -> None:
    try:
        parse_validity(text)
    except DateError:
        return
    assert _oracle(text) is not None


@given(_PIECES | st.text(max_size=12))
def test_any_text_is_a_date_or_told(text: str) -> None:
    try:
        days = parse_validity(text)
    except DateError:
        return
    assert NEVER <= days.begin_earliest <= days.begin_latest <= EVER
    assert NEVER <= days.end_earliest <= days.end_latest <= EVER
    assert days.begin_earliest <= days.end_earliest
    assert days.begin_latest <= days.end_latest


@pytest.mark.parametrize(
    "text", ["2001-21", "Y17000", "1985-04-12T23:20:30", "{1667,1668}", "?2004"]
)
def test_forms_of_edtf_that_we_do_not_take(text: str) -> None:
    with pytest.raises(DateError):
        parse_validity(text)


@pytest.mark.parametrize("text", ["2021-02-29", "2019-13", "2019-00", "2019-04-31", "1900-02-29"])
def test_days_that_no_calendar_has(text: str) -> None:
    with pytest.raises(DateError):
        parse_date(text)
    with pytest.raises((EDTFParseException, ValueError)):
        dt.date.fromisoformat(text if len(text) > 7 else f"{text}-01")


# --- the four days, as format.md words them (Time)


def test_a_single_date_is_begin_and_end_somewhere_within_it() -> None:
    first, last = _days(2008, 1, 1), _days(2008, 12, 31)
    assert parse_validity("2008") == Days(first, last, first, last)


def test_an_open_end_goes_on_as_far_as_the_source_says() -> None:
    days = parse_validity("1991/..")
    assert (days.begin_earliest, days.begin_latest) == (_days(1991, 1, 1), _days(1991, 12, 31))
    assert (days.end_earliest, days.end_latest) == (EVER, EVER)


def test_of_an_unknown_end_nobody_says_whether_it_came() -> None:
    days = parse_validity("1991/")
    assert (days.begin_earliest, days.begin_latest) == (_days(1991, 1, 1), _days(1991, 12, 31))
    assert (days.end_earliest, days.end_latest) == (_days(1991, 1, 1), EVER)


def test_begins_that_are_open_or_unknown() -> None:
    first, last = _days(2004, 1, 1), _days(2004, 12, 31)
    assert parse_validity("../2004") == Days(NEVER, NEVER, first, last)
    assert parse_validity("/2004") == Days(NEVER, last, first, last)


def test_of_an_empty_validity_nothing_is_known() -> None:
    assert parse_validity("") == UNKNOWN == Days(NEVER, EVER, NEVER, EVER)


def test_about_2007_and_still() -> None:
    assert parse_validity("2007~/..") == Days(_days(2006, 1, 1), _days(2008, 12, 31), EVER, EVER)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2007~", (2006, 1, 1), (2008, 12, 31)),
        ("2007-03~", (2007, 2, 1), (2007, 4, 30)),
        ("2007-01~", (2006, 12, 1), (2007, 2, 28)),
        ("2007-12~", (2007, 11, 1), (2008, 1, 31)),
        ("2007-03-01~", (2007, 2, 28), (2007, 3, 2)),
        ("199X~", (1980, 1, 1), (2009, 12, 31)),
        ("2007-XX~", (2006, 1, 1), (2008, 12, 31)),
        ("2007-03-XX~", (2007, 2, 1), (2007, 4, 30)),
    ],
)
def test_approximately_widens_a_date_by_one_of_its_last_unit(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert parse_date(text) == (_days(*first), _days(*last))


def test_begin_and_end_within_one_year_keep_their_order() -> None:
    days = parse_validity("2019-06/2019")
    first, last = (_days(2019, 6, d) for d in (1, 30))
    assert days == Days(first, last, _days(2019, 6, 1), _days(2019, 12, 31))
    days = parse_validity("2019/2019-06")
    begins, ends = (_days(2019, 1, 1), _days(2019, 6, 30)), parse_date("2019-06")
    assert days == Days(*begins, *ends)


@pytest.fixture(scope="module")
def made_up() -> Dataset:
    return sample()


@pytest.mark.parametrize(
    ("valid", "asked", "answer"),
    [
        ("2008", "2008", 1),
        ("2008", "2008-05-01", 0),  # somewhere within it
        ("2008", "2007", -1),
        ("2008", "2007/2009", 1),
        ("2008-05-01", "2008", 1),
        ("1991/..", "2024", 1),
        ("1991/..", "1991", 1),
        ("1991/..", "1991-05-01", 0),
        ("1991/..", "1990", -1),
        ("1991/", "2024", 0),
        ("1991/", "1990", -1),
        ("../2004", "1500", 1),
        ("../2004", "2005", -1),
        ("/2004", "1500", 0),
        ("/2004", "2004-12-31", 0),
        ("/2004", "2005", -1),
        ("", "2008", 0),
        ("1997/2023", "2000", 1),
        ("1997/2023", "1997-01-01", 0),
        ("1997/2023", "2024", -1),
        ("2007~/..", "2007", 0),
        ("2007~/..", "2009", 1),
        ("2007~/..", "2005", -1),
    ],
)
def test_whether_a_claim_holds_in_a_window(
    valid: str, asked: str, answer: int, made_up: Dataset
) -> None:
    """1 is yes, 0 unknown, -1 no."""
    row = {name: column[0] for name, column in made_up.tables["statement"].columns.items()}
    tables = {**made_up.tables, "statement": table_of("statement", [row | {"valid": valid}])}
    data = Dataset(made_up.schema, tables, made_up.folders)
    assert data.holds("statement", *window(asked)).tolist() == [answer]


@given(_DATES, _DATES, st.dates(dt.date(100, 1, 1)), st.sampled_from(["both", "begin", "end"]))
def test_a_day_may_lie_in_a_validity_if_some_begin_and_end_enclose_it(
    begin: str, end: str, day: dt.date, given_ends: str
) -> None:
    """Unknown: some begin and end that the text allows include the day; yes: all of them do."""
    begins, stops = parse_date(begin), parse_date(end)
    assume(begins[0] <= stops[0] and begins[1] <= stops[1])
    if given_ends == "end":
        begin, begins = "..", (NEVER, NEVER)
    if given_ends == "begin":
        end, stops = "..", (EVER, EVER)
    days = parse_validity(f"{begin}/{end}")
    asked = day.toordinal() - EPOCH
    assert (days.begin_earliest <= asked <= days.end_latest) == (begins[0] <= asked <= stops[1])
    assert (days.begin_latest <= asked <= days.end_earliest) == (begins[1] <= asked <= stops[0])


@pytest.mark.parametrize("text", ["", "../..", "nonsense"])
def test_a_window_says_something(text: str) -> None:
    with pytest.raises(DateError):
        window(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Jun-19", "probably 2019-06"),
        ("Jun-29", "probably 2029-06"),
        ("Jun-30", "probably 1930-06"),
        ("jun 1997", "write 1997-06"),
        ("11-Jun", "a month and a day"),
        ("11-Jun-19", "made this of a date"),
        ("11.06.2019", "2019-06-11"),
        ("11/06/2019", "2019-06-11, or 2019-11-06 if the month comes first"),
        ("2019/06", "with hyphens"),
        ("2019.06.11", "with hyphens"),
        ("2019-6", "two digits"),
        ("2019.0", "turned a year into a number"),
        ("43617", "turned a date into a number"),
        ("1997 – 2023", "1997/2023"),
        ("/", "leave an unknown time empty"),
    ],
)
def test_what_a_spreadsheet_or_a_habit_made_of_a_date(text: str, hint: str) -> None:
    with pytest.raises(DateError) as told:
        parse_validity(text)
    assert hint in told.value.hint

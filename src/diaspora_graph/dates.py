"""Dates as the sources give them (EDTF), and the four days that bound them.

The subset of the Extended Date/Time Format (ISO 8601-2, Library of Congress) that we take: years,
months and days; unknown last digits (``199X``, ``2004-XX``); ``?``, ``~`` and ``%``; intervals with
an open (``..``) or unknown (empty) end. Days count from 1970-01-01 in the proleptic Gregorian
calendar with a year 0.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

NEVER = -999_999_999
"""Before every day: an unknown begin, or one without limit."""
EVER = 999_999_999
"""After every day."""

_DATE = re.compile(
    r"(?!-0000)(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX)"
    r"(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<doubt>[?~%])?",
    re.ASCII,
)


class Days(NamedTuple):
    """The four days of a validity, as whole numbers and never null."""

    begin_earliest: int
    begin_latest: int
    end_earliest: int
    end_latest: int


UNKNOWN = Days(NEVER, EVER, NEVER, EVER)


class DateError(ValueError):
    """A text that is not a date; ``hint`` says what to write, if the text shows it."""

    def __init__(self, reason: str, hint: str = "", text: str = "") -> None:
        self.reason, self._hint, self._text = reason, hint, text
        super().__init__(reason)

    @property
    def hint(self) -> str:
        """What to write instead; computed when it is first used."""
        return _habit(self._text) or self._hint

    def __str__(self) -> str:
        return f"{self.reason}; {self.hint}" if self.hint else self.reason


class BackwardError(DateError):
    """An interval that ends before it begins, as some sources print it."""

    def __init__(self) -> None:
        hint = (
            "if the source prints it so, flag the row; put the right time in a row that corrects it"
        )
        super().__init__("an interval that begins before it ends", hint)


def day_number(year: int, month: int, day: int) -> int:
    """Return a day of the proleptic Gregorian calendar as days since 1970-01-01.

    >>> day_number(1970, 1, 1), day_number(2000, 3, 1), day_number(0, 12, 31)
    (0, 11017, -719163)
    """
    shifted = year - (month <= 2)
    era, of_era = divmod(shifted, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def iso_date(day: int) -> str:
    """Return a day as a date, nothing for `NEVER` and `EVER`.

    >>> iso_date(0), iso_date(-1), iso_date(EVER), iso_date(day_number(1915, 4, 24))
    ('1970-01-01', '1969-12-31', '', '1915-04-24')
    """
    if day in {NEVER, EVER}:
        return ""
    date = np.datetime64(day, "D")
    return str(date)


def year_of(day: int) -> int | None:
    """Return the year in which a day lies, None for `NEVER` and `EVER`.

    >>> year_of(0), year_of(-1), year_of(11017), year_of(EVER)
    (1970, 1969, 2000, None)
    """
    if day in {NEVER, EVER}:
        return None
    era, of_era = divmod(day + 719_468, 146_097)
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    return era * 400 + year + (of_year >= 306)


def days_in_month(year: int, month: int) -> int:
    """Return 28 to 31."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (
        29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    )


def parse_validity(text: str) -> Days:
    """Return the four days of an EDTF date or interval; for an empty text nothing is known.

    A single date is both begin and end, each somewhere within it. ``1991/..`` still holds as far as
    the source says, ``1991/`` may have ended on any day since. Raises `DateError`.

    >>> parse_validity("1970-01")
    Days(begin_earliest=0, begin_latest=30, end_earliest=0, end_latest=30)
    >>> parse_validity("1970/..").end_earliest == EVER, parse_validity("1970/").end_earliest
    (True, 0)
    """
    if not text:
        return UNKNOWN
    if "/" not in text:
        first, last = parse_date(text)
        return Days(first, last, first, last)
    begin, _, end = text.partition("/")
    if "/" in end or text in {"/", "../", "/..", "../.."}:
        hint = "leave an unknown time empty"
        raise DateError("a date, or an interval with at least one date", hint, text)
    try:
        begins, ends = _bound(begin, NEVER), _bound(end, EVER)
    except DateError as error:
        raise DateError(error.reason, error.hint, text) from None
    if begins is None:
        begins = (NEVER, ends[1] if ends else EVER)
    if ends is None:
        ends = (begins[0], EVER)
    if begins[0] > ends[1]:
        raise BackwardError
    return Days(begins[0], min(begins[1], ends[1]), max(ends[0], begins[0]), ends[1])


def days_said(text: str) -> Days:
    """Return the four days of a validity that a source may have printed the wrong way round.

    An interval that runs backwards gives no certain day: it may have held on any day.

    >>> days_said("2023-11/2023-09") == UNKNOWN
    True
    """
    try:
        return parse_validity(text)
    except BackwardError:
        return UNKNOWN


def is_backward(text: str) -> bool:
    """Return whether a text is an interval that ends before it begins.

    >>> is_backward("2023-11/2023-09"), is_backward("2023-09/2023-11"), is_backward("soon")
    (True, False, False)
    """
    if "/" not in text:
        return False
    try:
        parse_validity(text)
    except BackwardError:
        return True
    except DateError:
        return False
    return False


def days_of(texts: pa.StringArray) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """Return the four days of many validities, shape (texts, 4), and which of them are valid.

    The same as `parse_validity` of each, but each distinct date in them is parsed once. A text
    that is not valid may have held on any day.

    >>> days, sound = days_of(pa.array(["1970", "1970/..", "soon"]))
    >>> days[0].tolist(), sound.tolist()
    ([0, 364, 0, 364], [True, True, False])
    """
    halves = pc.split_pattern(texts, "/", max_splits=1)
    counts = _int32(pc.list_value_length(halves))
    encoded = halves.flatten().dictionary_encode()
    dates = [_first_and_last(text) for text in encoded.dictionary.to_pylist()]
    each = np.array(dates, np.int32).reshape(-1, 3)[_int32(encoded.indices)]
    last_half = np.cumsum(counts) - 1
    begins, ends = each[last_half - (counts == _HALVES)], each[last_half]
    begin = np.where(begins[:, 2] == _OPEN, NEVER, begins[:, 1])
    end = np.where(ends[:, 2] == _OPEN, EVER, ends[:, 0])
    first, last = begins[:, 0], ends[:, 1]
    spans = np.stack([first, np.minimum(begin, last), np.maximum(end, first), last], axis=1)
    dated = (begins[:, 2] == _DATED) | (ends[:, 2] == _DATED)
    forward = dated & (begins[:, 2] != _WRONG) & (ends[:, 2] != _WRONG) & (first <= last)
    single = (begins[:, 2] == _DATED) | (begins[:, 2] == _EMPTY)
    is_span = counts == _HALVES
    sound = np.where(is_span, forward, single)
    days = np.where(is_span[:, None], spans, begins[:, [0, 1, 0, 1]])
    return np.where(sound[:, None], days, UNKNOWN).astype(np.int32), sound


def _int32(values: pa.Int32Array) -> npt.NDArray[np.int32]:
    return np.frombuffer(values.buffers()[1] or b"", np.int32, len(values), values.offset * 4)


_HALVES = 2
_WRONG, _EMPTY, _OPEN, _DATED = -1, 0, 1, 2


def _first_and_last(text: str) -> tuple[int, int, int]:
    """Return the first and last day of one end of a validity, and the kind of this end."""
    if text in {"", ".."}:
        return NEVER, EVER, _OPEN if text else _EMPTY
    try:
        return *parse_date(text), _DATED
    except DateError:
        return NEVER, EVER, _WRONG


def _bound(text: str, open_end: int) -> tuple[int, int] | None:
    if text == "..":
        return open_end, open_end
    return parse_date(text) if text else None


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> tuple[int, int]:
    """Return the first and the last day that a single EDTF date may mean. Raises `DateError`.

    >>> parse_date("1970"), parse_date("1970~")
    ((0, 364), (-365, 729))
    """
    found = _DATE.fullmatch(text)
    if not found:
        raise DateError(
            "a date such as 2019, 2019-06, 2019-06-11, 199X, 2007~, 1997/2023 or 1991/..",
            text=text,
        )
    year_text, month, day, doubt = found.groups()
    if "X" in year_text and month:
        raise DateError("a date whose unknown digits (X) are its last ones")
    years = _years(year_text)
    months = _span(month, 1, 12, "a month from 01 to 12", text)
    if month == "XX" and day not in {None, "XX"}:
        raise DateError("a date whose unknown digits (X) are its last ones")
    most = days_in_month(years[1], months[1])
    days = _span(day, 1, most, f"a day that {year_text}-{month} has (it has {most})", text)
    first, last = (years[0], months[0], days[0]), (years[1], months[1], days[1])
    if doubt:
        unit = (
            "day" if day not in {None, "XX"} else "month" if month not in {None, "XX"} else "year"
        )
        return _widened(first, last, unit, 10 ** year_text.count("X"))
    return day_number(*first), day_number(*last)


def _years(text: str) -> tuple[int, int]:
    if "X" not in text:
        return int(text), int(text)
    low, high = sorted((int(text.replace("X", "0")), int(text.replace("X", "9"))))
    return low, high


def _span(text: str | None, least: int, most: int, expected: str, whole: str) -> tuple[int, int]:
    if text is None or text == "XX":
        return least, most
    if not least <= int(text) <= most:
        raise DateError(expected, text=whole)
    return int(text), int(text)


def _widened(
    first: tuple[int, int, int], last: tuple[int, int, int], unit: str, years: int
) -> tuple[int, int]:
    """Widen by one of the last unit given: ``~`` and ``?`` both mean that it may be near."""
    if unit == "day":
        return day_number(*first) - 1, day_number(*last) + 1
    if unit == "month":
        before, after = first[0] * 12 + first[1] - 2, last[0] * 12 + last[1]
        year, month = divmod(after, 12)
        return (
            day_number(before // 12, before % 12 + 1, 1),
            day_number(year, month + 1, days_in_month(year, month + 1)),
        )
    return day_number(first[0] - years, 1, 1), day_number(last[0] + years, 12, 31)


def window(text: str) -> tuple[int, int]:
    """Return the first and last day of the window that a question asks about. Raises `DateError`.

    >>> window("1970"), window("1970/1971")
    ((0, 364), (0, 729))
    """
    days = parse_validity(text)
    if NEVER in days[:2] and EVER in days[2:]:
        raise DateError("a day, a month, a year or a span such as 2008/2010")
    return days.begin_earliest, days.end_latest


def repaired(text: str) -> str:
    """Return the date that a text certainly means, nothing if it may mean another one.

    >>> repaired("c. 1915"), repaired("spring 2008"), repaired("11/06/2019")
    ('1915~', '', '')
    """
    from diaspora_graph.date_habits import meant  # a table of words, for dates that are wrong

    found = meant(text)
    return found.form if found and found.sure and found.form and _parses(found.form) else ""


def _habit(text: str) -> str:
    """Return what to write for a date that a spreadsheet or a habit has changed."""
    from diaspora_graph.date_habits import meant  # a table of words, for dates that are wrong

    found = meant(text)
    return found.hint() if found and (not found.form or _parses(found.form)) else ""


def _parses(text: str) -> bool:
    try:
        parse_validity(text)
    except DateError:
        return False
    return True

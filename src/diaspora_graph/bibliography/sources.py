"""The parts of a source that a citation needs: its type, dates and an address, as words."""

from __future__ import annotations

import re
from dataclasses import fields
from urllib.parse import quote

from diaspora_graph.bibliography.runs import Run
from diaspora_graph.dataset.records import Source
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema

NO_DATE = "n.d."

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(
    r"(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<doubt>[?~%]?)",
    re.ASCII,
)


def tidy(source: Source) -> Source:
    """Return a source whose cells are one line each, with single blanks."""
    cells = {field.name: getattr(source, field.name) for field in fields(source)}
    return Source(**{name: " ".join(text.split()) for name, text in cells.items()})


def cited_as(source: Source, schema: Schema | None = None) -> str:
    """Return the type of document (of the Citation Style Language) that a source is cited as.

    The class of the source gives it in the ontology, by ``dg:citedAs``; without ``schema`` the
    shipped ontology is used. Raises `UnknownNameError` for an unknown class.
    """
    classes = (schema or load_schema()).classes
    if source.type not in classes:
        raise UnknownNameError("class", source.type, classes)
    return classes[source.type].cited_as or "document"


def year(date: str, letter: str = "") -> str:
    """Return the year of an EDTF date in words; any other text stays as it is.

    >>> [year(date) for date in ("2014-10", "2007~", "199X", "1997/2023", "1991/..", "-0099", "")]
    ['2014', 'ca. 2007', '1990s', '1997–2023', '1991–', '100 BCE', 'n.d.']
    >>> year("2025", "a"), year("", "b")
    ('2025a', 'n.d.-b')
    """
    if not date:
        return f"{NO_DATE}-{letter}" if letter else NO_DATE
    begin, slash, end = date.partition("/")
    years = [_one_year(begin), _one_year(end)] if slash else [_one_year(begin)]
    return ("–".join(years) if len(set(years)) > 1 else years[0]) + letter


def _one_year(date: str) -> str:
    found = _DATE.fullmatch(date)
    if not found:
        return "" if date == ".." else date
    digits = found["year"]
    number = int(digits.replace("X", "0"))
    era = " BCE" if number < 0 or digits == "0000" else ""
    text = str(number if not era else 1 - number) if "X" not in digits else f"{abs(number)}s"
    doubt = found["doubt"] or "-"
    return f"{'ca. ' if doubt in '~%' else ''}{text}{era}{'?' if doubt in '?%' else ''}"


def years_in(date: str) -> tuple[int, int] | None:
    """Return the first and last year of an EDTF date as numbers, to sort by; None if it has none.

    >>> years_in("1997/2023"), years_in("../2004"), years_in("199X~"), years_in("")
    ((1997, 2023), (2004, 2004), (1990, 1990), None)
    """
    found = [match for part in date.split("/") if (match := _DATE.match(part))]
    numbers = [int(match["year"].replace("X", "0")) for match in found]
    return (numbers[0], numbers[-1]) if numbers else None


def day(date: str) -> str:
    """Return month and day of a date in words, as far as they are given.

    >>> day("2024-12-25"), day("2014-10"), day("2014"), day("1997/2023")
    ('December 25', 'October', '', '')
    """
    found = _DATE.fullmatch(date)
    month = found["month"] if found else None
    if not found or not month or not month.isdigit() or not 1 <= int(month) <= len(_MONTHS):
        return ""
    number = found["day"] if found["day"] and found["day"].isdigit() else ""
    return f"{_MONTHS[int(month) - 1]} {int(number)}" if number else _MONTHS[int(month) - 1]


def full_date(date: str) -> str:
    """Return a date in words.

    >>> full_date("2024-12-25"), full_date("2024-12"), full_date("2024")
    ('December 25, 2024', 'December 2024', '2024')
    """
    within = day(date)
    return f"{within}{',' if ' ' in within else ''} {year(date)}" if within else year(date)


def csl_date(date: str) -> dict[str, object]:
    """Return an EDTF date for CSL-JSON: in parts where possible, else in words.

    >>> csl_date("2014-10~"), csl_date("199X")
    ({'date-parts': [[2014, 10]], 'circa': True}, {'literal': '1990s'})
    """
    if not date:
        return {}
    found = [_DATE.fullmatch(part) for part in date.split("/")]
    if len(found) > 2 or not all(found) or "X" in re.sub("(-XX)+(?=/|$|[?~%])", "", date):
        return {"literal": year(date)}
    parts = [_numbers(match) for match in found if match]
    circa = {"circa": True} if any(match and match["doubt"] for match in found) else {}
    return {"date-parts": parts, **circa}


def _numbers(found: re.Match[str]) -> list[int]:
    texts = (found["year"], found["month"], found["day"])
    numbers = [int(text) for text in texts if text and "X" not in text]
    return [numbers[0] - 1, *numbers[1:]] if numbers[0] <= 0 else numbers


def address(source: Source) -> list[Run]:
    """Return the DOI as an address, else the address, else the archived one, as a link."""
    text = f"https://doi.org/{source.doi}" if source.doi else source.url or source.archived_url
    return [Run(text, link=encoded(text))] if re.match("https?://", text) else [Run(text)]


def encoded(address: str) -> str:
    """Return an address without the characters that end it in HTML, Markdown or TeX.

    >>> encoded("https://doi.org/10.1002/(SICI)15:16<1661::AID>3.0;2-2")
    'https://doi.org/10.1002/(SICI)15:16%3C1661::AID%3E3.0;2-2'
    """
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~")

"""Dates as people write them, and their form in EDTF: "c. 1915" is ``1915~``.

Habits of historians, of journals, of spreadsheets and of several languages. Nothing here decides
whether a text is a date; that is `diaspora_graph.dates`. It only proposes what to write instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from unicodedata import digit, normalize


class Meant(NamedTuple):
    """The probable meaning of a text: the date to write, or nothing, and a remark.

    ``sure``: nobody would read the text in another way.
    """

    form: str
    note: str = ""
    sure: bool = True

    def hint(self) -> str:
        """Return the advice for the person who wrote it."""
        if not self.form:
            return self.note
        return f"write {self.form}{', ' if self.note else ''}{self.note}"


_MADE = "a spreadsheet made this of"

_MONTHS: Mapping[str, int] = {
    stem: number
    for line in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "янв фев мар апр май июн июл авг сент окт нояб дек",
        "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
        "jän feb mär apr mai jun jul aug sept okt nov dez",
        "janv fév mars avr mai juin juil aoû sept oct nov déc",
        "ene febr mar abr may jun jul ago set oct nov dic",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan fev mar abr mai jun jul ago set out nov dez",
        "oca şub mar nis may haz tem ağu eyl eki kas ara",
        "sty lut mar kwi maj cze lip sie wrz paź lis gru",
        "yan fev mar apr may iyun iyul avg sen okt noy dek",
    )
    for number, stem in enumerate(line.split(), 1)
}
"""The beginnings of the names of months in several languages."""

_SEASONS: Mapping[str, int] = {
    stem: number
    for line in (
        "spring summer autumn winter",
        "spring summer fall winter",
        "весн лето осен зим",
        "весн летом осен зим",
        "көктем жаз күз қыс",
        "frühling sommer herbst winter",
        "frühjahr sommer herbst winter",
        "printemps été automne hiver",
        "primavera verano otoño invierno",
        "primavera estate autunno inverno",
        "ilkbahar yaz sonbahar kış",
    )
    for number, stem in enumerate(line.split(), 21)
}

_SPAN_OF_CODE: Mapping[int, tuple[int, int]] = {
    **dict(zip(range(21, 25), ((3, 5), (6, 8), (9, 11), (12, 14)), strict=True)),
    **dict(zip(range(25, 29), ((3, 5), (6, 8), (9, 11), (12, 14)), strict=True)),
    **dict(zip(range(29, 33), ((9, 11), (12, 14), (3, 5), (6, 8)), strict=True)),
    **dict(zip(range(33, 37), ((1, 3), (4, 6), (7, 9), (10, 12)), strict=True)),
    **dict(zip(range(37, 40), ((1, 4), (5, 8), (9, 12)), strict=True)),
    **dict(zip(range(40, 42), ((1, 6), (7, 12)), strict=True)),
}
"""The months of EDTF's codes for seasons, quarters, halves; 13 and 14 are in the next year."""

_YEAR_WORDS = re.compile(
    r"(?<![^\W\d_])(?:г|гг|йил|r|год(?:а|у|ов|ы|е|ом|ах)?|ж|жж|жыл(?:ы|ғы|дар|дары|дарда|дарының)?|р|рр"
    r"|рік|року|year|years|ad|a\.d|ce|c\.e|н\.? ?э|jahre?|años?|ann[ée]es?|yıl[ıi]?|yil[iy]?)"
    r"(?![^\W\d_])\.?"
)
_ABOUT = re.compile(
    r"(?:(?:ca?|cca|cir|circa|abt|about|around|approx|approximately|roughly|near|ок|около|примерно"
    r"|приблизительно|прибл|шамамен|um|etwa|gegen|vers|env|environ|hacia|alrededor de"
    r"|aproximadamente|около|yaklaşık|yaklaşık olarak|około|taxminan)(?:\. ?| )|c(?=\d)|ca(?=\d)"
    r"|[~≈±] ?)(?P<rest>.+)"
    r"|(?P<first>.+?) ?(?:\(?(?:or so|c|approx|approximately|circa|ca|about|шамасында|civarı|est"
    r"|estimated|примерно|приблизительно)\.?\)?\.?|[~≈±])"
)
_DOUBTED = re.compile(
    r"(?:prob|probably|perhaps|possibly|maybe|вероятно|возможно|предположительно|бәлкім|wohl"
    r"|vermutlich|peut-être|quizás|belki)\.? (?P<rest>.+)|\? ?(?P<mark>\d.*)"
    r"|(?P<first>.+?) ?\(?\?\)?"
)
_NOW = (
    r"(?:(?:the |till |until |up to |to )?(?:present(?: day)?|now|today|date|current|currently"
    r"|ongoing|nowadays|this day|continuing|open)|still|настоящее время|наст\.? ?вр\.?|н\.? ?в\.?"
    r"|наши дни|наших дней|настоящего времени|сегодня|сегодняшнего дня|сейчас|сей день"
    r"|қазір(?:г[іе])? ?(?:уақыт(?:қа)?)?(?: дейін)?|бүгін(?:ге)?(?: дейін)?|heute|jetzt"
    r"|aujourd'hui|présent|à nos jours|nos jours|hoy|(?:el )?presente|(?:la )?actualidad|oggi"
    r"|günümüz|bugün|hozir|至今|现在|現在|현재|\*|9999|\.\.\.?|…)"
)
_UNTIL_NOW = re.compile(
    r"(?:(?:from|since|с|со|seit|depuis|desde) )?(.+?)"
    rf"(?: ?[-/~] ?| (?:to|till|until|по|до|bis|à|hasta) | |(?=\.))({_NOW}|unknown|\?)"
)
_SINCE = re.compile(
    r"(?:since|from|after|post|beginning|starting|starting in|as of|с|со|начиная с|от|после|seit"
    r"|od|po|ab|nach|depuis|dès|après|desde|después de|[aà] partir de|dal|da)[ -](?P<rest>.+)"
    r"|[>≥] ?(?P<more>.+)"
    r"|(?P<first>.+?)(?: ?\+| ?-| on| onwards?| forward| and (?:after|later|since|on)| ?ff\.?"
    r"| жылдан(?: бері| бастап| кейін)?|[- ]?(?:ден|дан|тен|тан|нен|нан)(?: бері| бастап| кейін)?"
    r"|'?(?:den|dan|ten|tan) (?:beri|itibaren|sonra)| sonrası|년 이후|年以来|年以後)"
)
_UNTIL = re.compile(
    r"(?:before|until|till|til|up to|by|pre|prior to|not later than|no later than|earlier than|до"
    r"|перед|по|к|ранее|не позднее|bis|vor|avant|jusqu'en|jusqu'à|antes de|hasta|do|przed|prima del"
    r"|fino al)"
    r"[ -](?P<rest>.+)|[<≤] ?(?P<more>.+)|- ?(?P<dash>\d.+)"
    r"|(?P<first>.+?)(?: and (?:before|earlier)| or earlier| жылға дейін|[- ]?(?:ге|ға|ке|қа) дейін"
    r"|'?(?:ye|ya|e|a) kadar|'?(?:den|dan|ten|tan) önce| öncesi)"
)
_FROM_TO = re.compile(
    r"(?:(?:from|between|с|со|между|von|zwischen|de|du|entre|desde|dal) )?(?P<begin>.+?)"
    r"(?: ?- ?| ?/ ?| ?\.\. ?| ?~ ?| (?:to|till|until|thru|through|and|по|до|и|bis|und|à|au|a|y|et"
    r"|hasta|al|жылдан|ile) )(?P<end>.+?)(?: (?:жылға )?дейін)?"
)
_DECADES_OF_YEARS = re.compile(
    r"(?<!\d-)(?<!\d - )\b(\d{3})0(?:[- ]?(?:шы|ші|інші|ыншы)?[- ]?жылдар\w*|'?l[ıi] yıllar\w*)"
)
_TIME_OF_DAY = re.compile(
    r"[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?(?:z|[+-]\d\d:?\d\d)?$"
)
_NOTHING = re.compile(
    r"n\.? ?d\.?|s\.? ?a\.?|undated|unknown|no date|not (?:known|stated|given)|n/?a|none|null|nil"
    r"|\?+|-+|\.+|б\.? ?г\.?|б/г|н\.? ?д\.?|без даты|неизвестно|белгісіз|o\.? ?j\.?|inconnu"
    r"|sin fecha"
)
_PART = re.compile(
    r"(?:the )?(?P<part>early|mid|middle|late|end|beginning|начал[аеуо]|середин[аеыу]"
    r"|кон(?:ец|це|ца|цу)|anfang|mitte"
    r"|ende|début|mi|fin|басы|ортасы|соңы)(?:[ -]of)?(?:[ -](?:the|de|des))?[- ](?P<rest>.+)"
)
_DECADE = re.compile(
    r"(?:the |die |the decade of |ann[ée]es |d[ée]cada de |décennie |años )?(\d{3})0"
    r"(?:'?s|ies|-?(?:е|х|ые|ых|ті|тых|ер)|er|'?l[ae]r\w*|-lar)"
)
_TH = r"(?:st|nd|rd|th|\.|-?й|-?го|-?ші|-?шы|-?інші|e|ème|è)?"
_CENTURIES = re.compile(
    rf"(?:the )?(?P<one>\d{{1,2}}|[ivx]+){_TH}(?: ?[-/] ?| (?:and|to|и|мен) )"
    rf"(?P<other>\d{{1,2}}|[ivx]+){_TH}[ -]?(?:centuries|cc?\.?|век(?:а|ов)?"
    r"|вв?\.?|ғғ?\.?|ғасыр\w*)"
)
_CENTURY = re.compile(
    rf"(?:the )?(?P<number>\d{{1,2}}|[ivx]+){_TH}[ -]?"
    r"(?:century|cent\.?|c\.?|век(?:а|е)?|в\.?|ғ\.?|ғасыр\w*|jahrhunderts?|jh\.?|siècle|yüzyıl|asr)"
    r"|siglo (?P<after>[ivx]+)"
)
_ORDINALS = {
    "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
_ORDER = r"(?P<order>[1-4]|i{1,3}|iv|first|second|third|fourth|1st|2nd|3rd|4th)"
_SUFFIX = r"(?:-?(?:й|ый|е|ое|я|ші|нші))?"
_OF = r"(?: of| de)?,? "
_QUARTER = r"(?:quarter|кв(?:артал)?\.?|тоқсан\w*|trimestre|quartal)"
_HALF = r"(?:half|полугоди[ея]|жартыжылды\w*|semestre|semester|halbjahr)"
_PERIODS = tuple(
    (re.compile(pattern.format(o=_ORDER, s=_SUFFIX, word=word, of=_OF)), before)
    for letter, word, before in (("q", _QUARTER, 32), ("[hs]", _HALF, 39))
    for pattern in (
        rf"(?P<year>\d{{{{4}}}})[ -/]*{letter}{{o}}",
        rf"{letter}{{o}}[ -/]*(?P<year>\d{{{{4}}}})",
        rf"{{o}}[ -]?{letter}[ -/]*(?P<year>\d{{{{4}}}})",
        r"(?:the )?{o}{s} ?{word}{of}(?P<year>\d{{4}})",
        r"(?P<year>\d{{4}}),? {o}{s} ?{word}",
    )
)
"""Ways to write a quarter or a half of a year, and the number where EDTF's codes begin."""


_NAMED = r"(?P<m>[^\W\d_]{3,})\.?"
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\.?"
_YEAR = r"(?P<y>\d{4})"
_IN_WORDS = tuple(
    map(
        re.compile,
        (
            rf"{_NAMED},?[ -/]?(?:de |of )?{_YEAR}",
            rf"{_YEAR},?[ -/]?{_NAMED}",
            rf"(?:the )?{_DAY}[ -/]?(?:de |of )?{_NAMED},?[ -/](?:de )?{_YEAR}",
            rf"{_NAMED} {_DAY},? {_YEAR}",
            rf"{_YEAR},?[ -/]{_NAMED}[ -/]{_DAY}",
            rf"{_YEAR},? {_DAY} {_NAMED}",
        ),
    )
)


_LONGEST_SHORTENED = 30
"""Years that a span such as ``1998/02`` may have over the turn of a century."""


def meant(text: str) -> Meant | None:
    """Return the probable meaning of a text that is not a date, None if there is none.

    >>> meant("c. 1915").form, meant("1991–present").form, meant("до 1991 г.").form
    ('1915~', '1991/..', '../1991')
    """
    plain = _plain(text)
    for read in (_spreadsheet, _nothing, _point, _open, _span, _several):
        found = read(plain)
        if found:
            return found
    return None


def _plain(text: str) -> str:
    """Return a text in small letters and ASCII digits, without words for "year"."""
    plain = normalize("NFKC", text).casefold()
    plain = "".join(str(digit(each)) if each.isdigit() else each for each in plain)
    plain = re.sub(r"[‐-―−﹘﹣]", "-", plain)
    plain = re.sub(r"[‘’ʼ`´]", "'", plain)
    plain = re.sub(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]", r"\1-\2-\3", plain)
    plain = re.sub(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월]", r"\1-\2", plain)
    plain = re.sub(r"(\d{4}) ?[年년](?! ?(?:이후|以))", r"\1 ", plain)
    plain = _TIME_OF_DAY.sub("", plain)
    plain = " ".join(plain.split())
    plain = _DECADES_OF_YEARS.sub(r"\g<1>0s", plain)
    plain = re.sub(r" ?[\[(](?:sic|!)[\])]", "", plain)
    if not re.search(r"до н\.? ?э|b\.?c|[бн]\.? ?[гд]\.?$", plain):
        plain = _YEAR_WORDS.sub(" ", plain)
    plain = re.sub(
        r"^(?:в|in|im|en|the year|dated) (?=\d|нач|сер|кон)", "", " ".join(plain.split())
    )
    plain = re.sub(r" ?(?:academic|school|учебный|оқу)$", "", plain)
    return re.sub(r"(?<=\d)\.$", "", " ".join(plain.split()).strip(" ,;"))


def _kazakh_part(text: str) -> Meant | None:
    """Read "1990-… басы", where the part of the time comes after it."""
    found = re.fullmatch(r"(.+?) (басы|ортасы|соңы)(?:нда)?", text)
    return _part(f"{found[2]} {found[1]}") if found else None


def _spreadsheet(text: str) -> Meant | None:
    found = re.fullmatch(r"([^\W\d_]{3,})-([0-9]{2})", text)
    if found and (month := _month(found[1])):
        short = int(found[2])
        year = short + (2000 if short < 30 else 1900)
        return Meant("", f"{_MADE} a year and a month; probably {year}-{month:02}", sure=False)
    if re.fullmatch(r"[0-9]{1,2}[- ][^\W\d_]{3,}", text) and _month(re.sub(r"[\d -]", "", text)):
        return Meant("", f"{_MADE} a month and a day; write the year too", sure=False)
    if found := re.fullmatch(r"([0-9]{1,2})[- ]([^\W\d_]{3,})[- ]([0-9]{2})", text):
        return Meant("", f"{_MADE} a date; write the year in full: 2019-06-11", sure=False)
    if found := re.fullmatch(r"([0-9]{4})\.0", text):
        return Meant(found[1], "a spreadsheet turned a year into a number")
    if found := re.fullmatch(r"([1-9][0-9]{4})(\.0)?", text):
        day = dt.date(1899, 12, 30) + dt.timedelta(int(found[1]))
        return Meant("", f"a spreadsheet turned a date into a number; probably {day}", sure=False)
    return None


def _nothing(text: str) -> Meant | None:
    if _NOTHING.fullmatch(text):
        return Meant("", "leave the cell empty: the source gives no time", sure=False)
    if re.fullmatch(_NOW, text):
        return Meant("", "write the day on which it was true, such as 2019-06-11", sure=False)
    return None


def _point(text: str) -> Meant | None:
    """Read one time, however vague."""
    for read in (
        _kazakh_part,
        _numbers,
        _words,
        _period,
        _season,
        _decade,
        _unknown_digits,
        _vague,
        _part,
    ):
        found = read(text)
        if found:
            return found
    return None


def _numbers(text: str) -> Meant | None:
    """Read a date written only in digits."""
    if re.fullmatch(r"\d{4}|\d{4}-(0[1-9]|1[0-2])(-\d{2})?|-?\d{3}x", text):
        return Meant(text.upper())
    if found := re.fullmatch(r"(\d{4})([-./ ])(\d{1,2})\2 ?(\d{1,2})\.?", text):
        return _date(int(found[1]), int(found[3]), int(found[4]), "with hyphens and two digits")
    if found := re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text):
        return _date(int(found[1]), int(found[2]), int(found[3]), "with hyphens")
    if found := re.fullmatch(r"(\d{1,2})([-./ ]) ?(\d{1,2})\2 ?(\d{4})", text):
        return _day_first(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    if found := re.fullmatch(r"(\d{4})m(\d{1,2})", text):
        return _date(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2})[-./ ](\d{4})", text):
        return _date(int(found[2]), int(found[1]))
    if found := re.fullmatch(r"(\d{4})([-./ ])(\d{1,2})", text):
        return _year_and_number(int(found[1]), int(found[3]), found[2], found[3])
    return _short_years(text)


def _short_years(text: str) -> Meant | None:
    if re.fullmatch(r"\d{3}", text):
        return Meant(f"0{text}", "with four digits")
    if found := re.fullmatch(r"(\d{1,2})([-./])(\d{1,2})\2(\d{2})", text):
        year = int(found[4]) + (2000 if int(found[4]) < 30 else 1900)
        dated = _day_first(int(found[1]), int(found[3]), year, dotted=found[2] == ".")
        if dated:
            also = f", {dated.note}" if dated.note else ""
            return Meant("", f"write the year in full: {dated.form}{also}", sure=False)
    if re.fullmatch(r"'?\d{2}", text):
        return Meant("", "write the year in full, with four digits", sure=False)
    if found := re.fullmatch(r"(\d{1,4}) ?(?:b\.? ?c\.?(?: ?e\.?)?|до н\.? ?э\.?)", text):
        return Meant(f"-{int(found[1]) - 1:04}" if int(found[1]) > 1 else "0000", "year 0 is 1 BC")
    return None


def _date(year: int, month: int, day: int = 0, note: str = "") -> Meant | None:
    if not 1 <= month <= 12 or day > 31:
        return None
    return Meant(f"{year:04}-{month:02}" + (f"-{day:02}" if day else ""), note)


def _day_first(day: int, month: int, year: int, *, dotted: bool) -> Meant | None:
    if month > 12:
        return _date(year, day, month)
    if dotted or day > 12 or day == month:
        return _date(year, month, day)
    other = f"{year:04}-{day:02}-{month:02} if the month comes first"
    return Meant(f"{year:04}-{month:02}-{day:02}", f"or {other}", sure=False)


def _year_and_number(year: int, number: int, mark: str, written: str) -> Meant | None:
    """Read ``1996/97``, ``2019/06``, ``2014-21``, ``2019-6``."""
    unit = 100 if len(written) == 2 else 10
    later = year // unit * unit + number
    if unit == 100 and later < year and later + 100 - year <= _LONGEST_SHORTENED:
        later += 100
    span = f"{year}/{later}" if later > year else ""
    if number in _SPAN_OF_CODE and mark == "-":
        season = _coded(year, number)
        also = f"or {span} if it is a span of years" if span else ""
        return Meant(season.form, "; ".join(filter(None, (season.note, also))), sure=False)
    if 1 <= number <= 12:
        form = f"{year}-{number:02}"
        if mark == "/" and span:
            return Meant(span, f"or {form} with a hyphen if it is a month", sure=False)
        if mark == "-" and span:
            return Meant(form, f"with two digits, or {span} if it is a span of years", sure=False)
        return Meant(form, "with two digits" if mark == "-" else "with hyphens")
    return Meant(span, sure=mark == "/" or number > 41) if span and mark in "-/" else None


def _words(text: str) -> Meant | None:
    """Read the names of months."""
    days = re.fullmatch(r"(\d{1,2}) ?- ?(\d{1,2})\.? ([^\W\d_]{3,})\.?,? (\d{4})", text)
    if days and (month := _month(days[3])):
        year = int(days[4])
        return Meant(f"{year}-{month:02}-{int(days[1]):02}/{year}-{month:02}-{int(days[2]):02}")
    two = re.fullmatch(r"([^\W\d_]{3,})\.? ?[-/] ?([^\W\d_]{3,})\.?,? (\d{4})", text)
    if two and (first := _month(two[1])) and (last := _month(two[2])) and first < last:
        return Meant(f"{two[3]}-{first:02}/{two[3]}-{last:02}")
    for pattern in _IN_WORDS:
        found = pattern.fullmatch(text)
        if found and (month := _month(found["m"])):
            return _date(int(found["y"]), month, int(found.groupdict().get("d") or 0))
    return None


def _month(word: str) -> int:
    """Return the number of the month that a word names, 0 for none."""
    return next((_MONTHS[word[:n]] for n in (5, 4, 3) if word[:n] in _MONTHS), 0)


def _period(text: str) -> Meant | None:
    """Read quarters and halves of a year."""
    for pattern, before in _PERIODS:
        if found := pattern.fullmatch(text):
            code = before + _ORDINALS[found["order"]]
            return _coded(int(found["year"]), code) if code in _SPAN_OF_CODE else None
    return None


def _season(text: str) -> Meant | None:
    found = re.fullmatch(r"(?P<w>[^\W\d_]+)(?: of)?,? ?(?P<y>\d{4})(?:[-/](?P<z>\d{2,4}))?", text)
    found = found or re.fullmatch(r"(?P<y>\d{4})(?P<z>),?[ -](?P<w>[^\W\d_]+)", text)
    code = next((_SEASONS[s] for s in _SEASONS if found and found["w"].startswith(s)), 0)
    return _coded(int(found["y"]), code) if found and code else None


def _coded(year: int, code: int) -> Meant:
    """Return the months of a season, quarter or half."""
    first, last = _SPAN_OF_CODE[code]
    end = f"{year + 1:04}-{last - 12:02}" if last > 12 else f"{year:04}-{last:02}"
    exact = code > 32
    note = (
        "" if exact else f"or the months that the source means, or {year:04}: seasons are not taken"
    )
    return Meant(f"{year:04}-{first:02}/{end}", note, sure=exact)


def _decade(text: str) -> Meant | None:
    if found := _DECADE.fullmatch(text):
        decade = f"{found[1]}X"
        if found[1].endswith("0"):
            return Meant(decade, f"or {found[1][:2]}XX for the whole century", sure=False)
        return Meant(decade)
    if found := re.fullmatch(r"(?:the )?'?(\d)0'?(?:s|-?е|-?х)", text):
        return Meant("", f"write the decade with its century, such as 19{found[1]}X", sure=False)
    if found := _CENTURIES.fullmatch(text):
        first, last = _number(found["one"]), _number(found["other"])
        return Meant(f"{first - 1:02}XX/{last - 1:02}XX") if 0 < first < last <= 21 else None
    if found := _CENTURY.fullmatch(text):
        number = _number(found["number"] or found["after"])
        return Meant(f"{number - 1:02}XX") if 1 <= number <= 21 else None
    return None


def _number(text: str) -> int:
    """Return a number that is written in digits or in Roman numerals.

    >>> _number("19"), _number("xix")
    (19, 19)
    """
    if text.isdecimal():
        return int(text)
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _unknown_digits(text: str) -> Meant | None:
    found = re.fullmatch(r"(\d{3})([xu_*?.-])|(\d{2})([xu_*?.-])\4", text)
    if not found:
        return None
    mark = found[2] or found[4]
    form = f"{found[1]}X" if found[1] else f"{found[3]}XX"
    return Meant(form, sure=mark in "xu_*")


def _vague(text: str) -> Meant | None:
    """Read "about" and "perhaps", before and after a time."""
    if found := re.fullmatch(r"\[(.+?)\.?\]|\((.+?)\)", text):
        inner = _point(found[1] or found[2])
        return _marked(inner, "?") if inner and not inner.form.endswith("?") else inner
    for pattern, mark in ((_ABOUT, "~"), (_DOUBTED, "?")):
        if found := pattern.fullmatch(text):
            inner = _point(next(filter(None, found.groups())))
            if inner:
                return _marked(inner, mark)
    return None


def _marked(inner: Meant, mark: str) -> Meant:
    if not inner.form or "/" in inner.form:
        return inner._replace(sure=False)
    if inner.form[-1] in "?~%":
        return inner._replace(form=f"{inner.form[:-1]}{mark if mark == inner.form[-1] else '%'}")
    return inner._replace(form=f"{inner.form}{mark}")


def _part(text: str) -> Meant | None:
    """Read "mid-1990s" and "late 2008", for which EDTF has no form."""
    found = _PART.fullmatch(text)
    inner = _point(found["rest"]) if found else None
    if not found or not inner or not inner.form:
        return None
    if re.fullmatch(r"\d{3}X", inner.form):
        begin, end = _third(found["part"], 10)
        years = f"{inner.form[:3]}{begin}/{inner.form[:3]}{end - 1}"
        return Meant(inner.form, f"or the years that the source means, such as {years}", sure=False)
    if re.fullmatch(r"\d{2}XX", inner.form):
        begin, end = _third(found["part"], 100)
        years = f"{inner.form[:2]}{begin:02}/{inner.form[:2]}{end - 1:02}"
        return Meant(inner.form, f"or the years that the source means, such as {years}", sure=False)
    if re.fullmatch(r"\d{4}", inner.form):
        begin, end = _third(found["part"], 12)
        months = f"{inner.form}-{begin + 1:02}/{inner.form}-{end:02}"
        note = f"or the months that the source means, such as {months}"
        return Meant(inner.form, note, sure=False)
    return inner._replace(sure=False)


def _third(word: str, size: int) -> tuple[int, int]:
    """Return where an early, middle or late part of something begins and ends."""
    early = word.startswith(("early", "beg", "нач", "anf", "déb", "бас"))
    middle = word.startswith(("mi", "сер", "орт"))
    start = 0 if early else size // 3 if middle else size * 2 // 3
    return start, min(start + size // 3 + (size % 3 > 0), size)


def _open(text: str) -> Meant | None:
    """Read times that have only a begin or only an end."""
    if found := _UNTIL_NOW.fullmatch(text):
        begin = _point(found[1])
        if begin and begin.form:
            last = "" if found[2] in {"unknown", "?"} else ".."
            return Meant(f"{_first(begin)}/{last}", sure=begin.sure)
    if found := _UNTIL.fullmatch(text):
        rest = found["rest"] or found["more"] or found["dash"] or found["first"]
        end = _point(rest)
        if end and end.form:
            return Meant(f"../{_last(end) if 'not later' in text else _first(end)}", sure=end.sure)
    if found := _SINCE.fullmatch(text):
        begin = _point(found["rest"] or found["more"] or found["first"])
        if begin and begin.form and text.endswith("-"):
            note = f"or {_first(begin)}/ if nobody says whether it ended"
            return Meant(f"{_first(begin)}/..", note, sure=False)
        if begin and begin.form:
            return Meant(f"{_first(begin)}/..", sure=begin.sure)
    return None


def _first(point: Meant) -> str:
    return point.form.partition("/")[0]


def _last(point: Meant) -> str:
    return point.form.rpartition("/")[2]


def _span(text: str) -> Meant | None:
    """Read a begin and an end, with any mark between them."""
    for begin, end in _halves(text):
        one = _point(begin)
        if one and re.fullmatch(r"\d{1,2}", end) and re.fullmatch(r"\d{4}~?", one.form):
            return _year_and_number(int(one.form[:4]), int(end), "/", end)
        other = _point(end)
        if one and other and one.form and other.form and _last(one)[:4] <= _last(other)[:4]:
            return Meant(f"{_first(one)}/{_last(other)}", sure=one.sure and other.sure)
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    if found := _FROM_TO.fullmatch(text):
        yield found["begin"], found["end"]
    for mark in re.finditer(r" ?[-/~] ?", text):
        yield text[: mark.start()], text[mark.end() :]


def _several(text: str) -> Meant | None:
    """Advise on several times in one cell."""
    parts = re.split(r" ?[,;|&] ?| (?:and|or|и|или|және|und|oder|et|ou|y|o) ", text.strip("[]{}"))
    points = [_point(part) or _span(part) for part in parts]
    if len(parts) > 1 and all(each and each.form for each in points):
        return Meant("", "write a row for each time, or a span such as 1991/1995", sure=False)
    return None

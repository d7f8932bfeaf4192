"""Sources → citations and references by author and date, in APA (7th) and Chicago (18th) style.

Titles and page ranges stay as entered. Unknown parts are left out; a missing date is "n.d.".
A work without author begins with its title in both styles, as in `short`, so that a reader of the
text finds it. Laws are written like other documents: the legal forms of both styles are for the
United States.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diaspora_graph.bibliography.runs import Reference, Run, is_ended, joined
from diaspora_graph.bibliography.sources import (
    Name,
    address,
    cited_as,
    day,
    full_date,
    names_of,
    tidy,
    year,
)
from diaspora_graph.dataset.records import Source
from diaspora_graph.ontology.schema import Schema

_TITLE_WORDS = 4

# Types of the Citation Style Language, by the shape of their references.
_IN_PERIODICAL = {"article-journal", "article-magazine", "article-newspaper", "paper-conference"}
_IN_BOOK = {"chapter", "entry-dictionary", "entry-encyclopedia"}
_BY_DAY = {"article-magazine", "article-newspaper", "document", "speech", "webpage"}
_ITALIC_IN_CHICAGO = {"book", "report"}
_IN_BRACKETS = {"dataset": "[Data set]"}


def short(source: Source, letter: str = "") -> str:
    """Return how a text names a source: by author and year, or by the first words of its title.

    ``letter`` distinguishes sources with the same name and year; `letters` gives them.

    >>> short(Source(id="a", type="Book", author="Esman, M.|Lee, A.", title="T", source_class=""))
    'Esman and Lee n.d.'
    """
    source = tidy(source)
    names = [name.family for name in names_of(source.author)] or [_without_author(source)]
    who = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"{who} {year(source.date, letter)}"


def _without_author(source: Source) -> str:
    """Return the first words of a title; of a text without a title, where it was published."""
    published = source.container or source.publisher
    if source.title.startswith("[") and published:
        return published
    return f"“{_cut(source.title)}”"


def _cut(title: str) -> str:
    words = title.split(" ")
    return (
        " ".join(words[:_TITLE_WORDS]).rstrip(",;:.") + "…" if len(words) > _TITLE_WORDS else title
    )


def letters(sources: Iterable[Source]) -> dict[str, str]:
    """Return "a", "b" … by id for sources with the same `short` name, in the order of titles."""
    same: dict[str, dict[str, Source]] = {}
    for source in sources:
        same.setdefault(short(source), {})[source.id] = source
    return {
        source.id: _letter(place)
        for group in same.values()
        if len(group) > 1
        for place, source in enumerate(sorted(group.values(), key=lambda one: (one.title, one.id)))
    }


def _letter(place: int) -> str:
    """Return a … z, aa, ab … (as spreadsheets name their columns).

    >>> _letter(0), _letter(25), _letter(26)
    ('a', 'z', 'aa')
    """
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)


def apa(source: Source, schema: Schema | None = None, letter: str = "") -> Reference:
    """Return a source as an entry of a list of references in APA style.

    ``schema`` is the ontology that knows the class of the source; without it, the shipped one.
    Raises `UnknownNameError` for a class that is not there.

    >>> from diaspora_graph.bibliography.runs import plain
    >>> plain(apa(Source(id="a", type="Book", author="Esman, Milton", title="Diasporas",
    ...                  publisher="Polity", date="2009", source_class="")))
    'Esman, M. (2009). Diasporas. Polity.'
    """
    kind, source = cited_as(source, schema), tidy(source)
    names = names_of(source.author)
    parts = [year(source.date, letter), day(source.date) if kind in _BY_DAY else ""]
    dated = [Run(f"({', '.join(filter(None, parts))})")]
    part = bool(source.container) and kind in _IN_PERIODICAL | _IN_BOOK
    title = [Run(source.title, italic=not part), *([] if part else _apa_details(source, kind))]
    opening = [[Run(apa_names(names))], dated, title] if names else [title, dated]
    place = _apa_part_of(source, kind) if part else _apa_published(source, names)
    return joined([*opening, *place, _apa_address(source)])


def apa_names(names: Sequence[Name]) -> str:
    """Return authors in APA style: up to twenty, initials for given names."""
    people = [
        f"{name.family}, {initials(name.given)}" if name.given else name.family for name in names
    ]
    if len(people) > 20:
        return f"{', '.join(people[:19])}, … {people[-1]}"
    return f"{', '.join(people[:-1])}, & {people[-1]}" if len(people) > 1 else "".join(people)


def initials(given: str) -> str:
    """Return initials; what has no capital (Hangul, "de") or ends in a full stop stays.

    >>> initials("Mukhit-Ardager"), initials("М.Б."), initials("Дж. Иван"), initials("은영")
    ('M.-A.', 'М. Б.', 'Дж. И.', '은영')
    """
    words = re.sub(r"\.(?=[^\s.,-])", ". ", given).split()
    return " ".join(word if word.endswith(".") else _initial(word) for word in words)


def _initial(word: str) -> str:
    parts = [part for part in word.split("-") if part[:1].isupper()]
    return "-".join(f"{part[0]}." for part in parts) if word[:1].isupper() else word


def _apa_part_of(source: Source, kind: str) -> list[list[Run]]:
    container = Run(source.container, italic=True)
    if kind in _IN_BOOK:
        return [[Run("In "), container, *_apa_details(source, kind)], [Run(source.publisher)]]
    place = [container]
    if source.volume or source.issue:
        issue = f"({source.issue})" if source.issue else ""
        place += [Run(", "), Run(source.volume, italic=True), Run(issue)]
    number = f", Article {source.number}" if source.number else ""
    return [[*place, Run(number), Run(f", {source.pages}" if source.pages else "")]]


def _apa_published(source: Source, names: Sequence[Name]) -> list[list[Run]]:
    """Return publisher and container, without an institution that is its own publisher."""
    authors = {name.family for name in names}
    texts = dict.fromkeys((source.publisher, source.container))
    return [[Run(text)] for text in texts if text not in authors]


def _apa_details(source: Source, kind: str) -> list[Run]:
    pages = f"{'pp.' if re.search('[-–—,]', source.pages) else 'p.'} {source.pages}"
    details = (
        numbered(source.number),
        f"Vol. {source.volume}" if source.volume else "",
        f"Issue {source.issue}" if source.issue else "",
        pages if source.pages else "",
    )
    text = ", ".join(filter(None, details))
    bracketed = _IN_BRACKETS.get(kind, "")
    return [Run(f" ({text})" if text else ""), Run(f" {bracketed}" if bracketed else "")]


def numbered(number: str) -> str:
    """Return a number with a label, unless it has one.

    >>> numbered("961"), numbered("№ 961-IV")
    ('No. 961', '№ 961-IV')
    """
    return f"No. {number}" if number[:1].isdigit() else number


def _apa_address(source: Source) -> list[Run]:
    if source.accessed and not source.date and source.url and not source.doi:
        return [Run(f"Retrieved {full_date(source.accessed)}, from "), *address(source)]
    return address(source)


def chicago(source: Source, schema: Schema | None = None, letter: str = "") -> Reference:
    """Return a source as an entry of a list of references in Chicago author-date style.

    ``schema`` is the ontology that knows the class of the source; without it, the shipped one.
    Raises `UnknownNameError` for a class that is not there.

    >>> from diaspora_graph.bibliography.runs import plain
    >>> plain(chicago(Source(id="a", type="JournalArticle", author="Sheffer, G.", title="Who?",
    ...                      container="Diaspory", issue="1", pages="162", date="2003",
    ...                      source_class="")))
    'Sheffer, G. 2003. “Who?” Diaspory, no. 1: 162.'
    """
    kind, source = cited_as(source, schema), tidy(source)
    names, dated = names_of(source.author), [Run(year(source.date, letter))]
    quoted = f"“{source.title}{'' if is_ended(source.title) else '.'}”"
    title = Run(source.title, italic=True) if kind in _ITALIC_IN_CHICAGO else Run(quoted)
    opening = [[Run(_chicago_names(names))], dated, [title]] if names else [[title], dated]
    return joined([*opening, *_chicago_place(source, kind), *_chicago_address(source)])


def _chicago_names(names: Sequence[Name]) -> str:
    first = ", ".join(filter(None, names[0]))
    people = [first, *(" ".join(filter(None, (one.given, one.family))) for one in names[1:])]
    if len(people) > 6:
        return f"{', '.join(people[:3])}, et al."
    return f"{', '.join(people[:-1])}, and {people[-1]}" if len(people) > 1 else first


def _chicago_place(source: Source, kind: str) -> list[list[Run]]:
    container = Run(source.container, italic=True)
    within = day(source.date) if kind in _BY_DAY else ""
    if source.container and kind in _IN_BOOK:
        volume = Run(f", vol. {source.volume}" if source.volume else "")
        return [[Run("In "), container, volume], [Run(source.publisher)]]
    if source.container and kind in _IN_PERIODICAL:
        return [[container, Run(_chicago_issue(source)), Run(f", {within}" if within else "")]]
    volume = Run(f"Vol. {source.volume}" if source.volume else "")
    where = dict.fromkeys(filter(None, (source.container, source.publisher, within)))
    return [[Run(numbered(source.number))], [volume], [Run(", ".join(where))]]


def _chicago_issue(source: Source) -> str:
    pages = source.pages or source.number
    if source.volume:
        issue = f" {source.volume} ({source.issue})" if source.issue else f" {source.volume}"
    else:
        issue = f", no. {source.issue}" if source.issue else ""
    return f"{issue}{':' if issue else ','} {pages}" if pages else issue


def _chicago_address(source: Source) -> list[list[Run]]:
    where = address(source)
    is_dated = source.date or not source.accessed or source.doi or not source.url
    accessed = "" if is_dated else f"Accessed {full_date(source.accessed)}"
    return [[Run(accessed)], [*where, Run("." if where[0].text else "")]]

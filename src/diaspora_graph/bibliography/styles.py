"""Sources → references by author and date, in APA (7th) and Chicago (18th) style.

Titles and page ranges stay as entered. Unknown parts are left out; a missing date is "n.d.".
A work without author begins with its title in both styles, as in a citation, so that a reader of
the text finds it. Laws are written like other documents: the legal forms of both styles are for
the United States.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from diaspora_graph.bibliography.names import Name, apa_names, chicago_names, names_of
from diaspora_graph.bibliography.runs import Reference, Run, is_ended, joined
from diaspora_graph.bibliography.sources import (
    address,
    cited_as,
    day,
    full_date,
    tidy,
    year,
)
from diaspora_graph.dataset.records import Source
from diaspora_graph.ontology.schema import Schema

# Types of the Citation Style Language, by the shape of their references.
_IN_PERIODICAL = {"article-journal", "article-magazine", "article-newspaper", "paper-conference"}
_IN_BOOK = {"chapter", "entry-dictionary", "entry-encyclopedia"}
_BY_DAY = {"article-magazine", "article-newspaper", "document", "speech", "webpage"}
_ITALIC_IN_CHICAGO = {"book", "report"}
_IN_BRACKETS = {"dataset": "[Data set]"}


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
    title = [*_titled(source, italic=not part), *([] if part else _apa_details(source, kind))]
    opening = [[Run(apa_names(names))], dated, title] if names else [title, dated]
    place = _apa_part_of(source, kind) if part else _apa_published(source, names)
    return joined([*opening, *place, _apa_address(source)])


def _titled(source: Source, *, italic: bool) -> list[Run]:
    """Return a title; what is in brackets is a translation or description, never in italics."""
    parts = re.split(r"(?:(?<=\s)|^)(?=\[)|(?<=\])(?!\w)", source.title)
    runs: list[Run] = []
    for part in filter(None, parts):
        text = part.rstrip()
        runs += [Run(text, italic=italic and not text.startswith("[")), Run(part[len(text) :])]
    return runs


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
    title = _titled(source, italic=True) if kind in _ITALIC_IN_CHICAGO else [Run(quoted)]
    opening = [[Run(chicago_names(names))], dated, title] if names else [title, dated]
    return joined([*opening, *_chicago_place(source, kind), *_chicago_address(source)])


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

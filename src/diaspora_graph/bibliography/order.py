"""The order of a list of references: by author, year and title, letter by letter.

Capitals, accents, blanks and signs do not count, nor does an article at the beginning of a title or
of an institution. Figures stand before letters, then the scripts in the order of Unicode, with the
letters of Kazakh in their places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from diaspora_graph.bibliography.names import Name, initials, names_of
from diaspora_graph.bibliography.sources import tidy, years_in
from diaspora_graph.dataset.records import SEPARATOR, Source

# Of languages that are not here, titles are often in English.
_ARTICLES = {
    "en": r"(?:an?|the)\s",
    "de": r"(?:der|die|das|des|dem|den|eine?[mnrs]?)\s",
    "fr": r"(?:les?|la|une?|des)\s|l['’]",
    "es": r"(?:el|l[ao]s?|un[ao]?s?)\s",
    "it": r"(?:il|l[aeo]|i|gli|un[ao]?)\s|(?:l|gl|un)['’]",
    "pt": r"(?:[ao]s?|uma?s?|uns)\s",
    "nl": r"(?:de|het|een|['’]t)\s",
    "sv": r"(?:en|ett|de[nt]?)\s",
    "hu": r"(?:az?|egy)\s",
}
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
# A letter that comes after another one in its alphabet: that one and the last sign of all.
_LETTERS = str.maketrans(
    {"ё": "е", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
    | {"ə": "e"}
    | {after: f"{before}\uffff" for after, before in zip("әғқңөһієґ", "агкнохыег", strict=True)}
    | {"ұ": "у\ufffe", "ү": "у\uffff"}
)

_Author = tuple[str, str, str]
_Key = tuple[tuple[_Author, ...], tuple[int, int, int], str, str]


def in_order(sources: Iterable[Source], style: str = "apa") -> list[Source]:
    """Return sources in the order of a list of references in a style: "apa" or "chicago".

    Works of one author come before those with co-authors; a work without author goes by its title.
    Works without a date come first in APA, last in Chicago; given names count as the style prints
    them.

    >>> books = [Source(id=title, type="Book", title=title, author="Lee, A.", source_class="")
    ...          for title in ("The alpha", "Beta", "An agenda")]
    >>> [book.id for book in in_order(books)]
    ['An agenda', 'The alpha', 'Beta']
    """
    return sorted(sources, key=lambda source: _key(tidy(source), style))


def _key(source: Source, style: str) -> _Key:
    title = title_key(source)
    authors = tuple(_author(name, source, style) for name in names_of(source.author))
    found = years_in(source.date)
    undated = 0 if style == "apa" else 2
    when = (1, *found) if found else (undated, 0, 0)
    return authors or ((title, "", ""),), when, title, source.id


def _author(name: Name, source: Source, style: str) -> _Author:
    if not name.given and not name.suffix:
        return _sorted_by(name.family, source), "", ""
    given = initials(name.given) if style == "apa" else name.given
    return folded(name.family), folded(given), folded(name.suffix)


def title_key(source: Source) -> str:
    """Return what a title is sorted by: its letters and figures without an article."""
    return _sorted_by(source.title, source)


def _sorted_by(text: str, source: Source) -> str:
    language = source.language.split(SEPARATOR)[0].partition("-")[0]
    article = _ARTICLES.get(language, _ARTICLES["en"])
    return folded(re.sub(rf"^\W*(?:{article})(?=.*\w)", "", text, flags=re.IGNORECASE))


def folded(text: str) -> str:
    """Return the letters and figures of a text as they are sorted.

    >>> folded("Al'mukanova-Ünal"), folded("Қала") < folded("Лев")
    ('almukanovaunal', True)
    """
    signs = (
        sign if _CYRILLIC.match(sign) else _MARKS.sub("", unicodedata.normalize("NFKD", sign))
        for sign in unicodedata.normalize("NFC", text).casefold()
    )
    kept = (part for sign in signs for part in sign if unicodedata.category(part)[0] in "LMN")
    return "".join(kept).translate(_LETTERS)

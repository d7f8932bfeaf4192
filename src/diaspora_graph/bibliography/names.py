"""Authors: a cell → persons and institutions, and their names as styles print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from diaspora_graph.dataset.records import SEPARATOR

_IN_BRACES = re.compile(r"\{+([^{}]*)\}+")
# After a comma of its own, a numeral is a suffix; two letters alone are more often initials.
_JUNIOR = re.compile(r"(?:[JS]n?r|Esq)\.?|[2-9](?:nd|rd|th)", re.IGNORECASE)
_NUMERAL = re.compile(r"II|III|IV|VI{0,3}|IX|V|X")
_AFTER_BLANK = re.compile(r"(.*\S)\s+((?:[JS]n?r|Esq)\.?|II|III|IV|VI{1,3}|IX|[2-9](?:nd|rd|th))")
# Words of English and legal forms that the name of a person in "Family, Given" does not have.
_INSTITUTION = re.compile(
    r"(?<=\s)(?:of|for)(?=\s)|,\s*(?:Inc|Incorporated|Ltd|Limited|LLC|LLP|PLC|Plc|plc|Corp|Co|GmbH"
    r"|AG|S\.A|SA|Pty)\.?(?=\s*(?:,|$))"
)


class Name(NamedTuple):
    """A person, or an institution, which has only ``family``: its whole name."""

    family: str
    given: str = ""
    suffix: str = ""


def names_of(cell: str) -> list[Name]:
    """Return the names of a cell: "Family, Given" or "Family, Given, Jr." is a person.

    All else is an institution, and so is what stands in braces. A name with two commas or more and
    no suffix, with "of" or "for", or with "Inc." and the like is never split.

    >>> names_of("Kulik, L. V.|World Bank|{Rand Corporation, Europe}")[1:]
    [Name(family='World Bank', given='', suffix=''), Name(family='Rand Corporation, Europe', given='', suffix='')]
    >>> names_of("Reed, Tom A., Jr.")
    [Name(family='Reed', given='Tom A.', suffix='Jr.')]
    """  # noqa: E501
    return [_name(part.strip()) for part in cell.split(SEPARATOR) if part.strip(" ,{}")]


def _name(part: str) -> Name:
    braced = _IN_BRACES.fullmatch(part)
    if braced:
        return Name(braced[1].strip())
    pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
    if len(pieces) == 1:
        return Name(pieces[0])
    if _INSTITUTION.search(part):
        return Name(part)
    suffix = _taken(pieces)
    if len(pieces) > 2:
        return Name(part)
    family, given = pieces if len(pieces) == 2 else (pieces[0], "")
    if not suffix:
        family, suffix = _parted(family)
    if not suffix:
        given, suffix = _parted(given)
    return Name(family, given, suffix)


def _taken(pieces: list[str]) -> str:
    """Take the suffix from the parts of a name: the last, or the second as BibTeX writes it."""
    for place in (-1, 1):
        piece = pieces[place]
        if _JUNIOR.fullmatch(piece) or (len(pieces) > 2 and _NUMERAL.fullmatch(piece)):
            return pieces.pop(place)
    return ""


def _parted(text: str) -> tuple[str, str]:
    found = _AFTER_BLANK.fullmatch(text)
    return (found[1], found[2]) if found else (text, "")


def apa_names(names: Sequence[Name]) -> str:
    """Return authors in APA style: up to twenty, initials for given names.

    >>> apa_names(names_of("Reed, Tom A., Jr.|Lee, Ann"))
    'Reed, T. A., Jr., & Lee, A.'
    """
    people = [", ".join(filter(None, (one[0], initials(one[1]), one[2]))) for one in names]
    if len(people) > 20:
        return f"{', '.join(people[:19])}, … {people[-1]}"
    return f"{', '.join(people[:-1])}, & {people[-1]}" if len(people) > 1 else "".join(people)


def chicago_names(names: Sequence[Name]) -> str:
    """Return authors in Chicago style: the first inverted, three of more than six.

    >>> chicago_names(names_of("Lee, Ann|Reed, Tom A., Jr."))
    'Lee, Ann, and Tom A. Reed Jr.'
    """
    first = ", ".join(filter(None, names[0]))
    people = [first, *(" ".join(filter(None, (one[1], one[0], one[2]))) for one in names[1:])]
    if len(people) > 6:
        return f"{', '.join(people[:3])}, et al."
    return f"{', '.join(people[:-1])}, and {people[-1]}" if len(people) > 1 else first


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

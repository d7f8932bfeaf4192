"""How a text names sources: by author and year, each so that a reader finds it in the list.

Sources of one author and year get letters. Other sources that would read alike are told apart as
APA (7th, 8.18 to 8.20) does: by more names, by initials of the first author, by more of the title.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from diaspora_graph.bibliography.names import Name, apa_names, initials, names_of
from diaspora_graph.bibliography.order import title_key
from diaspora_graph.bibliography.sources import tidy, year
from diaspora_graph.dataset.records import Source

_TITLE_WORDS = 4


class _Form(NamedTuple):
    """A way to name an author or title, and the names or words of it that are written out."""

    text: str
    shown: tuple[str, ...]


def short(source: Source, letter: str = "") -> str:
    """Return how a text names one source: by author and year, or by the first words of its title.

    ``letter`` distinguishes sources with the same name and year; `citations` names many sources.

    >>> short(Source(id="a", type="Book", author="Esman, M.|Lee, A.", title="T", source_class=""))
    'Esman and Lee n.d.'
    """
    source = tidy(source)
    return f"{next(_forms(source, ())).text} {year(source.date, letter)}"


def citations(sources: Iterable[Source]) -> dict[str, str]:
    """Return how a text names each of these sources, by id: no two alike.

    >>> groups = {"x": "Abel, Z.|Bond, C.|Cole, D.|Egan, F.", "y": "Abel, Z.|Dunn, E.|Ford, G.|Hall, I."}
    >>> citations(Source(id=id, type="Book", author=author, title="T", date="2015", source_class="")
    ...           for id, author in groups.items())
    {'x': 'Abel, Bond, et al. 2015', 'y': 'Abel, Dunn, et al. 2015'}
    """  # noqa: E501
    found = {source.id: tidy(source) for source in sources}
    named = _named(found)
    letter = _lettered(found, named)
    return {
        id: f"{named[id]} {year(source.date, letter.get(id, ''))}" for id, source in found.items()
    }


def letters(sources: Iterable[Source]) -> dict[str, str]:
    """Return "a", "b" … by id for sources of the same author and year, in the order of titles.

    The author is the same if APA prints the same; an article at the beginning of a title does not
    count. Other sources have no letter, unless nothing else tells them apart in a text.
    """
    found = {source.id: tidy(source) for source in sources}
    return _lettered(found, _named(found))


def _named(found: Mapping[str, Source]) -> dict[str, str]:
    """Return the shortest form of each author or title that no other one shares, if any."""
    shown = _initials_shown(found.values())
    named = {id: next(_forms(source, shown)).text for id, source in found.items()}
    alike: dict[tuple[str, str], list[str]] = {}
    for id, source in found.items():
        alike.setdefault((named[id], year(source.date)), []).append(id)
    for ids in (ids for ids in alike.values() if len(ids) > 1):
        forms = {id: list(_forms(found[id], shown)) for id in ids}
        printed = {id: apa_names(names_of(found[id].author)) or forms[id][-1].text for id in ids}
        if len(set(printed.values())) > 1:
            named |= _told_apart(ids, forms, printed)
    return named


def _told_apart(
    ids: Sequence[str], forms: Mapping[str, Sequence[_Form]], printed: Mapping[str, str]
) -> dict[str, str]:
    """Return of each source the first form whose names or words the fewest other authors share."""
    levels = range(max(len(forms[id]) for id in ids))
    sharing: list[dict[tuple[str, ...], set[str]]] = [{} for _ in levels]
    for level in levels:
        for id in ids:
            sharing[level].setdefault(_at(forms[id], level).shown, set()).add(printed[id])
    best = {
        id: min(levels, key=lambda level: len(sharing[level][_at(forms[id], level).shown]))
        for id in ids
    }
    return {id: _at(forms[id], level).text for id, level in best.items()}


def _at(forms: Sequence[_Form], level: int) -> _Form:
    return forms[min(level, len(forms) - 1)]


def _lettered(found: Mapping[str, Source], named: Mapping[str, str]) -> dict[str, str]:
    same: dict[tuple[str, str], list[Source]] = {}
    for id, source in found.items():
        same.setdefault((named[id], year(source.date)), []).append(source)
    return {
        source.id: _letter(place)
        for group in same.values()
        if len(group) > 1
        for place, source in enumerate(sorted(group, key=lambda one: (title_key(one), one.id)))
    }


def _letter(place: int) -> str:
    """Return a … z, aa, ab … (as spreadsheets name their columns).

    >>> _letter(0), _letter(25), _letter(26)
    ('a', 'z', 'aa')
    """
    before, last = divmod(place, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)


def _initials_shown(sources: Iterable[Source]) -> dict[str, set[str]]:
    """Return the names of first authors by family name, where several persons have that one."""
    shown: dict[str, set[str]] = {}
    for name in (names[0] for source in sources if (names := names_of(source.author))):
        if name.given:
            shown.setdefault(name.family, set()).add(_full(name))
    return {family: each for family, each in shown.items() if len(each) > 1}


def _full(name: Name) -> str:
    return " ".join(filter(None, (initials(name.given), name.family, name.suffix)))


def _forms(source: Source, shown: Collection[str]) -> Iterator[_Form]:
    """Yield how a text may name the author, or the title of a work without one, shortest first.

    "Et al." is more than one person (APA 8.18), so never all but one are written out.
    """
    names = names_of(source.author)
    if not names:
        yield from _without_author(source)
        return
    first = _full(names[0]) if names[0].family in shown and names[0].given else names[0].family
    who = (first, *(name.family for name in names[1:]))
    if len(who) < 3:
        yield _Form(" and ".join(who), who)
        return
    yield _Form(f"{first} et al.", (first,))
    for number in range(2, len(who) - 1):
        yield _Form(f"{', '.join(who[:number])}, et al.", who[:number])
    every = f"{', '.join(who[:-1])}, and {who[-1]}"
    yield from (_Form(every, who[:-1]), _Form(every, who))


def _without_author(source: Source) -> Iterator[_Form]:
    """Yield the first words of a title; of a text without a title, where it was published."""
    published = source.container or source.publisher
    if source.title.startswith("[") and published:
        yield _Form(published, (published,))
        return
    words = tuple(source.title.split(" "))
    for end in range(_TITLE_WORDS, len(words)):
        if re.search(r"\w", words[end - 1]):
            yield _Form(f"“{' '.join(words[:end]).rstrip(',;:.')}…”", words[:end])
    yield _Form(f"“{source.title}”", words)

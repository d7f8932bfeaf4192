"""Names → things: a typed text in any script, and the entities and sources that it may mean.

Names are compared by keys: letters and digits without capitals, accents, blanks and punctuation,
first in their own script. Only if no key is equal there, Latin letters are tried, then similar
letters and sounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, get_args
from unicodedata import normalize

from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.dataset.keys import (
    LATIN_LETTERS,
    NUL,
    OWN_LETTERS,
    Letters,
    key_of,
    keys_of,
    sounds_of,
    words_of,
)
from diaspora_graph.dataset.records import SEPARATOR, Kind, columns
from diaspora_graph.errors import (
    AmbiguousNameError,
    DiasporaGraphError,
    ParameterError,
    UnknownNameError,
)
from diaspora_graph.ontology.schema import Schema

Why = Literal[
    "id",
    "same name",
    "same name, other capitals",
    "same letters",
    "same name in Latin letters",
    "part of the name",
    "shares words",
    "similar letters",
    "similar sound",
]
"""Why a name was found, best first; "same letters" lets accents, blanks and punctuation differ."""

SUGGESTED = 3
"""How many names an error offers."""

_WHYS: tuple[Why, ...] = get_args(Why)
_ID, _NAME, _CAPITALS, _KEY, _LATIN, _PART, _SHARED, _LETTERS, _SOUND = range(len(_WHYS))

# The smallest similarity of two keys, of 100. Sounds are not compared in short names, where
# different entities would become equal (ANCA, ANKA).
_LETTERS_LEAST, _SOUND_LEAST, _SOUND_SHORTEST = 75, 80, 5

_STEM = 5
"""Letters by which words are compared where only some of them are shared."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity or source that a text may mean: by which of its names, and why.

    ``score`` is the share of the name that the text covers, 0 to 100; reasons come before scores.

    >>> from diaspora_graph import find, load_dataset
    >>> find(load_dataset(), "Отандастар")[0].id
    'otandastar-foundation'
    """

    id: str
    label: str
    type: str
    name: str
    why: Why
    score: int


class _Hit(NamedTuple):
    why: int
    score: int
    name: int


class Names:
    """The names of a dataset's entities and sources; their keys are made when first needed.

    Names are ids, labels, aliases of both files, ISO 3166 codes and the titles of sources.
    `resolve` and `find` keep one with the dataset.

    >>> from diaspora_graph import load_dataset
    >>> names = Names(load_dataset())
    >>> names.resolve("KZ"), names.resolve("Армения")
    ('kazakhstan', 'armenia')
    """

    def __init__(self, data: Dataset) -> None:
        self._data = data

    def resolve(self, name: str) -> str:
        """Return the id of the entity or source with a name, as the function `resolve`."""
        asked = _clean(name)
        if asked in self._ids:
            return asked
        hits = self._same(asked) or self._same_in_latin(asked)
        best = min((hit.why for hit in hits), default=_ID)
        found = self._found(hit for hit in hits if hit.why == best)
        entities = [each for each in found if self._is_entity(each.id)]
        found = entities or found  # the label of an entity comes before the title of a source
        if len(found) > 1:
            candidates = [(each.id, f"{each.label} ({each.type})") for each in found]
            raise AmbiguousNameError(name, candidates)
        if not found:
            raise _UnknownThingError(name, self.find(asked, SUGGESTED) if key_of(asked) else ())
        return found[0].id

    def find(self, text: str, limit: int = 10) -> tuple[Found, ...]:
        """Return what a text may mean, best first, as the function `find`."""
        asked = _clean(text)
        if not key_of(asked):
            raise ParameterError(f"nothing to find in {text!r}: give at least a letter or a digit")
        if limit < 1:
            raise ParameterError(f"a limit of {limit}: give 1 or more")
        hits = self._same(asked)
        held = _parts(asked, self._words, OWN_LETTERS)
        if not hits:
            hits = self._same_in_latin(asked) + self._near(asked)
            held += _parts(asked, self._latin_words, LATIN_LETTERS)
            held += [] if held else _sharing(asked, self._latin_words)
        return tuple(self._found(hits + held)[:limit])

    def _is_entity(self, id: str) -> bool:
        return self._data.tables["entity"]["id"].code(id) >= 0

    def _found(self, hits: Iterable[_Hit]) -> list[Found]:
        """Return each thing once, by its best name; ties go by id, then by the order of names."""
        ids, things = self._ids, self._named[0]
        best: dict[int, _Hit] = {}
        for hit in sorted(hits, key=lambda hit: (hit.why, -hit.score, ids[things[hit.name]], hit)):
            best.setdefault(things[hit.name], hit)
        return [self._described(thing, hit) for thing, hit in best.items()]

    def _described(self, thing: int, hit: _Hit) -> Found:
        entities = len(self._data.tables["entity"])
        kind: Kind = "entity" if thing < entities else "source"
        row = thing if kind == "entity" else thing - entities
        table = self._data.tables[kind]
        label = table["label_en" if kind == "entity" else "title"][row]
        name = self._named[1][hit.name]
        return Found(self._ids[thing], label, table["type"][row], name, _WHYS[hit.why], hit.score)

    def _same(self, asked: str) -> list[_Hit]:
        """Return names with the same key, the most similar first."""
        things, texts = self._named
        hits: list[_Hit] = []
        for name in _places(key_of(asked), self._keys):
            capitals = _CAPITALS if _bare(texts[name]) == _bare(asked) else _KEY
            why = _NAME if texts[name] == asked else capitals
            hits.append(_Hit(_ID if asked == self._ids[things[name]] else why, 100, name))
        return hits

    def _same_in_latin(self, asked: str) -> list[_Hit]:
        key = key_of(asked, LATIN_LETTERS)
        return [_Hit(_LATIN, 100, name) for name in _places(key, self._latin_keys)]

    def _near(self, asked: str) -> list[_Hit]:
        key = key_of(asked, LATIN_LETTERS)
        hits = _alike(key, self._latin_keys, _LETTERS, _LETTERS_LEAST)
        if len(key) >= _SOUND_SHORTEST:
            sound = sounds_of([key])[0]
            hits += _alike(sound, sounds_of(self._latin_keys), _SOUND, _SOUND_LEAST)
        return hits

    @cached_property
    def _ids(self) -> list[str]:
        """The ids of the entities, then of the sources; a position here is a thing."""
        tables = self._data.tables
        return tables["entity"]["id"].all() + tables["source"]["id"].all()

    @cached_property
    def _named(self) -> tuple[list[int], list[str]]:
        """Return the thing with each name, and the name."""
        named = list(_names_of(self._data, self._ids))
        return [thing for thing, _ in named], [text for _, text in named]

    @cached_property
    def _words(self) -> list[str]:
        return words_of(self._named[1], OWN_LETTERS)

    @cached_property
    def _latin_words(self) -> list[str]:
        words, texts = list(self._words), self._named[1]
        others = [name for name, text in enumerate(texts) if not text.isascii()]
        latin = words_of([texts[name] for name in others], LATIN_LETTERS)
        for name, text in zip(others, latin, strict=True):
            words[name] = text
        return words

    @cached_property
    def _keys(self) -> list[str]:
        return keys_of(self._words)

    @cached_property
    def _latin_keys(self) -> list[str]:
        return keys_of(self._latin_words)


class _UnknownThingError(UnknownNameError):
    """An unknown name with the nearest ones, found by letters and sounds."""

    def __init__(self, name: str, near: Sequence[Found]) -> None:
        super().__init__("entity or source", name, [each.id for each in near])
        offered = " or ".join(f"{each.name!r} ({each.id})" for each in near)
        hint = f"did you mean {offered}?" if near else "search for a part of its name with `find`"
        DiasporaGraphError.__init__(self, f"no {self.kind} named {name!r}; {hint}")


@once
def names_of(data: Dataset) -> Names:
    """Return the names of a dataset, made into keys once."""
    return Names(data)


def resolve(data: Dataset, name: str) -> str:
    """Return the id of the entity or source with a name.

    An exact id comes first; then ids, labels, aliases and ISO codes, and after them titles, with
    the same letters (best with the same capitals, then the same accents), then the same in Latin
    letters.
    Raises `UnknownNameError` with the nearest names, `AmbiguousNameError` with all that have it.

    >>> from diaspora_graph import load_dataset
    >>> resolve(load_dataset(), "Қазақстан")
    'kazakhstan'
    """
    return names_of(data).resolve(name)


def resolve_all(data: Dataset, names: Iterable[str], what: str) -> list[str]:
    """Return the ids of several names, in order; ``what`` names them in an error.

    Raises `ParameterError` for a single text, which is no list of names, and as `resolve` does.

    >>> from diaspora_graph import load_dataset
    >>> resolve_all(load_dataset(), ["Armenia", "KZ"], "states")
    ['armenia', 'kazakhstan']
    """
    if isinstance(names, str):
        raise ParameterError(f"{what}: expected a list of names, not one text; write [{names!r}]")
    known = Names(data)
    return [known.resolve(name) for name in names]


def resolve_term(schema: Schema, kind: str, name: str, what: str = "") -> str:
    """Return the name of a term of the ontology from its name, a label or a code.

    ``kind`` is class, predicate, measure or item; labels are compared in every language, without
    capitals, accents and punctuation, in either direction for predicates (``is lobbied by`` is not
    a name: the direction would be lost). Raises `UnknownNameError` with the nearest names.

    >>> from diaspora_graph import load_schema
    >>> resolve_term(load_schema(), "predicate", "lobbies on")
    'lobbiesOn'
    >>> resolve_term(load_schema(), "item", "C4")
    'return_housing'
    """
    terms = schema.terms(kind)
    if name in terms:
        return name
    key = key_of(_clean(name))
    called = {
        each: [each, *term.labels.values(), *filter(None, [term.code])]
        for each, term in terms.items()
    }
    same = [each for each, names in called.items() if key and key in map(key_of, names)]
    if len(same) == 1:
        return same[0]
    if same:
        raise AmbiguousNameError(name, [(each, terms[each].label()) for each in same])
    labels = [text for names in called.values() for text in names]
    raise UnknownNameError(what or kind, name, dict.fromkeys(labels))


def find(data: Dataset, text: str, limit: int = 10) -> tuple[Found, ...]:
    """Return at most ``limit`` entities and sources that a text may mean, best first.

    The order is by reason (as `Why` lists them), then by score, then by id; each comes once, by
    its best name. If a name is equal, nothing is guessed: only names that contain its words
    follow. Raises `ParameterError` for a text without letter or digit, or a limit below 1.

    >>> from diaspora_graph import load_dataset
    >>> best = find(load_dataset(), "kazakstan")[0]
    >>> best.id, best.name, best.why, best.score
    ('kazakhstan', 'Kazakhstan', 'similar letters', 94)
    """
    return names_of(data).find(text, limit)


def _names_of(data: Dataset, ids: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield (thing, name), readable names before ids."""
    entities, sources, aliases = (data.tables[kind] for kind in ("entity", "source", "alias"))
    labels = [field.name for field in columns("entity") if field.name.startswith("label_")]
    for name in (*labels, "iso3", "id"):
        yield from ((row, text) for row, text in enumerate(entities[name].all()) if text)
    for row, cell in enumerate(entities["aliases"].all()):
        if cell:
            yield from ((row, text) for text in cell.split(SEPARATOR))
    for name in ("title", "id"):
        yield from enumerate(sources[name].all(), len(entities))
    place = {id: row for row, id in enumerate(ids[: len(entities)])} if len(aliases) else {}
    for entity, text in zip(aliases["entity"].all(), aliases["alias"].all(), strict=True):
        yield place[entity], text


def _clean(text: str) -> str:
    return " ".join(normalize("NFC", text).replace(NUL, " ").split())


def _bare(text: str) -> str:
    return normalize("NFC", text.casefold())


def _places(key: str, keys: Sequence[str]) -> list[int]:
    """Return the positions of a key; for a few look-ups this is faster than a table of all keys."""
    return [name for name, known in enumerate(keys) if known == key] if key else []


def _parts(asked: str, names: Sequence[str], letters: Letters) -> list[_Hit]:
    """Return names in which each word of the text begins a word."""
    words = [f" {word}" for word in words_of([asked], letters)[0].split()]
    longest = max(words, key=len, default=NUL)
    size = 100 * sum(len(word) - 1 for word in words)
    return [
        _Hit(_PART, min(100, size // len(known.replace(" ", ""))), name)
        for name, known in enumerate(names)
        if longest in known and all(word in known for word in words)
    ]


def _sharing(asked: str, names: Sequence[str]) -> list[_Hit]:
    """Return names that share at least half the words of a text of several words.

    Words are compared by their beginnings, so that Jewish is found in Jews and lobby in lobbies.
    """
    words = {word[:_STEM] for word in words_of([asked], LATIN_LETTERS)[0].split() if len(word) > 2}
    if len(words) < 2:
        return []
    hits = []
    for name, known in enumerate(names):
        shared = sum(f" {word}" in known for word in words)
        if 2 * shared >= len(words):
            others = max(len(known.split()) - shared, 0)
            hits.append(_Hit(_SHARED, 100 * shared // (len(words) + others), name))
    return hits


def _alike(key: str, keys: Sequence[str], why: int, least: int) -> list[_Hit]:
    """Return names whose keys share enough letters with a key."""
    if not key:
        return []
    from rapidfuzz import fuzz, process

    near = process.extract(key, keys, scorer=fuzz.ratio, score_cutoff=least, limit=None)
    return [_Hit(why, int(score), name) for _, score, name in near]

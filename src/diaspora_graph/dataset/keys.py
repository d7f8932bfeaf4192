"""Names → keys: the letters by which names are compared.

A key has letters and digits without capitals, accents, blanks and punctuation, in its own script
or in Latin letters. All names are made into keys together, joined by NUL, which no cell may hold:
one pass over a long text takes a tenth of the time of one pass for each name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from unicodedata import category, combining, normalize

import numpy as np

# Different Latin spellings of one sound: first two letters (in this order), then one.
_DIGRAPHS = [pair.split(b":") for pair in b"ow:u ou:u kh:h gh:g zh:j dz:z ts:c sh:s ch:c".split()]
_SINGLES = bytes.maketrans(b"qxwy", b"khvi")
_APOSTROPHES = "'’‘ʼʻʹ`´"
_ACCENTS = 10
"""Marks of this combining class or above are accents and points; below are signs of a letter."""
NUL = "\0"
"""The character that separates texts in one long text; no key contains it."""


def _own_letter(letter: str) -> str:
    """Return a letter or digit in lower case without accent, nothing for an accent, else a blank.

    Vowel signs that are letters of their own (as in Hindi) have a low combining class and stay.
    """
    if letter in _APOSTROPHES:
        return ""
    plain = normalize("NFKD", normalize("NFKD", letter).casefold())
    kept = "".join(each for each in plain if combining(each) < _ACCENTS)
    return kept if kept == NUL or all(category(each)[0] in "LNM" for each in kept) else " "


def _latin_letter(letter: str) -> str:
    """Return ASCII letters and digits for a letter of any script, a blank for other characters."""
    if letter == NUL or letter in _APOSTROPHES:
        return letter.strip(_APOSTROPHES)
    from anyascii import anyascii

    written = re.sub("[^a-z0-9]", " ", anyascii(letter).lower().replace("'", ""))
    return written.strip() or written[:1]


class Letters(dict[int, str]):
    """A table for `str.translate` that adds a letter when it first occurs."""

    def __init__(self, write: Callable[[str], str]) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, code: int) -> str:
        self[code] = written = self._write(chr(code))
        return written


OWN_LETTERS = Letters(_own_letter)
"""Letters of the text's own script."""

LATIN_LETTERS = Letters(_latin_letter)
"""The same in ASCII."""


def words_of(texts: Sequence[str], letters: Letters) -> list[str]:
    """Return the words of each text, one blank before each.

    >>> words_of(["«Отандастар қоры»", "Côte d’Ivoire"], OWN_LETTERS)
    [' отандастар қоры', ' cote divoire']
    >>> words_of(["«Отандастар қоры»"], LATIN_LETTERS)
    [' otandastar qory']
    """
    if not texts:
        return []
    whole = NUL.join(texts).translate(letters).replace(NUL, f" {NUL} ")
    whole = re.sub(" {2,}", " ", f" {whole} ").replace(f" {NUL}", NUL)
    return whole.removesuffix(" ").split(NUL)


def keys_of(words: Sequence[str]) -> list[str]:
    """Return the keys of texts from their words: the same without blanks."""
    return NUL.join(words).replace(" ", "").split(NUL)


def key_of(text: str, letters: Letters = OWN_LETTERS) -> str:
    """Return the key of one text.

    >>> key_of("Côte d’Ivoire"), key_of("Қазақстан", LATIN_LETTERS)
    ('cotedivoire', 'qazaqstan')
    """
    return words_of([text], letters)[0].replace(" ", "")


def sounds_of(keys: Sequence[str]) -> list[str]:
    """Return Latin keys with one spelling for each sound.

    >>> sounds_of(["kazakhstan", "qazaqstan", "tokayev", "iissyk", "1991"])
    ['kazahstan', 'kazakstan', 'tokaiev', 'isik', '1991']
    """
    whole = NUL.join(keys).encode("ascii")
    for written, sound in _DIGRAPHS:
        whole = whole.replace(written, sound)
    letters = np.frombuffer(whole.translate(_SINGLES), np.uint8)
    kept = np.ones(len(letters), np.bool_)
    kept[1:] = (letters[1:] != letters[:-1]) | (letters[1:] < ord("a"))
    return letters[kept].tobytes().decode("ascii").split(NUL)

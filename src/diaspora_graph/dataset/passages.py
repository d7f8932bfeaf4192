"""Passages: the fingerprint of the words that a claim rests on, and finding them in a text.

A fingerprint is ``p``, the first 16 hexadecimal digits of the SHA-256 over the passage after NFKC,
case folding and dropping everything that is not a letter, mark or digit, ``:`` and the number of
characters kept. It identifies the words that were read without repeating them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from unicodedata import category, normalize

LONGEST_PASSAGE = 150
"""The most words of consecutive text that one passage may have."""


class _Kept(dict[int, str | None]):
    """For `str.translate`: letters, marks and digits stay, everything else goes."""

    def __missing__(self, code: int) -> str | None:
        kind = category(chr(code))
        self[code] = chr(code) if kind[0] in "LM" or kind == "Nd" else None
        return self[code]


_KEPT = _Kept()


def kept(text: str) -> str:
    """Return the text that a fingerprint is computed from.

    >>> kept("The “Ata Zholy” card, №1")
    'theatazholycardno1'
    """
    return normalize("NFKC", text).casefold().translate(_KEPT)


def fingerprint(text: str) -> str:
    """Return the fingerprint of a passage or of a whole text.

    >>> fingerprint("Ata Zholy") == fingerprint("«ata  zholy»")
    True
    """
    return _print(kept(text))


def _print(letters: str) -> str:
    return f"p{sha256(letters.encode()).hexdigest()[:16]}:{len(letters)}"


class Text:
    """The whole text of a source, ready to be searched for passages."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = [(found.start(), found.end()) for found in re.finditer(r"\S+", text)]
        parts = [kept(text[start:end]) for start, end in self._words]
        self.kept = "".join(parts)
        self._starts = [0, *accumulate(map(len, parts))]

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the whole text: which edition this is."""
        return _print(self.kept)

    def find(self, quote: str) -> str:
        """Return the fingerprint of a quotation if it is in the text, else nothing."""
        letters = kept(quote)
        return _print(letters) if letters and letters in self.kept else ""

    def place(self, passage: str) -> tuple[int, int] | None:
        """Return where a passage is in the text, as two offsets, or None."""
        wanted, _, size = passage.partition(":")
        length = int(size)
        for start in self._candidates(length):
            letters = self.kept[start : start + length]
            if sha256(letters.encode()).hexdigest()[:16] == wanted[1:]:
                first = bisect_right(self._starts, start) - 1
                last = bisect_right(self._starts, start + length - 1) - 1
                return self._words[first][0], self._words[last][1]
        return None

    def _candidates(self, length: int) -> Iterator[int]:
        """The beginnings of words, where nearly all passages begin, then all other places."""
        most = len(self.kept) - length
        words = [start for start in dict.fromkeys(self._starts) if start <= most]
        yield from words
        tried = set(words)
        yield from (start for start in range(most + 1) if start not in tried)

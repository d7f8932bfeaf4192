"""Rules on the letters of any cell: trimmed, visible, composed, not too long."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import is_normalized

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.checks.found import Case
from diaspora_graph.dataset.columns import (
    Cells,
    Codes,
    Mask,
    Table,
    bool_array,
    codes_of,
    int_array,
    utf8,
)

LONGEST = 131_072
_CLEAN = "cells that are not clean"
_CONTROLS = r"[\x00-\x08\x0b-\x1f]"
_INVISIBLE = "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
# These Latin and Cyrillic letters and signs are visible, and none composes with another one.
_UNUSUAL = "[^\u0000-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f]"
_FOREIGN = 0x80


def check_clean(case: Case, table: Table, name: str) -> None:
    """Report blanks at the ends, controls, text not in NFC, invisible marks, very long cells."""
    column = table[name]
    code, ends = utf8(column.texts)

    def tell(wrong: Mask, expected: str, hint: str = "") -> None:
        case.tell_texts(_CLEAN, table, wrong, name, expected, hint)

    tell(_among(column, _may_be_blank(code, ends), _untrimmed), "no blanks at the ends")
    if code.min(initial=255) < ord(" "):
        tell(column.matching(_CONTROLS), "text, tabs and newlines")
    if code.max(initial=0) >= _FOREIGN:
        some = column.matching(_UNUSUAL)
        letters = "composed letters (Unicode NFC)"
        decomposed = _among(column, some, _decomposed)
        tell(decomposed, letters, "an accent is a character of its own here")
        hidden = _among(column, some, _invisible)
        tell(hidden, "no invisible marks", "a zero-width or direction mark is hidden here")
    long = _among(column, np.diff(ends) > LONGEST, _endless)
    tell(long, f"at most {LONGEST:,} characters")


def _among(column: Cells, some: Mask, judge: Callable[[pa.StringArray], Mask]) -> Mask:
    """Return which of the marked distinct texts a function accepts; it sees no others."""
    places = np.flatnonzero(some)
    marked = np.zeros(len(some), np.bool_)
    if len(places):
        marked[places] = judge(column.texts.take(int_array(places)))
    return marked


def _may_be_blank(code: npt.NDArray[np.uint8], ends: Codes) -> Mask:
    """Return which texts begin or end with a byte that may be a blank or a part of one."""
    filled = np.flatnonzero(ends[1:] > ends[:-1])
    maybe = np.zeros(len(ends) - 1, np.bool_)
    for edge in (code[ends[filled]], code[ends[filled + 1] - 1]):
        maybe[filled] |= (edge <= ord(" ")) | (edge >= _FOREIGN)
    return maybe


def _untrimmed(texts: pa.StringArray) -> Mask:
    return bool_array(pc.not_equal(texts, pc.utf8_trim_whitespace(texts)))


def _decomposed(texts: pa.StringArray) -> Mask:
    return np.array([not is_normalized("NFC", text) for text in texts.to_pylist()])


def _invisible(texts: pa.StringArray) -> Mask:
    return bool_array(pc.match_substring_regex(texts, _INVISIBLE))


def _endless(texts: pa.StringArray) -> Mask:
    return codes_of(pc.utf8_length(texts)) > LONGEST

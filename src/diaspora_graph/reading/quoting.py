"""Quotation marks: whether all of them are where CSV allows them.

The csv module reads a mark within an unquoted cell as text and refuses text after a closing one;
Arrow accepts both. If every mark opens or closes a cell, or is doubled inside one, and no line is
blank, the two read the same cells.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BLOCK = 1 << 19
_QUOTE, _COMMA, _FEED = b'",\n'

_Bytes = npt.NDArray[np.uint8]
_Places = npt.NDArray[np.int64]


def plainly_quoted(data: bytes) -> bool:
    r"""Return whether every quotation mark is in its place and no line is blank.

    >>> plainly_quoted(b'id,note\na,"x, y"\n'), plainly_quoted(b'id,note\na,x"y"\n')
    (True, False)
    """
    whole = np.frombuffer(data, np.uint8)
    inside = 0
    for start in range(0, len(whole), _BLOCK):
        block = whole[start : start + _BLOCK]
        quotes = np.flatnonzero(block == _QUOTE) + start
        blank = _doubled(whole, np.flatnonzero(block == _FEED) + start)
        if np.any((np.searchsorted(quotes, blank) + inside) % 2 == 0):
            return False
        if not _in_place(whole, quotes[inside::2], quotes[1 - inside :: 2]):
            return False
        inside = (inside + len(quotes)) % 2
    return not inside


def _doubled(whole: _Bytes, feeds: _Places) -> _Places:
    """Return the line feeds that are followed by another one."""
    feeds = feeds[feeds < len(whole) - 1]
    return np.compress(whole[feeds + 1] == _FEED, feeds)


def _in_place(whole: _Bytes, opening: _Places, closing: _Places) -> bool:
    """Return whether cells end before the marks that open one, and after those that close one."""
    before = whole[opening[opening > 0] - 1]
    after = whole[closing[closing < len(whole) - 1] + 1]
    neighbours = np.concatenate([before, after])
    return bool(np.all((neighbours == _COMMA) | (neighbours == _FEED) | (neighbours == _QUOTE)))

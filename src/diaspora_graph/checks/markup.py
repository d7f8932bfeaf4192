"""Warnings on traces of other programs in a text: HTML, TeX, letters that were decoded wrongly."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from unicodedata import normalize

from diaspora_graph.checks.found import Case
from diaspora_graph.dataset.columns import Table
from diaspora_graph.dataset.records import columns

_RULE = "traces of markup"
_LOOK = (
    r"&[#A-Za-z0-9]+;|<[/A-Za-z!]|\\|[\x{80}-\x{9f}ÂÃÄÅÐÑâ]"
    r"|[РС][^ A-Za-z0-9.,:;!?()а-яА-Я]"
)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(
    r"</?(?:[ibupaq]|em|strong|su[bp]|br|hr|span|div|font|scp|small|tt|li|ul|ol|h[1-6]|title|italic"
    r"|bold|sc|(?:jats|mml):[\w-]+)(?:\s[^<>]*)?/?>|<!--.*?-->|<!\[CDATA\[",
    re.IGNORECASE | re.DOTALL,
)
_TEX = re.compile(
    r"\{?\\([\"'`^~=.]) ?\{?\\?([A-Za-z])\}?\}?|\{?\\([uvHck]) ?\{([A-Za-z])\}\}?|\\([&%$#_])"
)


def check_markup(case: Case) -> None:
    """Warn of cells that were pasted with the markup of a page, a reference manager or a printer.

    If the text is meant like this, ignore the warning.
    """
    for table in case.tables.values():
        for field in columns(table.kind) if len(table) else ():
            if field.holds in {"text", "url"}:
                _marked(case, table, field.name)


def _marked(case: Case, table: Table, name: str) -> None:
    column = table[name]
    some = column.matching(_LOOK)
    if not some.any():
        return
    meant = {
        text: plain
        for text, looked in zip(column.listed(), some.tolist(), strict=True)
        if looked and (plain := without_markup(text)) != text
    }
    rows = column.rows(column.where(meant.__contains__)).tolist()
    expected = "plain text" if name != "url" else "an address as the browser shows it"
    case.warn(_RULE, table, rows, name, expected, lambda said: f"perhaps {meant[said]!r}")


def without_markup(text: str) -> str:
    """Return a text without tags, with character references replaced by their letters.

    >>> without_markup("R&amp;D and <i>home</i>: Caf&#233;"), without_markup("a < b & c")
    ('R&D and home: Café', 'a < b & c')
    >>> without_markup("KazakhstÃ¡n"), without_markup("Universit" + chr(92) + "'{e}")
    ('Kazakhstán', 'Université')
    """
    plain = text
    for _ in range(3):  # &amp;amp; was escaped twice
        before, plain = plain, _TAG.sub("", _ENTITY.sub(_letter, plain))
        if plain == before:
            break
    return _decoded(_TEX.sub(_of_tex, plain))


def _letter(found: re.Match[str]) -> str:
    name = found[1]
    return unescape(found[0]) if name[0] == "#" or f"{name};" in html5 else found[0]


_ACCENTS = {
    '"': "̈", "'": "́", "`": "̀", "^": "̂", "~": "̃", "=": "̄",
    ".": "̇", "u": "̆", "v": "̌", "H": "̋", "c": "̧", "k": "̨",
}  # fmt: skip


def _of_tex(found: re.Match[str]) -> str:
    if found[5]:
        return found[5]
    accent, letter = found[1] or found[3], found[2] or found[4]
    return normalize("NFC", letter + _ACCENTS[accent])


def _decoded(text: str) -> str:
    """Return the original of a UTF-8 text that was decoded with an older code page."""
    for page in ("cp1252", "cp1251"):
        try:
            plain = b"".join(_byte(letter, page) for letter in text).decode()
        except UnicodeError:
            continue
        if plain != text and plain.isprintable():
            return plain
    return text


def _byte(letter: str, page: str) -> bytes:
    """Return the byte of a letter in a code page; some bytes have no letter there."""
    return letter.encode("latin-1") if "\x80" <= letter <= "\x9f" else letter.encode(page)

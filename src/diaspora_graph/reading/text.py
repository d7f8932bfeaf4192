"""Bytes → text: the encoding of a file, and bytes and characters that are not text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import numpy as np
import pyarrow as pa

SAVE = "save it as CSV UTF-8"

Tell = Callable[[int, str, str, str], None]
"""Reports a fault of the file's form: row, text, what was expected, a hint."""

_BOM = b"\xef\xbb\xbf"
_BLOCK = 1 << 19
_NUL = b"\x00"

# Controls and bytes that are not UTF-8 become surrogates, which no decoded text has: so they stay
# in their cell, and the cell is reported.
_MARKED = {code: 0xD800 + code for code in (*range(9), *range(11, 32))}
_CONTROL_MARKS = re.compile("[\ud800-\ud81f]")
_BYTE_MARKS = re.compile("[\udc80-\udcff]")


def unwrapped(data: bytes, tell: Tell, warn: Tell) -> bytes:
    """Return the bytes in UTF-8, as far as they are in one encoding, with Unix line ends."""
    wide = _wide(data)
    if wide:
        tell(1, "UTF-16", "UTF-8", SAVE)
        data = data.decode(wide, "replace").removeprefix("\ufeff").encode()
    elif data.startswith(_BOM):
        warn(1, "a byte order mark", "none", "harmless; the canonical form drops it")
        data = data.removeprefix(_BOM)
    elif _is_foreign(data):
        name = code_page(data)
        encoding = name or f"another encoding than UTF-8 ({_first_bytes(data)})"
        tell(_first_foreign_row(data), encoding, "UTF-8", SAVE)
        data = data.decode("cp1251" if name else "utf-8", "replace").encode()
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\n" not in data:
            tell(1, "line ends of old Macs (CR)", "line ends of any other system", SAVE)
            data = data.replace(b"\r", b"\n")
    return data


def _wide(data: bytes) -> str:
    """Return which UTF-16 the bytes are in, if they are: by their mark, or by every other NUL."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    start = data[:4096]
    if len(start) < 4 or start.count(_NUL) < len(start) // 3:
        return ""
    return "utf-16-le" if start[1::2].count(_NUL) > start[::2].count(_NUL) else "utf-16-be"


def _is_foreign(data: bytes) -> bool:
    """Return whether a whole file is in another encoding, and not only some cell of it."""
    if is_utf8(data):
        return False
    text = data.decode("utf-8", "surrogateescape")
    foreign = len(_BYTE_MARKS.findall(text))
    sound = len(re.findall("[\u0080-\ud7ff]", text))
    return foreign > sound and bool(re.search("[\udc80-\udcff]{2}", text))


def _first_bytes(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    marks = list(dict.fromkeys(_BYTE_MARKS.findall(text)))[:4]
    return f"bytes {' '.join(f'0x{ord(mark) - 0xDC00:02x}' for mark in marks)}"


_CYRILLIC_WORD = re.compile("[А-Яа-яЁёІіЇїЄєҐґЎў]+")
_CASED = re.compile("[А-ЯЁІЇЄҐЎ]?[а-яёіїєґў]+|[А-ЯЁІЇЄҐЎ]+")
_VOWELS = frozenset("аеиоуыэюяёіїє")


def code_page(data: bytes) -> str:
    """Return the name of an older code page if the text can be in no other, else nothing.

    Hebrew, Greek, Turkish or Korean use the bytes of Cyrillic letters too; but words of these
    letters with small letters after at most one capital, a third of them vowels, are Cyrillic.

    >>> code_page("Союз армян России".encode("cp1251"))
    'Windows-1251 (Cyrillic)'
    >>> code_page("ועד הפועל הציוני".encode("cp1255"))
    ''
    """
    text = data.decode("cp1251", "replace")
    words = _CYRILLIC_WORD.findall(text)
    letters = "".join(words).lower()
    foreign = len(data.translate(None, bytes(range(0x80))))
    cased = sum(len(word) for word in words if _CASED.fullmatch(word))
    mixed = re.search("[A-Za-z][А-я]|[А-я][A-Za-z]", text)
    vowels = sum(letter in _VOWELS for letter in letters)
    likely = (
        len(letters) >= _FEWEST_LETTERS
        and len(letters) >= 0.9 * foreign
        and cased >= 0.95 * len(letters)
        and 0.33 * len(letters) <= vowels <= 0.6 * len(letters)
        and letters.count("ъ") <= 0.03 * len(letters)
    )
    return "Windows-1251 (Cyrillic)" if likely and not mixed else ""


_FEWEST_LETTERS = 6
"""With fewer letters than this the code page cannot be found."""


def _first_foreign_row(data: bytes) -> int:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode().replace("\r", "") + "?"
        with long_cells():
            return sum(1 for _ in csv.reader(io.StringIO(before, newline="\n")))
    return 1


def is_text(data: bytes) -> bool:
    """Return whether bytes have no controls except tab and newline; the encoding is not checked."""
    codes = np.frombuffer(data, np.uint8)
    blocks = (codes[start : start + _BLOCK] for start in range(0, len(codes), _BLOCK))
    return not any(np.any((each < 32) & (each != 9) & (each != 10)) for each in blocks)


def is_utf8(data: bytes) -> bool:
    """Return whether all bytes are UTF-8, without decoding them."""
    ends = pa.py_buffer(np.array([0, len(data)], np.int64))
    try:
        pa.LargeStringArray.from_buffers(1, ends, pa.py_buffer(data)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def marked(data: bytes) -> str:
    """Return bytes as text in which everything that is not text is a mark that `strange` finds."""
    return data.decode("utf-8", "surrogateescape").translate(_MARKED)


def strange(cell: str) -> list[tuple[str, str]]:
    """Return the parts of a cell of marked text that are not text, and what was expected."""
    controls = sorted(set(_CONTROL_MARKS.findall(cell)))
    found = [(_named(ord(mark) - 0xD800), "text, tabs and newlines") for mark in controls]
    foreign = sorted(set(_BYTE_MARKS.findall(cell)))
    if foreign:
        names = " ".join(f"0x{ord(mark) - 0xDC00:02x}" for mark in foreign[:4])
        found.append((f"bytes {names}" if len(foreign) > 1 else f"byte {names}", "UTF-8"))
    return found


def _named(code: int) -> str:
    return "a carriage return" if code == 13 else f"control character U+{code:04X}"


def cleaned(cell: str) -> str:
    """Return a cell of marked text without its marks."""
    return _BYTE_MARKS.sub("\ufffd", _CONTROL_MARKS.sub("", cell))


class _LongCells:
    """The csv module's limit, shared by the whole program: lifted while any file is read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._readers = 0
        self._before = 0

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Let the csv module take long cells, so that a rule can name the one that is too long."""
        with self._lock:
            if not self._readers:
                self._before = csv.field_size_limit(2**31 - 1)
            self._readers += 1
        try:
            yield
        finally:
            with self._lock:
                self._readers -= 1
                if not self._readers:
                    csv.field_size_limit(self._before)


long_cells = _LongCells()

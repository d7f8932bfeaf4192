"""JSON lines, the exchange contract: one row on each line, nothing lost in either direction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from diaspora_graph.dataset.canonical import json_lines
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS, SEPARATOR, Field, Kind, columns, json_key
from diaspora_graph.errors import FileError, did_you_mean
from diaspora_graph.exchange.rows import Rows
from diaspora_graph.files import write_text
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import LANGUAGES, Schema

LABELS = "labels"
"""The key under which an entity has its labels, by language."""

_LEFT_OUT = "empty cells are left out"
_LABEL_COLUMNS = {f"label_{language}": language for language in LANGUAGES}


def write(data: Dataset, file: str | Path) -> Path:
    """Write a dataset as JSON lines, completely or not at all; the same data give the same bytes.

    The user's own columns (``_…``) are not part of the contract and are left out. Raises
    `FileError`.
    """
    return write_text(Path(file), "".join(json_lines(data)))


def read(file: str | Path, schema: Schema | None = None) -> Dataset:
    """Read JSON lines, in whatever order, into a checked dataset.

    ``schema`` is the ontology to check by, the shipped one if not given. Raises `DatasetError` with
    the line of every fault (first those of form; if there are none, those of the rules),
    `FileError` for a file that cannot be read. An alias goes to the dataset of its entity.
    """
    path = Path(file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error
    schema = schema or load_schema()
    rows = Rows(lambda line: (path.name, line))
    for number, line in enumerate(data.removesuffix(b"\n").split(b"\n") if data else [], 1):
        try:
            _take(rows, number, _parsed(line))
        except _BadLineError as bad:
            rows.fault(number, bad.key, bad.said, bad.expected, bad.hint)
    return rows.dataset(schema)


@dataclass
class _BadLineError(Exception):
    said: str
    expected: str
    hint: str = ""
    key: str = ""


@dataclass(frozen=True)
class _Bare:
    """A number or NaN as it is in the file, outside quotation marks."""

    text: str

    def __str__(self) -> str:
        return self.text


def _parsed(line: bytes) -> Mapping[str, object]:
    if line.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise _BadLineError("a byte order mark", "UTF-8 without one")
    if not line.strip():
        raise _BadLineError("a blank line", "one JSON object", "delete the line")
    try:
        found = json.loads(
            line.decode(),
            object_pairs_hook=_once,
            parse_int=_Bare,
            parse_float=_Bare,
            parse_constant=_Bare,
        )
    except UnicodeDecodeError as error:
        byte = f"byte 0x{line[error.start]:02x}"
        raise _BadLineError(byte, "UTF-8", f"at byte {error.start + 1} of the line") from error
    except json.JSONDecodeError as error:
        raise _BadLineError(
            error.msg, "one JSON object", f"at character {error.pos + 1} of the line"
        ) from error
    except RecursionError as error:
        raise _BadLineError("values nested too deeply", "text, lists of text and labels") from error
    if not isinstance(found, dict):
        raise _BadLineError(_worded(found), "one JSON object")
    return found


def _once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise _BadLineError(
                key,
                "each key once in a line",
                "programs that read JSON keep only the last one",
                key,
            )
        found[key] = value
    return found


def _take(rows: Rows, number: int, found: Mapping[str, object]) -> None:
    kind = _kind(found)
    fields = _fields(kind)
    cells: dict[str, object] = {}
    for key, value in found.items():
        if key == "kind":
            continue
        try:
            if key == LABELS and kind == "entity":
                cells |= _labels(value)
            elif key in fields:
                cells[fields[key].name] = _cell(key, value, fields[key])
            else:
                known = [*fields, *([LABELS] if kind == "entity" else [])]
                raise _BadLineError(key, f"a key of kind {kind}", did_you_mean(key, known), key)
        except _BadLineError as bad:
            rows.fault(number, bad.key, bad.said, bad.expected, bad.hint)
    rows.add(kind, number, cells)


def _kind(found: Mapping[str, object]) -> Kind:
    """Return the kind of a line."""
    kind = found.get("kind")
    if isinstance(kind, str) and kind in RECORDS:
        return cast("Kind", kind)
    text = "no kind" if "kind" not in found else _worded(kind)
    raise _BadLineError(text, f"one of {', '.join(RECORDS)}", did_you_mean(text, RECORDS), "kind")


@cache
def _fields(kind: Kind) -> Mapping[str, Field]:
    return {
        json_key(each.name): each
        for each in columns(kind)
        if kind != "entity" or each.name not in _LABEL_COLUMNS
    }


def _labels(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not value:
        raise _BadLineError(_worded(value), 'labels by language, such as {"en": "…"}', key=LABELS)
    for language in value:
        if language not in LANGUAGES:
            expected = f"one of {', '.join(LANGUAGES)}"
            raise _BadLineError(language, expected, "other names are rows of kind alias", LABELS)
    return {
        f"label_{language}": _text(f"{LABELS}.{language}", text) for language, text in value.items()
    }


def _cell(key: str, value: object, field: Field) -> str:
    if not field.many:
        return _text(key, value)
    if not isinstance(value, list) or not value:
        raise _BadLineError(
            _worded(value), "a list of texts", _LEFT_OUT if value in (None, "", []) else "", key
        )
    texts = [_text(key, each) for each in value]
    for text in texts:
        if SEPARATOR in text:
            raise _BadLineError(
                text, f"texts without {SEPARATOR}", "it separates the values of a cell", key
            )
    return SEPARATOR.join(texts)


def _text(key: str, value: object) -> str:
    if isinstance(value, str) and value:
        return value
    hint = _LEFT_OUT if value in (None, "") else ""
    if isinstance(value, _Bare):
        hint = "write numbers in quotation marks, as they were entered"
    raise _BadLineError(_worded(value), "text", hint, key)


def _worded(value: object) -> str:
    """Return a value as it may have been in the file."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    return str(value)

"""The canonical form: the same dataset, the same bytes, as folder and as JSON lines.

UTF-8 without a mark, LF, NFC, minimal quoting, columns in the order of the format, rows by id,
default words empty, numbers as entered.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from json.encoder import encode_basestring
from pathlib import Path

import numpy as np
import pyarrow.compute as pc

from diaspora_graph.dataset.columns import Cells, Table, string_array
from diaspora_graph.dataset.dataset import Dataset, once
from diaspora_graph.dataset.records import FILES, SEPARATOR, Field, Kind, columns, json_key
from diaspora_graph.errors import FileError
from diaspora_graph.files import write_files
from diaspora_graph.ontology.load import Extension
from diaspora_graph.ontology.schema import Schema

_LABELS = "label_"
_SLICE = 5_000
"""The number of rows whose lines are made at a time."""


@once
def digest(data: Dataset) -> str:
    """Return the SHA-256 of the dataset's JSON lines, in hexadecimal digits; computed once.

    >>> from diaspora_graph import load_dataset
    >>> len(digest(load_dataset()))
    64
    """
    total = hashlib.sha256()
    for line in json_lines(data):
        total.update(line.encode())
    return total.hexdigest()


def digests(data: Dataset) -> dict[str, str]:
    """Return the digest of each open dataset by its name; all together have another digest."""
    datasets = data.tables["dataset"]
    if len(datasets) == 1:
        return {datasets["name"][0]: digest(data)}
    found = {}
    for name, place in zip(datasets["name"].all(), datasets.folder.tolist(), strict=True):
        found[name] = digest(replace(data, tables=_of_folder(data, place)))
    return found


def _of_folder(data: Dataset, place: int) -> dict[Kind, Table]:
    return {kind: t.take(np.flatnonzero(t.folder == place)) for kind, t in data.tables.items()}


def json_lines(data: Dataset) -> Iterator[str]:
    """Yield the dataset as JSON, one row a line, each ending in a line feed.

    ``kind`` comes first, then the columns that are not empty, in the order of the format; cells
    that may hold several values are lists, the labels of an entity one object by language.
    """
    for table in data.tables.values():
        for start in range(0, len(table), _SLICE):
            rows = np.arange(start, min(start + _SLICE, len(table)))
            yield from lines_of(table.part(rows), data.schema)


def lines_of(part: Table, schema: Schema) -> Iterator[str]:
    """Yield the lines of `json_lines` for some rows of a kind.

    The text that a cell adds to a line is made once for each distinct cell.
    """
    fields = columns(part.kind)
    values = [_members(part, field, schema) for field in fields]
    labels = [at for at, field in enumerate(fields) if _is_label(part.kind, field)]
    first, last = (labels[0], labels[-1] + 1) if labels else (0, 0)
    for cells in zip(*values, strict=True):
        filled = [text for text in cells if text]
        if labels:
            own = ", ".join(filter(None, cells[first:last]))
            grouped = f'"labels": {{{own}}}' if own else ""
            filled = [text for text in (*cells[:first], grouped, *cells[last:]) if text]
        yield f'{{"kind": "{part.kind}", {", ".join(filled)}}}\n'


def _is_label(kind: Kind, field: Field) -> bool:
    return kind == "entity" and field.name.startswith(_LABELS) and field.name != "label_native"


def _members(part: Table, field: Field, schema: Schema) -> list[str]:
    """Return the text that a column adds to each line."""
    cells = _canonical(part[field.name], field, schema)
    label = _is_label(part.kind, field)
    key = field.name.removeprefix(_LABELS) if label else json_key(field.name)
    value = _listed if field.many else encode_basestring
    members = [f'"{key}": {value(text)}' if text else "" for text in cells.listed()]
    return [members[code] for code in cells.codes.tolist()]


def _listed(text: str) -> str:
    return f"[{', '.join(map(encode_basestring, text.split(SEPARATOR)))}]"


def _canonical(cells: Cells, field: Field, schema: Schema) -> Cells:
    """Return a column in NFC, trimmed, with default words left empty."""
    texts = pc.utf8_normalize(pc.utf8_trim_whitespace(cells.texts), form="NFC").to_pylist()
    default = schema.default(field.what) if field.holds == "word" and not field.filled else ""
    plain = ["" if text == default else text for text in texts]
    if plain == cells.listed():
        return cells
    known: dict[str, int] = {}  # texts that are equal now share a code
    codes = np.array([known.setdefault(text, len(known)) for text in plain], np.int32)
    return Cells(codes[cells.codes], string_array(list(known)))


def csv_text(table: Table, schema: Schema) -> str:
    """Return one file of a dataset folder in canonical form.

    Optional columns that are empty throughout are left out; the user's own follow, by name.
    """
    kept: dict[str, Cells] = {}
    for field in columns(table.kind):
        cells = _canonical(table[field.name], field, schema)
        if field.required or _says(cells):
            kept[field.name] = cells
    kept |= {name: table.extra[name] for name in sorted(table.extra) if _says(table.extra[name])}
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(kept)
    writer.writerows(zip(*(cells.all() for cells in kept.values()), strict=True))
    return out.getvalue()


def _says(cells: Cells) -> bool:
    return bool(cells.filled().any())


def write_dataset(data: Dataset, folder: str | Path) -> list[Path]:
    """Write a dataset as a folder in canonical form and return the files written.

    A dataset that was opened from several folders becomes one folder for each, under its name.
    All files are first written under other names and then renamed, so that either all of them are
    complete or none is changed; files that would be empty are removed. Raises `FileError`.
    """
    datasets, target = data.tables["dataset"], Path(folder)
    if len(datasets) == 1:
        own = data.extensions.get(int(datasets.folder[0]))
        return _write_folders(data.schema, {target: (data.tables, own)})
    parts: dict[Path, _Part] = {}
    for name, place in zip(datasets["name"].all(), datasets.folder.tolist(), strict=True):
        parts[target / name] = (_of_folder(data, place), data.extensions.get(place))
    return _write_folders(data.schema, parts)


_Part = tuple[Mapping[Kind, Table], Extension | None]


def _write_folders(schema: Schema, parts: Mapping[Path, _Part]) -> list[Path]:
    files: dict[Path, bytes] = {}
    empty: list[Path] = []
    for folder, (tables, extension) in parts.items():
        for kind, table in tables.items():
            if len(table):
                files[folder / FILES[kind]] = csv_text(table, schema).encode()
            else:
                empty.append(folder / FILES[kind])
        for name, turtle in extension.files if extension else ():
            files[folder / "ontology" / Path(name).name] = turtle
    written = write_files(files)
    for path in empty:
        _remove(path)
    return written


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(path, f"cannot be removed: {error.strerror or error}") from error

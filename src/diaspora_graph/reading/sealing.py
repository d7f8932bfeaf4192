"""From quotations to fingerprints (`seal`), and from fingerprints back to the words (`verify`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

import numpy as np

from diaspora_graph.dataset.canonical import csv_text
from diaspora_graph.dataset.columns import Cells, Table, cells
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.passages import LONGEST_PASSAGE, Text, kept
from diaspora_graph.dataset.records import CLAIMS, FILES, SEPARATOR, Kind, has_id
from diaspora_graph.errors import DatasetError, Fault, FileError, did_you_mean
from diaspora_graph.files import write_files
from diaspora_graph.ontology.load import load_schema
from diaspora_graph.reading import QUOTE, Reading, read_folder

Outcome = Literal["found", "not found", "other edition", "not checked: no text"]

_SEALS = "quotes to seal"


def read_texts(files: Mapping[str, str | Path]) -> dict[str, Text]:
    """Read the texts of sources; ``files`` is by source id. Raises `FileError`."""
    texts: dict[str, Text] = {}
    for source, path in files.items():
        try:
            texts[source] = Text(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "is not UTF-8 text"
            raise FileError(path, f"cannot be read: {reason}") from error
    return texts


def seal(folder: str | Path, texts: Mapping[str, Text]) -> int:
    """Turn the quotations of a working copy into passages, in place; return their number.

    Fills empty ids from the content of the row, writes each text's fingerprint into
    ``sources.csv``, drops the column ``quote`` and leaves the files in canonical form. Raises
    `DatasetError` with every quotation that cannot be found; then nothing is written.
    """
    path = Path(folder)
    reading = read_folder(path, name=str(folder))
    faults = [fault for fault in reading.faults if fault.rule != _SEALS]
    tables = dict(reading.tables)
    sealed = 0
    for kind, quotes in reading.quotes.items():
        sealing = _Sealing(reading, kind, quotes, texts)
        tables[kind] = sealing.table()
        sealed += sealing.sealed
        faults += sealing.faults
    prefix = next(iter(tables["dataset"]["prefix"].all()), "")
    tables = {kind: _with_ids(table, prefix) for kind, table in tables.items()}
    tables["source"] = _with_editions(tables["source"], texts)
    if faults:
        raise DatasetError(faults)
    own = path / "ontology"
    schema = load_schema(*([own] if own.is_dir() else []))
    write_files(
        {
            path / FILES[kind]: csv_text(_in_order(table), schema).encode()
            for kind, table in tables.items()
            if len(table) or (path / FILES[kind]).exists()
        }
    )
    return sealed


class _Sealing:
    """The quotations of one file, looked up in the texts of their sources."""

    def __init__(
        self, reading: Reading, kind: Kind, quotes: Cells, texts: Mapping[str, Text]
    ) -> None:
        self.reading = reading
        self.before = reading.tables[kind]
        self.quotes = quotes.all()
        self.texts = texts
        self.faults: list[Fault] = []
        self.sealed = 0

    def table(self) -> Table:
        """Return the table with a passage for each quotation."""
        old, source = self.before["passage"].all(), self.before["source"].all()
        new = [
            self._passages(row, quote, source[row]) if quote else old[row]
            for row, quote in enumerate(self.quotes)
        ]
        return replace(self.before, columns={**self.before.columns, "passage": cells(new)})

    def _passages(self, row: int, quote: str, source: str) -> str:
        text = self.texts.get(source)
        if text is None:
            hint = f"--source-text {source or 'SOURCE'}=FILE" + did_you_mean(source, self.texts)
            self._fault(row, quote, f"the text of {source or 'a source'}", hint)
            return ""
        found = []
        for part in quote.split(SEPARATOR):
            passage = text.find(part)
            if not passage:
                self._fault(
                    row,
                    part,
                    f"words that are in the text of {source}",
                    "copy them from the text",
                )
            elif len(part.split()) > LONGEST_PASSAGE:
                self._fault(
                    row, part, f"at most {LONGEST_PASSAGE} words", "quote what the claim rests on"
                )
            found.append(passage)
            self.sealed += 1
        return SEPARATOR.join(found)

    def _fault(self, row: int, said: str, expected: str, hint: str) -> None:
        file = f"{self.reading.name}/{FILES[self.before.kind]}"
        self.faults.append(
            Fault(file, int(self.before.row[row]), QUOTE, said, expected, hint, _SEALS)
        )


def _with_ids(table: Table, prefix: str) -> Table:
    """Fill empty ids from the content of the row, so that the same row gets the same id."""
    if not has_id(table.kind) or not len(table) or bool(table["id"].filled().all()):
        return table
    start = f"{prefix}:" if prefix else ""
    ids = table["id"].all()
    taken = set(ids)
    for row, id in enumerate(ids):
        if id:
            continue
        content = "\x1f".join(column[row] for name, column in table.columns.items() if name != "id")
        name = f"{start}{table.kind[:2]}-{sha256(content.encode()).hexdigest()[:8]}"
        ids[row] = next(
            each
            for each in (name, *(f"{name}-{n}" for n in range(2, len(ids) + 2)))
            if each not in taken
        )
        taken.add(ids[row])
    return replace(table, columns={**table.columns, "id": cells(ids)})


def _with_editions(table: Table, texts: Mapping[str, Text]) -> Table:
    """Record the edition of each text that the passages were taken from."""
    edition = [
        texts[id].fingerprint if id in texts else old
        for id, old in zip(table["id"].all(), table["text"].all(), strict=True)
    ]
    return replace(table, columns={**table.columns, "text": cells(edition)})


def _in_order(table: Table) -> Table:
    if not has_id(table.kind):
        return table
    ids = table["id"].all()
    return table.take(np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int32))


@dataclass(frozen=True, slots=True)
class Verified:
    """The result for one passage of one row.

    >>> Verified("st-a", "statement", "smith2020", "p. 4", "p0123456789abcdef:9", "found").outcome
    'found'
    """

    id: str
    kind: Kind
    source: str
    locator: str
    passage: str
    outcome: Outcome
    words: str = ""
    warning: str = ""


def verify(data: Dataset, texts: Mapping[str, Text]) -> Iterator[Verified]:
    """Look up every passage in the text of its source; ``texts`` is by source id.

    Yields a result for each passage, by kind and id. A passage that is not in a text whose
    fingerprint differs from that in ``sources.csv`` may be in another edition.
    """
    for kind in (*CLAIMS, "flag", "exclusion"):
        table = data.tables[kind]
        for row in range(len(table)):
            source = table["source"][row]
            pairs = zip(
                table["passage"][row].split(SEPARATOR),
                table["locator"][row].split(SEPARATOR),
                strict=False,
            )
            for passage, locator in pairs:
                if passage:
                    yield _verified(data, kind, table["id"][row], source, locator, passage, texts)


def _verified(
    data: Dataset,
    kind: Kind,
    id: str,
    source: str,
    locator: str,
    passage: str,
    texts: Mapping[str, Text],
) -> Verified:
    text = texts.get(source)
    if text is None:
        return Verified(id, kind, source, locator, passage, "not checked: no text")
    place = text.place(passage)
    if place is None:
        edition = data.source(source).text
        other = bool(edition) and edition != text.fingerprint
        return Verified(
            id, kind, source, locator, passage, "other edition" if other else "not found"
        )
    words = text.text[place[0] : place[1]]
    supported = _supports(data, kind, id, words)
    warning = "" if supported else "the words name neither its number nor its ends"
    return Verified(id, kind, source, locator, passage, "found", words, warning)


def _supports(data: Dataset, kind: Kind, id: str, words: str) -> bool:
    """Return whether a passage holds the claim's number or a name of either end."""
    letters = kept(words)
    if kind == "observation":
        seen = data.observation(id)
        numbers = {seen.value, seen.value_high, *_scaled(seen.value), *_scaled(seen.value_high)}
        if any(kept(number) in letters for number in numbers if number):
            return True
        return _named(data, (seen.subject, seen.partner), letters)
    if kind == "statement":
        statement = data.statement(id)
        return _named(data, (statement.subject, statement.object), letters)
    return True


def _scaled(value: str) -> Iterator[str]:
    """Yield a number as texts print it in thousands, millions, billions."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return
    for power in (3, 6, 9, 12):
        yield f"{float(value) / 10**power:.6g}"


def _named(data: Dataset, ids: Iterable[str], letters: str) -> bool:
    for id in filter(None, ids):
        for name in data.names_of(id):
            if kept(name) and kept(name) in letters:
                return True
    return False

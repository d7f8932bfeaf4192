"""The result of every importer: files to write, the repairs, and the remaining faults."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from diaspora_graph.dataset.records import FILES
from diaspora_graph.errors import DatasetError, Fault
from diaspora_graph.files import write_files


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair that needed no guess; rows count as in a spreadsheet.

    >>> print(Repair("book.xlsx:statements", 4, "confidence", "High", "high", "a word of the list"))
    book.xlsx:statements:4:confidence: 'High' → 'high' (a word of the list)
    """

    place: str
    row: int
    column: str
    said: str
    became: str
    why: str

    def __str__(self) -> str:
        return self.line(str(self.row or ""))

    def line(self, rows: str) -> str:
        """Return a line on the repair in some rows."""
        place = ":".join(part for part in (self.place, rows, self.column) if part)
        change = f"{self.said!r} → {self.became!r}" if self.became else repr(self.said)
        return f"{place}: {change} ({self.why})"


def report(repairs: Sequence[Repair], what: str = "repair") -> str:
    """Return repairs as lines; the same repair in several rows is one line.

    ``what`` is the noun for one of them.

    >>> print(report([Repair("b:s", row, "unit", "USD ", "USD", "blanks") for row in (2, 3, 5)]))
    3 repairs
      b:s:2-3,5:unit: 'USD ' → 'USD' (blanks)
    """
    rows: dict[Repair, list[int]] = {}
    for each in repairs:
        rows.setdefault(replace(each, row=0), []).append(each.row)
    lines = [f"{len(repairs):,} {what}{'' if len(repairs) == 1 else 's'}"]
    lines += [f"  {each.line(_spans(numbers))}" for each, numbers in rows.items()]
    return "\n".join(lines)


def _spans(rows: Sequence[int]) -> str:
    """Return rows as spans: 2-3,5."""
    spans: list[list[int]] = []
    for row in filter(None, rows):
        if spans and row == spans[-1][-1] + 1:
            spans[-1][1:] = [row]
        else:
            spans.append([row])
    return ",".join("-".join(map(str, span)) for span in spans)


@dataclass
class Import:
    """The files of a dataset folder as they will be, with all repairs and faults.

    ``what`` is the noun for a repair, and ``then`` are the commands that follow.
    """

    folder: Path
    texts: Mapping[str, str]
    repairs: list[Repair] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    spare: Callable[[Path, str], None] = lambda _path, _text: None
    what: str = "repair"
    then: Sequence[str] = ("seal {folder} --source-text SOURCE=FILE", "check {folder}")

    def write(self) -> list[Path]:
        """Write the files, all or none, and return them.

        Raises `DatasetError` with every fault; then nothing is written. `FileError` if the
        files hold other rows already.
        """
        if self.faults:
            raise DatasetError(self.faults, shown=None)
        for name in FILES.values():
            self.spare(self.folder / name, self.texts.get(name, ""))
        return write_files({self.folder / name: text.encode() for name, text in self.texts.items()})

"""All errors of the program, as one small tree.

    DiasporaGraphError
    ├── DatasetError      rows that the format, the ontology or ethics refuse   .faults
    ├── SchemaError       Turtle that cannot serve as an ontology             .faults
    ├── UnknownNameError  no such entity, term, question or claim           .kind .name .known
    ├── AmbiguousNameError  a name that several entities have           .name .candidates
    ├── ParameterError    a wrong value for a question or a search
    │   └── TooLargeError   a picture that does not fit on its page
    ├── FileError         a file that cannot be read or written                           .path
    └── StoreError        a database that cannot be reached, read or written               .uri

Every message names the input, what exists and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SHOWN_PER_RULE = 5
MORE = "more like these"
"""The last words of a group that a report does not show completely."""


class DiasporaGraphError(Exception):
    """Any error that a user can repair; its text is a message for the user."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at one place; rows count as in a spreadsheet: the header is row 1.

    >>> print(Fault("seed/codings.csv", 14, "value", "2", "0, 0.5 or 1", "count again"))
    seed/codings.csv:14:value: '2', expected 0, 0.5 or 1; count again
    """

    file: str
    row: int
    column: str
    said: str
    expected: str
    hint: str = ""
    rule: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.row, self.column) if part)
        text = f"{place}: {_shown(self.said)}, expected {self.expected}"
        return f"{text}; {self.hint}" if self.hint else text


def _shown(said: str, most: int = 60) -> str:
    text = repr(said)
    return text if len(text) <= most else f"{text[: most - 1]}…' ({len(said):,} characters)"


def fault_report(
    faults: Sequence[Fault],
    counts: Mapping[str, int] | None = None,
    shown: int | None = SHOWN_PER_RULE,
) -> str:
    """Return faults grouped by the rule they break, the first few of each group, with the counts.

    ``counts`` is how often each rule is broken, if ``faults`` does not list every case; ``shown``
    is how many of a group are shown, None for all.

    >>> print(fault_report([Fault("a.csv", 2, "id", "", "an id", rule="ids")]))
    1 fault
    ids (1)
      a.csv:2:id: '', expected an id
    """
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.rule, []).append(fault)
    numbers = {rule: max(len(group), (counts or {}).get(rule, 0)) for rule, group in groups.items()}
    total = sum(numbers.values())
    lines = [f"{total:,} fault{'' if total == 1 else 's'}"]
    for rule, group in groups.items():
        lines.append(f"{rule or 'other'} ({numbers[rule]:,})")
        lines.extend(f"  {fault}" for fault in group[:shown])
        if numbers[rule] > len(group[:shown]):
            lines.append(f"  … and {numbers[rule] - len(group[:shown]):,} {MORE}")
    return "\n".join(lines)


class _FaultyError(DiasporaGraphError, ValueError):
    def __init__(
        self,
        faults: Iterable[Fault],
        counts: Mapping[str, int] | None = None,
        shown: int | None = SHOWN_PER_RULE,
    ) -> None:
        self.faults = tuple(faults)
        super().__init__(fault_report(self.faults, counts, shown))


class DatasetError(_FaultyError):
    """A dataset that cannot be loaded, with every fault of every file."""


class SchemaError(_FaultyError):
    """Turtle that cannot serve as an ontology."""


class UnknownNameError(DiasporaGraphError, LookupError):
    """An unknown name; the message offers the nearest ones.

    ``near`` are these, the nearest first, where letters alone do not tell which they are.
    """

    def __init__(
        self, kind: str, name: str, known: Iterable[str], *, near: Iterable[str] = ()
    ) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        hint = _or(near) or did_you_mean(name, self.known)
        super().__init__(f"no {kind} named {name!r}{hint}")


class AmbiguousNameError(DiasporaGraphError, LookupError):
    """A name that several entities have: name one by its id."""

    def __init__(self, name: str, candidates: Iterable[tuple[str, str]]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        rows = "".join(f"\n  {id}  {label}" for id, label in self.candidates)
        super().__init__(f"{name!r} may be any of these; name one by its id:{rows}")


class ParameterError(DiasporaGraphError, ValueError):
    """A parameter with a wrong value."""


class TooLargeError(ParameterError):
    """A picture that does not fit on its page."""


class FileError(DiasporaGraphError, OSError):
    """A file or folder that cannot be read or written."""

    def __init__(self, path: object, reason: str) -> None:
        self.path = str(path)
        self.reason = reason
        super().__init__(f"{path}: {reason}")

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


class StoreError(DiasporaGraphError):
    """A database that cannot be reached, read or written as asked.

    >>> print(StoreError("neo4j://localhost:7687", "the connection was lost; run it again"))
    neo4j://localhost:7687: the connection was lost; run it again
    """

    def __init__(self, uri: str, reason: str) -> None:
        self.uri, self.reason = uri, reason
        super().__init__(f"{uri}: {reason}")


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return a clause with the nearest known names, or nothing.

    >>> did_you_mean("lobies", ["lobbies", "funds"])
    "; did you mean 'lobbies'?"
    """
    from difflib import get_close_matches

    return _or(get_close_matches(name, list(known), n=3, cutoff=0.6))


def _or(near: Iterable[str]) -> str:
    words = " or ".join(map(repr, near))
    return f"; did you mean {words}?" if words else ""

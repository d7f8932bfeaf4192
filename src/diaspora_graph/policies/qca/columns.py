"""The table of a user's own: numbers in columns, one row for each case."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from math import isfinite
from pathlib import Path

from diaspora_graph.errors import Fault, FileError, did_you_mean
from diaspora_graph.policies.qca.calibration import CalibratedSet
from diaspora_graph.policies.qca.plan import QcaPlan, refuse


class Columns:
    """The rows of the table of a plan by the names of their cases; faults go to a list.

    Raises `FileError` for a file that cannot be read, `ParameterError` for missing columns.
    """

    def __init__(self, plan: QcaPlan, sets: Sequence[CalibratedSet], faults: list[Fault]) -> None:
        self.plan, self.faults = plan, faults
        self.cases: dict[str, dict[str, str]] = {}
        self.lines: dict[str, int] = {}
        if plan.data:
            self._read(sets)

    def _read(self, sets: Sequence[CalibratedSet]) -> None:
        path = Path(self.plan.data)
        try:
            with path.open(encoding="utf-8-sig", newline="") as lines:
                reader = csv.DictReader(lines, strict=True, restval="")
                rows = list(reader)
                names = list(reader.fieldnames or ())
        except OSError as error:
            raise FileError(path, f"cannot be read: {error.strerror or error}") from error
        except (UnicodeDecodeError, csv.Error) as error:
            raise FileError(path, f"is not CSV in UTF-8: {error}") from error
        case = self.plan.case or (names[0] if names else "")
        missing = self._missing({"case": case} | {f"sets.{each.name}.column": each.of
                                                  for each in sets}, names)  # fmt: skip
        refuse([*self.faults, *missing] if missing else [])
        for number, row in enumerate(rows, 2):
            name = row[case].strip()
            if not name or name in self.cases:
                what = "each case once" if name else "the name of a case"
                self.faults.append(Fault(str(path), number, case, name, what, rule="cells"))
            self.cases[name], self.lines[name] = row, number

    def _missing(self, wanted: dict[str, str], names: Sequence[str]) -> list[Fault]:
        return [
            Fault(
                self.plan.file, 0, place, name, f"a column of {self.plan.data}: {', '.join(names)}",
                did_you_mean(name, names).removeprefix("; "), "cells",
            )
            for place, name in wanted.items()
            if name not in names
        ]  # fmt: skip

    def values(self, each: CalibratedSet, names: Sequence[str]) -> Iterator[tuple[str, float]]:
        """Yield the number of each of the cases that the table has."""
        for name in names:
            if name not in self.cases:
                continue
            text = self.cases[name][each.of].strip()
            try:
                value = float(text)
            except ValueError:
                value = float("nan")
            if not isfinite(value):
                hint = "write 0.5, not 0,5" if "," in text else "leave out the case or the set"
                line = self.lines[name]
                self.faults.append(
                    Fault(self.plan.data, line, each.of, text, "a number", hint, "cells")
                )
            yield name, value

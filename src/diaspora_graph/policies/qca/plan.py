"""The plan of an analysis: cases, outcome, conditions and anchors, from a TOML file.

outcome = "WIN"                   # "~WIN": its absence
as_of = "2019/2024"               # when the codings hold; not needed without items
cases = ["armenia", "israel"]     # states; with data: which of its rows, default all
data = "cases.csv"                # a table of your own, next to the file
case = "country"                  # its column with the names of the cases, default the first
n_cut = 1                         # defaults of the three cuts
consistency_cut = 0.8
pri_cut = 0.0

[sets.LOBBY]                      # an item of the codebook ...
item = "F1"
at_least = 1                      # crisp: a member from this value on (at_most: up to it)
reason = "..."                    # never empty
expect = "present"                # for the intermediate solution; or "absent"
not_found = 0                     # which value stands for not_found; several: [0, 1]

[sets.RICH]                       # ... or a column
column = "gdp"
full_out = 400                    # fuzzy: three anchors
crossover = 550
full_in = 900                     # without any anchor the values are memberships
reason = "..."
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from diaspora_graph.errors import Fault, FileError, ParameterError, did_you_mean, fault_report
from diaspora_graph.policies.qca.calibration import CalibratedSet, in_order
from diaspora_graph.policies.qca.minimise import MOST_CONDITIONS

_TEXTS = ("outcome", "as_of", "data", "case")
_CUTS: Mapping[str, float] = {"n_cut": 1, "consistency_cut": 0.8, "pri_cut": 0.0}
_TOP = (*_TEXTS, "cases", *_CUTS, "sets")
_FUZZY = ("full_out", "crossover", "full_in")
_CRISP = ("at_least", "at_most")
_SET = ("item", "column", *_CRISP, *_FUZZY, "reason", "expect", "as_of", "not_found")
_NAME = re.compile("[A-Z][A-Z0-9]*")
_EXPECTED = {"present": True, "absent": False, "": None}


@dataclass(frozen=True, slots=True)
class QcaPlan:
    """What a researcher decides before an analysis: cases, sets with anchors and reasons, cuts.

    ``outcome`` is the name of a set; with ``absent`` its absence is explained. All other sets are
    conditions, in the order of the file. ``data`` is the path of a table, ``case`` its column
    with the names of the cases, empty for the first one; ``file`` is where the plan was read.

    >>> from diaspora_graph import CalibratedSet
    >>> plan = QcaPlan("Y", (CalibratedSet("A", "a", (1,), ""), CalibratedSet("Y", "y", (1,), "")))
    >>> plan.conditions
    ('A',)
    """

    outcome: str
    sets: tuple[CalibratedSet, ...]
    absent: bool = False
    cases: tuple[str, ...] = ()
    as_of: str = ""
    data: str = ""
    case: str = ""
    n_cut: int = 1
    consistency_cut: float = 0.8
    pri_cut: float = 0.0
    file: str = "plan"

    def __post_init__(self) -> None:
        """Refuse an outcome that is no set, and two sets of one name."""
        names = [each.name for each in self.sets]
        if self.outcome not in names or len(set(names)) < len(names) or len(names) < 2:
            raise ParameterError(
                f"outcome {self.outcome!r} and sets {', '.join(names)}: expected two sets or more, "
                "each name once, the outcome among them"
            )

    @property
    def conditions(self) -> tuple[str, ...]:
        """The names of all sets but the outcome."""
        return tuple(each.name for each in self.sets if each.name != self.outcome)

    @property
    def explained(self) -> str:
        """The outcome as the solutions name it, with ``~`` for its absence."""
        return f"~{self.outcome}" if self.absent else self.outcome


def read_plan(file: str | Path) -> QcaPlan:
    """Return the plan in a TOML file. ``docs/qca.md`` describes what it may hold.

    Raises `FileError` for a file that cannot be read or is not TOML, and `ParameterError` with
    every fault of the plan: unknown or missing keys, anchors out of order, sets without a reason.
    """
    path = Path(file)
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileError(path, f"is not TOML in UTF-8: {error}") from error
    return _Reader(str(path)).plan(told)


def refuse(faults: list[Fault]) -> None:
    """Raise all faults as one `ParameterError`, if there are any."""
    if faults:
        raise ParameterError(fault_report(faults, shown=None))


class _Reader:
    """Reads a plan and keeps every fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, place: str, said: object, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(self.file, 0, place, str(said), expected, hint, "plan"))

    def plan(self, told: Mapping[str, Any]) -> QcaPlan:
        self._unknown("", told, _TOP)
        texts = {key: self._text(key, told) for key in _TEXTS}
        cuts = {key: self._cut(key, told) for key in _CUTS}
        sets = told.get("sets", {})
        if not isinstance(sets, dict) or len(sets) < 2:
            self.fault("sets", "", "at least two tables such as [sets.RICH]")
            sets = {}
        found = tuple(self._set(name, each) for name, each in sets.items())
        outcome = texts["outcome"].removeprefix("~")
        if sets and outcome not in sets:
            hint = did_you_mean(outcome, sets).removeprefix("; ")
            self.fault("outcome", texts["outcome"], f"one of {', '.join(sets)}", hint)
        if len(found) > MOST_CONDITIONS + 1:
            self.fault("sets", len(found), f"an outcome and at most {MOST_CONDITIONS} conditions")
        cases = self._cases(told)
        self._together(found, texts, cases)
        refuse(self.faults)
        return QcaPlan(
            outcome, found, texts["outcome"].startswith("~"), cases,
            texts["as_of"], self._beside(texts["data"]), texts["case"],
            int(cuts["n_cut"]), cuts["consistency_cut"], cuts["pri_cut"], self.file,
        )  # fmt: skip

    def _together(
        self, sets: tuple[CalibratedSet, ...], texts: Mapping[str, str], cases: tuple[str, ...]
    ) -> None:
        items = [each for each in sets if each.is_item]
        if len(items) < len(sets) and not texts["data"]:
            self.fault("data", "", "a CSV file: a set is made of a column")
        if items and not cases and not texts["data"]:
            self.fault("cases", "", "the names of states: sets are made of items of the codebook")

    def _beside(self, data: str) -> str:
        return str(Path(self.file).parent / data) if data else ""

    def _set(self, name: str, told: Any) -> CalibratedSet:
        place = f"sets.{name}"
        if not _NAME.fullmatch(name):
            self.fault(place, name, "capital letters and digits of ASCII, a letter first",
                       "R's QCA wants such names")  # fmt: skip
        if not isinstance(told, dict):
            self.fault(place, told, f"a table [{place}]")
            told = {}
        self._unknown(f"{place}.", told, _SET)
        of = [key for key in ("item", "column") if key in told]
        if len(of) != 1:
            self.fault(place, ", ".join(of), "either item or column")
        if not self._text("reason", told, f"{place}."):
            self.fault(f"{place}.reason", "", "why the anchors are where they are")
        expected = self._text("expect", told, f"{place}.")
        if expected not in _EXPECTED:
            self.fault(f"{place}.expect", expected, "present or absent")
        return CalibratedSet(
            name,
            self._text(of[0], told, f"{place}.") if of else "",
            self._anchors(place, told),
            self._text("reason", told, f"{place}.", again=True),
            "item" in told,
            "at_most" in told,
            _EXPECTED.get(expected),
            self._text("as_of", told, f"{place}."),
            tuple(self._numbers(f"{place}.not_found", told.get("not_found", []))),
        )

    def _anchors(self, place: str, told: Mapping[str, Any]) -> tuple[float, ...]:
        given = [key for key in (*_CRISP, *_FUZZY) if key in told]
        values = [value for key in given for value in self._numbers(f"{place}.{key}", [told[key]])]
        if not given or len(values) < len(given):
            return ()
        if len(given) == 1 and given[0] in _CRISP:
            return (values[0],)
        if tuple(given) != _FUZZY:
            self.fault(place, ", ".join(given), "one of at_least and at_most (crisp), or all of "
                       "full_out, crossover and full_in (fuzzy)")  # fmt: skip
            return ()
        out, cross, full = values
        if not in_order((out, cross, full)):
            self.fault(place, f"{out:g}, {cross:g}, {full:g}", "full_out, crossover and full_in "
                       "in order, rising or falling, no two alike")  # fmt: skip
            return ()
        return (out, cross, full)

    def _cases(self, told: Mapping[str, Any]) -> tuple[str, ...]:
        cases = told.get("cases", [])
        if not isinstance(cases, list) or not all(isinstance(each, str) for each in cases):
            self.fault("cases", cases, "a list of names in quotation marks")
            return ()
        for name in sorted({each for each in cases if cases.count(each) > 1}):
            self.fault("cases", name, "each case once")
        return tuple(cases)

    def _cut(self, key: str, told: Mapping[str, Any]) -> float:
        value = told.get(key, _CUTS[key])
        if key == "n_cut":
            right = isinstance(value, int) and not isinstance(value, bool) and value >= 1
        else:
            right = _is_number(value) and 0 <= value <= 1
        if not right:
            self.fault(key, value, "a whole number from 1" if key == "n_cut" else "0 to 1")
        return value if right else _CUTS[key]

    def _numbers(self, place: str, told: Any) -> Iterator[float]:
        for value in told if isinstance(told, list) else [told]:
            if _is_number(value):
                yield float(value)
            else:
                self.fault(place, value, "a number without quotation marks")

    def _text(
        self, key: str, told: Mapping[str, Any], place: str = "", *, again: bool = False
    ) -> str:
        value = told.get(key, "")
        if isinstance(value, str):
            return value.strip()
        if key == "as_of" and isinstance(value, int):
            return str(value)
        if not again:
            self.fault(f"{place}{key}", value, "text in quotation marks")
        return ""

    def _unknown(self, place: str, told: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in told:
            if key not in known:
                hint = did_you_mean(key, known).removeprefix("; ")
                self.fault(f"{place}{key}", key, f"one of {', '.join(known)}", hint)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)

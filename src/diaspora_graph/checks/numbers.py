"""Rules on values: kind and unit of the measure, scale of the item, shares that recompute."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

import numpy as np

from diaspora_graph.checks.cells import number_hint
from diaspora_graph.checks.found import Case, Hint
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.dates import (
    BackwardError,
    DateError,
    days_said,
    is_backward,
    parse_validity,
)
from diaspora_graph.errors import did_you_mean

LONGEST_TEXT = 40

_RULE = "values"
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SHARES = {"percent": 100, "ratio": 1}


def check_numbers(case: Case) -> None:
    """Report values that their measure or item cannot have, and shares that do not recompute."""
    if len(case.tables["observation"]):
        _values(case)
        _backwards(case)
        _units(case)
        _definitions(case)
        _spans(case)
        _bases(case)
        _shares(case)
    if len(case.tables["coding"]):
        _scales(case)
        _accepted(case)


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    try:
        days_said(text)  # whether an interval runs backwards, `_backwards` asks
    except DateError:
        return False
    return True


def _backwards(case: Case) -> None:
    """An interval that runs backwards needs a flag or a status that excuses it."""
    table = case.tables["observation"]
    value = table["value"]
    dated = _measured(case, _of_type(case, "date")) & value.where(is_backward)[value.codes]
    rows = case.unexcused(table, np.flatnonzero(dated).tolist())
    error = BackwardError()
    case.tell("dates", table, rows, "value", error.reason, error.hint)


def _date_hint(text: str) -> str:
    try:
        parse_validity(text)
    except DateError as error:
        return error.hint
    return ""


def _measured(case: Case, names: Iterable[str]) -> Mask:
    """Return which observations have one of these measures."""
    measure = case.tables["observation"]["measure"]
    return measure.where(set(names).__contains__)[measure.codes]


def _values(case: Case) -> None:
    """A value has the type of its measure (valueType)."""
    table, levels = case.tables["observation"], case.schema.words("level")

    def level_hint(text: str) -> str:
        return did_you_mean(text, levels)

    sound: dict[str, tuple[Callable[[str], bool], str, Hint]] = {
        "number": (_is_number, "a number in full such as 1146400", number_hint),
        "date": (_is_date, "an EDTF date such as 1997 or 2018-12-10", _date_hint),
        "level": (set(levels).__contains__, f"one of {', '.join(levels)}", level_hint),
        "text": (lambda text: len(text) <= LONGEST_TEXT, f"at most {LONGEST_TEXT} characters", ""),
    }
    value = table["value"]
    for kind, (judge, expected, hint) in sound.items():
        of_kind = _measured(case, _of_type(case, kind))
        if of_kind.any():
            wrong = ~value.where(judge)[value.codes] & value.filled()
            rows = np.flatnonzero(of_kind & wrong).tolist()
            case.tell(_RULE, table, rows, "value", expected, hint)


def _of_type(case: Case, kind: str) -> list[str]:
    return [name for name, term in case.schema.measures.items() if term.value_type == kind]


def _units(case: Case) -> None:
    """The unit is one that the measure may have."""
    table = case.tables["observation"]
    measure, unit = table["measure"], table["unit"]
    pairs = measure.codes.astype(np.int64) * len(unit.texts) + unit.codes
    for pair in np.unique(pairs).tolist():
        name, word = (
            measure.listed()[pair // len(unit.texts)],
            unit.listed()[pair % len(unit.texts)],
        )
        term = case.schema.measures.get(name)
        if term and word in case.schema.vocabularies["unit"] and word not in term.units:
            expected = f"a unit of {name}: {', '.join(sorted(term.units))}"
            rows = np.flatnonzero(pairs == pair).tolist()
            case.tell("units", table, rows, "unit", expected)


def _definitions(case: Case) -> None:
    """A number that can be counted in several ways has a definition of what was counted."""
    table, measures = case.tables["observation"], case.schema.measures
    needs = _measured(case, (name for name, term in measures.items() if term.needs_definition))
    bare = np.flatnonzero(needs & ~table["definition"].filled()).tolist()
    expected = f"what was counted: {', '.join(case.schema.words('definition'))}"
    case.tell("definitions", table, bare, "definition", expected)


def _spans(case: Case) -> None:
    """A range has two numbers and runs from the lower to the higher."""
    table, measures = case.tables["observation"], case.schema.measures
    for row in np.flatnonzero(table["value_high"].filled()).tolist():
        low, high = table["value"][row], table["value_high"][row]
        measure = measures.get(table["measure"][row])
        if measure and measure.value_type != "number":
            expected = f"an empty cell: {measure.name} is no number"
            case.tell(_RULE, table, [row], "value_high", expected)
        elif _is_number(low) and _is_number(high) and Decimal(high) <= Decimal(low):
            case.tell(_RULE, table, [row], "value_high", f"more than {low}")


def _bases(case: Case) -> None:
    """A base is an observation or a measure."""
    table = case.tables["observation"]
    base = table["base"]
    if not base.filled().any() or not case.sees("observation", "id"):
        return
    known = {*table["id"].all(), *case.schema.measures}
    wrong = base.where(lambda text: bool(text) and text not in known and text not in case.lost)

    def near(text: str) -> str:
        return did_you_mean(text, sorted(known)[:2000])

    expected = "the id of an observation or a measure"
    rows = base.rows(wrong).tolist()
    case.tell("unknown references", table, rows, "base", expected, near)


def _shares(case: Case) -> None:
    """A share of an observation recomputes, or is flagged or corrected."""
    table = case.tables["observation"]
    based = np.flatnonzero(table["base"].filled()).tolist()
    if not based:
        return
    place = {id: row for row, id in enumerate(table["id"].all())}
    shares = _Shares(case)
    excused = _excused(case)
    for row in based:
        whole = place.get(table["base"][row])
        if whole is not None and table["unit"][row] in _SHARES:
            shares.judge(row, whole, excused)


def _excused(case: Case) -> frozenset[str]:
    """Return ids of rows that are flagged or corrected: entered as printed, with a doubt."""
    flags = case.tables["flag"]
    found = {id for cell in flags["target"].all() for id in cell.split(SEPARATOR)}
    table = case.tables["observation"]
    doubted = table["status"].where({"corrected", "disputed"}.__contains__)
    return case.lost | found | {table["id"][row] for row in table["status"].rows(doubted).tolist()}


class _Shares:
    """Finds the part of a share: the same subject, measure and category, in the base's unit."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.table = case.tables["observation"]
        self.parts: dict[tuple[str, ...], list[int]] = {}
        affirms = {"", case.schema.default("polarity")}
        for row in range(len(self.table)):
            status = self.table["status"][row]
            if self.table["polarity"][row] in affirms and status != "deprecated":
                self.parts.setdefault(self._key(row), []).append(row)

    def _key(self, row: int) -> tuple[str, ...]:
        names = ("subject", "measure", "category", "partner")
        return tuple(self.table[name][row] for name in names)

    def judge(self, row: int, whole: int, excused: frozenset[str]) -> None:
        """Report a share that does not match its base, warn of one that cannot be recomputed."""
        table = self.table
        total = table["value"][whole]
        if not (_is_number(table["value"][row]) and _is_number(total)) or not Decimal(total):
            return
        parts = self._parts(row, whole)
        if not parts:
            if not self._may_be_lost(row):
                expected = "next to the base, an observation of the part in the base's unit"
                hint = "this share cannot be recomputed"
                self.case.warn("shares", table, [row], "base", expected, hint)
            return
        factor = _SHARES[table["unit"][row]]
        computed = [Decimal(part) / Decimal(total) * factor for part in parts]
        if table["id"][row] in excused or any(self._agrees(row, each) for each in computed):
            return
        sum_ = f"{parts[0]} / {total} = {computed[0]:.4g}"
        hint = f"{sum_}; flag the row if the source prints it so"
        self.case.tell(
            "shares", table, [row], "value", "the share that follows from its base", hint
        )

    def _parts(self, row: int, whole: int) -> list[str]:
        """Return the values that a row may be a share of."""
        table = self.table
        return [
            table["value"][part]
            for part in self.parts.get(self._key(row), ())
            if part not in {row, whole}
            and table["unit"][part] == table["unit"][whole]
            and _is_number(table["value"][part])
        ]

    def _may_be_lost(self, row: int) -> bool:
        return (
            not self.case.sees("observation", "id") or self.table["subject"][row] in self.case.lost
        )

    def _agrees(self, row: int, computed: Decimal) -> bool:
        """Return whether a printed share is the computed one, rounded or cut to its own digits."""
        low = Decimal(self.table["value"][row])
        high = self.table["value_high"][row]
        most = Decimal(high) if _is_number(high) else low
        bound = self.table["bound"][row]
        if bound not in {"under", "up_to"} and computed <= low - _step(low):
            return False
        return bound in {"over", "at_least"} or computed < most + _step(most)


def _step(printed: Decimal) -> Decimal:
    """Return one unit of the last digit that a number was printed with."""
    exponent = printed.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


def _scales(case: Case) -> None:
    """The value of a coding is on its item's scale, or a word for why there is none."""
    table, items = case.tables["coding"], case.schema.items
    words = case.schema.words("coding_value")
    for row in range(len(table)):
        item, value = items.get(table["item"][row]), table["value"][row]
        if item and value and value not in {*item.scale, *words}:
            case.tell(_RULE, table, [row], "value", f"one of {', '.join((*item.scale, *words))}")


def _accepted(case: Case) -> None:
    """A subject has one accepted coding for an item and a time."""
    table = case.tables["coding"]
    accepted = {"", case.schema.default("coding_status")}
    seen: dict[tuple[str, ...], int] = {}
    for row in range(len(table)):
        key = tuple(table[name][row] for name in ("subject", "item", "valid"))
        if not all(key[:2]) or table["status"][row] not in accepted:
            continue
        first = seen.setdefault(key, row)
        if first != row:
            hint = f"{table['id'][first]} is accepted too; mark one as alternative"
            expected = "one accepted coding of an item in a time"
            case.tell("codings", table, [row], "status", expected, hint)

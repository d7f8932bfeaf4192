"""One policy for numbers on which sources disagree, for every table and figure.

Sources give different numbers for the same thing. A policy says which of them a cell shows: all,
the range, the median, those of the best class of source, or those of one source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import cast

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.names import resolve
from diaspora_graph.dataset.records import SEPARATOR, Observation
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.wording.sentences import grouped

POLICIES = ("all", "range", "median", "best-source")
"""The policies that need no more than their name; `source=ID` names a source."""

_SOURCE = "source="


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value that a source gives, with what a policy must know of the source.

    ``value`` and ``high`` (the upper end of a range) are as entered. ``rank`` is the position of
    the class of the source in the ontology, the least authoritative at 0, and -1 without a class.
    ``origin`` is whom the source credits first, else the source itself.

    >>> from diaspora_graph import Figure
    >>> Figure(claim="ob-a", value="5500000", unit="persons").rank
    -1
    """

    claim: str
    value: str
    high: str = ""
    unit: str = ""
    source: str = ""
    origin: str = ""
    rank: int = -1


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What a policy makes of several values: ``values`` as text, and the claims they rest on.

    A range is two values in ``values``, the lowest and the highest. ``policy`` is the one that was
    used: values that are not numbers have no range and no median, so all are given. ``total`` is
    the number of values that were there.

    >>> from diaspora_graph import Figure, reconciled
    >>> reconciled([Figure(claim="a", value="10"), Figure(claim="b", value="20")], "median").text()
    '15'
    """

    policy: str
    values: tuple[str, ...]
    claims: tuple[str, ...]
    total: int

    def bounds(self) -> tuple[str, str]:
        """Return the lowest and the highest of the values as numbers, nothing for other values.

        >>> Reconciled("all", ("10–12", "11"), ("a", "b"), 2).bounds()
        ('10', '12')
        """
        ends = [number(part) for value in self.values for part in value.split("–")]
        known = [each for each in ends if each is not None]
        if not known or len(known) < len(ends):
            return "", ""
        return _plain(min(known)), _plain(max(known))

    def text(self) -> str:
        """Return the values for a cell, thousands separated: ``1,000–1,200`` or ``10; 20``."""
        joint = "–" if self.policy == "range" else "; "
        return joint.join(_shown(value) for value in self.values)


def reconciled(values: Iterable[Figure], policy: str = "all") -> Reconciled:
    """Return what a policy makes of the values that sources give for one thing at one time.

    ``all``: each distinct value, the smallest first. ``range``: the lowest and the highest.
    ``median``: the middle one, the mean of the two in the middle if their number is even; a range
    counts with its middle, and the same value from the same origin counts once. ``best-source``:
    the values of the sources of the highest class, as `dg:source_class` in the ontology orders
    them. ``source=ID``: those of one source, none if it gives none.

    Raises `UnknownNameError` for another policy, with the nearest ones, and `ParameterError` for
    values in different units.

    >>> from diaspora_graph import Figure
    >>> said = [Figure(claim="a", value="7000000", rank=1), Figure(claim="b", value="5", rank=4)]
    >>> reconciled(said, "range").text(), reconciled(said, "best-source").claims
    ('5–7,000,000', ('b',))
    """
    figures = list(values)
    used, source = _policy(policy)
    units = sorted({each.unit for each in figures})
    if len(units) > 1:
        raise ParameterError(
            f"values in {' and '.join(units)} cannot be reconciled: give those of one unit"
        )
    kept = figures
    if source:
        kept = [each for each in figures if each.source == source]
    elif used == "best-source":
        best = max((each.rank for each in figures), default=-1)
        kept = [each for each in figures if each.rank == best]
    if used in {"range", "median"} and not all(map(_is_number, kept)):
        used = "all"
    made = {"range": _range, "median": _median}.get(used, _all)(kept)
    return Reconciled(used, made, tuple(each.claim for each in kept), len(figures))


def checked_policy(data: Dataset, policy: str) -> str:
    """Return a policy with the id of its source. Raises `UnknownNameError`.

    The source after ``source=`` may be named by its id or its title.

    >>> from diaspora_graph import load_dataset
    >>> checked_policy(load_dataset(), "source=nurbek2025")
    'source=nurbek2025'
    """
    used, source = _policy(policy)
    if not source:
        return used
    id = source if data.tables["source"]["id"].code(source) >= 0 else resolve(data, source)
    data.row("source", id)
    return f"{_SOURCE}{id}"


def figures_of(data: Dataset, rows: Iterable[Observation]) -> list[Figure]:
    """Return observations as values to reconcile.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> figures_of(data, [data.observation("ob-armenian-diaspora-sheffer")])[0].value
    '5500000'
    """
    classes = data.schema.words("source_class")
    found = []
    for row in rows:
        word = data.source(row.source).source_class
        found.append(
            Figure(
                claim=row.id,
                value=row.value,
                high=row.value_high,
                unit=row.unit,
                source=row.source,
                origin=row.cited.split(SEPARATOR)[0] or row.source,
                rank=classes.index(word) if word in classes else -1,
            )
        )
    return found


def number(text: str) -> Decimal | None:
    """Return a value as a number, None if it is none.

    >>> number("1.50"), number("rising")
    (Decimal('1.50'), None)
    """
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _policy(text: str) -> tuple[str, str]:
    """Return a policy, and the source that it names, if it names one."""
    name, given, source = text.partition("=")
    if f"{name}{given}" == _SOURCE:
        if not source:
            raise ParameterError("source= names no source: write source=ID")
        return text, source
    if text not in POLICIES:
        raise UnknownNameError("policy for numbers", text, (*POLICIES, f"{_SOURCE}ID"))
    return text, ""


def _is_number(figure: Figure) -> bool:
    return figure.unit != "date" and number(figure.value) is not None


def _low(figure: Figure) -> Decimal:
    return cast("Decimal", number(figure.value))


def _high(figure: Figure) -> Decimal:
    high = number(figure.high)
    return _low(figure) if high is None else high


def _all(figures: Sequence[Figure]) -> tuple[str, ...]:
    """Return the distinct values in order: numbers by size, then texts."""

    def place(figure: Figure) -> tuple[bool, Decimal, str]:
        numeric = _is_number(figure)
        return not numeric, _low(figure) if numeric else Decimal(0), figure.value

    ordered = sorted(figures, key=place)
    return tuple(dict.fromkeys("–".join(filter(None, (f.value, f.high))) for f in ordered))


def _range(figures: Sequence[Figure]) -> tuple[str, ...]:
    ends = [*map(_low, figures), *map(_high, figures)]
    return tuple(dict.fromkeys(map(_plain, (min(ends), max(ends))))) if ends else ()


def _median(figures: Sequence[Figure]) -> tuple[str, ...]:
    from statistics import median

    middles = {(each.origin or each.claim, (_low(each) + _high(each)) / 2) for each in figures}
    return (_plain(median(middle for _, middle in middles)),) if middles else ()


def _plain(value: Decimal) -> str:
    """Return a number without exponent and without zeros behind the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shown(value: str) -> str:
    return "–".join(map(grouped, value.split("–")))

"""Calibration: raw values → degrees of membership in a set, by anchors that a researcher gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from diaspora_graph.errors import ParameterError
from diaspora_graph.wording.words import say

Floats = npt.NDArray[np.float64]
Kind = Literal["crisp", "fuzzy", "given"]

FULL = 0.95
"""The membership at the anchor of full membership; at that of full non-membership 1 less it."""

HALF = 1e-9
"""A membership as near as this to 0.5 is neither in the set nor out of it."""


@dataclass(frozen=True, slots=True)
class CalibratedSet:
    """A set of cases: the raw values it is made of, its anchors, and the reason for them.

    ``of`` is the name of an item of the codebook (``is_item``) or of a column. ``anchors``:
    for a crisp set one value, from which on (or, with ``at_most``, up to which) a case is a
    member; for a fuzzy set full non-membership, crossover, full membership; none where the raw
    values are memberships. ``expected``: whether theory expects the outcome where the set is
    present (True) or absent (False). ``as_of`` is the time of the codings, ``not_found`` the values
    that a coding `not_found` may stand for.

    >>> CalibratedSet("RICH", "gdp", (400, 550, 900), reason="...").kind
    'fuzzy'
    """

    name: str
    of: str
    anchors: tuple[float, ...]
    reason: str
    is_item: bool = False
    at_most: bool = False
    expected: bool | None = None
    as_of: str = ""
    not_found: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse anchors of a wrong number or out of order."""
        if not in_order(self.anchors):
            raise ParameterError(
                f"anchors {self.anchors} of {self.name}: expected none, one, or full_out, "
                "crossover and full_in in order, rising or falling"
            )

    @property
    def kind(self) -> Kind:
        """Whether the set is crisp or fuzzy, or its memberships are given."""
        if not self.anchors:
            return "given"
        return "crisp" if len(self.anchors) == 1 else "fuzzy"

    def rule(self, language: str = "en") -> str:
        """Return the rule of calibration in words.

        >>> CalibratedSet("STABLE", "cabinets", (9,), reason="...", at_most=True).rule()
        'member: at most 9'
        """
        if self.kind == "given":
            return say("qca given", language)
        anchors = [f"{anchor:g}" for anchor in self.anchors]
        if self.kind == "crisp":
            return say(
                "qca at most" if self.at_most else "qca at least", language, value=anchors[0]
            )
        return say("qca fuzzy", language, out=anchors[0], cross=anchors[1], full=anchors[2])

    def members(self, raw: Floats) -> Floats:
        """Return the degrees of membership of raw values, 0 to 1."""
        if self.kind == "given":
            return raw
        if self.kind == "crisp":
            inside = raw <= self.anchors[0] if self.at_most else raw >= self.anchors[0]
            return inside.astype(np.float64)
        return fuzzy(raw, self.anchors)


def in_order(anchors: tuple[float, ...]) -> bool:
    """Return whether anchors are none, one, or three that rise or fall.

    >>> in_order((1, 2, 3)), in_order((3, 2, 1)), in_order((1, 3, 2))
    (True, True, False)
    """
    if len(anchors) != 3:
        return len(anchors) < 2
    out, cross, full = anchors
    return out < cross < full or out > cross > full


def fuzzy(raw: Floats, anchors: tuple[float, ...]) -> Floats:
    """Return memberships by the direct method (Ragin 2008, ch. 5).

    The distance from the crossover is turned into log odds, so that they are ``log(0.95 / 0.05)``,
    2.944, at full membership and the negative of it at full non-membership. (R's QCA has the same
    default; Ragin's printed tables round it to 3.) The anchors may rise or fall.

    >>> fuzzy(np.array([400.0, 550.0, 900.0]), (400, 550, 900)).round(2).tolist()
    [0.05, 0.5, 0.95]
    """
    out, cross, full = anchors
    distance = (raw - cross) * np.sign(full - cross)
    span = np.where(distance < 0, abs(cross - out), abs(full - cross))
    odds = np.log(FULL / (1 - FULL)) * distance / span
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -700, 700))), np.float64)

"""The codes of countries in ISO 3166, and the codes that a wrong text may mean.

`countries.csv` holds the codes of ISO 3166-1, those that ISO 3166-3 lists as former ones, and
``XKX``, which is in use for Kosovo.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path


@cache
def countries() -> Mapping[str, Mapping[str, str]]:
    """Return the rows of the table by the code of three letters.

    >>> countries()["KAZ"]["iso2"], countries()["SUN"]["standing"]
    ('KZ', 'former')
    """
    table = Path(__file__).with_name("countries.csv")
    with table.open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row for row in csv.DictReader(file)}


def is_code(text: str) -> bool:
    """Return whether a text is a code of three letters, or one that ISO leaves to users.

    >>> is_code("KAZ"), is_code("SUN"), is_code("KZA"), is_code("XAB")
    (True, True, False, True)
    """
    return text in countries() or _is_left_to_users(text)


def _is_left_to_users(text: str) -> bool:
    return any(
        low <= text <= high for low, high in (("AAA", "AAZ"), ("QMA", "QZZ"), ("XAA", "XZZ"))
    )


def codes_meant(text: str) -> tuple[str, ...]:
    """Return the codes that a text may mean, the nearest first.

    That is the code of three letters for one of two, for a number or for small letters; else codes
    of the same letters in another order, else those that differ in the last letter or in one.

    >>> codes_meant("KZA"), codes_meant("kz"), codes_meant("398")
    (('KAZ',), ('KAZ',), ('KAZ',))
    """
    asked = text.strip().upper()
    if is_code(asked):
        return (asked,)
    known = countries()
    other = [code for code, row in known.items() if asked and asked in (row["iso2"], row["number"])]
    if other or len(asked) != 3:
        return tuple(other)
    current = [code for code, row in known.items() if not row["standing"]]
    turned = [code for code in current if sorted(code) == sorted(asked)]
    if turned:
        return tuple(sorted(turned, key=lambda code: (code[0] != asked[0], code)))[:3]
    near = [code for code in current if sum(map(str.__ne__, code, asked)) == 1]
    return tuple(sorted(near, key=lambda code: (code[0] != asked[0], code[1] != asked[1], code)))[
        :3
    ]

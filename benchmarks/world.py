"""What made-up rows may name, and how their cells are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from diaspora_graph.ontology.load import load_schema
from diaspora_graph.ontology.schema import Schema

PREFIX = "made"
STATES = 200

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Columns = Mapping[str, Sequence[str]]

ENGLISH = [
    "council",
    "office",
    "programme",
    "congress",
    "letter",
    "report",
    "meeting",
    "fund",
    "visit",
    "budget",
    "quota",
    "school",
    "radio",
    "language",
    "youth",
    "return",
    "visa",
    "passport",
    "vote",
    "bill",
    "committee",
    "member",
    "speaker",
    "embassy",
    "consul",
    "festival",
    "grant",
    "partner",
    "region",
    "border",
    "trade",
    "harvest",
    "archive",
    "museum",
    "paper",
    "survey",
    "answer",
    "question",
    "measure",
    "first",
    "second",
    "later",
    "earlier",
    "public",
    "open",
    "joint",
    "annual",
    "regional",
    "cultural",
    "economic",
    "legal",
    "against",
    "before",
    "after",
    "within",
    "without",
    "toward",
    "between",
    "among",
]
KAZAKH = [
    "қоғам",
    "кеңес",
    "отандас",
    "тіл",
    "мәдениет",
    "бағдарлама",
    "ұйым",
    "шекара",
    "қор",
    "жастар",
    "мектеп",
    "өкіл",
]
RUSSIAN = [
    "совет",
    "община",
    "язык",
    "культура",
    "программа",
    "фонд",
    "молодёжь",
    "школа",
    "граница",
    "представитель",
]


@dataclass(frozen=True)
class World:
    """The things that rows may name: entities first, then sources, each with its class."""

    schema: Schema
    random: np.random.Generator
    ids: list[str]
    types: npt.NDArray[np.int64]
    entities: int

    def classes(self, names: Sequence[str]) -> Mask:
        """Return which classes are one of these or below one; ``Entity`` is any."""
        schema = self.schema
        return np.array(
            ["Entity" in names or schema.descends(each, names) for each in schema.types]
        )

    def pool(self, names: Sequence[str]) -> Numbers:
        """Return the things of these classes."""
        return np.flatnonzero(self.classes(names)[self.types])

    def pick(self, pool: Numbers, count: int) -> Numbers:
        """Draw things with a heavy tail: the first of a pool are drawn far more often."""
        return pool[(len(pool) * self.random.random(count) ** 3).astype(np.int64)]

    def named(self, things: Numbers) -> list[str]:
        """Return the ids of things."""
        return [self.ids[each] for each in things.tolist()]

    def lists(self, pool: Numbers, count: int, second: float = 0.2) -> list[str]:
        """Draw cells of one or two different things."""
        one, two = self.pick(pool, count), self.pick(pool, count)
        both = (self.random.random(count) < second) & (one != two)
        cells = zip(self.named(one), self.named(two), both.tolist(), strict=True)
        return [f"{a}|{b}" if c else a for a, b, c in cells]

    def words(self, vocabulary: str, count: int) -> list[str]:
        """Draw words of a vocabulary."""
        return drawn_from(self.random, self.schema.words(vocabulary), count)


def drawn_from(random: np.random.Generator, among: Sequence[str], count: int) -> list[str]:
    """Draw texts, each as likely as any."""
    return [among[each] for each in random.integers(0, len(among), count).tolist()]


def make_world(entities: int, sources: int, random: np.random.Generator) -> World:
    """Draw the classes of things: each class at least once, at most 200 states."""
    schema = load_schema()
    code = {name: position for position, name in enumerate(schema.types)}
    drawn = []
    for kind, count in (("entity", entities), ("source", sources)):
        names = [
            name for name, each in schema.classes.items() if (each.recorded_as or "entity") == kind
        ]
        weights = np.array(
            [0.0 if name == "State" else 1 / (2 + rank) for rank, name in enumerate(names)]
        )
        first = np.array([code[name] for name in names])
        states = np.full(min(STATES, count // 10) if "State" in names else 0, code["State"])
        rest = random.choice(
            first, max(count - len(first) - len(states), 0), p=weights / weights.sum()
        )
        drawn.append(np.concatenate([first, states, rest])[: max(count, len(first))])
    types = np.concatenate(drawn)
    slugs = [name.lower() for name in schema.types]
    ids = [f"{PREFIX}:{slugs[each]}-{number}" for number, each in enumerate(types.tolist())]
    return World(schema, random, ids, types, len(drawn[0]))


# --- Text -----------------------------------------------------------------------------------------


def sentences(
    random: np.random.Generator, among: Sequence[str], most: int, count: int
) -> list[str]:
    """Draw texts of 4 to ``most`` words; a third have a comma, some a quotation mark."""
    drawn = random.integers(0, len(among), (count, most)).tolist()
    lengths = random.integers(4, most + 1, count).tolist()
    marks = random.random(count).tolist()
    found = []
    for words, length, mark in zip(drawn, lengths, marks, strict=True):
        text = [among[word] for word in words[:length]]
        if mark < 0.3:
            text[1] += ","
        elif mark < 0.35:
            text[2] = f'"{text[2]}"'
        found.append(" ".join(text))
    return found


def notes(random: np.random.Generator, count: int) -> list[str]:
    """Draw our own remarks in three languages; 2 in 100 have a newline."""
    texts = sentences(random, [*ENGLISH, *ENGLISH, *KAZAKH, *RUSSIAN], 9, count)
    broken = random.random(count) < 0.02
    return [
        text.replace(" ", "\n", 1) if b else text
        for text, b in zip(texts, broken.tolist(), strict=True)
    ]


def places(random: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Draw locators and as many passages; 5 in 100 have two."""
    digits = random.bytes(16 * count).hex()
    numbers = random.integers(1, 900, (count, 3)).tolist()
    forms = ("p. {}", "Results ¶{}", "Table {}, row Қазақстан", "Art. {}")
    locators, passages = [], []
    for row, (a, b, length) in enumerate(numbers):
        first, second = digits[32 * row : 32 * row + 16], digits[32 * row + 16 : 32 * row + 32]
        locator, passage = forms[a % 4].format(a), f"p{first}:{length}"
        two = b < 45
        locators.append(f"{locator}|p. {b}" if two else locator)
        passages.append(f"{passage}|p{second}:{length}" if two else passage)
    return locators, passages


def dates(random: np.random.Generator, count: int) -> list[str]:
    """Draw validities of every form that the format takes; 1 in 5 is an interval of days."""
    drawn = zip(
        random.integers(1900, 2025, count).tolist(),
        random.integers(1, 13, count).tolist(),
        random.integers(1, 29, count).tolist(),
        random.integers(1, 40, count).tolist(),
        random.integers(0, 20, count).tolist(),
        strict=True,
    )
    return [_date(*each) for each in drawn]


def _date(year: int, month: int, day: int, years: int, form: int) -> str:
    y, m, d = f"{year}", f"{year}-{month:02d}", f"{year}-{month:02d}-{day:02d}"
    forms = (
        y, m, d, d, f"{year // 10}X", f"{year // 100}XX", f"{y}-XX", f"{y}~", f"{m}?", f"{d}%",
        f"{y}/{year + years}", f"{m}/{year + years}-{month:02d}", f"{d}/..", f"{y}/", f"../{d}",
        f"/{m}",
        *[f"{d}/{year + years}-{13 - month:02d}-{29 - day:02d}"] * 4,
    )  # fmt: skip
    return forms[form]

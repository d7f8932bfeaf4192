"""Write a made-up dataset of any size in the dataset format.

    python benchmarks/generate.py 1000000 DIR --seed 1

The same number, seed and ontology give the same bytes. What may be joined is asked of the ontology,
so that the folder passes every check; every column is filled, in every row where the format allows
it. Ends are heavy-tailed, 12 in 100 statements repeat the triple of another one (as parallel,
denial or correction), rows stand in no order, cells hold commas, quotes, newlines, three scripts.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

import numpy as np
from statements import claim, make_plan, statement_ids, statements
from world import (
    ENGLISH,
    KAZAKH,
    PREFIX,
    RUSSIAN,
    Columns,
    World,
    drawn_from,
    make_world,
    notes,
    places,
    sentences,
)

from diaspora_graph.countries import countries
from diaspora_graph.dataset.records import FILES, Kind

GROUP = 8
"""Observations come in groups: whole, part, its share, range, level, date, text, sum."""


def write(count: int, folder: Path, seed: int) -> None:
    """Write ``count`` statements, a fifth as many entities, a fiftieth as many sources."""
    random = np.random.default_rng(seed)
    world = make_world(count // 5, max(count // 50, 1), random)
    plan = make_plan(world, count)
    ids = statement_ids(world, plan)
    observed = list(observations(world, max(count // 800, 1)))
    tables: dict[Kind, Iterable[Columns]] = {
        "dataset": [dataset(count, seed)],
        "entity": [entities(world)],
        "alias": [aliases(world, count // 20)],
        "statement": statements(world, plan, ids),
        "observation": observed,
        "coding": [codings(world, ids, count // 200)],
        "source": [sources(world)],
        "flag": [flags(world, [ids[each] for each in plan.flagged.tolist()], observed)],
        "exclusion": [exclusions(world, count // 500)],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for kind, blocks in tables.items():
        with (folder / FILES[kind]).open("w", encoding="utf-8", newline="") as file:
            _write_blocks(file, blocks)


def _write_blocks(file: object, blocks: Iterable[Columns]) -> None:
    writer = csv.writer(file, lineterminator="\n")  # type: ignore[arg-type]
    for number, columns in enumerate(blocks):
        if not number:
            writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def dataset(count: int, seed: int) -> Columns:
    """Return the one row of dataset.csv."""
    return {
        "name": ["made-up"],
        "prefix": [PREFIX],
        "namespace": ["https://example.org/made-up/"],
        "version": [f"{count}.{seed}"],
        "format": ["1"],
        "ontology": ["0.1.0"],
        "licence": ["CC0-1.0"],
        "creator": ["a seeded generator"],
    }


def entities(world: World) -> Columns:
    """Return entities.csv: labels in three languages, two more names, a Wikidata item, a code."""
    random, count = world.random, world.entities
    numbers = list(range(count))
    english = [
        f"{text} {n}" for text, n in zip(sentences(random, ENGLISH, 5, count), numbers, strict=True)
    ]
    kazakh = [
        f"{text} {n}" for text, n in zip(sentences(random, KAZAKH, 5, count), numbers, strict=True)
    ]
    russian = [
        f"{text} {n}" for text, n in zip(sentences(random, RUSSIAN, 5, count), numbers, strict=True)
    ]
    letters = [chr(65 + n // 676 % 26) + chr(65 + n // 26 % 26) + chr(65 + n % 26) for n in numbers]
    states = world.classes(["State"])[world.types[:count]].tolist()
    codes = cycle(countries())
    return {
        "id": world.ids[:count],
        "type": [world.schema.types[each] for each in world.types[:count].tolist()],
        "label_en": english,
        "label_kk": kazakh,
        "label_ru": russian,
        "label_native": kazakh,
        "native_language": ["kk"] * count,
        "aliases": [
            f"{letter}{n}|{text}" for letter, n, text in zip(letters, numbers, russian, strict=True)
        ],
        "wikidata": [f"Q{n + 1}" for n in numbers],
        "iso3": [next(codes) if state else "" for state in states],
        "description": sentences(random, ENGLISH, 14, count),
        "note": notes(random, count),
    }


def aliases(world: World, count: int) -> Columns:
    """Return aliases.csv."""
    of_entities, of_sources = np.arange(world.entities), np.arange(world.entities, len(world.ids))
    return {
        "entity": world.named(world.pick(of_entities, count)),
        "alias": [
            f"{text} {n}" for n, text in enumerate(sentences(world.random, RUSSIAN, 6, count))
        ],
        "language": ["ru"] * count,
        "source": world.named(world.pick(of_sources, count)),
    }


def sources(world: World) -> Columns:
    """Return sources.csv, every bibliographic column filled."""
    random, count = world.random, len(world.ids) - world.entities
    numbers = list(range(count))
    texts = places(random, count)[1]
    return {
        "id": world.ids[world.entities :],
        "type": [world.schema.types[each] for each in world.types[world.entities :].tolist()],
        "author": [f"Author{n % 997}, A.|Office of {n % 89}" for n in numbers],
        "title": [
            f"{text} {n}"
            for text, n in zip(sentences(random, ENGLISH, 10, count), numbers, strict=True)
        ],
        "container": sentences(random, ENGLISH, 5, count),
        "volume": [f"{n % 60}" for n in numbers],
        "issue": [f"{n % 12}" for n in numbers],
        "pages": [f"{n % 300}–{n % 300 + 20}" for n in numbers],
        "number": [f"{n}/{n % 30}" for n in numbers],
        "publisher": sentences(random, KAZAKH, 5, count),
        "date": [f"{1950 + n % 75}-{n % 12 + 1:02d}" for n in numbers],
        "doi": [f"10.{5000 + n % 900}/made.{n}" for n in numbers],
        "url": [f"https://example.org/text/{n}" for n in numbers],
        "archived_url": [f"https://example.org/archive/{n}" for n in numbers],
        "language": ["en|kk" if n % 3 else "ru" for n in numbers],
        "accessed": [f"2025-{n % 12 + 1:02d}-{n % 28 + 1:02d}" for n in numbers],
        "licence": ["CC-BY-4.0"] * count,
        "source_class": world.words("source_class", count),
        "text": [text.partition("|")[0] for text in texts],
    }


def observations(world: World, groups: int) -> Iterator[Columns]:
    """Yield observations.csv: in each group a share that recomputes and a corrected value."""
    measures = world.schema.measures
    counted = [name for name, each in measures.items() if {"persons", "percent"} <= set(each.units)]
    by_type = {
        kind: [n for n, each in measures.items() if each.value_type == kind]
        for kind in ("level", "date", "text")
    }
    states = world.pool(["State"])
    partners, concepts = (
        world.pool(world.schema.ranges["partner"]),
        world.pool(world.schema.ranges["category"]),
    )
    random, ids = world.random, [f"{PREFIX}:ob-{n}" for n in range(groups * GROUP)]
    rows: list[dict[str, str]] = []
    for group in range(groups):
        own = ids[group * GROUP : (group + 1) * GROUP]
        total, share = int(random.integers(10**5, 10**8)), int(random.integers(1, 1000))
        measure = counted[group % len(counted)]
        part = {"measure": measure, "value": str(total * share // 1000), "unit": "persons"}
        percent = {
            "measure": measure,
            "value": f"{share / 10:.1f}",
            "unit": "percent",
            "base": own[0],
        }
        rows += [
            {"measure": counted[0], "value": str(total), "unit": "persons"},
            part,
            percent,
            part | {"value_high": str(total), "bound": ""},
            _valued(
                by_type["level"],
                group,
                "level",
                drawn_from(random, world.schema.words("level"), 1)[0],
            ),
            _valued(by_type["date"], group, "date", f"{1900 + group % 120}-{group % 12 + 1:02d}"),
            _valued(by_type["text"], group, "text", f"No. {group}"),
            {
                "measure": counted[0],
                "value": str(total + 1),
                "unit": "persons",
                "obs_status": "derived",
                "corrects": own[0],
            },
        ]
        rows[-GROUP]["status"] = "corrected"
    count = len(rows)
    every = claim(
        world,
        np.arange(world.entities, len(world.ids)),
        world.pool(world.schema.ranges["cited"]),
        count,
    )
    subjects = [state for state in world.named(world.pick(states, groups)) for _ in range(GROUP)]
    yield {
        "id": ids,
        "subject": subjects,
        **{
            name: [row.get(name, "") for row in rows]
            for name in ("measure", "value", "value_high", "unit", "base")
        },
        "category": [each for each in world.lists(concepts, groups) for _ in range(GROUP)],
        "partner": [
            each for each in world.named(world.pick(partners, groups)) for _ in range(GROUP)
        ],
        "bound": [
            word if not row.get("base") else ""
            for word, row in zip(world.words("bound", count), rows, strict=True)
        ],
        "definition": world.words("definition", count),
        "obs_status": [
            row.get("obs_status", word)
            for word, row in zip(world.words("obs_status", count), rows, strict=True)
        ],
        **every,
        **{name: [row.get(name, "") for row in rows] for name in ("status", "corrects")},
    }


def _valued(measures: list[str], group: int, unit: str, value: str) -> dict[str, str]:
    return {"measure": measures[group % len(measures)], "value": value, "unit": unit}


def codings(world: World, statements: list[str], count: int) -> Columns:
    """Return codings.csv: the first of a subject and item is accepted, others alternative."""
    items = list(world.schema.items.values())
    random = world.random
    subjects = world.named(world.pick(world.pool(["State", "Diaspora"]), count))
    coded = [items[each] for each in random.integers(0, len(items), count).tolist()]
    seen: set[tuple[str, str]] = set()
    status = []
    for subject, item in zip(subjects, coded, strict=True):
        status.append("alternative" if (subject, item.name) in seen else "")
        seen.add((subject, item.name))
    evidence = random.integers(0, len(statements), (count, 2)).tolist()
    sources, cited = (
        np.arange(world.entities, len(world.ids)),
        world.pool(world.schema.ranges["cited"]),
    )
    return {
        "id": [f"{PREFIX}:co-{n}" for n in range(count)],
        "subject": subjects,
        "item": [item.name for item in coded],
        "value": [item.scale[n % len(item.scale)] for n, item in enumerate(coded)],
        "evidence": [
            "|".join(dict.fromkeys(statements[each] for each in pair)) for pair in evidence
        ],
        "coder": ["first coder" if n % 2 else "second coder" for n in range(count)],
        **claim(world, sources, cited, count),
        "status": status,
    }


def flags(world: World, doubted: list[str], observed: list[Columns]) -> Columns:
    """Return flags.csv: a doubt about each statement disputed for it, and about others."""
    others = [
        *observed[0]["id"][1::50],
        *world.ids[:: max(len(world.ids) // (len(doubted) + 1), 1)],
    ]
    targets = [
        f"{a}|{b}" if n % 4 == 0 else a
        for n, (a, b) in enumerate(zip(doubted, others * 2, strict=False))
    ]
    targets += doubted[len(targets) :]
    count = len(targets)
    locators, passages = places(world.random, count)
    return {
        "id": [f"{PREFIX}:fl-{n}" for n in range(count)],
        "target": targets,
        "kind": world.words("flag_kind", count),
        "note": notes(world.random, count),
        "source": world.named(world.pick(np.arange(world.entities, len(world.ids)), count)),
        "locator": locators,
        "passage": passages,
    }


def exclusions(world: World, count: int) -> Columns:
    """Return exclusions.csv."""
    locators, passages = places(world.random, count)
    return {
        "id": [f"{PREFIX}:ex-{n}" for n in range(count)],
        "source": world.named(world.pick(np.arange(world.entities, len(world.ids)), count)),
        "locator": locators,
        "passage": passages,
        "reason": world.words("exclusion_reason", count),
        "about": world.lists(world.pool(["Issue"]), count),
        "note": notes(world.random, count),
    }


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Write a made-up dataset folder.")
    parser.add_argument("count", type=int, help="number of statements (1000 or more)")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    write(given.count, given.folder, given.seed)


if __name__ == "__main__":
    main()

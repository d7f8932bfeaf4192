"""The only definition of the dataset format: field order is that of CSV columns and JSONL keys.

Each record below is one file of a dataset folder. A field says what its cells hold, whether the
column must be there, whether a cell may be empty and whether it may hold several values
separated by ``|``. Readers, checks, writers and the spreadsheet template all use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal, cast

FORMAT = 1
"""The version of the dataset format that this program writes; it reads this one and older ones."""

SEPARATOR = "|"

Kind = Literal[
    "dataset",
    "entity",
    "alias",
    "statement",
    "observation",
    "coding",
    "source",
    "flag",
    "exclusion",
]
Holds = Literal["text", "id", "reference", "term", "word", "date", "number", "passage", "url"]


@dataclass(frozen=True, slots=True)
class Field:
    """The content of the cells of one column.

    ``what`` narrows ``holds``: for a reference the kinds of row it may name; for a term the kind of
    term in the ontology; for a word the vocabulary.
    """

    name: str
    holds: Holds
    what: str
    required: bool
    filled: bool
    many: bool


def _column(
    holds: Holds = "text",
    what: str = "",
    *,
    required: bool = False,
    filled: bool = False,
    many: bool = False,
) -> Any:
    """Describe a column; ``required``: the file must have it; ``filled``: no cell may be empty."""
    described = {"holds": holds, "what": what, "required": required, "filled": filled, "many": many}
    return field(metadata=described) if required else field(default="", metadata=described)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetRow:
    """The name of a dataset, the namespace of its ids, its licence: one row.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().datasets()[0].licence
    'CC-BY-4.0'
    """

    name: str = _column("id", required=True, filled=True)
    prefix: str = _column("text", required=True)
    namespace: str = _column("url", required=True, filled=True)
    version: str = _column(required=True, filled=True)
    format: str = _column("number", required=True, filled=True)
    ontology: str = _column(required=True, filled=True)
    licence: str = _column(required=True, filled=True)
    creator: str = _column(required=True, filled=True)
    uses: str = _column(many=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing with an id and a type.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().entity("kazakhstan").label_ru
    'Казахстан'
    """

    id: str = _column("id", required=True, filled=True)
    type: str = _column("term", "class", required=True, filled=True)
    label_en: str = _column(required=True, filled=True)
    label_kk: str = _column()
    label_ru: str = _column()
    label_native: str = _column()
    native_language: str = _column()
    aliases: str = _column(many=True)
    wikidata: str = _column()
    iso3: str = _column()
    description: str = _column()
    note: str = _column()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name for an entity, of the same or of another dataset.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().frame("alias").columns.tolist()
    ['entity', 'alias', 'language', 'source']
    """

    entity: str = _column("reference", "entity", required=True, filled=True)
    alias: str = _column(required=True, filled=True)
    language: str = _column(required=True, filled=True)
    source: str = _column("reference", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One source, at one place in it, affirming or denying one thing.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().statement("st-aaa-lobbies-us-policy").object
    'us-policy-toward-armenia'
    """

    id: str = _column("id", required=True, filled=True)
    subject: str = _column("reference", "entity|source", required=True, filled=True)
    predicate: str = _column("term", "predicate", required=True, filled=True)
    object: str = _column("reference", "entity|source", required=True, filled=True)
    about: str = _column("reference", "entity|source", many=True)
    means: str = _column("reference", "entity|source", many=True)
    polarity: str = _column("word", "polarity")
    valid: str = _column("date")
    gist: str = _column()
    source: str = _column("reference", "source", required=True, filled=True)
    locator: str = _column(required=True, filled=True, many=True)
    passage: str = _column("passage", required=True, many=True)
    cited: str = _column("reference", "entity|source", many=True)
    confidence: str = _column("word", "confidence", required=True, filled=True)
    certainty: str = _column("word", "certainty")
    status: str = _column("word", "status")
    corrects: str = _column("reference", "statement|observation|coding", many=True)
    conflict_group: str = _column()
    note: str = _column()


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A number, date, level or short text that a source asserts of a subject.

    >>> from diaspora_graph import load_dataset
    >>> found = load_dataset().observation("ob-armenian-diaspora-sheffer")
    >>> found.value, found.unit
    ('5500000', 'persons')
    """

    id: str = _column("id", required=True, filled=True)
    subject: str = _column("reference", "entity|source", required=True, filled=True)
    measure: str = _column("term", "measure", required=True, filled=True)
    category: str = _column("reference", "entity", many=True)
    value: str = _column(required=True, filled=True)
    value_high: str = _column("number")
    bound: str = _column("word", "bound")
    unit: str = _column("word", "unit", required=True, filled=True)
    base: str = _column()
    partner: str = _column("reference", "entity")
    definition: str = _column("word", "definition")
    obs_status: str = _column("word", "obs_status")
    polarity: str = _column("word", "polarity")
    valid: str = _column("date")
    gist: str = _column()
    source: str = _column("reference", "source", required=True, filled=True)
    locator: str = _column(required=True, filled=True, many=True)
    passage: str = _column("passage", required=True, many=True)
    cited: str = _column("reference", "entity|source", many=True)
    confidence: str = _column("word", "confidence", required=True, filled=True)
    certainty: str = _column("word", "certainty")
    status: str = _column("word", "status")
    corrects: str = _column("reference", "statement|observation|coding", many=True)
    conflict_group: str = _column()
    note: str = _column()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What a state, or a diaspora in a host state, does on one policy item in a time.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().coding("co-armenia-diaspora-ministry").value
    '0'
    """

    id: str = _column("id", required=True, filled=True)
    subject: str = _column("reference", "entity", required=True, filled=True)
    item: str = _column("term", "item", required=True, filled=True)
    value: str = _column(required=True, filled=True)
    evidence: str = _column(
        "reference", "statement|observation", required=True, filled=True, many=True
    )
    coder: str = _column(required=True, filled=True)
    polarity: str = _column("word", "polarity")
    valid: str = _column("date")
    gist: str = _column()
    source: str = _column("reference", "source", required=True)
    locator: str = _column(required=True, many=True)
    passage: str = _column("passage", required=True, many=True)
    cited: str = _column("reference", "entity|source", many=True)
    confidence: str = _column("word", "confidence", required=True, filled=True)
    certainty: str = _column("word", "certainty")
    status: str = _column("word", "coding_status")
    corrects: str = _column("reference", "statement|observation|coding", many=True)
    conflict_group: str = _column()
    note: str = _column()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that makes claims.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().source("nurbek2025").date
    '2025'
    """

    id: str = _column("id", required=True, filled=True)
    type: str = _column("term", "class", required=True, filled=True)
    author: str = _column(many=True)
    title: str = _column(required=True, filled=True)
    container: str = _column()
    volume: str = _column()
    issue: str = _column()
    pages: str = _column()
    number: str = _column()
    publisher: str = _column()
    date: str = _column("date")
    doi: str = _column()
    url: str = _column("url")
    archived_url: str = _column("url")
    language: str = _column(many=True)
    accessed: str = _column("date")
    licence: str = _column()
    source_class: str = _column("word", "source_class", required=True)
    text: str = _column("passage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A doubt about one or more rows or about a whole source.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().record("fl-tajikistan-share").kind
    'arithmetic'
    """

    id: str = _column("id", required=True, filled=True)
    target: str = _column("reference", "any", required=True, filled=True, many=True)
    kind: str = _column("word", "flag_kind", required=True, filled=True)
    note: str = _column(required=True, filled=True)
    source: str = _column("reference", "source")
    locator: str = _column(many=True)
    passage: str = _column("passage", many=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exclusion:
    """A part of a source that is left out on purpose, and why; it names no person and no firm.

    >>> from diaspora_graph import load_dataset
    >>> load_dataset().record("ex-figure-1").reason
    'picture_only'
    """

    id: str = _column("id", required=True, filled=True)
    source: str = _column("reference", "source", required=True, filled=True)
    locator: str = _column(required=True, filled=True, many=True)
    passage: str = _column("passage", required=True, many=True)
    reason: str = _column("word", "exclusion_reason", required=True, filled=True)
    about: str = _column("reference", "entity|source", many=True)
    note: str = _column()


Record = DatasetRow | Entity | Alias | Statement | Observation | Coding | Source | Flag | Exclusion

RECORDS: Mapping[Kind, type[Record]] = {
    "dataset": DatasetRow,
    "entity": Entity,
    "alias": Alias,
    "statement": Statement,
    "observation": Observation,
    "coding": Coding,
    "source": Source,
    "flag": Flag,
    "exclusion": Exclusion,
}
"""Every kind of row in the order of the exchange format."""

FILES: Mapping[Kind, str] = {
    "dataset": "dataset.csv",
    "entity": "entities.csv",
    "alias": "aliases.csv",
    "statement": "statements.csv",
    "observation": "observations.csv",
    "coding": "codings.csv",
    "source": "sources.csv",
    "flag": "flags.csv",
    "exclusion": "exclusions.csv",
}

CLAIMS: tuple[Kind, ...] = ("statement", "observation", "coding")


@cache
def columns(kind: Kind) -> tuple[Field, ...]:
    """Return the columns of one file, in canonical order.

    >>> [column.name for column in columns("alias")]
    ['entity', 'alias', 'language', 'source']
    """
    return tuple(
        Field(name=each.name, **cast("dict[str, Any]", dict(each.metadata)))
        for each in fields(RECORDS[kind])
    )


def column_names(kind: Kind) -> tuple[str, ...]:
    """Return the names of the columns of one file, in canonical order."""
    return tuple(column.name for column in columns(kind))


def json_key(column: str) -> str:
    """Return the key of a column in JSON, where ``kind`` is the kind of the row.

    >>> json_key("kind"), json_key("note")
    ('flag_kind', 'note')
    """
    return "flag_kind" if column == "kind" else column


def has_id(kind: Kind) -> bool:
    """Return whether rows of this kind have an id; datasets have names, aliases only cells."""
    return kind not in {"dataset", "alias"}

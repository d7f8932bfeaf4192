"""A dataset as columns: opened only if it passes all checks.

Text stays as it was entered, in tables sorted by id. Everything that is used often is a code:
things (entities and sources) are numbered in the order of their ids, words by their position in
the ontology, validities by their distinct texts. Relations are indexed in `relations`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from diaspora_graph.dataset.columns import (
    Codes,
    Mask,
    Table,
    codes_of,
    positions,
    string_array,
)
from diaspora_graph.dataset.records import (
    CLAIMS,
    RECORDS,
    SEPARATOR,
    Coding,
    DatasetRow,
    Entity,
    Kind,
    Observation,
    Record,
    Source,
    Statement,
    columns,
    has_id,
)
from diaspora_graph.dataset.relations import Relations
from diaspora_graph.dates import EVER, NEVER, days_of
from diaspora_graph.errors import Fault, UnknownNameError
from diaspora_graph.ontology.load import Extension
from diaspora_graph.ontology.schema import LANGUAGES, Schema

if TYPE_CHECKING:
    import pandas as pd

SEED = "diaspora-graph"
"""The name of the dataset that ships with the program."""

Days = npt.NDArray[np.int32]
"""Shape (distinct validities, 4): begin earliest and latest, end earliest and latest, in days."""

_WITH_ID = tuple(kind for kind in RECORDS if has_id(kind))


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Entities, claims and sources of one or several folders, checked against one ontology.

    >>> from diaspora_graph import load_dataset
    >>> data = load_dataset()
    >>> data.label("kazakhstan", "kk"), data.statement("st-aaa-lobbies-us-policy").predicate
    ('Қазақстан', 'lobbiesOn')
    """

    schema: Schema
    tables: Mapping[Kind, Table]
    folders: tuple[str, ...]
    extensions: Mapping[int, Extension] = field(default_factory=dict)
    """The datasets' own ontologies, by the position of the folder that each belongs to."""
    warnings: tuple[Fault, ...] = ()
    _made: dict[object, Any] = field(default_factory=dict, init=False)
    """The values that `once` keeps."""

    def __repr__(self) -> str:
        counts = ", ".join(f"{kind}={len(table)}" for kind, table in self.tables.items())
        return f"Dataset({', '.join(self.folders)}: {counts})"

    @cached_property
    def ids(self) -> pa.StringArray:
        """The ids of all things, sorted; a position here is the number of a thing."""
        both = pa.concat_arrays(
            [self.tables["entity"]["id"].arrow(), self.tables["source"]["id"].arrow()]
        )
        return both.take(pc.sort_indices(both))

    @cached_property
    def id_list(self) -> list[str]:
        """The ids of all things as Python strings."""
        return cast("list[str]", self.ids.to_pylist())

    @cached_property
    def type(self) -> Codes:
        """The class of each thing, as a position in ``schema.types``."""
        code = {name: position for position, name in enumerate(self.schema.types)}
        types = np.zeros(len(self.ids), np.int32)
        for kind in ("entity", "source"):
            table = self.tables[kind]
            places = codes_of(pc.index_in(table["id"].arrow(), value_set=self.ids))
            by_text = np.array([code[text] for text in table["type"].listed()], np.int32)
            types[places] = by_text[table["type"].codes] if len(table) else 0
        return types

    def number(self, id: str) -> int:
        """Return the number of a thing, its position in ``ids``. Raises `UnknownNameError`."""
        found = positions(string_array([id]), self.ids)[0]
        if found < 0:
            raise UnknownNameError("entity or source", id, self.id_list)
        return int(found)

    def things(self, kind: Kind, column: str) -> Codes:
        """Return for each row the number of the thing that a column names, -1 where it is empty."""
        cells = self.tables[kind][column]
        return cells.among(self.ids)[cells.codes] if len(cells) else cells.codes

    @cached_property
    def subject(self) -> Codes:
        """The subject of each statement, as the number of a thing."""
        return self.things("statement", "subject")

    @cached_property
    def object(self) -> Codes:
        """The object of each statement, as the number of a thing."""
        return self.things("statement", "object")

    @cached_property
    def predicate(self) -> Codes:
        """The predicate of each statement, as a position in ``schema.predicates``."""
        return self.coded("statement", "predicate", list(self.schema.predicates))

    @cached_property
    def denied(self) -> Mask:
        """Which statements are denials: every word of polarity except the default one denies."""
        words = self.schema.words("polarity")
        affirms = words.index(self.schema.default("polarity"))
        return np.asarray(self.words("statement", "polarity") != affirms)

    def words(self, kind: Kind, column: str, vocabulary: str = "") -> Codes:
        """Return for each row the position of its word in the vocabulary; empty is the default."""
        words = self.schema.words(vocabulary or column)
        codes = self.coded(kind, column, words)
        default = self.schema.default(vocabulary or column)
        return np.where(codes < 0, words.index(default) if default else -1, codes).astype(np.int32)

    def coded(self, kind: Kind, column: str, names: Sequence[str]) -> Codes:
        """Return for each row the position of its text among names, -1 where it is not there."""
        cells = self.tables[kind][column]
        code = {name: position for position, name in enumerate(names)}
        by_text = np.array([code.get(text, -1) for text in cells.listed()], np.int32)
        return by_text[cells.codes] if len(cells) else cells.codes

    def bounds(self, kind: Kind) -> Days:
        """Return the four days of each distinct validity of a table, by the codes of ``valid``."""
        return days_of(self.tables[kind]["valid"].texts)[0]

    def holds(self, kind: Kind, first: int = NEVER, last: int = EVER) -> npt.NDArray[np.int8]:
        """Return for each row whether it holds in a window of days: 1 yes, 0 unknown, -1 no."""
        days = self.bounds(kind)
        yes = (days[:, 1] <= last) & (days[:, 2] >= first)
        no = (days[:, 0] > last) | (days[:, 3] < first)
        answer = np.where(yes, 1, np.where(no, -1, 0)).astype(np.int8)
        return answer[self.tables[kind]["valid"].codes]

    @cached_property
    def relations(self) -> Relations:
        """All statements of the same subject, predicate and object, as one relation each."""
        return Relations.of(self.subject, self.predicate, self.object)

    def row(self, kind: Kind, id: str) -> int:
        """Return the row of an id in its table. Raises `UnknownNameError`."""
        row = self._rows[kind].get(id, -1)
        if row < 0:
            raise UnknownNameError(kind, id, self._rows[kind])
        return row

    @cached_property
    def _rows(self) -> Mapping[Kind, Mapping[str, int]]:
        return _Rows(self.tables)

    def kind_of(self, id: str) -> Kind:
        """Return the kind of the row with an id. Raises `UnknownNameError`."""
        rows = self._rows
        for kind in _WITH_ID:
            if id in rows[kind]:
                return kind
        raise UnknownNameError("row", id, (each for kind in _WITH_ID for each in rows[kind]))

    def record(self, id: str) -> Record:
        """Return the row with an id as a value.

        >>> from diaspora_graph import load_dataset
        >>> load_dataset().record("kazakhstan").label_en
        'Kazakhstan'
        """
        kind = self.kind_of(id)
        return self.tables[kind].record(self._rows[kind][id])

    def entity(self, id: str) -> Entity:
        """Return an entity by its id."""
        return cast("Entity", self.tables["entity"].record(self.row("entity", id)))

    def statement(self, id: str) -> Statement:
        """Return a statement by its id."""
        return cast("Statement", self.tables["statement"].record(self.row("statement", id)))

    def observation(self, id: str) -> Observation:
        """Return an observation by its id."""
        return cast("Observation", self.tables["observation"].record(self.row("observation", id)))

    def coding(self, id: str) -> Coding:
        """Return a coding by its id."""
        return cast("Coding", self.tables["coding"].record(self.row("coding", id)))

    def claim(self, id: str) -> Statement | Observation | Coding:
        """Return a claim by its id."""
        for kind in CLAIMS:
            if id in self._rows[kind]:
                return cast("Statement | Observation | Coding", self.record(id))
        known = (each for kind in CLAIMS for each in self._rows[kind])
        raise UnknownNameError("claim", id, known)

    def source(self, id: str) -> Source:
        """Return a source by its id."""
        return cast("Source", self.tables["source"].record(self.row("source", id)))

    def datasets(self) -> tuple[DatasetRow, ...]:
        """Return the rows of ``dataset.csv`` of all folders, by name."""
        return tuple(cast("DatasetRow", each) for each in self.tables["dataset"].records())

    @property
    def version(self) -> str:
        """The name and version of every dataset that is open, by name."""
        return ", ".join(f"{each.name} {each.version}" for each in self.datasets())

    def label(self, id: str, language: str = "en") -> str:
        """Return the label of an entity, or the title of a source."""
        if id in self._rows["entity"]:
            entity = self.entity(id)
            return str(getattr(entity, f"label_{language}", "")) or entity.label_en
        return self.source(id).title if id in self._rows["source"] else id

    def names_of(self, id: str) -> tuple[str, ...]:
        """Return every name of an entity or source: labels, aliases, title."""
        if id in self._rows["source"]:
            return (self.source(id).title,)
        entity = self.entity(id)
        labels = (entity.label_en, entity.label_kk, entity.label_ru, entity.label_native)
        more = self._aliases.get(id, ())
        return tuple(
            dict.fromkeys(filter(None, (*labels, *entity.aliases.split(SEPARATOR), *more)))
        )

    @cached_property
    def _aliases(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        table = self.tables["alias"]
        for entity, alias in zip(table["entity"].all(), table["alias"].all(), strict=True):
            found.setdefault(entity, []).append(alias)
        return {entity: tuple(names) for entity, names in found.items()}

    def frame(self, kind: Kind = "statement", *, labels: str = "") -> pd.DataFrame:
        """Return the rows of a kind as a pandas table, cells as they were entered.

        ``kind`` is entity, statement, observation, coding, source, flag, exclusion, alias or
        dataset. With ``labels`` (en, kk or ru) a column with the label stands next to each
        column that names entities or sources, such as ``subject_label``; several labels are
        separated by ``; ``. Raises `UnknownNameError`.

        >>> from diaspora_graph import load_dataset
        >>> frame = load_dataset().frame("statement", labels="en")
        >>> frame.loc[frame["id"] == "st-anca-lobbies-us-policy", "object_label"].item()
        'US policy toward Armenia'
        """
        import pandas as pd

        if kind not in self.tables:
            raise UnknownNameError("kind of row", kind, self.tables)
        if labels and labels not in LANGUAGES:
            raise UnknownNameError("language", labels, LANGUAGES)
        table = self.tables[kind]
        things = {
            each.name
            for each in columns(kind)
            if each.holds == "reference" and each.what in {"entity", "source", "entity|source"}
        }
        found: dict[str, list[str]] = {}
        for name, cells in {**table.columns, **table.extra}.items():
            found[name] = cells.all()
            if labels and name in things:
                by_text = [self._labels_of(text, labels) for text in cells.listed()]
                found[f"{name}_label"] = [by_text[code] for code in cells.codes.tolist()]
        return pd.DataFrame(found)

    def _labels_of(self, cell: str, language: str) -> str:
        return "; ".join(self.label(id, language) for id in cell.split(SEPARATOR) if id)

    @cached_property
    def flagged(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the flags on each row or source that has any."""
        found: dict[str, list[str]] = {}
        flags = self.tables["flag"]
        for id, targets in zip(flags["id"].all(), flags["target"].all(), strict=True):
            for target in targets.split(SEPARATOR):
                found.setdefault(target, []).append(id)
        return {target: tuple(ids) for target, ids in found.items()}


Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def once(
    make: Callable[Concatenate[Dataset, Asked], Made],
) -> Callable[Concatenate[Dataset, Asked], Made]:
    """Keep the result of a function together with its dataset, as long as the dataset exists.

    Two threads may both compute it; both then get the same one.
    """

    @wraps(make)
    def kept(data: Dataset, /, *given: Asked.args, **named: Asked.kwargs) -> Made:
        store = data._made  # noqa: SLF001 (the one place that keeps)
        key = (make, given, tuple(sorted(named.items())))
        if key not in store:
            store.setdefault(key, make(data, *given, **named))
        return cast("Made", store[key])

    return kept


class _Rows(dict[Kind, Mapping[str, int]]):
    """The row of each id, by kind; a kind is indexed when it is first used."""

    def __init__(self, tables: Mapping[Kind, Table]) -> None:
        super().__init__()
        self._tables = tables

    def __missing__(self, kind: Kind) -> Mapping[str, int]:
        self[kind] = rows = {id: row for row, id in enumerate(self._tables[kind]["id"].all())}
        return rows

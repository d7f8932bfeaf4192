"""The ontology as values and as tables over codes.

Names are the local names of the terms: the same words in CSV cells, in Cypher, on the command line
and in pictures. `diaspora_graph.ontology.load` reads them from Turtle.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

LANGUAGES = ("en", "kk", "ru")
FORWARD, BACKWARD, SCOPE = 1, 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A named thing of the ontology, with labels and definitions in English, Kazakh and Russian.

    ``code`` is its short notation, where it has one: ``A1`` of an item. ``notes`` distinguish it
    from other terms, ``examples`` show it, by language.
    """

    name: str
    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    replaced_by: str = ""
    deprecated: bool = False
    file: str = ""
    code: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)

    def label(self, language: str = "en") -> str:
        """Return the label in a language, else in English, else the name."""
        return self.labels.get(language) or self.labels.get("en") or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassTerm(Term):
    """A class; ``ancestors`` begin with the class itself, nearest first, and end with its root."""

    ancestors: tuple[str, ...]
    passes: bool
    gates: bool
    topic: bool
    shape: str
    fill: str
    recorded_as: str
    passage_optional: bool
    cited_as: str

    @property
    def root(self) -> str:
        """The root class that it belongs to."""
        return self.ancestors[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate(Term):
    """A relation: the classes that it may join, and how influence runs along it.

    ``role`` is what it tells, for questions (`dg:role`): an office, an inclusion, or nothing.
    """

    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    family: str
    flow: int
    symmetric: bool
    qualifiers: frozenset[str]
    same_root: bool
    exempt: bool
    needs_author: tuple[str, ...]
    topic_source: bool
    compared: bool
    own_policy: bool
    role: str
    inverse_labels: Mapping[str, str]
    position: int
    foresight: int = 0
    """Its place in the account of a scenario, 1 for the state, 0 outside of it."""

    def inverse_label(self, language: str = "en") -> str:
        """Return the words of the relation from its object's side, or nothing."""
        return self.inverse_labels.get(language) or self.inverse_labels.get("en", "")

    @property
    def upper(self) -> str:
        """The name of the relationship in Neo4j: ``memberOf`` is ``MEMBER_OF``."""
        return "".join(f"_{letter}" if letter.isupper() else letter for letter in self.name).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Term):
    """A measure of observations, with the type and the possible units of its values."""

    value_type: str
    units: tuple[str, ...]
    needs_definition: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Term):
    """A question on which policies are compared, and the values that a coding may give.

    ``rules`` and ``worked`` have for a value, by language, the rule and an example; ``notes`` warn
    of frequent mistakes. ``group`` is a name of `Schema.item_groups`, ``dimensions`` are names
    in `Schema.frameworks`, ``outside`` the frameworks that have no dimension for it.
    ``direction``: whether a higher value means more or less engagement.
    """

    question: Mapping[str, str]
    scale: tuple[str, ...]
    position: int
    direction: str
    rules: Mapping[str, Mapping[str, str]]
    worked: Mapping[str, Mapping[str, str]]
    evidence: Mapping[str, str]
    not_applicable: Mapping[str, str]
    group: str
    dimensions: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension(Term):
    """A group of items, or a dimension of a framework."""

    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Term):
    """A set of dimensions by which research describes policies; ``source`` is its publication."""

    source: str
    dimensions: Mapping[str, Dimension]
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family(Term):
    """A family of relations; a picture draws all its lines in one style."""

    line: str
    colour: str
    position: int

    @staticmethod
    def word(name: str) -> str:
        """Return the word by which a filter names a family: its name without the ending.

        >>> Family.word("support_family"), Family.word("support")
        ('support', 'support')
        """
        return name.removesuffix("_family")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word(Term):
    """A word that a column takes; ``position`` orders them, lowest first.

    ``counts``, for a word of status: whether claims with it count.
    ``weight``, where there is one, is the factor of the word in a product, above 0, at most 1.
    """

    position: int
    default: bool
    counts: bool = False
    weight: str = ""


@dataclass(frozen=True, slots=True)
class EthicsRule:
    """The protected classes, what they must not be joined to, and the acts that are allowed."""

    name: str
    definition: str
    protects: frozenset[str]
    origin: frozenset[str]
    as_subject: frozenset[str]
    as_object: frozenset[str]


@dataclass(frozen=True, eq=False, repr=False)
class Schema:
    """The whole ontology, by name and as tables over codes.

    Codes are positions in ``types`` (classes, sorted) and in ``predicates`` (sorted).
    ``is_a[a, b]``: class a is b or below it. ``allowed[p, a, b]``: relation p may join a to b.

    >>> from diaspora_graph import load_schema
    >>> load_schema().predicates["lobbies"].label("ru")
    'лоббирует'
    """

    version: str
    classes: Mapping[str, ClassTerm]
    predicates: Mapping[str, Predicate]
    measures: Mapping[str, Measure]
    items: Mapping[str, Item]
    item_groups: Mapping[str, Dimension]
    frameworks: Mapping[str, Framework]
    families: Mapping[str, Family]
    vocabularies: Mapping[str, Mapping[str, Word]]
    ranges: Mapping[str, tuple[str, ...]]
    ethics: tuple[EthicsRule, ...]
    is_a: Mask
    allowed: Mask
    indicators: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The measures that show the present state of a step of a scenario, by the id of the step."""

    def __repr__(self) -> str:
        return (
            f"Schema(version {self.version}: {len(self.classes)} classes, "
            f"{len(self.predicates)} relations, {len(self.measures)} measures, "
            f"{len(self.items)} items)"
        )

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the classes, sorted; a position here is a type code."""
        return tuple(self.classes)

    def descends(self, name: str, ancestors: Iterable[str]) -> bool:
        """Return whether a class is one of these or below one of them."""
        return not set(self.classes[name].ancestors).isdisjoint(ancestors)

    def terms(self, kind: str) -> Mapping[str, Term]:
        """Return the terms that a column of this kind names: class, predicate, measure or item."""
        tables: Mapping[str, Mapping[str, Term]] = {
            "class": self.classes,
            "predicate": self.predicates,
            "measure": self.measures,
            "item": self.items,
        }
        return tables[kind]

    def words(self, vocabulary: str) -> tuple[str, ...]:
        """Return the words of a vocabulary, lowest first."""
        return tuple(self.vocabularies[vocabulary])

    def counting(self, vocabulary: str) -> tuple[str, ...]:
        """Return the words of a status under which claims count (`dg:counts`), lowest first."""
        return tuple(word.name for word in self.vocabularies[vocabulary].values() if word.counts)

    def default(self, vocabulary: str) -> str:
        """Return the word that an empty cell means, or nothing."""
        words = self.vocabularies[vocabulary].values()
        return next((word.name for word in words if word.default), "")

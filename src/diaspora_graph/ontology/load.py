"""Turtle → schema: the shipped ontology together with a dataset's own ``ontology/*.ttl``.

An extension adds terms in its own namespace and redefines nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from diaspora_graph.errors import Fault, FileError, SchemaError, did_you_mean
from diaspora_graph.ontology.schema import (
    BACKWARD,
    FORWARD,
    SCOPE,
    ClassTerm,
    Dimension,
    EthicsRule,
    Family,
    Framework,
    Item,
    Mask,
    Measure,
    Predicate,
    Schema,
    Term,
    Word,
)
from diaspora_graph.ontology.turtle import DG, Node, local_name, namespace, nearest, read_turtle
from diaspora_graph.resources import resource

FLOWS = {
    "none": 0,
    "forward": FORWARD,
    "backward": BACKWARD,
    "both": FORWARD | BACKWARD,
    "scope": SCOPE,
}
SHAPES = (
    "box", "roundbox", "ellipse", "hexagon", "octagon", "note", "tab", "parallelogram",
    "trapezium", "diamond",
)  # fmt: skip
LINES = ("solid", "dashed", "dotted", "dashdot", "longdash")
ROLES = ("office", "inclusion", "making", "ending", "mechanism", "credit")
VALUE_TYPES = ("number", "date", "level", "text")
_SHAPES_FILE = "shapes.ttl"
_RULE = "the ontology"

AnyTerm = TypeVar("AnyTerm", bound=Term)


@dataclass(frozen=True, slots=True)
class Extension:
    """The Turtle files of a dataset's own ontology: the bytes of each by its name.

    ``name`` is what messages call the dataset.
    """

    name: str
    files: tuple[tuple[str, bytes], ...]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that define terms; shapes are for other programs."""
        return ((name, data) for name, data in self.files if name != _SHAPES_FILE)


def read_extension(folder: Path, name: str = "") -> Extension:
    """Read the Turtle files of an ``ontology`` folder. Raises `FileError`."""
    path = folder
    files = []
    try:
        for path in sorted(folder.glob("*.ttl")):
            files.append((path.name, path.read_bytes()))
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error
    return Extension(name or folder.resolve().parent.name, tuple(files))


def load_schema(*folders: str | Path) -> Schema:
    """Read the shipped ontology, with the ``ontology`` folders that extend it.

    Raises `SchemaError` with every fault: Turtle that does not parse, a term without a label, a
    relation with undefined classes or family, a term that redefines a shipped one.
    `FileError` for a file that cannot be read.

    >>> load_schema().predicates["memberOf"].upper
    'MEMBER_OF'
    """
    return schema_with(*(read_extension(Path(folder)) for folder in folders))


@lru_cache(maxsize=8)
def schema_with(*extensions: Extension) -> Schema:
    """Return the shipped ontology with these extensions. Raises `SchemaError`."""
    reading = _Reading()
    for name, data in read_extension(resource("ontology")).terms():
        reading.shipped(name, data)
    for extension in extensions:
        for name, data in extension.terms():
            reading.extension(f"{extension.name}/ontology/{name}", data)
    return reading.schema()


class _Reading:
    """Gathers nodes and faults of all files; `schema` turns them into values or raises."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.file: dict[str, str] = {}
        self.faults: list[Fault] = []

    def shipped(self, name: str, data: bytes) -> None:
        self._add(f"ontology/{name}", data)

    def extension(self, name: str, data: bytes) -> None:
        before = set(self.nodes)
        for iri in self._add(name, data):
            if iri.startswith(DG):
                hint = (
                    "an extension redefines nothing" if iri in before else "use your own namespace"
                )
                self.fault(name, local_name(iri), "a term outside the shipped namespace", hint)

    def _add(self, name: str, data: bytes) -> Iterable[str]:
        nodes, fault = read_turtle(data, name)
        if fault:
            self.faults.append(fault)
        for iri, node in nodes.items():
            known = self.nodes.get(iri)
            self.nodes[iri] = known.joined(node) if known else node
            self.file.setdefault(iri, name)
        return nodes

    def fault(self, file: str, said: str, expected: str, hint: str = "") -> None:
        self.faults.append(Fault(file, 0, "", said, expected, hint.removeprefix("; "), _RULE))

    def schema(self) -> Schema:
        classes = self._named(
            self._class(*each) for each in self._of("owl:Class") if each[0] != _TOP
        )
        predicates = self._named(self._predicate(*each) for each in self._of("owl:ObjectProperty"))
        measures = self._named(self._measure(*each) for each in self._of("Measure"))
        families = self._named(self._family(*each) for each in self._of("RelationFamily"))
        items = self._named(self._item(*each) for each in self._of("Item"))
        frameworks = self._named(self._framework(*each) for each in self._of("Framework"))
        ethics = tuple(self._ethics(*each) for each in self._of("EthicsRule"))
        ranges = {
            n.text("column"): n.names("schema:rangeIncludes") for _, n in self._of("ColumnRange")
        }
        indicators = self._indicators(measures)
        self._check_names(classes, predicates, families, ethics, ranges)
        self._check_values(classes, predicates, measures, families)
        self._check_items(items, frameworks)
        if self.faults:
            raise SchemaError(self.faults)
        is_a = _is_a(classes)
        return Schema(
            version=nearest(node.text("owl:versionInfo") for _, node in self._of("owl:Ontology")),
            classes=classes,
            predicates=predicates,
            measures=measures,
            items=_by_position(items),
            item_groups=self._dimensions(_ITEMS),
            frameworks=_by_position(frameworks),
            families=_by_position(families),
            vocabularies=self._vocabularies(),
            ranges=ranges,
            ethics=ethics,
            is_a=is_a,
            allowed=_allowed(classes, predicates, is_a),
            indicators=indicators,
        )

    def _of(self, kind: str) -> list[tuple[str, Node]]:
        """Return the nodes of a kind, by their IRIs; used when all files have been read."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _by_kind(self) -> Mapping[str, list[tuple[str, Node]]]:
        found: dict[str, list[tuple[str, Node]]] = {}
        for iri in sorted(self.nodes):
            for kind in self.nodes[iri].kinds:
                found.setdefault(kind, []).append((iri, self.nodes[iri]))
        return found

    def _named(self, terms: Iterable[AnyTerm]) -> dict[str, AnyTerm]:
        found: dict[str, AnyTerm] = {}
        for term in sorted(
            terms, key=lambda each: (each.name, not each.iri.startswith(DG), each.iri)
        ):
            if term.name in found:
                other = found[term.name].file
                self.fault(term.file, term.name, "a name that no other term has", f"{other} has it")
            else:
                found[term.name] = term
        return found

    def _term(self, iri: str, node: Node) -> dict[str, Any]:
        labels = node.by_language("rdfs:label", "skos:prefLabel")
        if not labels.get("en"):
            self.fault(self.file[iri], local_name(iri), 'an English label: rdfs:label "…"@en')
        return {
            "name": local_name(iri),
            "iri": iri,
            "labels": labels,
            "definitions": node.by_language("skos:definition", "rdfs:comment"),
            "deprecated": node.true("owl:deprecated"),
            "replaced_by": local_name(node.text("dcterms:isReplacedBy")),
            "file": self.file[iri],
            "code": node.text("skos:notation"),
            "notes": node.by_language("skos:scopeNote"),
            "examples": node.by_language("skos:example"),
        }

    def _class(self, iri: str, node: Node) -> ClassTerm:
        lineage = self._lineage(iri)
        self._check_parents(iri, node)
        above = [self.nodes[each] for each in lineage]

        def inherited(name: str) -> str:
            return nearest(each.text(name) for each in above)

        return ClassTerm(
            **self._term(iri, node),
            ancestors=tuple(local_name(each) for each in lineage),
            passes=inherited("passThrough") != "false",
            gates=inherited("gatesTopic") == "true",
            topic=inherited("topicSource") == "true",
            shape=inherited("shape") or SHAPES[0],
            fill=inherited("fill") or "#FFFFFF",
            recorded_as=inherited("recordedAs"),
            passage_optional=inherited("passageOptional") == "true",
            cited_as=inherited("citedAs"),
        )

    def _lineage(self, iri: str) -> list[str]:
        """Return a class and its superclasses except the top one, nearest first, ties by name."""
        found: list[str] = []
        level = [iri]
        while level:
            found.extend(each for each in level if each not in found)
            above = {up for each in level for up in self.nodes[each].texts("rdfs:subClassOf")}
            level = sorted(
                up for up in above if up in self.nodes and up not in found and up != _TOP
            )
        return found

    def _check_parents(self, iri: str, node: Node) -> None:
        """Report a superclass that its own namespace does not define; other vocabularies may."""
        classes = {each for each, _ in self._of("owl:Class")}
        ours = {namespace(each) for each in classes}
        for up in node.texts("rdfs:subClassOf"):
            if up not in classes and namespace(up) in ours:
                known = sorted(map(local_name, classes))
                hint = did_you_mean(local_name(up), known)
                self.fault(self.file[iri], local_name(up), "a class that is defined", hint)

    def _predicate(self, iri: str, node: Node) -> Predicate:
        return Predicate(
            **self._term(iri, node),
            subjects=node.names("schema:domainIncludes"),
            objects=node.names("schema:rangeIncludes"),
            family=local_name(node.text("family")),
            flow=FLOWS.get(node.text("influenceFlow") or "none", -1),
            symmetric="owl:SymmetricProperty" in node.kinds,
            qualifiers=frozenset(node.texts("qualifier")),
            same_root=node.true("sameRootClass"),
            exempt=node.true("exemptFromGate"),
            needs_author=node.names("needsAuthor"),
            topic_source=node.true("topicSource"),
            compared=node.true("compared"),
            own_policy=node.true("ownPolicy"),
            role=node.text("role"),
            inverse_labels=node.by_language("inverseLabel"),
            position=node.number("position"),
            foresight=node.number("foresightStep"),
        )

    def _measure(self, iri: str, node: Node) -> Measure:
        return Measure(
            **self._term(iri, node),
            value_type=node.text("valueType"),
            units=node.texts("unit"),
            needs_definition=node.true("needsDefinition"),
        )

    def _family(self, iri: str, node: Node) -> Family:
        return Family(
            **self._term(iri, node),
            line=node.text("line") or LINES[0],
            colour=node.text("colour") or "#333333",
            position=node.number("position"),
        )

    def _item(self, iri: str, node: Node) -> Item:
        return Item(
            **(self._term(iri, node) | {"examples": {}}),
            question=node.by_language("question"),
            scale=node.texts("scale"),
            position=node.number("position"),
            direction=node.text("direction"),
            rules=_by_value(node, "codingRule"),
            worked=_by_value(node, "skos:example"),
            evidence=node.by_language("evidenceNeeded"),
            not_applicable=node.by_language("notApplicableIf"),
            group=local_name(node.text("skos:broader")),
            dimensions=node.names("skos:broadMatch"),
            outside=node.names("outside"),
        )

    def _framework(self, iri: str, node: Node) -> Framework:
        return Framework(
            **self._term(iri, node),
            source=node.text("dcterms:source"),
            dimensions=self._dimensions(iri),
            position=node.number("position"),
        )

    def _dimensions(self, scheme: str) -> dict[str, Dimension]:
        """Return the top concepts of a scheme."""
        found = [
            Dimension(**self._term(iri, node), position=node.number("position"))
            for iri, node in self._of("skos:Concept")
            if scheme in node.texts("skos:topConceptOf")
        ]
        return _by_position({each.name: each for each in found})

    def _ethics(self, iri: str, node: Node) -> EthicsRule:
        return EthicsRule(
            name=local_name(iri),
            definition=node.by_language("skos:definition").get("en", ""),
            protects=frozenset(node.names("protects")),
            origin=frozenset(node.names("fromOrigin")),
            as_subject=frozenset(node.names("asSubjectOf")),
            as_object=frozenset(node.names("asObjectOf")),
        )

    def _indicators(self, measures: Mapping[str, Measure]) -> dict[str, tuple[str, ...]]:
        """Return the measures for each step of a scenario, in the order of the indicators."""
        found: dict[str, list[str]] = {}
        for iri, node in self._of("Indicator"):
            for name in node.names("byMeasure"):
                if name not in measures:
                    hint = did_you_mean(name, measures)
                    self.fault(self.file[iri], name, "a measure that is defined", hint)
            for step in node.texts("ofStep"):
                found.setdefault(step, []).extend(node.names("byMeasure"))
        return {step: tuple(dict.fromkeys(names)) for step, names in found.items()}

    def _vocabularies(self) -> dict[str, dict[str, Word]]:
        schemes = {iri: node.text("column") for iri, node in self._of("skos:ConceptScheme")}
        found: dict[str, list[Word]] = {column: [] for column in schemes.values() if column}
        for iri, node in self._of("skos:Concept"):
            column = schemes.get(node.text("skos:inScheme"))
            if column:
                term = self._term(iri, node) | {"name": node.text("skos:notation")}
                found[column].append(
                    Word(
                        **term,
                        position=node.number("position"),
                        default=node.true("default"),
                        counts=node.true("counts"),
                        weight=node.text("weight"),
                    )
                )
        return {column: _by_position({w.name: w for w in words}) for column, words in found.items()}

    def _check_names(
        self,
        classes: Mapping[str, ClassTerm],
        predicates: Mapping[str, Predicate],
        families: Mapping[str, Family],
        ethics: Iterable[EthicsRule],
        ranges: Mapping[str, tuple[str, ...]],
    ) -> None:
        known = {*classes, local_name(_TOP)}
        for predicate in predicates.values():
            self._known(predicate.file, predicate.needs_author, known, "a class of the ontology")
            for part, names in (
                ("domainIncludes", predicate.subjects),
                ("rangeIncludes", predicate.objects),
            ):
                if not names:
                    self.fault(
                        predicate.file, predicate.name, f"schema:{part} with at least one class"
                    )
                self._known(predicate.file, names, known, "a class of the ontology")
            self._known(predicate.file, [predicate.family], families, "a family of relations")
        for rule in ethics:
            self._known("ontology", rule.protects | rule.origin, classes, "a class of the ontology")
            self._known("ontology", rule.as_subject | rule.as_object, predicates, "a relation")
        for names in ranges.values():
            self._known("ontology", names, known, "a class of the ontology")

    def _known(self, file: str, names: Iterable[str], known: Iterable[str], expected: str) -> None:
        for name in sorted(set(names) - set(known)):
            self.fault(file, name, expected, did_you_mean(name, known))

    def _check_values(
        self,
        classes: Mapping[str, ClassTerm],
        predicates: Mapping[str, Predicate],
        measures: Mapping[str, Measure],
        families: Mapping[str, Family],
    ) -> None:
        for each in classes.values():
            if each.shape not in SHAPES:
                self.fault(each.file, each.shape, f"a shape: {', '.join(SHAPES)}")
        self._check_predicates(predicates)
        for measure in measures.values():
            if measure.value_type not in VALUE_TYPES:
                self.fault(measure.file, measure.name, f"dg:valueType: {', '.join(VALUE_TYPES)}")
            if not measure.units:
                self.fault(measure.file, measure.name, "dg:unit with at least one unit")
        for family in families.values():
            if family.line not in LINES:
                self.fault(family.file, family.line, f"a line: {', '.join(LINES)}")

    def _check_predicates(self, predicates: Mapping[str, Predicate]) -> None:
        for predicate in predicates.values():
            if predicate.flow < 0:
                self.fault(predicate.file, predicate.name, f"dg:influenceFlow: {', '.join(FLOWS)}")
            if predicate.role not in {"", *ROLES}:
                self.fault(predicate.file, predicate.name, f"dg:role: {', '.join(ROLES)}")

    def _check_items(self, items: Mapping[str, Item], frameworks: Mapping[str, Framework]) -> None:
        dimensions = {name for each in frameworks.values() for name in each.dimensions}
        for item in items.values():
            for value in sorted({*item.rules, *item.worked} - set(item.scale)):
                self.fault(item.file, value, f"a value of {item.name}, a colon, the rule")
            self._known(item.file, item.dimensions, dimensions, "a dimension of a framework")
            self._known(item.file, item.outside, frameworks, "a framework")


_TOP = f"{DG}Entity"
_ITEMS = f"{DG}items"

Positioned = TypeVar("Positioned", Dimension, Family, Framework, Item, Word)


def _by_value(node: Node, name: str) -> dict[str, dict[str, str]]:
    """Return texts of the form ``value: text`` by value and language."""
    found: dict[str, dict[str, str]] = {}
    for entry, language in node.values.get(name, ()):
        value, _, text = entry.partition(": ")
        found.setdefault(value, {})[language] = text
    return found


def _by_position(terms: Mapping[str, Positioned]) -> dict[str, Positioned]:
    return dict(sorted(terms.items(), key=lambda each: (each[1].position, each[0])))


def _is_a(classes: Mapping[str, ClassTerm]) -> Mask:
    code = {name: position for position, name in enumerate(classes)}
    table = np.zeros((len(code), len(code)), np.bool_)
    for name, each in classes.items():
        table[code[name], [code[up] for up in each.ancestors if up in code]] = True
    return table


def _allowed(
    classes: Mapping[str, ClassTerm], predicates: Mapping[str, Predicate], is_a: Mask
) -> Mask:
    code = {name: position for position, name in enumerate(classes)}
    roots = np.array([code[each.ancestors[-1]] for each in classes.values()])
    same_root = roots[:, None] == roots[None, :]
    table = np.zeros((len(predicates), len(code), len(code)), np.bool_)
    for position, predicate in enumerate(predicates.values()):
        subjects = _below(predicate.subjects, code, is_a)
        objects = _below(predicate.objects, code, is_a)
        table[position] = subjects[:, None] & objects[None, :]
        if predicate.same_root:
            table[position] &= same_root
    return table


def _below(names: Iterable[str], code: Mapping[str, int], is_a: Mask) -> Mask:
    if local_name(_TOP) in names:
        return np.ones(len(code), np.bool_)
    return np.asarray(is_a[:, [code[name] for name in names]].any(axis=1))

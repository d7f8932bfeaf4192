"""RDF: a dataset as Turtle or TriG and back, nothing lost; for rdflib as a graph.

`diaspora_graph.exchange.triples` defines the triples. In TriG the rows of each dataset are in a
graph named by the dataset's namespace; in Turtle all rows are together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import FILES, RECORDS, Kind, column_names, has_id
from diaspora_graph.errors import DatasetError, Fault, FileError, ParameterError, did_you_mean
from diaspora_graph.exchange.extensions import extension_triples, extensions_of
from diaspora_graph.exchange.rdf_terms import (
    COLUMNS,
    DERIVED,
    LINKS,
    PREFIXES,
    column_term,
    is_shipped,
    term,
)
from diaspora_graph.exchange.rows import Rows
from diaspora_graph.exchange.triples import Iris, Node, homes, namespaces, triples
from diaspora_graph.ontology.load import schema_with
from diaspora_graph.ontology.schema import Schema
from diaspora_graph.ontology.turtle import DG

if TYPE_CHECKING:
    import rdflib

FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".trig": ox.RdfFormat.TRIG}
"""The forms of RDF by the ending of a file's name."""

_RULE = "RDF"


def write(data: Dataset, file: str | Path) -> Path:
    """Write a dataset as Turtle (``.ttl``) or TriG (``.trig``), completely or not at all.

    The same dataset gives the same bytes; rows are written one by one, so that memory stays small.
    The user's own columns (``_…``) are left out. Raises `FileError`, `ParameterError` for
    another ending, `DatasetError` where two ids would have one IRI.
    """
    path = Path(file)
    form = _format(path)
    check_iris(data)
    found = quads(data) if form == ox.RdfFormat.TRIG else (quad.triple for quad in quads(data))
    temporary = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        ox.serialize(found, str(temporary), form, prefixes=_prefixes(data))
        temporary.replace(path)
    except OSError as error:
        hint = "close it in other programs or choose another place"
        reason = f"cannot be written: {error.strerror or error}; {hint}"
        raise FileError(path, reason) from error
    finally:
        with suppress(OSError):
            temporary.unlink()
    return path


def read(file: str | Path, schema: Schema | None = None) -> Dataset:
    """Read Turtle or TriG that `write` made into a checked dataset.

    ``schema`` is the ontology to check by; if not given, the shipped one with the terms that the
    file brings. Raises `DatasetError` with every fault, `SchemaError`, `FileError`.
    """
    path = Path(file)
    return dataset_of_quads(parsed(path), path.name, schema)


def to_rdflib(data: Dataset) -> rdflib.Graph:
    """Return a dataset as an rdflib graph, for notebooks and for pyshacl."""
    import rdflib

    check_iris(data)
    lines = ox.serialize((quad.triple for quad in quads(data)), format=ox.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, space in _prefixes(data).items():
        graph.bind(prefix, space, override=True)
    return graph.parse(data=lines, format="nt")


def quads(data: Dataset) -> Iterator[ox.Quad]:
    """Yield a dataset with its own terms as quads; the graph is the dataset of the row."""
    home = homes(data)
    for found in (triples(data), extension_triples(data)):
        for folder, triple in found:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, home[folder])


def parsed(path: Path) -> Iterator[ox.Quad]:
    """Yield the quads of a file. Raises `FileError`, and `DatasetError` where it does not parse."""
    form = _format(path)
    try:
        yield from ox.parse(path=str(path), format=form)
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        message, expected = str(getattr(error, "msg", error)), "Turtle or TriG"
        raise DatasetError([Fault(path.name, line, "", message, expected, rule=_RULE)]) from error


def _format(path: Path) -> ox.RdfFormat:
    if path.suffix not in FORMATS:
        raise ParameterError(f"{path}: RDF is read and written as {' or '.join(FORMATS)}")
    return FORMATS[path.suffix]


def dataset_of_quads(found: Iterable[ox.Quad], name: str, schema: Schema | None = None) -> Dataset:
    """Return the checked dataset whose rows are among these quads; ``name`` is used in messages.

    Derived triples are ignored; a triple that looks like a cell and is not one is a fault.
    """
    kinds: dict[Node, Kind] = {}
    cells: dict[Node, set[tuple[str, str]]] = {}
    rest: list[ox.Triple] = []
    for quad in found:
        node = cast("Node", quad.subject)
        if quad.predicate == term("dg:kindOfRow"):
            kinds[node] = _kind(str(getattr(quad.object, "value", "")), name)
        elif quad.predicate in _COLUMNS and isinstance(quad.object, ox.Literal):
            cells.setdefault(node, set()).add((_COLUMNS[quad.predicate], quad.object.value))
        elif quad.predicate not in _PASSED_OVER:
            rest.append(quad.triple)
    nodes = sorted(kinds, key=lambda node: (list(RECORDS).index(kinds[node]), str(node)))
    terms = (each for each in rest if each.subject not in kinds)
    own = extensions_of(terms, _datasets(kinds, cells))
    known = schema or schema_with(*own.values())
    rows = Rows(lambda number: (f"{name} {nodes[number]}" if nodes else name, 0))
    for number, node in enumerate(nodes):
        rows.add(kinds[node], number, _row(rows, number, sorted(cells.get(node, ()))))
    rows.faults += _strays(name, known, kinds, cells, rest)
    return rows.dataset(known, own)


_COLUMNS = {column_term(column): column for kind in RECORDS for column in column_names(kind)}
_PASSED_OVER = {term(each) for each in {*LINKS.values(), *DERIVED} - {"rdf:type"}}


def _kind(text: str, name: str) -> Kind:
    for kind in RECORDS:
        if kind == text:
            return kind
    expected = f"dg:kindOfRow of {', '.join(RECORDS)}"
    raise DatasetError([Fault(name, 0, "", text, expected, rule=_RULE)])


def _row(rows: Rows, number: int, cells: Iterable[tuple[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for column, text in cells:
        if column in found:
            hint = f"it has {found[column]!r} too"
            rows.fault(number, column, text, "one value for each column", hint)
        found[column] = text
    return found


def _strays(
    name: str,
    schema: Schema,
    kinds: Mapping[Node, Kind],
    cells: Mapping[Node, Iterable[tuple[str, str]]],
    rest: Iterable[ox.Triple],
) -> Iterator[Fault]:
    """Yield what would be lost: cells outside a row, our properties without a column."""
    verbs = {each.iri for each in schema.predicates.values()}
    unkind = (node for node, said in cells.items() if node not in kinds and _own_words(said))
    for node in sorted(unkind, key=str):
        expected = f"dg:kindOfRow with one of {', '.join(RECORDS)}"
        yield Fault(f"{name} {node}", 0, "", "a row of no kind", expected, rule=_RULE)
    for triple in rest:
        verb = triple.predicate.value
        if triple.subject in kinds and verb.startswith(DG) and verb not in verbs:
            local = verb.removeprefix(DG)
            hint = did_you_mean(local, _COLUMNS.values()).removeprefix("; ")
            place = f"{name} {triple.subject}"
            yield Fault(place, 0, local, str(triple.object), "a column with text", hint, _RULE)


def _own_words(cells: Iterable[tuple[str, str]]) -> bool:
    """Return whether a node has cells under names that no other vocabulary uses."""
    return any(column not in COLUMNS for column, _ in cells)


def _datasets(
    kinds: Mapping[Node, Kind], cells: Mapping[Node, Iterable[tuple[str, str]]]
) -> dict[str, str]:
    """Return the names of the datasets by IRI."""
    return {
        node.value: dict(cells.get(node, ())).get("name", "")
        for node, kind in kinds.items()
        if kind == "dataset"
    }


def _prefixes(data: Dataset) -> dict[str, str]:
    """Return the common prefixes, and those of datasets that are valid in Turtle."""
    own = {
        prefix: space
        for prefix, space in namespaces(data.tables["dataset"]).items()
        if prefix not in PREFIXES and re.fullmatch(r"([a-z][a-z0-9-]*)?", prefix)
    }
    return dict(PREFIXES) | own


def check_iris(data: Dataset) -> None:
    """Raise `DatasetError` where two ids, or an id and a term, have the same IRI."""
    datasets = data.tables["dataset"]
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    try:
        iris = Iris(data)
        for iri, id in _iris(data, iris):
            if is_shipped(iri) or iri in seen:
                other = seen.get(iri, "the ontology")
                expected = f"a namespace in which ids differ: {other} and {id} are both <{iri}>"
                faults.append(Fault(FILES["dataset"], 0, "namespace", id, expected, rule=_RULE))
            seen[iri] = id
    except ValueError as error:
        namespaces = "|".join(datasets["namespace"].all())
        faults.append(
            Fault(FILES["dataset"], 0, "namespace", namespaces, f"an IRI ({error})", rule=_RULE)
        )
    if faults:
        raise DatasetError(faults)


def _iris(data: Dataset, iris: Iris) -> Iterator[tuple[str, str]]:
    for space in iris.spaces.values():
        yield ox.NamedNode(space).value, "the dataset"
    own = [node.value for terms in iris.terms.values() for node in terms.values()]
    own = [iri for iri in own if not is_shipped(iri)]
    yield from ((iri, "a term of its ontology") for iri in own)
    if len(iris.spaces) == 1 and not own and not DG.startswith(tuple(iris.spaces.values())):
        return  # different ids have different IRIs in one namespace
    for kind, table in data.tables.items():
        if has_id(kind):
            for id in table["id"].all():
                yield iris.of(id).value, id

"""Dataset → files for `neo4j-admin database import full`, which fills an empty database at once.

The files hold the same rows that a load writes, as a stream. What the tool cannot write (a
constraint, indexes, a list whose only text is empty) is in ``finish.cypher``; until it has run,
the datasets count as not loaded, and a load would write them again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import RECORDS, Kind, column_names
from diaspora_graph.errors import FileError
from diaspora_graph.graphs.neo4j.projection import Projection, Row
from diaspora_graph.graphs.neo4j.relating import LISTS, ON_RELATIONS, RelationBatch
from diaspora_graph.graphs.neo4j.shape import DAYS, PROPERTIES, link_types
from diaspora_graph.graphs.neo4j.writes import CONSTRAINT, INDEXES

BETWEEN = "\x1f"
"""What separates the values of a list: a control character, which no cell of a dataset holds."""

IMPORTED = "neo4j-admin"
"""The mark on a dataset's node before ``finish.cypher`` has run."""

_TRUTHS = (
    "denied", "counts", "passes", "gates", "is_topic", "own_policy", "along", "exempt",
    "tells_topics", "held",
)  # fmt: skip
_TYPES = {
    **dict.fromkeys(_TRUTHS, "boolean"),
    **dict.fromkeys((*DAYS, "confidence_rank", "position"), "long"),
    "names": "string[]",
}
_OF_LISTS = {
    **dict.fromkeys(LISTS, "string[]"),
    **dict.fromkeys((*DAYS, "confidence"), "long[]"),
    "counts": "boolean[]",
}
_OPTIONS = (
    "--id-type=string",
    "--multiline-fields=true",
    f"--array-delimiter=U+{ord(BETWEEN):04X}",
)
_START, _END, _LABEL = ":START_ID", ":END_ID", ":LABEL"

_SH = """\
#!/usr/bin/env bash
# Fill an empty database of a Neo4j 5.26 (or later) server that is stopped:
#   ./import.sh [DATABASE [OPTION…]]          ./import.sh neo4j --overwrite-destination
# Then start the server and run finish.cypher.
set -euo pipefail
cd "$(dirname "$0")"
database="${1:-neo4j}"
[ "$#" -eq 0 ] || shift
exec neo4j-admin database import full "$database" @arguments.txt "$@"
"""
_PS1 = """\
# Fill an empty database of a Neo4j 5.26 (or later) server that is stopped:
#   .\\import.ps1 [DATABASE [OPTION…]]         .\\import.ps1 neo4j --overwrite-destination
# Then start the server and run finish.cypher.
$ErrorActionPreference = "Stop"
$database = if ($args.Count -gt 0) { $args[0] } else { "neo4j" }
$more = @($args | Select-Object -Skip 1)
Push-Location $PSScriptRoot
try {
  & neo4j-admin database import full $database "@arguments.txt" @more
  $code = $LASTEXITCODE
} finally { Pop-Location }
exit $code
"""
_FINISH = """\
// What the import leaves to be done, on the server that was started: cypher-shell -f finish.cypher
// In Neo4j Browser run the statements one by one, the one with IN TRANSACTIONS after `:auto `.
{made};
MATCH (:Dg)-[r]->(:Dg) WHERE r.statements IS NOT NULL AND r.topics IS NULL
CALL (r) {{ SET r.topics = [''] }} IN TRANSACTIONS OF 10000 ROWS;
{finished}
"""


def write(data: Dataset, folder: str | Path) -> list[Path]:
    """Write the files that `neo4j-admin` imports into a folder, and return them.

    For each kind of node and type of relationship a header and its rows, the tool's
    ``arguments.txt``, ``import.sh`` and ``import.ps1`` that call it, and ``finish.cypher``. All
    files are first written into a temporary folder, then renamed. Raises `FileError`.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".neo4j-admin-", dir=place) as temporary:
            _write_all(Projection(data), Path(temporary))
            written = sorted(Path(temporary).iterdir())
            return [each.replace(place / each.name) for each in written]
    except OSError as error:
        raise FileError(place, f"cannot be written: {error.strerror or error}") from error


def _write_all(projection: Projection, place: Path) -> None:
    with ExitStack() as open_files:
        files = _Files(place, open_files)
        for kind in RECORDS:
            every = np.arange(len(projection.data.tables[kind]))
            for rows in projection.nodes(kind, every):
                _write_nodes(files, kind, rows)
        relating = projection.relating
        for related in relating.batches(np.arange(len(relating.relations))):
            _write_relations(files, related)
    arguments = [
        *(f"--nodes=nodes-{kind}.header.csv,nodes-{kind}.csv" for kind in files.kinds),
        *(
            f"--relationships={type_}=relationships-{type_}.header.csv,relationships-{type_}.csv"
            for type_ in files.types
        ),
        *_OPTIONS,
    ]
    made = ";\n".join([CONSTRAINT, *INDEXES.values()])
    finish = _FINISH.format(
        made=made,
        finished="\n".join(map(_finished, projection.finished)),
    )
    texts = {"arguments.txt": "\n".join([*arguments, ""]), "finish.cypher": finish}
    for name, text in {**texts, "import.sh": _SH, "import.ps1": _PS1}.items():
        (place / name).write_text(text, "utf-8", newline="")
    (place / "import.sh").chmod(0o755)


def _finished(row: Row) -> str:
    """Return the Cypher statement that marks a dataset as complete.

    Its texts are digests and names of datasets, which have no character that breaks a literal.
    """
    assignments = ", ".join(f"n.{name} = {value!r}" for name, value in row["properties"].items())
    found = f"MATCH (n:Dg&Dataset&!Thing {{key: {row['key']!r}, loaded_by: {IMPORTED!r}}})"
    return f"{found} SET {assignments};"


class _Files:
    """The files of rows, each opened with its header when its first row comes."""

    def __init__(self, place: Path, stack: ExitStack) -> None:
        self._place, self._stack = place, stack
        self._nodes: dict[str, tuple[TextIO, tuple[str, ...]]] = {}
        self._relationships: dict[str, tuple[TextIO, tuple[str, ...]]] = {}

    @property
    def kinds(self) -> list[str]:
        """The kinds of the nodes written."""
        return sorted(self._nodes)

    @property
    def types(self) -> list[str]:
        """The types of the relationships written."""
        return sorted(self._relationships)

    def node(self, kind: Kind, properties: Mapping[str, Any]) -> None:
        """Write one node, with its labels under ``:LABEL``."""
        if kind not in self._nodes:
            columns = node_columns(kind)
            head = [_headed(name, "ID" if name == "key" else "") for name in columns]
            self._nodes[kind] = self._opened(f"nodes-{kind}", head), columns
        file, columns = self._nodes[kind]
        _write_row(file, properties, columns)

    def relationship(self, type_: str, properties: Mapping[str, Any]) -> None:
        """Write one relationship, with its ends under ``:START_ID`` and ``:END_ID``."""
        if type_ not in self._relationships:
            columns = tuple(properties)
            head = [_headed(name, _OF_LISTS.get(name, "")) for name in columns]
            self._relationships[type_] = self._opened(f"relationships-{type_}", head), columns
        file, columns = self._relationships[type_]
        _write_row(file, properties, columns)

    def _opened(self, name: str, head: Sequence[str]) -> TextIO:
        header = self._place / f"{name}.header.csv"
        header.write_text(",".join(head) + "\n", "utf-8", newline="")
        rows = (self._place / f"{name}.csv").open("w", encoding="utf-8", newline="")
        return self._stack.enter_context(rows)


def node_columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns of the file of a kind: its own, and all derived ones."""
    of_any = {name for each in RECORDS for name in column_names(each)}
    derived = [name for name in PROPERTIES if name not in of_any and name != "key"]
    return tuple(dict.fromkeys(("key", _LABEL, *derived, *column_names(kind), "loaded_by")))


def _headed(name: str, type_: str) -> str:
    type_ = type_ or _TYPES.get(name, "string")
    return name if name.startswith(":") else f"{name}:{type_}"


def _write_nodes(files: _Files, kind: Kind, rows: Sequence[Row]) -> None:
    more = {"loaded_by": IMPORTED} if kind == "dataset" else {}
    for row in rows:
        files.node(kind, {**row["properties"], _LABEL: list(row["labels"]), **more})
        for type_ in link_types(kind).values():
            for position, key in enumerate(row.get(type_, ())):
                ends = {_START: row["key"], _END: key, "position": position}
                files.relationship(type_, ends)


def _write_relations(files: _Files, batch: RelationBatch) -> None:
    for row in batch.rows:
        for type_, forward, properties in batch.form.relationships(row):
            start, end = row["subject"], row["object"]
            ends = (start, end) if forward else (end, start)
            every = {_START: ends[0], _END: ends[1], **dict.fromkeys(ON_RELATIONS), **properties}
            files.relationship(type_, every)


def _write_row(file: TextIO, row: Mapping[str, Any], columns: Sequence[str]) -> None:
    unknown = row.keys() - set(columns)
    if unknown:
        raise KeyError(*unknown)  # a property without a column in the header would be lost
    file.write(",".join([_cell(row.get(name)) for name in columns]) + "\n")


def _cell(value: object) -> str:
    """Return a value as it is in the file; the tool has no form for a list of one empty text.

    >>> _cell(None), _cell('a "b'), _cell(True), _cell([1, 2]) == f"1{BETWEEN}2", _cell([""])
    ('', '"a ""b"', 'true', True, '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        if any(isinstance(each, int) for each in value):
            return BETWEEN.join(map(_cell, value))
        return _cell(BETWEEN.join(value)) if value and value != [""] else ""
    return '"' + str(value).replace('"', '""') + '"'

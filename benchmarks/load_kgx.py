"""Load and validate with KGX, in an environment of its own.

    PYTHON load_kgx.py --convert DIR SCRATCH    writes DIR as KGX wants it (not measured)
    PYTHON load_kgx.py SCRATCH                  loads and validates, prints what it took

KGX fetches the Biolink model and a JSON-LD context from the network when it is imported. Here it
gets the copy of the model that its own packages bring, an empty predicate mapping and two prefixes,
so that it runs without a network and validates against less: both in its favour. So is the
conversion: newlines, tabs and quotation marks, which its reader does not take, become spaces, and
each relation of ours stands as one of Biolink's, so that none is an error. Its store keeps one edge
for a relation, whichever statement came last.
"""

from __future__ import annotations

import csv
import logging
import sys
from importlib.resources import files
from pathlib import Path

from measured import measured

CATEGORY = "biolink:NamedThing"
_SPACES = str.maketrans(dict.fromkeys('\n\t"\\', " "))


def convert(folder: Path, scratch: Path) -> None:
    """Write nodes and edges with all columns as KGX's TSV."""
    with (scratch / "nodes.tsv").open("w", encoding="utf-8", newline="") as out:
        out.write("id\tcategory\tname\ttype\tdescription\n")
        for name, label in (("entities", "label_en"), ("sources", "title")):
            for row in _rows(folder / f"{name}.csv"):
                cells = (row["id"], CATEGORY, row[label], row["type"], row.get("note", ""))
                out.write("\t".join(cells) + "\n")
    with (scratch / "edges.tsv").open("w", encoding="utf-8", newline="") as out:
        known, stands_for = iter(_predicates()), {}
        for number, row in enumerate(_rows(folder / "statements.csv")):
            row["relation"] = row["predicate"]
            if row["relation"] not in stands_for:
                stands_for[row["relation"]] = next(known)
            row["predicate"] = stands_for[row["relation"]]
            row |= {"knowledge_level": "knowledge_assertion", "agent_type": "manual_agent"}
            if not number:
                out.write("\t".join(row) + "\n")
            out.write("\t".join(row.values()) + "\n")


def _predicates() -> list[str]:
    from bmt.toolkit import Toolkit

    return sorted(Toolkit().get_descendants("related to", formatted=True))


def _rows(path: Path):  # type: ignore[no-untyped-def]
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: text.translate(_SPACES) for name, text in row.items()}


def load(scratch: Path) -> dict[str, int]:
    """Load into KGX's store in memory and validate."""
    from kgx.transformer import Transformer
    from kgx.validator import Validator

    transformer = Transformer(stream=False)
    names = [str(scratch / "nodes.tsv"), str(scratch / "edges.tsv")]
    transformer.transform({"filename": names, "format": "tsv"})
    graph = transformer.store.graph
    validator = Validator()
    validator.validate(graph)
    return {
        "nodes": graph.number_of_nodes(),
        "relations": graph.number_of_edges(),
        "errors": sum(map(len, validator.get_errors().values())),
    }


def prepare() -> None:
    """Give KGX what it would fetch."""
    from bmt.toolkit import Toolkit

    model = files("biolink_model") / "schema" / "biolink_model.yaml"
    Toolkit.__init__.__defaults__ = (str(model), {"predicate mappings": []})
    from kgx import config

    prefixes = {"biolink": "https://w3id.org/biolink/vocab/", "made": "https://example.org/"}
    config.jsonld_context_map["biolink"] = prefixes
    logging.disable(logging.WARNING)


if __name__ == "__main__":
    prepare()
    if sys.argv[1] == "--convert":
        convert(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        measured(lambda: load(Path(sys.argv[1])), lambda counts: counts)

"""(schema, tables) → faults: every rule of the dataset format, one function each.

Rules judge distinct texts and code tables, so that a million rows cost what their distinct cells
cost. `shapes.ttl` publishes the same contract in SHACL; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from diaspora_graph.checks.cells import check_cells
from diaspora_graph.checks.claims import check_claims
from diaspora_graph.checks.ethics import check_ethics
from diaspora_graph.checks.found import Case, Column
from diaspora_graph.checks.names import check_names
from diaspora_graph.checks.numbers import check_numbers
from diaspora_graph.checks.references import check_references
from diaspora_graph.model import Kind
from diaspora_graph.schema import Schema
from diaspora_graph.tables import Table

__all__ = ["Case", "Column", "check_tables"]


_RULES = (check_cells, check_references, check_claims, check_numbers, check_ethics, check_names)


def check_tables(
    schema: Schema,
    tables: Mapping[Kind, Table],
    folders: Sequence[str],
    absent: Iterable[Column] = (),
    lost: Iterable[str] = (),
) -> Case:
    """Judge the tables of some folders by every rule; ``folders`` names them in messages.

    ``absent`` and ``lost`` say what could not be read of them (see `Case`).
    """
    case = Case(schema, tables, folders, frozenset(absent), frozenset(lost))
    for rules in _RULES:
        rules(case)
    return case

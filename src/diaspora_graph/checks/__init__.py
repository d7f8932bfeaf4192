"""(schema, tables) → faults: every rule of the dataset format, one function each.

Rules look at distinct texts and code tables, so that a million rows cost only as much as their
distinct cells. `shapes.ttl` publishes the same contract in SHACL; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa

from diaspora_graph.checks.cells import cell_rules
from diaspora_graph.checks.claims import check_claims
from diaspora_graph.checks.ethics import check_ethics
from diaspora_graph.checks.found import Case, Column
from diaspora_graph.checks.markup import check_markup
from diaspora_graph.checks.names import check_names
from diaspora_graph.checks.numbers import check_numbers
from diaspora_graph.checks.references import check_references
from diaspora_graph.checks.repeats import check_repeats
from diaspora_graph.dataset.columns import Table
from diaspora_graph.dataset.records import Kind
from diaspora_graph.ontology.schema import Schema

__all__ = ["Case", "Column", "check_tables"]


_RULES = (
    check_references,
    check_claims,
    check_numbers,
    check_ethics,
    check_names,
    check_repeats,
    check_markup,
)


def check_tables(
    schema: Schema,
    tables: Mapping[Kind, Table],
    folders: Sequence[str],
    absent: Iterable[Column] = (),
    lost: Iterable[str] = (),
) -> Case:
    """Check the tables of some folders by every rule; ``folders`` names them in messages.

    ``absent`` and ``lost`` name what could not be read (see `Case`). Rules run in parallel, one for
    each processor; faults are listed in the order of the rules.
    """
    case = Case(schema, tables, folders, frozenset(absent), frozenset(lost))
    with ThreadPoolExecutor(pa.cpu_count()) as pool:
        rules = [*cell_rules(case), *_RULES]
        judged = [pool.submit(_apart, rule, case.apart()) for rule in reversed(rules)]
        for part in reversed(judged):
            case.join(part.result())
    return case


def _apart(rule: Callable[[Case], None], case: Case) -> Case:
    rule(case)
    return case

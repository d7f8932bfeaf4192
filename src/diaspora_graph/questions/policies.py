"""Questions on policies: who runs programmes for a community, strong and weak points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import counted, denied, standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.policies.own import own_policies
from diaspora_graph.questions.claims import naming, rows

PROGRAMME = "Programme"
TARGETS = "targets"
RUNS = "administers"
PART_OF = "partOf"
ASSESSMENT = "assessment_family"
"""Names of the ontology that these questions are about; a test holds them to it."""

Pairs = dict[int, set[int]]


@question(
    columns="programme runner target reach statements",
    community=Parameter("entity", "the id of a diaspora, a group or another target"),
)
def programmes_for(data: Dataset, community: str) -> list[Row]:
    """Who runs programmes for a community, its parts, or what it is part of?

    `reach` says which of these the `target` is: itself, part or whole, at any depth. An empty
    `runner` means that no source at hand states one. By programme, runner, target and reach.
    """
    affirmed = standing(data, "statement")
    parts = _Inclusion(data, affirmed)
    programmes = [data.schema.descends(name, [PROGRAMME]) for name in data.schema.types]
    runners = _by_object(data, affirmed & naming(data, "statement", "predicate", RUNS))
    found: list[Row] = []
    for target, reach, chain in parts.reached(data.number(community)):
        aimed = affirmed & naming(data, "statement", "predicate", TARGETS) & (data.object == target)
        for programme in sorted({int(data.subject[row]) for row in rows(aimed)}):
            if not programmes[data.type[programme]]:
                continue
            aims = [row for row in rows(aimed) if data.subject[row] == programme]
            for runner in sorted(runners.get(programme, ())) or [-1]:
                runs = affirmed & naming(data, "statement", "predicate", RUNS)
                runs &= (data.object == programme) & (data.subject == runner)
                ids = _ids(data, [*aims, *rows(runs), *chain])
                who = "" if runner < 0 else data.id_list[runner]
                found.append(
                    (data.id_list[programme], who, data.id_list[target], reach, basis(ids))
                )
    return sorted(found)


def _by_object(data: Dataset, statements: Mask) -> Pairs:
    found: Pairs = {}
    for row in rows(statements):
        found.setdefault(int(data.object[row]), set()).add(int(data.subject[row]))
    return found


def _ids(data: Dataset, statements: Iterable[int]) -> list[str]:
    ids = data.tables["statement"]["id"]
    return [ids[row] for row in statements]


class _Inclusion:
    """What is part of what, at any depth, by affirmed statements."""

    def __init__(self, data: Dataset, affirmed: Mask) -> None:
        self.links = list(rows(affirmed & naming(data, "statement", "predicate", PART_OF)))
        self.data = data
        self.up: Pairs = {}
        self.down: Pairs = {}
        for row in self.links:
            low, high = int(data.subject[row]), int(data.object[row])
            self.up.setdefault(low, set()).add(high)
            self.down.setdefault(high, set()).add(low)

    def reached(self, start: int) -> Iterator[tuple[int, str, list[int]]]:
        """Yield a thing itself, its parts and its wholes, each with the statements in between."""
        yield start, "itself", []
        parts = _closure(self.down, start)
        for part in sorted(parts - {start}):
            yield part, "part", self.between(part, start)
        for whole in sorted(_closure(self.up, start) - parts - {start}):
            yield whole, "whole", self.between(start, whole)

    def between(self, low: int, high: int) -> list[int]:
        """Return the statements on any chain from a part up to a whole."""
        above, below = _closure(self.up, low), _closure(self.down, high)
        return [
            row
            for row in self.links
            if int(self.data.subject[row]) in above and int(self.data.object[row]) in below
        ]


def _closure(steps: Pairs, start: int) -> set[int]:
    found, ahead = {start}, [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - found
        found |= new
        ahead += sorted(new)
    return found


@question(
    columns="policy predicate point denied statements",
    thing=Parameter("entity", "the id of a policy, or of the state whose own policies are meant"),
)
def points_of(data: Dataset, thing: str) -> list[Row]:
    """Which strong and weak points do authors see in a policy, or in a state's own policies?

    Points that a source denies have rows of their own. A state's policies are those that a
    statement makes its own (`dg:ownPolicy`), which is then among the statements. By policy,
    relation, point.
    """
    terms = list(data.schema.predicates.values())
    assessing = np.array([term.family == ASSESSMENT for term in terms])
    negated, lasting = denied(data, "statement"), counted(data, "statement")
    owned = own_policies(data, data.number(thing), standing(data, "statement"))
    found: dict[tuple[str, str, str, bool], list[int]] = {}
    for policy, links in owned.items():
        for row in rows(lasting & assessing[data.predicate] & (data.subject == policy)):
            verb, point = terms[data.predicate[row]].name, data.id_list[data.object[row]]
            key = (data.id_list[policy], verb, point, bool(negated[row]))
            found.setdefault(key, list(links)).append(row)
    return sorted((*key, basis(_ids(data, claims))) for key, claims in found.items())

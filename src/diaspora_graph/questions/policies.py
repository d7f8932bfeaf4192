"""Questions on policies: who runs programmes for a community, strong and weak points."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from diaspora_graph.answers import Parameter, Row, basis, question
from diaspora_graph.dataset.claims import counted, denied, standing
from diaspora_graph.dataset.columns import Mask
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import SEPARATOR
from diaspora_graph.policies.own import own_policies
from diaspora_graph.questions.claims import in_role, naming, rows
from diaspora_graph.questions.inclusion import Inclusion, Pairs

PROGRAMME = "Programme"
TARGETS = "targets"
RUNS = "administers"
PART_OF = "partOf"
ORGAN_OF = "organOf"
POLICY = "Policy"
STATE = "State"
ASSESSMENT = "assessment_family"
"""Names of the ontology that these questions are about; a test holds them to it."""


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
    parts = Inclusion(data, affirmed, PART_OF)
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


@question(
    columns="programme mechanism country statements",
    mechanism=Parameter("entity", "the id of a mechanism or another means", optional=True),
    state=Parameter("entity", "the id of the state whose programmes are meant", optional=True),
)
def programmes_by_mechanism(data: Dataset, mechanism: str, state: str) -> list[Row]:
    """Which programmes and other policies work by a mechanism, and of which country are they?

    A mechanism is what a policy uses, or what a statement on it has in `means`. The country is the
    state that adopted, created or runs it, itself or by an organ at any depth; empty if no source
    at hand says so. By programme, mechanism, country.
    """
    affirmed = standing(data, "statement")
    organs = Inclusion(data, affirmed, ORGAN_OF)
    makers = _by_object(data, in_role(data, "making"))
    asked = data.number(state) if state else -1
    found: list[Row] = []
    for (policy, means), said in _works_by(data, affirmed).items():
        if mechanism not in {"", means}:
            continue
        for country, links in (
            _countries(data, organs, makers.get(policy, set()), policy) or {-1: []}
        ).items():
            if asked in {-1, country}:
                name = data.id_list[country] if country >= 0 else ""
                found.append(
                    (data.id_list[policy], means, name, basis(_ids(data, [*said, *links])))
                )
    return sorted(found)


def _works_by(data: Dataset, affirmed: Mask) -> dict[tuple[int, str], list[int]]:
    """Return each policy and mechanism, with the statements that say so."""
    policies = [data.schema.descends(name, [POLICY]) for name in data.schema.types]
    using, table = in_role(data, "mechanism"), data.tables["statement"]
    found: dict[tuple[int, str], list[int]] = {}
    for row in rows(affirmed):
        subject = int(data.subject[row])
        if policies[data.type[subject]]:
            means = {table["object"][row]} if using[row] else set()
            for each in (means | set(table["means"][row].split(SEPARATOR))) - {""}:
                found.setdefault((subject, each), []).append(row)
    return found


def _countries(
    data: Dataset, organs: Inclusion, makers: Iterable[int], policy: int
) -> dict[int, list[int]]:
    """Return the states that made a policy, itself or by an organ, with the statements for it."""
    making = in_role(data, "making") & (data.object == policy)
    found: dict[int, list[int]] = {}
    for maker in makers:
        own = [*rows(making & (data.subject == maker))]
        for top in organs.around(maker):
            if data.schema.descends(data.schema.types[data.type[top]], [STATE]):
                found.setdefault(top, []).extend([*own, *organs.between(maker, top)])
    return found

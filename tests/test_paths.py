"""Influence paths: the golden questions of the seed, and engines that must agree."""

from __future__ import annotations

import numpy as np
import pytest

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.diagnosis.robustness import robustness
from diaspora_graph.diagnosis.why_not import why_not
from diaspora_graph.errors import ParameterError, UnknownNameError
from diaspora_graph.filters.rules import Rules
from diaspora_graph.filters.scope import Scope
from diaspora_graph.paths.api import best_paths, count_paths, influence_paths
from diaspora_graph.paths.path import InfluencePath, Step
from diaspora_graph.paths.search import Search
from diaspora_graph.paths.support import support_of, weakest
from diaspora_graph.questions import question
from diaspora_graph.reading.load import load_dataset
from diaspora_graph.resources import resource
from influences import small


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def names(data: Dataset, path: InfluencePath) -> list[str]:
    return list(path.nodes)


GOLDEN = [
    ("armenian-diaspora", "us-policy-toward-armenia", 2, "armenian-lobby-in-usa"),
    ("south-korea", "kazakhstani-business", 2, "koryo-saram"),
    ("india", "united-kingdom", 2, "indian-diaspora"),
    ("china", "chinese-diaspora", 1, "china"),
    ("kazakh-cultural-centres-in-turkey", "young-people-in-turkey", 1, "young-people-in-turkey"),
    ("aipac", "us-policy-toward-israel", 1, "aipac"),
    ("kazakhstan", "kazakhs-in-turkmenistan", 1, "kazakhstan"),
    ("anca", "us-policy-toward-armenia", 1, "anca"),
    ("jewish-diaspora", "us-policy-toward-israel", 3, "conference-of-presidents"),
    ("government-of-india", "hyde-act", 3, "us-congress"),
]


@pytest.mark.parametrize(("start", "goal", "hops", "through"), GOLDEN)
def test_golden_questions(seed: Dataset, start: str, goal: str, hops: int, through: str) -> None:
    first = next(influence_paths(seed, start, goal))
    assert first.hops == hops
    assert through in names(seed, first)


TRAPS = [
    ("armenian-diaspora", "united-states"),  # no source leads to the state itself
    ("south-korea", "government-of-kazakhstan"),
    ("anca", "israel"),
    ("anca", "hyde-act"),  # another topic
    ("usinpac", "us-policy-toward-armenia"),
    ("samsung", "hyundai"),  # the same seat
    ("indian-diaspora", "us-policy-toward-armenia"),
    ("koryo-saram", "kazakh-diaspora"),
    ("kazakhs-in-tajikistan", "investment-in-tajikistan"),  # denied
    ("kazakhs-in-uzbekistan", "kazakhs-in-tajikistan"),  # two parts of one whole
]


@pytest.mark.parametrize(("start", "goal"), TRAPS)
def test_traps_have_no_path(seed: Dataset, start: str, goal: str) -> None:
    assert list(influence_paths(seed, start, goal, hops=5)) == []


def test_why_not_shows_the_denial_and_where_influence_stops(seed: Dataset) -> None:
    denied = why_not(seed, "kazakhs-in-tajikistan", "investment-in-tajikistan")[0]
    assert denied.cut == "a source denies it"
    assert denied.where == ("st-kazakhs-in-tajikistan-no-investment",)
    (stops,) = why_not(seed, "south-korea", "government-of-kazakhstan")
    at = dict(zip(stops.where, map(str, stops.because), strict=True))
    assert at["kazakhstani-business"] == "no source says whom it acts on"
    assert stops.path is None


def test_why_not_names_every_filter_whose_lifting_gives_a_path(seed: Dataset) -> None:
    ends = "india", "united-kingdom"
    scope = Scope(without_sources=frozenset({"nurbek2025"}), as_of="1850")
    assert list(influence_paths(seed, *ends, scope=scope)) == []
    (miss,) = why_not(seed, *ends, scope=scope)
    assert (miss.cut, miss.lifted) == ("the filter without_sources", "without_sources")
    assert all(seed.statement(id).source == "nurbek2025" for id in miss.where)
    assert next(influence_paths(seed, *ends, scope=scope.without(miss.lifted)))
    avoiding = Scope(avoiding=frozenset({"Diaspora"}))
    (miss,) = why_not(seed, *ends, scope=avoiding)
    assert miss.cut == "the filter avoiding"
    assert "indian-diaspora" in miss.where


def test_lifting_a_rule_is_what_why_not_says(seed: Dataset) -> None:
    miss = why_not(seed, "united-kingdom", "india")[0]
    assert (miss.cut, miss.lifted) == ("influence runs the other way", "directed")
    assert next(influence_paths(seed, "united-kingdom", "india", rules=Rules(directed=False)))


Triples = tuple[tuple[str, str, str], ...]


def triples(path: InfluencePath) -> Triples:
    return tuple((step.subject, step.predicate, step.object) for step in path.steps)


def without(data: Dataset, step: Step) -> Dataset:
    """The same data without the statements of one relation."""
    table = data.tables["statement"]
    relation = int(data.relations.of_statement[data.row("statement", step.statements[0])])
    rows = np.setdiff1d(np.arange(len(table)), data.relations.rows(relation))
    return Dataset(data.schema, {**data.tables, "statement": table.take(rows)}, data.folders)


def test_without_the_weakest_link_the_path_is_gone(seed: Dataset) -> None:
    for start, goal, *_ in GOLDEN:
        for path in best_paths(seed, start, goal).paths:
            rest = without(seed, weakest(seed, path))
            left = {triples(each) for each in influence_paths(rest, start, goal)}
            assert triples(path) not in left
            assert len(left) < count_paths(seed, start, goal).number


def test_a_hop_carries_its_sources_and_what_speaks_against_it(seed: Dataset) -> None:
    data = small(
        "a:Group b:Group",
        "a actsToward b", "a actsToward b confidence low cited x", "a actsToward b cited x",
        "a actsToward b polarity denies",
    )  # fmt: skip
    (path,) = Search(data).paths("a", "b", hops=1)
    assert path.steps[0].statements == ("st000", "st001", "st002")
    assert path.steps[0].denials == ("st003",)
    support = support_of(data, path.steps[0])
    assert support.origins == ("s", "x")  # two of three come from one origin
    assert (support.best, support.worst) == ("high", "low")


def test_robust_tells_what_stands_without_each_source() -> None:
    data = small(
        "a:Group b:Group c:Group",
        "a actsToward b", "a actsToward b source x", "b actsToward c source x", "a lobbies c",
    )  # fmt: skip
    found = robustness(data, "a", "c")
    ranks = {loss.without: loss.ranks for loss in found.losses}
    assert len(found.paths) == 2
    assert ranks["s"] == (0, 1)
    assert ranks["x"] == (1, 0)
    assert ranks["what is disputed"] == (1, 2)


@pytest.mark.parametrize(("source", "topic", "rank"), [("s", "t", -1), ("x", "t", 0), ("s", "", 0)])
def test_robust_tells_what_is_below_the_limit_from_what_is_gone(
    source: str, topic: str, rank: int
) -> None:
    about = f"about {topic}" if topic else ""
    data = small(
        GATED + " c:Group",
        "a lobbies b about t source x", f"a lobbies b {about} confidence low source {source}",
        "b actsToward g about t", "a actsToward c confidence medium", "c actsToward g",
    )  # fmt: skip
    found = robustness(data, "a", "g", by="weakest", k=1)
    assert names(data, found.paths[0]) == ["a", "b", "g"]
    assert {loss.without: loss.ranks for loss in found.losses}["x"] == (rank,)


def test_a_path_holds_only_where_its_things_may_be_passed() -> None:
    data = small("a:Group b:Group c:State", "a actsToward b", "b actsToward c")
    (path,) = influence_paths(data, "a", "c")
    assert Search(data, Scope(avoiding=frozenset({"State"}))).holds(path)
    assert not Search(data, Scope(avoiding=frozenset({"Group"}))).holds(path)


def test_a_limit_says_that_it_cut() -> None:
    data = small(
        "a:Group b:Group c:Group d:Group",
        "a actsToward b", "a actsToward c", "b actsToward d", "c actsToward d",
    )  # fmt: skip
    one, two = best_paths(data, "a", "d", k=1), best_paths(data, "a", "d", k=2)
    assert (len(one.paths), one.cut) == (1, "there are more paths than 1")
    assert (len(two.paths), two.cut) == (2, "")
    assert (count_paths(data, "a", "d").number, count_paths(data, "a", "d").cut) == (2, "")
    short = count_paths(data, "a", "d", seconds=1e-9)
    assert short.cut == "stopped after 1e-09 seconds"
    assert best_paths(data, "a", "d", seconds=1e-9).cut == "stopped after 1e-09 seconds"


def test_the_twin_in_cypher_opens_with_the_question_and_names_its_parameters() -> None:
    asked = question("influence_paths")
    lines = (resource("queries") / "influence_paths.cypher").read_text("utf-8").splitlines()
    assert lines[0] == f"// {asked.text}"
    for name in asked.bound_names():
        assert any(f"${name}" in line for line in lines[1:5] if line.startswith("//"))
        assert any(f"${name}" in line for line in lines[5:])
    assert lines[-1].startswith("ORDER BY ")


TIMES = [
    # on one day, in turn
    (["a actsToward b valid 1990/2000", "b actsToward c valid 1995/2005"], "yes", "yes"),
    (["a actsToward b valid 1990/1994", "b actsToward c valid 1995/2005"], "no", "yes"),
    (["a actsToward b valid 1995/2005", "b actsToward c valid 1990/1994"], "no", "no"),
    (["a actsToward b valid 1995", "b actsToward c valid 1990/2005"], "unknown", "unknown"),
    (["a actsToward b", "b actsToward c valid 1990/2005"], "unknown", "unknown"),
    (["a actsToward b valid 1990/1991", "b actsToward c valid 2000/2001",
      "b actsToward c valid 1980/1995"], "yes", "yes"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "together", "in_turn"), TIMES)
def test_paths_in_time(lines: list[str], together: str, in_turn: str) -> None:
    data = small("a:Group b:Group c:Group", *lines)
    search = Search(data)
    (path,) = influence_paths(data, "a", "c")
    assert (search.coherent(path), search.sequential(path)) == (together, in_turn)
    for least, answers in (("unknown", {"yes", "unknown"}), ("yes", {"yes"})):
        for name, answer in (("coherent", together), ("sequential", in_turn)):
            scope = Scope(**{name: least})
            found = list(influence_paths(data, "a", "c", scope=scope))
            assert (
                len(found) == count_paths(data, "a", "c", scope=scope).number == (answer in answers)
            )


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        (("anca", "anca"), ParameterError, "both start and goal"),
        (("anca", "aaa", {"hops": 0}), ParameterError, "1 to 12"),
        (("anca", "aaa", {"hops": 13}), ParameterError, "1 to 12"),
        (("ankca", "aaa"), UnknownNameError, "did you mean 'anca'"),
        (("anca", "aaa", {"scope": Scope(as_of="2021-02-29")}), ParameterError, "2021-02"),
        (("anca", "aaa", {"scope": Scope(min_confidence="hihg")}), UnknownNameError, "high"),
        (("anca", "aaa", {"scope": Scope(min_certainty="reportd")}), UnknownNameError, "reported"),
        (
            ("anca", "aaa", {"scope": Scope(relations="lobies")}),
            UnknownNameError,
            "lobbies",
        ),
        (
            ("anca", "aaa", {"scope": Scope(families="influense")}),
            UnknownNameError,
            "influence",
        ),
        (
            ("anca", "aaa", {"scope": Scope(avoiding=frozenset({"Stat"}))}),
            UnknownNameError,
            "State",
        ),
        (
            ("anca", "aaa", {"scope": Scope(source_classes="new")}),
            UnknownNameError,
            "news",
        ),
        (("anca", "aaa", {"scope": Scope(coherent="maybe")}), UnknownNameError, "maybe"),
        (("anca", "aaa", {"by": "hop"}), UnknownNameError, "hops"),
        (
            ("anca", "aaa", {"scope": Scope(without_sources="nurbek")}),
            UnknownNameError,
            "nurbek2025",
        ),
    ],
)
def test_errors_say_what_to_do(
    seed: Dataset, arguments: tuple[object, ...], error: type[Exception], says: str
) -> None:
    start, goal, *more = arguments
    with pytest.raises(error, match=says):
        list(influence_paths(seed, start, goal, **(more[0] if more else {})))  # type: ignore[arg-type]


def test_a_filter_that_leaves_nothing_gives_no_path(seed: Dataset) -> None:
    scope = Scope(statuses=frozenset({"deprecated"}))
    assert (
        list(influence_paths(seed, "armenian-diaspora", "us-policy-toward-armenia", scope=scope))
        == []
    )


@pytest.mark.parametrize(
    ("name", "value"), [("sources", "s"), ("without_sources", "s"), ("source_classes", "official")]
)
def test_where_nothing_is_said_a_filter_on_sources_leaves_nothing(name: str, value: str) -> None:
    data = small("a:Group b:Group")
    assert list(influence_paths(data, "a", "b", scope=Scope(**{name: frozenset({value})}))) == []


GATED = "a:Group b:GovernmentBody g:Group l:Law t:Issue"
LOBBIES = "a lobbies b about t"
RULE_CASES = [
    # whole → part → part would be two inclusions in a row
    ("a:State w:Group p:Group q:Group g:Group",
     ["a engages w", "p partOf w", "q partOf p", "q actsToward g"], "a g", 0),
    ("a:State w:Group p:Group g:Group", ["a engages w", "p partOf w", "p actsToward g"], "a g", 1),
    # part → whole only as the last step
    ("a:Group p:Group w:Group g:Group",
     ["a actsToward p", "p partOf w", "w actsToward g"], "a g", 0),
    ("a:Group p:Group w:Group", ["a actsToward p", "p partOf w"], "a w", 1),
    # part → whole → other part
    ("p:Group q:Group w:Group", ["p partOf w", "q partOf w"], "p q", 0),
    # a state may begin or end a path, never stand inside
    ("a:Group k:State g:Group", ["a actsToward k", "k engages g"], "a g", 0),
    # a gate opens for a shared topic: about, the object, or what a policy concerns
    (GATED, ["a lobbies b", "b actsToward g"], "a g", 0),
    (GATED, [LOBBIES, "b actsToward g about t"], "a g", 1),
    (GATED, [LOBBIES, "b adopts l"], "a l", 0),
    (GATED, [LOBBIES, "b adopts l", "l concerns t"], "a l", 1),
    (GATED, [LOBBIES, "b adopts l", "l concerns t polarity denies"], "a l", 0),
    # the ends of organOf are exempt
    ("k:State b:GovernmentBody g:Group", ["b organOf k", "b actsToward g"], "k g", 1),
    # against the relation where the flow is backward, both ways where it is both
    ("d:Group o:Group g:Group", ["o reliesOn d", "o actsToward g"], "d g", 1),
    ("a:Group b:Group", ["b cooperatesWith a"], "a b", 1),
    # an inclusion may come after the last hop, and where two searches meet
    ("a:Group b:Group c:Group d:Group e:Group p:Group",
     ["a actsToward b", "b actsToward c", "c actsToward d", "d actsToward e", "p partOf e"],
     "a p", 1),
    ("a:Group b:Group w:Group p:Group d:Group e:Group",
     ["a actsToward b", "b actsToward w", "p partOf w", "p actsToward d", "d actsToward e"],
     "a e", 1),
    # an inclusion alone is no influence; a denial is no hop
    ("w:Group p:Group", ["p partOf w"], "w p", 0),
    ("a:Group b:Group", ["a actsToward b polarity denies"], "a b", 0),
]  # fmt: skip


@pytest.mark.parametrize(("types", "lines", "ends", "paths"), RULE_CASES)
def test_each_rule(types: str, lines: list[str], ends: str, paths: int) -> None:
    start, goal = ends.split()
    assert len(list(influence_paths(small(types, *lines), start, goal))) == paths

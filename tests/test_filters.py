"""One function decides which claims pass a scope; no result has a claim that fails."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from diaspora_graph import (
    Dataset,
    ParameterError,
    Scope,
    UnknownNameError,
    around,
    best_paths,
    between,
    compare,
    compare_points,
    distances,
    load_dataset,
    policies_of,
    robustness,
    scene_of,
    scores,
    whole,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.records import CLAIMS, Coding, Observation, Statement
from diaspora_graph.dates import parse_validity, window
from diaspora_graph.filters.masks import passing
from diaspora_graph.pictures.figures.notes import alternative_text, caption

Claim = Statement | Observation | Coding

SCOPES = {
    "none": Scope(),
    "as_of": Scope(as_of="1850"),
    "as_of a span": Scope(as_of="2019/2021"),
    "certain_time": Scope(as_of="2019", certain_time=True),
    "min_confidence": Scope(min_confidence="high"),
    "min_certainty": Scope(min_certainty="asserted"),
    "statuses": Scope(statuses="disputed"),
    "source_classes": Scope(source_classes=["official", "wiki"]),
    "sources": Scope(sources="fpos2025"),
    "without_sources": Scope(without_sources="nurbek2025"),
    "families": Scope(families="assessment"),
    "relations": Scope(relations=["hasStrongPoint", "supports"]),
    "several": Scope(as_of="2008", min_confidence="medium", without_sources="fpos2025"),
}
FILTERS = {name: scope for name, scope in SCOPES.items() if name != "none"}
OPTIONS = {
    "as_of": ["--as-of", "1850"],
    "certain_time": ["--as-of", "2019", "--certain-time"],
    "min_confidence": ["--min-confidence", "high"],
    "min_certainty": ["--min-certainty", "asserted"],
    "statuses": ["--status", "disputed"],
    "source_classes": ["--source-class", "official", "--source-class", "wiki"],
    "sources": ["--source", "fpos2025"],
    "without_sources": ["--without-source", "nurbek2025"],
    "families": ["--family", "assessment"],
    "relations": ["--relation", "hasStrongPoint", "--relation", "supports"],
}
OF_PATHS = {"through", "avoiding", "coherent", "sequential"}


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def said(data: Dataset, claim: Claim, scope: Scope) -> bool:
    """Whether the source of a claim passes, only by the words of `Scope`."""
    voices = {claim.source, *claim.cited.split("|")} - {""}
    if scope.without_sources & voices:
        return False
    if scope.sources and claim.source not in scope.sources:
        return False
    classes = scope.source_classes
    return not classes or (bool(claim.source) and data.source(claim.source).source_class in classes)


def graded(data: Dataset, claim: Claim, scope: Scope) -> bool:
    """Whether words and relation of a claim pass."""
    schema = data.schema
    coding = isinstance(claim, Coding)
    vocabulary = "coding_status" if coding else "status"
    status = claim.status or schema.default(vocabulary)
    sound = status in (scope.statuses or {"accepted", "disputed"})
    for column, least in (
        ("confidence", scope.min_confidence),
        ("certainty", scope.min_certainty),
    ):
        words, word = schema.words(column), getattr(claim, column)
        sound &= not least or not word or words.index(word) >= words.index(least)
    if isinstance(claim, Statement):
        predicate = schema.predicates[claim.predicate]
        sound &= not scope.relations or claim.predicate in scope.relations
        sound &= not scope.families or predicate.family.removesuffix("_family") in scope.families
    elif not coding:
        sound &= not (scope.relations or scope.families)
    return sound


def timely(claim: Claim, scope: Scope) -> bool:
    if not scope.as_of:
        return True
    first, last = window(scope.as_of)
    days = parse_validity(claim.valid)
    if scope.certain_time:
        return days.begin_latest <= last and days.end_earliest >= first
    return days.begin_earliest <= last and days.end_latest >= first


def rests(data: Dataset, claim: Coding, scope: Scope) -> list[str]:
    """The evidence of a coding that passes: every filter but time, and begun by then."""
    last = window(scope.as_of)[1] if scope.as_of else 999_999_999
    found = []
    for id in filter(None, claim.evidence.split("|")):
        each = data.claim(id)
        begun = parse_validity(each.valid).begin_earliest <= last
        if begun and said(data, each, scope) and graded(data, each, scope):
            found.append(id)
    return found


def passes(data: Dataset, claim: Claim, scope: Scope) -> bool:
    """Whether a claim passes a scope, in a second, simple version; without polarity."""
    if not (graded(data, claim, scope) and timely(claim, scope)):
        return False
    if not isinstance(claim, Coding):
        return said(data, claim, scope)
    own = not claim.source or said(data, claim, scope)
    if not claim.evidence:
        return own and not (scope.relations or scope.families)
    return own and bool(rests(data, claim, scope))


def every(data: Dataset) -> list[Claim]:
    return [data.claim(id) for kind in CLAIMS for id in data.tables[kind]["id"].all()]


@pytest.mark.parametrize("name", SCOPES)
def test_a_scope_lets_pass_what_its_words_say(seed: Dataset, name: str) -> None:
    scope = SCOPES[name]
    for kind in CLAIMS:
        ids = seed.tables[kind]["id"].all()
        for denials in (False, True):
            mask = passing(seed, scope, kind, denials=denials)
            found = {id for id, kept in zip(ids, mask.tolist(), strict=True) if kept}
            claims = (seed.claim(id) for id in ids)
            assert found == {
                each.id
                for each in claims
                if passes(seed, each, scope) and (each.polarity == "denies") == denials
            }


def test_every_filter_leaves_something_out(seed: Dataset) -> None:
    """Otherwise the other tests could not fail."""
    whole_ = {each.id for each in every(seed) if passes(seed, each, Scope())}
    for name, scope in FILTERS.items():
        assert {each.id for each in every(seed) if passes(seed, each, scope)} != whole_, name
    tried = {filter_ for scope in FILTERS.values() for filter_ in scope.filters()}
    assert tried | OF_PATHS == {each.name for each in fields(Scope)}


def failing(data: Dataset, scope: Scope, ids: object) -> set[str]:
    """Ids that do not pass; the evidence of a coding is not tested for its time."""
    bad = set()
    for id in ids:  # type: ignore[attr-defined]
        claim = data.claim(id)
        if not passes(data, claim, scope):
            bad.add(id)
    return bad


STATES = ["Armenia", "Israel", "India", "South Korea", "Kazakhstan"]


@pytest.mark.parametrize("name", FILTERS)
def test_a_comparison_holds_only_what_passes(seed: Dataset, name: str) -> None:
    scope = FILTERS[name]
    found = compare(seed, STATES, scope=scope)
    timeless = replace(scope, as_of="", certain_time=False)
    for cell in found.cells():
        for reading in cell.readings:
            first, *rest = reading.claims
            assert not failing(seed, scope, [first])
            assert not failing(seed, timeless, rest)
    points = compare_points(seed, STATES, scope=scope)
    assert not failing(seed, scope, points.claims())
    for each in (found, points):
        assert each.filters == scope.describe()
        assert each.to_pandas().attrs["filters"] == scope.describe()
        assert each.evidence().attrs["filters"] == scope.describe()
    coded = {
        (each.subject, each.item)
        for each in every(seed)
        if isinstance(each, Coding) and each.subject in found.states and passes(seed, each, scope)
    }
    assert {(cell.state, cell.item) for cell in found.cells() if cell.readings} == coded


@pytest.mark.parametrize("name", FILTERS)
def test_scores_and_distances_take_the_filters_of_their_comparison(
    seed: Dataset, name: str
) -> None:
    scope = FILTERS[name]
    compared = compare(seed, STATES, scope=scope)
    for found in (scores(seed, STATES, scope=scope), distances(seed, STATES, scope=scope)):
        assert found.filters == scope.describe()
        assert found.comparison == compared


@pytest.mark.parametrize("name", FILTERS)
def test_a_scene_holds_only_what_passes(seed: Dataset, name: str) -> None:
    scope = FILTERS[name]
    chosen = []
    for choose in (
        lambda: whole(seed, scope=scope),
        lambda: around(seed, ["Kazakhstan"], scope=scope),
        lambda: between(seed, "India", "United Kingdom", scope=scope),
        lambda: policies_of(seed, STATES, scope=scope),
    ):
        try:
            chosen.append(choose())  # type: ignore[no-untyped-call]
        except ParameterError as error:
            assert "nothing to draw" in str(error)  # noqa: PT017
    for each in chosen:
        if not len(each):
            continue
        scene = scene_of(seed, each)
        lines = [claim.id for claim in (*scene.evidence, *scene.facts, *scene.denials)]
        linking = {id for id in lines if seed.kind_of(id) == "statement"} if each else set()
        assert not failing(seed, scope, set(lines) - linking)
        owning = {
            id for id in linking if seed.schema.predicates[seed.statement(id).predicate].own_policy
        }
        unrelated = replace(scope, families=(), relations=())
        assert not failing(seed, scope, linking - owning)
        assert not failing(seed, unrelated, owning)
        for text in (scene.heading, caption(scene), alternative_text(scene)):
            assert scope.describe() in text


ENDS = ("Armenian diaspora", "us-policy-toward-armenia")


@pytest.mark.parametrize("name", FILTERS)
def test_paths_rest_only_on_what_passes(seed: Dataset, name: str) -> None:
    scope = FILTERS[name]
    for path in best_paths(seed, *ENDS, scope=scope).paths:
        for step in path.steps:
            assert step.statements
            assert not failing(seed, scope, [*step.statements, *step.denials])
    for loss in robustness(seed, *ENDS, scope=scope, k=2).losses:
        for path in best_paths(seed, *ENDS, scope=loss.scope).paths:
            assert not failing(seed, scope, [id for step in path.steps for id in step.statements])


def test_filters_of_paths_say_nothing_of_what_has_none(seed: Dataset) -> None:
    for scope in (Scope(through="Diaspora"), Scope(avoiding="State"), Scope(coherent="yes")):
        for ask in (
            lambda s=scope: compare(seed, ["Armenia"], scope=s),
            lambda s=scope: whole(seed, scope=s),
            lambda s=scope: around(seed, ["Armenia"], scope=s),
        ):
            with pytest.raises(ParameterError, match="no paths"):
                ask()
    with pytest.raises(UnknownNameError, match="disputed"):
        compare(seed, ["Armenia"], scope=Scope(statuses="disputd"))


def run(*arguments: str) -> str:
    done = CliRunner().invoke(main, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


VERBS = {
    "paths": ["paths", *ENDS, "--limit", "2"],
    "paths explained": ["paths", *ENDS, "--limit", "1", "--explain"],
    "count-paths": ["count-paths", *ENDS],
    "why-not": ["why-not", *ENDS],
    "robust": ["robust", *ENDS, "--limit", "1"],
    "compare": ["compare"],
    "compare points": ["compare", "--framework", "points"],
    "scores": ["scores"],
    "distances": ["distances"],
    "diffusion": ["diffusion", "B1"],
    "numbers": ["numbers", "founded"],
}


@pytest.mark.parametrize("name", OPTIONS)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_prints_its_filters_and_nothing_that_fails_them(
    seed: Dataset, verb: str, name: str
) -> None:
    scope = SCOPES[name]
    text = run(*VERBS[verb], *OPTIONS[name])
    assert scope.describe() in text
    ids = set(re.findall(r"(?<=[\[ ])(?:st|ob|co)-[a-z0-9-]+", text))
    known = {each.id for each in every(seed)} & ids
    if verb == "why-not" or "\nno path" in text:  # they name what a filter leaves out, as that
        return
    timeless = replace(scope, as_of="", certain_time=False)
    assert not failing(seed, timeless if verb in {"compare", "diffusion"} else scope, known)


@pytest.mark.parametrize("name", OPTIONS)
def test_pages_and_figures_carry_their_filters(tmp_path: Path, name: str) -> None:
    page, figure = tmp_path / "page.html", tmp_path / "figure.svg"
    around_anca = ["ANCA", *OPTIONS[name]]
    told = CliRunner().invoke(main, ["explore", *around_anca, "-o", str(page)])
    drawn = CliRunner().invoke(main, ["figure", *around_anca, "-o", str(figure)])
    if told.exit_code:
        assert "nothing to draw" in told.output
        assert "nothing to draw" in drawn.output
        return
    words = SCOPES[name].describe()
    assert f"<title>{json.loads(figure.with_suffix('.json').read_text('utf-8'))['title']}" in (
        page.read_text("utf-8")
    )
    assert words in page.read_text("utf-8").partition("</title>")[0]
    assert words in json.loads(figure.with_suffix(".json").read_text("utf-8"))["caption"]
    assert words in figure.read_text("utf-8")

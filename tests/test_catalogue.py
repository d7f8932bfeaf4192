"""The catalogue of questions: what each says of the seed and of small cases worked by hand."""

from __future__ import annotations

from functools import cache

import pytest
from click.testing import CliRunner

import samples
from diaspora_graph import (
    QUESTIONS,
    MemoryGraph,
    ParameterError,
    UnknownNameError,
    load_dataset,
    question,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dates import EVER, day_number
from diaspora_graph.ontology.schema import LANGUAGES
from diaspora_graph.wording.questions import question_text

ROW = dict[str, object]


@cache
def seed() -> MemoryGraph:
    return MemoryGraph(load_dataset())


@cache
def events() -> MemoryGraph:
    return MemoryGraph(samples.eventful())


def rows(graph: MemoryGraph, name: str, **parameters: str) -> list[ROW]:
    answer = graph.answer(question(name), **parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def picked(found: list[ROW], *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in found]


def small(*lines: str, entities: str) -> MemoryGraph:
    """A graph of statements, each ``subject predicate object [column=value]…``."""
    types = dict(each.split(":") for each in entities.split())
    said = []
    for number, line in enumerate(lines):
        start, verb, end, *more = line.split()
        cells = dict(each.split("=") for each in more)
        row = {"id": f"t{number}", "subject": start, "predicate": verb, "object": end}
        given = {"source": "doe2020", "locator": "p. 1", "passage": samples.PASSAGE}
        said.append({**row, **given, "confidence": "low", **cells})
    named = [{"id": id, "type": of, "label_en": id} for id, of in types.items()]
    data: Dataset = samples.sample({"entity": named, "statement": said})
    return MemoryGraph(data)


# --- relations -----------------------------------------------------------------------------------


def test_who_lobbies_whom_on_one_resolution() -> None:
    found = rows(seed(), "who_to_whom", predicate="lobbies", topic="h-res-106-110")
    assert picked(found, "subject", "object") == [
        ("aaa", "us-house-foreign-affairs-committee"),
        ("american-jewish-committee", "us-congress"),
        ("anca", "us-house-of-representatives"),
        ("anti-defamation-league", "us-congress"),
        ("government-of-turkey", "us-congress"),
        ("president-of-the-united-states", "us-house-foreign-affairs-committee"),
    ]
    assert found[2]["statements"] == "st-anca-lobbies-us-house-of-representatives-2"


def test_a_topic_has_a_row_of_its_own_and_denials_have_none() -> None:
    found = rows(events(), "who_to_whom", predicate="lobbies", during="2019-07")
    assert picked(found, "subject", "object", "about", "holds", "statements") == [
        ("aland-lobby", "beland-assembly", "recognition", "yes", "s001"),  # s002 ended in June
        ("aland-lobby", "beland-assembly", "trade", "yes", "s001"),
        ("rival-lobby", "beland-assembly", "trade", "unknown", "e10"),
    ]


def test_two_lobbies_share_the_chambers_that_both_lobby() -> None:
    found = rows(seed(), "shared_neighbours", one="anca", other="aaa", predicate="lobbies")
    assert [row["neighbour"] for row in found] == [
        "us-congress", "us-house-of-representatives", "us-senate",
    ]  # fmt: skip


def test_common_neighbours_tell_both_relations_and_their_directions() -> None:
    found = rows(events(), "shared_neighbours", one="beland", other="resolution-1")
    assert picked(found, "neighbour", "relation", "other_relation", "statements") == [
        ("beland-assembly", "^organOf", "^adopts", "s009|s013"),
    ]


def test_shared_targets_follow_the_flow_of_influence() -> None:
    graph = small(
        "a lobbies x", "b reliesOn x", "x reliesOn b", "a cooperatesWith y", "b alliedWith y",
        "a supports z", "b supports z polarity=denies",
        entities="a:LobbyOrganisation b:LobbyOrganisation x:LobbyOrganisation"
        " y:LobbyOrganisation z:LobbyOrganisation",
    )  # fmt: skip
    # b relies on x: x acts on b; x relies on b: b acts on x; allies pass on no influence
    assert picked(
        rows(graph, "shared_targets", one="a", other="b"), "target", "relation", "other_relation"
    ) == [("x", "lobbies", "^reliesOn")]


def test_a_relation_of_two_sources_that_credit_one_rests_on_one_origin() -> None:
    graph = small(
        "a lobbies x cited=esman", "a lobbies x source=roe2018 cited=esman|minister",
        "b lobbies x", "b lobbies x source=roe2018", "c lobbies x",
        "c lobbies x source=roe2018 polarity=denies",
        entities="a:LobbyOrganisation b:LobbyOrganisation c:LobbyOrganisation x:Legislature",
    )  # fmt: skip
    found = rows(graph, "resting_on_one_origin", thing="x")
    assert picked(found, "subject", "origin", "statements") == [
        ("a", "esman", "t0|t1"), ("c", "doe2020", "t4"),
    ]  # fmt: skip
    assert rows(graph, "resting_on_one_origin", thing="x", origin="esman") == found[:1]


def test_what_the_seed_has_from_one_lobby_only() -> None:
    found = rows(seed(), "resting_on_one_origin", origin="anca")
    assert len(found) == 7
    assert ("anca", "creditedWith", "h-res-296") in picked(found, "subject", "predicate", "object")


# --- bodies, laws, times -------------------------------------------------------------------------


def test_a_chain_of_laws_goes_on_with_the_successor() -> None:
    found = rows(seed(), "succession_of", thing="law-on-immigration-1992")
    assert picked(found, "body", "predicate", "actor", "valid") == [
        ("law-on-immigration-1992", "replaces", "law-on-population-migration-1997", "1997-12-13"),
        ("law-on-population-migration-1997", "replaces", "law-on-population-migration",
         "2011-07-22"),
    ]  # fmt: skip
    assert found[0]["begins_earliest"] == found[0]["begins_latest"] == day_number(1997, 12, 13)
    assert picked(rows(events(), "succession_of", thing="aid-law-2"), "statements") == [("e05",)]


def test_an_abolished_ministry_has_its_abolition_and_its_successor() -> None:
    found = rows(seed(), "succession_of", thing="ministry-of-diaspora-of-armenia")
    assert {*picked(found, "predicate", "actor")} == {
        ("abolishes", "armenia"),
        ("abolishes", "government-of-armenia"),
        ("replaces", "office-of-the-high-commissioner-for-diaspora-affairs"),
    }
    assert "2019-06-11" in {row["valid"] for row in found}


def test_a_credit_is_told_with_who_denies_it_and_who_claims_it_too() -> None:
    found = rows(events(), "credited_with", thing="aid-law")
    assert picked(found, "credit", "objection", "objector") == [
        ("e07", "e08", "roe2018"), ("e07", "e09", "doe2020"),
        ("e09", "e07", "doe2020"), ("e09", "e08", "roe2018"),
    ]  # fmt: skip
    alone = rows(events(), "credited_with", thing="resolution-1")
    assert picked(alone, "credit", "objection", "statements") == [("e11", "", "e11")]


def test_who_claims_the_resolution_of_2019() -> None:
    found = rows(seed(), "credited_with", thing="h-res-296")
    assert {*picked(found, "actor", "objector")} == {
        ("anca", "massispost2019sres150"), ("anca", "newsam541792"),
        ("armenian-council-of-america", "anca2019chairman"),
        ("armenian-council-of-america", "newsam541792"),
    }  # fmt: skip


def test_offices_in_a_time() -> None:
    thing = "ministry-of-diaspora-of-armenia"
    assert picked(rows(seed(), "office_holders", thing=thing), "person") == [
        ("hranush-hakobyan",), ("mkhitar-hayrapetyan",),
    ]  # fmt: skip
    assert picked(
        rows(seed(), "office_holders", thing=thing, during="2010"), "person", "holds"
    ) == [("hranush-hakobyan", "unknown")]
    (row,) = rows(events(), "office_holders", thing="minister")
    assert (row["body"], row["begins_earliest"]) == (
        "beland-ministry",
        day_number(2009, 1, 1),
    )  # 2010?


def test_members_parts_and_organs() -> None:
    assert picked(rows(seed(), "members_of", thing="jewish-agency"), "member", "predicate") == [
        ("jewish-federations-of-north-america", "memberOf"), ("keren-hayesod", "memberOf"),
        ("world-zionist-organization", "memberOf"),
    ]  # fmt: skip
    during = {each: rows(events(), "members_of", thing="beland", during=each)
              for each in ("2003", "2005")}  # fmt: skip
    assert picked(during["2003"], "member") == [("beland-assembly",)]
    assert during["2005"] == []


@pytest.mark.parametrize(
    ("during", "holds"),
    [("1999", None), ("2000-06", "unknown"), ("2001-03", "yes"), ("2010-05-15", "unknown"),
     ("2010-05", "yes"), ("2010-06", None), ("", "yes")],
)  # fmt: skip
def test_a_law_is_in_force_from_its_adoption_until_it_is_replaced(
    during: str, holds: str | None
) -> None:
    # adopted in 2000 by the state, in February 2001 by its assembly; replaced in May 2010
    found = {
        row["law"]: row for row in rows(events(), "laws_in_force", state="beland", during=during)
    }
    assert found.get("aid-law", {}).get("holds") == holds
    if holds:
        spans = [found["aid-law"][f"{end}_{at}"] for end in ("begins", "ends")
                 for at in ("earliest", "latest")]  # fmt: skip
        assert spans == [day_number(2000, 1, 1), day_number(2001, 2, 28),
                         day_number(2010, 5, 1), day_number(2010, 5, 31)]  # fmt: skip
        assert found["aid-law"]["statements"] == "e01|e02|e03|e04|s009"


def test_a_law_without_days_may_be_in_force_at_any_time() -> None:
    (row,) = rows(events(), "laws_in_force", state="cela", during="1900")
    assert (row["law"], row["holds"], row["ends_latest"]) == ("aid-law-3", "unknown", EVER)


def test_laws_of_kazakhstan_in_1995() -> None:
    found = rows(seed(), "laws_in_force", state="kazakhstan", during="1995")
    assert picked(found, "law", "holds") == [
        ("constitution-of-kazakhstan-1995", "yes"), ("law-on-citizenship-of-kazakhstan", "yes"),
        ("law-on-immigration-1992", "yes"), ("law-on-repatriate-quotas", "unknown"),
    ]  # fmt: skip


def test_what_changed_is_three_valued() -> None:
    graph = small(
        "a supports b valid=2001/2009", "a supports b valid=2012", "a supports b valid=2001/2020",
        "a supports b valid=1990", "a supports b valid=2008/", "a supports b",
        "a supports b valid=2001/2009 polarity=denies", "a supports b valid=2012 status=deprecated",
        entities="a:Organisation b:Organisation",
    )  # fmt: skip
    found = rows(graph, "changed_between", thing="a", before="2005", after="2012")
    assert picked(found, "statement", "change", "denied", "before", "after") == [
        ("t0", "ended", False, "yes", "no"), ("t1", "appeared", False, "no", "yes"),
        ("t4", "unknown", False, "no", "unknown"), ("t5", "unknown", False, "unknown", "unknown"),
        ("t6", "ended", True, "yes", "no"),
    ]  # fmt: skip


def test_what_ended_with_the_overseas_koreans_foundation() -> None:
    asked = {"thing": "overseas-koreans-foundation", "before": "2010", "after": "2024"}
    found = rows(seed(), "changed_between", **asked)
    assert [row["statement"] for row in found if row["change"] == "ended"] == [
        "st-overseas-koreans-foundation-organ-of-ministry-of-foreign-affairs-of-south-korea",
        "st-overseas-koreans-foundation-supports-korean-diaspora",
    ]
    assert not [row for row in found if row["change"] == "appeared"]


def test_who_was_first_is_certain_only_where_days_do_not_overlap() -> None:
    # aland in 2018 (its undated coding says nothing), cela in June 2018, beland in 2019
    found = rows(events(), "first_in_field", item="diaspora_ministry")
    assert picked(found, "subject", "surely_before", "maybe_before") == [
        ("aland", 0, 1), ("beland", 2, 0), ("cela", 0, 1),
    ]  # fmt: skip
    assert found[0]["statements"] == "c004|s011"


def test_israel_had_a_ministry_for_its_diaspora_before_india_and_armenia() -> None:
    found = rows(seed(), "first_in_field", item="A1")
    assert picked(found, "subject", "surely_before", "maybe_before") == [
        ("armenia", 2, 0), ("india", 1, 0), ("israel", 0, 0),
    ]  # fmt: skip


# --- policies, numbers, sources ------------------------------------------------------------------


def test_a_programme_of_an_organ_is_one_of_its_state() -> None:
    (row,) = rows(events(), "programmes_by_mechanism", mechanism="quota")
    assert tuple(row.values()) == ("bridge", "quota", "beland", "s010|s015|s016")
    assert rows(events(), "programmes_by_mechanism", state="aland") == []


def test_programmes_with_matching_funds_and_the_one_whose_state_is_known() -> None:
    found = rows(seed(), "programmes_by_mechanism", mechanism="matching-funds")
    assert picked(found, "programme", "country") == [
        ("birthright-israel", ""), ("masa-volunteer-programme-2024", "israel"),
        ("mosaic-united", ""),
    ]  # fmt: skip
    of_israel = rows(seed(), "programmes_by_mechanism", state="israel")
    assert found[1] in of_israel
    assert {row["country"] for row in of_israel} == {"israel"}


def test_a_measure_is_that_of_the_subject_or_of_the_partner_if_that_is_a_state() -> None:
    found = rows(events(), "measure_over_states", measure="emigrants")
    assert picked(found, "state", "observation", "value", "partner") == [
        ("aland", "o006", "007", "beland"),
    ]
    assert rows(events(), "measure_over_states", measure="diaspora_size") == []
    sizes = rows(seed(), "measure_over_states", measure="diaspora_size", during="2019")
    assert ("france", "armenian-diaspora", "21012", "yes") in picked(
        sizes, "state", "subject", "value", "holds"
    )


def test_remittances_over_states() -> None:
    found = rows(seed(), "measure_over_states", measure="remittances_received", during="2017")
    totals = {row["state"]: row["value"] for row in found
              if not row["partner"] and row["unit"] == "USD/year"}  # fmt: skip
    assert totals["armenia"] == "1539000000"
    assert totals["india"] == "68968100000"


def test_sources_of_one_class() -> None:
    found = rows(seed(), "sources_about", thing="kazakhstan", of_class="scholarly")
    assert picked(found, "source", "date") == [("fpos2025", "2025"), ("nurbek2025", "2025")]
    about = {
        row["source"]: row["statements"] for row in rows(events(), "sources_about", thing="trade")
    }
    assert about == {"doe2020": "s001|s015|s018|s027|s033", "roe2018": "e10|s028"}


def test_the_claims_of_a_coder() -> None:
    found = rows(events(), "coded_by", coder="a", item="diaspora_ministry")
    assert picked(found, "coding", "claim", "source") == [
        ("c001", "o001", "doe2020"), ("c001", "s011", "doe2020"), ("c002", "s010", "doe2020"),
        ("c004", "s011", "doe2020"),
    ]  # fmt: skip
    of_second = rows(seed(), "coded_by", coder="second coder", item="diaspora_ministry")
    assert ("co-india-a1-second", "ls-1993-2016", "answer (b)") in picked(
        of_second, "coding", "source", "locator"
    )


# --- what cannot be asked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "parameters", "error", "says"),
    [
        ("changed_between", {"before": "2019", "after": "2007"}, ParameterError, "earlier time"),
        ("changed_between", {"before": "2019", "after": "2019"}, ParameterError, "two times"),
        ("changed_between", {"before": "2019"}, ParameterError, "needs after"),
        ("changed_between", {"before": "2019", "after": "soon"}, ParameterError, "after is 'soon'"),
        ("coded_by", {"coder": "first codr"}, UnknownNameError, "did you mean 'first coder'"),
        ("shared_neighbours", {"one": "anca", "other": "ANCA"}, ParameterError, "two things"),
        ("sources_about", {"thing": "anca", "of_class": "wikki"}, UnknownNameError, "'wiki'"),
        ("who_to_whom", {"predicate": "lobby"}, UnknownNameError, "lobbies"),
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_is_refused(
    name: str, parameters: dict[str, str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        seed().answer(question(name), **parameters)


# --- names of questions --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("who lobbies whom", "who_to_whom"),
        ("who funds whom", "who_to_whom"),
        ("shared allies", "shared_neighbours"),
        ("what replaced a ministry", "succession_of"),
        ("laws in force", "laws_in_force"),
        ("who was first", "first_in_field"),
        ("single origin", "resting_on_one_origin"),
        ("what changed", "changed_between"),
        ("who holds an office", "office_holders"),
        ("кто кого лоббирует", "who_to_whom"),
        ("entitty", "entity"),
    ],
)
def test_an_unknown_question_is_answered_with_the_nearest_by_words(words: str, name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        question(words)
    assert f"did you mean '{name}'" in str(error.value)


def test_words_of_no_question_get_no_guess() -> None:
    with pytest.raises(UnknownNameError) as error:
        question("xyzzy")
    assert "did you mean" not in str(error.value)


def test_ask_names_the_nearest_question_and_fails() -> None:
    result = CliRunner().invoke(main, ["ask", "who lobbies whom"])
    assert result.exit_code == 1
    assert "did you mean 'who_to_whom'" in result.output


def test_there_are_enough_questions_each_in_three_languages() -> None:
    assert len(QUESTIONS) >= 25
    for each in QUESTIONS.values():
        texts = [question_text(each, language) for language in LANGUAGES]
        assert texts[0] == each.text
        assert len({*texts}) == len(LANGUAGES)
        assert all(text.endswith("?") for text in texts)


def test_questions_are_listed_in_a_language() -> None:
    result = CliRunner().invoke(main, ["questions", "--language", "ru"])
    assert result.exit_code == 0
    assert "О чём" not in result.output
    assert "о чём спрашивает" in result.output
    assert "Что говорит источник?" in result.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_told_in_a_language(language: str) -> None:
    asked = ["thing=Overseas Koreans Foundation", "before=2010", "after=2024"]
    result = CliRunner().invoke(main, ["ask", "changed_between", *asked, "--language", language])
    assert result.exit_code == 0
    assert {"en": "ended", "kk": "аяқталды", "ru": "прекратилось"}[language] in result.output

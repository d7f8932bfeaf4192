"""What changed between two times, and timelines: each answer worked out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
import pytest
from click.testing import CliRunner

from diaspora_graph import (
    Changes,
    Dataset,
    Difference,
    ParameterError,
    Scope,
    UnknownNameError,
    changes,
    load_dataset,
    timeline,
)
from diaspora_graph.cli import main
from diaspora_graph.cli.output import WIDEST
from diaspora_graph.dates import parse_validity
from samples import PASSAGE, Row, sample

FIRST, SECOND = "2007", "2019"


def said(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 1, result.output
    return result.output


def claim(id: str, **more: str) -> Row:
    given = {"source": "doe2020", "locator": "p. 12", "passage": PASSAGE, "confidence": "medium"}
    return {"id": id} | given | more


def acts(*times: str, **more: str) -> Row:
    """Return a statement of the guild on the issue of the same number."""
    number, valid = times
    return claim(f"g{number}", subject="guild", predicate="lobbiesFor",
                 object=f"issue-{number.rstrip('abc')}", valid=valid, **more)  # fmt: skip


def counts(id: str, measure: str, value: str, valid: str = "", **more: str) -> Row:
    given = {"subject": "guild", "unit": "persons"}
    return claim(id, measure=measure, value=value, valid=valid, **(given | more))


def codes(id: str, item: str, value: str, valid: str) -> Row:
    return claim(
        id, subject="cela", item=item, value=value, valid=valid, evidence="s021", coder="a"
    )


STATEMENTS: Sequence[Row] = (
    acts("01", "2010/.."),
    acts("02", "1990/2012"),
    acts("03", "2008/2011"),
    acts("04", "2007-05"),
    acts("05", "2019-02"),
    acts("06", "2010/"),
    acts("07", "2000/"),
    acts("08", "1990/.."),
    acts("09", ""),
    acts("10", "1990/2000"),
    acts("11a", "1990/2010"),
    acts("11b", ""),
    acts("12", "2010/..", polarity="denies"),
    acts("13a", "2010/.."),
    acts("13b", "", polarity="denies", source="roe2018"),
    acts("14", "../2012"),
    acts("15", "200X"),
    acts("16", "2013-04-01"),
    acts("17", "2020/.."),
)
OBSERVATIONS: Sequence[Row] = (
    counts("n01", "members", "100", "2007"),
    counts("n02", "members", "120", "2019"),
    counts("n03", "participants", "900", "2000/2019"),
    counts("n04", "voters", "5", "2007"),
    counts("n05", "voters", "5", "2019"),
    counts("n06", "tourists", "7", "2007"),
    counts("n07", "founded", "2010", unit="date"),
    counts("n08", "members", "80"),
    counts("n09", "applications", "1", "2007", conflict_group="applications"),
    counts("n10", "applications", "2", "2007", conflict_group="applications", source="roe2018"),
    counts("n11", "applications", "2", "2019"),
)
CODINGS: Sequence[Row] = (
    codes("k01", "diaspora_ministry", "1", "2000/2010"),
    codes("k02", "diaspora_ministry", "0", "2011/2020"),
    codes("k03", "dual_citizenship", "1", "2000/2020"),
    codes("k04", "return_programme", "1", "2000/2010"),
    codes("k05", "diaspora_fund", "not_found", "2000/2010"),
    codes("k06", "diaspora_fund", "1", "2011/2020"),
    codes("k07", "diaspora_bond", "1", "2000/2010"),
    codes("k08", "diaspora_bond", "0", "2011/"),
)


@pytest.fixture(scope="module")
def data() -> Dataset:
    issues = [{"id": f"issue-{n:02}", "type": "Issue", "label_en": f"Issue {n}"} for n in range(18)]
    guild = {"id": "guild", "type": "LobbyOrganisation", "label_en": "Guild"}
    return sample(
        {
            "entity": [guild, *issues],
            "statement": STATEMENTS,
            "observation": OBSERVATIONS,
            "coding": CODINGS,
        }
    )


@pytest.fixture(scope="module")
def found(data: Dataset) -> Changes:
    return changes(data, FIRST, SECOND, things=["Guild"])


def by_claim(rows: Sequence[Difference]) -> dict[str, str]:
    return {row.claims[0]: row.how for row in rows}


def test_each_relation_has_the_change_that_its_times_say(found: Changes) -> None:
    statements = [row for row in found.rows if row.kind == "statement"]
    assert by_claim(statements) == {
        "g01": "appeared",
        "g13a": "appeared",
        "g14": "ended",
        "g02": "ended",
        "g03": "between",
        "g16": "between",
        "g04": "act at first",
        "g05": "act at second",
        "g06": "maybe appeared",
        "g11a": "maybe ended",
        "g15": "maybe ended",
    }
    assert next(row.claims for row in statements if "g11a" in row.claims) == ("g11a", "g11b")


def test_what_no_row_lists_is_counted(found: Changes) -> None:
    counted = {each.kind: (each.same, each.unknown, each.undated) for each in found.unlisted}
    # g08 the same, g07 unknown at both, g09 undated; n05 the same, n03 and n06 at one time, n08
    assert counted["statement"] == (1, 1, 1)
    assert counted["observation"] == (1, 1, 1)
    assert counted["coding"] == (0, 0, 0)


def test_a_denial_is_no_relation_and_stands_beside_one(found: Changes) -> None:
    assert "g12" not in found.claims()
    row = next(row for row in found.rows if "g13a" in row.claims)
    assert row.denials == ("g13b",)


def test_values_change_where_both_times_have_one(found: Changes) -> None:
    values = {row.term: row for row in found.rows if row.kind == "observation"}
    members = values["members"]
    assert (members.how, members.before, members.after) == ("changed", ("100",), ("120",))
    assert values["founded"].how == "between"
    assert values["applications"].how == "maybe changed"
    assert values["applications"].disputed
    assert set(values) == {"members", "founded", "applications"}


def test_a_coding_changes_between_values_and_never_from_silence(data: Dataset) -> None:
    found = changes(data, FIRST, SECOND, things=["Cela"])
    rows = {row.term: row for row in found.rows if row.kind == "coding"}
    assert {term: row.how for term, row in rows.items()} == {
        "diaspora_ministry": "changed",
        "diaspora_bond": "maybe changed",
    }
    ministry = rows["diaspora_ministry"]
    assert (ministry.before, ministry.after) == (("1",), ("0",))
    (coded,) = (each for each in found.unlisted if each.kind == "coding")
    assert (coded.same, coded.unknown, coded.undated) == (1, 2, 0)


def test_a_state_has_the_acts_of_its_organs() -> None:
    data = sample({"statement": [claim("z1", subject="aland-government", predicate="adopts",
                                       object="aid-law", valid="2012")]})  # fmt: skip
    found = changes(data, FIRST, SECOND, things=["aland"])
    assert "z1" in found.claims()
    assert "z1" not in changes(data, FIRST, SECOND, things=["beland"]).claims()


def test_a_scope_decides_what_counts(data: Dataset) -> None:
    scope = Scope(without_sources="doe2020")
    found = changes(data, FIRST, SECOND, things=["guild"], scope=scope)
    assert found.claims() == ()
    assert found.filters == "without doe2020"
    only = changes(data, FIRST, SECOND, things=["guild"], scope=Scope(relations="lobbiesFor"))
    assert {row.kind for row in only.rows} == {"statement"}


def test_the_table_holds_every_row_and_the_counts(found: Changes) -> None:
    frame = found.to_pandas()
    assert len(frame) == len(found.rows)
    assert frame.loc[frame["claims"] == "g11a|g11b", "how"].item() == "maybe ended"
    assert frame.attrs["unlisted"]["statement"] == {"same": 1, "unknown": 1, "undated": 1}
    assert repr(found) == "Changes(2007 to 2019, guild: 14 rows)"


TIMES = [
    "", "2005", "2006-05/2008", "2006/..", "2006/", "/2010", "../2008-02", "199X", "2010~/2011",
    "2012-03-04", "1999/2003", "2019/2021",
]  # fmt: skip


def at(year: str, times: Sequence[str]) -> str:
    """Return whether one of these times is within a year, as the format says it."""
    window = parse_validity(year)
    answers = []
    for days in map(parse_validity, times):
        if days.begin_latest <= window.end_latest and days.end_earliest >= window.begin_earliest:
            answers.append("yes")
        elif days.begin_earliest <= window.end_latest and days.end_latest >= window.begin_earliest:
            answers.append("unknown")
        else:
            answers.append("no")
    return next(each for each in ("yes", "unknown", "no") if each in answers)


def test_the_change_follows_from_the_two_answers() -> None:
    pairs = dict(enumerate(combinations_with_replacement(TIMES, 2)))
    data = sample(
        {
            "entity": [{"id": f"q{n}", "type": "Issue", "label_en": f"Q {n}"} for n in pairs],
            "statement": [
                claim(f"z{n}-{place}", subject="rival-lobby", predicate="lobbiesFor",
                      object=f"q{n}", valid=time)
                for n, pair in pairs.items() for place, time in enumerate(pair)
            ],
        }
    )  # fmt: skip
    rows = {row.object: row for row in changes(data, "2007", "2010").rows}
    for n, pair in pairs.items():
        both = at("2007", pair), at("2010", pair)
        row = rows.get(f"q{n}")
        if row is None:
            assert both[0] == both[1] or not any(pair), pair
        else:
            assert (row.first, row.second) == both, pair
            assert row.how.startswith("maybe") == ("unknown" in both), pair
            assert (row.how == "between") == (both == ("no", "no")), pair


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("2019", "2007", "2019 does not end before 2007 begins"),
        ("2007", "2007", "give the earlier time first"),
        ("2007", "2007-06", "give the earlier time first"),
        ("soon", "2007", "'soon' is not a time"),
        ("2007", "", "'' is not a time"),
    ],
)
def test_times_must_be_two_and_in_order(data: Dataset, first: str, second: str, says: str) -> None:
    with pytest.raises(ParameterError, match=says):
        changes(data, first, second)


def test_filters_that_cannot_be_used_are_refused(data: Dataset) -> None:
    with pytest.raises(ParameterError, match="has its own times"):
        changes(data, 2007, 2019, scope=Scope(as_of="2008"))
    with pytest.raises(ParameterError, match="no paths"):
        changes(data, 2007, 2019, scope=Scope(through="State"))
    with pytest.raises(UnknownNameError, match="did you mean"):
        changes(data, 2007, 2019, things=["Gild"])
    with pytest.raises(ParameterError, match="expected a list of names"):
        changes(data, 2007, 2019, things="guild")


def test_the_command_prints_changes_and_the_counts_of_what_has_no_date() -> None:
    text = said("diff", "2007", "2019", "otandastar-foundation")
    assert "(disputed)" in text
    assert "statements: 0 the same at both times" in text
    assert ", 10 without a time" in text
    assert max(map(len, text.splitlines())) <= WIDEST
    rows = json.loads(said("diff", "2007", "2019", "otandastar-foundation", "--format", "json"))
    found = changes(load_dataset(), 2007, 2019, things=["otandastar-foundation"])
    assert [row["claims"].split("|") for row in rows] == [list(row.claims) for row in found.rows]
    assert all(row["sources"] for row in rows)
    assert "give the earlier time first" in refused("diff", "2019", "2007")


def test_no_change_is_said() -> None:
    text = said("diff", "1800", "1801", "anca", "--language", "ru")
    assert "об изменениях ничего не известно" in text


# --- timelines


def test_a_timeline_is_in_order_and_what_has_no_date_is_last(data: Dataset) -> None:
    found = timeline(data, "Guild", scope=Scope(relations="lobbiesFor"))
    assert [event.claims[0] for event in found.events] == [
        "g10", "g11a", "g02", "g08", "g07", "g15", "g04", "g03", "g06", "g01", "g12", "g13a",
        "g14", "g16", "g05", "g17",
    ]  # fmt: skip
    assert [event.claims[0] for event in found.undated] == ["g09", "g11b", "g13b"]
    assert found.undated[0].not_after == "2020"


def test_events_have_their_marks(data: Dataset) -> None:
    found = {event.claims[0]: event for event in timeline(data, "Guild").events}
    assert [id for id, event in found.items() if event.denied] == ["g12"]
    ended = {id for id, event in found.items() if event.ended}
    assert ended == {"g02", "g03", "g10", "g11a", "g14"}
    assert {id for id, event in found.items() if event.disputed} == {"n09", "n10"}
    assert found["n07"].time == "2010"


def test_an_end_after_the_source_is_no_end() -> None:
    rows = [claim(f"z{n}", subject="guild", predicate="lobbiesFor", object="trade", valid=valid)
            for n, valid in enumerate(("2015/2019", "2015/2027"))]  # fmt: skip
    guild = {"id": "guild", "type": "LobbyOrganisation", "label_en": "Guild"}
    events = timeline(sample({"entity": [guild], "statement": rows}), "guild").events
    assert [event.ended for event in events] == [True, False]  # the source is of 2020


def test_a_series_is_one_event() -> None:
    rows = [counts(f"y{year}", "voters", str(value), str(year), subject="aland")
            for year, value in ((2001, 50), (2002, 1200), (2003, 300), (2004, 400))]  # fmt: skip
    found = timeline(sample({"observation": rows}), "aland")
    (event,) = (each for each in found.events if len(each.claims) > 1)
    assert event.time == "2001/2004"
    assert event.text["en"] == "Aland: voters: 4 values, 50 to 1200"
    assert event.claims == ("y2001", "y2002", "y2003", "y2004")


def test_a_thing_is_found_in_every_column_that_may_name_it() -> None:
    """By the sample: s001 is about trade, s015 by means of a quota, o006 has Beland as partner."""
    data = sample()
    assert "s001" in timeline(data, "trade").claims()
    assert "s015" in timeline(data, "quota").claims()
    assert "o006" in timeline(data, "beland").claims()
    assert "s001" not in timeline(data, "quota").claims()


def test_the_timeline_of_a_state_has_its_organs_and_its_codings() -> None:
    found = timeline(load_dataset(), "Armenia")
    assert {event.kind for event in found.events} == {"statement", "observation", "coding"}
    claims = found.claims()
    assert "st-government-of-armenia-adopts-concept-on-repatriation-of-armenia-2010" in claims
    frame = found.to_pandas("ru")
    assert len(frame) == len(found.events) + len(found.undated)
    assert not any(frame["time"].tolist()[-len(found.undated) :])


def test_the_command_counts_what_has_no_time() -> None:
    text = said("timeline", "ANCA")
    found = timeline(load_dataset(), "ANCA")
    assert f"{len(found.events)} events, without a time: {len(found.undated)}" in text
    assert text.index("[ob-anca-founded]") < text.index("[st-anca-lobbies-us-congress]")
    assert max(map(len, text.splitlines())) <= WIDEST
    rows = json.loads(said("timeline", "ANCA", "--format", "json", "--as-of", "2007"))
    assert 0 < len(rows) < len(found.events)
    assert "did you mean" in refused("timeline", "ANCAA")


def test_order_is_that_of_the_first_known_day() -> None:
    from diaspora_graph.filters.moments import order

    days = np.array([parse_validity(text) for text in ("/2004", "1999/", "2001", "../2000-05")])
    assert sorted(range(4), key=order(days).__getitem__) == [1, 3, 2, 0]

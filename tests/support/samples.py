"""A small made-up dataset for tests: every file, every kind of claim, every awkward case.

Nothing in it is a fact. The texts are hostile on purpose: everything that `check` lets pass.
"""

# ruff: noqa: E501 (a row a line is easier to read than a cell a line)

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diaspora_graph.dataset.columns import table_of
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import Kind
from diaspora_graph.reading.load import dataset_of

LONG = "five kilobytes of text, with a comma; " * 135 + "end"
HOSTILE = (
    'A "quoted" name, with `backticks`,\na line break,\ta tab, <b>&amp;</b> </script> \'; DROP'
)
PASSAGE = "p7c36ab6a31bfc0c7:212"
OTHER_PASSAGE = "p0123456789abcdef:64"

Row = Mapping[str, str]


def sample(extra: Mapping[Kind, Sequence[Row]] | None = None) -> Dataset:
    """Return the dataset, checked; ``extra`` rows are added to those below."""
    more = extra or {}
    return dataset_of(
        {kind: table_of(kind, [*rows, *more.get(kind, ())]) for kind, rows in ROWS.items()}
    )


def _entity(id: str, type: str, label: str, **more: str) -> Row:
    return {"id": id, "type": type, "label_en": label, **more}


def _claim(id: str, **more: str) -> Row:
    given = {"source": "doe2020", "locator": "p. 12", "passage": PASSAGE, "confidence": "medium"}
    return {"id": id} | given | more


def _says(id: str, subject: str, predicate: str, object: str, **more: str) -> Row:
    return _claim(id, subject=subject, predicate=predicate, object=object, **more)


def _counts(id: str, subject: str, measure: str, value: str, unit: str, **more: str) -> Row:
    return _claim(id, subject=subject, measure=measure, value=value, unit=unit, **more)


ROWS: Mapping[Kind, Sequence[Row]] = {
    "dataset": [
        {
            "name": "sample",
            "prefix": "",
            "namespace": "https://example.org/sample#",
            "version": "0.1",
            "format": "1",
            "ontology": "0.1.0",
            "licence": "CC BY 4.0",
            "creator": "nobody",
        }
    ],
    "entity": [
        _entity("aland", "State", "Aland", label_kk="Аланд елі", label_ru="Аланд", label_native="אלנד",
                native_language="he", aliases="Republic of Aland|NA", iso3="ALA", wikidata="Q101"),
        _entity("beland", "State", "Beland", label_kk="Қазақстан үлгісі", iso3="NAM", aliases="NA"),
        _entity("cela", "State", "Cela"),
        _entity("aland-lobby", "LobbyOrganisation", "Aland Committee", aliases="ANC|АНК", note=HOSTILE),
        _entity("rival-lobby", "LobbyOrganisation", HOSTILE),
        _entity("alans", "Diaspora", "Alan diaspora", label_ru="Аланская диаспора"),
        _entity("alans-beland", "CitizensAbroad", "Alan diaspora in Beland", description=LONG),
        _entity("alan-youth", "Group", "=Alan youth"),
        _entity("beland-assembly", "Legislature", "Assembly of Beland"),
        _entity("beland-ministry", "GovernmentBody", "+Ministry of Beland"),
        _entity("aland-government", "GovernmentBody", "Government of Aland"),
        _entity("alan-centre", "CulturalCentre", "Alan centre"),
        _entity("works", "Company", "Works Ltd"),
        _entity("minister", "Person", "A. Minister"),
        _entity("bridge", "Programme", "Bridge programme"),
        _entity("aid-law", "Law", "Aid law"),
        _entity("resolution-1", "Resolution", "Resolution 1"),
        _entity("recognition", "Issue", "recognition"),
        _entity("trade", "Issue", "-trade"),
        _entity("quota", "Mechanism", "quota"),
        _entity("congress-2019", "Convention", "Congress of 2019"),
        _entity("soft-power", "Concept", "soft power"),
        _entity("poll-2018", "Survey", "Poll of 2018"),
        _entity("return-wave", "Scenario", "Return wave"),
        _entity("ageing", "Trend", "ageing"),
        _entity("learn-languages", "Recommendation", "Teach languages"),
    ],
    "alias": [
        {"entity": "aland", "alias": "Аландия", "language": "ru", "source": "doe2020"},
        {"entity": "aland", "alias": "アランド", "language": "ja"},
        {"entity": "aland-lobby", "alias": "@committee", "language": "en"},
    ],
    "statement": [
        _says("s001", "aland-lobby", "lobbies", "beland-assembly", about="recognition|trade",
              means="congress-2019", valid="1997/2023", confidence="high", gist="It asks, \"every year\"."),
        _says("s002", "aland-lobby", "lobbies", "beland-assembly", about="recognition", valid="2008-10-01/2019-06",
              source="roe2018", passage=f"{PASSAGE}|{OTHER_PASSAGE}", locator="p. 3|Table 1, row 2", cited="esman|minister"),
        _says("s003", "aland-lobby", "lobbies", "beland-assembly", polarity="denies", source="survey-data",
              locator="row 7", passage="", conflict_group="lobby-1", confidence="low"),
        _says("s004", "aland-lobby", "lobbiesFor", "resolution-1", valid="2007~", conflict_group="lobby-1"),
        _says("s005", "alans", "livesIn", "beland", valid="1991/.."),
        _says("s006", "alans-beland", "partOf", "alans"),
        _says("s007", "alans-beland", "hasHomeland", "aland", valid="199X"),
        _says("s008", "aland-lobby", "reliesOn", "alans-beland", valid="1991/"),
        _says("s009", "beland-assembly", "organOf", "beland", valid="../2004"),
        _says("s010", "beland-ministry", "organOf", "beland", valid="2004-06-XX/2004-07-03"),
        _says("s011", "aland-government", "organOf", "aland", polarity="affirms"),
        _says("s012", "aland-government", "cooperatesWith", "aland-lobby", valid="2019-06-11", status="disputed"),
        _says("s013", "beland-assembly", "adopts", "resolution-1", valid="2019-06"),
        _says("s014", "resolution-1", "concerns", "recognition"),
        _says("s015", "bridge", "targets", "alans", about="trade", means="quota"),
        _says("s016", "beland-ministry", "administers", "bridge", certainty="planned", valid="2030"),
        _says("s017", "bridge", "hasStrongPoint", "quota", confidence="high"),
        _says("s018", "bridge", "hasWeakPoint", "trade", note=HOSTILE),
        _says("s019", "aid-law", "targets", "aland", valid="-0100/0020"),
        _says("s020", "minister", "holdsPostIn", "beland-ministry", valid="2010?/2012%"),
        _says("s021", "works", "basedIn", "cela"),
        _says("s022", "works", "funds", "alan-centre", valid="2019-06-11/2019-06-14"),
        _says("s023", "alan-centre", "partOf", "aland-lobby"),
        _says("s024", "alan-centre", "operatesIn", "beland"),
        _says("s025", "rival-lobby", "lobbiesAgainst", "resolution-1"),
        _says("s026", "rival-lobby", "rivalOf", "aland-lobby"),
        _says("s027", "alans", "influences", "trade", cited="esman", conflict_group="power-1"),
        _says("s028", "alans", "influences", "trade", polarity="denies", source="roe2018", conflict_group="power-1"),
        _says("s029", "alan-youth", "participatesIn", "congress-2019", status="corrected"),
        _says("s030", "alan-youth", "participatesIn", "congress-2019", valid="2019", corrects="s029"),
        _says("s031", "return-wave", "scenarioFor", "beland"),
        _says("s032", "return-wave", "hasTrend", "ageing"),
        _says("s033", "doe2020", "recommends", "learn-languages", about="trade"),
        _says("s034", "learn-languages", "addressedTo", "beland-ministry"),
        _says("s035", "learn-languages", "modelledOn", "aland"),
        _says("s036", "roe2018", "analyses", "poll-2018"),
        _says("s037", "alan-centre", "servesAs", "soft-power", valid="2004-XX"),
        _says("s038", "aland", "borders", "beland"),
        _says("s039", "cela", "borders", "aland", status="deprecated"),
        _says("s040", "alans", "livesIn", "cela", polarity="denies", gist="=1+1"),
        _says("s041", "doe2020", "defines", "soft-power", gist="Қазақша, по-русски, עברית."),
        _says("s042", "aland-lobby", "represents", "alans-beland", locator="Figure 2", passage=""),
    ],
    "observation": [
        _counts("o001", "alans", "diaspora_size", "1146400", "persons", definition="ethnic_community",
                obs_status="estimate", bound="about", valid="2015"),
        _counts("o002", "alans-beland", "diaspora_size", "1000", "persons", value_high="1200",
                definition="citizens_abroad", valid="2019"),
        _counts("o003", "beland", "population", "20000", "persons", valid="2019"),
        _counts("o004", "poll-2018", "intends_to_move", "25.0", "percent", base="o005", category="soft-power"),
        _counts("o005", "poll-2018", "sample_size", "1.50", "persons", bound="exact"),
        _counts("o006", "aland", "emigrants", "007", "persons", partner="beland", source="survey-data",
                locator="row 2", passage=""),
        _counts("o007", "aland-lobby", "founded", "1972-04", "date"),
        _counts("o008", "alans", "influence", "rising", "level", polarity="denies"),
        _counts("o009", "aid-law", "act_number", "No. 12-ЗРК", "text"),
        _counts("o010", "aland", "remittances_received", "-3.25", "percent_change", status="corrected"),
        _counts("o011", "aland", "remittances_received", "-3.5", "percent_change", corrects="o010",
                obs_status="derived", note="(96.5 - 100) / 100"),
    ],
    "coding": [
        _claim("c001", subject="aland", item="diaspora_ministry", value="1", evidence="s011|o001", coder="a"),
        _claim("c002", subject="beland", item="diaspora_ministry", value="0.5", evidence="s010", coder="a",
               source="", locator="", passage="", valid="2019"),
        _claim("c003", subject="beland", item="diaspora_ministry", value="not_found", evidence="s010",
               coder="b", status="alternative", source="", locator="", passage="", valid="2019"),
    ],
    "source": [
        {"id": "doe2020", "type": "JournalArticle", "author": "Doe, Jane|Қазақ, Абай", "title": "On Alans & others",
         "container": "Journal", "volume": "3", "issue": "2", "pages": "1-20", "date": "2020", "doi": "10.1234/x.y",
         "url": "https://example.org/a?b=1&c=2_3", "language": "en|kk", "source_class": "scholarly",
         "text": "pabcdef0123456789:52000"},
        {"id": "roe2018", "type": "Report", "author": "Institute of Alans", "title": "Отчёт об \"аланах\"",
         "date": "2018-05", "language": "ru", "source_class": "organisation"},
        {"id": "survey-data", "type": "Dataset", "title": "Rows", "date": "2019", "source_class": "official"},
        {"id": "esman", "type": "Book", "author": "Esman, M.", "title": "Only cited"},
    ],
    "flag": [
        {"id": "f001", "target": "s012|o001", "kind": "contested", "note": "Two texts, two dates."},
        {"id": "f002", "target": "roe2018", "kind": "translation", "note": HOSTILE, "source": "doe2020",
         "locator": "p. 2", "passage": OTHER_PASSAGE},
    ],
    "exclusion": [
        {"id": "x001", "source": "roe2018", "locator": "p. 4", "passage": OTHER_PASSAGE,
         "reason": "ethnicity_of_person", "about": "aland", "note": "A person's origin."},
    ],
}  # fmt: skip


EVENTS: Mapping[Kind, list[Row]] = {
    "entity": [_entity("aid-law-2", "Law", "Second aid law"), _entity("aid-law-3", "Law", "Third")],
    "statement": [
        _says("e01", "beland", "adopts", "aid-law", valid="2000"),
        _says("e02", "beland-assembly", "adopts", "aid-law", valid="2001-02"),
        _says("e03", "beland", "adopts", "aid-law"),
        _says("e04", "aid-law-2", "replaces", "aid-law", valid="2010-05"),
        _says("e05", "aid-law-3", "replaces", "aid-law-2", valid="2015"),
        _says("e06", "cela", "adopts", "aid-law-3"),
        _says("e07", "aland-lobby", "creditedWith", "aid-law", cited="esman", conflict_group="won"),
        _says("e08", "aland-lobby", "creditedWith", "aid-law", polarity="denies", source="roe2018",
              conflict_group="won"),
        _says("e09", "rival-lobby", "creditedWith", "aid-law", cited="esman", conflict_group="won"),
        _says("e10", "rival-lobby", "lobbies", "beland-assembly", about="trade", source="roe2018"),
        _says("e11", "aland-lobby", "creditedWith", "resolution-1", cited="esman",
              conflict_group="other"),
    ],
    "coding": [
        _claim("c004", subject="aland", item="diaspora_ministry", value="1", evidence="s011",
               coder="a", valid="2018/"),
        _claim("c005", subject="cela", item="diaspora_ministry", value="1", evidence="e06",
               coder="b", valid="2018-06/"),
        _claim("c006", subject="alans", item="diaspora_ministry", value="0", evidence="s005",
               coder="b", valid="1991"),
    ],
}  # fmt: skip
"""What questions on laws, credit and time ask for, next to the sample."""


def eventful() -> Dataset:
    """The sample with `EVENTS`."""
    return sample(EVENTS)

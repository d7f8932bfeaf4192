"""Citations and references: by hand-made forms, by pandoc, and by reading back what is written."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph.bibliography.entries import (
    Run,
    apa,
    bibtex,
    chicago,
    citation_text,
    citations,
    cite_dataset,
    csl_json,
    html,
    in_order,
    letters,
    markdown,
    plain,
    short,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.records import DatasetRow, Source
from diaspora_graph.errors import UnknownNameError
from diaspora_graph.ontology.load import load_schema


def source(id: str, type: str, title: str = "A title", **cells: str) -> Source:
    return Source(id=id, type=type, title=title, source_class="", **cells)


ARTICLE = source(
    "nurbek", "JournalArticle", "Diaspora diplomacy: new horizons",
    author="Nurbek, Kuralay|Kalashnikova, Natalya|Sydyknazarov, Mukhit-Ardager",
    container="Bulletin", volume="113", issue="3", pages="89–103", date="2025-03-01",
    doi="10.52536/2415", url="https://example.org/a",
)  # fmt: skip
BOOK = source(
    "esman", "Book", "Diasporas today", author="Esman, M. J.", publisher="Polity", date="2009"
)
CHAPTER = source("safran", "BookChapter", "The diaspora", author="Safran, William", date="2009",
                 container="Diasporas", volume="2", pages="10–20", publisher="Brill")  # fmt: skip
PAPER = source("paper", "ConferencePaper", author="Safran, William|Zarifian, J.", date="2011",
               container="Proceedings of X", pages="7–9")  # fmt: skip
REPORT = source("iom", "Report", "World report", author="International Organization for Migration",
                number="12", publisher="United Nations", date="2022",
                url="https://example.org/?a=1&b=2_3")  # fmt: skip
NEWS = source("news", "NewsArticle", "Kazakhs abroad", author="Bimanov, Sultan", date="2024-12-25",
              container="Qazalem", url="https://example.org/n")  # fmt: skip
UNDATED = source("page", "WebPage", "Diaspora", author="Embassy", container="Site",
                 url="https://example.org/p", accessed="2025-02-11")  # fmt: skip
THESIS = source("thesis", "Thesis", "Диссертация", author="Тоқаев, Қасым-Жомарт Кемелұлы",
                publisher="ЕНУ", date="2017/2019")  # fmt: skip
STATEMENT = source("mfa", "OfficialStatement", "On the congress", author="Ministry",
                   date="2017-05-01", publisher="MFA", url="https://example.org/m")  # fmt: skip
DATA = source("data", "Dataset", "Population", author="Bureau", publisher="World Bank", date="2017",
              number="5")  # fmt: skip
QUESTION = source("who", "JournalArticle", "Who lobbies?", author="Zarifian, J.|Lee, Myung-bak",
                  container="Society", issue="2(53)", pages="89–103", date="2014")  # fmt: skip
LAW = source("law", "LegalText", "Concept of policy", number="961", date="2022-11-30")
BARE = source("bare", "WebPage", "[Not given]")
SOURCES = [ARTICLE, BOOK, CHAPTER, PAPER, REPORT, NEWS, UNDATED, THESIS, STATEMENT, DATA, QUESTION]

FORMS = [
    (ARTICLE, "Nurbek et al. 2025",
     "Nurbek, K., Kalashnikova, N., & Sydyknazarov, M.-A. (2025). Diaspora diplomacy: new horizons."
     " _Bulletin_, _113_(3), 89–103. https://doi.org/10.52536/2415",
     "Nurbek, Kuralay, Natalya Kalashnikova, and Mukhit-Ardager Sydyknazarov. 2025. “Diaspora"
     " diplomacy: new horizons.” _Bulletin_ 113 (3): 89–103. https://doi.org/10.52536/2415."),
    (BOOK, "Esman 2009", "Esman, M. J. (2009). _Diasporas today_. Polity.",
     "Esman, M. J. 2009. _Diasporas today_. Polity."),
    (CHAPTER, "Safran 2009",
     "Safran, W. (2009). The diaspora. In _Diasporas_ (Vol. 2, pp. 10–20). Brill.",
     "Safran, William. 2009. “The diaspora.” In _Diasporas_, vol. 2. Brill."),
    (PAPER, "Safran and Zarifian 2011",
     "Safran, W., & Zarifian, J. (2011). A title. _Proceedings of X_, 7–9.",
     "Safran, William, and J. Zarifian. 2011. “A title.” _Proceedings of X_, 7–9."),
    (REPORT, "International Organization for Migration 2022",
     "International Organization for Migration. (2022). _World report_ (No. 12). United Nations."
     " https://example.org/?a=1&b=2_3",
     "International Organization for Migration. 2022. _World report_. No. 12. United Nations."
     " https://example.org/?a=1&b=2_3."),
    (NEWS, "Bimanov 2024",
     "Bimanov, S. (2024, December 25). Kazakhs abroad. _Qazalem_. https://example.org/n",
     "Bimanov, Sultan. 2024. “Kazakhs abroad.” _Qazalem_, December 25. https://example.org/n."),
    (UNDATED, "Embassy n.d.",
     "Embassy. (n.d.). _Diaspora_. Site. Retrieved February 11, 2025, from https://example.org/p",
     "Embassy. n.d. “Diaspora.” Site. Accessed February 11, 2025. https://example.org/p."),
    (THESIS, "Тоқаев 2017–2019", "Тоқаев, Қ.-Ж. К. (2017–2019). _Диссертация_. ЕНУ.",
     "Тоқаев, Қасым-Жомарт Кемелұлы. 2017–2019. “Диссертация.” ЕНУ."),
    (STATEMENT, "Ministry 2017",
     "Ministry. (2017, May 1). _On the congress_. MFA. https://example.org/m",
     "Ministry. 2017. “On the congress.” MFA, May 1. https://example.org/m."),
    (DATA, "Bureau 2017", "Bureau. (2017). _Population_ (No. 5) [Data set]. World Bank.",
     "Bureau. 2017. “Population.” No. 5. World Bank."),
    (QUESTION, "Zarifian and Lee 2014",
     "Zarifian, J., & Lee, M. (2014). Who lobbies? _Society_, (2(53)), 89–103.",
     "Zarifian, J., and Myung-bak Lee. 2014. “Who lobbies?” _Society_, no. 2(53): 89–103."),
    (LAW, "“Concept of policy” 2022", "_Concept of policy_ (No. 961). (2022).",
     "“Concept of policy.” 2022. No. 961."),
    (BARE, "“[Not given]” n.d.", "[Not given]. (n.d.).", "“[Not given].” n.d."),
]  # fmt: skip


def _marked(reference: Sequence[Run], sign: str = "_") -> str:
    return "".join(f"{sign}{run.text}{sign}" if run.italic else run.text for run in reference)


@pytest.mark.parametrize(
    ("one", "cited", "in_apa", "in_chicago"), FORMS, ids=lambda it: getattr(it, "id", "")
)
def test_each_type_of_source_has_its_form(
    one: Source, cited: str, in_apa: str, in_chicago: str
) -> None:
    assert short(one) == cited
    assert _marked(apa(one)) == in_apa
    assert _marked(chicago(one)) == in_chicago


def test_every_class_of_source_is_cited_as_something() -> None:
    classes = load_schema().classes.values()
    types = {each.name: each.cited_as for each in classes if each.recorded_as == "source"}
    assert all(types.values())
    assert len(set(types.values())) > 8
    assert not any(each.cited_as for each in classes if each.recorded_as != "source")


def test_a_class_of_an_extension_is_cited_as_its_own_turtle_says(tmp_path: Path) -> None:
    folder = tmp_path / "mine" / "ontology"
    folder.mkdir(parents=True)
    folder.joinpath("more.ttl").write_text(
        "@prefix dg: <https://w3id.org/diaspora-graph/ontology#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix my: <https://example.org/my#> .\n"
        'my:Leaflet a owl:Class ; rdfs:subClassOf dg:Source ; rdfs:label "leaflet"@en ;\n'
        '    dg:citedAs "chapter" .\n'
        'my:Op_Ed a owl:Class ; rdfs:subClassOf dg:NewsArticle ; rdfs:label "op-ed"@en .\n',
        encoding="utf-8",
    )
    schema = load_schema(folder)
    leaflet = source("l", "Leaflet", container="Leaves", date="2001")
    assert _marked(apa(leaflet, schema)) == "A title. (2001). In _Leaves_."
    opinion = source("o", "Op_Ed", author="Lee, A.", container="Times", date="2001-05")
    assert _marked(apa(opinion, schema)) == "Lee, A. (2001, May). A title. _Times_."
    assert json.loads(csl_json([leaflet, opinion], schema))[1]["type"] == "article-newspaper"
    assert bibtex([leaflet], schema).startswith("@incollection{l,")
    for write in (apa, chicago):
        with pytest.raises(UnknownNameError, match="no class named 'Leaflet'"):
            write(leaflet)


@pytest.mark.parametrize(
    ("date", "said", "parts"),
    [
        ("", "n.d.", None),
        ("2014", "2014", {"date-parts": [[2014]]}),
        ("2014-10", "2014", {"date-parts": [[2014, 10]]}),
        ("2004-06-XX", "2004", {"date-parts": [[2004, 6]]}),
        ("2007~", "ca. 2007", {"date-parts": [[2007]], "circa": True}),
        ("2007?", "2007?", {"date-parts": [[2007]], "circa": True}),
        ("2007%", "ca. 2007?", {"date-parts": [[2007]], "circa": True}),
        ("199X", "1990s", {"literal": "1990s"}),
        ("19XX", "1900s", {"literal": "1900s"}),
        ("1997/2023", "1997–2023", {"date-parts": [[1997], [2023]]}),
        ("2019-06-11/2019-06-14", "2019", {"date-parts": [[2019, 6, 11], [2019, 6, 14]]}),
        ("1991/..", "1991–", {"literal": "1991–"}),
        ("1991/", "1991–", {"literal": "1991–"}),
        ("../2004", "–2004", {"literal": "–2004"}),
        ("-0099", "100 BCE", {"date-parts": [[-100]]}),
        ("0000", "1 BCE", {"date-parts": [[-1]]}),
    ],
)
def test_dates_are_said_as_far_as_they_are_known(date: str, said: str, parts: object) -> None:
    one = source("a", "Book", author="Lee, A.", date=date)
    assert short(one) == f"Lee {said}"
    assert plain(apa(one)).startswith(f"Lee, A. ({said}). ")
    assert plain(chicago(one)).startswith(
        f"Lee, A. {said}{'' if said.endswith(('.', '?')) else '.'} "
    )
    assert json.loads(csl_json([one]))[0].get("issued") == parts


def test_a_translation_or_description_in_brackets_is_not_in_italics() -> None:
    law = source("a", "Book", "국어기본법 [Framework Act], 2025 ed[ition]", date="2025", author="X")
    assert _marked(apa(law)) == "X. (2025). _국어기본법_ [Framework Act]_, 2025 ed[ition]_."
    assert _marked(chicago(law)) == "X. 2025. _국어기본법_ [Framework Act]_, 2025 ed[ition]_."
    assert short(source("a", "Book", "[Page on law]", container="Site")) == "Site n.d."


def test_many_authors_are_shortened_as_each_style_does() -> None:
    many = source(
        "a", "Book", author="|".join(f"N{place}, A." for place in range(1, 23)), date="2001"
    )
    assert "N19, A., … N22, A. (2001)" in plain(apa(many))
    assert plain(chicago(many)).startswith("N1, A., A. N2, A. N3, et al. 2001.")
    assert short(many) == "N1 et al. 2001"


def test_an_institution_that_publishes_its_own_report_is_named_once() -> None:
    own = source("a", "Report", author="World Bank", publisher="World Bank", date="2020")
    assert plain(apa(own)) == "World Bank. (2020). A title."


def test_sources_that_read_alike_get_letters_by_title() -> None:
    alike = [
        source("z", "Book", "Alpha", author="Lee, A.", date="2020"),
        source("y", "Book", "Beta", author="Lee, Ann", date="2020-03"),
        source("x", "Book", "Gamma", author="Lee, A.", date="2021"),
    ]
    assert letters(alike) == letters(alike[::-1]) == {"z": "a", "y": "b"}
    assert letters([alike[0], alike[0]]) == {}
    assert short(alike[0], "a") == "Lee 2020a"
    assert plain(apa(alike[0], letter="a")) == "Lee, A. (2020a). Alpha."
    assert plain(chicago(alike[0], letter="a")) == "Lee, A. 2020a. Alpha."
    assert short(source("n", "Book", author="Lee, A."), "b") == "Lee n.d.-b"
    assert letters(source(f"i{place:02}", "Book", f"T{place:02}") for place in range(28)) == {}
    many = letters(source(f"i{place:02}", "Book", author="Lee, A.") for place in range(28))
    assert [many["i00"], many["i25"], many["i26"], many["i27"]] == ["a", "z", "aa", "ab"]


def test_an_institution_is_never_split() -> None:
    un = "United Nations, Department of Economic and Social Affairs, Population Division"
    for cell in (f"{{{un}}}", f"{{{{{un}}}}}", un):
        one = source("a", "Report", author=f"{cell}|Lee, Ann", date="2019", publisher=un)
        assert plain(apa(one)) == f"{un}, & Lee, A. (2019). A title."
        assert plain(chicago(one)).startswith(f"{un}, and Ann Lee. 2019.")
        assert short(one) == f"{un} and Lee 2019"
        assert f"author = {{{{{un}}} and Lee, Ann}}" in bibtex([one])
        authors = json.loads(csl_json([one]))[0]["author"]
        assert authors == [{"literal": un}, {"family": "Lee", "given": "Ann"}]


@pytest.mark.parametrize(
    "cell",
    ["Rand Corporation", "{Rand Corporation, Europe}", "{ Lee, Ann }", "{Foo}", "Acme, Inc.",
     "Samsung Electronics Co., Ltd.", "Ministry of Culture, Sports", "World Bank, Office of Risk",
     "Centre for Peace, Oslo", "A, B, C"],
)  # fmt: skip
def test_these_are_institutions(cell: str) -> None:
    name = cell.strip("{} ")
    item = json.loads(csl_json([source("a", "Report", author=cell)]))[0]
    assert item["author"] == [{"literal": name}]
    assert short(source("a", "Report", author=cell, date="2001")) == f"{name} 2001"


@pytest.mark.parametrize("cell", ["", " ", "|", "{}", "{ }|, ,"])
def test_a_cell_without_a_name_is_no_author(cell: str) -> None:
    assert plain(apa(source("a", "Book", author=cell, date="2001"))) == "A title. (2001)."


@pytest.mark.parametrize(
    ("cell", "in_apa", "in_chicago", "later", "in_bibtex", "suffix"),
    [
        ("Reed, Tom A., Jr.", "Reed, T. A., Jr.", "Reed, Tom A., Jr.", "Tom A. Reed Jr.",
         "Reed, Jr., Tom A.", "Jr."),
        ("Reed, Jr., Tom A.", "Reed, T. A., Jr.", "Reed, Tom A., Jr.", "Tom A. Reed Jr.",
         "Reed, Jr., Tom A.", "Jr."),
        ("Reed Jr., Tom", "Reed, T., Jr.", "Reed, Tom, Jr.", "Tom Reed Jr.", "Reed, Jr., Tom",
         "Jr."),
        ("Reed, Tom III", "Reed, T., III", "Reed, Tom, III", "Tom Reed III", "Reed, III, Tom",
         "III"),
        ("Reed, Tom, V", "Reed, T., V", "Reed, Tom, V", "Tom Reed V", "Reed, V, Tom", "V"),
        ("Reed, Tom, sr", "Reed, T., sr.", "Reed, Tom, sr.", "Tom Reed sr", "Reed, sr, Tom", "sr"),
        ("Reed, T. V", "Reed, T. V.", "Reed, T. V.", "T. V Reed", "Reed, T. V", None),
        ("Petrov, I. V.", "Petrov, I. V.", "Petrov, I. V.", "I. V. Petrov", "Petrov, I. V.", None),
    ],
)  # fmt: skip
def test_suffixes_stand_where_each_form_has_them(
    cell: str, in_apa: str, in_chicago: str, later: str, in_bibtex: str, suffix: str | None
) -> None:
    one = source("a", "Book", author=cell, date="1963")
    assert plain(apa(one)).startswith(f"{in_apa.removesuffix('.')}. (1963).")
    assert plain(chicago(one)).startswith(f"{in_chicago.removesuffix('.')}. 1963.")
    second = source("b", "Book", author=f"Lee, Ann|{cell}", date="1963")
    assert f"Lee, Ann, and {later.removesuffix('.')}. 1963." in plain(chicago(second))
    assert f"author = {{{in_bibtex}}}" in bibtex([one])
    assert json.loads(csl_json([one]))[0]["author"][0].get("suffix") == suffix
    assert short(one) == f"{cell.split(',', maxsplit=1)[0].removesuffix(' Jr.')} 1963"


def _books(*rows: tuple[str, str, str], language: str = "") -> list[Source]:
    return [
        source(f"s{place}", "Book", title, author=author, date=date, language=language)
        for place, (author, date, title) in enumerate(rows)
    ]


def test_a_list_goes_by_author_then_year_then_title() -> None:
    listed = _books(
        ("", "2001", "The Aachen list"),
        ("Abel, Z.", "2009", "Exit"),
        ("Abel, Z.", "2010-05", "Homeland"),
        ("Abel, Z.", "2010", "The migration"),
        ("Abel, Z.|Bond, A.", "2001", "Exit"),
        ("Abel, Z., Jr.", "2001", "Exit"),
        ("Abel, Z. A.", "2000", "Exit"),
        ("Abel-Adam, A.", "2000", "Exit"),
        ("Abels, A.", "2000", "Exit"),
        ("", "1999", "“Abelson” [A letter]"),
        ("The Dong-A Ilbo", "2000", "Exit"),
        ("O'Neil, A.", "2000", "Exit"),
        ("Ostrow, A.", "2000", "Exit"),
        ("Özal, A.", "2000", "Exit"),
        ("Żak, A.", "2000", "Exit"),
        ("Ёлкин, А.", "2000", "Exit"),
        ("Жуков, А.", "2000", "Exit"),
        ("Құнанбаев, А.", "2000", "Exit"),
        ("Лев, А.", "2000", "Exit"),
        ("김, 은영", "2000", "Exit"),
    )
    for style in ("apa", "chicago"):
        assert in_order(listed[::-1], style) == listed


def test_undated_works_come_first_in_apa_and_last_in_chicago() -> None:
    listed = _books(
        ("Lee, A.", "", "T"), ("Lee, A.", "../1999", "T"), ("Lee, A.", "2001~", "T"),
        ("Lee, A.", "200X", "Z"),
    )  # fmt: skip
    assert [one.id for one in in_order(listed)] == ["s0", "s1", "s3", "s2"]
    assert [one.id for one in in_order(listed, "chicago")] == ["s1", "s3", "s2", "s0"]


def test_given_names_count_as_the_style_prints_them() -> None:
    listed = _books(("Lee, Ann", "2001", "T"), ("Lee, Amy", "2002", "T"), ("Lee, Bo", "2000", "T"))
    assert [one.date for one in in_order(listed)] == ["2001", "2002", "2000"]
    assert [one.date for one in in_order(listed, "chicago")] == ["2002", "2001", "2000"]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("", "The alpha return", "Beta return"), ("en|ru", "An alpha", "Beta"),
        ("en-GB", "“The alpha”", "Beta"), ("he", "The alpha", "Beta"), ("de", "Die Aare", "Basel"),
        ("de", "An der Aare", "Das Bild"), ("fr", "L’Arménie", "Berne"), ("fr", "Les amis", "Bon"),
        ("es", "El alba", "Bolivia"), ("it", "Gli armeni", "Balcani"), ("hu", "Az alma", "Baba"),
        ("ru", "Абай", "Балхаш"), ("en", "A", "Another"), ("en", "Theatre", "The thing"),
    ],
)  # fmt: skip
def test_articles_do_not_count_in_the_language_of_the_source(
    language: str, first: str, second: str
) -> None:
    books = _books(("Lee, A.", "2010", second), ("Lee, A.", "2010", first), language=language)
    assert letters(books) == {"s0": "b", "s1": "a"}
    assert [one.title for one in in_order(books)] == [first, second]


def _cited(*rows: tuple[str, str, str]) -> list[str]:
    books = _books(*rows)
    found = citations(books)
    assert len(set(found.values())) == len(books)
    assert citations(books[::-1]) == found
    return [found[one.id] for one in books]


def test_only_one_printed_author_and_year_get_letters() -> None:
    books = _books(
        ("Abel, Z.|Bond, C.|Cole, D.|Egan, F.", "2015", "One"),
        ("Abel, Z.|Dunn, E.|Ford, G.|Hall, I.", "2015", "Two"),
        ("Lee, A.", "", "B"), ("Lee, Ann", "", "A"), ("Lee, A.", "2015", "A"),
    )  # fmt: skip
    assert letters(books) == {"s2": "b", "s3": "a"}
    assert [citations(books)[id] for id in ("s0", "s1", "s2", "s3", "s4")] == [
        "Abel, Bond, et al. 2015", "Abel, Dunn, et al. 2015", "Lee n.d.-b", "Lee n.d.-a",
        "Lee 2015",
    ]  # fmt: skip
    assert plain(apa(books[2], letter="b")).startswith("Lee, A. (n.d.-b).")


def test_a_text_has_as_many_names_as_tell_groups_apart() -> None:
    names = "Kapoor, A.|Bloom, B.|Montez, C.|"
    assert _cited(
        (f"{names}Wu, D.|Xu, E.", "2017", "T"), (f"{names}Zucker, D.|Xu, E.", "2017", "T"),
        (f"{names}Wu, D.|Xu, E.", "2018", "T"), (f"{names}Wu, D.|Xu, E.", "2017", "U"),
        ("Hasan, A.|Liang, B.|Kahn, C.", "2015", "T"),
        ("Hasan, A.|Liang, B.|Weintraub, C.", "2015", "T"),
    ) == [
        "Kapoor, Bloom, Montez, Wu, and Xu 2017a", "Kapoor, Bloom, Montez, Zucker, and Xu 2017",
        "Kapoor et al. 2018", "Kapoor, Bloom, Montez, Wu, and Xu 2017b",
        "Hasan, Liang, and Kahn 2015", "Hasan, Liang, and Weintraub 2015",
    ]  # fmt: skip


def test_first_authors_of_one_family_name_have_initials_in_a_text() -> None:
    assert _cited(
        ("Lee, Ann", "2015", "T"), ("Lee, Bo|Cole, A.", "2016", "T"),
        ("Lee, Ann, Jr.", "2015", "T"), ("Cole, A.|Lee, Bo", "2015", "T"), ("Lee", "2015", "T"),
    ) == [
        "A. Lee 2015", "B. Lee and Cole 2016", "A. Lee Jr. 2015", "Cole and Lee 2015", "Lee 2015",
    ]  # fmt: skip


def test_works_without_author_are_told_apart_by_more_words() -> None:
    assert _cited(
        ("", "2001", "One two three four five"), ("", "2001", "One two three four – six seven"),
        ("", "2002", "One two three four five"), ("", "2001", "One two three four"),
        ("", "2001", "One two three four five"),
    ) == [
        "“One two three four five” 2001a", "“One two three four – six…” 2001",
        "“One two three four…” 2002", "“One two three four” 2001",
        "“One two three four five” 2001b",
    ]  # fmt: skip


def test_what_nothing_else_tells_apart_gets_letters() -> None:
    assert _cited(("Abel, A.|Bond, A.", "2001", "T"), ("Abel, A.|Bond, C.", "2001", "U")) == [
        "Abel and Bond 2001a", "Abel and Bond 2001b",
    ]  # fmt: skip


def test_the_commands_print_a_list_in_order_and_one_with_its_letter(tmp_path: Path) -> None:
    names = "id,type,author,title,date,source_class"
    rows = ["t:a,Book,\"Zorn, M.\",End,2001,scholarly", "t:b,Book,\"Abel, Z.\",Beta,2010,scholarly",
            "t:c,Book,\"Abel, Z.\",The alpha,2010,scholarly"]  # fmt: skip
    files = {
        "dataset.csv": "name,prefix,namespace,version,format,ontology,licence,creator\n"
        "t,t,https://example.org/t/,0.1.0,1,0.1.0,CC0-1.0,Tester\n",
        "entities.csv": "id,type,label_en\n",
        "sources.csv": "\n".join([names, *rows]) + "\n",
    }
    for name, text in files.items():
        tmp_path.joinpath(name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["cite", "all", "--graph", str(tmp_path)])
    assert result.output.split("\n\n") == [
        "Abel, Z. (2010a). The alpha.", "Abel, Z. (2010b). Beta.", "Zorn, M. (2001). End.\n",
    ]  # fmt: skip
    shown = CliRunner().invoke(main, ["show", "t:c", "--graph", str(tmp_path)])
    assert shown.output.startswith("Abel, Z. (2010a). The alpha.\n")


HOSTILE = source(
    "hostile", "Book",
    '<script>alert(1)</script>\n1. *R&D* _x_ [a](javascript:b) `c` "d" http://y.org/a*b www.x.org',
    author="O'Neil & <b>, \"Q\"|**Bank**", date="2001", doi="10.1002/(SICI)15:16<1661::AID>3.0;2-2",
)  # fmt: skip


def test_what_a_cell_says_never_becomes_markup() -> None:
    for style in (apa, chicago):
        page = html(style(HOSTILE))
        assert "<script" not in page
        assert "<b>" not in page
        assert set(re.findall(r"</?(\w+)", page)) == {"i", "a"}
        assert 'href="https://doi.org/10.1002/(SICI)15:16%3C1661::AID%3E3.0;2-2"' in page
        assert "\n" not in plain(style(HOSTILE))
    odd = source("a", "Book", url='javascript:alert("x")')
    assert "<a" not in html(apa(odd))


def test_markdown_does_not_begin_a_list() -> None:
    assert markdown(apa(source("a", "JournalArticle", "1984", container="J"))).startswith("1984\\.")


def test_bibtex_escapes_text_but_no_address() -> None:
    one = source(
        "a", "JournalArticle", "R&D: 100% {of} $5_x #1 ~ ^ \\y", author="Rock and Roll, Ann|A & B",
        container="J", volume="1", issue="2", pages="3–4", date="2007~", doi="10.1000/a_b%c",
        url="https://example.org/?a=1&b=2_3%20{x}#f",
    )  # fmt: skip
    assert bibtex([one]) == (
        "@article{a,\n"
        "  author = {{Rock and Roll}, Ann and {A \\& B}},\n"
        "  title = {{R\\&D: 100\\% \\textbraceleft{}of\\textbraceright{} \\$5\\_x \\#1"
        " \\textasciitilde{} \\textasciicircum{} \\textbackslash{}y}},\n"
        "  journal = {J},\n  volume = {1},\n  number = {2},\n  pages = {3--4},\n"
        "  date = {2007~},\n  year = {ca. 2007},\n  doi = {10.1000/a_b%c},\n"
        "  url = {https://example.org/?a=1&b=2_3%20%7Bx%7D#f}\n}\n"
    )


def test_files_of_entries_are_in_the_order_of_ids_whatever_comes_first() -> None:
    for write in (bibtex, csl_json):
        text = write(SOURCES)
        assert write([*SOURCES[::-1], SOURCES[0]]) == text
        assert "\r" not in text
        assert text.endswith("\n")
    ids = [item["id"] for item in json.loads(csl_json(SOURCES))]
    assert ids == sorted(ids)
    assert "Тоқаев, Қасым-Жомарт Кемелұлы" in bibtex(SOURCES)
    assert (bibtex([]), csl_json([])) == ("", "[]\n")


def test_csl_tells_persons_from_institutions() -> None:
    item = json.loads(
        csl_json([source("a", "Report", author="Lee, Ann|World Bank", language="kk|ru")])
    )[0]
    assert item["author"] == [{"family": "Lee", "given": "Ann"}, {"literal": "World Bank"}]
    assert item["language"] == "kk"


def test_the_data_themselves_can_be_cited() -> None:
    row = DatasetRow(
        name="mine", prefix="m", namespace="https://example.org/mine#", version="0.2", format="1",
        ontology="0.1.0", licence="CC-BY-4.0", creator="Lee, Ann|Institute",
    )  # fmt: skip
    said = cite_dataset(row, "ab12", "2026-11-22")
    assert plain(said) == (
        "Lee, A., & Institute. (n.d.). mine (Version 0.2) [Data set]. Licence CC-BY-4.0."
        " SHA-256 ab12. Retrieved November 22, 2026, from https://example.org/mine#"
    )
    assert Run("mine", italic=True) in said
    text = citation_text(row, "ab12")
    assert plain(cite_dataset(row, "ab12")) in text
    assert "@dataset{mine,\n  author = {Lee, Ann and {Institute}},\n" in text
    assert "Retrieved" not in text


TEXTS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
CELLS = dict.fromkeys(("title", "author", "container", "volume", "pages", "number", "url"), TEXTS)


@given(
    st.fixed_dictionaries(CELLS),
    st.sampled_from([one.type for one in SOURCES]),
)
def test_no_cell_breaks_a_reference(cells: dict[str, str], type: str) -> None:
    one = source("a", type, **cells)
    for style in (apa, chicago):
        reference = style(one)
        assert all(run.text for run in reference)
        assert set(re.findall(r"<(/?\w+)", html(reference))) <= {"i", "/i", "a", "/a"}
        markdown(reference)
    assert json.loads(csl_json([one]))[0]["id"] == "a"
    assert bibtex([one]).count("{") == bibtex([one]).count("}")


def _pandoc(*arguments: str, text: str) -> str:
    pypandoc = pytest.importorskip("pypandoc")
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), *arguments], input=text, capture_output=True,
        check=True, encoding="utf-8",
    )  # fmt: skip
    return str(done.stdout)


def test_pandoc_writes_the_same_references_in_chicago_style(tmp_path: Path) -> None:
    items = tmp_path / "items.json"
    items.write_text(csl_json(SOURCES), encoding="utf-8")
    cited = "".join(f"\n\n[@{one.id}]" for one in SOURCES)
    page = f"---\nlang: en-US\n---{cited}\n"
    written = _pandoc("-f", "markdown", "-t", "plain", "--wrap=none", "--citeproc",
                      f"--bibliography={items}", text=page)  # fmt: skip
    theirs = {_folded(line) for line in written.splitlines()}
    assert [one.id for one in SOURCES if _folded(plain(chicago(one))) not in theirs] == []


PEOPLE = ["Abel, Ann", "Abels, Amy", "Bond, Zoe", "Cole, Tom A.", "Dunn, Mukhit-Ardager",
          "Ünal, B.", "Ostrow, Eva", "O'Neil, Jo", "Łoś, Jan", "Öz, Ali", "Reed, Tom A., Jr.",
          "Roe, Ann, III"]  # fmt: skip
INSTITUTIONS = [
    "World Bank",
    "{Rand Corporation, Europe}",
    "United Nations, Department of Economic and Social Affairs, Population Division",
]


def _generated(seed: int) -> list[Source]:
    """Sixty books: few authors and years, many groups that begin with the same names."""
    dice = Random(seed)  # noqa: S311
    groups = [
        dice.sample(PEOPLE, dice.choice((1, 1, 2, 3, 4, 5)))
        if place % 3
        else PEOPLE[: place // 3 % 4] + dice.sample(PEOPLE[4:], 2)
        for place in range(52)
    ] + [[dice.choice(INSTITUTIONS)] for _ in range(8)]
    return [
        source(f"s{place:02}", "Book", f"{dice.choice('abcdefgh')}{place:02}".title(),
               author="|".join(group), date=dice.choice(("2010", "2011", "")))
        for place, group in enumerate(groups)
    ]  # fmt: skip


def _by_citeproc(books: Sequence[Source], folder: Path, *more: str) -> tuple[list[str], list[str]]:
    """What pandoc's citeproc writes: each citation, by id, and the list of references."""
    items = folder / "items.json"
    items.write_text(csl_json(books), encoding="utf-8")
    page = "---\nlang: en-US\n---\n\n" + "\n\n".join(f"[@{one.id}]" for one in books)
    written = _pandoc("-f", "markdown", "-t", "plain", "--wrap=none", "--citeproc",
                      f"--bibliography={items}", *more, text=page)  # fmt: skip
    lines = [_folded(line) for line in written.splitlines() if line.strip()]
    return lines[: len(books)], lines[len(books) :]


@pytest.mark.parametrize("seed", range(3))
def test_citeproc_lists_generated_books_alike_in_chicago_style(tmp_path: Path, seed: int) -> None:
    books = _generated(seed)
    letter = letters(books)
    ours = [
        _folded(plain(chicago(each, letter=letter.get(each.id, ""))))
        for each in in_order(books, "chicago")
    ]
    assert len(letter) > 4
    assert ours == _by_citeproc(books, tmp_path)[1]


# The rules of APA for names, letters and order in the Citation Style Language.
AUTHOR_DATE = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>t</title><id>t</id><updated>2026-01-01T00:00:00Z</updated></info>
<macro name="year"><choose><if variable="issued"><date variable="issued"><date-part name="year"/>
</date><text variable="year-suffix"/></if><else><text value="n.d."/>
<text variable="year-suffix" prefix="-"/></else></choose></macro>
<macro name="dated"><choose><if variable="issued"><text value="1"/></if>
<else><text value="0"/></else></choose></macro>
<macro name="names"><names variable="author"><name and="symbol" initialize-with=". "
name-as-sort-order="all" delimiter-precedes-last="always"/></names></macro>
<citation et-al-min="3" et-al-use-first="1" disambiguate-add-names="true"
disambiguate-add-year-suffix="true"><layout delimiter="; "><group delimiter=" ">
<names variable="author"><name form="short" and="text"/></names><text macro="year"/></group>
</layout></citation>
<bibliography><sort><key macro="names"/><key macro="dated"/><key variable="issued"/>
<key variable="title"/></sort><layout suffix="."><group delimiter=". ">
<text macro="names"/><text macro="year" prefix="(" suffix=")"/><text variable="title"/></group>
</layout></bibliography></style>"""


@pytest.mark.parametrize("seed", range(3, 7))
def test_citeproc_cites_generated_books_alike_in_apa_style(tmp_path: Path, seed: int) -> None:
    books, style = _generated(seed), tmp_path / "style.csl"
    style.write_text(AUTHOR_DATE, encoding="utf-8")
    cited, listed = _by_citeproc(books, tmp_path, f"--csl={style}")
    letter, ours = letters(books), citations(books)
    assert listed == [
        _folded(plain(apa(each, letter=letter.get(each.id, "")))) for each in in_order(books)
    ]
    assert [_folded(ours[one.id]) for one in books] == [
        _without_one_left(text, one) for text, one in zip(cited, books, strict=True)
    ]
    assert sum(text.count(",") > 1 for text in ours.values()) > 4


def _without_one_left(cited: str, one: Source) -> str:
    """A citation without "et al." for one person, which citeproc writes and APA (8.18) does not."""
    names = [_folded(part.partition(",")[0]) for part in one.author.split("|")]
    start = f"{', '.join(names[:-1])}, et al."
    if len(names) > 2 and cited.startswith(start):
        return f"{', '.join(names[:-1])}, and {names[-1]}{cited.removeprefix(start)}"
    return cited


def _folded(text: str) -> str:
    """Return a reference without capitals and italics, which pandoc sets by rules of English."""
    return re.sub(r"[_\s]+", " ", text.casefold().replace("'", "’")).strip()


ITALIC = "\N{SYMBOL FOR SUBSTITUTE}"


def _read(blocks: list[dict[str, Any]]) -> list[str]:
    return [_inline(block["c"]) for block in blocks]


def _inline(parts: list[dict[str, Any]]) -> str:
    text = ""
    for part in parts:
        kind = part["t"]
        content: Any = part.get("c")
        if kind in {"Space", "SoftBreak"}:
            text += " "
        elif kind == "Emph":
            text += f"{ITALIC}{_inline(content)}{ITALIC}"
        else:
            text += content if kind == "Str" else _inline(content[1])
    return text


@pytest.mark.parametrize("language", ["commonmark", "gfm", "html"])
def test_pandoc_reads_back_what_was_said_and_in_italics(language: str) -> None:
    every = [style(one) for one in (*SOURCES, HOSTILE, LAW, BARE) for style in (apa, chicago)]
    pages = {"html": "\n".join(f"<p>{html(each)}</p>" for each in every)}
    page = pages.get(language, "\n\n".join(markdown(each) for each in every))
    blocks = json.loads(_pandoc("-f", language, "-t", "json", text=page))["blocks"]
    assert _read(blocks) == [_shown(each, language) for each in every]


def _shown(reference: Sequence[Run], language: str) -> str:
    """Return what a reader sees: Markdown shows an address as it is followed."""
    is_html = language == "html"
    return _marked(
        [run if is_html else Run(run.link or run.text, run.italic) for run in reference], ITALIC
    )


def test_pandoc_reads_the_entries_of_bibtex_back() -> None:
    every = [*SOURCES, *_generated(7)]
    text = _pandoc("-f", "biblatex", "-t", "csljson", text=bibtex(every))
    read = json.loads(text.replace("O’Neil", "O'Neil"))
    ours = {item["id"]: item for item in json.loads(csl_json(every))}
    assert {item["id"] for item in read} == set(ours)
    for item in read:
        for name in ("title", "author", "volume", "DOI", "URL", "issued"):
            assert item.get(name) == ours[item["id"]].get(name), (item["id"], name)

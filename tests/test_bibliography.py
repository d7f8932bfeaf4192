"""Citations and references: by hand-made forms, by pandoc, and by reading back what is written."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaspora_graph.bibliography.entries import (
    Run,
    apa,
    bibtex,
    chicago,
    citation_text,
    cite_dataset,
    csl_json,
    html,
    letters,
    markdown,
    plain,
    short,
)
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
    (BARE, "“[Not given]” n.d.", "_[Not given]_. (n.d.).", "“[Not given].” n.d."),
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
        source("y", "Book", "Beta", author="Lee, Bo", date="2020-03"),
        source("x", "Book", "Gamma", author="Lee, A.", date="2021"),
    ]
    assert letters(alike) == letters(alike[::-1]) == {"z": "a", "y": "b"}
    assert letters([alike[0], alike[0]]) == {}
    assert short(alike[0], "a") == "Lee 2020a"
    assert plain(apa(alike[0], letter="a")) == "Lee, A. (2020a). Alpha."
    assert plain(chicago(alike[0], letter="a")) == "Lee, A. 2020a. Alpha."
    assert short(source("n", "Book", author="Lee, A."), "b") == "Lee n.d.-b"
    many = letters(source(f"i{place:02}", "Book", f"T{place:02}") for place in range(28))
    assert many == {}
    many = letters(source(f"i{place:02}", "Book", author="Lee, A.") for place in range(28))
    assert [many["i00"], many["i25"], many["i26"], many["i27"]] == ["a", "z", "aa", "ab"]


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
    read = json.loads(_pandoc("-f", "biblatex", "-t", "csljson", text=bibtex(SOURCES)))
    ours = {item["id"]: item for item in json.loads(csl_json(SOURCES))}
    assert {item["id"] for item in read} == set(ours)
    for item in read:
        for name in ("title", "author", "volume", "DOI", "URL", "issued"):
            assert item.get(name) == ours[item["id"]].get(name), (item["id"], name)

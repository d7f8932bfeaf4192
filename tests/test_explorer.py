"""The explorer: one file that loads nothing; then, in Chromium, the actions of a reader."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser import chromium, visit
from diaspora_graph.errors import FileError
from diaspora_graph.pictures.explorer.explorer import explorer_html, write_explorer
from diaspora_graph.pictures.explorer.network import to_pyvis
from diaspora_graph.pictures.layout.layout import Layout, layout
from diaspora_graph.pictures.scene import Scene
from scenes import FAMILIES, HOSTILE, TYPES, hostile, union

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCENE = union()
LINE = "norland-council influence parliament"


@pytest.fixture(scope="module")
def places() -> Layout:
    return layout(SCENE, languages=("en", "kk", "ru"))


@pytest.fixture(scope="module")
def page_file(places: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_explorer(
        SCENE, tmp_path_factory.mktemp("explorer") / "explorer.html", places=places
    )


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_explorer(hostile(), tmp_path_factory.mktemp("hostile") / "explorer.html")


# ---- without a browser ----


def test_the_policy_names_each_script_and_style_by_its_hash(page_file: Path) -> None:
    text = page_file.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    blocks = re.findall(r"<(script|style)>(.*?)</\1>", text, re.DOTALL)
    assert [name for name, _ in blocks] == ["style", "script", "script"]
    for _, block in blocks:
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy[1]


def test_nothing_is_loaded_from_elsewhere(page_file: Path) -> None:
    text = re.sub(r"<script>.*?</script>", "", page_file.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"<(link|img|iframe|object|embed|base|form)\b", text)
    assert not re.search(r"\ssrc\s*=", text)
    assert set(re.findall(r'href="([^"]*)"', text)) == {"https://example.org/book"}


def test_all_evidence_stands_in_a_table_without_scripts(page_file: Path) -> None:
    rows = re.findall(r"<tr>(<td.*?)</tr>", page_file.read_text("utf-8"), re.DOTALL)
    claims = SCENE.claims()
    assert len(rows) == len(claims) == len(SCENE.evidence) + 2
    for claim, row in zip(claims, rows, strict=True):
        assert claim.id in row
        assert html.escape(claim.locator) in row
    denied = next(row for row in rows if "st-denied" in row)
    assert "Denied: " in denied
    assert "not stated; not after 2020" in next(row for row in rows if "st-001" in row)


def test_hostile_texts_never_leave_their_quotes() -> None:
    text, tame = explorer_html(hostile()), explorer_html(union(1))
    for tag in ("<script", "</script", "<!--", "-->", "<img", "<b>", "<style", "</style"):
        assert text.count(tag) == tame.count(tag), tag
    assert 'href="javascript' not in text
    data = re.search(r'id="scene">(.*?)</script>', text, re.DOTALL)
    assert data
    assert not set(data[1]) & {"<", ">", "&"}
    scene = json.loads(data[1])
    assert [node["label"]["en"] for node in scene["nodes"]] == list(HOSTILE)
    assert {claim["url"] for claim in scene["claims"]} == {""}


def test_a_page_that_cannot_be_written(tmp_path: Path, places: Layout) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FileError):
        write_explorer(SCENE, tmp_path / "file" / "explorer.html", places=places)


def test_a_network_for_notebooks_asks_nobody_and_runs_no_text(tmp_path: Path) -> None:
    network = to_pyvis(hostile())
    assert len(network.nodes) == len(HOSTILE)
    assert not network.options["physics"]["enabled"]
    assert all("href" not in node["title"].lower() for node in network.nodes)
    network.write_html(str(tmp_path / "network.html"))
    text = (tmp_path / "network.html").read_text("utf-8")
    assert "popup.innerHTML" not in text
    assert not re.search(r"<(?:script|link)\b[^>]*(?:src|href)\s*=\s*[\"']https?:", text)
    places = [(node["x"], node["y"]) for node in network.nodes]
    assert len(set(places)) == len(places)


# ---- in a browser ----

in_browser = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def state(page: Page, expression: str) -> Any:
    return page.evaluate(f"(() => {{ const e = window.explorer; return {expression}; }})()")


def hidden(page: Page, what: str) -> set[str]:
    return set(state(page, f"e.{what}.get().filter((each) => each.hidden).map((each) => each.id)"))


def ink(page: Page) -> int:
    """How many pixels of the diagram are not background."""
    return int(
        page.evaluate(
            """() => {
            const canvas = document.querySelector('#canvas canvas');
            const { width, height } = canvas;
            const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
            let count = 0;
            for (let at = 0; at < data.length; at += 4) {
              if (data[at + 3] && data[at] + data[at + 1] + data[at + 2] < 720) count += 1;
            }
            return count; }"""
        )
    )


def colour_at(page: Page, x: float, y: float) -> str:
    """The colour of a pixel of the diagram, by its place in CSS pixels; nothing if it is empty."""
    red, green, blue, opacity = page.evaluate(
        """([x, y]) => {
        const canvas = document.querySelector('#canvas canvas');
        const scale = canvas.width / canvas.clientWidth;
        return [...canvas.getContext('2d').getImageData(x * scale, y * scale, 1, 1).data]; }""",
        [x, y],
    )
    return f"#{red:02X}{green:02X}{blue:02X}" if opacity else ""


def node_at(page: Page, id: str) -> tuple[float, float]:
    at = state(page, f"e.network.canvasToDOM(e.network.getPosition({json.dumps(id)}))")
    return at["x"], at["y"]


def click_canvas(page: Page, x: float, y: float) -> None:
    box = page.locator("#canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + x, box["y"] + y)


@in_browser
def test_a_click_on_a_node_shows_what_is_said_of_it(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        click_canvas(page, *node_at(page, "norland-council"))
        page.wait_for_selector("#evidence .name")
        assert page.locator("#evidence .name").inner_text() == "Norland Council in the Union"
        lines = [line for line in SCENE.lines if "norland-council" in (line.subject, line.object)]
        assert page.locator("#evidence details").count() == len(lines)
        assert (
            page.locator("#evidence").get_by_text("Not stated here: governance, belonging").count()
        )
        assert "node=norland-council" in page.url


@in_browser
def test_a_click_on_a_line_shows_each_claim_with_its_source(
    chrome: Browser, page_file: Path
) -> None:
    line = next(
        each for each in SCENE.lines if len(each.claims) == 2 and each.family == "influence"
    )
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        click_canvas(page, *seen_middle(page, line.id))
        page.wait_for_selector("#evidence .card")
        assert f"line={line.id.replace(' ', '+')}" in page.url
        cards = page.locator("#evidence .card")
        claims = [claim for claim in SCENE.evidence if claim.id in line.claims]
        assert cards.count() == len(claims)
        for number, claim in enumerate(claims):
            text = cards.nth(number).inner_text()
            for part in (claim.text["en"], claim.citation, claim.locator, claim.id, *claim.flags):
                assert part in text
            assert {"low": "low", "medium": "medium", "high": "high"}[claim.confidence] in text
            assert (claim.valid or "not stated; not after 2020") in text
            link = cards.nth(number).locator("a")
            assert link.get_attribute("href") == claim.url
            assert link.get_attribute("rel") == "noopener noreferrer"


def seen_middle(page: Page, line: str) -> tuple[float, float]:
    """A place on a line where vis finds it, not covered by a node."""
    ends = next(each for each in SCENE.lines if each.id == line)
    (ax, ay), (bx, by) = node_at(page, ends.subject), node_at(page, ends.object)
    for share in (0.5, 0.45, 0.55, 0.4, 0.6):
        x, y = ax + (bx - ax) * share, ay + (by - ay) * share
        found = state(
            page, f"[e.network.getNodeAt({{x:{x},y:{y}}}), e.network.getEdgeAt({{x:{x},y:{y}}})]"
        )
        if found[0] is None and found[1] == line:
            return x, y
    pytest.fail(f"{line} is nowhere free")


@in_browser
def test_filters_hide_nodes_lines_and_pixels(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        before = ink(page)
        page.locator("input[data-name=Law]").uncheck()
        laws = {node.id for node in SCENE.nodes if node.type == "Law"}
        assert hidden(page, "nodes") == laws
        of_laws = {each.id for each in SCENE.lines if {each.subject, each.object} & laws}
        assert hidden(page, "edges") == of_laws
        page.wait_for_timeout(50)
        less = ink(page)
        assert less < before * 0.97
        assert colour_at(page, *node_at(page, "sudria-law")) == ""
        page.locator("input[data-name=influence]").uncheck()
        influence = {each.id for each in SCENE.lines if each.family == "influence"}
        assert hidden(page, "edges") == of_laws | influence
        page.wait_for_timeout(50)
        assert ink(page) < less * 0.995
        assert f"{34 - len(laws)} of 34 nodes" in page.locator("#count").inner_text()
        page.locator("#reset").click()
        assert hidden(page, "nodes") == hidden(page, "edges") == set()
        page.wait_for_timeout(50)
        assert ink(page) == before


@in_browser
def test_filters_on_evidence(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        page.locator("#confidence").select_option("high")
        high = {claim.id for claim in SCENE.evidence if claim.confidence == "high"}
        low = {each.id for each in SCENE.lines if not high & set(each.claims)}
        assert hidden(page, "edges") == low
        page.locator("#confidence").select_option("")
        page.locator("#year").fill("2015")
        dated = {claim.id for claim in SCENE.evidence if claim.valid}
        old = {each.id for each in SCENE.lines if set(each.claims) <= dated}
        assert hidden(page, "edges") == old
        page.locator("#undated").uncheck()
        assert len(hidden(page, "edges")) == len(SCENE.lines)
        page.locator("#year").fill("2010")
        assert hidden(page, "edges") == {each.id for each in SCENE.lines} - old
        assert "year=2010" in page.url


@in_browser
def test_the_legend_shows_the_colours_that_are_drawn(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        assert page.locator("#types .row").count() == len(SCENE.types)
        assert page.locator("#families label.row").count() == len(SCENE.families)
        for type in SCENE.types:
            sample = page.locator(f"label:has(input[data-name={type.name}]) polygon")
            assert sample.get_attribute("fill") == type.fill
            node = next(each for each in SCENE.nodes if each.type == type.name)
            x, y = node_at(page, node.id)
            half = state(
                page, f"e.scene.nodes.find((n) => n.id === {json.dumps(node.id)}).boxes.en"
            )
            scale = state(page, "e.network.getScale()")
            # between the last line of text and the lower edge
            assert colour_at(page, x, y + half["height"] / 2 * scale - 3) == type.fill
        for family in SCENE.families:
            sample = page.locator(f"label:has(input[data-name={family.name}]) line")
            assert sample.get_attribute("stroke") == family.colour
            drawn = state(page, f"e.edges.get({json.dumps(line_of(family.name))}).color.color")
            assert drawn == family.colour
        page.locator("#theme").click()
        for family in SCENE.families:
            sample = page.locator(f"label:has(input[data-name={family.name}]) line")
            drawn = state(page, f"e.edges.get({json.dumps(line_of(family.name))}).color.color")
            assert sample.get_attribute("stroke") == drawn != family.colour


def line_of(family: str) -> str:
    return next(each.id for each in SCENE.lines if each.family == family)


@in_browser
def test_places_are_those_of_the_layout(chrome: Browser, page_file: Path, places: Layout) -> None:
    with visit(chrome, page_file) as open_page:
        found = state(open_page.page, "e.network.getPositions()")  # cut to pixels
        for id, place in places.places.items():
            # vis gives whole pixels
            assert found[id]["x"] == pytest.approx(place.x * 2, abs=1.01)
            assert found[id]["y"] == pytest.approx(place.y * 2, abs=1.01)
        assert state(open_page.page, "e.network.getScale() * e.scene.text") >= 9


@in_browser
def test_labels_and_page_speak_kazakh_and_russian(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file, address=f"#line={LINE.replace(' ', '+')}") as open_page:
        page = open_page.page
        seen = {"en": ink(page)}
        for language, type, family, phrase, word in (
            ("kk", "Мемлекет", "ықпал", "лоббилейді", "Іздеу"),
            ("ru", "Государство", "влияние", "лоббирует", "Поиск"),
        ):
            page.locator("#language").select_option(language)
            assert page.locator("html").get_attribute("lang") == language
            assert type in page.locator("#types").inner_text()
            assert family in page.locator("#families").inner_text()
            assert phrase in page.locator("#evidence").inner_text()
            assert word in page.locator("#controls").inner_text()
            page.wait_for_timeout(50)
            seen[language] = ink(page)
        assert len(set(seen.values())) == 3  # the labels within the nodes changed too
        assert "lang=ru" in page.url


@in_browser
def test_search_and_keys_need_no_mouse(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        page.keyboard.press("/")
        page.keyboard.type("закон о возвращении: с")
        assert page.locator("#found button").count() == 1
        page.keyboard.press("Enter")
        assert state(page, "e.chosen.node") == "sudria-law"
        page.locator("#canvas").focus()
        page.keyboard.press("ArrowDown")
        assert state(page, "e.chosen.node") != "sudria-law"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "panel-title"
        before = state(page, "e.network.getScale()")
        page.locator("#canvas").focus()
        page.keyboard.press("+")
        assert state(page, "e.network.getScale()") > before
        page.keyboard.press("Escape")
        assert state(page, "e.chosen.node + e.chosen.line") == ""


@in_browser
def test_only_neighbours_and_the_address_that_remembers(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file, address="#node=speaker") as open_page:
        page = open_page.page
        page.locator("#focus").click()
        shown = {node.id for node in SCENE.nodes} - hidden(page, "nodes")
        assert shown == {"speaker", "parliament"}
        address = page.url.partition("#")[2]
    with visit(chrome, page_file, address=f"#{address}") as again:
        assert {node.id for node in SCENE.nodes} - hidden(again.page, "nodes") == shown
        assert again.page.locator("#evidence .name").inner_text() == "Speaker"


@in_browser
def test_denials_stand_apart_and_are_no_line(chrome: Browser, page_file: Path) -> None:
    assert not [line for line in SCENE.lines if "st-denied" in line.claims]
    one = SCENE.denials[0].subject
    with visit(chrome, page_file, address=f"#node={one}") as open_page:
        panel = open_page.page.locator("#evidence")
        assert panel.get_by_text("Denied by a source (not drawn)").count() == 1
        assert panel.locator(".card.denied").inner_text().startswith("Denied")
        assert state(open_page.page, "e.edges.length") == len(SCENE.lines)


@in_browser
@pytest.mark.parametrize("dark", ["0", "1"])
def test_axe_finds_nothing_serious(chrome: Browser, page_file: Path, dark: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    source = Axe().axe_script
    with visit(chrome, page_file, address=f"#node=norland&dark={dark}") as open_page:
        open_page.page.evaluate(source)
        found = open_page.page.evaluate("axe.run()")
        bad = [each for each in found["violations"] if each["impact"] in {"serious", "critical"}]
        assert [(each["id"], [node["html"][:90] for node in each["nodes"]]) for each in bad] == []


@in_browser
def test_a_narrow_screen_scrolls_one_way_only(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file, address="#node=norland", width=390, height=844) as open_page:
        page = open_page.page
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        tops = [page.locator(f"#{id}").bounding_box() for id in ("picture", "panel", "controls")]
        assert [box["y"] for box in tops if box] == sorted(box["y"] for box in tops if box)
        assert ink(page) > 1000


@in_browser
def test_without_scripts_the_table_is_open_and_no_dead_control_is_shown(
    chrome: Browser, page_file: Path
) -> None:
    context = chrome.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(page_file.as_uri())
    assert page.locator("td code").first.is_visible()
    assert not any(each.is_visible() for each in page.locator("button, input, select").all())
    context.close()


@in_browser
def test_hostile_texts_stay_texts(chrome: Browser, hostile_file: Path) -> None:
    with visit(chrome, hostile_file) as open_page:
        page = open_page.page
        for number in range(len(HOSTILE)):
            page.evaluate(f"location.hash = 'node=n{number}'")
            page.wait_for_function(f"window.explorer.chosen.node === 'n{number}'")
            assert page.locator("#evidence .name").text_content() == HOSTILE[number]
        page.locator("#canvas").hover()
        assert page.locator("#evidence a, #evidence img, #evidence b").count() == 0
        assert page.evaluate("window.hit") is None
        page.evaluate("location.hash = 'node=n1'")


@in_browser
def test_only_web_addresses_become_links(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        for given, kept in (
            ("https://example.org/a?b=c", "https://example.org/a?b=c"),
            ("http://example.org/", "http://example.org/"),
            ("javascript:alert(1)", ""),
            ("data:text/html,<script>alert(1)</script>", ""),
            ("file:///etc/passwd", ""),
            ("not an address", ""),
        ):
            assert open_page.page.evaluate(f"webAddress({json.dumps(given)})") == kept


@in_browser
def test_the_policy_stops_what_is_put_in_by_hand(chrome: Browser, page_file: Path) -> None:
    with visit(chrome, page_file) as open_page:
        page = open_page.page
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hit=1\">')"
        )
        page.wait_for_timeout(100)
        assert page.evaluate("window.hit") is None
        stopped = [wrong for wrong in open_page.wrongs if "policy: " in wrong]
        assert stopped
        open_page.wrongs.clear()


@in_browser
@pytest.mark.parametrize("count", [0, 1])
def test_the_smallest_pages(chrome: Browser, count: int, tmp_path: Path) -> None:
    scene = Scene(
        title="Small", nodes=SCENE.nodes[:count], lines=(), types=TYPES, families=FAMILIES
    )
    with visit(chrome, write_explorer(scene, tmp_path / "small.html")) as open_page:
        said = open_page.page.locator("#evidence").inner_text()
        assert ("holds no node" in said) == (count == 0)
        assert open_page.page.locator("#types .row").count() == count

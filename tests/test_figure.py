"""The layout and the figure for print: geometry, fonts, bytes, and texts that attack."""

from __future__ import annotations

import json
import math
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zlib
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import diaspora_graph.pictures.layout.graphviz as graphviz
import diaspora_graph.pictures.layout.polish as polish
from diaspora_graph.errors import DiasporaGraphError, FileError, ParameterError
from diaspora_graph.pictures.figures.figure import write_figure
from diaspora_graph.pictures.figures.legend import legend
from diaspora_graph.pictures.layout.layout import Layout, layout
from diaspora_graph.pictures.layout.lettering import baselines, lettering, text_width
from diaspora_graph.pictures.scene import Node, NodeType, Scene
from diaspora_graph.pictures.shapes import SHAPES, inside, outline
from scenes import FAMILIES, HOSTILE, TYPES, hostile, scene_of, union

SOURCES = Path(__file__).parents[1] / "src"
SCENE = union()


@pytest.fixture(scope="module")
def places() -> Layout:
    """The layout of the test scene for a page of two columns."""
    return layout(SCENE, width_mm=172.5, height_mm=200)


@pytest.fixture(scope="module")
def folder(places: Layout, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The figure in all formats."""
    folder = tmp_path_factory.mktemp("figure")
    for suffix in ("pdf", "svg", "png"):
        write_figure(SCENE, folder / f"figure.{suffix}", places=places)
    return folder


# ---- the layout ----


def arc(found: Layout, scene: Scene, line: str, samples: int = 300) -> list[tuple[float, float]]:
    """The curve of a line, as vis-network draws it (its rule for curved edges, in our words)."""
    ends = next(each for each in scene.lines if each.id == line)
    one, two = found.places[ends.subject], found.places[ends.object]
    bend = found.bends[line]
    turn = math.atan2(one.y - two.y, two.x - one.x) + math.pi * (bend + 1) / 2
    arm = math.hypot(two.x - one.x, two.y - one.y) * (abs(bend) + 1) / 2
    via = one.x + arm * math.sin(turn), one.y + arm * math.cos(turn)
    curve = []
    for t in (step / samples for step in range(samples + 1)):
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        curve.append((a * one.x + b * via[0] + c * two.x, a * one.y + b * via[1] + c * two.y))
    return curve


def nodes_passed_through(found: Layout, scene: Scene) -> list[tuple[str, str]]:
    wrong = []
    for line in scene.lines:
        curve = arc(found, scene, line.id)
        for id, place in found.places.items():
            if id not in {line.subject, line.object} and any(
                abs(x - place.x) < place.width / 2 and abs(y - place.y) < place.height / 2
                for x, y in curve
            ):
                wrong.append((line.id, id))
    return wrong


def overlaps(found: Layout) -> list[tuple[str, str]]:
    return [
        (one, two)
        for (one, a), (two, b) in combinations(found.places.items(), 2)
        if abs(a.x - b.x) < (a.width + b.width) / 2 and abs(a.y - b.y) < (a.height + b.height) / 2
    ]


def test_no_two_nodes_overlap_and_all_are_on_the_sheet(places: Layout) -> None:
    assert overlaps(places) == []
    for place in places.places.values():
        assert place.width / 2 - 0.1 <= place.x <= places.width - place.width / 2 + 0.1
        assert place.height / 2 - 0.1 <= place.y <= places.height - place.height / 2 + 0.1


def test_no_line_passes_through_a_node_that_it_does_not_join(places: Layout) -> None:
    assert places.through == 0
    assert nodes_passed_through(places, SCENE) == []


def test_a_node_is_large_enough_for_its_label_in_every_language() -> None:
    found = layout(union(1), languages=("en", "kk", "ru"))
    for node in union(1).nodes:
        shape = next(each.shape for each in TYPES if each.name == node.type)
        for label in node.label.values():
            assert lettering(label, shape).width <= found.places[node.id].width + 0.01
            assert lettering(label, shape).height <= found.places[node.id].height + 0.01


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("label", ["ANCA", "Ministry of Foreign Affairs", HOSTILE[6]])
def test_text_stands_within_its_outline(shape: str, label: str) -> None:
    found = lettering(label, shape)
    ring = outline(shape, found.width, found.height)
    for text, baseline in zip(found.lines, baselines(len(found.lines), shape), strict=True):
        half = text_width(text) / 2
        for corner in ((-half, baseline), (half, baseline), (-half, baseline - 5)):
            assert inside(corner, ring)
    assert " ".join(found.lines) == " ".join(label.split())


def test_two_relations_of_the_same_two_nodes_lie_apart() -> None:
    nodes = [Node(id=id, type="State", label={"en": id}) for id in ("one", "two")]
    rows = [("one", "support", "two"), ("two", "influence", "one"), ("one", "ties", "two")]
    scene = scene_of(nodes, rows)
    found = layout(scene)
    middles = [arc(found, scene, line.id)[150] for line in scene.lines]
    assert min(math.dist(a, b) for a, b in combinations(middles, 2)) > 2


def lobbies(count: int) -> Scene:
    """One state that funds this number of unions, all of which lobby on one law."""
    unions = [f"Union of town {number}" for number in range(count)]
    names = {"Anland": "State", "Law One": "Law", **dict.fromkeys(unions, "Council")}
    nodes = [Node(id=name, type=type, label={"en": name}) for name, type in names.items()]
    rows = [("Anland", "support", union) for union in unions]
    return scene_of(nodes, rows + [(union, "influence", "Law One") for union in unions])


@pytest.mark.parametrize("count", [20, 40])
def test_two_hubs_and_all_that_stands_between_them(count: int) -> None:
    scene = lobbies(count)
    found = layout(scene)
    assert overlaps(found) == []
    assert nodes_passed_through(found, scene) == []


def test_what_a_layout_may_cost_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    spent = 0

    def counted(canvas: polish._Canvas, nodes: Any, places: Any) -> Any:
        nonlocal spent
        spent += canvas.effort(nodes, len(places))
        return costs(canvas, nodes, places)

    costs = polish._Canvas.costs
    monkeypatch.setattr(polish._Canvas, "costs", counted)
    layout(lobbies(60))
    assert 0 < spent < 4e7


@pytest.mark.parametrize("count", [0, 1, 2])
def test_the_smallest_scenes(count: int, tmp_path: Path) -> None:
    nodes = [Node(id=f"n{number}", type="State", label={"en": "A"}) for number in range(count)]
    scene = Scene(title="", nodes=tuple(nodes), lines=(), types=TYPES, families=FAMILIES)
    assert len(layout(scene).places) == count
    assert write_figure(scene, tmp_path / "figure.pdf")[0].stat().st_size > 500


def test_the_seed_decides() -> None:
    scene = union(1)
    assert layout(scene, seed=3) == layout(scene, seed=3)
    assert layout(scene, seed=3).places != layout(scene, seed=4).places


def test_without_graphviz_networkx_places_the_nodes_and_says_so(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=False, symlinks=os.name != "nt")
    python = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin") / "python"
    paths = os.pathsep.join(
        (sysconfig.get_path("purelib"), str(SOURCES), str(Path(__file__).parent / "support"))
    )
    script = (
        "import json, warnings, scenes; from dataclasses import asdict\n"
        "from diaspora_graph.pictures.layout.layout import layout\n"
        "with warnings.catch_warnings(record=True) as said:\n"
        "    found = layout(scenes.union(2))\n"
        "print(json.dumps([asdict(found), [str(each.message) for each in said]]))\n"
    )
    settings = {**os.environ, "PYTHONPATH": paths, "PYTHONNOUSERSITE": "1", "HOME": str(tmp_path)}
    done = subprocess.run(
        [str(python), "-c", script], capture_output=True, env=settings, check=True, encoding="utf-8"
    )
    found, said = json.loads(done.stdout)
    assert found["engine"] == "networkx"
    assert [text for text in said if "graphviz-pure is not installed" in text]
    scene = union(2)
    boxes = {id: graph_place(place) for id, place in found["places"].items()}
    bare = Layout(**{**found, "places": boxes})
    assert sorted(boxes) == [node.id for node in scene.nodes]
    assert overlaps(bare) == []
    assert len(nodes_passed_through(bare, scene)) == bare.through <= 1


def graph_place(values: dict[str, float]) -> object:
    from diaspora_graph.pictures.layout.layout import Place

    return Place(**values)


def test_graphviz_that_takes_too_long_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphviz, "SECONDS", 1e-6)
    with pytest.raises(DiasporaGraphError, match="no layout within"):
        layout(union(1))


# ---- the figure ----

SVG_TAGS = {
    *("svg", "metadata", "RDF", "Work", "type", "format", "title", "creator", "Agent"),
    *("defs", "style", "g", "path", "use", "clipPath", "rect"),
}


@pytest.mark.parametrize("width", [174.0, 85.0])
def test_the_page_is_exactly_as_wide_as_asked(width: float, tmp_path: Path) -> None:
    scene = hostile() if width == 174 else union(1)
    for suffix in ("pdf", "svg", "png"):
        write_figure(scene, tmp_path / f"a.{suffix}", width_mm=width)
    pdf = (tmp_path / "a.pdf").read_bytes()
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    assert box
    assert float(box[1]) / 72 * 25.4 == pytest.approx(width, abs=0.01)
    assert float(box[2]) / 72 * 25.4 <= 230
    svg = ET.parse(tmp_path / "a.svg").getroot()  # noqa: S314 we wrote it
    assert svg.attrib["width"].endswith("pt")
    assert float(svg.attrib["width"][:-2]) / 72 * 25.4 == pytest.approx(width, abs=0.01)
    png = (tmp_path / "a.png").read_bytes()
    dots = int.from_bytes(png[16:20], "big")
    assert dots == pytest.approx(width / 25.4 * 400, abs=1)


def pdf_content(pdf: bytes) -> bytes:
    """The drawing commands of a PDF, unpacked."""
    content = b""
    for stream in re.finditer(rb"stream\r?\n", pdf):
        try:
            content += zlib.decompressobj().decompress(pdf[stream.end() :])
        except zlib.error:
            continue
    return content


def test_fonts_are_embedded_as_truetype(folder: Path) -> None:
    pdf = (folder / "figure.pdf").read_bytes()
    descriptors = len(re.findall(rb"/Type /FontDescriptor", pdf))
    assert descriptors >= 1
    assert len(re.findall(rb"/FontFile2 ", pdf)) == descriptors
    assert b"/Type3" not in pdf
    assert len(re.findall(rb"/ToUnicode ", pdf)) >= 1


def test_all_text_is_seven_points_and_lines_are_thick_enough(folder: Path) -> None:
    content = pdf_content((folder / "figure.pdf").read_bytes())
    assert {float(size) for size in re.findall(rb"/F\S+ ([\d.]+) Tf", content)} == {7.0}
    widths = {float(width) for width in re.findall(rb"(?<![\d.])([\d.]+) w\b", content)}
    assert min(widths - {0.0}) >= 0.5  # width 0 is set for what has no outline


def test_the_legend_lists_exactly_what_is_there(folder: Path) -> None:
    used = {node.type for node in SCENE.nodes}
    entries = legend(SCENE, 490).entries
    types = [entry for entry in entries if isinstance(entry.shows, NodeType)]
    assert [name for entry in types for name in entry.names] == [
        each.name for each in TYPES if each.name in used
    ]
    assert [entry.lines for entry in types if len(entry.names) > 1] == [("Law, Decree",)]
    assert [entry.shows for entry in entries][-2:] == ["symmetric", "disputed"]
    assert "Unused" not in {each.name for each in SCENE.types}
    svg = (folder / "figure.svg").read_text("utf-8")
    drawn = Counter(re.findall(r'style="fill: (#[0-9a-f]{6}); stroke: #111111', svg))
    for entry in types:  # once for each node, and once in the legend
        assert isinstance(entry.shows, NodeType)
        nodes = sum(node.type in entry.names for node in SCENE.nodes)
        assert drawn.pop(entry.shows.fill.lower()) == nodes + 1, entry.names
    assert not drawn


def test_a_legend_without_marks() -> None:
    nodes = [Node(id=id, type="State", label={"en": id}) for id in ("one", "two", "three")]
    scene = scene_of(nodes, [("one", "support", "two"), ("two", "support", "three")][1:])
    calm = Scene(title="", nodes=scene.nodes, lines=(), types=TYPES, families=FAMILIES)
    assert [entry.lines for entry in legend(calm, 240, "ru").entries] == [("Государство",)]


def test_arrowheads_and_marks(folder: Path) -> None:
    svg = (folder / "figure.svg").read_text("utf-8")
    for family in SCENE.families:
        lines = [line for line in SCENE.lines if line.family == family.name]
        heads = len(re.findall(rf'style="fill: {family.colour.lower()}"', svg))
        headed = sum(not line.symmetric for line in lines)
        assert heads == headed + 1, family.name  # and the legend's
        marks = len(re.findall(rf"fill: #ffffff; stroke: {family.colour.lower()}", svg))
        assert marks == sum(line.disputed for line in lines), family.name


@pytest.mark.parametrize("width", [85.0, 60.0])
def test_what_does_not_fit_is_refused_and_nothing_is_written(width: float, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"34 nodes does not fit at 7 pt.*split"):
        write_figure(SCENE, tmp_path / "figure.pdf", width_mm=width, height_mm=120)
    assert list(tmp_path.iterdir()) == []


def test_a_node_wider_than_the_page_is_refused(tmp_path: Path) -> None:
    nodes = [Node(id="a", type="State", label={"en": "Kulturzusammenarbeit"})]
    with pytest.raises(ParameterError, match="1 node does not fit at 7 pt on a sheet 19 mm wide"):
        write_figure(scene_of(nodes, []), tmp_path / "figure.pdf", width_mm=20)
    assert list(tmp_path.iterdir()) == []


def test_a_layout_that_is_too_wide_is_refused(places: Layout, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="does not fit at 7 pt"):
        write_figure(SCENE, tmp_path / "figure.pdf", width_mm=120, places=places)
    assert list(tmp_path.iterdir()) == []


def test_a_letter_that_the_font_lacks_is_refused(tmp_path: Path) -> None:
    nodes = [Node(id="a", type="State", label={"en": "한국"})]
    with pytest.raises(ParameterError, match="한국"):
        write_figure(scene_of(nodes, []), tmp_path / "figure.pdf")
    assert list(tmp_path.iterdir()) == []


def test_every_label_with_a_missing_letter_is_named_with_its_own_letters(tmp_path: Path) -> None:
    labels = ("Kin 海外", "प्रवासी", "Union")
    nodes = [Node(id=f"n{at}", type="State", label={"en": each}) for at, each in enumerate(labels)]
    with pytest.raises(ParameterError) as refused:
        write_figure(scene_of(nodes, []), tmp_path / "figure.pdf")
    said = re.findall(r"no ([^;]*?) for '([^']*)'", str(refused.value))
    assert [label for _, label in said] == ["Kin 海外", "प्रवासी"]
    for letters, label in said:
        assert set(re.findall(r"'(.)'", letters)) <= set(label)
        assert letters


def test_other_suffixes_and_places_that_cannot_be_written(tmp_path: Path, places: Layout) -> None:
    with pytest.raises(ParameterError, match=r"\.pdf, \.svg or \.png"):
        write_figure(SCENE, tmp_path / "figure.docx")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(FileError):
        write_figure(SCENE, tmp_path / "file" / "figure.pdf", places=places)


@pytest.mark.parametrize("suffix", ["pdf", "svg", "png"])
def test_hostile_labels_are_only_drawn(suffix: str, tmp_path: Path) -> None:
    path, notes = write_figure(hostile(), tmp_path / f"figure.{suffix}")
    assert path.stat().st_size > 1000
    assert json.loads(notes.read_text("utf-8"))["title"] == HOSTILE[1]
    if suffix == "pdf":  # a label is never read as a formula, which would bring other fonts
        assert set(re.findall(rb"/BaseFont /\w+\+(\S+)", path.read_bytes())) == {b"DejaVuSans"}
    if suffix == "svg":
        text = path.read_text("utf-8")
        elements = list(ET.fromstring(text).iter())  # noqa: S314 we wrote it
        tags = {each.tag.partition("}")[2] for each in elements}
        assert tags <= SVG_TAGS
        names = {name for each in elements for name in each.attrib}
        assert not {name for name in names if name.startswith("on")}


def test_the_notes_beside_a_figure(folder: Path) -> None:
    notes = json.loads((folder / "figure.json").read_text("utf-8"))
    assert notes["data_digest"] == SCENE.digest
    assert "0.0.1" in notes["caption"]
    assert "question mark" in notes["caption"]
    assert "34 nodes" in notes["alt"]
    assert "Parliament of the Union" in notes["alt"]
    assert notes["claims"] == [claim.id for claim in SCENE.evidence]
    assert notes["width_mm"] == 174
    assert notes["layout"] == {"engine": "graphviz", "seed": 1}


def test_labels_in_the_language_asked_for(tmp_path: Path) -> None:
    _, notes = write_figure(union(1), tmp_path / "figure.svg", language="kk")
    said = json.loads(notes.read_text("utf-8"))
    assert "Мемлекет" in said["types"]
    assert "ықпал" in said["families"]


def test_the_same_bytes_on_two_hash_seeds_and_no_dates(tmp_path: Path) -> None:
    script = (
        "import scenes, sys; from pathlib import Path\n"
        "from diaspora_graph.pictures.explorer.explorer import write_explorer\n"
        "from diaspora_graph.pictures.figures.figure import write_figure\n"
        "from diaspora_graph.pictures.layout.layout import layout\n"
        "scene, folder = scenes.union(2), Path(sys.argv[1])\n"
        "places = layout(scene, width_mm=170)\n"
        "for suffix in ('pdf', 'svg', 'png'):\n"
        "    write_figure(scene, folder / f'a.{suffix}', places=places)\n"
        "write_explorer(scene, folder / 'a.html')\n"
    )
    paths = os.pathsep.join((str(SOURCES), str(Path(__file__).parent / "support")))
    runs = []
    for seed in ("1", "4242"):
        (tmp_path / seed).mkdir()
        settings = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        command = [sys.executable, "-c", script, str(tmp_path / seed)]
        runs.append(subprocess.Popen(command, env=settings))
    assert [run.wait() for run in runs] == [0, 0]
    names = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert names == ["a.html", "a.json", "a.pdf", "a.png", "a.svg"]
    for name in names:
        one, two = ((tmp_path / seed / name).read_bytes() for seed in ("1", "4242"))
        assert one == two, name
        assert b"CreationDate" not in one
        assert b"<dc:date>" not in one
        assert str(tmp_path).encode() not in one


# ---- the scene ----


def test_a_scene_says_what_is_missing() -> None:
    node = Node(id="a", type="Stat", label={"en": "A"})
    with pytest.raises(ParameterError, match="did you mean 'State'"):
        Scene(title="", nodes=(node,), lines=(), types=TYPES, families=FAMILIES)
    fine = Node(id="a", type="State", label={"en": "A"})
    with pytest.raises(ParameterError, match="two of its nodes"):
        Scene(title="", nodes=(fine, fine), lines=(), types=TYPES, families=FAMILIES)
    with pytest.raises(ParameterError, match="no node 'b'"):
        scene_of([fine], [("a", "support", "b")])


@pytest.mark.parametrize(("shape", "fill"), [("cloud", "#A9CDEB"), ("box", "red;}")])
def test_a_scene_takes_only_shapes_and_colours_that_can_be_drawn(shape: str, fill: str) -> None:
    kind = NodeType(name="T", label={"en": "T"}, shape=shape, fill=fill)
    with pytest.raises(ParameterError):
        Scene(title="", nodes=(), lines=(), types=(kind,), families=())

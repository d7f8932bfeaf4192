"""The matrix of items and states, on a small made-up dataset worked by hand, and on the seed."""

from __future__ import annotations

import io
import json
import pickle
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from diaspora_graph import (
    Comparison,
    ParameterError,
    Scope,
    UnknownNameError,
    attention,
    compare,
    diffusion,
    load_dataset,
    policy_changes,
    uneven,
)
from diaspora_graph.cli import main
from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.policies.tables import html, latex, markdown, workbook
from test_counts import folder

STATES = ("t:aland", "t:borduria")
CODED = (
    # subject, item, value, coder, valid, status
    "t:aland,diaspora_ministry,1,me,2000/2010,",
    "t:aland,diaspora_ministry,0,me,2011/2020,",
    "t:borduria,diaspora_ministry,not_found,me,,",
    "t:aland,dual_citizenship,0,me,/1999,",
    "t:aland,dual_citizenship,1,me,2000/,",
    "t:aland,dual_citizenship,0.5,you,2000/,alternative",
    "t:borduria,dual_citizenship,0.5,me,,",
    "t:borduria,dual_citizenship,not_found,me,1990/1995,",
    "t:aland,diaspora_bond,contested,me,2005/,",
    "t:borduria,diaspora_bond,not_applicable,me,2005/,",
    "t:aland,voting_from_abroad,1,me,2001/2010,",
    "t:aland,voting_from_abroad,0,them,2001/2010,disputed",
    "t:aland,citizenship_loss,1,me,2001/2010,",
    "t:borduria,citizenship_loss,0,me,2001/2010,",
    "t:aland,return_quota,0.5,me,2030/,deprecated",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = folder(tmp_path_factory.mktemp("coded"), CODED)
    file = root / "entities.csv"
    file.write_text(file.read_text("utf-8") + "t:borduria,State,Borduria,\n", "utf-8")
    flags = "id,kind,target,note\nt:f1,contested,t:c11,They say no.\n"
    (root / "flags.csv").write_text(flags, "utf-8")
    return root


@pytest.fixture(scope="module")
def data(place: Path) -> Dataset:
    return load_dataset(place)


@pytest.fixture(scope="module")
def seed() -> Dataset:
    return load_dataset()


def said(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.output
    return done.output


def shown(found: Comparison, item: str) -> list[tuple[str, str]]:
    return [
        (found.cell(state, item).outcome, found.cell(state, item).value) for state in found.states
    ]


def test_a_cell_is_one_of_five_things(data: Dataset) -> None:
    found = compare(data, STATES)
    assert shown(found, "A1") == [("value", "0"), ("not_found", "")]
    assert shown(found, "B1") == [("value", "1"), ("value", "0.5")]
    assert shown(found, "D2") == [("contested", ""), ("not_applicable", "")]
    assert shown(found, "B5") == [("value", "1"), ("none", "")]
    both = compare(data, STATES, scope=Scope(statuses={"accepted", "disputed"}))
    assert shown(both, "B5") == [("contested", ""), ("none", "")]
    assert len(both.cell("t:aland", "B5").readings) == 2
    with pytest.raises(UnknownNameError, match="return_quota"):
        found.cell("t:aland", "C2")  # its only coding is withdrawn
    assert "return_quota" in found.uncoded
    table = found.to_pandas()
    assert table.xs("B1", level="code").to_numpy().tolist() == [[1.0, 0.5]]
    assert table.index[1] == ("status and rights", "B1", "dual citizenship")
    assert table.xs("B5", level="code").to_numpy().tolist() == [[1.0, "none"]]


def test_a_time_chooses_the_coding(data: Dataset) -> None:
    for year, value in (("1995", "0"), ("2005", "1"), ("2015", "0")):
        cell = compare(data, STATES, scope=Scope(as_of="2005" if year == "2005" else year)).cell(
            "t:aland", "B1" if year == "1995" else "A1"
        )
        assert (cell.value, cell.outcome) == (value, "value"), year
    late = compare(data, STATES, scope=Scope(as_of="2025"))
    assert late.cell("t:aland", "B1").is_certain is False  # 2000/ has an unknown end
    with pytest.raises(UnknownNameError):
        late.cell("t:aland", "B5")


def test_what_is_certain_comes_before_what_may_be(tmp_path: Path) -> None:
    rows = ("t:aland,diaspora_bond,0,me,,", "t:aland,diaspora_bond,1,me,2000/2010,")
    data = load_dataset(folder(tmp_path, rows))
    cell = compare(data, ["t:aland"], scope=Scope(as_of="2005")).cell("t:aland", "D2")
    assert (cell.value, cell.is_certain, len(cell.readings)) == ("1", True, 1)
    cell = compare(data, ["t:aland"], scope=Scope(as_of="2015")).cell("t:aland", "D2")
    assert (cell.value, cell.is_certain) == ("0", False)


def test_a_second_coder_does_not_decide_but_is_shown(place: Path, data: Dataset) -> None:
    assert len(compare(data, STATES).cell("t:aland", "B1").readings) == 1
    text = said("compare", "--cell", "t:aland", "B1", "--graph", str(place))
    others = text[text.index("codings that do not decide") :]
    assert "t:c4" in text.replace(others, "")
    assert {"t:c3", "t:c5"} <= set(re.findall(r"t:c\d+", others))
    assert "1: " in text  # the rule of this value


@pytest.mark.parametrize("framework", ["", "gamlen", "ragazzi", "emix", "eudif", "brinkerhoff"])
def test_a_framework_orders_and_leaves_out(seed: Dataset, framework: str) -> None:
    found = compare(seed, ["Armenia", "KZ"], framework=framework)
    items = seed.schema.items
    for row in found.rows:
        outside = framework in items[row.item].outside
        assert not outside
        if framework:
            assert row.dimension in items[row.item].dimensions
    order = [row.dimension for row in found.rows]
    assert order == sorted(order, key=list(dict.fromkeys(order)).index)  # in one piece each


def test_the_seed_fills_what_the_codebook_says(seed: Dataset) -> None:
    found = compare(seed, ["AM", "IL", "IN", "KR", "KZ"])
    cells = [cell for cell in found.cells() if seed.schema.items[cell.item].code]
    assert len(cells) == 48 * 5
    assert sum(cell.outcome == "value" for cell in cells) >= 170
    assert all(cell.claims() for cell in cells if cell.outcome == "value")


def test_every_cell_leads_to_a_place_in_a_source(seed: Dataset) -> None:
    found = compare(seed, ["AM", "IL", "IN", "KR", "KZ"])
    table = found.evidence()
    valued = table[table["outcome"] == "value"]
    assert (valued["citation"] != "").all()
    assert (valued["locator"] != "").all()
    assert set(found.claims()) >= set(valued["claim"])


def test_a_comparison_survives_pickling(data: Dataset) -> None:
    found = compare(data, STATES)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 (our own bytes)
    assert again == found
    assert again.cell("t:aland", "dual_citizenship").value == "1"
    with pytest.raises(ParameterError, match="compare again"):
        again.evidence()


def test_names_that_are_wrong(data: Dataset) -> None:
    with pytest.raises(UnknownNameError, match="gamlen"):
        compare(data, STATES, framework="gamlem")
    with pytest.raises(ParameterError, match="each state once"):
        compare(data, ["Aland", "t:aland"])
    with pytest.raises(ParameterError, match="at least one state"):
        compare(data, [])
    with pytest.raises(UnknownNameError, match="state of the comparison"):
        compare(data, ["t:aland"]).cell("t:borduria", "A1")


def test_states_without_codings_are_said_to_be_so(place: Path) -> None:
    text = said("compare", "t:lobby", "--graph", str(place))
    assert "nothing to compare" in text


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_the_matrix_fits_a_page(language: str) -> None:
    text = said("compare", "--language", language)
    assert max(map(len, text.splitlines())) <= 100
    numbers = [int(number) for number in re.findall(r"(?m)^\[(\d+)\]", text)]
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", text)}
    assert numbers == list(range(1, len(numbers) + 1))
    assert cited == set(numbers)


def test_more_states_than_fit_come_in_blocks(place: Path) -> None:
    places = "".join(f"t:state{at},State,State {at},\n" for at in range(7))
    file = place / "entities.csv"
    before = file.read_text("utf-8")
    file.write_text(before + places, "utf-8")
    names = [f"t:state{at}" for at in range(7)]
    text = said("compare", "t:aland", *names, "--graph", str(place))
    file.write_text(before, "utf-8")
    assert max(map(len, text.splitlines())) <= 100
    assert text.count("  B1  dual citizenship") == 2


def test_attention_counts_what_is_known(data: Dataset) -> None:
    rows = {row.state: row for row in attention(compare(data, STATES)) if not row.dimension}
    aland, borduria = rows["t:aland"], rows["t:borduria"]
    assert (aland.value, aland.contested, aland.not_found, aland.none) == (4, 1, 0, 0)
    assert (borduria.value, borduria.not_found, borduria.not_applicable) == (2, 1, 1)
    assert (borduria.none, borduria.items) == (1, 4)
    assert (aland.first, aland.last) == (2000, 2020)
    ((better, worse),) = uneven(compare(data, STATES))
    assert {better.state, worse.state} == set(STATES)
    text = said("compare", "AM", "IN")
    assert "More is known of India than of Armenia" in " ".join(text.split())


def test_changes_between_two_times(data: Dataset) -> None:
    found = policy_changes(data, STATES, "2005", "2015")
    ways = {(row.state, row.item): row.direction for row in found.rows}
    assert ways["t:aland", "diaspora_ministry"] == "fell"
    assert ways["t:borduria", "dual_citizenship"] == "unknown"  # undated
    assert ways["t:aland", "dual_citizenship"] == "unknown"  # its end is not known
    found = policy_changes(data, STATES, "1990", "2000")
    ways = {(row.state, row.item): row.direction for row in found.rows}
    assert ways["t:aland", "dual_citizenship"] == "unknown"  # it began nobody knows when
    with pytest.raises(ParameterError, match="earlier time first"):
        policy_changes(data, STATES, "2015", "2005")
    with pytest.raises(ParameterError, match="as_of"):
        policy_changes(data, STATES, "2005", "2015", scope=Scope(as_of="2010"))


def test_the_golden_change_of_armenia(seed: Dataset) -> None:
    found = policy_changes(seed, ["Armenia"], "2000", "2008-06")
    row = next(row for row in found.rows if row.item == "dual_citizenship")
    assert (row.before.value, row.after.value) == ("0", "1")


def test_diffusion_knows_an_earliest_day_only_after_less(data: Dataset) -> None:
    (first,) = diffusion(data, "A1", least="1")
    assert (first.state, first.earliest, first.latest) == ("t:aland", "", "2000-12-31")
    (one,) = diffusion(data, "dual citizenship", states=STATES, least="1")
    assert (one.earliest, one.latest) == ("1999-01-02", "2000-12-31")
    with pytest.raises(ParameterError, match="not on the scale"):
        diffusion(data, "A1", least="2")
    with pytest.raises(UnknownNameError, match="ministry"):
        diffusion(data, "diaspora_ministri")


def test_latex_compiles(seed: Dataset, tmp_path: Path) -> None:
    text = latex(compare(seed, ["AM", "IN"]))
    assert text.count(r"\toprule") == text.count(r"\bottomrule") == 1
    widths = {line.count("&") for line in text.splitlines() if line.endswith(r"\\") and "&" in line}
    assert widths == {3}
    engine = shutil.which("lualatex") or shutil.which("xelatex")
    if not engine:
        pytest.skip("no LaTeX here that knows every script")
    page = tmp_path / "page.tex"
    page.write_text(
        rf"\documentclass{{article}}\usepackage{{booktabs}}\begin{{document}}{text}\end{{document}}",
        "utf-8",
    )
    subprocess.run(
        [engine, "-interaction=nonstopmode", "-halt-on-error", page.name],
        check=True, cwd=tmp_path, capture_output=True,
    )  # fmt: skip


def test_tables_hold_the_values_of_the_matrix(data: Dataset) -> None:
    found = compare(data, STATES)
    line = "| B1 | dual citizenship | 1 [3] | 0.5? [4] |"
    assert line in markdown(found)
    assert "<td>B1</td><td>dual citizenship</td>" in html(found)
    assert html(found).count("<tr>") == 3 + len(found.rows)  # three groups, and the rows
    assert (
        r"B1 & dual citizenship & 1\textsuperscript{[3]} & 0.5?\textsuperscript{[4]} \\"
        in latex(found)
    )


def test_a_workbook_has_the_evidence_as_notes(data: Dataset, place: Path, tmp_path: Path) -> None:
    file = tmp_path / "c.xlsx"
    said("compare", *STATES, "--format", "xlsx", "-o", str(file), "--graph", str(place))
    assert file.read_bytes() == workbook(compare(data, STATES))  # the same data, the same bytes
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    rows = {row[0].value: row for row in book["matrix"].iter_rows() if row[0].value}
    assert rows["B1"][2].value == 1
    assert "t:c4" in rows["B1"][2].comment.text
    assert rows["B1"][3].value == "0.5?"
    assert rows["B5"][3].value == "–"
    assert rows["B5"][3].comment is None
    assert book["evidence"].max_row == len(compare(data, STATES).evidence()) + 1


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    root = folder(tmp_path, ["t:evil,diaspora_bond,1,me,2000,"])
    file = root / "entities.csv"
    name = "=1+1 <b>|*_$&%#{x}\\"
    file.write_text(file.read_text("utf-8") + f'"t:evil",State,"{name}",\n', "utf-8")
    found = compare(load_dataset(root), ["t:evil"])
    assert "<b>" not in html(found)
    assert r"\$\&\%\#\{x\}\textbackslash{}" in latex(found)
    assert r"=1+1 \<b\>\|\*\_$&%#{x}" in markdown(found)
    book = openpyxl.load_workbook(io.BytesIO(workbook(found)))
    assert book["matrix"]["C1"].value == name
    assert book["matrix"]["C1"].data_type == "s"


def test_usage_that_cannot_be(place: Path) -> None:
    for words, why in (
        (("--format", "xlsx"), "needs a file"),
        (("--framework", "points", "--cell", "AM", "A1"), "points have no cells"),
        (("--between", "2000", "2010", "--format", "html"), "--between has only"),
    ):
        done = CliRunner().invoke(main, ["compare", *words])
        assert done.exit_code == 2
        assert why in done.output


def test_csv_of_a_matrix_has_a_row_for_each_claim(seed: Dataset) -> None:
    rows = json.loads(said("compare", "AM", "KZ", "--format", "json"))
    assert len(rows) == len(compare(seed, ["AM", "KZ"]).evidence())
    assert {row["outcome"] for row in rows} >= {"value", "not_found", "none"}

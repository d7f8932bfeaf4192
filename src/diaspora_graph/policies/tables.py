"""A comparison as a table of a paper: LaTeX, HTML, Markdown, a workbook.

Each has the values in the cells and the sources as numbered notes; a workbook has them as notes on
the cells and a second sheet with all the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.errors import ParameterError
from diaspora_graph.exchange.workbook import workbook as filled
from diaspora_graph.policies.comparison import EVIDENCE, VALUE, Comparison, Row, dimensions_of
from diaspora_graph.policies.text import cell_lines, legend, mark, note, numbered

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST_NOTE = 32_000
"""Characters of a note on a cell, of 32,767 that a workbook can hold."""

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "–": "--", "—": "---", "“": "``", "”": "''", "…": r"\dots{}", "[": "{[}", "]": "{]}",
}  # fmt: skip


def _data(found: Comparison) -> Dataset:
    if found.data is None:
        raise ParameterError("this comparison was pickled without its data: compare again")
    return found.data


def _groups(found: Comparison, language: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the rows by dimension."""
    terms = dimensions_of(_data(found).schema, found.framework)
    for dimension, rows in groupby(found.rows, key=lambda row: row.dimension):
        yield terms[dimension].label(language), list(rows)


def _head(row: Row, data: Dataset, language: str) -> str:
    return data.schema.items[row.item].label(language)


def _footer(found: Comparison, language: str) -> list[str]:
    data = _data(found)
    filters = [f"filters: {found.filters}"] if found.filters else []
    return [*legend(data, found, language), *filters, data.version]


def comparison_as(found: Comparison, form: str, language: str = "en") -> str:
    """Return a comparison as the text of a table with its notes: latex, html or markdown.

    ``language`` is that of labels and other words: en, kk or ru. Raises `ParameterError` for
    another form, and for a comparison that was pickled without its data.

    >>> from diaspora_graph import compare, load_dataset
    >>> comparison_as(compare(load_dataset(), ["Armenia"]), "markdown")[:17]
    '|  |  | Armenia |'
    """
    if form not in TEXTS:
        raise ParameterError(f"no form {form!r} of a table; there are {', '.join(TEXTS)}")
    return TEXTS[form](found, language)


def latex(found: Comparison, language: str = "en") -> str:
    r"""Return a comparison as a LaTeX table with booktabs rules and its notes below.

    The preamble needs ``\usepackage{booktabs}``; letters other than Latin need XeLaTeX or LuaLaTeX.

    >>> from diaspora_graph import compare, load_dataset
    >>> latex(compare(load_dataset(), ["Armenia"])).splitlines()[0]
    '\\begin{tabular}{llc}'
    """
    data, notes = _data(found), numbered(found)
    lines = [rf"\begin{{tabular}}{{ll{'c' * len(found.states)}}}", r"\toprule"]
    names = (_tex(data.label(state, language)) for state in found.states)
    lines += [f"& & {' & '.join(names)} \\\\"]
    for dimension, rows in _groups(found, language):
        width = len(found.states) + 2
        lines += [r"\midrule", rf"\multicolumn{{{width}}}{{l}}{{\textit{{{_tex(dimension)}}}}} \\"]
        for row in rows:
            cells = [
                _tex(mark(cell))
                + (rf"\textsuperscript{{[{notes[cell]}]}}" if cell in notes else "")
                for cell in row.cells
            ]
            head = f"{_tex(row.code)} & {_tex(_head(row, data, language))}"
            lines.append(f"{head} & {' & '.join(cells)} \\\\")
    lines += [r"\bottomrule", r"\end{tabular}", "", r"\par\footnotesize"]
    lines += [rf"{_tex(each)}\par" for each in _footer(found, language)]
    lines += [
        rf"\textsuperscript{{[{number}]}} {_tex(note(data, found, cell, language))}\par"
        for cell, number in notes.items()
    ]
    return "\n".join(lines) + "\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in text)


def markdown(found: Comparison, language: str = "en") -> str:
    """Return a comparison as a Markdown table with its notes below.

    >>> from diaspora_graph import compare, load_dataset
    >>> markdown(compare(load_dataset(), ["Armenia"])).splitlines()[1]
    '| --- | --- | --- |'
    """
    data, notes = _data(found), numbered(found)
    names = [_md(data.label(state, language)) for state in found.states]
    lines = [_line(["", "", *names]), _line(["---"] * (len(names) + 2))]
    for dimension, rows in _groups(found, language):
        lines.append(_line(["", f"**{_md(dimension)}**", *[""] * len(names)]))
        for row in rows:
            cells = [
                mark(cell) + (f" [{notes[cell]}]" if cell in notes else "") for cell in row.cells
            ]
            lines.append(_line([row.code, _md(_head(row, data, language)), *cells]))
    lines += ["", *(_md(each) for each in _footer(found, language)), ""]
    for cell, number in notes.items():
        lines += [f"[{number}] {_md(note(data, found, cell, language))}", ""]
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _md(text: str) -> str:
    for letter in "\\`*_[]<>|":
        text = text.replace(letter, f"\\{letter}")
    return text


def html(found: Comparison, language: str = "en") -> str:
    """Return a comparison as an HTML table with its notes below; it pastes into Word as a table.

    >>> from diaspora_graph import compare, load_dataset
    >>> html(compare(load_dataset(), ["Armenia"]))[:6]
    '<table'
    """
    data, notes = _data(found), numbered(found)
    width = len(found.states) + 2
    cell_style = 'style="padding:2px 8px;text-align:center"'
    names = "".join(
        f"<th {cell_style}>{escape(data.label(state, language))}</th>" for state in found.states
    )
    lines = [
        '<table cellpadding="3"'
        ' style="border-collapse:collapse;border-top:1px solid;border-bottom:1px solid">',
        f'<thead><tr style="border-bottom:1px solid"><th></th><th></th>{names}</tr></thead><tbody>',
    ]
    for dimension, rows in _groups(found, language):
        lines.append(f'<tr><td colspan="{width}"><i>{escape(dimension)}</i></td></tr>')
        for row in rows:
            cells = "".join(
                f"<td {cell_style}>{escape(mark(cell))}"
                + (f"<sup>[{notes[cell]}]</sup>" if cell in notes else "")
                + "</td>"
                for cell in row.cells
            )
            head = f"<td>{escape(row.code)}</td><td>{escape(_head(row, data, language))}</td>"
            lines.append(f"<tr>{head}{cells}</tr>")
    lines.append("</tbody></table>")
    lines += [f"<p><small>{escape(each)}</small></p>" for each in _footer(found, language)]
    lines += [
        f"<p><small><sup>[{number}]</sup> {escape(note(data, found, cell, language))}</small></p>"
        for cell, number in notes.items()
    ]
    return "\n".join(lines) + "\n"


def workbook(found: Comparison, language: str = "en") -> bytes:
    """Return a comparison as an XLSX workbook: the matrix with a note on each cell, the evidence.

    >>> from diaspora_graph import compare, load_dataset
    >>> workbook(compare(load_dataset(), ["Armenia"]))[:2]
    b'PK'
    """
    return filled(lambda book: _fill(book, found, language))


def _fill(book: Workbook, found: Comparison, language: str) -> None:
    data = _data(found)
    sheet = book.add_worksheet("matrix")
    middle, italic = book.add_format({"align": "center"}), book.add_format({"italic": True})
    for place, state in enumerate(found.states, 2):
        sheet.write_string(0, place, data.label(state, language), middle)
    line = 1
    for dimension, rows in _groups(found, language):
        sheet.write_string(line, 1, dimension, italic)
        for row in rows:
            line += 1
            sheet.write_string(line, 0, row.code)
            sheet.write_string(line, 1, _head(row, data, language))
            for place, cell in enumerate(row.cells, 2):
                if cell.outcome == VALUE and cell.is_certain:
                    sheet.write_number(line, place, float(cell.value), middle)
                else:
                    sheet.write_string(line, place, mark(cell), middle)
                if cell.readings:
                    text = "\n".join(cell_lines(data, found, cell, language))
                    size = {"x_scale": 3, "y_scale": 3}
                    sheet.write_comment(line, place, text[:LONGEST_NOTE], size)
        line += 1
    for below, text in enumerate(_footer(found, language), line + 1):
        sheet.write_string(below, 0, text)
    sheet.set_column(1, 1, 44)
    sheet.freeze_panes(1, 2)
    evidence = book.add_worksheet("evidence")
    for line, cells in enumerate((EVIDENCE, *found.evidence_rows())):
        for place, value in enumerate(cells):
            evidence.write_string(line, place, str(value))


TEXTS: Mapping[str, Callable[[Comparison, str], str]] = {
    "latex": latex,
    "html": html,
    "markdown": markdown,
}
"""The forms of `comparison_as`."""

"""A workbook of labels that a native reader corrects; `importers.labels` takes it back.

One row for each entity: what it is, its English and native labels, and for each other language the
current label with an empty cell next to it for a better one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from diaspora_graph.dataset.dataset import Dataset
from diaspora_graph.dataset.records import column_names
from diaspora_graph.exchange.workbook import workbook
from diaspora_graph.files import write_bytes

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHEET = "labels"
CONTEXT = ("id", "type", "label_en", "label_native")
"""The columns that identify the entity."""
CORRECTED = tuple(
    name for name in column_names("entity") if name.startswith("label_") and name not in CONTEXT
)
"""The columns of translated labels, which can be corrected."""
BETTER = "_better"
"""The ending of the name of the next column, for a better label."""
REMARK = "remark"

_WIDTHS = {"id": 28, "type": 18, REMARK: 40}
_NOTE = (
    "Write a better label into a column that ends in _better, and leave the cell empty where the "
    "label is good. A remark may give the reason. Change nothing else. Then: diaspora-graph import "
    "labels FILE -o FOLDER"
)


def columns() -> tuple[str, ...]:
    """Return the columns of the sheet, in order."""
    pairs = [each for name in CORRECTED for each in (name, f"{name}{BETTER}")]
    return (*CONTEXT, *pairs, REMARK)


def write(data: Dataset, file: str | Path) -> Path:
    """Write the labels of all entities into a workbook and return its path. Raises `FileError`.

    The same data give the same bytes.
    """
    return write_bytes(Path(file), workbook(lambda book: _fill(book, data)))


def _fill(book: Workbook, data: Dataset) -> None:
    text = {"num_format": "@", "text_wrap": True, "valign": "top"}
    plain, head = book.add_format(text), book.add_format({**text, "bold": True, "bottom": 1})
    empty = book.add_format({**text, "bg_color": "#FFF6D5", "border": 1, "border_color": "#DDCC88"})
    sheet: Worksheet = book.add_worksheet(SHEET)
    names = columns()
    for at, name in enumerate(names):
        sheet.set_column(at, at, _WIDTHS.get(name, 34))
        sheet.write_string(0, at, name, head)
    sheet.write_comment(0, names.index(REMARK), _NOTE, {"x_scale": 3, "y_scale": 1.5})
    entities = data.tables["entity"]
    for at, name in enumerate(names):
        if name not in entities.columns:
            for row in range(1, len(entities) + 1):
                sheet.write_blank(row, at, None, empty)
            continue
        for row, cell in enumerate(entities[name].all(), 1):
            sheet.write_string(row, at, cell, plain)
    sheet.freeze_panes(1, len(CONTEXT) - 1)
    sheet.autofilter(0, 0, len(entities), len(names) - 1)

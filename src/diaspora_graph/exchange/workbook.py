"""A workbook to fill in.

The same data give the same bytes, and no text becomes a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """Return the bytes of a workbook whose sheets ``fill`` adds."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _MADE.replace(tzinfo=None)})
    fill(book)
    book.close()
    return out.getvalue()

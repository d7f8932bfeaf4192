"""Files → tables of text, with every syntax fault at its place.

One way for all sizes: the bytes must be text, with quotation marks where CSV allows them; Arrow
then reads the columns and checks that all records have the same width. If a file fails in one of
these, it is read record by record, its faults are reported, and its good records are rewritten in
memory, so that the rules can check them and all faults are reported in one run. Records and
columns that could not be read are kept (`Reading.lost`, `Reading.absent`), so that no rule reports
them as missing.
"""

from __future__ import annotations

from diaspora_graph.reading.folder import QUOTE, Reading, read_folder

__all__ = ["QUOTE", "Reading", "read_folder"]

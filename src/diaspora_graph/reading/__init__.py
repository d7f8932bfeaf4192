"""Files → tables of text, with every syntactic fault at its place.

One way for all sizes: the bytes are decoded strictly, the csv module counts the cells of every
record strictly, Arrow then reads the columns. A file in which the first two find a fault is read
record by record, told, and rewritten in memory as it was meant, so that the rules still see what
is sound in it and all faults are told in one run. What could not be read is remembered
(`Reading.lost`, `Reading.absent`), so that no rule takes it for missing.
"""

from __future__ import annotations

from diaspora_graph.reading.folder import QUOTE, Reading, read_folder

__all__ = ["QUOTE", "Reading", "read_folder"]

"""Files → tables of text, with every syntactic fault at its place.

One way for all sizes: the bytes are text, their quotation marks stand where CSV puts them, Arrow
then reads the columns and minds that every record is as wide. A file in which one of these is not
so is read record by record, told, and rewritten in memory as it was meant, so that the rules still
see what is sound in it and all faults are told in one run. What could not be read is remembered
(`Reading.lost`, `Reading.absent`), so that no rule takes it for missing.
"""

from __future__ import annotations

from diaspora_graph.reading.folder import QUOTE, Reading, read_folder

__all__ = ["QUOTE", "Reading", "read_folder"]

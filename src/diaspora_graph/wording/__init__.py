"""Claims in words: sentences and the other lines that people read."""

"""Qualitative comparative analysis (QCA): which combinations of conditions go with an outcome.

From the bottom up: `calibration` (raw values → memberships), `plan` (the file that a researcher
writes), `cells` (the raw values of the cases, in every reading), `fit` (consistency, coverage),
`truth_table`, `minimise` (prime implicants, minimal covers), `solutions`, `analysis` (all of it),
`script` (files for R), `text` (lines that a person reads).
"""

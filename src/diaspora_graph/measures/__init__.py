"""Measures on the data: series of observations."""

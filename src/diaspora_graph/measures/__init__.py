"""Measures on the data: coverage, agreement of coders, the network of actors."""

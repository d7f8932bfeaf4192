"""Diagnosis of paths: why there is none, and what is left when evidence is taken away."""

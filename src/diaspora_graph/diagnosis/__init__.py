"""Diagnosis of paths: why there is none, and which remain when evidence is removed."""

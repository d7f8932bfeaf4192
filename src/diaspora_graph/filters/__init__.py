"""Filters: which claims a scope lets pass, under which rules, in which time."""

"""Filters: which claims pass a scope, under which rules, at which time."""

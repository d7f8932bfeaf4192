"""Influence paths: how influence runs from one entity to another, relation by relation."""

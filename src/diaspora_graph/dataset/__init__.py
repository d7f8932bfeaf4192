"""A dataset in memory: its records, columns, relations, names and canonical form."""

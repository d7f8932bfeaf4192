"""The searches of `subgraph` and `enumerate` in machine code, for large graphs (extra ``fast``).

Every function here says the same as its twin in Python and gives the same list, to the last tie.
Numbers and booleans only: no word of the domain gets this far.
"""

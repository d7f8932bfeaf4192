"""The searches of `subgraph` and `enumerate` in machine code, for large graphs (extra ``fast``).

Every function here has a twin in Python that gives exactly the same list, in the same order.
The code has only numbers and booleans, no names of the domain.
"""

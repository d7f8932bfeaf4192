"""What computes on the data: columns in, values out, from any graph by ``graph.dataset()``."""

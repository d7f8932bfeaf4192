"""The graph in a Neo4j server: loaded, kept equal to a dataset, queried and read back."""

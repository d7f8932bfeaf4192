"""The graph in a Neo4j server: loaded, kept in step with a dataset, asked and read back."""

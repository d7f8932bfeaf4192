"""The ontology: Turtle files → what the program knows of types, relations, measures and items."""

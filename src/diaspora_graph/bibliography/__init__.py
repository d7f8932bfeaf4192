"""Sources as references: what a citation needs, styles, and entries for other programs."""

"""Public and private files of other shapes → dataset folders: one module knows one of them."""

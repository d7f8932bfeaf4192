"""Files in other formats → dataset folders: one module for each format."""

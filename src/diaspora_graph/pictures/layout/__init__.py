"""Places of nodes and courses of lines, the same for every picture of a scene."""

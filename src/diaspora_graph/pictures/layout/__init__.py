"""Where everything stands and how lines run, the same for every picture of a scene."""

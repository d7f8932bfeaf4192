"""How hard hypothesis searches: `ci` the same few examples each time, `long` many new ones.

`make test ARGS=--hypothesis-profile=long` takes the long one.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("ci", max_examples=30, derandomize=True, deadline=None, database=None)
settings.register_profile("long", max_examples=2_000, deadline=None, database=None, print_blob=True)
settings.load_profile("ci")

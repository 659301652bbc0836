"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# In CI the same examples are tried every time: a check of a change must not fail by chance. At a desk new ones are drawn.
settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("ci")

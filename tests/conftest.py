"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# the same examples on every run, and no failure because the machine is busy
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

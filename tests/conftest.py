"""What all tests share: the shipped pipeline, loaded once, and how property tests run."""

from __future__ import annotations

import pytest
from hypothesis import settings
from spacy.language import Language

from kg import annotate

# the same examples on every run, and no failure because the machine is busy
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def language() -> Language:
    """The pipeline that ships in the wheel."""
    return annotate.load()

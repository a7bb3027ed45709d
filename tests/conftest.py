"""What all tests share: the shipped pipeline, loaded once."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg import annotate


@pytest.fixture(scope="session")
def language() -> Language:
    """The pipeline that ships in the wheel."""
    return annotate.load()

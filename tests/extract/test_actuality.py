"""What is said of the reality of an event word, by the shipped pipeline."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.actuality import actuality
from tests.extract.test_sentences import rows


@pytest.mark.parametrize(("sentence", "cells"), rows("actuality.tsv"))
def test_actuality(language: Language, sentence: str, cells: list[str]) -> None:
    before, _, rest = sentence.partition("[")
    word, _, after = rest.partition("]")
    doc = language(before + word + after)
    token = next(t for t in doc if t.idx == len(before))
    assert [actuality(token).name] == cells

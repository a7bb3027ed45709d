"""Number phrases as intervals, told apart from dates, ages and names."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.quantities import Quantity, bounded, counted, quantities

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "quantities.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def told(quantity: Quantity) -> str:
    lower = "" if quantity.lower is None else str(quantity.lower)
    upper = "" if quantity.upper is None else str(quantity.upper)
    return f"{lower}..{upper}:{quantity.measure}"


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:50] for row in ROWS])
def test_interval(language: Language, row: list[str]) -> None:
    found = [told(q) for q in quantities(language(row[0])) if q.measure != "article"]
    assert found == ([] if row[1:] == ["-"] else row[1:])


@pytest.mark.parametrize("number", ["9" * 5000, "123 " * 2000, "1," + "000," * 2000 + "000"])
def test_a_number_without_end_is_none(language: Language, number: str) -> None:
    """Python refuses to write integers of over 4,300 digits; the article was refused as a fault."""
    words = Doc(language.vocab, words=f"At least {number} people fell .".split())
    assert all(len(told(found)) < 100 for found in quantities(words))


def test_a_doc_of_a_vocabulary_without_attributes_is_read() -> None:
    """A Doc that was kept on disk and loaded into a bare Vocab has no `lower_`; it stopped here."""
    (found,) = quantities(Doc(Vocab(), words=["At", "least", "20", "fell", "."]))
    assert told(found) == "20..:count"


@pytest.mark.parametrize(
    ("text", "phrase", "noun"),
    [
        ("Dozens of soldiers left.", "Dozens", "soldiers"),
        ("At least 20 of the villagers left.", "At least 20", "villagers"),
        ("Two Kamov helicopters fell.", "Two", "helicopters"),
        ("Twelve of 15 drones fell.", "Twelve", "drones"),
        ("The blast killed 30 and the fire hurt nobody.", "30", None),
        ("Raid kills four - ministry", "four", None),
    ],
)
def test_what_is_counted(language: Language, text: str, phrase: str, noun: str | None) -> None:
    doc = language(text)
    found = next(q for q in quantities(doc) if text[q.span.start : q.span.end] == phrase)
    head = counted(doc, found)
    assert (head.text if head is not None else None) == noun


@given(
    st.sampled_from(["exact", "max", "below", "near", "min", "above", "about"]),
    st.integers(min_value=1, max_value=10**9),
)
def test_bounds_hold_their_number_or_touch_it(kind: str, number: int) -> None:
    lower, upper = bounded(kind, Decimal(number), Decimal(number))
    assert lower is not None
    assert lower <= number + (kind == "above")
    assert upper is None or upper >= number - (kind == "below")
    assert upper is None or lower <= upper


@given(st.text(alphabet="0123456789 ,.-–%$kmone twodzusa()/:’\n", max_size=60))
def test_spans_are_exact_and_do_not_overlap(language: Language, text: str) -> None:
    end = 0
    for found in quantities(language(text)):
        assert end <= found.span.start < found.span.end <= len(text)
        end = found.span.end

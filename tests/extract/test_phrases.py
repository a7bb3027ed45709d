"""Words as mentions."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from kg.annotate.tokens import blank
from kg.extract.phrases import mention
from kg.records import Form

VOCAB = blank().vocab


def test_a_surname_that_is_a_common_noun_is_a_name_after_the_full_name() -> None:
    words = "Ana Cook left . Cook said".split()
    doc = Doc(
        VOCAB,
        words=words,
        pos="PROPN PROPN VERB PUNCT PROPN VERB".split(),
        heads=[2, 0, 2, 2, 5, 5],
        deps="nsubj flat root punct nsubj root".split(),
        sent_starts=[True, False, False, False, True, False],
    )
    doc.set_ents([Span(doc, 0, 2, label="PER"), Span(doc, 4, 5, label="PER")])
    found = mention(doc[4])
    assert found is not None
    assert (found.kind, found.form, found.name) == ("Person", Form.NAME, "Cook")

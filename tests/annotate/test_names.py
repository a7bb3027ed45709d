"""Names made coherent, over hand-made documents."""

from __future__ import annotations

from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.annotate.names import Names


def test_a_dotted_abbreviation_of_a_body_is_no_place() -> None:
    doc = Doc(
        Vocab(),
        words=["the", "U.N.", "agency", "left"],
        pos=["DET", "PROPN", "NOUN", "VERB"],
        tags=["DT", "NNP", "NN", "VBD"],
        deps=["det", "compound", "nsubj", "ROOT"],
        heads=[2, 2, 3, 3],
        ents=["O", "B-LOC", "O", "O"],
    )
    assert [(e.text, e.label_) for e in Names()(doc).ents] == [("U.N.", "ORG")]

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


def _ships(number_head: int) -> Doc:
    return Doc(
        Vocab(),
        words=["Ships", "of", "CTF", "50", "sailed"],
        pos=["NOUN", "ADP", "PROPN", "NUM", "VERB"],
        tags=["NNS", "IN", "NNP", "CD", "VBD"],
        deps=["nsubj", "case", "nmod", "nummod", "ROOT"],
        heads=[4, 2, 0, number_head, 4],
        ents=["O", "O", "B-ORG", "O", "O"],
    )


def test_the_number_of_a_force_is_of_its_name() -> None:
    assert [e.text for e in Names()(_ships(2)).ents] == ["CTF 50"]
    assert [e.text for e in Names()(_ships(4)).ents] == ["CTF"]

"""Phrases that may refer, the voices that they stand in, what the shipped judge ties together."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.annotate.mentions import SORTS, TYPES, Tree, phrases
from kg.annotate.pairs import Pairs
from kg.annotate.ranker import Ranker
from kg.annotate.tokens import blank
from kg.annotate.voices import Voices
from kg.errors import SetupError

VOCAB = blank().vocab


def parsed(*rows: str) -> Doc:
    """A Doc of rows "word POS head dep"; heads count from 0, paragraphs are not told."""
    cells = [row.split() for row in rows]
    doc = Doc(
        VOCAB,
        words=[c[0] for c in cells],
        pos=[c[1] for c in cells],
        heads=[int(c[2]) for c in cells],
        deps=[c[3] for c in cells],
    )
    doc.spans["quotes"] = []
    return doc


MAYOR = (
    "The DET 1 det", "mayor NOUN 5 nsubj", "of ADP 3 case", "Velm PROPN 1 nmod",
    "has AUX 5 aux", "left VERB 5 root", "her PRON 7 nmod:poss", "town NOUN 5 obj",
    "with ADP 10 case", "a DET 10 det", "guard NOUN 5 obl", "and CCONJ 12 cc",
    "driver NOUN 10 conj", ". PUNCT 5 punct",
)  # fmt: skip


def test_phrases_nest_and_end_before_what_is_coordinated() -> None:
    doc = parsed(*MAYOR)
    found = phrases(Tree(doc))
    assert [(doc[p.start : p.end].text, SORTS[p.sort]) for p in found] == [
        ("The mayor of Velm", "the"),
        ("Velm", "name"),
        ("her town", "my"),
        ("her", "she"),
        ("a guard and driver", "list"),
        ("a guard", "a"),
        ("driver", "bare"),
    ]
    assert [p.words for p in found[:2]] == [("mayor",), ("velm",)]
    assert found[4].members == (10, 12)


def test_a_predicate_noun_leaves_its_clause_out() -> None:
    doc = parsed(
        "He PRON 4 nsubj", "is AUX 4 cop", "still ADV 4 advmod", "the DET 4 det",
        "governor NOUN 4 root", ", PUNCT 4 punct", "officials NOUN 7 nsubj", "say VERB 4 parataxis",
    )  # fmt: skip
    assert [doc[p.start : p.end].text for p in phrases(Tree(doc))] == [
        "He", "the governor", "officials",
    ]  # fmt: skip


def test_a_name_within_a_phrase_and_its_kind() -> None:
    doc = parsed("the DET 2 det", "Velm PROPN 2 compound", "army NOUN 2 root")
    doc.set_ents([Span(doc, 1, 2, label="LOC")])
    found = {doc[p.start : p.end].text: p for p in phrases(Tree(doc))}
    assert set(found) == {"the Velm army", "Velm"}
    assert TYPES[found["Velm"].kind] == "LOC"
    assert SORTS[found["Velm"].sort] == "named"


def test_a_quotation_has_one_speaker_and_hands_it_on() -> None:
    words = '" We left , " said Ana . " I hid . "'.split()
    doc = Doc(VOCAB, words=words)
    doc.spans["quotes"] = [
        Span(doc, 5, 6, label="CUE", span_id="0"),
        Span(doc, 6, 7, label="SOURCE", span_id="0"),
        Span(doc, 1, 3, label="CONTENT", span_id="0"),
    ]
    rows = [f"{word} X {at} root" for at, word in enumerate(words)]
    rows[6], rows[9] = "Ana PROPN 6 root", "I PRON 9 root"
    tree = Tree(parsed(*rows))
    found = phrases(tree)
    voices = Voices(doc, tree, found)
    assert voices.quote == [0, 0, 0, 0, 0, -1, -1, -1, 1, 1, 1, 1, 1]
    assert [voices.speaker[at] for at in (1, 5, 9)] == [0, -1, 0]


def test_pairs_reach_back_over_any_distance_for_shared_words() -> None:
    rows = [f"Oru{n} PROPN {n} root" for n in range(40)]
    rows += ["Oru0 PROPN 40 root", "it PRON 41 root"]
    doc = parsed(*rows)
    tree = Tree(doc)
    found = phrases(tree)
    pairs = Pairs(tree, found, Voices(doc, tree, found))
    earlier = {n: pairs.earlier[pairs.later == n].tolist() for n in (40, 41)}
    assert earlier[40] == [0, *range(28, 40)]
    assert earlier[41] == list(range(25, 41))


def test_without_weights_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="python -m training"):
        Ranker(tmp_path)


def chains(doc: Doc) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for span in doc.spans["coreference"]:
        found.setdefault(span.id_, []).append(span.text)
    return list(found.values())


TEXTS = [
    (
        "Maria Okello runs the hospital in Velm. She said her staff had left the building.",
        ["Maria Okello", "She", "her"],
    ),
    (
        "The Kestrian army shelled the town. It said that it had aimed at a depot.",
        ["The Kestrian army", "It", "it"],
    ),
]


@pytest.mark.parametrize(("text", "chain"), TEXTS)
def test_what_the_shipped_pipeline_ties(language: Language, text: str, chain: list[str]) -> None:
    assert chain in chains(language(text))


def test_ties_go_back_and_have_a_score(language: Language) -> None:
    group = language(TEXTS[0][0]).spans["coreference"]
    for at, earlier in enumerate(group.attrs["antecedents"]):
        assert earlier < at
        assert (earlier < 0) == (group.attrs["scores"][at] == 0)
        assert 0 <= group.attrs["scores"][at] <= 1


@pytest.mark.parametrize("text", ["", " \n", "Rain.", "?!", "He left"])
def test_texts_with_nothing_to_tie(language: Language, text: str) -> None:
    assert chains(language(text)) == []

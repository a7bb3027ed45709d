"""Other pipelines' trees and names made ours, on Docs built by hand in CLEAR style."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.annotate import load
from kg.annotate.foreign import Adopt, missing
from kg.errors import SetupError

NLP = spacy.blank("en")


def _doc(rows: str) -> Doc:
    """One row per word: word, head (from 1, 0 for the root), CLEAR label, part of speech."""
    cells = [line.split() for line in rows.strip().splitlines()]
    heads = [int(c[1]) - 1 if int(c[1]) else i for i, c in enumerate(cells)]
    return Doc(
        NLP.vocab,
        words=[c[0] for c in cells],
        heads=heads,
        deps=[c[2] for c in cells],
        pos=[c[3] for c in cells],
    )


def _edges(doc: Doc) -> list[str]:
    return [f"{t.text} {t.dep_} {t.head.text}" for t in doc]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            """Shells 3 nsubjpass NOUN
               were 3 auxpass AUX
               fired 0 ROOT VERB
               by 3 agent ADP
               rebels 4 pobj NOUN
               at 3 prep ADP
               Ostrava 6 pobj PROPN""",
            [
                "Shells nsubj:pass fired",
                "were aux:pass fired",
                "fired root fired",
                "by case rebels",
                "rebels obl:agent fired",
                "at case Ostrava",
                "Ostrava obl fired",
            ],
        ),
        (
            """The 2 det DET
               shelling 5 nsubj NOUN
               of 2 prep ADP
               Dolsk 3 pobj PROPN
               was 0 ROOT AUX
               heavy 5 acomp ADJ""",
            [
                "The det shelling",
                "shelling nsubj heavy",
                "of case Dolsk",
                "Dolsk nmod shelling",
                "was cop heavy",
                "heavy root heavy",
            ],
        ),
        (
            """There 2 expl PRON
               were 0 ROOT VERB
               clashes 2 attr NOUN""",
            ["There expl were", "were root were", "clashes nsubj were"],
        ),
        (
            """They 2 nsubj PRON
               fled 0 ROOT VERB
               out 2 prep ADP
               of 3 prep ADP
               towns 4 pobj NOUN
               and 5 cc CCONJ
               villages 5 conj NOUN
               , 7 punct PUNCT
               camps 7 conj NOUN""",
            [
                "They nsubj fled",
                "fled root fled",
                "out case towns",
                "of case towns",
                "towns obl fled",
                "and cc villages",
                "villages conj towns",
                ", punct villages",
                "camps conj towns",
            ],
        ),
        (
            """He 2 nsubj PRON
               died 0 ROOT VERB
               after 2 prep ADP
               being 5 auxpass AUX
               shot 3 pcomp VERB""",
            [
                "He nsubj died",
                "died root died",
                "after mark shot",
                "being aux:pass shot",
                "shot advcl died",
            ],
        ),
        (
            """She 2 nsubj PRON
               is 0 ROOT AUX
               in 2 prep ADP
               Goma 3 pobj PROPN""",
            ["She nsubj Goma", "is cop Goma", "in case Goma", "Goma root Goma"],
        ),
        (
            """Kenya 2 nsubj PROPN
               gave 0 ROOT VERB
               Haiti 2 dative PROPN
               its 5 poss PRON
               word 2 dobj NOUN""",
            [
                "Kenya nsubj gave",
                "gave root gave",
                "Haiti iobj gave",
                "its nmod:poss word",
                "word obj gave",
            ],
        ),
    ],
)
def test_trees(rows: str, expected: list[str]) -> None:
    doc = Adopt()(_doc(rows))
    assert _edges(doc) == expected


def test_names() -> None:
    doc = _doc("""General 3 compound PROPN
                  Ana 3 compound PROPN
                  Ruiz 4 nsubj PROPN
                  left 0 ROOT VERB
                  Quito 4 dobj PROPN
                  Tuesday 4 npadvmod PROPN""")
    doc.set_ents([Span(doc, 1, 3, "PERSON"), Span(doc, 4, 5, "GPE"), Span(doc, 5, 6, "DATE")])
    doc = Adopt()(doc)
    assert [(e.text, e.label_) for e in doc.ents] == [("Ana Ruiz", "PER"), ("Quito", "LOC")]
    assert doc[5].dep_ == "obl:unmarked"


def test_universal_trees_stay() -> None:
    rows = """Shells 3 nsubj:pass NOUN
              were 3 aux:pass AUX
              fired 0 root VERB"""
    assert _edges(Adopt()(_doc(rows))) == _edges(_doc(rows))


def test_person_names_are_flat() -> None:
    doc = _doc("""Ana 2 compound PROPN
                  Ruiz 3 nsubj PROPN
                  left 0 ROOT VERB""")
    doc.set_ents([Span(doc, 0, 2, "PERSON")])
    assert _edges(Adopt()(doc)) == ["Ana nsubj left", "Ruiz flat Ana", "left root left"]


def test_a_pipeline_that_is_not_installed() -> None:
    with pytest.raises(SetupError, match=r"no_such_pipeline.*leave out --model"):
        load("no_such_pipeline")


def test_what_is_missing_is_said() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("parser").add_label("pobj")
    lines = missing(nlp)
    assert any("no name recogniser" in line for line in lines)
    assert any("CLEAR" in line for line in lines)


def test_a_pipeline_without_parser_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    spacy.blank("en").to_disk(tmp_path / "plain")
    with pytest.raises(SetupError, match="no dependency parser"):
        load(str(tmp_path / "plain"))

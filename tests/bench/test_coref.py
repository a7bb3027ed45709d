"""Coreference: scores against worked examples of the literature, OntoGUM's marks, our own."""

from __future__ import annotations

import pytest

from bench.quality import conll
from bench.quality.conll import Ratio, Scores, scores
from bench.quality.coref import faults, several
from training.chains import Chained, _conllu

# Luo (HLT 2005), figure 1: one truth and four responses, with MUC, B³ and CEAF φ4 as F in table 1
TRUTH = [frozenset("12345"), frozenset("67"), frozenset("89ABC")]
LUO = [
    ([frozenset("12345"), frozenset("6789ABC")], 0.947, 0.865, 0.733),
    ([frozenset("1234589ABC"), frozenset("67")], 0.947, 0.737, 0.667),
    ([frozenset("123456789ABC")], 0.900, 0.545, 0.294),
    ([frozenset(mention) for mention in "123456789ABC"], 0.0, 0.400, 0.178),
]


@pytest.mark.parametrize(("found", "muc", "b3", "ceaf"), LUO)
def test_the_example_of_luo(found: list[conll.Chain], muc: float, b3: float, ceaf: float) -> None:
    ours = scores(TRUTH, found)
    assert round(ours.muc.f1 / 100, 3) == muc
    assert round(ours.b3.f1 / 100, 3) == b3
    assert round(ours.ceaf.f1 / 100, 3) == pytest.approx(ceaf, abs=0.001)


def test_mentions_of_one_side_alone_as_in_pradhan() -> None:
    # Pradhan et al. (ACL 2014), figure 1: key {a b c} {d e f g}, response {a b} {c d} {f g h i}
    ours = scores(
        [frozenset("abc"), frozenset("defg")],
        [frozenset("ab"), frozenset("cd"), frozenset("fghi")],
    )
    assert (ours.muc.hits, ours.muc.found) == (2, 5)
    assert (ours.muc.met, ours.muc.gold) == (2, 5)
    assert ours.b3.recall == pytest.approx(100 * (1 / 7) * (5 / 3 + 5 / 4))
    assert ours.b3.precision == pytest.approx(100 * (1 / 8) * (4 / 2 + 2 / 2 + 4 / 4))
    assert ours.ceaf.precision == pytest.approx(43, abs=0.5)
    assert ours.ceaf.recall == pytest.approx(65, abs=0.5)
    assert ours.mentions == Ratio(6, 8, 6, 7)


def test_documents_add_up_before_they_are_divided() -> None:
    one = scores([frozenset("ab")], [frozenset("ab")])
    none = scores([frozenset("abcd")], [])
    assert (one.conll, none.conll, Scores().conll) == (100, 0, 0)
    assert (one + none).mentions.recall == pytest.approx(100 / 3)


CONLLU = """# newdoc id = GUM_news_x
# newpar
# speaker = A
1\tShe\t_\t_\t_\t_\t_\t_\t_\tEntity=(1)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\t_\t_\t_\t_\t_\t_\t_\t_
3\tn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tsee\t_\t_\t_\t_\t_\t_\t_\t_
5\ther\t_\t_\t_\t_\t_\t_\t_\tEntity=(2(1)
6\tdog\t_\t_\t_\t_\t_\t_\t_\tEntity=2)|SpaceAfter=No
7\t.\t_\t_\t_\t_\t_\t_\t_\t_

# speaker = B
1\tIt\t_\t_\t_\t_\t_\t_\t_\tEntity=(2)
2\tbarked\t_\t_\t_\t_\t_\t_\t_\t_
"""


def test_a_document_of_ontogum_reads_as_text_with_a_line_for_each_turn() -> None:
    text, chains = _conllu(CONLLU)
    assert text == "She didn't see her dog.\nIt barked"
    assert [[text[a:b] for a, b in chain] for chain in chains] == [
        ["She", "her"],
        ["her dog", "It"],
    ]


def test_faults_are_told_apart() -> None:
    text = "Ana saw Bo. She waved. He left. They met."
    where = {word: (text.index(word), text.index(word) + len(word)) for word in text.split()}
    gold = ((where["Ana"], where["She"]), (where["Bo."], where["He"]))
    one = Chained("x", "news", text, gold, held=True)
    found = ((where["Ana"], where["He"]), (where["They"],))
    assert [(fault.kind, fault.words) for fault in faults(one, found)] == [
        ("other chain", "He"), ("too much", "They"), ("missed", "Bo."), ("missed", "She"),
    ]  # fmt: skip
    assert several(found) == [frozenset(found[0])]

"""`kg_coreference`: which phrases of a text mean the same.

Fills the span group `coreference`. Each span is a phrase that an earlier one explains or that
explains a later one; spans with one `id` mean the same. `attrs` of the group has for each span the
number of the span that it is tied to ("antecedents", -1 for the first of its chain) and the
probability of it ("scores"), its head token ("heads"), and of a list the heads of all that it lists
("members", else empty). The label is the form: NAME, NOMINAL or PRONOUN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate import encode
from kg.annotate.mentions import SORTS, Phrase, Tree, phrases
from kg.annotate.pairs import Floats, Pairs
from kg.annotate.ranker import Ranker, vectors
from kg.annotate.voices import Voices

GROUP = "coreference"
EAGER = 0.7
"""What speaks for an earlier phrase beside the learned score (nats): more is found, less surely."""
EAGERER = 2.5
"""The same for "he" and "she", which hardly ever stand for nobody that was named before."""
_ALWAYS = frozenset(SORTS.index(sort) for sort in ("he", "she"))
_NAMES = frozenset(SORTS.index(sort) for sort in ("name", "named"))


class Coreference:
    """Ties each phrase to the best earlier one, if it is better than none."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its chains."""
        tree = Tree(doc)
        found = phrases(tree)
        ties = self._ties(doc, tree, found)
        chain = list(range(len(found)))
        for later, (earlier, _) in enumerate(ties):
            if earlier >= 0:
                chain[later] = chain[earlier]
        sizes = np.bincount(chain, minlength=len(found)) if found else np.zeros(0, dtype=np.int64)
        kept = [at for at in range(len(found)) if sizes[chain[at]] > 1]
        place = {at: number for number, at in enumerate(kept)}
        doc.spans[GROUP] = SpanGroup(
            doc,
            name=GROUP,
            spans=[
                Span(doc, found[at].start, found[at].end, label=_form(found[at]),
                     span_id=str(place[chain[at]]))
                for at in kept
            ],
            attrs={
                "antecedents": [place.get(ties[at][0], -1) for at in kept],
                "scores": [ties[at][1] for at in kept],
                "heads": [found[at].head for at in kept],
                "members": [list(found[at].members) for at in kept],
            },
        )  # fmt: skip
        return doc

    def _ties(self, doc: Doc, tree: Tree, found: list[Phrase]) -> list[tuple[int, float]]:
        """For each phrase the earlier one that it is tied to, or -1, and how probable that is."""
        if len(found) < 2:
            return [(-1, 0.0)] * len(found)
        pairs = Pairs(tree, found, Voices(doc, tree, found))
        tensor = np.asarray(doc.tensor, dtype=np.float32)
        scores, none = self._ranker(pairs, vectors(tensor, tree, found))
        ends = np.searchsorted(pairs.later, np.arange(len(found) + 1))
        ties: list[tuple[int, float]] = []
        chain = np.arange(len(found))
        for at in range(len(found)):
            row = slice(ends[at], ends[at + 1])
            eager = EAGERER if found[at].sort in _ALWAYS else EAGER
            members = chain[pairs.earlier[row]]
            best, share = _chosen(members, scores[row], float(none[at]), eager)
            ties.append((int(pairs.earlier[row][best]) if best >= 0 else -1, share))
            if ties[-1][0] >= 0:
                chain[at] = chain[ties[-1][0]]
        return ties


def _chosen(
    chain: NDArray[np.int64], scores: Floats, none: float, eager: float
) -> tuple[int, float]:
    """Place of the best phrase of the chain that is most probable together, and its probability.

    `none`, the score of there being no earlier one, is held against the chain less `eager`.
    """
    if not len(scores):
        return -1, 0.0
    none -= eager
    top = max(float(scores.max()), none)
    shares = np.exp(scores - top)
    sums = np.bincount(chain, weights=shares)
    best = int(sums.argmax())
    alone = float(np.exp(none - top))
    if sums[best] <= alone:
        return -1, 0.0
    members = np.flatnonzero(chain == best)
    chosen = int(members[shares[members].argmax()])
    return chosen, round(float(sums[best] / (shares.sum() + alone)), 2)


def _form(phrase: Phrase) -> str:
    if phrase.pronoun:
        return "PRONOUN"
    return "NAME" if phrase.sort in _NAMES else "NOMINAL"


@Language.factory(
    "kg_coreference",
    requires=["token.dep", "token.head", "doc.ents", "doc.spans"],
    assigns=["doc.spans"],
)
def coreference(nlp: Language, name: str) -> Coreference:
    """The learned coreference as a pipeline component."""
    return Coreference(Ranker(encode.MODEL))

"""The scores of coreference: MUC, B³, CEAF φ4, and their mean as in the CoNLL shared tasks.

Precision and recall of each score are kept as the sums that they are quotients of, so that
documents add up as in the reference scorer: sums over all documents first, then the quotient.

MUC: Vilain et al., MUC-6 (1995). B³: Bagga and Baldwin, LREC workshop (1998). CEAF: Luo, HLT
(2005), with φ4. Mentions that only one side has count as in Pradhan et al., ACL (2014): they
are left as they are, nothing is added or taken away. CoNLL: Pradhan et al., CoNLL (2012).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from scipy.optimize import linear_sum_assignment

Chain = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Precision and recall as quotients: `hits / found` and `met / gold`."""

    hits: float = 0.0
    found: float = 0.0
    met: float = 0.0
    gold: float = 0.0

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Ratio)))

    @property
    def precision(self) -> float:
        """In per cent; 0 where nothing was found."""
        return 100 * self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """In per cent; 0 where there is no gold."""
        return 100 * self.met / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean, in per cent."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores of one or several documents."""

    muc: Ratio = Ratio()
    b3: Ratio = Ratio()
    ceaf: Ratio = Ratio()
    mentions: Ratio = Ratio()

    def __add__(self, other: Scores) -> Scores:
        return Scores(
            self.muc + other.muc,
            self.b3 + other.b3,
            self.ceaf + other.ceaf,
            self.mentions + other.mentions,
        )

    @property
    def conll(self) -> float:
        """Mean of the three F1."""
        return (self.muc.f1 + self.b3.f1 + self.ceaf.f1) / 3


def scores(gold: Sequence[Chain], found: Sequence[Chain]) -> Scores:
    """All scores of one document; the chains of one side share no mention."""
    return Scores(muc(gold, found), b3(gold, found), ceaf(gold, found), mentions(gold, found))


def mentions(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """Mentions that are in any chain of both sides."""
    ours = frozenset[Hashable]().union(*found)
    theirs = frozenset[Hashable]().union(*gold)
    both = len(ours & theirs)
    return Ratio(both, len(ours), both, len(theirs))


def muc(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """Links of the one side that need not be added to the other.

    The example of Vilain et al. and of Luo: one chain of 5 and two in one against 5, 2, 5.

    >>> gold = [frozenset("12345"), frozenset("67"), frozenset("89abc")]
    >>> ours = muc(gold, [frozenset("12345"), frozenset("6789abc")])
    >>> ours.precision, ours.recall
    (90.0, 100.0)
    """
    hits, ours = _kept(found, gold)
    met, theirs = _kept(gold, found)
    return Ratio(hits, ours, met, theirs)


def _kept(one: Sequence[Chain], other: Sequence[Chain]) -> tuple[int, int]:
    where = _where(other)
    kept = total = 0
    for chain in one:
        parts = {where[m] for m in chain if m in where}
        alone = sum(m not in where for m in chain)
        kept += len(chain) - len(parts) - alone
        total += len(chain) - 1
    return kept, total


def b3(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """For each mention how much of its chain is of its chain on the other side.

    >>> gold = [frozenset("12345"), frozenset("67"), frozenset("89abc")]
    >>> ours = b3(gold, [frozenset("12345"), frozenset("6789abc")])
    >>> round(ours.precision, 1), ours.recall
    (76.2, 100.0)
    """
    counts, _ = _overlaps(gold, found)
    hits = sum(n * n / len(found[j]) for (_, j), n in counts.items())
    met = sum(n * n / len(gold[i]) for (i, _), n in counts.items())
    return Ratio(hits, sum(map(len, found)), met, sum(map(len, gold)))


def ceaf(gold: Sequence[Chain], found: Sequence[Chain]) -> Ratio:
    """The best pairing of chains, one to one, by φ4: twice what they share over their sizes.

    >>> gold = [frozenset("12345"), frozenset("67"), frozenset("89abc")]
    >>> ours = ceaf(gold, [frozenset("12345"), frozenset("6789abc")])
    >>> round(ours.precision, 1), round(ours.recall, 1)
    (91.7, 61.1)
    """
    counts, table = _overlaps(gold, found)
    for (i, j), n in counts.items():
        table[i, j] = 2 * n / (len(gold[i]) + len(found[j]))
    rows, columns = linear_sum_assignment(table, maximize=True)
    best = float(table[rows, columns].sum())
    return Ratio(best, len(found), best, len(gold))


def _where(chains: Sequence[Chain]) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def _overlaps(
    gold: Sequence[Chain], found: Sequence[Chain]
) -> tuple[Counter[tuple[int, int]], np.ndarray]:
    """How many mentions two chains share, by their numbers, and an empty table for all pairs."""
    where = _where(found)
    counts = Counter(
        (number, where[mention])
        for number, chain in enumerate(gold)
        for mention in chain
        if mention in where
    )
    return counts, np.zeros((len(gold), len(found)))

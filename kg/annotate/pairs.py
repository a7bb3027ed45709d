"""Pairs of a phrase and an earlier one that may mean the same, and what is to be said of each."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from kg.annotate.mentions import PRONOUNS, ROLES, SINGULAR, SORTS, TYPES, Phrase, Tree
from kg.annotate.voices import Voices

NEAR = {"pronoun": 16, "known": 12, "new": 6}
"""So many phrases before a phrase may be what it means, whatever their words."""
ALIKE = 8
"""So many phrases farther back that share a word with a name or noun."""
DISTANCES = (0, 1, 2, 3, 5, 9, 17)
STEPS = (1, 2, 3, 5, 9, 17, 33)
COUNTS = (1, 2, 3, 5, 9)

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Pairs:
    """All pairs of a document, as columns.

    Attributes:
        later, earlier: indices of phrases.
        features: (pairs, FEATURES) zeros, ones and shares.
        sorts: for each pair one number for the two sorts together.
        phrase: (phrases, PHRASE) what is to be said of each phrase alone.
    """

    def __init__(self, tree: Tree, found: list[Phrase], voices: Voices) -> None:
        self._tree, self._found, self._voices = tree, found, voices
        self._columns()
        shared = self._shared()
        self.later, self.earlier, common = self._candidates(shared)
        self.sorts: Ints = self.sort[self.later] * len(SORTS) + self.sort[self.earlier]
        self.features = self._features(common)
        self.phrase = self._alone()

    def _columns(self) -> None:
        tree, found, voices = self._tree, self._found, self._voices
        table = np.array(
            [
                (p.start, p.end, p.head, p.sort, p.number, p.gender, p.kind, p.role, len(p.words))
                for p in found
            ],
            dtype=np.int64,
        ).reshape(-1, 9)
        (
            self.start, self.end, self.head, self.sort, self.number, self.gender, self.kind,
            self.role, self.size,
        ) = table.T  # fmt: skip
        self.sentence: Ints = np.array(tree.sentence, dtype=np.int64)[self.head]
        self.paragraph: Ints = np.array(voices.paragraph, dtype=np.int64)[self.head]
        self.quote: Ints = np.array(voices.quote, dtype=np.int64)[self.head]
        self.speaker: Ints = np.array(voices.speaker, dtype=np.int64)[self.head]
        heads = np.array(tree.head, dtype=np.int64)
        self.governor: Ints = heads[self.head]
        clause = [_clause(tree, p.head) for p in found]
        self.clause: Ints = np.array(clause, dtype=np.int64)
        self.above: Ints = np.array([_clause(tree, c) for c in clause], dtype=np.int64)
        self.lemma = _numbered([p.lemma for p in found])
        self.core = _numbered([" ".join(p.words) for p in found])
        self.last = _numbered([p.words[-1] for p in found])
        self.first = _numbered([p.words[0] for p in found])

    def _shared(self) -> list[dict[int, int]]:
        """For each name or noun the earlier ones that share a word, and how many.

        "I", "we" and "you" are held against the last of their like, however far back.
        """
        holders: dict[str, list[int]] = defaultdict(list)
        initials: dict[str, list[int]] = defaultdict(list)
        said: dict[int, list[int]] = defaultdict(list)
        shared: list[dict[int, int]] = []
        for at, phrase in enumerate(self._found):
            counts: dict[int, int] = {}
            if phrase.sort in _PARTIES:
                counts = dict.fromkeys(said[phrase.sort][-2:], 0)
                said[phrase.sort].append(at)
            if not phrase.pronoun:
                for word in dict.fromkeys(phrase.words):
                    known = holders[word]
                    for other in (*known[:1], *known[-ALIKE:]) if len(known) > ALIKE else known:
                        counts[other] = counts.get(other, 0) + 1
                    known.append(at)
                word = self._tree.text[phrase.head]
                if word.isupper() and 2 <= len(word) <= 6:
                    for other in initials[word][-ALIKE:]:
                        counts.setdefault(other, 0)
                if len(phrase.words) > 1:
                    initials["".join(w[0] for w in phrase.words).upper()].append(at)
            shared.append(counts)
        return shared

    def _candidates(self, shared: list[dict[int, int]]) -> tuple[Ints, Ints, Floats]:
        size = len(self._found)
        reach = np.minimum(_REACH[self.sort], np.arange(size))
        grid_later = np.repeat(np.arange(size, dtype=np.int64), reach)
        ends = np.cumsum(reach)
        grid_earlier = grid_later - (np.repeat(ends, reach) - np.arange(len(grid_later)))
        far: list[tuple[int, int]] = []
        counts: list[tuple[int, int, int]] = []
        for at, known in enumerate(shared):
            for other, count in known.items():
                counts.append((at, other, count))
                if other < at - reach[at]:
                    far.append((at, other))
        more = np.array(far, dtype=np.int64).reshape(-1, 2)
        later = np.concatenate([grid_later, more[:, 0]])
        earlier = np.concatenate([grid_earlier, more[:, 1]])
        order = np.lexsort((earlier, later))
        later, earlier = later[order], earlier[order]
        common = np.full(len(later), -1.0, dtype=np.float32)
        if counts:
            found = np.array(counts, dtype=np.int64)
            places = np.searchsorted(later * size + earlier, found[:, 0] * size + found[:, 1])
            common[places] = found[:, 2]
        return later, earlier, common

    def _features(self, common: Floats) -> Floats:
        i, j = self.later, self.earlier
        apart = self.sentence[i] - self.sentence[j]
        steps = i - j
        paragraphs = self.paragraph[i] - self.paragraph[j]
        noun_i, noun_j = self.sort[i] >= PRONOUNS, self.sort[j] >= PRONOUNS
        nouns = noun_i & noun_j
        acronym = nouns & (common == 0)
        common = np.maximum(common, 0)
        inner = (self.start[j] <= self.start[i]) & (self.end[i] <= self.end[j])
        outer = (self.start[i] <= self.start[j]) & (self.end[j] <= self.end[i])
        same_head = self.head[i] == self.head[j]
        number_i, number_j = self.number[i], self.number[j]
        both = (number_i > 0) & (number_j > 0)
        sex_i, sex_j = self.gender[i], self.gender[j]
        sexed = (sex_i > 0) & (sex_j > 0)
        human = (sex_i != 3) & (sex_j != 3)
        clash = sexed & (sex_i != sex_j) & ~(human & ((sex_i == 4) | (sex_j == 4)))
        kind_i, kind_j = self.kind[i], self.kind[j]
        quote_i, quote_j = self.quote[i], self.quote[j]
        named = np.isin(self.sort, _NAMED)
        columns = [
            *_bins(apart, DISTANCES),
            *_bins(steps, STEPS),
            paragraphs == 0,
            paragraphs == 1,
            (self.core[i] == self.core[j]) & nouns,
            (self.core[i] == self.core[j]) & ~noun_i & ~noun_j,
            (self.lemma[i] == self.lemma[j]) & nouns,
            (self.last[i] == self.last[j]) & nouns,
            (self.first[i] == self.first[j]) & nouns,
            common / self.size[i],
            common / self.size[j],
            nouns & (common >= self.size[i]),
            nouns & (common >= self.size[j]),
            nouns & (common == 0),
            nouns & (common > 0) & (common < self.size[i]) & (common < self.size[j]),
            acronym,
            named[i] & named[j],
            named[i] & named[j] & (common == 0),
            named[i] & named[j] & (common >= self.size[i]),
            inner,
            outer,
            same_head,
            both & (number_i == number_j),
            both & (number_i != number_j),
            sexed & (sex_i == sex_j),
            clash,
            (kind_i == kind_j) & (kind_i > 0),
            (kind_i != kind_j) & (kind_i > 0) & (kind_j > 0),
            (kind_j > 0) & ~noun_i,
            self.governor[i] == self.governor[j],
            self.governor[i] == self.head[j],
            self.governor[j] == self.head[i],
            self.clause[i] == self.clause[j],
            self.above[i] == self.clause[j],
            self.clause[i] == self.above[j],
            (self.above[i] == self.above[j]) & (apart == 0),
            self.role[i] == self.role[j],
            (self.role[i] <= 1) & (self.role[j] <= 1),
            (self.role[j] <= 1) & (apart == 0),
            (self.role[j] <= 1) & (apart == 1),
            (self.role[i] == _APPOSED) & (self.governor[i] == self.head[j]),
            (quote_i >= 0) & (quote_i == quote_j),
            (quote_i >= 0) & (quote_j < 0),
            (quote_i < 0) & (quote_j >= 0),
            (quote_i >= 0) & (quote_j >= 0) & (quote_i != quote_j),
            self.speaker[i] == j,
            self.speaker[j] == i,
            (self.speaker[i] >= 0) & (self.speaker[i] == self.speaker[j]),
            (self.speaker[i] >= 0) & (self.speaker[j] >= 0) & (self.speaker[i] != self.speaker[j]),
            (self.speaker[i] == j) & (quote_i >= 0),
        ]  # fmt: skip
        return np.stack(columns, 1).astype(np.float32)

    def _alone(self) -> Floats:
        """What is to be said of each phrase by itself."""
        seen: dict[int, int] = {}
        before = np.zeros(len(self._found), dtype=np.int64)
        for at, core in enumerate(self.core.tolist()):
            before[at] = seen.get(core, 0)
            seen[core] = before[at] + 1
        total = np.array([seen[core] for core in self.core.tolist()], dtype=np.int64)
        columns = [
            *_one_hot(self.sort, len(SORTS)),
            *_one_hot(self.role, len(ROLES)),
            *_one_hot(self.kind, len(TYPES)),
            *_one_hot(self.number, 3),
            *_one_hot(self.gender, 5),
            *_bins(before, COUNTS),
            *_bins(total, COUNTS),
            *_bins(self.end - self.start, STEPS),
            *_bins(np.arange(len(self._found)), STEPS),
            self.quote >= 0,
            self.speaker >= 0,
            self.number == SINGULAR,
        ]
        return np.stack(columns, 1).astype(np.float32) if self._found else np.zeros((0, 0), "f")


_PARTIES = frozenset(SORTS.index(sort) for sort in ("i", "we", "you"))
_KNOWN = frozenset(SORTS.index(sort) for sort in ("name", "named", "the", "that", "my"))
_REACH: Ints = np.array(
    [
        NEAR["pronoun" if n < PRONOUNS - 2 else "known" if n in _KNOWN else "new"]
        for n in range(len(SORTS))
    ],
    dtype=np.int64,
)
_NAMED = (SORTS.index("name"), SORTS.index("named"))
_APPOSED = ROLES.index("appos")


def _clause(tree: Tree, at: int) -> int:
    """The verb or other predicate that a token depends on, itself apart; the root at the end."""
    node = tree.head[at]
    for _ in range(8):
        if tree.pos[node] == "VERB" or tree.head[node] == node:
            return node
        node = tree.head[node]
    return node


def _numbered(words: list[str]) -> Ints:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(word, len(numbers)) for word in words], dtype=np.int64)


def _bins(values: Ints, edges: tuple[int, ...]) -> list[NDArray[np.bool_]]:
    """One column for each stretch between two edges, the last without an end."""
    places = np.searchsorted(np.array(edges), values, side="right")
    return [places == number for number in range(1, len(edges) + 1)]


def _one_hot(values: Ints, size: int) -> list[NDArray[np.bool_]]:
    return [values == number for number in range(size)]

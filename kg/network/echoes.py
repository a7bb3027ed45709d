"""Text that several articles print alike: told often, it is told once."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations

import numpy as np

from kg.network.origins import copied, triples
from kg.network.shelf import Sentence
from kg.network.things import Held, Select, facts, held
from kg.network.verdicts import joined

_COMMON = 40
"""A run of words in more passages than this is a phrase of the trade and leads to no copy."""
_LONG = 8
"""Fewest word triples of a passage that is not alike by chance."""
_LAST = "9999"
"""The day of an article without one."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Claims on passages that are copies of one text, in two or more articles.

    Attributes:
        claims: IRIs, sorted by day of publication and IRI: the first is in the first article.
    """

    claims: tuple[str, ...]


def echoes(select: Select) -> tuple[Echo, ...]:
    """All groups of copied passages, sorted."""
    select = held(select)
    return select.kept("echoes", lambda: _echoes(select))


def _echoes(select: Held) -> tuple[Echo, ...]:
    issued = {one.iri: first for one in facts(select, "Article") if (first := one.first("issued"))}
    claims: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    passages: dict[str, Sentence] = {}
    for claim in facts(select, "Claim"):
        for span in claim.values("evidence"):
            found = select.shelf.spans.get(span)
            if found is not None and found.article:
                claims[span].add((issued.get(found.article, _LAST), claim.iri))
                passages[span] = found
    groups = (
        sorted({pair for span in spans for pair in claims[span]})
        for spans in joined(_pairs(passages))
    )
    made = (Echo(tuple(dict.fromkeys(claim for _, claim in group))) for group in groups)
    return tuple(sorted(made, key=lambda echo: echo.claims))


def _pairs(passages: Mapping[str, Sentence]) -> Iterator[tuple[str, str]]:
    """IRIs of two spans of different articles that are copies of one text."""
    spans = sorted(passages)
    for one, other in _likely(passages, spans):
        left, right = passages[spans[one]], passages[spans[other]]
        if left.article != right.article and copied(left.exact, right.exact):
            yield spans[one], spans[other]


def _likely(passages: Mapping[str, Sentence], spans: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Numbers of two passages that share half of the word triples of the shorter one.

    Triples are compared by a number of 64 bits each, sorted, so that memory and time stay near
    to their count; two that differ and have one number are told apart when words are compared.
    """
    codes = array("Q")
    counts = np.zeros(len(spans), np.int64)
    for number, span in enumerate(spans):
        words = triples(passages[span].exact)
        if len(words) >= _LONG:
            counts[number] = len(words)
            codes.extend(map(_code, words))
    owners = np.repeat(np.arange(len(spans)), counts)
    code = np.frombuffer(codes, np.uint64)
    order = np.lexsort((owners, code))
    code, owners = code[order], owners[order]
    starts = np.flatnonzero(np.r_[True, code[1:] != code[:-1]]) if len(code) else np.zeros(0, int)
    sizes = np.diff(np.r_[starts, len(code)])
    shared: Counter[tuple[int, int]] = Counter()
    for start, size in zip(starts[sizes > 1].tolist(), sizes[sizes > 1].tolist(), strict=True):
        if size <= _COMMON:
            shared.update(combinations(owners[start : start + size].tolist(), 2))
    for (one, other), count in sorted(shared.items()):
        if 2 * count >= min(counts[one], counts[other]):
            yield one, other


def _code(words: tuple[str, ...]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode(), digest_size=8).digest(), "little")

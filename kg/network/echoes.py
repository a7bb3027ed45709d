"""Text that several articles print alike: told often, it is told once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kg.network.origins import Triples, copies, triples
from kg.network.things import CK, Select, kept
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
    return kept(select, "echoes", lambda: _echoes(select))


def _echoes(select: Select) -> tuple[Echo, ...]:
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT ?claim ?span ?article ?exact ?issued WHERE { ?claim a ck:Claim ; "
        "ck:evidence ?span . ?span ck:inArticle ?article ; ck:exact ?exact "
        "OPTIONAL { ?article dcterms:issued ?issued } } ORDER BY ?claim ?span"
    ).rows
    claims: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    passages: dict[str, _Passage] = {}
    for claim, span, article, exact, issued in rows:
        claims[span or ""].add((issued or _LAST, claim or ""))
        passages.setdefault(span or "", _Passage(article or "", triples(exact or "")))
    groups = (
        sorted({pair for span in spans for pair in claims[span]})
        for spans in joined(_pairs(passages))
    )
    found = (Echo(tuple(dict.fromkeys(claim for _, claim in group))) for group in groups)
    return tuple(sorted(found, key=lambda echo: echo.claims))


@dataclass(frozen=True, slots=True)
class _Passage:
    article: str
    words: Triples


def _pairs(passages: Mapping[str, _Passage]) -> Iterator[tuple[str, str]]:
    """IRIs of two spans of different articles that are copies of one text."""
    holding: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for span in sorted(passages):
        words = passages[span].words
        for three in words if len(words) >= _LONG else ():
            holding[three].append(span)
    shared: Counter[tuple[str, str]] = Counter(
        pair
        for spans in holding.values()
        if len(spans) <= _COMMON
        for pair in combinations(spans, 2)
    )
    for (left, right), count in sorted(shared.items()):
        one, other = passages[left], passages[right]
        enough = 2 * count >= min(len(one.words), len(other.words))
        if enough and one.article != other.article and copies(one.words, other.words):
            yield left, right

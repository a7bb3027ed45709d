"""Claims that say the same, with the number of origins: copies of one text count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from kg.network.claims import Assertion, Record, record
from kg.network.disputes import agree, disputes, scope
from kg.network.identity import normalised
from kg.network.things import CK, Select, Thing, entities, is_a

COPY_SHARE = 0.7
"""Two passages are copies of one text if they share this much of their word triples (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Claims that agree.

    Attributes:
        claims: IRIs, sorted, two or more.
        origins: how many of them are independent, two or more.
        contents: IRIs of the facts that agree, sorted.
    """

    claims: tuple[str, ...]
    origins: int
    contents: tuple[str, ...]


def corroboration(select: Select) -> tuple[Corroboration, ...]:
    """Groups of affirming claims that tell of one happening or give agreeing figures, sorted.

    Claims that stand against each other in a dispute do not support each other in anything.

    Claims by one speaker, claims on one passage of text, and claims on passages that are
    copies of each other share an origin. Groups with fewer than two origins are left out.
    """
    book = record(select)
    labels = {actor.iri: actor.label for actor in entities(select, "Actor")}
    passages = _passages(select)
    alike: nx.Graph[str] = nx.Graph()
    origins: nx.Graph[str] = nx.Graph()
    claims: dict[str, Assertion] = {}
    contents: defaultdict[str, set[str]] = defaultdict(set)
    opposed = [set(dispute.claims) for dispute in disputes(select)]
    for left, right in _agreeing(book, labels):
        if any({left.claim.iri, right.claim.iri} <= group for group in opposed):
            continue
        alike.add_edge(left.claim.iri, right.claim.iri)
        for one in (left, right):
            contents[one.claim.iri].add(one.content.iri)
        claims |= {left.claim.iri: left, right.claim.iri: right}
    rows = []
    for group in nx.connected_components(alike):
        members = sorted(group)
        origins.add_nodes_from(members)
        for first, second in combinations(members, 2):
            if _one_origin(claims[first], claims[second], passages):
                origins.add_edge(first, second)
        count = sum(1 for _ in nx.connected_components(origins.subgraph(members)))
        if count > 1:
            facts = {content for claim in members for content in contents[claim]}
            rows.append(Corroboration(tuple(members), count, tuple(sorted(facts))))
    return tuple(sorted(rows, key=lambda row: row.claims))


def copied(first: str, second: str) -> bool:
    """Whether two passages are copies of one text.

    >>> copied("Two depots burned near Halvik.", "Two depots burned near Halvik")
    True
    >>> copied("Two depots burned near Halvik.", "Fire destroyed fuel stores outside the town.")
    False
    """
    here, there = _triples(first), _triples(second)
    return len(here & there) >= COPY_SHARE * len(here | there)


def _triples(text: str) -> set[tuple[str, ...]]:
    words = normalised(text).split()
    return {tuple(words[start : start + 3]) for start in range(max(1, len(words) - 2))}


def _passages(select: Select) -> Mapping[str, str]:
    """The words of each claim's evidence."""
    rows = select(
        f"PREFIX ck: <{CK}> SELECT ?claim ?exact WHERE {{ "
        "?claim a ck:Claim ; ck:evidence/ck:exact ?exact } ORDER BY ?claim ?exact"
    ).rows
    return {claim: exact for claim, exact in rows if claim and exact}


def _one_origin(first: Assertion, second: Assertion, passages: Mapping[str, str]) -> bool:
    if not first.speakers.isdisjoint(second.speakers):
        return True
    here, there = passages.get(first.claim.iri), passages.get(second.claim.iri)
    return here is not None and there is not None and copied(here, there)


def _agreeing(book: Record, labels: Mapping[str, str]) -> Iterator[tuple[Assertion, Assertion]]:
    buckets: defaultdict[tuple[object, ...], list[Assertion]] = defaultdict(list)
    for one in book.assertions:
        if one.negated:
            continue
        if is_a(one.content.kind, "Figure"):
            places = {place for event in _events(book, one.content) for place in book.where(event)}
            for place in sorted(places):
                buckets["figure", place, scope(one.content, labels)].append(one)
        elif is_a(one.content.kind, "Event") and one.content.term("actuality") in ("", "Actual"):
            for place in sorted(book.where(one.content)):
                buckets["event", place].append(one)
        elif one.content.kind == "Control":
            for place in sorted(book.where(one.content)):
                buckets["control", place].append(one)
    for group in buckets.values():
        for left, right in combinations(group, 2):
            if left.claim.iri != right.claim.iri and _same(book, left.content, right.content):
                yield left, right


def _same(book: Record, left: Thing, right: Thing) -> bool:
    if left.kind == "Control" == right.kind:
        return book.allied(book.who(left, "controller"), book.who(right, "controller"))
    if is_a(left.kind, "Figure"):
        events = ((one, other) for one in _events(book, left) for other in _events(book, right))
        return agree(left, right) and any(book.same_happening(one, other) for one, other in events)
    here, there = book.who(left), book.who(right)
    return book.same_happening(left, right) and (not here or not there or book.allied(here, there))


def _events(book: Record, figure: Thing) -> list[Thing]:
    return [book.events[iri] for iri in figure.values("event") if iri in book.events]

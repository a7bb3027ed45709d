"""From how many independent origins a thing is known.

What two papers print from one wire text has one origin; so has what a minister says to three
reporters, and what a channel reports that it has from the minister. Two claims share an origin
where a chain of attributions from each ends at one speaker, or where one passage copies the
other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.network.claims import Assertion, Record
from kg.network.forest import Forest
from kg.network.shelf import Sentence
from kg.network.things import Held, Select, Thing, facts, held, is_a, normalised

COPY_SHARE = 0.7
"""Two passages are copies of one text if they share this much of their word triples (Jaccard)."""
CUT_SHARE = 0.85
"""A passage is cut from another if this much of its word triples stands in the other."""
_LONG = 8
"""A passage of fewer word triples can be in another by chance."""


def copied(first: str, second: str) -> bool:
    """Whether two passages are copies of one text, or one is cut from the other.

    >>> copied("Two depots burned near Halvik.", "Two depots burned near Halvik")
    True
    >>> copied("Two depots burned near Halvik.", "Fire destroyed fuel stores outside the town.")
    False
    """
    return copies(triples(first), triples(second))


Triples = frozenset[tuple[str, ...]]


def triples(text: str) -> Triples:
    """All runs of three words of a passage, `normalised`."""
    words = normalised(text).split()
    return frozenset(tuple(words[start : start + 3]) for start in range(max(1, len(words) - 2)))


def copies(here: Triples, there: Triples) -> bool:
    """The same of the word triples of two passages."""
    shared, least = len(here & there), min(len(here), len(there))
    if shared >= COPY_SHARE * len(here | there):
        return True
    return least >= _LONG and shared >= CUT_SHARE * least


@dataclass(frozen=True, slots=True)
class Origins:
    """What is needed to trace claims to their origin.

    Attributes:
        spans: the words of each span.
        voices: article -> name of its publisher, as `normalised`.
        mouths: actor -> bodies that it speaks for: it holds a post of theirs.
        book: the record.
    """

    spans: Mapping[str, Sentence]
    voices: Mapping[str, str]
    mouths: Mapping[str, frozenset[str]]
    book: Record

    def count(self, claims: Sequence[Assertion]) -> int:
        """How many independent origins claims that agree have."""
        groups, first = Forest[int](), dict[str, int]()
        for number, sources in enumerate(self._sources(claims)):
            for source in sources:
                groups.join(number, first.setdefault(source, number))
        passages = [self._words(one.claim) for one in claims]
        for one, other in combinations(range(len(claims)), 2):
            here, there = passages[one], passages[other]
            if here and there and groups.root(one) != groups.root(other) and copies(here, there):
                groups.join(one, other)
        return len({groups.root(number) for number in range(len(claims))})

    def _words(self, claim: Thing) -> Triples:
        """The word triples of a claim's sentence; of several the last."""
        found = [self.spans[span].exact for span in claim.values("evidence") if span in self.spans]
        return triples(max(found)) if any(found) else frozenset()

    def _sources(self, claims: Sequence[Assertion]) -> Iterator[frozenset[str]]:
        """Where the chain of each claim ends: its speakers, and whom an outlet has it from.

        An outlet that is cited has it from the speakers of its own article, if that is here,
        and from whoever it is said to have passed on.
        """
        given: defaultdict[str, set[str]] = defaultdict(set)
        for one in claims:
            passed_on = {self._name(actor) for actor in one.claim.values("reportedBy")}
            for outlet in passed_on | {self.voices.get(one.claim.article, "")}:
                given[outlet] |= one.speakers
        for one in claims:
            found = {up for who in one.speakers for up in (who, *self.mouths.get(who, ()))}
            cited = {self._name(who) for who in one.speakers if self._outlet(who)} - {""}
            yield frozenset(found).union(*(given[outlet] for outlet in cited if outlet in given))

    def _name(self, actor: str) -> str:
        thing = self.book.actors.get(actor)
        return normalised(thing.label) if thing else ""

    def _outlet(self, actor: str) -> bool:
        thing = self.book.actors.get(actor)
        return thing is not None and is_a(thing.kind, "Organisation")


def origins(select: Select, book: Record) -> Origins:
    """What the dataset says about where claims come from."""
    select = held(select)
    return select.kept("origins", lambda: _origins(select, book))


def _origins(select: Held, book: Record) -> Origins:
    mouths: defaultdict[str, set[str]] = defaultdict(set)
    for post in facts(select, "Position"):
        if post.term("tenure") != "Former":
            bodies = {
                book.same.get(body, body)
                for body in post.values("of")
                if body in book.actors and is_a(book.actors[body].kind, "Organisation")
            }
            for holder in post.values("holder"):
                mouths[book.same.get(holder, holder)] |= bodies
    return Origins(
        spans=select.shelf.spans,
        voices={
            article.iri: normalised(article.first("publisher") or "")
            for article in facts(select, "Article")
        },
        mouths={actor: frozenset(bodies) for actor, bodies in mouths.items()},
        book=book,
    )

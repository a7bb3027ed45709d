"""Counts that rose: what one speaker said later and higher of one thing, which is no dispute."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from kg.network.blocks import pairs
from kg.network.claims import Assertion, Record, record
from kg.network.disputes import one_incident
from kg.network.figures import agree, higher, scope
from kg.network.things import Select, is_a, kept


@dataclass(frozen=True, slots=True)
class Update:
    """A speaker's count and the higher one that the same speaker gave on a later day.

    Attributes:
        claims: IRIs of the earlier and the later claim.
        contents: IRIs of the two figures, in the same order.
    """

    claims: tuple[str, str]
    contents: tuple[str, str]


def updates(select: Select) -> tuple[Update, ...]:
    """All updates of the dataset, sorted by their claims.

    Both figures count one thing of one happening, and share no number.
    """
    return kept(select, "updates", lambda: _updates(record(select)))


def _updates(book: Record) -> tuple[Update, ...]:
    found = set()
    for one, other in _counts(book):
        if one.said is None or other.said is None or one.said == other.said:
            continue
        early, late = (one, other) if one.said < other.said else (other, one)
        if higher(early.content, late.content) and one_incident(book, one.content, other.content):
            facts = (early.content.iri, late.content.iri)
            found.add(((early.claim.iri, late.claim.iri), facts))
    return tuple(Update(*row) for row in sorted(found))


def _counts(book: Record) -> Iterator[tuple[Assertion, Assertion]]:
    """Pairs of figures by one speaker in two articles that count one thing and do not agree."""
    labels = {iri: actor.label for iri, actor in book.actors.items()}

    def keys(one: Assertion) -> Iterator[Hashable]:
        where = (one.speakers, scope(one.content, labels))
        for event in book.happenings(one.content):
            yield from ((key, *where) for key in (event.iri, *book.keys(event)))

    counts = [
        one for one in book.assertions if is_a(one.content.kind, "Figure") and not one.negated
    ]
    for left, right in pairs(counts, keys):
        if left.claim.article != right.claim.article and not agree(left.content, right.content):
            yield left, right

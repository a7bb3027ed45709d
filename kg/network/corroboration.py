"""Claims that say the same, with the number of origins: copies of one text count once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator
from dataclasses import dataclass

from kg.network.blocks import pairs
from kg.network.claims import Assertion, Record, record
from kg.network.disputes import disputes, one_incident
from kg.network.figures import agree, scope
from kg.network.origins import copied, origins
from kg.network.settings import family
from kg.network.things import Select, is_a, kept

__all__ = ["Corroboration", "copied", "corroboration"]


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

    Claims by one speaker, claims on one passage of text, claims on passages that are copies
    of each other, and claims whose chains of attribution end at one speaker share an origin.
    Groups with fewer than two origins are left out.
    """
    return kept(select, "corroboration", lambda: _corroboration(select))


def _corroboration(select: Select) -> tuple[Corroboration, ...]:
    book = record(select)
    traced = origins(select, book)
    opposed = {finding.claims for dispute in disputes(select) for finding in dispute.findings}
    groups: dict[Node, dict[Node, Assertion]] = {}
    for left, right in sorted(_agreeing(book), key=lambda pair: tuple(map(_node, pair))):
        here = groups.get(_node(left), {_node(left): left})
        there = groups.get(_node(right), {_node(right): right})
        if here is not there and not _opposed(here, there, opposed):
            here.update(there)
            groups.update((each, here) for each in here)
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    counts: dict[tuple[str, ...], int] = {}
    for group in {id(group): group for group in groups.values()}.values():
        claims = {node[0]: group[node] for node in sorted(group)}
        members = tuple(sorted(claims))
        if len(members) < 2:
            continue
        if members not in counts:
            counts[members] = traced.count([claims[member] for member in members])
        found[members] |= {content for _, content in group}
    return tuple(
        Corroboration(members, counts[members], tuple(sorted(found[members])))
        for members in sorted(found)
        if counts[members] > 1
    )


Node = tuple[str, str]
"""IRIs of a claim and of one of its contents."""


def _node(one: Assertion) -> Node:
    return one.claim.iri, one.content.iri


def _opposed(
    here: Iterable[Node], there: Iterable[Node], opposed: Container[tuple[str, str]]
) -> bool:
    """Whether a claim of the one group stands against one of the other."""
    left, right = ({claim for claim, _ in group} for group in (here, there))
    return any((min(a, b), max(a, b)) in opposed for a in left for b in right)


def _agreeing(book: Record) -> Iterator[tuple[Assertion, Assertion]]:
    labels = {iri: actor.label for iri, actor in book.actors.items()}

    def keys(one: Assertion) -> Iterator[Hashable]:
        if is_a(one.content.kind, "Figure"):
            counted = scope(one.content, labels)
            for event in book.happenings(one.content):
                yield event.iri, counted
                yield from ((key, counted) for key in book.keys(event))
        elif one.content.kind == "Control":
            yield from (("control", place) for place in sorted(book.where(one.content)))
        else:
            yield book.same.get(one.content.iri, one.content.iri)
            yield from ((*key, family(one.content.kind)) for key in book.keys(one.content))

    said = [one for one in book.assertions if not one.negated and _worldly(one)]
    return ((left, right) for left, right in pairs(said, keys) if _same(book, left, right))


def _worldly(one: Assertion) -> bool:
    if is_a(one.content.kind, "Event"):
        return one.content.term("actuality") in ("", "Actual")
    return is_a(one.content.kind, "Figure") or one.content.kind == "Control"


def _same(book: Record, one: Assertion, other: Assertion) -> bool:
    left, right = one.content, other.content
    if left.kind == "Control" == right.kind:
        return book.allied(book.who(left, "controller"), book.who(right, "controller"))
    if is_a(left.kind, "Figure") != is_a(right.kind, "Figure"):
        return False
    if is_a(left.kind, "Figure"):
        return agree(left, right) and one_incident(book, left, right)
    here, there = book.who(left), book.who(right)
    return book.same_happening(left, right) and (not here or not there or book.allied(here, there))

"""What a person decided about identity: two nodes are one thing, or they are not.

Verdicts lie in a graph of their own (`…/id/graph/verdicts`) that no rebuild touches. They
overrule what is found by rule; undoing one lets the rules decide again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import QueryError
from kg.network.forest import groups
from kg.network.things import CK, Select, kept, local


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """One decision.

    Attributes:
        members: IRIs of the two nodes, sorted.
        accepted: True where they are one thing, False where they are not.
    """

    members: tuple[str, str]
    accepted: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """All verdicts, ready to be asked.

    Attributes:
        joined: pairs held to be one, sorted.
        parted: pairs held to be two.
    """

    joined: tuple[tuple[str, str], ...]
    parted: frozenset[tuple[str, str]]

    def parts(self, first: str, second: str) -> bool:
        """Whether a person said that two nodes are not one thing."""
        return pair(first, second) in self.parted

    def part(self, some: Iterable[str], others: Iterable[str]) -> bool:
        """Whether a person said so of one node of each of two groups."""
        right = tuple(others)
        return any(self.parts(one, other) for one in some for other in right)


def pair(first: str, second: str) -> tuple[str, str]:
    """Two IRIs in order."""
    return (first, second) if first <= second else (second, first)


def verdicts(select: Select) -> tuple[Verdict, ...]:
    """All verdicts of the dataset, sorted."""
    rows = select(
        f"PREFIX ck: <{CK}> SELECT ?one ?two ?kind WHERE {{ ?v a ck:Verdict ; ck:verdict ?kind ; "
        "ck:member ?one , ?two FILTER(STR(?one) < STR(?two)) } ORDER BY ?one ?two ?kind"
    ).rows
    return tuple(
        Verdict((one, two), local(kind) == "Accepted")
        for one, two, kind in rows
        if one and two and kind
    )


def judgement(select: Select) -> Judgement:
    """The verdicts of the dataset, ready to be asked."""
    return kept(select, "judgement", lambda: _judgement(verdicts(select)))


def _judgement(found: Iterable[Verdict]) -> Judgement:
    found = tuple(found)
    return Judgement(
        tuple(sorted(one.members for one in found if one.accepted)),
        frozenset(one.members for one in found if not one.accepted),
    )


def decided(
    known: Iterable[Verdict], first: str, second: str, *, accepted: bool
) -> tuple[Verdict, ...]:
    """The verdicts with one more; an earlier one about the same pair gives way to it.

    Raises:
        QueryError: the two are one node, or what was accepted would join what was rejected.
    """
    if first == second:
        raise QueryError(f"{first} is one node; name two")
    made = Verdict(pair(first, second), accepted)
    found = tuple(sorted({made, *(one for one in known if one.members != made.members)}))
    judged = _judgement(found)
    for group in joined(judged.joined):
        for one, two in sorted(judged.parted):
            if one in group and two in group:
                raise QueryError(
                    f"{one} and {two} are held apart by a verdict, and would now be one through "
                    f"others; first: kg link undo {one} {two}"
                )
    return found


def undone(known: Iterable[Verdict], first: str, second: str) -> tuple[Verdict, ...]:
    """The verdicts without the one about this pair.

    Raises:
        QueryError: there is none.
    """
    known = tuple(known)
    left = tuple(one for one in known if one.members != pair(first, second))
    if len(left) == len(known):
        raise QueryError(f"no verdict about {first} and {second}; kg link list shows them")
    return left


def without(known: Iterable[Verdict], articles: Iterable[str]) -> tuple[Verdict, ...]:
    """The verdicts that name no node of these articles."""
    gone = tuple(f"{article}/" for article in articles)
    return tuple(one for one in known if not any(member.startswith(gone) for member in one.members))


def joined(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Groups of IRIs that pairs connect, each sorted, sorted.

    >>> joined([("a", "b"), ("c", "d"), ("b", "e")])
    (('a', 'b', 'e'), ('c', 'd'))
    """
    return tuple(sorted(tuple(sorted(group)) for group in groups(pairs)))

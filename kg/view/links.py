"""Edges of the graph: from facts to what fills their roles, speakers to what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.view.naming import Names
from kg.view.reading import Thing
from kg.view.wording import family, local, words

SAID_OF = {
    "Alliance": "allied with",
    "Control": "controls",
    "EquipmentLot": "operates",
    "Hostility": "hostile to",
}
"""Words on the edge of a lasting relation; those of a post are its own."""
LINKS = {
    "initiator": ("acts", True),
    "beneficiary": ("acts", False),
    "target": ("affects", False),
    "victim": ("affects", False),
    "moved": ("affects", False),
    "instrument": ("with", False),
    "place": ("where", False),
    "origin": ("where", True),
    "destination": ("where", False),
    "subEventOf": ("leads", False),
    "causedBy": ("leads", True),
    "event": ("counts", False),
    "population": ("counts", False),
    "partOfFigure": ("counts", False),
    "facility": ("counts", False),
    "claimant": ("says", True),
    "reportedBy": ("says", True),
    "content": ("says", False),
    "about": ("says", False),
}
"""Property -> group of its edge, and whether the arrow is drawn towards the fact."""
QUIET = frozenset({"says", "counts", "voice"})
"""Groups of edges that do not count as connections of a node and do not shape the layout."""

_Link = tuple[str, str, str, str, str]
"""Start, end, role, group and fact."""


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """One edge, drawn from `start` to `end`; `facts` are the facts it stands for."""

    start: str
    end: str
    role: str
    group: str
    facts: tuple[str, ...]


def edges(
    facts: Mapping[str, Thing],
    entities: Mapping[str, Thing],
    names: Names,
    nodes: Mapping[str, object],
) -> tuple[Edge, ...]:
    """All edges between two nodes, sorted; facts with the same ends and role share one."""
    found: defaultdict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for start, end, role, group, fact in _Links(facts, entities, names).all():
        if start in nodes and end in nodes and start != end:
            found[start, end, role, group].add(fact)
    return tuple(Edge(*key, tuple(sorted(filter(None, found[key])))) for key in sorted(found))


def degrees(found: Iterable[Edge], *, without: frozenset[str] = frozenset()) -> Mapping[str, int]:
    """How many edges end at each node, groups in `without` not counted."""
    count: defaultdict[str, int] = defaultdict(int)
    for edge in found:
        if edge.group not in without:
            count[edge.start] += 1
            count[edge.end] += 1
    return count


class _Links:
    def __init__(
        self, facts: Mapping[str, Thing], entities: Mapping[str, Thing], names: Names
    ) -> None:
        self._facts = facts
        self._entities = entities
        self._names = names

    def all(self) -> Iterator[_Link]:
        for fact in self._facts.values():
            if fact.kind in ("Position", "Membership"):
                yield from self._between(fact, ("holder", "member"), "of", "belongs")
            elif fact.kind == "Control":
                yield from self._between(fact, ("controller",), "place", "holds")
            elif fact.kind in ("Alliance", "Hostility"):
                other = "ally" if fact.kind == "Alliance" else "opponent"
                yield from self._between(fact, ("party",), other, "belongs")
            elif fact.kind == "EquipmentLot":
                yield from self._between(fact, ("operator",), "equipmentType", "with")
            else:
                if fact.kind == "Claim":
                    yield from self._speech(fact)
                yield from self._roles(fact)
                if family(fact.kind) == "Figure":
                    yield from self._counted(fact)
        for thing in self._entities.values():
            for role in ("locatedIn", "partOf", "broader"):
                for up in self._nearest(thing, role):
                    yield thing.iri, self._names.one(up), words(role), "within", ""

    def _nearest(self, thing: Thing, role: str) -> list[str]:
        """Direct containers only: none that another container of the thing lies in."""
        ups = [self._names.one(up) for up in thing.values(role)]
        beyond = {
            self._names.one(far)
            for up in ups
            if up in self._entities
            for far in self._entities[up].values(role)
        }
        return [up for up in ups if up not in beyond]

    def _between(
        self, fact: Thing, left: tuple[str, ...], right: str, group: str
    ) -> Iterator[_Link]:
        role = fact.first("role") or SAID_OF.get(fact.kind, "member of")
        for name in left:
            for start in fact.values(name):
                for end in fact.values(right):
                    yield self._names.one(start), self._names.one(end), role, group, fact.iri

    def _roles(self, fact: Thing) -> Iterator[_Link]:
        for name, (group, inward) in LINKS.items():
            for value in fact.values(name):
                for end in self._reached(value):
                    pair = (end, fact.iri) if inward else (fact.iri, end)
                    yield *pair, words(name), group, fact.iri

    def _counted(self, figure: Thing) -> Iterator[_Link]:
        """From an event to those counted in its figures, where no role of it names them."""
        outcome = local(figure.first("outcome")).lower() or "counted"
        for iri in figure.values("event"):
            event = self._facts.get(iri)
            taking_part = {end for role in LINKS for end in event.values(role)} if event else set()
            for who in figure.values("population"):
                if who not in taking_part:
                    yield iri, self._names.one(who), outcome, "affects", figure.iri

    def _reached(self, value: str) -> list[str]:
        """The node a role points to; a lot of equipment stands for its type."""
        lot = self._facts.get(value)
        if lot is not None and lot.kind == "EquipmentLot":
            return [self._names.one(one) for one in lot.values("equipmentType")]
        return [self._names.one(value)]

    def _speech(self, claim: Thing) -> Iterator[_Link]:
        """Speaker to what is said, past the claim's own node; an outlet's voice is set apart."""
        act = words(local(claim.first("speechAct")) or "Assertion")
        negated = local(claim.first("polarity")) == "Negated"
        for speaker in claim.values("claimant"):
            iri = self._names.one(speaker)
            outlet = iri in self._entities and self._entities[iri].kind == "MediaOutlet"
            group = "voice" if outlet else "denies" if negated else "asserts"
            for what in claim.values("content") + claim.values("about"):
                role = "denial" if negated else act
                yield iri, self._names.one(what), role, group, claim.iri

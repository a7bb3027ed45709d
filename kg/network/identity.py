"""Which entities of different articles are held to be the same, with method and confidence.

By rule only entities take part that the linker could not tie to reference data (their IRI lies
under an article), and only those with a proper name: "residents" of two articles are two
groups. A person's verdict may join or part any two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kg.network.lands import lands
from kg.network.things import (
    Held,
    Select,
    Thing,
    article_of,
    entities,
    held,
    is_a,
    local,
    normalised,
)
from kg.network.verdicts import Judgement, judgement

METHOD = "same name"
VERDICT = "a person's verdict"
_FAMILIES = ("Person", "MilitaryUnit", "ArmedForce", "ArmedGroup", "Organisation", "Place", "Actor")
_NAMED = 0.8
_FULL_NAME = 0.9
_UNSURE = 0.6


@dataclass(frozen=True, slots=True)
class Identity:
    """Nodes held to be one.

    Attributes:
        members: their IRIs, sorted; at least two, by rule from different articles.
        canonical: the member that the others are the same as: reference data before entities
            of an article, then the first.
        method: how it was decided.
        confidence: 0 to 1.
    """

    members: tuple[str, ...]
    canonical: str
    method: str
    confidence: float


def alike(select: Select) -> tuple[Identity, ...]:
    """Groups of entities held to be one, sorted: of one name by rule, or by verdict.

    By rule the names are equal and the classes compatible. People need a name of two words or
    more. A body named in general words ("General staff", "health ministry") is the same only
    where the articles also name a land in common, and one without a capital letter only where
    they also name a town, region or other place in common. Two places need a container in
    common where both have one. Groups of people without a proper name never count as the same.
    """
    select = held(select)
    return select.kept("alike", lambda: _alike(select))


def _alike(select: Held) -> tuple[Identity, ...]:
    everything = (*entities(select, "Actor"), *entities(select, "Place"))
    groups: defaultdict[tuple[str, str], list[Thing]] = defaultdict(list)
    for entity in everything:
        key = _key(entity)
        if key:
            groups[key].append(entity)
    shared, decided = _shared(select), judgement(select)
    found = [
        one(tuple(each.iri for each in same), METHOD, _confidence(same))
        for key in sorted(groups)
        for same in _compatible(groups[key], shared, decided)
        if len({article_of(each.iri) for each in same}) > 1
    ]
    return judged(found, decided, lambda iri: "/entity/" in iri or "/article/" not in iri)


def judged(
    found: Iterable[Identity], decided: Judgement, belongs: Callable[[str], bool]
) -> tuple[Identity, ...]:
    """Groups with what a person accepted joined to them, sorted.

    Args:
        found: groups made by rule, in which nothing is that was rejected.
        decided: the verdicts.
        belongs: whether a node is of the kind in question.
    """
    groups = {member: row for row in found for member in row.members}
    for first, second in decided.joined:
        if not (belongs(first) and belongs(second)):
            continue
        here = groups.get(first, one((first,), VERDICT, 1.0))
        there = groups.get(second, one((second,), VERDICT, 1.0))
        if here is there or decided.part(here.members, there.members):
            continue
        methods = {*here.method.split(", "), *there.method.split(", ")} - {VERDICT}
        together = one(
            tuple(sorted({*here.members, *there.members})),
            ", ".join((*sorted(methods), VERDICT)),
            min(here.confidence, there.confidence),
        )
        groups.update((member, together) for member in together.members)
    return tuple(sorted(set(groups.values()), key=lambda row: row.members))


def one(members: tuple[str, ...], method: str, confidence: float) -> Identity:
    """A group with the member that stands for it."""
    first = min(members, key=lambda iri: ("/article/" in iri, iri))
    return Identity(members, first, method, confidence)


def canonical(groups: Iterable[Identity]) -> Mapping[str, str]:
    """For each member the IRI it is the same as; entities in no group are absent."""
    return {member: group.canonical for group in groups for member in group.members}


def _key(entity: Thing) -> tuple[str, str] | None:
    name, family = normalised(entity.label), _family(entity)
    named = any(letter.isupper() for letter in entity.label) or (
        is_a(entity.kind, "GovernmentBody") and " " in name
    )
    if not article_of(entity.iri) or not named or not name:
        return None
    if is_a(entity.kind, "PopulationGroup") or (family == "Person" and " " not in name):
        return None
    return family, name


def _family(entity: Thing) -> str:
    return next(family for family in (*_FAMILIES, entity.kind) if is_a(entity.kind, family))


def _general(entity: Thing) -> bool:
    """Whether only the first word is capitalised: "Health ministry", but not "Civic Union"."""
    return (
        _family(entity) not in ("Person", "Place") and entity.label[1:] == entity.label[1:].lower()
    )


@dataclass(frozen=True, slots=True)
class _Shared:
    """What each article names: lands, and towns, regions and other places with a name."""

    lands: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]

    def agree(self, first: Thing, second: Thing) -> bool:
        here, there = article_of(first.iri), article_of(second.iri)
        if not _meet(self.lands, here, there):
            return False
        return first.label != first.label.lower() or _meet(self.places, here, there)


def _meet(named: Mapping[str, frozenset[str]], here: str, there: str) -> bool:
    return not named.get(here, frozenset()).isdisjoint(named.get(there, frozenset()))


_TELLING = ("State", "Country", "Actor", "Place", "Region", "Settlement")


def _shared(select: Held) -> _Shared:
    known = lands(select)
    found: defaultdict[str, set[str]] = defaultdict(set)
    places: defaultdict[str, set[str]] = defaultdict(set)
    for kind in _TELLING:
        for thing, _ in select.shelf.mentioned((kind,)):
            for called in thing.values("label") or (local(thing.iri),):
                if kind in ("Region", "Settlement", "Place") and called != called.lower():
                    places[thing.article].add(normalised(called))
                found[thing.article] |= known.carried(called)
    return _Shared(
        {article: frozenset(some) for article, some in found.items()},
        {article: frozenset(some - known.names) for article, some in places.items()},
    )


def _compatible(things: list[Thing], shared: _Shared, decided: Judgement) -> list[list[Thing]]:
    """Splits entities of one name where something speaks against their being one."""
    groups: list[list[Thing]] = []
    for thing in things:
        for group in groups:
            if all(
                not decided.parts(thing.iri, other.iri) and _agree(thing, other, shared)
                for other in group
            ):
                group.append(thing)
                break
        else:
            groups.append([thing])
    return groups


def _agree(first: Thing, second: Thing, shared: _Shared) -> bool:
    for name in ("locatedIn", "partOf"):
        left, right = set(first.values(name)), set(second.values(name))
        if left and right and left.isdisjoint(right):
            return False
    return not _general(first) or shared.agree(first, second)


def _confidence(same: list[Thing]) -> float:
    family = _family(same[0])
    if family == "Person":
        return _FULL_NAME
    if _general(same[0]) or (
        family == "Place" and not all(one.values("locatedIn") for one in same)
    ):
        return _UNSURE
    return _NAMED

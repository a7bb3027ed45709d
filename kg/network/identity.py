"""Which entities of different articles are held to be the same, with method and confidence.

Only entities that the linker could not tie to reference data take part (their IRI lies under
an article), and only those with a proper name: "residents" of two articles are two groups.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.network.things import CK, Select, Thing, entities, is_a

METHOD = "same name"
_FAMILIES = ("Person", "MilitaryUnit", "ArmedForce", "ArmedGroup", "Organisation", "Place", "Actor")
_NAMED = 0.8
_FULL_NAME = 0.9
_UNSURE = 0.6


@dataclass(frozen=True, slots=True)
class Identity:
    """Entities held to be one.

    Attributes:
        members: their IRIs, sorted; at least two, from different articles.
        canonical: the member that the others are the same as (the first).
        method: how it was decided.
        confidence: 0 to 1.
    """

    members: tuple[str, ...]
    canonical: str
    method: str
    confidence: float


def identity(select: Select) -> tuple[Identity, ...]:
    """Groups of document-local entities with the same name and a compatible class, sorted.

    People need a name of two words or more. A body named in general words ("General staff",
    "health ministry") is the same only where the articles also name a state or country in
    common. Two places need a container in common where both have one. Groups of people
    without a proper name never count as the same.
    """
    lands = _lands(select)
    groups: defaultdict[tuple[str, str], list[Thing]] = defaultdict(list)
    for entity in (*entities(select, "Actor"), *entities(select, "Place")):
        key = _key(entity)
        if key:
            groups[key].append(entity)
    found = [
        Identity(tuple(one.iri for one in same), same[0].iri, METHOD, _confidence(same))
        for key in sorted(groups)
        for same in _compatible(groups[key], lands)
        if len({article_of(one.iri) for one in same}) > 1
    ]
    return tuple(sorted(found, key=lambda row: row.members))


def canonical(groups: Iterable[Identity]) -> Mapping[str, str]:
    """For each member the IRI it is the same as; entities in no group are absent."""
    return {member: group.canonical for group in groups for member in group.members}


def article_of(iri: str) -> str:
    """The article that a document-local entity belongs to, "" for reference data.

    >>> article_of("https://w3id.org/conflict-kg/id/article/raid-0123/entity/person/ana-bel")
    'https://w3id.org/conflict-kg/id/article/raid-0123'
    >>> article_of("https://w3id.org/conflict-kg/id/actor/nato")
    ''
    """
    article, middle, _ = iri.partition("/entity/")
    return article if middle else ""


def normalised(name: str) -> str:
    """A name without case, accents, punctuation and article, for comparing.

    >>> normalised("The Général  Staff of Kestonia")
    'general staff of kestonia'
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"^the ", "", " ".join(re.findall(r"\w+", letters)))


def _key(entity: Thing) -> tuple[str, str] | None:
    name, family = normalised(entity.label), _family(entity)
    named = article_of(entity.iri) and any(letter.isupper() for letter in entity.label)
    if not named or not name or is_a(entity.kind, "PopulationGroup"):
        return None
    if family == "Person" and " " not in name:
        return None
    return family, name


def _family(entity: Thing) -> str:
    return next(family for family in (*_FAMILIES, entity.kind) if is_a(entity.kind, family))


def _general(entity: Thing) -> bool:
    """Whether only the first word is capitalised: "Health ministry", but not "Civic Union"."""
    return (
        _family(entity) not in ("Person", "Place") and entity.label[1:] == entity.label[1:].lower()
    )


def _lands(select: Select) -> Mapping[str, frozenset[str]]:
    """The states and countries that each article names."""
    rows = select(
        f"PREFIX ck: <{CK}> SELECT DISTINCT ?article ?land WHERE {{ "
        "VALUES ?kind { ck:State ck:Country } GRAPH ?article { ?land a ?kind ; ck:mention ?span } }"
    ).rows
    found: defaultdict[str, set[str]] = defaultdict(set)
    for article, land in rows:
        found[article or ""].add(land or "")
    return {article: frozenset(lands) for article, lands in found.items()}


def _compatible(things: list[Thing], lands: Mapping[str, frozenset[str]]) -> list[list[Thing]]:
    """Splits entities of one name where something speaks against their being one."""
    groups: list[list[Thing]] = []
    for thing in things:
        for group in groups:
            if all(_agree(thing, other, lands) for other in group):
                group.append(thing)
                break
        else:
            groups.append([thing])
    return groups


def _agree(first: Thing, second: Thing, lands: Mapping[str, frozenset[str]]) -> bool:
    for name in ("locatedIn", "partOf"):
        left, right = set(first.values(name)), set(second.values(name))
        if left and right and left.isdisjoint(right):
            return False
    if not _general(first):
        return True
    here, there = (lands.get(article_of(one.iri), frozenset()) for one in (first, second))
    return not here.isdisjoint(there)


def _confidence(same: list[Thing]) -> float:
    family = _family(same[0])
    if family == "Person":
        return _FULL_NAME
    if _general(same[0]) or (
        family == "Place" and not all(one.values("locatedIn") for one in same)
    ):
        return _UNSURE
    return _NAMED

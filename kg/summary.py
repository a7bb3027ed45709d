"""What a build did, counted: for people, for programs and for the exit code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg import ontology
from kg.records import Graph, Rejection

FAMILIES = (
    ("events", "Event"),
    ("figures", "Figure"),
    ("claims", "Claim"),
    ("equipment lots", "EquipmentLot"),
    ("posts", "Position"),
    ("memberships", "Membership"),
    ("control", "Control"),
    ("alliances", "Alliance"),
    ("hostilities", "Hostility"),
    ("actors", "Actor"),
    ("places", "Place"),
    ("equipment types", "EquipmentType"),
)
"""What is counted: a word for people, and the ontology's class above all that it counts."""

_TYPED = re.compile(
    r"<([^>]+)> <http://www\.w3\.org/1999/02/22-rdf-syntax-ns#type>"
    r" <https://w3id\.org/conflict-kg/ontology#(\w+)> "
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build did.

    Attributes:
        articles: IRIs of the articles that were built, in the order read.
        facts: (family, number) for every family, zeros included; an actor, place or
            equipment type is counted once per article that names it.
        copies: (origin, origin of the first) of documents that were read already.
        rejections: what was refused, in the order met.
    """

    articles: tuple[str, ...]
    facts: tuple[tuple[str, int], ...]
    copies: tuple[tuple[str, str], ...]
    rejections: tuple[Rejection, ...]


def families(kinds: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Numbers of individuals per class, added up per family of `FAMILIES`."""
    counted = Counter(dict(kinds))
    return tuple(
        (family, sum(counted[kind] for kind in ontology.kinds(root))) for family, root in FAMILIES
    )


def kinds(graph: Graph) -> Counter[str]:
    """How many individuals of each ontology class a graph has, each in its own class only."""
    found = (_TYPED.match(line) for line in graph.quads)
    return Counter(match[2] for match in found if match)

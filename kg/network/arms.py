"""Whether two lots of arms can be the same: a Heron is a drone, and no tank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from kg import ontology
from kg.network.things import Thing, local


def alike(first: Iterable[Thing], second: Iterable[Thing]) -> bool:
    """Whether some lot of the one can be one of the other: one type is the other or below it."""
    here = [kind for lot in first for kind in lot.values("equipmentType")]
    there = [kind for lot in second for kind in lot.values("equipmentType")]
    return any(_slug(a) in chain(b) or _slug(b) in chain(a) for a in here for b in there)


def chain(kind: str) -> tuple[str, ...]:
    """Slugs of an equipment type and of all broader ones, nearest first.

    A type that only an article knows is what its last word names: "recon-drone" is a drone.
    """
    slug, found = _slug(kind), []
    while slug:
        found.append(slug)
        slug = _parents().get(slug, "")
    return tuple(found)


def _slug(kind: str) -> str:
    slug = local(kind)
    words = slug.split("-")
    ends = ("-".join(words[at:]) for at in range(len(words)))
    return next((end for end in ends if end in _parents()), words[-1])


@cache
def _parents() -> Mapping[str, str]:
    return {row["slug"]: row["parent"] for row in ontology.rows("equipment.tsv")}

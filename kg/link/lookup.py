"""Data of reference entities by their IRI: the reference graph can be rebuilt at any time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.link import actors, equipment, gazetteer
from kg.link.gazetteer import facilities
from kg.records import Entity


def reference(iris: Iterable[str]) -> tuple[Entity, ...]:
    """The entities with these reference IRIs and all that contains or is broader than them.

    Args:
        iris: IRIs below `…/id/place/`, `…/id/actor/`, `…/id/equipment/`; others are ignored.

    Returns:
        Entities sorted by IRI, each once.
    """
    wanted = sorted(set(iris))
    found = {entity.iri: entity for entity in gazetteer.reference(wanted)}
    found.update((entity.iri, entity) for entity in equipment.equipment(wanted))
    found.update((entity.iri, entity) for iri in wanted for entity in _chain(iri))
    return tuple(found[iri] for iri in sorted(found))


def _chain(iri: str) -> Iterator[Entity]:
    """A reference actor with those above it."""
    seen: set[str] = set()
    while iri and iri not in seen:
        seen.add(iri)
        entity = actors.reference(iri)
        if entity is None:
            return
        yield entity
        iri = entity.broader or ""


__all__ = ["facilities", "reference"]

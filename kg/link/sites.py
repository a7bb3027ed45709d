"""Places that a document itself puts on the map: entities of the document with its coordinates.

The coordinates are the document's word, so the place is its own, however well the gazetteer
knows one of this name. Where the gazetteer's place of the name lies near enough, the document's
place lies in it, and so in all that contains it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from kg.link.designations import designation
from kg.link.gazetteer import EARTH_KM, Place, gazetteer
from kg.link.places import slug
from kg.records import Document, Entity, Link, Site, Span

METHOD = "coordinates of the document"
_SLACK_KM = 10.0  # points of two sources for one town differ by some kilometres


def site_links(
    document: Document, sites: Sequence[Site], around: Mapping[Span, Link]
) -> tuple[tuple[Link, ...], tuple[Entity, ...]]:
    """Links of the names and coordinates of the sites, and their entities with containers.

    Args:
        document: the article.
        sites: its places with coordinates.
        around: links of the places that the document names, by their characters.
    """
    links: list[Link] = []
    entities: dict[str, Entity] = {}
    for site in sites:
        known = nearest(site)
        container = next(
            (around[one.span].entity for one in site.inside if one.span in around), None
        )
        within: tuple[str, ...] = ()
        if known is not None:
            found = tuple(gazetteer().entities(known))
            entities.update((one.iri, one) for one in found)
            within = tuple(one.iri for one in found)
        elif container is not None:
            within = (container,)
        read = designation(site.mention.text)
        kind = read.kind or (known.kind if known is not None else "Place")
        radius = site.radius_km
        if known is not None and known.level in ("region", "district", "country"):
            radius = max(radius, known.radius_km or 0.0)
        iri = f"{document.iri}/entity/{kind.lower()}/{slug(site.mention.text)}"
        entities[iri] = Entity(
            iri=iri,
            kind=kind,
            label=site.mention.text,
            latitude=site.latitude,
            longitude=site.longitude,
            uncertainty_km=radius,
            located_in=within,
        )
        links += [Link(one, iri, METHOD, 1.0) for one in (site.mention, *site.coordinates)]
    return tuple(links), tuple(entities[one] for one in sorted(entities))


def nearest(site: Site) -> Place | None:
    """The nearest place of the site's name that the gazetteer knows there, None without one."""
    read = designation(site.mention.text)
    ranked = []
    for name in dict.fromkeys((site.mention.text, read.bare)):
        for candidate in gazetteer().candidates(name) if name else ():
            place = candidate.place
            away = distance(site, place)
            if read.level in ("region", "district") and place.level not in ("region", "district"):
                continue
            if away <= max(site.radius_km, place.radius_km or 0.0) + _SLACK_KM:
                ranked.append((not _fits(read.level, place), away, place.number, place))
    return min(ranked)[-1] if ranked else None


def _fits(level: str, place: Place) -> bool:
    """Whether a place is of the level that the words of a name give; towns come first else."""
    return place.level == (level or "settlement")


def distance(site: Site, place: Place) -> float:
    """Kilometres on the sphere from a site to a place; infinite where that has no point."""
    if place.latitude is None or place.longitude is None:
        return math.inf
    first, second = math.radians(site.latitude), math.radians(place.latitude)
    half = math.radians(place.longitude - site.longitude) / 2
    chord = math.sin((second - first) / 2) ** 2
    chord += math.cos(first) * math.cos(second) * math.sin(half) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))

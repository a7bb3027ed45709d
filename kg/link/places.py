"""Which places a text means: candidates by name, then one decision for all its names together.

For every name the gazetteer gives candidates. Each has a prior (people, capital, how its name
is spelled, whether the text's class words fit) and is supported by the candidates of the other
names: by containment, common region or country and nearness; by country names and demonyms
anywhere in the text; and most of all by a container that the text itself gives ("Paris, Texas").
A small place that nothing supports is not taken: the name then stays an entity of the document,
in the region that the text gives.

| module          | part                                                                       |
|-----------------|----------------------------------------------------------------------------|
| `placenames`    | names with their class words                                               |
| `candidates`    | what each may mean, and how likely that is by itself                       |
| `evidence`      | what the text says about where it is                                       |
| `placechoice`   | one decision for all names, by a learned ranking                           |
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from kg.link.candidates import prepare
from kg.link.gazetteer import Place, gazetteer
from kg.link.inner import inner
from kg.link.placechoice import decide
from kg.link.placenames import Name, names_in
from kg.link.transliterate import plain
from kg.records import Document, Entity, Link, Mention

_AROUND_KM = 15.0  # a facility named after a town lies this near to its edge
_PLANT_KM = 60.0  # "the nuclear power plant in X": the nearest one within this


def place_links(
    document: Document, mentions: Sequence[Mention]
) -> tuple[tuple[Link, ...], tuple[Entity, ...]]:
    """Links of the place mentions, sorted by position, and the entities with their containers.

    Mentions of other kinds and pronouns are left out; so are nominals ("the region", "border
    settlements"), which coreference resolves – save "the nuclear power plant in X". A name that
    the gazetteer does not know, or knows only as a place that the text cannot mean, becomes an
    entity of the document with the coordinates and radius of the place that contains it. Places
    inside of the names of bodies are linked as well, where the gazetteer knows them.
    """
    names = names_in(document, [*mentions, *inner(mentions)])
    if not names:
        return (), ()
    prepare(names)
    decide(document, names)
    return _Result(document, names, mentions).records()


class _Result:
    """Turns the decisions on one document's names into links and entities."""

    def __init__(self, document: Document, names: list[Name], given: Sequence[Mention]) -> None:
        self.document = document
        self.given = given
        self.names = names
        self.entities: dict[str, Entity] = {}
        self.links: list[Link] = []
        self.resolved: list[tuple[Mention, Place]] = [
            (mention, name.chosen.place)
            for name in names
            if name.chosen is not None
            for mention in name.mentions
        ]

    def records(self) -> tuple[tuple[Link, ...], tuple[Entity, ...]]:
        """Links by position, entities by IRI."""
        known = {mention.span for mention in self.given}
        for name in self.names:
            if name.chosen is None:
                name.mentions = [m for m in name.mentions if m.span in known]
            if not name.mentions:
                continue
            iri, method, score = self.entity(name)
            self.links += [Link(mention, iri, method, round(score, 3)) for mention in name.mentions]
        links = sorted(self.links, key=lambda link: (link.mention.span, link.mention.kind))
        return tuple(links), tuple(self.entities[iri] for iri in sorted(self.entities))

    def entity(self, name: Name) -> tuple[str, str, float]:
        """IRI, method and score of a name's entity, which is kept for the result."""
        chosen = name.chosen
        if chosen is None:
            return self.local(name, self.container(name), 1.0), "place.local", 0.3
        place = chosen.place
        if name.level == "facility" and place.level != "facility":
            plant = None
            if name.kind == "NuclearPowerPlant":
                plant = gazetteer().nearest(
                    place, name.kind, _PLANT_KM + (place.radius_km or 0) / 2
                )
            if plant is None:
                return self.local(name, place, _AROUND_KM), "place.named-after", 0.5 * name.score
            return self.known(plant), "place.nearest", 0.8 * name.score
        if name.level in ("around", "part") and place.level != "facility":
            extra = _AROUND_KM if name.level == "around" else 0.0
            return self.local(name, place, extra), f"place.{name.level}", 0.8 * name.score
        method = "place.name" if chosen.primary else "place.alternate"
        method = method if chosen.exact else "place.transliteration"
        return self.known(place), method, name.score if chosen.exact else 0.8 * name.score

    def known(self, place: Place) -> str:
        """Keep a reference place and its containers."""
        for entity in gazetteer().entities(place):
            self.entities.setdefault(entity.iri, entity)
        return place.iri

    def local(self, name: Name, container: Place | None, extra_km: float) -> str:
        """Keep an entity of the document that lies in, at or near a known place."""
        kind = name.kind
        label = name.name
        iri = f"{self.document.iri}/entity/{kind.lower()}/{slug(label)}"
        located: tuple[str, ...] = ()
        latitude = longitude = radius = None
        if container is not None:
            self.known(container)
            inside = gazetteer().containers(container)
            located = (container.iri, *(each.iri for each in inside))
            latitude, longitude = container.latitude, container.longitude
            if latitude is not None and container.radius_km is not None:
                radius = round(container.radius_km + extra_km, 1)
        self.entities.setdefault(
            iri,
            Entity(
                iri=iri,
                kind=kind,
                label=label,
                latitude=latitude if radius is not None else None,
                longitude=longitude if radius is not None else None,
                uncertainty_km=radius,
                located_in=located,
            ),
        )
        return iri

    def container(self, name: Name) -> Place | None:
        """The region (else country) that the text gives for a name the gazetteer lacks.

        Each resolved place votes for its region or country: the nearer in the text, the more;
        the same sentence counts most, a region named outright counts more than a town's region.
        """
        for outer in name.inside:
            if outer.chosen and outer.chosen.place.level in ("country", "region", "district"):
                return outer.chosen.place
        votes: dict[int, float] = defaultdict(float)
        for mention in name.mentions:
            for other, place in self.resolved:
                if other.quote != mention.quote and other.sentence != mention.sentence:
                    continue
                self.vote(votes, mention, other, place)
        if not votes:
            for mention in name.mentions:
                for other, place in self.resolved:
                    self.vote(votes, mention, other, place)
        return self.elected(votes)

    @staticmethod
    def elected(votes: dict[int, float]) -> Place | None:
        """The place with more than 40 % of the votes; else the country with half of them."""
        total = sum(votes.values())
        if not total:
            return None
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        if ranked[0][1] > 0.4 * total:
            return gazetteer().place(ranked[0][0])
        countries: dict[int, float] = defaultdict(float)
        for number, weight in ranked:
            place = gazetteer().place(number)
            if place is not None:
                countries[place.country or number] += weight
        number, weight = max(countries.items(), key=lambda item: (item[1], -item[0]))
        return gazetteer().place(number) if weight >= 0.5 * total else None

    def vote(self, votes: dict[int, float], mention: Mention, other: Mention, place: Place) -> None:
        """Add one resolved mention's vote for the region or country it speaks for."""
        region = place.number if place.level == "region" else place.region
        weight = 1.0 / (1 + abs(mention.sentence - other.sentence))
        if mention.sentence == other.sentence and other.span < mention.span:
            weight *= 2
        if region is None:
            if place.level == "country":
                votes[place.number] += weight * 0.25
            return
        votes[region] += weight * (2.0 if place.level == "region" else 1.0)


def slug(name: str) -> str:
    """A name as part of an IRI: ASCII letters and digits, words joined by "-".

    >>> slug("Nikolayevo-Daryino")
    'nikolayevo-daryino'
    """
    import zlib

    words = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
    return words or f"x{zlib.crc32(name.encode()):08x}"

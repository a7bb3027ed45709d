"""Frames become facts: roles are linked to entities, times resolved, claims given their voice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.link import actors, gazetteer
from kg.link.coreference import Coreference, coreference
from kg.link.equipment import equipment_links
from kg.link.places import place_links
from kg.link.sites import site_links
from kg.link.timeline import Timeline
from kg.records import (
    Document,
    Entity,
    Extraction,
    Fact,
    FactValue,
    Form,
    Frame,
    Link,
    Linked,
    Mention,
    Span,
    Term,
    Value,
)  # fmt: skip

ACTOR_ROLES = frozenset(
    "initiator victim beneficiary claimant reportedBy holder member controller operator "
    "population party ally opponent".split()
)
PLACES = frozenset(
    "Place Country Region Settlement BorderSection Area Facility NuclearPowerPlant PowerPlant "
    "Hospital BorderCrossing Airbase MilitaryBase Depot Refinery Bridge Dam GasFacility School "
    "Residential".split()
)
OWN = frozenset({"we", "us", "our", "ourselves", "i", "me", "my", "myself"})


def linked(document: Document, extraction: Extraction) -> Linked:
    """Everything that the frames of a document say, about linked entities.

    Args:
        document: the article; its publication date anchors relative times.
        extraction: its mentions and frames.

    Returns:
        Entities used (with the places that contain them), one link per mention that names
        an entity, and the facts, each sorted; a frame reached by several ways is one fact.
    """
    return _Linker(document, extraction).linked()


class _Linker:
    """The entities, links and facts of one document while they are made."""

    def __init__(self, document: Document, extraction: Extraction) -> None:
        self.document = document
        self.extraction = extraction
        self.entities: dict[str, Entity] = {}
        self.links: dict[Span, Link] = {}
        self.located: dict[Span, Link] = {}
        self.facts: dict[tuple[str, Span], Fact] = {}
        self.timeline = Timeline(document.published, extraction)
        self.frames = {frame.key: frame for frame in extraction.frames}
        # the cells of a row do not refer to one another
        self.coreferent: dict[Span, Coreference] = (
            {} if document.dataset else coreference(extraction)
        )
        self.places = self._kept(place_links(document, extraction.mentions))
        self.places |= self._kept(site_links(document, extraction.sites, self.places))
        self.equipment = self._kept(equipment_links(extraction.mentions, article=document.iri))

    def _kept(self, found: tuple[Iterable[Link], Iterable[Entity]]) -> dict[Span, Link]:
        links, entities = found
        for entity in entities:
            self.entities[entity.iri] = entity
        return {link.mention.span: link for link in links}

    def linked(self) -> Linked:
        for frame in self.extraction.frames:
            self._fact(frame)
        for mention in self.extraction.mentions:
            if mention.form is Form.NAME and mention.span not in self.links:
                self._link(mention, "")
        for site in self.extraction.sites:
            for mention in site.coordinates:
                self._link(mention, "place")
        for span, place in self.places.items():
            if place.mention.form is Form.NAME and place.entity.startswith(gazetteer.PLACE):
                self.located.setdefault(span, place)
        facts = tuple(sorted(self.facts.values(), key=lambda f: (f.anchor, f.kind, f.iri)))
        used = self._used()
        return Linked(
            entities=tuple(self.entities[iri] for iri in sorted(used)),
            links=tuple(sorted(self._all_links(), key=lambda k: (k.mention.span, k.entity))),
            facts=facts,
        )

    def _all_links(self) -> Iterator[Link]:
        """One link for each mention; a place that acts is named as a place beside its actor."""
        yield from self.links.values()
        for span, place in self.located.items():
            other = self.links.get(span)
            if other is None or other.entity != place.entity:
                yield place

    def _used(self) -> set[str]:
        used = {link.entity for link in self._all_links()}
        for fact in self.facts.values():
            used.update(v.entity for _, v in fact.roles if isinstance(v, Link))
        for iri in sorted(used):
            entity = self.entities[iri]
            used.update(i for i in entity.located_in if i in self.entities)
        return used

    def _fact(self, frame: Frame) -> Fact:
        if frame.key in self.facts:
            return self.facts[frame.key]
        frame = self.frames.get(frame.key, frame)
        roles: list[tuple[str, FactValue]] = []
        for role, value in frame.roles:
            roles.extend(self._role(frame, role, value))
        if frame.kind == "Claim" and not frame.values("claimant"):
            roles.insert(0, ("claimant", self._voice(frame)))
        fact = Fact(
            iri=f"{self.document.iri}/{frame.kind.lower()}/{frame.anchor.start}-{frame.anchor.end}",
            kind=frame.kind,
            anchor=frame.anchor,
            evidence=frame.evidence,
            roles=tuple(dict.fromkeys(roles)),
            extractor=frame.extractor,
            confidence=frame.confidence,
        )
        self.facts[frame.key] = fact
        return fact

    def _role(self, frame: Frame, role: str, value: Value) -> list[tuple[str, FactValue]]:
        if isinstance(value, Frame):
            return [(role, self._fact(value))]
        if isinstance(value, Mention):
            if value.kind == "Time":
                return self._time(frame, role, value)
            coreferent = self.coreferent.get(value.span)
            others = coreferent.others if coreferent is not None else ()
            return [(role, self._link(m, role)) for m in (value, *others)]
        return [(role, value)]

    def _time(self, frame: Frame, role: str, value: Mention) -> list[tuple[str, FactValue]]:
        found = self.timeline.interval(frame, value)
        if role == "claimTime":
            said = found.earliest if found else None
            return [("timeText", value.text)] if said is None else [("claimTime", said)]
        roles: list[tuple[str, FactValue]] = [("timeText", value.text)]
        if found is None:
            return [*roles, ("timePrecision", Term("Unresolved"))]
        ends = (("earliest", found.earliest), ("latest", found.latest))
        roles += [(end, day) for end, day in ends if day is not None]
        return [*roles, ("timePrecision", Term(found.precision))]

    def _voice(self, frame: Frame) -> Link:
        entity = actors.voice(self.document)
        self.entities[entity.iri] = entity
        text = self.document.text[frame.evidence.start : frame.evidence.end]
        own = Mention(frame.evidence, text, "MediaOutlet", Form.NOMINAL, "", frame.anchor)
        return Link(own, entity.iri, "own voice", 1.0)

    def _link(self, mention: Mention, role: str) -> Link:
        """The entity of a mention in a role: place, equipment, or the actor it stands for."""
        coreferent = self.coreferent.get(mention.span)
        target = coreferent.antecedent if coreferent else mention
        entity, method, score = self._entity(target, role)
        if coreferent is not None:
            method, score = f"{coreferent.method}, {method}", round(score * coreferent.score, 4)
        link = Link(mention, entity, method, score)
        self.links.setdefault(mention.span, link)
        if target.span not in self.links and target.span != mention.span:
            self._link(target, role)
        return link

    def _entity(self, mention: Mention, role: str) -> tuple[str, str, float]:
        if mention.form is Form.PRONOUN and mention.name in OWN and mention.quote < 0:
            own = actors.voice(self.document)
            self.entities[own.iri] = own
            return own.iri, "own voice", 0.8
        as_actor = role in ACTOR_ROLES or role in ("of", "moved") and mention.kind == "Country"
        place = self.places.get(mention.span)
        if place is not None and not as_actor:
            return place.entity, place.method, place.score
        equipment = self.equipment.get(mention.span)
        if equipment is not None and not as_actor:
            return equipment.entity, equipment.method, equipment.score
        if role == "equipmentType":
            iri = f"{self.document.iri}/entity/equipmenttype/{actors.slug(mention.name)}"
            self.entities[iri] = Entity(iri, "EquipmentType", mention.text)
            return iri, "local", 0.5
        if place is not None and not as_actor and not self._governs(mention):
            return place.entity, place.method, place.score
        if mention.kind in PLACES and not as_actor:
            return self._unnamed(mention)
        if mention.owner is not None and not mention.qualifier:
            owner = self.coreferent.get(mention.owner)
            if owner is not None and owner.antecedent.kind not in ("Person", "PopulationGroup"):
                mention = replace(mention, qualifier=owner.antecedent.name)
        entity, method, score = actors.actor(mention, self.document)
        self.entities[entity.iri] = entity
        if entity.broader is not None and entity.broader not in self.entities:
            broader = actors.reference(entity.broader)
            if broader is not None:
                self.entities[broader.iri] = broader
        return entity.iri, method, score

    def _unnamed(self, mention: Mention) -> tuple[str, str, float]:
        """A place without a name: "the border villages"; it lies in the country that owns it."""
        name = actors.slug(mention.name)
        iri = f"{self.document.iri}/entity/{mention.kind.lower()}/{name}-{mention.span.start}"
        country = self._country(mention.qualifier)
        within = (country.iri,) if country is not None else ()
        self.entities[iri] = Entity(iri, mention.kind, mention.text, located_in=within)
        return iri, "unnamed place", 0.6

    def _country(self, qualifier: str) -> Entity | None:
        """The country that a demonym or name before a noun means, with its place."""
        iso = actors.country(qualifier)
        place = gazetteer.gazetteer().countries.get(iso.upper()) if iso else None
        if place is None:
            return None
        found = list(gazetteer.gazetteer().entities(place))
        self.entities.update((entity.iri, entity) for entity in found)
        return next((entity for entity in found if entity.kind == "Country"), None)

    def _governs(self, mention: Mention) -> bool:
        """Whether a place in an actor's role can stand for people who act: facilities do not."""
        return mention.form is Form.NAME and mention.kind in (
            "Place", "Country", "Settlement", "Region", "State",
        )  # fmt: skip

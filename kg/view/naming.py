"""What facts and entities are called: a title of a few words, and the rows of a fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.view.reading import CK, Thing
from kg.view.wording import (
    ROW_ORDER,
    ROW_WORDS,
    UNROWED,
    family,
    interval,
    local,
    number,
    words,
)

Row = tuple[str, str, str]
"""Role in words, value, IRI of the thing it names or ""."""


class Names:
    """Names of everything in a dataset, each thing held to be another under that one's name."""

    def __init__(
        self,
        entities: Mapping[str, Thing],
        facts: Mapping[str, Thing],
        same: Mapping[str, str],
    ) -> None:
        self._entities = entities
        self._facts = facts
        self._same = same
        self._titles: dict[str, str] = {}
        self._counted: defaultdict[str, list[Thing]] = defaultdict(list)
        for fact in facts.values():
            if family(fact.kind) == "Figure":
                for event in fact.values("event"):
                    self._counted[event].append(fact)

    def one(self, iri: str) -> str:
        """The IRI that stands for this one; a fact stands for itself."""
        return iri if iri in self._facts else self._same.get(iri, iri)

    def name(self, iri: str) -> str:
        """The name of an entity, the title of a fact, else the end of the IRI or the text."""
        iri = self.one(iri)
        if iri in self._entities:
            return self._entities[iri].first("label") or local(iri)
        if iri in self._facts:
            return self.title(self._facts[iri])
        return iri if ":" not in iri else local(iri)

    def joined(self, iris: Iterable[str]) -> str:
        """The names, with commas between them."""
        return ", ".join(map(self.name, iris))

    def title(self, fact: Thing) -> str:
        """What a fact is, in a few words."""
        if fact.iri not in self._titles:
            self._titles[fact.iri] = fact.kind  # a fact that names itself gets no further
            self._titles[fact.iri] = self._title(fact)
        return self._titles[fact.iri]

    def _title(self, fact: Thing) -> str:
        label = fact.first("label")
        _, colon, rest = label.partition(": ")
        if family(fact.kind) == "Event":
            names = fact.values("place") or fact.values("target") or fact.values("victim")
            there = self.joined(names[:2])
            return words(fact.kind).capitalize() + (f" – {there}" if there else "")
        if fact.kind == "Position":
            post = fact.first("role") or "post"
            return post + (f" – {self.name(fact.first('of'))}" if fact.first("of") else "")
        if fact.kind == "Control":
            return f"{self.name(fact.first('controller'))} holds {self.name(fact.first('place'))}"
        if fact.kind == "Membership":
            return f"member of {self.name(fact.first('of'))}"
        if fact.kind in ("Alliance", "Hostility"):
            ends = (*fact.values("party"), *fact.values("ally"), *fact.values("opponent"))
            return f"{fact.kind.lower()}: {' – '.join(dict.fromkeys(map(self.name, ends)))}"
        if fact.kind == "EquipmentLot":
            kinds = self.joined(fact.values("equipmentType"))
            amount = number(fact.first("lower"), fact.first("upper"))
            return f"{amount} × {kinds}" if amount else kinds or label
        if fact.kind == "Claim":
            return self._said(fact)
        return rest if colon else label or words(fact.kind)

    def _said(self, claim: Thing) -> str:
        quote = claim.first("quote").strip(" ,“”\"'")
        if quote:
            return f"“{quote}”" if len(quote) < 60 else f"“{quote[:57].rstrip()}…”"
        speaker = self.name(claim.first("claimant")) if claim.first("claimant") else "Somebody"
        return f"{speaker}: {claim.first('cue') or words(local(claim.first('speechAct')))}"

    def short(self, fact: Thing) -> str:
        """For an event its kind and the first figure given of it, "Killing, 4 killed"."""
        if family(fact.kind) != "Event":
            return self.title(fact)
        kind = words(fact.kind).capitalize()
        figures = [
            one
            for one in self._counted[fact.iri]
            if one.kind != "DistanceFigure" and not one.values("partOfFigure")
        ]
        return f"{kind}, {self.title(figures[0])}" if figures else kind

    def rows(self, fact: Thing) -> Iterator[Row]:
        """Who fills which role, and what else is said of a fact."""
        for name in sorted(fact.properties, key=lambda name: (ROW_ORDER.get(name, 50), name)):
            if name in UNROWED:
                continue
            for value in fact.values(name):
                title = ROW_WORDS.get(name, words(name))
                if value.startswith(CK):
                    yield title, words(local(value)), ""
                elif (name, value) != ("unit", "people"):
                    yield title, self.name(value), self.one(value) if self._known(value) else ""
        amount = number(fact.first("lower"), fact.first("upper"))
        if amount and fact.kind != "EquipmentLot":
            yield "read as", amount, ""
        when = interval(fact.first("earliest"), fact.first("latest"))
        if when:
            yield "when", when, ""

    def _known(self, value: str) -> bool:
        fact = self._facts.get(value)
        return self.one(value) in self._entities or (fact is not None and bool(family(fact.kind)))

    def containers(self, thing: Thing) -> Iterator[Row]:
        """Other names of an entity, and what it lies in, belongs to or is a kind of."""
        for name in thing.values("altLabel")[:8]:
            yield "also called", name, ""
        for role in ("locatedIn", "partOf", "broader"):
            for up in thing.values(role):
                yield words(role), self.name(up), self.one(up)

"""What the page shows, read from the dataset: nodes, edges, and a card of evidence for every fact.

A *card* is one fact as the side panel prints it: what it is, who fills which role, who says
so and how surely, and the passage with the characters that it hangs on. Nodes and edges
refer to cards by number. All text is plain text; nothing here is HTML.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from kg import ontology
from kg.records import Table

CK = "https://w3id.org/conflict-kg/ontology#"
Select = Callable[[str], Table]

FAMILIES = (
    ("Facility", "Facility"),
    ("Place", "Place"),
    ("Actor", "Actor"),
    ("EquipmentType", "Equipment"),
    ("Event", "Event"),
    ("Figure", "Figure"),
    ("Claim", "Claim"),
)
"""Root class and the family of nodes it makes; the first that fits counts."""

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


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says a thing, and how: one claim about it."""

    speaker: str
    node: str
    polarity: str
    certainty: str
    act: str
    form: str
    cue: str
    medium: str
    quote: str
    reporter: str


@dataclass(frozen=True, slots=True)
class Card:
    """One fact for the side panel.

    Attributes:
        iri: of the fact.
        kind: its class in words ("territory captured").
        title: what it is in a few words.
        rows: (role in words, value, IRI of the node it names or "").
        voices: who says so.
        passage: pieces of text with their mark: 0 around it, 1 the evidence, 2 the trigger.
        article: IRI.
        actuality: local name, "" where it has none.
        confidence: of the extractor, "" if unknown.
        notes: what was computed about it (disputes, agreement, distances): (text, IRI of the
            node it leads to or "").
    """

    iri: str
    kind: str
    title: str
    rows: tuple[tuple[str, str, str], ...]
    voices: tuple[Voice, ...]
    passage: tuple[tuple[str, int], ...]
    article: str
    actuality: str
    confidence: str
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One node: an entity, or a fact of a family that is drawn as a node.

    Attributes:
        iri: of the entity or fact.
        label: its name, or what it is in a few words.
        short: the same for the picture, where lines show the place.
        kind: its class in words.
        family: one of `FAMILIES`.
        rows: (role in words, value, IRI of the node it names or "").
        cards: its own fact, if it is one.
        disputed: whether a computed dispute is about it.
    """

    iri: str
    label: str
    short: str
    kind: str
    family: str
    rows: tuple[tuple[str, str, str], ...] = ()
    cards: tuple[str, ...] = ()
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge, drawn from `start` to `end`; `cards` are the facts it stands for."""

    start: str
    end: str
    role: str
    group: str
    cards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """Where a passage is from."""

    iri: str
    title: str
    issued: str
    publisher: str
    source: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the page shows, each part sorted."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    cards: tuple[Card, ...]
    articles: tuple[Article, ...]


@dataclass(slots=True)
class _Thing:
    iri: str
    kind: str
    article: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        return self.properties.get(name, [])

    def first(self, name: str) -> str:
        return next(iter(self.values(name)), "")


def words(name: str) -> str:
    """A local name of the ontology in plain words.

    >>> words("TerritoryCaptured"), words("NoComment"), words("subEventOf")
    ('territory captured', 'no comment', 'sub event of')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def local(iri: str) -> str:
    """The last part of an IRI."""
    return re.split(r"[#/]", iri)[-1]


def content(select: Select) -> Content:
    """Reads the whole dataset; every tuple is sorted, so equal datasets give equal content."""
    return _Reading(select).content()


class _Reading:
    """One pass over the dataset; the parts need each other's names, so they share this."""

    def __init__(self, select: Select) -> None:
        self.same = _same(select)
        roots = (
            *("Event", "Figure", "EquipmentLot", "Position", "Membership", "Control"),
            *("Alliance", "Hostility", "Claim"),
        )
        self.facts = {one.iri: one for root in roots for one in _things(select, root)}
        self.entities: dict[str, _Thing] = {}
        for root in ("Actor", "Place", "EquipmentType"):
            for one in _things(select, root, anywhere=True):
                self._add(one)
        self.named = {self.same.get(iri, iri) for iri in _named(select)}
        self.articles = _things(select, "Article")
        self.spans = _spans(select)
        self.points = _points(select)
        self.groups = _groups(select)
        self.distances, self.near = _distances(select)
        self.disputed = {
            iri
            for kind, claims, contents in self.groups
            if kind != "Corroboration"
            for iri in (*claims, *contents)
        }
        self.said: defaultdict[str, list[_Thing]] = defaultdict(list)
        self.counted: defaultdict[str, list[_Thing]] = defaultdict(list)
        for fact in self.facts.values():
            if _family(fact.kind) == "Figure":
                for event in fact.values("event"):
                    self.counted[event].append(fact)
            if fact.kind == "Claim":
                for what in fact.values("content"):
                    self.said[what].append(fact)

    def _add(self, thing: _Thing) -> None:
        iri = self.same.get(thing.iri, thing.iri)
        known = self.entities.setdefault(iri, _Thing(iri, thing.kind, thing.article))
        for name, values in thing.properties.items():
            known.properties[name] = sorted({*known.values(name), *values})

    def content(self) -> Content:
        cards = {iri: self._card(fact) for iri, fact in self.facts.items()}
        nodes = {
            iri: self._entity(thing) for iri, thing in self.entities.items() if iri in self.named
        }
        nodes |= {
            iri: self._fact(fact)
            for iri, fact in self.facts.items()
            if _family(fact.kind) in ("Event", "Figure", "Claim")
        }
        edges: defaultdict[tuple[str, str, str, str], set[str]] = defaultdict(set)
        for start, end, role, group, card in self._links():
            if start in nodes and end in nodes and start != end:
                edges[start, end, role, group].add(card)
        articles = (
            Article(
                one.iri,
                one.first("title") or "Untitled article",
                one.first("issued")[:10],
                one.first("publisher"),
                one.first("source"),
            )
            for one in self.articles
        )
        return Content(
            tuple(nodes[iri] for iri in sorted(nodes)),
            tuple(
                Edge(*key, tuple(sorted(filter(None, found))))
                for key, found in sorted(edges.items())
            ),
            tuple(cards[iri] for iri in sorted(cards)),
            tuple(sorted(articles, key=lambda one: one.iri)),
        )

    def _entity(self, thing: _Thing) -> Node:
        rows = [("also called", name, "") for name in thing.values("altLabel")[:8]]
        for role in ("locatedIn", "partOf", "broader"):
            rows += [(words(role), self._name(up), self._iri(up)) for up in thing.values(role)]
        rows += [("coordinates", where, "") for where in self.points.get(thing.iri, ())]
        rows += [
            (f"{km} away", self._name(event), event)
            for km, event in self.near.get(thing.iri, ())
            if event in self.facts
        ]
        name = thing.first("label") or local(thing.iri)
        return Node(
            thing.iri,
            name,
            name,
            words(thing.kind),
            _family(thing.kind),
            tuple(rows),
        )

    def _fact(self, fact: _Thing) -> Node:
        family = _family(fact.kind)
        return Node(
            fact.iri,
            self._title(fact),
            self._short(fact),
            words(fact.kind),
            family,
            cards=(fact.iri,),
            disputed=fact.iri in self.disputed,
        )

    def _title(self, fact: _Thing) -> str:
        label = fact.first("label")
        _, colon, rest = label.partition(": ")
        if _family(fact.kind) == "Event":
            names = fact.values("place") or fact.values("target") or fact.values("victim")
            there = ", ".join(self._name(one) for one in names[:2])
            kind = words(fact.kind)
            return kind[:1].upper() + kind[1:] + (f" – {there}" if there else "")
        if fact.kind == "Position":
            post = fact.first("role") or "post"
            return post + (f" – {self._name(fact.first('of'))}" if fact.first("of") else "")
        if fact.kind == "Control":
            return f"{self._name(fact.first('controller'))} holds {self._name(fact.first('place'))}"
        if fact.kind == "Membership":
            return f"member of {self._name(fact.first('of'))}"
        if fact.kind in ("Alliance", "Hostility"):
            ends = (*fact.values("party"), *fact.values("ally"), *fact.values("opponent"))
            return f"{fact.kind.lower()}: {' – '.join(dict.fromkeys(map(self._name, ends)))}"
        if fact.kind == "EquipmentLot":
            kinds = ", ".join(self._name(one) for one in fact.values("equipmentType"))
            number = _number(fact)
            return f"{number} × {kinds}" if number else kinds or label
        if fact.kind == "Claim":
            quote = fact.first("quote").strip(" ,“”\"'")
            if quote:
                return f"“{quote}”" if len(quote) < 60 else f"“{quote[:57].rstrip()}…”"
            speaker = self._name(fact.first("claimant")) if fact.first("claimant") else "Somebody"
            return f"{speaker}: {fact.first('cue') or words(local(fact.first('speechAct')))}"
        return rest if colon else label or words(fact.kind)

    def _short(self, fact: _Thing) -> str:
        """For an event its kind and the first figure given of it, "Killing, 4 killed"."""
        if _family(fact.kind) != "Event":
            return self._title(fact)
        kind = words(fact.kind).capitalize()
        figures = [
            one
            for one in self.counted[fact.iri]
            if one.kind != "DistanceFigure" and not one.values("partOfFigure")
        ]
        return f"{kind}, {self._title(figures[0])}" if figures else kind

    def _name(self, iri: str) -> str:
        iri = self._iri(iri)
        if iri in self.entities:
            return self.entities[iri].first("label") or local(iri)
        if iri in self.facts:
            return self._title(self.facts[iri])
        return iri if ":" not in iri else local(iri)

    def _iri(self, iri: str) -> str:
        return self.same.get(iri, iri)

    def _card(self, fact: _Thing) -> Card:
        return Card(
            fact.iri,
            words(fact.kind),
            self._title(fact),
            tuple(self._rows(fact)),
            tuple(self._voice(claim) for claim in self.said[fact.iri])
            or ((self._voice(fact),) if fact.kind == "Claim" else ()),
            self._passage(fact),
            fact.article,
            local(fact.first("actuality")),
            fact.first("confidence"),
            tuple(dict.fromkeys(self._notes(fact))),
        )

    def _notes(self, fact: _Thing) -> Iterator[tuple[str, str]]:
        """The facts that this one contradicts or agrees with, and its distances to facilities."""
        for kind, claims, contents in self.groups:
            if fact.iri not in contents and fact.iri not in claims:
                continue
            own = {fact.iri, *fact.values("content")}
            speakers = {self._speaker(claim) for claim in self.said[fact.iri] or [fact]}
            for iri in contents:
                by = {self._speaker(claim) for claim in self.said[iri] if claim.iri in claims}
                if iri in own or by <= speakers or iri not in self.facts:
                    continue
                verb = "Agrees with" if kind == "Corroboration" else f"{words(kind)} with"
                names = ", ".join(sorted(by - speakers))
                yield f"{verb.capitalize()} {names}: {self._title(self.facts[iri])}", iri
        for text in self.distances.get(fact.iri, ()):
            yield text, ""

    def _speaker(self, claim: _Thing) -> str:
        return self._name(claim.first("claimant")) if claim.first("claimant") else "the article"

    def _rows(self, fact: _Thing) -> Iterator[tuple[str, str, str]]:
        # claim properties are shown as the voice, spans as the passage
        skipped = {"label", "evidence", "trigger", "confidence", "extractor", "actuality", "cue"}
        skipped |= {"polarity", "certainty", "speechAct", "quoteForm", "claimant", "reportedBy"}
        skipped |= {"quote", "medium", "wasGeneratedBy", "lower", "upper", "earliest", "latest"}
        skipped |= {"timePrecision", "linkMethod", "wasDerivedFrom"}
        for name in sorted(fact.properties, key=lambda name: (_ROW_ORDER.get(name, 50), name)):
            if name in skipped:
                continue
            for value in fact.values(name):
                iri = self._iri(value)
                known = iri in self.entities or _family_of(self.facts.get(iri)) != ""
                title = _ROW_WORDS.get(name, words(name))
                if value.startswith(CK):
                    yield title, words(local(value)), ""
                elif (name, value) != ("unit", "people"):
                    yield title, self._name(value), iri if known else ""
        number = _number(fact)
        if number and fact.kind != "EquipmentLot":
            yield "read as", number, ""
        when = _interval(fact.first("earliest"), fact.first("latest"))
        if when:
            yield "when", when, ""

    def _voice(self, claim: _Thing) -> Voice:
        speaker = claim.first("claimant")
        return Voice(
            self._name(speaker) if speaker else "the article itself",
            self._iri(speaker),
            local(claim.first("polarity")),
            local(claim.first("certainty")),
            local(claim.first("speechAct")),
            local(claim.first("quoteForm")),
            claim.first("cue"),
            claim.first("medium"),
            claim.first("quote"),
            ", ".join(self._name(one) for one in claim.values("reportedBy")),
        )

    def _passage(self, fact: _Thing) -> tuple[tuple[str, int], ...]:
        """The fact's evidence within the longest passage of a claim that contains it."""
        evidence = self.spans.get(fact.first("evidence"))
        if evidence is None:
            return ()
        start, end, exact = evidence
        around = [
            span
            for claim in self.said[fact.iri]
            for iri in claim.values("evidence")
            if (span := self.spans.get(iri)) and span[0] <= start and end <= span[1]
        ]
        left, right, text = max(around, key=lambda span: span[1] - span[0], default=evidence)
        if len(text) != right - left:
            left, right, text = start, end, exact
        trigger = _anchor(fact.iri)
        cuts = sorted({left, right, start, end, *(at for at in trigger if left <= at <= right)})
        pieces = [
            (
                text[one - left : two - left],
                2 if trigger[0] <= one and two <= trigger[1] else int(start <= one and two <= end),
            )
            for one, two in pairwise(cuts)
        ]
        return tuple((piece, mark) for piece, mark in pieces if piece)

    def _links(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Start, end, role, group and card of every edge."""
        for fact in self.facts.values():
            if fact.kind in ("Position", "Membership"):
                yield from self._between(fact, ("holder", "member"), "of", "belongs")
            elif fact.kind == "Control":
                yield from self._between(fact, ("controller",), "place", "holds")
            elif fact.kind in ("Alliance", "Hostility"):
                other = "ally" if fact.kind == "Alliance" else "opponent"
                yield from self._between(fact, ("party",), other, "belongs")
            elif fact.kind == "EquipmentLot":
                yield from self._between(fact, ("operator",), "equipmentType", "with")
            elif fact.kind == "Claim":
                yield from self._speech(fact)
                yield from self._roles(fact)
            else:
                yield from self._roles(fact)
                if _family(fact.kind) == "Figure":
                    yield from self._counted(fact)
        for thing in self.entities.values():
            for role in ("locatedIn", "partOf", "broader"):
                for up in self._nearest(thing, role):
                    yield thing.iri, self._iri(up), words(role), "within", ""

    def _nearest(self, thing: _Thing, role: str) -> list[str]:
        """Direct containers only: none that another container of the thing lies in."""
        ups = [self._iri(up) for up in thing.values(role)]
        beyond = {
            self._iri(far)
            for up in ups
            if up in self.entities
            for far in self.entities[up].values(role)
        }
        return [up for up in ups if up not in beyond]

    def _between(
        self, fact: _Thing, left: tuple[str, ...], right: str, group: str
    ) -> Iterator[tuple[str, str, str, str, str]]:
        role = fact.first("role") or SAID_OF.get(fact.kind, "member of")
        for name in left:
            for start in fact.values(name):
                for end in fact.values(right):
                    yield self._iri(start), self._iri(end), role, group, fact.iri

    def _roles(self, fact: _Thing) -> Iterator[tuple[str, str, str, str, str]]:
        for name, (group, inward) in LINKS.items():
            for value in fact.values(name):
                for end in self._reached(value):
                    pair = (end, fact.iri) if inward else (fact.iri, end)
                    yield *pair, words(name), group, fact.iri

    def _counted(self, figure: _Thing) -> Iterator[tuple[str, str, str, str, str]]:
        """From an event to those counted in its figures, where no role of it names them."""
        outcome = local(figure.first("outcome")).lower() or "counted"
        for iri in figure.values("event"):
            event = self.facts.get(iri)
            taking_part = {end for role in LINKS for end in event.values(role)} if event else set()
            for who in figure.values("population"):
                if who not in taking_part:
                    yield iri, self._iri(who), outcome, "affects", figure.iri

    def _reached(self, value: str) -> list[str]:
        """The node a role points to; a lot of equipment stands for its type."""
        lot = self.facts.get(value)
        if lot is not None and lot.kind == "EquipmentLot":
            return [self._iri(one) for one in lot.values("equipmentType")]
        return [self._iri(value)]

    def _speech(self, claim: _Thing) -> Iterator[tuple[str, str, str, str, str]]:
        """Speaker to what is said, past the claim's own node; an outlet's voice is set apart."""
        act = words(local(claim.first("speechAct")) or "Assertion")
        negated = local(claim.first("polarity")) == "Negated"
        for speaker in claim.values("claimant"):
            iri = self._iri(speaker)
            outlet = iri in self.entities and self.entities[iri].kind == "MediaOutlet"
            group = "voice" if outlet else "denies" if negated else "asserts"
            for what in claim.values("content") + claim.values("about"):
                yield iri, self._iri(what), "denial" if negated else act, group, claim.iri


_ROW_ORDER = {
    name: place
    for place, name in enumerate(
        (
            "holder", "member", "role", "of", "tenure", "controller", "initiator", "target",
            "victim", "moved", "instrument", "equipmentType", "operator", "condition", "place",
            "origin", "destination", "figureText", "outcome", "population", "event", "unit",
            "content", "about", "timeText", "since", "subEventOf", "causedBy", "partOfFigure",
        )
    )
}  # fmt: skip


_ROW_WORDS = {
    "timeText": "time given",
    "figureText": "in words",
    "subEventOf": "part of",
    "partOfFigure": "among",
    "role": "post",
    "content": "says",
    "about": "about",
}


def _family(kind: str) -> str:
    tree = ontology.ancestors()
    lineage = (kind, *tree.get(kind, ()))
    return next((family for root, family in FAMILIES if root in lineage), "")


def _family_of(thing: _Thing | None) -> str:
    return _family(thing.kind) if thing else ""


def _anchor(iri: str) -> tuple[int, int]:
    """The trigger's offsets, which end the IRI of every fact."""
    found = re.search(r"/(\d+)-(\d+)$", iri)
    return (int(found[1]), int(found[2])) if found else (-1, -1)


def _number(fact: _Thing) -> str:
    low, high = fact.first("lower"), fact.first("upper")
    if low and high:
        return low if low == high else f"{low}–{high}"
    return f"{low} or more" if low else f"up to {high}" if high else ""


def _interval(earliest: str, latest: str) -> str:
    """Two dates or moments as a reader writes them.

    >>> _interval("2031-03-04", "2031-03-04"), _interval("2031-03-04T18:00:00Z", "")
    ('4 March 2031', 'from 4 March 2031, 18:00')
    """
    first, last = _moment(earliest), _moment(latest)
    if first and last:
        return first if first == last else f"{first} – {last}"
    return f"from {first}" if first else f"by {last}" if last else ""


def _moment(text: str) -> str:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?", text)
    if not found:
        return text
    year, month, day, hour = found.groups()
    return f"{int(day)} {month_name[int(month)]} {year}" + (f", {hour}" if hour else "")


def _values(root: str) -> str:
    names = ontology.kinds(root) or (root,)
    return "VALUES ?kind { " + " ".join(f"<{CK}{name}>" for name in names) + " }"


def _things(select: Select, root: str, *, anywhere: bool = False) -> list[_Thing]:
    """All nodes of a class with what their article says, or what any graph says; sorted."""
    if anywhere:
        where = "?s a ?kind . ?s ?p ?o BIND('' AS ?g) FILTER(?p != ck:mention)"
    else:
        where = "GRAPH ?g { ?s a ?kind ; ?p ?o }"
    rows = select(f"PREFIX ck: <{CK}> SELECT ?g ?s ?p ?o WHERE {{ {_values(root)} {where} }}").rows
    found: dict[str, _Thing] = {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for graph, subject, predicate, value in rows:
        thing = found.setdefault(subject or "", _Thing(subject or "", "", graph or ""))
        name = local(predicate or "")
        if name == "type":
            kinds[thing.iri].add((value or "").removeprefix(CK))
        elif value is not None and value not in thing.values(name):
            thing.properties.setdefault(name, []).append(value)
    tree = ontology.ancestors()
    for thing in found.values():
        own = sorted(kind for kind in kinds[thing.iri] if kind in tree)
        thing.kind = max(own, key=lambda kind: len(tree[kind]), default=root)
        for values in thing.properties.values():
            values.sort()
    return [found[iri] for iri in sorted(found)]


def _named(select: Select) -> set[str]:
    """Entities that an article names or a fact has in a role."""
    rows = select(
        f"PREFIX ck: <{CK}> SELECT DISTINCT ?s WHERE {{ {{ ?s ck:mention ?span }} UNION "
        "{ ?fact ck:evidence ?span ; ?p ?s FILTER(isIRI(?s)) } }"
    ).rows
    return {iri for (iri,) in rows if iri}


def _same(select: Select) -> Mapping[str, str]:
    rows = select(f"SELECT ?one ?other WHERE {{ ?one <{CK}sameAs> ?other }} ORDER BY ?one ?other")
    return {one: other for one, other in rows.rows if one and other}


def _spans(select: Select) -> Mapping[str, tuple[int, int, str]]:
    rows = select(
        f"PREFIX ck: <{CK}> SELECT ?s ?start ?end ?exact WHERE {{ "
        "?any ck:evidence ?s . ?s ck:start ?start ; ck:end ?end ; ck:exact ?exact }"
    ).rows
    return {
        iri: (int(start), int(end), exact)
        for iri, start, end, exact in rows
        if iri and start and end and exact
    }


def _points(select: Select) -> Mapping[str, tuple[str, ...]]:
    """Coordinates of places in words: degrees north and east, and how well they are known."""
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
        "SELECT ?s ?wkt ?km WHERE { ?s geo:hasGeometry/geo:asWKT ?wkt "
        "OPTIONAL { ?s ck:uncertaintyKm ?km } } ORDER BY ?s ?wkt ?km"
    ).rows
    found: dict[str, tuple[str, ...]] = {}
    for iri, wkt, radius in rows:
        numbers = re.findall(r"-?\d+(?:\.\d+)?", (wkt or "").rpartition("(")[2])
        if iri and len(numbers) == 2:
            about = f" (± {float(radius):g} km)" if radius else ""
            found[iri] = (f"{float(numbers[1]):.3f}, {float(numbers[0]):.3f}{about}",)
    return found


def _groups(select: Select) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Kind, claims and compared facts of every dispute and corroboration."""
    claims: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    contents: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for node, kind, claim, compared in select(
        f"PREFIX ck: <{CK}> PREFIX prov: <http://www.w3.org/ns/prov#> "
        "SELECT ?d ?kind ?claim ?fact WHERE { VALUES ?family { ck:Dispute ck:Corroboration } "
        "?d a ?family ; ck:claim ?claim "
        "OPTIONAL { ?d ck:disputeKind ?kind } OPTIONAL { ?d prov:wasDerivedFrom ?fact } }"
    ).rows:
        key = (node or "", local(kind or "Corroboration"))
        claims[key].add(claim or "")
        contents[key] |= {compared} if compared else set()
    return [
        (key[1], tuple(sorted(claims[key])), tuple(sorted(contents[key]))) for key in sorted(claims)
    ]


_MOST_DISTANCES = 4
_VAGUE_KM = 60.0
"""A distance less certain than this says nothing to a reader, unless an article states it."""


def _distances(
    select: Select,
) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[tuple[str, str], ...]]]:
    """Distances in words by event and by stated figure; the nearest events by facility."""
    notes: defaultdict[str, list[str]] = defaultdict(list)
    near: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for event, figure, plant, name, km, radius, stated, backed in select(
        f"PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?event ?figure ?plant ?name ?km ?radius ?stated ?backed WHERE { "
        "?p a ck:Proximity ; ck:facility ?plant ; ck:distanceKm ?km ; ck:uncertaintyKm ?radius . "
        "?plant rdfs:label ?name OPTIONAL { ?p ck:event ?event } OPTIONAL { ?p ck:statedKm "
        "?stated ; ck:statedFigure ?figure ; ck:supported ?backed } } "
        "ORDER BY ?km ?name ?event ?figure"
    ).rows:
        if not stated and float(radius or 0) > _VAGUE_KM:
            continue
        apart = f"{float(km or 0):g} ± {float(radius or 0):g} km"
        text = f"{apart} from {name}"
        if stated:
            agrees = "agrees" if backed in ("true", "1") else "does not agree"
            text += f"; the stated {float(stated):g} km {agrees} with the map"
        for iri in filter(None, (event, figure)):
            notes[iri].append(text)
        if event and plant:
            near[plant].append((apart, event))
    return (
        {iri: tuple(dict.fromkeys(found))[:_MOST_DISTANCES] for iri, found in notes.items()},
        {iri: tuple(dict.fromkeys(found))[: 3 * _MOST_DISTANCES] for iri, found in near.items()},
    )


def degrees(edges: Iterable[Edge], *, without: frozenset[str] = frozenset()) -> Mapping[str, int]:
    """How many edges end at each node, groups in `without` not counted."""
    found: defaultdict[str, int] = defaultdict(int)
    for edge in edges:
        if edge.group not in without:
            found[edge.start] += 1
            found[edge.end] += 1
    return found

"""What a made-up war lacks for the stored queries: rarer facts, and the computed graphs.

Every tenth article gets a second one that tells of posts, lots of equipment, prisoners, plans
and the like. The computed graphs are made up as well (`kg.network` would take hours for ten
million triples): as many findings as a real war has, about claims that are there, in the shape
that `kg.network` gives them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Final

from bench.network import CK, FIRST, ID, LABEL, PLACES, SPEAKERS, TYPE, XSD, iri, named, triple
from kg.records import Graph

PROV: Final = "http://www.w3.org/ns/prov#wasDerivedFrom"
FACILITIES: Final = 12
_TOLD: Final = re.compile(rf"<([^>]*/claim/[^>]*)> <{CK}content> <([^>]*)>")
_SHARE: Final = 5
"""One claim of so many is spoken of in a computed graph."""

Said = tuple[str, str]


def said(graph: Graph) -> Iterator[Said]:
    """(claim, what it says) of an article's graph."""
    for line in graph.quads:
        found = _TOLD.match(line)
        if found:
            yield found[1], found[2]


def rarer(number: int, chance: random.Random) -> Graph:
    """An article with one claim of each rarer kind."""
    node = f"{ID}article/rarer-{number}"
    day = f'"{FIRST}"^^<{XSD}date>'
    lines = [
        triple(node, TYPE, iri(f"{CK}Article")),
        triple(node, "http://purl.org/dc/terms/title", f'"Notes {number}"'),
        triple(node, "http://purl.org/dc/terms/issued", day),
    ]
    for at, (kind, facts) in enumerate(_KINDS):
        lines += _claim(node, at * 100, kind, facts, chance)
    lots, happenings = f"{node}/equipmentlot/600", f"{node}/interception/400"
    lines.append(triple(happenings, f"{CK}target", iri(lots)))
    lines.append(triple(f"{node}/casualtyfigure/800", f"{CK}partOfFigure", iri(f"{node}/whole")))
    lines.append(triple(f"{node}/whole", f"{CK}figureText", '"dozens"'))
    return Graph(node, named(node, lines))


_KINDS: Final = (
    ("Membership", ("member actor", "of actor")),
    ("Position", ("holder actor", "of actor", 'role "spokesman"', "tenure :Current")),
    ("StrengthFigure", ('lower "40"', 'figureText "some 40"')),
    ("Arrest", ("actuality :Actual", "initiator actor", "place place")),
    ("Interception", ("actuality :Actual", "initiator actor", "place place")),
    ("Advance", ("actuality :Planned", "initiator actor", "place place")),
    ("EquipmentLot", ("condition :Destroyed", "equipmentType type", "operator actor")),
    ("Shelling", ("actuality :Actual", "initiator actor", "place place")),
    ("CasualtyFigure", ("outcome :Wounded", 'figureText "ten of them"')),
    ("Control", ("controller actor", "place place")),
)  # fmt: skip


def _claim(
    node: str, at: int, kind: str, facts: tuple[str, ...], chance: random.Random
) -> Iterator[str]:
    fact, claim, span = f"{node}/{kind.lower()}/{at}", f"{node}/claim/{at}", f"{node}#char={at}"
    act = "Accusation" if kind == "Shelling" else "Assertion"
    values = {
        "actor": iri(f"{ID}actor/bench-{chance.randrange(SPEAKERS)}"),
        "place": iri(f"{ID}place/bench-{chance.randrange(PLACES)}"),
        "type": iri(f"{ID}equipment/bench-{chance.randrange(9)}"),
    }
    yield triple(fact, TYPE, iri(CK + kind))
    yield triple(fact, LABEL, f'"{kind} {chance.randrange(1000)}"')
    for role, value in (one.split(" ", 1) for one in facts):
        made = values.get(value, value)
        yield triple(fact, CK + role, iri(CK + made[1:]) if made.startswith(":") else made)
    for about in (fact, claim):
        yield triple(about, f"{CK}evidence", iri(span))
    for role, name in (("polarity", "Affirmed"), ("certainty", "Certain"), ("speechAct", act)):
        yield triple(claim, CK + role, iri(CK + name))
    yield triple(claim, TYPE, iri(f"{CK}Claim"))
    yield triple(claim, f"{CK}content", iri(fact))
    yield triple(claim, f"{CK}claimant", values["actor"])
    yield triple(span, f"{CK}inArticle", iri(node))
    yield triple(span, f"{CK}exact", f'"sentence {chance.randrange(10**6)}"')
    for role, offset in (("start", at), ("end", at + 60)):
        yield triple(span, CK + role, f'"{offset}"^^<{XSD}integer>')


def catalogue() -> Graph:
    """Facilities and types of equipment."""
    name = f"{ID}graph/catalogue"
    lines: list[str] = []
    for number in range(FACILITIES):
        node = f"{ID}place/bench-plant-{number}"
        lines += [triple(node, TYPE, iri(f"{CK}NuclearPlant"))]
        lines += [triple(node, LABEL, f'"Plant {number}"')]
    for number in range(9):
        node = f"{ID}equipment/bench-{number}"
        lines += [triple(node, TYPE, iri(f"{CK}EquipmentType"))]
        lines += [triple(node, LABEL, f'"type {number}"')]
    return Graph(name, named(name, lines))


def computed(told: list[Said], chance: random.Random) -> Iterator[Graph]:
    """Made-up identities, and disputes, corroborations, holdings and distances."""
    every = told[::_SHARE]
    events = [one for one in every if "/casualtyfigure/" not in one[1]]
    for name, make, some in (("identity", _identity, events), ("derived", _finding, every)):
        graph = f"{ID}graph/{name}"
        lines = [line for number in range(len(some) - 1) for line in make(number, some, chance)]
        yield Graph(graph, named(graph, lines))


def _identity(number: int, some: list[Said], chance: random.Random) -> Iterator[str]:
    node = f"{ID}identity/{number}"
    yield triple(node, TYPE, iri(f"{CK}Identity"))
    yield triple(node, f"{CK}method", '"same name"')
    yield triple(node, f"{CK}confidence", f'"0.{chance.randrange(5, 10)}"^^<{XSD}decimal>')
    for _, fact in some[number : number + 2]:
        yield triple(node, f"{CK}member", iri(fact))


def _finding(number: int, some: list[Said], chance: random.Random) -> Iterator[str]:
    (one, fact), (two, other) = some[number : number + 2]
    plant = iri(f"{ID}place/bench-plant-{chance.randrange(FACILITIES)}")
    day = f'"2031-04-{chance.randrange(1, 31):02}"^^<{XSD}date>'
    km = f'"{chance.randrange(5000) / 10}"^^<{XSD}decimal>'
    place = iri(f"{ID}place/bench-{chance.randrange(PLACES)}")
    node, made = "", list[tuple[str, str]]()
    if number % 4 == 0:
        node = f"{ID}finding/{number}"
        yield triple(f"{ID}dispute/{number}", TYPE, iri(f"{CK}Dispute"))
        yield triple(f"{ID}dispute/{number}", f"{CK}disputeKind", iri(f"{CK}PolarityDispute"))
        yield triple(f"{ID}dispute/{number}", f"{CK}finding", iri(node))
        made = [("rule", iri(f"{CK}SaidAndDenied")), ("claim", iri(one)), ("claim", iri(two))]
        yield triple(node, PROV, iri(fact))
        yield triple(node, PROV, iri(other))
    elif number % 4 == 1:
        node = f"{ID}corroboration/{number}"
        made = [("independentOrigins", f'"{chance.randrange(2, 9)}"^^<{XSD}integer>')]
        made += [("claim", iri(one)), ("claim", iri(two))]
    elif number % 4 == 2:
        node = f"{ID}holding/{number}"
        actor = iri(f"{ID}actor/bench-{chance.randrange(SPEAKERS)}")
        made = [("claim", iri(one)), ("controller", actor), ("day", day), ("place", place)]
        made += [("polarity", iri(f"{CK}Affirmed")), ("contested", f'"true"^^<{XSD}boolean>')]
    else:
        node = f"{ID}approach/{number}"
        made = [("facility", plant), ("day", day), ("method", '"geodesic WGS84"')]
        made += [("claim", iri(one)), ("event", iri(fact)), ("distanceKm", km)]
        made += [("place", place), ("uncertaintyKm", f'"2.5"^^<{XSD}decimal>')]
    family = node.rpartition("/")[0].rpartition("/")[2].capitalize()
    yield triple(node, TYPE, iri(CK + family))
    for role, value in made:
        yield triple(node, CK + role, value)
    near = f"{ID}proximity/{number}"
    yield triple(near, TYPE, iri(f"{CK}Proximity"))
    pairs = [("facility", plant), ("event", iri(fact)), ("distanceKm", km), ("place", place)]
    if number % 20 == 0:
        pairs += [("statedKm", f'"7.0"^^<{XSD}decimal>')]
        pairs += [("supported", f'"false"^^<{XSD}boolean>'), ("statedFigure", iri(other))]
    for role, value in pairs:
        yield triple(near, CK + role, value)

"""Time of everything that is computed across articles: `python -m bench.network [--claims N]`.

Prints seconds, by the clock and of the processor, for the identity and the derived graph and for
their parts, each part given what those before it have read, over a made-up war: N claims
(20,000 if not given) in articles of ten claims each. The same N gives the same war.

The war grows as an archive does, in time: forty articles a day, whatever there is. 2,000 towns
in 20 regions of two countries, the busiest with 8 % of the events and half of them under 0.03 %;
200 actors of reference data, of whom some speak often; a new witness in every fourth article;
three of ten events are shelling, one in 200 is an incursion; a tenth of the claims denies, two
of a hundred say who holds a town, one states a distance, and one in ten is in the words of a
wire text of its day.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from kg import network, pipeline
from kg.network.things import held
from kg.records import Graph
from kg.store import OxigraphStore

ID = "https://w3id.org/conflict-kg/id/"
CK = "https://w3id.org/conflict-kg/ontology#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#"
KINDS = {
    "Shelling": 300, "DroneAttack": 140, "AirStrike": 100, "Clash": 100, "Killing": 80,
    "MissileStrike": 65, "GroundAttack": 60, "Damage": 50, "Negotiation": 40, "Evacuation": 30,
    "TerritoryCaptured": 30, "Incursion": 5,
}  # fmt: skip
"""Classes of events, and how many of a thousand are of each."""
FIRST = date(2031, 3, 1)
PLACES, REGIONS, SPEAKERS, A_DAY, PER_ARTICLE = 2000, 20, 200, 40, 10


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints one line per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=20_000)
    given = parser.parse_args(arguments)

    store = OxigraphStore()
    timed("make the war", lambda: store.fill(war(given.claims)))
    counts = store.counts()
    print(f"{'statements':<48}{counts.quads:10,}")
    plants = pipeline.facilities(pipeline.PLANTS)
    graphs = timed(
        "identity and derived graph", lambda: network.computed_graphs(store.select, plants)
    )
    print(f"{'statements computed':<48}{sum(len(graph.quads) for graph in graphs):10,}")
    select = held(store.select)
    for name, part in (
        ("identity", network.identity),
        ("disputes", network.disputes),
        ("corroboration", network.corroboration),
        ("control", network.control),
        ("proximity", lambda asked: network.proximity(asked, plants)),
        ("approaches", lambda asked: network.approaches(asked, plants)),
        ("centrality", network.centrality),
    ):
        found = timed(f"  {name}", lambda part=part: part(select))
        print(f"{'    rows':<48}{len(found):10,}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak of memory':<48}{peak:10.0f} MB")


def timed(step: str, work: Callable[[], Any]) -> Any:
    """What `work` gives, its seconds printed."""
    began, busy = time.perf_counter(), time.process_time()
    made = work()
    seconds, processor = time.perf_counter() - began, time.process_time() - busy
    print(f"{step:<48}{seconds:10.1f} s{processor:10.1f} s of processor", flush=True)
    return made


def war(claims: int) -> Iterator[Graph]:
    """The reference graph and the articles."""
    chance = random.Random(0)
    yield reference(chance)
    for number in range(claims // PER_ARTICLE):
        yield article(number, chance)


def reference(chance: random.Random) -> Graph:
    """Places with points, two states, and speakers who belong to them or to neither."""
    lines: list[str] = []
    for number in range(2):
        lines += placed(f"{ID}place/bench-land-{number}", "Country", f"Land {number}", 500)
    for number in range(REGIONS):
        node = f"{ID}place/bench-region-{number}"
        lines += placed(node, "Region", f"Region {number}", 100, within=f"bench-land-{number % 2}")
    middles = [(chance.uniform(25, 40), chance.uniform(45, 55)) for _ in range(REGIONS)]
    for number in range(PLACES):
        node, region = f"{ID}place/bench-{number}", number % REGIONS
        east, north = (middle + chance.gauss(0, 0.7) for middle in middles[region])
        spot = f"POINT({east:.4f} {north:.4f})"
        within = f"bench-region-{region}"
        lines += placed(node, "Settlement", f"Town {number}", 3, within=within, spot=spot)
    spot = f"POINT({middles[0][0]:.4f} {middles[0][1]:.4f})"
    lines += placed(PLANT, "NuclearPowerPlant", "Bench Nuclear Power Plant", 1, spot=spot)
    for number in range(SPEAKERS):
        node = f"{ID}actor/bench-{number}"
        kind = "State" if number < 2 else ("GovernmentBody", "ArmedForce", "Person")[number % 3]
        lines += [triple(node, TYPE, iri(CK + kind)), triple(node, LABEL, f'"Actor {number}"')]
        if number >= 2 and number % 3 != 2:
            lines.append(triple(node, f"{CK}partOf", iri(f"{ID}actor/bench-{number % 2}")))
    return Graph(f"{ID}graph/reference", named(f"{ID}graph/reference", lines))


PLANT = f"{ID}place/bench-plant"


def placed(
    node: str, kind: str, label: str, radius: int, *, within: str = "", spot: str = ""
) -> Iterator[str]:
    """A place of the reference data."""
    yield triple(node, TYPE, iri(CK + kind))
    yield triple(node, LABEL, f'"{label}"')
    yield triple(node, f"{CK}uncertaintyKm", f'"{radius}.0"^^<{XSD}decimal>')
    if within:
        yield triple(node, f"{CK}locatedIn", iri(f"{ID}place/{within}"))
    if spot:
        yield triple(node, f"{WKT}hasGeometry", iri(f"{node}/geometry"))
        yield triple(f"{node}/geometry", f"{WKT}asWKT", f'"{spot}"^^<{WKT}wktLiteral>')


def article(number: int, chance: random.Random) -> Graph:
    """Ten claims of one day: each an event, most with a figure, some denied."""
    node = f"{ID}article/bench-{number}"
    day = FIRST + timedelta(days=number // A_DAY)
    lines = [
        triple(node, TYPE, iri(f"{CK}Article")),
        triple(node, "http://purl.org/dc/terms/title", f'"Report {number}"'),
        triple(node, "http://purl.org/dc/terms/issued", f'"{day}"^^<{XSD}date>'),
        triple(node, "http://purl.org/dc/terms/publisher", f'"Paper {number % 40}"'),
    ]
    voice = f"{node}/entity/person/witness"
    lines += [
        triple(voice, TYPE, iri(f"{CK}Person")),
        triple(voice, LABEL, f'"Ada Lind {chance.randrange(500 + number // 4)}"'),
    ]
    for at in range(PER_ARTICLE):
        lines += told(node, at * 100, day, voice, chance)
    return Graph(node, named(node, lines))


def told(node: str, at: int, day: date, voice: str, chance: random.Random) -> Iterator[str]:
    """One claim with its event and figure."""
    (kind,) = chance.choices(list(KINDS), list(KINDS.values()))
    denied = chance.random() < 0.1
    event, claim = f"{node}/{kind.lower()}/{at}-{at + 8}", f"{node}/claim/{at + 20}-{at + 24}"
    place = int(PLACES * chance.random() ** 3)
    happened = f'"{day - timedelta(days=chance.randrange(2))}"^^<{XSD}date>'
    span = f"{node}#char={at},{at + 60}"
    speaker = voice if chance.random() < 0.2 else f"{ID}actor/bench-{someone(chance)}"
    said = words(chance) if chance.random() < 0.9 else wire(day, chance.randrange(20))
    facts = [
        (event, TYPE, iri(CK + kind)),
        (event, LABEL, f'"{kind}: Town {place}"'),
        (event, f"{CK}actuality", iri(CK + ("Denied" if denied else "Actual"))),
        (event, f"{CK}place", iri(f"{ID}place/bench-{place}")),
        (event, f"{CK}initiator", iri(f"{ID}actor/bench-{someone(chance)}")),
        (event, f"{CK}earliest", happened),
        (event, f"{CK}latest", happened),
        (event, f"{CK}evidence", iri(span)),
        (claim, TYPE, iri(f"{CK}Claim")),
        (claim, f"{CK}claimant", iri(speaker)),
        (claim, f"{CK}polarity", iri(CK + ("Negated" if denied else "Affirmed"))),
        (claim, f"{CK}speechAct", iri(CK + ("Denial" if denied else "Assertion"))),
        (claim, f"{CK}certainty", iri(f"{CK}Certain")),
        (claim, f"{CK}content", iri(event)),
        (claim, f"{CK}evidence", iri(span)),
        (span, TYPE, iri(f"{CK}TextSpan")),
        (span, f"{CK}inArticle", iri(node)),
        (span, f"{CK}start", f'"{at}"^^<{XSD}integer>'),
        (span, f"{CK}end", f'"{at + 60}"^^<{XSD}integer>'),
        (span, f"{CK}exact", f'"{said}"'),
    ]
    if kind not in ("Negotiation", "TerritoryCaptured") and not denied:
        count, outcome = chance.randrange(1, 12), chance.choice(("Killed", "Wounded"))
        figure = f"{node}/casualtyfigure/{at + 10}-{at + 12}"
        facts += [
            *counted(figure, "CasualtyFigure", count, span),
            (figure, f"{CK}outcome", iri(CK + outcome)),
            (figure, f"{CK}event", iri(event)),
            (claim, f"{CK}content", iri(figure)),
        ]
    if chance.random() < 0.01:
        figure = f"{node}/distancefigure/{at + 30}-{at + 32}"
        facts += [
            *counted(figure, "DistanceFigure", chance.randrange(5, 90), span),
            (figure, f"{CK}unit", '"km"'),
            (figure, f"{CK}facility", iri(PLANT)),
            (figure, f"{CK}event", iri(event)),
            (claim, f"{CK}content", iri(figure)),
        ]
    if chance.random() < 0.02:
        state = f"{node}/control/{at + 40}-{at + 42}"
        facts += [
            (state, TYPE, iri(f"{CK}Control")),
            (state, f"{CK}place", iri(f"{ID}place/bench-{place}")),
            (state, f"{CK}controller", iri(f"{ID}actor/bench-{chance.randrange(2)}")),
            (state, f"{CK}evidence", iri(span)),
            (claim, f"{CK}content", iri(state)),
        ]
    yield from (triple(*fact) for fact in facts)


def counted(figure: str, kind: str, count: int, span: str) -> Iterator[tuple[str, str, str]]:
    """A figure."""
    yield figure, TYPE, iri(CK + kind)
    yield figure, f"{CK}lower", f'"{count}"^^<{XSD}integer>'
    yield figure, f"{CK}upper", f'"{count}"^^<{XSD}integer>'
    yield figure, f"{CK}evidence", iri(span)


def someone(chance: random.Random) -> int:
    """The number of an actor; those with a low one are named more often."""
    return int(SPEAKERS * chance.random() ** 2)


def wire(day: date, number: int) -> str:
    """A wire text of a day, the same for the same number."""
    return words(random.Random(day.toordinal() * 100 + number))


def words(chance: random.Random) -> str:
    """A sentence of twelve made-up words."""
    return " ".join(f"word{chance.randrange(3000)}" for _ in range(12))


def iri(name: str) -> str:
    """An IRI in N-Quads."""
    return f"<{name}>"


def triple(subject: str, predicate: str, value: str) -> str:
    """A statement in N-Triples without its full stop."""
    return f"<{subject}> <{predicate}> {value}"


def named(graph: str, lines: Sequence[str]) -> tuple[str, ...]:
    """The statements as sorted lines of a named graph."""
    return tuple(sorted({f"{line} <{graph}> ." for line in lines}))


if __name__ == "__main__":
    main()

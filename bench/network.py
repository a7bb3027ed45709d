"""Time of everything that is computed across articles: `python -m bench.network [--claims N]`.

Prints seconds, by the clock and of the processor, for the identity and the derived graph and for
their parts, each part given what those before it have read, over a made-up war: N claims
(20,000 if not given) in articles of ten claims each, by some 200 speakers, about events of
twelve kinds at 400 places on 90 days. The same N gives the same war.
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
KINDS = (
    "Shelling", "AirStrike", "DroneAttack", "MissileStrike", "GroundAttack", "Incursion", "Clash",
    "Killing", "TerritoryCaptured", "Damage", "Evacuation", "Negotiation",
)  # fmt: skip
FIRST = date(2031, 3, 1)
PLACES, SPEAKERS, DAYS, PER_ARTICLE = 400, 200, 90, 10


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
    for number in range(PLACES):
        node = f"{ID}place/bench-{number}"
        point = f"POINT({chance.uniform(25, 40):.4f} {chance.uniform(45, 55):.4f})"
        lines += [
            triple(node, TYPE, iri(f"{CK}Settlement")),
            triple(node, LABEL, f'"Town {number}"'),
            triple(node, f"{CK}uncertaintyKm", f'"3.0"^^<{XSD}decimal>'),
            triple(node, f"{WKT}hasGeometry", iri(f"{node}/geometry")),
            triple(f"{node}/geometry", f"{WKT}asWKT", f'"{point}"^^<{WKT}wktLiteral>'),
        ]
    for number in range(SPEAKERS):
        node = f"{ID}actor/bench-{number}"
        kind = "State" if number < 2 else ("GovernmentBody", "ArmedForce", "Person")[number % 3]
        lines += [triple(node, TYPE, iri(CK + kind)), triple(node, LABEL, f'"Actor {number}"')]
        if number >= 2 and number % 3 != 2:
            lines.append(triple(node, f"{CK}partOf", iri(f"{ID}actor/bench-{number % 2}")))
    return Graph(f"{ID}graph/reference", named(f"{ID}graph/reference", lines))


def article(number: int, chance: random.Random) -> Graph:
    """Ten claims of one day: each an event, most with a figure, some denied."""
    node = f"{ID}article/bench-{number}"
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    lines = [
        triple(node, TYPE, iri(f"{CK}Article")),
        triple(node, "http://purl.org/dc/terms/title", f'"Report {number}"'),
        triple(node, "http://purl.org/dc/terms/issued", f'"{day}"^^<{XSD}date>'),
        triple(node, "http://purl.org/dc/terms/publisher", f'"Paper {number % 40}"'),
    ]
    voice = f"{node}/entity/person/witness"
    lines += [
        triple(voice, TYPE, iri(f"{CK}Person")),
        triple(voice, LABEL, f'"Ada Lind {chance.randrange(500)}"'),
    ]
    for at in range(PER_ARTICLE):
        lines += told(node, at * 100, day, voice, chance)
    return Graph(node, named(node, lines))


def told(node: str, at: int, day: date, voice: str, chance: random.Random) -> Iterator[str]:
    """One claim with its event and figure."""
    kind, denied = chance.choice(KINDS), chance.random() < 0.1
    event, claim = f"{node}/{kind.lower()}/{at}-{at + 8}", f"{node}/claim/{at + 20}-{at + 24}"
    place = int(PLACES * chance.random() ** 2)
    happened = f'"{day - timedelta(days=chance.randrange(2))}"^^<{XSD}date>'
    span = f"{node}#char={at},{at + 60}"
    speaker = voice if chance.random() < 0.2 else f"{ID}actor/bench-{chance.randrange(SPEAKERS)}"
    facts = [
        (event, TYPE, iri(CK + kind)),
        (event, LABEL, f'"{kind}: Town {place}"'),
        (event, f"{CK}actuality", iri(CK + ("Denied" if denied else "Actual"))),
        (event, f"{CK}place", iri(f"{ID}place/bench-{place}")),
        (event, f"{CK}initiator", iri(f"{ID}actor/bench-{chance.randrange(SPEAKERS)}")),
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
        (span, f"{CK}exact", f'"{words(chance)}"'),
    ]
    if kind not in ("Negotiation", "TerritoryCaptured") and not denied:
        figure, count = f"{node}/casualtyfigure/{at + 10}-{at + 12}", chance.randrange(1, 12)
        facts += [
            (figure, TYPE, iri(f"{CK}CasualtyFigure")),
            (figure, f"{CK}lower", f'"{count}"^^<{XSD}integer>'),
            (figure, f"{CK}upper", f'"{count}"^^<{XSD}integer>'),
            (figure, f"{CK}outcome", iri(CK + chance.choice(("Killed", "Wounded")))),
            (figure, f"{CK}event", iri(event)),
            (figure, f"{CK}evidence", iri(span)),
            (claim, f"{CK}content", iri(figure)),
        ]
    yield from (triple(*fact) for fact in facts)


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

"""What is computed across articles, read from the derived graph: disputes, distances, control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.view.reading import PREFIXES, Select
from kg.view.wording import local

_BACKED = {"true": True, "1": True, "false": False, "0": False}
_METHODS = (("edge of the advance", "edge"), ("stated distance", "stated"))
"""Words of the method of an approach, and what it measured to; anything else is an event."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Two facts that cannot both be true: the rule, and the claims, facts and spans of each side.

    Attributes:
        rule: local name of the ck:DisputeRule.
        claims: IRIs of the two claims, sorted.
        facts: IRIs of the two facts, in the order of the claims.
        spans: IRIs of their evidence, in the same order, "" without one.
    """

    rule: str
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims that contradict each other; `kind` is a local name ("FigureDispute")."""

    iri: str
    kind: str
    claims: tuple[str, ...]
    facts: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Claims that agree, and from how many independent origins they come."""

    claims: tuple[str, ...]
    facts: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Distance:
    """Kilometres between a facility and an event or place, beside what an article states.

    Attributes:
        day: of an approach as YYYY-MM-DD, "" for a plain distance.
        what: "event", "edge" of an advance, or "stated" to something that was not nearest.
        supported: whether the map supports the stated distance, None where none is stated.
    """

    facility: str
    event: str
    place: str
    km: float
    uncertainty: float
    stated: float | None
    figure: str
    supported: bool | None
    day: str = ""
    what: str = "event"
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is said to hold a place, or not to, from one day on."""

    place: str
    day: str
    controllers: tuple[str, ...]
    polarity: str
    contested: bool
    claims: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Update:
    """A speaker's count and the higher one of a later day: two claims, two figures, sorted."""

    claims: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The places that an incursion is said to have reached by a day, and the events that say so."""

    advance: str
    day: str
    places: tuple[str, ...]
    facts: tuple[str, ...]


def rules(select: Select) -> Mapping[str, tuple[str, str]]:
    """Rule of disputes -> its label and what it means."""
    rows = select(
        f"{PREFIXES} SELECT ?rule ?label ?text WHERE {{ ?rule a ck:DisputeRule ; "
        "rdfs:label ?label ; skos:definition ?text }"
    ).rows
    return {local(rule or ""): (label or "", text or "") for rule, label, text in rows}


def _values(select: Select, kind: str, *paths: str) -> list[tuple[str, ...]]:
    """For each node of a class, the values of each path sorted and joined by line breaks."""
    found: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set() for _ in paths])
    for place, path in enumerate(paths):
        for node, value in select(
            f"{PREFIXES} SELECT ?n ?v WHERE {{ ?n a ck:{kind} OPTIONAL {{ ?n {path} ?v }} }}"
        ).rows:
            if node and value:
                found[node][place].add(value)
    return [
        (node, *("\n".join(sorted(values)) for values in found[node])) for node in sorted(found)
    ]


def _many(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def disputes(
    select: Select, evidence: Mapping[str, str], said: Mapping[str, set[str]]
) -> list[Dispute]:
    """All disputes by IRI, each with its findings.

    Args:
        select: asks the dataset.
        evidence: fact -> IRI of the span of its evidence.
        said: claim -> facts that are its content.
    """
    found = {
        node: Finding(local(rule), *_sides(_many(claims), _many(facts), evidence, said))
        for node, rule, claims, facts in _values(
            select, "Finding", "ck:rule", "ck:claim", "prov:wasDerivedFrom"
        )
    }
    return [
        Dispute(
            node,
            local(kind),
            _many(claims),
            _many(facts),
            tuple(found[one] for one in _many(findings) if one in found),
        )
        for node, kind, claims, facts, findings in _values(
            select, "Dispute", "ck:disputeKind", "ck:claim", "prov:wasDerivedFrom", "ck:finding"
        )
    ]


def _sides(
    claims: tuple[str, ...],
    facts: tuple[str, ...],
    evidence: Mapping[str, str],
    said: Mapping[str, set[str]],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Claims, facts and spans in one order: that in which each claim says its fact."""
    if len(claims) == 1:  # one claim with two facts that cannot both be true
        claims = claims * 2
    if len(facts) == 1:
        facts = facts * 2
    if facts[1:] and facts[1] in said.get(claims[0], ()) and facts[0] in said.get(claims[1], ()):
        straight = facts[0] in said.get(claims[0], ()) and facts[1] in said.get(claims[1], ())
        if not straight:
            facts = facts[::-1]
    return claims, facts, tuple(evidence.get(fact, "") for fact in facts)


def agreements(select: Select) -> list[Agreement]:
    """All claims that corroborate each other, by IRI."""
    return [
        Agreement(_many(claims), _many(facts), int(origins or 0))
        for _, claims, facts, origins in _values(
            select, "Corroboration", "ck:claim", "prov:wasDerivedFrom", "ck:independentOrigins"
        )
    ]


def distances(select: Select) -> list[Distance]:
    """Every distance of the derived graph, nearest first."""
    rows = _distances(select, "Proximity")
    return sorted(rows, key=lambda row: (row.km, row.facility, row.event, row.place, row.figure))


def board(select: Select) -> list[Distance]:
    """What came nearest to each facility on each day, by facility and day."""
    order = ("event", "edge", "stated")
    return sorted(
        _distances(select, "Approach"),
        key=lambda row: (row.facility, row.day, order.index(row.what), row.km, row.place),
    )


def _distances(select: Select, kind: str) -> list[Distance]:
    return [
        Distance(
            facility,
            event,
            place,
            float(km or "nan"),
            float(radius or "nan"),
            float(stated) if stated else None,
            figure,
            _BACKED.get(backed),
            day,
            next((what for words, what in _METHODS if words in method), "event"),
            _many(claims),
        )
        for _, facility, event, place, km, radius, stated, figure, backed, day, method, claims in (
            _values(
                select,
                kind,
                "ck:facility",
                "ck:event",
                "ck:place",
                "ck:distanceKm",
                "ck:uncertaintyKm",
                "ck:statedKm",
                "ck:statedFigure",
                "ck:supported",
                "ck:day",
                "ck:method",
                "ck:claim",
            )
        )
        if km
    ]


def holdings(select: Select) -> list[Holding]:
    """Who is said to hold which place, by place and day."""
    rows = [
        Holding(
            place,
            day,
            _many(controllers),
            local(polarity),
            contested in ("true", "1"),
            _many(claims),
            _many(facts),
        )
        for _, place, day, controllers, polarity, contested, claims, facts in _values(
            select,
            "Holding",
            "ck:place",
            "ck:day",
            "ck:controller",
            "ck:polarity",
            "ck:contested",
            "ck:claim",
            "prov:wasDerivedFrom",
        )
    ]
    return sorted(rows, key=lambda row: (row.place, row.day, row.controllers, row.polarity))


def updates(select: Select) -> list[Update]:
    """Every rise of a count, by IRI."""
    return [
        Update(_many(claims), _many(facts))
        for _, claims, facts in _values(select, "Update", "ck:claim", "prov:wasDerivedFrom")
    ]


def echoes(select: Select) -> list[tuple[str, ...]]:
    """The claims of every text that several articles have copied, by IRI."""
    return [_many(claims) for _, claims in _values(select, "Echo", "ck:claim")]


def fronts(select: Select) -> list[Front]:
    """Where incursions stood, by incursion and day."""
    rows = [
        Front(advance, day, _many(places), _many(facts))
        for _, advance, day, places, facts in _values(
            select, "AdvanceEdge", "ck:event", "ck:day", "ck:place", "prov:wasDerivedFrom"
        )
    ]
    return sorted(rows, key=lambda row: (row.advance, row.day, row.places))

"""How claims stand to each other, from the derived graph: disputes, agreement, updates, copies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.view.reading import PREFIXES, Select, many, values
from kg.view.wording import local


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
class Update:
    """A speaker's count and the higher one of a later day: two claims, two figures, sorted."""

    claims: tuple[str, ...]
    facts: tuple[str, ...]


def rules(select: Select) -> Mapping[str, tuple[str, str]]:
    """Rule of disputes -> its label and what it means."""
    rows = select(
        f"{PREFIXES} SELECT ?rule ?label ?text WHERE {{ ?rule a ck:DisputeRule ; "
        "rdfs:label ?label ; skos:definition ?text }"
    ).rows
    return {local(rule or ""): (label or "", text or "") for rule, label, text in rows}


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
        node: Finding(local(rule), *_sides(many(claims), many(facts), evidence, said))
        for node, rule, claims, facts in values(
            select, "Finding", "ck:rule", "ck:claim", "prov:wasDerivedFrom"
        )
    }
    return [
        Dispute(
            node,
            local(kind),
            many(claims),
            many(facts),
            tuple(found[one] for one in many(findings) if one in found),
        )
        for node, kind, claims, facts, findings in values(
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
        Agreement(many(claims), many(facts), int(origins or 0))
        for _, claims, facts, origins in values(
            select, "Corroboration", "ck:claim", "prov:wasDerivedFrom", "ck:independentOrigins"
        )
    ]


def updates(select: Select) -> list[Update]:
    """Every rise of a count, by IRI."""
    return [
        Update(many(claims), many(facts))
        for _, claims, facts in values(select, "Update", "ck:claim", "prov:wasDerivedFrom")
    ]


def echoes(select: Select) -> list[tuple[str, ...]]:
    """The claims of every text that several articles have copied, by IRI."""
    return [many(claims) for _, claims in values(select, "Echo", "ck:claim")]

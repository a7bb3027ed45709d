"""What came into the graph between two days of publication: claims, events, disputes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.network.disputes import Dispute, disputes
from kg.network.things import Select, facts, issued, labels


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that came in, or that is no longer there.

    Attributes:
        family: "claim", "event" or "dispute".
        change: "new"; for a dispute also "grown", where it was there with fewer claims, and
            "gone", where later articles take it apart (two actors turn out to be one).
        kind: class of the event, speech act of the claim, kind of the dispute.
        label: its name; for a dispute its speakers.
        published: day of publication, for a dispute of its latest claim.
        article: IRI of the article; for a dispute of its latest claim.
        iri: of the claim or event; for a dispute of its first claim.
        claims: IRIs of the claims of a dispute, else empty.
    """

    family: str
    change: str
    kind: str
    label: str
    published: str
    article: str
    iri: str
    claims: tuple[str, ...]


def changes(before: Select, after: Select) -> tuple[Change, ...]:
    """What is in the later graph and not in the earlier one: claims, events, then disputes.

    Args:
        before: asks the graph as it stood on the earlier day.
        after: asks it as it stood on the later day.

    Returns:
        Within each family by day of publication and IRI.
    """
    return tuple(
        sorted(
            (*_facts("claim", "Claim", before, after), *_facts("event", "Event", before, after)),
            key=_order,
        )
    ) + tuple(sorted(_disputes(before, after), key=_order))


def _order(row: Change) -> tuple[str, str, str]:
    return row.family, row.published, row.iri


def _facts(name: str, root: str, before: Select, after: Select) -> Iterator[Change]:
    days = issued(after)
    known = {thing.iri for thing in facts(before, root)}
    for thing in facts(after, root):
        if thing.iri not in known:
            kind = thing.term("speechAct") if root == "Claim" else thing.kind
            day = _day(days.get(thing.article))
            yield Change(name, "new", kind, thing.label, day, thing.article, thing.iri, ())


def _disputes(before: Select, after: Select) -> Iterator[Change]:
    earlier, later = set(disputes(before)), set(disputes(after))
    days = issued(after)
    claims = {thing.iri: thing for thing in facts(after, "Claim")}
    speakers = labels(after, (who for thing in claims.values() for who in thing.values("claimant")))

    def row(dispute: Dispute, change: str) -> Change:
        told = [claims[claim] for claim in dispute.claims if claim in claims]
        names = sorted({speakers[who] for one in told for who in one.values("claimant")})
        last = max(told, key=lambda one: (_day(days.get(one.article)), one.iri), default=None)
        return Change(
            "dispute",
            change,
            dispute.kind,
            " / ".join(names),
            _day(days.get(last.article)) if last else "",
            last.article if last else "",
            dispute.claims[0],
            dispute.claims,
        )

    old = {(one.kind, one.claims) for one in earlier}
    for dispute in later:
        if (dispute.kind, dispute.claims) not in old:
            grown = any(_within(one, dispute) for one in earlier)
            yield row(dispute, "grown" if grown else "new")
    for dispute in earlier:
        if not any(_within(dispute, one) for one in later):
            yield row(dispute, "gone")


def _within(one: Dispute, other: Dispute) -> bool:
    return one.kind == other.kind and set(one.claims) <= set(other.claims)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()

"""Claims that cannot all be true: figures, yes and no, who holds a place, who did it.

Nothing decides who is right; a dispute only puts the claims beside each other, and each
finding in it names the rule by which two facts contradict each other, and their characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import networkx as nx

from kg.network import denials, loose
from kg.network.blocks import opposites, pairs
from kg.network.claims import Assertion, Record, record, told
from kg.network.figures import agree, higher, scope
from kg.network.series import Series
from kg.network.settings import family
from kg.network.things import Select, Thing, day_of, is_a, kept

CONTROL_DAYS = 14
"""Two speakers on who holds a place contradict each other if they speak within this many days."""
_BOTH_SIDES = ("Clash", "Negotiation", "Agreement", "PrisonerExchange")
TAKING = ("TerritoryCaptured", "TerritoryRecaptured")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Two facts that cannot both be true.

    Attributes:
        rule: local name of the ck:DisputeRule by which they contradict each other.
        claims: IRIs of the two claims, sorted.
        contents: IRIs of the two facts, in the order of the claims.
        evidence: IRIs of the spans of the two facts, in the order of the claims; "" where a
            fact has none.
    """

    rule: str
    claims: tuple[str, str]
    contents: tuple[str, str]
    evidence: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two or more claims that contradict each other.

    Attributes:
        kind: FigureDispute, PolarityDispute, ControlDispute or ResponsibilityDispute.
        claims: IRIs of the claims, sorted.
        contents: IRIs of the facts that cannot all be true, sorted.
        findings: each pair of facts at odds, sorted; two claims of a dispute that are in no
            finding together only share an opponent.
    """

    kind: str
    claims: tuple[str, ...]
    contents: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def disputes(select: Select) -> tuple[Dispute, ...]:
    """All disputes of the dataset, sorted by kind and claims.

    Claims that contradict each other about one thing, directly or through a third, form one
    dispute. Only what is said to be so counts: possible, planned and demanded events are
    no claims about the world.
    """
    return kept(select, "disputes", lambda: _disputes(record(select)))


def _disputes(book: Record) -> tuple[Dispute, ...]:
    labels = {iri: actor.label for iri, actor in book.actors.items()}
    rows = [
        *_grouped("FigureDispute", _figures(book, labels)),
        *_grouped("PolarityDispute", _happenings(book, _denied)),
        *_grouped("ResponsibilityDispute", _happenings(book, _blamed)),
        *_grouped("ControlDispute", _control(book)),
    ]
    return tuple(sorted(rows, key=lambda row: (row.kind, row.claims)))


Pair = tuple[Assertion, Assertion, str]
"""Two assertions at odds, and the rule."""


def _grouped(kind: str, pairs: Iterable[Pair]) -> Iterator[Dispute]:
    graph: nx.Graph[str] = nx.Graph()
    found: defaultdict[str, set[Finding]] = defaultdict(set)
    for left, right, rule in pairs:
        one, other = sorted((left, right), key=lambda it: (it.claim.iri, it.content.iri))
        graph.add_edge(one.claim.iri, other.claim.iri)
        found[one.claim.iri].add(
            Finding(
                rule,
                (one.claim.iri, other.claim.iri),
                (one.content.iri, other.content.iri),
                (_span(one), _span(other)),
            )
        )
    for group in nx.connected_components(graph):
        findings = tuple(sorted(finding for claim in group for finding in found[claim]))
        facts = {content for finding in findings for content in finding.contents}
        yield Dispute(kind, tuple(sorted(group)), tuple(sorted(facts)), findings)


def _span(one: Assertion) -> str:
    return one.content.first("evidence") or one.claim.first("evidence") or ""


def _figures(book: Record, labels: Mapping[str, str]) -> Iterator[Pair]:
    counts = [
        one
        for one in book.assertions
        if is_a(one.content.kind, "Figure")
        and not one.negated
        # "two of the wounded" counts no population of its own
        and not (one.content.values("partOfFigure") and not scope(one.content, labels)[3])
    ]

    def keys(one: Assertion) -> Iterator[Hashable]:
        counted = scope(one.content, labels)
        for event in book.happenings(one.content):
            yield event.iri, counted
            yield from ((key, counted) for key in book.keys(event))
        yield from loose.keys(book, one, counted)

    series = Series(book, counts, labels)
    for left, right in pairs(counts, keys):
        if (
            left.content.iri == right.content.iri
            or agree(left.content, right.content)
            or not (one_incident(book, left.content, right.content) or loose.fit(book, left, right))
            or _update(left, right)
        ):
            continue
        if _overtaken(book, left, right, series.of(right, left)) or _overtaken(
            book, right, left, series.of(left, right)
        ):
            continue
        one_voice = not left.speakers.isdisjoint(right.speakers)
        yield left, right, "LowerLater" if one_voice else "DisjointFigures"


def one_incident(book: Record, first: Thing, second: Thing) -> bool:
    """Whether two figures count one happening."""
    return any(
        left.iri == right.iri or (told(left) and told(right) and book.same_incident(left, right))
        for left in book.happenings(first)
        for right in book.happenings(second)
    )


def _update(first: Assertion, second: Assertion) -> bool:
    """One speaker's later and higher count; or one voice's counts for two events of one text."""
    if first.speakers.isdisjoint(second.speakers):
        return False
    if first.claim.article == second.claim.article:
        return first.content.values("event") != second.content.values("event")
    if first.said is None or second.said is None or first.said == second.said:
        return False
    early, late = (first, second) if first.said < second.said else (second, first)
    return higher(early.content, late.content)


def _overtaken(
    book: Record, first: Assertion, second: Assertion, same_voice: Iterable[Assertion]
) -> bool:
    """Whether the second speaker also gave a count that agrees with the first, and updated it.

    A hospital and a ministry both count eleven on Monday; on Wednesday the ministry counts
    fourteen. That updates both.
    """
    return any(
        one is not second
        and agree(one.content, first.content)
        and one_incident(book, one.content, first.content)
        and _update(one, second)
        for one in same_voice
    )


def _happenings(
    book: Record, clash: Callable[[Record, Assertion, Assertion], str]
) -> Iterator[Pair]:
    """Pairs of claims by different speakers about one happening that clash in the given way."""
    events = [
        one for one in book.assertions if is_a(one.content.kind, "Event") and told(one.content)
    ]

    def keys(one: Assertion) -> Iterator[Hashable]:
        yield book.same.get(one.content.iri, one.content.iri)
        kind = family(one.content.kind)
        yield from ((*key, kind) for key in book.keys(one.content))

    for left, right in pairs(events, keys):
        if left.speakers.isdisjoint(right.speakers) and book.same_happening(
            left.content, right.content
        ):
            rule = clash(book, left, right)
            if rule:
                yield left, right, rule
    for said, denied in opposites(events, lambda one: denials.keys(book, one.content)):
        if said.speakers.isdisjoint(denied.speakers) and denials.answers(
            book, said.content, denied.content
        ):
            rule = clash(book, said, denied)
            if rule:
                yield said, denied, rule


def _denied(book: Record, left: Assertion, right: Assertion) -> str:
    """One says that it happened and the other that it did not.

    Who only says of some side that it did not do it – "our troops did not fire on the town" –
    does not deny what is told without naming a side; who rejects a report does. Nameless
    "forces" in a denial are the speaker's; and two voices of one side, the one denying without
    naming a side, the other blaming somebody, do not contradict each other.
    """
    if left.negated == right.negated or _rejects_blame(book, left, right):
        return ""
    said, denial = (right, left) if left.negated else (left, right)
    here, there = book.who(said.content), book.who(denial.content)
    there = there or (denial.speakers if denial.content.values("initiator") else frozenset())
    only_a_side = there and denial.claim.term("speechAct") != "Denial"
    if said.content.iri != denial.content.iri and only_a_side and not here:
        return ""
    if here and not there and book.allied(said.speakers, denial.speakers):
        return ""
    return "SaidAndDenied" if not here or not there or book.allied(here, there) else ""


def _blamed(book: Record, left: Assertion, right: Assertion) -> str:
    """Two speakers name different sides, or the accused side denies."""
    if left.negated != right.negated:
        return "BlameRejected" if _rejects_blame(book, left, right) else ""
    here, there = book.who(left.content), book.who(right.content)
    both = any(is_a(left.content.kind, kind) for kind in _BOTH_SIDES)
    if left.negated or both or not here or not there or book.allied(here, there):
        return ""
    return "TwoSidesNamed"


def _rejects_blame(book: Record, left: Assertion, right: Assertion) -> bool:
    said, denied = (right, left) if left.negated else (left, right)
    accused = book.who(said.content)
    if not accused or not book.allied(accused, book.who(denied.content) or accused):
        return False
    return said.claim.term("speechAct") == "Accusation" or book.allied(accused, denied.speakers)


@dataclass(frozen=True, slots=True)
class Hold:
    """Who a speaker says holds a place.

    Attributes:
        assertion: the claim and the control state or capture.
        place: canonical IRI.
        holder: canonical IRIs.
        since: from when on, None where the state is merely said to last.
        by: the day by which it was so: the last on which it may have begun, else `said`.
        said: the day it was said.
    """

    assertion: Assertion
    place: str
    holder: frozenset[str]
    since: date | None
    by: date
    said: date


def holdings(book: Record) -> Iterator[Hold]:
    """Everything that speakers say about who holds or took a place, in the order of claims."""
    for one in book.assertions:
        taking = any(is_a(one.content.kind, kind) for kind in TAKING) and told(one.content)
        if one.said is None or not (taking or one.content.kind == "Control"):
            continue
        role = "initiator" if taking else "controller"
        holder = frozenset(book.same.get(actor, actor) for actor in one.content.values(role))
        since = book.when(one.content) if taking else None
        dated = since is not None and since.stated
        begun = since.first if since and dated else day_of(one.content.first("since"))
        by = since.last if since and dated else begun or one.said
        for place in sorted(book.where(one.content)) if holder else ():
            yield Hold(one, place, holder, begun, by, one.said)


def _control(book: Record) -> Iterator[Pair]:
    places: defaultdict[str, list[Hold]] = defaultdict(list)
    for one in holdings(book):
        places[one.place].append(one)
    for place in sorted(places):
        told = sorted(places[place], key=lambda one: one.said)
        first = 0
        for at, right in enumerate(told):
            while right.said - told[first].said > timedelta(days=CONTROL_DAYS):
                first += 1
            for left in told[first:at]:
                rule = _contradict(book, left, right)
                if rule:
                    yield left.assertion, right.assertion, rule


def _contradict(book: Record, left: Hold, right: Hold) -> str:
    if not left.assertion.speakers.isdisjoint(right.assertion.speakers):
        return ""
    apart = not book.allied(left.holder, right.holder)
    if left.assertion.negated == right.assertion.negated:
        if left.assertion.negated or not apart:
            return ""
    elif apart:
        return ""
    early, late = sorted((left, right), key=lambda one: one.said)
    # A place may change hands: what begins after the other claim was made is news.
    if late.since is not None and late.since > early.said:
        return ""
    return "TwoHolders" if apart else "HoldingDenied"

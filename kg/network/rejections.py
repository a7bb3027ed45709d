"""What a bare denial answers in other articles: "what they publish about the town is baseless".

Such a claim holds no fact, only whom and what it is about. It answers who is accused on the
days before and stands on its speaker's side, and who is said to hold or have taken a place that
it names; it must name a place of what it answers, or the side that told it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.network.claims import Assertion, Record, proper, told
from kg.network.settings import violent
from kg.network.things import Thing, is_a

WITHIN = 3
"""Days between a claim and a denial that answers it."""
TAKING = ("TerritoryCaptured", "TerritoryRecaptured")
_DONE = ("Capture", "Arrest", "Displacement")

Pair = tuple[Assertion, Assertion, str]
"""Two assertions at odds, and the rule."""


def blame(book: Record) -> Iterator[Pair]:
    """Accusations that the accused side rejects without telling what."""
    accusations = ((one, _accused(book, one)) for one in book.assertions)
    for said, accused, denial in _near(book, accusations):
        if not book.allied(accused, denial.speakers) or book.allied(accused, said.speakers):
            continue
        if _about(book, denial, said):
            yield said, denial, "BlameRejected"


def holding(book: Record) -> Iterator[Pair]:
    """Claims to hold or have taken a place that the other side rejects as untrue."""
    holds = ((one, _holder(book, one)) for one in book.assertions)
    for said, holder, denial in _near(book, holds):
        named = _places(book, denial.claim)
        if named and not book.allied(holder, denial.speakers) and _about(book, denial, said):
            yield said, denial, "HoldingDenied"


def _accused(book: Record, one: Assertion) -> frozenset[str]:
    """Who is said to have done violence, nobody for anything else."""
    event = one.content
    done = violent(event.kind) or any(is_a(event.kind, kind) for kind in _DONE)
    return book.who(event) if done and told(event) else frozenset()


def _holder(book: Record, one: Assertion) -> frozenset[str]:
    """Who is said to hold or have taken a place."""
    taking = any(is_a(one.content.kind, kind) for kind in TAKING) and told(one.content)
    if not taking and one.content.kind != "Control":
        return frozenset()
    holders = one.content.values("initiator" if taking else "controller")
    return frozenset(book.same.get(holder, holder) for holder in holders)


def _near(
    book: Record, told_of: Iterable[tuple[Assertion, frozenset[str]]]
) -> Iterator[tuple[Assertion, frozenset[str], Assertion]]:
    """Each bare denial with what other speakers say of somebody in the days before."""
    by_day: defaultdict[int, list[tuple[Assertion, frozenset[str]]]] = defaultdict(list)
    for one, whom in told_of if book.rejections else ():
        if whom and one.said is not None and not one.negated:
            by_day[one.said.toordinal()].append((one, whom))
    for bare in book.rejections:
        if bare.said is None:
            continue
        for day in range(bare.said.toordinal() - WITHIN, bare.said.toordinal() + 1):
            for said, whom in by_day.get(day, ()):
                if said.speakers.isdisjoint(bare.speakers):
                    denial = Assertion(
                        bare.claim, said.content, bare.speakers, bare.said, negated=True
                    )
                    yield said, whom, denial


def _places(book: Record, claim: Thing) -> frozenset[str]:
    """What the places are called that a claim is about; for "the town" the one named before."""
    about = (one for one in claim.values("about") if one in book.known.kinds)
    found = (book.ground.meant(one, claim) for one in about)
    return frozenset().union(*(book.called(book.same.get(one, one)) for one in found if one))


def _about(book: Record, denial: Assertion, said: Assertion) -> bool:
    """Whether a denial can mean what is said: it names its place, or else who says it."""
    named = _places(book, denial.claim)
    about = [one for one in denial.claim.values("about") if one in book.actors]
    near = book.near(said)
    # a town may be taken for whoever bears its name
    if not near.isdisjoint(named.union(f"name:{proper(book.actors[one].label)}" for one in about)):
        return True
    if named:
        return False
    if denial.claim.article == said.claim.article:
        return True
    return bool(about) and book.allied((book.same.get(one, one) for one in about), said.speakers)

"""Numbers that somebody gives: casualties, strength, losses, ground and distance.

A number becomes a figure by what it counts and what became of it; a number of no such kind
(trains that were late, hostages that were freed) is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from spacy.tokens import Doc

from kg.extract.casualties import GENERAL, casualty_counts, casualty_figures
from kg.extract.counts import Events, clause_event, counted_people, lemma_of, number_roles, sort_of
from kg.extract.distances import distance_figure
from kg.extract.equipment import amounts
from kg.extract.phrases import case
from kg.extract.quantities import Number, Quantity, counted, measures, quantities
from kg.extract.written import written
from kg.records import Frame, Mention, Span, Term


def figures(doc: Doc, events: Sequence[Frame]) -> tuple[Frame, ...]:
    """All figures of a document in text order.

    Args:
        doc: annotated document.
        events: its event frames; a figure holds the one it belongs to as role "event".

    Returns:
        CasualtyFigure, StrengthFigure, LossFigure, AreaFigure and DistanceFigure frames
        with lower, upper (an open end is left out), unit, figureText, and where known
        event, outcome, population, partOfFigure, place and facility. The anchor is the
        number phrase.
    """
    numbers = quantities(doc)
    at = Events(events)
    lengths = {q.first: unit for q in numbers if (unit := unit_after(doc, q, "length"))}
    taken: set[int] = set(lengths)
    found: list[Frame] = []
    for number in numbers:
        if number.first in lengths:
            found.append(distance_figure(doc, number, lengths[number.first], at))
    losses = list(_losses(doc, at))
    taken.update(q.first for q, _ in losses)
    found.extend(frame for _, frame in losses)
    equipment = {a.quantity.first for a in amounts(doc) if a.quantity is not None}
    taken.update(q.first for q in numbers if _total(doc, q, numbers))
    people = [
        q for q in numbers if q.first not in taken | equipment and q.measure in ("count", "article")
    ]
    counts = casualty_counts(doc, people)
    found.extend(casualty_figures(doc, counts, at))
    taken.update(c.quantity.first for c in counts)
    for number in numbers:
        if number.first in taken or number.first in equipment:
            continue
        frame = _area(doc, number, at) or _strength(doc, number, at)
        if frame is not None:
            found.append(frame)
    return tuple(sorted(found, key=lambda f: (f.anchor.start, f.anchor.end, f.kind)))


def _total(doc: Doc, number: Quantity, numbers: Sequence[Quantity]) -> bool:
    """Whether it only says out of how many: the five of "two of the five men were killed"."""
    return any(
        other.last < number.first <= other.last + 2 and doc[other.last].lower_ in ("of", "out")
        for other in numbers
    )


def _strength(doc: Doc, number: Quantity, at: Events) -> Frame | None:
    """How many there are: "up to 300 fighters", "a force of 1,000", "a 40,000-strong army"."""
    if number.measure != "count" or number.lower == number.upper == 1 or number.upper == 0:
        return None
    core = doc[number.core]
    noun = counted(doc, number)
    forces = measures("force")
    of_force = (
        core.head
        if noun is None and case(core) == "of" and (lemma_of(core.head),) in forces
        else None
    )
    strong = noun is not None and "strong" in written(doc)[number.span.start : number.span.end]
    event: Frame | None = None
    if noun is None and of_force is None:
        return None
    who = noun if noun is not None else of_force
    if who is None:
        return None
    sort = sort_of(who)
    if not strong and of_force is None and sort not in ("combatant",):
        if sort in ("", "anyone"):
            return None
        event = at.holding(who)
        if event is None:
            return None
    event = event or at.holding(who) or clause_event(who, at) or at.nearest(who, GENERAL)
    roles = number_roles(number, "people", written(doc)[number.span.start : number.span.end])
    if event is not None:
        roles.append(("event", event))
    roles.append(("population", counted_people(who, number.last)))
    return Frame(
        kind="StrengthFigure",
        anchor=number.span,
        evidence=Span(min(number.span.start, who.idx), max(number.span.end, who.idx + len(who))),
        roles=tuple(roles),
        extractor="figures.strength",
        confidence=0.8 if event is not None else 0.7,
    )


def _losses(doc: Doc, at: Events) -> Iterator[tuple[Quantity, Frame]]:
    """How much equipment was destroyed, damaged, captured or lost.

    "One of them sunk" is a part of the three boats that were lost, if these are a figure.
    """
    wholes: dict[Mention, Frame] = {}
    for amount in amounts(doc):
        number = amount.quantity
        if number is None:
            continue
        event = next(
            (
                f
                for f in at.frames
                if f.kind in ("EquipmentLoss", "Interception")
                and any(
                    isinstance(v, Frame) and v.key == amount.frame.key for v in f.values("target")
                )
            ),
            None,
        )
        condition = next(
            (v.name for v in amount.frame.values("condition") if isinstance(v, Term)), ""
        )
        if event is None and condition not in ("Destroyed", "Damaged", "Captured", "Abandoned"):
            continue
        event = event or at.nearest(amount.head, ("EquipmentLoss", "Interception"))
        kind = next(
            (v for v in amount.frame.values("equipmentType") if isinstance(v, Mention)), None
        )
        roles = number_roles(
            number,
            kind.name if kind is not None else "",
            written(doc)[number.span.start : number.span.end],
        )
        if event is not None:
            roles.append(("event", event))
        whole = wholes.get(kind) if kind is not None else None
        if whole is not None:
            roles.append(("partOfFigure", whole))
        frame = Frame(
            kind="LossFigure",
            anchor=number.span,
            evidence=amount.frame.evidence,
            roles=tuple(roles),
            extractor="figures.losses",
            confidence=0.8,
        )
        if kind is not None:
            wholes.setdefault(kind, frame)
        yield number, frame


def unit_after(doc: Doc, number: Quantity, dimension: str) -> tuple[str, int] | None:
    """Unit of measure after a number with the index of its last token."""
    words = measures(dimension)
    start = number.last
    if start < len(doc) and doc[start].text in ("-", "–"):
        start += 1
    for width in (2, 1):
        if start + width > len(doc):
            continue
        found = words.get(tuple(doc[start : start + width].text.lower().split()))
        if found is None and width == 1:
            found = words.get((doc[start].lower_.rstrip("."),))
        if found is not None and number.measure in ("count", "modifier"):
            return found, start + width - 1
    inside = (
        written(doc)[number.span.end : doc[number.last - 1].idx + len(doc[number.last - 1])]
        .lstrip("-– ")
        .lower()
    )
    if inside and (inside,) in words:
        return words[inside,], number.last - 1
    return None


def _area(doc: Doc, number: Quantity, at: Events) -> Frame | None:
    """As in "28 settlements", "1,000 sq km", "nearly a fifth of its territory"."""
    text = written(doc)[number.span.start : number.span.end]
    noun = counted(doc, number)
    unit = ""
    end = number.span.end
    lower, upper = number.lower, number.upper
    stated = unit_after(doc, number, "area")
    if stated is not None:
        unit, last = stated
        end = doc[last].idx + len(doc[last])
    elif number.measure in ("share", "percent"):
        if noun is None or (lemma_of(noun),) not in measures("share") and noun.ent_type_ != "LOC":
            return None
        unit = "share"
        if number.measure == "percent":
            lower, upper = _hundredth(lower), _hundredth(upper)
        end = noun.idx + len(noun)
    elif noun is not None and number.measure == "count" and number.upper != 0:
        if (lemma_of(noun),) not in measures("ground") or number.lower == number.upper == 1:
            return None
        if case(noun) in ("over", "across"):
            return None  # drones fell "over 13 regions", help came to "across 10 provinces"
        unit = measures("ground")[(lemma_of(noun),)]
        end = noun.idx + len(noun)
    if not unit:
        return None
    carrier = noun if noun is not None else doc[number.core]
    event = at.holding(carrier) or clause_event(carrier, at)
    roles = number_roles(replace(number, lower=lower, upper=upper), unit, text)
    if event is not None:
        roles.append(("event", event))
    return Frame(
        kind="AreaFigure",
        anchor=number.span,
        evidence=Span(number.span.start, max(end, number.span.end)),
        roles=tuple(roles),
        extractor="figures.area",
        confidence=0.8,
    )


def _hundredth(value: Number | None) -> Number | None:
    return None if value is None else (Decimal(value) / 100).normalize()

"""Short names of facts, for people who look at a graph: "Shelling: Halvik"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from kg import ontology
from kg.records import Fact, FactValue, Link, Term

# the role that says most about an event, best first
TELLING = ("place", "target", "victim", "moved", "destination", "initiator", "beneficiary")


def words(kind: str) -> str:
    """A class name as words.

    >>> words("NuclearPowerPlant"), words("AirStrike")
    ('Nuclear power plant', 'Air strike')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).capitalize()


def interval(fact: Fact) -> str:
    """The numbers of a figure or lot; empty if neither end is given.

    >>> from kg.records import Span
    >>> span = Span(0, 1)
    >>> def lot(*roles): return Fact("x", "EquipmentLot", span, span, roles, "doc", 1.0)
    >>> interval(lot(("lower", 2), ("upper", 2))), interval(lot(("lower", 5)))
    ('2', 'at least 5')
    >>> interval(lot(("upper", 300), ("lower", 0))), interval(lot(("lower", 3), ("upper", 5)))
    ('up to 300', '3–5')
    """
    low, high = (first(fact.values(end)) for end in ("lower", "upper"))
    if isinstance(low, int | Decimal) and isinstance(high, int | Decimal):
        if low == high:
            return str(low)
        return f"{low}–{high}" if low else f"up to {high}"
    if isinstance(low, int | Decimal):
        return f"at least {low}"
    return f"up to {high}" if isinstance(high, int | Decimal) else ""


def first(values: tuple[FactValue, ...]) -> FactValue | None:
    """The first of several values, None if there is none."""
    return values[0] if values else None


def label(fact: Fact, names: Mapping[str, str]) -> str:
    """A name for a fact of any kind, from its own roles and the labels of its entities.

    Args:
        fact: what to name.
        names: entity IRI -> label; an entity that is missing there is named by its mention.
    """

    def named(role: str) -> str:
        value = first(fact.values(role))
        if isinstance(value, Link):
            return names.get(value.entity) or value.mention.text
        if isinstance(value, Fact):
            return label(value, names)
        if isinstance(value, Term):
            return words(value.name).lower()
        return names.get(value, value) if isinstance(value, str) else ""

    family = (fact.kind, *ontology.ancestors().get(fact.kind, ()))
    if "Claim" in family:
        contents = fact.values("content")
        more = f" (+{len(contents) - 1})" if len(contents) > 1 else ""
        content = named("content") or named("about") or named("cue") or named("speechAct")
        return joined(named("claimant"), content + more)
    if "EquipmentLot" in family:
        count = interval(fact)
        return " ".join(part for part in (count, named("equipmentType") or "equipment") if part)
    if "Figure" in family:
        said = named("figureText") or interval(fact)
        population = named("population")
        whom = f"({population})" if population else ""
        return joined(words(fact.kind), " ".join(p for p in (said, named("outcome"), whom) if p))
    if "Position" in family:
        role = named("role")
        return joined(role[:1].upper() + role[1:], named("holder"))
    if "Membership" in family:
        return joined("Member of " + named("of"), named("member"))
    if fact.kind in ("Alliance", "Hostility"):
        parties = (
            value
            for role in ("party", "ally", "opponent")
            for value in fact.values(role)
            if isinstance(value, Link)
        )
        called = [names.get(one.entity) or one.mention.text for one in parties]
        return joined(fact.kind, " – ".join(dict.fromkeys(called)))
    if "Control" in family:
        return joined("Control: " + named("place"), named("controller"))
    telling = next((found for role in TELLING if (found := named(role))), "")
    return joined(words(fact.kind), telling)


def joined(before: str, after: str) -> str:
    """Two parts with a colon between them, or the only part there is.

    >>> joined("Killing", "Halvik"), joined("Killing", "")
    ('Killing: Halvik', 'Killing')
    """
    return ": ".join(part for part in (before, after) if part)

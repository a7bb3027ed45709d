"""Which points an event has for measuring: its own places, or those its advance has reached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.network.advance import ADVANCE, Edge, advances, edges
from kg.network.places import Atlas, finest
from kg.network.sides import sides, together
from kg.network.things import Select, Thing, facts, is_a, issued

METHOD = "geodesic WGS84"
EDGE_METHOD = "geodesic WGS84 to the nearest place of the advance"

Spots = Mapping[str, tuple[tuple[str, ...], str]]
"""For each event its places, the finest ones only, and the method that found them."""


def spots(select: Select, known: Atlas) -> Spots:
    """Places of each event, the finest ones only, and the method that found them.

    An incursion moves: its places are its own, those of its sub-events, and those of the
    ground attacks, clashes and captures of the same side in the same article; one that its
    article puts nowhere on the map is where its advance had come by then. Where a place
    is known five times better than another one, the other one is left out: a village known
    only by its region would else pull the event to the region's middle.
    """
    events = {event.iri: event for event in facts(select, "Event")}
    belongs = sides(select)
    children: defaultdict[str, list[Thing]] = defaultdict(list)
    forward: defaultdict[str, list[Thing]] = defaultdict(list)
    reached = _reached(select)
    for event in events.values():
        for parent in event.values("subEventOf"):
            children[parent].append(event)
        if any(is_a(event.kind, kind) for kind in ADVANCE) and event.term("actuality") in (
            "",
            "Actual",
        ):
            forward[event.article].append(event)
    made: dict[str, tuple[tuple[str, ...], str]] = {}
    for event in events.values():
        own = [place for place in event.values("place") if place in known.points]
        edge: list[str] = []
        if is_a(event.kind, "Incursion"):
            comrades = [
                other
                for other in forward[event.article]
                if together(event.values("initiator"), other.values("initiator"), belongs)
            ]
            edge = [
                place
                for other in (*children[event.iri], *comrades)
                for place in other.values("place")
                if place in known.points
                and (not own or any(known.within(place, around) for around in own))
            ]
        places = finest({*own, *edge}, known) or reached.get(event.iri, ())
        if places:
            made[event.iri] = (places, EDGE_METHOD if set(places) - set(own) else METHOD)
    return made


def _reached(select: Select) -> Mapping[str, tuple[str, ...]]:
    """For each incursion the places where its advance stood last when its article appeared."""
    stood: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in edges(select):
        stood[edge.advance].append(edge)
    published = issued(select)
    events = {event.iri: event for event in facts(select, "Incursion")}
    found: dict[str, tuple[str, ...]] = {}
    for members in advances(select):
        for iri in members:
            day = published.get(events[iri].article)
            before = [edge for edge in stood[members[0]] if day is None or edge.day <= day]
            if before:
                found[iri] = before[-1].places
    return found

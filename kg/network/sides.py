"""Which actors stand on the same side: an army and a ministry of a state belong to that state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.network.lands import lands
from kg.network.things import Select, Thing, entities, facts, is_a, kept, normalised

_ARMED = ("ArmedGroup", "ArmedForce")
_UP = ("partOf", "of", "country", "locatedIn", "sameAs")


def sides(select: Select) -> Mapping[str, frozenset[str]]:
    """For each actor: itself and all that it belongs to, by reference data, post and membership.

    Former posts do not count. An actor that none of these ties to anything belongs to the
    land whose name or adjective it bears, written `land:ordun`. Used to compare speakers and
    initiators: two actors stand together if their sets share a member.
    """
    return kept(select, "sides", lambda: _sides(select))


def _sides(select: Select) -> Mapping[str, frozenset[str]]:
    actors = {thing.iri: thing for thing in entities(select, "Actor")}
    known = lands(select)
    above: dict[str, set[str]] = {
        iri: {up for name in _UP for up in thing.values(name)} for iri, thing in actors.items()
    }
    for iri, thing in actors.items():
        if not above[iri] or thing.kind == "State":
            above[iri] |= {f"land:{name}" for name in known.carried(thing.label)}
    for iri, up in _named_after(actors):
        above[iri].add(up)
    for post, role in ((one, "holder") for one in facts(select, "Position")):
        if post.term("tenure") != "Former":
            _belongs(above, post, role)
    for membership in facts(select, "Membership"):
        _belongs(above, membership, "member")
    return {iri: frozenset(_closure(iri, above)) for iri in above}


def _named_after(actors: Mapping[str, Thing]) -> Iterator[tuple[str, str]]:
    """Actors that bear the name of an armed body of the dataset, with that body.

    "The media relations of Hezbollah" and the outlet "SDF Media Center" speak for the body.
    """
    bodies: dict[str, set[str]] = {}
    for iri, thing in actors.items():
        if any(is_a(thing.kind, root) for root in _ARMED):
            for name in (thing.label, *thing.values("altLabel")):
                if name != name.lower() and len(name) > 2:
                    bodies.setdefault(normalised(name), set()).add(iri)
    for iri, thing in actors.items():
        words = normalised(thing.label).split()
        after = words[words.index("of") + 1 :] if "of" in words else []
        fronts = [words[:at] for at in range(len(words) - 1, 0, -1)]
        for some in (after, *(fronts if is_a(thing.kind, "MediaOutlet") else ())):
            for up in bodies.get(" ".join(some), ()):
                if up != iri:
                    yield iri, up


def _belongs(above: dict[str, set[str]], thing: Thing, role: str) -> None:
    for person in thing.values(role):
        above.setdefault(person, set()).update(thing.values("of"))


def _closure(iri: str, above: Mapping[str, Iterable[str]]) -> set[str]:
    reached, level = {iri}, [iri]
    while level:
        level = sorted({up for low in level for up in above.get(low, ())} - reached)
        reached.update(level)
    return reached


def together(
    first: Iterable[str], second: Iterable[str], known: Mapping[str, frozenset[str]]
) -> bool:
    """Whether some actor of the one group stands on the side of some actor of the other.

    >>> known = {"army": frozenset({"army", "state"}), "state": frozenset({"state"})}
    >>> together(["army"], ["state"], known)
    True
    >>> together(["army"], ["village"], known)
    False
    """
    left = {up for one in first for up in known.get(one, frozenset({one}))}
    right = {up for one in second for up in known.get(one, frozenset({one}))}
    return not left.isdisjoint(right)

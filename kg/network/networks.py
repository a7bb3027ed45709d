"""The networks that algorithms run on, by name: who, where, what, and who says it.

| name     | a node is | an edge joins                                                           |
|----------|-----------|-------------------------------------------------------------------------|
| actors   | an actor  | two that meet in a fact                                                 |
| places   | a place   | two that one event, or an event and its part, names                     |
| speakers | an actor  | who speaks, to whom it speaks about (directed)                          |
| claims   | a claim   | two that agree or are in dispute                                        |
| events   | an event  | part to whole, cause to effect, one to the next at a place (directed)    |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Final

import networkx as nx

from kg.errors import QueryError
from kg.network.claims import record
from kg.network.corroboration import corroboration
from kg.network.disputes import disputes
from kg.network.happenings import identity
from kg.network.identity import canonical
from kg.network.projection import actors, projection
from kg.network.things import Select, facts, held

_SPOTS = ("place", "origin", "destination", "target")


def places(select: Select) -> nx.Graph[str]:
    """Places joined by the events that name both; weight: by how many."""
    graph = projection(select)
    made: nx.Graph[str] = nx.Graph()
    _nodes(graph, made, "Place")
    for event in _of(graph, "Event"):
        parts = [part for part, _, role in graph.in_edges(event, keys=True) if role == "subEventOf"]
        named = sorted({place for one in (event, *parts) for place in _ends(graph, one, _SPOTS)})
        for first, second in combinations((place for place in named if place in made), 2):
            _join(made, first, second)
    return made


def speakers(select: Select) -> nx.DiGraph[str]:
    """Who speaks about whom; weight: in how many claims."""
    graph = projection(select)
    made: nx.DiGraph[str] = nx.DiGraph()
    _nodes(graph, made, "Actor")
    for claim in _of(graph, "Claim"):
        said = [end for end in _ends(graph, claim, ("claimant",)) if end in made]
        contents = _ends(graph, claim, ("content", "about"))
        named = {one for content in contents for one in (content, *_ends(graph, content, None))}
        for speaker in said:
            for other in sorted(named - {speaker}):
                if other in made:
                    _join(made, speaker, other)
    made.remove_nodes_from([node for node in sorted(made) if not made.degree[node]])
    return made


def claims(select: Select) -> nx.Graph[str]:
    """Claims joined where they agree or contradict each other; attribute `relation`."""
    select = held(select)
    made: nx.Graph[str] = nx.Graph()
    for claim in facts(select, "Claim"):
        made.add_node(claim.iri, label=claim.label, kind=claim.kind)
    for group in corroboration(select):
        for first, second in combinations(group.claims, 2):
            made.add_edge(first, second, relation="agrees", weight=1)
    for dispute in disputes(select):
        for finding in dispute.findings:
            made.add_edge(*finding.claims, relation=dispute.kind, weight=1)
    return made


def events(select: Select) -> nx.DiGraph[str]:
    """Events joined as part to whole, as cause to effect, and in time at one place."""
    select = held(select)
    graph, book = projection(select), record(select)
    same = canonical(identity(select))
    made: nx.DiGraph[str] = nx.DiGraph()
    _nodes(graph, made, "Event")
    for event in sorted(made):
        for whole in _ends(graph, event, ("subEventOf",)):
            made.add_edge(event, whole, relation="part of", weight=1)
        for cause in _ends(graph, event, ("causedBy",)):
            made.add_edge(cause, event, relation="causes", weight=1)
    there: dict[str, list[tuple[str, str]]] = {}
    for thing in book.events.values():
        days = book.when(thing)
        for place in sorted(book.where(thing)) if days else ():
            if days:
                name = same.get(thing.iri, thing.iri)
                there.setdefault(place, []).append((days.last.isoformat(), name))
    for place in sorted(there):
        told = list(dict.fromkeys(name for _, name in sorted(there[place])))
        for first, second in pairwise(told):
            if not made.has_edge(first, second):
                made.add_edge(first, second, relation="then", weight=1)
    return made


NETWORKS: Final[dict[str, Callable[[Select], nx.Graph[str]]]] = {
    "actors": actors,
    "places": places,
    "speakers": speakers,
    "claims": claims,
    "events": events,
}


def network(select: Select, name: str) -> nx.Graph[str]:
    """One of the networks; nodes have `label` and `kind`, and all is in sorted order.

    Raises:
        QueryError: no network of this name.
    """
    if name not in NETWORKS:
        raise QueryError(f'no network "{name}"; there is {", ".join(NETWORKS)}')
    return NETWORKS[name](held(select))


def _of(graph: nx.MultiDiGraph[str], family: str) -> list[str]:
    return sorted(node for node, data in graph.nodes(data=True) if data["family"] == family)


def _nodes(graph: nx.MultiDiGraph[str], made: nx.Graph[str], family: str) -> None:
    for node in _of(graph, family):
        made.add_node(node, label=graph.nodes[node]["label"], kind=graph.nodes[node]["kind"])


def _ends(graph: nx.MultiDiGraph[str], node: str, roles: tuple[str, ...] | None) -> Iterator[str]:
    """Where the edges of some roles lead, of all without, sorted."""
    edges = graph.out_edges(node, keys=True)
    return iter(sorted({end for _, end, role in edges if roles is None or role in roles}))


def _join(made: nx.Graph[str], first: str, second: str) -> None:
    weight = made.get_edge_data(first, second, default={"weight": 0})["weight"]
    made.add_edge(first, second, weight=weight + 1)

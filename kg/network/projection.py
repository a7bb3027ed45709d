"""The dataset as a NetworkX graph of actors, places, events, equipment and claims.

Many millions of links are held as plain numbers (`web`); NetworkX is for who asks for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import networkx as nx

from kg.network.happenings import identity
from kg.network.identity import canonical
from kg.network.things import Held, Select, entities, facts, held, is_a

ROOTS = (
    "Actor",
    "Place",
    "Event",
    "EquipmentType",
    "EquipmentLot",
    "Claim",
    "Figure",
    "Control",
    "Position",
    "Membership",
    "Alliance",
    "Hostility",
)
_NO_ROLES = frozenset(("mention", "evidence", "trigger", "sameAs"))
_FACTS = tuple(root for root in ROOTS if root not in ("Actor", "Place", "EquipmentType"))


@dataclass(frozen=True, slots=True)
class Web:
    """The nodes of all families and what leads from one to the other.

    Attributes:
        nodes: IRI -> class, root class and label, by family and IRI. Entities held to be the
            same are one node.
        links: IRI -> (role, IRI) -> in how many graphs it stands, sorted.
    """

    nodes: Mapping[str, Node]
    links: Mapping[str, Mapping[tuple[str, str], int]]


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the web."""

    kind: str
    family: str
    label: str


def web(select: Select) -> Web:
    """The nodes of the dataset and its properties between two of them."""
    select = held(select)
    return select.kept("web", lambda: _web(select))


def _web(select: Held) -> Web:
    same = canonical(identity(select))
    nodes: dict[str, Node] = {}
    for root in ROOTS:
        for thing in facts(select, root) if root in _FACTS else entities(select, root):
            if same.get(thing.iri, thing.iri) == thing.iri:
                nodes[thing.iri] = Node(thing.kind, root, thing.label)
    roles = select.shelf.roles - _NO_ROLES
    links: defaultdict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for iri, sheets in select.shelf.sheets():
        start = same.get(iri, iri)
        if start not in nodes:
            continue
        told = sorted(pair for thing in sheets for pair in thing.properties)
        for role, value in told:
            end = same.get(value, value)
            if end in nodes and role in roles:
                links[start][role, end] = links[start].get((role, end), 0) + 1
    return Web(nodes, links)


def projection(select: Select) -> nx.MultiDiGraph[str]:
    """Nodes of all families, an edge for each property between two of them.

    Node attributes: `kind` (class), `family` (its root class), `label`. Edge attributes and
    key: `role` (property), `weight` (in how many graphs it stands). Entities held to be the
    same are one node. Nodes and edges are added in sorted order.
    """
    select = held(select)
    return select.kept("projection", lambda: _projection(web(select)))


def _projection(whole: Web) -> nx.MultiDiGraph[str]:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, node in whole.nodes.items():
        graph.add_node(iri, kind=node.kind, family=node.family, label=node.label)
    for start, ends in whole.links.items():
        for (role, end), weight in ends.items():
            graph.add_edge(start, end, key=role, role=role, weight=weight)
    return graph


def actors(select: Select) -> nx.Graph[str]:
    """Who is connected with whom.

    Two actors meet in an event, post, membership, control state or lot that names both, where
    one speaks about what the other takes part in, and where one is part of the other. Edge
    weight: in how many facts they meet. An outlet's own voice does not count as speaking; an
    actor that meets nobody is a node all the same, an outlet is not.
    """
    whole = web(select)
    people = _family(whole, "Actor")
    outlets = _outlets(whole, people)
    meeting: nx.Graph[str] = nx.Graph()
    for iri in sorted(people):
        meeting.add_node(iri, label=whole.nodes[iri].label, kind=whole.nodes[iri].kind)
    weights = Counter((first, second) for first, second, _ in _meetings(whole))
    for (first, second), weight in weights.items():
        before = meeting.get_edge_data(first, second, default={"weight": 0})["weight"]
        meeting.add_edge(first, second, weight=before + weight)
    meeting.remove_nodes_from([iri for iri in sorted(outlets) if not meeting.degree[iri]])
    return meeting


def meetings(select: Select) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The facts in which each two connected actors meet: pair in order -> IRIs, sorted.

    A fact is an event, post, lot … that names both, or a claim by one about the other; an actor
    that is part of the other is a fact of its own.
    """
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for first, second, fact in _meetings(web(select)):
        found[min(first, second), max(first, second)].add(fact)
    return {pair: tuple(sorted(found[pair])) for pair in sorted(found)}


def _meetings(whole: Web) -> Iterator[tuple[str, str, str]]:
    """Two actors and a fact in which they meet, by fact."""
    people = _family(whole, "Actor")
    outlets = _outlets(whole, people)
    taking_part = {iri: _people(whole, iri, people) for iri in whole.nodes if iri not in people}
    for fact in sorted(taking_part):
        if whole.nodes[fact].family == "Claim":
            links = whole.links.get(fact, {})
            speakers = {end for role, end in links if role == "claimant"} & people - outlets
            others = {one for _, end in links for one in taking_part.get(end, ())}
            pairs = {
                (min(one, two), max(one, two)) for one in speakers for two in others if one != two
            }
        else:
            pairs = set(combinations(sorted(taking_part[fact]), 2))
        yield from ((first, second, fact) for first, second in sorted(pairs))
    for first in sorted(people):
        ends = {end for role, end in whole.links.get(first, ()) if role == "partOf"} & people
        yield from ((first, second, first) for second in sorted(ends))


def _family(whole: Web, name: str) -> set[str]:
    return {iri for iri, node in whole.nodes.items() if node.family == name}


def _outlets(whole: Web, people: Iterable[str]) -> set[str]:
    return {iri for iri in people if is_a(whole.nodes[iri].kind, "MediaOutlet")}


def _people(whole: Web, fact: str, people: set[str]) -> set[str]:
    """Actors that a fact names, directly or through the equipment used in it."""
    ends = {end for _, end in whole.links.get(fact, ())}
    lots = {end for end in ends if whole.nodes[end].family == "EquipmentLot"}
    return (ends | {end for lot in lots for _, end in whole.links.get(lot, ())}) & people

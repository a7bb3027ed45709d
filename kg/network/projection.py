"""The dataset as a NetworkX graph of actors, places, events, equipment and claims.

Made by two aggregating SPARQL queries, not by walking triples: whole-graph conversion
takes some twenty times as long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

import networkx as nx

from kg import ontology
from kg.network.happenings import identity
from kg.network.identity import canonical
from kg.network.things import CK, Select, entities, facts, held, is_a, kept, local

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
_FACTS = tuple(root for root in ROOTS if root not in ("Actor", "Place", "EquipmentType"))


def projection(select: Select) -> nx.MultiDiGraph[str]:
    """Nodes of all families, an edge for each property between two of them.

    Node attributes: `kind` (class), `family` (its root class), `label`. Edge attributes and
    key: `role` (property), `weight` (in how many graphs it stands). Entities held to be the
    same are one node. Nodes and edges are added in sorted order.
    """
    select = held(select)
    return kept(select, "projection", lambda: _projection(select))


def _projection(select: Select) -> nx.MultiDiGraph[str]:
    same = canonical(identity(select))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for root in ROOTS:
        for thing in facts(select, root) if root in _FACTS else entities(select, root):
            if same.get(thing.iri, thing.iri) == thing.iri:
                graph.add_node(thing.iri, kind=thing.kind, family=root, label=thing.label)
    names = sorted({name for root in ROOTS for name in ontology.kinds(root) or (root,)})
    values = " ".join(f"<{CK}{name}>" for name in names)
    rows = select(
        f"PREFIX ck: <{CK}> SELECT ?s ?p ?o (COUNT(DISTINCT ?g) AS ?n) WHERE {{ "
        f"VALUES ?left {{ {values} }} GRAPH ?g {{ ?s a ?left ; ?p ?o }} "
        f"FILTER(isIRI(?o) && STRSTARTS(STR(?p), '{CK}')) "
        "FILTER(?p NOT IN (ck:mention, ck:evidence, ck:trigger, ck:sameAs)) } "
        "GROUP BY ?s ?p ?o ORDER BY ?s ?p ?o"
    ).rows
    for subject, predicate, value, count in rows:
        start, end = same.get(subject or "", subject or ""), same.get(value or "", value or "")
        if start in graph and end in graph:
            role = local(predicate or "")
            before = graph.get_edge_data(start, end, key=role, default={"weight": 0})["weight"]
            graph.add_edge(start, end, key=role, role=role, weight=before + int(count or 1))
    return graph


def actors(select: Select) -> nx.Graph[str]:
    """Who is connected with whom.

    Two actors meet in an event, post, membership, control state or lot that names both, where
    one speaks about what the other takes part in, and where one is part of the other. Edge
    weight: in how many facts they meet. An outlet's own voice does not count as speaking; an
    actor that meets nobody is a node all the same, an outlet is not.
    """
    graph = projection(select)
    people = _family(graph, "Actor")
    outlets = {node for node in people if is_a(graph.nodes[node]["kind"], "MediaOutlet")}
    meeting: nx.Graph[str] = nx.Graph()
    for node in sorted(people):
        meeting.add_node(node, label=graph.nodes[node]["label"], kind=graph.nodes[node]["kind"])
    for first, second, _ in _meetings(graph):
        weight = meeting.get_edge_data(first, second, default={"weight": 0})["weight"]
        meeting.add_edge(first, second, weight=weight + 1)
    meeting.remove_nodes_from([node for node in sorted(outlets) if not meeting.degree[node]])
    return meeting


def meetings(select: Select) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The facts in which each two connected actors meet: pair in order -> IRIs, sorted.

    A fact is an event, post, lot … that names both, or a claim by one about the other; an actor
    that is part of the other is a fact of its own.
    """
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for first, second, fact in _meetings(projection(select)):
        found[min(first, second), max(first, second)].add(fact)
    return {pair: tuple(sorted(found[pair])) for pair in sorted(found)}


def _meetings(graph: nx.MultiDiGraph[str]) -> Iterator[tuple[str, str, str]]:
    """Two actors and a fact in which they meet, by fact."""
    people = _family(graph, "Actor")
    outlets = {node for node in people if is_a(graph.nodes[node]["kind"], "MediaOutlet")}
    taking_part = {node: _people(graph, node, people) for node in graph if node not in people}
    for fact in sorted(taking_part):
        if graph.nodes[fact]["family"] == "Claim":
            speakers = {
                end for _, end, role in graph.out_edges(fact, keys=True) if role == "claimant"
            } & people - outlets
            others = {one for _, end in graph.out_edges(fact) for one in taking_part.get(end, ())}
            pairs = {
                (min(one, two), max(one, two)) for one in speakers for two in others if one != two
            }
        else:
            pairs = set(combinations(sorted(taking_part[fact]), 2))
        yield from ((first, second, fact) for first, second in sorted(pairs))
    for first, second, role in sorted(graph.edges(keys=True)):
        if role == "partOf" and {first, second} <= people:
            yield first, second, first


def _family(graph: nx.MultiDiGraph[str], name: str) -> set[str]:
    return {node for node, data in graph.nodes(data=True) if data["family"] == name}


def _people(graph: nx.MultiDiGraph[str], fact: str, people: set[str]) -> set[str]:
    """Actors that a fact names, directly or through the equipment used in it."""
    ends = {end for _, end in graph.out_edges(fact)}
    lots = {end for end in ends if graph.nodes[end]["family"] == "EquipmentLot"}
    return (ends | {end for lot in lots for _, end in graph.out_edges(lot)}) & people

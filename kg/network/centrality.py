"""Where actors stand among actors: degree, betweenness, PageRank, component, community."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.network.betweenness import betweenness
from kg.network.projection import actors
from kg.network.things import Select, kept


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor's place in the network of actors.

    Attributes:
        actor: IRI.
        label: preferred name.
        degree: how many other actors it meets in a fact.
        betweenness: share of the shortest paths between others that lead through it, 0 to 1;
            of more than 1,500 actors an estimate from that many of them.
        pagerank: its PageRank, weighted by shared facts; all actors sum to 1.
        component: number of its connected component, 1 the largest.
        community: number of its community, 1 the largest: actors that meet each other more
            often than others (Louvain method, Blondel and others 2008, fixed seed).
    """

    actor: str
    label: str
    degree: int
    betweenness: float
    pagerank: float
    component: int
    community: int = 0


def centrality(select: Select) -> tuple[Standing, ...]:
    """All actors, the best connected first; ties by betweenness, then by IRI."""
    return kept(select, "centrality", lambda: _centrality(actors(select)))


def _centrality(graph: nx.Graph[str]) -> tuple[Standing, ...]:
    if not graph:
        return ()
    between = betweenness(graph)
    rank = nx.pagerank(graph, weight="weight")
    number = _numbered(_components(graph))
    community = _numbered(_communities(graph))
    rows = [
        Standing(
            actor,
            graph.nodes[actor]["label"],
            graph.degree[actor],
            round(between[actor], 6),
            round(rank[actor], 6),
            number[actor],
            community[actor],
        )
        for actor in graph
    ]
    return tuple(sorted(rows, key=lambda row: (-row.degree, -row.betweenness, row.actor)))


def components(select: Select) -> tuple[tuple[str, ...], ...]:
    """Groups of connected actors, the largest first, each sorted by IRI."""
    return _components(actors(select))


def communities(select: Select) -> tuple[tuple[str, ...], ...]:
    """Groups of actors that meet each other more than others, the largest first, each sorted."""
    return _communities(actors(select))


def _components(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    return _largest_first(nx.connected_components(graph))


def _communities(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    # Numbers for nodes: the order of a set of strings differs from one process to the next.
    names = sorted(graph)
    plain = nx.relabel_nodes(graph, {name: number for number, name in enumerate(names)})
    ordered: nx.Graph[int] = nx.Graph()
    ordered.add_nodes_from(range(len(names)))
    ordered.add_weighted_edges_from(
        sorted((min(one, two), max(one, two), n) for one, two, n in plain.edges(data="weight"))
    )
    found = nx.community.louvain_communities(ordered, weight="weight", seed=0)
    return _largest_first([names[number] for number in group] for group in found)


def _largest_first(groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    found = (tuple(sorted(group)) for group in groups)
    return tuple(sorted(found, key=lambda group: (-len(group), group)))


def _numbered(groups: Iterable[Iterable[str]]) -> Mapping[str, int]:
    return {actor: index for index, group in enumerate(groups, 1) for actor in group}

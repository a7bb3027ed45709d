"""Where actors stand among actors: degree, betweenness, PageRank, connected component."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from kg.network.projection import actors
from kg.network.things import Select

SAMPLED_ABOVE = 1500
"""Above this many actors betweenness is estimated from that many sources (fixed seed)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One actor's place in the network of actors.

    Attributes:
        actor: IRI.
        label: preferred name.
        degree: how many other actors it meets in a fact.
        betweenness: share of the shortest paths between others that lead through it, 0 to 1.
        pagerank: its PageRank, weighted by shared facts; all actors sum to 1.
        component: number of its connected component, 1 the largest.
    """

    actor: str
    label: str
    degree: int
    betweenness: float
    pagerank: float
    component: int


def centrality(select: Select) -> tuple[Standing, ...]:
    """All actors, the best connected first; ties by betweenness, then by IRI."""
    graph = actors(select)
    if not graph:
        return ()
    sources = SAMPLED_ABOVE if len(graph) > SAMPLED_ABOVE else None
    between = nx.betweenness_centrality(graph, k=sources, seed=0)
    rank = nx.pagerank(graph, weight="weight")
    number = {actor: index for index, group in enumerate(_components(graph), 1) for actor in group}
    rows = [
        Standing(
            actor,
            graph.nodes[actor]["label"],
            graph.degree[actor],
            round(between[actor], 6),
            round(rank[actor], 6),
            number[actor],
        )
        for actor in graph
    ]
    return tuple(sorted(rows, key=lambda row: (-row.degree, -row.betweenness, row.actor)))


def components(select: Select) -> tuple[tuple[str, ...], ...]:
    """Groups of connected actors, the largest first, each sorted by IRI."""
    return _components(actors(select))


def _components(graph: nx.Graph[str]) -> tuple[tuple[str, ...], ...]:
    groups = (tuple(sorted(group)) for group in nx.connected_components(graph))
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))

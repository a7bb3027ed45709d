"""The networks by name, any NetworkX algorithm on them, and the chain between two actors."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest

from kg.errors import QueryError
from kg.network import NETWORKS, chain, communities, network, scores
from tests.network.conftest import MINI
from tests.network.facts import ID, REFERENCE, A, article, claim, event


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_every_network_has_named_nodes_in_order_and_edges(mini, name):
    graph = network(mini, name)
    assert graph.number_of_edges() > 0
    assert all(data["label"] and data["kind"] for _, data in graph.nodes(data=True))
    assert list(graph) == sorted(graph)


def test_another_network_is_refused(mini):
    with pytest.raises(QueryError, match='no network "people"; there is actors, places'):
        network(mini, "people")


def test_what_the_networks_join(mini):
    names = nx.get_node_attributes(network(mini, "places"), "label")
    joined = {frozenset((names[a], names[b])) for a, b in network(mini, "places").edges}
    assert frozenset(("Halvik", "Merrin")) in joined
    relations = nx.get_edge_attributes(network(mini, "claims"), "relation")
    assert set(relations.values()) >= {"FigureDispute", "ControlDispute"}
    spoken = network(mini, "speakers")
    assert spoken.is_directed()
    assert ("Marta Oren", "Armed forces of Kestonia") in {
        (spoken.nodes[a]["label"], spoken.nodes[b]["label"]) for a, b in spoken.edges
    }
    told = nx.get_edge_attributes(network(mini, "events"), "relation")
    assert {"part of", "then"} <= set(told.values())


@pytest.mark.parametrize(
    ("algorithm", "project", "pairs"),
    [
        ("betweenness_centrality", "actors", False),
        ("pagerank", "speakers", False),
        ("edge_betweenness_centrality", "actors", True),
        ("community.louvain_communities", "actors", False),
        ("louvain_communities", "claims", False),
        ("connected_components", "places", False),
        ("core_number", "actors", False),
        ("bridges", "actors", True),
        ("articulation_points", "actors", False),
        ("maximal_independent_set", "actors", False),
        ("minimum_spanning_tree", "places", True),
        ("jaccard_coefficient", "places", True),
        ("nx.weakly_connected_components", "events", False),
    ],
)
def test_an_algorithm_by_name_gives_values_per_node_or_edge(mini, algorithm, project, pairs):
    graph = network(mini, project)
    rows = scores(graph, algorithm)
    assert rows == scores(graph, algorithm)
    assert rows
    assert all((row.other is not None) is pairs for row in rows)
    assert all(row.node in graph and row.label for row in rows)


def test_the_values_are_those_of_networkx(mini):
    graph = network(mini, "actors")
    found = {row.node: row.value for row in scores(graph, "betweenness_centrality")}
    assert found == pytest.approx(nx.betweenness_centrality(graph))
    groups = scores(graph, "connected_components")
    largest = max(nx.connected_components(graph), key=len)
    assert {row.node for row in groups if row.value == 1} == largest
    from_oren = {"source": "Marta Oren"}
    far = scores(graph, "single_source_shortest_path_length", parameters=from_oren)
    assert far[-1].label == "Marta Oren"
    limited = scores(graph, "betweenness_centrality", parameters={"normalized": "false"})
    assert limited[0].value > 1


@pytest.mark.parametrize(
    ("algorithm", "parameters", "message"),
    [
        ("no_such_thing", {}, 'no algorithm "no_such_thing"'),
        ("pagerankk", {}, "did you mean pagerank"),
        ("dijkstra_path", {}, "needs source and target; give --param source="),
        ("diameter", {}, "does not fit this network"),
        ("number_connected_components", {}, "returns one value for the whole network"),
        ("all_pairs_shortest_path_length", {}, "returns no single value"),
        ("shortest_path", {}, "it may need source and target"),
        ("shortest_path", {"source": "Marta Oren"}, "returns a list for each node"),
        ("hits", {}, "returns no single value"),
        ("is_isomorphic", {}, "needs G2"),
        ("topological_sort", {}, "does not fit this network: "),
        ("density", {}, "is a function of NetworkX but no algorithm"),
        ("path_graph", {}, "is a function of NetworkX but no algorithm"),
        ("pagerank", {"colour": "red"}, 'has no parameter "colour"; it has: alpha'),
        ("degree_centrality.__globals__", {}, "no algorithm"),
    ],
)
def test_an_algorithm_that_does_not_fit_says_why(mini, algorithm, parameters, message):
    with pytest.raises(QueryError, match=message):
        scores(network(mini, "actors"), algorithm, parameters=parameters)


def test_a_backend_is_left_to_networkx(mini):
    graph = network(mini, "actors")
    assert scores(graph, "pagerank", backend="networkx") == scores(graph, "pagerank")
    with pytest.raises(QueryError, match="'abacus' backend is not installed"):
        scores(graph, "pagerank", backend="abacus")


def test_communities_part_all_actors(mini):
    groups = communities(mini)
    actors = [actor for group in groups for actor in group]
    assert sorted(actors) == sorted(network(mini, "actors"))
    assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)


SCRIPT = f"""
from kg.network import communities, derived_graph, network, scores
from tests.network.conftest import stored
from pathlib import Path
text = Path({str(MINI)!r}).read_text(encoding="utf-8")
select = stored(text, without=("graph/identity", "graph/derived")).select
found = [derived_graph(select), communities(select)]
for name in ("louvain_communities", "label_propagation_communities", "maximal_independent_set"):
    found.append(scores(network(select, "actors"), name))
print(found)
"""


def test_the_order_of_a_set_of_strings_changes_nothing():
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            text=True,
            check=True,
            cwd=MINI.parents[2],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(MINI.parents[2])},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def actor(name: str) -> list[str]:
    return [f"{ID}actor/{name}"]


def test_the_chain_goes_through_the_claims_that_connect(dataset):
    raid = event("p", "shelling/1-2", "Shelling", initiator="south", more=f"ck:target <{ID}actor/"
                 "north>")  # fmt: skip
    text = REFERENCE + article(
        "p",
        "2031-05-02",
        raid,
        claim("p", 9, "mayor", "shelling/1-2", words="South shelled North"),
    )
    select = dataset(text)
    steps = chain(select, actor("navy"), actor("mayor"))
    assert [(step.number, step.actor_label, step.next_label) for step in steps] == [
        (1, "Navy", "North"),
        (2, "North", "Mayor"),
    ]
    assert steps[0].claim == ""
    assert (steps[1].speaker, steps[1].sentence) == ("Mayor", "South shelled North")
    assert steps[1].claim == f"{A}p/claim/9-10"
    backwards = chain(select, actor("mayor"), actor("navy"))
    assert [step.number for step in backwards] == [1, 2]
    assert chain(select, actor("doctor"), actor("navy")) == ()
    with pytest.raises(QueryError, match="both ends"):
        chain(select, actor("navy"), actor("navy"))
    with pytest.raises(QueryError, match="no actor of the network among"):
        chain(select, [f"{ID}place/arden"], actor("navy"))

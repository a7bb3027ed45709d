from __future__ import annotations

import pytest

from kg.network import computed_graphs, decided, derived_graph, identity_graph, near, verdict_graph
from kg.rdf import violations
from kg.records import Entity, Graph
from kg.store import MemoryStore, OxigraphStore
from kg.vocab import CK
from tests.network.conftest import MINI, stored


@pytest.fixture(scope="module")
def complete() -> OxigraphStore:
    store = stored(MINI.read_text(encoding="utf-8"), without=("graph/identity", "graph/derived"))
    store.replace(identity_graph(store.select))
    store.replace(derived_graph(store.select))
    return store


def test_the_graphs_are_sorted_named_and_free_of_blank_nodes(mini):
    for graph in (derived_graph(mini), identity_graph(mini)):
        assert list(graph.quads) == sorted(set(graph.quads))
        assert all(line.endswith(f"<{graph.iri}> .") for line in graph.quads)
        assert not any("_:" in line.split(" ", 1)[0] for line in graph.quads)
        names = {
            part.rsplit("#", 1)[1].rstrip(">")
            for line in graph.quads
            for part in line.split()
            if "ontology#" in part
        }
        assert all(name in CK for name in names)


def test_the_graphs_keep_to_the_shapes(mini):
    judged = verdict_graph(decided((), "urn:a", "urn:b", accepted=True))
    for graph in (derived_graph(mini), identity_graph(mini), judged):
        assert violations(graph) == ()


def test_what_is_computed_does_not_depend_on_what_was_computed_before(mini, complete):
    assert derived_graph(complete.select) == derived_graph(mini)
    assert identity_graph(complete.select) == identity_graph(mini)
    assert computed_graphs(complete.select) == (identity_graph(mini), derived_graph(mini))


def test_both_engines_give_the_same_bytes(mini):
    text = MINI.read_text(encoding="utf-8")
    source = stored(text, without=("graph/identity", "graph/derived"))
    other = MemoryStore()
    for name in source.graphs():
        other.replace(Graph(name, tuple(sorted(source.quads(name)))))
    assert derived_graph(other.select) == derived_graph(mini)
    assert identity_graph(other.select) == identity_graph(mini)


def test_a_given_facility_that_no_article_names_is_described(mini):
    plant = Entity("urn:plant", "NuclearPowerPlant", "Lone Plant", latitude=45.2, longitude=-39.0)
    quads = "\n".join(derived_graph(mini, (plant,)).quads)
    assert '<urn:plant> <http://www.w3.org/2000/01/rdf-schema#label> "Lone Plant"' in quads


def test_near_names_everything_and_filters(complete):
    rows = near(complete.select)
    assert [row.distance_km for row in rows] == sorted(row.distance_km for row in rows)
    stated = next(row for row in rows if row.supported is False)
    assert (stated.stated_text, stated.speakers) == ("10 miles", ("General staff of Kestonia",))
    assert stated.place_label == "Halvik"
    assert {row.facility_label for row in near(complete.select, "velm plant")} == {
        "Velm Nuclear Power Plant"
    }
    assert near(complete.select, "Elsewhere") == ()
    assert all(row.distance_km <= 20 for row in near(complete.select, within_km=20))

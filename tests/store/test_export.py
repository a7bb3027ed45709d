"""Exports hold what the store holds, and repeat to the byte."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import networkx
import pyoxigraph
import pytest

from kg.errors import QueryError
from kg.network import graphfiles
from kg.records import Graph, Table
from kg.store import MemoryStore, OxigraphStore, Store
from kg.store.export import FORMATS, comma_separated, exported, network, tables

HALVIK = "https://w3id.org/conflict-kg/id/place/supplement-halvik"


@pytest.fixture(scope="module")
def small(mini: tuple[Graph, ...]) -> tuple[Store, Store]:
    """Two stores, filled in opposite orders."""
    one, two = OxigraphStore(), OxigraphStore()
    for graph in mini:
        one.replace(graph)
    for graph in reversed(mini):
        two.replace(graph)
    return one, two


@pytest.mark.parametrize("form", FORMATS)
def test_equal_data_gives_equal_bytes(small: tuple[Store, Store], form: str) -> None:
    first, second = (exported(store, form) for store in small)
    assert first == second
    assert len(first) > 1000


@pytest.mark.parametrize(
    ("form", "syntax"),
    [
        ("nquads", pyoxigraph.RdfFormat.N_QUADS),
        ("trig", pyoxigraph.RdfFormat.TRIG),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_a_dataset_comes_back(
    small: tuple[Store, Store], form: str, syntax: pyoxigraph.RdfFormat
) -> None:
    store = small[0]
    found = pyoxigraph.parse(exported(store, form), format=syntax)
    assert sorted(f"{quad} ." for quad in found) == [*store.quads()]


def test_turtle_is_the_union(small: tuple[Store, Store]) -> None:
    store = small[0]
    found = pyoxigraph.parse(exported(store, "turtle"), format=pyoxigraph.RdfFormat.TURTLE)
    union = store.query("CONSTRUCT WHERE { ?s ?p ?o }").triples
    assert sorted(f"{quad.triple} ." for quad in found) == [*union]


def test_csv_tables(small: tuple[Store, Store]) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(small[0], "csv"))) as archive:
        sheets = {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8"))))
            for name in archive.namelist()
        }
    assert {name: len(rows) for name, rows in sheets.items()} == {
        "articles.csv": 3, "claims.csv": 24, "events.csv": 19, "figures.csv": 11,
        "lots.csv": 3, "positions.csv": 2, "memberships.csv": 1, "control.csv": 2,
        "places.csv": 7, "actors.csv": 24, "equipment.csv": 8,
    }  # fmt: skip
    lost = next(row for row in sheets["events.csv"] if row["kind"] == "EquipmentLoss")
    assert lost["target"] == "2 Mi-24"
    assert lost["words"] == "Valdoria lost two Mi-24 helicopters near the border"
    halvik = next(row for row in sheets["places.csv"] if row["label"] == "Halvik")
    assert (halvik["latitude"], halvik["longitude"], halvik["locatedIn"]) == (
        "45.2", "-39.0", "Merrin",
    )  # fmt: skip
    claim = next(row for row in sheets["claims.csv"] if row["cue"] == "put")
    assert claim["content"] == "CasualtyFigure: 9 killed; Killing: Halvik"
    assert (claim["claimant"], claim["polarity"]) == ("General staff of Kestonia", "Affirmed")


def test_tables_do_not_depend_on_the_ontology_graph(
    full: Store, small: tuple[Store, Store]
) -> None:
    assert tables(full.select) == tables(small[0].select)


def test_a_spreadsheet_runs_no_formula() -> None:
    table = Table(("a", "b"), (('=HYPERLINK("x")', "-39.0"), ("-1+1", "@x"), (None, "a,b")))
    assert comma_separated(table) == (
        'a,b\r\n"\'=HYPERLINK(""x"")",-39.0\r\n\'-1+1,\'@x\r\n,"a,b"\r\n'
    )


def test_geojson_has_places_and_events(small: tuple[Store, Store]) -> None:
    features = json.loads(exported(small[0], "geojson"))["features"]
    halvik = next(one for one in features if one["id"] == HALVIK)
    assert halvik["geometry"] == {"type": "Point", "coordinates": [-39.0, 45.2]}
    assert halvik["properties"]["kind"] == "Settlement"
    layers = [one["properties"]["layer"] for one in features]
    assert (layers.count("place"), layers.count("event")) == (6, 17)


def test_an_unknown_format_is_refused(small: tuple[Store, Store]) -> None:
    with pytest.raises(QueryError, match="graphml"):
        exported(small[0], "xlsx")


def test_network_files_are_read_by_networkx(small: tuple[Store, Store]) -> None:
    nodes, edges = network(small[0].select)
    assert (nodes, edges) == network(small[1].select)
    back = networkx.parse_graphml(graphfiles.graphml(nodes, edges).decode("utf-8"))
    assert set(back) == {row[0] for row in nodes.rows}
    assert back.number_of_edges() == len(edges.rows)
    assert back.nodes[HALVIK]["label"] == "Halvik"
    assert back.nodes[HALVIK]["latitude"] == 45.2
    gexf = graphfiles.gexf(nodes, edges)
    assert b"lastmodifieddate" not in gexf
    again = networkx.read_gexf(io.BytesIO(gexf))
    assert set(again) == set(back)


def test_network_files_survive_hostile_text() -> None:
    nodes = Table(("id", "label"), (("a", "x\x00\x0b]]><&\ufffe"), ("b", None)))
    edges = Table(("source", "target", "role"), (("a", "b", '"<'), ("a", "b", "of")))
    back = networkx.parse_graphml(graphfiles.graphml(nodes, edges).decode("utf-8"))
    assert back.number_of_edges() == 2
    assert "label" not in back.nodes["b"]
    assert networkx.read_gexf(io.BytesIO(graphfiles.gexf(nodes, edges))).number_of_nodes() == 2


def test_an_empty_store_exports() -> None:
    for store in (OxigraphStore(), MemoryStore()):
        assert exported(store, "nquads") == b""
        assert json.loads(exported(store, "geojson"))["features"] == []
        nodes, edges = network(store.select)
        assert graphfiles.graphml(nodes, edges).startswith(b"<?xml")

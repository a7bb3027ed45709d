"""Each export is read by the tool that users open it with, and holds what it says it holds."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import networkx
import pandas
import pyoxigraph
import pytest
import rdflib
from rdflib import RDF, Dataset, URIRef

from kg import formats, ontology
from kg.network import graphfiles
from kg.records import Graph
from kg.store import OxigraphStore, Store
from kg.store.export import FORMATS, NETWORK_FORMATS, exported, network, tables
from kg.store.reified import REIFIES

CK = "https://w3id.org/conflict-kg/ontology#"


@pytest.fixture(scope="module")
def store(mini: tuple[Graph, ...]) -> Store:
    made = OxigraphStore()
    for graph in mini:
        made.replace(graph)
    return made


def test_every_format_is_listed_with_what_it_lacks() -> None:
    names = [one.name for one in formats.EXPORTS]
    assert len(set(names)) == len(names)
    assert set(names) == {*FORMATS, *NETWORK_FORMATS}
    assert {one.name for one in formats.EXPORTS if not one.lacks} == {"nquads", "trig", "jsonld"}


# ── RDF ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("form", "syntax"), [("nquads", "nquads"), ("trig", "trig"),
                                             ("jsonld", "json-ld")])  # fmt: skip
def test_rdflib_reads_all_graphs(store: Store, form: str, syntax: str) -> None:
    dataset = Dataset(default_union=True)
    dataset.parse(data=exported(store, form), format=syntax)
    lines = [*store.quads()]
    assert sum(1 for _ in dataset.quads((None, None, None, None))) == len(lines)
    named = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert named == set(store.graphs())


def test_rdflib_reads_the_union(store: Store) -> None:
    union = rdflib.Graph().parse(data=exported(store, "turtle"), format="turtle")
    assert len(union) == len(store.query("CONSTRUCT WHERE { ?s ?p ?o }").triples)
    assert (None, RDF.type, URIRef(f"{CK}Claim")) in union


def test_rdf_12_says_with_whom_a_triple_stands(store: Store) -> None:
    back = pyoxigraph.Store()
    back.load(exported(store, "nquads12"), format=pyoxigraph.RdfFormat.N_QUADS)
    query = (
        f"PREFIX ck: <{CK}> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>"
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT DISTINCT ?who ?n {"
        " ?claim rdf:reifies <<( ?figure ck:lower ?n )>> ; ck:claimant/rdfs:label ?who ."
        " ?figure a ck:CasualtyFigure ; ck:outcome ck:Killed }"
    )
    asked = back.query(query, use_default_graph_as_union=True)
    found = {(row["who"].value, row["n"].value) for row in asked}
    assert ("General staff of Kestonia", "9") in found
    reified = [quad for quad in back if quad.predicate == REIFIES]
    assert len(reified) > 100
    triples = {quad.triple for quad in back}
    assert all(quad.object in triples for quad in reified), "what is claimed is in the graph too"
    plain = sorted(f"{quad} ." for quad in back if quad.predicate != REIFIES)
    assert plain == [*store.quads()]


def test_turtle_12_is_the_union_of_the_same(store: Store) -> None:
    turtle = exported(store, "turtle12")
    found = {q.triple for q in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)}
    quads = pyoxigraph.parse(exported(store, "nquads12"), format=pyoxigraph.RdfFormat.N_QUADS)
    assert found == {quad.triple for quad in quads}


# ── networks ────────────────────────────────────────────────────────────────────────────────


def test_networkx_finds_its_way_through_graphml_and_gexf(store: Store) -> None:
    nodes, edges = network(store.select)
    graphml = networkx.parse_graphml(graphfiles.graphml(nodes, edges).decode("utf-8"))
    gexf = networkx.read_gexf(io.BytesIO(graphfiles.gexf(nodes, edges)))
    for found in (graphml, gexf):
        assert found.is_directed()
        claims = [node for node, given in found.nodes(data=True) if given["kind"] == "Claim"]
        speakers = {
            found.nodes[target]["label"]
            for claim in claims
            for _, target, given in found.out_edges(claim, data=True)
            if given["role"] == "claimant"
        }
        assert "General staff of Kestonia" in speakers
        assert networkx.number_weakly_connected_components(found) < len(found) / 4


# ── tables ──────────────────────────────────────────────────────────────────────────────────


def sheets(content: bytes) -> dict[str, pandas.DataFrame]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name.removesuffix(".csv"): pandas.read_csv(archive.open(name))
            for name in archive.namelist()
            if name.endswith(".csv")
        }


def test_pandas_joins_the_tables(store: Store) -> None:
    found = sheets(exported(store, "csv"))
    assert {name: len(table) for name, table in found.items()} == {
        name: len(table.rows) for name, table in tables(store.select)
    }
    told = found["events"].merge(found["articles"], left_on="article", right_on="iri")
    assert len(told) == len(found["events"])
    killed = found["figures"][found["figures"]["outcome"] == "Killed"]
    assert killed["lower"].max() == 9
    places = found["places"].dropna(subset=["latitude"])
    assert places["latitude"].between(-90, 90).all()


def test_neo4j_files_are_what_the_import_takes(store: Store) -> None:
    content = exported(store, "neo4j")
    found = sheets(content)
    edges = found.pop("relationships")
    assert list(edges.columns) == [":START_ID", ":TYPE", ":END_ID"]
    everything = pandas.concat([table["iri:ID"] for table in found.values()])
    assert everything.is_unique
    known = set(everything)
    assert set(edges[":START_ID"]) <= known
    assert set(edges[":END_ID"]) <= known
    assert {"CLAIMANT", "LOCATED_IN", "IN_ARTICLE", "CONTENT"} <= set(edges[":TYPE"])
    assert edges[":TYPE"].str.fullmatch(r"[A-Z_]+").all()
    for name, table in found.items():
        assert table[":LABEL"].str.fullmatch(r"[A-Za-z;]+").all()
        labels = {label for cell in table[":LABEL"] for label in cell.split(";")}
        assert labels - {"Article"} <= set(ontology.ancestors()), name
    assert "Settlement" in set(found["places"][":LABEL"].str.rpartition(";")[2])
    numbers = found["places"]["latitude:double"].dropna()
    assert numbers.dtype == float
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        command = archive.read("import.txt").decode()
        lines = archive.read("claims.csv").decode().split("\n")
    assert set(re.findall(r"--nodes=(\S+)\.csv", command)) == set(found)
    assert len(lines) == len(found["claims"]) + 2, "no cell holds a line end"


# ── maps and events ─────────────────────────────────────────────────────────────────────────


def test_geopandas_puts_it_on_the_map(store: Store, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="large, with GDAL in its wheel")
    path = tmp_path / "places.geojson"
    path.write_bytes(exported(store, "geojson"))
    found = geopandas.read_file(path)
    assert found.crs.to_epsg() == 4326
    halvik = found[(found["label"] == "Halvik") & (found["layer"] == "place")].iloc[0]
    assert (halvik.geometry.x, halvik.geometry.y) == (-39.0, 45.2)
    assert set(found["layer"]) == {"place", "event"}


def test_plover_records_are_read_by_pandas(store: Store) -> None:
    content = exported(store, "plover")
    table = pandas.read_json(io.BytesIO(content), dtype=False)
    assert set(table["event"]) <= {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
        "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    }  # fmt: skip
    assert table["id"].is_unique
    assert pandas.to_datetime(table["date"]).notna().all()
    records = json.loads(content)
    capture = next(one for one in records if one["conflictKg"]["class"] == "TerritoryCaptured")
    assert capture["event"] == "COERCE"
    assert capture["source"][0]["sector"] in ("MIL", "GOV")
    assert capture["text"]
    assert capture["location"][0]["name"]
    actualities = store.select("SELECT ?e { ?e ck:actuality ?a FILTER(?a != ck:Actual) }").rows
    assert not {row[0] for row in actualities} & set(table["id"])

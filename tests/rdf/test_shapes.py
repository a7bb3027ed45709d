"""Every rule of ontology/shapes.ttl has an example that keeps it and one that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SH, Dataset, Graph

from kg.rdf import violations
from kg.rdf.shapes import broken, rules
from kg.rdf.terms import named

EXAMPLES = Path(__file__).parents[1] / "shapes"
FIXTURE = Path(__file__).parents[1] / "fixtures" / "mini.trig"
SHAPES = {
    str(shape).rpartition("#")[2]: {
        str(text)
        for node in (shape, *rules().objects(shape, SH.property))
        for text in rules().objects(node, SH.message)
    }
    for shape in rules().subjects(RDF.type, SH.NodeShape)
}


def messages(path: Path) -> set[str]:
    return {found.message for found in broken(Graph().parse(path))}


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_each_shape_has_one_message_and_two_examples(shape: str) -> None:
    assert len(SHAPES[shape]) == 1
    assert not messages(EXAMPLES / "valid" / f"{shape}.ttl") & SHAPES[shape]
    assert messages(EXAMPLES / "invalid" / f"{shape}.ttl") & SHAPES[shape]


def test_no_example_without_a_shape() -> None:
    assert {path.stem for path in EXAMPLES.glob("*/*.ttl")} == set(SHAPES)


def test_no_sparql_in_shapes() -> None:
    assert not list(rules().triples((None, SH.sparql, None)))


def test_the_fixture_of_three_articles_is_valid() -> None:
    dataset = Dataset()
    dataset.parse(FIXTURE)
    graphs = [graph for graph in dataset.graphs() if len(graph)]
    assert len(graphs) == 6
    for graph in graphs:
        name = graph.identifier
        assert violations(named(name, graph)) == (), name  # type: ignore[arg-type]

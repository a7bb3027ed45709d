"""What in a graph breaks the rules of `ontology/shapes.ttl`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pyshacl
from rdflib import RDFS, SH
from rdflib import Graph as Triples

from kg import ontology
from kg.rdf.terms import triples
from kg.records import Graph


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One broken rule: the node, the property, the value (empty where none), and the rule."""

    focus: str
    path: str
    value: str
    message: str


def violations(graph: Graph) -> tuple[Violation, ...]:
    """All broken rules of one graph, sorted; empty if it is valid.

    The class tree counts: a `ck:Shelling` must be all that a `ck:Event` must be.
    """
    return broken(triples(graph))


def broken(data: Triples) -> tuple[Violation, ...]:
    """All broken rules of triples in memory, sorted; the class tree is added to the triples."""
    for one in classes():
        data.add(one)
    _, report, _ = pyshacl.validate(data, shacl_graph=rules(), inference="none", inplace=True)
    return tuple(
        sorted(
            Violation(
                focus=str(report.value(result, SH.focusNode)),
                path=str(report.value(result, SH.resultPath) or ""),
                value=str(report.value(result, SH.value) or ""),
                message="; ".join(sorted(map(str, report.objects(result, SH.resultMessage)))),
            )
            for result in report.objects(predicate=SH.result)
        )
    )


@cache
def rules() -> Triples:
    """The shapes, read once."""
    return Triples().parse(ontology.folder() / "shapes.ttl", format="turtle")


@cache
def classes() -> Triples:
    """The class tree of the ontology."""
    held = Triples().parse(ontology.folder() / "conflict.ttl", format="turtle")
    tree = Triples()
    for one in held.triples((None, RDFS.subClassOf, None)):
        tree.add(one)
    return tree

"""The dataset as RDF 1.2: each claim reifies the triples that it claims.

A claim's content is a fact; what is claimed are the fact's own triples: its class, its roles
and its numbers. For each of them the graph of the article gets `claim rdf:reifies <<( s p o )>>`,
so that a program of RDF 1.2 asks with whom a triple stands, without knowing our vocabulary.
Triples about the extraction (evidence, confidence, extractor, run, label) are not claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from kg.store.contract import Store
from kg.vocab import CK, PREFIXES, PROV, RDFS

REIFIES: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
_CONTENT: Final = str(CK.content)
_OF_US: Final = frozenset(
    str(one)
    for one in (
        CK.evidence, CK.trigger, CK.confidence, CK.extractor, PROV.wasGeneratedBy, RDFS.label,
    )
)  # fmt: skip


def quads12(store: Store) -> bytes:
    """All graphs with their claims as reifiers, N-Quads 1.2, sorted."""
    quads = _quads(store)
    lines = sorted(f"{quad} .\n" for quad in (*quads, *reifications(quads)))
    return "".join(lines).encode("utf-8")


def turtle12(store: Store) -> bytes:
    """The union of all graphs with their claims as reifiers, Turtle 1.2."""
    quads = _quads(store)
    triples = sorted({quad.triple for quad in (*quads, *reifications(quads))}, key=str)
    form = pyoxigraph.RdfFormat.TURTLE
    return pyoxigraph.serialize(triples, format=form, prefixes=dict(PREFIXES)) or b""


def _quads(store: Store) -> list[Quad]:
    return list(pyoxigraph.parse("\n".join(store.quads()), format=pyoxigraph.RdfFormat.N_QUADS))


def reifications(quads: Iterable[Quad]) -> list[Quad]:
    """For each claim in each graph, one quad per triple of its contents there."""
    said: list[Quad] = []
    about: defaultdict[tuple[str, str], list[Quad]] = defaultdict(list)
    for quad in quads:
        if quad.predicate.value == _CONTENT:
            said.append(quad)
        if quad.predicate.value not in _OF_US:
            about[str(quad.graph_name), str(quad.subject)].append(quad)
    return [
        Quad(one.subject, REIFIES, _triple(claimed), one.graph_name)
        for one in said
        for claimed in about[str(one.graph_name), str(one.object)]
    ]


def _triple(quad: Quad) -> Triple:
    return quad.triple

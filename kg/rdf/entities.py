"""Actors, places and equipment types as triples."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Literal

from kg import ontology
from kg.rdf.terms import Triple, iri, number, term
from kg.records import Entity
from kg.vocab import CK, DCTERMS, GEO, RDF, RDFS, SKOS


def naming(entity: Entity) -> Iterator[Triple]:
    """Class and preferred label: what an article's graph says of a reference entity."""
    node = iri(entity.iri)
    yield node, RDF.type, term(entity.kind)
    yield node, RDFS.label, Literal(entity.label)


def description(entity: Entity) -> Iterator[Triple]:
    """All that is known of an entity: class, names, point, container, broader concept, source.

    The point is WKT in WGS 84, longitude first, to 5 decimals (about a metre);
    its uncertainty is a radius in km. A place names the nearest container only:
    `ck:locatedIn+` leads through the rest.
    """
    yield from naming(entity)
    node = iri(entity.iri)
    for name in entity.names:
        if name != entity.label:
            yield node, SKOS.altLabel, Literal(name)
    if entity.latitude is not None and entity.longitude is not None:
        geometry = iri(entity.iri + "/geometry")
        point = f"POINT({number(entity.longitude, 5)} {number(entity.latitude, 5)})"
        yield node, GEO.hasGeometry, geometry
        yield geometry, RDF.type, GEO.Geometry
        yield geometry, GEO.asWKT, Literal(point, datatype=GEO.wktLiteral)
    if entity.uncertainty_km is not None:
        yield node, CK.uncertaintyKm, number(entity.uncertainty_km, 3)
    for container in entity.located_in[:1]:
        yield node, CK.locatedIn, iri(container)
    if entity.broader is not None:
        concept = entity.kind in ontology.kinds("EquipmentType")
        yield node, SKOS.broader if concept else CK.partOf, iri(entity.broader)
    if entity.source:
        yield node, DCTERMS.source, Literal(entity.source)

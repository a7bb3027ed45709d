"""Values of records as RDF terms, and triples as lines of N-Quads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from urllib.parse import quote

from rdflib import Graph as Triples
from rdflib import Literal, URIRef
from rdflib.term import Node

from kg import ontology
from kg.errors import DocumentError
from kg.records import Graph
from kg.vocab import ONTOLOGY, XSD

BASE = f"{ONTOLOGY}#"
NOT_IN_IRI = re.compile(r"""[\x00-\x20<>"{}|\\^`\x7f-\x9f]""")
Triple = tuple[Node, Node, Node]


@cache
def term(name: str) -> URIRef:
    """The class, property or individual of the conflict ontology with this local name.

    Raises:
        DocumentError: the ontology has no such term.

    >>> term("Shelling")
    rdflib.term.URIRef('https://w3id.org/conflict-kg/ontology#Shelling')
    """
    if name not in declared():
        raise DocumentError(f"the ontology has no term ck:{name}; add it to ontology/conflict.ttl")
    return URIRef(BASE + name)


@cache
def declared() -> frozenset[str]:
    """Local names of all terms of `conflict.ttl`: a new class there needs no Python."""
    held = Triples().parse(ontology.folder() / "conflict.ttl", format="turtle")
    return frozenset(str(one).removeprefix(BASE) for one in held.subjects() if BASE in str(one))


@lru_cache(maxsize=16384)
def iri(text: str) -> URIRef:
    """An IRI; characters that an IRI must not hold are percent-encoded.

    >>> str(iri("https://news.example/a b?q=<x>"))
    'https://news.example/a%20b?q=%3Cx%3E'
    """
    return URIRef(NOT_IN_IRI.sub(lambda found: quote(found[0], safe=""), text))


def number(value: float | Decimal, places: int = 6) -> Literal:
    """An xsd:decimal without exponent, rounded to `places` and without trailing zeros.

    >>> str(number(0.8)), str(number(12.0)), str(number(Decimal("1E+2")))
    ('0.8', '12.0', '100.0')
    """
    rounded = round(Decimal(str(value)), places)
    whole, _, fraction = format(rounded, "f").partition(".")
    return Literal(f"{whole}.{fraction.rstrip('0') or '0'}", datatype=XSD.decimal)


def literal(value: str | int | Decimal | bool | date) -> Literal:
    """A typed literal: xsd:string (plain), integer, decimal, boolean, date or dateTime.

    >>> literal(300).datatype == XSD.integer, literal(True).datatype == XSD.boolean
    (True, True)
    """
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=XSD.boolean)
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, datetime):
        return Literal(value.isoformat(), datatype=XSD.dateTime)
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=XSD.date)
    return Literal(value)


@lru_cache(maxsize=16384)
def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=XSD.integer)


def moment(text: str) -> Literal:
    """An ISO 8601 date or date and time, typed by its form; other words stay a plain string.

    >>> moment("2031-03-04").datatype == XSD.date
    True
    >>> moment("2031-03-04T06:00:00").datatype == XSD.dateTime
    True
    >>> moment("since spring").datatype is None
    True
    """
    try:
        if len(text) == len("2031-03-04"):
            date.fromisoformat(text)
            return Literal(text, datatype=XSD.date)
        if "T" in text:
            return literal(datetime.fromisoformat(text))
    except ValueError:
        pass
    return Literal(text)


def named(name: URIRef, triples: Iterable[Triple]) -> Graph:
    """The triples as the graph `name`: sorted, unique N-Quads lines.

    >>> named(URIRef("x:g"), [(URIRef("x:s"), URIRef("x:p"), literal(2))]).quads
    ('<x:s> <x:p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> <x:g> .',)
    """
    known: dict[Node, str] = {}

    def written(node: Node) -> str:
        if type(node) is Literal:
            return _quoted(node)
        text = known.get(node)
        if text is None:
            text = known[node] = node.n3()
        return text

    ending = f" {name.n3()} ."
    lines = {" ".join(map(written, triple)) + ending for triple in triples}
    return Graph(str(name), tuple(sorted(lines)))


def _quoted(literal: Literal) -> str:
    """A literal in N-Triples, with the escapes that the canonical form needs and no others."""
    text = str(literal).replace("\\", "\\\\").replace("\n", "\\n")
    text = text.replace('"', '\\"').replace("\r", "\\r")
    if literal.language:
        return f'"{text}"@{literal.language}'
    return f'"{text}"^^<{literal.datatype}>' if literal.datatype else f'"{text}"'


def triples(graph: Graph) -> Triples:
    """The lines of a `Graph` as an rdflib graph in memory."""
    ending = f" <{graph.iri}> ."
    lines = "\n".join(line.removesuffix(ending) + " ." for line in graph.quads)
    return Triples().parse(data=lines, format="nt")

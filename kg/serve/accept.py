"""Which format an answer has: by ?format=, else by the header Accept with its q-values.

RFC 9110, section 12.5.1: of the ranges that fit a media type the most specific one gives its
weight; the type of the greatest weight wins, at equal weights the first of our tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.serve.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Form:
    """One format: its name, media types (the first is its own) and names for ?format=."""

    name: str
    media: tuple[str, ...]
    called: tuple[str, ...]


TABLES: Final = (
    Form("json", ("application/sparql-results+json", "application/json", "text/json"), ("json",)),
    Form("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), ("xml",)),
    Form("csv", ("text/csv",), ("csv",)),
    Form("tsv", ("text/tab-separated-values",), ("tsv",)),
)
"""Formats of the answers to SELECT and ASK."""
TRIPLES: Final = (
    Form("ttl", ("text/turtle", "application/x-turtle", "text/n3"), ("ttl", "turtle", "n3")),
    Form("nt", ("application/n-triples", "text/plain"), ("nt", "ntriples", "n-triples")),
    Form("nq", ("application/n-quads",), ("nq", "nquads", "n-quads")),
    Form("trig", ("application/trig",), ("trig",)),
    Form("json", ("application/ld+json", "application/json"), ("json", "jsonld", "json-ld")),
    Form(
        "xml",
        ("application/rdf+xml", "application/xml", "text/xml"),
        ("xml", "rdf", "rdfxml", "rdf+xml", "rdf-xml"),
    ),
)
"""Formats of the answers to CONSTRUCT and DESCRIBE."""


def ranges(accept: str) -> tuple[tuple[str, float], ...]:
    """(media range, weight) of a header; what cannot be read counts as not there.

    >>> ranges("text/csv;q=0.5, */*;q=0, text/turtle")
    (('text/csv', 0.5), ('*/*', 0.0), ('text/turtle', 1.0))
    """
    found: list[tuple[str, float]] = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.lower().split(";"))
        if media.count("/") != 1:
            continue
        weight = 1.0
        for name, _, value in (one.partition("=") for one in parameters):
            if name.strip() == "q":
                weight = _weight(value.strip())
        found.append((media, weight))
    return tuple(found)


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0


def chosen(accept: str, forms: tuple[Form, ...]) -> tuple[str, str] | None:
    """(name of the format, media type to send), None if the header wants none of them.

    >>> chosen("text/html, application/xml;q=0.9, */*;q=0.8", TABLES)
    ('xml', 'application/xml')
    >>> chosen("", TABLES)
    ('json', 'application/sparql-results+json')
    >>> chosen("image/png", TABLES) is None
    True
    """
    wanted = ranges(accept) if accept.strip() else (("*/*", 1.0),)
    ranked = [
        (weight, own, -place, form.name, media)
        for place, form in enumerate(forms)
        for number, media in enumerate(form.media)
        for weight, exact in (_fit(media, wanted),)
        for own in (exact or number == 0,)
        if weight > 0
    ]
    if not ranked:
        return None
    best = max(ranked, key=lambda one: one[:3])
    return best[3], best[4]


def _fit(media: str, wanted: tuple[tuple[str, float], ...]) -> tuple[float, bool]:
    """The weight of a media type, and whether the header names it itself."""
    kind = media.partition("/")[0] + "/*"
    fits = [
        (2 if name == media else 1 if name == kind else 0, weight)
        for name, weight in wanted
        if name in (media, kind, "*/*")
    ]
    if not fits:
        return 0.0, False
    closeness, weight = max(fits)
    return weight, closeness == 2


def named(name: str, forms: tuple[Form, ...]) -> tuple[str, str] | None:
    """The format that ?format= names, by a short name or a media type."""
    asked = name.strip().lower()
    for form in forms:
        if asked in form.called:
            return form.name, form.media[0]
        if asked in form.media:
            return form.name, asked
    return None


def formats(accept: str, name: str) -> dict[str, tuple[str, str]]:
    """Kind of answer ("select", "ask", "construct") -> (format, media type); no key: none fits.

    Args:
        accept: the header.
        name: of ?format=, which goes first; empty without it.

    Raises:
        Refusal: 400 for a format that is none of ours, 406 if the header fits no kind at all.
    """
    table = named(name, TABLES) if name else chosen(accept, TABLES)
    triples = named(name, TRIPLES) if name else chosen(accept, TRIPLES)
    if table is None and triples is None:
        if name:
            raise Refusal(400, f'no format "{name}"; {offered()}')
        raise Refusal(406, f"nothing here fits Accept: {accept}\n{offered()}")
    found = {"select": table, "ask": table, "construct": triples}
    return {kind: form for kind, form in found.items() if form is not None}


def chosen_triples(accept: str) -> tuple[str, str]:
    """(format, media type) of triples for a header.

    Raises:
        Refusal: 406, it wants none of ours.
    """
    found = chosen(accept, TRIPLES)
    if found is None:
        raise Refusal(406, f"nothing here fits Accept: {accept}\n{offered('construct')}")
    return found


def offered(kind: str = "") -> str:
    """The formats there are, in words."""
    tables = ", ".join(form.media[0] for form in TABLES)
    triples = ", ".join(form.media[0] for form in TRIPLES)
    parts = [f"SELECT and ASK give {tables}"] if kind != "construct" else []
    parts += [f"CONSTRUCT and DESCRIBE give {triples}"] if kind in ("construct", "") else []
    return "; ".join(parts)

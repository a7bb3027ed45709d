"""The content as one compact JSON document: columns of numbers and texts, each thing an index.

`templates/model.js` reads it and says what every field is. Each collection is an object of
columns of equal length; a column whose name begins with $ holds indexes into `strings`, and a
thing that is not there is -1. Offsets count UTF-16 units, as browsers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.outlines import chart, needed
from kg.view import columns
from kg.view.content import Content
from kg.view.layout import Positions
from kg.view.measures import Distance
from kg.view.numbers import Columns, Numbers, listed
from kg.view.wording import family, words


def payload(found: Content, spots: Positions) -> dict[str, Any]:
    """The document of everything that the page shows.

    Args:
        found: what the dataset holds.
        spots: where nodes stand; empty where the page is to place them itself.
    """
    numbers = Numbers(found)
    disputes, findings = _disputes(numbers)
    document = {
        "base": columns.BASE,
        "articles": columns.articles(numbers),
        "spans": columns.spans(numbers),
        "nodes": columns.nodes(numbers, spots),
        "edges": columns.edges(numbers),
        "facts": columns.facts(numbers),
        "claims": columns.claims(numbers),
        "disputes": disputes,
        "findings": findings,
        "rules": {rule: list(told) for rule, told in sorted(found.rules.items())},
        "agreements": {
            "origins": [row.origins for row in found.agreements],
            "claims": [listed(numbers.claims, row.claims) for row in found.agreements],
            "facts": [listed(numbers.facts, row.facts) for row in found.agreements],
        },
        "distances": _distances(numbers, found.distances),
        "board": _distances(numbers, found.board),
        "holdings": _holdings(numbers),
        "updates": {
            "claims": [listed(numbers.claims, row.claims) for row in found.updates],
            "facts": [listed(numbers.facts, row.facts) for row in found.updates],
        },
        "echoes": {"claims": [listed(numbers.claims, row) for row in found.echoes]},
        "fronts": _fronts(numbers),
        "outlines": chart(needed((at.longitude, at.latitude) for at in found.points.values())),
        "kinds": _kinds(found),
    }
    return {**document, "strings": list(numbers.strings)}


def _kinds(found: Content) -> dict[str, list[str]]:
    """Class -> its words and family, of all classes in use."""
    used = {thing.kind for thing in (*found.facts.values(),)}
    used |= {thing.kind for thing in found.entities.values()}
    return {kind: [words(kind), family(kind) or kind] for kind in sorted(used)}


def _disputes(numbers: Numbers) -> tuple[Columns, Columns]:
    rows = numbers.found.disputes
    findings = [one for row in rows for one in row.findings]
    order = iter(range(len(findings)))
    return {
        "iri": [row.iri.removeprefix(columns.BASE) for row in rows],
        "$kind": [numbers.string(row.kind) for row in rows],
        "$word": [numbers.string(words(row.kind)) for row in rows],
        "claims": [listed(numbers.claims, row.claims) for row in rows],
        "facts": [listed(numbers.facts, row.facts) for row in rows],
        "findings": [[next(order) for _ in row.findings] for row in rows],
    }, {
        "$rule": [numbers.string(one.rule) for one in findings],
        "claims": [[numbers.claims.get(iri, -1) for iri in one.claims] for one in findings],
        "facts": [[numbers.facts.get(iri, -1) for iri in one.facts] for one in findings],
        "spans": [[numbers.span(iri) for iri in one.spans] for one in findings],
    }


def _distances(numbers: Numbers, rows: Sequence[Distance]) -> Columns:
    return {
        "facility": [numbers.node(row.facility) for row in rows],
        "event": [numbers.facts.get(row.event, -1) for row in rows],
        "place": [numbers.node(row.place) for row in rows],
        "km": [row.km for row in rows],
        "uncertainty": [row.uncertainty for row in rows],
        "stated": [row.stated for row in rows],
        "figure": [numbers.facts.get(row.figure, -1) for row in rows],
        "supported": [row.supported for row in rows],
        "day": [row.day for row in rows],
        "$what": [numbers.string(row.what) for row in rows],
        "claims": [listed(numbers.claims, row.claims) for row in rows],
    }


def _holdings(numbers: Numbers) -> Columns:
    rows = numbers.found.holdings
    return {
        "place": [numbers.node(row.place) for row in rows],
        "day": [row.day for row in rows],
        "controllers": [numbers.nodes_of(row.controllers) for row in rows],
        "$polarity": [numbers.string(row.polarity) for row in rows],
        "contested": [int(row.contested) for row in rows],
        "claims": [listed(numbers.claims, row.claims) for row in rows],
        "facts": [listed(numbers.facts, row.facts) for row in rows],
    }


def _fronts(numbers: Numbers) -> Columns:
    rows = numbers.found.fronts
    return {
        "advance": [numbers.facts.get(row.advance, -1) for row in rows],
        "day": [row.day for row in rows],
        "places": [numbers.nodes_of(row.places) for row in rows],
        "facts": [listed(numbers.facts, row.facts) for row in rows],
    }

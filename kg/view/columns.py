"""Columns of what articles say: articles, spans, nodes, edges, facts, claims.

`templates/model.js` says what every field is. A column whose name begins with $ holds indexes
into `strings`.
"""

from __future__ import annotations

import re

from kg.view.layout import Positions
from kg.view.numbers import Columns, Numbers, listed
from kg.view.reading import Thing
from kg.view.wording import local

BASE = "https://w3id.org/conflict-kg/id/"
"""What most IRIs begin with; the document leaves it out."""
ROLES = (
    "initiator", "target", "victim", "moved", "instrument", "beneficiary", "place", "origin",
    "destination", "facility", "population", "controller", "holder", "member", "of", "operator",
    "equipmentType",
)  # fmt: skip
"""Roles whose fillers the document gives as nodes."""


def articles(numbers: Numbers) -> Columns:
    """Each article with its text."""
    rows = numbers.found.articles
    texts = [numbers.found.texts[row.iri] for row in rows]
    return {
        "iri": [row.iri.removeprefix(BASE) for row in rows],
        "title": [row.first("title") or "Untitled article" for row in rows],
        "issued": [row.first("issued")[:10] for row in rows],
        "$publisher": [numbers.string(row.first("publisher")) for row in rows],
        "source": [row.first("source") for row in rows],
        "text": [text.shown for text in texts],
        "whole": [int(text.whole) for text in texts],
    }


def spans(numbers: Numbers) -> Columns:
    """Each span with its UTF-16 offsets in the text of its article."""
    rows = [numbers.found.spans[iri] for iri in numbers.spans]
    texts = numbers.found.texts
    return {
        "article": [numbers.articles[row.article] for row in rows],
        "start": [texts[row.article].place(row.start) for row in rows],
        "end": [
            texts[row.article].place(row.end - 1) + (2 if row.exact[-1:] > "\uffff" else 1)
            for row in rows
        ],
    }


def nodes(numbers: Numbers, spots: Positions) -> Columns:
    """Entities with all that is known of them; of a fact only the number and the point."""
    columns: Columns = {
        name: []
        for name in (
            "iri", "fact", "label", "short", "$cls", "names", "rows", "point", "spans", "spot",
        )
    }  # fmt: skip
    for iri in numbers.found.drawn:
        entity = numbers.found.entities.get(iri)
        at = numbers.found.points.get(iri)
        rows = list(numbers.found.names.containers(entity)) if entity else []
        short = "" if entity else numbers.found.names.short(numbers.found.facts[iri])
        for name, value in (
            ("iri", iri.removeprefix(BASE) if entity else ""),
            ("fact", -1 if entity else numbers.facts[iri]),
            ("label", (entity.first("label") or local(iri)) if entity else ""),
            ("short", short),
            ("$cls", numbers.string(entity.kind if entity else "")),
            ("names", entity.values("altLabel") if entity else []),
            ("rows", numbers.rows(row for row in rows if row[0] != "also called")),
            ("point", [at.latitude, at.longitude, at.km] if at else 0),
            ("spans", [numbers.spans[one] for one in numbers.mentions(iri)]),
            ("spot", list(spots[iri]) if iri in spots else 0),
        ):
            columns[name].append(value)
    return columns


def edges(numbers: Numbers) -> Columns:
    """Each edge of the graph."""
    rows = numbers.found.edges
    return {
        "from": [numbers.nodes[row.start] for row in rows],
        "to": [numbers.nodes[row.end] for row in rows],
        "$role": [numbers.string(row.role) for row in rows],
        "$group": [numbers.string(row.group) for row in rows],
        "facts": [listed(numbers.facts, row.facts) for row in rows],
    }


def facts(numbers: Numbers) -> Columns:
    """Each fact with its passage, times, numbers and who fills which role."""
    rows = list(numbers.found.facts.values())
    names = numbers.found.names

    def literal(name: str) -> list[str]:
        return [row.first(name) for row in rows]

    def term(name: str) -> list[int]:
        return [numbers.string(local(row.first(name))) for row in rows]

    return {
        "iri": [row.iri.removeprefix(row.article) for row in rows],
        "article": [numbers.articles.get(row.article, -1) for row in rows],
        "node": [numbers.nodes.get(row.iri, -1) for row in rows],
        "$cls": [numbers.string(row.kind) for row in rows],
        "title": [names.title(row) for row in rows],
        "rows": [numbers.rows(names.rows(row)) for row in rows],
        "span": [numbers.span(row.first("evidence")) for row in rows],
        "trigger": [_trigger(numbers, row) for row in rows],
        "$actuality": term("actuality"),
        "confidence": [_number(row.first("confidence")) for row in rows],
        "earliest": literal("earliest"),
        "latest": literal("latest"),
        "$precision": term("timePrecision"),
        "timeText": literal("timeText"),
        "lower": [_number(row.first("lower")) for row in rows],
        "upper": [_number(row.first("upper")) for row in rows],
        "$unit": [numbers.string(row.first("unit")) for row in rows],
        "figureText": literal("figureText"),
        "$outcome": term("outcome"),
        "event": [numbers.facts.get(row.first("event"), -1) for row in rows],
        "roles": [
            {name: held for name in ROLES if (held := numbers.nodes_of(row.values(name)))}
            for row in rows
        ],
        "same": [numbers.facts[numbers.found.same.get(row.iri, row.iri)] for row in rows],
    }


def claims(numbers: Numbers) -> Columns:
    """Each claim with speaker, manner, and the facts that are its content."""
    rows = [numbers.found.facts[iri] for iri in numbers.claims]

    def term(name: str) -> list[int]:
        return [numbers.string(local(row.first(name))) for row in rows]

    return {
        "fact": [numbers.facts[row.iri] for row in rows],
        "speaker": [numbers.node(row.first("claimant")) for row in rows],
        "$by": [
            numbers.string(
                numbers.found.names.name(row.first("claimant"))
                if row.first("claimant")
                else "the article itself"
            )
            for row in rows
        ],
        "reporters": [numbers.nodes_of(row.values("reportedBy")) for row in rows],
        "$reportedBy": [
            numbers.string(numbers.found.names.joined(row.values("reportedBy"))) for row in rows
        ],
        "$polarity": term("polarity"),
        "$certainty": term("certainty"),
        "$act": term("speechAct"),
        "$form": term("quoteForm"),
        "$cue": [numbers.string(row.first("cue")) for row in rows],
        "$medium": [numbers.string(row.first("medium")) for row in rows],
        "quote": [row.first("quote") for row in rows],
        "time": [row.first("claimTime") for row in rows],
        "contents": [listed(numbers.facts, row.values("content")) for row in rows],
        "about": [numbers.nodes_of(row.values("about")) for row in rows],
    }


def _trigger(numbers: Numbers, fact: Thing) -> int:
    """The span of the trigger; its offsets also end the IRI of every fact."""
    stated = numbers.span(fact.first("trigger"))
    place = re.search(r"/(\d+)-(\d+)$", fact.iri)
    if stated >= 0 or place is None:
        return stated
    return numbers.span(f"{fact.article}#char={place[1]},{place[2]}")


def _number(text: str) -> float | int | None:
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value

"""The content as one compact JSON document: columns of numbers and texts, each thing an index.

`templates/model.js` reads it and says what every field is. Each collection is an object of
columns of equal length; a column whose name begins with $ holds indexes into `strings`, and a
thing that is not there is -1. Offsets count UTF-16 units, as browsers do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.outlines import chart, needed
from kg.view.content import Content
from kg.view.findings import Distance
from kg.view.layout import Positions
from kg.view.naming import Row
from kg.view.reading import Thing
from kg.view.wording import family, local, words

BASE = "https://w3id.org/conflict-kg/id/"
"""What most IRIs begin with; the document leaves it out."""
ROLES = (
    "initiator", "target", "victim", "moved", "instrument", "beneficiary", "place", "origin",
    "destination", "facility", "population", "controller", "holder", "member", "of", "operator",
    "equipmentType",
)  # fmt: skip
"""Roles whose fillers the document gives as nodes."""

Columns = dict[str, list[Any]]


def payload(found: Content, spots: Positions) -> dict[str, Any]:
    """The document of everything that the page shows.

    Args:
        found: what the dataset holds.
        spots: where nodes stand; empty where the page is to place them itself.
    """
    return _Packing(found, spots).document()


class _Packing:
    """Indexes of everything, which all collections refer to."""

    def __init__(self, found: Content, spots: Positions) -> None:
        self.found = found
        self.spots = spots
        self.strings: dict[str, int] = {}
        self.articles = _indexed(article.iri for article in found.articles)
        self.spans = _indexed(
            iri for iri in sorted(found.spans) if found.spans[iri].article in self.articles
        )
        self.facts = _indexed(found.facts)
        self.nodes = _indexed(found.drawn)
        self.claims = _indexed(iri for iri, fact in found.facts.items() if fact.kind == "Claim")

    def document(self) -> dict[str, Any]:
        disputes, findings = self.disputes()
        document = {
            "base": BASE,
            "articles": self.article_columns(),
            "spans": self.span_columns(),
            "nodes": self.node_columns(),
            "edges": self.edge_columns(),
            "facts": self.fact_columns(),
            "claims": self.claim_columns(),
            "disputes": disputes,
            "findings": findings,
            "rules": {rule: list(told) for rule, told in sorted(self.found.rules.items())},
            "agreements": {
                "origins": [row.origins for row in self.found.agreements],
                "claims": [_at(self.claims, row.claims) for row in self.found.agreements],
                "facts": [_at(self.facts, row.facts) for row in self.found.agreements],
            },
            "distances": self.distance_columns(self.found.distances),
            "board": self.distance_columns(self.found.board),
            "holdings": self.holding_columns(),
            "updates": {
                "claims": [_at(self.claims, row.claims) for row in self.found.updates],
                "facts": [_at(self.facts, row.facts) for row in self.found.updates],
            },
            "echoes": {"claims": [_at(self.claims, row) for row in self.found.echoes]},
            "fronts": self.front_columns(),
            "outlines": chart(
                needed((at.longitude, at.latitude) for at in self.found.points.values())
            ),
            "kinds": self.kinds(),
        }
        return {**document, "strings": list(self.strings)}

    def string(self, text: str) -> int:
        return self.strings.setdefault(text, len(self.strings))

    def node(self, iri: str) -> int:
        return self.nodes.get(self.found.names.one(iri), -1)

    def nodes_of(self, iris: Iterable[str]) -> list[int]:
        return [at for iri in iris if (at := self.node(iri)) >= 0]

    def span(self, iri: str) -> int:
        return self.spans.get(iri, -1)

    def kinds(self) -> dict[str, list[str]]:
        """Class -> its words and family, of all classes in use."""
        used = {thing.kind for thing in (*self.found.facts.values(),)}
        used |= {thing.kind for thing in self.found.entities.values()}
        return {kind: [words(kind), family(kind) or kind] for kind in sorted(used)}

    def rows(self, rows: Iterable[Row]) -> list[list[Any]]:
        """Role, value and node of each row; a value that is the node's own name is left out."""
        packed: list[list[Any]] = []
        for role, text, iri in rows:
            at = self.node(iri) if iri else -1
            same = at >= 0 and text == self.found.names.name(iri)
            packed.append([self.string(role), "" if same else text, at])
        return packed

    def article_columns(self) -> Columns:
        rows = self.found.articles
        texts = [self.found.texts[row.iri] for row in rows]
        return {
            "iri": [row.iri.removeprefix(BASE) for row in rows],
            "title": [row.first("title") or "Untitled article" for row in rows],
            "issued": [row.first("issued")[:10] for row in rows],
            "$publisher": [self.string(row.first("publisher")) for row in rows],
            "source": [row.first("source") for row in rows],
            "text": [text.shown for text in texts],
            "whole": [int(text.whole) for text in texts],
        }

    def span_columns(self) -> Columns:
        rows = [self.found.spans[iri] for iri in self.spans]
        texts = self.found.texts
        return {
            "article": [self.articles[row.article] for row in rows],
            "start": [texts[row.article].place(row.start) for row in rows],
            "end": [
                texts[row.article].place(row.end - 1) + (2 if row.exact[-1:] > "\uffff" else 1)
                for row in rows
            ],
        }

    def node_columns(self) -> Columns:
        """Entities with all that is known of them; of a fact only the number and the point."""
        columns: Columns = {
            name: []
            for name in (
                "iri", "fact", "label", "short", "$cls", "names", "rows", "point", "spans", "spot",
            )
        }  # fmt: skip
        for iri in self.found.drawn:
            entity = self.found.entities.get(iri)
            at = self.found.points.get(iri)
            rows = list(self.found.names.containers(entity)) if entity else []
            short = "" if entity else self.found.names.short(self.found.facts[iri])
            for name, value in (
                ("iri", iri.removeprefix(BASE) if entity else ""),
                ("fact", -1 if entity else self.facts[iri]),
                ("label", (entity.first("label") or local(iri)) if entity else ""),
                ("short", short),
                ("$cls", self.string(entity.kind if entity else "")),
                ("names", entity.values("altLabel") if entity else []),
                ("rows", self.rows(row for row in rows if row[0] != "also called")),
                ("point", [at.latitude, at.longitude, at.km] if at else 0),
                ("spans", [self.spans[one] for one in self.mentions(iri)]),
                ("spot", list(self.spots[iri]) if iri in self.spots else 0),
            ):
                columns[name].append(value)
        return columns

    def mentions(self, iri: str) -> list[str]:
        return [one for one in self.found.mentions.get(iri, ()) if one in self.spans]

    def edge_columns(self) -> Columns:
        rows = self.found.edges
        return {
            "from": [self.nodes[row.start] for row in rows],
            "to": [self.nodes[row.end] for row in rows],
            "$role": [self.string(row.role) for row in rows],
            "$group": [self.string(row.group) for row in rows],
            "facts": [_at(self.facts, row.facts) for row in rows],
        }

    def fact_columns(self) -> Columns:
        rows = list(self.found.facts.values())
        names = self.found.names

        def literal(name: str) -> list[str]:
            return [row.first(name) for row in rows]

        def term(name: str) -> list[int]:
            return [self.string(local(row.first(name))) for row in rows]

        return {
            "iri": [row.iri.removeprefix(row.article) for row in rows],
            "article": [self.articles.get(row.article, -1) for row in rows],
            "node": [self.nodes.get(row.iri, -1) for row in rows],
            "$cls": [self.string(row.kind) for row in rows],
            "title": [names.title(row) for row in rows],
            "rows": [self.rows(names.rows(row)) for row in rows],
            "span": [self.span(row.first("evidence")) for row in rows],
            "trigger": [self.trigger(row) for row in rows],
            "$actuality": term("actuality"),
            "confidence": [_number(row.first("confidence")) for row in rows],
            "earliest": literal("earliest"),
            "latest": literal("latest"),
            "$precision": term("timePrecision"),
            "timeText": literal("timeText"),
            "lower": [_number(row.first("lower")) for row in rows],
            "upper": [_number(row.first("upper")) for row in rows],
            "$unit": [self.string(row.first("unit")) for row in rows],
            "figureText": literal("figureText"),
            "$outcome": term("outcome"),
            "event": [self.facts.get(row.first("event"), -1) for row in rows],
            "roles": [
                {name: held for name in ROLES if (held := self.nodes_of(row.values(name)))}
                for row in rows
            ],
            "same": [self.facts[self.found.same.get(row.iri, row.iri)] for row in rows],
        }

    def trigger(self, fact: Thing) -> int:
        """The span of the trigger; its offsets also end the IRI of every fact."""
        stated = self.span(fact.first("trigger"))
        place = re.search(r"/(\d+)-(\d+)$", fact.iri)
        if stated >= 0 or place is None:
            return stated
        return self.span(f"{fact.article}#char={place[1]},{place[2]}")

    def claim_columns(self) -> Columns:
        rows = [self.found.facts[iri] for iri in self.claims]

        def term(name: str) -> list[int]:
            return [self.string(local(row.first(name))) for row in rows]

        return {
            "fact": [self.facts[row.iri] for row in rows],
            "speaker": [self.node(row.first("claimant")) for row in rows],
            "$by": [
                self.string(
                    self.found.names.name(row.first("claimant"))
                    if row.first("claimant")
                    else "the article itself"
                )
                for row in rows
            ],
            "reporters": [self.nodes_of(row.values("reportedBy")) for row in rows],
            "$reportedBy": [
                self.string(self.found.names.joined(row.values("reportedBy"))) for row in rows
            ],
            "$polarity": term("polarity"),
            "$certainty": term("certainty"),
            "$act": term("speechAct"),
            "$form": term("quoteForm"),
            "$cue": [self.string(row.first("cue")) for row in rows],
            "$medium": [self.string(row.first("medium")) for row in rows],
            "quote": [row.first("quote") for row in rows],
            "time": [row.first("claimTime") for row in rows],
            "contents": [_at(self.facts, row.values("content")) for row in rows],
            "about": [self.nodes_of(row.values("about")) for row in rows],
        }

    def disputes(self) -> tuple[Columns, Columns]:
        rows = self.found.disputes
        findings = [one for row in rows for one in row.findings]
        numbers = iter(range(len(findings)))
        return {
            "iri": [row.iri.removeprefix(BASE) for row in rows],
            "$kind": [self.string(row.kind) for row in rows],
            "$word": [self.string(words(row.kind)) for row in rows],
            "claims": [_at(self.claims, row.claims) for row in rows],
            "facts": [_at(self.facts, row.facts) for row in rows],
            "findings": [[next(numbers) for _ in row.findings] for row in rows],
        }, {
            "$rule": [self.string(one.rule) for one in findings],
            "claims": [[self.claims.get(iri, -1) for iri in one.claims] for one in findings],
            "facts": [[self.facts.get(iri, -1) for iri in one.facts] for one in findings],
            "spans": [[self.span(iri) for iri in one.spans] for one in findings],
        }

    def distance_columns(self, rows: Sequence[Distance]) -> Columns:
        return {
            "facility": [self.node(row.facility) for row in rows],
            "event": [self.facts.get(row.event, -1) for row in rows],
            "place": [self.node(row.place) for row in rows],
            "km": [row.km for row in rows],
            "uncertainty": [row.uncertainty for row in rows],
            "stated": [row.stated for row in rows],
            "figure": [self.facts.get(row.figure, -1) for row in rows],
            "supported": [row.supported for row in rows],
            "day": [row.day for row in rows],
            "$what": [self.string(row.what) for row in rows],
            "claims": [_at(self.claims, row.claims) for row in rows],
        }

    def holding_columns(self) -> Columns:
        rows = self.found.holdings
        return {
            "place": [self.node(row.place) for row in rows],
            "day": [row.day for row in rows],
            "controllers": [self.nodes_of(row.controllers) for row in rows],
            "$polarity": [self.string(row.polarity) for row in rows],
            "contested": [int(row.contested) for row in rows],
            "claims": [_at(self.claims, row.claims) for row in rows],
            "facts": [_at(self.facts, row.facts) for row in rows],
        }

    def front_columns(self) -> Columns:
        rows = self.found.fronts
        return {
            "advance": [self.facts.get(row.advance, -1) for row in rows],
            "day": [row.day for row in rows],
            "places": [self.nodes_of(row.places) for row in rows],
            "facts": [_at(self.facts, row.facts) for row in rows],
        }


def _indexed(iris: Iterable[str]) -> dict[str, int]:
    return {iri: index for index, iri in enumerate(iris)}


def _at(index: Mapping[str, int], iris: Iterable[str]) -> list[int]:
    return [index[iri] for iri in iris if iri in index]


def _number(text: str) -> float | int | None:
    if not text:
        return None
    value = float(text)
    return int(value) if value.is_integer() else value

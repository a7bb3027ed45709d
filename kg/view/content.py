"""Everything the page knows, read from the dataset once: entities, facts, spans, findings.

Entities held to be one are one here; facts stay as their articles say them. Equal datasets
give equal content.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.view.findings import (
    Agreement,
    Dispute,
    Update,
    agreements,
    disputes,
    echoes,
    rules,
    updates,
)
from kg.view.links import Edge, edges
from kg.view.measures import (
    Distance,
    Front,
    Holding,
    board,
    distances,
    fronts,
    holdings,
)
from kg.view.naming import Names
from kg.view.reading import (
    ENTITIES,
    FACTS,
    Point,
    Select,
    Span,
    Thing,
    mentions,
    named,
    points,
    same,
    spans,
    things,
)
from kg.view.texts import Text
from kg.view.wording import family


@dataclass(frozen=True, slots=True)
class Content:
    """What the page shows, each part sorted by IRI.

    Attributes:
        articles: with the properties that the dataset gives them.
        texts: article -> its text.
        spans: IRI -> characters.
        entities: those that an article names or a fact has in a role, and the facilities that
            something was measured to.
        facts: events, figures, lots, posts, memberships, control and claims.
        drawn: IRIs of the nodes of the graph: entities, and facts that are drawn as nodes.
        edges: between nodes.
        names: what everything is called.
        mentions: entity -> IRIs of the spans that name it.
        points: place -> where it is.
        same: fact -> the fact that stands for all told of one happening.
        rules, disputes, agreements, distances, board, holdings, updates, echoes, fronts:
            computed across articles.
    """

    articles: tuple[Thing, ...]
    texts: Mapping[str, Text]
    spans: Mapping[str, Span]
    entities: Mapping[str, Thing]
    facts: Mapping[str, Thing]
    drawn: tuple[str, ...]
    edges: tuple[Edge, ...]
    names: Names
    mentions: Mapping[str, tuple[str, ...]]
    points: Mapping[str, Point]
    same: Mapping[str, str]
    rules: Mapping[str, tuple[str, str]]
    disputes: tuple[Dispute, ...]
    agreements: tuple[Agreement, ...]
    distances: tuple[Distance, ...]
    board: tuple[Distance, ...]
    holdings: tuple[Holding, ...]
    updates: tuple[Update, ...]
    echoes: tuple[tuple[str, ...], ...]
    fronts: tuple[Front, ...]


def content(select: Select) -> Content:
    """Reads the whole dataset."""
    one = same(select)
    articles = tuple(things(select, "Article"))
    facts = {fact.iri: fact for root in FACTS for fact in things(select, root)}
    facts = {iri: facts[iri] for iri in sorted(facts)}
    everything = _entities(select, one)
    measured = tuple(distances(select))
    approached = tuple(board(select))
    used = {one.get(iri, iri) for iri in named(select)}
    used |= {one.get(row.facility, row.facility) for row in (*measured, *approached)}
    entities = {iri: everything[iri] for iri in sorted(everything) if iri in used}
    names = Names(everything, facts, one)
    drawn = sorted([*entities, *(iri for iri, fact in facts.items() if family(fact.kind))])
    known = dict(spans(select))
    known |= _triggers(facts, known)
    named_at: defaultdict[str, set[str]] = defaultdict(set)
    for iri, found in mentions(select).items():
        named_at[one.get(iri, iri)] |= set(found)
    pieces: defaultdict[str, list[Span]] = defaultdict(list)
    for span in known.values():
        pieces[span.article].append(span)
    evidence = {iri: fact.first("evidence") for iri, fact in facts.items()}
    said = {iri: set(fact.values("content")) for iri, fact in facts.items()}
    return Content(
        articles=articles,
        texts={
            article.iri: Text(article.first("articleBody"), pieces[article.iri])
            for article in articles
        },
        spans=known,
        entities=entities,
        facts=facts,
        drawn=tuple(drawn),
        edges=edges(facts, everything, names, dict.fromkeys(drawn)),
        names=names,
        mentions={iri: tuple(sorted(found)) for iri, found in sorted(named_at.items())},
        points=points(select),
        same={iri: one[iri] for iri in facts if one.get(iri) in facts},
        rules=rules(select),
        disputes=tuple(disputes(select, evidence, said)),
        agreements=tuple(agreements(select)),
        distances=measured,
        board=approached,
        holdings=tuple(holdings(select)),
        updates=tuple(updates(select)),
        echoes=tuple(echoes(select)),
        fronts=tuple(fronts(select)),
    )


def _triggers(facts: Mapping[str, Thing], known: Mapping[str, Span]) -> dict[str, Span]:
    """Spans of triggers that only the end of a fact's IRI tells, where the evidence holds them."""
    found: dict[str, Span] = {}
    for fact in facts.values():
        place = re.search(r"/(\d+)-(\d+)$", fact.iri)
        around = known.get(fact.first("evidence"))
        if fact.first("trigger") or place is None or around is None:
            continue
        start, end = int(place[1]), int(place[2])
        iri = f"{fact.article}#char={start},{end}"
        if iri not in known and around.start <= start < end <= around.end:
            words = around.exact[start - around.start : end - around.start]
            found[iri] = Span(around.article, start, end, words)
    return found


def _entities(select: Select, one: Mapping[str, str]) -> dict[str, Thing]:
    """All entities, those held to be one with the properties of all of them."""
    found: dict[str, Thing] = {}
    for root in ENTITIES:
        for thing in things(select, root, anywhere=True):
            iri = one.get(thing.iri, thing.iri)
            known = found.setdefault(iri, Thing(iri, thing.kind, ""))
            for name, values in thing.properties.items():
                known.properties[name] = sorted({*known.values(name), *values})
    return found

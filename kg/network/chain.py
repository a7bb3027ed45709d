"""How two actors are connected: the shortest chain of meetings, with the claims along it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kg.errors import QueryError
from kg.network.happenings import identity
from kg.network.identity import canonical
from kg.network.projection import actors, meetings
from kg.network.telling import accounts
from kg.network.things import CK, Select, held, labels


@dataclass(frozen=True, slots=True)
class Step:
    """One claim on which a link of the chain rests.

    Attributes:
        number: of the link, from 1.
        actor, actor_label: IRI and name of one end, the nearer to the start.
        next, next_label: of the other end.
        fact, fact_label, kind: the event, post, membership … in which both meet, or the claim by
            one about the other; empty label and kind where unknown.
        claim: IRI of a claim of it, "" where reference data alone connects the two.
        speaker: who says so.
        sentence: the words of the claim.
        article, title: where.
    """

    number: int
    actor: str
    actor_label: str
    next: str
    next_label: str
    fact: str
    fact_label: str
    kind: str
    claim: str
    speaker: str
    sentence: str
    article: str
    title: str


def chain(select: Select, start: Iterable[str], end: Iterable[str]) -> tuple[Step, ...]:
    """The shortest chain between two actors, link by link; empty if nothing connects them.

    Of several shortest chains the first in the order of IRIs. A link has a row for every claim
    that it rests on.

    Args:
        select: asks the dataset.
        start: the IRIs that may be meant by one end (one actor has one in each article).
        end: those of the other end.

    Raises:
        QueryError: no actor among the IRIs, or both ends are one actor.
    """
    select = held(select)
    graph = actors(select)
    same = canonical(identity(select))
    ends = []
    for some in (start, end):
        found = sorted({same.get(iri, iri) for iri in some} & set(graph))
        if not found:
            raise QueryError(
                f"no actor of the network among {', '.join(sorted(some)) or 'nothing'}; "
                "kg network lists the actors"
            )
        ends.append(found)
    if set(ends[0]) & set(ends[1]):
        raise QueryError(f"{ends[0][0]} is both ends of the chain; name two actors")
    path = _shortest(graph, *ends)
    return tuple(_steps(select, path))


def _shortest(graph: nx.Graph[str], start: list[str], end: list[str]) -> list[str]:
    """Breadth first from the start, neighbours in order, so that the chain is always the same."""
    before: dict[str, str | None] = dict.fromkeys(start)
    level, goals = start, set(end)
    while level:
        for node in level:
            if node in goals:
                path = [node]
                while (up := before[path[-1]]) is not None:
                    path.append(up)
                return path[::-1]
        further: list[str] = []
        for node in level:
            for other in sorted(graph[node]):
                if other not in before:
                    before[other] = node
                    further.append(other)
        level = further
    return []


def _steps(select: Select, path: list[str]) -> Iterable[Step]:
    links = list(pairwise(path))
    meeting = meetings(select)
    facts = {link: meeting[min(link), max(link)] for link in links}
    names = labels(select, path)
    about = accounts(select, (fact for found in facts.values() for fact in found))
    for number, link in enumerate(links, 1):
        for fact in facts[link]:
            for claim, speaker, sentence, article, title in _claims(select, fact) or [("",) * 5]:
                yield Step(
                    number,
                    link[0],
                    names[link[0]],
                    link[1],
                    names[link[1]],
                    fact,
                    about[fact].label,
                    about[fact].kind,
                    claim,
                    speaker,
                    sentence,
                    article,
                    title,
                )


def _claims(select: Select, fact: str) -> list[tuple[str, ...]]:
    """Claim, speaker, sentence, article and title of all claims behind a fact, sorted."""
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX dcterms: <http://purl.org/dc/terms/> "
        "SELECT DISTINCT ?claim ?speaker ?exact ?article ?title WHERE { "
        f"{{ BIND(<{fact}> AS ?claim) ?claim a ck:Claim }} UNION {{ ?claim ck:content <{fact}> }} "
        f"UNION {{ ?holds ck:target|ck:instrument|ck:moved <{fact}> . ?claim ck:content ?holds }} "
        "?claim ck:evidence ?span . ?span ck:exact ?exact ; ck:inArticle ?article "
        "OPTIONAL { ?claim ck:claimant/rdfs:label ?speaker } "
        "OPTIONAL { ?article dcterms:title ?title } } ORDER BY ?claim ?speaker ?exact ?title"
    ).rows
    return [tuple(value or "" for value in row) for row in rows]

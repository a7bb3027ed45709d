"""Why a fact is in the graph: claim, speaker, sentence and article, with the offsets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches
from typing import Final

import pyoxigraph

from kg.errors import QueryError
from kg.records import Table
from kg.vocab import PREFIXES

Select = Callable[[str], Table]

_DEPTH: Final = 3
"""How many facts may stand between a thing and a claim (type of a lot of a loss of a claim)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One chain from what was asked about to the words of an article.

    What is not known is None. Offsets are half-open code points into the article's text.

    Attributes:
        thing, thing_label: what was asked about.
        role: how the thing takes part in the fact ("initiator", "place" …), "itself" where it
            is the fact or the claim, "claimant" where it speaks.
        fact, fact_label, fact_kind: the event, figure, position, control … that is claimed.
        actuality, confidence, extractor: of the fact.
        evidence, evidence_start, evidence_end: the words that the fact was read from.
        claim: IRI of the claim.
        speaker, reported_by: who says so, and who passed it on.
        speech_act, polarity, certainty, cue, quote, medium: how it is said.
        sentence, sentence_start, sentence_end: the words of the claim.
        article, title, published, publisher, url: where.
    """

    thing: str
    thing_label: str | None
    role: str
    fact: str | None
    fact_label: str | None
    fact_kind: str | None
    actuality: str | None
    confidence: str | None
    extractor: str | None
    evidence: str | None
    evidence_start: int | None
    evidence_end: int | None
    claim: str
    speaker: str | None
    reported_by: str | None
    speech_act: str | None
    polarity: str | None
    certainty: str | None
    cue: str | None
    quote: str | None
    medium: str | None
    sentence: str | None
    sentence_start: int | None
    sentence_end: int | None
    article: str | None
    title: str | None
    published: str | None
    publisher: str | None
    url: str | None

    def plain(self) -> dict[str, str | int | None]:
        """The chain as a mapping for JSON, in the order of the attributes."""
        return asdict(self)


def why(select: Select, thing: str) -> tuple[Reason, ...]:
    """All chains from a fact, claim, actor, place, equipment type or finding to its sentences.

    Args:
        select: answers SELECT queries, `Store.select`.
        thing: an IRI, one shortened by a known prefix (id:…), the end of an IRI
            ("/shelling/179-187"), or a label or part of it, in any case.

    Returns:
        Chains by article, sentence offsets and fact; one per thing, fact and claim.

    Raises:
        QueryError: nothing in the store is called so (near labels are named), or nothing
            that is called so has a claim behind it.
    """
    asked = things(select, thing)
    found: set[Reason] = set()
    for iri, label in asked:
        links = sorted(
            set(_claimed(select, iri)), key=lambda link: (link[1], link[2] or "", link[0])
        )
        for role, claim, fact in links:
            found.add(_reason(select, iri, label, role, claim, fact))
    if not found:
        names = ", ".join(label or iri for iri, label in asked[:5])
        raise QueryError(
            f'nothing claims anything about "{thing}" ({names}); reference data and the '
            "ontology have no sentence behind them"
        )
    return tuple(sorted(found, key=_place))


def _place(reason: Reason) -> tuple[str, int, int, str, str, str]:
    return (
        reason.article or "",
        reason.sentence_start or 0,
        reason.evidence_start or 0,
        reason.fact or "",
        reason.claim,
        reason.thing + reason.role,
    )


def _node(iri: str) -> str:
    try:
        return str(pyoxigraph.NamedNode(iri))
    except ValueError as error:
        raise QueryError(f'not an IRI: "{iri}"') from error


def _expanded(thing: str) -> str | None:
    prefix, colon, local = thing.partition(":")
    if not colon or " " in thing:
        return None
    return thing if local.startswith("//") else _joined(dict(PREFIXES).get(prefix), local)


def _joined(space: str | None, local: str) -> str | None:
    return None if space is None else space + local


def things(select: Select, thing: str) -> list[tuple[str, str | None]]:
    """What is called so: an IRI, else the ends of IRIs, else equal labels, else parts of labels.

    Raises:
        QueryError: nothing in the store is called so; near labels are named.
    """
    iri = _expanded(thing.strip().strip("<>"))
    if iri is not None:
        node = _node(iri)
        rows = select(f"SELECT (MIN(?l) AS ?label) {{ {node} a ?kind ; rdfs:label ?l }}").rows
        known = select(f"SELECT ?kind {{ {node} a ?kind }}").rows
        if known:
            return [(iri, rows[0][0] if rows else None)]
    wanted = str(pyoxigraph.Literal(thing.strip().lower()))
    end = str(pyoxigraph.Literal(thing.strip()))
    for test in (
        f"STRENDS(STR(?x), {end})",
        f"LCASE(STR(?label)) = {wanted}",
        f"CONTAINS(LCASE(STR(?label)), {wanted})",
    ):
        found = select(
            "SELECT ?x (MIN(?l) AS ?label) { "
            "{ SELECT DISTINCT ?x { ?x a ?kind ; rdfs:label ?label "
            f"FILTER(STRSTARTS(STR(?x), STR(id:)) && {test}) }} }} "
            "?x rdfs:label ?l } GROUP BY ?x ORDER BY ?x"
        ).rows
        if found and thing.strip():
            return [(row[0], row[1]) for row in found if row[0] is not None]
    labels = sorted({row[0] for row in select(_LABELS).rows if row[0]})
    near = get_close_matches(thing, labels, n=5, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "give a name, or words of one"
    raise QueryError(f'nothing in the store is called "{thing}"; {hint}')


def _claimed(select: Select, iri: str) -> Iterator[tuple[str, str, str | None]]:
    """(role, claim, fact) of every claim behind the thing."""
    node = _node(iri)
    itself = select(
        f"SELECT ?claim ?content {{ VALUES ?claim {{ {node} }} ?claim a ck:Claim "
        "OPTIONAL { ?claim ck:content ?content } }"
    )
    for _, content in itself.rows:
        yield "itself", iri, content
    for role, claim, content in select(
        "SELECT DISTINCT ?role ?claim ?content { VALUES ?role "
        "{ ck:claimant ck:reportedBy ck:about } "
        f"?claim ?role {node} ; a ck:Claim OPTIONAL {{ ?claim ck:content ?content }} }}"
    ).rows:
        yield _local(role) or "", claim or "", content
    for claim, content in select(
        "SELECT DISTINCT ?claim ?content { VALUES ?finding "
        "{ ck:Dispute ck:Corroboration ck:Finding ck:Holding ck:Approach } "
        f"{node} a ?finding ; ck:claim ?claim OPTIONAL {{ ?claim ck:content ?content }} }}"
    ).rows:
        yield "claim", claim or "", content
    for role, fact in select(
        f"SELECT ?role ?fact {{ VALUES ?role {{ ck:event ck:statedFigure }} "
        f"{node} a ck:Proximity ; ?role ?fact }}"
    ).rows:
        yield from ((_local(role) or "", c, fact) for c in _claims(select, fact or ""))
    yield from (("itself", claim, iri) for claim in _claims(select, iri))
    for role, fact in _held(select, iri):
        yield from ((role, claim, fact) for claim in _claims(select, fact))


def _claims(select: Select, fact: str) -> Iterable[str]:
    rows = select(f"SELECT DISTINCT ?claim {{ ?claim ck:content {_node(fact)} }}").rows
    return [row[0] for row in rows if row[0]]


def _held(select: Select, iri: str, depth: int = 1) -> Iterator[tuple[str, str]]:
    """(role, fact) of the facts that hold the thing, also through facts that nobody claims."""
    rows = select(
        f"SELECT DISTINCT ?role ?fact {{ ?fact ?role {_node(iri)} ; ck:evidence ?span ; "
        "ck:confidence ?sure "
        "FILTER NOT EXISTS { ?fact a ck:Claim } FILTER(?role != ck:sameAs) }"
    ).rows
    for role, fact in rows:
        if fact is None:
            continue
        if depth < _DEPTH and not _claims(select, fact):
            yield from ((_local(role) or "", above) for _, above in _held(select, fact, depth + 1))
        else:
            yield _local(role) or "", fact


def _local(iri: str | None) -> str | None:
    return None if iri is None else iri.rpartition("#")[2]


_LABELS: Final = """
SELECT DISTINCT ?label { ?x a ?kind ; rdfs:label ?label FILTER(STRSTARTS(STR(?x), STR(id:))) }
"""
_FACT: Final = """
SELECT ?fact_label ?fact_kind ?actuality ?confidence ?extractor
       ?evidence ?evidence_start ?evidence_end {
  %s a ?fact_kind .
  OPTIONAL { %s rdfs:label ?fact_label }
  OPTIONAL { %s ck:actuality ?actuality }
  OPTIONAL { %s ck:confidence ?confidence }
  OPTIONAL { %s ck:extractor ?extractor }
  OPTIONAL { %s ck:evidence ?span .
    ?span ck:exact ?evidence ; ck:start ?evidence_start ; ck:end ?evidence_end }
} ORDER BY ?fact_kind ?fact_label ?evidence_start ?evidence_end
"""
_CLAIM: Final = """
SELECT ?speaker ?reported_by ?speech_act ?polarity ?certainty ?cue ?quote ?medium
       ?sentence ?sentence_start ?sentence_end ?article ?title ?published ?publisher ?url {
  %s a ck:Claim .
  OPTIONAL { %s ck:claimant/rdfs:label ?speaker }
  OPTIONAL { %s ck:reportedBy/rdfs:label ?reported_by }
  OPTIONAL { %s ck:speechAct ?speech_act }
  OPTIONAL { %s ck:polarity ?polarity }
  OPTIONAL { %s ck:certainty ?certainty }
  OPTIONAL { %s ck:cue ?cue }
  OPTIONAL { %s ck:quote ?quote }
  OPTIONAL { %s ck:medium ?medium }
  OPTIONAL { %s ck:evidence ?span .
    ?span ck:exact ?sentence ; ck:start ?sentence_start ; ck:end ?sentence_end ;
      ck:inArticle ?article .
    OPTIONAL { ?article dcterms:title ?title }
    OPTIONAL { ?article dcterms:issued ?published }
    OPTIONAL { ?article dcterms:publisher ?publisher }
    OPTIONAL { ?article dcterms:source ?url } }
} ORDER BY ?sentence_start ?sentence_end ?speaker ?reported_by
"""
_TERMS: Final = frozenset({"fact_kind", "actuality", "speech_act", "polarity", "certainty"})
_OFFSETS: Final = frozenset(field.name for field in fields(Reason) if "_start" in field.name) | {
    "evidence_end",
    "sentence_end",
}


def _reason(
    select: Select, thing: str, label: str | None, role: str, claim: str, fact: str | None
) -> Reason:
    known = _first(select, _FACT, fact) | _first(select, _CLAIM, claim)
    values = {field.name: known.get(field.name) for field in fields(Reason)}
    values |= {"thing": thing, "thing_label": label, "role": role, "claim": claim, "fact": fact}
    offsets = {name: int(value) for name in _OFFSETS if (value := values[name]) is not None}
    return Reason(**(values | offsets))  # type: ignore[arg-type]


def _first(select: Select, query: str, iri: str | None) -> dict[str, str | None]:
    """The first row by column name, names of ontology individuals without their namespace."""
    if iri is None:
        return {}
    table = select(query.replace("%s", _node(iri)))
    row = table.rows[0] if table.rows else (None,) * len(table.columns)
    pairs = zip(table.columns, row, strict=True)
    return {name: _local(value) if name in _TERMS else value for name, value in pairs}

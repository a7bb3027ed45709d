"""One article's graph: its data, its facts, its entities, and the characters of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from rdflib import Literal, URIRef

from kg.errors import DocumentError
from kg.rdf.entities import description, naming
from kg.rdf.labels import label
from kg.rdf.terms import Triple, iri, literal, moment, named, number, term
from kg.records import Document, Fact, FactValue, Graph, Link, Linked, Span, Term
from kg.version import VERSION
from kg.vocab import CK, DCTERMS, ID, PROV, RDF, RDFS, SDO

# roles whose strings are points in time
MOMENTS = frozenset({"earliest", "latest", "since", "claimTime"})
# the one role whose terms are words and no individuals of the ontology: "day", "month"
PRECISION = "timePrecision"
# looked up once: most triples are of these, and a closed namespace searches itself every time
_TYPE, _TEXT_SPAN, _LINK_DECISION = RDF.type, CK.TextSpan, CK.LinkDecision
_IN_ARTICLE, _START, _END, _EXACT, _EVIDENCE = CK.inArticle, CK.start, CK.end, CK.exact, CK.evidence


def graph(document: Document, linked: Linked) -> Graph:
    """All that one article says, named by the article's IRI; no facts give the article alone.

    Each fact has its class, label, roles, evidence and trigger spans, confidence, extractor
    and run; each entity used has class, label and mentions (an entity of this document only
    has all its data here, a reference entity has them in the reference graph). Classes are
    not closed over super-classes: query with `rdfs:subClassOf*`.

    Raises:
        DocumentError: a span lies outside the text, or the ontology lacks a kind or role.
    """
    facts = everything(linked.facts)
    found = dict.fromkeys((*linked.links, *(one for fact in facts for one in held(fact))))
    links = tuple(link for link in found if naming_words(link))
    names = {entity.iri: entity.label for entity in linked.entities}
    spans = {span for fact in facts for span in (fact.anchor, fact.evidence)}
    spans |= {link.mention.span for link in links}
    return named(
        iri(document.iri),
        (
            *article(document),
            *(one for fact in facts for one in statements(document, fact, names)),
            *(one for one in entities(document, linked, links, facts)),
            *(one for link in links for one in decision(document, link)),
            *(one for span in spans for one in characters(document, span)),
        ),
    )


def everything(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts and all facts that they hold as values, each once, sorted by IRI."""
    found: dict[str, Fact] = {}
    waiting = list(facts)
    while waiting:
        fact = waiting.pop()
        if fact.iri not in found:
            found[fact.iri] = fact
            waiting += [value for _, value in fact.roles if isinstance(value, Fact)]
    return tuple(found[one] for one in sorted(found))


def held(fact: Fact) -> Iterator[Link]:
    """The links among the values of a fact."""
    return (value for _, value in fact.roles if isinstance(value, Link))


def naming_words(link: Link) -> bool:
    """Whether a link has words that name its entity; the article's own voice has none."""
    return bool(link.mention.name) and link.mention.span.start < link.mention.span.end


def article(document: Document) -> Iterator[Triple]:
    """The article itself and the run that read it."""
    node, run = iri(document.iri), iri(document.iri + "/run")
    for kind in (CK.Article, SDO.NewsArticle, PROV.Entity):
        yield node, RDF.type, kind
    yield node, DCTERMS.title, Literal(document.title)
    yield node, RDFS.label, Literal(document.title)
    yield node, DCTERMS.language, Literal(document.language)
    yield node, CK.sha256, Literal(sha256(document.text.encode("utf-8")).hexdigest())
    yield node, SDO.articleBody, Literal(document.text)
    if document.published is not None:
        yield node, DCTERMS.issued, literal(document.published)
    if document.publisher:
        yield node, DCTERMS.publisher, Literal(document.publisher)
    if document.url:
        yield node, DCTERMS.source, iri(document.url)
    software = ID[f"software/conflict-kg-{VERSION}"]
    yield run, RDF.type, CK.Run
    yield run, PROV.used, node
    yield run, PROV.wasAssociatedWith, software
    yield software, RDF.type, PROV.SoftwareAgent
    yield software, RDFS.label, Literal(f"conflict-kg {VERSION}")


def statements(document: Document, fact: Fact, names: dict[str, str]) -> Iterator[Triple]:
    """One fact: class, label, roles, evidence, trigger, confidence, extractor, run."""
    node = iri(fact.iri)
    yield node, RDF.type, term(fact.kind)
    yield node, RDFS.label, Literal(label(fact, names))
    for role, value in fact.roles:
        yield node, term(role), filler(role, value, names)
    yield node, CK.evidence, address(document, fact.evidence)
    yield node, CK.trigger, address(document, fact.anchor)
    yield node, CK.confidence, number(fact.confidence, 3)
    yield node, CK.extractor, Literal(fact.extractor)
    yield node, PROV.wasGeneratedBy, iri(document.iri + "/run")


def filler(role: str, value: FactValue, names: dict[str, str]) -> URIRef | Literal:
    """One value of a role as a term.

    A string that is the IRI of an entity of the document stands for that entity: the
    article's own voice is a claimant without a mention.
    """
    if isinstance(value, Link):
        return iri(value.entity)
    if isinstance(value, Fact):
        return iri(value.iri)
    if isinstance(value, Term):
        return Literal(value.name.lower()) if role == PRECISION else term(value.name)
    if isinstance(value, str) and value in names:
        return iri(value)
    if isinstance(value, str) and role in MOMENTS:
        return moment(value)
    return literal(value)


def entities(
    document: Document, linked: Linked, links: tuple[Link, ...], facts: tuple[Fact, ...]
) -> Iterator[Triple]:
    """The entities that facts or links of the article use, with their mentions."""
    used = {link.entity for link in links}
    used |= {link.entity for fact in facts for link in held(fact)}
    used |= {value for fact in facts for _, value in fact.roles if isinstance(value, str)}
    for entity in linked.entities:
        if entity.iri in used:
            local = entity.iri.startswith(document.iri + "/")
            yield from description(entity) if local else naming(entity)
    for link in links:
        yield iri(link.entity), CK.mention, address(document, link.mention.span)


def decision(document: Document, link: Link) -> Iterator[Triple]:
    """Why these characters are held to name that entity."""
    span = link.mention.span
    short = sha256(link.entity.encode("utf-8")).hexdigest()[:8]
    node = iri(f"{document.iri}#link={span.start},{span.end},{short}")
    yield node, _TYPE, _LINK_DECISION
    yield node, _EVIDENCE, address(document, span)
    yield node, CK.entity, iri(link.entity)
    yield node, CK.linkMethod, Literal(link.method)
    yield node, CK.linkScore, number(link.score, 3)


def address(document: Document, span: Span) -> URIRef:
    """The IRI of a span: the article's IRI with its offsets as fragment (RFC 5147)."""
    return iri(f"{document.iri}#char={span.start},{span.end}")


def characters(document: Document, span: Span) -> Iterator[Triple]:
    """A span with its offsets and the characters themselves."""
    if not 0 <= span.start < span.end <= len(document.text):
        raise DocumentError(
            f"{document.origin or document.iri}: characters {span.start}–{span.end} lie outside "
            f"the text of {len(document.text)}; this is a fault of an extractor, please report it"
        )
    node = address(document, span)
    yield node, _TYPE, _TEXT_SPAN
    yield node, _IN_ARTICLE, iri(document.iri)
    yield node, _START, literal(span.start)
    yield node, _END, literal(span.end)
    yield node, _EXACT, Literal(document.text[span.start : span.end])

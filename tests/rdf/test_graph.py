"""Linked facts in, one valid named graph out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, RDFS, XSD, BNode, Literal, URIRef
from rdflib import Graph as Triples

from kg.errors import DocumentError
from kg.rdf import graph, ontology_graph, reference_graph, violations
from kg.rdf.terms import named, triples
from kg.records import Document, Fact, Linked, Span, Term
from kg.vocab import CK, DCTERMS, GEO, ONTOLOGY, REFERENCE, SDO, SKOS
from tests.rdf import samples


@pytest.fixture(scope="module")
def held() -> Triples:
    return triples(graph(samples.DOCUMENT, samples.LINKED))


def test_the_graph_is_valid() -> None:
    assert violations(graph(samples.DOCUMENT, samples.LINKED)) == ()


def test_lines_are_sorted_unique_and_without_blank_nodes() -> None:
    lines = graph(samples.DOCUMENT, samples.LINKED).quads
    assert list(lines) == sorted(set(lines))
    assert all(line.endswith(f" <{samples.IRI}> .") for line in lines)
    assert not any(
        isinstance(node, BNode)
        for one in triples(graph(samples.DOCUMENT, samples.LINKED))
        for node in one
    )


def test_order_of_facts_does_not_matter() -> None:
    turned = replace(
        samples.LINKED,
        facts=samples.LINKED.facts[::-1],
        links=samples.LINKED.links[::-1],
        entities=samples.LINKED.entities[::-1],
    )
    assert graph(samples.DOCUMENT, turned) == graph(samples.DOCUMENT, samples.LINKED)


def test_facts_inside_claims_are_written(held: Triples) -> None:
    shelling, figure = URIRef(samples.SHELLING.iri), URIRef(samples.KILLED.iri)
    assert (shelling, RDF.type, CK.Shelling) in held
    assert (shelling, CK.initiator, URIRef(samples.GUNNERS.entity)) in held
    assert (shelling, CK.actuality, CK.Actual) in held
    assert held.value(shelling, CK.earliest) == Literal(
        "2031-03-04T04:00:00", datatype=XSD.dateTime
    )
    assert held.value(shelling, CK.timePrecision) == Literal("hour")
    assert held.value(figure, CK.lower) == Literal("2", datatype=XSD.integer)
    assert held.value(figure, CK.upper) is None
    assert held.value(figure, CK.event) == shelling


def test_the_article(held: Triples) -> None:
    node = URIRef(samples.IRI)
    assert held.value(node, DCTERMS.issued) == Literal("2031-03-05", datatype=XSD.date)
    assert held.value(node, DCTERMS.source) == URIRef("https://harbourwire.example/halvik%20shells")
    assert held.value(node, SDO.articleBody) == Literal(samples.DOCUMENT.text)


def test_evidence_and_trigger_hold_the_characters(held: Triples) -> None:
    node = URIRef(samples.SHELLING.iri)
    for property_, words in (
        (CK.trigger, "shelled"),
        (CK.evidence, "Kestonian gunners shelled Halvik at dawn on Tuesday"),
    ):
        where = held.value(node, property_)
        assert str(held.value(where, CK.exact)) == words


def test_own_voice_is_a_claimant_without_mention(held: Triples) -> None:
    voice = URIRef(samples.VOICE)
    assert held.value(URIRef(samples.VOICED.iri), CK.claimant) == voice
    assert (voice, RDF.type, CK.MediaOutlet) in held
    assert held.value(voice, CK.mention) is None


def test_a_claimant_may_be_given_by_its_iri() -> None:
    said = replace(samples.VOICED, roles=(("claimant", samples.VOICE), *samples.VOICED.roles[1:]))
    made = graph(samples.DOCUMENT, replace(samples.LINKED, facts=(said,)))
    assert triples(made).value(URIRef(said.iri), CK.claimant) == URIRef(samples.VOICE)


def test_a_reference_entity_has_its_data_elsewhere(held: Triples) -> None:
    place = URIRef(samples.HALVIK.entity)
    assert held.value(place, RDFS.label) == Literal("Halvik")
    assert held.value(place, GEO.hasGeometry) is None
    assert held.value(URIRef(samples.OREN.entity), SKOS.altLabel) == Literal("Oren")
    assert (URIRef(samples.ID + "place/supplement-merrin"), None, None) not in held


@pytest.mark.parametrize(
    ("fact", "label"),
    [
        (samples.SHELLING, "Shelling: Halvik"),
        (samples.KILLED, "Casualty figure: at least two killed (medics)"),
        (samples.POST, "Governor: Marta Oren"),
        (samples.SAID, "Marta Oren: Shelling: Halvik (+1)"),
        (samples.VOICED, "Harbour Wire: Governor: Marta Oren"),
    ],
)
def test_labels(held: Triples, fact: Fact, label: str) -> None:
    assert str(held.value(URIRef(fact.iri), RDFS.label)) == label


def test_reference_graph() -> None:
    made = reference_graph(samples.ENTITIES[:3])
    assert made.iri == str(REFERENCE)
    assert violations(made) == ()
    known = triples(made)
    place = URIRef(samples.HALVIK.entity)
    assert known.value(URIRef(str(place) + "/geometry"), GEO.asWKT) == Literal(
        "POINT(-39.0 45.2)", datatype=GEO.wktLiteral
    )
    assert known.value(place, CK.locatedIn) == URIRef(samples.ID + "place/supplement-merrin")
    assert known.value(URIRef(samples.GUNNERS.entity), CK.partOf) == URIRef(
        samples.ID + "actor/state-kestonia"
    )


def test_ontology_graph() -> None:
    made = ontology_graph()
    assert made.iri == str(ONTOLOGY)
    assert (CK.Shelling, RDFS.subClassOf, CK.Attack) in triples(made)


def test_a_span_outside_the_text_is_refused() -> None:
    stray = replace(samples.SHELLING, evidence=Span(0, 10_000))
    with pytest.raises(DocumentError, match=r"halvik\.txt: characters 0–10000 lie outside"):
        graph(samples.DOCUMENT, Linked((), (), (stray,)))


def test_a_role_that_the_ontology_lacks_is_refused() -> None:
    odd = replace(samples.SHELLING, roles=(("culprit", Term("Actual")),))
    with pytest.raises(DocumentError, match="no term ck:culprit"):
        graph(samples.DOCUMENT, Linked((), (), (odd,)))


TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from('Судж҅а🚀\r\n\u2028\u0085"\\‘’')
    ),
    min_size=1,
    max_size=60,
)


@given(text=TEXTS, data=st.data())
def test_offsets_re_anchor(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    document = Document(iri=samples.IRI, text=text, title="t")
    one = Fact(
        samples.IRI + "/alert/0-1", "Alert", Span(start, end), Span(0, len(text)), (), "x", 1.0
    )
    made = triples(graph(document, Linked((), (), (one,))))
    where = made.value(URIRef(one.iri), CK.trigger)
    low, high = (int(str(made.value(where, end_))) for end_ in (CK.start, CK.end))
    assert text[low:high] == str(made.value(where, CK.exact))


@given(text=TEXTS)
def test_lines_read_back_to_the_same_graph(text: str) -> None:
    made = named(URIRef("x:g"), [(URIRef("x:s"), RDFS.label, Literal(text))])
    assert len(made.quads) == 1
    assert named(URIRef("x:g"), triples(made)) == made

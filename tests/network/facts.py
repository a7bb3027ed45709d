"""Facts as short TriG, for the tests of what is computed across articles."""

from __future__ import annotations

A = "https://w3id.org/conflict-kg/id/article/"
ID = "https://w3id.org/conflict-kg/id/"

REFERENCE = f"""<{ID}graph/reference> {{
  <{ID}place/arden> a ck:Settlement ; rdfs:label "Arden" ; ck:locatedIn <{ID}place/vale> ;
    ck:uncertaintyKm 2.0 ; geo:hasGeometry <urn:g1> . <urn:g1> geo:asWKT "POINT(10.5 50)" .
  <{ID}place/brill> a ck:Settlement ; rdfs:label "Brill" ; ck:locatedIn <{ID}place/vale> ;
    ck:uncertaintyKm 2.0 ; geo:hasGeometry <urn:g2> . <urn:g2> geo:asWKT "POINT(10.2 50)" .
  <{ID}place/vale> a ck:Region ; rdfs:label "Vale" ; ck:uncertaintyKm 60.0 ;
    geo:hasGeometry <urn:g3> . <urn:g3> geo:asWKT "POINT(10.6 50)" .
  <{ID}place/cove-npp> a ck:NuclearPowerPlant ; rdfs:label "Cove Nuclear Power Plant" ;
    ck:uncertaintyKm 0.5 ; geo:hasGeometry <urn:g4> . <urn:g4> geo:asWKT "POINT(10 50)" .
  <{ID}actor/navy> a ck:ArmedForce ; rdfs:label "Navy" ; ck:partOf <{ID}actor/north> .
  <{ID}actor/north> a ck:State ; rdfs:label "North" .
  <{ID}actor/south> a ck:State ; rdfs:label "South" .
  <{ID}actor/mayor> a ck:Person ; rdfs:label "Mayor" .
  <{ID}actor/doctor> a ck:Person ; rdfs:label "Doctor" .
}}"""


def article(name: str, issued: str, *facts: str, publisher: str = "") -> str:
    """One article's graph."""
    more = f' ; dcterms:publisher "{publisher}"' if publisher else ""
    day = f' ; dcterms:issued "{issued}"^^xsd:date' if issued else ""
    return f"<{A}{name}> {{ <{A}{name}> a ck:Article{day}{more} . {' '.join(facts)} }}"


def claim(
    name: str,
    at: int,
    speaker: str,
    *contents: str,
    act: str = "Assertion",
    polarity: str = "Affirmed",
    words: str = "",
    more: str = "",
) -> str:
    """A claim by an actor of the reference data, or by an entity given as an IRI."""
    who = speaker if ":" in speaker else f"{ID}actor/{speaker}"
    span = f"<{A}{name}#char={at},{at + 9}>"
    return (
        f"<{A}{name}/claim/{at}-{at + 1}> a ck:Claim ; ck:claimant <{who}> ;"
        f" ck:polarity ck:{polarity} ; ck:speechAct ck:{act} ; ck:certainty ck:Certain ;"
        f" {more} ck:evidence {span} ;"
        f" ck:content {', '.join(f'<{A}{name}/{one}>' for one in contents)} ."
        f' {span} a ck:TextSpan ; ck:inArticle <{A}{name}> ; ck:exact "{words or name + str(at)}" .'
    )


def event(
    name: str,
    tail: str,
    kind: str,
    *,
    place: str = "",
    day: str = "",
    initiator: str = "",
    actuality: str = "Actual",
    more: str = "",
) -> str:
    """An event of an article; `tail` is the end of its IRI: "shelling/1-2"."""
    parts = [f"<{A}{name}/{tail}> a ck:{kind} ; ck:actuality ck:{actuality}"]
    for role, value in (("place", place), ("initiator", initiator)):
        if value:
            space = "place" if role == "place" else "actor"
            iri = value if ":" in value else f"{ID}{space}/{value}"
            parts.append(f"ck:{role} <{iri}>")
    if day:
        parts.append(f'ck:earliest "{day}"^^xsd:date ; ck:latest "{day}"^^xsd:date')
    start = tail.rpartition("/")[2].partition("-")[0]
    parts.append(f"ck:evidence <{A}{name}#char={start},{int(start) + 5}>")
    return " ; ".join(parts) + (f" ; {more} ." if more else " .")


def figure(name: str, tail: str, number: int, *, event: str = "", outcome: str = "Killed") -> str:
    """A number of people."""
    about = f" ; ck:event <{A}{name}/{event}>" if event else ""
    start = tail.rpartition("/")[2].partition("-")[0]
    return (
        f"<{A}{name}/{tail}> a ck:CasualtyFigure ; ck:lower {number} ; ck:upper {number} ;"
        f' ck:unit "people" ; ck:outcome ck:{outcome} ;'
        f" ck:evidence <{A}{name}#char={start},{int(start) + 4}>{about} ."
    )


def local(name: str, kind: str, label: str, *, at: int = 0, more: str = "") -> tuple[str, str]:
    """IRI and description of an entity that only this article names."""
    slug = label.lower().replace(" ", "-")
    iri = f"{A}{name}/entity/{kind.lower()}/{slug}"
    text = (
        f'<{iri}> a ck:{kind} ; rdfs:label "{label}" ;'
        f" ck:mention <{A}{name}#char={at},{at + len(label)}> {more} ."
    )
    return iri, text


def toll(name: str, issued: str, speaker: str, number: int) -> str:
    """An article in which somebody counts the dead of Arden on 2 May."""
    return article(
        name,
        issued,
        event(name, "killing/1-2", "Killing", place="arden", day="2031-05-02"),
        figure(name, "casualtyfigure/3-4", number, event="killing/1-2"),
        claim(name, 9, speaker, "casualtyfigure/3-4", "killing/1-2"),
    )

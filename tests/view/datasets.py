"""Datasets for the page tests: the shared fixture with what is computed, and a large war."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph

from kg.network import derived_graph, identity_graph
from kg.records import Graph
from kg.store import OxigraphStore

MINI = Path(__file__).parents[1] / "fixtures" / "mini.trig"
A = "https://w3id.org/conflict-kg/id/article/"
ID = "https://w3id.org/conflict-kg/id/"
HOSTILE = "</script><script>window.hit=1</script><img src=x onerror=window.hit=1> javascript:href"
_PREFIXES = """@prefix ck: <https://w3id.org/conflict-kg/ontology#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def stored(trig: str, *, computed: bool = True) -> OxigraphStore:
    """A store in memory with the graphs of a TriG text; identity and derived are made anew."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in pyoxigraph.parse(trig, format=pyoxigraph.RdfFormat.TRIG):
        lines[quad.graph_name.value].append(f"{quad} .")
    store = OxigraphStore()
    for name, quads in sorted(lines.items()):
        if not name.endswith(("graph/identity", "graph/derived")):
            store.replace(Graph(name, tuple(sorted(quads))))
    if computed:
        store.replace(identity_graph(store.select))
        store.replace(derived_graph(store.select))
    return store


def mini() -> OxigraphStore:
    """The three shared articles."""
    return stored(MINI.read_text(encoding="utf-8"))


def hostile() -> OxigraphStore:
    """The shared articles with markup where an attacker would put it: names, quotes, titles."""
    text = MINI.read_text(encoding="utf-8")
    bad = HOSTILE.replace('"', '\\"')
    for plain in ('"Halvik"', '"Marta Oren"', '"Harbour Wire"', '"Both sides claim Halvik"'):
        text = text.replace(plain, f'"{plain[1:-1]} {bad}"')
    return stored(text.replace('ck:exact "', f'ck:exact "{bad} '))


_TOLD = (
    ("Shelling", "Company {foe} shelled Village {place} on Monday", "shelled"),
    ("DroneAttack", "A drone of Company {foe} hit a depot in Village {place}", "hit"),
    ("TerritoryCaptured", "Company {actor} took Village {place} at dawn", "took"),
    ("Killing", "Four people were killed in Village {place}", "killed"),
    ("Evacuation", "Residents were evacuated from Village {place}", "evacuated"),
)


def archive(articles: int, events: int = 12) -> OxigraphStore:
    """Invented articles with their whole text, each with some events, claims, figures, places."""
    blocks = [_PREFIXES]
    for number in range(articles):
        article = f"{A}report-{number}"
        text, lines = f"Report {number} from the valley. ", []
        for index in range(events):
            seed = number * events + index
            kind, told, verb = _TOLD[seed % len(_TOLD)]
            place, actor, foe = seed % (articles * 2), seed % 60, (seed * 7) % 23
            words = told.format(place=place, actor=actor, foe=foe)
            start = len(text) + len("Colonel 00 said that ")
            sentence = f"Colonel {seed % 40:02d} said that {words}, and that nobody had moved. "
            begun, at, name = len(text), start + words.index(verb), f"Village {place}"
            text += sentence
            named = start + words.index(name)
            spans = {
                "whole": (begun, begun + len(sentence) - 1),
                "told": (start, start + len(words)),
                "verb": (at, at + len(verb)),
                "name": (named, named + len(name)),
                "colonel": (begun, begun + 10),
            }
            iri = {key: f"<{article}#char={one},{two}>" for key, (one, two) in spans.items()}
            event = f"{article}/{kind.lower()}/{at}-{at + len(verb)}"
            east, north = 30 + place % 17 / 3, 50 + place % 13 / 4
            day = f"2031-{1 + seed % 12:02d}-{1 + seed % 28:02d}"
            lines.append(f"""
              <{ID}place/p{place}> a ck:Settlement ; rdfs:label "{name}" ;
                ck:mention {iri["name"]} ;
                geo:hasGeometry <{ID}place/p{place}/g> ; ck:uncertaintyKm 2.0 .
              <{ID}place/p{place}/g> geo:asWKT "POINT({east} {north})" .
              <{ID}actor/a{actor}> a ck:ArmedGroup ; rdfs:label "Company {actor}" .
              <{ID}actor/a{foe}> a ck:ArmedGroup ; rdfs:label "Company {foe}" .
              <{ID}actor/c{seed % 40}> a ck:Person ; rdfs:label "Colonel {seed % 40:02d}" ;
                ck:mention {iri["colonel"]} .
              <{event}> a ck:{kind} ; ck:place <{ID}place/p{place}> ; ck:actuality ck:Actual ;
                ck:initiator <{ID}actor/a{foe}> ; ck:target <{ID}actor/a{actor}> ;
                ck:earliest "{day}"^^xsd:date ; ck:latest "{day}"^^xsd:date ;
                ck:evidence {iri["told"]} ; ck:trigger {iri["verb"]} .
              <{article}/claim/{begun}-{begun + 10}> a ck:Claim ; ck:content <{event}> ;
                ck:claimant <{ID}actor/c{seed % 40}> ; ck:polarity ck:Affirmed ;
                ck:certainty ck:Certain ; ck:speechAct ck:Assertion ;
                ck:evidence {iri["whole"]} .""")
            lines += [
                f"{iri[key]} a ck:TextSpan ; ck:inArticle <{article}> ; ck:start {one} ; "
                f'ck:end {two} ; ck:exact "{text[one:two]}" .'
                for key, (one, two) in spans.items()
            ]
        blocks.append(f"""<{article}> {{
          <{article}> a ck:Article ; dcterms:title "Report {number}" ;
          dcterms:issued "2031-{1 + number % 12:02d}-{1 + number % 28:02d}"^^xsd:date ;
          dcterms:publisher "Valley Wire" ; <https://schema.org/articleBody> "{text}" .
          {" ".join(lines)} }}""")
    return stored("\n".join(blocks), computed=False)


def strange() -> OxigraphStore:
    """One article with names from right to left, with signs beyond 16 bits, and without an end."""
    article, long = f"{A}strange", "Overlong" * 60
    text = f"قال وزير الدفاع 💥 إن {long} قصف بلدة حلبيك. \u202eآخر\u202c"
    at = text.index("قصف")
    spans = {"told": (0, text.index(".")), "verb": (at, at + 3), "name": (0, 15)}
    iri = {key: f"<{article}#char={one},{two}>" for key, (one, two) in spans.items()}
    held = " ".join(
        f"{iri[key]} a ck:TextSpan ; ck:inArticle <{article}> ; ck:start {one} ; ck:end {two} ; "
        f'ck:exact "{text[one:two]}" .'
        for key, (one, two) in spans.items()
    )
    return stored(f"""{_PREFIXES}
      <{article}> {{ <{article}> a ck:Article ; dcterms:title "خبر عاجل {long}" ;
        <https://schema.org/articleBody> "{text}" .
      <{ID}actor/m> a ck:Person ; rdfs:label "وزير الدفاع" ; ck:mention {iri["name"]} .
      <{ID}actor/l> a ck:ArmedGroup ; rdfs:label "{long}" ; ck:mention {iri["told"]} .
      <{article}/shelling/{at}-{at + 3}> a ck:Shelling ; ck:initiator <{ID}actor/l> ;
        ck:target <{ID}actor/m> ; ck:evidence {iri["told"]} ; ck:trigger {iri["verb"]} .
      <{article}/claim/0-3> a ck:Claim ; ck:content <{article}/shelling/{at}-{at + 3}> ;
        ck:claimant <{ID}actor/m> ; ck:evidence {iri["told"]} . {held} }}""")


def war(events: int, *, computed: bool = True) -> OxigraphStore:
    """An invented war: events in one article each, with about half as many actors and places."""
    kinds = ("Shelling", "DroneAttack", "AirStrike", "Damage", "Killing", "Clash")
    blocks = [_PREFIXES]
    for index in range(events):
        foe = index % 7
        # some actors and places are in nearly everything, most in little
        place, actor = int(index**1.35) % (events // 3), (index * index) % (events // 4)
        article, kind = f"{A}day-{index}", kinds[index % len(kinds)]
        event = f"{article}/{kind.lower()}/0-9"
        span = f"<{article}#char=0,9>"
        blocks.append(f"""<{article}> {{
          <{article}> a ck:Article ; dcterms:title "Day {index}" .
          <{ID}place/p{place}> a ck:Settlement ; rdfs:label "Village {place}" ; ck:mention {span} .
          <{ID}actor/a{actor}> a ck:ArmedGroup ; rdfs:label "Company {actor}" ; ck:mention {span} .
          <{ID}actor/a{foe}> a ck:ArmedGroup ; rdfs:label "Company {foe}" ; ck:mention {span} .
          <{event}> a ck:{kind} ; ck:place <{ID}place/p{place}> ; ck:actuality ck:Actual ;
            ck:initiator <{ID}actor/a{actor}> ; ck:target <{ID}actor/a{foe}> ;
            ck:evidence {span} .
          <{article}/claim/10-14> a ck:Claim ; ck:claimant <{ID}actor/a{index % 11}> ;
            ck:content <{event}> ; ck:polarity ck:Affirmed ; ck:certainty ck:Certain ;
            ck:evidence {span} .
          {span} a ck:TextSpan ; ck:inArticle <{article}> ; ck:start 0 ; ck:end 9 ;
            ck:exact "Guns open" . }}""")
    return stored("\n".join(blocks), computed=computed)

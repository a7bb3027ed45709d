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
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def stored(trig: str) -> OxigraphStore:
    """A store in memory with the graphs of a TriG text; identity and derived are made anew."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in pyoxigraph.parse(trig, format=pyoxigraph.RdfFormat.TRIG):
        lines[quad.graph_name.value].append(f"{quad} .")
    store = OxigraphStore()
    for name, quads in sorted(lines.items()):
        if not name.endswith(("graph/identity", "graph/derived")):
            store.replace(Graph(name, tuple(sorted(quads))))
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


def war(events: int) -> OxigraphStore:
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
    return stored("\n".join(blocks))

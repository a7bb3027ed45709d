from __future__ import annotations

import pytest

from kg.network import centrality, components, corroboration, identity, projection

A = "https://w3id.org/conflict-kg/id/article/"
ID = "https://w3id.org/conflict-kg/id/"


def told(name: str, speaker: str, words: str) -> str:
    """An article in which somebody says that Arden was shelled."""
    return f"""<{A}{name}> {{
      <{A}{name}> a ck:Article ; dcterms:issued "2031-05-02"^^xsd:date .
      <{ID}place/arden> a ck:Settlement .
      <{A}{name}/shelling/1-2> a ck:Shelling ; ck:actuality ck:Actual ;
        ck:place <{ID}place/arden> .
      <{A}{name}/claim/1-2> a ck:Claim ; ck:polarity ck:Affirmed ;
        ck:claimant <{ID}actor/{speaker}> ; ck:content <{A}{name}/shelling/1-2> ;
        ck:evidence <{A}{name}#char=0,9> .
      <{A}{name}#char=0,9> a ck:TextSpan ; ck:exact "{words}" . }}"""


WIRE = "Guns opened up on Arden before dawn on Friday and two barns burned down"


@pytest.mark.parametrize(
    ("name", "speakers", "passages", "origins"),
    [
        ("two speakers in their own words", "mayor south", (WIRE, "Shells fell on the town"), 2),
        ("one wire text in two papers", "paper gazette", (WIRE, WIRE + " ."), 0),
        ("one speaker twice", "mayor mayor", (WIRE, "Shells fell on the town"), 0),
        ("a copy and a third voice", "paper gazette mayor", (WIRE, WIRE, "Shells fell"), 2),
    ],
)
def test_copies_count_once(dataset, name, speakers, passages, origins):
    articles = zip("pqr", speakers.split(), passages, strict=False)
    rows = corroboration(dataset("".join(told(*one) for one in articles)))
    assert [row.origins for row in rows] == ([origins] if origins else []), name


def people(name: str, *entities: tuple[str, str, str], land: str = "north") -> str:
    own = " ".join(
        f'<{A}{name}/entity/{kind.lower()}/{slug}> a ck:{kind} ; rdfs:label "{label}" .'
        for kind, slug, label in entities
    )
    return (
        f"<{A}{name}> {{ <{ID}actor/{land}> a ck:State ; ck:mention <{A}{name}#char=0,5> . {own} }}"
    )


@pytest.mark.parametrize(
    ("entity", "land", "same"),
    [
        (("Person", "ada", "Ada Lind"), "south", True),
        (("Person", "ada", "Lind"), "north", False),
        (("PopulationGroup", "residents", "Residents"), "north", False),
        (("ArmedGroup", "fighters", "fighters"), "north", False),
        (("GovernmentBody", "ministry", "Health ministry"), "north", True),
        (("GovernmentBody", "ministry", "Health ministry"), "south", False),
        (("Organisation", "union", "Civic Union"), "south", True),
    ],
)
def test_one_name_in_two_articles(dataset, entity, land, same):
    select = dataset(people("p", entity) + people("q", entity, land=land))
    assert bool(identity(select)) is same


def test_identical_entities_are_one_node(mini):
    graph = projection(mini)
    assert sum(data["label"] == "Marta Oren" for _, data in graph.nodes(data=True)) == 1


def test_actors_are_ranked_and_parted(mini):
    rows = centrality(mini)
    assert rows[0].label == "Marta Oren"
    assert sum(row.pagerank for row in rows) == pytest.approx(1.0, abs=1e-3)
    assert [row.degree for row in rows] == sorted((row.degree for row in rows), reverse=True)
    groups = components(mini)
    assert {actor for group in groups for actor in group} == {row.actor for row in rows}
    assert {row.component for row in rows} == set(range(1, len(groups) + 1))

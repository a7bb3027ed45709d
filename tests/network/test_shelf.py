"""The dataset read at once gives what it gives when asked for each class."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, permutations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.network import betweenness, derived_graph, identity_graph
from kg.network.blocks import opposites, pairs
from kg.network.claims import record
from kg.network.disputes import one_incident
from kg.network.echoes import echoes
from kg.network.forest import groups
from kg.network.series import Series
from kg.network.shelf import ROOTS
from kg.network.things import entities, facts, held, is_a
from kg.records import Graph
from kg.store import MemoryStore, OxigraphStore
from tests.network.conftest import MINI, PREFIXES, stored
from tests.network.facts import ID, REFERENCE, A, article, claim, event, figure, local

TWICE = f"""<{ID}graph/reference> {{ <{ID}actor/a> a ck:State ; rdfs:label "Ordun" }}
<{A}p> {{ <{ID}actor/a> a ck:Actor ; rdfs:label "the republic" ; ck:partOf <{ID}actor/b> .
  <{A}p/shelling/1-2> a ck:Shelling , ck:Attack ; ck:target <{ID}actor/a> }}
<{A}q> {{ <{ID}actor/a> rdfs:label "Orduns" . <{A}p/shelling/1-2> a ck:Shelling ; ck:place <u:x> }}
"""


@pytest.fixture(params=["articles", "of several graphs"])
def store(request: pytest.FixtureRequest) -> OxigraphStore:
    text = MINI.read_text(encoding="utf-8") if request.param == "articles" else PREFIXES + TWICE
    return stored(text)


@pytest.mark.parametrize("root", ROOTS)
def test_the_shelf_holds_what_is_asked_for(store: OxigraphStore, root: str) -> None:
    for shelf in (held(store.select), held(store.select, store.statements)):
        assert facts(shelf, root) == facts(store.select, root)
        assert entities(shelf, root) == entities(store.select, root)


def test_every_store_gives_its_statements() -> None:
    other = MemoryStore()
    text = MINI.read_text(encoding="utf-8")
    whole = stored(text)
    for graph in whole.graphs():
        other.replace(Graph(graph, tuple(whole.quads(graph))))
    assert sorted(other.statements()) == sorted(whole.statements())
    assert len(list(whole.statements())) == len(list(whole.quads()))


def test_the_graphs_are_the_same_either_way(store: OxigraphStore) -> None:
    read = held(store.select, store.statements)
    assert derived_graph(read) == derived_graph(store.select)
    assert identity_graph(read) == identity_graph(store.select)


def reports(number: int) -> Iterable[str]:
    """Articles that tell of one town on a few days, some of them denying."""
    for at in range(number):
        name, denied = f"a{at}", at % 3 == 1
        who, about = local(name, "Person", f"Ada Lind{at % 4}", at=3)
        yield article(
            name,
            f"2031-05-0{2 + at % 4}",
            about,
            event(name, "shelling/1-2", "Shelling", place="arden", day=f"2031-05-0{1 + at % 2}"),
            claim(name, 9, who, "shelling/1-2", polarity="Negated" if denied else "Affirmed"),
        )


def test_pairs_are_those_that_share_a_key(dataset) -> None:
    book = record(dataset(REFERENCE + "".join(reports(12))))

    def keys(one):
        return list(book.keys(one.content))

    alike = {
        (left.claim.iri, right.claim.iri)
        for left, right in combinations(book.assertions, 2)
        if set(keys(left)) & set(keys(right))
    }
    made = [(left.claim.iri, right.claim.iri) for left, right in pairs(book.assertions, keys)]
    assert alike
    assert sorted(made) == sorted(alike)
    denied = {one.claim.iri for one in book.assertions if one.negated}
    wanted = {tuple(sorted(pair)) for pair in alike if len(denied & set(pair)) == 1}
    found = [(left.claim.iri, right.claim.iri) for left, right in opposites(book.assertions, keys)]
    assert wanted
    assert sorted(tuple(sorted(pair)) for pair in found) == sorted(wanted)
    assert all(left not in denied and right in denied for left, right in found)


LONG = 'ck:earliest "2031-01-01"^^xsd:date ; ck:latest "2031-12-31"^^xsd:date'
TIMES = ({"day": "2031-05-02"}, {"day": "2031-05-03"}, {"more": LONG}, {}, {"place": ""})


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(3, 5)), min_size=2, max_size=7))
def test_a_voice_is_asked_for_all_that_may_be_of_one_happening(told: list[tuple[int, int]]) -> None:
    """Days, long stretches, events without a day or a place: none of one incident is left out."""
    text = "".join(
        article(
            f"a{at}",
            "2031-05-02",
            event(f"a{at}", "killing/1-2", "Killing", **{"place": "arden", **TIMES[time]}),
            figure(f"a{at}", "casualtyfigure/3-4", dead, event="killing/1-2"),
            claim(f"a{at}", 9, ("mayor", "doctor")[at % 2], "casualtyfigure/3-4"),
        )
        for at, (time, dead) in enumerate(told)
    )
    book = record(stored(PREFIXES + REFERENCE + text).select)
    counts = [one for one in book.assertions if is_a(one.content.kind, "Figure")]
    assert len(counts) == len(told)
    series = Series(book, counts, {})
    for voice, beside in permutations(counts, 2):
        found = {one.claim.iri for one in series.of(voice, beside)}
        for one in counts:
            if one.speakers == voice.speakers and one_incident(book, one.content, beside.content):
                assert one.claim.iri in found


def test_a_passage_cut_from_another_is_an_echo(dataset) -> None:
    words = "the governor said on friday that two depots had burned near the old bridge of the town"
    cut = words.rsplit(" ", 2)[0]
    texts = (words, cut, "the governor said on friday that nothing had happened to anybody at all")
    some = "".join(
        article(
            f"a{at}",
            "2031-05-02",
            event(f"a{at}", "shelling/1-2", "Shelling"),
            claim(f"a{at}", 9, "mayor", "shelling/1-2", words=text),
        )
        for at, text in enumerate(texts)
    )
    assert [row.claims for row in echoes(dataset(REFERENCE + some))] == [
        (f"{A}a0/claim/9-10", f"{A}a1/claim/9-10")
    ]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_betweenness_and_groups_are_those_of_networkx(edges: list[tuple[int, int]]) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from("abcd")
    graph.add_edges_from((str(one), str(two)) for one, two in edges)
    ours = betweenness.betweenness(graph)
    plain = graph.copy()
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    assert ours == pytest.approx(nx.betweenness_centrality(plain))
    drawn = nx.Graph(edges)
    wanted = sorted(sorted(group) for group in nx.connected_components(drawn))
    assert sorted(sorted(group) for group in groups(edges)) == wanted


def test_betweenness_of_many_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(300, 2, seed=1), str)
    exact = betweenness.betweenness(graph)
    monkeypatch.setattr(betweenness, "SAMPLED_ABOVE", 150)
    monkeypatch.setattr(betweenness, "_CELLS", 3000)
    some = betweenness.betweenness(graph)
    best = max(exact, key=exact.__getitem__)
    assert some[best] == pytest.approx(exact[best], rel=0.1)
    assert some == betweenness.betweenness(graph)

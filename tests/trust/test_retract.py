"""An article that was taken out leaves no trace: the dataset is as if it had never been read.

Compared is the RDFC-1.0 hash of the whole dataset, what is computed across articles included.
`KG_CASES=50 pytest tests/trust/test_retract.py` tries fifty times as many sets and orders.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import network, pipeline
from kg.records import Graph
from kg.store import OxigraphStore
from tests.network.conftest import PREFIXES, stored
from tests.network.facts import REFERENCE, A, article, claim, event, figure, local
from tests.trust.conftest import Made, cases

QUIET = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SPEAKERS = ("Ada Lind", "Bo Tarn", "Ada Lind")
PLACES = ("arden", "brill")


def report(number: int) -> str:
    """Articles about two towns: the same speakers again, agreeing and contradicting counts."""
    name = f"a{number}"
    who, about = local(name, "Person", SPEAKERS[number % 3], at=1)
    place, day = PLACES[number % 2], f"2031-05-0{2 + number % 2}"
    denied = number % 4 == 3
    return article(
        name,
        f"2031-05-0{4 + number % 4}",
        about,
        event(name, "shelling/1-2", "Shelling", place=place, day=day, initiator="north"),
        event(name, "killing/5-6", "Killing", place=place, day=day),
        figure(name, "casualtyfigure/3-4", 4 + number % 3, event="killing/5-6"),
        claim(name, 9, who, "killing/5-6", "casualtyfigure/3-4"),
        claim(
            name,
            29,
            ("north", "south", "mayor")[number % 3],
            "shelling/1-2",
            act="Denial" if denied else "Assertion",
            polarity="Negated" if denied else "Affirmed",
            # every third one is a copy of another's words
            words="the same words of one wire text about the town" if number % 3 == 0 else "",
        ),
        publisher=f"Paper {number % 2}",
    )


REPORTS = 8


def reports() -> dict[int, Graph]:
    source = stored(PREFIXES + "".join(map(report, range(REPORTS))))
    return {
        number: Graph(f"{A}a{number}", tuple(source.quads(f"{A}a{number}")))
        for number in range(REPORTS)
    }


GRAPHS = reports()
ENTITIES = [f"{A}a{n}/entity/person/{SPEAKERS[n % 3].lower().replace(' ', '-')}" for n in range(3)]


@pytest.fixture(autouse=True)
def reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reference data of the made-up towns in the place of the real gazetteer."""
    (graph,) = (
        Graph(iri, tuple(stored(PREFIXES + REFERENCE).quads(iri)))
        for iri in stored(PREFIXES + REFERENCE).graphs()
    )

    def refer(store: OxigraphStore) -> None:
        used = set(store.entities_in_use())
        kept = tuple(quad for quad in graph.quads if quad.split(" ")[0][1:-1] in used)
        store.replace(Graph(graph.iri, kept))

    monkeypatch.setattr(pipeline, "_refer", refer)


def test_the_reports_are_worth_it(made: Made) -> None:
    """What is computed across them is there, and is another for every set of reports."""
    store = made(GRAPHS.values())
    assert network.disputes(store.select)
    assert network.corroboration(store.select)
    assert network.identity(store.select)
    hashes = {made(GRAPHS[n] for n in kept).canonical_hash() for kept in ((0, 1), (0, 2), (1,), ())}
    assert len(hashes) == 4


Sets = st.sets(st.integers(0, REPORTS - 1), max_size=5)


@settings(QUIET, max_examples=cases(25))
@given(kept=Sets, gone=Sets, chance=st.randoms(use_true_random=False), together=st.booleans())
def test_build_and_retract_is_never_ingested(
    made: Made, kept: set[int], gone: set[int], chance: object, together: bool
) -> None:
    gone = gone - kept
    order = sorted(kept | gone)
    chance.shuffle(order)  # type: ignore[attr-defined]
    store = made(GRAPHS[number] for number in order)
    out = [GRAPHS[number].iri for number in sorted(gone)]
    for articles in [out] if together else [[one] for one in out]:
        pipeline.retract(store, articles)
    assert store.canonical_hash() == made(GRAPHS[n] for n in sorted(kept)).canonical_hash()


@settings(QUIET, max_examples=cases(15))
@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "retract"]), st.integers(0, REPORTS - 1)), max_size=9
    )
)
def test_any_history_ends_as_the_articles_that_are_left(
    made: Made, history: list[tuple[str, int]]
) -> None:
    """Articles come, go and come again; refreshed at the end or after every step."""
    store, here = made(()), set()
    for step, number in history:
        if step == "put":
            pipeline.put(store, GRAPHS[number])
            here.add(number)
        elif number in here:
            pipeline.retract(store, [GRAPHS[number].iri])
            here.discard(number)
    pipeline.refresh(store)
    assert store.canonical_hash() == made(GRAPHS[n] for n in sorted(here)).canonical_hash()


@settings(QUIET, max_examples=cases(10))
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()).filter(
            lambda pair: pair[0] != pair[1]
        ),
        max_size=3,
        unique_by=lambda pair: frozenset(pair[:2]),
    ),
    gone=st.sets(st.integers(0, 2), min_size=1, max_size=2),
)
def test_verdicts_go_with_what_they_are_about(
    made: Made, pairs: list[tuple[int, int, bool]], gone: set[int]
) -> None:
    """The store is as if whoever judged had judged only what is left."""

    def judged(store: OxigraphStore, some: Iterable[tuple[int, int, bool]]) -> OxigraphStore:
        verdicts = sorted(
            network.Verdict(tuple(sorted((ENTITIES[one], ENTITIES[two]))), accepted)
            for one, two, accepted in some
        )
        pipeline.judge(store, lambda _: verdicts)
        return store

    store = judged(made(GRAPHS[n] for n in range(4)), pairs)
    pipeline.retract(store, [GRAPHS[n].iri for n in sorted(gone)])
    left = [pair for pair in pairs if not gone & set(pair[:2])]
    never = judged(made(GRAPHS[n] for n in sorted(set(range(4)) - gone)), left)
    assert store.canonical_hash() == never.canonical_hash()


@pytest.mark.slow
@settings(QUIET, max_examples=cases(6))
@given(data=st.data())
def test_the_dispatches_read_by_the_whole_pipeline(
    made: Made, dispatches: tuple[Graph, ...], monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    """With the real gazetteer, equipment, actors and nuclear plants in the reference graph."""
    monkeypatch.undo()
    order = data.draw(st.permutations(range(len(dispatches))))
    cut = data.draw(st.integers(1, len(dispatches) - 1))
    store = made(dispatches[number] for number in order)
    pipeline.retract(store, [dispatches[number].iri for number in order[cut:]])
    left = made(dispatches[number] for number in sorted(order[:cut]))
    assert store.canonical_hash() == left.canonical_hash()

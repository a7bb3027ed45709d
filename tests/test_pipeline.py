"""The order of the stages, with stand-ins for those that read language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg import pipeline
from kg.errors import DocumentError, SetupError
from kg.records import Extraction, Graph, Linked, Rejection
from kg.store import Store, open_store
from kg.summary import FAMILIES, families, kinds
from kg.vocab import ONTOLOGY

RAID = "Veltrian troops raided the port of Orsk."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store", create=True) as made:
        yield made


@pytest.fixture
def articles(tmp_path: Path) -> Callable[..., list[str]]:
    """Writes texts into files a.txt, b.txt …, and gives their paths."""

    def write(*texts: str) -> list[str]:
        paths = [tmp_path / f"{letter}.txt" for letter, _ in zip("abcdefgh", texts, strict=False)]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return [str(path) for path in paths]

    return write


@pytest.fixture(autouse=True)
def stand_ins(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stages that find nothing, and a list of the texts that they were given."""
    seen: list[str] = []

    def annotate(nlp: object, texts: list[str]) -> Iterator[str]:
        seen.extend(texts)
        yield from texts

    def extraction(doc: str) -> Extraction:
        if "broken" in doc:
            raise KeyError("verb")
        if "refused" in doc:
            raise DocumentError("says nothing; leave it out")
        if "no model" in doc:
            raise SetupError("no model; install one")
        return Extraction((), ())

    def linked(document: object, found: object) -> Linked:
        return Linked((), (), ())

    def reference(iris: object) -> tuple[Any, ...]:
        return ()

    monkeypatch.setattr(pipeline, "language", lambda model: None)
    monkeypatch.setattr(pipeline, "annotate", SimpleNamespace(annotate=annotate))
    monkeypatch.setattr(pipeline, "extract", SimpleNamespace(extraction=extraction))
    stage = SimpleNamespace(linked=linked, reference=reference, facilities=reference)
    monkeypatch.setattr(pipeline, "link", stage)
    return seen


def titles(store: Store) -> list[str | None]:
    return [article.title for article in store.articles()]


def test_each_document_becomes_a_graph_and_the_ontology_is_there(
    store: Store, articles: Callable[..., list[str]]
) -> None:
    heard: list[Graph | Rejection] = []
    paths = articles("title: One\n\n" + RAID, "title: Two\n\n" + RAID + " Again.")
    summary = pipeline.build(paths, store=store, heard=heard.append)
    assert titles(store) == ["One", "Two"]
    assert [graph.iri for graph in heard if isinstance(graph, Graph)] == list(summary.articles)
    assert str(ONTOLOGY) in store.graphs()
    assert summary.rejections == summary.copies == ()


def test_one_bad_document_does_not_stop_the_others(
    store: Store, articles: Callable[..., list[str]]
) -> None:
    paths = articles("This is broken.", "title: Good\n\n" + RAID, "This is refused.", "")
    summary = pipeline.build(paths, store=store)
    assert titles(store) == ["Good"]
    broken, refused, empty = summary.rejections
    assert broken.origin == "a.txt"
    assert broken.reason.startswith("could not be built (KeyError: 'verb'); this is a fault of")
    assert refused == Rejection("c.txt", "says nothing; leave it out")
    assert empty.reason == "is empty; nothing to read"


def test_a_fault_of_the_installation_stops_the_build(
    store: Store, articles: Callable[..., list[str]]
) -> None:
    with pytest.raises(SetupError, match="install one"):
        pipeline.build(articles("There is no model."), store=store)


def test_a_copy_is_built_once(
    store: Store, articles: Callable[..., list[str]], stand_ins: list[str]
) -> None:
    text = "title: One\n\n" + RAID
    summary = pipeline.build(articles(text, text, text), store=store)
    assert stand_ins == [RAID]
    assert summary.copies == (("b.txt", "a.txt"), ("c.txt", "a.txt"))
    assert len(summary.articles) == 1


VERSIONS = (
    "title: Two hurt\ndate: 2031-05-09\nurl: https://c.example/1\n\nTwo are hurt.",
    "title: Five hurt\ndate: 2031-05-10\nurl: https://c.example/1\n\nFive are hurt.",
)


@pytest.mark.parametrize("texts", [VERSIONS, VERSIONS[::-1]], ids=["in order", "reversed"])
def test_the_later_version_of_an_article_counts_in_any_order(
    store: Store, articles: Callable[..., list[str]], texts: tuple[str, str]
) -> None:
    summary = pipeline.build(articles(*texts), store=store)
    assert titles(store) == ["Five hurt"]
    (rejection,) = summary.rejections
    assert "another version of the article" in rejection.reason


def test_a_new_version_replaces_the_one_in_the_store(
    store: Store, articles: Callable[..., list[str]]
) -> None:
    for text in VERSIONS:
        pipeline.build(articles(text), store=store)
    assert titles(store) == ["Five hurt"]


def test_the_order_of_documents_does_not_matter(
    tmp_path: Path, articles: Callable[..., list[str]]
) -> None:
    paths = articles("title: One\n\n" + RAID, "title: Two\n\n" + RAID, "title: Three\n\n" + RAID)
    hashes = set()
    for name, order in (("x", paths), ("y", paths[::-1])):
        with open_store(tmp_path / name, create=True) as store:
            pipeline.build(order, store=store)
            hashes.add(store.canonical_hash())
    assert len(hashes) == 1


def test_facts_are_counted_by_family() -> None:
    article = "https://w3id.org/conflict-kg/id/article/x"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    classes = ("Shelling", "Killing", "CasualtyFigure", "Claim", "TextSpan", "NuclearPowerPlant")
    quads = tuple(
        f"<{article}/{one}> {kind} <https://w3id.org/conflict-kg/ontology#{one}> <{article}> ."
        for one in classes
    )
    counted = dict(families(kinds(Graph(article, quads)).items()))
    assert {name: count for name, count in counted.items() if count} == {
        "events": 2,
        "figures": 1,
        "claims": 1,
        "places": 1,
    }
    assert list(counted) == [name for name, _ in FAMILIES]

"""Build, query, near, view, retract against real servers: the same graph as in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.store.opening import open_store
from tests.store.servers import TOKEN, kg_server, login, oxigraph_server

TEXT = """title: {title}
date: 2031-03-0{day}
publisher: Harbour Wire
url: https://harbourwire.example/{day}

Kestonian forces shelled the town of Velm, killing at least 20 people, Governor Marta Oren said.
The Defence Ministry of Kestonia denied that it had shelled Velm. {more}
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("articles")
    for day, more in ((4, ""), (5, "The Kursk nuclear power plant was not hit on Tuesday.")):
        text = TEXT.format(title=f"Day {day} in Velm", day=day, more=more)
        (folder / f"{day}.txt").write_text(text, encoding="utf-8")
    return [str(folder)]


@pytest.fixture(scope="module")
def local(articles: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("local") / "store"
    kg.build(articles, store=folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["oxigraph", "kg serve"])
def test_a_graph_on_a_server_is_that_of_a_folder(
    kind: str, articles: list[str], local: Path, tmp_path: Path
) -> None:
    served = oxigraph_server() if kind == "oxigraph" else kg_server(tmp_path / "served")
    with served as place, login(**({} if kind == "oxigraph" else {"KG_STORE_TOKEN": TOKEN})):
        assert len(kg.build(articles, store=place).articles) == 2
        with kg.Graph(local) as here, kg.Graph(place) as there:
            assert there.canonical_hash() == here.canonical_hash()
            for name in ("casualties-by-speaker", "contradictions", "places-with-coordinates"):
                assert there.query(name).rows == here.query(name).rows
            assert there.near() == here.near()
            assert there.why("Velm") == here.why("Velm")
            assert there.view() == here.view()
            assert there.contents().statements == here.contents().statements
            gone = there.retract(["Day 5 in Velm"])
            assert [one.title for one in gone] == ["Day 5 in Velm"]
            assert len(there.articles()) == 1
            after = there.canonical_hash()
        kg.build([f"{articles[0]}/4.txt"], store=tmp_path / "one")
        with open_store(tmp_path / "one", read_only=True) as one:
            assert after == one.canonical_hash()

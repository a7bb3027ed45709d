"""A real server over the three hand-made articles, in a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph

from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import open_store

ROOT = Path(__file__).parents[2]
MINI = ROOT / "tests" / "fixtures" / "mini.trig"
TOKEN = "a token of the tests"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
"""A query that would run for days."""


def mini_store(folder: Path) -> Path:
    """The ontology and the graphs of `mini.trig` in a store in this folder."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in pyoxigraph.parse(path=str(MINI)):
        assert isinstance(quad.graph_name, pyoxigraph.NamedNode)
        lines[quad.graph_name.value].append(f"{quad} .")
    with open_store(folder, create=True) as store:
        store.replace(ontology_graph())
        for iri in sorted(lines):
            store.replace(Graph(iri, tuple(sorted(set(lines[iri])))))
    return folder


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and a client that asks no proxy."""

    address: str
    process: subprocess.Popen[str]
    client: httpx.Client

    @property
    def endpoint(self) -> str:
        return self.address + "sparql"

    def ask(self, query: str, accept: str = "", **fields: str) -> httpx.Response:
        """The answer to a query by GET."""
        headers = {"Accept": accept} if accept else {}
        return self.client.get("sparql", params={"query": query, **fields}, headers=headers)

    def update(self, text: str, token: str = TOKEN) -> httpx.Response:
        """The answer to an update."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/sparql-update"}
        return self.client.post("sparql", content=text, headers=headers)

    def workers(self) -> set[int]:
        """The processes that answer queries (Linux tells; elsewhere none are seen)."""
        known = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return set(map(int, known.read_text().split())) if known.exists() else set()


@contextmanager
def running(store: Path, *options: str) -> Iterator[Server]:
    """A server of this store, stopped when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options],
        cwd=ROOT,
        env=os.environ | {"KG_TOKEN": TOKEN},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stderr is not None
    try:
        first = process.stderr.readline()
        found = re.search(r"http://\S+:\d+/", first)
        assert found, first + process.stderr.read()
        with httpx.Client(base_url=found[0], timeout=120, trust_env=False) as client:
            yield Server(found[0], process, client)
    finally:
        process.terminate()
        process.communicate(timeout=60)

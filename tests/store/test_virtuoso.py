"""Why a Virtuoso server is refused: what it does to the graphs, seen on a real one."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.errors import SetupError
from kg.store import open_store
from tests.store.servers import free_port

SETTINGS = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
"""
XSD, GEO = "http://www.w3.org/2001/XMLSchema#", "http://www.opengis.net/ont/geosparql#"


class Virtuoso:
    """A running server: the address of its endpoint, and a door for SQL."""

    def __init__(self, sql: int, http: int) -> None:
        self._sql = sql
        self.address = f"http://127.0.0.1:{http}/sparql"
        self.client = httpx.Client(trust_env=False, timeout=30)

    def insert(self, graph: str, triples: str) -> None:
        """Puts triples into a graph, as the owner of the database."""
        text = f"SPARQL INSERT DATA {{ GRAPH <{graph}> {{ {triples} }} }};"
        command = ["isql-vt", f"127.0.0.1:{self._sql}", "dba", "dba", f"exec={text}"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        """The rows that it answers with."""
        found = self.client.post(
            self.address,
            data={"query": query},
            headers={"Accept": "application/sparql-results+json"},
        ).json()
        rows: list[dict[str, dict[str, str]]] = found["results"]["bindings"]
        return rows


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    program = shutil.which("virtuoso-t")
    if program is None or shutil.which("isql-vt") is None:
        pytest.skip("no Virtuoso server here; apt-get install virtuoso-opensource")
    folder: Path = tmp_path_factory.mktemp("virtuoso")
    sql, http = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(sql=sql, http=http), encoding="utf-8")
    with subprocess.Popen(
        [program, "+foreground", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        server = Virtuoso(sql, http)
        try:
            for _ in range(300):
                try:
                    server.client.get(server.address, params={"query": "ASK { }"})
                    break
                except httpx.TransportError:
                    time.sleep(0.2)
            yield server
        finally:
            server.client.close()
            process.terminate()
            process.wait(60)


def test_it_is_refused_and_the_message_says_why(virtuoso: Virtuoso) -> None:
    with pytest.raises(SetupError, match=r"is Virtuoso.*once for each graph.*Oxigraph"):
        open_store(virtuoso.address)
    with pytest.raises(SetupError, match="is Virtuoso"):
        open_store(virtuoso.address.removesuffix("/sparql"), read_only=True)


def test_a_triple_is_there_once_for_each_graph(virtuoso: Virtuoso) -> None:
    for graph in ("urn:one", "urn:two"):
        virtuoso.insert(graph, "<urn:x> <urn:label> <urn:y>")
    rows = virtuoso.rows("SELECT (COUNT(*) AS ?n) { <urn:x> <urn:label> ?y }")
    assert rows[0]["n"]["value"] == "2"


def test_points_and_truth_values_come_back_as_others(virtuoso: Virtuoso) -> None:
    point, truth = f'"POINT(35.6 51.675)"^^<{GEO}wktLiteral>', f'"true"^^<{XSD}boolean>'
    virtuoso.insert("urn:three", f"<urn:p> <urn:at> {point} . <urn:p> <urn:contested> {truth}")
    at = virtuoso.rows("SELECT ?o { <urn:p> <urn:at> ?o }")[0]["o"]
    assert at["value"] != "POINT(35.6 51.675)"
    assert at["datatype"] != f"{GEO}wktLiteral"
    assert virtuoso.rows("SELECT ?o { <urn:p> <urn:contested> ?o }")[0]["o"]["value"] == "1"

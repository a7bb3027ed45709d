"""The desk that answers a server's questions: each kind of reply, and a store that changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import SetupError
from kg.records import Graph
from kg.store import Store, open_store
from kg.store.desk import Desk, Question
from kg.store.stamp import stamp

ONE = "https://w3id.org/conflict-kg/id/article/one-000000000001"
FORMS = {"select": "json", "ask": "json", "construct": "nt"}


def titled(*titles: str) -> Graph:
    lines = (f'<{ONE}> <http://purl.org/dc/terms/title> "{title}" <{ONE}> .' for title in titles)
    return Graph(ONE, tuple(sorted(lines)))


def question(sparql: str, rows: int = 2, **more: object) -> Question:
    return Question(
        **{"sparql": sparql, "forms": FORMS, "rows": rows, "partial": False, "seconds": 9.0, **more}
    )  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s", create=True) as made:
        made.replace(titled("A", "B", "C"))
        yield made


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    return Desk(tmp_path / "s" / "data")


ALL = "SELECT ?t { ?a dcterms:title ?t } ORDER BY ?t"


def test_answers(desk: Desk) -> None:
    head, body = desk.reply(question(ALL, rows=3))
    assert head == {
        "status": "answered",
        "kind": "select",
        "form": "json",
        "rows": 3,
        "partial": False,
    }
    values = [row["t"]["value"] for row in json.loads(body)["results"]["bindings"]]
    assert values == ["A", "B", "C"]
    head, body = desk.reply(question("ASK { ?a dcterms:title 'A' }"))
    assert json.loads(body)["boolean"] is True
    head, body = desk.reply(question("CONSTRUCT WHERE { ?a dcterms:title ?t }", rows=3))
    assert body.count(b"\n") == 3


def test_too_many_rows_and_the_first_of_them(desk: Desk) -> None:
    for sparql in (ALL, "CONSTRUCT WHERE { ?a dcterms:title ?t }"):
        head, _ = desk.reply(question(sparql))
        assert head == {"status": "excessive", "reason": "the answer has more than 2 rows"}
        head, _ = desk.reply(question(sparql, partial=True))
        assert (head["rows"], head["partial"]) == (2, True)
    assert desk.reply(question(f"{ALL} LIMIT 2"))[0]["partial"] is False


def test_few_rows_that_are_too_long(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.desk._BYTES", 1 << 20)
    many = 'SELECT (CONCAT(?s, ?s, ?s, ?s) AS ?t) { BIND("' + "x" * 300_000 + '" AS ?s) }'
    head, body = desk.reply(question(many))
    assert (head["reason"], body) == ("the answer is longer than 1 MB", b"")


def test_the_reason_of_a_long_fault_is_short(desk: Desk) -> None:
    for sparql in ("ASK { " + "x" * 900_000, "x" * 900_000 + " ASK", "ASK { ?é " + "é" * 900_000):
        head, _ = desk.reply(question(sparql))
        assert head["status"] == "faulty"
        assert len(json.dumps(head)) < 60_000


def test_what_cannot_be_answered(desk: Desk) -> None:
    for sparql, words in (("SELECT", "parsed"), ("DROP ALL", "refused"), ("", "not a SPARQL")):
        head, body = desk.reply(question(sparql))
        assert head["status"] == "faulty"
        assert words in head["reason"]
        assert body == b""
    head, _ = desk.reply(question(ALL, forms={"construct": "ttl"}))
    assert head == {"status": "unacceptable", "reason": "", "kind": "select"}
    head, _ = desk.reply(
        question("CONSTRUCT { <urn:a> <urn:b/> 1 } {}", forms={"construct": "xml"})
    )
    assert head["status"] == "unacceptable"
    assert "RDF/XML" in head["reason"]


def test_the_next_answer_has_what_was_written_meanwhile(
    desk: Desk, store: Store, tmp_path: Path
) -> None:
    before = stamp(tmp_path / "s")
    assert desk.reply(question("ASK { ?a dcterms:title 'D' }"))[1].count(b"false")
    store.replace(titled("D"))
    assert stamp(tmp_path / "s") != before
    assert desk.reply(question("ASK { ?a dcterms:title 'D' }"))[1].count(b"true")
    assert desk.reply(question("ASK { ?a dcterms:title 'A' }"))[1].count(b"false")


def test_reading_does_not_change_the_stamp(desk: Desk, store: Store, tmp_path: Path) -> None:
    store.close()
    before = stamp(tmp_path / "s")
    assert desk.reply(question("ASK { ?a ?b ?c }"))[1].count(b"true")
    assert stamp(tmp_path / "s") == before


def test_a_store_that_is_gone(desk: Desk, store: Store, tmp_path: Path) -> None:
    store.close()
    (tmp_path / "s").rename(tmp_path / "t")
    assert desk.reply(question("ASK {}"))[0]["status"] == "broken"
    with pytest.raises(SetupError, match="build it anew"):
        stamp(tmp_path / "s")


def test_graphs_asked_alone(desk: Desk) -> None:
    assert desk.reply(question("ASK { ?a ?b ?c }", default=(ONE,)))[1].count(b"true")
    assert desk.reply(question("ASK { ?a ?b ?c }", named=(ONE,)))[1].count(b"false")
    assert desk.reply(question("ASK { GRAPH ?g { ?a ?b ?c } }", named=(ONE,)))[1].count(b"true")
    head, _ = desk.reply(question("ASK { ?a ?b ?c }", default=("file:///etc/passwd",)))
    assert "no graph <file:///etc/passwd> in the store" in head["reason"]


def test_answers_are_whole_while_a_writer_is_busy(store: Store, tmp_path: Path) -> None:
    """Every answer has one of the states that the writer made, never a mixture or a part."""
    many = [f"T{number}" for number in range(400)]
    seen = set()
    for turn in range(12):
        store.replace(titled(*(f"{title}-{turn}" for title in many)))
        fresh = Desk(tmp_path / "s" / "data")  # opens anew, as a new process would
        _, body = fresh.reply(question("SELECT ?t { ?a dcterms:title ?t }", rows=1000))
        rows = json.loads(body)["results"]["bindings"]
        turns = {row["t"]["value"].partition("-")[2] for row in rows}
        assert (len(rows), len(turns)) == (len(many), 1)
        seen |= turns
    assert len(seen) == 12

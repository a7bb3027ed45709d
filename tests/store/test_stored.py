"""Every stored query gives its golden rows on `mini.trig`, in every store."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError, SetupError
from kg.records import Graph
from kg.store import OxigraphStore, Store, stored, stored_query
from kg.store.stored import read
from kg.vocab import DERIVED, ID

GOLDEN = Path(__file__).parent / "golden"
NAMES = [query.name for query in stored()]


@pytest.mark.parametrize("name", NAMES)
def test_golden_rows(full: Store, name: str) -> None:
    found = full.query(stored_query(name).sparql())
    wanted = (GOLDEN / f"{name}.csv").read_bytes().decode("utf-8")
    assert found.serialized("csv").replace("\r\n", "\n") == wanted


def test_every_golden_file_has_its_query_and_rows() -> None:
    assert sorted(path.stem for path in GOLDEN.glob("*.csv")) == NAMES
    empty = [path.stem for path in GOLDEN.glob("*.csv") if path.read_text().count("\n") < 2]
    assert empty == ["corroborations"]  # nobody agrees with anybody in mini.trig; see below


def test_corroborations(mini: tuple[Graph, ...]) -> None:
    article = "https://w3id.org/conflict-kg/id/article/both-sides-claim-halvik-104b69bfad0b"
    ck, found = "https://w3id.org/conflict-kg/ontology#", str(ID) + "corroboration/1"
    is_a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    values = (
        (is_a, f"<{ck}Corroboration>"),
        (f"{ck}independentOrigins", '"2"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (f"{ck}claim", f"<{article}/claim/159-166>"),
        (f"{ck}claim", f"<{article}/claim/313-317>"),
    )
    store = OxigraphStore()
    for graph in mini:
        store.replace(graph)
    lines = (f"<{found}> <{role}> {value} <{DERIVED}> ." for role, value in values)
    store.replace(Graph(str(DERIVED), tuple(sorted(lines))))
    rows = store.query(stored_query("corroborations").sparql()).table.rows
    assert [row[:2] for row in rows] == [("2", "Marta Oren"), ("2", "Valdoria")]


GIVEN = [
    ("casualties-by-speaker", {"speaker": "health"}, 4),
    ("casualties-by-speaker", {"place": "Dorsa"}, 1),
    ("casualties-by-speaker", {"place": "merrin"}, 8),
    ("claims-about-place", {"place": "khalvik"}, 20),
    ("timeline-of-place", {"place": "Dorsa"}, 8),
    ("who-claims-control", {"place": "velm"}, 1),
    ("equipment-lost-by-operator-and-type", {"type": "helicopter"}, 1),
    ("events-near-facility", {"within": "20"}, 4),
    ("events-near-facility", {"facility": "nowhere"}, 0),
    ("contradictions", {"kind": "figure"}, 1),
    ("risk-board", {"within": "20"}, 2),
    ("risk-board", {"facility": "nowhere"}, 0),
    ("control-over-time", {"place": "merrin"}, 2),
    ("control-over-time", {"place": "Dorsa"}, 0),
    ("said-by-speaker", {"speaker": "grell"}, 1),
    ("evidence-of-event", {"event": "shelling"}, 2),
]


@pytest.mark.parametrize(("name", "values", "rows"), GIVEN)
def test_parameters(full: Store, name: str, values: dict[str, str], rows: int) -> None:
    assert len(full.query(stored_query(name).sparql(**values)).rows) == rows


NASTY = [
    '"',
    '\\"',
    '") || true || ("',
    "\n",
    "'''",
    '" } SERVICE <http://x.example/> {',
    "\\u0022",
]


@pytest.mark.parametrize("value", NASTY)
def test_a_value_stays_a_value(full: Store, value: str) -> None:
    query = stored_query("said-by-speaker").sparql(speaker=value)
    assert full.query(query).rows == ()


def test_values_of_the_wrong_kind_are_refused() -> None:
    query = stored_query("events-near-facility")
    for value in ("soon", "", "NaN", "1) || (true"):
        with pytest.raises(QueryError, match="within must be a number"):
            query.sparql(within=value)
    with pytest.raises(QueryError, match='no parameter "radius"; it has: facility, within'):
        query.sparql(radius="5")
    with pytest.raises(QueryError, match="casualties-by-speaker"):
        stored_query("casualties-by-speakers")


def test_names_as_parameters(tmp_path: Path) -> None:
    path = tmp_path / "polar.rq"
    path.write_text(
        "# Claims of one polarity\n# param: polarity = ck:Negated  which\n"
        "SELECT ?x { ?x ck:polarity $polarity }\n",
        encoding="utf-8",
    )
    query = read(path)
    assert query.parameters[0].meaning == "which"
    assert "<https://w3id.org/conflict-kg/ontology#Negated>" in query.sparql()
    assert "<http://x.example/y>" in query.sparql(polarity="http://x.example/y")
    with pytest.raises(QueryError, match="no IRI"):
        query.sparql(polarity="a:b> ?y ?z . <c")
    assert OxigraphStore().query(query.sparql()).rows == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("SELECT ?x { ?x a ?y }", "line 1"), ("# x\n# param: place = Halvik\nASK {}", "line 2")],
)
def test_a_query_file_at_fault_is_named(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "broken.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SetupError, match=rf"broken\.rq {words}"):
        read(path)

"""The moving edge of an incursion, the nearest approach per day, and the risk board."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.network import approaches, board, derived_graph, edges, near, proximity
from kg.records import Entity
from tests.network.conftest import PREFIXES, stored
from tests.network.facts import ID, REFERENCE, A, article, claim, event

PLANT = f"{ID}place/cove-npp"
HOSPITAL = Entity(
    "urn:hospital", "Hospital", "Arden Hospital", latitude=50, longitude=10.5, uncertainty_km=1
)
INCURSION = article(
    "p",
    "2031-05-02",
    event("p", "incursion/1-2", "Incursion", place="vale", day="2031-05-02", initiator="navy"),
    event(
        "p", "groundattack/5-6", "GroundAttack", place="arden", day="2031-05-02", initiator="navy"
    ),
    claim("p", 9, "mayor", "incursion/1-2", "groundattack/5-6"),
)
NEXT = article(
    "q",
    "2031-05-04",
    event(
        "q",
        "territorycaptured/1-2",
        "TerritoryCaptured",
        place="brill",
        day="2031-05-04",
        initiator="north",
    ),
    claim("q", 9, "north", "territorycaptured/1-2"),
    event("q", "clash/5-6", "Clash", place="cove-npp", day="2031-05-05", initiator="navy",
          actuality="Planned"),
    claim("q", 20, "doctor", "clash/5-6"),
)  # fmt: skip
STATED = article(
    "r",
    "2031-05-05",
    f"<{A}r/distancefigure/1-2> a ck:DistanceFigure ; ck:lower 5 ; ck:upper 5 ; "
    f'ck:unit "km" ; ck:figureText "5 km" ; ck:place <{ID}place/brill> ; ck:facility <{PLANT}> ;'
    f" ck:evidence <{A}r#char=1,6> .",
    claim("r", 9, "doctor", "distancefigure/1-2"),
)


def test_the_edge_moves_from_day_to_day_through_all_articles(dataset):
    found = edges(dataset(REFERENCE + INCURSION + NEXT))
    assert [(str(edge.day), edge.places) for edge in found] == [
        ("2031-05-02", (f"{ID}place/arden",)),
        ("2031-05-04", (f"{ID}place/brill",)),
    ]
    assert {edge.advance for edge in found} == {f"{A}p/incursion/1-2"}
    assert found[1].events == (f"{A}q/territorycaptured/1-2",)


def test_the_other_side_and_another_region_do_not_move_it(dataset):
    for change in (("initiator", "north", "south"), ("place", "brill", "elsewhere")):
        other = NEXT.replace(f"/{change[1]}> ;", f"/{change[2]}> ;")
        assert other != NEXT
        assert len(edges(dataset(REFERENCE + INCURSION + other))) == 1, change


def test_an_incursion_that_is_nowhere_on_the_map_is_where_its_advance_stands(dataset):
    town = f"<{A}s/distancefigure/1-2> a ck:DistanceFigure ; ck:lower 40 ; ck:upper 40 ;"
    plant = f"<{PLANT}> a ck:NuclearPowerPlant ; ck:mention <{A}s#char=0,4> ."
    border = article(
        "s",
        "2031-05-03",
        event("s", "incursion/5-6", "Incursion", initiator="north"),
        f'{town} ck:unit "km" ; ck:event <{A}s/incursion/5-6> ; ck:place <{ID}place/cove-npp> .',
        claim("s", 9, "doctor", "incursion/5-6", "distancefigure/1-2"),
        plant,
    )
    rows = proximity(dataset(REFERENCE + INCURSION + NEXT + border))
    (row,) = (row for row in rows if row.figure)
    assert (row.event, row.place) == (f"{A}s/incursion/5-6", f"{ID}place/arden")
    assert (row.facility, row.stated_km, row.supported) == (PLANT, 40.0, True)
    two = INCURSION.replace(f"{A}p", f"{A}z")
    for place in ("vale", "arden"):
        two = two.replace(f"place/{place}>", "place/cove-npp>")
    found = proximity(dataset(REFERENCE + INCURSION + two + border))
    assert not any(row.event == f"{A}s/incursion/5-6" for row in found)


def test_the_nearest_approach_per_day_of_events_and_of_the_edge(dataset):
    rows = approaches(dataset(REFERENCE + INCURSION + NEXT))
    assert [(str(row.day), row.method.rpartition(" ")[2], row.place) for row in rows] == [
        ("2031-05-02", "WGS84", f"{ID}place/arden"),
        ("2031-05-02", "day", f"{ID}place/arden"),
        ("2031-05-04", "WGS84", f"{ID}place/brill"),
        ("2031-05-04", "day", f"{ID}place/brill"),
    ]
    assert [round(row.distance_km) for row in rows] == [36, 36, 14, 14]
    assert {row.uncertainty_km for row in rows} == {2.5}
    assert rows[3].claims == (f"{A}q/claim/9-10",)
    assert rows[3].event == f"{A}p/incursion/1-2"


def test_a_stated_distance_stands_beside_its_place_or_alone(dataset):
    alone = approaches(dataset(REFERENCE + STATED))
    assert [(row.event, row.stated_km, row.supported) for row in alone] == [(None, 5.0, False)]
    same_day = INCURSION + NEXT + STATED.replace("2031-05-05", "2031-05-04")
    rows = [row for row in approaches(dataset(REFERENCE + same_day)) if row.figure]
    assert [(str(row.day), row.stated_km, row.supported) for row in rows] == [
        ("2031-05-04", 5.0, False),
        ("2031-05-04", 5.0, False),
    ]


@pytest.fixture(scope="module")
def complete():
    store = stored(PREFIXES + REFERENCE + INCURSION + NEXT + STATED)
    store.replace(derived_graph(store.select))
    return store


def test_the_board_names_everything(complete):
    rows = board(complete.select)
    assert [(row.day, row.what) for row in rows] == [
        ("2031-05-02", "event"),
        ("2031-05-02", "edge"),
        ("2031-05-04", "event"),
        ("2031-05-04", "edge"),
        ("2031-05-05", "stated"),
    ]
    assert {row.facility_label for row in rows} == {"Cove Nuclear Power Plant"}
    assert (rows[1].place_label, rows[1].speakers) == ("Arden", ("Mayor",))
    assert (rows[4].stated_text, rows[4].stated_by) == ("5 km", ("Doctor",))
    assert rows[4].event is None
    assert len(board(complete.select, within_km=20)) == 3
    assert board(complete.select, "Elsewhere") == ()
    assert board(complete.select, kind="PowerPlant") == rows


def test_any_class_of_facilities_can_be_asked_for(complete):
    for found in (
        board(complete.select, kind="Hospital", of_interest=[HOSPITAL]),
        near(complete.select, kind="Hospital", of_interest=[HOSPITAL]),
    ):
        assert {row.facility_label for row in found} == {"Arden Hospital"}
        assert found[0].distance_km == 0.0
    assert near(complete.select, kind="Hospital") == ()
    plants = near(complete.select, kind="NuclearPowerPlant")
    assert plants == near(complete.select, kind="PowerPlant") == near(complete.select)
    with pytest.raises(QueryError, match='no class of facilities "Church"; there is Airbase'):
        near(complete.select, kind="Church")


def test_a_retracted_article_leaves_no_edge_behind(complete):
    without = stored(PREFIXES + REFERENCE + INCURSION + STATED)
    store = stored(PREFIXES + REFERENCE + INCURSION + NEXT + STATED)
    store.drop(f"{A}q")
    assert derived_graph(store.select) == derived_graph(without.select)

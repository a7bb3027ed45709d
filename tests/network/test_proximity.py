from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from kg.network.places import Atlas, Point
from kg.network.proximity import _within, kilometres, proximity
from kg.network.spots import EDGE_METHOD
from kg.records import Entity

VELM = "https://w3id.org/conflict-kg/id/place/supplement-velm-npp"


def test_a_stated_distance_stands_beside_the_computed_one(mini):
    rows = {row.figure.rsplit("/", 1)[1]: row for row in proximity(mini) if row.figure}
    agrees, refuted = rows["454-456"], rows["404-406"]
    assert (agrees.distance_km, agrees.uncertainty_km, agrees.stated_km) == (39.7, 2.5, 40.0)
    assert agrees.supported is True
    assert (refuted.stated_km, refuted.supported) == (16.1, False)
    assert refuted.event is None
    assert refuted.place.endswith("halvik")


def test_an_incursion_reaches_to_the_places_of_its_sub_events(mini):
    (row,) = (row for row in proximity(mini) if row.event and "/incursion/" in row.event)
    assert row.place.endswith("halvik")
    assert row.method == EDGE_METHOD
    assert row.uncertainty_km == 2.5


def test_only_facilities_in_range_are_kept(mini):
    here = Entity(
        "urn:here", "NuclearPowerPlant", "Here", latitude=45.2, longitude=-39.1, uncertainty_km=1
    )
    afar = Entity(
        "urn:afar", "NuclearPowerPlant", "Afar", latitude=-20, longitude=60, uncertainty_km=1
    )
    plants = {row.facility for row in proximity(mini, (here, afar), within_km=100)}
    assert plants == {VELM, "urn:here"}
    assert not any(
        row.figure is None for row in proximity(mini, within_km=5) if row.distance_km > 8
    )


def test_a_country_is_no_point(dataset):
    select = dataset("""
      <urn:x> { <urn:x/damage/1-2> a ck:Damage ; ck:place <urn:land> . }
      <urn:reference> {
        <urn:land> a ck:Country ; ck:uncertaintyKm 400 ; geo:hasGeometry <urn:g1> .
        <urn:g1> geo:asWKT "POINT(10 10)" .
        <urn:dam> a ck:Dam ; geo:hasGeometry <urn:g2> . <urn:g2> geo:asWKT "POINT(10.1 10)" .
      }""")
    assert proximity(select, within_km=150) == ()
    assert len(proximity(select, within_km=500)) == 1


def test_a_village_known_only_by_its_region_does_not_pull_the_event_there(dataset):
    select = dataset("""
      <urn:x> { <urn:x/incursion/1-2> a ck:Incursion ; ck:place <urn:town>, <urn:village> . }
      <urn:reference> {
        <urn:region> a ck:Region ; ck:uncertaintyKm 120 ; geo:hasGeometry <urn:g1> .
        <urn:g1> geo:asWKT "POINT(10 10)" .
        <urn:village> a ck:Settlement ; ck:locatedIn <urn:region> .
        <urn:town> a ck:Settlement ; ck:locatedIn <urn:region> ; geo:hasGeometry <urn:g2> .
        <urn:g2> geo:asWKT "POINT(10.5 10)" .
        <urn:dam> a ck:Dam ; geo:hasGeometry <urn:g3> . <urn:g3> geo:asWKT "POINT(10 10)" .
      }""")
    (row,) = proximity(select)
    assert (row.place, row.uncertainty_km) == ("urn:town", 4.0)


points = st.builds(
    Point, st.floats(-89, 89), st.floats(-180, 180), st.sampled_from([0.5, 3.0, 25.0])
)


@given(st.lists(points, min_size=1, max_size=6), st.lists(points, min_size=1, max_size=6))
def test_the_tree_finds_what_comparing_all_pairs_finds(plants, places):
    targets = {f"plant{i}": point for i, point in enumerate(plants)}
    known = {f"place{i}": point for i, point in enumerate(places)}
    spots = {f"event{i}": ((f"place{i}",), "m") for i in range(len(places))}
    atlas = Atlas(known, frozenset(known), {}, {}, {})
    found = {(row.facility, row.event) for row in _within(targets, spots, atlas, 900.0)}
    expected = {
        (plant, event)
        for plant, point in targets.items()
        for event, ((place,), _) in spots.items()
        if round(kilometres(point, known[place]), 1)
        - round(point.uncertainty_km + known[place].uncertainty_km, 1)
        <= 900.0
    }
    assert found == expected


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_close_to_the_great_circle(one, two):
    there, back = kilometres(one, two), kilometres(two, one)
    assert math.isclose(there, back, abs_tol=1e-6)
    a, b = math.radians(one.latitude), math.radians(two.latitude)
    turn = math.radians(two.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    circle = 2 * 6371.0088 * math.asin(min(1.0, math.sqrt(half)))
    assert abs(there - circle) <= 0.006 * circle + 1e-6

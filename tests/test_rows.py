"""Rows of UCDP GED and ACLED, from the table to the graph: invented rows, the real columns."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import extract, link, pipeline, rdf
from kg.extract.rows import coded
from kg.network import disputes
from kg.read import documents
from kg.read.rows import rendered
from kg.records import Document, Extraction, Frame, Graph, Link, Linked, Mention, Rejection, Term
from kg.store import OxigraphStore

TABLES = Path(__file__).parent / "fixtures" / "tables"


def rows(name: str) -> list[Document]:
    found = documents([str(TABLES / name)])
    return [one for one in found if isinstance(one, Document)]


GED, ACLED = rows("ged.csv"), rows("acled.csv")


def event(document: Document) -> Frame:
    frames = [frame for frame in coded(document).frames if frame.values("actuality")]
    assert len(frames) == 1
    return frames[0]


def roles(frame: Frame, *names: str) -> dict[str, list[object]]:
    return {
        name: [one.text if isinstance(one, Mention) else one for one in frame.values(name)]
        for name in names
    }


def figures(document: Document) -> list[tuple[object, ...]]:
    found = [frame for frame in coded(document).frames if frame.kind == "CasualtyFigure"]
    names = ("lower", "upper", "best", "population", "partOfFigure")
    made = []
    for frame in found:
        values = [next(iter(frame.values(name)), None) for name in names]
        shown = [one.text if isinstance(one, Mention) else one for one in values]
        made.append((*shown[:4], shown[4] is not None))
    return made


def test_a_row_of_ged_is_an_event_with_both_sides_and_its_days() -> None:
    clash = event(GED[0])
    assert clash.kind == "Clash"
    assert roles(clash, "initiator", "place", "earliest", "latest", "timePrecision") == {
        "initiator": ["Government", "Orsk Front"],
        "place": ["Sumy city"],
        "earliest": ["2031-03-04"],
        "latest": ["2031-03-05"],
        "timePrecision": [Term("Day")],
    }
    killing = event(GED[1])
    assert killing.kind == "Killing"
    assert roles(killing, "initiator", "victim") == {
        "initiator": ["Orsk Front"], "victim": ["Civilians"],
    }  # fmt: skip


def test_deaths_are_an_interval_with_the_best_estimate_and_parts() -> None:
    assert figures(GED[0]) == [
        (2, 2, None, "Government", True),
        (3, 3, None, "Orsk Front", True),
        (1, 1, None, "civilians", True),
        (4, 9, 6, None, False),
    ]
    assert figures(GED[2]) == [(0, 1, 0, None, False)]
    assert figures(ACLED[0]) == [(3, 3, None, None, False)]
    assert figures(ACLED[1]) == []


def test_the_claim_is_that_of_the_first_source() -> None:
    claim = next(frame for frame in coded(GED[0]).frames if frame.kind == "Claim")
    assert roles(claim, "claimant", "reportedBy", "claimTime") == {
        "claimant": ["Orsk Front spokesman Ilan Bel", "Sumy police"],
        "reportedBy": ["Harbour Wire", "Reuters"],
        "claimTime": ["2031-03-06"],
    }
    assert len(claim.values("content")) == 5
    reported = next(frame for frame in coded(GED[1]).frames if frame.kind == "Claim")
    assert roles(reported, "claimant", "reportedBy") == {
        "claimant": ["Harbour Wire"], "reportedBy": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "kind", "roles_of"),
    [
        (0, "Clash", {"initiator": ["Forces", "NAF: Orsk Front"], "target": []}),
        (1, "Shelling", {"initiator": ["Military Forces of Russia (2000-) Air Force"],
                         "target": ["Civilians"]}),
        (2, "Attack", {"initiator": ["Unidentified Armed Group"], "target": []}),
        (3, "TerritoryCaptured", {"initiator": ["NAF: Orsk Front"], "target": ["Bilovody"],
                                  "place": ["Bilovody"]}),
        (4, "Protest", {"initiator": ["Protesters"], "target": []}),
    ],
)  # fmt: skip
def test_rows_of_acled(number: int, kind: str, roles_of: dict[str, list[object]]) -> None:
    found = event(ACLED[number])
    assert found.kind == kind
    assert roles(found, *roles_of) == roles_of


def test_a_week_or_month_is_an_interval() -> None:
    found = event(ACLED[1])
    assert roles(found, "earliest", "latest", "timeText", "timePrecision") == {
        "earliest": ["2031-02-27"],
        "latest": ["2031-03-11"],
        "timeText": ["05 March 2031"],
        "timePrecision": [Term("Week")],
    }


@pytest.mark.parametrize("document", [*GED[:3], *ACLED[:5]], ids=lambda one: one.url)
def test_every_span_of_a_row_is_its_own_characters(document: Document) -> None:
    found = coded(document)
    assert isinstance(found, Extraction)
    for one in found.mentions:
        assert document.text[one.span.start : one.span.end] == one.text
    for frame in found.frames:
        assert frame.anchor.within(frame.evidence)
        assert document.text[frame.anchor.start : frame.anchor.end].strip()
    assert len({frame.key for frame in found.frames}) == len(found.frames)


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (GED[3], '"334.8" in longitude; give degrees from -180 to 180'),
        (GED[4], "deaths from 1 to 4 with 5 as best estimate"),
        (GED[5], '"9" in type_of_violence'),
        (ACLED[5], '"Odd" in sub_event_type, "Odd" in event_type'),
        (ACLED[6], '"soon" in event_date, which is no day; use YYYY-MM-DD'),
    ],
)
def test_a_row_at_fault_is_refused_with_a_reason(document: Document, reason: str) -> None:
    refused = pipeline.built(document)
    assert isinstance(refused, Rejection)
    assert reason in refused.reason
    assert refused.origin == document.origin


# ── links ───────────────────────────────────────────────────────────────────────────────────


def linked(document: Document) -> Linked:
    return link.linked(document, extract.coded(document))


def test_a_row_has_its_own_coordinates_inside_the_gazetteers_place() -> None:
    found = linked(GED[0])
    entities = {one.iri: one for one in found.entities}
    site = next(one for one in found.entities if one.label == "Sumy city")
    assert site.iri.startswith(GED[0].iri)
    assert (site.kind, site.latitude, site.longitude, site.uncertainty_km) == (
        "Settlement", 50.9216, 34.80029, 3.0,
    )  # fmt: skip
    within = [entities[iri].label for iri in site.located_in]
    assert (within[0], within[-1]) == ("Sumy", "Ukraine")
    words = {one.mention.text for one in found.links if one.entity == site.iri}
    assert words == {"Sumy city", "50.9216", "34.80029"}


def test_a_region_is_as_uncertain_as_it_is_large() -> None:
    site = next(
        one for one in linked(GED[1]).entities if one.iri.startswith(GED[1].iri + "/entity/region")
    )
    assert site.uncertainty_km is not None
    assert site.uncertainty_km >= 100


def test_a_place_that_the_gazetteer_lacks_there_lies_in_what_the_row_names() -> None:
    found = linked(GED[2])
    site = next(one for one in found.entities if one.latitude == 51.0)
    assert site.label == "<script>alert(1)</script>"
    assert site.located_in == ("https://w3id.org/conflict-kg/id/place/geonames-690791",)


def actors(document: Document) -> dict[str, str]:
    """Label of the entity of each actor's mention in the event."""
    found = linked(document)
    labels = {one.iri: one.label for one in found.entities}
    happening = next(fact for fact in found.facts if fact.values("actuality"))
    return {
        value.mention.text: labels[value.entity]
        for role in ("initiator", "target", "victim")
        for value in happening.values(role)
        if isinstance(value, Link)
    }


def test_actors_are_those_of_articles() -> None:
    assert actors(GED[0]) == {"Government": "Ukraine", "Orsk Front": "Orsk Front"}
    assert actors(ACLED[0])["Forces"] == "Armed Forces of Ukraine"
    assert actors(ACLED[4]) == {"Protesters": "protesters of Ukraine"}


# ── the graph ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def store() -> OxigraphStore:
    made = OxigraphStore()
    for document in (*GED[:3], *ACLED[:5]):
        graph = pipeline.built(document)
        assert isinstance(graph, Graph), graph
        assert rdf.violations(graph) == ()
        pipeline.put(made, graph)
    pipeline.refresh(made)
    return made


def test_a_row_answers_queries_as_an_article_does(store: OxigraphStore) -> None:
    query = (
        "SELECT ?low ?best ?high ?words ?wkt { ?f a ck:CasualtyFigure ; ck:best ?best ; "
        "ck:lower ?low ; ck:upper ?high ; ck:evidence/ck:exact ?words ; "
        "ck:event/ck:place/geo:hasGeometry/geo:asWKT ?wkt } ORDER BY DESC(?best) LIMIT 1"
    )
    assert store.select(query).rows == (
        ("4", "6", "9", "best: 6\nhigh: 9\nlow: 4", "POINT(34.80029 50.9216)"),
    )


def test_two_rows_of_one_data_set_are_two_happenings(store: OxigraphStore) -> None:
    same = "SELECT ?x ?y { ?x ck:sameAs ?y ; a/rdfs:subClassOf* ck:Event }"
    found = [*store.select(same).rows, *(one.claims for one in disputes(store.select))]
    sets = [{"ucdp-ged-" in str(iri) for iri in row} for row in found]
    assert all(len(both) == 2 for both in sets), "GED and ACLED may tell of one clash at Sumy"


def test_a_later_version_of_a_row_takes_its_place(store: OxigraphStore) -> None:
    earlier = len(store.articles())
    later = dataclasses.replace(GED[1], iri=GED[1].iri + "x")
    graph = pipeline.built(later)
    assert isinstance(graph, Graph)
    pipeline.put(store, graph)
    assert len(store.articles()) == earlier


def test_no_language_model_is_loaded_for_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "language", lambda model: pytest.fail("loaded"))
    assert isinstance(pipeline.built(ACLED[0]), Graph)


# ── hostile cells ───────────────────────────────────────────────────────────────────────────


def cells(document: Document) -> dict[str, str]:
    return {one.column: document.text[one.span.start : one.span.end] for one in document.fields}


@pytest.mark.parametrize("document", [GED[0], ACLED[1]], ids=["ged", "acled"])
@given(data=st.data())
@settings(max_examples=60)
def test_any_cells_make_a_valid_graph_or_a_reason(document: Document, data: st.DataObject) -> None:
    known = cells(document)
    columns = st.sampled_from(sorted(known))
    odd = st.sampled_from(
        [
            "",
            "-1",
            "1e9",
            "NaN",
            "0000-00-00",
            "9999-12-31",
            "0001-01-01",
            "2",
            "; ,; ",
            "x2",
            "Government of ",
            "<b>\u202e",
            "'; DROP",
            "²",
            "٣",
        ]
    )
    words = st.one_of(st.text(st.characters(codec="utf-8"), max_size=40), odd)
    changed = data.draw(st.dictionaries(columns, words, max_size=4))
    text, fields = rendered({**known, **changed})
    outcome = pipeline.built(dataclasses.replace(document, text=text, fields=fields))
    if isinstance(outcome, Rejection):
        assert "fault of the program" not in outcome.reason
    else:
        assert outcome.quads
        assert outcome.quads == tuple(sorted(set(outcome.quads)))

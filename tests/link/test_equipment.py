"""Equipment names to the taxonomy."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.link.equipment import REFERENCE, chain, concept, equipment, equipment_links
from kg.records import Form, Mention, Span

ARTICLE = "https://w3id.org/conflict-kg/id/article/river-crossing-0123456789ab"


def _mention(name: str, kind: str = "EquipmentType") -> Mention:
    end = len(name)
    return Mention(Span(0, end), name, kind, Form.NAME, name, Span(0, end))


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ka-52 helicopter", "ka-52"),
        ("Ka-52 attack helicopter", "ka-52"),
        ("ka 52", "ka-52"),
        ("tanks", "tank"),
        ("T-72B3 tank", "t-72"),
        ("Leopard 2A6", "leopard-2"),
        ("FPV drone", "fpv-drone"),
        ("fpv drone", "fpv-drone"),
        ("long-range attack drones", "attack-drone"),
        ("Shahed-136 kamikaze drones", "shahed-136"),
        ("Bayraktar TB2", "bayraktar-tb2"),
        ("HIMARS rocket", "m142-himars"),
        ("Grad rockets", "bm-21-grad"),
        ("Patriot battery", "patriot"),
        ("air defense", "air-defence-system"),
        ("mortar shells", "artillery-shell"),
        ("landmines", "mine"),
        ("roadside bomb", "improvised-explosive-device"),
        ("AK-47", "rifle"),
        ("frigate", "frigate"),
        ("BrahMos", "brahmos"),
        ("Merkava tank", "merkava"),
        ("harvest", ""),
    ],
)
def test_narrowest_type(name: str, slug: str) -> None:
    assert concept(name) == slug


def test_attack_helicopter_lies_below_aircraft() -> None:
    assert list(chain("ka-52")) == [
        "ka-52",
        "attack-helicopter",
        "helicopter",
        "aircraft",
        "equipment",
    ]


def test_links_bring_their_broader_types() -> None:
    links, entities = equipment_links(
        [_mention("Ka-52 helicopters"), _mention("Vardok", "Settlement")], article=ARTICLE
    )
    assert [link.entity for link in links] == [REFERENCE + "ka-52"]
    assert [entity.iri.removeprefix(REFERENCE) for entity in entities] == [
        "aircraft", "attack-helicopter", "equipment", "helicopter", "ka-52",
    ]  # fmt: skip


def test_unknown_designation_is_local_below_its_head_noun() -> None:
    links, entities = equipment_links([_mention("Zarbat-9 missile")], article=ARTICLE)
    assert links[0].entity == f"{ARTICLE}/entity/equipmenttype/zarbat-9-missile"
    local = next(entity for entity in entities if entity.iri == links[0].entity)
    assert local.label == "Zarbat-9 missile"
    assert local.broader == REFERENCE + "missile"


def test_every_row_has_a_known_parent_and_no_slug_twice() -> None:
    rows = list(ontology.rows("equipment.tsv"))
    slugs = [row["slug"] for row in rows]
    assert len(set(slugs)) == len(slugs) >= 1500
    assert {row["parent"] for row in rows if row["parent"]} <= set(slugs)
    assert [row["slug"] for row in rows if not row["parent"]] == ["equipment"]
    assert {row["source"] for row in rows} == {"Oryx", "compiled"}


def test_no_circle_in_the_taxonomy() -> None:
    assert all(len(list(chain(row["slug"]))) < 10 for row in ontology.rows("equipment.tsv"))


def test_reference_data_of_iris_leaves_out_unknown_ones() -> None:
    found = equipment([REFERENCE + "tank", REFERENCE + "no-such-thing"])
    assert [e.label for e in found] == ["armoured vehicle", "equipment", "tank", "vehicle"]

"""Which places a text means; the sentences are invented, the places are real."""

from __future__ import annotations

import re

import pytest

from kg.link.places import place_links, slug
from kg.records import Document, Entity, Form, Link, Mention, Span

ARTICLE = "https://w3id.org/conflict-kg/id/article/test"


def linked(
    text: str, names: dict[str, str] | list[str], form: Form = Form.NAME, url: str | None = None
) -> tuple[list[tuple[str, Link, Entity]], dict[str, Entity]]:
    """Every occurrence of the names as a mention, linked."""
    kinds = names if isinstance(names, dict) else dict.fromkeys(names, "Place")
    mentions: list[Mention] = []
    for name in sorted(kinds, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            span = Span(*match.span())
            if not any(span.overlaps(other.span) for other in mentions):
                sentence = len(re.findall(r"[.!?] ", text[: span.start]))
                mentions.append(
                    Mention(span, name, kinds[name], form, name, span, sentence=sentence)
                )
    links, entities = place_links(Document(ARTICLE, text, "test", url=url), mentions)
    by_iri = {entity.iri: entity for entity in entities}
    return [(link.mention.text, link, by_iri[link.entity]) for link in links], by_iri


def chain(entity: Entity, entities: dict[str, Entity]) -> list[str]:
    return [entities[iri].label for iri in entity.located_in]


CASES = [
    # text, name, kind, label, a container
    ("A driver from Paris, Texas, was held.", "Paris|Texas", "Paris", "Settlement", "Texas"),
    ("Ministers met in Paris on Friday.", "Paris", "Paris", "Settlement", "France"),
    (
        "Troops moved from Tbilisi across Georgia to Batumi.",
        "Tbilisi|Georgia|Batumi", "Georgia", "Country", None,
    ),
    (
        "Deputies in Atlanta and Savannah, Georgia, were warned.",
        "Atlanta|Savannah|Georgia", "Georgia", "Region", "United States",
    ),
    (
        "Militia from Misrata shelled Tripoli, the Libyan capital.",
        "Misrata|Tripoli", "Tripoli", "Settlement", "Libya",
    ),
    (
        "Gunmen in Tripoli, Lebanon, fired on a patrol near Beirut.",
        "Tripoli|Lebanon|Beirut", "Tripoli", "Settlement", "Lebanon",
    ),
    (
        "The governor of Kursk region left the city of Kursk.",
        "Kursk region|city of Kursk", "Kursk region", "Region", "Russia",
    ),
    (
        "The governor of Kursk region left the city of Kursk.",
        "Kursk region|city of Kursk", "city of Kursk", "Settlement", "Kursk",
    ),
    (
        "Columns crossed into Belgorod and Kursk regions.",
        "Belgorod|Kursk", "Belgorod", "Region", "Russia",
    ),
    (
        "Sudanese soldiers held El Obeid; drones hit El Fasher in North Darfur.",
        "El Obeid|El Fasher|North Darfur", "El Fasher", "Settlement", "Sudan",
    ),
    (
        "Fighters took Goma, then Bukavu, while Kigali kept silent.",
        "Goma|Bukavu|Kigali", "Goma", "Settlement", "Democratic Republic of the Congo",
    ),
    (
        "Washington, London and Beijing asked for calm.",
        "Washington|London|Beijing", "Washington", "Settlement", "United States",
    ),
    (
        "Syrian jets hit Idlib province and the town of Saraqib.",
        "Idlib province|Saraqib", "Saraqib", "Settlement", "Syria",
    ),
    ("Egyptian officers arrived.", "Egyptian", "Egyptian", "Country", None),
    (
        "Guards left the Torkham crossing.",
        "Torkham crossing", "Torkham crossing", "BorderCrossing", None,
    ),
    ("Ferries stopped in the Sea of Azov.", "Sea of Azov", "Sea of Azov", "Area", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "name", "kind", "container"), CASES)
def test_the_text_decides(
    text: str, names: str, name: str, kind: str, container: str | None
) -> None:
    found, entities = linked(text, names.split("|"))
    entity = next(entity for text, _, entity in found if text == name)
    assert entity.kind == kind
    assert "/id/place/" in entity.iri
    if container:
        assert container in chain(entity, entities)


@pytest.mark.parametrize(
    "name",
    [
        "Kursk Nuclear Power Plant (NPP)",
        "Kursk NPP",
        "Kursk nuclear plant",
        "Kursk atomic plant",
        "Kursk atomic power station",
        "Kurchatov nuclear power plant",
    ],
)
def test_usual_names_of_a_nuclear_plant(name: str) -> None:
    found, _ = linked(f"Inspectors visited the {name}.", {name: "Facility"})
    assert found[0][2].iri.endswith("wri-GEODB0003923")
    assert found[0][2].kind == "NuclearPowerPlant"


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("Zaporizhzhia NPP", "wri-GEODB0006207"),
        ("Zaporozhye nuclear power station", "wri-GEODB0006207"),
        ("Enerhodar nuclear power plant", "wri-GEODB0006207"),
        ("ZNPP", "wri-GEODB0006207"),
        ("Rivne nuclear power plant", "wri-GEODB0005174"),
        ("Chernobyl nuclear power plant", "supplement-chernobyl"),
        ("Astravets NPP", "supplement-belarus-npp"),
        ("Bushehr nuclear plant", "wri-GEODB0042937"),
    ],
)
def test_nuclear_plants(name: str, end: str) -> None:
    found, _ = linked(f"Power at {name} was cut.", {name: "NuclearPowerPlant"})
    assert found[0][2].iri.endswith(end)


def test_a_plant_named_by_the_town_it_stands_in() -> None:
    text = "Shells fell near the nuclear power plant in Enerhodar."
    found, _ = linked(text, {"nuclear power plant": "NuclearPowerPlant"}, Form.NOMINAL)
    assert found[0][2].iri.endswith("wri-GEODB0006207")


def test_nominals_are_left_to_coreference() -> None:
    found, entities = linked("The region and the plant fell.", ["region", "plant"], Form.NOMINAL)
    assert found == []
    assert entities == {}


def test_an_unknown_village_stays_in_the_region_the_text_gives() -> None:
    text = "Shells hit two hamlets in Sumy region – Old Vrublyn and Krasnohrudka – on Monday."
    found, _entities = linked(text, ["Sumy region", "Old Vrublyn", "Krasnohrudka"])
    region = found[0][2]
    for _, link, entity in found[1:]:
        assert entity.iri.startswith(ARTICLE + "/entity/place/")
        assert entity.located_in[0] == region.iri
        assert (entity.latitude, entity.longitude) == (region.latitude, region.longitude)
        assert entity.uncertainty_km is not None
        assert region.uncertainty_km is not None
        assert entity.uncertainty_km >= region.uncertainty_km
        assert link.method == "place.local"


def test_a_far_namesake_of_a_village_is_not_taken() -> None:
    # there is an Oleshnya of 1,000 people in Chernihiv region, 250 km from here
    text = "Border guards in Kursk region left Sudzha and the village of Oleshnya."
    found, entities = linked(text, ["Kursk region", "Sudzha", "Oleshnya"])
    oleshnya = next(entity for name, _, entity in found if name == "Oleshnya")
    assert oleshnya.kind == "Settlement"
    assert chain(oleshnya, entities) == ["Kursk", "Russia"]


def test_invented_countries_stay_in_the_document() -> None:
    text = "Valmoria shelled the town of Estrava; the Karsk Marches were evacuated."
    found, entities = linked(
        text, {"Valmoria": "Country", "Estrava": "Place", "Karsk Marches": "Region"}
    )
    assert all(entity.iri.startswith(ARTICLE) for entity in entities.values())
    assert all(
        entity.latitude is None and entity.uncertainty_km is None for entity in entities.values()
    )
    assert [entity.kind for _, _, entity in found] == ["Country", "Settlement", "Region"]


def test_a_facility_named_after_a_town_is_near_it() -> None:
    found, entities = linked(
        "Rockets hit Pokrovsk hospital in Donetsk region.",
        {"Pokrovsk hospital": "Hospital", "Donetsk region": "Region"},
    )
    hospital = next(entity for text, _, entity in found if text == "Pokrovsk hospital")
    assert hospital.iri == f"{ARTICLE}/entity/hospital/pokrovsk-hospital"
    assert "Pokrovsk" in chain(hospital, entities)
    assert "Donetsk" in chain(hospital, entities)
    assert hospital.uncertainty_km is not None
    assert 10 < hospital.uncertainty_km < 40


def test_a_frontier_has_the_extent_of_its_region() -> None:
    found, entities = linked(
        "Mines closed the Kursk region frontier.", {"Kursk region frontier": "BorderSection"}
    )
    frontier = found[0][2]
    assert frontier.kind == "BorderSection"
    assert chain(frontier, entities) == ["Kursk", "Russia"]
    assert frontier.uncertainty_km is not None
    assert frontier.uncertainty_km > 100


def test_a_part_of_a_country_is_in_it() -> None:
    found, entities = linked("Floods hit eastern DR Congo.", ["eastern DR Congo"])
    assert found[0][2].kind == "Area"
    assert chain(found[0][2], entities) == ["Democratic Republic of the Congo"]


def test_other_kinds_and_pronouns_are_left_out() -> None:
    text = "Moscow said it left."
    person = Mention(Span(0, 6), "Moscow", "Person", Form.NAME, "Moscow", Span(0, 6))
    pronoun = Mention(Span(12, 14), "it", "Place", Form.PRONOUN, "it", Span(12, 14))
    assert place_links(Document(ARTICLE, text, "t"), [person, pronoun]) == ((), ())


def test_a_text_without_any_capital() -> None:
    assert linked("rebels left guatemala today.", ["guatemala"])[0][0][2].label == "Guatemala"


def test_order_of_mentions_does_not_matter() -> None:
    text = "Shelling hit Nikopol, Kherson and Marhanets in Ukraine."
    mentions = [
        Mention(Span(*m.span()), m[0], "Place", Form.NAME, m[0], Span(*m.span()))
        for m in re.finditer("Nikopol|Kherson|Marhanets|Ukraine", text)
    ]
    document = Document(ARTICLE, text, "t")
    assert place_links(document, mentions) == place_links(document, mentions[::-1])


def test_every_container_is_among_the_entities() -> None:
    text = "Fighters left Maiduguri in Borno State for Kano."
    _, entities = linked(text, ["Maiduguri", "Borno State", "Kano"])
    assert all(iri in entities for entity in entities.values() for iri in entity.located_in)


def test_slug_of_any_script_is_ascii() -> None:
    assert slug("Суджа") == slug("Суджа")
    assert re.fullmatch(r"[a-z0-9-]+", slug("Ḩamāh – old town"))


def test_a_capital_needs_no_support_by_the_text() -> None:
    text = "Envoys of Russia and the United States met in Brussels, then flew to Moscow and Boston."
    found, _ = linked(text, ["Russia", "United States", "Brussels", "Moscow", "Boston"])
    brussels = next(entity for name, _, entity in found if name == "Brussels")
    assert brussels.latitude == pytest.approx(50.85, abs=0.1)


def test_a_country_is_not_a_village_of_its_name() -> None:
    text = "The show came from Russia to Toledo, Columbus, Dayton and Lima, Ohio."
    found, _ = linked(text, ["Russia", "Toledo", "Columbus", "Dayton", "Lima", "Ohio"])
    assert next(entity.kind for name, _, entity in found if name == "Russia") == "Country"


def test_a_town_is_not_its_region_without_a_word_that_says_so() -> None:
    text = "A crane fell in Mecca, Saudi Arabia. Pilgrims had come to Mecca from Jeddah and Medina."
    found, _ = linked(text, ["Mecca", "Saudi Arabia", "Jeddah", "Medina"])
    assert {entity.kind for name, _, entity in found if name == "Mecca"} == {"Settlement"}

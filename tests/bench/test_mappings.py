"""The tables between a benchmark's labels and ours name only labels that exist."""

from __future__ import annotations

from bench.quality import newswire, own, re3d, re3d_relations, uner
from kg import ontology
from kg.vocab import CK
from training.corpora import TERM_TYPES, TYPES

PROPERTIES = set(CK.__annotations__)


def test_labels_of_the_newswire_are_ours() -> None:
    assert set(newswire.LABELS.values()) == set(newswire.KINDS) <= set(TYPES)
    assert set(uner.KINDS) <= set(TYPES)


def test_our_own_types_are_those_that_are_taught() -> None:
    assert set(own.NAMES) == set(TYPES) - {"MISC"}
    assert set(own.TERMS) == set(TERM_TYPES)


def test_each_class_of_actors_and_places_has_a_type_of_re3d() -> None:
    classes = {kind for root in ("Actor", "Place") for kind in ontology.kinds(root)}
    assert set(re3d.CLASSES) == classes - {"Actor"}


def test_types_of_re3d_exist() -> None:
    tables = (re3d.NAMES, re3d.CLASSES, re3d.EQUIPMENT, re3d.MEASURES, re3d.TERMS)
    found = {kind for table in tables for kind in table.values()}
    assert found == set(re3d.KINDS)
    assert set(re3d.NAMES) <= set(TYPES)
    assert set(re3d.TERMS) - {"QUANTITY"} == set(TERM_TYPES)


def test_equipment_of_re3d_is_in_the_taxonomy() -> None:
    slugs = {row["slug"] for row in ontology.rows("equipment.tsv")}
    assert set(re3d.EQUIPMENT) <= slugs


def test_relations_of_re3d_are_in_the_ontology() -> None:
    assert set(ontology.kinds("Event")) >= re3d_relations.FIGHTS
    roles = {role for _, *ends in re3d_relations.STATES.values() for role in ends}
    assert set(re3d_relations.STATES) | roles | set(re3d_relations.OPPOSITE) <= PROPERTIES
    relations = {relation for relation, *_ in re3d_relations.STATES.values()}
    assert relations | re3d_relations.MUTUAL == set(re3d_relations.KINDS)

"""Marked spans are scored as the docs of `bench/quality/spans.py` say."""

from __future__ import annotations

import pytest

from bench.quality.records import Figure
from bench.quality.spans import Case, confusions, errors, measured, merged, paired, scores

TEXT = "Mila Lesko of the Velm Guard left Ostrava for Karavia"
PERSON = (0, 10, "PER")
GUARD = (18, 28, "ORG")
OSTRAVA = (34, 41, "LOC")
KARAVIA = (46, 53, "LOC")
KINDS = ("PER", "ORG", "LOC")
CASE = Case(
    TEXT,
    gold=frozenset({PERSON, GUARD, OSTRAVA, KARAVIA}),
    found=frozenset({PERSON, (23, 28, "ORG"), (34, 41, "PER"), (11, 13, "LOC")}),
)


def value(figures: tuple[Figure, ...], name: str) -> float:
    return next(figure.value for figure in figures if figure.name == name)


def test_strict_wants_the_very_span() -> None:
    figures = scores([CASE], KINDS)
    assert [figure.name for figure in figures] == ["PER", "ORG", "LOC", "all"]
    assert value(figures, "PER") == pytest.approx(100 * 2 / 3)
    assert value(figures, "ORG") == 0
    assert value(figures, "all") == pytest.approx(25)


def test_relaxed_wants_a_shared_character_and_the_type() -> None:
    figures = scores([CASE], KINDS, relaxed=True)
    assert value(figures, "ORG") == 100
    assert value(figures, "LOC") == 0
    assert value(figures, "all") == 50


def test_relaxed_lets_one_span_meet_two_and_pairing_does_not() -> None:
    gold = frozenset({(0, 4, "PER"), (0, 10, "PER")})
    case = Case(TEXT, gold, found=frozenset({PERSON}))
    assert value(scores([case], KINDS, relaxed=True), "all") == 100
    assert paired([case], KINDS, "once") == Figure("once", right=1, gold=2, found=1)


def test_other_types_are_not_scored() -> None:
    case = Case(TEXT, frozenset({PERSON, (0, 4, "MISC")}), frozenset({PERSON, (5, 10, "EVENT")}))
    assert value(scores([case], KINDS), "all") == 100
    assert measured([case], KINDS).errors == ()


def test_confusions_tell_the_taken_the_missed_and_the_spurious() -> None:
    assert set(confusions([CASE], KINDS)) == {
        ("PER", "PER", 1),
        ("ORG", "ORG", 1),
        ("LOC", "PER", 1),
        ("LOC", "–", 1),
        ("–", "LOC", 1),
    }


@pytest.mark.parametrize(
    ("relaxed", "kinds"),
    [
        (
            False,
            [
                ("spurious LOC", "of"),
                ("borders of ORG", "Velm Guard ≠ Guard"),
                ("PER for LOC", "Ostrava"),
                ("missed LOC", "Karavia"),
            ],
        ),
        (True, [("spurious LOC", "of"), ("PER for LOC", "Ostrava"), ("missed LOC", "Karavia")]),
    ],
    ids=["strict", "relaxed"],
)
def test_each_error_is_told_once_in_text_order(relaxed: bool, kinds: list[tuple[str, str]]) -> None:
    told = list(errors(CASE, KINDS, relaxed=relaxed))
    assert [(error.kind, error.words) for error in told] == kinds
    assert all("[[" in error.context for error in told)


def test_a_name_of_another_type_is_said_to_be_beside_it() -> None:
    case = Case(TEXT, frozenset({(18, 28, "MISC")}), frozenset({GUARD}))
    assert [error.kind for error in errors(case, KINDS, relaxed=False)] == ["ORG beside MISC"]


def test_merging_keeps_types_apart() -> None:
    assert merged([(0, 4, "LOC"), (3, 6, "LOC"), (0, 6, "ORG")]) == {(0, 6, "LOC"), (0, 6, "ORG")}

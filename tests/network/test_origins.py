"""Independent origins: copies, one speaker, and chains that end at one speaker count once."""

from __future__ import annotations

import pytest

from kg.network import corroboration
from kg.network.origins import copied
from tests.network.facts import REFERENCE, A, article, claim, event, local

RAID = {"place": "arden", "day": "2031-05-02"}


def said(name: str, speaker: str, *facts: str, publisher: str = "", more: str = "") -> str:
    return article(
        name,
        "2031-05-03",
        *facts,
        event(name, "shelling/1-2", "Shelling", **RAID),
        claim(name, 9, speaker, "shelling/1-2", words=f"{name} has words of its own", more=more),
        publisher=publisher,
    )


def outlet(name: str, label: str = "Havel Press") -> tuple[str, str]:
    return local(name, "MediaOutlet", label)


def test_two_voices_are_two_origins(dataset):
    (row,) = corroboration(dataset(REFERENCE + said("p", "mayor") + said("q", "doctor")))
    assert row.origins == 2


def test_an_outlet_that_is_cited_has_it_from_the_speaker_of_its_own_article(dataset):
    cited, about = outlet("q")
    text = said("p", "mayor", publisher="Havel Press") + said("q", cited, about)
    assert corroboration(dataset(REFERENCE + text)) == ()
    third = text + said("r", "doctor")
    (row,) = corroboration(dataset(REFERENCE + third))
    assert row.origins == 2
    assert len(row.claims) == 3


def test_an_outlet_that_passed_a_claim_on_is_no_origin_of_its_own(dataset):
    first, about_first = outlet("p")
    cited, about_cited = outlet("q")
    chain = said("p", "mayor", about_first, more=f"ck:reportedBy <{first}> ;")
    assert corroboration(dataset(REFERENCE + chain + said("q", cited, about_cited))) == ()


def test_a_spokesman_and_his_body_are_one_origin(dataset):
    body, about = local("q", "GovernmentBody", "Ministry of Trade")
    post = (
        f"<{A}q/position/1-2> a ck:Position ; ck:holder <https://w3id.org/conflict-kg/id/actor/"
        f'doctor> ; ck:of <{body}> ; ck:role "spokesman" ; ck:tenure ck:%s .'
    )
    for tenure, count in (("Current", 0), ("Former", 1)):
        text = said("p", "doctor") + said("q", body, about, post % tenure)
        assert len(corroboration(dataset(REFERENCE + text))) == count, tenure


def test_what_stands_against_each_other_is_not_in_one_group(dataset):
    text = said("p", "mayor")
    for name, speaker, side in (("q", "south", "navy"), ("r", "north", "south")):
        text += article(
            name,
            "2031-05-03",
            event(name, "shelling/1-2", "Shelling", **RAID, initiator=side),
            claim(name, 9, speaker, "shelling/1-2"),
        )
    for row in corroboration(dataset(REFERENCE + text)):
        assert not {f"{A}q/claim/9-10", f"{A}r/claim/9-10"} <= set(row.claims)


LONG = "Guns opened up on the port of Arden before dawn on Friday and two barns burned down"


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LONG, True),
        (f"{LONG}, the mayor of the town told reporters who had come to see the ruins", True),
        ("Guns opened up on the town", False),
        ("Two barns burned", False),
        ("Shells fell on Arden in the night and set fire to two barns near the harbour", False),
    ],
)
def test_a_cut_copy_is_a_copy(other, same):
    assert copied(LONG, other) is copied(other, LONG) is same

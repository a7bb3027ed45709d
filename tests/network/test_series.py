"""The three-day Velm series of `seeds/`: two sides, a raised toll, and a copied paragraph.

Its contradictions must be disputes with their speakers and spans; the raised toll and the
copied paragraph must not.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.graph import changes
from kg.network import corroboration, disputes
from kg.store import open_store

SEEDS = Path(__file__).parents[2] / "seeds"
DAYS = ("04-velm-day1-wire", "05-velm-day2-ministry", "06-velm-day3-agency")
MINISTRY, ORDUN, DORN = "regional health ministry", "Ordun", "Pavel Dorn"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def velm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("velm") / "store"
    kg.build([SEEDS / f"{name}.txt" for name in DAYS], store=folder)
    return folder


Side = tuple[str, str]
"""A speaker and the words of the fact."""


@pytest.fixture(scope="module")
def findings(velm: Path) -> set[tuple[str, str, frozenset[Side]]]:
    """Kind, rule, and the two sides of every finding."""
    with kg.Graph(velm) as graph:
        return {
            (kind, rule, frozenset({(one, words), (other, others)}))
            for kind, one, _, _, other, _, _, rule, words, others in graph.query(
                "contradictions"
            ).rows
        }


def between(
    findings: set[tuple[str, str, frozenset[Side]]], kind: str, *speakers: str
) -> list[set[str]]:
    """The words of the findings of a kind between two speakers."""
    return sorted(
        ({words for _, words in sides} for found, _, sides in findings
         if found == kind and {who for who, _ in sides} == set(speakers)),
        key=sorted,
    )  # fmt: skip


def test_the_dead_are_disputed_between_the_two_sides(findings) -> None:
    words = between(findings, "FigureDispute", MINISTRY, ORDUN)
    assert len(words) == 2
    assert all("number of dead at four" in found for found in words)
    assert {"Eleven", "Fourteen"} <= {one.split()[0] for found in words for one in found}


def test_who_shelled_the_market_is_disputed(findings) -> None:
    kind, accuser = "ResponsibilityDispute", "government of Kestria"
    denied, turned = sorted(
        between(findings, kind, accuser, "Ministry of Defence of Ordun"),
        key=lambda words: not any("did not fire" in one for one in words),
    )
    assert "The artillery of Ordun did not fire on the town on 3 March" in denied
    assert any("fired by Kestrian troops" in one for one in turned)
    rejected = between(findings, kind, accuser, "Teodor Hask")
    assert any("Kestrian troops had shelled the market" in one for w in rejected for one in w)
    assert any("had not fired on Velm" in one for words in rejected for one in words)


def test_who_holds_the_bridge_is_disputed(findings, velm: Path) -> None:
    words = between(findings, "ControlDispute", DORN, "Ministry of Defence of Ordun")
    assert {one for found in words for one in found} >= {
        "Kestrian soldiers still hold the Sarn bridge",
        "The bridge is now under the control of the armed forces of Ordun",
    }
    with kg.Graph(velm) as graph:
        rows = [row for row in graph.control("Sarn bridge") if row.contested]
    assert {row.speaker for row in rows} == {DORN, "Ministry of Defence of Ordun"}


def test_the_raised_toll_is_an_update(findings) -> None:
    for speakers in ((MINISTRY,), (MINISTRY, "Ilse Maran")):
        assert between(findings, "FigureDispute", *speakers) == []


def test_the_copied_paragraph_is_no_dispute_and_one_origin(findings, velm: Path) -> None:
    for speaker in (DORN, "government of Kestria"):
        assert all({who for who, _ in sides} != {speaker} for _, _, sides in findings)
    with open_store(velm, read_only=True) as store:
        told = store.select(
            f'SELECT ?claim {{ ?claim a ck:Claim ; ck:claimant/rdfs:label "{DORN}" }}'
        ).rows
        dorn = {claim for (claim,) in told}
        assert len(dorn) > 2
        assert not any(set(row.claims) <= dorn for row in corroboration(store.select))
        assert not any(set(row.claims) <= dorn for row in disputes(store.select))


def test_each_day_brings_its_disputes(velm: Path) -> None:
    with kg.Graph(velm, as_of="2031-03-03") as graph:
        assert "ControlDispute" not in {row[0] for row in graph.query("contradictions").rows}
    second = changes("2031-03-03", "2031-03-04", store=velm)
    assert "ControlDispute" in {row.kind for row in second if row.family == "dispute"}
    third = changes("2031-03-04", "2031-03-05", store=velm)
    assert {row.published for row in third} == {"2031-03-05"}
